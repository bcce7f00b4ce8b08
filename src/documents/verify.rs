//! What is printed is what was meant: before a page is written, its boxes and marks are compared with the results of the
//! candidat; before a PDF is, its boxes with those of its page, the marks that Chrome shows likewise, and its pages with
//! one another. A wrong tick can cost somebody a certificate; here it costs a message. And each PDF is one that archives
//! and screen readers take.
//!
//! Templates say of each box whether it is ticked, `data-coche="oui"` or `non`, and of a box of a grille whose it is,
//! `data-case="compétence/niveau"`; of a mark whose it is, `data-note="compétence"`, and the mark is its text. A box's `aria-label` is the text that the tagged PDF keeps. For the printer that text is
//! marked, so that a picture which has the same is none of the boxes. A document that shows results by the theme's word
//! (`resultats: oui`) must have these boxes; in others they are compared where they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::documents::finish::{BOX, Facts};
use crate::documents::plan::{Document, Sujet};
use crate::documents::render::Renderer;
use crate::documents::render::context::resultat::{self, Expected};
use crate::documents::render::context::verdict::{self, Imprime};
use crate::ground::diagnostic::{Code, Diagnostic};
use crate::ground::html::{Tag, tags_with};
use crate::ground::text::count;
use crate::judge::project::Dossier;
use crate::model::candidat::BlocPresente;
use crate::model::referentiel::Referentiel;

/// What is not as it was meant in a document.
fn difference(code: Code, document: &str, message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(Diagnostic::in_file(code, document, message).help(match code {
        Code::PageReduite => "cherchez dans les styles du thème une largeur ou une position qui sort de la page (« @page » dit la sienne), ou un tableau qui a trop de colonnes",
        Code::CasesAbsentes => "dans ce gabarit, donnez à chaque case « data-coche » et « data-case », à chaque valeur « data-valeur », à chaque verdict « data-verdict » : « livret explain E723 » les montre",
        _ => "corrigez le thème : ce document n'est pas gardé, car il ne dirait pas ce que dit la fiche",
    }))
}

/// What a document lacks.
fn missing(what: &str, document: &Document) -> Box<Diagnostic> {
    let message = format!("il manque {what} : le gabarit « {} » ne l'a pas", document.gabarit);
    difference(Code::CasesAbsentes, &document.html(), message)
}

/// A box of a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Case<'a> {
    pub coche: bool,
    /// As it is read, without the signs of HTML.
    pub label: Cow<'a, str>,
}

/// The boxes of a page, in order.
pub(crate) fn cases(html: &str) -> Vec<Case<'_>> {
    boxes(html)
        .map(|(tag, coche)| Case {
            coche,
            label: tag.attribute("aria-label").map(|label| label.text()).unwrap_or_default(),
        })
        .collect()
}

/// A page whose boxes can be told from pictures in its PDF.
pub(crate) fn marked(html: &str) -> String {
    let (mut out, mut kept) = (String::with_capacity(html.len() + 1024), 0);
    for label in boxes(html).filter_map(|(tag, _)| tag.attribute("aria-label")) {
        out.push_str(&html[kept..label.start]);
        out.push(BOX);
        kept = label.start;
    }
    out + &html[kept..]
}

/// The tags of the boxes, and which are ticked.
fn boxes(html: &str) -> impl Iterator<Item = (Tag<'_>, bool)> {
    tags_with(html, "data-coche").map(|(tag, coche)| (tag, coche.value == "oui"))
}

/// The marks of a page, each with whose it is.
fn noted(html: &str) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
    // Most pages have none, and reading all tags once more would take as long as the boxes do.
    let tags = html.contains("data-note").then(|| tags_with(html, "data-note"));
    tags.into_iter().flatten().map(|(tag, note)| (note.value, tag.content()))
}

/// Renders a document whose boxes are those of its candidat's results.
///
/// # Errors
/// What is wrong in the template, or which box is.
pub(crate) fn rendered(renderer: &Renderer, document: &Document) -> Result<String, Box<Diagnostic>> {
    let html = renderer.render(document)?;
    let project = renderer.project;
    match document.sujet {
        Sujet::Candidat(i) => {
            let Dossier { candidat, bilan, .. } = &*project.dossiers[i];
            let referentiel = &project.referentiels[candidat.referentiel];
            // Of a bloc that is closed there is nothing to show.
            let open = candidat.blocs.iter().filter(|sheet| bilan.verdicts.ferme(sheet.bloc).is_none());
            page(&html, document, open, referentiel)?;
            let words = renderer.libelles(candidat.referentiel);
            calcules(&html, document, &verdict::imprimes(referentiel, candidat, bilan, words))?;
        }
        Sujet::Referentiel(i) if document.resultats => {
            let referentiel = &project.referentiels[i];
            let blank = referentiel.blocs.iter().enumerate().flat_map(BlocPresente::vierges);
            let blocs: Vec<BlocPresente> = blank.collect();
            page(&html, document, blocs.iter(), referentiel)?;
        }
        _ => {}
    }
    Ok(html)
}

/// Compares a page with the results of the blocs on it.
///
/// # Errors
/// The first item whose boxes or mark are not those of its result.
fn page<'b>(
    html: &str,
    document: &Document,
    blocs: impl Iterator<Item = &'b BlocPresente>,
    referentiel: &Referentiel,
) -> Result<(), Box<Diagnostic>> {
    let wrong = |code, message| Err(difference(code, &document.html(), message));
    let mut boxes: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for (tag, coche) in self::boxes(html) {
        if let Some(case) = tag.attribute("data-case") {
            boxes.entry(case.value).or_default().push(coche);
        }
    }
    let notes: BTreeMap<&str, Cow<str>> = noted(html).collect();
    if boxes.is_empty() && notes.is_empty() && !document.resultats {
        return Ok(());
    }
    let (there, mut expected) = (boxes.values().map(Vec::len).sum::<usize>(), 0);
    for presented in blocs {
        let bloc = &referentiel.blocs[presented.bloc];
        for item in bloc.items() {
            for printed in resultat::printed(&item, presented, bloc, referentiel) {
                let what = match printed.niveau {
                    Some(niveau) => format!("la case « {niveau} » de la compétence « {} »", item.cle),
                    None => format!("la note de la compétence « {} »", item.cle),
                };
                let sound = match &printed.expected {
                    Expected::Case(coche) => {
                        expected += 1;
                        boxes.get(printed.key.as_str()).map(|all| all.iter().all(|c| c == coche))
                    }
                    Expected::Note(words) => notes.get(printed.key.as_str()).map(|text| text.trim() == words),
                };
                match sound {
                    Some(true) => {}
                    Some(false) => return wrong(Code::CasesFausses, format!("{what} n'est pas celle du résultat")),
                    None => return Err(missing(&what, document)),
                }
            }
        }
    }
    if there == expected {
        return Ok(());
    }
    wrong(Code::CasesFausses, format!("la grille a {there} cases, les résultats en demandent {expected}"))
}

/// Compares the values and verdicts of a page with what was calculated.
///
/// # Errors
/// The first that is another one, or that a document which shows results lacks.
fn calcules(html: &str, document: &Document, all: &[Imprime]) -> Result<(), Box<Diagnostic>> {
    if all.is_empty() {
        return Ok(());
    }
    let wrong = |code, message| Err(difference(code, &document.html(), message));
    for attribute in ["data-valeur", "data-verdict"] {
        let shown: Vec<(&str, Cow<str>)> =
            tags_with(html, attribute).map(|(tag, cle)| (cle.value, tag.content())).collect();
        for Imprime { cle, texte, .. } in all.iter().filter(|imprime| imprime.attribut == attribute) {
            let mut own = shown.iter().filter(|(shown, _)| shown == cle).peekable();
            if document.resultats && own.peek().is_none() {
                return Err(missing(&format!("ce que vaut « {cle} »"), document));
            }
            if let Some((_, other)) = own.find(|(_, shown)| shown.trim() != texte) {
                let message = format!("« {cle} » vaut « {texte} », et la page dit « {} »", other.trim());
                return wrong(Code::CasesFausses, message);
            }
        }
        let known = |cle: &str| all.iter().any(|i| i.attribut == attribute && i.cle == cle);
        if let Some((cle, _)) = shown.iter().find(|(cle, _)| !known(cle)) {
            return wrong(Code::CasesFausses, format!("la page dit ce que vaut « {cle} », que rien ne calcule"));
        }
    }
    Ok(())
}

/// Compares a PDF, which messages call `name`, with its page. `foreign` is a font that the theme does not bring: another
/// machine would print other lines, or empty boxes.
///
/// # Errors
/// What differs.
pub(crate) fn pdf(facts: &Facts, cases: &[Case], foreign: Option<&str>, name: &str) -> Result<(), Box<Diagnostic>> {
    let wrong = |message| Err(difference(Code::PdfNonConforme, name, message));
    if let Some(nom) = foreign {
        return wrong(format!("la police « {nom} » vient de la machine, et n'est pas dans le thème"));
    }
    let Some(first) = facts.pages.first() else { return wrong("ce PDF n'a aucune page".to_owned()) };
    if let Some(at) = facts.pages.iter().position(|p| !p.is(first.width, first.height)) {
        return wrong(format!("la page {} de ce PDF n'a pas la taille des autres", at + 1));
    }
    if facts.scale < 1.0 {
        let percent = facts.scale * 100.0;
        let message = format!("Chrome a réduit ce PDF à {percent:.0} % : quelque chose y est plus large que la page");
        return Err(difference(Code::PageReduite, name, message));
    }
    if let Some(font) = facts.fonts.iter().find(|f| !f.embedded) {
        return wrong(format!("la police « {} » n'est pas incorporée dans ce PDF", font.name));
    }
    if !facts.tagged {
        return Ok(());
    }
    let labels: BTreeMap<&str, bool> = cases.iter().map(|c| (&*c.label, c.coche)).collect();
    // A box with another text than those of the page is neither ticked nor not.
    let printed: Vec<_> = facts.boxes.iter().map(|text| labels.get(text.as_str()).copied()).collect();
    let meant: Vec<_> = cases.iter().map(|c| Some(c.coche)).collect();
    if printed == meant {
        return Ok(());
    }
    let ticked = |all: &[Option<bool>]| all.iter().filter(|c| **c == Some(true)).count();
    let of = |all: &[Option<bool>], word: &str| format!("{} {word} dont {} cochées", all.len(), ticked(all));
    let (printed, meant) = (of(&printed, "imprimées"), of(&meant, "attendues"));
    wrong(format!("ses cases ne sont pas celles de la page ({printed}, {meant})"))
}

/// Compares the marks that were `seen` on the paper of a document, which messages call `name`, with those of its page: a
/// layout script or a style may have changed them.
///
/// # Errors
/// The first that differs.
pub(crate) fn notes(html: &str, seen: &[String], name: &str) -> Result<(), Box<Diagnostic>> {
    let wrong = |message| Err(difference(Code::PdfNonConforme, name, message));
    let meant: Vec<_> = noted(html).collect();
    if meant.len() != seen.len() {
        let [seen, meant] = [seen.len(), meant.len()].map(|n| count(n, "note(s)"));
        return wrong(format!("ce PDF a {seen}, sa page en a {meant}"));
    }
    // A style may break lines and set capitals.
    let plain = |text: &str| text.replace('\u{AD}', "").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match meant.iter().zip(seen).find(|((_, meant), seen)| plain(meant) != plain(seen)) {
        Some(((de, meant), seen)) => {
            let said =
                |text: &str| if plain(text).is_empty() { "rien".to_owned() } else { format!("« {} »", text.trim()) };
            wrong(format!("la note de « {de} » : on lit {} au lieu de {}", said(seen), said(meant)))
        }
        None => Ok(()),
    }
}

/// Refuses a PDF that could neither be archived nor be read by all: `unclaimed` is what is in the way.
///
/// # Errors
/// If anything is.
pub(crate) fn claims(unclaimed: &[String], name: &str) -> Result<(), Box<Diagnostic>> {
    if unclaimed.is_empty() {
        return Ok(());
    }
    let message = "ce PDF ne suivrait pas les normes d'archivage et d'accessibilité (PDF/A-2a, PDF/UA-1)";
    let diagnostic = Diagnostic::in_file(Code::PdfNonArchivable, name, message).some_facts(unclaimed);
    Err(Box::new(diagnostic.help("corrigez le thème : « livret explain E724 » dit comment")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::finish::PageSize;

    const PAGE: &str = r#"<svg class="case" data-coche="oui" data-case="a/acquis" aria-label="coché"><p>data-coche="oui"</p>
        <svg aria-label="non coché" data-coche="non">"#;

    fn facts(boxes: &[&str]) -> Facts {
        Facts {
            pages: vec![PageSize { width: 842.0, height: 595.0 }],
            title: None,
            fonts: Vec::new(),
            tagged: true,
            destinations: BTreeMap::new(),
            alternatives: Vec::new(),
            boxes: boxes.iter().map(ToString::to_string).collect(),
            scale: 1.0,
        }
    }

    #[test]
    fn boxes_are_read_from_their_tags_alone() {
        let found = cases(PAGE);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0], Case { coche: true, label: "coché".into() });
        assert_eq!(found[1], Case { coche: false, label: "non coché".into() });
    }

    #[test]
    fn a_tick_that_moved_got_lost_or_is_new_is_refused() {
        let cases = cases(PAGE);
        let pdf = |boxes: &[&str]| super::pdf(&facts(boxes), &cases, None, "a.pdf");
        assert!(pdf(&["coché", "non coché"]).is_ok());
        for wrong in [
            &["non coché", "coché"][..],
            &["coché"],
            &["coché", "non coché", "coché"],
            &["non coché"; 2],
            &["coché", "autre"],
        ] {
            assert!(pdf(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_mark_that_is_seen_otherwise_is_refused() {
        let page = "<span data-note=\"a\">12,5</span><i data-note=\"b\"></i><i data-note=\"c\">non\u{A0}évaluable</i>";
        let notes = |seen: [&str; 3]| super::notes(page, &seen.map(str::to_owned), "a.pdf");
        assert!(notes(["12,5", "", "Non évaluable"]).is_ok());
        let wrong = notes(["2,5", "", "non évaluable"]).unwrap_err();
        assert_eq!(wrong.message, "la note de « a » : on lit « 2,5 » au lieu de « 12,5 »");
        assert!(notes(["", "12,5", "non évaluable"]).is_err());
        assert!(super::notes(page, &["12,5".to_owned()], "a.pdf").is_err());
        assert!(super::notes("<p>", &["12".to_owned()], "a.pdf").is_err(), "a mark that a script added");
    }

    #[test]
    fn boxes_alone_are_marked() {
        let page = marked(PAGE);
        assert_eq!(page.matches(BOX).count(), 2);
        assert!(page.contains("aria-label=\"\u{2}coché\"") && page.replace(BOX, "") == PAGE);
    }

    #[test]
    fn pages_of_two_sizes_shrunk_ones_and_fonts_left_out_are_refused() {
        let pdf = |facts: &Facts| pdf(facts, &[], None, "a.pdf");
        let mut two = facts(&[]);
        two.pages.push(PageSize { width: 595.0, height: 842.0 });
        assert!(pdf(&two).is_err());
        let shrunk = pdf(&Facts { scale: 0.85, ..facts(&[]) }).unwrap_err();
        assert_eq!(shrunk.code, Code::PageReduite);
        assert!(shrunk.message.contains("85 %"), "{}", shrunk.message);
        let mut bare = facts(&[]);
        bare.fonts.push(crate::documents::finish::EmbeddedFont { name: "Arial".to_owned(), embedded: false });
        assert!(pdf(&bare).is_err());
    }
}
