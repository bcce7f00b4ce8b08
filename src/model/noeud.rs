//! The tree of a grille: titles, their cells of text, and what of them has a result.

use super::calcul::{Eliminatoire, PoidsEcrit};
use super::forme::CRITERES;
use super::prose::Element;
use crate::ground::source::{Span, Spanned};

/// A title of a grille with what stands below it, of any depth.
#[derive(Debug, Clone)]
pub struct Noeud {
    /// What results are written under; `None` where nothing is evaluated.
    pub id: Option<Spanned<String>>,
    pub titre: String,
    pub span: Span,
    pub poids: PoidsEcrit,
    pub eliminatoire: Option<Spanned<Eliminatoire>>,
    pub cellules: Vec<Cellule>,
    pub enfants: Vec<Noeud>,
}

/// A text of a title, which spans all that is below it.
#[derive(Debug, Clone)]
pub struct Cellule {
    /// The id of a column, or of a level: then it stands in the title's own cell.
    pub colonne: String,
    pub contenu: Contenu,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Contenu {
    Texte(Vec<Critere>),
    /// The cell above goes on.
    Idem,
}

/// One criterion: a paragraph or an item of a list.
#[derive(Debug, Clone)]
pub struct Critere {
    pub(crate) contenu: Vec<Element>,
    /// Whether it is an item of a list without numbers.
    pub puce: bool,
    /// Whether it is an item of any list: what is evaluated where each critère is.
    pub item: bool,
    pub span: Span,
}

/// What has a result of its own.
#[derive(Debug, Clone)]
pub struct Item<'b> {
    /// What its result is kept by: the id of a compétence, with « .2 » for its second critère, or the bloc's.
    pub cle: String,
    /// `None` for the bloc itself.
    pub noeud: Option<&'b Noeud>,
    /// From 1.
    pub critere: Option<usize>,
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

    /// What stands in one of its columns.
    pub(crate) fn cellule(&self, colonne: &str) -> Option<&Cellule> {
        self.cellules.iter().find(|cellule| cellule.colonne == colonne)
    }

    /// The texts of its column of critères.
    pub(crate) fn criteres(&self) -> &[Critere] {
        match self.cellule(CRITERES).map(|cellule| &cellule.contenu) {
            Some(Contenu::Texte(criteres)) => criteres,
            _ => &[],
        }
    }

    /// How many of its critères are items of a list: what is evaluated where each critère is.
    pub(crate) fn items(&self) -> usize {
        self.criteres().iter().filter(|critere| critere.item).count()
    }

    /// What the result of one of these is kept by, counted from 1.
    pub(crate) fn cle(&self, item: usize) -> String {
        format!("{}.{item}", self.id())
    }

    pub(super) fn evalues<'n>(&'n self, all: &mut Vec<&'n Self>) {
        if self.id.is_some() {
            all.push(self);
        }
        self.enfants.iter().for_each(|enfant| enfant.evalues(all));
    }
}

impl Critere {
    /// Whether it has more than words: a list, a table.
    pub(crate) fn has_blocks(&self) -> bool {
        !self.contenu.iter().all(|element| matches!(element, Element::Paragraph(_) | Element::Line(_)))
    }
}

/// Whether a key of results is the number of a critère, and no role's.
pub(crate) fn is_numero(key: &str) -> bool {
    key.bytes().all(|b| b.is_ascii_digit())
}
