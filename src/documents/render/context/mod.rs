//! What templates see, as plain data that serializes: every string typographied, every state named in the theme's
//! words. `docs/themes.md` describes it for authors of themes.

pub(crate) mod bordereau;
mod critere;
pub(crate) mod en_erreur;
mod grille;
pub(crate) mod index;
mod lien;
pub(crate) mod livret;
pub(crate) mod referentiel;
pub(crate) mod resultat;
pub(crate) mod verdict;

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;
use tera::value::{Key, Map};

use crate::documents::render::assets::token;
use crate::ground::source::Spanned;
use crate::ground::typographie::typographier;
use crate::judge::check::{Bilan, Etat};
use crate::judge::rules::rule::Manque;
use crate::model::libelle::{Civilite, Libelle};
use crate::model::projet::Projet;
use crate::model::referentiel::{Bloc, Referentiel};

/// The theme's words, a référentiel's own over them.
pub(crate) struct Libelles {
    mots: BTreeMap<String, String>,
    /// The same as templates see them.
    pub valeur: Value,
}

impl Libelles {
    fn get(&self, key: &str) -> Option<&String> {
        self.mots.get(key)
    }
}

/// Words as they are written.
type Written = BTreeMap<String, Spanned<Libelle>>;

/// Merges and typographies wordings; some agree with the person that they speak of.
pub(crate) fn libelles(theme: &Written, own: &Written, civilite: Option<Civilite>) -> Libelles {
    let mots = theme.iter().chain(own).map(|(k, v)| (k.clone(), typographier(v.value.pour(civilite))));
    let mots: BTreeMap<String, String> = mots.collect();
    let valeur = mots.iter().map(|(key, mot)| (Key::from(key.clone()), Value::from(mot.as_str())));
    Libelles { valeur: Value::from(valeur.collect::<Map>()), mots }
}

#[derive(Debug, Serialize)]
pub(crate) struct ContexteProjet {
    organisme: Organisme,
    theme: String,
}

#[derive(Debug, Serialize)]
struct Organisme {
    nom: String,
    sigle: Option<String>,
    entete: String,
    logo: Option<String>,
}

/// Where the project's logo stands among the assets, if its file was found.
pub(crate) fn projet(projet: &Projet, logo: Option<&str>) -> ContexteProjet {
    let o = &projet.organisme;
    ContexteProjet {
        organisme: Organisme {
            nom: typographier(&o.nom),
            sigle: o.sigle.as_deref().map(typographier),
            entete: typographier(&o.entete),
            logo: logo.map(token),
        },
        theme: projet.theme.value.clone(),
    }
}

/// The page itself.
#[derive(Debug, Serialize)]
pub(crate) struct Page {
    pub titre: String,
    pub auteur: String,
    pub racine: String,
    pub chemin: String,
    pub pdf: Option<String>,
    pub gabarit: String,
    /// The document's id in the theme.
    pub document: String,
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ContexteEtat {
    pub code: &'static str,
    pub nom: String,
}

/// A state and its name, `libelles.etat_…`.
pub(crate) fn etat(code: &'static str, libelles: &Libelles) -> ContexteEtat {
    let key = format!("etat_{}", code.replace('-', "_"));
    ContexteEtat { code, nom: libelles.get(&key).cloned().unwrap_or(key) }
}

/// Whether a livret in this state is printed with the mark « PROVISOIRE »: always where its référentiel is not finished.
pub(crate) fn provisoire(etat: Etat, referentiel: &Referentiel) -> bool {
    matches!(etat, Etat::EnCours | Etat::Desaccord) || !referentiel.a_remplacer.is_empty()
}

#[derive(Debug, Clone, Serialize)]
pub(crate) struct ContexteManque {
    pub bloc: Option<u32>,
    /// Whether it is missing on the sheet of the whole.
    pub ensemble: bool,
    /// What is printed for its number.
    pub n: Option<String>,
    /// The name of the situation on whose sheet it is missing.
    pub situation: Option<String>,
    pub texte: String,
}

/// Something missing, in the theme's words, `libelles.manque_…` with `{n}`, `{total}` and `{noms}`.
pub(crate) fn manque(manque: &Manque, libelles: &Libelles) -> ContexteManque {
    let key = format!("manque_{}", manque.code);
    // Themes made before the program knew of it have no words for it.
    let texte = libelles.get(&key).cloned().unwrap_or_else(|| typographier(&manque.phrase));
    let texte = texte
        .replace("{n}", &manque.n.to_string())
        .replace("{total}", &manque.total.to_string())
        .replace("{noms}", &typographier(&manque.noms.join(", ")));
    let situation = manque.situation.as_ref().map(|s| typographier(s.appelee()));
    ContexteManque {
        bloc: manque.bloc,
        ensemble: manque.ensemble,
        n: manque.numero_imprime.as_deref().map(typographier),
        situation,
        texte,
    }
}

/// The title of a bloc; that of the sheet of the whole is the theme's.
fn titre_du_bloc(bloc: &Bloc, libelles: &Libelles) -> String {
    let own = libelles.get("verdict_ensemble").filter(|_| bloc.ensemble);
    own.cloned().unwrap_or_else(|| typographier(&bloc.titre))
}

/// Everything missing from a livret.
pub(crate) fn manques(bilan: &Bilan, libelles: &Libelles) -> Vec<ContexteManque> {
    bilan.tous().map(|m| manque(m, libelles)).collect()
}
