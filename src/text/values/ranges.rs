//! Two numbers that belong together: the ends of a range, a score.

use super::lexicon::Meaning;
use super::multiples::scale_after;
use super::numeral::numeral;
use super::pieces::Pieces;
use super::units::{unit_after, unit_before};
use super::{Kind, Unit, Value};

const DASHES: &[char] = &['-', '–', '—', '‑', '−', '‒'];

/// What a number is one end of.
pub(super) struct Range {
    /// Where the second number begins.
    pub(super) second: usize,
    /// What the first one counts, if it says so: “30% to 43%”.
    pub(super) unit: Option<Unit>,
    /// Whether a sign joins them.
    pub(super) is_sign: bool,
}

/// The range that goes on behind a number: behind a dash or a word for it.
pub(super) fn range(
    pieces: &Pieces<'_>,
    start: usize,
    at: usize,
    before: Option<(Unit, usize)>,
) -> Option<Range> {
    let own = match before {
        None => unit_after(pieces, at),
        Some(_) => None,
    };
    let end = own.map_or(at, |(_, after)| after);
    let (second, is_sign) = second_of_range(pieces, start, end)?;
    // “$5–$6 million”
    let second = match unit_before(pieces, second) {
        Some((unit, after)) if before.is_some_and(|(first, _)| first == unit) => after,
        Some(_) => return None,
        None => second,
    };
    if !pieces.is_digits(second) {
        return None;
    }
    let unit = own.map(|(unit, _)| unit);
    if let Some(unit) = unit {
        // The second one has to count the same, or a dash is no more than a dash.
        let numeral = numeral(pieces, second)?;
        let mut none = Value::new(pieces, second, second, Kind::Number, Vec::new());
        let (after, _) = scale_after(pieces, numeral.next, true, &mut none);
        unit_after(pieces, after).filter(|(other, _)| *other == unit)?;
    }
    Some(Range {
        second,
        unit,
        is_sign,
    })
}

/// Where the second number of a range begins, and whether a sign stands before it.
fn second_of_range(pieces: &Pieces<'_>, start: usize, at: usize) -> Option<(usize, bool)> {
    let spaced = pieces.is_space(at);
    let joint = pieces.after_space(at);
    if pieces.is_sign(joint, DASHES) {
        let end = joint + 1;
        let second = pieces.after_space(end);
        return (spaced == pieces.is_space(end)).then_some((second, true));
    }
    // A score, a proportion, a verse.
    if pieces.is_sign(at, &[':']) && pieces.is_digits(at + 1) {
        let is_small = |at: usize| {
            pieces
                .small_number(at)
                .is_some_and(|(_, digits)| digits <= 3)
        };
        let is_all = !pieces.is_sign(at + 2, &[':', '.', ',', '/']) || !pieces.is_digits(at + 3);
        let before = at.checked_sub(2);
        let is_first = before
            .is_none_or(|before| !pieces.is_sign(before + 1, &[':']) || !pieces.is_digits(before));
        return (is_small(start) && is_small(at + 1) && at == start + 1 && is_all && is_first)
            .then_some((at + 1, true));
    }
    if !spaced {
        return None;
    }
    if let Some(after) = pieces.is(joint, Meaning::To) {
        return pieces.is_space(after).then_some((after + 1, false));
    }
    // «بين 30 و43»
    let after = pieces
        .is(joint, Meaning::And)
        .filter(|_| behind_between(pieces, start))?;
    Some((pieces.after_space(after), false))
}

/// Whether the word for between stands before a piece.
fn behind_between(pieces: &Pieces<'_>, at: usize) -> bool {
    let word = at.checked_sub(2).filter(|word| pieces.is_space(word + 1));
    word.is_some_and(|word| pieces.is(word, Meaning::Between).is_some())
}
