//! What holds whatever was found: a better result never lowers anything, no order matters, what does not count changes
//! nothing, and who redoes a sum from what is printed finds what is printed.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Fiche, verdicts};

const ITEMS: [(&str, &[&str]); 3] = [
    ("diagnostic", &["bruit", "usure"]),
    ("reparation", &["transmission", "freins"]),
    ("vente", &["besoin", "encaisser"]),
];

/// How many candidats; enough to meet every border.
const CANDIDATS: usize = 240;

/// Numbers that are the same in every run.
struct Suite(u64);

impl Suite {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// The marks of both roles for each item, in halves; `None` is « not evaluable ».
type Notes = Vec<[Option<u64>; 2]>;

fn notes(suite: &mut Suite) -> Notes {
    // Around the thresholds, where something can change.
    let mut note = || if suite.next(12) == 0 { None } else { Some(14 + suite.next(15)) };
    (0..6).map(|_| [note(), note()]).collect()
}

fn fiche(id: String, referentiel: &str, notes: &Notes) -> Fiche {
    let said = |note: Option<u64>| note.map_or("ne".to_owned(), |halves| format!("{}.{}", halves / 2, halves % 2 * 5));
    let mut texte = "evaluations:\n".to_owned();
    let mut all = notes.iter();
    for (bloc, items) in ITEMS {
        texte += &format!("  {bloc}:\n    resultats:\n");
        for (item, [tuteur, examinateur]) in items.iter().zip(&mut all) {
            texte += &format!("      {item}: {{ tuteur: {}, examinateur: {} }}\n", said(*tuteur), said(*examinateur));
        }
    }
    Fiche { id, referentiel: referentiel.to_owned(), texte: texte.trim_end().to_owned() }
}

/// What is said of a bloc or of the whole: the verdict, and the value.
type Dit = (String, Option<Decimal>);

/// By the bloc's id, or « ensemble ».
fn dits(lines: &[String]) -> BTreeMap<String, Dit> {
    let one = |line: &String| {
        let (nom, rest) = line.split_once(" : ")?;
        let nom = nom.split_once('(').map_or(nom, |(_, id)| id.trim_end_matches(')'));
        let said = rest.split_once(" (").map_or(rest, |(said, _)| said);
        let (etat, valeur) = said.split_once(", ").map_or((said, None), |(etat, valeur)| (etat, Some(valeur)));
        let valeur = valeur.and_then(|v| v.split(" /").next()?.replace(',', ".").parse().ok());
        Some((nom.to_owned(), (etat.to_owned(), valeur)))
    };
    lines.iter().filter_map(one).collect()
}

/// From worst to best; what is not decided is nowhere.
fn rang(etat: &str) -> Option<usize> {
    ["non accessible", "non acquis", "acquis"].iter().position(|known| *known == etat)
}

/// Those that contradict themselves, for a result stands in a closed bloc, have errors and no verdict.
fn is_sound(lines: &[String]) -> bool {
    lines.first().is_some_and(|line| line.starts_with("ensemble"))
}

#[test]
fn a_better_result_lowers_nothing() {
    let mut suite = Suite(14);
    let mut fiches = Vec::new();
    for i in 0..CANDIDATS {
        let notes = notes(&mut suite);
        let mut better = notes.clone();
        let (item, role) = (suite.next(6) as usize, suite.next(2) as usize);
        better[item][role] = better[item][role].map(|halves| halves + 1 + suite.next(4));
        fiches.push(fiche(format!("a{i}"), "cycles/1", &notes));
        fiches.push(fiche(format!("b{i}"), "cycles/1", &better));
    }
    let said = verdicts(&fiches);
    let mut compared = 0;
    for i in 0..CANDIDATS {
        let (before, after) = (&said[&format!("a{i}")], &said[&format!("b{i}")]);
        if !is_sound(before) || !is_sound(after) {
            // A gate may open, and never close.
            assert!(is_sound(after) || !is_sound(before), "{before:#?}\n{after:#?}");
            continue;
        }
        let after = dits(after);
        for (nom, (etat, valeur)) in dits(before) {
            let (better, higher) = &after[&nom];
            assert!(valeur <= *higher, "{i} {nom}: {valeur:?} {higher:?}");
            assert!(rang(&etat) <= rang(better) || rang(better).is_none(), "{i} {nom}: {etat}, {better}");
            compared += 1;
        }
    }
    assert!(compared > CANDIDATS, "{compared}");
}

#[test]
fn no_order_matters_and_what_does_not_count_changes_nothing() {
    let mut suite = Suite(15);
    let all: Vec<Notes> = (0..CANDIDATS).map(|_| notes(&mut suite)).collect();
    let of = |prefix: &'static str, referentiel: &'static str| {
        all.iter().enumerate().map(move |(i, notes)| fiche(format!("{prefix}{i}"), referentiel, notes))
    };
    let fiches: Vec<Fiche> = of("a", "cycles/1").chain(of("b", "cycles/autrement")).collect();
    let said = verdicts(&fiches);
    let mut compared = 0;
    for i in 0..CANDIDATS {
        let (one, other) = (&said[&format!("a{i}")], &said[&format!("b{i}")]);
        assert_eq!(is_sound(one), is_sound(other), "{one:#?}\n{other:#?}");
        if is_sound(one) {
            let other = dits(other);
            for (nom, dit) in dits(one) {
                assert_eq!(other.get(&nom), Some(&dit), "{nom}");
                compared += 1;
            }
        }
    }
    assert!(compared > CANDIDATS, "{compared}");
}

#[test]
fn every_value_can_be_calculated_again_from_what_is_printed() {
    let mut suite = Suite(16);
    let all: Vec<Notes> = (0..CANDIDATS).map(|_| notes(&mut suite)).collect();
    let fiches: Vec<Fiche> =
        all.iter().enumerate().map(|(i, notes)| fiche(format!("a{i}"), "cycles/1", notes)).collect();
    let said = verdicts(&fiches);
    let round = |value: Decimal| value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let mean = |terms: &[(Decimal, Option<Decimal>)]| {
        let (sum, weight) = terms
            .iter()
            .filter_map(|(p, v)| Some((*p, (*v)?)))
            .fold((Decimal::ZERO, Decimal::ZERO), |(sum, weight), (p, v)| (sum + p * v, weight + p));
        (!weight.is_zero()).then(|| round(sum / weight))
    };
    let mut calculated = 0;
    for (i, notes) in all.iter().enumerate() {
        let lines = &said[&format!("a{i}")];
        if !is_sound(lines) {
            continue;
        }
        let said = dits(lines);
        let half = |halves: u64| Decimal::from(halves) / Decimal::TWO;
        let joined: Vec<Option<Decimal>> = notes
            .iter()
            .map(|[t, e]| mean(&[(Decimal::from(40), t.map(half)), (Decimal::from(60), e.map(half))]))
            .collect();
        let weights = [[1, 2], [2, 1], [1, 1]];
        for (at, (bloc, _)) in ITEMS.iter().enumerate() {
            let terms = [0, 1].map(|k| (Decimal::from(weights[at][k]), joined[2 * at + k]));
            if let Some(valeur) = said[*bloc].1 {
                assert_eq!(mean(&terms), Some(valeur), "{i} {bloc}");
                calculated += 1;
            }
        }
        if let Some(valeur) = said["ensemble"].1 {
            let terms: Vec<_> = ITEMS.iter().zip([1, 2, 1]).map(|((b, _), p)| (Decimal::from(p), said[*b].1)).collect();
            assert_eq!(mean(&terms), Some(valeur), "{i} ensemble");
        }
    }
    assert!(calculated > CANDIDATS, "{calculated}");
}
