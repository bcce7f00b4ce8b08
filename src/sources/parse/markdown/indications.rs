//! What stands in the braces behind a title, `{#id .page parcours=isole}`, word by word: what is given twice, and what
//! has no effect where it stands. What the words mean is left to [`Heading`].

use super::block::{Heading, Indication};
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::Span;

/// The words of the last braces of a title. Those that say again what another one has said are reported.
pub(crate) fn indications(written: &str, span: Span, diagnostics: &mut Diagnostics) -> Vec<Indication> {
    let braces = written.rfind('{').and_then(|open| Some(open + 1..open + written[open..].find('}')?));
    let Some(braces) = braces else { return Vec::new() };
    let mut all: Vec<Indication> = Vec::new();
    for word in written[braces.clone()].split_whitespace() {
        let start = span.start + (word.as_ptr() as usize - written.as_ptr() as usize);
        let new = Indication { texte: word.to_owned(), span: Span { start, end: start + word.len(), ..span } };
        if let Some(first) = all.iter().find(|other| other.kind() == new.kind()) {
            diagnostics.push(
                Diagnostic::new(Code::IndicationInconnue, new.span, format!("« {word} » répète « {} »", first.texte))
                    .label("deuxième fois")
                    .related(first.span, "première fois")
                    .help("gardez l'une des deux"),
            );
        }
        all.push(new);
    }
    all
}

impl Heading {
    /// Reports each word of the braces that has no effect, where only these kinds have one.
    pub(crate) fn expect(&self, kinds: &[&str], place: &str, help: &str, diagnostics: &mut Diagnostics) {
        for word in &self.indications {
            let known = ["#", ".page", ".fin", "parcours"].contains(&word.kind());
            if !known || kinds.contains(&word.kind()) {
                continue;
            }
            let message = format!("« {} » n'a pas d'effet sur {place}", word.texte);
            diagnostics
                .push(Diagnostic::new(Code::IndicationInconnue, word.span, message).label("sans effet").help(help));
        }
    }
}
