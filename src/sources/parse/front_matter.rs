//! Where the front matter of a Markdown file ends and its text begins. Reading either is left to
//! [`super::yaml`] and [`super::markdown`].

mod closing;

use std::ops::Range;

use super::yaml::signs::{self, is_gap};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{SourceId, Sources, Span};
use crate::sources::keys::Group;
use closing::Closing;

/// Byte ranges of the two parts of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The YAML between the `---` lines, without them; `None` if the file does not start with one.
    pub front: Option<Range<usize>>,
    pub body: Range<usize>,
}

/// Splits a file; `None`, with a diagnostic, if it is empty or nobody knows where its front matter ends. Where that
/// is said with a diagnostic, both parts can be read.
pub(crate) fn split(sources: &Sources, id: SourceId, d: &mut Diagnostics) -> Option<Parts> {
    let text = sources.text(id);
    if text.trim().is_empty() {
        let diagnostic = Diagnostic::new(Code::FichierVide, Span::new(id, 0..0), "ce fichier est vide");
        return d.refuse(diagnostic.help("complétez-le, ou supprimez-le"));
    }
    let first = text.lines().next().unwrap_or_default();
    if first.trim_end() != "---" && !is_hidden(first) {
        return Some(Parts { front: None, body: 0..text.len() });
    }
    hidden(0, first, id, d);
    let open = Span::new(id, 0..3);
    let wrong = |place: Range<usize>, message| Diagnostic::new(Code::EnTeteNonReferme, Span::new(id, place), message);
    let start = (first.len() + 1).min(text.len());
    let (line, body) = match closing::closing(text, start) {
        Closing::Line(line) => {
            hidden(line.start, &text[line.clone()], id, d);
            (line.start, line.end + 1)
        }
        Closing::Near(line) => {
            let diagnostic = wrong(line.clone(), "cette ligne devrait être « --- »");
            let diagnostic = diagnostic.label("trois tirets, sans rien d'autre").related(open, "ouvert ici");
            let help = "l'en-tête commence et finit par une ligne de trois tirets";
            d.push(diagnostic.help(help).correct("---"));
            (line.start, line.end + 1)
        }
        Closing::BeforeTitle(line) => {
            let diagnostic = wrong(line.clone(), "l'en-tête n'est pas refermé avant ce titre");
            let diagnostic = diagnostic.label("ce titre fait partie du texte").related(open, "ouvert ici");
            let help = "ajoutez une ligne « --- » avant ce titre, après la dernière clé";
            d.push(diagnostic.help(help).correct_at(Span::new(id, line.start..line.start), "---\n"));
            (line.start, line.start)
        }
        Closing::Nowhere(words) => {
            let end = Span::new(id, text.len()..text.len());
            let line = if text.ends_with('\n') { "---\n" } else { "\n---\n" };
            let help = "ajoutez une ligne « --- » après la dernière clé, avant le texte";
            let diagnostic = wrong(open.range(), "l'en-tête ouvert par cette ligne n'est pas refermé").help(help);
            let diagnostic = diagnostic.label("ouvert ici");
            return d.refuse(match words {
                Some(words) => diagnostic.related(Span::new(id, words), "le texte semble commencer ici"),
                None => diagnostic.correct_at(end, line),
            });
        }
    };
    Some(Parts { front: Some(start..line), body: body.min(text.len())..text.len() })
}

/// Whether a line is `---` but for signs that nobody sees.
fn is_hidden(line: &str) -> bool {
    line.trim_matches(is_gap) == "---" && line.trim_end() != "---" && !line.starts_with(' ')
}

/// Names the signs before or behind the dashes of a line.
fn hidden(start: usize, line: &str, id: SourceId, d: &mut Diagnostics) {
    if !is_hidden(line) {
        return;
    }
    let dashes = line.find("---").unwrap_or(0);
    let (before, after) = (0..dashes, dashes + 3..line.len());
    let part = if before.is_empty() { after } else { before };
    let (sign, place) = (&line[part.clone()], Span::new(id, start + part.start..start + part.end));
    d.push(if sign.contains(|c| signs::invisible(c).is_some()) {
        signs::invisible_here(sign, place)
    } else {
        signs::blank_here(sign, place, "")
    });
}

/// As [`split`], for files that must have a front matter, with the keys of a group.
pub(crate) fn split_required(
    sources: &Sources,
    id: SourceId,
    group: &'static Group,
    d: &mut Diagnostics,
) -> Option<(Range<usize>, Range<usize>)> {
    let parts = split(sources, id, d)?;
    let text = sources.text(id);
    let Some(front) = parts.front else { return d.refuse(absent(text, id)) };
    match closing::key_after(text, &text[front.clone()], parts.body.start, group) {
        Some(key) => d.refuse(too_early(text, id, &front, &parts.body, key)),
        None => Some((front, parts.body)),
    }
}

/// A `---` among the keys: what follows it would be text.
fn too_early(text: &str, id: SourceId, front: &Range<usize>, body: &Range<usize>, key: Range<usize>) -> Diagnostic {
    let message = format!("« {} » est une clé, mais l'en-tête est déjà refermé", &text[key.clone()]);
    let line = Span::new(id, front.end..front.end + 3);
    let removed = Span::new(id, front.end..body.start);
    let again = matches!(closing::closing(text, body.start), Closing::Line(_));
    Diagnostic::new(Code::EnTeteRefermeTropTot, Span::new(id, key), message)
        .label("lu comme du texte")
        .related(line, "refermé ici")
        .help("l'en-tête finit après la dernière clé : supprimez la ligne « --- » qui la précède, et gardez celle qui la suit")
        .correct_if(again.then_some(removed), "")
}

/// A file that does not start with a front matter, or with something like one.
fn absent(text: &str, id: SourceId) -> Diagnostic {
    let first = text.lines().next().unwrap_or_default();
    let diagnostic =
        Diagnostic::new(Code::EnTeteAbsent, Span::new(id, 0..first.len()), "ce fichier doit commencer par un en-tête");
    if closing::is_near(first) {
        return diagnostic
            .label("attendu : trois tirets")
            .help("l'en-tête commence et finit par une ligne de trois tirets, « --- »")
            .correct("---");
    }
    if text.trim_start_matches(|c: char| is_gap(c) || c == '\n').starts_with("---") {
        return diagnostic
            .label("attendu : ---")
            .help("supprimez ce qui est vide avant « --- », qui doit être la première ligne du fichier");
    }
    diagnostic.label("attendu : ---").help("mettez les clés (titre, nom…) entre deux lignes « --- » en haut du fichier")
}
