//! Dates as people write them: with the month in a word or in digits, in three calendars, whole or in part.
//!
//! A date that could be of two calendars, or have day and month in another order, has a reading for each.

pub use super::calendar::{Calendar, Day};

use super::calendar::Date;
use super::lexicon::Meaning;
use super::months::{Care, MONTHS, OTHER_WORDS, WEEKDAYS};
use super::pieces::Pieces;
use super::{Found, Kind, Order, Reading, Role, Value};
use crate::text::language::Language;

/// The complete dates of a text in a language, in order: for each the days that it can be, at least one.
///
/// ```
/// use tarjuman::text::values::dates::dates;
/// use tarjuman::text::language::Language;
/// let of = |tag, text| dates(text, &Language::parse(tag).unwrap()).remove(0)[0];
/// let day = of("en", "on Saturday, 12 April 2025, at 10 a.m.");
/// assert!(day.is_same(of("fa", "روز شنبه ۲۳ فروردین ۱۴۰۴، ساعت ۱۰")));
/// assert!(day.is_same(of("ar", "يوم السبت ١٢ أبريل ٢٠٢٥")));
/// assert!(day.is_same(of("sq", "ditën e shtunë, më 12.4.2025")));
/// assert!(!day.is_same(of("sq", "më 13 prill 2025")));
/// ```
pub fn dates(text: &str, language: &Language) -> Vec<Vec<Day>> {
    let found = super::values(text, language).into_iter();
    let days = found.map(|value| value.days().collect::<Vec<_>>());
    days.filter(|days| !days.is_empty()).collect()
}

/// From which to before which piece each part stands.
type Parts = Vec<(usize, usize, Role)>;

/// A date as far as it is read: which parts it has, where it ends, and its readings.
struct Core {
    readings: Vec<Reading>,
    is_sure: bool,
    parts: Parts,
    has_short_year: bool,
    /// Where its place begins.
    start: usize,
    /// Its place ends before this piece.
    end: usize,
    /// Where reading goes on; before the end if a second date follows.
    next: usize,
    /// The day that ends a range of days of one month.
    second: Option<Box<Core>>,
}

pub(super) fn date_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let named = weekday_at(pieces, at).filter(|_| is_capital(pieces, at));
    let core = match named {
        Some((_, after)) => core_behind(pieces, after)?,
        None => core_at(pieces, at, false)?,
    };
    let Core { second, .. } = &core;
    let second = second
        .as_ref()
        .map(|second| finish(pieces, second, second.start));
    let mut value = finish(pieces, &core, at);
    if let Some(((family, number), after)) = named {
        value.weekday = Some(number);
        value.parts.insert(
            0,
            super::Part {
                place: pieces.place(at, after),
                role: Role::Weekday(family),
            },
        );
    } else if second.is_none()
        && let Some((family, number, from, to, end)) = weekday_in_brackets(pieces, core.end)
    {
        value.weekday = Some(number);
        value.part(pieces.place(from, to), Role::Weekday(family));
        value.place.end = pieces.place(at, end).end;
        return Some((vec![value], end));
    }
    let next = core.next;
    Some((std::iter::once(value).chain(second).collect(), next))
}

fn finish(pieces: &Pieces<'_>, core: &Core, from: usize) -> Value {
    let mut value = Value::new(pieces, from, core.end, Kind::Date, core.readings.clone());
    value.is_sure = core.is_sure;
    value.has_short_year = core.has_short_year;
    for (from, to, role) in &core.parts {
        value.part(pieces.place(*from, *to), *role);
    }
    value
}

/// The date behind the day of the week: a comma, a bracket and a few words may stand between them.
fn core_behind(pieces: &Pieces<'_>, after: usize) -> Option<Core> {
    // “Sun., 5 January”
    let is_short = after
        .checked_sub(1)
        .is_some_and(|word| pieces.written(word).len() <= 5);
    let first = after + usize::from(is_short && pieces.is_sign(after, &['.']));
    for at in first..first + 8 {
        if !pieces.is_space(at) {
            if let Some(core) = core_at(pieces, at, true) {
                return Some(core);
            }
            if !pieces.is_sign(at, &[',', '،', '(']) {
                pieces.is(at, Meaning::Small)?;
            }
        }
    }
    None
}

/// The day of the week at a piece: its family and its number, and the piece after it.
fn weekday_at(pieces: &Pieces<'_>, at: usize) -> Option<((u8, u8), usize)> {
    let weekday = |meaning| match meaning {
        Meaning::Weekday(family, number) => Some((family, number)),
        _ => None,
    };
    let (found, next) = pieces.meaning(at, weekday)?;
    // Of the spellings that are found by one key, the one that stands there.
    let written = pieces.text.get(pieces.place(at, next))?;
    let exact = |meaning| {
        let (family, number) = weekday(meaning)?;
        let names = WEEKDAYS.get(usize::from(family))?.names;
        (names.get(usize::from(number)) == Some(&written)).then_some((family, number))
    };
    let exact = pieces.meaning(at, exact).map(|(exact, _)| exact);
    Some((exact.unwrap_or(found), next))
}

fn weekday_in_brackets(pieces: &Pieces<'_>, at: usize) -> Option<(u8, u8, usize, usize, usize)> {
    let open = pieces.after_space(at);
    let from = open + 1;
    let ((family, number), to) = weekday_at(pieces, from)?;
    let closed = pieces.is_sign(open, &['(']) && pieces.is_sign(to, &[')']);
    closed.then_some((family, number, from, to, to + 1))
}

fn core_at(pieces: &Pieces<'_>, at: usize, has_weekday: bool) -> Option<Core> {
    if pieces.is_digits(at)
        && let Some(core) = in_digits(pieces, at)
    {
        return Some(core);
    }
    day_first(pieces, at, has_weekday).or_else(|| month_first(pieces, at))
}

/// Whether a word in Latin script begins with a capital; in other scripts none has to.
fn is_capital(pieces: &Pieces<'_>, at: usize) -> bool {
    let first = pieces.written(at).chars().next();
    !pieces.is_language("en") || first.is_some_and(char::is_uppercase)
}

/// A date in digits: three groups with the same sign between them; the month may be Roman.
fn in_digits(pieces: &Pieces<'_>, at: usize) -> Option<Core> {
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
pub(super) const ROMAN: [&str; 12] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
];

/// The calendar that is named behind a date.
pub(super) fn era_at(pieces: &Pieces<'_>, at: usize) -> Option<Calendar> {
    let at = pieces.after_space(at);
    let at = at + usize::from(pieces.is_sign(at, &['(']));
    let era = |meaning| match meaning {
        Meaning::Era(calendar) => Some(calendar),
        _ => None,
    };
    let initials = pieces.initials(at).and_then(|phrase| phrase.find(era));
    initials.or_else(|| pieces.meaning(at, era).map(|(calendar, _)| calendar))
}

/// A month in a word.
struct Month {
    /// From 1.
    number: u8,
    calendar: Calendar,
    /// Whether a day alone makes it a month.
    is_safe: bool,
    parts: Parts,
    next: usize,
}

fn month_at(pieces: &Pieces<'_>, at: usize) -> Option<Month> {
    let phrase = pieces.phrase(at).filter(|_| is_capital(pieces, at))?;
    let tag = pieces.language.tag();
    let written = pieces.text.get(pieces.place(at, phrase.next))?;
    // Of the families that have the name: the one that spells it so, then the one of the region, then the usual one.
    let mut found: Option<((u8, u8, bool), u8)> = None;
    for meaning in phrase.meanings {
        if let Meaning::Month(family, number, joined) = *meaning {
            let months = MONTHS.get(usize::from(family))?;
            let is_own = months
                .regions
                .iter()
                .any(|region| tag.ends_with(&format!("-{region}")));
            let is_exact = months.names.get(usize::from(number)) == Some(&written);
            let fit = 2 * u8::from(is_exact) + u8::from(is_own);
            if found.is_none_or(|(_, best)| fit > best) {
                found = Some(((family, number, joined), fit));
            }
        }
    }
    let ((family, number, joined), _) = found?;
    let months = MONTHS.get(usize::from(family))?;
    let mut next = phrase.next;
    let mut end = next;
    let word = pieces.after_space(next);
    let spaced = pieces.is_language("fa") && word > next && pieces.written(word) == "ماه";
    if spaced {
        next = word + 1;
    } else if is_short(months.language, family)
        && pieces.is_sign(next, &['.'])
        && !pieces.is_digits(next + 1)
    {
        next += 1;
        end = next;
    }
    let is_word = OTHER_WORDS.contains(&written) || months.care == Care::Much;
    let mut month = Month {
        number: number + 1,
        calendar: months.calendar,
        is_safe: joined
            || spaced
            || !is_word
            || months
                .regions
                .iter()
                .any(|region| tag.ends_with(&format!("-{region}"))),
        parts: vec![(at, end, Role::Month(family))],
        next,
    };
    // «يناير (كانون الثاني)»
    let open = pieces.after_space(next);
    let other = |meaning| match meaning {
        Meaning::Month(family, other, _) if other == number => Some(family),
        _ => None,
    };
    if pieces.is_sign(open, &['(', '/'])
        && let Some((family, after)) = pieces.meaning(open + 1, other)
    {
        let closed = pieces.is_sign(after, &[')']) == pieces.is_sign(open, &['(']);
        if closed
            && MONTHS
                .get(usize::from(family))
                .is_some_and(|other| other.calendar == months.calendar)
        {
            month.parts.push((open + 1, after, Role::Month(family)));
            month.next = after + usize::from(pieces.is_sign(open, &['(']));
            month.is_safe = true;
        }
    }
    Some(month)
}

/// Whether the names of a family are shortened ones.
pub(super) fn is_short(language: &str, family: u8) -> bool {
    let first = |family: usize| MONTHS.get(family).map_or("", |months| months.names[0]);
    match language {
        "en" | "sq" => first(usize::from(family)).chars().count() == 3,
        _ => false,
    }
}

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
    let spelled = super::spelled::spelled(pieces, at)?;
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

fn day_first(pieces: &Pieces<'_>, at: usize, has_weekday: bool) -> Option<Core> {
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
            // It borrows its month, and so cannot be written anew alone.
            parts = vec![(at, first_end, Role::Fixed)];
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
fn month_first(pieces: &Pieces<'_>, at: usize) -> Option<Core> {
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
                    last_parts = vec![(start, last_parts.last()?.1, Role::Fixed)];
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
            if second.is_some() {
                parts.push((at, at, Role::Fixed));
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::values::values;

    fn of(tag: &str, text: &str) -> Vec<Vec<Day>> {
        dates(text, &Language::parse(tag).unwrap())
    }

    fn found(tag: &str, text: &str) -> Vec<Value> {
        values(text, &Language::parse(tag).unwrap())
    }

    #[test]
    fn one_day_is_found_however_it_is_written() {
        let day = of("en", "2025-01-05")[0][0];
        for (tag, text) in [
            ("en", "5 January 2025"),
            ("en", "January 5, 2025"),
            ("en", "Sunday, 5 January 2025"),
            ("en", "Sun., Jan. 5, 2025"),
            ("en", "on the 5th of January 2025."),
            ("en", "the fifth of January 2025"),
            ("en", "05-Jan-2025"),
            ("en", "05/01/2025"),
            ("en", "16 Dey 1403"),
            ("en", "Rajab 5, 1446 AH"),
            ("sq", "Tiranë, më 5.1.2025"),
            ("sq", "datë 05.01.2025"),
            ("sq", "dt. 5. 1. 2025"),
            ("sq", "më 5.I.2025"),
            ("sq", "e diel, 5 janar 2025"),
            ("sq", "të dielën, më 5 janar 2025"),
            ("sq", "5 janarit të vitit 2025"),
            ("fa", "مورخ ۱۴۰۳/۱۰/۱۶"),
            ("fa", "۱۶/۱۰/۱۴۰۳"),
            ("fa", "یکشنبه ۱۶ دی ۱۴۰۳"),
            ("fa", "روز یک‌شنبه، ۱۶ دی ماه سال ۱۴۰۳"),
            ("fa", "۱۶ دی‌ماه ۱۴۰۳"),
            ("fa", "شانزدهم دی ۱۴۰۳"),
            ("fa", "۵ ژانویهٔ ۲۰۲۵"),
            ("fa", "۵ ژانویه‌ی ۲۰۲۵"),
            ("fa", "پنجم ژانویه ۲۰۲۵"),
            ("fa", "۱۶ جدی ۱۴۰۳"),
            ("fa-AF", "۵ جنوری ۲۰۲۵"),
            ("fa", "۵ رجب ۱۴۴۶ ه‍.ق."),
            ("ar", "٥ يناير ٢٠٢٥"),
            ("ar", "5\u{200F}/1\u{200F}/2025"),
            ("ar", "الأحد، 5 يناير 2025"),
            ("ar", "٥ يناير (كانون الثاني) ٢٠٢٥ م"),
            ("ar", "٥ كانون الثاني ٢٠٢٥"),
            ("ar", "5 جانفي 2025"),
            ("ar", "الخامس من يناير عام 2025"),
            ("ar", "٥ رجب ١٤٤٦ هـ"),
        ] {
            let all = of(tag, text);
            assert_eq!(all.len(), 1, "{text}: {all:?}");
            let mut readings = all[0].iter();
            assert!(readings.any(|other| day.is_same(*other)), "{text}: {all:?}");
            assert_eq!(found(tag, text).len(), 1, "{text}");
        }
        let two = of("ar", "٥ يناير (كانون الثاني) ٢٠٢٥ م الموافق ٥ رجب ١٤٤٦ هـ");
        assert_eq!(two.len(), 2);
        assert!(two.iter().all(|days| day.is_same(days[0])));
        assert_eq!(of("ar", "15 من شوال 1432 (14 سبتمبر 2011)").len(), 2);
    }

    #[test]
    fn what_is_no_date_or_no_day_is_none() {
        for text in [
            "31 February 2025",
            "May 2025",
            "12 April",
            "1.2.3",
            "99/99/2025",
            "12 trees 2025",
            "",
            "5 يناير",
            "they march 2000 miles",
        ] {
            assert_eq!(of("en", text), Vec::<Vec<Day>>::new(), "{text}");
        }
        for (tag, text) in [
            ("fa", "۱ بر صفر"),
            ("ar", "5 صفر"),
            ("sq", "gjysma e parë e tetorit"),
            ("en", "12 may 2025"),
            ("sq", "5 mar"),
        ] {
            let values = found(tag, text);
            assert!(
                values.iter().all(|value| value.kind != Kind::Date),
                "{text}: {values:?}"
            );
        }
    }

    #[test]
    fn a_day_in_words_needs_no_year_where_nothing_else_can_be_counted() {
        for (tag, text) in [
            ("fa", "در اول اکتبر"),
            ("ar", "في الأول من أكتوبر"),
            ("sq", "më 1 tetor"),
        ] {
            let found = found(tag, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(
                found[0].is_same(&self::found("en", "1 October")[0]),
                "{text}"
            );
        }
        for (tag, text) in [
            ("fa", "روزهای اول اکتبر"),
            ("ar", "المرحلة الثانية من مايو"),
        ] {
            let values = found(tag, text);
            assert!(
                values.iter().all(|value| value.kind != Kind::Date),
                "{text}"
            );
        }
    }

    #[test]
    fn a_part_of_a_month_is_no_day() {
        for (tag, text) in [
            ("en", "the first half of October 2018"),
            ("fa", "نیمهٔ اول اکتبر ۲۰۱۸"),
            ("ar", "الأسبوع الأول من مايو 2018"),
            ("sq", "java e parë e tetorit 2018"),
        ] {
            assert_eq!(of(tag, text), Vec::<Vec<Day>>::new(), "{text}");
        }
    }

    #[test]
    fn a_date_that_can_be_read_twice_has_both_readings() {
        assert_eq!(of("en", "3/4/2025")[0].len(), 2);
        assert_eq!(of("en", "13/4/2025")[0].len(), 1);
        assert_eq!(of("fa", "۱۴۴۶/۷/۵")[0].len(), 2);
        assert_eq!(found("en", "3/4/2025")[0].meaning(), None);
        assert!(found("en-GB", "3/4/2025")[0].meaning().is_some());
        assert!(found("sq", "3/4/2025")[0].meaning().is_some());
        // The other edition may say which it is.
        let explained = found("en", "3/4/2025")[0].explained_by(&found("fa", "۱۴ فروردین ۱۴۰۴")[0]);
        assert_eq!(explained.unwrap().readings.len(), 1);
    }

    #[test]
    fn years_of_two_digits_and_parts_of_dates_are_read() {
        let same = |a: (&str, &str), b: (&str, &str)| {
            let (one, two) = (found(a.0, a.1), found(b.0, b.1));
            assert_eq!((one.len(), two.len()), (1, 1), "{one:?} {two:?}");
            one[0].is_same(&two[0])
        };
        assert!(same(("sq", "5.1.25"), ("en", "5 January 2025")));
        assert!(same(("fa", "۱۶/۱۰/۰۳"), ("en", "5 January 2025")));
        assert!(same(("fa", "۰۳/۱۰/۱۶"), ("en", "5 January 2025")));
        assert!(same(("en", "5 May"), ("sq", "5 maj")) && same(("en", "May 5"), ("ar", "٥ مايو")));
        assert!(same(("en", "15 August"), ("fa", "۲۴ مرداد")));
        assert!(same(("en", "May 2025"), ("fa", "اردیبهشت ۱۴۰۴")));
        assert!(!same(("en", "May 2025"), ("sq", "qershor 2025")));
        assert!(!same(("en", "5 May 2025"), ("sq", "5 maj")));
        let range = [
            found("en", "5–7 January 2025"),
            found("en", "January 5–7, 2025"),
            found("fa", "۱۶ تا ۱۸ دی ۱۴۰۳"),
            found("sq", "5 dhe 7 janar 2025"),
        ];
        for one in &range {
            assert_eq!(one.len(), 2, "{one:?}");
            assert!(
                one.iter().zip(&range[0]).all(|(a, b)| a.is_same(b)),
                "{one:?}"
            );
        }
    }

    #[test]
    fn the_day_of_the_week_is_held_against_the_date() {
        for (tag, right, wrong) in [
            ("en", "Sunday, 5 January 2025", "Monday, 5 January 2025"),
            ("fa", "یکشنبه ۱۶ دی ۱۴۰۳", "دوشنبه ۱۶ دی ۱۴۰۳"),
            (
                "ar",
                "يوم الأحد الموافق 5 يناير 2025",
                "يوم الخميس الموافق 5 يناير 2025",
            ),
            ("sq", "5 janar 2025 (e diel)", "5 janar 2025 (e martë)"),
        ] {
            assert!(found(tag, right)[0].weekday.is_some(), "{right}");
            assert!(found(tag, right)[0].weekday_fits(), "{right}");
            assert!(!found(tag, wrong)[0].weekday_fits(), "{wrong}");
        }
    }

    /// The names of CLDR 48 (cldr-dates-full and cldr-cal-*-full, `months/format/wide` and `months/stand-alone/wide`).
    #[rustfmt::skip]
    const CLDR: &[(&str, Calendar, [&str; 12])] = &[
        ("en", Calendar::Gregorian, ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]),
        ("en", Calendar::SolarHijri, ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"]),
        ("en", Calendar::LunarHijri, ["Muharram", "Safar", "Rabiʻ I", "Rabiʻ II", "Jumada I", "Jumada II", "Rajab", "Shaʻban", "Ramadan", "Shawwal", "Dhuʻl-Qiʻdah", "Dhuʻl-Hijjah"]),
        ("sq", Calendar::Gregorian, ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"]),
        ("sq", Calendar::SolarHijri, ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"]),
        ("fa", Calendar::Gregorian, ["ژانویهٔ", "فوریهٔ", "مارس", "آوریل", "مهٔ", "ژوئن", "ژوئیهٔ", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
        ("fa", Calendar::Gregorian, ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
        ("fa", Calendar::SolarHijri, ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]),
        ("fa", Calendar::LunarHijri, ["محرم", "صفر", "ربیع‌الاول", "ربیع‌الثانی", "جمادی‌الاول", "جمادی‌الثانی", "رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"]),
        ("fa-AF", Calendar::Gregorian, ["جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"]),
        ("fa-AF", Calendar::SolarHijri, ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبلهٔ", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"]),
        ("ar", Calendar::Gregorian, ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]),
        ("ar-LB", Calendar::Gregorian, ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"]),
        ("ar-DZ", Calendar::Gregorian, ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]),
        ("ar-MA", Calendar::Gregorian, ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]),
        ("ar-MR", Calendar::Gregorian, ["يناير", "فبراير", "مارس", "إبريل", "مايو", "يونيو", "يوليو", "أغشت", "شتمبر", "أكتوبر", "نوفمبر", "دجمبر"]),
        ("ar", Calendar::LunarHijri, ["محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"]),
        ("ar", Calendar::SolarHijri, ["فرفردن", "أذربيهشت", "خرداد", "تار", "مرداد", "شهرفار", "مهر", "آيان", "آذر", "دي", "بهمن", "اسفندار"]),
    ];

    #[test]
    fn every_name_of_a_month_in_cldr_is_recognised() {
        for (tag, calendar, names) in CLDR {
            for (month, name) in (1..).zip(names) {
                let year = match calendar {
                    Calendar::Gregorian => 2025,
                    Calendar::SolarHijri => 1403,
                    Calendar::LunarHijri => 1446,
                };
                let text = format!("5 {name} {year}");
                let values = found(tag, &text);
                let wanted = Date {
                    calendar: *calendar,
                    year: Some(year),
                    month,
                    day: Some(5),
                };
                assert_eq!(values.len(), 1, "{text}: {values:?}");
                assert_eq!(values[0].readings, [Reading::Date(wanted, None)], "{text}");
            }
        }
    }
}
