//! Numbers, percentages, amounts, ranges and places in an order, written anew.

use super::{Written, with_parts};
use crate::text::language::Language;
use crate::text::tokens::ascii_digit;
use crate::text::values::lexicon::CURRENCIES;
use crate::text::values::numeral::numeral as read;
use crate::text::values::pieces::Pieces;
use crate::text::values::style::{Digits, Style, separators};
use crate::text::values::{Decimal, Kind, Reading, Role, Unit};

/// Whether two numbers take the same form of what they count in a language, so that one can stand for the other and all other words
/// stay (CLDR 48, plural rules): in English 5 and 7, not 1 and 2; in Arabic 3 and 10, not 10 and 11.
pub fn counts_alike(one: Decimal, other: Decimal, language: &Language) -> bool {
    let form = |number: Decimal| {
        let whole = number.as_whole().map(i64::abs);
        match (language.primary(), whole) {
            ("fa", _) => 0,
            ("ar", None) => 100,
            ("ar", Some(number @ 0..=2)) => number,
            ("ar", Some(number)) => match number % 100 {
                3..=10 => 3,
                11..=99 => 11,
                _ => 100,
            },
            (_, Some(1)) => 1,
            _ => 0,
        }
    };
    form(one) == form(other)
}

pub(super) fn number(
    example: Written<'_>,
    value: Written<'_>,
    language: &Language,
) -> Option<String> {
    if example.value.unit.is_some() != value.value.unit.is_some()
        || !Unit::is_same(example.value.unit, value.value.unit)
    {
        return None;
    }
    let pairs = match (example.value.meaning()?, value.value.meaning()?) {
        (Reading::Number(old), Reading::Number(new)) => vec![(*old, *new)],
        // What is typed backwards for display stays so only if both are typed forwards or both are not.
        (Reading::Range(a, b), Reading::Range(c, d))
            if is_growing(*a, *b)? == is_growing(*c, *d)? =>
        {
            vec![(*a, *c), (*b, *d)]
        }
        _ => return None,
    };
    let scale = example.value.parts.iter().find_map(|part| match part.role {
        Role::Scale(power) => Some(power),
        _ => None,
    });
    if scale.is_some() && pairs.len() > 1 {
        return None;
    }
    let power = scale.unwrap_or(0);
    let mut ends = example.text().chars();
    let has_words = ends.next().is_some_and(char::is_alphabetic)
        || ends.next_back().is_some_and(char::is_alphabetic);
    if example.value.kind == Kind::Ordinal {
        let one = Decimal::whole(1);
        // Albanian writes the first in another way.
        if language.primary() == "sq" && pairs.iter().any(|(old, new)| *old == one || *new == one) {
            return None;
        }
    } else if (has_words && example.value.unit != Some(Unit::Percent)) || scale.is_some() {
        for (old, new) in &pairs {
            if !counts_alike(old.by_ten_to(power)?, new.by_ten_to(power)?, language) {
                return None;
            }
        }
    }
    let last = pairs.last()?.1;
    let mut pairs = pairs.into_iter();
    with_parts(example, |part, written| match part.role {
        Role::Number => {
            let (old, new) = pairs.next()?;
            let (old, new) = match power {
                0 => (old, new),
                power => (old.by_ten_to(power)?, new.by_ten_to(power)?),
            };
            let places = |number: Decimal| number.digits().1.len();
            // 391,234 is not written as so many thousands.
            if power > 0 && places(new) > places(old).max(1) {
                return None;
            }
            numeral(old, new, written, value, language)
        }
        Role::Scale(_) => Some(written.to_owned()),
        Role::Suffix => {
            let suffix = english_suffix(last.as_whole()?);
            let upper = written.chars().all(char::is_uppercase);
            Some(if upper {
                suffix.to_uppercase()
            } else {
                suffix.to_owned()
            })
        }
        _ => None,
    })
}

fn is_growing(a: Decimal, b: Decimal) -> Option<bool> {
    Some(!b.plus(a.negated())?.is_negative())
}

/// A number with the digits and separators of an old one.
fn numeral(
    old: Decimal,
    new: Decimal,
    written: &str,
    value: Written<'_>,
    language: &Language,
) -> Option<String> {
    if old.is_negative() != new.is_negative() {
        return None;
    }
    let digits = Digits::of(written)?;
    let pieces = Pieces::new(written, language);
    let first = (0..pieces.len()).find(|at| pieces.is_digits(*at))?;
    let lead = written.get(..pieces.start(first))?;
    let size = |number: Decimal| {
        if number.is_negative() {
            number.negated()
        } else {
            number
        }
    };
    let found = read(&pieces, first)?;
    let shown = found
        .decimals
        .iter()
        .find(|(number, _)| *number == size(old))?
        .1;
    let usual = separators(language, digits);
    let mut style = Style {
        digits,
        ..Style::of(language)
    };
    let (old_whole, _) = old.digits();
    let (new_whole, _) = new.digits();
    let plain = value.text().split(|letter| ascii_digit(letter).is_none());
    let is_plain = plain.map(|run| run.chars().count()).max().unwrap_or(0) > 3;
    style.group = match shown.group {
        Some(group) => {
            style.grouped_from = old_whole.len().min(style.grouped_from);
            Some(group)
        }
        // A number that could have been grouped and was not, like a year; or the new one is such a number.
        None if old_whole.len() > 3
            && (old_whole.len() >= style.grouped_from || new_whole.len() <= old_whole.len()) =>
        {
            None
        }
        None if is_plain => None,
        None => usual.group,
    };
    style.decimal = match (shown.decimal, style.group) {
        (Some(decimal), _) => decimal,
        (None, Some('.')) => ',',
        (None, Some(',')) => '.',
        (None, _) => usual.decimal?,
    };
    if style.group == Some(style.decimal) {
        style.group = None;
    }
    Some(format!("{lead}{}", digits_of(size(new), &style)))
}

/// A number without its sign.
pub(super) fn digits_of(number: Decimal, style: &Style) -> String {
    let (whole, fraction) = number.digits();
    let mut text = String::new();
    let group = style
        .group
        .filter(|_| whole.len() >= style.grouped_from.max(4));
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.extend(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(style.decimal);
        text.push_str(&fraction);
    }
    style.digits.write(&text)
}

pub(super) fn english_suffix(number: i64) -> &'static str {
    match (number.abs() % 100, number.abs() % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

pub(super) fn ordinal(number: i64, language: &Language, style: &Style) -> Option<String> {
    let digits = style.digits.write(&number.to_string());
    match language.primary() {
        "en" => Some(format!("{digits}{}", english_suffix(number))),
        "fa" => Some(format!("{digits}ام")),
        "sq" if number > 1 => Some(format!("{digits}-të")),
        _ => None,
    }
}

pub(super) fn code_of(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Percent => None,
        Unit::Money(money) => money.code.or_else(|| {
            let named = CURRENCIES.iter().find(|name| name.name == money.name)?;
            match named.codes {
                [only] => Some(*only),
                _ => None,
            }
        }),
    }
}
