//! What templates see, as maps of plain values: every string typographied, every state named in the theme's words.
//! `docs/themes.md` describes it for authors of themes.

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

use tera::Value;
use tera::value::{Key, Map};

use crate::documents::render::assets::token;
use crate::ground::source::Spanned;
use crate::ground::typographie::typographier;
use crate::judge::check::{Bilan, Etat};
use crate::judge::rules::rule::Manque;
use crate::model::candidat::Candidat;
use crate::model::libelle::{Civilite, Libelle};
use crate::model::projet::Projet;
use crate::model::referentiel::{Bloc, Referentiel};

/// A field of what templates see.
pub(crate) type Field = (&'static str, Value);

/// Fields as one value.
pub(crate) fn fields(all: impl IntoIterator<Item = Field>) -> Value {
    Value::from(all.into_iter().map(|(name, value)| (Key::from(name), value)).collect::<Map>())
}

/// Several values of one kind.
pub(crate) fn list(all: impl IntoIterator<Item = Value>) -> Value {
    Value::from(all.into_iter().collect::<Vec<Value>>())
}

/// A text that may not be there, typeset.
pub(crate) fn typo(text: Option<&String>) -> Value {
    text.map(|text| typographier(text)).into()
}

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

/// Where the project's logo stands among the assets, if its file was found.
pub(crate) fn projet(projet: &Projet, logo: Option<&str>) -> Value {
    let o = &projet.organisme;
    let organisme = fields([
        ("nom", typographier(&o.nom).into()),
        ("sigle", typo(o.sigle.as_ref())),
        ("entete", typographier(&o.entete).into()),
        ("logo", logo.map(token).into()),
    ]);
    fields([("organisme", organisme), ("theme", projet.theme.value.as_str().into())])
}

/// What a person is called, and where he works.
fn personne(c: &Candidat) -> [Field; 4] {
    [
        ("nom", typographier(&c.nom).into()),
        ("prenom", typographier(&c.prenom).into()),
        ("nom_complet", typographier(&c.nom_complet()).into()),
        ("entreprise", typo(c.entreprise.as_ref())),
    ]
}

/// What a référentiel is called.
fn identite(r: &Referentiel) -> [Field; 3] {
    [("id", r.id.as_str().into()), ("version", r.version.as_str().into()), ("titre", typographier(&r.titre).into())]
}

/// The name of a state, `libelles.etat_…`.
fn nom_d_etat(code: &str, libelles: &Libelles) -> String {
    let key = format!("etat_{}", code.replace('-', "_"));
    libelles.get(&key).cloned().unwrap_or(key)
}

/// A state and its name.
fn etat(code: &str, libelles: &Libelles) -> Value {
    fields([("code", code.into()), ("nom", nom_d_etat(code, libelles).into())])
}

/// Whether a livret in this state is printed with the mark « PROVISOIRE »: always where its référentiel is not finished.
pub(crate) fn provisoire(etat: Etat, referentiel: &Referentiel) -> bool {
    matches!(etat, Etat::EnCours | Etat::Desaccord) || !referentiel.a_remplacer.is_empty()
}

/// Something missing, in the theme's words, `libelles.manque_…` with `{n}`, `{total}` and `{noms}`.
fn phrase(manque: &Manque, libelles: &Libelles) -> String {
    let key = format!("manque_{}", manque.code);
    // Themes made before the program knew of it have no words for it.
    let texte = libelles.get(&key).cloned().unwrap_or_else(|| typographier(&manque.phrase));
    texte
        .replace("{n}", &manque.n.to_string())
        .replace("{total}", &manque.total.to_string())
        .replace("{noms}", &typographier(&manque.noms.join(", ")))
}

/// The same, with where it is missing.
fn manque(manque: &Manque, libelles: &Libelles) -> Value {
    fields([
        ("bloc", manque.bloc.into()),
        // Whether it is missing on the sheet of the whole.
        ("ensemble", manque.ensemble.into()),
        // What is printed for its number.
        ("n", typo(manque.numero_imprime.as_ref())),
        // The name of the situation on whose sheet it is missing.
        ("situation", manque.situation.as_ref().map(|s| typographier(s.appelee())).into()),
        ("texte", phrase(manque, libelles).into()),
    ])
}

/// The title of a bloc; that of the sheet of the whole is the theme's.
fn titre_du_bloc(bloc: &Bloc, libelles: &Libelles) -> String {
    let own = libelles.get("verdict_ensemble").filter(|_| bloc.ensemble);
    own.cloned().unwrap_or_else(|| typographier(&bloc.titre))
}

/// Everything missing from a livret.
fn manques(bilan: &Bilan, libelles: &Libelles) -> Value {
    list(bilan.tous().map(|m| manque(m, libelles)))
}
