//! What tarjuman must find, by a scan that compares a query with every unit.
//!
//! The first part is the only place that knows how the score is defined; the rest only spares comparisons that cannot count.

use std::collections::{BTreeSet, HashMap};

use tarjuman::leverage::difference::differences;
use tarjuman::leverage::score::{Penalties, SHORT, percent};
use tarjuman::text::fold;
use tarjuman::text::keys::Keys;
use tarjuman::text::language::Language;
use tarjuman::unit::Segment;

use crate::workload::Unit;

/// A text made ready for being compared.
struct Prepared {
    keys: Keys,
    /// How many characters the key text has.
    letters: usize,
    /// Key tokens as numbers.
    tokens: Vec<u32>,
    /// Hash of the identity key.
    identity: u64,
}

/// The most that [`unchanged`] can be for texts with so many tokens in common, in any order.
fn at_most(common: usize, a: &Prepared, b: &Prepared) -> u8 {
    if a.keys.whole() == b.keys.whole() {
        return 100;
    }
    let longer = a.tokens.len().max(b.tokens.len());
    let words = percent(longer - common, longer);
    if longer > SHORT {
        return words;
    }
    let longer = a.letters.max(b.letters);
    words.max(percent(longer - a.letters.min(b.letters), longer))
}

/// The percent unchanged, by strsim; texts that are the same to a reader are the same.
fn unchanged(a: &Prepared, b: &Prepared) -> u8 {
    if a.identity == b.identity || a.keys.whole() == b.keys.whole() {
        return 100;
    }
    let longer = a.tokens.len().max(b.tokens.len());
    let words = percent(strsim::generic_levenshtein(&a.tokens, &b.tokens), longer);
    if longer > SHORT {
        return words;
    }
    let edits = strsim::levenshtein(a.keys.text(), b.keys.text());
    words.max(percent(edits, a.letters.max(b.letters)))
}

/// The score that is shown: `unchanged` less penalties, 100 only if nothing differs.
fn shown(query: &str, stored: &str, unchanged: u8, language: &Language) -> u8 {
    let differences = differences(&Segment::plain(query), &Segment::plain(stored), language);
    let score = unchanged.saturating_sub(Penalties::default().sum(&differences));
    if differences.is_empty() {
        score
    } else {
        score.min(99)
    }
}

// Nothing below knows the definition.

/// All units, made ready.
pub(crate) struct Scan<'a> {
    units: &'a [Unit],
    language: Language,
    numbers: HashMap<String, u32>,
    prepared: Vec<Prepared>,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(units: &'a [Unit], language: &Language) -> Self {
        let mut numbers = HashMap::new();
        let prepared = units.iter().map(|unit| {
            let keys = Keys::of(&unit.source, language);
            let tokens = keys.tokens().map(|word| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(word.to_owned()).or_insert(next)
            });
            Prepared {
                tokens: tokens.collect(),
                letters: keys.text().chars().count(),
                identity: identity(&unit.source, language),
                keys,
            }
        });
        Scan {
            units,
            language: language.clone(),
            prepared: prepared.collect(),
            numbers,
        }
    }

    /// The units that score at least `threshold` for a query: their places in the list, with their scores.
    pub(crate) fn all(&self, query: &str, threshold: u8) -> Vec<(usize, u8)> {
        let asked = self.prepare(query);
        let mut in_query = vec![false; self.numbers.len() + asked.tokens.len()];
        for token in &asked.tokens {
            if let Some(there) = in_query.get_mut(*token as usize) {
                *there = true;
            }
        }
        let mut found = Vec::new();
        for (place, (unit, stored)) in self.units.iter().zip(&self.prepared).enumerate() {
            let same =
                stored.identity == asked.identity || stored.keys.whole() == asked.keys.whole();
            let shorter = asked.tokens.len().min(stored.tokens.len());
            if !same && at_most(shorter, &asked, stored) < threshold {
                continue;
            }
            // Each token of the unit that the query has at all: never less than what they have in common.
            let shared = stored
                .tokens
                .iter()
                .filter(|token| in_query.get(**token as usize).copied().unwrap_or(false));
            if !same && at_most(shared.count().min(shorter), &asked, stored) < threshold {
                continue;
            }
            let unchanged = unchanged(&asked, stored);
            if unchanged < threshold {
                continue;
            }
            let score = shown(query, &unit.source, unchanged, &self.language);
            if score >= threshold {
                found.push((place, score));
            }
        }
        found
    }

    /// What the units of [`Self::all`] say; those that say the same say it once.
    pub(crate) fn said(&self, found: &[(usize, u8)], to: &Language) -> BTreeSet<Said> {
        let units = found
            .iter()
            .filter_map(|(place, score)| Some((self.units.get(*place)?, *score)));
        units
            .map(|(unit, score)| said(score, &unit.source, &unit.target, &self.language, to))
            .collect()
    }

    fn prepare(&self, text: &str) -> Prepared {
        // Words that no unit has get numbers of their own.
        let mut fresh: HashMap<String, u32> = HashMap::new();
        let keys = Keys::of(text, &self.language);
        let tokens = keys.tokens().map(|word| {
            self.numbers.get(word).copied().unwrap_or_else(|| {
                let next = u32::try_from(self.numbers.len() + fresh.len()).unwrap_or(u32::MAX);
                *fresh.entry(word.to_owned()).or_insert(next)
            })
        });
        Prepared {
            tokens: tokens.collect(),
            letters: keys.text().chars().count(),
            keys,
            identity: identity(text, &self.language),
        }
    }
}

/// A score, and what a reader sees of a source and its target.
pub(crate) type Said = (u8, String, String);

/// A match as it is compared: matches that differ in nothing a reader sees are one.
pub(crate) fn said(score: u8, source: &str, target: &str, from: &Language, to: &Language) -> Said {
    (
        score,
        fold::identity(source, from),
        fold::identity(target, to),
    )
}

/// The 64 bits of a key that stand for it: two of a few million keys have the same bits once in a million runs.
fn identity(text: &str, language: &Language) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    fold::identity(text, language).hash(&mut hasher);
    hasher.finish()
}

/// Answers every query with `answer`, on all processors, and returns the answers in the order of the queries. `start` makes what
/// a thread needs.
pub(crate) fn in_parallel<S, T: Send>(
    queries: &[String],
    start: impl Fn() -> crate::Result<S> + Sync,
    answer: impl Fn(&S, &str) -> crate::Result<T> + Sync,
) -> crate::Result<Vec<T>> {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicUsize::new(0);
    let work = || -> crate::Result<Vec<(usize, T)>> {
        let own = start()?;
        let mut done = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(query) = queries.get(place) else {
                return Ok(done);
            };
            done.push((place, answer(&own, query)?));
        }
    };
    let mut all = std::thread::scope(|scope| -> crate::Result<Vec<(usize, T)>> {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::with_capacity(queries.len());
        for thread in running {
            all.extend(thread.join().map_err(|_| "a thread panicked")??);
        }
        Ok(all)
    })?;
    all.sort_by_key(|(place, _)| *place);
    Ok(all.into_iter().map(|(_, answer)| answer).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_compared_does_not_score() {
        let language = Language::parse("en").unwrap();
        let texts = [
            "The lamp was lit.",
            "the lamp was lit",
            "The lamp was out.",
            "Lit was the lamp, was it?",
            "Nobody had gone home on 3 May.",
            "Nobody had gone home on 30 May.",
            "the the the the",
            "…",
        ];
        let units = texts.map(|text| Unit {
            source: text.to_owned(),
            target: "x".to_owned(),
        });
        let scan = Scan::new(&units, &language);
        for query in texts.iter().chain(&["The lamp", "unknown words only", ""]) {
            let asked = scan.prepare(query);
            for threshold in [1, 50, 70, 100] {
                let scored = scan.prepared.iter().zip(&units).enumerate();
                let all: Vec<_> = scored
                    .map(|(place, (stored, unit))| {
                        let unchanged = unchanged(&asked, stored);
                        (place, shown(query, &unit.source, unchanged, &language))
                    })
                    .filter(|(_, score)| *score >= threshold)
                    .collect();
                assert_eq!(scan.all(query, threshold), all, "{query}");
            }
        }
    }
}
