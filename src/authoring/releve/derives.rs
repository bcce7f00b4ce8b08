//! What follows from results: the columns that a table shows beside them. Nothing can be written in these, and they are
//! never read back.

use crate::ground::fold::nfc;
use crate::judge::check::Etat;
use crate::judge::project::Dossier;
use crate::judge::verdict::regle::{Regle, ReglesDeBloc, ensemble};
use crate::judge::verdict::{Quantite, Verdict};
use crate::model::forme::{ENSEMBLE, Etage};
use crate::model::referentiel::Referentiel;

const ETAT: &str = "État";
const MANQUE: &str = "À compléter";
const VALEUR: &str = "Valeur : ";
const VERDICT: &str = "Verdict : ";
const MOTIFS: &str = "Motifs : ";

/// Whether a title is one of these, of whatever rules.
pub(crate) fn is_derived(titre: &str) -> bool {
    let titre = nfc(titre);
    matches!(&*titre, ETAT | MANQUE) || [VALEUR, VERDICT, MOTIFS].iter().any(|start| titre.starts_with(start))
}

/// Titles, which are those of a référentiel, and values; without a candidat, the titles alone.
pub(crate) fn derives(r: &Referentiel, dossier: Option<&Dossier>) -> Vec<(String, Option<String>)> {
    let etat = dossier.map(|dossier| match dossier.bilan.etat {
        Etat::Vierge => "vierge",
        Etat::EnCours => "en cours",
        Etat::Desaccord => "désaccord",
        Etat::Pret => "prêt à signer",
    });
    let manque = dossier.and_then(|dossier| dossier.bilan.resume(&dossier.candidat));
    let mut all = vec![(ETAT.to_owned(), etat.map(str::to_owned)), (MANQUE.to_owned(), manque)];
    // Of a livret in which nothing is written nothing follows yet.
    let judged = dossier.filter(|dossier| dossier.bilan.etat != Etat::Vierge).map(|dossier| &dossier.bilan.verdicts);
    // The whole has its own columns, with a sheet of its own or without.
    for (i, bloc) in r.blocs.iter().enumerate().filter(|(_, bloc)| !bloc.ensemble) {
        let verdict = judged.and_then(|verdicts| verdicts.blocs.get(&i));
        all.extend(one(&bloc.id, ReglesDeBloc::of(bloc, r).get(Etage::Bloc), !r.prealables.is_empty(), verdict, r));
    }
    let verdict = judged.and_then(|verdicts| verdicts.ensemble.as_ref());
    all.extend(one(ENSEMBLE, ensemble(r), false, verdict, r));
    all
}

/// What is said of a bloc or of the whole. One that waits for another may be closed without a rule of its own.
fn one(
    nom: &str,
    regle: Option<Regle>,
    waits: bool,
    verdict: Option<&Verdict>,
    r: &Referentiel,
) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    if regle.is_some_and(|regle| regle.calcul.is_some()) {
        let valeur = verdict.and_then(|verdict| match verdict.valeur {
            Quantite::Connue(mesure) => Some(mesure.imprimee()),
            Quantite::Vide => Some("– / –".to_owned()),
            Quantite::Aucune | Quantite::Indeterminee => None,
        });
        all.push((format!("{VALEUR}{nom}"), valeur));
    }
    if waits || regle.is_some_and(|regle| regle.validation.is_some()) {
        let etat = verdict.and_then(|verdict| Some(verdict.etat.as_ref()?.nom(&|_| None)));
        let raisons = verdict.into_iter().flat_map(Verdict::raisons).map(|raison| raison.phrase(r, &|_| None));
        let raisons = raisons.collect::<Vec<_>>().join(" ; ");
        all.push((format!("{VERDICT}{nom}"), etat));
        all.push((format!("{MOTIFS}{nom}"), Some(raisons).filter(|raisons| !raisons.is_empty())));
    }
    all
}
