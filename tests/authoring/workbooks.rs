//! `livret import` of workbooks as Excel writes them.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::Place;
use crate::support::Run;

const TITLES: [&str; 6] = ["Nom", "Prénom", "Structure", "Session", "Version", "Blocs"];

/// A sheet with a header in its third row.
fn list(book: &mut Workbook, name: &str) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).unwrap();
    let bold = Format::new().set_bold();
    for (column, title) in (0..).zip(TITLES) {
        sheet.write_with_format(2, column, title, &bold).unwrap();
    }
    let _ = book;
    sheet
}

fn import(mut book: Workbook, options: &[&str]) -> (Place, Run) {
    let place = Place::base();
    place.write("liste.xlsx", book.save_to_buffer().unwrap());
    let run = place.run(&[&["import", "liste.xlsx"], options].concat());
    (place, run)
}

#[test]
fn dates_numbers_and_merged_titles_are_what_excel_makes_of_them() {
    let mut book = Workbook::new();
    let mut sheet = list(&mut book, "Inscrits");
    sheet.merge_range(0, 0, 0, 5, "Candidats 2026", &Format::new()).unwrap();
    sheet.write_row(3, 0, ["Le Goff", "Noëlle", "Mutuelle\nde l'Ouest"]).unwrap();
    // Typed « 2026-09 », kept as a date; a version and a bloc are numbers.
    let month = Format::new().set_num_format("mmm-yy");
    sheet.write_with_format(3, 3, ExcelDateTime::from_ymd(2026, 9, 1).unwrap(), &month).unwrap();
    sheet.write(3, 4, 2025).unwrap();
    sheet.write(3, 5, 2).unwrap();
    sheet.write_row(4, 0, ["Roux", "Léa"]).unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_with_format(4, 3, ExcelDateTime::from_ymd(2026, 10, 15).unwrap(), &day).unwrap();
    // « 1,2 » is a number to French Excel.
    sheet.write(4, 5, 1.2).unwrap();
    // An empty row with colours only, then one whose blocs « 1/2 » became a day.
    sheet.write_blank(5, 0, &Format::new().set_bold()).unwrap();
    sheet.write_row(6, 0, ["Noir", "Max"]).unwrap();
    sheet.write(6, 3, "2026-09").unwrap();
    sheet.write_with_format(6, 5, ExcelDateTime::from_ymd(2026, 2, 1).unwrap(), &day).unwrap();
    book.push_worksheet(sheet);
    let (place, run) = import(book, &["--oui"]);
    assert_eq!(
        place.read("content/candidats/2026-09/le-goff-noelle.md"),
        "---\nnom: Le Goff\nprenom: Noëlle\nentreprise: Mutuelle de l'Ouest\nreferentiel: essai/2025\n\
         parcours: isole\nblocs: [suivi]\n---\n",
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert!(place.read("content/candidats/2026-10-15/roux-lea.md").contains("blocs: [accueil, suivi]"));
    assert_eq!(run.status, "1");
    assert!(run.stderr.contains("F7 : Excel a changé cette valeur en une date, 01/02/2026"), "{}", run.stderr);
    let sum = "feuille « Inscrits » : 5 lignes : titres à la ligne 3, 1 au-dessus (1), 2 à écrire, 1 à corriger (7)";
    assert!(run.stdout.contains(sum), "{}", run.stdout);
    place.checks_clean();
}

#[test]
fn merged_cells_in_the_list_are_refused_with_their_ranges() {
    let mut book = Workbook::new();
    let mut sheet = list(&mut book, "Inscrits");
    sheet.merge_range(3, 2, 4, 2, "Mutuelle", &Format::new()).unwrap();
    sheet.merge_range(2, 8, 3, 9, "Remarques", &Format::new()).unwrap();
    sheet.merge_range(5, 0, 5, 1, "Roux Léa", &Format::new()).unwrap();
    book.push_worksheet(sheet);
    let (place, run) = import(book, &["--oui", "--session", "2026-09"]);
    assert_eq!(run.status, "2");
    assert!(run.stderr.contains("des cellules sont fusionnées : C4:C5, A6:B6\n"), "{}", run.stderr);
    assert!(!place.path().join("content/candidats/2026-09").exists());
}

#[test]
fn the_first_sheet_with_titles_is_read_or_the_one_that_is_named() {
    let book = || {
        let mut book = Workbook::new();
        book.add_worksheet().set_name("Notes").unwrap().write(0, 0, "à faire").unwrap();
        let mut hidden = list(&mut book, "Cachée");
        hidden.write_row(3, 0, ["Caché", "Jean"]).unwrap();
        hidden.set_hidden(true);
        book.push_worksheet(hidden);
        for (name, nom) in [("Juin", "Roux"), ("Été 2026", "Noir")] {
            let mut sheet = list(&mut book, name);
            sheet.write_row(3, 0, [nom, "Léa"]).unwrap();
            book.push_worksheet(sheet);
        }
        book
    };
    let (_, run) = import(book(), &["--session", "2026-09", "--oui"]);
    assert!(run.stdout.contains("feuille « Juin »") && run.stdout.contains("roux-lea"), "{}{}", run.stdout, run.stderr);
    let others = "feuilles laissées de côté : « Notes » (1 ligne), « Cachée » (masquée), « Été 2026 » (2 lignes) : une autre liste";
    assert!(run.stdout.contains(others), "{}", run.stdout);
    let (_, run) = import(book(), &["--session", "2026-09", "--oui", "--feuille", "ete 2026"]);
    assert!(run.stdout.contains("noir-lea"), "{}{}", run.stdout, run.stderr);
    let (_, run) = import(book(), &["--session", "2026-09", "--oui", "--feuille", "Juillet"]);
    assert!(run.stderr.contains("la feuille « Juillet » n'existe pas"), "{}", run.stderr);
    let (_, run) = import(book(), &["--session", "2026-09", "--oui", "--feuille", "Notes"]);
    assert!(run.stderr.contains("aucune ligne ne donne le titre des colonnes"), "{}", run.stderr);
}

#[test]
fn errors_of_excel_are_told_with_their_cell() {
    let mut book = Workbook::new();
    let mut sheet = list(&mut book, "Inscrits");
    sheet.write_row(3, 0, ["Roux", "Léa"]).unwrap();
    sheet.write_formula(3, 2, rust_xlsxwriter::Formula::new("=VLOOKUP(1,A1:A2,1)").set_result("#N/A")).unwrap();
    book.push_worksheet(sheet);
    let (_, run) = import(book, &["--session", "2026-09", "--oui"]);
    assert!(
        run.stderr.contains("C4 : cette cellule contient une erreur d'Excel (#N/A)"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn what_the_spreadsheet_hides_is_left_out_and_said() {
    let mut book = Workbook::new();
    let mut sheet = list(&mut book, "Inscrits");
    for (row, nom) in (3..).zip(["Roux", "Noir", "Vert", "Roux-Brun", "Gris"]) {
        sheet.write_row(row, 0, [nom, "Léa", "Ville", "2026-09"]).unwrap();
    }
    sheet.write(2, 6, "Employeur").unwrap();
    sheet.write(3, 6, "Ancien").unwrap();
    sheet.set_column_hidden(6).unwrap();
    sheet.autofilter(2, 0, 6, 3).unwrap();
    let roux = rust_xlsxwriter::FilterCondition::new().add_list_filter("Roux").add_list_filter("Roux-Brun");
    sheet.filter_column(0, &roux).unwrap();
    sheet.set_row_hidden(7).unwrap();
    book.push_worksheet(sheet);
    let (place, run) = import(book, &["--oui"]);
    assert_eq!((run.status.as_str(), run.stderr.as_str()), ("0", ""), "{}", run.stdout);
    for said in [
        "6 lignes : titres à la ligne 3, 2 à écrire, 3 laissées de côté (5, 6, 8)",
        "lignes 5, 6, 8 : masquées, à la main ou par un filtre",
        "G « Employeur » → laissée de côté (colonne masquée)",
    ] {
        assert!(run.stdout.contains(said), "{said}: {}", run.stdout);
    }
    assert!(place.read("content/candidats/2026-09/roux-lea.md").contains("entreprise: Ville\n"));
    assert!(!place.path().join("content/candidats/2026-09/noir-lea.md").exists());
}

#[test]
fn formulas_are_taken_by_their_value_and_told_where_they_have_none() {
    use rust_xlsxwriter::Formula;
    let mut book = Workbook::new();
    let mut sheet = list(&mut book, "Inscrits");
    sheet.write_row(3, 0, ["", "Léa", "", "2026-09"]).unwrap();
    sheet.write_formula(3, 0, Formula::new("=UPPER(\"roux\")").set_result("ROUX")).unwrap();
    // What Excel makes of a formula that points to an empty cell.
    sheet.write_row(4, 0, ["Noir", "Max", "", "2026-09"]).unwrap();
    sheet.write_formula(4, 2, Formula::new("=A9").set_result("0")).unwrap();
    sheet.write_row(5, 0, ["=A2&B2", "Eva", "", "2026-09"]).unwrap();
    sheet.write_row(6, 0, ["Brun\nGris", "Guy\nIda", "Ville\nde Brest", "2026-09"]).unwrap();
    sheet.write_row(7, 0, ["LefÃ¨vre", "Ugo", "Andr√©", "2026-09"]).unwrap();
    book.push_worksheet(sheet);
    let (place, run) = import(book, &["--oui"]);
    assert!(
        place.read("content/candidats/2026-09/roux-lea.md").starts_with("---\nnom: ROUX\nprenom: Léa\nreferentiel:")
    );
    for told in [
        "C5 : « 0 » n'est pas le nom d'une entreprise",
        "A6 : cette cellule contient une formule",
        "A7 : « Brun Gris » tient sur plusieurs lignes",
        "A8 : les accents de « LefÃ¨vre » sont abîmés (sans doute « Lefèvre »)",
        "C8 : les accents de « Andr√© »",
    ] {
        assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
    }
}
