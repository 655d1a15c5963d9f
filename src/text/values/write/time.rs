//! Times of day, written anew.

use super::{Written, with_parts};
use crate::text::tokens::ascii_digit;
use crate::text::values::lexicon::Half;
use crate::text::values::style::Digits;
use crate::text::values::{Reading, Role, Value};

pub(super) fn time(example: Written<'_>, value: Written<'_>) -> Option<String> {
    let half = |value: &Value| {
        value.parts.iter().find_map(|part| match part.role {
            Role::Half(half) => Some(half),
            _ => None,
        })
    };
    let of = |value: &Value| match value.readings.first() {
        Some(Reading::Time(time)) => Some(*time),
        _ => None,
    };
    let (old, new) = (of(example.value)?, of(value.value)?);
    let said = half(example.value);
    // Both on the face of a clock, without a word for which half of the day: then the new one needs none either.
    let both_open = !example.value.is_sure && !value.value.is_sure && half(value.value).is_none();
    if !(both_open || (example.value.is_sure && value.value.is_sure)) {
        return None;
    }
    let has = |wanted: Role| example.value.parts.iter().any(|part| part.role == wanted);
    if (new.minute > 0 && !has(Role::Minute)) || (new.second > 0 && !has(Role::Second)) {
        return None;
    }
    let (mut hour, mut swapped) = (new.hour, None);
    if let Some(half) = said {
        let on_face = (1..=12).find(|hour| half.hour(*hour) == Some(new.hour));
        let hours = example
            .value
            .parts
            .iter()
            .find(|part| part.role == Role::Hour)?;
        let is_long = example
            .part(hours)
            .chars()
            .filter_map(ascii_digit)
            .collect::<String>()
            .parse::<u8>()
            .ok()?
            > 12;
        match on_face {
            Some(_) if is_long => {}
            Some(found) => hour = found,
            None => {
                // Only the two letters for before and after noon exchange without a word more.
                hour = match (half, new.hour) {
                    (_, 0) => 12,
                    (_, hour @ 1..=12) => hour,
                    (_, hour) => hour.checked_sub(12)?,
                };
                swapped = Some(half);
            }
        }
    }
    with_parts(example, |part, written| {
        let digits = Digits::of(written);
        let two = |number: u8| digits.map(|digits| digits.write(&format!("{number:02}")));
        match part.role {
            Role::Hour => {
                let digits = digits?;
                let pads = written.chars().next().and_then(ascii_digit) == Some('0');
                let pads = pads
                    || (old.hour > 9
                        && said.is_none()
                        && value.text().chars().next().and_then(ascii_digit) == Some('0'));
                Some(digits.write(&if pads {
                    format!("{hour:02}")
                } else {
                    hour.to_string()
                }))
            }
            Role::Minute => two(new.minute),
            Role::Second => two(new.second),
            Role::Half(half) => match swapped {
                Some(_) => other_half(half, written),
                // “in the evening” is not for noon.
                None => (is_letters(written) || old.hour.abs_diff(new.hour) <= 3)
                    .then(|| written.to_owned()),
            },
            _ => None,
        }
    })
}

/// Whether a half of the day is said by letters alone: p.m., ص.
fn is_letters(written: &str) -> bool {
    let words = written.split(|letter: char| !letter.is_alphabetic());
    let mut words = words.filter(|word| !word.is_empty());
    let initials = |word: &str| word.chars().nth(1).is_none();
    words.clone().all(initials)
        || (matches!(written.to_lowercase().as_str(), "am" | "pm") && words.next().is_some())
}

fn other_half(half: Half, written: &str) -> Option<String> {
    if !is_letters(written) {
        return None;
    }
    let pairs: &[(char, char)] = match half {
        Half::Morning => &[('a', 'p'), ('A', 'P'), ('ص', 'م'), ('p', 'm')],
        Half::Afternoon => &[('p', 'a'), ('P', 'A'), ('م', 'ص'), ('m', 'p')],
        _ => return None,
    };
    let first = written.chars().next()?;
    // Of p.d. and p.m. only the letter behind tells which is which.
    let is_albanian = written.ends_with(['d', 'D']);
    let pairs = pairs
        .iter()
        .filter(|(from, to)| !matches!((from, to), ('p', 'm') | ('m', 'p')) == !is_albanian);
    let (_, to) = pairs.into_iter().find(|(from, _)| *from == first)?;
    let rest = written.get(first.len_utf8()..)?;
    Some(format!("{to}{rest}"))
}
