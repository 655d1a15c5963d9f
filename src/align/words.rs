//! How much the words of two runs of segments speak for each other.
//!
//! The evidence is a likelihood ratio. A word of the second edition is expected as often as the words of a run of the first
//! are translated by it, mixed half and half with how often it stands in the edition at all; it is compared with the latter alone.
//! The same the other way round, and the mean of both. A word of which nothing is known says nothing; one whose translation is
//! well known speaks against a run that lacks it.

use super::band::{Band, Banded};
use super::evidence::MAX_RUN;
use super::lexicon::Translations;
use super::vocabulary::EditionWords;

/// How much of a word is expected by its translation rather than by its frequency.
const MIX: f64 = 0.5;

/// A translation this likely is well known: the word speaks against a run that lacks it.
const WELL_KNOWN: f64 = 0.2;

/// How much the words count against the rest of the evidence.
const WEIGHT: f64 = 1.0;

/// What one word can say at most.
const MOST: f64 = 4.0;

/// What is known of the words of one edition as translations of those of another: by their form, which only speaks for a pair,
/// and by what was learnt, which can speak against one too.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub(super) forms: &'k Translations,
    pub(super) learnt: &'k Translations,
}

/// The evidence of words for the runs of two editions, in a band.
pub(super) struct WordEvidence {
    /// For each segment of the first edition and each of the second: what the words of the second say of runs that start at the
    /// first, by their length.
    forwards: Banded<[f32; MAX_RUN]>,
    /// The same the other way round; rows are segments of the second edition.
    backwards: Banded<[f32; MAX_RUN]>,
}

impl WordEvidence {
    /// Weighs every run of either edition against the segments of the other that are in the band.
    pub(super) fn new(
        a: &EditionWords,
        b: &EditionWords,
        there: Known<'_>,
        back: Known<'_>,
        band: &Band,
    ) -> Self {
        let turned = band.turned(b.segments.len());
        WordEvidence {
            forwards: one_way(a, b, there, band),
            backwards: one_way(b, a, back, &turned),
        }
    }

    /// What the words of two runs say; positive speaks for them.
    pub(super) fn of(&self, a: (usize, usize), b: (usize, usize)) -> f64 {
        let sum =
            |table: &Banded<[f32; MAX_RUN]>, (row, run): (usize, usize), others: (usize, usize)| {
                let cells = table.slice(row, others.0..others.0 + others.1).iter();
                cells.filter_map(|cell| cell.get(run - 1)).sum::<f32>()
            };
        let both = sum(&self.forwards, a, b) + sum(&self.backwards, b, a);
        WEIGHT * 0.5 * f64::from(both)
    }
}

fn one_way(
    from: &EditionWords,
    to: &EditionWords,
    known: Known<'_>,
    band: &Band,
) -> Banded<[f32; MAX_RUN]> {
    let words = to.shares.last().map_or(0, |(word, _)| *word as usize + 1);
    let mut shares = vec![0.0_f64; words];
    for (word, share) in &to.shares {
        shares[*word as usize] = *share;
    }
    // Words whose translation is well known are missed where it is absent.
    let mut absent = vec![0.0_f32; words];
    for target in known.learnt.well_known(WELL_KNOWN) {
        if let Some(slot) = absent.get_mut(target as usize) {
            *slot = ((1.0 - MIX).ln()) as f32;
        }
    }
    let mut table = Banded::new(band, [0.0_f32; MAX_RUN]);
    let mut says = absent.clone();
    let mut expected = vec![0.0_f64; words];
    let mut touched: Vec<u32> = Vec::new();
    for start in 0..from.segments.len() {
        let columns = band.row(start);
        if columns.is_empty() {
            continue;
        }
        let mut count = 0.0;
        for length in 1..=MAX_RUN.min(from.segments.len() - start) {
            for word in from.of((start + length - 1, 1)) {
                count += 1.0;
                let all = known.forms.of(word).iter().chain(known.learnt.of(word));
                for (target, likely) in all {
                    let at = *target as usize;
                    // A word that this edition has not got.
                    if shares.get(at).is_none_or(|share| *share == 0.0) {
                        continue;
                    }
                    if expected[at] == 0.0 {
                        touched.push(*target);
                    }
                    expected[at] += likely;
                }
            }
            for target in &touched {
                let at = *target as usize;
                let ratio = MIX * (expected[at] / count) / shares[at] + (1.0 - MIX);
                says[at] = (ratio.ln().min(MOST) as f32).max(absent[at]);
            }
            for column in columns.clone() {
                let words = to.segments[column].iter();
                let sum: f32 = words.map(|word| says[*word as usize]).sum();
                if let Some(cell) = table.get_mut(start, column) {
                    cell[length - 1] = sum;
                }
            }
        }
        for target in touched.drain(..) {
            let at = target as usize;
            expected[at] = 0.0;
            says[at] = absent[at];
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Edition;
    use crate::align::lexicon::{BothWays, Lesson};
    use crate::align::vocabulary::Vocabulary;
    use crate::text::language::Language;

    fn words(tag: &str, texts: &[&str]) -> (Vocabulary, EditionWords) {
        let paragraphs = texts.iter().map(|text| [*text]);
        let edition = Edition::new(Language::from_file(tag), paragraphs);
        let mut vocabulary = Vocabulary::new(edition.language.clone());
        let words = EditionWords::new(&edition, &mut vocabulary);
        (vocabulary, words)
    }

    fn evidence(
        a: &EditionWords,
        b: &EditionWords,
        forms: &BothWays,
        learnt: &BothWays,
    ) -> WordEvidence {
        let there = Known {
            forms: &forms.there,
            learnt: &learnt.there,
        };
        let back = Known {
            forms: &forms.back,
            learnt: &learnt.back,
        };
        let band = Band::whole(a.segments.len(), b.segments.len());
        WordEvidence::new(a, b, there, back, &band)
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
        let ((a_all, a), (b_all, b)) = (of("en", &a), of("sq", &b));
        let lessons = (0..12).map(|at| Lesson {
            a: a.of((at, 1)).collect(),
            b: b.of((at, 1)).collect(),
            weight: 0.9,
        });
        let lessons: Vec<Lesson> = lessons.collect();
        let learnt = BothWays::learnt(&lessons, (a_all.len(), b_all.len()));
        let none = BothWays::default();
        let says = evidence(&a, &b, &none, &learnt);
        for at in 12..24 {
            let of = |other| says.of((at, 1), (other, 1));
            assert!(of(at) > 1.0, "{}", of(at));
            // The one twelve places before says the same.
            for other in (0..24).filter(|other| other % 12 != at % 12) {
                assert!(of(other) < of(at), "{at} {other}");
            }
        }
        // What was never taught says nothing.
        let silent = evidence(&a, &b, &none, &none);
        assert_eq!(silent.of((0, 2), (1, 3)), 0.0);
        // A single meeting teaches nothing.
        let once = BothWays::learnt(&lessons[..1], (a_all.len(), b_all.len()));
        assert_eq!(evidence(&a, &b, &none, &once).of((0, 1), (0, 1)), 0.0);
    }

    #[test]
    fn the_same_name_speaks_for_a_pair_without_being_taught() {
        let a = words("en", &["We saw Miriam there.", "Nobody came at all."]);
        let b = words("fa", &["مریم را آنجا دیدیم.", "هیچ‌کس نیامد."]);
        let (left, right) = ((&a.0, &a.1), (&b.0, &b.1));
        let forms = BothWays {
            there: Translations::by_form(left, right),
            back: Translations::by_form(right, left),
        };
        let says = evidence(&a.1, &b.1, &forms, &BothWays::default());
        assert!(says.of((0, 1), (0, 1)) > 0.1);
        assert_eq!(says.of((1, 1), (1, 1)), 0.0);
    }
}
