//! Signs of a page that no font of the theme has, said at the lines where they were written.

use std::collections::BTreeMap;

use crate::documents::plan::{Document, Sujet};
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::paths::{self, THEMES};
use crate::ground::source::{Sources, Span};
use crate::judge::project::Project;

/// Signs that no font has, where they were written: in the document's own sources, else in the project's or theme's.
pub(crate) fn sans_police(signs: &[char], document: &Document, project: &Project, sources: &Sources) -> Diagnostic {
    let own = match document.sujet {
        Sujet::Projet | Sujet::Session(_) => vec!["content/".to_owned()],
        Sujet::Referentiel(i) => vec![folder(&project.referentiels[i].chemin())],
        Sujet::Candidat(i) => {
            let candidat = project.candidat(i);
            let fiche = sources.get(candidat.span.source).path.clone();
            vec![fiche, folder(&project.referentiels[candidat.referentiel].chemin())]
        }
    };
    let find = |sign: char, wanted: &dyn Fn(&str) -> bool| {
        let texts = sources.all().filter(|(_, source)| wanted(&source.path));
        texts.into_iter().find_map(|(id, source)| {
            let at = written(&source.text, sign)?;
            Some(Span::new(id, at..at + sign.len_utf8()))
        })
    };
    let place = |sign: char| {
        let first = own.iter().find_map(|own| find(sign, &|path| path.starts_with(own.as_str())));
        first.or_else(|| find(sign, &|path| !path.starts_with("content/candidats/")))
    };
    let help = format!(
        "remplacez ce signe, ou ajoutez au thème une police qui l'a : posez son fichier dans {THEMES}/{}/fonts/ et \
         nommez-le sous « polices: secours: » de theme.yaml",
        project.theme.nom
    );
    let mut lines: BTreeMap<(String, usize), (Span, Vec<char>)> = BTreeMap::new();
    for (sign, span) in signs.iter().filter_map(|sign| Some((*sign, place(*sign)?))) {
        let line = sources.line_column(span.source, span.start).0;
        let path = sources.get(span.source).path.clone();
        lines.entry((path, line)).or_insert((span, Vec::new())).1.push(sign);
    }
    let mut lines = lines.into_values();
    let Some((span, first)) = lines.next() else {
        let message = format!("aucune police du thème n'a le signe {}", named(signs));
        return Diagnostic::in_file(Code::SigneSansPolice, document.html(), message).help(help);
    };
    let message = format!("aucune police du thème n'a le signe {}", named(&first));
    let diagnostic = Diagnostic::new(Code::SigneSansPolice, span, message).label("serait imprimé comme une case vide");
    lines.fold(diagnostic, |diagnostic, (span, signs)| diagnostic.related(span, named(&signs))).help(help)
}

/// Signs as they are shown: « ✓ » (U+2713).
fn named(signs: &[char]) -> String {
    signs.iter().map(|sign| format!("« {sign} » (U+{:04X})", u32::from(*sign))).collect::<Vec<_>>().join(", ")
}

/// Where a référentiel's files are.
fn folder(chemin: &str) -> String {
    paths::referentiel(chemin) + "/"
}

/// Where a sign stands in a text, on a line that is no remark of YAML's if there is one.
fn written(text: &str, sign: char) -> Option<usize> {
    let remark = |at: &usize| {
        let line = text[..*at].rsplit('\n').next().unwrap_or_default();
        line.trim_start().starts_with("# ")
    };
    text.match_indices(sign).map(|(at, _)| at).find(|at| !remark(at)).or_else(|| text.find(sign))
}
