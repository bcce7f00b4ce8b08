//! Grilles of every shape, as tables that a theme writes: what is cut at a page's end, and what is repeated. Each critère
//! (« k12 ») is printed, each result (« b12 ») once.

use std::fmt::Write;

use super::printed::Printed;
use super::project::{Project, REFERENTIEL};

const GRILLE: &str = "themes/officiel/composants/grille.html";
const CULTURE: &str = "content/referentiels/jardin-partage/2026/blocs/1-culture.md";
const WORDS: &str = "tient compte du temps qu'il fait et des personnes présentes ce jour";

/// A table in the making, with the critères and results that it numbers.
#[derive(Default)]
struct Table {
    html: String,
    criteres: usize,
    results: usize,
}

impl Table {
    fn new(columns: &[(&str, &str)]) -> Self {
        let mut html = "<table class=\"grille\" data-suite=\"(suite)\" aria-label=\"Grille\"><colgroup>".to_owned();
        for (kind, _) in columns {
            write!(html, "<col class=\"col-{kind}\">").unwrap();
        }
        html += "</colgroup><thead><tr>";
        for (_, heading) in columns {
            write!(html, "<th scope=\"col\">{heading}</th>").unwrap();
        }
        Self { html: html + "</tr></thead>", ..Self::default() }
    }

    fn title(&mut self, class: &str, rows: usize, text: &str) {
        write!(self.html, "<td class=\"{class}\" rowspan=\"{rows}\"><div class=\"texte\">{text}</div></td>").unwrap();
    }

    fn band(&mut self, level: &str, columns: usize, text: &str) {
        let cell = format!(
            "<th class=\"{level}\" colspan=\"{columns}\" scope=\"rowgroup\"><div class=\"texte\">{text}</div></th>"
        );
        write!(self.html, "<tr class=\"bandeau\">{cell}</tr>").unwrap();
    }

    /// So many critères of so many times some words.
    fn text(&mut self, rows: usize, criteres: usize, long: usize) {
        write!(self.html, "<td class=\"texte-colonne\" rowspan=\"{rows}\"><ul>").unwrap();
        for _ in 0..criteres {
            self.criteres += 1;
            let words = WORDS.repeat(long);
            write!(self.html, "<li class=\"critere\">k{} {words}</li>", self.criteres).unwrap();
        }
        self.html += "</ul></td>";
    }

    fn result(&mut self, class: &str) {
        self.results += 1;
        write!(self.html, "<td class=\"{class}\"><p>b{}</p></td>", self.results).unwrap();
    }

    /// The pages of a livret whose first bloc has this grille.
    fn print(self, project: &Project) -> Vec<String> {
        project.change(GRILLE, |text| {
            let (start, rest) = text.split_once("<table class=\"grille\"").unwrap();
            let (_, end) = rest.split_once("{%- endcomponent grille %}").unwrap();
            format!("{start}{}</table>{{%- endcomponent grille %}}{end}", self.html)
        });
        project.build();
        let pdf: Printed = project.pdf("referentiels/jardin-partage/2026/livret-vierge");
        let all = format!(" {} ", pdf.text().split_whitespace().collect::<Vec<_>>().join(" "));
        for n in 1..=self.criteres {
            assert!(all.contains(&format!(" k{n} ")), "k{n} is lost");
        }
        for n in 1..=self.results {
            assert_eq!(all.matches(&format!(" b{n} ")).count(), 1, "b{n}");
        }
        assert!(String::from_utf8_lossy(&pdf.bytes).contains("pdfuaid:part"));
        pdf.pages.into_iter().filter(|page| page.contains("Résultats") || page.contains("(suite)")).collect()
    }
}

/// A project of one bloc, whose candidats are left out.
fn project() -> Option<Project> {
    let project = Project::new()?;
    std::fs::remove_dir_all(project.folder().join("content/candidats")).unwrap();
    std::fs::remove_file(project.folder().join("content/referentiels/jardin-partage/2026/blocs/2-animation.md"))
        .unwrap();
    project.change("themes/officiel/theme.yaml", |text| text.replace(", resultats: oui", ""));
    project.change(REFERENTIEL, |text| text.replace("grille: suite\n", "grille: page\n"));
    project.change(CULTURE, |text| {
        let (front, _) = text.split_once("\n---\n").unwrap();
        format!("{front}\n---\n## Préparation\n\n### Un plan {{#plan}}\n\n- Bref\n")
    });
    Some(project)
}

#[test]
fn cells_over_many_rows_go_on_over_the_page() {
    let Some(project) = project() else { return };
    let columns = [
        ("titre", "Domaines"),
        ("titre", "Objectifs"),
        ("texte", "Moyens"),
        ("texte", "Indicateurs"),
        ("resultat", "Résultats"),
    ];
    let mut table = Table::new(&columns);
    table.html += "<tbody>";
    for row in 0..20 {
        table.html += "<tr>";
        if row == 0 {
            table.title("domaine rang-0", 20, "Préparer");
        }
        table.title("objectif", 1, &format!("OB {row}. {WORDS}"));
        if row == 0 {
            table.text(20, 1, 1);
            table.text(20, 30, 2);
        }
        table.result("resultat");
        table.html += "</tr>";
    }
    table.html += "</tbody>";
    let pages = table.print(&project);
    assert!(pages.len() > 1);
    let all = pages.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    // Short: repeated on each page. Long: each critère on one page.
    assert_eq!(all.matches(" k1 ").count(), pages.len());
    assert_eq!(all.matches("Préparer (suite)").count(), pages.len() - 1);
    for n in 5..=31 {
        assert_eq!(all.matches(&format!(" k{n} ")).count(), 1, "k{n}");
    }
}

#[test]
fn bandeaux_stand_above_their_rows_on_every_page() {
    let Some(project) = project() else { return };
    let columns = [("texte", "Critères"), ("niveau", "0"), ("niveau", "1"), ("niveau", "2"), ("resultat", "Résultats")];
    for rows in [3, 7] {
        let mut table = Table::new(&columns);
        for domaine in 0..4 {
            table.html += "<tbody>";
            table.band("domaine rang-0", 5, &format!("Domaine {domaine}"));
            for sujet in 0..2 {
                table.band("sujet", 5, &format!("Sujet {domaine}{sujet}"));
                for _ in 0..rows {
                    table.html += "<tr>";
                    table.text(1, 1, 1);
                    for class in ["niveau", "niveau", "niveau", "resultat"] {
                        table.result(class);
                    }
                    table.html += "</tr>";
                }
            }
            table.html += "</tbody>";
        }
        let pages = table.print(&project);
        assert!(pages.len() > 1);
        for page in pages {
            let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
            let (_, grille) = words.split_once("Résultats ").unwrap();
            assert!(grille.starts_with("Domaine"), "{grille}");
            // Each is followed by one of the next level or by a row.
            for (at, _) in grille.match_indices("Sujet ") {
                let below = grille[at + 9..].trim_start_matches("(suite) ");
                assert!(below.starts_with("– k"), "{below}");
            }
        }
    }
}

#[test]
fn rows_and_cells_higher_than_a_page_lose_nothing() {
    let Some(project) = project() else { return };
    let columns = [
        ("titre", "Activités"),
        ("titre", "Compétences"),
        ("texte", "Moyens"),
        ("texte", "Critères"),
        ("resultat", "Résultats"),
    ];
    let mut table = Table::new(&columns);
    // The title, a row's two texts, a text over rows, one critère.
    for (title, moyens, criteres, long) in [(90, 1, 1, 1), (1, 9, 50, 4), (1, 70, 1, 2), (1, 1, 2, 60)] {
        table.html += "<tbody>";
        for row in 0..2 {
            table.html += "<tr>";
            if row == 0 {
                table.title("activite rang-0", 2, &WORDS.repeat(title));
            }
            table.title("competence", 1, WORDS);
            if row == 0 || moyens == 9 {
                table.text(if moyens == 9 { 1 } else { 2 }, moyens, 2);
            }
            table.text(1, criteres, long);
            table.result("resultat");
            table.html += "</tr>";
        }
        table.html += "</tbody>";
    }
    assert!(table.print(&project).len() > 6);
}
