//! Which words translate each other: by their form, by what beads teach, by what a memory has taught before.
//!
//! Beads teach by IBM model 1 (Brown et al. 1993, “The Mathematics of Statistical Machine Translation”) in both directions at
//! once: for each word of a bead the model asks which words of the other side it comes from, and counts. What both directions
//! agree on counts more (after Liang, Taskar and Klein 2006, “Alignment by Agreement”).

use std::collections::HashMap;

use super::forms::Form;
use super::names;
use super::vocabulary::{EditionWords, Vocabulary, words_of};
use crate::error::Result;
use crate::text::language::Language;
use crate::text::words::WordCount;

/// In how many beads two words must have met for one to be learnt as the other's translation: a single bead only confirms the
/// guess that made it.
const MEETINGS: u32 = 2;

/// How likely a word translates another that has the same form.
const SAME_FORM: f64 = 0.8;

/// How likely a translation must be to be used.
const LEAST: f64 = 0.02;

/// The likelihood that a word of a bead comes from none of the other side's words, against any one of them.
const NOWHERE: f64 = 0.2;

/// What keeps a word seen once from being sure of its translation.
const SMOOTHING: f64 = 0.5;

/// The largest bead that teaches, as words times words: of longer ones, a text without end marks for instance, little is to be learnt, and
/// the room would grow with the square of their length.
const MOST_MEETINGS: usize = 90_000;

/// How often the model asks again with what it has learnt.
const ROUNDS: usize = 6;

/// Translations between two languages that were learnt before, for instance from a memory.
pub trait Lexicon {
    /// How often a word was seen as the translation of each of the other language's words, and how often the word was seen in
    /// all, as counts of model 1; words are those of [`known_by`]. Empty and 0 if nothing is known.
    ///
    /// # Errors
    /// If what keeps it cannot be read.
    fn counts(
        &self,
        from: &Language,
        to: &Language,
        word: &str,
    ) -> Result<(Vec<(String, f64)>, f64)>;
}

/// Nothing known.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoLexicon;

impl Lexicon for NoLexicon {
    fn counts(&self, _: &Language, _: &Language, _: &str) -> Result<(Vec<(String, f64)>, f64)> {
        Ok((Vec::new(), 0.0))
    }
}

/// The words of a text as a [`Lexicon`] knows them: light stems of loosely folded words, `#` and digits for numbers.
pub fn known_by(text: &str, language: &Language) -> Vec<String> {
    words_of(text, language).map(|(word, ..)| word).collect()
}

/// Whether two segments with so many words teach anything: longer ones, a text without end marks for instance, do not.
pub fn teaches(a: usize, b: usize) -> bool {
    a.saturating_mul(b) <= MOST_MEETINGS
}

/// For each word of one language, by number, the words of another that translate it and how likely each is.
#[derive(Clone, Debug, Default)]
pub(super) struct Translations {
    of: Vec<Vec<(u32, f64)>>,
}

impl Translations {
    /// The translations of a word.
    pub(super) fn of(&self, word: u32) -> &[(u32, f64)] {
        self.of.get(word as usize).map_or(&[], Vec::as_slice)
    }

    /// What the forms of the words of two editions say: numbers, names, words that two languages share.
    pub(super) fn by_form(
        (from, from_words): (&Vocabulary, &EditionWords),
        (to, to_words): (&Vocabulary, &EditionWords),
    ) -> Self {
        let forms_of = |vocabulary: &'_ Vocabulary, word: u32| -> Vec<Form> {
            let forms = vocabulary.forms.get(word as usize);
            forms.cloned().unwrap_or_default()
        };
        let mut having: HashMap<Form, Vec<u32>> = HashMap::new();
        for (number, _) in &to_words.shares {
            for form in forms_of(to, *number) {
                having.entry(form).or_default().push(*number);
            }
        }
        let mut of = vec![Vec::new(); from.len()];
        let alike = names::alike((from, from_words), (to, to_words));
        for (word, _) in &from_words.shares {
            let mut found: Vec<(u32, f64)> = Vec::new();
            for form in forms_of(from, *word) {
                for number in having.get(&form).into_iter().flatten() {
                    if !found.iter().any(|(known, _)| known == number) {
                        found.push((*number, SAME_FORM));
                    }
                }
            }
            for number in alike.get(word).into_iter().flatten() {
                if !found.iter().any(|(known, _)| known == number) {
                    found.push((*number, SAME_FORM));
                }
            }
            // What looks like many is none of them for sure.
            let share = 1.0 / (found.len().max(1) as f64).sqrt();
            found.iter_mut().for_each(|(_, likely)| *likely *= share);
            if let Some(slot) = of.get_mut(*word as usize) {
                *slot = found;
            }
        }
        Translations { of }
    }

    /// What a lexicon knows of the words of two vocabularies.
    pub(super) fn known(lexicon: &dyn Lexicon, from: &Vocabulary, to: &Vocabulary) -> Result<Self> {
        let mut of = vec![Vec::new(); from.len()];
        for (word, number) in from.words() {
            let (counts, total) = lexicon.counts(&from.language, &to.language, word)?;
            let mut found: Vec<(u32, f64)> = Vec::new();
            for (target, count) in counts {
                let likely = count / (total + SMOOTHING);
                if likely >= LEAST
                    && let Some(target) = to.number(&target)
                {
                    found.push((target, likely));
                }
            }
            found.sort_unstable_by_key(|(target, _)| *target);
            if let Some(slot) = of.get_mut(number as usize) {
                *slot = found;
            }
        }
        Ok(Translations { of })
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

    /// The words of the other language that are the translation of some word at least so likely.
    pub(super) fn well_known(&self, likely: f64) -> impl Iterator<Item = u32> + '_ {
        let all = self.of.iter().flatten();
        all.filter_map(move |(target, own)| (*own > likely).then_some(*target))
    }
}

/// Translations in both directions.
#[derive(Clone, Debug, Default)]
pub(super) struct BothWays {
    pub(super) there: Translations,
    pub(super) back: Translations,
}

/// A bead that teaches: the words of either side, and how sure it is that they belong together (0 to 1).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lesson {
    pub(super) a: Vec<u32>,
    pub(super) b: Vec<u32>,
    pub(super) weight: f64,
}

/// How often two words were each other's translation in some lessons.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PairCount {
    a: u32,
    b: u32,
    /// How often the word of the second side came from that of the first, and the other way round. There are millions of them in
    /// a book, and half the room is enough for them.
    there: f32,
    back: f32,
    meetings: u32,
}

/// What lessons count: the pairs of words that met, and the totals of each word of either side.
struct Counts {
    pairs: Vec<PairCount>,
    totals: (Vec<f64>, Vec<f64>),
}

/// What was counted before: for two words how often each came from the other, and for the words of either side the totals.
struct Before<'p> {
    pair: &'p dyn Fn(u32, u32) -> (f64, f64),
    totals: (Vec<f64>, Vec<f64>),
}

/// Model 1 over lessons, whose words are below the sizes of the two vocabularies. What was counted before is added when the model asks, and is not in the result.
fn count(lessons: &[Lesson], sizes: (usize, usize), before: Option<&Before<'_>>) -> Counts {
    let short = |lesson: &&Lesson| teaches(lesson.a.len(), lesson.b.len());
    let lessons: Vec<&Lesson> = lessons.iter().filter(short).collect();
    let mut met: Vec<(u32, u32)> = Vec::new();
    for lesson in &lessons {
        let start = met.len();
        let pairs = lesson
            .a
            .iter()
            .flat_map(|a| lesson.b.iter().map(|b| (*a, *b)));
        met.extend(pairs);
        // However often they meet in one bead, it is one bead.
        if let Some(own) = met.get_mut(start..) {
            own.sort_unstable();
        }
        let mut last = None;
        let mut kept = start;
        for at in start..met.len() {
            let pair = met.get(at).copied();
            if pair != last
                && let Some(pair) = pair
                && let Some(slot) = met.get_mut(kept)
            {
                *slot = pair;
                kept += 1;
            }
            last = pair;
        }
        met.truncate(kept);
    }
    met.sort_unstable();
    let mut pairs: Vec<PairCount> = Vec::new();
    for same in met.chunk_by(|x, y| x == y) {
        if let Some((a, b)) = same.first() {
            pairs.push(PairCount {
                a: *a,
                b: *b,
                there: 1.0,
                back: 1.0,
                meetings: same.len() as u32,
            });
        }
    }
    drop(met);
    // Where the pairs of each word of the first side start.
    let mut starts = vec![0_usize; sizes.0 + 1];
    for pair in &pairs {
        if let Some(slot) = starts.get_mut(pair.a as usize + 1) {
            *slot += 1;
        }
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    // For each lesson the number of the pair of each two words: of the first side row by row.
    const NONE: u32 = u32::MAX;
    let find = |a: u32, b: u32| -> u32 {
        let (from, until) = (starts[a as usize], starts[a as usize + 1]);
        match pairs[from..until].binary_search_by_key(&b, |pair| pair.b) {
            Ok(at) => (from + at) as u32,
            Err(_) => NONE,
        }
    };
    let tables: Vec<Vec<u32>> = lessons
        .iter()
        .map(|lesson| {
            let rows = lesson.a.iter();
            rows.flat_map(|a| lesson.b.iter().map(|b| find(*a, *b)))
                .collect()
        })
        .collect();
    let known: Vec<(f64, f64)> = match before {
        Some(before) => pairs
            .iter()
            .map(|pair| (before.pair)(pair.a, pair.b))
            .collect(),
        None => Vec::new(),
    };
    let mut likely: Vec<(f32, f32)> = vec![(1.0, 1.0); pairs.len()];
    if let Some(before) = before {
        for ((slot, pair), (there, back)) in likely.iter_mut().zip(&pairs).zip(&known) {
            // A word that was never seen may come from any.
            let even = |known: f64, total: f64| ((known + 1.0) / (total + 1.0)) as f32;
            *slot = (
                even(*there, before.totals.0[pair.a as usize]),
                even(*back, before.totals.1[pair.b as usize]),
            );
        }
    }
    let mut totals = (vec![0.0; sizes.0], vec![0.0; sizes.1]);
    let mut sums: (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        pairs
            .iter_mut()
            .for_each(|pair| (pair.there, pair.back) = (0.0, 0.0));
        for (lesson, table) in lessons.iter().zip(&tables) {
            let columns = lesson.b.len();
            sums.0.clear();
            sums.0.resize(columns, NOWHERE);
            sums.1.clear();
            sums.1.resize(lesson.a.len(), NOWHERE);
            for (row, numbers) in table.chunks(columns.max(1)).enumerate() {
                for (column, number) in numbers.iter().enumerate() {
                    if let Some((there, back)) = likely.get(*number as usize) {
                        sums.0[column] += f64::from(*there);
                        sums.1[row] += f64::from(*back);
                    }
                }
            }
            for (row, numbers) in table.chunks(columns.max(1)).enumerate() {
                for (column, number) in numbers.iter().enumerate() {
                    let number = *number as usize;
                    if let (Some((there, back)), Some(pair)) =
                        (likely.get(number), pairs.get_mut(number))
                    {
                        // Each direction believes the other half, so that they come to agree.
                        let x = f64::from(*there) / sums.0[column];
                        let y = f64::from(*back) / sums.1[row];
                        pair.there += (lesson.weight * x * y.sqrt()) as f32;
                        pair.back += (lesson.weight * y * x.sqrt()) as f32;
                    }
                }
            }
        }
        totals.0.fill(0.0);
        totals.1.fill(0.0);
        for pair in &pairs {
            totals.0[pair.a as usize] += f64::from(pair.there);
            totals.1[pair.b as usize] += f64::from(pair.back);
        }
        for (number, (slot, pair)) in likely.iter_mut().zip(&pairs).enumerate() {
            let (there, back) = known.get(number).copied().unwrap_or_default();
            let (a, b) = (pair.a as usize, pair.b as usize);
            let total = |own: &[f64], before: Option<&Vec<f64>>, word: usize| {
                own[word] + before.map_or(0.0, |before| before[word]) + SMOOTHING
            };
            *slot = (
                ((f64::from(pair.there) + there)
                    / total(&totals.0, before.map(|before| &before.totals.0), a))
                    as f32,
                ((f64::from(pair.back) + back)
                    / total(&totals.1, before.map(|before| &before.totals.1), b))
                    as f32,
            );
        }
    }
    Counts { pairs, totals }
}

impl BothWays {
    /// What lessons teach.
    pub(super) fn learnt(lessons: &[Lesson], sizes: (usize, usize)) -> Self {
        let counts = count(lessons, sizes, None);
        let mut learnt = BothWays {
            there: Translations {
                of: vec![Vec::new(); sizes.0],
            },
            back: Translations {
                of: vec![Vec::new(); sizes.1],
            },
        };
        for pair in counts.pairs.iter().filter(|pair| pair.meetings >= MEETINGS) {
            let there = f64::from(pair.there) / (counts.totals.0[pair.a as usize] + SMOOTHING);
            let back = f64::from(pair.back) / (counts.totals.1[pair.b as usize] + SMOOTHING);
            if there >= LEAST {
                learnt.there.of[pair.a as usize].push((pair.b, there));
            }
            if back >= LEAST {
                learnt.back.of[pair.b as usize].push((pair.a, back));
            }
        }
        learnt
    }
}

/// The words of two segments that belong together, as [`known_by`] gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct TaughtPair {
    /// Those of the segment in the first language.
    pub a: Vec<String>,
    /// Those of the segment in the second.
    pub b: Vec<String>,
    /// How sure it is that they belong together: from 0 to 1.
    pub weight: f64,
}

/// What a lexicon is to be told of two words that hardly ever were each other's translation: nothing.
const WORTH_KEEPING: f64 = 0.1;

/// What pairs of segments in two languages teach beyond what a lexicon knows already: counts to be added to it, without those
/// that are next to nothing.
///
/// # Errors
/// What the lexicon returns.
pub fn learn(
    pairs: &[TaughtPair],
    (from, to): (&Language, &Language),
    lexicon: &dyn Lexicon,
) -> Result<Vec<WordCount>> {
    let mut sides = (Numbers::default(), Numbers::default());
    let lessons: Vec<Lesson> = pairs
        .iter()
        .map(|pair| Lesson {
            a: pair.a.iter().map(|word| sides.0.of(word)).collect(),
            b: pair.b.iter().map(|word| sides.1.of(word)).collect(),
            weight: pair.weight,
        })
        .collect();
    let sizes = (sides.0.words.len(), sides.1.words.len());
    let mut known: HashMap<(u32, u32), (f64, f64)> = HashMap::new();
    let mut totals = (vec![0.0; sizes.0], vec![0.0; sizes.1]);
    for (number, word) in sides.0.words.iter().enumerate() {
        let (counts, total) = lexicon.counts(from, to, word)?;
        totals.0[number] = total;
        for (target, count) in counts {
            if let Some(target) = sides.1.numbers.get(target.as_str()) {
                known.entry((number as u32, *target)).or_default().0 = count;
            }
        }
    }
    for (number, word) in sides.1.words.iter().enumerate() {
        let (counts, total) = lexicon.counts(to, from, word)?;
        totals.1[number] = total;
        for (source, count) in counts {
            if let Some(source) = sides.0.numbers.get(source.as_str()) {
                known.entry((*source, number as u32)).or_default().1 = count;
            }
        }
    }
    let pair = |a: u32, b: u32| known.get(&(a, b)).copied().unwrap_or_default();
    let before = Before {
        pair: &pair,
        totals,
    };
    let counts = count(&lessons, sizes, Some(&before));
    let kept = counts
        .pairs
        .iter()
        .filter(|pair| f64::from(pair.there.max(pair.back)) >= WORTH_KEEPING);
    let named = kept.map(|pair| WordCount {
        a: sides.0.words[pair.a as usize].to_owned(),
        b: sides.1.words[pair.b as usize].to_owned(),
        there: f64::from(pair.there),
        back: f64::from(pair.back),
    });
    Ok(named.collect())
}

/// Words with numbers.
#[derive(Default)]
struct Numbers<'w> {
    numbers: HashMap<&'w str, u32>,
    words: Vec<&'w str>,
}

impl<'w> Numbers<'w> {
    fn of(&mut self, word: &'w str) -> u32 {
        let next = self.words.len() as u32;
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.words.push(word);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(words: u32) -> Lesson {
        Lesson {
            a: (0..words).collect(),
            b: (0..words).collect(),
            weight: 1.0,
        }
    }

    /// A text without end marks is one segment of thousands of words, of which each meets each.
    #[test]
    fn what_is_too_long_teaches_nothing() {
        assert!(teaches(300, 300) && !teaches(301, 300) && !teaches(usize::MAX, 2));
        let counts = count(&[lesson(5000)], (5000, 5000), None);
        assert!(counts.pairs.is_empty());
        assert_eq!(count(&[lesson(3)], (3, 3), None).pairs.len(), 9);
    }

    #[test]
    fn what_is_learnt_later_is_added_to_what_is_known() {
        let languages = ["en", "sq"].map(|tag| Language::parse(tag).unwrap());
        let pair = |a: &str, b: &str| TaughtPair {
            a: known_by(a, &languages[0]),
            b: known_by(b, &languages[1]),
            weight: 1.0,
        };
        let first = [
            pair("a red lamp", "llambë e kuqe"),
            pair("a lamp", "llambë"),
        ];
        let counts = learn(&first, (&languages[0], &languages[1]), &NoLexicon).unwrap();
        let best = |word: &str| {
            let own = counts.iter().filter(|count| count.a == word);
            own.max_by(|x, y| x.there.total_cmp(&y.there))
                .unwrap()
                .b
                .clone()
        };
        assert_eq!(vec![best("lamp")], known_by("llambë", &languages[1]));
        assert_eq!(vec![best("red")], known_by("kuqe", &languages[1]));
    }
}
