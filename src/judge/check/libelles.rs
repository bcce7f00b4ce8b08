//! Words of a theme, and of référentiels in place of them, that nothing prints: a slip in their key, mostly.

use std::collections::BTreeSet;

use super::bilan::Etat;
use crate::ground::diagnostic::nearest::nearest;
use crate::ground::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ground::source::{Sources, Spanned};
use crate::judge::rules;
use crate::judge::verdict::mots;
use crate::model::libelle::Libelle;
use crate::model::referentiel::Referentiel;
use crate::model::theme::Theme;

/// Warns of every key of `libelles` that no template reads, nor the program.
pub(crate) fn libelles(theme: &Theme, referentiels: &[Referentiel], sources: &Sources, diagnostics: &mut Diagnostics) {
    let (mut read, mut computed) = (BTreeSet::new(), false);
    for text in theme.gabarits.values().map(|id| sources.text(*id)) {
        for rest in text.split("libelles").skip(1) {
            match rest.strip_prefix('.') {
                Some(rest) => read.extend(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()),
                None => computed |= rest.trim_start().starts_with(['[', '|']),
            }
        }
    }
    // Where a template computes the key, nobody knows which ones it reads.
    if computed {
        read.extend(theme.libelles.keys().map(String::as_str));
    }
    let own = of_program(theme);
    read.extend(own.iter().map(String::as_str));
    let own = theme.libelles.iter().map(|(key, word)| (key, word, "du thème"));
    let theirs = referentiels.iter().flat_map(|r| &r.libelles).map(|(key, word)| (key, word, "que le thème connaisse"));
    for (key, word, whose) in own.chain(theirs) {
        if !read.contains(key.as_str()) {
            diagnostics.push(unknown(key, word, whose, &read, theme));
        }
    }
}

fn unknown(key: &str, word: &Spanned<Libelle>, whose: &str, read: &BTreeSet<&str>, theme: &Theme) -> Diagnostic {
    let message = format!("« {key} » n'est pas un libellé {whose} : rien ne l'imprime");
    let known = theme.libelles.keys().map(String::as_str).filter(|other| *other != key && read.contains(other));
    let diagnostic = Diagnostic::new(Code::LibelleInconnu, word.span, message).label("libellé inconnu");
    match nearest(key, known) {
        Some(near) => diagnostic.help(format!("vouliez-vous dire « {near} » ? Sinon supprimez cette ligne")),
        None => diagnostic.help("corrigez la clé, ou supprimez cette ligne"),
    }
}

/// The keys that the program itself reads.
fn of_program(theme: &Theme) -> Vec<String> {
    let etats = Etat::ALL.map(Etat::code).into_iter().chain(["erreur"]).map(|code| format!("etat_{code}"));
    let manques = rules::manques().map(|code| format!("manque_{code}"));
    let documents = theme.documents.iter().map(|d| d.id.value.as_str());
    let documents = documents.flat_map(|id| ["document", "ensemble"].map(|prefix| format!("{prefix}_{id}")));
    let verdicts = mots::CLES.iter().map(|key| (*key).to_owned());
    etats
        .chain(manques)
        .chain(verdicts)
        .chain(documents)
        .chain(["bloc".to_owned()])
        .map(|key| key.replace('-', "_"))
        .collect()
}
