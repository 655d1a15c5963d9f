//! Two editions: the best way through all orderly pairings, and how sure each step of it is.
//!
//! The search is a dynamic programme over (segments done in the first edition, segments done in the second), with beads of up
//! to six segments on a side; runs without a partner are one decision. How likely a bead is comes from sums over all paths forwards
//! and backwards; the answer is the path of which most beads are likely to be right (minimum risk, as in Kumar and Byrne 2004), not the one path that is
//! likeliest as a whole. Only the cells of a band are looked at.

use super::band::{Band, Banded};
use super::crossed::uncross;
use super::evidence::{LengthLaw, MAX_RUN, Run, evidence, length_evidence};
use super::words::WordEvidence;

/// A run of segments: the first, and how many.
pub(super) type Span = (usize, usize);

/// A bead of two editions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PairBead {
    pub(super) a: Span,
    pub(super) b: Span,
    /// How likely it is: the posterior, from 0 to 1.
    pub(super) confidence: f64,
    /// Whether it was given and not found.
    pub(super) is_given: bool,
    /// Whether it crosses its neighbours.
    pub(super) is_crossed: bool,
}

impl PairBead {
    /// Whether both editions have segments in it.
    pub(super) fn is_shared(&self) -> bool {
        self.a.1 > 0 && self.b.1 > 0
    }
}

/// Kinds of beads and the logarithm of how common each is in published editions.
const KINDS: [(Span, f64); 19] = [
    ((1, 1), -0.1),
    ((1, 0), 0.0),
    ((0, 1), 0.0),
    ((1, 2), -1.92),
    ((2, 1), -1.92),
    ((2, 2), -3.52),
    ((1, 3), -3.2),
    ((3, 1), -3.2),
    ((2, 3), -4.16),
    ((3, 2), -4.16),
    ((1, 4), -4.16),
    ((4, 1), -4.16),
    ((3, 3), -5.12),
    ((2, 4), -5.12),
    ((4, 2), -5.12),
    ((1, 5), -4.8),
    ((5, 1), -4.8),
    ((1, 6), -5.44),
    ((6, 1), -5.44),
];

/// What it costs that a segment has no partner: to start a run of such segments, and to go on with it. Furniture and dropped passages
/// are one decision and not as many as they have segments.
const OPENS_ALONE: f64 = -3.8;
const GOES_ON_ALONE: f64 = -1.0;

/// What every bead of the answer costs, against 1 for a bead that is right: of two ways that are about as likely the one with fewer
/// beads is taken.
const RISK: f64 = 0.7;

/// What is left of a bead's confidence if its numbers contradict.
const DOUBT: f64 = 0.5;

/// Beads that are given and what they do to the segments.
#[derive(Clone, Debug, Default)]
pub(super) struct Fixed {
    /// In the order of both editions.
    chain: Vec<PairBead>,
    /// For each segment of either edition, whether a given bead holds it.
    held: (Vec<Held>, Vec<Held>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Held {
    /// By none.
    #[default]
    Free,
    /// By one of the chain: it is passed with that bead only.
    InChain,
    /// By one that the other edition has no part in, or that crosses others: it is passed alone.
    Apart,
}

impl Fixed {
    /// Beads that were given, for editions of so many segments. Of beads that cross each other those are kept in the chain that
    /// are most; the segments of the others stand apart.
    pub(super) fn new(given: &[PairBead], sizes: (usize, usize)) -> Self {
        if given.is_empty() {
            return Fixed::default();
        }
        let mut held = (vec![Held::Free; sizes.0], vec![Held::Free; sizes.1]);
        let mut mark = |bead: &PairBead, how: Held| {
            held.0[bead.a.0..bead.a.0 + bead.a.1].fill(how);
            held.1[bead.b.0..bead.b.0 + bead.b.1].fill(how);
        };
        let mut shared: Vec<PairBead> = given
            .iter()
            .filter(|bead| bead.is_shared())
            .copied()
            .collect();
        shared.sort_unstable_by_key(|bead| bead.a.0);
        let weighed: Vec<(usize, usize, f64)> = shared
            .iter()
            .map(|bead| (bead.a.0, bead.b.0, bead.a.1 as f64 + bead.b.1 as f64))
            .collect();
        let chosen = super::anchors::heaviest_chain(&weighed);
        given.iter().for_each(|bead| mark(bead, Held::Apart));
        let chain: Vec<PairBead> = chosen.iter().map(|at| shared[*at]).collect();
        chain.iter().for_each(|bead| mark(bead, Held::InChain));
        Fixed { chain, held }
    }

    /// Where the given beads start, in order.
    pub(super) fn chain(&self) -> &[PairBead] {
        &self.chain
    }

    /// Whether a bead may be looked for: it holds nothing that is given otherwise.
    fn allows(&self, a: Span, b: Span) -> bool {
        if self.chain.is_empty() && self.held.0.is_empty() {
            return true;
        }
        let is_free = |held: &[Held], (start, count): Span, alone: bool| {
            let own = held.get(start..start + count).unwrap_or_default();
            own.iter()
                .all(|held| *held == Held::Free || (alone && *held == Held::Apart))
        };
        let alone = a.1 == 0 || b.1 == 0;
        is_free(&self.held.0, a, alone) && is_free(&self.held.1, b, alone)
    }

    /// Whether a bead alone is what a given bead left of its segments.
    fn stands_apart(&self, bead: &PairBead) -> bool {
        let is_apart = |held: &[Held], (start, count): Span| {
            let own = held.get(start..start + count).unwrap_or_default();
            own.contains(&Held::Apart)
        };
        !bead.is_shared() && (is_apart(&self.held.0, bead.a) || is_apart(&self.held.1, bead.b))
    }

    /// The given bead that ends at a place.
    fn ending_at(&self, i: usize, j: usize) -> Option<&PairBead> {
        let at = self
            .chain
            .binary_search_by_key(&i, |bead| bead.a.0 + bead.a.1)
            .ok()?;
        self.chain.get(at).filter(|bead| bead.b.0 + bead.b.1 == j)
    }
}

/// All that is asked about two editions and known of them.
pub(super) struct Question<'q> {
    pub(super) a: &'q [Vec<Run>],
    pub(super) b: &'q [Vec<Run>],
    pub(super) law: LengthLaw,
    pub(super) words: &'q WordEvidence,
    /// What other editions say about two segments belonging together: positive speaks for it.
    pub(super) hearsay: Option<&'q Banded<f32>>,
    pub(super) fixed: &'q Fixed,
    /// The places between segments that are looked at.
    pub(super) band: &'q Band,
}

/// The result of aligning two editions.
#[derive(Clone, Debug, Default)]
pub(super) struct PairAlignment {
    /// In order; every segment of both editions is in one of them.
    pub(super) beads: Vec<PairBead>,
    /// For each pair of segments in the band, how likely they belong together, if that was asked for.
    pub(super) links: Option<Banded<f32>>,
    /// What lengths and words say for the beads with both sides, on average: a log-likelihood ratio.
    pub(super) content: f64,
}

/// Scores by kind for each cell: of the bead of that kind that ends there.
type Scores = Banded<[f32; KINDS.len()]>;

const BOTH: usize = 0;
const ALONE: usize = 1;

/// The best step from a place, as far as it is known.
#[derive(Clone, Copy)]
struct Step {
    /// What the rest of the path is worth with it.
    gain: f64,
    likely: f32,
    /// The number of its kind; [`GIVEN`] for a bead that was given.
    kind: u8,
}

const GIVEN: u8 = u8::MAX;

impl Question<'_> {
    /// Answers the question; with links if they are wanted.
    pub(super) fn answer(&self, with_links: bool) -> PairAlignment {
        let scores = self.scores();
        let forward = self.forward(&scores);
        let mut found = self.backward(&scores, &forward, with_links);
        found.beads = uncross(self, found.beads);
        found.content = self.content(&found.beads);
        found
    }

    /// What lengths and words say for beads, on average over those with both sides.
    fn content(&self, beads: &[PairBead]) -> f64 {
        let shared = beads.iter().filter(|bead| bead.is_shared());
        let said = shared.filter_map(|bead| {
            let (left, right) = (run_of(self.a, bead.a)?, run_of(self.b, bead.b)?);
            Some(length_evidence(left, right, self.law) + self.words.of(bead.a, bead.b))
        });
        let said: Vec<f64> = said.collect();
        said.iter().sum::<f64>() / said.len().max(1) as f64
    }

    /// What two runs say for each other, wherever they stand.
    pub(super) fn together(&self, a: Span, b: Span) -> f64 {
        let (Some(left), Some(right)) = (run_of(self.a, a), run_of(self.b, b)) else {
            return f64::NEG_INFINITY;
        };
        evidence(left, right, self.law) + self.words.of(a, b)
    }

    /// Whether two segments that stand alone may be brought together: neither was given.
    pub(super) fn may_cross(&self, a: &PairBead, b: &PairBead) -> bool {
        self.fixed.allows(a.a, b.b)
    }

    fn size(&self) -> (usize, usize) {
        (self.a.len(), self.b.len())
    }

    /// The score of a bead: how common its kind is, and the evidence.
    fn score(&self, bead: &PairBead, common: f64) -> f64 {
        if !self.fixed.allows(bead.a, bead.b) {
            return f64::NEG_INFINITY;
        }
        if !bead.is_shared() {
            return 0.0;
        }
        let (Some(left), Some(right)) = (run_of(self.a, bead.a), run_of(self.b, bead.b)) else {
            return f64::NEG_INFINITY;
        };
        let heard = self.hearsay.map_or(0.0, |hearsay| heard(hearsay, bead));
        common + evidence(left, right, self.law) + self.words.of(bead.a, bead.b) + heard
    }

    fn scores(&self) -> Scores {
        let mut scores = Banded::new(self.band, [f32::NEG_INFINITY; KINDS.len()]);
        for i in 0..=self.a.len() {
            for j in self.band.row(i) {
                if let Some(cell) = scores.get_mut(i, j) {
                    for (slot, (kind, common)) in cell.iter_mut().zip(KINDS) {
                        if let Some(bead) = bead_into(kind, i, j) {
                            *slot = self.score(&bead, common) as f32;
                        }
                    }
                }
            }
        }
        scores
    }

    /// For each cell the sum over all paths to it, by whether they end with a bead that has both sides.
    fn forward(&self, scores: &Scores) -> Banded<[f64; 2]> {
        let mut sums = Banded::new(self.band, [f64::NEG_INFINITY; 2]);
        if let Some(cell) = sums.get_mut(0, 0) {
            cell[BOTH] = 0.0;
        }
        for i in 0..=self.a.len() {
            for j in self.band.row(i) {
                let (Some(start), Some(scores)) = (sums.get(i, j), scores.get(i, j)) else {
                    continue;
                };
                let mut into = start.map(Sum::new);
                for ((kind, _), score) in KINDS.iter().zip(scores) {
                    if score == f32::NEG_INFINITY {
                        continue;
                    }
                    let before = sums
                        .get(i - kind.0, j - kind.1)
                        .unwrap_or([f64::NEG_INFINITY; 2]);
                    let (state, costs) = costs(*kind);
                    for from in [BOTH, ALONE] {
                        into[state].add(before[from] + costs[from] + f64::from(score));
                    }
                }
                if let Some(given) = self.fixed.ending_at(i, j)
                    && let Some(before) = sums.get(given.a.0, given.b.0)
                {
                    into[BOTH].add(before[BOTH]);
                    into[BOTH].add(before[ALONE]);
                }
                if let Some(cell) = sums.get_mut(i, j) {
                    *cell = into.map(|sum| sum.value());
                }
            }
        }
        sums
    }

    /// The sums over all paths from each cell, and with them how likely every bead is and which path is worth most.
    fn backward(
        &self,
        scores: &Scores,
        forward: &Banded<[f64; 2]>,
        with_links: bool,
    ) -> PairAlignment {
        const NOWHERE: [f64; 2] = [f64::NEG_INFINITY; 2];
        let (n, m) = self.size();
        let mut sums = Banded::new(self.band, NOWHERE);
        let none = Step {
            gain: f64::NEG_INFINITY,
            likely: 0.0,
            kind: 0,
        };
        let mut steps = Banded::new(self.band, none);
        if let (Some(cell), Some(step)) = (sums.get_mut(n, m), steps.get_mut(n, m)) {
            *cell = [0.0; 2];
            step.gain = 0.0;
        }
        let total = Sum::of(forward.get(n, m).unwrap_or(NOWHERE));
        let mut links = with_links.then(|| Banded::new(&self.band.of_segments(), 0.0_f32));
        for i in (0..=n).rev() {
            for j in self.band.row(i).rev() {
                let (Some(behind), Some(scores), Some(rest)) =
                    (sums.get(i, j), scores.get(i, j), steps.get(i, j))
                else {
                    continue;
                };
                let ending = KINDS.iter().zip(scores).zip(0_u8..);
                let ending = ending.filter(|((_, score), _)| *score > f32::NEG_INFINITY);
                let ending = ending.filter_map(|(((kind, _), score), number)| {
                    Some((bead_into(*kind, i, j)?, f64::from(score), number))
                });
                let given = self.fixed.ending_at(i, j).map(|bead| (*bead, 0.0, GIVEN));
                for (bead, score, number) in ending.chain(given) {
                    let at = (bead.a.0, bead.b.0);
                    let Some(before) = forward.get(at.0, at.1) else {
                        continue;
                    };
                    let (state, costs) = if number == GIVEN {
                        (BOTH, [0.0; 2])
                    } else {
                        costs((bead.a.1, bead.b.1))
                    };
                    let mut through = Sum::new(f64::NEG_INFINITY);
                    let mut into = sums.get(at.0, at.1).unwrap_or(NOWHERE).map(Sum::new);
                    for from in [BOTH, ALONE] {
                        let step = behind[state] + costs[from] + score;
                        into[from].add(step);
                        through.add(before[from] + step);
                    }
                    if let Some(cell) = sums.get_mut(at.0, at.1) {
                        *cell = into.map(|sum| sum.value());
                    }
                    let likely = (through.value() - total).exp().clamp(0.0, 1.0);
                    if let Some(links) = &mut links {
                        add_links(links, &bead, likely as f32);
                    }
                    let worth = likely - RISK;
                    if let Some(step) = steps.get_mut(at.0, at.1)
                        && worth + rest.gain > step.gain
                    {
                        *step = Step {
                            gain: worth + rest.gain,
                            likely: likely as f32,
                            kind: number,
                        };
                    }
                }
            }
        }
        PairAlignment {
            beads: self.path(&steps),
            links,
            content: 0.0,
        }
    }

    /// Follows the best steps from the start to the end.
    fn path(&self, steps: &Banded<Step>) -> Vec<PairBead> {
        let (mut i, mut j) = (0, 0);
        let mut path = Vec::new();
        while (i, j) != self.size() {
            let Some(step) = steps.get(i, j) else {
                break;
            };
            let bead = if step.kind == GIVEN {
                self.fixed
                    .chain
                    .iter()
                    .find(|bead| (bead.a.0, bead.b.0) == (i, j))
                    .copied()
            } else {
                KINDS
                    .get(usize::from(step.kind))
                    .map(|((di, dj), _)| PairBead {
                        a: (i, *di),
                        b: (j, *dj),
                        confidence: 0.0,
                        is_given: false,
                        is_crossed: false,
                    })
            };
            let Some(mut bead) = bead else { break };
            bead.is_given = step.kind == GIVEN || self.fixed.stands_apart(&bead);
            bead.confidence = if bead.is_given {
                1.0
            } else {
                self.doubted(&bead, f64::from(step.likely))
            };
            (i, j) = (i + bead.a.1, j + bead.b.1);
            path.push(bead);
        }
        path
    }

    /// The search says how sure the place is. It cannot say that the content in that place is another.
    fn doubted(&self, bead: &PairBead, likely: f64) -> f64 {
        match (run_of(self.a, bead.a), run_of(self.b, bead.b)) {
            (Some(left), Some(right)) if left.contradicts(right) => likely * DOUBT,
            _ => likely,
        }
    }
}

/// What others say of a bead: the mean over its pairs of segments.
fn heard(hearsay: &Banded<f32>, bead: &PairBead) -> f64 {
    let rows = bead.a.0..bead.a.0 + bead.a.1;
    let cells = rows.flat_map(|i| hearsay.slice(i, bead.b.0..bead.b.0 + bead.b.1));
    f64::from(cells.sum::<f32>()) / (bead.a.1 * bead.b.1) as f64
}

/// In which state a bead of a kind ends, and what it costs to come to it from one with both sides and from one alone.
fn costs(kind: Span) -> (usize, [f64; 2]) {
    if kind.0 == 0 || kind.1 == 0 {
        (ALONE, [OPENS_ALONE, GOES_ON_ALONE])
    } else {
        (BOTH, [0.0, 0.0])
    }
}

/// The run of so many segments from a place; `None` for no segments.
fn run_of(runs: &[Vec<Run>], (start, count): Span) -> Option<&Run> {
    runs.get(start)?.get(count.checked_sub(1)?)
}

/// The bead of a kind that ends at (i, j), if there is room for it.
fn bead_into((di, dj): Span, i: usize, j: usize) -> Option<PairBead> {
    Some(PairBead {
        a: (i.checked_sub(di)?, di),
        b: (j.checked_sub(dj)?, dj),
        confidence: 0.0,
        is_given: false,
        is_crossed: false,
    })
}

fn add_links(links: &mut Banded<f32>, bead: &PairBead, likely: f32) {
    for i in bead.a.0..bead.a.0 + bead.a.1 {
        for j in bead.b.0..bead.b.0 + bead.b.1 {
            if let Some(link) = links.get_mut(i, j) {
                *link += likely;
            }
        }
    }
}

/// The logarithm of a sum of numbers given as logarithms.
struct Sum(f64);

impl Sum {
    fn new(first: f64) -> Self {
        Sum(first)
    }

    fn of(values: [f64; 2]) -> f64 {
        let mut sum = Sum::new(values[0]);
        sum.add(values[1]);
        sum.value()
    }

    fn add(&mut self, other: f64) {
        let (high, low) = if self.0 > other {
            (self.0, other)
        } else {
            (other, self.0)
        };
        let off = low - high;
        // What is so much smaller changes nothing that can be seen.
        self.0 = if off > -40.0 {
            high + off.exp().ln_1p()
        } else {
            high
        };
    }

    fn value(&self) -> f64 {
        self.0
    }
}

const _: () = assert!(MAX_RUN == 6, "the kinds of beads go up to runs of six");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Edition;
    use crate::align::evidence::runs;
    use crate::align::lexicon::Translations;
    use crate::align::vocabulary::{EditionWords, Vocabulary};
    use crate::align::words::Known;
    use crate::text::language::Language;
    use proptest::prelude::*;

    fn edition_of(texts: &[String]) -> Edition {
        let paragraphs = texts
            .chunks(2)
            .map(|chunk| chunk.iter().map(String::as_str));
        Edition::new(Language::from_file("en"), paragraphs)
    }

    /// Two editions with all that a question needs.
    struct Two {
        runs: (Vec<Vec<Run>>, Vec<Vec<Run>>),
        words: WordEvidence,
        band: Band,
    }

    impl Two {
        fn new(a: &[String], b: &[String]) -> Self {
            let (a, b) = (edition_of(a), edition_of(b));
            let vocabulary = || Vocabulary::new(Language::from_file("en"));
            let mut vocabularies = (vocabulary(), vocabulary());
            let a_words = EditionWords::new(&a, &mut vocabularies.0);
            let b_words = EditionWords::new(&b, &mut vocabularies.1);
            let sides = ((&vocabularies.0, &a_words), (&vocabularies.1, &b_words));
            let (there, back) = (
                Translations::by_form(sides.0, sides.1),
                Translations::by_form(sides.1, sides.0),
            );
            let none = Translations::default();
            let known = |forms| Known {
                forms,
                learnt: &none,
            };
            let (n, m) = (a.segments.len(), b.segments.len());
            let band = Band::whole(n + 1, m + 1);
            Two {
                runs: (runs(&a), runs(&b)),
                words: WordEvidence::new(
                    &a_words,
                    &b_words,
                    known(&there),
                    known(&back),
                    &band.of_segments(),
                ),
                band,
            }
        }

        fn question<'q>(&'q self, fixed: &'q Fixed) -> Question<'q> {
            Question {
                a: &self.runs.0,
                b: &self.runs.1,
                law: LengthLaw { ratio: 0.1 },
                words: &self.words,
                hearsay: None,
                fixed,
                band: &self.band,
            }
        }
    }

    /// The beads that can end at a place, with their scores.
    fn beads_into(question: &Question<'_>, i: usize, j: usize) -> Vec<(PairBead, f64)> {
        let kinds = KINDS.iter().filter_map(|(kind, common)| {
            let bead = bead_into(*kind, i, j)?;
            let score = question.score(&bead, *common);
            (score > f64::NEG_INFINITY).then_some((bead, score))
        });
        let given = question.fixed.ending_at(i, j).map(|bead| (*bead, 0.0));
        kinds.chain(given).collect()
    }

    /// All paths through the rest of two editions.
    fn paths(question: &Question<'_>, i: usize, j: usize) -> Vec<Vec<(PairBead, f64)>> {
        if (i, j) == (0, 0) {
            return vec![Vec::new()];
        }
        let mut found = Vec::new();
        for (bead, score) in beads_into(question, i, j) {
            for mut path in paths(question, bead.a.0, bead.b.0) {
                path.push((bead, score));
                found.push(path);
            }
        }
        found
    }

    /// The score of a path: its beads, and what it costs to start runs without partners and to go on with them.
    fn score_of(path: &[(PairBead, f64)]) -> f64 {
        let mut alone = false;
        let mut sum = 0.0;
        for (bead, score) in path {
            sum += score;
            sum += match (alone, !bead.is_shared()) {
                (false, true) => OPENS_ALONE,
                (true, true) => GOES_ON_ALONE,
                _ => 0.0,
            };
            alone = !bead.is_shared();
        }
        sum
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,5}[.?]|[0-9]{1,3}", 1..4)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn the_search_is_what_trying_everything_finds(a in texts(), b in texts(), given in any::<bool>()) {
            let two = Two::new(&a, &b);
            // A given bead of a kind that the search does not know.
            let whole = PairBead { a: (0, a.len()), b: (b.len() - 1, 1), confidence: 1.0, is_given: true, is_crossed: false };
            let fixed = Fixed::new(if given { std::slice::from_ref(&whole) } else { &[] }, (a.len(), b.len()));
            let question = two.question(&fixed);
            let all: Vec<_> = paths(&question, a.len(), b.len()).into_iter().map(|path| (score_of(&path), path)).collect();
            let highest = all.iter().map(|(score, _)| *score).fold(f64::NEG_INFINITY, f64::max);
            let weight = |score: f64| (score - highest).exp();
            let total: f64 = all.iter().map(|(score, _)| weight(*score)).sum();
            let likely = |holds: &dyn Fn(&PairBead) -> bool| -> f64 {
                let with = all.iter().filter(|(_, path)| path.iter().any(|(bead, _)| holds(bead)));
                with.map(|(score, _)| weight(*score)).sum::<f64>() / total
            };
            let same = |x: &PairBead, y: &PairBead| (x.a, x.b) == (y.a, y.b);
            let worth = |path: &[PairBead]| -> f64 { path.iter().map(|bead| likely(&|other| same(bead, other)) - RISK).sum() };
            let scores = question.scores();
            let found = question.backward(&scores, &question.forward(&scores), true);
            for bead in &found.beads {
                let doubt = match (run_of(question.a, bead.a), run_of(question.b, bead.b)) {
                    (Some(left), Some(right)) if left.contradicts(right) && !bead.is_given => DOUBT,
                    _ => 1.0,
                };
                prop_assert!((bead.confidence - doubt * likely(&|other| same(bead, other))).abs() < 1e-4);
            }
            // No path is worth more than the one that was taken.
            let best = all.iter().map(|(_, path)| worth(&path.iter().map(|(bead, _)| *bead).collect::<Vec<_>>()));
            prop_assert!(worth(&found.beads) >= best.fold(f64::NEG_INFINITY, f64::max) - 1e-3);
            let links = found.links.unwrap();
            for i in 0..a.len() {
                for j in 0..b.len() {
                    let linked = |bead: &PairBead| (bead.a.0..bead.a.0 + bead.a.1).contains(&i) && (bead.b.0..bead.b.0 + bead.b.1).contains(&j);
                    prop_assert!((f64::from(links.get(i, j).unwrap()) - likely(&linked)).abs() < 1e-4);
                }
            }
        }
    }
}
