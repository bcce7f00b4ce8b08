//! What the early pass could not read as it was meant, and how it is said.

use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::source::Span;
use crate::sources::parse::yaml::signs::hidden_here;

/// A place of a text that is printed otherwise than it was meant, perhaps, with what to write there instead.
pub(crate) struct Slip {
    pub kind: SlipKind,
    pub at: Range<usize>,
    pub fix: Option<(Range<usize>, String)>,
}

pub(crate) enum SlipKind {
    /// Hashes that make no title, and why. One `alone` may be meant as the sign.
    Title {
        why: &'static str,
        alone: bool,
    },
    EmptyTitle,
    /// Signs in a title that nobody sees.
    Hidden,
    /// Dashes right under a line.
    Underline,
    Html,
    /// The sign of a footnote.
    Note,
    /// Lines that begin with a sign as a list would.
    List {
        sign: String,
        lines: usize,
    },
}

impl Slip {
    pub(crate) fn new(kind: SlipKind, at: Range<usize>) -> Self {
        Self { kind, at, fix: None }
    }

    /// Whether hashes at this place make no title.
    pub(crate) fn is_title_at(&self, at: usize) -> bool {
        matches!(self.kind, SlipKind::Title { .. }) && self.at.contains(&at)
    }

    /// What is said of it, in a source that `written` is a part of.
    pub(crate) fn diagnostic(&self, span: impl Fn(&Range<usize>) -> Span, written: &str) -> Diagnostic {
        let at = span(&self.at);
        let instead = self.fix.as_ref().map_or("", |(_, text)| text.as_str());
        let diagnostic = match &self.kind {
            SlipKind::Title { why, alone } => {
                let sign = " ; si c'est le signe qui doit être imprimé, mettez « \\ » devant";
                Diagnostic::new(Code::TitreManque, at, "ces dièses ne font pas un titre")
                    .label(*why)
                    .help(format!("écrivez « {instead} » au début de la ligne{}", if *alone { sign } else { "" }))
            }
            SlipKind::Hidden => hidden_here(&written[self.at.clone()], at, instead),
            SlipKind::EmptyTitle => Diagnostic::new(Code::TitreManque, at, "ces dièses ne font pas un titre")
                .label("aucun mot ne les suit")
                .help("écrivez le titre à leur suite, ou supprimez-les"),
            SlipKind::Underline => {
                let sign = if written[self.at.clone()].starts_with('-') { "tirets" } else { "« = »" };
                let message = format!("cette ligne de {sign} fait de la précédente un titre");
                Diagnostic::new(Code::TitreSouligne, at, message)
                    .label("juste sous une ligne de texte")
                    .help("laissez une ligne vide entre les deux ; un titre s'écrit avec des dièses : « ## … »")
            }
            SlipKind::Html => {
                let (what, help) = if written[self.at.clone()].starts_with("<!--") {
                    let help = "supprimez-la : il n'y a pas de remarques cachées dans le texte";
                    ("cette remarque sera imprimée telle quelle", help)
                } else {
                    let help = "supprimez-le : la mise en forme s'écrit **gras**, *italique*, et une ligne vide entre deux paragraphes";
                    ("ceci sera imprimé tel quel", help)
                };
                Diagnostic::new(Code::HtmlImprime, at, what).label("imprimé comme du texte").help(help)
            }
            SlipKind::Note => Diagnostic::new(Code::NoteDeBasDePage, at, "il n'y a pas de notes de bas de page ici")
                .label("imprimé tel quel")
                .help("mettez la note dans le texte, entre parenthèses"),
            SlipKind::List { sign, lines } => {
                let lines = if *lines > 1 { format!(" ({lines} lignes)") } else { String::new() };
                let message = format!("« {sign} » ne commence pas une liste{lines}");
                Diagnostic::new(Code::PucesDeTraitementDeTexte, at, message)
                    .label("imprimé tel quel, en un seul paragraphe")
                    .help("commencez chaque élément par un tiret et une espace : « - … »")
            }
        };
        match &self.fix {
            Some((range, text)) => diagnostic.correct_at(span(range), text.as_str()),
            None => diagnostic,
        }
    }
}
