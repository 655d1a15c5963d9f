//! Dates with the month in a word: 5 January 2025, January 5–7, «۱۶ دی».

use super::month::{Month, month_at};
use super::{Core, Parts};
use crate::text::values::calendar::Date;
use crate::text::values::lexicon::Meaning;
use crate::text::values::pieces::Pieces;
use crate::text::values::spelled::spelled;
use crate::text::values::{Reading, Role};

/// The day of a month in digits or in words, how it is written, and the piece after it.
fn day_at(pieces: &Pieces<'_>, at: usize) -> Option<(u8, Parts, usize)> {
    if let Some((day, digits)) = pieces.small_number(at) {
        let day = u8::try_from(day)
            .ok()
            .filter(|day| (1..=31).contains(day) && digits <= 2)?;
        let mut parts = vec![(at, at + 1, Role::Day)];
        let mut next = at + 1;
        let suffix = pieces.written(next);
        if pieces.is_language("en") && matches!(suffix, "st" | "nd" | "rd" | "th") {
            parts.push((next, next + 1, Role::Suffix));
            next += 1;
        } else if pieces.is_language("fa") && matches!(suffix, "ام" | "م") {
            next += 1;
        }
        return Some((day, parts, next));
    }
    let spelled = spelled(pieces, at)?;
    // The first half of October is no day.
    let before = at
        .checked_sub(2)
        .filter(|before| pieces.is_space(before + 1));
    if before.is_some_and(|before| PARTS_OF_MONTHS.contains(&pieces.written(before))) {
        return None;
    }
    let day = spelled.small().filter(|day| *day <= 31)?;
    // “May two” is none; Albanian counts the days after the first.
    let is_day = spelled.is_ordinal || pieces.is_language("sq");
    is_day.then(|| (day, vec![(at, spelled.next, Role::Fixed)], spelled.next))
}

/// What else than a day is counted in a month, before the number in the languages that put it there; a native reader should check them.
const PARTS_OF_MONTHS: &[&str] = &[
    "نیمه",
    "نیمهٔ",
    "نیمۀ",
    "هفته",
    "هفتهٔ",
    "هفتۀ",
    "دهه",
    "دههٔ",
    "دهۀ",
    "النصف",
    "الأسبوع",
    "الاسبوع",
    "الثلث",
    "e",
    "i",
    "së",
    "të",
];

pub(super) fn day_first(pieces: &Pieces<'_>, at: usize, has_weekday: bool) -> Option<Core> {
    let (day, mut parts, mut next) = day_at(pieces, at)?;
    let mut first_end = next;
    let mut second = None;
    if let Some(other) = other_day(pieces, next)
        && let Some((last, last_parts, after)) = day_at(pieces, other)
        && last > day
    {
        second = Some((other, last, last_parts));
        next = after;
    }
    let month = month_behind(pieces, next)?;
    let year = year_at(pieces, month.next);
    // A number in words may count something else in the month.
    let is_vague = !pieces.is_digits(at) && !pieces.is_language("en") && !behind_small(pieces, at);
    if year.is_none() && (!month.is_safe || is_vague) && !has_weekday {
        return None;
    }
    let mut tail = month.parts.clone();
    let mut end = month.next;
    if let Some((_, of)) = year {
        tail.push((of, of + 1, Role::Year));
        end = of + 1;
    }
    let date = |day| Date {
        calendar: month.calendar,
        year: year.map(|(year, _)| year),
        month: month.number,
        day: Some(day),
    };
    if !date(day).exists() {
        return None;
    }
    let reading = |day| vec![Reading::Date(date(day), None)];
    let second = match second {
        None => {
            parts.extend(tail);
            first_end = end;
            None
        }
        Some((start, last, mut last_parts)) => {
            if !date(last).exists() {
                return None;
            }
            // The first borrows the month.
            last_parts.extend(tail);
            Some(Box::new(Core {
                readings: reading(last),
                is_sure: true,
                has_short_year: false,
                parts: last_parts,
                start,
                end,
                next: end,
                second: None,
            }))
        }
    };
    Some(Core {
        readings: reading(day),
        is_sure: true,
        has_short_year: false,
        parts,
        start: at,
        end: first_end,
        next: end,
        second,
    })
}

/// Whether nothing stands before a piece that it could belong to: a place in an order is a day then, and no week or half.
fn behind_small(pieces: &Pieces<'_>, at: usize) -> bool {
    if pieces.is_language("sq") {
        return false;
    }
    let Some(before) = at.checked_sub(1) else {
        return true;
    };
    let word = before.checked_sub(usize::from(pieces.is_space(before)));
    word.is_none_or(|word| {
        pieces.is_sign(word, &['(', '،', ',', '«', ':'])
            || PREPOSITIONS.contains(&pieces.written(word))
    })
}

/// What stands before a day and never before something else that is counted in a month; a native reader should check them.
const PREPOSITIONS: &[&str] = &[
    "در",
    "از",
    "تا",
    "روز",
    "مورخ",
    "به",
    "برای",
    "تاریخ",
    "صبح",
    "عصر",
    "شب",
    "في",
    "يوم",
    "منذ",
    "حتى",
    "إلى",
    "بتاريخ",
    "الموافق",
    "ليوم",
];

/// The second day of “5–7 January”, “5 and 7 January”.
fn other_day(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    let joint = pieces.after_space(at);
    if pieces.is_sign(joint, &['-', '–', '—', '‑']) {
        let second = pieces.after_space(joint + 1);
        return pieces.is_digits(second).then_some(second);
    }
    let word = pieces
        .is(joint, Meaning::To)
        .or_else(|| pieces.is(joint, Meaning::And))
        .filter(|_| joint > at)?;
    Some(pieces.after_space(word))
}

/// The month behind a day: after a space, a hyphen, and words that say nothing.
fn month_behind(pieces: &Pieces<'_>, at: usize) -> Option<Month> {
    let mut next = at;
    if pieces.is_sign(next, &['-', '/', '.'])
        && (pieces.is_word(next + 1) || pieces.is_space(next + 1))
    {
        // “5-Jan-2025”, “5. janar”
        if !pieces.is_sign(next, &['.']) || pieces.is_language("sq") {
            next += 1;
        } else {
            return None;
        }
    }
    for _ in 0..3 {
        next = pieces.after_space(next);
        if let Some(month) = month_at(pieces, next) {
            return Some(month);
        }
        next = pieces.is(next, Meaning::Small)?;
    }
    None
}

/// A year of four digits behind a month or a day: its number and its piece.
fn year_at(pieces: &Pieces<'_>, at: usize) -> Option<(i32, usize)> {
    let mut next = at + usize::from(pieces.is_sign(at, &[',', '،', '-', '/']));
    for _ in 0..4 {
        next = pieces.after_space(next);
        if let Some((year, digits)) = pieces.small_number(next) {
            let fraction = pieces.is_sign(next + 1, &['.', ',', '٫', '٬', ':', '/', '،'])
                && pieces.is_digits(next + 2);
            return (digits == 4 && !fraction).then_some((year, next));
        }
        next = pieces.is(next, Meaning::Small)?;
    }
    None
}

/// “January 5, 2025”, “January 5–7”, “January 2025”.
pub(super) fn month_first(pieces: &Pieces<'_>, at: usize) -> Option<Core> {
    let month = month_at(pieces, at)?;
    let date = |year, day| Date {
        calendar: month.calendar,
        year,
        month: month.number,
        day,
    };
    let of = pieces.after_space(month.next);
    if let Some((day, day_parts, after)) =
        day_at(pieces, of).filter(|_| of > month.next && pieces.is_digits(of))
    {
        let other = other_day(pieces, after).and_then(|other| {
            Some((
                other,
                day_at(pieces, other).filter(|(last, ..)| *last > day)?,
            ))
        });
        let end = other.as_ref().map_or(after, |(_, (_, _, after))| *after);
        let year = year_at(pieces, end);
        let touches = pieces.is_sign(end, &[':', '.', ',', '/', '%']) && pieces.is_digits(end + 1);
        if (year.is_some() || pieces.is_language("en"))
            && !touches
            && date(year.map(|(year, _)| year), Some(day)).exists()
        {
            let number = year.map(|(year, _)| year);
            let whole = year.map_or(end, |(_, of)| of + 1);
            let tail = year.map(|(_, of)| (of, of + 1, Role::Year));
            let mut parts = month.parts.clone();
            parts.extend(day_parts);
            let second = match other {
                Some((start, (last, mut last_parts, _))) if date(number, Some(last)).exists() => {
                    last_parts.extend(tail);
                    Some(Box::new(Core {
                        readings: vec![Reading::Date(date(number, Some(last)), None)],
                        is_sure: true,
                        has_short_year: false,
                        parts: last_parts,
                        start,
                        end: whole,
                        next: whole,
                        second: None,
                    }))
                }
                Some(_) => return None,
                None => {
                    parts.extend(tail);
                    None
                }
            };
            return Some(Core {
                readings: vec![Reading::Date(date(number, Some(day)), None)],
                is_sure: true,
                has_short_year: false,
                parts,
                start: at,
                end: if second.is_some() { after } else { whole },
                next: whole,
                second,
            });
        }
    }
    let (year, of) = year_at(pieces, month.next)?;
    let reading = date(Some(year), None);
    if !reading.exists() {
        return None;
    }
    let mut parts = month.parts;
    parts.push((of, of + 1, Role::Year));
    Some(Core {
        readings: vec![Reading::Date(reading, None)],
        is_sure: true,
        has_short_year: false,
        parts,
        start: at,
        end: of + 1,
        next: of + 1,
        second: None,
    })
}
