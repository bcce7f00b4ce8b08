//! The opinions of several roles, joined: equal ones are the result; what different ones come to, the référentiel says.

use rust_decimal::Decimal;

use super::mesure::{Mesure, Quantite, Terme, calculer};
use crate::judge::rules::consensus;
use crate::model::calcul::{Calcul, Joints, facteur};
use crate::model::candidat::{Avis, Resultat};
use crate::model::forme::{Echelle, Valeur};
use crate::model::referentiel::{Bloc, Referentiel};

/// What opinions come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joint {
    /// Somebody has not spoken, or they must agree and do not.
    EnCours,
    /// They differ, and nobody but the jury can tell.
    ATrancher,
    Valeur(Valeur),
    /// A mean.
    Mesure(Mesure),
}

/// The opinions on one thing of a bloc, on the scale of their sheet, joined.
pub(crate) fn joint(
    resultat: Option<&Resultat>,
    (bloc, echelle): (&Bloc, &Echelle),
    referentiel: &Referentiel,
) -> Joint {
    let Some(resultat) = resultat else { return Joint::EnCours };
    if let Some(valeur) = resultat.valeur() {
        return Joint::Valeur(valeur);
    }
    if !resultat.complet() || consensus::desaccord(bloc, resultat) {
        return Joint::EnCours;
    }
    match (&resultat.avis, bloc.joints()) {
        (Avis::Separes(all), Some(Joints::Moyenne)) => moyenne(all, (bloc, echelle), referentiel),
        _ => Joint::ATrancher,
    }
}

/// The mean of those that count; if none does, what all of them say.
fn moyenne(all: &[Option<Valeur>], (bloc, echelle): (&Bloc, &Echelle), referentiel: &Referentiel) -> Joint {
    let arrondi = bloc.arrondi(bloc.forme.resultat_par);
    let termes = all.iter().flatten().zip(&referentiel.roles).map(|(valeur, role)| Terme {
        poids: facteur(&role.poids),
        valeur: mesure(*valeur, echelle),
        compte: counts(*valeur, echelle),
        partiel: false,
    });
    match calculer(Calcul::Moyenne, arrondi, termes).0 {
        Quantite::Connue(mesure) => Joint::Mesure(mesure),
        Quantite::Vide => all.iter().flatten().next().map_or(Joint::EnCours, |first| Joint::Valeur(*first)),
        _ => Joint::ATrancher,
    }
}

/// What a result is worth by itself.
pub(crate) fn mesure(valeur: Valeur, echelle: &Echelle) -> Quantite {
    let Some(max) = maximum(echelle) else { return Quantite::Aucune };
    let pour_cent = matches!(echelle, Echelle::Note(note) if note.unite.as_deref() == Some("%"));
    let connue = |valeur| Quantite::Connue(Mesure { valeur, max, pour_cent });
    match valeur {
        Valeur::Note(note) => connue(note),
        Valeur::Niveau(niveau) => match &echelle.niveaux()[niveau] {
            niveau if !niveau.compte => Quantite::Vide,
            niveau => niveau.valeur.map_or(Quantite::Aucune, connue),
        },
        Valeur::Coche(_) => Quantite::Aucune,
    }
}

/// Whether a result counts at all.
pub(crate) fn counts(valeur: Valeur, echelle: &Echelle) -> bool {
    valeur.niveau().is_none_or(|niveau| echelle.niveaux()[niveau].compte)
}

/// The highest value of a scale; `None` if it gives none.
pub(crate) fn maximum(echelle: &Echelle) -> Option<Decimal> {
    match echelle {
        Echelle::Note(note) => Some(note.max),
        Echelle::Niveaux(niveaux) => niveaux.iter().filter_map(|niveau| niveau.valeur).max(),
        Echelle::Coche => None,
    }
}

/// Whether a level of a scale can be acquired: of a mark nobody can tell.
pub(crate) fn tells(echelle: &Echelle) -> bool {
    match echelle {
        Echelle::Niveaux(niveaux) => niveaux.iter().any(|niveau| niveau.acquis),
        Echelle::Coche => true,
        Echelle::Note(_) => false,
    }
}
