//! What explains that a value has no like on the other side: it was said before, in words, in other measures, as a part of something else.
//!
//! All words are of general knowledge; a native reader should check them.

use super::is_firm;
use crate::check::pair::Text;
use crate::text::fold;
use crate::text::values::{Decimal, Kind, Reading, Value, says};

/// Whether a value without its like is explained by something on the other side.
pub(super) fn is_explained(
    value: &Value,
    others: &[Value],
    left: &[&Value],
    there: &Text<'_>,
) -> bool {
    let parts = numbers_in(value);
    // Said before; what is said in words has its like already.
    let said = |other: &Value| is_firm(other) && value.is_same(other);
    // A part of something larger there, or put together from smaller ones.
    let whole = |other: &Value| {
        other.kind != value.kind
            && !parts.is_empty()
            && parts.iter().all(|part| numbers_in(other).contains(part))
    };
    // The nil of a result is often said in a word.
    let is_zero = |part: &Decimal| *part == Decimal::whole(0) && names(there, ZERO);
    let parts_there = || {
        parts.len() > 1
            && parts.iter().all(|part| {
                let has =
                    |other: &Value| other.kind != value.kind && numbers_in(other).contains(part);
                others.iter().any(has) || is_zero(part)
            })
    };
    others.iter().any(said)
        || says(there.text, there.language, value)
        || left.iter().any(|other| value.is_conversion_of(other))
        || (value.kind != Kind::Date && (left.iter().any(|other| whole(other)) || parts_there()))
        || (is_round_year(value) && names(there, CENTURY))
        || (matches!(value.kind, Kind::Time | Kind::Range | Kind::Number) && says_hour(there))
        || is_roman(value, there)
}

/// Whether a value numbers an item of a list that has a letter, or another number, on the other side: “1.” and “a)”.
pub(super) fn is_label(value: &Value, here: &Text<'_>, there: &Text<'_>) -> bool {
    let label = |text: &str| {
        let word = text
            .trim_start()
            .split(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let inner = word.trim_end_matches(['.', ')', '-']);
        (inner.len() < word.len() && (1..=3).contains(&inner.chars().count()))
            .then(|| text.len() - text.trim_start().len() + inner.len())
    };
    let own = label(here.text);
    own.is_some_and(|end| value.place.start < end && value.place.end <= end + 1)
        && label(there.text).is_some()
}

/// Whether an Arabic text says an hour in a word, which stands before the part of the day: السادسة مساءً.
fn says_hour(text: &Text<'_>) -> bool {
    const PARTS: &[&str] = &["صباحا", "مساء", "ظهرا", "عصرا", "ليلا", "فجرا"];
    if text.language.primary() != "ar" {
        return false;
    }
    let words: Vec<String> = text
        .words()
        .map(|word| fold::near(word.text, text.language))
        .collect();
    words.windows(2).any(|pair| match pair {
        [hour, part] => {
            let is_hour = hour.starts_with("ال") && hour.ends_with('ة') && hour != "الساعة";
            (is_hour || hour.ends_with("النصف") || hour.ends_with("الربع"))
                && PARTS.contains(&part.as_str())
        }
        _ => false,
    })
}

/// Whether the other side writes a number as Romans did, as centuries often are.
fn is_roman(value: &Value, there: &Text<'_>) -> bool {
    let [number] = numbers_in(value)[..] else {
        return false;
    };
    let Some(number @ 1..=39) = number.as_whole() else {
        return false;
    };
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    const TENS: [&str; 4] = ["", "X", "XX", "XXX"];
    let digit = |list: &[&'static str], at: i64| {
        let at = usize::try_from(at).unwrap_or(0);
        list.get(at).copied().unwrap_or_default()
    };
    let roman = format!("{}{}", digit(&TENS, number / 10), digit(&ONES, number % 10));
    there.words().any(|word| word.text == roman)
}

/// Whether a number can be a decade: the 1930s.
fn is_round_year(value: &Value) -> bool {
    let round = |number: &Decimal| {
        number
            .as_whole()
            .is_some_and(|year| (1000..2100).contains(&year) && year % 10 == 0)
    };
    numbers_in(value).iter().all(round)
}

/// How words begin, by language.
type Beginnings = &'static [(&'static str, &'static [&'static str])];

/// The words of a text that counts in centuries, in which a decade has a name and no number.
const CENTURY: Beginnings = &[
    ("en", &["centur"]),
    ("sq", &["shekull", "shekuj"]),
    ("fa", &["قرن", "سده"]),
    ("ar", &["القرن", "قرن"]),
];

/// The words for nothing in a result.
const ZERO: Beginnings = &[
    ("en", &["zero", "nil", "nothing"]),
    ("sq", &["zero"]),
    ("fa", &["صفر", "هیچ"]),
    ("ar", &["صفر", "لصفر", "لاشيء"]),
];

/// Whether a text has a word that begins so.
fn names(text: &Text<'_>, known: Beginnings) -> bool {
    let own = known
        .iter()
        .find(|(tag, _)| *tag == text.language.primary());
    let Some((_, known)) = own else { return false };
    text.words().any(|word| {
        let word = fold::loose(word.text, text.language);
        let begins = |begin: &&str| word.starts_with(&fold::loose(begin, text.language));
        known.iter().any(begins)
    })
}

/// The numbers that a value is put together from: the ends of a range, the day and the year of a date.
pub(super) fn numbers_in(value: &Value) -> Vec<Decimal> {
    let whole = |number: i64| Decimal::whole(number);
    match value.readings.first() {
        Some(Reading::Number(number)) => vec![*number],
        Some(Reading::Range(from, to)) => vec![*from, *to],
        Some(Reading::Date(date, _)) => {
            let day = date.day.map(|day| whole(day.into()));
            day.into_iter()
                .chain(date.year.map(|year| whole(year.into())))
                .collect()
        }
        Some(Reading::Year(_, year)) => vec![whole((*year).into())],
        Some(Reading::Time(time)) => {
            let minute = (time.minute > 0).then(|| whole(time.minute.into()));
            std::iter::once(whole(time.hour.into()))
                .chain(minute)
                .collect()
        }
        Some(Reading::Digits(runs)) => runs
            .split(' ')
            .filter_map(|run| Decimal::parse(run, ""))
            .collect(),
        Some(Reading::Text(_)) | None => Vec::new(),
    }
}
