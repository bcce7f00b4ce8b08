//! Running text: HTML made from Markdown, cut where the theme has something of its own to insert.

/// A text of the référentiel and the headings in it, for a sommaire.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    pub titres: Vec<Titre>,
    pub parties: Vec<Partie>,
}

#[derive(Debug, Clone)]
pub struct Titre {
    /// 1 to 6, as in the Markdown.
    pub niveau: u8,
    pub id: String,
    pub titre: String,
}

#[derive(Debug, Clone)]
pub enum Partie {
    /// Safe HTML; pictures are [`crate::render::assets`] tokens.
    Html(String),
    /// Here the theme shows the scale (`[[echelle]]`).
    Echelle,
    /// What holds only for the candidats of one parcours.
    Passage(Passage),
}

#[derive(Debug, Clone)]
pub struct Passage {
    pub id: String,
    pub niveau: u8,
    pub titre: String,
    /// The id of the parcours it applies to.
    pub parcours: String,
    /// Whether it starts a page.
    pub page: bool,
    pub parties: Vec<Partie>,
}
