//! Links results to the compétences of their bloc and to the levels of the scale.

use std::collections::BTreeMap;

use super::named::{Named, named_twice};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Spanned;
use crate::model::candidat::{Avis, Resultat};
use crate::model::referentiel::{Noeud, Referentiel};
use crate::sources::parse::candidat::FicheResultat;

/// The results of a bloc, by the ids of its compétences.
pub(crate) fn resultats(
    fiches: Vec<(Spanned<String>, FicheResultat)>,
    bloc: usize,
    referentiel: &Referentiel,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Resultat> {
    let competences: Vec<&str> = referentiel.blocs[bloc].competences().map(Noeud::id).collect();
    let mut named = Named::default();
    let mut all = BTreeMap::new();
    for (name, fiche) in fiches {
        let found = referentiel.blocs[bloc].competence(&name.value);
        match found.map(|competence| named.before(competence.id(), &name)) {
            None => diagnostics.push(unknown_competence(&name, &competences, referentiel)),
            Some(Some(first)) => named_twice(&name, &first, "la même compétence", diagnostics),
            Some(None) => {}
        }
        let resultat = match fiche {
            FicheResultat::Commun(niveau) => find_niveau(&niveau, referentiel, diagnostics)
                .map(|n| Resultat { avis: Avis::Commun(n), span: niveau.span }),
            FicheResultat::Separes(avis, span) => {
                let mut given = vec![None; referentiel.nb_evaluateurs];
                for (numero, niveau) in avis {
                    let niveau = find_niveau(&niveau, referentiel, diagnostics);
                    match numero.value.checked_sub(1).and_then(|i| given.get_mut(i)) {
                        Some(place) => *place = niveau,
                        None => diagnostics.push(
                            Diagnostic::new(
                                Code::EvaluateurInconnu,
                                numero.span,
                                format!("il n'y a pas d'évaluateur {}", numero.value),
                            )
                            .label("évaluateur inconnu")
                            .help(format!("le référentiel en demande {}", referentiel.nb_evaluateurs)),
                        ),
                    }
                }
                given.iter().any(Option::is_some).then_some(Resultat { avis: Avis::Separes(given), span })
            }
        };
        if let (Some(competence), Some(resultat)) = (found, resultat) {
            all.insert(competence.id().to_owned(), resultat);
        }
    }
    all
}

fn unknown_competence(name: &Spanned<String>, here: &[&str], referentiel: &Referentiel) -> Diagnostic {
    let elsewhere = referentiel.blocs.iter().find(|b| b.competence(&name.value).is_some());
    let message = format!("la compétence « {} » n'existe pas dans ce bloc", name.value);
    let diagnostic = Diagnostic::new(Code::CompetenceInconnue, name.span, message).label("compétence inconnue");
    match elsewhere {
        Some(other) => diagnostic.help(format!("elle est dans le bloc « {} »", other.id)),
        None => diagnostic.suggest(&name.value, here.iter().copied()),
    }
}

fn find_niveau(name: &Spanned<String>, referentiel: &Referentiel, diagnostics: &mut Diagnostics) -> Option<usize> {
    let found = referentiel.niveau(&name.value);
    if found.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::NiveauInconnu,
                name.span,
                format!("« {} » n'est pas un niveau de l'échelle", name.value),
            )
            .label("niveau inconnu")
            .suggest(&name.value, referentiel.echelle.iter().map(|n| n.id.as_str())),
        );
    }
    found
}
