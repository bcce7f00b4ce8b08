//! The index with the keyboard alone.

use super::browser::Browser;
use super::project::Project;

#[test]
fn the_keyboard_alone_is_enough() {
    let Some(browser) = Browser::new() else { return };
    let project = Project::two_sessions();
    browser.open(&project.page("index.html"), "#etat=desaccord");
    // Everything that gets the focus, and whether it shows.
    browser.run::<()>(
        "window.seen = [];
         addEventListener('focusin', ({ target }) => {
             const style = getComputedStyle(target);
             seen.push([target.id || target.textContent.trim(), style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]);
         });
         return null",
    );
    browser.press(&["Tab", "Enter"]);
    let (hash, names): (String, Vec<String>) = browser.run("return [hash(), shown()]");
    assert_eq!((hash.as_str(), names.len()), ("#etat=desaccord", 1), "the skip link keeps the view");

    // Past the header, to the search, and on through every field, link and fold to the end of the page and out of it.
    browser.press(&["Tab"; 22]);
    let seen: Vec<(String, bool)> = browser.run("return seen");
    let names: Vec<&str> = seen.iter().map(|(name, _)| name.as_str()).collect();
    for (name, outlined) in &seen {
        assert!(*outlined, "no focus to be seen on « {name} »: {names:?}");
    }
    let expected = [
        "Aller au contenu",
        "f-recherche",
        "f-session",
        "f-etat",
        "f-referentiel",
        "f-tri",
        "f-effacer",
        "f-imprimer",
        "5 éléments manquent",
        "Livret",
        "PDF",
        "Fiche de synthèse",
        "CQP Chargé d’accueil",
        "Livret vierge",
    ];
    let mut at = 0;
    for name in expected {
        let found = names[at..].iter().position(|n| n.starts_with(name));
        at += found.unwrap_or_else(|| panic!("« {name} » is not reached in order: {names:?}")) + 1;
    }

    // A choice with the arrows, what is missing with Enter, all shown again with Enter.
    browser.run::<()>("document.getElementById('f-etat').focus(); return null");
    browser.press(&["ArrowUp"]);
    let hash: String = browser.run("await until(() => hash() === '#etat=pret'); return hash()");
    assert_eq!(hash, "#etat=pret");
    browser.press(&["ArrowDown"]);
    browser.run::<()>("await until(() => hash() === '#etat=desaccord'); document.querySelector('tr:not([hidden]) summary').focus(); return null");
    browser.press(&["Enter"]);
    browser.run::<()>("await until(() => document.querySelector('tr:not([hidden]) details').open); document.getElementById('f-effacer').focus(); return null");
    browser.press(&["Enter"]);
    let focus: String = browser.run("await until(() => shown().length === 7); return document.activeElement.id");
    assert_eq!(focus, "f-recherche", "the focus is not lost with the button");
    browser.press(&["m", "a", "r"]);
    browser.run::<()>("await until(() => shown().join() === 'Le Bihan-Prigent,Martin'); return null");
}
