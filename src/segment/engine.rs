//! Runs the rules of one language over a text: at each place, the first rule that fits before and behind it decides.
//!
//! The text is scanned once for the places where the rules that break could fit. Only there are all rules looked at, by two
//! automata that each know every pattern at once: one reads backwards from the place and finds all patterns that match up to it,
//! the other reads on from it. Automata are built as they are needed (lazy DFAs, `regex-automata`), so that time grows with the
//! text and not with the number of rules.
//!
//! From a place no pattern looks farther than [`MAX_BEFORE`] and [`MAX_AFTER`] bytes, which bounds the time on any text.

use std::collections::HashMap;

use fancy_regex::{Regex, RegexBuilder};
use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Anchored, Input, MatchKind, PatternID, PatternSet};
use regex_syntax::hir::Hir;

use super::dialect;
use super::srx::Rule;
use crate::error::{Error, Result};

/// How far back a pattern looks from a place, in bytes.
pub(super) const MAX_BEFORE: usize = 2_000;

/// How far ahead a pattern looks from a place, in bytes.
pub(super) const MAX_AFTER: usize = 1_000;

/// How far a look-around may see beyond what its pattern matches, in bytes.
const MAX_AROUND: usize = 100;

/// How many steps a search with look-around may take at a place; a pattern that needs more does not match there.
const MAX_STEPS: usize = 50_000;

/// How much of a pattern an error shows, in characters.
const MAX_SHOWN: usize = 80;

/// The rules of one language, ready to run.
pub(super) struct Engine {
    rules: Vec<CompiledRule>,
    /// Up to a place.
    before: Patterns,
    /// From a place on.
    after: Patterns,
    /// Finds the ends of what the breaking rules want before a place.
    ends: Option<DFA>,
    /// Finds the starts of what those breaking rules want behind it that want nothing before it.
    starts: Option<DFA>,
    /// Whether a rule that breaks wants nothing on either side, so that any place may be one.
    anywhere: bool,
    pool: Pool<Scratch, Box<dyn Fn() -> Scratch + Send + Sync>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Engine({} rules)", self.rules.len())
    }
}

struct CompiledRule {
    breaks: bool,
    before: PatternID,
    after: PatternID,
}

/// What a search needs to write on.
struct Scratch {
    before: Cache,
    after: Cache,
    ends: Option<Cache>,
    starts: Option<Cache>,
    found_before: PatternSet,
    found_after: PatternSet,
    /// For each pattern found before the place, where its longest match starts.
    earliest: Vec<usize>,
}

impl Engine {
    /// Makes the rules ready.
    ///
    /// # Errors
    /// If a pattern cannot be read, or is too large; the error says the line of its rule.
    pub(super) fn new(rules: &[Rule]) -> Result<Self> {
        let mut before = PatternList::default();
        let mut after = PatternList::default();
        let mut compiled = Vec::new();
        for rule in rules {
            compiled.push(CompiledRule {
                breaks: rule.breaks,
                before: before.add(&rule.before, Side::Before, rule.line)?,
                after: after.add(&rule.after, Side::After, rule.line)?,
            });
        }
        let breaking = || compiled.iter().filter(|rule| rule.breaks);
        let mut ends = Vec::new();
        let mut starts = Vec::new();
        let mut anywhere = false;
        for rule in breaking() {
            if let Some(hir) = before.not_empty(rule.before) {
                ends.push(hir);
            } else if let Some(hir) = after.not_empty(rule.after) {
                starts.push(hir);
            } else {
                anywhere = true;
            }
        }
        let one_of = |hirs: Vec<Hir>, direction| match hirs.is_empty() {
            true => Ok(None),
            false => dfa(&[Hir::alternation(hirs)], direction).map(Some),
        };
        let ends = one_of(ends, Direction::Forwards)?;
        let starts = one_of(starts, Direction::Backwards)?;
        let before = before.compile(Direction::Backwards)?;
        let after = after.compile(Direction::Forwards)?;
        let caches = (
            before.dfa.clone(),
            after.dfa.clone(),
            ends.clone(),
            starts.clone(),
        );
        let counts = (before.exact.len(), after.exact.len());
        let scratch = move || Scratch {
            before: caches.0.create_cache(),
            after: caches.1.create_cache(),
            ends: caches.2.as_ref().map(DFA::create_cache),
            starts: caches.3.as_ref().map(DFA::create_cache),
            found_before: PatternSet::new(counts.0),
            found_after: PatternSet::new(counts.1),
            earliest: vec![0; counts.0],
        };
        Ok(Engine {
            rules: compiled,
            before,
            after,
            ends,
            starts,
            anywhere,
            pool: Pool::new(Box::new(scratch)),
        })
    }

    /// The places at which a segment ends, in bytes, in order: never the start of the text, never its end.
    pub(super) fn cuts(&self, text: &str) -> Vec<usize> {
        let mut scratch = self.pool.get();
        let mut cuts = Vec::new();
        if self.anywhere || self.starts.is_some() {
            let mut places = self.candidates(text, &mut scratch);
            places.sort_unstable();
            places.dedup();
            cuts.extend(
                places
                    .into_iter()
                    .filter(|at| self.cuts_at(text, *at, &mut scratch)),
            );
        } else if let Some(ends) = &self.ends
            && let Some(mut cache) = scratch.ends.take()
        {
            let mut last = 0;
            forwards(ends, &mut cache, &Input::new(text), |_, at| {
                if at > last && at < text.len() {
                    last = at;
                    if self.cuts_at(text, at, &mut scratch) {
                        cuts.push(at);
                    }
                }
            });
            scratch.ends = Some(cache);
        }
        cuts
    }

    /// The places to look at, where they are not simply the ends of matches; in any order, perhaps twice.
    fn candidates(&self, text: &str, scratch: &mut Scratch) -> Vec<usize> {
        if self.anywhere {
            return text.char_indices().map(|(at, _)| at).skip(1).collect();
        }
        let mut places = Vec::new();
        let mut add = |at: usize| {
            if at > 0 && at < text.len() && text.is_char_boundary(at) {
                places.push(at);
            }
        };
        if let (Some(ends), Some(cache)) = (&self.ends, &mut scratch.ends) {
            forwards(ends, cache, &Input::new(text), |_, at| add(at));
        }
        if let (Some(starts), Some(cache)) = (&self.starts, &mut scratch.starts) {
            backwards(starts, cache, &Input::new(text), |_, at| add(at));
        }
        places
    }

    /// The decision at one place.
    fn cuts_at(&self, text: &str, at: usize, scratch: &mut Scratch) -> bool {
        self.find_after(text, at, scratch);
        let mut breaking = self.rules.iter().filter(|rule| rule.breaks);
        if !breaking.any(|rule| scratch.found_after.contains(rule.after)) {
            return false;
        }
        self.find_before(text, at, scratch);
        let deciding = self.rules.iter().find(|rule| {
            scratch.found_after.contains(rule.after)
                && scratch.found_before.contains(rule.before)
                && self.after.matches_exactly_from(rule.after, text, at)
                && {
                    let earliest = scratch.earliest.get(rule.before.as_usize());
                    let earliest = earliest.copied().unwrap_or_default();
                    self.before
                        .matches_exactly_up_to(rule.before, text, earliest, at)
                }
        });
        deciding.is_some_and(|rule| rule.breaks)
    }

    fn find_after(&self, text: &str, at: usize, scratch: &mut Scratch) {
        scratch.found_after.clear();
        let end = ceil_boundary(text, at.saturating_add(MAX_AFTER));
        let input = Input::new(text).span(at..end).anchored(Anchored::Yes);
        let found = &mut scratch.found_after;
        forwards(&self.after.dfa, &mut scratch.after, &input, |pattern, _| {
            found.insert(pattern);
        });
    }

    fn find_before(&self, text: &str, at: usize, scratch: &mut Scratch) {
        scratch.found_before.clear();
        let start = floor_boundary(text, at.saturating_sub(MAX_BEFORE));
        let input = Input::new(text).span(start..at).anchored(Anchored::Yes);
        let (found, earliest) = (&mut scratch.found_before, &mut scratch.earliest);
        let dfa = &self.before.dfa;
        backwards(dfa, &mut scratch.before, &input, |pattern, start| {
            found.insert(pattern);
            if let Some(earliest) = earliest.get_mut(pattern.as_usize()) {
                *earliest = start;
            }
        });
    }
}

/// Reads on through the input and calls for every match: its pattern, and its end. A match shows one byte behind its end.
fn forwards(dfa: &DFA, cache: &mut Cache, input: &Input, mut call: impl FnMut(PatternID, usize)) {
    let Ok(mut state) = dfa.start_state_forward(cache, input) else {
        return;
    };
    let bytes = input.haystack();
    for at in input.start()..=input.end() {
        // The byte behind the input is looked at, but not read.
        let step = match bytes.get(at) {
            Some(byte) => dfa.next_state(cache, state, *byte),
            None => dfa.next_eoi_state(cache, state),
        };
        // These automata give up on no byte, and their caches may be cleared as often as need be.
        let Ok(next) = step else { return };
        state = next;
        if !tell(dfa, cache, state, |pattern| call(pattern, at)) {
            return;
        }
    }
}

/// Reads the input from its end and calls for every match: its pattern, and its start.
fn backwards(dfa: &DFA, cache: &mut Cache, input: &Input, mut call: impl FnMut(PatternID, usize)) {
    let Ok(mut state) = dfa.start_state_reverse(cache, input) else {
        return;
    };
    let bytes = input.haystack();
    for at in (input.start()..=input.end()).rev() {
        let step = match at.checked_sub(1).and_then(|before| bytes.get(before)) {
            Some(byte) => dfa.next_state(cache, state, *byte),
            None => dfa.next_eoi_state(cache, state),
        };
        let Ok(next) = step else { return };
        state = next;
        if !tell(dfa, cache, state, |pattern| call(pattern, at)) {
            return;
        }
    }
}

/// Calls for every pattern that matches in a state; returns whether there is any use in reading on.
fn tell(dfa: &DFA, cache: &Cache, state: LazyStateID, mut call: impl FnMut(PatternID)) -> bool {
    if state.is_match() {
        for index in 0..dfa.match_len(cache, state) {
            call(dfa.match_pattern(cache, state, index));
        }
    }
    !(state.is_tagged() && (state.is_dead() || state.is_quit()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Forwards,
    Backwards,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The patterns of one side while they are collected; each stands once.
#[derive(Default)]
struct PatternList {
    numbers: HashMap<String, usize>,
    hirs: Vec<Hir>,
    exact: Vec<Option<Regex>>,
}

impl PatternList {
    fn add(&mut self, source: &str, side: Side, line: u64) -> Result<PatternID> {
        let index = match self.numbers.get(source) {
            Some(index) => *index,
            None => {
                let wrong = |what: String| {
                    let start: String = source.chars().take(MAX_SHOWN).collect();
                    let more = if start.len() < source.len() {
                        "…"
                    } else {
                        ""
                    };
                    let message = format!("the pattern {start}{more} cannot be read: {what}");
                    Error::input(message).on_line(line)
                };
                let pattern = dialect::read(source).map_err(wrong)?;
                let hir = regex_syntax::parse(&pattern.loose);
                let hir = hir.map_err(|error| wrong(last_line(&error.to_string())))?;
                let exact = match &pattern.exact {
                    None => None,
                    Some(exact) => {
                        let anchored = match side {
                            Side::Before => format!("(?:{exact}){UP_TO_MARK}"),
                            Side::After => format!(r"\G(?:{exact})"),
                        };
                        let regex = RegexBuilder::new(&anchored)
                            .backtrack_limit(MAX_STEPS)
                            .build();
                        Some(regex.map_err(|error| wrong(last_line(&error.to_string())))?)
                    }
                };
                self.numbers.insert(source.to_owned(), self.hirs.len());
                self.hirs.push(hir);
                self.exact.push(exact);
                self.hirs.len() - 1
            }
        };
        PatternID::new(index).map_err(|_| Error::input("there are too many rules").on_line(line))
    }

    /// A pattern that does not match nothing.
    fn not_empty(&self, pattern: PatternID) -> Option<Hir> {
        let hir = self.hirs.get(pattern.as_usize())?;
        let least = hir.properties().minimum_len();
        least.is_none_or(|least| least > 0).then(|| hir.clone())
    }

    fn compile(self, direction: Direction) -> Result<Patterns> {
        Ok(Patterns {
            dfa: dfa(&self.hirs, direction)?,
            exact: self.exact,
        })
    }
}

/// The patterns of one side, ready to run.
struct Patterns {
    dfa: DFA,
    /// What a pattern says where its looser form in the automaton says less.
    exact: Vec<Option<Regex>>,
}

/// Stands between a copy of the text and a copy of what follows the place in it: a noncharacter, which no text contains.
const MARK: char = '\u{FDD0}';

/// Matches only where the rest up to the mark is the same as what stands behind the mark: at the place itself. A regular
/// expression can be told where to start, but not where to end; this tells it, and look-ahead sees the text as it goes on.
const UP_TO_MARK: &str = r"(?=(?<restoftext>[^\x{FDD0}]*)\x{FDD0}\k<restoftext>\z)";

impl Patterns {
    /// Whether a pattern that matches loosely from a place on matches as it is written.
    fn matches_exactly_from(&self, pattern: PatternID, text: &str, at: usize) -> bool {
        let Some(Some(exact)) = self.exact.get(pattern.as_usize()) else {
            return true;
        };
        let start = floor_boundary(text, at.saturating_sub(MAX_AROUND));
        let end = ceil_boundary(text, at.saturating_add(MAX_AFTER + MAX_AROUND));
        let part = text.get(start..end).unwrap_or_default();
        matches!(exact.find_from_pos(part, at - start), Ok(Some(_)))
    }

    /// Whether a pattern that matches loosely up to a place, from `earliest` on, matches as it is written.
    fn matches_exactly_up_to(
        &self,
        pattern: PatternID,
        text: &str,
        earliest: usize,
        at: usize,
    ) -> bool {
        let Some(Some(exact)) = self.exact.get(pattern.as_usize()) else {
            return true;
        };
        let start = floor_boundary(text, earliest.saturating_sub(MAX_AROUND));
        let end = ceil_boundary(text, at.saturating_add(MAX_AROUND));
        let mut part = text.get(start..end).unwrap_or_default().to_owned();
        part.push(MARK);
        part.push_str(text.get(at..end).unwrap_or_default());
        matches!(exact.find_from_pos(&part, earliest - start), Ok(Some(_)))
    }
}

fn dfa(hirs: &[Hir], direction: Direction) -> Result<DFA> {
    let too_large = |error: String| Error::input(format!("the rules are too large: {error}"));
    let thompson = NFA::config()
        .reverse(direction == Direction::Backwards)
        .which_captures(WhichCaptures::None)
        .nfa_size_limit(Some(64 << 20));
    let nfa = NFA::compiler()
        .configure(thompson)
        .build_many_from_hir(hirs)
        .map_err(|error| too_large(error.to_string()))?;
    let config = DFA::config()
        .match_kind(MatchKind::All)
        .cache_capacity(8 << 20)
        .skip_cache_capacity_check(true);
    DFA::builder()
        .configure(config)
        .build_from_nfa(nfa)
        .map_err(|error| too_large(error.to_string()))
}

/// The greatest character boundary not above a place.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The least character boundary not below a place.
fn ceil_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// What an error says at its end, without the drawing of the pattern before it.
fn last_line(message: &str) -> String {
    let last = message.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(breaks: bool, before: &str, after: &str) -> Rule {
        Rule {
            breaks,
            before: before.to_owned(),
            after: after.to_owned(),
            line: 0,
        }
    }

    fn cuts(rules: &[Rule], text: &str) -> Vec<usize> {
        Engine::new(rules).unwrap().cuts(text)
    }

    /// The truth: every place, every rule, by a plain search in the text before the place and in the text from it on. It holds for
    /// patterns that do not look beyond the place.
    fn cuts_one_by_one(rules: &[Rule], text: &str) -> Vec<usize> {
        let patterns = rules.iter().map(|rule| {
            let exact = |pattern: &str| {
                let pattern = dialect::read(pattern).unwrap();
                pattern.exact.unwrap_or(pattern.loose)
            };
            let before = Regex::new(&format!(r"(?:{})\z", exact(&rule.before))).unwrap();
            let after = Regex::new(&format!(r"\A(?:{})", exact(&rule.after))).unwrap();
            (rule.breaks, before, after)
        });
        let patterns: Vec<_> = patterns.collect();
        let places = text.char_indices().map(|(at, _)| at).skip(1);
        let breaks = |at: &usize| {
            let (before, after) = text.split_at(*at);
            let mut rules = patterns.iter();
            let first = rules
                .find(|rule| rule.1.is_match(before).unwrap() && rule.2.is_match(after).unwrap());
            first.is_some_and(|rule| rule.0)
        };
        places.filter(breaks).collect()
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let rules = [rule(false, r"Mr\.", r"\s"), rule(true, r"[.?!]+", r"\s")];
        assert_eq!(cuts(&rules, "Mr. A. B."), [6]);
        let [no, yes] = rules;
        assert_eq!(cuts(&[yes, no], "Mr. A. B."), [3, 6]);
    }

    #[test]
    fn rules_that_want_nothing_on_one_side_or_on_both() {
        assert_eq!(cuts(&[rule(true, "", "<0")], "a<0b<0"), [1, 4]);
        assert_eq!(cuts(&[rule(true, "؟", "")], "آ؟ب؟"), [4]);
        let anywhere = [rule(false, r"\p{L}", r"\p{L}"), rule(true, "", "")];
        assert_eq!(cuts(&anywhere, "ab.cd"), [2, 3]);
        assert!(cuts(&[rule(false, "", "")], "ab").is_empty());
        assert!(cuts(&[], "ab. c").is_empty());
        assert!(cuts(&anywhere, "").is_empty());
    }

    /// What lies behind the place is seen from before it, and the other way round.
    #[test]
    fn look_around_sees_beyond_the_place() {
        let rules = [rule(true, r"\.(?=\s\p{Lu})", "")];
        assert_eq!(cuts(&rules, "a. b. C. d"), [5]);
        let rules = [rule(true, "", r"(?<=\p{Ll}\.)\s(?!b)")];
        assert_eq!(cuts(&rules, "a. b. C. d"), [5]);
        let rules = [rule(true, r"\.\b", "")];
        assert_eq!(cuts(&rules, "a.b. ëë.Ç"), [2, 10]);
        // Greedy and possessive patterns that can end in several places end here if they can.
        let rules = [rule(true, r"(?:ab)+(?!x)", "ab")];
        assert_eq!(cuts(&rules, "ababab"), [2, 4]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let wrong = |before: &str, after: &str| {
            let mut rule = rule(true, before, after);
            rule.line = 7;
            let error = Engine::new(&[rule]).unwrap_err();
            assert_eq!(error.line(), Some(7));
        };
        wrong("(", "");
        wrong("", "[");
        wrong("a{1000}{1000}{1000}", "");
        wrong(r"(?<=a*\1)b(", "");
    }

    proptest! {
        #[test]
        fn every_place_is_decided_as_one_by_one(
            text in r#"[abMrz.?!؟ \n1Çآ«»"]{0,40}"#,
            order in Just((0..11usize).collect::<Vec<_>>()).prop_shuffle(),
            count in 1..11usize,
        ) {
            let all = [
                rule(false, r"\bMr\.", r"\s"),
                rule(false, r"(?<!a)z\.", ""),
                rule(true, r"[.?!؟]++", r"\s"),
                rule(true, r"\s\p{L}[.!]", r"\s*(?!b)\S"),
                rule(false, r"^\d+\.", r"\s"),
                rule(true, "", r"[«»]"),
                rule(false, r"(a|b)\1", ""),
                rule(true, r"a", r"[^a-z]"),
                rule(false, r"[^.]{0,5}", r"\s(?=آ)"),
                rule(true, r"\n", ""),
                rule(false, r#"["«][^"»]*"#, r#"\s?["»]"#),
            ];
            let rules: Vec<Rule> = order.iter().take(count).map(|index| all[*index].clone()).collect();
            prop_assert_eq!(cuts(&rules, &text), cuts_one_by_one(&rules, &text));
        }
    }
}
