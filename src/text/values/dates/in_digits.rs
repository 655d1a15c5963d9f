//! Dates in digits: 5.1.2025, ۱۴۰۳/۱۰/۱۶, 5.I.2025, with every order and calendar that they can be of.

use super::{Core, era_at};
use crate::text::values::calendar::{Calendar, Date};
use crate::text::values::pieces::Pieces;
use crate::text::values::{Order, Reading, Role};

/// A date in digits: three groups with the same sign between them; the month may be Roman.
pub(super) fn in_digits(pieces: &Pieces<'_>, at: usize) -> Option<Core> {
    let sign = pieces
        .sign(at + 1)
        .filter(|sign| matches!(sign, '/' | '-' | '.' | '٫' | '‑'))?;
    // “5. 1. 2025”
    let step = 2 + usize::from(sign == '.' && pieces.is_space(at + 2));
    let (middle, last) = (at + step, at + 2 * step);
    let even = pieces.sign(middle + 1) == Some(sign)
        && pieces.is_space(middle + 2) == (step == 3)
        && pieces.is_digits(last);
    let goes_on = pieces.sign(last + 1) == Some(sign) && pieces.is_digits(last + 2);
    if !even || goes_on {
        return None;
    }
    let (a, a_digits) = pieces.small_number(at)?;
    let (c, c_digits) = pieces.small_number(last)?;
    let roman = roman(pieces.written(middle)).filter(|_| pieces.is_word(middle));
    let (b, b_digits) = match roman {
        Some(month) => (month, 2),
        None => pieces.small_number(middle)?,
    };
    if b_digits > 2 {
        return None;
    }
    let language = pieces.language.primary();
    let slashed = sign == '/';
    let is_short =
        a_digits <= 2 && c_digits == 2 && matches!(sign, '/' | '.') && step == 2 && roman.is_none();
    let mut orders = Vec::new();
    if a_digits == 4 && c_digits <= 2 {
        orders.push((Order::YearMonthDay, (a, b, c)));
    } else if a_digits <= 2 && (c_digits == 4 || is_short) {
        orders.push((Order::DayMonthYear, (c, b, a)));
        // Month, day, year is English of one country, and has slashes.
        if slashed && a != b && roman.is_none() {
            let american = pieces.language.tag() == "en-US";
            let place = if american { 0 } else { 1 };
            orders.insert(place, (Order::MonthDayYear, (c, a, b)));
        }
        if is_short && language == "fa" && a_digits == 2 {
            orders.push((Order::YearMonthDay, (a, b, c)));
        }
    }
    let era = era_at(pieces, last + 1);
    let mut readings = Vec::new();
    for (order, (year, month, day)) in orders {
        for (calendar, year) in years(year, is_short, language) {
            let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day)) else {
                continue;
            };
            let (year, day) = (Some(year), Some(day));
            let date = Date {
                calendar,
                year,
                month,
                day,
            };
            if date.exists() && era.is_none_or(|era| era == calendar) {
                readings.push(Reading::Date(date, Some(order)));
            }
        }
    }
    if readings.is_empty() {
        return None;
    }
    // By themselves the readings of one order are of several calendars, and the language says which is meant.
    let one_order = readings.iter().all(|reading| matches!((reading, readings.first()), (Reading::Date(_, a), Some(Reading::Date(_, b))) if a == b));
    let is_english = language == "en"
        && !matches!(
            pieces.language.tag(),
            "en-US" | "en-GB" | "en-AU" | "en-IE" | "en-NZ"
        );
    let is_sure = !is_short
        && (one_order || !is_english)
        && (readings.len() == 1
            || language == "fa"
            || language == "ar"
            || era.is_some()
            || !one_order);
    if is_short {
        let digits = [at, middle, last].map(|at| pieces.digits(at).unwrap_or_default());
        readings.push(Reading::Digits(digits.join(" ")));
    }
    let month = if roman.is_some() {
        Role::Roman
    } else {
        Role::Group(1)
    };
    Some(Core {
        readings,
        is_sure,
        has_short_year: is_short,
        parts: vec![
            (at, at + 1, Role::Group(0)),
            (middle, middle + 1, month),
            (last, last + 1, Role::Group(2)),
        ],
        start: at,
        end: last + 1,
        next: last + 1,
        second: None,
    })
}

/// The calendars that a year in digits can be of, the likeliest in the language first, with the year in full.
fn years(year: i32, is_short: bool, language: &str) -> Vec<(Calendar, i32)> {
    use Calendar::{Gregorian, LunarHijri, SolarHijri};
    if is_short {
        let century = |pivot, early, late| {
            if year < pivot {
                (late + year, early + year)
            } else {
                (early + year, late + year)
            }
        };
        let (likely, other) = century(60, 1900, 2000);
        let civil = [(Gregorian, likely), (Gregorian, other)];
        return match language {
            "fa" => {
                let (likely, other) = century(40, 1300, 1400);
                [(SolarHijri, likely), (SolarHijri, other)]
                    .into_iter()
                    .chain(civil)
                    .collect()
            }
            _ => civil.into(),
        };
    }
    match year {
        1200..=1299 => vec![(SolarHijri, year)],
        1300..=1499 if language == "ar" => vec![(LunarHijri, year), (SolarHijri, year)],
        1300..=1499 => vec![(SolarHijri, year), (LunarHijri, year)],
        _ => vec![(Gregorian, year)],
    }
}

/// A month in Roman numbers.
fn roman(word: &str) -> Option<i32> {
    let found = ROMAN.iter().position(|month| *month == word)?;
    i32::try_from(found + 1).ok()
}

/// The months in Roman numbers, as Albanian writes them beside digits.
pub(in crate::text::values) const ROMAN: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];
