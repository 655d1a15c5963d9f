//! What a memory knows about a segment, how sure that is, and why.
//!
//! A [`Finder`] answers for one pair of languages. It looks for the same text first, by its identity key, and then for texts
//! that are like it. The search is complete: everything at or above the threshold is found, since the only candidates that are
//! not compared are those whose words cannot reach it. The score is defined in [`score`], what differs in [`difference`].
//!
//! Matches come in one order: higher score, better context, fewer differences, the very
//! region asked for, more uses, newer unit, then the text of the target. When several
//! exact matches have different targets, each says so ([`Match::ambiguous`]); nothing picks one silently.

pub mod difference;
pub mod score;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use crate::error::Result;
use crate::memory::{Candidate, Memory, UnitId, require_languages};
use crate::text::fold;
use crate::text::language::Language;
use crate::unit::{Origin, Segment, TranslationUnit, Variant};
use difference::{Difference, DifferenceKind, differences};
use score::{Penalties, key_tokens, most_unchanged, percent_unchanged};

/// The threshold, in percent, below which a match costs a translator more than it helps.
pub const DEFAULT_THRESHOLD: u8 = 70;

/// A segment to be looked up, with what stands around it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    /// The text.
    pub text: &'a str,
    /// The segment before it, if there is one and it is known.
    pub previous: Option<&'a str>,
    /// The segment after it.
    pub next: Option<&'a str>,
}

/// What the memory knows about a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The whole percent of words unchanged, less penalties; 100 says that nothing a reader could see differs and that a person
    /// vouches for it.
    pub score: u8,
    /// What sort of match it is.
    pub kind: MatchKind,
    /// The stored segment that is like the query.
    pub source: Segment,
    /// What it was translated as.
    pub target: Segment,
    /// Why the score is not 100, in the order of the text.
    pub differences: Vec<Difference>,
    /// Whether another exact match has another target, and this one is not the only one whose context fits best.
    pub ambiguous: bool,
    /// Where it is from.
    pub provenance: Provenance,
    /// How many units say the same.
    pub uses: usize,
}

/// What sort of match a [`Match`] is, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchKind {
    /// Exact, and what stands before or after it in its document is the same too.
    Context,
    /// The same text.
    Exact,
    /// A text that is like it.
    Fuzzy,
}

impl MatchKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            MatchKind::Context => "context",
            MatchKind::Exact => "exact",
            MatchKind::Fuzzy => "fuzzy",
        }
    }
}

/// Where a match is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The number of its unit.
    pub unit: UnitId,
    /// The file that it was imported from.
    pub source: String,
    /// The document it was said in, if that is known.
    pub document: Option<String>,
    /// Where in that document, from 0.
    pub position: Option<u32>,
    /// What vouches for it.
    pub origin: Origin,
}

impl Provenance {
    /// Where it is from, in a few words: the document and the place in it (from 1), else the file.
    pub fn place(&self) -> String {
        match (&self.document, self.position) {
            (Some(document), Some(position)) => format!("{document} {}", u64::from(position) + 1),
            (Some(document), None) => document.clone(),
            (None, _) => self.source.clone(),
        }
    }
}

/// Looks segments up in a memory, from one language into another.
pub struct Finder<'m> {
    memory: &'m dyn Memory,
    from: Language,
    to: Language,
    penalties: Penalties,
    pool: OnceCell<Pool>,
}

/// What the fuzzy search compares a query with: the words of every stored segment that has a translation, as numbers.
struct Pool {
    words: HashMap<String, u32>,
    entries: Vec<PoolEntry>,
}

struct PoolEntry {
    candidate: Candidate,
    tokens: Vec<u32>,
    /// The same tokens in order of their numbers, for counting what two segments have in common.
    sorted: Vec<u32>,
}

impl<'m> Finder<'m> {
    /// A finder from one language into another.
    ///
    /// # Errors
    /// If the memory cannot be read or lacks one of the languages, or if both are the same.
    pub fn new(memory: &'m dyn Memory, from: &Language, to: &Language) -> Result<Self> {
        from.differs_from(to)?;
        require_languages(memory, &[from, to])?;
        Ok(Finder {
            memory,
            from: from.clone(),
            to: to.clone(),
            penalties: Penalties::default(),
            pool: OnceCell::new(),
        })
    }

    /// The same finder with other penalties.
    #[must_use]
    pub fn with_penalties(mut self, penalties: Penalties) -> Self {
        self.penalties = penalties;
        self
    }

    /// The language that is looked up.
    pub fn from(&self) -> &Language {
        &self.from
    }

    /// The language that is found.
    pub fn to(&self) -> &Language {
        &self.to
    }

    /// The best matches at or above `threshold` (percent), at most `limit` of them.
    ///
    /// # Errors
    /// If the memory cannot be read.
    pub fn find(&self, query: Query<'_>, threshold: u8, limit: usize) -> Result<Vec<Match>> {
        if limit == 0 || fold::identity(query.text, &self.from).is_empty() {
            return Ok(Vec::new());
        }
        let mut found = Found::default();
        for candidate in self.memory.identical(&self.from, query.text)? {
            self.compare(query, &candidate, 100, threshold, &mut found)?;
        }
        for (candidate, unchanged) in self.alike(query.text, threshold)? {
            self.compare(query, candidate, unchanged, threshold, &mut found)?;
        }
        Ok(found.ranked(limit))
    }

    /// The stored segments other than the identical ones of whose words as many percent as the threshold are unchanged, with
    /// that percent.
    fn alike(&self, text: &str, threshold: u8) -> Result<Vec<(&Candidate, u8)>> {
        let pool = self.pool()?;
        let key = fold::identity(text, &self.from);
        let mut unknown = u32::MAX;
        let mut own: HashMap<String, u32> = HashMap::new();
        let tokens: Vec<u32> = key_tokens(text, &self.from)
            .into_iter()
            .map(|word| match pool.words.get(&word) {
                Some(number) => *number,
                None => *own.entry(word).or_insert_with(|| {
                    unknown -= 1;
                    unknown
                }),
            })
            .collect();
        let sorted = sorted(&tokens);
        let mut found = Vec::new();
        for entry in &pool.entries {
            let (a, b) = (tokens.len(), entry.tokens.len());
            if most_unchanged(a.min(b), a, b) < threshold {
                continue;
            }
            if most_unchanged(common(&sorted, &entry.sorted), a, b) < threshold {
                continue;
            }
            let unchanged = percent_unchanged(&tokens, &entry.tokens);
            if unchanged >= threshold
                && fold::identity(&entry.candidate.variant.segment.text, &self.from) != key
            {
                found.push((&entry.candidate, unchanged));
            }
        }
        Ok(found)
    }

    fn pool(&self) -> Result<&Pool> {
        if let Some(pool) = self.pool.get() {
            return Ok(pool);
        }
        let mut translated = std::collections::HashSet::new();
        self.memory.for_each_variant(&self.to, &mut |candidate| {
            translated.insert(candidate.unit);
            Ok(())
        })?;
        let mut pool = Pool {
            words: HashMap::new(),
            entries: Vec::new(),
        };
        self.memory.for_each_variant(&self.from, &mut |candidate| {
            if translated.contains(&candidate.unit) {
                let words = key_tokens(&candidate.variant.segment.text, &self.from);
                let tokens = words.into_iter().map(|word| {
                    let next = u32::try_from(pool.words.len()).unwrap_or(u32::MAX);
                    *pool.words.entry(word).or_insert(next)
                });
                let tokens: Vec<u32> = tokens.collect();
                pool.entries.push(PoolEntry {
                    candidate,
                    sorted: sorted(&tokens),
                    tokens,
                });
            }
            Ok(())
        })?;
        Ok(self.pool.get_or_init(|| pool))
    }

    /// Adds what a candidate's unit says, if it reaches the threshold after penalties. So many percent of its words are
    /// `unchanged`.
    fn compare(
        &self,
        query: Query<'_>,
        candidate: &Candidate,
        unchanged: u8,
        threshold: u8,
        found: &mut Found,
    ) -> Result<()> {
        let stored = &candidate.variant;
        let in_source = differences(&Segment::plain(query.text), &stored.segment, &self.from);
        if unchanged.saturating_sub(self.penalties.sum(&in_source)) < threshold {
            return Ok(());
        }
        let context = self.context(query, stored);
        let unit = self.memory.unit(candidate.unit)?;
        for target in unit.unit.in_language(&self.to) {
            if target.segment.text.trim().is_empty() {
                continue;
            }
            let mut differences = in_source.clone();
            if stored.segment.codes.is_empty() {
                differences.extend(codes_beside(&target.segment));
            }
            let penalty = self
                .penalties
                .sum(&differences)
                .saturating_add(match unit.unit.origin {
                    Origin::Translation => 0,
                    Origin::Alignment { .. } => self.penalties.unreviewed,
                });
            let score = match unchanged.saturating_sub(penalty) {
                score if differences.is_empty() => score,
                score => score.min(99),
            };
            if score < threshold {
                continue;
            }
            found.add(Ranked {
                context,
                other_region: target.language != self.to,
                target_key: fold::identity(&target.segment.text, &self.to),
                source_key: fold::identity(&stored.segment.text, &self.from),
                units: BTreeSet::from([unit.id]),
                found: Match {
                    score,
                    kind: match (differences.is_empty(), context) {
                        (true, 0) => MatchKind::Exact,
                        (true, _) => MatchKind::Context,
                        (false, _) => MatchKind::Fuzzy,
                    },
                    source: stored.segment.clone(),
                    target: target.segment.clone(),
                    differences,
                    ambiguous: false,
                    provenance: provenance(&unit.unit, unit.id, &unit.source),
                    uses: 1,
                },
            });
        }
        Ok(())
    }

    /// How many of the two neighbours are the same: 0, 1 or 2.
    fn context(&self, query: Query<'_>, stored: &Variant) -> u8 {
        let same = |asked: Option<&str>, known: &Option<String>| match (asked, known) {
            (Some(asked), Some(known)) => {
                fold::identity(asked, &self.from) == fold::identity(known, &self.from)
            }
            _ => false,
        };
        u8::from(same(query.previous, &stored.previous)) + u8::from(same(query.next, &stored.next))
    }
}

fn provenance(unit: &TranslationUnit, id: UnitId, source: &str) -> Provenance {
    Provenance {
        unit: id,
        source: source.to_owned(),
        document: unit.document.clone(),
        position: unit.position,
        origin: unit.origin,
    }
}

fn sorted(tokens: &[u32]) -> Vec<u32> {
    let mut sorted = tokens.to_vec();
    sorted.sort_unstable();
    sorted
}

/// How many tokens two segments have in common, in any order. Both are sorted.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut left, mut right) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
        let order = x.cmp(y);
        count += usize::from(order.is_eq());
        if order.is_le() {
            left.next();
        }
        if order.is_ge() {
            right.next();
        }
    }
    count
}

/// The difference that a target has codes for which the query has no place.
fn codes_beside(target: &Segment) -> Option<Difference> {
    let count = target.codes.len();
    (count > 0).then(|| Difference {
        kind: DifferenceKind::Codes,
        query: String::new(),
        stored: format!("inline codes in the translation: {count}"),
    })
}

/// A match with what it is ranked by.
struct Ranked {
    context: u8,
    /// Whether the target is not in the very language asked for, but in one that serves it.
    other_region: bool,
    target_key: String,
    source_key: String,
    /// The units that say it.
    units: BTreeSet<UnitId>,
    found: Match,
}

/// Matches on their way to being ranked; units that say the same become one.
#[derive(Default)]
struct Found {
    matches: HashMap<(u8, String, String), Ranked>,
}

impl Found {
    fn add(&mut self, new: Ranked) {
        let key = (
            new.found.score,
            new.source_key.clone(),
            new.target_key.clone(),
        );
        match self.matches.entry(key) {
            Entry::Vacant(place) => {
                place.insert(new);
            }
            Entry::Occupied(mut place) => {
                let known = place.get_mut();
                known.units.extend(new.units.iter().copied());
                // The unit with the better context speaks for all, then the newer one.
                let rank = |one: &Ranked| (one.context, one.found.provenance.unit);
                if rank(&new) > rank(known) {
                    let units = std::mem::take(&mut known.units);
                    *known = Ranked { units, ..new };
                }
                known.found.uses = known.units.len();
            }
        }
    }

    fn ranked(self, limit: usize) -> Vec<Match> {
        let mut matches: Vec<Ranked> = self.matches.into_values().collect();
        matches.sort_by(|x, y| {
            let key = |one: &Ranked| {
                let found = &one.found;
                (
                    Reverse(found.score),
                    Reverse(one.context),
                    found.differences.len(),
                    one.other_region,
                    Reverse(found.uses),
                    Reverse(found.provenance.unit),
                )
            };
            key(x)
                .cmp(&key(y))
                .then_with(|| (&x.target_key, &x.source_key).cmp(&(&y.target_key, &y.source_key)))
        });
        let exact = |one: &&Ranked| one.found.kind != MatchKind::Fuzzy;
        let best = matches.iter().filter(exact).map(|one| one.context).max();
        let rivals = matches
            .iter()
            .filter(exact)
            .filter(|one| Some(one.context) == best);
        let ambiguous = rivals.count() > 1;
        for one in &mut matches {
            // What the context tells apart is not ambiguous for the one it speaks for; the others are not the answer.
            one.found.ambiguous =
                one.found.kind != MatchKind::Fuzzy && (ambiguous || Some(one.context) != best);
        }
        let matches = matches.into_iter().map(|one| one.found);
        matches.take(limit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Import;
    use crate::memory::sqlite::SqliteMemory;
    use crate::unit::Header;
    use proptest::prelude::*;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn memory(pairs: &[(&str, &str)]) -> SqliteMemory {
        let mut memory = SqliteMemory::temporary().unwrap();
        let mut units = pairs
            .iter()
            .enumerate()
            .map(|(index, (source, target))| TranslationUnit {
                variants: vec![
                    Variant {
                        previous: index
                            .checked_sub(1)
                            .and_then(|at| pairs.get(at))
                            .map(|pair| pair.0.to_owned()),
                        ..Variant::plain(language("en"), *source)
                    },
                    Variant::plain(language("sq"), *target),
                ],
                position: u32::try_from(index).ok(),
                ..TranslationUnit::default()
            });
        let import = Import {
            source: "test".into(),
            header: Header::default(),
            at: "20250101T000000Z".into(),
            supersedes: None,
            units: Box::new(|| Ok(units.next())),
        };
        memory.import(vec![import]).unwrap();
        memory
    }

    fn find(
        memory: &SqliteMemory,
        query: Query<'_>,
        threshold: u8,
    ) -> Vec<(u8, &'static str, String, bool)> {
        let finder = Finder::new(memory, &language("en"), &language("sq")).unwrap();
        finder
            .find(query, threshold, 10)
            .unwrap()
            .into_iter()
            .map(|one| (one.score, one.kind.name(), one.target.text, one.ambiguous))
            .collect()
    }

    fn text(text: &str) -> Query<'_> {
        Query {
            text,
            ..Query::default()
        }
    }

    #[test]
    fn exact_then_alike() {
        let memory = memory(&[
            (
                "Please reply by 12 March.",
                "Ju lutemi përgjigjuni deri më 12 mars.",
            ),
            (
                "Please reply by 9 May.",
                "Ju lutemi përgjigjuni deri më 9 maj.",
            ),
            ("Unlike.", "Ndryshe."),
        ]);
        assert_eq!(
            find(&memory, text("Please reply by 12 March."), 70),
            [
                (
                    100,
                    "exact",
                    "Ju lutemi përgjigjuni deri më 12 mars.".to_owned(),
                    false
                ),
                (
                    78,
                    "fuzzy",
                    "Ju lutemi përgjigjuni deri më 9 maj.".to_owned(),
                    false
                ),
            ]
        );
        assert_eq!(find(&memory, text("please reply by 12 March"), 95)[0].0, 98);
        assert!(find(&memory, text("Nothing of the kind"), 50).is_empty());
        assert!(find(&memory, text(" "), 50).is_empty());
    }

    #[test]
    fn several_targets_are_ambiguous_unless_the_context_decides() {
        let memory = memory(&[("Open", "Hap"), ("Door", "Derë"), ("Open", "I hapur")]);
        let both = find(&memory, text("Open"), 70);
        assert_eq!(both.iter().filter(|one| one.3).count(), 2, "{both:?}");
        let query = Query {
            text: "Open",
            previous: Some("Door"),
            next: None,
        };
        let told = find(&memory, query, 70);
        assert_eq!(
            (told[0].1, told[0].2.as_str(), told[0].3),
            ("context", "I hapur", false)
        );
    }

    #[test]
    fn what_the_memory_lacks_is_said() {
        let memory = memory(&[("a", "b")]);
        let error = Finder::new(&memory, &language("en"), &language("fa"))
            .err()
            .unwrap();
        assert!(error.to_string().contains("Persian") && error.to_string().contains("en, sq"));
        assert!(Finder::new(&memory, &language("en"), &language("en-GB")).is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn the_search_is_complete(
            stored in prop::collection::btree_set("[abc]( [abc12]){0,6}[.!]?", 1..12),
            query in "[abcd]( [abc12]){0,6}[.!]?",
            threshold in 30_u8..100,
        ) {
            let pairs: Vec<(&str, &str)> = stored.iter().map(|source| (source.as_str(), source.as_str())).collect();
            let memory = memory(&pairs);
            let en = language("en");
            let penalties = Penalties::default();
            let mut truth: Vec<u8> = stored.iter().filter_map(|source| {
                let all = differences(&Segment::plain(query.clone()), &Segment::plain(source.clone()), &en);
                let unchanged = percent_unchanged(&key_tokens(&query, &en), &key_tokens(source, &en));
                let score = if all.is_empty() { 100 } else { unchanged.saturating_sub(penalties.sum(&all)).min(99) };
                (score >= threshold).then_some(score)
            }).collect();
            truth.sort_unstable_by_key(|score| Reverse(*score));
            let found: Vec<u8> = Finder::new(&memory, &en, &language("sq")).unwrap().find(text(&query), threshold, 100).unwrap().iter().map(|one| one.score).collect();
            prop_assert_eq!(found, truth);
        }
    }
}
