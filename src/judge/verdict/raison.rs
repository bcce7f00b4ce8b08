//! Why a verdict is what it is: what was compared with what, and how it came out. In words for the terminal and for
//! exports; documents have the theme's, by the same keys.

use rust_decimal::Decimal;

use super::etat::{Etat, Tenue};
use super::mesure::{Mesure, Quantite};
use super::mots::{self, Mot, Mots, dire};
use crate::model::calcul::Combien;
use crate::model::forme::ENSEMBLE;
use crate::model::referentiel::Referentiel;
use crate::sources::parse::echelle::francais;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raison {
    pub tenue: Tenue,
    /// What it is about, if not the thing itself that is judged.
    pub sujet: Option<Sujet>,
    pub cause: Cause,
    /// Whether the verdict follows from it.
    pub decide: bool,
}

/// A bloc by its index, or what is evaluated in one, by its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Sujet {
    Bloc(usize),
    Item(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cause {
    /// What is not decided yet is named.
    Seuil {
        valeur: Quantite,
        seuil: Decimal,
        ouverts: Vec<Sujet>,
    },
    Compte {
        acquis: usize,
        sur: usize,
        combien: Combien,
        blocs: bool,
        a_trancher: Vec<String>,
    },
    /// The only result of the whole.
    Resultat,
    EliminatoireAcquis,
    EliminatoireNote {
        valeur: Quantite,
        seuil: Decimal,
    },
    /// What its subject came to, and the first reason for that.
    Etat(Etat, Option<Box<Raison>>),
    /// A paper, by its name: refused, or not brought yet.
    Papier {
        nom: String,
        refuse: bool,
    },
    /// No outcome holds.
    Imprevu,
}

impl Raison {
    pub(super) fn new(tenue: Tenue, cause: Cause) -> Self {
        Self { tenue, sujet: None, cause, decide: false }
    }

    pub(super) fn of(self, sujet: Sujet) -> Self {
        Self { sujet: Some(sujet), ..self }
    }

    /// In words, « freins : 7,9 < 8 (éliminatoire) ».
    pub(crate) fn phrase(&self, referentiel: &Referentiel, mots: Mots) -> String {
        let said = self.cause(referentiel, mots);
        let said = match &self.sujet {
            Some(sujet) => format!("{} : {said}", sujet.nom(referentiel, mots)),
            None => said,
        };
        match self.cause {
            Cause::EliminatoireAcquis | Cause::EliminatoireNote { .. } => {
                dire(mots::ELIMINATOIRE, mots).replace("{raison}", &said)
            }
            _ => said,
        }
    }

    fn cause(&self, referentiel: &Referentiel, mots: Mots) -> String {
        match &self.cause {
            Cause::Seuil { seuil, ouverts, .. } if !ouverts.is_empty() => {
                let noms: Vec<String> = ouverts.iter().map(|sujet| sujet.nom(referentiel, mots)).collect();
                dire(mots::SEUIL_OUVERT, mots).replace("{seuil}", &francais(*seuil)).replace("{noms}", &noms.join(", "))
            }
            Cause::Seuil { valeur, seuil, .. } | Cause::EliminatoireNote { valeur, seuil } => {
                self.seuil(*valeur, *seuil, mots)
            }
            Cause::Compte { acquis, sur, combien, blocs, a_trancher } => {
                let combien = match combien {
                    Combien::Tous => sur.to_string(),
                    Combien::Nombre(n) => n.to_string(),
                    Combien::PourCent(part) => format!("{}\u{202F}%", francais(*part)),
                };
                let mot = match (*blocs, *acquis > 1) {
                    (true, true) => mots::BLOCS,
                    (true, false) => mots::BLOC,
                    (false, true) => mots::COMPETENCES,
                    (false, false) => mots::COMPETENCE,
                };
                let said = dire(mot, mots).replace("{n}", &acquis.to_string()).replace("{total}", &sur.to_string());
                let said = said.replace("{combien}", &combien);
                if a_trancher.is_empty() {
                    return said;
                }
                format!("{said} ; {}", dire(mots::A_TRANCHER, mots).replace("{noms}", &a_trancher.join(", ")))
            }
            Cause::Resultat => self.acquis(mots::RESULTAT_ACQUIS, mots::RESULTAT_NON_ACQUIS, mots),
            Cause::EliminatoireAcquis => self.acquis(mots::ACQUIS, mots::NON_ACQUIS, mots),
            Cause::Etat(etat, why) => match (etat, why) {
                (Etat::Rendu { favorable: false, nom: None }, Some(why)) => why.phrase(referentiel, mots),
                (_, Some(why)) => format!("{}, {}", etat.nom(mots), why.phrase(referentiel, mots)),
                (_, None) => etat.nom(mots),
            },
            Cause::Papier { nom, refuse } => {
                dire(if *refuse { mots::PIECE_REFUSEE } else { mots::PIECE_MANQUE }, mots).replace("{nom}", nom)
            }
            Cause::Imprevu => dire(mots::IMPREVU, mots),
        }
    }

    fn acquis(&self, acquis: Mot, non_acquis: Mot, mots: Mots) -> String {
        let mot = match self.tenue {
            Tenue::Remplie => acquis,
            Tenue::Manquee => non_acquis,
            Tenue::Indeterminee => mots::VERDICT_A_TRANCHER,
        };
        dire(mot, mots)
    }

    fn seuil(&self, valeur: Quantite, seuil: Decimal, mots: Mots) -> String {
        let (mot, mesure) = match (valeur, self.tenue) {
            (Quantite::Connue(mesure), Tenue::Remplie) => (mots::SEUIL_TENU, Some(mesure)),
            (Quantite::Connue(mesure), Tenue::Manquee) => (mots::SEUIL_MANQUE, Some(mesure)),
            (Quantite::Connue(mesure), Tenue::Indeterminee) => (mots::SEUIL_INDECIS, Some(mesure)),
            _ => (mots::SANS_VALEUR, None),
        };
        let unite = if mesure.is_some_and(|m| m.pour_cent) { "\u{202F}%" } else { "" };
        let shown = |n: Decimal| francais(n) + unite;
        let valeur = mesure.map(|m| shown(m.valeur)).unwrap_or_default();
        dire(mot, mots).replace("{valeur}", &valeur).replace("{seuil}", &shown(seuil))
    }
}

impl Sujet {
    fn nom(&self, referentiel: &Referentiel, mots: Mots) -> String {
        match self {
            Self::Bloc(bloc) if referentiel.blocs[*bloc].ensemble => ENSEMBLE.to_owned(),
            Self::Bloc(bloc) => dire(mots::SUJET_BLOC, mots)
                .replace("{bloc}", &mots("bloc").unwrap_or_else(|| "bloc".to_owned()))
                .replace("{n}", &referentiel.blocs[*bloc].numero_imprime()),
            Self::Item(cle) => cle.clone(),
        }
    }
}

impl Mesure {
    /// As it is printed: « 13 / 18 », « 66,7 % ».
    pub(crate) fn imprimee(self) -> String {
        match self.pour_cent {
            true => format!("{}\u{202F}%", francais(self.valeur)),
            false => format!("{} / {}", francais(self.valeur), francais(self.max)),
        }
    }
}
