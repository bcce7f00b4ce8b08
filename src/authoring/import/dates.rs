//! Days and months as French people and French Excel write them: 02/03/2026, 2-mars-26, « mars 2026 ». A session is
//! mostly one of these. What looks like a date and is none is never taken for a name.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use super::table::Cell;
use crate::ground::fold::slug;
use crate::ground::paths::check_name;
use crate::ground::text::is_among;
use crate::ground::typographie::MOIS;

/// A session's folder, and what somebody should know of how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    /// `2026-06` for « juin 2026 », `2026-06-15` for a day.
    pub name: String,
    /// Whether it is a month or a day.
    pub dated: bool,
    pub note: Option<String>,
}

/// # Errors
/// Why the cell cannot name a session, in French.
pub(crate) fn session(cell: &Cell) -> Result<Session, String> {
    if let Some(refusal) = cell.refusal() {
        return Err(refusal.message);
    }
    let shown = cell.text();
    let name = match cell {
        Cell::Date(day) if YEARS.contains(&day.year()) => return Ok(of_day(*day, None)),
        Cell::Date(_) => return Err(no_date(&shown)),
        Cell::Number(number) if *number >= 9_999.5 => return serial(*number).ok_or_else(|| no_date(&shown)),
        Cell::Number(_) if like_a_date(&shown) => return Err(no_date(&shown)),
        Cell::Text(text) => match read(text) {
            Some(found) => return Ok(found),
            None if like_a_date(text) => return Err(no_date(text)),
            None => slug(text),
        },
        _ => slug(&shown),
    };
    match check_name(&name) {
        Ok(()) => Ok(Session { name, dated: false, note: None }),
        Err(_) => Err(format!("« {shown} » ne peut pas nommer une session")),
    }
}

/// Whether a text can only be a date as Americans write it: 11/15/2026.
pub(crate) fn american(cell: &Cell) -> bool {
    figures(cell).is_some_and(|[month, day, year]| month <= 12 && (13..=31).contains(&day) && year > 31)
}

/// Whether a text is another day when it is read as Americans do: 03/04/2026.
pub(crate) fn two_ways(cell: &Cell) -> bool {
    figures(cell).is_some_and(|[a, b, _]| a <= 12 && b <= 12 && a != b)
}

fn figures(cell: &Cell) -> Option<[u32; 3]> {
    let Cell::Text(text) = cell else { return None };
    let parts: Vec<u32> =
        without_time(text).split(['/', '-', '.']).map_while(|part| part.trim().parse().ok()).collect();
    parts.try_into().ok()
}

/// Years that sessions have; what lies outside is another thing, or a slip.
const YEARS: std::ops::RangeInclusive<i16> = 2010..=2060;

fn no_date(shown: &str) -> String {
    format!("« {shown} » n'est ni un mois, ni un jour, ni un nom de session")
}

fn of_day(day: Date, note: Option<String>) -> Session {
    // A spreadsheet makes the first of the month out of « 2026-06 ».
    let name = if day.day() == 1 { day.strftime("%Y-%m") } else { day.strftime("%Y-%m-%d") };
    Session { name: name.to_string(), dated: true, note }
}

/// A day as spreadsheets count them: what a date is when its column has lost its format.
fn serial(number: f64) -> Option<Session> {
    let days = format!("{:.0}", number.floor()).parse::<i32>().ok().filter(|days| (1..80_000).contains(days))?;
    let day = date(1899, 12, 30).checked_add(days.days()).ok().filter(|day| YEARS.contains(&day.year()))?;
    let note = format!("{days} est le nombre par lequel Excel compte le {}", day.strftime("%d/%m/%Y"));
    Some(of_day(day, Some(note)))
}

fn read(text: &str) -> Option<Session> {
    let plain = without_time(text);
    // « 4,63E+04 » has lost its last figures.
    let figures = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    let number = if figures { plain.replace(',', ".").parse().ok() } else { None };
    if let Some(number) = number.filter(|n: &f64| *n >= 9_999.5) {
        return serial(number);
    }
    let (year, month, day) = month_or_day(&plain)?;
    let name = match day {
        // The first of the month in figures is what a spreadsheet's month becomes when it is saved as CSV.
        Some(day) if day != 1 || plain.contains(char::is_alphabetic) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}"),
    };
    Some(Session { name, dated: true, note: None })
}

/// « 30/06/2026 » out of « 30/06/2026 00:00 », « 30/06/2026 à 14h », « 2026-06-30T00:00:00 ».
fn without_time(text: &str) -> String {
    let is_time = |word: &str| {
        let figures = word.split([':', 'h', 'H', '.', 'Z', '+']);
        word.starts_with(|c: char| c.is_ascii_digit())
            && (word.contains(':') || word[1..].contains(['h', 'H']))
            && figures.into_iter().all(|part| part.chars().all(|c| c.is_ascii_digit()))
    };
    let iso = text
        .char_indices()
        .find(|(at, c)| *c == 'T' && text[..*at].ends_with(|c: char| c.is_ascii_digit()) && is_time(&text[at + 1..]));
    let text = iso.map_or(text, |(at, _)| &text[..at]);
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.last().is_some_and(|w| is_time(w) || matches!(*w, "à" | "AM" | "PM" | "am" | "pm")) && words.len() > 1
    {
        words.pop();
    }
    words.join(" ")
}

/// Whether a text is made of figures as dates are, or has a month's name with them.
fn like_a_date(text: &str) -> bool {
    let text = without_time(text);
    let words = slug(&text);
    let parts: Vec<&str> = words.split('-').filter(|w| !w.is_empty()).collect();
    let number = |w: &&str| w.strip_suffix("er").unwrap_or(w).chars().all(|c| c.is_ascii_digit());
    let numbers = parts.iter().filter(|w| number(w)).count();
    let years = |w: &&str| year(w).is_some() && w.len() == 4;
    match parts.as_slice() {
        [] => false,
        // A year, a school year.
        [one] => number(one) && !years(one),
        [a, b] if years(a) && years(b) => false,
        _ if numbers == parts.len() => true,
        [mantissa @ .., _] if text.contains("E+") => mantissa.iter().all(number),
        _ => {
            numbers > 0
                && parts.len() <= 4
                && parts.iter().all(|w| number(w) || month(w).is_some() || is_among(w, DAYS))
        }
    }
}

const ENGLISH: &str = "january february march april may june july august september october november december";
const DAYS: &str = "lundi mardi mercredi jeudi vendredi samedi dimanche";

/// Year, month, day; `None` if the text is no date of the calendar.
fn month_or_day(text: &str) -> Option<(i16, i8, Option<i8>)> {
    let words = slug(text);
    let parts: Vec<&str> = words.split('-').filter(|w| !is_among(w, DAYS) && !is_among(w, "session de d du")).collect();
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
    let year = match word.len() {
        2 => 2000 + year,
        4 => year,
        _ => return None,
    };
    YEARS.contains(&year).then_some(year)
}

/// A number, or a name in full or cut short, in French or English: « févr », « juil », « Aug ».
fn month(word: &str) -> Option<i8> {
    if word.chars().all(|c| c.is_ascii_digit()) {
        return word.parse().ok().filter(|month| (1..=12).contains(month));
    }
    let fits = |names: &[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word));
    let names = MOIS.into_iter().map(slug).zip(ENGLISH.split(' '));
    let mut found = (1..).zip(names).filter(|(_, (french, english))| fits(&[french, english]));
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

    fn of(text: &str) -> Result<String, String> {
        session(&Cell::of(text).unwrap()).map(|session| session.name)
    }

    #[test]
    fn sessions_are_months_or_days_however_they_are_written() {
        for june in
            ["2026-06", "juin 2026", "Juin-26", "06/2026", "session de juin 2026", "2026/06", "JUIN 26", "Jun-26"]
        {
            assert_eq!(of(june).as_deref(), Ok("2026-06"), "{june}");
        }
        for day in [
            "02/03/2026",
            "2-mars-26",
            "2 mars 2026",
            "2026-03-02",
            "lundi 2 mars 2026",
            "2.3.26",
            "02/03/2026 00:00",
            "02/03/2026 14:30:00",
            "2026-03-02T09:00:00",
            "2 mars 2026 à 9h30",
            "46083",
            "46083,5",
            "2-Mar-26",
        ] {
            assert_eq!(of(day).as_deref(), Ok("2026-03-02"), "{day}");
        }
        assert_eq!(of("1er févr. 2026").as_deref(), Ok("2026-02-01"));
        assert_eq!(of("juil-26").as_deref(), Ok("2026-07"));
        assert_eq!(of("Aug-26").as_deref(), Ok("2026-08"));
        assert_eq!(of("sept-26").as_deref(), Ok("2026-09"));
        assert_eq!(of("Printemps Brest").as_deref(), Ok("printemps-brest"));
        assert_eq!(of("2026-S1").as_deref(), Ok("2026-s1"));
        assert_eq!(of("2026-2027").as_deref(), Ok("2026-2027"));
        assert_eq!(of("2026").as_deref(), Ok("2026"));
        assert_eq!(session(&Cell::Date(date(2026, 6, 1))).map(|s| s.name).as_deref(), Ok("2026-06"));
        assert_eq!(of("01/06/2026").as_deref(), Ok("2026-06"));
        assert_eq!(session(&Cell::Number(2026.0)).map(|s| s.name).as_deref(), Ok("2026"));
        let serial = session(&Cell::Number(46266.0)).unwrap();
        assert_eq!((serial.name.as_str(), serial.dated), ("2026-09", true));
        assert!(serial.note.unwrap().contains("01/09/2026"));
    }

    #[test]
    fn what_looks_like_a_date_and_is_none_names_no_session() {
        for wrong in [
            "31/02/2026",
            "11/15/2026",
            "2026-13",
            "13/2026",
            "30/06/1926",
            "99999",
            "202606",
            "20260615",
            "26-06",
            "0/2026",
            "2026-06-31",
            "32 mars 2026",
            "mars 1987",
            "06.2026.1",
            "***",
            "nul",
        ] {
            assert!(of(wrong).is_err(), "{wrong}: {:?}", of(wrong));
        }
        assert!(session(&Cell::Date(date(1905, 7, 18))).is_err() && session(&Cell::Number(12_345.0)).is_err());
        let text = |text: &str| Cell::Text(text.to_owned());
        assert!(american(&text("11/15/2026")) && !american(&text("15/11/2026")) && !american(&text("2026-11-15")));
        assert!(two_ways(&text("03/04/2026 00:00")) && !two_ways(&text("04/04/2026")) && !two_ways(&text("avril")));
    }
}
