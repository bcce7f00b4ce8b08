//! Search, filters and order, and the address that keeps them.

use super::browser::Browser;
use super::project::Project;

const ALL: [&str; 7] = ["D’Hervilly", "Gonçalves", "Le Bihan-Prigent", "Lecœur", "Martin", "Nguyễn-Œuvrard", "Perdu"];

#[test]
fn words_are_found_in_any_order_and_spelling() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_sessions();
    browser.open(&project.page("index.html"), "");
    let cases: [(&str, &[&str]); 15] = [
        ("", &ALL),
        ("GONCALVES", &["Gonçalves"]),
        ("theo gon", &["Gonçalves"]),
        ("lecoeur", &["Lecœur"]),
        ("LECŒUR noelle", &["Lecœur"]),
        ("bihan marie", &["Le Bihan-Prigent"]),
        ("d'hervilly", &["D’Hervilly"]),
        ("  le  ", &["Le Bihan-Prigent", "Lecœur", "Martin"]), // evaluated by Anne Le Goff
        ("kermarrec", &["Le Bihan-Prigent"]),
        ("nguyen", &["Nguyễn-Œuvrard"]),
        ("orby", &["Nguyễn-Œuvrard"]),
        ("ŁÓDZ", &["Nguyễn-Œuvrard"]),
        ("etoile", &["Nguyễn-Œuvrard"]),
        ("ihan", &[]),
        ("martin theo", &[]),
    ];
    for (typed, expected) in cases {
        let found: (Vec<String>, String) =
            browser.run(&format!("set('f-recherche', {typed:?}); return [shown(), count()]"));
        assert_eq!(found.0, expected, "« {typed} »");
        let count = match expected.len() {
            0 => "Aucun candidat ne correspond".to_owned(),
            7 => "7 candidats".to_owned(),
            n => format!("{n} sur 7 candidats"),
        };
        assert!(found.1.starts_with(&count), "« {typed} »: {}", found.1);
    }
}

#[test]
fn filters_add_up_and_live_in_the_address() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_sessions();
    let index = project.page("index.html");
    browser.open(&index, "");
    type View = (Vec<String>, String);
    const VIEW: &str = "return [shown(), hash()]";
    let set = |field: &str, value: &str| browser.run::<View>(&format!("set({field:?}, {value:?}); {VIEW}"));

    let (names, hash) = set("f-etat", "vierge");
    assert_eq!(names, ["Lecœur", "Nguyễn-Œuvrard"]);
    assert_eq!(hash, "#etat=vierge");
    let (names, _) = set("f-referentiel", "charge-accueil/2027");
    assert_eq!(names, ["Nguyễn-Œuvrard"]);
    let (names, _) = set("f-session", "2026-06");
    assert!(names.is_empty(), "{names:?}");
    let (names, _) = set("f-referentiel", "");
    assert_eq!(names, ["Lecœur"]);
    let (names, hash) = set("f-recherche", "noëlle & co");
    assert!(names.is_empty() && hash.contains("recherche=noëlle"), "{hash}");
    let (_, hash) = set("f-recherche", "noëlle");
    assert_eq!(hash, "#recherche=noëlle&session=2026-06&etat=vierge");

    browser.reload();
    assert_eq!(browser.run::<View>(VIEW), (vec!["Lecœur".to_owned()], hash), "a reload keeps the view");
    let (names, hash): View = browser.run(&format!(
        "document.querySelector('.sauts a:last-child').click(); await until(() => hash().includes('etat')); {VIEW}"
    ));
    assert_eq!(names, ["Lecœur"], "an anchor keeps the view too");
    assert!(hash.contains("etat=vierge"), "{hash}");
    let (names, hash): View = browser.run(&format!("document.getElementById('f-effacer').click(); {VIEW}"));
    assert_eq!((names.len(), hash.as_str()), (7, ""));

    let (names, _): View = browser.run(&format!(
        "document.querySelector('[data-filtre=\"etat=desaccord\"] a').click(); await until(() => shown().length === 1); {VIEW}"
    ));
    assert_eq!(names, ["Gonçalves"], "a total leads to what it counts");
    browser.open(&index, "#etat=erreur");
    assert_eq!(browser.run::<View>(VIEW).0, ["Perdu"], "a bookmark");
    assert_eq!(set("f-referentiel", "charge-accueil/2024").0, ["Perdu"], "whose référentiel nobody knows");
    browser.open(&index, "#session=1999-01");
    assert_eq!(browser.run::<View>(VIEW).0.len(), 7, "a bookmark of what is gone shows all");
}

#[test]
fn sessions_unfold_for_what_is_found_and_fold_again() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_sessions();
    browser.open(&project.page("index.html"), "");
    let states: Vec<Vec<(bool, bool, String)>> = browser.run(
        "const sessions = [...document.querySelectorAll('.session')];
         const states = () => sessions.map(s => [s.open, s.hidden, s.querySelector('.compte').textContent]);
         sessions[1].open = false;
         const all = [];
         for (const typed of ['', 'nguyen', '']) { set('f-recherche', typed); all.push(states()); }
         return all",
    );
    let state = |open, hidden, count: &str| (open, hidden, count.to_owned());
    let folded = vec![state(true, false, "5 candidats"), state(false, false, "2 candidats")];
    let found = vec![state(true, true, "0 sur 5 candidats"), state(true, false, "1 sur 2 candidats")];
    assert_eq!(states, [folded.clone(), found, folded]);
}

#[test]
fn candidats_are_put_in_order() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_sessions();
    browser.open(&project.page("index.html"), "#tri=avancement&session=2026-06");
    let orders: (Vec<String>, Vec<String>, Vec<String>) = browser.run(
        "const progress = shown(); set('f-tri', 'etat'); const state = shown(); set('f-tri', '');
         return [progress, state, shown()]",
    );
    assert_eq!(orders.0, ["Lecœur", "Gonçalves", "D’Hervilly", "Le Bihan-Prigent", "Martin"]);
    assert_eq!(orders.1, ["D’Hervilly", "Le Bihan-Prigent", "Martin", "Gonçalves", "Lecœur"]);
    assert_eq!(orders.2, ALL[..5]);
}
