//! Days and months as French people and French Excel write them: 02/03/2026, 2-mars-26, « mars 2026 ». A session is
//! mostly one of these.

use jiff::civil::Date;

use super::table::Cell;
use crate::fold::slug;
use crate::plan::check_name;

/// The folder of a session out of what was written: `2026-06` for « juin 2026 », `2026-06-15` for a day.
///
/// # Errors
/// Why it cannot be a folder, in French.
pub fn session(cell: &Cell) -> Result<String, String> {
    let name = match cell {
        Cell::Error(error) => return Err(format!("la cellule contient une erreur d'Excel ({error})")),
        // A spreadsheet makes the first of the month out of « 2026-06 ».
        Cell::Date(date) if date.day() == 1 => date.strftime("%Y-%m").to_string(),
        Cell::Date(date) => date.strftime("%Y-%m-%d").to_string(),
        Cell::Number(_) => slug(&cell.text()),
        Cell::Text(text) => match month_or_day(text) {
            // The first of the month in figures is what a spreadsheet's month becomes when it is saved as CSV.
            Some((year, month, Some(day))) if day != 1 || text.contains(char::is_alphabetic) => {
                format!("{year:04}-{month:02}-{day:02}")
            }
            Some((year, month, _)) => format!("{year:04}-{month:02}"),
            None => slug(text),
        },
    };
    match check_name(&name) {
        Ok(()) => Ok(name),
        Err(_) => Err(format!("« {} » ne peut pas nommer une session", cell.text())),
    }
}

const MOIS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];
const JOURS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// Year, month, day; `None` if the text is no date of the calendar.
fn month_or_day(text: &str) -> Option<(i16, i8, Option<i8>)> {
    let words = slug(text);
    let parts: Vec<&str> = words.split('-').filter(|w| !JOURS.contains(w) && *w != "session" && *w != "de").collect();
    let (year, month, day) = match parts.as_slice() {
        [a, b] if is_year(a) => (year(a)?, month(b)?, None),
        [a, b] => (year(b)?, month(a)?, None),
        [a, b, c] if is_year(a) => (year(a)?, month(b)?, Some(day(c)?)),
        [a, b, c] => (year(c)?, month(b)?, Some(day(a)?)),
        _ => return None,
    };
    Date::new(year, month, day.unwrap_or(1)).ok()?;
    Some((year, month, day))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.chars().all(|c| c.is_ascii_digit())
}

fn year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    match word.len() {
        2 => Some(2000 + year),
        4 if (1990..=2100).contains(&year) => Some(year),
        _ => None,
    }
}

/// A number, or a name in full or cut short: « févr », « juil ».
fn month(word: &str) -> Option<i8> {
    if word.chars().all(|c| c.is_ascii_digit()) {
        return word.parse().ok().filter(|month| (1..=12).contains(month));
    }
    let mut found = (1..).zip(MOIS).filter(|(_, name)| word.len() >= 3 && name.starts_with(word));
    match (found.next(), found.next()) {
        (Some((number, _)), None) => Some(number),
        _ => None,
    }
}

fn day(word: &str) -> Option<i8> {
    word.strip_suffix("er").unwrap_or(word).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_months_or_days_however_they_are_written() {
        let of = |text: &str| session(&Cell::of(text).unwrap());
        for june in ["2026-06", "juin 2026", "Juin-26", "06/2026", "session de juin 2026", "2026/06", "JUIN 26"] {
            assert_eq!(of(june).as_deref(), Ok("2026-06"), "{june}");
        }
        for day in ["02/03/2026", "2-mars-26", "2 mars 2026", "2026-03-02", "lundi 2 mars 2026", "2.3.26"] {
            assert_eq!(of(day).as_deref(), Ok("2026-03-02"), "{day}");
        }
        assert_eq!(of("1er févr. 2026").as_deref(), Ok("2026-02-01"));
        assert_eq!(of("juil-26").as_deref(), Ok("2026-07"));
        assert_eq!(of("Printemps Brest").as_deref(), Ok("printemps-brest"));
        assert_eq!(of("2026-S1").as_deref(), Ok("2026-s1"));
        assert_eq!(of("31/02/2026").as_deref(), Ok("31-02-2026"), "no day of the calendar: a name as any other");
        assert_eq!(session(&Cell::Date(Date::constant(2026, 6, 1))).as_deref(), Ok("2026-06"));
        assert_eq!(of("01/06/2026").as_deref(), Ok("2026-06"));
        assert_eq!(session(&Cell::Number(2026.0)).as_deref(), Ok("2026"));
        assert!(of("***").is_err() && of("nul").is_err());
    }
}
