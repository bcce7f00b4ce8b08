//! Vectors: what was found, and what comes of it, calculated by hand. What a line leaves out is under way.

use super::{Fiche, verdicts};

/// A name, the référentiel, what is written below `evaluations` or beside it, what is said.
type Vecteur = (&'static str, &'static str, String, &'static [&'static str]);

fn par(blocs: &[(&str, &str)]) -> String {
    let one = |(bloc, resultats): &(&str, &str)| format!("  {bloc}: {{ resultats: {{ {resultats} }} }}\n");
    format!("evaluations:\n{}", blocs.iter().map(one).collect::<String>())
}

fn stages(scolaire: &str, sante: &str) -> String {
    format!(
        "evaluations:\n  stages:\n    situations:\n      scolaire: {{ resultats: {{ {scolaire} }} }}\n      sante: {{ resultats: {{ {sante} }} }}\n"
    )
}

const BON: (&str, &str) = ("diagnostic", "bruit: 12, usure: 12");
const VENTE: (&str, &str) = ("vente", "besoin: 12, encaisser: 12");
const PRESQUE: (&str, &str) = ("diagnostic", "bruit: { tuteur: 8, examinateur: 9.5 }, usure: 10.5");

/// `n` of ten acquired, then so many left open by two opinions, then so many not evaluable.
fn dix(acquis: usize, ouverts: usize, ne: usize) -> String {
    let one = |i: usize| match i {
        i if i <= acquis => format!("OB {i}: plus"),
        i if i <= acquis + ouverts => format!("OB {i}: {{ tuteur: plus, formateur: moins }}"),
        i if i > 10 - ne => format!("OB {i}: ne"),
        i => format!("OB {i}: moins"),
    };
    par(&[("dix", &(1..=10).map(one).collect::<Vec<_>>().join(", "))])
}

fn sorties(resultats: &str) -> String {
    par(&[("sorties", resultats)])
}

/// Three opinions on OB 1.1, and all agree on the others.
fn comptes(avis: &str) -> String {
    sorties(&format!("OB 1.1: {{ {avis} }}, OB 1.2: plus, OB 1.3: plus, OB 2.1: plus"))
}

fn vecteurs() -> Vec<Vecteur> {
    let avec = |extra: &str, blocs: &[(&str, &str)]| format!("{extra}\n{}", par(blocs));
    vec![
        // V1: exactly the threshold, then just under it: what waits for it is closed.
        (
            "v1a",
            "cycles/1",
            par(&[("diagnostic", "bruit: 9, usure: 10.5")]),
            &[
                "ensemble : en cours (bloc 2 : en cours ; bloc 3 : en cours)",
                "bloc 1 (diagnostic) : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 2 (reparation) : en cours",
                "bloc 3 (vente) : en cours",
            ],
        ),
        (
            "v1b",
            "cycles/1",
            par(&[PRESQUE]),
            &[
                "ensemble : en cours (bloc 3 : en cours)",
                "bloc 1 (diagnostic) : non acquis, 9,97 / 20 (9,97 < 10)",
                "bloc 2 (reparation) : non accessible (bloc 1 : 9,97 < 10)",
                "bloc 3 (vente) : en cours",
            ],
        ),
        // The whole when the gate has closed: missed, and without a value.
        (
            "v1c",
            "cycles/1",
            par(&[PRESQUE, VENTE]),
            &[
                "ensemble : non acquis (1 bloc acquis sur 3, il en faut 3 ; bloc 1 : 9,97 < 10 ; bloc 2 : non accessible, bloc 1 : 9,97 < 10)",
                "bloc 1 (diagnostic) : non acquis, 9,97 / 20 (9,97 < 10)",
                "bloc 2 (reparation) : non accessible (bloc 1 : 9,97 < 10)",
                "bloc 3 (vente) : acquis, 12 / 20 (12 ≥ 10)",
            ],
        ),
        // V2: 11,97 + 2 x 12,03 + 11,95 = 47,98, a quarter of which is 11,995; downwards 47,97 and 11,9925.
        (
            "v2a",
            "cycles/1",
            par(&[
                ("diagnostic", "bruit: { tuteur: 11, examinateur: 12.5 }, usure: 12"),
                ("reparation", "transmission: 12, freins: { tuteur: 13, examinateur: 11.5 }"),
                ("vente", "besoin: { tuteur: 11, examinateur: 12.5 }, encaisser: 12"),
            ]),
            &[
                "ensemble : acquis, 12 / 20 (3 blocs acquis sur 3, il en faut 3 ; 12 ≥ 12)",
                "bloc 1 (diagnostic) : acquis, 11,97 / 20 (11,97 ≥ 10)",
                "bloc 2 (reparation) : acquis, 12,03 / 20 (12,03 ≥ 11 ; freins : 12,1 ≥ 8 (éliminatoire))",
                "bloc 3 (vente) : acquis, 11,95 / 20 (11,95 ≥ 10)",
            ],
        ),
        (
            "v2b",
            "cycles/inferieur",
            par(&[
                ("diagnostic", "bruit: { tuteur: 11, examinateur: 12.5 }, usure: 12"),
                ("reparation", "transmission: 12, freins: { tuteur: 13, examinateur: 11.5 }"),
                ("vente", "besoin: { tuteur: 11, examinateur: 12.5 }, encaisser: 12"),
            ]),
            &[
                "ensemble : non acquis, 11,99 / 20 (11,99 < 12)",
                "bloc 1 (diagnostic) : acquis, 11,96 / 20 (11,96 ≥ 10)",
                "bloc 2 (reparation) : acquis, 12,03 / 20 (12,03 ≥ 11 ; freins : 12,1 ≥ 8 (éliminatoire))",
                "bloc 3 (vente) : acquis, 11,95 / 20 (11,95 ≥ 10)",
            ],
        ),
        // V3: (36 + 7,9) / 3, then (36 + 8) / 3.
        (
            "v3a",
            "cycles/1",
            par(&[BON, VENTE, ("reparation", "transmission: 18, freins: { tuteur: 8.5, examinateur: 7.5 }")]),
            &[
                "ensemble : non acquis, 13,32 / 20 (2 blocs acquis sur 3, il en faut 3 ; bloc 2 : freins : 7,9 < 8 (éliminatoire))",
                "bloc 1 (diagnostic) : acquis, 12 / 20 (12 ≥ 10)",
                "bloc 2 (reparation) : non acquis, 14,63 / 20 (freins : 7,9 < 8 (éliminatoire))",
                "bloc 3 (vente) : acquis, 12 / 20 (12 ≥ 10)",
            ],
        ),
        (
            "v3b",
            "cycles/1",
            par(&[BON, VENTE, ("reparation", "transmission: 18, freins: 8")]),
            &[
                "ensemble : acquis, 13,34 / 20 (3 blocs acquis sur 3, il en faut 3 ; 13,34 ≥ 12)",
                "bloc 1 (diagnostic) : acquis, 12 / 20 (12 ≥ 10)",
                "bloc 2 (reparation) : acquis, 14,67 / 20 (14,67 ≥ 11 ; freins : 8 ≥ 8 (éliminatoire))",
                "bloc 3 (vente) : acquis, 12 / 20 (12 ≥ 10)",
            ],
        ),
        // V4: what cannot be evaluated leaves every denominator; nothing left is nobody's success.
        (
            "v4a",
            "cuisine/1",
            stages("c2: [2, 2, 2, 2], c4: [ne, ne]", "c2: [2, 2, 2, 2], c4: [ne, ne]")
                + "prealables: { hygiene: 2026-02-12 }",
            &[
                "ensemble : acquis (1 bloc acquis sur 1, il en faut 1)",
                "bloc 1 (stages) : favorable, 66,7\u{202F}% (66,7\u{202F}% ≥ 60\u{202F}%)",
            ],
        ),
        (
            "v4b",
            "cuisine/1",
            stages("c2: [ne, ne, ne, ne], c4: [ne, ne]", "c2: [ne, ne, ne, ne], c4: [ne, ne]")
                + "prealables: { hygiene: oui }",
            &[
                "ensemble : à trancher par le jury (0 bloc acquis sur 1, il en faut 1 ; bloc 1 : à trancher par le jury, rien à compter, il faut 85)",
                "bloc 1 (stages) : à trancher par le jury (rien à compter, il faut 85)",
            ],
        ),
        // Situations of unequal size: points are added up, not means.
        (
            "v4c",
            "cuisine/1",
            stages("c2: [3, 3, ne, ne], c4: [ne, ne]", "c2: [2, 2, 1, 1], c4: [ne, ne]")
                + "prealables: { hygiene: oui }",
            &[
                "ensemble : acquis (1 bloc acquis sur 1, il en faut 1)",
                "bloc 1 (stages) : favorable, 66,7\u{202F}% (66,7\u{202F}% ≥ 60\u{202F}%)",
            ],
        ),
        // A paper: awaited, then refused.
        (
            "p1",
            "cuisine/1",
            stages("c2: [3, 3, 3, 3], c4: [3, 3]", "c2: [3, 3, 3, 3], c4: [3, 2]"),
            &[
                "ensemble : en cours (Attestation d'hygiène : non fournie)",
                "bloc 1 (stages) : avec félicitations, 97,2\u{202F}% (97,2\u{202F}% ≥ 85\u{202F}%)",
            ],
        ),
        (
            "p2",
            "cuisine/1",
            stages("c2: [3, 3, 3, 3], c4: [3, 3]", "c2: [3, 3, 3, 3], c4: [3, 2]") + "prealables: { hygiene: non }",
            &[
                "ensemble : non acquis (Attestation d'hygiène : refusée)",
                "bloc 1 (stages) : avec félicitations, 97,2\u{202F}% (97,2\u{202F}% ≥ 85\u{202F}%)",
            ],
        ),
        // 21,6 of 36 is exactly 60 %; 21 of 36 is not.
        (
            "p3",
            "cuisine/1",
            stages("c2: [2, 2, 2, 2], c4: [2, 2]", "c2: [2, 2, 2, 2], c4: [1, 0]") + "prealables: { hygiene: oui }",
            &[
                "ensemble : non acquis (0 bloc acquis sur 1, il en faut 1 ; bloc 1 : défavorable, 58,3\u{202F}% < 60\u{202F}%)",
                "bloc 1 (stages) : défavorable, 58,3\u{202F}% (58,3\u{202F}% < 60\u{202F}%)",
            ],
        ),
        (
            "p4",
            "cuisine/1",
            stages("c2: [3, 2, 1, ne], c4: [ne, ne]", "c2: [2, 1, ne, ne], c4: [ne, ne]")
                + "prealables: { hygiene: oui }",
            &[
                "ensemble : acquis (1 bloc acquis sur 1, il en faut 1)",
                "bloc 1 (stages) : favorable, 60\u{202F}% (60\u{202F}% ≥ 60\u{202F}%)",
            ],
        ),
        (
            "p5",
            "cuisine/1",
            stages("c2: [2, 2, 2, 2], c4: [2, 2]", "c2: [2, 2, 2], c4: [2, 2]")
                .replace("c2: [2, 2, 2], ", "c2: { 1: 2 }, "),
            &[
                "ensemble : en cours (bloc 1 : en cours ; Attestation d'hygiène : non fournie)",
                "bloc 1 (stages) : en cours",
            ],
        ),
        // V6: two opinions, 2 of 4 without the open one, 3 of 4 with it.
        (
            "v6a",
            "nature/1",
            sorties("OB 1.1: plus, OB 1.3: plus, OB 1.2: { tuteur: plus, formateur: moins }, OB 2.1: moins"),
            &[
                "ensemble : à trancher par le jury (0 bloc acquis sur 1, il en faut 1 ; bloc A : à trancher par le jury, 2 compétences acquises sur 4, il en faut 70\u{202F}% ; à trancher : OB 1.2)",
                "bloc A (sorties) : à trancher par le jury (2 compétences acquises sur 4, il en faut 70\u{202F}% ; à trancher : OB 1.2)",
            ],
        ),
        (
            "v6b",
            "nature/1",
            sorties("OB 1.1: plus, OB 1.3: plus, OB 1.2: { tuteur: plus, formateur: moins }, OB 2.1: plus"),
            &[
                "ensemble : acquis (1 bloc acquis sur 1, il en faut 1)",
                "bloc A (sorties) : acquis (3 compétences acquises sur 4, il en faut 70\u{202F}% ; à trancher : OB 1.2)",
            ],
        ),
        (
            "v6c",
            "nature/consensus",
            sorties("OB 1.1: plus, OB 1.3: plus, OB 1.2: { tuteur: plus, formateur: moins }, OB 2.1: plus"),
            &["ensemble : en cours (bloc A : en cours)", "bloc A (sorties) : en cours"],
        ),
        (
            "v6d",
            "nature/comptes",
            comptes("tuteur: plus, formateur: plus, pair: moins"),
            &["bloc A (sorties) : acquis (4 compétences acquises sur 4, il en faut 4)"],
        ),
        (
            "v6e",
            "nature/comptes",
            comptes("tuteur: plus, formateur: moins, pair: moins"),
            &["bloc A (sorties) : non acquis (3 compétences acquises sur 4, il en faut 4)"],
        ),
        ("v6f", "nature/comptes", comptes("tuteur: plus, formateur: plus"), &["bloc A (sorties) : en cours"]),
        // One of the three does not count: two of the two others are enough, one of them is not.
        (
            "v6g",
            "nature/comptes",
            comptes("tuteur: plus, formateur: ne, pair: plus"),
            &["bloc A (sorties) : acquis (4 compétences acquises sur 4, il en faut 4)"],
        ),
        // V8: a part of those that count.
        (
            "v8a",
            "nature/dix",
            dix(7, 0, 0),
            &["bloc 1 (dix) : acquis (7 compétences acquises sur 10, il en faut 70\u{202F}%)"],
        ),
        (
            "v8b",
            "nature/dix",
            dix(6, 0, 1),
            &["bloc 1 (dix) : non acquis (6 compétences acquises sur 9, il en faut 70\u{202F}%)"],
        ),
        (
            "v8c",
            "nature/dix",
            dix(6, 1, 1),
            &[
                "bloc 1 (dix) : à trancher par le jury (6 compétences acquises sur 9, il en faut 70\u{202F}% ; à trancher : OB 7)",
            ],
        ),
        (
            "v8d",
            "nature/dix",
            dix(5, 1, 1),
            &["bloc 1 (dix) : non acquis (5 compétences acquises sur 9, il en faut 70\u{202F}% ; à trancher : OB 6)"],
        ),
        (
            "v8e",
            "nature/dix",
            dix(0, 0, 10),
            &["bloc 1 (dix) : à trancher par le jury (0 compétence acquise sur 0, il en faut 70\u{202F}%)"],
        ),
        (
            "v8f",
            "nature/dix",
            dix(1, 0, 9),
            &["bloc 1 (dix) : acquis (1 compétence acquise sur 1, il en faut 70\u{202F}%)"],
        ),
        // An entry sheet never counts, and is a gate.
        (
            "e1",
            "nature/entree",
            par(&[("entree", "entretien: [oui, non]"), ("sorties", "")]),
            &[
                "ensemble : non acquis (0 bloc acquis sur 1, il en faut 1 ; bloc A : non accessible, bloc 0 : 1 compétence acquise sur 2, il en faut 2)",
                "bloc 0 (entree) : non acquis (1 compétence acquise sur 2, il en faut 2)",
                "bloc A (sorties) : non accessible (bloc 0 : 1 compétence acquise sur 2, il en faut 2)",
            ],
        ),
        (
            "e2",
            "nature/entree",
            par(&[
                ("entree", "entretien: { 1: oui }"),
                ("sorties", "OB 1.1: plus, OB 1.2: plus, OB 1.3: plus, OB 2.1: plus"),
            ]),
            &[
                "ensemble : en cours (bloc A : en cours, bloc 0 : en cours)",
                "bloc 0 (entree) : en cours",
                "bloc A (sorties) : en cours (bloc 0 : en cours)",
            ],
        ),
        (
            "e3",
            "nature/entree",
            par(&[
                ("entree", "entretien: [oui, oui]"),
                ("sorties", "OB 1.1: plus, OB 1.2: plus, OB 1.3: plus, OB 2.1: moins"),
            ]),
            &[
                "ensemble : acquis (1 bloc acquis sur 1, il en faut 1)",
                "bloc 0 (entree) : acquis (2 compétences acquises sur 2, il en faut 2)",
                "bloc A (sorties) : acquis (3 compétences acquises sur 4, il en faut 70\u{202F}%)",
            ],
        ),
        // A result of what is closed is a mistake.
        (
            "e4",
            "nature/entree",
            par(&[("entree", "entretien: [oui, non]"), ("sorties", "OB 1.1: plus")]),
            &[
                "« sorties » a un résultat, mais n'est pas accessible : bloc 0 : 1 compétence acquise sur 2, il en faut 2",
            ],
        ),
        // A bloc that waits for one that is not presented: the jury settles it.
        (
            "e5",
            "nature/entree",
            avec(
                "parcours: isole\nblocs: [sorties]",
                &[("sorties", "OB 1.1: plus, OB 1.2: plus, OB 1.3: plus, OB 2.1: plus")],
            ),
            &["bloc A (sorties) : en cours (bloc 0 : à trancher par le jury)"],
        ),
        // Means: a third of 29,99 is 9,9966…, of 29,98 it is 9,9933…: one hundredth decides.
        (
            "m1",
            "simple/moyenne",
            par(&[("un", "a: 10, b: 10, c: 9.99"), ("deux", "d: 10, e: 10")]),
            &[
                "ensemble : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 1 (un) : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 2 (deux) : acquis, 10 / 20 (10 ≥ 10)",
            ],
        ),
        (
            "m2",
            "simple/moyenne",
            par(&[("un", "a: 10, b: 10, c: 9.98"), ("deux", "d: 10, e: 10")]),
            &[
                "ensemble : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 1 (un) : non acquis, 9,99 / 20 (9,99 < 10)",
                "bloc 2 (deux) : acquis, 10 / 20 (10 ≥ 10)",
            ],
        ),
        // A half of a step goes up: (9,99 + 10) / 2 = 9,995.
        (
            "m3",
            "simple/moyenne",
            par(&[("un", "a: 9.99, b: 10, c: ne"), ("deux", "d: 9.99, e: 9.98")]),
            &[
                "ensemble : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 1 (un) : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 2 (deux) : non acquis, 9,99 / 20 (9,99 < 10)",
            ],
        ),
        (
            "m4",
            "simple/moyenne",
            par(&[("un", "a: ne, b: ne, c: ne"), ("deux", "d: 10, e: ne")]),
            &[
                "ensemble : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 1 (un) : à trancher par le jury (rien à compter, il faut 10)",
                "bloc 2 (deux) : acquis, 10 / 20 (10 ≥ 10)",
            ],
        ),
        (
            "m5",
            "simple/moyenne",
            par(&[("un", "a: 0, b: 0, c: 0"), ("deux", "d: 20, e: 20")]),
            &[
                "ensemble : acquis, 10 / 20 (10 ≥ 10)",
                "bloc 1 (un) : non acquis, 0 / 20 (0 < 10)",
                "bloc 2 (deux) : acquis, 20 / 20 (20 ≥ 10)",
            ],
        ),
        // A sum that something was left out of is not missed, but may be reached all the same.
        ("s1", "simple/somme", par(&[("un", "a: 10, b: 10, c: 10")]), &["bloc 1 (un) : acquis, 30 / 60 (30 ≥ 30)"]),
        (
            "s2",
            "simple/somme",
            par(&[("un", "a: 10, b: 10, c: 9.99")]),
            &["bloc 1 (un) : non acquis, 29,99 / 60 (29,99 < 30)"],
        ),
        (
            "s3",
            "simple/somme",
            par(&[("un", "a: 15, b: 14, c: ne")]),
            &["bloc 1 (un) : à trancher par le jury, 29 / 40 (29, il faut 30)"],
        ),
        ("s4", "simple/somme", par(&[("un", "a: 15, b: 15, c: ne")]), &["bloc 1 (un) : acquis, 30 / 40 (30 ≥ 30)"]),
        (
            "s5",
            "simple/somme",
            par(&[("un", "a: ne, b: ne, c: ne")]),
            &["bloc 1 (un) : à trancher par le jury (rien à compter, il faut 30)"],
        ),
        // So many acquired, each by its own threshold.
        (
            "n1",
            "simple/nombre",
            par(&[("un", "a: 10, b: 9.99, c: 10"), ("deux", "d: 10, e: 10")]),
            &[
                "ensemble : acquis (2 blocs acquis sur 2, il en faut 2)",
                "bloc 1 (un) : acquis (2 compétences acquises sur 3, il en faut 2)",
                "bloc 2 (deux) : acquis (2 compétences acquises sur 2, il en faut 2)",
            ],
        ),
        (
            "n2",
            "simple/nombre",
            par(&[("un", "a: 10, b: 9.99, c: 9.99"), ("deux", "d: 10, e: 10")]),
            &[
                "ensemble : non acquis (1 bloc acquis sur 2, il en faut 2 ; bloc 1 : 1 compétence acquise sur 3, il en faut 2)",
                "bloc 1 (un) : non acquis (1 compétence acquise sur 3, il en faut 2)",
                "bloc 2 (deux) : acquis (2 compétences acquises sur 2, il en faut 2)",
            ],
        ),
        (
            "n3",
            "simple/nombre",
            par(&[("un", "a: 10, b: ne, c: 9.99"), ("deux", "d: 10, e: 10")]),
            &[
                "ensemble : non acquis (1 bloc acquis sur 2, il en faut 2 ; bloc 1 : 1 compétence acquise sur 2, il en faut 2)",
                "bloc 1 (un) : non acquis (1 compétence acquise sur 2, il en faut 2)",
                "bloc 2 (deux) : acquis (2 compétences acquises sur 2, il en faut 2)",
            ],
        ),
        // Outcomes in order: the rounded value is compared, 15,75 is 16; under all of them nobody foresaw.
        (
            "i1",
            "simple/mentions",
            par(&[("un", "a: 15.75, b: 15.75, c: 15.75")]),
            &["bloc 1 (un) : très bien, 16 / 20 (16 ≥ 16)"],
        ),
        (
            "i2",
            "simple/mentions",
            par(&[("un", "a: 15.74, b: 15.74, c: 15.74")]),
            &["bloc 1 (un) : bien, 15,5 / 20 (15,5 ≥ 14)"],
        ),
        (
            "i3",
            "simple/mentions",
            par(&[("un", "a: 9.75, b: 9.75, c: 9.75")]),
            &["bloc 1 (un) : passable, 10 / 20 (10 ≥ 10)"],
        ),
        (
            "i4",
            "simple/mentions",
            par(&[("un", "a: 9.7, b: 9.7, c: 9.7")]),
            &["bloc 1 (un) : à trancher par le jury, 9,5 / 20 (cas que la règle ne prévoit pas)"],
        ),
        (
            "i5",
            "simple/mentions",
            par(&[("un", "a: ne, b: ne, c: ne")]),
            &["bloc 1 (un) : à trancher par le jury (rien à compter, il faut 16)"],
        ),
        // What must be reached by itself: in a bloc, and of a bloc.
        (
            "x1",
            "simple/eliminatoire",
            par(&[("un", "a: 10, b: 6"), ("deux", "d: 12, e: 12")]),
            &[
                "ensemble : acquis (2 blocs acquis sur 2, il en faut 2 ; bloc 2 : 12 ≥ 12 (éliminatoire))",
                "bloc 1 (un) : acquis, 8 / 20 (8 ≥ 8 ; a : acquis (éliminatoire))",
                "bloc 2 (deux) : acquis, 12 / 20 (12 ≥ 8)",
            ],
        ),
        (
            "x2",
            "simple/eliminatoire",
            par(&[("un", "a: 9.99, b: 16"), ("deux", "d: 12, e: 11.98")]),
            &[
                "ensemble : non acquis (1 bloc acquis sur 2, il en faut 2 ; bloc 1 : a : non acquis (éliminatoire) ; bloc 2 : 11,99 < 12 (éliminatoire))",
                "bloc 1 (un) : non acquis, 13 / 20 (a : non acquis (éliminatoire))",
                "bloc 2 (deux) : acquis, 11,99 / 20 (11,99 ≥ 8)",
            ],
        ),
        (
            "x3",
            "simple/eliminatoire",
            par(&[("un", "a: ne, b: 16"), ("deux", "d: 12, e: 12")]),
            &[
                "ensemble : à trancher par le jury (1 bloc acquis sur 2, il en faut 2 ; bloc 1 : à trancher par le jury, a : à trancher par le jury (éliminatoire))",
                "bloc 1 (un) : à trancher par le jury, 16 / 20 (a : à trancher par le jury (éliminatoire))",
                "bloc 2 (deux) : acquis, 12 / 20 (12 ≥ 8)",
            ],
        ),
        // Decisions: of a bloc's value, of its outcome, of one result, of the whole.
        (
            "d1",
            "cycles/1",
            avec(
                "decisions: [{ sur: reparation, resultat: 11, par: jury, le: 2026-12-01, motif: Panne }]",
                &[BON, VENTE, ("reparation", "transmission: 11, freins: { tuteur: 10, examinateur: 10.5 }")],
            ),
            &[
                "ensemble : non acquis, 11,5 / 20 (11,5 < 12)",
                "bloc 1 (diagnostic) : acquis, 12 / 20 (12 ≥ 10)",
                "bloc 2 (reparation) : acquis, 11 / 20 (11 ≥ 11 ; freins : 10,3 ≥ 8 (éliminatoire))",
                "bloc 3 (vente) : acquis, 12 / 20 (12 ≥ 10)",
            ],
        ),
        (
            "d2",
            "cycles/1",
            avec(
                "decisions: [{ sur: diagnostic, resultat: acquis, par: jury, le: 2026-12-01, motif: Panne }]",
                &[PRESQUE, VENTE],
            ),
            &[
                "ensemble : en cours (bloc 2 : en cours)",
                "bloc 1 (diagnostic) : acquis, 9,97 / 20",
                "bloc 2 (reparation) : en cours",
                "bloc 3 (vente) : acquis, 12 / 20 (12 ≥ 10)",
            ],
        ),
        (
            "d3",
            "nature/1",
            avec(
                "decisions: [{ sur: sorties/ob 1-2, resultat: moins, par: jury, le: 2026-12-01, motif: Entendu }]",
                &[("sorties", "OB 1.1: plus, OB 1.3: plus, OB 1.2: { tuteur: plus, formateur: moins }, OB 2.1: moins")],
            ),
            &[
                "ensemble : non acquis (0 bloc acquis sur 1, il en faut 1 ; bloc A : 2 compétences acquises sur 4, il en faut 70\u{202F}%)",
                "bloc A (sorties) : non acquis (2 compétences acquises sur 4, il en faut 70\u{202F}%)",
            ],
        ),
        (
            "d4",
            "nature/1",
            avec(
                "decisions: [{ sur: ensemble, resultat: acquis, par: jury, le: 2026-12-01, motif: Entendu }]",
                &[("sorties", "OB 1.1: moins, OB 1.3: moins, OB 1.2: moins, OB 2.1: moins")],
            ),
            &[
                "ensemble : acquis",
                "bloc A (sorties) : non acquis (0 compétence acquise sur 4, il en faut 70\u{202F}%)",
            ],
        ),
        // A parcours that does not lead to the whole has no verdict on it.
        (
            "z1",
            "simple/moyenne",
            avec("parcours: isole\nblocs: [deux]", &[("deux", "d: 10, e: 12.5")]),
            &["bloc 2 (deux) : acquis, 11,25 / 20 (11,25 ≥ 10)"],
        ),
    ]
}

#[test]
fn what_was_calculated_by_hand_comes() {
    let all = vecteurs();
    let fiche = |(id, referentiel, texte, _): &Vecteur| Fiche {
        id: (*id).to_owned(),
        referentiel: (*referentiel).to_owned(),
        texte: texte.trim_end().to_owned(),
    };
    let said = verdicts(&all.iter().map(fiche).collect::<Vec<_>>());
    let mut wrong = String::new();
    for (id, _, _, expected) in &all {
        let came = said.get(*id).cloned().unwrap_or_default();
        if came.iter().map(String::as_str).ne(expected.iter().copied()) {
            wrong += &format!("{id}\n  expected: {expected:#?}\n  came: {came:#?}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
