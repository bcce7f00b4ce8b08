//! Whether weights go together: parts of a hundred make it full, and stand nowhere beside weights without « % »; those of
//! roles serve something. And things that must be reached by themselves: somebody asks for them, and can tell.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned};
use crate::judge::verdict::avis::{maximum, tells};
use crate::judge::verdict::regle::{self, Regle, ReglesDeBloc};
use crate::model::calcul::{Eliminatoire, Joints, Poids, PoidsEcrit};
use crate::model::forme::{Echelle, Etage, Situations};
use crate::model::noeud::Noeud;
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::echelle::francais;

pub(super) fn poids(referentiel: &Referentiel, d: &mut Diagnostics) {
    let roles: Vec<&PoidsEcrit> = referentiel.roles.iter().map(|role| &role.poids).collect();
    groupe(&roles, "des évaluateurs", d);
    let moyenne = |bloc: &Bloc| bloc.joints() == Some(Joints::Moyenne);
    if let Some(written) = roles.iter().copied().flatten().next()
        && !referentiel.blocs.iter().any(moyenne)
    {
        let message = "ce poids ne sert à rien : « avis: moyenne » n'est pas écrit";
        let help = "ajoutez sous « regles » la ligne « avis: moyenne », ou supprimez les poids";
        d.push(Diagnostic::new(Code::PoidsImpossible, written.span, message).help(help));
    }
    let blocs: Vec<&PoidsEcrit> = referentiel.blocs.iter().filter(|b| b.compte).map(|bloc| &bloc.poids).collect();
    groupe(&blocs, "des blocs", d);
    let mut told: Vec<Span> = Vec::new();
    for bloc in &referentiel.blocs {
        if referentiel.feuille_d_ensemble().is_some() {
            sans_objet(bloc, d);
        }
        if bloc.sans_resultat() {
            continue;
        }
        let all = bloc.situations.declarees();
        if let Some(first) = all.first().filter(|first| !told.contains(&first.id.span)) {
            told.push(first.id.span);
            groupe(&all.iter().map(|situation| &situation.poids).collect::<Vec<_>>(), "des situations", d);
        }
        titres(&bloc.noeuds, d);
        eliminatoires(bloc, referentiel, d);
    }
}

/// Reports what is said of the parts of a result, where the whole has its own.
fn sans_objet(bloc: &Bloc, d: &mut Diagnostics) {
    fn written(noeuds: &[Noeud], all: &mut Vec<(Span, &'static str)>) {
        for noeud in noeuds {
            all.extend(noeud.poids.as_ref().map(|poids| (poids.span, "ce poids")));
            all.extend(noeud.eliminatoire.as_ref().map(|e| (e.span, "« eliminatoire »")));
            written(&noeud.enfants, all);
        }
    }
    let mut all: Vec<(Span, &str)> = bloc.poids.iter().map(|poids| (poids.span, "ce poids")).collect();
    if bloc.sans_resultat() {
        all.extend(bloc.eliminatoire.as_ref().map(|e| (e.span, "« eliminatoire »")));
        written(&bloc.noeuds, &mut all);
    }
    for (span, what) in all {
        let message = format!("{what} ne sert à rien : le résultat est celui de l'ensemble");
        d.push(Diagnostic::new(Code::PoidsImpossible, span, message).help("supprimez-le"));
    }
}

fn titres(noeuds: &[Noeud], d: &mut Diagnostics) {
    groupe(&noeuds.iter().map(|noeud| &noeud.poids).collect::<Vec<_>>(), "de ces titres", d);
    noeuds.iter().for_each(|noeud| titres(&noeud.enfants, d));
}

/// Weights of things of one kind.
fn groupe(all: &[&PoidsEcrit], de: &str, d: &mut Diagnostics) {
    let written: Vec<&Spanned<Poids>> = all.iter().copied().flatten().collect();
    let part = |poids: &&&Spanned<Poids>| matches!(poids.value, Poids::PourCent(_));
    let Some(first) = written.iter().find(part) else { return };
    let help = "écrivez tous les poids avec « % », ou tous sans";
    if let Some(bare) = written.iter().find(|poids| !part(poids)) {
        let message = format!("« {} » n'a pas de %, alors que les autres poids en ont", francais(bare.value.nombre()));
        let diagnostic = Diagnostic::new(Code::PoidsImpossible, bare.span, message);
        return d.push(diagnostic.related(first.span, "en pour cent").help(help));
    }
    if written.len() < all.len() {
        let message = format!("il manque des poids {de} : un autre est en pour cent");
        return d.push(Diagnostic::new(Code::PoidsImpossible, first.span, message).help(help));
    }
    let sum: Decimal = written.iter().map(|poids| poids.value.nombre()).sum();
    if sum != Decimal::ONE_HUNDRED {
        let message = format!("les poids {de} font {}\u{202F}%, et non 100\u{202F}%", francais(sum));
        let (last, others) = (written[written.len() - 1].span, &written[..written.len() - 1]);
        let diagnostic = Diagnostic::new(Code::PoidsImpossible, last, message).help("corrigez l'un d'eux");
        d.push(others.iter().fold(diagnostic, |told, other| told.related(other.span, "compté avec lui")));
    }
}

/// What must be reached by itself is asked by a verdict above it, and its value or level can be told.
fn eliminatoires(bloc: &Bloc, referentiel: &Referentiel, d: &mut Diagnostics) {
    let regles = ReglesDeBloc::of(bloc, referentiel);
    let whole = regle::ensemble(referentiel).is_some_and(|regle| regle.validation.is_some()) && bloc.compte;
    let judged = |etage: Etage| regles.get(etage).is_some_and(|regle| regle.validation.is_some());
    if let Some(written) = &bloc.eliminatoire {
        if whole {
            eliminatoire(written, true, regles.get(Etage::Bloc), (Etage::Bloc, &bloc.noeuds), bloc, d);
        } else {
            let message = "ce bloc est éliminatoire, et aucune règle de l'ensemble ne le demande";
            let help = if bloc.compte {
                "ajoutez dans referentiel.md une « validation » de l'ensemble : { ensemble: { acquis: tous } }"
            } else {
                "supprimez « eliminatoire », ou « compte: non » qui le tient hors de l'ensemble"
            };
            d.push(Diagnostic::new(Code::CalculImpossible, written.span, message).help(help));
        }
    }
    fn walk(noeuds: &[Noeud], rang: usize, above: bool, bloc: &Bloc, regles: &ReglesDeBloc, d: &mut Diagnostics) {
        let own = regles.get(Etage::Rang(rang));
        let judged = own.is_some_and(|regle| regle.validation.is_some());
        for noeud in noeuds {
            if let Some(written) = &noeud.eliminatoire {
                let place = (Etage::Rang(rang), std::slice::from_ref(noeud));
                eliminatoire(written, above, own, place, bloc, d);
            }
            walk(&noeud.enfants, rang + 1, above || judged, bloc, regles, d);
        }
    }
    walk(&bloc.noeuds, 0, whole || judged(Etage::Bloc), bloc, &regles, d);
}

fn eliminatoire(
    written: &Spanned<Eliminatoire>,
    above: bool,
    regle: Option<Regle>,
    (etage, noeuds): (Etage, &[Noeud]),
    bloc: &Bloc,
    d: &mut Diagnostics,
) {
    let (rule, judged) = (regle.is_some(), regle.is_some_and(|regle| regle.validation.is_some()));
    let unrounded = !rule && several(noeuds, bloc) && bloc.arrondi(etage).is_none();
    // In each situation, where these have scales of their own.
    let maxima: Option<BTreeSet<Decimal>> = bloc.echelles().map(maximum).collect();
    let unequal = maxima.as_ref().is_some_and(|maxima| maxima.len() > 1);
    let noted = maxima.and_then(|maxima| maxima.into_iter().next());
    let note = || bloc.echelles().any(|echelle| matches!(echelle, Echelle::Note(_)));
    let (message, help) = match written.value {
        _ if !above => (
            "ceci est éliminatoire, et aucune règle ne dit ce qui serait éliminé".to_owned(),
            "ajoutez une « validation » à un niveau plus grand : { bloc: { seuil: 10 } }",
        ),
        Eliminatoire::Acquis if !judged && (rule || note()) => {
            ("rien ne dit quelle note est acquise".to_owned(), "écrivez la note à atteindre : {eliminatoire=8}")
        }
        Eliminatoire::Acquis if !judged && !bloc.echelles().all(tells) => {
            ("aucun niveau de l'échelle n'est dit acquis".to_owned(), "ajoutez « acquis: oui » à ceux qui le sont")
        }
        Eliminatoire::Note(_) if noted.is_none() => (
            "une note est demandée ici, et cette échelle n'en donne pas".to_owned(),
            "écrivez {.eliminatoire}, ou ajoutez « valeur » à chaque niveau",
        ),
        Eliminatoire::Note(_) if !rule && unequal => (
            "une note est demandée ici, et les situations n'ont pas le même maximum".to_owned(),
            "donnez à ce niveau un « calcul » : « sur 20 »",
        ),
        Eliminatoire::Note(note) if !rule && noted.is_some_and(|max| note > max) => (
            format!("{} dépasse la note maximale, {}", francais(note), francais(noted.unwrap_or_default())),
            "corrigez cette note : personne ne l'atteindrait",
        ),
        Eliminatoire::Note(_) if unrounded => (
            "l'arrondi n'est pas dit, et la moyenne de ces résultats divise".to_owned(),
            "ajoutez sous « regles » par exemple « arrondi: 0.01 »",
        ),
        _ => return,
    };
    d.push(Diagnostic::new(Code::CalculImpossible, written.span, message).help(help));
}

/// Whether more than one result can be found below.
fn several(noeuds: &[Noeud], bloc: &Bloc) -> bool {
    fn results(noeud: &Noeud, bloc: &Bloc) -> usize {
        bloc.items_de(noeud).len() + noeud.enfants.iter().map(|enfant| results(enfant, bloc)).sum::<usize>()
    }
    let one_each = matches!(bloc.situations, Situations::Une) && bloc.joints() != Some(Joints::Comptes);
    !one_each || noeuds.iter().map(|noeud| results(noeud, bloc)).sum::<usize>() > 1
}
