//! What speaks for two runs of segments carrying the same content, and what against it.
//!
//! Each piece of evidence is a log-likelihood ratio: how much likelier it is to be seen if the runs belong together than if they
//! were picked at random. They are added up. The length law is that of Gale and Church (1993) with the ratio taken as a
//! logarithm; all other weights were set by hand and tried on development data (`docs/alignment.md` has the table).

use super::Edition;
use crate::text::tokens::{ascii_digit, tokens};

/// The longest run of segments on one side of a bead.
pub(super) const MAX_RUN: usize = 6;

/// What is seen of a run of segments.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// Letters, without marks and white space; never 0.
    length: f64,
    /// Its numbers, sorted.
    numbers: Vec<Number>,
    end: End,
    quoted: bool,
    opens_paragraph: bool,
    closes_paragraph: bool,
    /// Paragraphs that start inside it.
    inner_starts: usize,
}

/// A number as it is written, in digits of any script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Number {
    /// Its digits as a number; of longer ones the last, which is enough to tell them apart.
    value: u64,
    digits: u32,
}

/// How a segment ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Stop,
    Question,
    Exclamation,
    Colon,
    Comma,
    Open,
}

/// All runs of an edition: `runs[start][n - 1]` is the run of `n` segments from `start`.
pub(super) fn runs(edition: &Edition) -> Vec<Vec<Run>> {
    let single: Vec<Run> = edition
        .segments
        .iter()
        .map(|segment| Run {
            length: letters(&segment.text).max(1.0),
            numbers: numbers(&segment.text),
            end: end_of(&segment.text),
            quoted: segment.text.starts_with(is_opening_quote),
            opens_paragraph: segment.opens_paragraph,
            closes_paragraph: segment.closes_paragraph,
            inner_starts: 0,
        })
        .collect();
    (0..single.len())
        .map(|start| {
            let mut grown: Vec<Run> = Vec::with_capacity(MAX_RUN);
            for next in single.iter().skip(start).take(MAX_RUN) {
                let run = match grown.last() {
                    None => next.clone(),
                    Some(last) => last.followed_by(next),
                };
                grown.push(run);
            }
            grown
        })
        .collect()
}

impl Run {
    fn followed_by(&self, next: &Run) -> Run {
        let mut numbers = self.numbers.clone();
        numbers.extend(&next.numbers);
        numbers.sort_unstable();
        Run {
            length: self.length + next.length,
            numbers,
            end: next.end,
            quoted: self.quoted,
            opens_paragraph: self.opens_paragraph,
            closes_paragraph: next.closes_paragraph,
            inner_starts: self.inner_starts + usize::from(next.opens_paragraph),
        }
    }

    /// Whether the numbers of two runs say that they are not the same content, wherever they stand.
    pub(super) fn contradicts(&self, other: &Run) -> bool {
        contradict(&self.numbers, &other.numbers)
    }

    /// Letters in the run; never 0.
    pub(super) fn length(&self) -> f64 {
        self.length
    }
}

/// What is known of how the lengths of two editions go together.
#[derive(Clone, Copy, Debug)]
pub(super) struct LengthLaw {
    /// The logarithm of how many letters of the second edition one letter of the first becomes.
    pub(super) ratio: f64,
}

/// The variance of the log ratio of long segments that belong together, and how much shortness adds to it (per letter).
const LENGTH_VARIANCE: (f64, f64) = (0.025, 1.0);

/// The variance of the log ratio of segments that do not belong together.
const CHANCE_VARIANCE: f64 = 1.1;

/// The evidence that two runs carry the same content; positive speaks for it.
pub(super) fn evidence(a: &Run, b: &Run, law: LengthLaw) -> f64 {
    length_evidence(a, b, law)
        + number_evidence(&a.numbers, &b.numbers)
        + end_evidence(a.end, b.end)
        + paragraph_evidence(a, b)
        + if a.quoted == b.quoted { 0.0 } else { -0.4 }
}

/// What the lengths of two runs say; positive speaks for them.
pub(super) fn length_evidence(a: &Run, b: &Run, law: LengthLaw) -> f64 {
    let off = (b.length / a.length).ln() - law.ratio;
    let (long, short) = LENGTH_VARIANCE;
    let variance = long + short / (a.length * b.length).sqrt();
    let chance = CHANCE_VARIANCE + variance;
    // The ratio of two normal densities with mean 0. It is bounded, since one odd pair should not decide a whole path.
    let ratio = 0.5 * (chance / variance).ln() - 0.5 * off * off * (1.0 / variance - 1.0 / chance);
    ratio.max(-8.0)
}

fn number_evidence(a: &[Number], b: &[Number]) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 0.0;
    }
    let (weight, common) = shared(a, b);
    if common < a.len().min(b.len()) && contradict(a, b) {
        return weight.min(5.0) - CONTRADICTION;
    }
    if common > 0 {
        return weight.min(5.0);
    }
    if a.is_empty() || b.is_empty() {
        // The other edition may say the number in a word.
        -0.6
    } else {
        // Another calendar has other numbers, but it has numbers.
        0.3
    }
}

/// What speaks against two runs each of which has a number that the other lacks.
const CONTRADICTION: f64 = 3.0;

/// Whether each side has a number that the other lacks and that no calendar explains: 500 here and 900 there.
fn contradict(a: &[Number], b: &[Number]) -> bool {
    let alone = |side: &[Number], other: &[Number]| {
        let mut own = side.iter().filter(|number| !other.contains(number));
        own.any(|number| number.is_no_date())
    };
    alone(a, b) && alone(b, a)
}

impl Number {
    /// Whether it can be no day and no year of any of the three calendars, so that both editions must have it.
    fn is_no_date(self) -> bool {
        !matches!(self.value, 0..=31 | 1200..=1599 | 1800..=2199)
    }
}

/// What the numbers that two sides share are worth, and how many they are.
fn shared(a: &[Number], b: &[Number]) -> (f64, usize) {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let (mut weight, mut count) = (0.0, 0);
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                left.next();
            }
            std::cmp::Ordering::Greater => {
                right.next();
            }
            std::cmp::Ordering::Equal => {
                weight += if x.digits > 1 { 1.6 } else { 0.8 };
                count += 1;
                left.next();
                right.next();
            }
        }
    }
    (weight, count)
}

fn end_evidence(a: End, b: End) -> f64 {
    match (a, b) {
        (End::Stop, End::Stop) => 0.1,
        (End::Open, End::Open) => 0.5,
        (a, b) if a == b => 1.0,
        (End::Stop, End::Exclamation) | (End::Exclamation, End::Stop) => -0.3,
        (End::Colon | End::Comma | End::Open, End::Colon | End::Comma | End::Open) => -0.1,
        (End::Question, _) | (_, End::Question) => -0.8,
        _ => -0.6,
    }
}

fn paragraph_evidence(a: &Run, b: &Run) -> f64 {
    let edge = |left: bool, right: bool, both: f64, one: f64| match (left, right) {
        (true, true) => both,
        (false, false) => 0.0,
        _ => one,
    };
    edge(a.opens_paragraph, b.opens_paragraph, 0.7, -0.5)
        + edge(a.closes_paragraph, b.closes_paragraph, 0.4, -0.3)
        - 0.9 * (a.inner_starts.abs_diff(b.inner_starts) as f64)
        - 0.6 * (a.inner_starts.min(b.inner_starts) as f64)
}

fn letters(text: &str) -> f64 {
    // Harakat and tatweel are no letters; they would make vocalised text look long.
    text.chars()
        .filter(|letter| letter.is_alphanumeric() && *letter != '\u{0640}')
        .count() as f64
}

fn numbers(text: &str) -> Vec<Number> {
    let written = tokens(text).into_iter().filter_map(|token| {
        let digits = token.text.chars().filter_map(ascii_digit);
        let (mut value, mut count) = (0_u64, 0);
        for digit in digits {
            let digit = u64::from(digit.to_digit(10).unwrap_or(0));
            value = value.wrapping_mul(10).wrapping_add(digit);
            count += 1;
        }
        (count > 0).then_some(Number {
            value,
            digits: count,
        })
    });
    let mut found: Vec<Number> = written.collect();
    found.sort_unstable();
    found
}

fn end_of(text: &str) -> End {
    let last = text
        .chars()
        .rev()
        .find(|letter| !is_closing(*letter) && !letter.is_whitespace());
    match last {
        Some('?' | '؟') => End::Question,
        Some('!') => End::Exclamation,
        Some('.' | '…' | '۔') => End::Stop,
        Some(':') => End::Colon,
        Some(',' | '،' | ';' | '؛') => End::Comma,
        _ => End::Open,
    }
}

fn is_opening_quote(letter: char) -> bool {
    matches!(letter, '"' | '“' | '„' | '«' | '‘' | '‹' | '–' | '—')
}

fn is_closing(letter: char) -> bool {
    matches!(letter, '"' | '”' | '“' | '»' | '’' | '›' | ')' | ']')
        || crate::text::tokens::is_invisible(letter)
}
