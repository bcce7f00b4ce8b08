//! Titles of blocs that are nearly the same in two places and should be the same: where a text of the référentiel
//! quotes one, and in another version. Titles that differ much were meant to.

use std::ops::Range;

use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::fold::slug;
use crate::ground::source::{SourceId, Sources, Span, place_of};
use crate::model::referentiel::{Bloc, Referentiel};

/// How alike a quotation and a title are, from 0 to 1, to be of one another.
const CITATION: f64 = 0.6;
/// How alike the titles of two versions are to be meant as one.
const VERSIONS: f64 = 0.9;

/// Looks at the quotations in the texts of a référentiel.
pub(crate) fn citations(
    referentiel: &Referentiel,
    textes: &[SourceId],
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) {
    for &source in textes {
        let text = sources.text(source);
        for (at, word) in text.char_indices().filter_map(|(at, _)| Some((at, text.get(at..at + 4)?))) {
            if !word.eq_ignore_ascii_case("bloc") || text[..at].ends_with(char::is_alphanumeric) {
                continue;
            }
            let Some(Citation { numero, place, between }) = citation(text, at + 4) else { continue };
            let Some(bloc) = referentiel.a_choisir().find(|b| b.numero == numero) else { continue };
            let span = Span::new(source, place.clone());
            if differs(&text[place], &bloc.titre, between) {
                report(bloc, span, bloc.titre_span, "le titre du bloc", diagnostics);
            }
        }
    }
}

/// What a text says to be the title of a bloc.
struct Citation {
    numero: u32,
    place: Range<usize>,
    /// Whether it stands between guillemets: else it may go on as a sentence.
    between: bool,
}

/// What follows « bloc ».
fn citation(text: &str, at: usize) -> Option<Citation> {
    let line = text[at..].lines().next()?;
    let rest = line.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let numero = rest[..digits].parse().ok()?;
    let after = rest[digits..].trim_start();
    let after = after.strip_prefix([':', '–', '—', '-']).unwrap_or(after).trim_start();
    let between = after.starts_with('«');
    if !between && after.len() == rest[digits..].trim_start().len() {
        return None;
    }
    let end: &[char] = if between { &['»'] } else { &['*', '{', '«'] };
    let quoted = after.trim_start_matches('«').split(end).next()?.trim();
    (!quoted.is_empty()).then(|| Citation { numero, place: place_of(quoted, text), between })
}

/// Whether a quotation is of this title and wrong. The beginning of a title is not, nor a sentence that begins with
/// the title.
fn differs(quoted: &str, title: &str, between: bool) -> bool {
    let (quoted, title) = (slug(quoted), slug(title));
    let begins =
        |long: &str, short: &str| long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    !begins(&title, &quoted)
        && (between || !begins(&quoted, &title))
        && strsim::normalized_damerau_levenshtein(&quoted, &title) >= CITATION
}

/// Looks at blocs of the same id in versions of one référentiel.
pub(crate) fn versions(referentiels: &[Referentiel], diagnostics: &mut Diagnostics) {
    for (i, referentiel) in referentiels.iter().enumerate() {
        // The version just before, in order of name.
        let Some(before) = referentiels[..i].iter().rev().find(|r| r.id == referentiel.id) else { continue };
        for bloc in &referentiel.blocs {
            let Some(old) = before.blocs.iter().find(|b| b.id == bloc.id && b.titre != bloc.titre) else { continue };
            if strsim::normalized_damerau_levenshtein(&slug(&old.titre), &slug(&bloc.titre)) >= VERSIONS {
                let whose = format!("dans la version {}", before.version);
                report(bloc, bloc.titre_span, old.titre_span, &whose, diagnostics);
            }
        }
    }
}

fn report(bloc: &Bloc, here: Span, there: Span, whose: &str, diagnostics: &mut Diagnostics) {
    let message = format!("le titre du bloc {} diffère entre deux endroits", bloc.numero);
    let help = "écrivez le même titre aux deux endroits, ou permettez cet avertissement si la différence est voulue";
    let diagnostic = Diagnostic::new(Code::TitreDeBlocDifferent, here, message).label("écrit ainsi ici");
    diagnostics.push(diagnostic.related(there, whose).help(help));
}
