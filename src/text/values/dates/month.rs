//! A month in a word: of which family and calendar, and whether it may be another word.

use super::{Parts, is_capital};
use crate::text::values::Role;
use crate::text::values::calendar::Calendar;
use crate::text::values::lexicon::Meaning;
use crate::text::values::months::{Care, MONTHS, OTHER_WORDS};
use crate::text::values::pieces::Pieces;

/// A month in a word.
pub(super) struct Month {
    /// From 1.
    pub(super) number: u8,
    pub(super) calendar: Calendar,
    /// Whether a day alone makes it a month.
    pub(super) is_safe: bool,
    pub(super) parts: Parts,
    pub(super) next: usize,
}

pub(super) fn month_at(pieces: &Pieces<'_>, at: usize) -> Option<Month> {
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
pub(in crate::text::values) fn is_short(language: &str, family: u8) -> bool {
    let first = |family: usize| MONTHS.get(family).map_or("", |months| months.names[0]);
    match language {
        "en" | "sq" => first(usize::from(family)).chars().count() == 3,
        _ => false,
    }
}
