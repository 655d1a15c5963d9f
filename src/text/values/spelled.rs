//! Numbers in words, as far as they are safe: from two up, and not the words that mostly mean something else.

use super::lexicon::Meaning;
use super::numbers::unit_after;
use super::pieces::Pieces;
use super::{Decimal, Found, Kind, Reading, Role, Value};

/// A number in words.
pub(super) struct Spelled {
    pub(super) number: i64,
    pub(super) is_ordinal: bool,
    /// How many words it has.
    words: usize,
    /// The piece after it.
    pub(super) next: usize,
}

/// Words that are more often no number.
const OTHER_WORDS: &[&str] = &["نه", "second"];

pub(super) fn spelled_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let found = spelled(pieces, at)?;
    let alone = found.words == 1;
    if found.number < 2 || (alone && OTHER_WORDS.contains(&pieces.written(at))) {
        return None;
    }
    let number = Reading::Number(Decimal::whole(found.number));
    let unit = unit_after(pieces, found.next).filter(|_| !found.is_ordinal);
    let next = unit.map_or(found.next, |(_, after)| after);
    let mut value = Value::new(pieces, at, next, Kind::Spelled, vec![number]);
    value.unit = unit.map(|(unit, _)| unit);
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], next))
}

/// The number in words that begins at a piece.
pub(super) fn spelled(pieces: &Pieces<'_>, at: usize) -> Option<Spelled> {
    let mut total = 0_i64;
    let mut part = 0_i64;
    let mut lowest_scale = i64::MAX;
    let mut found = None;
    let mut next = at;
    let mut words = 0;
    loop {
        let component = |meaning| match meaning {
            Meaning::Cardinal(_) | Meaning::Ordinal(_) | Meaning::Scale(_) => Some(meaning),
            _ => None,
        };
        let Some((meaning, after)) = pieces.meaning(next, component) else {
            break;
        };
        let mut is_ordinal = false;
        match meaning {
            Meaning::Cardinal(100) if (1..=9).contains(&part) && pieces.is_language("en") => {
                part *= 100;
            }
            Meaning::Cardinal(number) if fits(part, number.into(), pieces) => {
                part += i64::from(number);
            }
            Meaning::Ordinal(number) if fits(part, number.into(), pieces) => {
                part += i64::from(number);
                is_ordinal = true;
            }
            Meaning::Scale(power)
                if part > 0 || (power == 3 && words == 0 && pieces.is_language("fa")) =>
            {
                let scale = 10_i64.pow(power.into());
                if scale >= lowest_scale {
                    break;
                }
                let more = part.max(1).checked_mul(scale);
                let Some(sum) = more.and_then(|more| total.checked_add(more)) else {
                    break;
                };
                total = sum;
                part = 0;
                lowest_scale = scale;
            }
            _ => break,
        }
        words += 1;
        found = total.checked_add(part).map(|number| Spelled {
            number,
            is_ordinal,
            words,
            next: after,
        });
        let Some(further) = joined(pieces, after).filter(|_| !is_ordinal) else {
            break;
        };
        next = further;
    }
    found
}

/// Whether a number can follow another inside one: three after twenty, twenty after a hundred; in Arabic twenty after three.
fn fits(part: i64, number: i64, pieces: &Pieces<'_>) -> bool {
    if part == 0 {
        return true;
    }
    let tens = (20..100).contains(&number) && number % 10 == 0;
    if pieces.is_language("ar") && (1..=9).contains(&(part % 100)) && tens {
        return true;
    }
    (part % 100 == 0 && number < 100) || (part % 10 == 0 && part % 100 >= 20 && number < 10)
}

/// The piece where a number may go on: behind a space or a hyphen, or behind the word for and.
fn joined(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    let hyphen = pieces.is_sign(at, &['-', '‑']) && pieces.is_language("en");
    if !pieces.is_space(at) && !hyphen {
        return None;
    }
    let at = at + 1;
    if let Some(after) = pieces.is(at, Meaning::And) {
        return pieces.is_space(after).then_some(after + 1);
    }
    let is_scale = |meaning| matches!(meaning, Meaning::Scale(_)).then_some(());
    let bare = pieces.is_language("en")
        || pieces.meaning(at, is_scale).is_some()
        || (pieces.is_language("ar") && pieces.written(at).starts_with('و'));
    bare.then_some(at)
}

#[cfg(test)]
mod tests {
    use crate::text::language::Language;
    use crate::text::values::{Kind, Reading, values};

    #[test]
    fn numbers_in_words_agree_with_digits() {
        for (tag, text, number) in [
            ("en", "three letters", "3"),
            ("en", "twenty-three", "23"),
            ("en", "two hundred and fifty-one", "251"),
            ("en", "two million five hundred thousand", "2500000"),
            ("fa", "بیست و سه نامه", "23"),
            ("fa", "دو هزار و سیصد و چهل", "2340"),
            ("fa", "هزار و دویست", "1200"),
            ("fa", "سوم", "3"),
            ("ar", "خمسة وعشرين كتابا", "25"),
            ("ar", "مئة وخمسون", "150"),
            ("ar", "خمسة عشر", "15"),
            ("ar", "ثلاثة آلاف", "3000"),
            ("sq", "njëzet e tre", "23"),
            ("sq", "dy mijë e pesëqind", "2500"),
            ("sq", "gjashte", "6"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].kind, Kind::Spelled, "{text}");
            let Reading::Number(value) = found[0].readings[0] else {
                panic!("{text}")
            };
            assert_eq!(value.to_string(), number, "{text}");
        }
        for (tag, text) in [
            ("en", "one first thousand"),
            ("fa", "نه"),
            ("sq", "një"),
            ("ar", "واحد"),
            ("de", "drei"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
