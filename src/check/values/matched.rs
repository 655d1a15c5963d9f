//! Which value of a source stands for which of its translation: one to one, by all that they can mean.

use std::ops::Range;

use super::is_firm;
use crate::check::pair::Pair;
use crate::text::values::{Kind, Reading, Value};

/// How far apart in the rows of values two of a pair may be. Translations put values in another order, but hardly over more of them; and
/// a table with thousands of numbers must not be compared with all of another.
const REACH: usize = 40;

/// Which value of one side stands for which of the other.
pub(super) struct Matched<'p> {
    pub(super) source: &'p [Value],
    pub(super) target: &'p [Value],
    pub(super) of_source: Vec<Option<usize>>,
    pub(super) of_target: Vec<Option<usize>>,
}

impl<'p> Matched<'p> {
    pub(super) fn new(pair: &'p Pair<'p>) -> Self {
        let (source, target) = (pair.source.values.as_slice(), pair.target.values.as_slice());
        let mut matched = Matched {
            source,
            target,
            of_source: vec![None; source.len()],
            of_target: vec![None; target.len()],
        };
        // What is in digits first: it must find its like, and what is in words need not.
        for firm in [true, false] {
            for (at, value) in source.iter().enumerate() {
                if is_firm(value) == firm {
                    let mut seen = vec![at];
                    matched.place(at, &mut seen);
                }
            }
        }
        matched
    }

    /// Finds a like for a value of the source; values that have one already may have to take another (Kuhn's augmenting paths, kept
    /// short).
    fn place(&mut self, at: usize, seen: &mut Vec<usize>) -> bool {
        let Some(value) = self.source.get(at) else {
            return false;
        };
        let near = reach(at, self.source.len(), self.target.len());
        let mut likes: Vec<usize> = near
            .filter(|to| {
                self.target
                    .get(*to)
                    .is_some_and(|other| alike(value, other))
            })
            .collect();
        likes.sort_by_key(|to| {
            let other = self.target.get(*to);
            let is_other_kind = other.is_none_or(|other| other.kind != value.kind);
            (is_other_kind, to.abs_diff(at))
        });
        for to in &likes {
            if self.of_target.get(*to).is_some_and(Option::is_none) {
                self.join(at, *to);
                return true;
            }
        }
        for to in likes {
            let Some(rival) = self.of_target.get(to).copied().flatten() else {
                continue;
            };
            if seen.len() < 8 && !seen.contains(&rival) {
                seen.push(rival);
                if self.place(rival, seen) {
                    self.join(at, to);
                    return true;
                }
            }
        }
        false
    }

    fn join(&mut self, source: usize, target: usize) {
        if let Some(own) = self.of_source.get_mut(source) {
            *own = Some(target);
        }
        if let Some(own) = self.of_target.get_mut(target) {
            *own = Some(source);
        }
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'p Value, &'p Value)> {
        let joined = self.source.iter().zip(&self.of_source);
        joined.filter_map(|(value, of)| Some((value, self.target.get((*of)?)?)))
    }

    /// What is left over on each side.
    pub(super) fn left(&self) -> (Vec<&'p Value>, Vec<&'p Value>) {
        let left = |values: &'p [Value], of: &[Option<usize>]| {
            let joined = values.iter().zip(of);
            let left = joined.filter(|(_, of)| of.is_none());
            left.map(|(value, _)| value).collect()
        };
        (
            left(self.source, &self.of_source),
            left(self.target, &self.of_target),
        )
    }
}

/// The places of the other row that a place of one can go with.
fn reach(at: usize, own: usize, other: usize) -> Range<usize> {
    let there = at * other / own.max(1);
    there.saturating_sub(REACH)..(there + REACH + 1).min(other)
}

/// Whether one value can stand for another. An hour is no number in words that happens to stand beside it.
fn alike(one: &Value, other: &Value) -> bool {
    let is_time = |reading: &&Reading| matches!(reading, Reading::Time(_));
    let by_hour = || {
        let mut times = one.readings.iter().filter(is_time);
        times.any(|time| other.readings.iter().any(|reading| time.is_same(reading)))
    };
    let hour_and_word = matches!(
        (one.kind, other.kind),
        (Kind::Time, Kind::Spelled) | (Kind::Spelled, Kind::Time)
    );
    (one.is_same(other) && (!hour_and_word || by_hour())) || are_years_apart(one, other)
}

/// Whether two ranges can be the same years, one in each of two calendars: ۱۴۰۰–۱۴۰۴ and 2021–2025. A year of the one begins in the first
/// months of a year of the other, so both ends may be off by one.
fn are_years_apart(one: &Value, other: &Value) -> bool {
    let years = |value: &Value| match value.readings.first() {
        Some(Reading::Range(from, to)) => from.as_whole().zip(to.as_whole()),
        _ => None,
    };
    let Some(((a, b), (c, d))) = years(one).zip(years(other)) else {
        return false;
    };
    let is_apart = |one: i64, other: i64| {
        (1200..1500).contains(&one.min(other)) && matches!((one - other).abs(), 621 | 622)
    };
    is_apart(a, c) && is_apart(b, d)
}
