//! What a memory knows of which words translate each other: kept beside its units, brought up to date from them, and handed to
//! the aligner.

use std::collections::HashMap;

use crate::align::{self, Lexicon, TaughtPair};
use crate::error::{Progress, Result};
use crate::memory::{Memory, PairsOf};
use crate::text::language::Language;

/// How many meetings of words are counted at once, which bounds the room that it takes.
const AT_ONCE: usize = 6_000_000;

/// The lexicon of a memory, without what the documents at hand have taught it themselves: an alignment that is done again must not be
/// surer because it was done before.
pub struct MemoryLexicon<'m> {
    memory: &'m dyn Memory,
    /// For two languages and a word of the first: how often it met each word of the second in such documents.
    own: HashMap<(String, String), HashMap<String, Meetings>>,
}

/// How often a word met others.
type Meetings = HashMap<String, f64>;

impl<'m> MemoryLexicon<'m> {
    /// The lexicon for documents with these names, which have editions in these languages.
    ///
    /// # Errors
    /// If the memory cannot be read.
    pub fn new(memory: &'m dyn Memory, documents: &[&str], languages: &[Language]) -> Result<Self> {
        let mut own: HashMap<(String, String), HashMap<String, Meetings>> = HashMap::new();
        for (a, b) in pairs(languages) {
            let (from, to) = (a.primary(), b.primary());
            for document in documents {
                memory.for_each_pair((from, to), PairsOf::Unreviewed(document), &mut |pair| {
                    let (left, right) = (align::known_by(pair.a, a), align::known_by(pair.b, b));
                    if !align::teaches(left.len(), right.len()) {
                        return true;
                    }
                    for (x, y) in left.iter().flat_map(|x| right.iter().map(move |y| (x, y))) {
                        for (from, to, word, other) in [(from, to, x, y), (to, from, y, x)] {
                            let met = own.entry((from.to_owned(), to.to_owned())).or_default();
                            let met = met.entry(word.clone()).or_default();
                            *met.entry(other.clone()).or_default() += pair.weight;
                        }
                    }
                    true
                })?;
            }
        }
        Ok(MemoryLexicon { memory, own })
    }
}

impl Lexicon for MemoryLexicon<'_> {
    fn counts(
        &self,
        from: &Language,
        to: &Language,
        word: &str,
    ) -> Result<(Vec<(String, f64)>, f64)> {
        let languages = (from.primary(), to.primary());
        let mut counts = self.memory.word_counts(languages, word)?;
        if !self.own.is_empty() {
            let own = self
                .own
                .get(&(languages.0.to_owned(), languages.1.to_owned()));
            if let Some(met) = own.and_then(|own| own.get(word)) {
                for (other, count) in &mut counts {
                    // At most this was taught by the document itself.
                    *count -= met.get(other).copied().unwrap_or(0.0);
                }
                counts.retain(|(_, count)| *count > 0.0);
            }
        }
        let total = counts.iter().map(|(_, count)| count).sum();
        Ok((counts, total))
    }
}

/// Lets the units that have come since last time teach the memory's lexicon, for each two of some languages. Progress is told in
/// units.
///
/// # Errors
/// If the memory cannot be read or written, or what `progress` returns. What was counted until then is kept.
pub fn bring_up_to_date(
    memory: &mut dyn Memory,
    languages: &[Language],
    progress: Progress<'_>,
) -> Result<()> {
    for pair in pairs(languages) {
        learn_pair(memory, pair, progress)?;
    }
    Ok(())
}

/// Whether the memory's lexicon has seen all units, for each two of some languages.
///
/// # Errors
/// If the memory cannot be read.
pub fn is_up_to_date(memory: &dyn Memory, languages: &[Language]) -> Result<bool> {
    for (a, b) in pairs(languages) {
        let stand = memory.lexicon_stand((a.primary(), b.primary()))?;
        if stand.until < stand.last {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Each two of some languages, by their primary subtags in alphabetical order.
fn pairs(languages: &[Language]) -> Vec<(&Language, &Language)> {
    let mut known: Vec<&Language> = languages.iter().collect();
    known.sort_unstable_by_key(|language| language.primary());
    known.dedup_by_key(|language| language.primary());
    let known = known.as_slice();
    let pairs = known.iter().enumerate().flat_map(|(at, a)| {
        let others = known.iter().skip(at + 1);
        others.map(move |b| (*a, *b))
    });
    pairs.collect()
}

fn learn_pair(
    memory: &mut dyn Memory,
    (a, b): (&Language, &Language),
    progress: Progress<'_>,
) -> Result<()> {
    let languages = (a.primary(), b.primary());
    loop {
        let stand = memory.lexicon_stand(languages)?;
        if stand.until >= stand.last {
            return Ok(());
        }
        progress(stand.until.unsigned_abs(), stand.last.unsigned_abs())?;
        let mut pairs: Vec<TaughtPair> = Vec::new();
        let mut meetings = 0;
        let mut until = stand.last;
        memory.for_each_pair(languages, PairsOf::After(stand.until), &mut |pair| {
            let taught = TaughtPair {
                a: align::known_by(pair.a, a),
                b: align::known_by(pair.b, b),
                weight: pair.weight,
            };
            if align::teaches(taught.a.len(), taught.b.len()) {
                meetings += taught.a.len() * taught.b.len();
                pairs.push(taught);
            }
            if meetings >= AT_ONCE {
                until = pair.unit;
            }
            meetings < AT_ONCE
        })?;
        let lexicon = MemoryLexicon {
            memory,
            own: HashMap::new(),
        };
        let counts = align::learn(&pairs, (a, b), &lexicon)?;
        memory.add_word_counts(languages, &counts, until)?;
    }
}
