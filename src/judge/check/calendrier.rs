//! Sundays and public holidays: the eleven of the code du travail (L3133-1), which hold everywhere in France. Those
//! of Alsace-Moselle and of the overseas territories are not among them.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

/// Why people hardly work on a day, after « le 1er mai 2026 est »; `None` for an ordinary day.
pub(crate) fn chome(day: Date) -> Option<&'static str> {
    ferie(day).or((day.weekday() == Weekday::Sunday).then_some("un dimanche"))
}

fn ferie(day: Date) -> Option<&'static str> {
    let after_easter = |days: i64| paques(day.year()).checked_add(days.days()).ok() == Some(day);
    Some(match (day.month(), day.day()) {
        (1, 1) => "un jour férié (jour de l'an)",
        (5, 1) => "un jour férié (fête du Travail)",
        (5, 8) => "un jour férié (victoire de 1945)",
        (7, 14) => "un jour férié (fête nationale)",
        (8, 15) => "un jour férié (Assomption)",
        (11, 1) => "un jour férié (Toussaint)",
        (11, 11) => "un jour férié (armistice de 1918)",
        (12, 25) => "un jour férié (Noël)",
        _ if after_easter(1) => "un jour férié (lundi de Pâques)",
        _ if after_easter(39) => "un jour férié (Ascension)",
        _ if after_easter(50) => "un jour férié (lundi de Pentecôte)",
        _ => return None,
    })
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn paques(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let small = |n: i32| i8::try_from(n).unwrap_or(1);
    Date::new(year, small(n / 31), small(n % 31 + 1)).unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i16, m: i8, d: i8) -> Date {
        Date::new(y, m, d).unwrap()
    }

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        let known =
            [(1954, 4, 18), (1981, 4, 19), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)];
        for (y, m, d) in known {
            assert_eq!(paques(y), day(y, m, d), "{y}");
        }
    }

    #[test]
    fn holidays_and_sundays_are_said_and_other_days_are_not() {
        let of_2026 = [(1, 1), (4, 6), (5, 1), (5, 8), (5, 14), (5, 25), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];
        for (m, d) in of_2026 {
            assert!(chome(day(2026, m, d)).is_some_and(|why| why.contains("férié")), "{d}/{m}");
        }
        let year = |m| (1..=31).filter_map(move |d| Date::new(2026, m, d).ok());
        let count = (1..=12).flat_map(year).filter(|d| ferie(*d).is_some()).count();
        assert_eq!(count, of_2026.len());
        assert_eq!(chome(day(2026, 3, 8)), Some("un dimanche"));
        assert_eq!(chome(day(2026, 3, 7)), None);
    }
}
