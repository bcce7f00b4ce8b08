//! Sheets as an Excel workbook: titles that stay in view, the levels of each scale to choose from, marks as numbers up to
//! their maximum. Only cells of results can be written in; the protection has no password, for it keeps from slips and
//! not from persons. The same sources give the same bytes.

use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::columns::{Cellule, Colonne, possibles, texte};
use super::derives::derives;
use super::sheet::{Feuille, QUI};
use crate::model::forme::{Echelle, Valeur};
use crate::sources::parse::echelle::francais;

/// The hidden sheet of levels: each scale is one of its columns.
const ECHELLES: &str = "Échelles";

/// # Errors
/// What Excel cannot hold.
pub fn xlsx(feuilles: &[Feuille]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let look = Look::new();
    let mut scales = Scales::default();
    let mut names = vec![ECHELLES.to_lowercase()];
    for feuille in feuilles {
        let name = sheet_name(&feuille.referentiel.chemin(), &mut names);
        sheet(book.add_worksheet().set_name(name)?, feuille, &look, &mut scales)?;
    }
    let hidden = book.add_worksheet().set_name(ECHELLES)?.set_hidden(true);
    for (column, ids) in (0..).zip(&scales.0) {
        for (row, id) in (0..).zip(ids) {
            hidden.write_string(row, column, id)?;
        }
    }
    book.save_to_buffer()
}

/// A name that Excel takes, not taken yet: « animation-nature 2026 ».
fn sheet_name(chemin: &str, taken: &mut Vec<String>) -> String {
    let clean = chemin.replace(['*', '?', ':', '[', ']', '\\', '/'], " ");
    let clean = clean.trim_matches(['\'', ' ']);
    let (start, version) = clean.rsplit_once(' ').unwrap_or((clean, ""));
    let version = cut(version, 10);
    for n in 1.. {
        let end = if n == 1 { format!(" {version}") } else { format!(" {version} ({n})") };
        let name = format!("{}{end}", cut(start, 31 - end.encode_utf16().count()));
        let name = name.trim_matches(['\'', ' ']).to_owned();
        if !taken.contains(&name.to_lowercase()) {
            taken.push(name.to_lowercase());
            return name;
        }
    }
    String::new()
}

/// The scales that lists are made of.
#[derive(Default)]
struct Scales(Vec<Vec<String>>);

impl Scales {
    /// Where the ids of a scale stand.
    fn range(&mut self, ids: Vec<String>) -> String {
        let rows = ids.len();
        let column = self.0.iter().position(|known| *known == ids).unwrap_or_else(|| {
            self.0.push(ids);
            self.0.len() - 1
        });
        let letter = rust_xlsxwriter::utility::column_number_to_name(column.try_into().unwrap_or(u16::MAX));
        format!("'{ECHELLES}'!${letter}$1:${letter}${rows}")
    }
}

struct Look {
    title: Format,
    who: Format,
    open: Format,
    number: Format,
    closed: Format,
    derived: Format,
    derived_title: Format,
}

impl Look {
    fn new() -> Self {
        let line = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xBF_BF_BF));
        let title = || line(Format::new().set_bold().set_text_wrap());
        let grey = |format: Format| format.set_background_color(Color::RGB(0xE7_E6_E6));
        let pale = |format: Format| format.set_font_color(Color::RGB(0x59_59_59)).set_italic();
        Self {
            title: title().set_background_color(Color::RGB(0xDD_EB_F7)),
            who: line(Format::new()),
            // As text: else Excel makes dates of what looks like one.
            open: line(Format::new().set_unlocked().set_num_format("@")),
            number: line(Format::new().set_unlocked()),
            closed: grey(line(Format::new())),
            derived: pale(grey(line(Format::new()))),
            derived_title: pale(grey(title())),
        }
    }
}

fn sheet(sheet: &mut Worksheet, feuille: &Feuille, look: &Look, scales: &mut Scales) -> Result<(), XlsxError> {
    let first: u16 = QUI.len().try_into().unwrap_or_default();
    let last_row: u32 = feuille.lignes.len().try_into().unwrap_or(u32::MAX);
    for (column, (titre, width)) in (0..).zip(QUI.into_iter().zip([24, 18, 16, 22, 12])) {
        sheet.write_string_with_format(0, column, titre, &look.title)?;
        sheet.set_column_width(column, width)?;
    }
    for (column, colonne) in (first..).zip(&feuille.colonnes) {
        sheet.write_string_with_format(0, column, &colonne.titre, &look.title)?;
        sheet.set_column_width(column, 14)?;
        let rule = validation(colonne, column, feuille, scales)?;
        sheet.add_data_validation(1, column, last_row.max(1), column, &rule)?;
    }
    let derived: u16 = first + u16::try_from(feuille.colonnes.len()).unwrap_or(u16::MAX - first);
    let mut end = derived;
    for (column, (titre, _)) in (derived..).zip(derives(feuille.referentiel, None)) {
        sheet.write_string_with_format(0, column, titre, &look.derived_title)?;
        sheet.set_column_width(column, 20)?;
        end = column + 1;
    }
    for (row, ligne) in (1..).zip(&feuille.lignes) {
        for (column, text) in (0..).zip(&ligne.qui) {
            sheet.write_string_with_format(row, column, text, &look.who)?;
        }
        for ((column, colonne), cellule) in (first..).zip(&feuille.colonnes).zip(&ligne.cellules) {
            cell(sheet, row, column, colonne, *cellule, look)?;
        }
        for (column, (_, value)) in (derived..).zip(&ligne.derives) {
            sheet.write_string_with_format(row, column, value.as_deref().unwrap_or_default(), &look.derived)?;
        }
    }
    sheet.autofilter(0, 0, last_row, end.saturating_sub(1))?;
    sheet.set_freeze_panes(1, 3)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    colonne: &Colonne,
    cellule: Cellule,
    look: &Look,
) -> Result<(), XlsxError> {
    let noted = matches!(colonne.echelle(), Echelle::Note(_));
    let open = if noted { &look.number } else { &look.open };
    match cellule {
        Cellule::Fermee(_) => sheet.write_blank(row, column, &look.closed)?,
        Cellule::Ouverte(None) => sheet.write_blank(row, column, open)?,
        Cellule::Ouverte(Some(Valeur::Note(note))) => match note.to_f64() {
            Some(number) if super::value::decimal(number) == Some(note) => {
                sheet.write_number_with_format(row, column, number, open)?
            }
            // More figures than a number of Excel has.
            _ => sheet.write_string_with_format(row, column, francais(note), open)?,
        },
        Cellule::Ouverte(Some(valeur)) => {
            sheet.write_string_with_format(row, column, texte(valeur, colonne.echelle()), open)?
        }
    };
    Ok(())
}

/// What a cell of a column takes; the words of what is evaluated are shown beside a cell that is chosen.
fn validation(
    colonne: &Colonne,
    column: u16,
    feuille: &Feuille,
    scales: &mut Scales,
) -> Result<DataValidation, XlsxError> {
    let (bloc, what) = colonne.libelle(feuille.referentiel);
    let possible = possibles(colonne.echelle());
    let all = DataValidation::new()
        .set_input_title(short(&bloc, 32))?
        .set_input_message(short(&format!("{what}\n{possible}"), 255))?
        .set_error_title("Ce n'est pas un résultat")?
        .set_error_message(short(&format!("Possibles : {possible}"), 255))?;
    let ids = |echelle: &Echelle| echelle.niveaux().iter().map(|n| n.id.clone()).collect::<Vec<_>>();
    Ok(match colonne.echelle() {
        // A code is none of the list, and right all the same.
        echelle @ Echelle::Niveaux(_) => all
            .allow_list_formula(Formula::new(scales.range(ids(echelle))))
            .set_error_style(DataValidationErrorStyle::Warning),
        Echelle::Coche => all.allow_list_formula(Formula::new(scales.range(vec!["oui".into(), "non".into()]))),
        echelle @ Echelle::Note(note) => {
            let max = note.max.to_f64().unwrap_or(f64::MAX);
            if note.autres.is_empty() {
                return Ok(all.allow_decimal_number(DataValidationRule::Between(0.0, max)));
            }
            let column = rust_xlsxwriter::utility::column_number_to_name(column);
            let words = scales.range(ids(echelle));
            let max = note.max.normalize();
            let rule =
                format!("OR(AND(ISNUMBER({column}2),{column}2>=0,{column}2<={max}),COUNTIF({words},{column}2)>0)");
            all.allow_custom(Formula::new(rule)).set_error_style(DataValidationErrorStyle::Warning)
        }
    })
}

/// A text of so many signs, as Excel counts them.
fn short(text: &str, most: usize) -> String {
    let fits = text.encode_utf16().count() <= most;
    if fits { text.to_owned() } else { format!("{}…", cut(text, most - 1)) }
}

/// The start of a text, of so many signs at most.
fn cut(text: &str, most: usize) -> &str {
    let mut length = 0;
    let end = text.char_indices().find(|(_, c)| {
        length += c.len_utf16();
        length > most
    });
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let mut taken = vec![ECHELLES.to_lowercase()];
        assert_eq!(sheet_name("animation-nature/2026", &mut taken), "animation-nature 2026");
        let long = "maintenance-et-reparation-des-cycles/2026";
        assert_eq!(sheet_name(long, &mut taken), "maintenance-et-reparation- 2026");
        assert_eq!(sheet_name(long, &mut taken), "maintenance-et-reparat 2026 (2)");
        for name in &taken {
            assert!(rust_xlsxwriter::utility::check_sheet_name(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn messages_are_cut_as_excel_counts() {
        assert_eq!(short(&"😀".repeat(20), 32).encode_utf16().count(), 31);
        assert_eq!(short("é", 32), "é");
    }
}
