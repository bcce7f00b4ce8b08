//! What a cell says on a scale, as people and spreadsheets write it.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;

use super::columns::possibles;
use crate::authoring::import::Refusal;
use crate::authoring::import::table::Cell;
use crate::ground::diagnostic::Diagnostics;
use crate::ground::fold;
use crate::ground::source::{Sources, Span, Spanned};
use crate::judge::link::valeur::valeur;
use crate::model::forme::{Echelle, Valeur};

/// # Errors
/// Why it is no result.
pub(crate) fn read(cell: &Cell, echelle: &Echelle) -> Result<Valeur, Refusal> {
    let text = match cell {
        Cell::Date(_) => {
            return Err(Refusal::new(
                format!("le tableur a changé cette valeur en une date, {}", cell.text()),
                "tapez-la de nouveau, avec une virgule (12,5), ou précédée d'une apostrophe",
            ));
        }
        Cell::Number(number) => of_number(*number, echelle)?,
        other => other.text(),
    };
    // An apostrophe keeps a text one for a spreadsheet.
    let text = match text.strip_prefix('\'') {
        Some(rest) if echelle.niveau(&text).is_none() => rest.trim(),
        _ => text.trim(),
    };
    let (mut sources, mut diagnostics) = (Sources::default(), Diagnostics::default());
    let written = Spanned::new(text.to_owned(), Span::new(sources.add("", text), 0..0));
    // A level is known by the name that is printed beside its box, too.
    let by_name = || fold::find(text, echelle.niveaux().iter().map(|n| n.nom.as_str())).map(Valeur::Niveau);
    if let Some(found) = valeur(&written, echelle, &mut diagnostics).or_else(by_name) {
        return Ok(found);
    }
    if let Some(refusal) = cell.refusal() {
        return Err(refusal);
    }
    let said = diagnostics.sorted(&sources).first().map(|said| said.message.clone());
    let message = said.unwrap_or_else(|| format!("« {text} » n'est pas un résultat"));
    Err(Refusal::new(message, format!("possibles : {}", possibles(echelle))))
}

/// A spreadsheet keeps « 85 % » as 0.85.
fn of_number(number: f64, echelle: &Echelle) -> Result<String, Refusal> {
    let percent = matches!(echelle, Echelle::Note(note) if note.unite.as_deref().is_some_and(|u| u.contains('%')));
    if percent && number > 0.0 && number <= 1.0 {
        let hundred = Cell::Number(number * 100.0).text();
        return Err(Refusal::new(
            format!("{} : est-ce {hundred} %, ou moins de 1 % ?", Cell::Number(number).text()),
            "mettez la colonne au format Texte, et tapez la valeur sans le signe %",
        ));
    }
    Ok(decimal(number).map_or_else(|| Cell::Number(number).text(), |decimal| decimal.to_string()))
}

/// The number that was typed: spreadsheets keep fifteen figures.
pub(crate) fn decimal(number: f64) -> Option<Decimal> {
    Decimal::from_f64(number).map(|decimal| decimal.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::forme::{Niveau, Note};

    fn niveau(id: &str, code: &str, nom: &str) -> Niveau {
        let (id, code, nom) = (id.to_owned(), code.to_owned(), nom.to_owned());
        let span = Span::new(Sources::default().add("", ""), 0..0);
        Niveau {
            id,
            code,
            nom,
            definition: String::new(),
            commentaire_attendu: false,
            case: true,
            valeur: None,
            acquis: false,
            compte: true,
            span,
        }
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    #[test]
    fn what_people_type_is_understood() {
        let niveaux = vec![niveau("plus", "+", "Acquis"), niveau("moins", "-", "Non acquis"), niveau("3", "N", "Nul")];
        let levels = Echelle::Niveaux(niveaux.clone());
        let read_level = |cell: &Cell| read(cell, &levels).ok();
        assert_eq!(read_level(&text("Plus")), Some(Valeur::Niveau(0)));
        assert_eq!(read_level(&text("'+")), Some(Valeur::Niveau(0)));
        assert_eq!(read_level(&text("NON ACQUIS")), Some(Valeur::Niveau(1)));
        assert_eq!(read_level(&Cell::Number(3.0)), Some(Valeur::Niveau(2)));
        assert_eq!(read_level(&text("oui")), None);
        let error = read(&text("acquise"), &levels).unwrap_err();
        assert_eq!(error.help, "possibles : plus, moins, 3");
        assert!(read(&Cell::Formula(None), &levels).is_err() && read(&Cell::Error("#N/A".into()), &levels).is_err());
        assert!(read(&Cell::Date(jiff::civil::date(2026, 5, 12)), &levels).is_err());

        let note = |unite: Option<&str>, max| {
            let (pas, unite) = (Decimal::new(5, 1), unite.map(str::to_owned));
            Echelle::Note(Note { max: Decimal::from(max), pas, unite, autres: vec![niveau("absent", "AB", "Absent")] })
        };
        let marks = note(None, 20);
        for (cell, expected) in [(text("12,5"), "12.5"), (text("12.5"), "12.5"), (Cell::Number(12.5), "12.5")] {
            assert_eq!(read(&cell, &marks), Ok(Valeur::Note(expected.parse().unwrap())), "{cell:?}");
        }
        assert_eq!(read(&text("ab"), &marks), Ok(Valeur::Niveau(0)));
        for wrong in [text("21"), text("12,3"), Cell::Number(-1.0), Cell::Number(f64::NAN), text("-1"), text("12/20")] {
            assert!(read(&wrong, &marks).is_err(), "{wrong:?}");
        }
        assert!(read(&Cell::Number(0.85), &note(Some("%"), 100)).unwrap_err().message.contains("85 %"));
        assert_eq!(read(&text("85 %"), &note(Some("%"), 100)), Ok(Valeur::Note(Decimal::from(85))));
        assert_eq!(read(&text("VRAI"), &Echelle::Coche), Ok(Valeur::Coche(true)));
        assert_eq!(decimal(0.1 + 0.2), Some(Decimal::new(3, 1)));
    }
}
