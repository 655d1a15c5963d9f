//! Words as evidence: which words of two editions translate each other, learnt from the editions themselves and given by their
//! form, and how much the words of two runs speak for each other.
//!
//! The evidence is a likelihood ratio. A word of the second edition is expected as often as the words of a run of the first
//! are translated by it (IBM model 1, Brown et al. 1993), mixed half and half with how often it stands in the edition at all; it is
//! compared with the latter alone. The same the other way round, and the mean of both. A word of which nothing is known says
//! nothing; one whose translation is well known speaks against a run that lacks it.

use std::collections::{HashMap, HashSet};

use super::Edition;
use super::evidence::MAX_RUN;
use super::forms::{Form, forms};
use crate::text::fold;
use crate::text::stem::light;
use crate::text::tokens::{TokenKind, ascii_digits, tokens};

/// In how many beads two words must have met for one to be learnt as the other's translation: a single bead only confirms the
/// guess that made it.
const MEETINGS: u32 = 2;

/// How likely a word translates another that has the same form.
const SAME_FORM: f64 = 0.8;

/// How likely a translation must be to be kept.
const LEAST: f64 = 0.04;

/// The likelihood that a word of a bead comes from none of the other side's words, against any one of them.
const NOWHERE: f64 = 0.2;

/// What keeps a word seen once from being sure of its translation.
const SMOOTHING: f64 = 1.0;

/// How much of a word is expected by its translation rather than by its frequency.
const MIX: f64 = 0.5;

/// A translation this likely is well known: the word speaks against a run that lacks it.
const WELL_KNOWN: f64 = 0.2;

/// How much the words count against the rest of the evidence.
const WEIGHT: f64 = 1.0;

/// What one word can say at most.
const MOST: f64 = 4.0;

/// How sure a bead must be to teach.
const TEACHES: f64 = 0.3;

/// The words of an edition as numbers.
#[derive(Debug)]
pub(super) struct EditionWords {
    /// For each segment its words, by number.
    segments: Vec<Vec<u32>>,
    /// How often each word stands in the edition, as a share of all words.
    shares: Vec<f64>,
    /// What each word may be recognised by in another edition.
    forms: Vec<Vec<Form>>,
}

impl EditionWords {
    pub(super) fn new(edition: &Edition) -> Self {
        let language = &edition.language;
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut counts: Vec<f64> = Vec::new();
        let mut known: Vec<Vec<Form>> = Vec::new();
        let mut segments = Vec::with_capacity(edition.segments.len());
        for segment in &edition.segments {
            let mut own = Vec::new();
            for token in tokens(&segment.text) {
                let is_number = token.kind == TokenKind::Number;
                if token.kind == TokenKind::Mark {
                    continue;
                }
                for part in token.text.split('\u{200C}').filter(|part| !part.is_empty()) {
                    let folded = fold::loose(part, language);
                    let word = if is_number {
                        format!("#{}", ascii_digits(&folded))
                    } else {
                        light(&folded, language.primary()).to_owned()
                    };
                    if word.chars().nth(1).is_none() {
                        continue;
                    }
                    let next = counts.len() as u32;
                    let number = *numbers.entry(word).or_insert(next);
                    if number == next {
                        counts.push(0.0);
                        known.push(Vec::new());
                    }
                    let at = number as usize;
                    if let (Some(count), Some(known)) = (counts.get_mut(at), known.get_mut(at)) {
                        *count += 1.0;
                        for form in forms(part, language.primary(), is_number) {
                            if !known.contains(&form) {
                                known.push(form);
                            }
                        }
                    }
                    own.push(number);
                }
            }
            segments.push(own);
        }
        let total: f64 = counts.iter().sum::<f64>().max(1.0);
        EditionWords {
            segments,
            shares: counts.iter().map(|count| count / total).collect(),
            forms: known,
        }
    }

    fn words_of(&self, (start, count): (usize, usize)) -> impl Iterator<Item = u32> + '_ {
        let segments = self.segments.get(start..start + count);
        segments.unwrap_or_default().iter().flatten().copied()
    }
}

/// A run of segments: the first, and how many.
type Span = (usize, usize);

/// For each word of one edition, by number, the words of the other that translate it and how likely each is.
#[derive(Clone, Debug, Default)]
pub(super) struct Translations {
    of: Vec<Vec<(u32, f64)>>,
}

impl Translations {
    /// What the forms of words say: numbers, names, words that two languages share.
    pub(super) fn by_form(from: &EditionWords, to: &EditionWords) -> Self {
        let mut having: HashMap<&Form, Vec<u32>> = HashMap::new();
        for (number, forms) in (0..).zip(&to.forms) {
            for form in forms {
                having.entry(form).or_default().push(number);
            }
        }
        let of = from.forms.iter().map(|forms| {
            let mut found: Vec<(u32, f64)> = Vec::new();
            for form in forms {
                for number in having.get(form).into_iter().flatten() {
                    if !found.iter().any(|(known, _)| known == number) {
                        found.push((*number, SAME_FORM));
                    }
                }
            }
            let share = 1.0 / (found.len().max(1) as f64).sqrt();
            found.iter_mut().for_each(|(_, likely)| *likely *= share);
            found
        });
        Translations { of: of.collect() }
    }

    /// What beads teach (IBM model 1): runs of either edition, and how sure it is that they belong together, which is their weight.
    pub(super) fn learnt(
        from: &EditionWords,
        to: &EditionWords,
        beads: impl Iterator<Item = (Span, Span, f64)>,
    ) -> Self {
        let mut pairs: HashMap<(u32, u32), usize> = HashMap::new();
        let mut meetings: Vec<u32> = Vec::new();
        // For each bead, its weight, and for each word of the second side the numbers of its pairs with the first.
        let mut taught: Vec<(f64, Vec<Vec<usize>>)> = Vec::new();
        for (a, b, sure) in beads {
            if a.1 == 0 || b.1 == 0 || sure < TEACHES {
                continue;
            }
            let sources: Vec<u32> = from.words_of(a).collect();
            let mut met = HashSet::new();
            let targets = to.words_of(b).map(|target| {
                let numbers = sources.iter().map(|source| {
                    let next = pairs.len();
                    let number = *pairs.entry((*source, target)).or_insert(next);
                    if number == next {
                        meetings.push(0);
                    }
                    if met.insert(number)
                        && let Some(count) = meetings.get_mut(number)
                    {
                        *count += 1;
                    }
                    number
                });
                numbers.collect()
            });
            let targets = targets.collect();
            taught.push((sure, targets));
        }
        let mut source_of = vec![0; pairs.len()];
        for ((source, _), number) in &pairs {
            if let Some(slot) = source_of.get_mut(*number) {
                *slot = *source;
            }
        }
        let mut likely = vec![1.0_f64; pairs.len()];
        for _ in 0..6 {
            let mut counts = vec![0.0_f64; pairs.len()];
            for (weight, targets) in &taught {
                for numbers in targets {
                    let sum: f64 = numbers.iter().map(|number| value(&likely, *number)).sum();
                    // A word may come from none of them.
                    let sum = sum + NOWHERE;
                    for number in numbers {
                        if let Some(count) = counts.get_mut(*number) {
                            *count += weight * value(&likely, *number) / sum;
                        }
                    }
                }
            }
            let mut totals = vec![0.0_f64; from.shares.len()];
            for (number, source) in source_of.iter().enumerate() {
                if let Some(total) = totals.get_mut(*source as usize) {
                    *total += value(&counts, number);
                }
            }
            for (number, source) in source_of.iter().enumerate() {
                let total = totals.get(*source as usize).copied().unwrap_or(0.0);
                if let Some(slot) = likely.get_mut(number) {
                    *slot = value(&counts, number) / (total + SMOOTHING);
                }
            }
        }
        let mut of = vec![Vec::new(); from.shares.len()];
        for ((source, target), number) in &pairs {
            let likely = value(&likely, *number);
            if likely >= LEAST
                && meetings.get(*number).is_some_and(|met| *met >= MEETINGS)
                && let Some(found) = of.get_mut(*source as usize)
            {
                found.push((*target, likely));
            }
        }
        Translations { of }
    }

    /// What either knows.
    pub(super) fn with(mut self, other: &Translations) -> Self {
        let words = self.of.len().max(other.of.len());
        self.of.resize_with(words, Vec::new);
        for (own, others) in self.of.iter_mut().zip(&other.of) {
            for (target, likely) in others {
                match own.iter_mut().find(|(known, _)| known == target) {
                    Some((_, mine)) => *mine = 1.0 - (1.0 - *mine) * (1.0 - likely),
                    None => own.push((*target, *likely)),
                }
            }
        }
        self
    }
}

fn value(values: &[f64], at: usize) -> f64 {
    values.get(at).copied().unwrap_or(0.0)
}

/// The evidence of words for all runs of two editions.
pub(super) struct WordEvidence {
    /// For each segment of the first edition and each of the second: what the words of the second say of runs that start at the first,
    /// by their length.
    forwards: Vec<[f32; MAX_RUN]>,
    backwards: Vec<[f32; MAX_RUN]>,
    first: usize,
    second: usize,
}

impl WordEvidence {
    /// Weighs every run of either edition against every segment of the other. Forms only speak for a pair; what was learnt can speak
    /// against one too.
    pub(super) fn new(
        a: &EditionWords,
        b: &EditionWords,
        forwards: (&Translations, &Translations),
        backwards: (&Translations, &Translations),
    ) -> Self {
        WordEvidence {
            forwards: one_way(a, b, forwards.0, forwards.1),
            backwards: one_way(b, a, backwards.0, backwards.1),
            first: a.segments.len(),
            second: b.segments.len(),
        }
    }

    /// What the words of two runs say; positive speaks for them.
    pub(super) fn of(&self, a: (usize, usize), b: (usize, usize)) -> f64 {
        let sum = |table: &[[f32; MAX_RUN]],
                   row: usize,
                   columns: usize,
                   run: usize,
                   others: (usize, usize)|
         -> f64 {
            let cells = table.get(row * columns + others.0..row * columns + others.0 + others.1);
            let cells = cells.unwrap_or_default().iter();
            cells
                .filter_map(|cell| cell.get(run - 1))
                .map(|x| f64::from(*x))
                .sum()
        };
        let there = sum(&self.forwards, a.0, self.second, a.1, b);
        let back = sum(&self.backwards, b.0, self.first, b.1, a);
        WEIGHT * 0.5 * (there + back)
    }
}

fn one_way(
    from: &EditionWords,
    to: &EditionWords,
    forms: &Translations,
    learnt: &Translations,
) -> Vec<[f32; MAX_RUN]> {
    let all = forms.clone().with(learnt);
    // Words whose translation is well known are missed where it is absent.
    let mut absent = vec![0.0_f64; to.shares.len()];
    for (target, likely) in learnt.of.iter().flatten() {
        if *likely > WELL_KNOWN
            && let Some(slot) = absent.get_mut(*target as usize)
        {
            *slot = (1.0 - MIX).ln();
        }
    }
    let columns = to.segments.len();
    let mut table = vec![[0.0_f32; MAX_RUN]; from.segments.len() * columns];
    let mut expected: HashMap<u32, f64> = HashMap::new();
    let mut says = absent.clone();
    for start in 0..from.segments.len() {
        for length in 1..=MAX_RUN.min(from.segments.len() - start) {
            expected.clear();
            let mut count = 0.0;
            for word in from.words_of((start, length)) {
                count += 1.0;
                for (target, likely) in all.of.get(word as usize).into_iter().flatten() {
                    *expected.entry(*target).or_default() += likely;
                }
            }
            for (target, sum) in &expected {
                let at = *target as usize;
                let share = value(&to.shares, at).max(1e-9);
                if let Some(slot) = says.get_mut(at) {
                    let ratio = MIX * (sum / count) / share + (1.0 - MIX);
                    *slot = ratio.ln().max(value(&absent, at)).min(MOST);
                }
            }
            for (segment, words) in to.segments.iter().enumerate() {
                let sum: f64 = words.iter().map(|word| value(&says, *word as usize)).sum();
                if let Some(cell) = table
                    .get_mut(start * columns + segment)
                    .and_then(|cell| cell.get_mut(length - 1))
                {
                    *cell = sum as f32;
                }
            }
            for target in expected.keys() {
                let at = *target as usize;
                if let Some(slot) = says.get_mut(at) {
                    *slot = value(&absent, at);
                }
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;

    fn words(tag: &str, texts: &[&str]) -> EditionWords {
        let paragraphs = texts.iter().map(|text| [*text]);
        EditionWords::new(&Edition::new(Language::from_file(tag), paragraphs))
    }

    /// Words that meet again and again in beads become translations of each other, and then speak for runs that have them.
    #[test]
    fn beads_teach_translations() {
        let pairs = [
            ("house", "shtëpi"),
            ("river", "lumë"),
            ("green", "gjelbër"),
            ("lamp", "llambë"),
            ("window", "dritare"),
            ("bread", "bukë"),
            ("winter", "dimër"),
            ("garden", "kopsht"),
            ("letter", "letër"),
            ("friend", "mik"),
            ("morning", "mëngjes"),
            ("bridge", "urë"),
        ];
        let text = |at: usize, side: fn(&(&'static str, &'static str)) -> &'static str| {
            let words = [0, 1, 3, 7].map(|step| side(&pairs[(at + step) % pairs.len()]));
            words.join(" ")
        };
        let side = |side| (0..24).map(|at| text(at, side)).collect::<Vec<_>>();
        let (a, b) = (side(|pair| pair.0), side(|pair| pair.1));
        let of = |tag, texts: &[String]| {
            words(tag, &texts.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let (a, b) = (of("en", &a), of("sq", &b));
        let beads = || (0..12).map(|at| ((at, 1), (at, 1), 0.9));
        let there = Translations::learnt(&a, &b, beads());
        let back = Translations::learnt(&b, &a, beads().map(|(a, b, sure)| (b, a, sure)));
        let none = Translations::default();
        let says = WordEvidence::new(&a, &b, (&none, &there), (&none, &back));
        for at in 12..24 {
            let of = |other| says.of((at, 1), (other, 1));
            assert!(of(at) > 1.0, "{}", of(at));
            // The one twelve places before says the same.
            for other in (0..24).filter(|other| other % 12 != at % 12) {
                assert!(of(other) < of(at), "{at} {other}");
            }
        }
        // What was never taught says nothing.
        let silent = WordEvidence::new(&a, &b, (&none, &none), (&none, &none));
        assert_eq!(silent.of((0, 2), (1, 3)), 0.0);
    }

    #[test]
    fn one_meeting_teaches_nothing() {
        let (a, b) = (words("en", &["lamp"]), words("sq", &["llambë"]));
        let learnt = Translations::learnt(&a, &b, [((0, 1), (0, 1), 1.0)].into_iter());
        assert!(learnt.of.iter().all(Vec::is_empty));
    }

    #[test]
    fn the_same_name_speaks_for_a_pair_without_being_taught() {
        let a = words("en", &["We saw Miriam there.", "Nobody came at all."]);
        let b = words("fa", &["مریم را آنجا دیدیم.", "هیچ‌کس نیامد."]);
        let forms = (Translations::by_form(&a, &b), Translations::by_form(&b, &a));
        let none = Translations::default();
        let says = WordEvidence::new(&a, &b, (&forms.0, &none), (&forms.1, &none));
        assert!(says.of((0, 1), (0, 1)) > 0.1);
        assert_eq!(says.of((1, 1), (1, 1)), 0.0);
    }
}
