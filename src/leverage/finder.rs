//! One look-up, from the text to the matches in their order.

use std::cell::{OnceCell, RefCell};
use std::cmp::Reverse;

use super::concordance::Concordance;
use super::difference::{Difference, DifferenceKind, differences};
use super::rank::{Found, Ranked};
use super::repair::{KnownName, repair};
use super::score::{Compared, Penalties, Trigrams, percent_of_characters};
use super::search::alike;
use super::{Match, MatchKind, Pivot, Provenance, Query};
use crate::error::Result;
use crate::memory::index::Posting;
use crate::memory::{Memory, StoredUnit, require_languages};
use crate::text::fold;
use crate::text::keys::Keys;
use crate::text::language::Language;
use crate::text::values::Style;
use crate::unit::{Origin, Segment, Variant};

/// What the percent of a match counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    /// Words unchanged, less penalties: see [`super::score`].
    #[default]
    Words,
    /// Characters unchanged, as other tools count; nothing is folded and nothing taken off. Every segment is compared, which
    /// takes long in a large memory.
    Characters,
}

/// So many of the highest matches are put in order, even if fewer are asked for.
const ORDERED: usize = 5;

/// Of segments that have the same key tokens so many are looked at, the newest first, or as many as are asked for. Only
/// templates said again and again with other numbers come to so many.
const ENOUGH: usize = 64;

/// Looks segments up in a memory, from one language into another.
pub struct Finder<'m> {
    memory: &'m dyn Memory,
    settings: Settings,
    /// How the memory writes values, once somebody has asked.
    pub(super) style: OnceCell<Style>,
}

/// What a finder is told beside its memory.
#[derive(Clone)]
pub(super) struct Settings {
    from: Language,
    to: Language,
    penalties: Penalties,
    measure: Measure,
    /// The languages through which a match may be found that no unit has.
    pivots: Vec<Language>,
}

/// A stored segment that may be shown, before it is known what it was translated as.
struct Candidate {
    /// Trigrams in common, in thousandths.
    useful: u32,
    /// Percent unchanged, before penalties.
    unchanged: u8,
    unit: StoredUnit,
    place: u16,
}

impl<'m> Finder<'m> {
    /// A finder from one language into another.
    ///
    /// # Errors
    /// If the memory cannot be read or lacks one of the languages, or if both are the same.
    pub fn new(memory: &'m dyn Memory, from: &Language, to: &Language) -> Result<Self> {
        from.differs_from(to)?;
        require_languages(memory, &[from, to])?;
        let mut pivots: Vec<Language> = Vec::new();
        for (language, _) in memory.languages()? {
            let known = [from, to]
                .into_iter()
                .chain(&pivots)
                .any(|known| known.primary() == language.primary());
            if !known {
                pivots.push(language);
            }
        }
        // Most is said in English; the rest in the order of the tags.
        pivots.sort_by_key(|language| language.primary() != "en");
        let settings = Settings {
            from: from.clone(),
            to: to.clone(),
            penalties: Penalties::default(),
            measure: Measure::default(),
            pivots,
        };
        Ok(Finder::with_settings(memory, settings))
    }

    /// A finder with the settings of another.
    pub(super) fn with_settings(memory: &'m dyn Memory, settings: Settings) -> Self {
        Finder {
            memory,
            settings,
            style: OnceCell::new(),
        }
    }

    /// The memory that is looked into.
    pub(super) fn memory(&self) -> &'m dyn Memory {
        self.memory
    }

    /// What this finder was told.
    pub(super) fn settings(&self) -> Settings {
        self.settings.clone()
    }

    /// The same memory for another thread, if it can be read by several.
    pub(super) fn another_reader(&self) -> Result<Option<Box<dyn Memory + Send>>> {
        self.memory.another_reader()
    }

    /// The same finder with other penalties.
    #[must_use]
    pub fn with_penalties(mut self, penalties: Penalties) -> Self {
        self.settings.penalties = penalties;
        self
    }

    /// The same finder with another measure.
    #[must_use]
    pub fn with_measure(mut self, measure: Measure) -> Self {
        self.settings.measure = measure;
        self
    }

    /// The same finder, which shows only what one unit has in both languages.
    #[must_use]
    pub fn without_pivots(mut self) -> Self {
        self.settings.pivots.clear();
        self
    }

    /// The language that is looked up.
    pub fn from(&self) -> &Language {
        &self.settings.from
    }

    /// The language that is found.
    pub fn to(&self) -> &Language {
        &self.settings.to
    }

    /// The best matches at or above `threshold` (percent), at most `limit` of them.
    ///
    /// # Errors
    /// If the memory cannot be read.
    pub fn find(&self, query: Query<'_>, threshold: u8, limit: usize) -> Result<Vec<Match>> {
        if limit == 0 || fold::identity(query.text, &self.settings.from).is_empty() {
            return Ok(Vec::new());
        }
        let mut matches = Vec::new();
        // Units and index are read as they are at one moment, even if somebody adds to them in between.
        self.memory.reading(&mut || {
            matches = match self.settings.measure {
                Measure::Words => self.by_words(query, threshold, limit)?,
                Measure::Characters => self.by_characters(query, threshold, limit)?,
            };
            if matches.is_empty() && self.settings.measure == Measure::Words {
                matches = self.through_pivots(query, threshold, limit)?;
            }
            Ok(())
        })?;
        Ok(matches)
    }

    fn by_words(&self, query: Query<'_>, threshold: u8, limit: usize) -> Result<Vec<Match>> {
        let keys = Keys::of(query.text, &self.settings.from);
        let compared = Compared::new(&keys);
        let alike = alike(self.memory, &self.settings.from, &compared, threshold)?;
        let trigrams = Trigrams::of(&keys);
        let mut found = Found::default();
        let consider = |posting: &Posting, found: &mut Found| -> Result<bool> {
            let Some(mut candidate) = self.candidate(posting)? else {
                return Ok(false);
            };
            if let Some(stored) = candidate.stored() {
                let stored = Keys::of(&stored.segment.text, &self.settings.from);
                candidate.unchanged = compared.unchanged(&stored);
                candidate.useful = trigrams.in_common(&Trigrams::of(&stored));
            }
            if candidate.unchanged >= threshold {
                self.judge(query, &candidate, threshold, found);
            }
            Ok(true)
        };
        // All that are exact are wanted, because they may contradict each other.
        for posting in &alike.same {
            consider(posting, &mut found)?;
        }
        let wanted = limit.max(ORDERED);
        for (most, postings) in &alike.others {
            // What can no longer be among the highest need not be read.
            let mut considered = 0;
            for posting in postings.iter().rev() {
                let full = found
                    .lowest_of(wanted)
                    .is_some_and(|lowest| *most <= lowest);
                if full || considered >= wanted.max(ENOUGH) {
                    break;
                }
                considered += usize::from(consider(posting, &mut found)?);
            }
        }
        found.ranked(wanted, limit, |one| self.repair(query, one))
    }

    /// The unit of a posting, if it is there, serves the language and is translated.
    fn candidate(&self, posting: &Posting) -> Result<Option<Candidate>> {
        let Some(unit) = self.memory.unit_if_there(posting.unit)? else {
            return Ok(None);
        };
        let candidate = Candidate {
            useful: 1_000,
            unchanged: 100,
            unit,
            place: posting.place,
        };
        let serves = candidate
            .stored()
            .is_some_and(|stored| self.settings.from.accepts(&stored.language));
        let translated = candidate
            .unit
            .unit
            .in_language(&self.settings.to)
            .any(is_full);
        Ok((serves && translated).then_some(candidate))
    }

    /// Adds what a candidate's unit says, if it reaches the threshold after penalties.
    fn judge(&self, query: Query<'_>, candidate: &Candidate, threshold: u8, found: &mut Found) {
        let Some(stored) = candidate.stored() else {
            return;
        };
        let unit = &candidate.unit;
        let asked = Segment {
            text: query.text.to_owned(),
            codes: query.codes.to_vec(),
        };
        let in_source = differences(&asked, &stored.segment, &self.settings.from);
        let context = self.context(query, stored);
        let doubt = match unit.unit.origin {
            Origin::Translation => 0,
            Origin::Alignment { .. } => self.settings.penalties.unreviewed,
        };
        for target in unit
            .unit
            .in_language(&self.settings.to)
            .filter(|target| is_full(target))
        {
            let mut differences = in_source.clone();
            if stored.segment.codes.is_empty() {
                differences.extend(codes_beside(&target.segment));
            }
            let penalty = self
                .settings
                .penalties
                .sum(&differences)
                .saturating_add(doubt)
                .saturating_add(unit.penalty);
            let score = match candidate.unchanged.saturating_sub(penalty) {
                score if differences.is_empty() => score,
                score => score.min(99),
            };
            if score < threshold {
                continue;
            }
            found.add(Ranked {
                useful: candidate.useful,
                context,
                other_region: target.language != self.settings.to,
                target_key: fold::identity(&target.segment.text, &self.settings.to),
                source_key: fold::identity(&stored.segment.text, &self.settings.from),
                units: [unit.id].into(),
                found: Match {
                    score,
                    kind: MatchKind::of(&differences, context),
                    source: stored.segment.clone(),
                    target: target.segment.clone(),
                    differences,
                    ambiguous: false,
                    provenance: provenance(unit),
                    uses: 1,
                    pivot: None,
                    repair: None,
                },
            });
        }
    }

    /// Gives the target of a match the values of the query, if values are all that differs.
    fn repair(&self, query: Query<'_>, one: &mut Match) -> Result<()> {
        if one.kind != MatchKind::Fuzzy {
            return Ok(());
        }
        let (from, to) = (&self.settings.from, &self.settings.to);
        let failed = RefCell::new(Ok(()));
        let known = |name: &str, phrase: &str| match self.known_name(name, phrase) {
            Ok(known) => known,
            Err(error) => {
                *failed.borrow_mut() = Err(error);
                None
            }
        };
        one.repair = repair(
            (query.text, from),
            &one.source.text,
            (&one.target, to),
            &known,
        );
        if one.repaired().is_some_and(|repair| repair.is_whole) {
            one.kind = MatchKind::Repaired;
        }
        failed.into_inner()
    }

    /// How the units that name somebody write the name in the language that is found, if they all write it in one way.
    fn known_name(&self, name: &str, phrase: &str) -> Result<Option<KnownName>> {
        let (from, to) = (&self.settings.from, &self.settings.to);
        let hits = Concordance::new(self.memory, from)?.find(&[phrase], ENOUGH)?;
        let mut known: Option<KnownName> = None;
        for hit in &hits.shown {
            for target in hit.unit.unit.in_language(to) {
                let place = provenance(&hit.unit).place();
                let seen = KnownName::seen((name, from), (&target.segment.text, to), place);
                match (seen, &mut known) {
                    (Some(seen), None) => known = Some(seen),
                    (Some(seen), Some(known)) if seen.text != known.text => return Ok(None),
                    (Some(seen), Some(known)) if known.with_title.is_none() => *known = seen,
                    _ => {}
                }
            }
        }
        Ok(known)
    }

    /// How many of the two neighbours are the same: 0, 1 or 2.
    fn context(&self, query: Query<'_>, stored: &Variant) -> u8 {
        let same = |asked: Option<&str>, known: &Option<String>| match (asked, known) {
            (Some(asked), Some(known)) => {
                asked == known
                    || fold::identity(asked, &self.settings.from)
                        == fold::identity(known, &self.settings.from)
            }
            _ => false,
        };
        u8::from(same(query.previous, &stored.previous)) + u8::from(same(query.next, &stored.next))
    }

    /// Every segment, compared by its characters as they stand.
    fn by_characters(&self, query: Query<'_>, threshold: u8, limit: usize) -> Result<Vec<Match>> {
        let mut near: Vec<(u8, Posting)> = Vec::new();
        let letters = query.text.chars().count();
        self.memory
            .for_each_text(&self.settings.from, &mut |unit, place, text| {
                let stored = text.chars().count();
                // The shorter side is at most all that is unchanged.
                if 100 * letters.min(stored) < usize::from(threshold) * letters.max(stored) {
                    return Ok(());
                }
                let percent = percent_of_characters(query.text, text);
                if percent >= threshold {
                    near.push((
                        percent,
                        Posting {
                            unit,
                            place,
                            whole: 0,
                        },
                    ));
                }
                Ok(())
            })?;
        near.sort_by_key(|(percent, posting)| {
            (Reverse(*percent), Reverse(posting.unit), posting.place)
        });
        let mut found = Found::default();
        let settings = Settings {
            penalties: Penalties::NONE,
            ..self.settings()
        };
        let finder = Finder::with_settings(self.memory, settings);
        for (percent, posting) in near {
            if found
                .lowest_of(limit)
                .is_some_and(|lowest| lowest > percent)
            {
                break;
            }
            if let Some(mut candidate) = self.candidate(&posting)? {
                (candidate.unchanged, candidate.useful) = (percent, u32::from(percent) * 10);
                finder.judge(query, &candidate, threshold, &mut found);
            }
        }
        found.ranked(limit, limit, |one| self.repair(query, one))
    }

    /// What is found when the query is translated into a third language, and that into the one that is wanted.
    fn through_pivots(&self, query: Query<'_>, threshold: u8, limit: usize) -> Result<Vec<Match>> {
        for language in &self.settings.pivots {
            let leg = |from: &Language, to: &Language| {
                let settings = Settings {
                    from: from.clone(),
                    to: to.clone(),
                    pivots: Vec::new(),
                    ..self.settings()
                };
                Finder::with_settings(self.memory, settings)
            };
            let (there, onward) = (
                leg(&self.settings.from, language),
                leg(language, &self.settings.to),
            );
            let mut matches = Vec::new();
            for first in there.find(query, threshold, limit)? {
                let text = Query {
                    text: &first.target.text,
                    codes: &[],
                    ..Query::default()
                };
                // What either leg loses is lost, so that each has to reach the threshold.
                for second in onward.find(text, threshold, limit)? {
                    if second.kind == MatchKind::Fuzzy {
                        continue;
                    }
                    let lost = (100 - second.score).saturating_add(self.settings.penalties.pivot);
                    let score = first.score.saturating_sub(lost).min(99);
                    if score >= threshold {
                        let mut found = Match {
                            score,
                            kind: MatchKind::Fuzzy,
                            target: second.target,
                            differences: [first.differences.clone(), second.differences].concat(),
                            ambiguous: false,
                            pivot: Some(Pivot {
                                language: language.clone(),
                                text: second.source,
                                provenance: second.provenance,
                            }),
                            repair: None,
                            ..first.clone()
                        };
                        self.repair(query, &mut found)?;
                        matches.push(found);
                    }
                }
            }
            if !matches.is_empty() {
                matches.sort_by_key(|one| Reverse(one.score));
                matches.truncate(limit);
                return Ok(matches);
            }
        }
        Ok(Vec::new())
    }
}

impl Candidate {
    fn stored(&self) -> Option<&Variant> {
        self.unit.unit.variants.get(usize::from(self.place))
    }
}

fn is_full(variant: &Variant) -> bool {
    !variant.segment.text.trim().is_empty()
}

/// Where a unit is from.
pub fn provenance(unit: &StoredUnit) -> Provenance {
    Provenance {
        unit: unit.id,
        source: unit.source.clone(),
        document: unit.unit.document.clone(),
        position: unit.unit.position,
        origin: unit.unit.origin,
        penalty: unit.penalty,
    }
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::memory::Import;
    use crate::memory::sqlite::SqliteMemory;
    use crate::unit::{Header, TranslationUnit};
    use proptest::prelude::*;

    pub(crate) fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn memory(pairs: &[(&str, &str)]) -> SqliteMemory {
        memory_of("sq", pairs)
    }

    /// A memory of English segments and their translations.
    pub(crate) fn memory_of(to: &str, pairs: &[(&str, &str)]) -> SqliteMemory {
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
                    Variant::plain(language(to), *target),
                ],
                position: u32::try_from(index).ok(),
                ..TranslationUnit::default()
            });
        let import = Import {
            source: "test".into(),
            header: Header::default(),
            at: "20250101T000000Z".into(),
            penalty: 0,
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
            codes: &[],
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
                    83,
                    "repaired",
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
            codes: &[],
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
            let keys = Keys::of(&query, &en);
            let compared = Compared::new(&keys);
            let mut truth: Vec<u8> = stored.iter().filter_map(|source| {
                let all = differences(&Segment::plain(query.clone()), &Segment::plain(source.clone()), &en);
                let unchanged = compared.unchanged(&Keys::of(source, &en));
                let score = if all.is_empty() { 100 } else { unchanged.saturating_sub(penalties.sum(&all)).min(99) };
                (score >= threshold).then_some(score)
            }).collect();
            truth.sort_unstable_by_key(|score| Reverse(*score));
            let mut found: Vec<u8> = Finder::new(&memory, &en, &language("sq")).unwrap().find(text(&query), threshold, 100).unwrap().iter().map(|one| one.score).collect();
            found.sort_unstable_by_key(|score| Reverse(*score));
            prop_assert_eq!(found, truth);
        }
    }

    /// Texts that are hard on an index: one token, hundreds of them, all alike, templates with numbers, marks alone.
    fn hostile() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "a",
            "کتاب",
            "می‌رود",
            "كتاب",
            "në",
            "ne",
            "12",
            "۱۲",
            "1.2.2025",
            "x@y.al",
            "Ab",
            "—",
        ]);
        prop_oneof![
            word.clone().prop_map(str::to_owned),
            (word.clone(), 1_usize..12).prop_map(|(word, count)| [word].repeat(count).join(" ")),
            prop::collection::vec(word.clone(), 1..9).prop_map(|words| words.join(" ")),
            (prop::collection::vec(word, 1..4), 60_usize..140, 0_usize..3).prop_map(
                |(words, count, odd)| {
                    let mut all: Vec<&str> = words.iter().copied().cycle().take(count).collect();
                    all.truncate(count - odd);
                    all.join(" ")
                }
            ),
            (0_u32..60).prop_map(|number| format!(
                "Room {number} of the {} house, floor {}.",
                number % 3,
                number / 7
            )),
            "[.!?؟ …-]{1,4}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn hostile_texts_are_all_found(
            stored in prop::collection::btree_set(hostile(), 1..60),
            queries in prop::collection::vec(hostile(), 4),
            tag in prop::sample::select(vec!["en", "fa", "ar", "sq"]),
            threshold in 30_u8..=100,
            cut in 0_usize..60,
        ) {
            let language = language(tag);
            let texts: Vec<&String> = stored.iter().collect();
            // Two imports, so that generations are merged, and with them sequences that occur in both.
            let mut memory = SqliteMemory::temporary().unwrap();
            for part in [texts.get(..cut.min(texts.len())), texts.get(cut.min(texts.len())..)] {
                let mut units = part.unwrap().iter().map(|text| TranslationUnit {
                    variants: vec![Variant::plain(language.clone(), text.as_str()), Variant::plain(Language::from_file("de"), text.as_str())],
                    ..TranslationUnit::default()
                });
                let import = Import {
                    source: "test".into(),
                    header: Header::default(),
                    at: String::new(),
                    penalty: 0,
                    supersedes: None,
                    units: Box::new(|| Ok(units.next())),
                };
                memory.import(vec![import]).unwrap();
            }
            let finder = Finder::new(&memory, &language, &Language::from_file("de")).unwrap();
            for query in &queries {
                let keys = Keys::of(query, &language);
                let compared = Compared::new(&keys);
                let mut truth: Vec<(u8, String)> = Vec::new();
                for text in &texts {
                    let all = differences(&Segment::plain(query.clone()), &Segment::plain(text.as_str()), &language);
                    let unchanged = compared.unchanged(&Keys::of(text, &language)).saturating_sub(Penalties::default().sum(&all));
                    let score = if all.is_empty() { 100 } else { unchanged.min(99) };
                    if score >= threshold && !fold::identity(query, &language).is_empty() {
                        truth.push((score, fold::identity(text, &language)));
                    }
                }
                truth.sort();
                truth.dedup();
                let found = finder.find(text(query), threshold, usize::MAX).unwrap();
                // Those that are shown of many are the highest.
                let highest = |found: &[Match]| {
                    let mut scores: Vec<u8> = found.iter().map(|one| one.score).collect();
                    scores.sort_unstable_by_key(|score| Reverse(*score));
                    scores.truncate(5);
                    scores
                };
                prop_assert_eq!(highest(&finder.find(text(query), threshold, 5).unwrap()), highest(&found));
                let mut found: Vec<_> = found.iter().map(|one| (one.score, fold::identity(&one.source.text, &language))).collect();
                found.sort();
                found.dedup();
                prop_assert_eq!(found, truth, "{} {}", threshold, query);
            }
        }
    }
}
