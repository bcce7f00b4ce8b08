//! A référentiel: what is certified, in blocs of activités, compétences and critères, the scale that each
//! compétence is judged by, and the rules that make a livret complete.

use std::collections::BTreeMap;

use super::prose::{Element, Prose};
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
    /// How many évaluateurs sign.
    pub nb_evaluateurs: usize,
    pub echelle: Vec<Niveau>,
    pub parcours: Vec<Parcours>,
    /// Wordings that differ from the theme's, each with the place of its key.
    pub libelles: BTreeMap<String, Spanned<String>>,
    pub(crate) objet: Prose,
    pub(crate) note: Prose,
    pub(crate) mode_emploi: Prose,
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

    /// A bloc by its id, however it is spelled.
    pub(crate) fn bloc(&self, written: &str) -> Option<usize> {
        fold::find(written, self.blocs.iter().map(|b| b.id.as_str()))
    }

    /// A parcours by its id, however it is spelled.
    pub(crate) fn parcours(&self, written: &str) -> Option<usize> {
        fold::find(written, self.parcours.iter().map(|p| p.id.value.as_str()))
    }

    /// A level by its id or its code, however it is spelled. The exact word comes first, and an id before a code.
    pub(crate) fn niveau(&self, written: &str) -> Option<usize> {
        let words = self.echelle.iter().map(|n| n.id.as_str()).chain(self.echelle.iter().map(|n| n.code.as_str()));
        fold::find(written, words).map(|at| at % self.echelle.len())
    }
}

/// One level of the scale.
#[derive(Debug, Clone)]
pub struct Niveau {
    /// What evaluations write.
    pub id: String,
    pub code: String,
    /// What is printed beside its box.
    pub nom: String,
    pub definition: String,
    /// Whether a bloc with this result is expected to say why.
    pub commentaire_attendu: bool,
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
    pub id: String,
    pub titre: String,
    pub titre_span: Span,
    pub suites: Suites,
    pub regles: Regles,
    /// The modalités d'évaluation, under their headings.
    pub sections: Vec<Section>,
    /// The titles of the grille: today activités, each with its compétences.
    pub noeuds: Vec<Noeud>,
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
    /// The compétences, in order: what is evaluated, at whatever depth.
    pub fn competences(&self) -> impl Iterator<Item = &Noeud> + Clone {
        let mut all = Vec::new();
        self.noeuds.iter().for_each(|noeud| noeud.evalues(&mut all));
        all.into_iter()
    }

    /// A compétence by its id, however it is spelled.
    pub(crate) fn competence(&self, written: &str) -> Option<&Noeud> {
        let mut all = self.competences();
        let found = fold::find(written, all.clone().map(Noeud::id))?;
        all.nth(found)
    }
}

#[derive(Debug, Clone)]
pub struct Section {
    pub titre: String,
    pub(crate) prose: Prose,
}

/// A title of a grille with what stands below it, of any depth.
#[derive(Debug, Clone)]
pub struct Noeud {
    /// What results are written under; `None` where nothing is evaluated.
    pub id: Option<Spanned<String>>,
    pub titre: String,
    pub span: Span,
    pub criteres: Vec<Critere>,
    pub enfants: Vec<Noeud>,
}

impl Noeud {
    /// Its id, empty if it has none.
    pub(crate) fn id(&self) -> &str {
        self.id.as_ref().map_or("", |id| &id.value)
    }

    /// The place of its id, or of its title if it has none.
    pub(crate) fn id_span(&self) -> Span {
        self.id.as_ref().map_or(self.span, |id| id.span)
    }

    fn evalues<'n>(&'n self, all: &mut Vec<&'n Self>) {
        if self.id.is_some() {
            all.push(self);
        }
        self.enfants.iter().for_each(|enfant| enfant.evalues(all));
    }
}

/// One criterion: a paragraph or an item of a list.
#[derive(Debug, Clone)]
pub struct Critere {
    pub(crate) contenu: Vec<Element>,
    /// Whether it is an item of a list without numbers.
    pub puce: bool,
    pub span: Span,
}

impl Critere {
    /// Whether it has more than words: a list, a table.
    pub(crate) fn has_blocks(&self) -> bool {
        !self.contenu.iter().all(|element| matches!(element, Element::Paragraph(_) | Element::Line(_)))
    }
}

/// What a bloc's evaluation is asked, by the key of the rule; what has no key here is not asked.
/// Source: the « mode d'emploi » of each livret.
#[derive(Debug, Clone, Default)]
pub struct Regles(pub BTreeMap<&'static str, Demande>);

/// What is written for a rule.
#[derive(Debug, Clone, Copy)]
pub enum Demande {
    Oui(bool),
    /// The least and the most; a number alone is both.
    Bornes(u32, u32),
    Mot(&'static str),
}

impl Regles {
    pub fn oui(&self, regle: &str) -> bool {
        matches!(self.0.get(regle), Some(Demande::Oui(true)))
    }

    pub fn bornes(&self, regle: &str) -> Option<(u32, u32)> {
        let Some(Demande::Bornes(min, max)) = self.0.get(regle) else { return None };
        Some((*min, *max))
    }

    /// Whether this word is written for a rule.
    pub fn dit(&self, regle: &str, mot: &str) -> bool {
        matches!(self.0.get(regle), Some(Demande::Mot(written)) if *written == mot)
    }
}
