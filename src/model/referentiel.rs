//! A référentiel: what is certified, in blocs of activités, compétences and critères, the scale that each
//! compétence is judged by, and the rules that make a livret complete.

use std::collections::BTreeMap;

use super::calcul::{Arrondi, Calculs, Eliminatoire, Joints, PoidsEcrit, Prealable};
use super::forme::{Echelle, Etage, Forme, Role, Signataire, Situations};
use super::libelle::Libelle;
use super::noeud::{Item, Noeud};
use super::prose::Prose;
use crate::ground::fold;
use crate::ground::source::{Span, Spanned};

#[derive(Debug, Clone)]
pub struct Referentiel {
    pub id: String,
    pub version: String,
    pub titre: String,
    /// The title where there is little room: in the foot of pages, in lists.
    pub titre_court: Option<String>,
    /// The kind of certification, printed before the title (« CQP »).
    pub certification: String,
    pub rncp: Option<String>,
    /// Who evaluates, in the order of their places.
    pub roles: Vec<Role>,
    /// Who signs each bloc, in order.
    pub signatures: Vec<Signataire>,
    /// What else is written down of a candidat and of an evaluation.
    pub champs: Champs,
    /// How its blocs are evaluated, where they do not say otherwise.
    pub forme: Forme,
    /// What it asks, where blocs do not say otherwise.
    pub regles: Regles,
    /// What must be met before a bloc or the whole is judged.
    pub prealables: Vec<Prealable>,
    pub parcours: Vec<Parcours>,
    /// Wordings that differ from the theme's, each with the place of its key.
    pub libelles: BTreeMap<String, Spanned<Libelle>>,
    pub(crate) objet: Prose,
    pub(crate) note: Prose,
    pub(crate) mode_emploi: Prose,
    /// The sheet of the whole, if it has one, is the last.
    pub blocs: Vec<Bloc>,
    /// What `livret new` wrote, and nobody has replaced.
    pub a_remplacer: Vec<Span>,
}

impl Referentiel {
    pub(crate) fn titre_court(&self) -> &str {
        self.titre_court.as_deref().unwrap_or(&self.titre)
    }

    /// `id/version`, as candidats refer to it.
    pub(crate) fn chemin(&self) -> String {
        format!("{}/{}", self.id, self.version)
    }

    /// Whether something says what results come to.
    pub(crate) fn is_judged(&self) -> bool {
        let blocs = self.blocs.iter().map(|bloc| &bloc.regles);
        !self.prealables.is_empty() || blocs.chain([&self.regles]).any(|regles| regles.calculs.asks())
    }

    /// How many évaluateurs can be named.
    pub(crate) fn places(&self) -> usize {
        self.roles.iter().map(|role| role.nombre.1).sum()
    }

    /// The roles that have boxes of their own, by their places: those with names, where there are several.
    pub(crate) fn roles_a_part(&self) -> impl Iterator<Item = (usize, &Role)> {
        let several = self.roles.len() > 1;
        self.roles.iter().enumerate().filter(move |(_, role)| several && role.nom.is_some())
    }

    /// The role with a name of its own that the n-th évaluateur takes, from 1.
    pub(crate) fn role(&self, n: usize) -> Option<&Role> {
        let mut places = self.roles.iter().flat_map(|role| std::iter::repeat_n(role, role.nombre.1));
        places.nth(n.checked_sub(1)?).filter(|role| role.nom.is_some())
    }

    /// The blocs that candidats can choose: all but the sheet of the whole.
    pub(crate) fn a_choisir(&self) -> impl Iterator<Item = &Bloc> + Clone {
        self.blocs.iter().filter(|bloc| !bloc.ensemble)
    }

    /// The sheet that holds the result of the whole.
    pub(crate) fn feuille_d_ensemble(&self) -> Option<usize> {
        self.blocs.iter().position(|bloc| bloc.ensemble)
    }

    /// A bloc by its id, however it is spelled.
    pub(crate) fn bloc(&self, written: &str) -> Option<usize> {
        fold::find(written, self.blocs.iter().map(|b| b.id.as_str()))
    }

    /// A parcours by its id, however it is spelled.
    pub(crate) fn parcours(&self, written: &str) -> Option<usize> {
        fold::find(written, self.parcours.iter().map(|p| p.id.value.as_str()))
    }
}

/// Facts that the référentiel declares, each with its id and its label.
#[derive(Debug, Clone, Default)]
pub struct Champs {
    pub candidat: Vec<(String, String)>,
    pub evaluation: Vec<(String, String)>,
}

/// A way to the certificate.
#[derive(Debug, Clone)]
pub struct Parcours {
    pub id: Spanned<String>,
    pub nom: String,
    /// All blocs, or those that the candidat chooses.
    pub tous_les_blocs: bool,
    /// The heading's id of the passage of the mode d'emploi that applies.
    pub passage: Option<Spanned<String>>,
}

#[derive(Debug, Clone)]
pub struct Bloc {
    pub numero: u32,
    /// Whether it is no bloc, but the last sheet, with the result of the whole.
    pub ensemble: bool,
    pub id: String,
    /// What is printed for its number.
    pub code: Option<String>,
    pub titre: String,
    pub titre_span: Span,
    pub suites: Suites,
    pub regles: Regles,
    pub poids: PoidsEcrit,
    /// Whether it counts in the whole.
    pub compte: bool,
    pub eliminatoire: Option<Spanned<Eliminatoire>>,
    /// The modalités d'évaluation, under their headings.
    pub sections: Vec<Section>,
    pub forme: Forme,
    pub situations: Situations,
    /// The titles of the grille, the outermost ones.
    pub noeuds: Vec<Noeud>,
    /// What stands after the grille.
    pub fin: Vec<Section>,
}

/// Which parts of a bloc follow what stands before them. Those that do not start a page, as in the official livret.
#[derive(Debug, Clone, Copy, Default)]
pub struct Suites {
    /// The grille follows the modalités.
    pub grille: bool,
    /// Comments and signatures follow the grille.
    pub commentaires: bool,
}

impl Bloc {
    /// What is printed for its number; nothing for the sheet of the whole.
    pub(crate) fn numero_imprime(&self) -> String {
        let numero = || if self.ensemble { String::new() } else { self.numero.to_string() };
        self.code.clone().unwrap_or_else(numero)
    }

    /// Whether it has one result alone, below its grille if it has one.
    pub(crate) fn est_evalue_entier(&self) -> bool {
        self.ensemble || self.forme.resultat_par == Etage::Bloc
    }

    /// Whether nothing in it has a result: that of the whole stands for all.
    pub(crate) fn sans_resultat(&self) -> bool {
        !self.ensemble && self.forme.resultat_par == Etage::Ensemble
    }

    /// The scale of a situation's results, by its id, or of the bloc's where it has no other.
    pub fn echelle(&self, situation: Option<&str>) -> &Echelle {
        let own = situation.and_then(|id| self.situations.echelles().find(|(of, _)| *of == id));
        own.map_or(&self.forme.echelle, |(_, echelle)| echelle)
    }

    /// The scale of what is decided on a result: the one that all situations have.
    pub(crate) fn echelle_decidee(&self) -> &Echelle {
        self.echelles().next().unwrap_or(&self.forme.echelle)
    }

    /// Whether its situations have different scales, so that one result cannot stand for those of all.
    pub(crate) fn a_plusieurs_echelles(&self) -> bool {
        self.echelles().any(|echelle| !echelle.is_like(self.echelle_decidee()))
    }

    /// All scales of its results.
    pub(crate) fn echelles(&self) -> impl Iterator<Item = &Echelle> {
        let own = self.situations.echelles().map(|(_, echelle)| echelle);
        let all = self.situations.declarees();
        let usual = all.is_empty() || all.iter().any(|situation| situation.echelle.is_none());
        own.chain(usual.then_some(&self.forme.echelle))
    }

    /// The compétences, in order: what is evaluated, at whatever depth.
    pub fn competences(&self) -> impl Iterator<Item = &Noeud> + Clone {
        let mut all = Vec::new();
        self.noeuds.iter().for_each(|noeud| noeud.evalues(&mut all));
        all.into_iter()
    }

    /// A compétence by its id, however it is spelled.
    pub(crate) fn competence(&self, written: &str) -> Option<&Noeud> {
        let mut all = self.competences();
        let found = self.forme.find(written, all.clone().map(Noeud::id))?;
        all.nth(found)
    }

    /// How far out a title is, from 0, by its id.
    pub(crate) fn rang(&self, id: &str) -> Option<usize> {
        fn within(noeuds: &[Noeud], id: &str, rang: usize) -> Option<usize> {
            noeuds.iter().find_map(|n| if n.id() == id { Some(rang) } else { within(&n.enfants, id, rang + 1) })
        }
        within(&self.noeuds, id, 0)
    }

    /// What has a result of its own, in order.
    pub fn items(&self) -> Vec<Item<'_>> {
        match self.forme.resultat_par {
            Etage::Ensemble if !self.ensemble => Vec::new(),
            Etage::Ensemble | Etage::Bloc => vec![Item { cle: self.id.clone(), noeud: None, critere: None }],
            Etage::Rang(_) | Etage::Critere => self.competences().flat_map(|noeud| self.items_de(noeud)).collect(),
        }
    }

    /// What of a title alone has a result, without those below it.
    pub(crate) fn items_de<'b>(&self, noeud: &'b Noeud) -> Vec<Item<'b>> {
        let item = |cle, critere| Item { cle, noeud: Some(noeud), critere };
        match self.forme.resultat_par {
            _ if noeud.id.is_none() => Vec::new(),
            Etage::Critere => (1..=noeud.items()).map(|i| item(noeud.cle(i), Some(i))).collect(),
            _ => vec![item(noeud.id().to_owned(), None)],
        }
    }

    /// The rounding of values of a level.
    pub(crate) fn arrondi(&self, etage: Etage) -> Option<Arrondi> {
        self.regles.calculs.arrondi(etage.nom(&self.forme.structure))
    }

    /// What becomes of the opinions of several roles, if that is said.
    pub(crate) fn joints(&self) -> Option<Joints> {
        self.regles.calculs.avis.as_ref().map(|avis| avis.value)
    }
}

#[derive(Debug, Clone)]
pub struct Section {
    pub titre: String,
    pub(crate) prose: Prose,
}

/// What a bloc's evaluation is asked, and what results come to. Source: the « mode d'emploi » of each livret.
#[derive(Debug, Clone, Default)]
pub struct Regles {
    /// By the key of the rule; what has no key here is not asked.
    pub demandes: BTreeMap<&'static str, Demande>,
    pub calculs: Calculs,
}

/// What is written for a rule.
#[derive(Debug, Clone)]
pub enum Demande {
    Oui(bool),
    /// The least and the most; a number alone is both.
    Bornes(u32, u32),
    Mot(&'static str),
    /// These words, and no others.
    Mots(Vec<&'static str>),
}

impl Regles {
    pub fn oui(&self, regle: &str) -> bool {
        matches!(self.demandes.get(regle), Some(Demande::Oui(true)))
    }

    pub fn bornes(&self, regle: &str) -> Option<(u32, u32)> {
        let Some(Demande::Bornes(min, max)) = self.demandes.get(regle) else { return None };
        Some((*min, *max))
    }

    /// The words that are written for a rule; `None` if nothing is, be it that there are none.
    pub fn mots(&self, regle: &str) -> Option<&[&'static str]> {
        let Some(Demande::Mots(mots)) = self.demandes.get(regle) else { return None };
        Some(mots)
    }

    /// Whether this word is written for a rule.
    pub fn dit(&self, regle: &str, mot: &str) -> bool {
        matches!(self.demandes.get(regle), Some(Demande::Mot(written)) if *written == mot)
    }
}
