//! A référentiel of another branche, with other numbers and other words: five modules, three examinateurs, a scale of
//! three levels. It is data only; the program and the official theme know nothing of it.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use crate::support;

/// Builds the project with the repository's own theme, once for all tests; returns its pages.
fn pages() -> &'static Pages {
    static PAGES: OnceLock<Pages> = OnceLock::new();
    PAGES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().unwrap();
        support::copy(&root.join("tests/autre-branche"), folder.path());
        support::copy(&root.join("themes/officiel"), &folder.path().join("themes/officiel"));
        let run = support::livret(folder.path(), &["build", "--no-pdf"]);
        assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""), "{}", run.stdout);
        let read = |path: &str| text(&fs::read_to_string(folder.path().join("output").join(path)).unwrap());
        Pages {
            blank: read("referentiels/animateur-menuiserie/2026/livret-vierge.html"),
            delmas: read("candidats/2026-10/delmas-yves/livret.html"),
            fiche: read("candidats/2026-10/delmas-yves/fiche-synthese.html"),
            roux: read("candidats/2026-10/roux-lea/livret.html"),
            index: read("index.html"),
        }
    })
}

struct Pages {
    blank: String,
    /// All modules evaluated.
    delmas: String,
    fiche: String,
    /// One module, on which the three do not agree.
    roux: String,
    index: String,
}

/// HTML without soft hyphens, its spaces plain.
fn text(html: &str) -> String {
    html.replace('\u{AD}', "").replace(['\u{A0}', '\u{202F}'], " ").replace("&#8239;", " ")
}

/// The page without its tags, `head` and style sheets.
fn words(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words).collect::<Vec<_>>().join(" ")
}

/// The row of a compétence in the grille.
fn row<'a>(html: &'a str, id: &str) -> &'a str {
    let (_, row) = html.split_once(&format!("<tr id=\"{id}\"")).unwrap_or_else(|| panic!("no row {id}"));
    row.split_once("</tr>").unwrap().0
}

/// The levels of a row, each with whether its box is ticked.
fn boxes(html: &str, id: &str) -> Vec<(String, bool)> {
    let (_, cell) = row(html, id).split_once("class=\"resultat\"").unwrap();
    let pieces: Vec<&str> = cell.split("<span class=\"choix-nom\">").collect();
    pieces
        .windows(2)
        .map(|pair| (pair[1].split('<').next().unwrap().to_owned(), pair[0].ends_with("<span class=\"choix retenu\">")))
        .collect()
}

fn count(html: &str, piece: &str) -> usize {
    html.matches(piece).count()
}

const LEVELS: [&str; 3] = ["MAÎTRISÉ", "EN COURS D’ACQUISITION", "NON MAÎTRISÉ"];

#[test]
fn five_modules_each_with_three_signatures() {
    let pages = pages();
    for livret in [&pages.blank, &pages.delmas, &pages.roux] {
        for (n, titre) in [(1, "Préparer le chantier"), (3, "Animer l’équipe"), (5, "Veiller à la sécurité")] {
            assert!(words(livret).contains(&format!("MODULE {n} : {titre}")), "{n}");
        }
        assert_eq!(count(livret, "<table class=\"grille\""), 5);
        assert_eq!(
            count(livret, "class=\"signature\""),
            3 + 5 * 3,
            "three on the identity page, three for each module"
        );
        assert_eq!(count(livret, "Signature des trois examinateurs"), 5);
    }
}

#[test]
fn the_fiche_has_a_column_for_each_examinateur() {
    let pages = pages();
    for page in [&pages.fiche, &pages.blank] {
        let (_, table) = page.split_once("<table class=\"fiche\">").unwrap();
        let (head, body) = table.split_once("</table>").unwrap().0.split_once("</thead>").unwrap();
        assert_eq!(count(head, "<th "), 4 + 3);
        assert_eq!(count(body, "<tr"), 5);
        assert_eq!(count(body, "class=\"signature-fiche\""), 5 * 3);
    }
    let identity = words(&pages.delmas);
    for who in ["Odile Charpentier", "Bruno Lachaux", "Sarah Benhamou"] {
        assert!(identity.contains(who), "{who}");
    }
    assert!(identity.contains("Examinateur 3 : (Nom et fonction)"));
}

#[test]
fn each_competence_has_its_three_boxes_and_its_tick() {
    let pages = pages();
    let expected = [
        ("preparer-plans", Some(0)),
        ("preparer-debit", Some(1)),
        ("preparer-bois", Some(2)),
        ("machines-scie", Some(0)),
        ("machines-toupie", Some(1)),
        ("equipe-repartir", Some(0)),
        ("equipe-expliquer", Some(0)),
        ("qualite-mesurer", Some(2)),
        ("securite-protections", Some(0)),
        ("securite-ranger", Some(1)),
    ];
    for (id, ticked) in expected {
        let boxes = |html, ticked: Option<usize>| {
            let expected: Vec<(String, bool)> =
                LEVELS.iter().enumerate().map(|(i, name)| ((*name).to_owned(), ticked == Some(i))).collect();
            assert_eq!(boxes(html, id), expected, "{id}");
        };
        boxes(&pages.delmas, ticked);
        boxes(&pages.blank, None);
        boxes(&pages.roux, None);
    }
    let scie = words(row(&pages.roux, "machines-scie")).replace('\u{ad}', "");
    let scie = scie.split_whitespace().collect::<Vec<_>>().join(" ");
    for (n, level) in LEVELS.iter().enumerate() {
        assert!(scie.contains(&format!("examinateur {} : {level}", n + 1)), "{scie}");
    }
}

#[test]
fn the_index_counts_results_by_module_in_its_words() {
    let index = words(&pages().index);
    for of in ["MODULE 1 3/3", "MODULE 2 2/2", "MODULE 5 2/2", "MODULE 2 0/2"] {
        assert!(index.split_whitespace().collect::<Vec<_>>().join(" ").contains(of), "no « {of} » in {index}");
    }
    assert!(index.contains("MODULE 2 : l’accord des"), "{index}");
    assert!(!index.contains("BLOC"), "{index}");
}

#[test]
fn its_words_replace_the_official_ones() {
    let pages = pages();
    for page in [&pages.blank, &pages.delmas, &pages.fiche, &pages.roux] {
        let words = words(page).to_lowercase();
        for official in ["bloc", "candidat", "évaluateur", "mutuelle", "mutualité", "non acquis"] {
            let at = words.find(official);
            let around = at.map(|at| words[at..].chars().take(60).collect::<String>());
            assert_eq!(around, None, "« {official} » in\n{words}");
        }
        assert!(words.contains("stagiaire") && words.contains("examinateur") && words.contains("module"));
    }
}
