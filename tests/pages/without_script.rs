//! Without JavaScript the index is whole; only the search is not there.

use std::fs;

use super::browser::Browser;
use super::project::Project;

#[test]
fn without_script_the_index_is_whole() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_sessions();
    browser.without_script();
    browser.open(&project.page("index.html"), "#etat=pret");
    type Seen = (bool, Vec<String>, Vec<String>, String);
    let (form, rows, links, text): Seen = browser.run(
        "return [
             visible(document.getElementById('filtres')),
             [...document.querySelectorAll('.candidats tbody > tr')].filter(visible).map(tr => tr.cells[0].textContent),
             [...document.links].map(a => a.getAttribute('href')),
             document.body.innerText.replaceAll('\\u202f', ' '),
         ]",
    );
    assert!(!form, "the search is not there");
    assert_eq!(rows.len(), 7, "{rows:?}");
    for word in ["7 candidats", "prêt à signer", "2/4", "5 éléments manquent", "version 2027", "contient des erreurs"]
    {
        assert!(text.contains(word), "no « {word} » in {text}");
    }
    // Six candidats with a livret and a fiche, two référentiels with their page and their blank livret.
    let of = |end: &str| links.iter().filter(|l| l.ends_with(end)).collect::<Vec<_>>();
    assert_eq!((of(".html").len(), of(".pdf").len()), (6 * 2 + 2 * 2, 6 * 2 + 2));
    for link in of(".html") {
        assert!(project.page(link).is_file(), "{link} leads nowhere");
    }
}

#[test]
fn only_the_index_has_a_script_and_only_the_theme_s_own() {
    let project = Project::two_sessions();
    let pages = walkdir::WalkDir::new(project.page("")).into_iter().map(|e| e.unwrap().into_path());
    let mut count = 0;
    for page in pages.filter(|p| p.extension().is_some_and(|e| e == "html")) {
        let html = fs::read_to_string(&page).unwrap();
        let index = page == project.page("index.html");
        let name = page.display();
        assert_eq!(html.matches("<script").count(), usize::from(index), "{name}");
        assert_eq!(html.contains("script-src 'self';"), index, "{name}");
        assert!(html.contains("default-src 'none'; ") && !html.contains("unsafe-eval"), "{name}");
        count += 1;
    }
    assert_eq!(count, 1 + 2 * 2 + 6 * 2);
}
