//! Numbers, dates, amounts and addresses: does each have its like on the other side?
//!
//! The values of both sides are paired one to one by all that they can mean. What is left over may still be explained: it was said before, it
//! is the end of a range or the year of a date on the other side, it is written there in words. Only what nothing explains is told; if both
//! sides have such a value, one of them was changed.

use std::ops::Range;

use super::measures::Conversions;
use super::pair::{Pair, Text};
use super::{Check, Finding, Severity, Side};
use crate::text::fold;
use crate::text::tokens::ascii_digit;
use crate::text::values::write::{Written, rewrite};
use crate::text::values::{Decimal, Digits, Kind, Reading, Unit, Value};

/// How far apart in the rows of values two of a pair may be. Translations put values in another order, but hardly over more of them; and
/// a table with thousands of numbers must not be compared with all of another.
const REACH: usize = 40;

/// A text with more values is a table that nobody translates as one segment, and to compare all of them with all would take long.
const MOST: usize = 400;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    mixed_digits(&pair.target, found);
    if pair.source.values.len().max(pair.target.values.len()) > MOST {
        return;
    }
    let matched = Matched::new(pair);
    for (source, target) in matched.pairs() {
        weekdays(pair, source, target, found);
        range(pair, source, target, found);
    }
    addresses(pair, &matched, found);
    leftovers(pair, &matched, found);
}

/// Which value of one side stands for which of the other.
struct Matched<'p> {
    source: &'p [Value],
    target: &'p [Value],
    of_source: Vec<Option<usize>>,
    of_target: Vec<Option<usize>>,
}

impl<'p> Matched<'p> {
    fn new(pair: &'p Pair<'p>) -> Self {
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

    fn pairs(&self) -> impl Iterator<Item = (&'p Value, &'p Value)> {
        let joined = self.source.iter().zip(&self.of_source);
        joined.filter_map(|(value, of)| Some((value, self.target.get((*of)?)?)))
    }

    /// What is left over on each side.
    fn left(&self) -> (Vec<&'p Value>, Vec<&'p Value>) {
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

/// Whether a value is in digits.
fn is_firm(value: &Value) -> bool {
    value.kind != Kind::Spelled
}

fn is_address(value: &Value) -> bool {
    matches!(value.kind, Kind::Email | Kind::Url)
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

fn leftovers(pair: &Pair<'_>, matched: &Matched<'_>, found: &mut Vec<Finding>) {
    let (source, target) = matched.left();
    let open = |values: &[&Value],
                others: &[Value],
                left: &[&Value],
                (here, there): (&Text<'_>, &Text<'_>)| {
        let open = values.iter().filter(|value| {
            is_firm(value)
                && !is_address(value)
                && !is_label(value, here, there)
                && !is_explained(value, others, left, there)
        });
        open.map(|value| (*value).clone()).collect::<Vec<Value>>()
    };
    let mut missing = open(
        &source,
        matched.target,
        &target,
        (&pair.source, &pair.target),
    );
    let mut added = open(
        &target,
        matched.source,
        &source,
        (&pair.target, &pair.source),
    );
    if missing.is_empty() && added.is_empty() {
        return;
    }
    backwards(pair, &mut missing, &mut added, found);
    // The same number that counts something else.
    missing.retain(|value| {
        let same = added.iter().position(|other| value.shares_reading(other));
        let Some(other) = same.map(|at| added.remove(at)) else {
            return true;
        };
        currency(pair, value, &other, found);
        false
    });
    let conversions = Conversions::new(&pair.source, &pair.target);
    missing.retain(|value| {
        let same = added
            .iter()
            .position(|other| conversions.meet(value, other));
        same.map(|at| added.remove(at)).is_none()
    });
    // One edition may give both: 20 feet (6 m).
    let of_source = matched.source.iter().zip(&matched.of_source);
    let of_target = matched.target.iter().zip(&matched.of_target);
    let with_like = |(value, of): (&'_ Value, &Option<usize>)| of.map(|_| value.clone());
    let own: Vec<Value> = of_source.filter_map(with_like).collect();
    missing.retain(|value| {
        !own.iter()
            .any(|other| conversions.source_gives_both(other, value))
    });
    let own: Vec<Value> = of_target.filter_map(with_like).collect();
    added.retain(|value| {
        !own.iter()
            .any(|other| conversions.target_gives_both(other, value))
    });
    while let Some((at, to)) = missing.iter().enumerate().find_map(|(at, value)| {
        let to = added.iter().position(|other| comparable(value, other))?;
        Some((at, to))
    }) {
        let (value, other) = (missing.remove(at), added.remove(to));
        let mut finding = changed(pair, &value, &other);
        if conversions.are_there() && !(is_year(&value) && is_year(&other)) {
            // Feet and inches into metres: too loose to be sure.
            finding.severity = Severity::Warning;
        }
        found.push(finding);
    }
    for value in missing {
        let reason = format!(
            "the {} “{}” of the source is not in the translation",
            value.kind.name(),
            said(&pair.source, &value)
        );
        found.push(Finding::new(
            Check::ValueMissing,
            Side::Source,
            value.place,
            reason,
        ));
    }
    for value in added {
        let reason = format!(
            "the {} “{}” is not in the source",
            value.kind.name(),
            said(&pair.target, &value)
        );
        found.push(Finding::new(
            Check::ValueAdded,
            Side::Target,
            value.place,
            reason,
        ));
    }
}

/// Whether a value without its like is explained by something on the other side.
fn is_explained(value: &Value, others: &[Value], left: &[&Value], there: &Text<'_>) -> bool {
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
        || (value.kind != Kind::Date && (left.iter().any(|other| whole(other)) || parts_there()))
        || (is_round_year(value) && names(there, CENTURY))
        || (matches!(value.kind, Kind::Time | Kind::Range | Kind::Number) && says_hour(there))
        || is_roman(value, there)
}

/// Whether a value numbers an item of a list that has a letter, or another number, on the other side: “1.” and “a)”.
fn is_label(value: &Value, here: &Text<'_>, there: &Text<'_>) -> bool {
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

/// Whether a number can be a year.
fn is_year(value: &Value) -> bool {
    value
        .readings
        .iter()
        .any(|reading| matches!(reading, Reading::Year(..)))
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
fn backwards(
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

/// The numbers that a value is put together from: the ends of a range, the day and the year of a date.
fn numbers_in(value: &Value) -> Vec<Decimal> {
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

/// Whether one of two values without their likes may have been the other.
fn comparable(one: &Value, other: &Value) -> bool {
    let class = |value: &Value| match value.kind {
        Kind::Date => 1,
        Kind::Time => 2,
        _ => 0,
    };
    class(one) == class(other)
}

fn said<'t>(text: &Text<'t>, value: &Value) -> &'t str {
    text.text.get(value.place.clone()).unwrap_or_default()
}

fn changed(pair: &Pair<'_>, value: &Value, other: &Value) -> Finding {
    let check = match other.kind {
        Kind::Date | Kind::Time => Check::Date,
        _ => Check::Number,
    };
    let reason = format!(
        "“{}” is not “{}”",
        said(&pair.target, other),
        said(&pair.source, value)
    );
    let finding = Finding::new(check, Side::Target, other.place.clone(), reason);
    with_value(finding, pair, value, other)
}

/// A finding that says how a value is to be written, if it can be written as the other one is.
fn with_value(finding: Finding, pair: &Pair<'_>, value: &Value, other: &Value) -> Finding {
    let example = Written {
        value: other,
        text: pair.target.text,
    };
    let wanted = Written {
        value,
        text: pair.source.text,
    };
    match rewrite(example, wanted, pair.target.language) {
        Some(written) => finding.suggest(written),
        None => finding,
    }
}

/// The same number that counts something else.
fn currency(pair: &Pair<'_>, value: &Value, other: &Value, found: &mut Vec<Finding>) {
    if let (Some(Unit::Money(one)), Some(Unit::Money(two))) = (value.unit, other.unit) {
        let name =
            |money: crate::text::values::Currency| money.code.unwrap_or(money.name).to_owned();
        let reason = format!(
            "“{}” is an amount in {}, “{}” one in {}",
            said(&pair.target, other),
            name(two),
            said(&pair.source, value),
            name(one)
        );
        found.push(Finding::new(
            Check::Currency,
            Side::Target,
            other.place.clone(),
            reason,
        ));
    }
}

/// The name of a day of the week, from 0 for Monday.
fn weekday_name(weekday: u8) -> &'static str {
    let names = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    names.get(usize::from(weekday)).copied().unwrap_or_default()
}

fn weekdays(pair: &Pair<'_>, source: &Value, target: &Value, found: &mut Vec<Finding>) {
    let Some(weekday) = target.weekday else {
        return;
    };
    let written = said(&pair.target, target);
    let place = || target.place.clone();
    if let Some(other) = source.weekday.filter(|other| *other != weekday) {
        let reason = format!(
            "“{written}” is said of a {}, “{}” of a {}",
            weekday_name(weekday),
            said(&pair.source, source),
            weekday_name(other)
        );
        found.push(Finding::new(Check::Weekday, Side::Target, place(), reason));
    } else if !target.weekday_fits() {
        let day = target
            .days()
            .next()
            .map_or("", |day| weekday_name(day.weekday()));
        let reason = format!("“{written}” is no {} but a {day}", weekday_name(weekday));
        found.push(Finding::new(Check::Weekday, Side::Target, place(), reason));
    }
}

/// The ends of a range in the order of the text, or the groups of a number with dashes.
fn ends(value: &Value) -> Option<(Decimal, Decimal)> {
    match value.readings.first()? {
        Reading::Range(from, to) if from != to => Some((*from, *to)),
        _ => None,
    }
}

fn range(pair: &Pair<'_>, source: &Value, target: &Value, found: &mut Vec<Finding>) {
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

fn addresses(pair: &Pair<'_>, matched: &Matched<'_>, found: &mut Vec<Finding>) {
    let (source, target) = matched.left();
    let of_target: Vec<&Value> = target
        .into_iter()
        .filter(|value| is_address(value))
        .collect();
    let mut of_target = of_target.into_iter();
    for value in source.into_iter().filter(|value| is_address(value)) {
        let written = said(&pair.source, value);
        let finding = match of_target.next() {
            Some(other) => {
                let reason = format!("“{}” is not “{written}”", said(&pair.target, other));
                Finding::new(Check::Address, Side::Target, other.place.clone(), reason)
                    .suggest(written)
            }
            None => {
                let reason = format!("“{written}” is not in the translation");
                Finding::new(Check::Address, Side::Source, value.place.clone(), reason)
            }
        };
        found.push(finding);
    }
    for value in of_target {
        let reason = format!("“{}” is not in the source", said(&pair.target, value));
        found.push(Finding::new(
            Check::ValueAdded,
            Side::Target,
            value.place.clone(),
            reason,
        ));
    }
}

/// Digits of two kinds with nothing, or only a separator, between them.
fn mixed_digits(text: &Text<'_>, found: &mut Vec<Finding>) {
    let mut run: Option<Range<usize>> = None;
    let mut between = 0;
    let mut tell = |run: Option<Range<usize>>| {
        let Some(run) = run else { return };
        let written = text.text.get(run.clone()).unwrap_or_default();
        let has_digits = written.chars().any(|letter| ascii_digit(letter).is_some());
        if has_digits && Digits::of(written).is_none() && !text.is_in_address(run.start) {
            let reason = format!("“{written}” has digits of two kinds");
            let usual = match text.language.primary() {
                "fa" => Some(Digits::Persian),
                "en" | "sq" => Some(Digits::Ascii),
                _ => None,
            };
            let finding = Finding::new(Check::DigitsMixed, Side::Target, run, reason);
            found.push(match usual {
                Some(usual) => finding.suggest(usual.write(written)),
                None => finding,
            });
        }
    };
    for (at, letter) in text.visible() {
        if ascii_digit(letter).is_some() {
            let end = at + letter.len_utf8();
            match &mut run {
                Some(run) => run.end = end,
                None => run = Some(at..end),
            }
            between = 0;
        } else if matches!(letter, '.' | ',' | '٫' | '٬') && between == 0 && run.is_some() {
            between = 1;
        } else {
            tell(run.take());
            between = 0;
        }
    }
    tell(run);
}

#[cfg(test)]
mod tests {
    use crate::check::{Check, Checker, Finding, Severity};
    use crate::text::language::Language;
    use crate::unit::Segment;

    fn found(from: &str, source: &str, to: &str, target: &str) -> Vec<Finding> {
        let (from, to) = (Language::parse(from).unwrap(), Language::parse(to).unwrap());
        let found =
            Checker::new(&from, &to).check(&Segment::plain(source), &Segment::plain(target));
        found
            .into_iter()
            .filter(|one| one.severity > Severity::Note)
            .collect()
    }

    fn checks(from: &str, source: &str, to: &str, target: &str) -> Vec<Check> {
        let found = found(from, source, to, target);
        found.into_iter().map(|one| one.check).collect()
    }

    #[test]
    fn values_that_agree_are_not_told() {
        for (from, source, to, target) in [
            (
                "en",
                "On 15 August 2022 we sent 1,234.5 kg.",
                "fa",
                "در ۲۴ مرداد ۱۴۰۱ یک محموله به وزن ۱٬۲۳۴٫۵ کیلوگرم فرستادیم.",
            ),
            (
                "sq",
                "Më 5.1.2025, ora 18.30, erdhën 12,5 për qind.",
                "ar",
                "حضر ١٢٫٥٪ في ٥ يناير ٢٠٢٥، الساعة ١٨:٣٠.",
            ),
            // In words on one side.
            (
                "en",
                "The 3 letters came at last.",
                "ar",
                "وصلت الرسائل الثلاث أخيراً: ثلاث رسائل.",
            ),
            // Said again, or once less.
            (
                "en",
                "In 2020 and again in 2020 we met.",
                "sq",
                "Në vitin 2020 u takuam dy herë.",
            ),
            // Converted.
            (
                "en",
                "The hall is 40 miles away.",
                "fa",
                "تالار ۶۵ کیلومتر دورتر است.",
            ),
            (
                "en",
                "It was 80 degrees outside.",
                "sq",
                "Jashtë ishin 27 gradë.",
            ),
            (
                "fa",
                "موج‌ها تا ۲۰ فوت (۶ متر) رسید.",
                "en",
                "The waves were 20 feet high.",
            ),
            // A result in words.
            (
                "en",
                "They won 2-0 at home.",
                "fa",
                "در خانه ۲ بر صفر بردند.",
            ),
            (
                "en",
                "It was built in the 1930s.",
                "ar",
                "بُني في ثلاثينيات القرن العشرين.",
            ),
            (
                "en",
                "The inventory covers 2021–2025.",
                "fa",
                "این صورت سال‌های ۱۴۰۰–۱۴۰۴ را در بر می‌گیرد.",
            ),
            (
                "en",
                "The scissors are of the 19th century.",
                "sq",
                "Gërshërët janë të shek. XIX.",
            ),
            // Labels of items.
            (
                "en",
                "2. It hangs on screws.",
                "sq",
                "b) Ajo varet në vida.",
            ),
            (
                "en",
                "The hall closes at 5 p.m.",
                "ar",
                "تُغلق القاعة في الخامسة مساءً.",
            ),
        ] {
            assert_eq!(checks(from, source, to, target), [], "{source} {target}");
        }
    }

    #[test]
    fn values_that_disagree_are_told_with_what_is_right() {
        for (from, source, to, target, check, suggestion) in [
            (
                "en",
                "The 345 letters came.",
                "fa",
                "۳۵۴ نامه رسید.",
                Check::Number,
                Some("۳۴۵"),
            ),
            (
                "sq",
                "Erdhën 1 250,50 euro.",
                "en",
                "1,205.50 euros came.",
                Check::Number,
                Some("1,250.50 euros"),
            ),
            (
                "en",
                "It begins on 15 August 2022.",
                "fa",
                "در ۲۵ مرداد ۱۴۰۱ آغاز می‌شود.",
                Check::Date,
                Some("۲۴ مرداد ۱۴۰۱"),
            ),
            (
                "ar",
                "يبدأ في ٥ يناير ٢٠٢٥.",
                "sq",
                "Fillon më 5 shkurt 2025.",
                Check::Date,
                Some("5 janar 2025"),
            ),
            (
                "fa",
                "بهای آن ۵۰ تومان است.",
                "fa-AF",
                "بهای آن ۵۰ ریال است.",
                Check::Currency,
                None,
            ),
            (
                "en",
                "Write to info@shembull.al today.",
                "sq",
                "Shkruani sot te info@shembul.al.",
                Check::Address,
                Some("info@shembull.al"),
            ),
            (
                "en",
                "We meet on Sunday, 5 January 2025.",
                "sq",
                "Takohemi të hënën, 5 janar 2025.",
                Check::Weekday,
                None,
            ),
            (
                "en",
                "Pages 5–8 are missing.",
                "ar",
                "الصفحات 8–5 مفقودة.",
                Check::RangeReversed,
                None,
            ),
            (
                "en",
                "Call 0800 555 111 now.",
                "ar",
                "اتصلوا الآن على الرقم 111 555 0800.",
                Check::RangeReversed,
                None,
            ),
            (
                "en",
                "Of the 345 letters some came.",
                "fa",
                "چند نامه رسید.",
                Check::ValueMissing,
                None,
            ),
            (
                "en",
                "Some letters came.",
                "fa",
                "۳۴۵ نامه رسید.",
                Check::ValueAdded,
                None,
            ),
            (
                "en",
                "The 345 letters came.",
                "fa",
                "۳4۵ نامه رسید.",
                Check::DigitsMixed,
                Some("۳۴۵"),
            ),
            (
                "en",
                "Katrina (1967) was 40 miles away.",
                "fa",
                "کاترینا (۱۹۷۶) ۶۵ کیلومتر دورتر بود.",
                Check::Number,
                Some("۱۹۶۷"),
            ),
        ] {
            let found = found(from, source, to, target);
            let told: Vec<_> = found
                .iter()
                .map(|one| (one.check, one.suggestion.as_deref()))
                .collect();
            assert!(
                told.contains(&(check, suggestion)),
                "{source} {target}: {found:?}"
            );
            let one = found.iter().find(|one| one.check == check).unwrap();
            assert!(!one.reason.is_empty() && one.place.is_some());
        }
    }

    #[test]
    fn a_table_of_numbers_takes_no_long() {
        let numbers = |from: u32| {
            (from..from + 20_000)
                .map(|number| format!("{number} "))
                .collect::<String>()
        };
        assert_eq!(checks("en", &numbers(1), "sq", &numbers(50_000)), []);
    }
}
