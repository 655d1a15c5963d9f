//! Ranges and numbers with dashes that are typed backwards.

use std::ops::Range;

use super::said;
use crate::check::pair::{Pair, Text};
use crate::check::{Check, Finding, Side};
use crate::text::tokens::ascii_digit;
use crate::text::values::{Decimal, Kind, Reading, Value};

/// The runs of digits in a stretch of a text, in ASCII.
fn digit_runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    for letter in text.chars() {
        match (ascii_digit(letter), runs.last_mut()) {
            (Some(digit), Some(run)) => run.push(digit),
            (None, Some(run)) if !run.is_empty() => runs.push(String::new()),
            _ => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

/// Numbers with dashes or spaces whose groups stand in the reverse order on the other side, as they do when somebody typed them until they looked
/// right in a line that runs the other way. Both sides of such a pair are taken out; groups in the right order need no word.
pub(super) fn backwards(
    pair: &Pair<'_>,
    missing: &mut Vec<Value>,
    added: &mut Vec<Value>,
    found: &mut Vec<Finding>,
) {
    let runs_of = |text: &Text<'_>, values: &[Value]| -> Vec<(usize, String)> {
        let runs = values.iter().enumerate().flat_map(|(at, value)| {
            digit_runs(said(text, value))
                .into_iter()
                .map(move |run| (at, run))
        });
        runs.collect()
    };
    // Either side may have been read as one number, and the other as several.
    for own_is_source in [true, false] {
        let (own, other, own_text, other_text) = match own_is_source {
            true => (&mut *missing, &mut *added, &pair.source, &pair.target),
            false => (&mut *added, &mut *missing, &pair.target, &pair.source),
        };
        let mut at = 0;
        while let Some(value) = own.get(at) {
            let is_code = matches!(value.kind, Kind::Phone | Kind::Reference | Kind::Range);
            let groups = if is_code {
                digit_runs(said(own_text, value))
            } else {
                Vec::new()
            };
            let there = runs_of(other_text, other);
            let place = (groups.len() > 1).then_some(()).and_then(|()| {
                let starts = 0..(there.len() + 1).saturating_sub(groups.len());
                starts.into_iter().find_map(|start| {
                    let window = there.get(start..start + groups.len())?;
                    let same = window.iter().map(|(_, run)| run).eq(groups.iter());
                    let reversed = window.iter().rev().map(|(_, run)| run).eq(groups.iter());
                    let (first, last) = (window.first()?.0, window.last()?.0);
                    let covers = |at: usize| {
                        there.iter().filter(|(of, _)| *of == at).count()
                            == window.iter().filter(|(of, _)| *of == at).count()
                    };
                    ((same || reversed) && covers(first) && covers(last))
                        .then_some((first, last, !same))
                })
            });
            let Some((first, last, is_reversed)) = place else {
                at += 1;
                continue;
            };
            let value = own.remove(at);
            let others: Vec<Value> = other.drain(first..=last).collect();
            let (source, target) = match own_is_source {
                true => (span(&[value]), span(&others)),
                false => (span(&others), span(&[value])),
            };
            if is_reversed {
                let reason = format!(
                    "“{}” has the groups of “{}” in the reverse order",
                    pair.target.text.get(target.clone()).unwrap_or_default(),
                    pair.source.text.get(source).unwrap_or_default()
                );
                found.push(Finding::new(
                    Check::RangeReversed,
                    Side::Target,
                    target,
                    reason,
                ));
            }
        }
    }
}

/// From the first of some values to the last.
fn span(values: &[Value]) -> Range<usize> {
    let start = values.iter().map(|value| value.place.start).min();
    let end = values.iter().map(|value| value.place.end).max();
    start.unwrap_or(0)..end.unwrap_or(0)
}

/// The ends of a range in the order of the text, or the groups of a number with dashes.
fn ends(value: &Value) -> Option<(Decimal, Decimal)> {
    match value.readings.first()? {
        Reading::Range(from, to) if from != to => Some((*from, *to)),
        _ => None,
    }
}

pub(super) fn range(pair: &Pair<'_>, source: &Value, target: &Value, found: &mut Vec<Finding>) {
    let Some(((from, to), (first, second))) = ends(source).zip(ends(target)) else {
        return;
    };
    if from == second && to == first {
        let reason = format!(
            "“{}” is typed backwards: it runs from {from} to {to}",
            said(&pair.target, target)
        );
        found.push(Finding::new(
            Check::RangeReversed,
            Side::Target,
            target.place.clone(),
            reason,
        ));
    }
}
