//! `livret export` as a workbook, and what comes back of it from a spreadsheet.

use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook};
use zip::ZipArchive;

use super::Place;
use crate::support;

/// The three examples, with their theme.
fn examples() -> Place {
    let place = Place::empty();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    support::copy(&root.join("examples/content"), &place.path().join("content"));
    support::copy(&root.join("themes"), &place.path().join("themes"));
    std::fs::copy(root.join("examples/livret.yaml"), place.path().join("livret.yaml")).unwrap();
    place
}

fn bytes(place: &Place, name: &str) -> Vec<u8> {
    std::fs::read(place.path().join(name)).unwrap()
}

fn part(book: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A sheet as rows of cells.
fn rows(book: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The cell of a fiche under a title.
fn at(rows: &[Vec<Data>], fiche: &str, titre: &str) -> (usize, usize) {
    let column = rows[0].iter().position(|cell| *cell == titre).unwrap_or_else(|| panic!("{titre}"));
    (rows.iter().position(|row| row[0] == fiche).unwrap_or_else(|| panic!("{fiche}")), column)
}

/// The sheets as a spreadsheet saves them: values alone, nothing of how they were made.
fn saved(book: &[u8], change: impl Fn(&str, &mut Vec<Vec<Data>>)) -> Vec<u8> {
    let names = Xlsx::new(Cursor::new(book)).unwrap().sheet_names();
    let mut out = Workbook::new();
    for name in names.iter().filter(|name| *name != "Échelles") {
        let mut rows = rows(book, name);
        change(name, &mut rows);
        let sheet = out.add_worksheet().set_name(name).unwrap();
        for (r, row) in (0..).zip(&rows) {
            for (c, cell) in (0..).zip(row) {
                match cell {
                    Data::Float(number) => _ = sheet.write_number(r, c, *number).unwrap(),
                    Data::Bool(value) => _ = sheet.write_boolean(r, c, *value).unwrap(),
                    Data::String(text) => _ = sheet.write_string(r, c, text).unwrap(),
                    _ => {}
                }
            }
        }
    }
    out.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_has_a_sheet_for_each_referentiel_and_says_what_its_cells_take() {
    let place = examples();
    let out = place.done(&["export", "2026-11"]);
    assert!(
        out.contains("2026-11.xlsx : 12 candidats (aide-cuisine/2026, animation-nature/2026, maintenance-cycles/2026)"),
        "{out}"
    );
    let book = bytes(&place, "2026-11.xlsx");
    let read: Xlsx<_> = Xlsx::new(Cursor::new(&book)).unwrap();
    let visible: Vec<&str> = read
        .sheets_metadata()
        .iter()
        .filter(|s| s.visible == calamine::SheetVisible::Visible)
        .map(|s| s.name.as_str())
        .collect();
    assert_eq!(visible, ["aide-cuisine 2026", "animation-nature 2026", "maintenance-cycles 2026"]);

    let marks = rows(&book, "maintenance-cycles 2026");
    assert_eq!(
        marks[0][..6],
        ["Fiche", "Nom", "Prénom", "Référentiel", "Parcours", "diagnostic/demande/tuteur"]
            .map(|t| Data::String(t.into()))
    );
    let (row, column) = at(&marks, "2026-11/besson-ali", "diagnostic/bruit/examinateur");
    assert_eq!(marks[row][column], Data::Float(12.5));
    let (row, column) = at(&marks, "2026-11/tanguy-elsa", "reparation/controle/examinateur");
    assert_eq!(marks[row][column], "absent");
    let (row, etat) = at(&marks, "2026-11/kone-salif", "État");
    assert_eq!(marks[row][etat], "prêt à signer");
    for (titre, derived) in
        [("Valeur : ensemble", "14,56 / 20"), ("Verdict : ensemble", "acquis"), ("Motifs : diagnostic", "14,6 ≥ 10")]
    {
        let (row, column) = at(&marks, "2026-11/kone-salif", titre);
        assert_eq!(marks[row][column], derived, "{titre}");
    }
    let ticks = rows(&book, "animation-nature 2026");
    let (row, column) = at(&ticks, "2026-11/leroux-ana", "entree/entretien.3/formateur");
    assert_eq!(ticks[row][column], "non");
    let (row, column) = at(&ticks, "2026-11/morvan-ilan", "sorties/OB 1.2/formateur");
    assert_eq!(ticks[row][column], "moins");

    let sheet = part(&book, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<sheetProtection sheet=\"1\"") && !sheet.contains("password"), "{sheet}");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("type=\"list\""), "{sheet}");
    assert!(part(&book, "xl/worksheets/sheet3.xml").contains("&lt;=20"), "the highest mark");
    let levels = rows(&book, "Échelles");
    assert!(levels.iter().any(|row| row.contains(&Data::String("moins".into()))), "{levels:?}");
    // Cells of results can be written in, those of persons cannot.
    let unlocked = part(&book, "xl/styles.xml");
    assert!(unlocked.contains("<protection locked=\"0\"/>"), "{unlocked}");

    place.done(&["export", "2026-11", "--output", "encore.xlsx"]);
    assert_eq!(bytes(&place, "encore.xlsx"), book, "the same sources give the same bytes");
    let again = place.done(&["export", "2026-11"]);
    assert!(again.contains("déjà à jour"), "{again}");
    let spaced = place.done(&["export", "2026-11", "--output", "mes résultats.xlsx"]);
    assert!(spaced.ends_with("livret import \"mes résultats.xlsx\"\n"), "{spaced}");
}

#[test]
fn a_day_with_a_spreadsheet_ends_in_pages() {
    let place = examples();
    place.done(&["export", "2026-11"]);
    let before = place.files();
    let book = saved(&bytes(&place, "2026-11.xlsx"), |name, rows| {
        let mut put = |fiche: &str, titre: &str, value: Data| {
            let (row, column) = at(rows, fiche, titre);
            rows[row][column] = value;
        };
        match name {
            "maintenance-cycles 2026" => {
                put("2026-11/rivoal-nina", "diagnostic/demande/tuteur", Data::Float(12.5));
                put("2026-11/rivoal-nina", "diagnostic/demande/examinateur", Data::String("13,5".into()));
                put("2026-11/tanguy-elsa", "vente/besoin/examinateur", Data::String("Absent".into()));
            }
            "animation-nature 2026" => {
                put("2026-11/leroux-ana", "sorties/OB 1.4/tuteur", Data::String("+".into()));
                put("2026-11/leroux-ana", "sorties/OB 1.4/formateur", Data::String("-".into()));
                put("2026-11/leroux-ana", "entree/entretien.3/tuteur", Data::Bool(true));
                put("2026-11/leroux-ana", "entree/entretien.3/formateur", Data::Bool(true));
            }
            _ => {
                put("2026-11/le-meur-tom", "production/scolaire/c4.2", Data::Float(2.0));
                put("2026-11/le-meur-tom", "projet/2", Data::String("oui".into()));
                put("2026-11/diop-awa", "hygiene/sante/c1.1", Data::String("-".into()));
            }
        }
    });
    place.write("rempli.xlsx", book);
    let shown = place.run(&["import", "rempli.xlsx"]);
    assert_eq!(shown.status, "2");
    assert!(shown.stdout.contains("9 résultats changés dans 4 fiches, 8 fiches sans changement"), "{}", shown.stdout);
    assert_eq!(place.files().len(), before.len() + 1);
    place.done(&["import", "rempli.xlsx", "--oui"]);
    let nina = place.read("content/candidats/2026-11/rivoal-nina.md");
    assert!(nina.contains("      demande: { tuteur: 12.5, examinateur: 13.5 }\n"), "{nina}");
    let ana = place.read("content/candidats/2026-11/leroux-ana.md");
    assert!(
        ana.contains("      OB 1.4: { tuteur: plus, formateur: moins }\n")
            && ana.contains("entretien: [oui, oui, oui]"),
        "{ana}"
    );
    let tom = place.read("content/candidats/2026-11/le-meur-tom.md");
    assert!(
        tom.contains("resultats: { c4: { 1: 3, 2: 2 } }")
            && tom.contains("        resultat: oui\n      - resultat: oui\n"),
        "{tom}"
    );
    let fiches = |files: std::collections::BTreeMap<String, Vec<u8>>| {
        files.into_iter().filter(|(path, _)| path.ends_with(".md")).collect::<Vec<_>>()
    };
    let changed = fiches(before).into_iter().zip(fiches(place.files())).filter(|(a, b)| a != b).count();
    assert_eq!(changed, 4);
    let again = place.done(&["import", "rempli.xlsx", "--oui"]);
    assert!(again.contains("aucun résultat changé, 12 fiches sans changement"), "{again}");
    place.checks_clean();
    place.done(&["build", "--no-pdf"]);
    assert!(place.read("output/candidats/2026-11/rivoal-nina/livret.html").contains("12,5"));
}

#[test]
fn every_wrong_cell_of_a_workbook_is_told_and_nothing_written() {
    let place = examples();
    place.done(&["export", "2026-11"]);
    let before = place.files();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Notes").unwrap();
    let titles =
        ["Fiche", "Référentiel", "diagnostic/demande/tuteur", "diagnostic/bruit/tuteur", "diagnostic/usure/tuteur"];
    sheet.write_row(2, 0, titles).unwrap();
    sheet.write_row(3, 0, ["2026-11/rivoal-nina", "maintenance-cycles/2026"]).unwrap();
    sheet.write_number(3, 2, 20.5).unwrap();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_number_with_format(3, 3, 46_154, &date).unwrap();
    sheet.write_formula(3, 4, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_row(4, 0, ["2026-11/tanguy-elsa", "maintenance-cycles/2026", "12"]).unwrap();
    book.add_worksheet().set_name("Brouillon").unwrap().write_string(0, 0, "bonjour").unwrap();
    place.write("faux.xlsx", book.save_to_buffer().unwrap());
    let run = place.run(&["import", "faux.xlsx", "--oui"]);
    assert_eq!(run.status, "1", "{}{}", run.stdout, run.stderr);
    for told in [
        "C4 de « Notes » : 20,5 dépasse la note maximale, 20",
        "D4 de « Notes » : le tableur a changé cette valeur en une date, 12/05/2026",
        "E4 de « Notes » : cette cellule contient une erreur d'Excel (#N/A)",
        "C5 de « Notes » : « 12 » : ce candidat ne présente pas ce bloc",
        "Rien n'est écrit",
    ] {
        assert!(run.stderr.contains(told), "{told}\n{}", run.stderr);
    }
    assert!(run.stdout.contains("feuilles laissées de côté : Brouillon"), "{}", run.stdout);
    let after = place.files();
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
}

#[test]
fn a_result_that_the_rules_forbid_is_told_with_what_they_say() {
    let place = examples();
    let before = place.files();
    // Below its threshold the first bloc closes the second, which has results.
    let list = "Fiche;Référentiel;diagnostic/demande/tuteur;diagnostic/bruit/tuteur;diagnostic/usure/tuteur;diagnostic/devis/tuteur\n\
        2026-11/kone-salif;maintenance-cycles/2026;0;0;0;0\n";
    place.write("rempli.csv", list);
    let run = place.run(&["import", "rempli.csv", "--oui"]);
    assert_eq!(run.status, "1", "{}{}", run.stdout, run.stderr);
    assert!(run.stderr.contains("2026-11/kone-salif.md serait fausse : "), "{}", run.stderr);
    assert!(before.iter().all(|(path, bytes)| place.files().get(path) == Some(bytes)));
}
