//! Whether weights go together: parts of a hundred make it full, and stand nowhere beside weights without « % »; those of
//! roles serve something. And things that must be reached by themselves: somebody asks for them, and can tell.

use rust_decimal::Decimal;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Span, Spanned};
use crate::judge::verdict::avis::maximum;
use crate::judge::verdict::regle::{self, ReglesDeBloc};
use crate::model::calcul::{Eliminatoire, Joints, Poids, PoidsEcrit};
use crate::model::forme::{Echelle, Etage, Situations};
use crate::model::noeud::Noeud;
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::echelle::francais;

pub(super) fn poids(referentiel: &Referentiel, d: &mut Diagnostics) {
    let roles: Vec<&PoidsEcrit> = referentiel.roles.iter().map(|role| &role.poids).collect();
    groupe(&roles, "des évaluateurs", d);
    let moyenne = |bloc: &Bloc| bloc.regles.calculs.avis.as_ref().is_some_and(|avis| avis.value == Joints::Moyenne);
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
        if let Situations::Declarees(all) = &bloc.situations
            && all.first().is_some_and(|first| !told.contains(&first.id.span))
        {
            told.extend(all.first().map(|first| first.id.span));
            groupe(&all.iter().map(|situation| &situation.poids).collect::<Vec<_>>(), "des situations", d);
        }
        titres(&bloc.noeuds, d);
        eliminatoires(bloc, referentiel, d);
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
        let last = written[written.len() - 1].span;
        d.push(Diagnostic::new(Code::PoidsImpossible, last, message).help("corrigez l'un d'eux"));
    }
}

/// What must be reached by itself is asked by a verdict above it, and its value or level can be told.
fn eliminatoires(bloc: &Bloc, referentiel: &Referentiel, d: &mut Diagnostics) {
    let regles = ReglesDeBloc::of(bloc, referentiel);
    let whole = regle::ensemble(referentiel).is_some_and(|regle| regle.validation.is_some()) && bloc.compte;
    let judged = |etage: Etage| regles.get(etage).is_some_and(|regle| regle.validation.is_some());
    if let Some(written) = &bloc.eliminatoire {
        let rule = regles.get(Etage::Bloc).is_some();
        eliminatoire(written, whole, judged(Etage::Bloc), rule, bloc, d);
    }
    fn walk(noeuds: &[Noeud], rang: usize, above: bool, bloc: &Bloc, regles: &ReglesDeBloc, d: &mut Diagnostics) {
        let own = regles.get(Etage::Rang(rang));
        let judged = own.is_some_and(|regle| regle.validation.is_some());
        for noeud in noeuds {
            if let Some(written) = &noeud.eliminatoire {
                eliminatoire(written, above, judged, own.is_some(), bloc, d);
            }
            walk(&noeud.enfants, rang + 1, above || judged, bloc, regles, d);
        }
    }
    walk(&bloc.noeuds, 0, whole || judged(Etage::Bloc), bloc, &regles, d);
}

fn eliminatoire(
    written: &Spanned<Eliminatoire>,
    above: bool,
    judged: bool,
    rule: bool,
    bloc: &Bloc,
    d: &mut Diagnostics,
) {
    let echelle = &bloc.forme.echelle;
    let noted = maximum(echelle);
    let (message, help) = match written.value {
        _ if !above => (
            "ceci est éliminatoire, et aucune règle ne dit ce qui serait éliminé".to_owned(),
            "ajoutez une « validation » à un niveau plus grand : { bloc: { seuil: 10 } }",
        ),
        Eliminatoire::Acquis if !judged && (rule || matches!(echelle, Echelle::Note(_))) => {
            ("rien ne dit quelle note est acquise".to_owned(), "écrivez la note à atteindre : {eliminatoire=8}")
        }
        Eliminatoire::Acquis if !judged && !tells(echelle) => {
            ("aucun niveau de l'échelle n'est dit acquis".to_owned(), "ajoutez « acquis: oui » à ceux qui le sont")
        }
        Eliminatoire::Note(_) if noted.is_none() => (
            "une note est demandée ici, et cette échelle n'en donne pas".to_owned(),
            "écrivez {.eliminatoire}, ou ajoutez « valeur » à chaque niveau",
        ),
        Eliminatoire::Note(note) if !rule && noted.is_some_and(|max| note > max) => (
            format!("{} dépasse la note maximale, {}", francais(note), francais(noted.unwrap_or_default())),
            "corrigez cette note : personne ne l'atteindrait",
        ),
        _ => return,
    };
    d.push(Diagnostic::new(Code::CalculImpossible, written.span, message).help(help));
}

fn tells(echelle: &Echelle) -> bool {
    match echelle {
        Echelle::Niveaux(niveaux) => niveaux.iter().any(|niveau| niveau.acquis),
        Echelle::Coche => true,
        Echelle::Note(_) => false,
    }
}
