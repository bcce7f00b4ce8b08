//! A result as templates see it: boxes and marks, blank or as they were given, each with the key by which what is printed
//! is compared with what was written.

use tera::Value;

use super::referentiel::{Niveaux, Textes};
use super::{Field, fields, list};
use crate::ground::typographie::typographier;
use crate::judge::verdict::avis::{Joint, joint};
use crate::model::candidat::{BlocPresente, Mesure, Presentee, Resultat};
use crate::model::forme::{Echelle, Niveau, Valeur};
use crate::model::noeud::Item;
use crate::model::referentiel::{Bloc, Referentiel};
use crate::sources::parse::echelle::francais;

/// A result as templates see it.
pub(crate) struct ContexteResultat {
    /// Those of each role, if they have their own, then what came of all.
    groupes: Vec<Groupe>,
    desaccord: bool,
    /// Whether the jury settles it, for a rule needs it.
    a_trancher: bool,
    /// What each évaluateur without boxes of their own gave, as long as there is no common result.
    avis: Value,
}

struct Groupe {
    cases: Value,
    /// With these.
    valeur: Value,
}

impl ContexteResultat {
    /// What came of all, as the official livret has it.
    pub(crate) fn officiel(self) -> [Field; 3] {
        let last = self.groupes.into_iter().next_back().map(|groupe| groupe.cases);
        [("cases", last.unwrap_or_else(|| list([]))), ("desaccord", self.desaccord.into()), ("avis", self.avis)]
    }
}

impl From<ContexteResultat> for Value {
    fn from(resultat: ContexteResultat) -> Self {
        let ContexteResultat { groupes, desaccord, a_trancher, avis } = resultat;
        fields([
            ("groupes", list(groupes.into_iter().map(|groupe| groupe.valeur))),
            ("desaccord", desaccord.into()),
            ("a_trancher", a_trancher.into()),
            ("avis", avis),
        ])
    }
}

/// What the results of a sheet are: those of a bloc, on its scale or that of its situation.
#[derive(Clone, Copy)]
pub(crate) struct Sienne<'a> {
    pub bloc: &'a Bloc,
    pub echelle: &'a Echelle,
    pub niveaux: &'a Niveaux,
    /// Whether a rule says what they come to.
    pub juge: bool,
}

/// What stands for one item on a sheet.
pub(crate) fn resultat(
    cle: &str,
    resultat: Option<&Resultat>,
    own: Sienne,
    referentiel: &Referentiel,
    textes: &Textes,
) -> ContexteResultat {
    let joint = joint(resultat, (own.bloc, own.echelle), referentiel);
    let parts = parts(cle, resultat, joint, own.echelle, referentiel);
    let groupes: Vec<Groupe> = parts
        .into_iter()
        .zip(&textes.groupes)
        .map(|((key, given), titre)| groupe(&key, titre.as_deref(), given, own))
        .collect();
    let avis = match resultat {
        Some(r) if r.valeur().is_none() && groupes.len() == 1 => {
            let given = (0..referentiel.roles.len()).filter_map(|role| Some((role, r.avis(role)?)));
            list(given.map(|(role, valeur)| {
                fields([
                    ("evaluateur", (role + 1).into()),
                    ("nom", dite(valeur, |niveau| &own.niveaux[niveau][0]).into()),
                ])
            }))
        }
        _ => list([]),
    };
    let a_trancher = own.juge && joint == Joint::ATrancher;
    ContexteResultat { groupes, desaccord: resultat.is_some_and(Resultat::desaccord), a_trancher, avis }
}

/// The key of an item on the sheet of a situation.
pub(crate) fn cle(item: &str, situation: Option<&Presentee>) -> String {
    situation.map_or_else(|| item.to_owned(), |situation| format!("{item}/{}", situation.id))
}

/// What has boxes of its own: each role that has a name, if there are several, then what came of all; each with its key
/// and what is to be shown there. `joint` is what the opinions came to.
fn parts(
    cle: &str,
    resultat: Option<&Resultat>,
    joint: Joint,
    echelle: &Echelle,
    referentiel: &Referentiel,
) -> Vec<(String, Option<Donnee>)> {
    let roles = referentiel.roles_a_part();
    let avis = |at| resultat.and_then(|r| r.avis(at)).map(Donnee::Valeur);
    let own = roles.map(|(at, role)| (format!("{cle}/{}", role.id), avis(at)));
    let joint = match joint {
        Joint::Valeur(valeur) => Some(Donnee::Valeur(valeur)),
        Joint::Mesure(mesure) => match echelle {
            Echelle::Note(_) => Some(Donnee::Valeur(Valeur::Note(mesure.valeur))),
            _ => Some(Donnee::Mesure(mesure)),
        },
        Joint::EnCours | Joint::ATrancher => None,
    };
    own.chain([(cle.to_owned(), joint)]).collect()
}

/// What is to be shown in one place: a result, or the mean of several, which no level stands for.
#[derive(Debug, Clone, Copy)]
enum Donnee {
    Valeur(Valeur),
    Mesure(Mesure),
}

impl Donnee {
    fn valeur(self) -> Option<Valeur> {
        if let Self::Valeur(valeur) = self { Some(valeur) } else { None }
    }

    /// The words that stand in the place of boxes, if some do.
    fn mots(self, echelle: &Echelle) -> Option<String> {
        match self {
            Self::Mesure(mesure) => Some(mesure.imprimee()),
            Self::Valeur(Valeur::Niveau(niveau)) if !echelle.has_box(niveau) => {
                Some(typographier(&echelle.niveaux()[niveau].nom))
            }
            Self::Valeur(_) => None,
        }
    }
}

/// What must be printed of a result.
pub(crate) struct Printed<'r> {
    /// `compétence/niveau` of a box, `compétence` of a mark.
    pub key: String,
    /// The name of the level that a box is of.
    pub niveau: Option<&'r str>,
    pub expected: Expected,
}

pub(crate) enum Expected {
    /// A box, ticked or not.
    Case(bool),
    /// These words, or none.
    Note(String),
}

/// All that must be printed of an item of a candidat's sheet.
pub(crate) fn printed<'r>(
    item: &Item,
    presented: &BlocPresente,
    bloc: &'r Bloc,
    referentiel: &Referentiel,
) -> Vec<Printed<'r>> {
    let cle = cle(&item.cle, presented.situation.as_ref());
    let echelle = presented.echelle(bloc);
    let resultat = presented.evaluation.resultat(item);
    let joint = joint(resultat, (bloc, echelle), referentiel);
    let parts = parts(&cle, resultat, joint, echelle, referentiel);
    let mut all = Vec::new();
    for (key, donnee) in parts {
        let valeur = donnee.and_then(Donnee::valeur);
        let given = valeur.and_then(Valeur::niveau);
        let words = match (donnee.and_then(|donnee| donnee.mots(echelle)), valeur) {
            (Some(words), _) => words,
            (None, Some(Valeur::Note(note))) => francais(note),
            _ => String::new(),
        };
        let note = |key, words| Printed { key, niveau: None, expected: Expected::Note(words) };
        match echelle {
            Echelle::Coche => {
                let expected = Expected::Case(valeur == Some(Valeur::Coche(true)));
                all.push(Printed { key: format!("{key}/oui"), niveau: Some("oui"), expected });
            }
            Echelle::Note(_) => all.push(note(key, words)),
            // The name of a level without a box stands in the place of all boxes.
            Echelle::Niveaux(_) if !words.is_empty() => all.push(note(key, words)),
            Echelle::Niveaux(niveaux) => {
                all.extend(niveaux.iter().enumerate().filter(|(_, n)| n.case).map(|(at, n)| Printed {
                    key: format!("{key}/{}", n.id),
                    niveau: Some(&n.nom),
                    expected: Expected::Case(given == Some(at)),
                }))
            }
        }
    }
    all
}

/// The boxes of a role, whose name is `titre`, or of what came of all; where they stand in columns, as many as it has.
fn groupe(key: &str, titre: Option<&str>, donnee: Option<Donnee>, own: Sienne) -> Groupe {
    let Sienne { echelle, niveaux: noms, .. } = own;
    let valeur = donnee.and_then(Donnee::valeur);
    let given = valeur.and_then(Valeur::niveau);
    let case = |id: &str, [nom, code]: [&str; 2], cochee: bool| {
        fields([
            ("id", id.into()),
            ("nom", nom.into()),
            ("code", code.into()),
            ("cochee", cochee.into()),
            // By what it is compared with the result: `data-case`.
            ("case", format!("{key}/{id}").into()),
        ])
    };
    let (cases, note) = match echelle {
        Echelle::Niveaux(niveaux) => {
            let boxed = niveaux.iter().zip(noms).enumerate().filter(|(_, (niveau, _))| niveau.case);
            let case = |(at, (niveau, [nom, code])): (usize, (&Niveau, &[String; 2]))| {
                case(&niveau.id, [nom, code], given == Some(at))
            };
            (boxed.map(case).collect(), None)
        }
        Echelle::Coche => (vec![case("oui", ["", ""], valeur == Some(Valeur::Coche(true)))], None),
        Echelle::Note(note) => {
            let valeur = if let Some(Valeur::Note(note)) = valeur { Some(francais(note)) } else { None };
            let unite = note.unite.as_deref().map(typographier);
            // The highest one, or what follows a mark.
            let note = [("valeur", valeur.into()), ("max", francais(note.max).into()), ("unite", unite.into())];
            (Vec::new(), Some(fields(note)))
        }
    };
    let (colonnes, cases) = (cases.len().max(1), Value::from(cases));
    let valeur = fields([
        // By what a mark or a mention is compared with the result: `data-note`.
        ("note_de", key.into()),
        ("titre", titre.into()),
        ("cases", cases.clone()),
        ("colonnes", colonnes.into()),
        ("note", note.into()),
        // The name of a level that has no box of its own, if it was given.
        ("mention", donnee.and_then(|donnee| donnee.mots(echelle)).into()),
    ]);
    Groupe { cases, valeur }
}

/// A result in words; `nom` is what a level is called.
pub(super) fn dite<'n>(valeur: Valeur, nom: impl Fn(usize) -> &'n str) -> String {
    match valeur {
        Valeur::Niveau(niveau) => nom(niveau).to_owned(),
        Valeur::Note(note) => francais(note),
        Valeur::Coche(oui) => (if oui { "oui" } else { "non" }).to_owned(),
    }
}
