//! Two editions: the best way through all orderly pairings, and how sure each step of it is.
//!
//! The search is a dynamic programme over (segments done in the first edition, segments done in the second), with beads of up
//! to six segments on a side; runs without a partner are one decision. The best path is Viterbi's; the confidence of a bead is its
//! posterior, from sums over all paths forwards and backwards. The search is run several times, each with what the beads of the time
//! before taught. Long texts are searched in a band around the diagonal.

use super::evidence::{LengthLaw, MAX_RUN, Run, evidence};
use super::words::{EditionWords, Translations, WordEvidence};

/// A bead of two editions: the first segment and the number of segments on either side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PairBead {
    pub(super) a: (usize, usize),
    pub(super) b: (usize, usize),
    /// The posterior, from 0 to 1.
    pub(super) confidence: f64,
}

/// What other editions say about two segments belonging together: added to the evidence, positive speaks for it.
pub(super) struct Hearsay {
    columns: usize,
    values: Vec<f64>,
}

impl Hearsay {
    pub(super) fn new(columns: usize, values: Vec<f64>) -> Self {
        Hearsay { columns, values }
    }

    fn of(&self, a: (usize, usize), b: (usize, usize)) -> f64 {
        let mut sum = 0.0;
        for i in a.0..a.0 + a.1 {
            for j in b.0..b.0 + b.1 {
                sum += self
                    .values
                    .get(i * self.columns + j)
                    .copied()
                    .unwrap_or(0.0);
            }
        }
        sum / (a.1 * b.1) as f64
    }
}

/// Kinds of beads and the logarithm of how common each is in published editions.
const KINDS: &[((usize, usize), f64)] = &[
    ((1, 1), -0.12),
    ((1, 0), 0.0),
    ((0, 1), 0.0),
    ((1, 2), -2.4),
    ((2, 1), -2.4),
    ((2, 2), -4.4),
    ((1, 3), -4.0),
    ((3, 1), -4.0),
    ((2, 3), -5.2),
    ((3, 2), -5.2),
    ((1, 4), -5.2),
    ((4, 1), -5.2),
    ((3, 3), -6.4),
    ((2, 4), -6.4),
    ((4, 2), -6.4),
    ((1, 5), -6.0),
    ((5, 1), -6.0),
    ((1, 6), -6.8),
    ((6, 1), -6.8),
];

/// How many of these kinds are looked for in long texts, where the rare ones cost more time than they are worth.
const IN_BOOKS: usize = 12;

/// How far from the diagonal the search goes in long texts, in segments of the second edition. It is the same however long they
/// are, so that time and room grow with the length and not with its square.
const BAND: usize = 600;

/// The largest pair (segments × segments) that is searched whole.
const WHOLE: usize = 1_000_000;

/// What is added for every edge of the evidence: matched runs are likelier than chance already because the editions are
/// editions of one text.
const RELATED: f64 = 0.4;

/// How far the evidence is trusted when it is asked how sure a bead is: the exponent of its likelihood ratio. Two editions alone
/// are about as right as they say with 0.7: words repeat what lengths have said. Among three or four the same evidence is heard again through the others, so that
/// their sum says more than is known; with 0.5 the confidences of the fixture letters come out about right.
const TRUST_ALONE: f64 = 0.7;
const TRUST_AMONG_OTHERS: f64 = 0.5;

/// What it costs that a segment has no partner: to start a run of such segments, and to go on with it. Furniture and dropped passages
/// are one decision and not as many as they have segments.
const OPENS_ALONE: f64 = -3.8;
const GOES_ON_ALONE: f64 = -1.0;

/// What is left of a bead's confidence if its numbers contradict.
const DOUBT: f64 = 0.5;

/// The result of aligning two editions.
pub(super) struct PairAlignment {
    /// The best path, in order; every segment of both editions is in it once.
    pub(super) beads: Vec<PairBead>,
    /// For each pair of segments, how likely they belong together; row by row.
    pub(super) links: Vec<f64>,
}

/// Aligns two editions by their runs. `among_others` says that there are more editions, which will want to hear of this pair: only
/// then is the table of links filled in.
pub(super) fn align(
    a: (&[Vec<Run>], &EditionWords),
    b: (&[Vec<Run>], &EditionWords),
    hearsay: Option<&Hearsay>,
    among_others: bool,
) -> PairAlignment {
    let ((a, a_words), (b, b_words)) = (a, b);
    // The ratio of lengths is a property of the two editions. The first pass takes it from their totals, the others from the
    // beads found before.
    let total = |runs: &[Vec<Run>]| -> f64 {
        runs.iter()
            .filter_map(|run| run.first())
            .map(Run::length)
            .sum()
    };
    let mut law = LengthLaw {
        ratio: (total(b) / total(a)).ln().clamp(-1.0, 1.0),
    };
    let is_whole = a.len() * b.len() <= WHOLE;
    let forms = (
        Translations::by_form(a_words, b_words),
        Translations::by_form(b_words, a_words),
    );
    let mut learnt = (Translations::default(), Translations::default());
    let passes = if is_whole { PASSES } else { 2 };
    let mut beads = Vec::new();
    let mut links = Vec::new();
    for pass in 1..=passes {
        let words = is_whole.then(|| {
            WordEvidence::new(
                a_words,
                b_words,
                (&forms.0, &learnt.0),
                (&forms.1, &learnt.1),
            )
        });
        let table = Table {
            a,
            b,
            law,
            hearsay,
            words: words.as_ref(),
        };
        beads = table.best_path();
        let last = pass == passes;
        if is_whole || last {
            links = table.judge(&mut beads, among_others && last);
        }
        if !last {
            law = LengthLaw {
                ratio: learnt_ratio(&beads, a, b, law.ratio),
            };
            if is_whole {
                let there = beads.iter().map(|bead| (bead.a, bead.b, bead.confidence));
                let back = beads.iter().map(|bead| (bead.b, bead.a, bead.confidence));
                learnt = (
                    Translations::learnt(a_words, b_words, there),
                    Translations::learnt(b_words, a_words, back),
                );
            }
        }
    }
    if !among_others {
        for bead in &mut beads {
            bead.confidence = calibrated(bead.confidence);
        }
    }
    PairAlignment { beads, links }
}

/// How often beads of two editions alone are right, given how likely the search takes them to be: it is too sure at both ends. A logistic
/// curve over the log odds (Platt 1999), fitted to the development documents that docs/design.md names.
fn calibrated(likely: f64) -> f64 {
    const SLOPE: f64 = 0.59;
    const SHIFT: f64 = 0.1;
    const MOST: f64 = 6.0;
    let odds = (likely / (1.0 - likely).max(f64::MIN_POSITIVE)).ln();
    1.0 / (1.0 + (-(SLOPE * odds.clamp(-MOST, MOST) + SHIFT)).exp())
}

/// How often a pair is aligned, each time with what the time before taught.
const PASSES: usize = 3;

/// The median log ratio of the one-to-one beads, drawn towards the total's where there are few.
fn learnt_ratio(beads: &[PairBead], a: &[Vec<Run>], b: &[Vec<Run>], total: f64) -> f64 {
    let length =
        |runs: &[Vec<Run>], at: usize| runs.get(at).and_then(|run| run.first()).map(Run::length);
    let mut ratios: Vec<f64> = beads
        .iter()
        .filter(|bead| bead.a.1 == 1 && bead.b.1 == 1)
        .filter_map(|bead| Some((length(b, bead.b.0)? / length(a, bead.a.0)?).ln()))
        .collect();
    ratios.sort_unstable_by(f64::total_cmp);
    let Some(median) = ratios.get(ratios.len() / 2) else {
        return total;
    };
    let weight = ratios.len() as f64 / (ratios.len() as f64 + 4.0);
    weight * median + (1.0 - weight) * total
}

struct Table<'t> {
    a: &'t [Vec<Run>],
    b: &'t [Vec<Run>],
    law: LengthLaw,
    hearsay: Option<&'t Hearsay>,
    words: Option<&'t WordEvidence>,
}

/// For each number of segments done in the first edition, a stretch of numbers done in the second; for each of these cells two
/// values, by whether the last bead had both sides or one.
struct Grid {
    rows: Vec<(usize, Vec<[f64; 2]>)>,
}

const BOTH: usize = 0;
const ALONE: usize = 1;

impl Grid {
    fn get(&self, i: usize, j: usize) -> [f64; 2] {
        let value = self
            .rows
            .get(i)
            .and_then(|(from, row)| row.get(j.checked_sub(*from)?));
        value.copied().unwrap_or([f64::NEG_INFINITY; 2])
    }

    fn cell(&mut self, i: usize, j: usize) -> Option<&mut [f64; 2]> {
        let (from, row) = self.rows.get_mut(i)?;
        row.get_mut(j.checked_sub(*from)?)
    }
}

impl<'t> Table<'t> {
    /// The stretch of the second edition that is looked at beside `i` segments of the first.
    fn band(&self, i: usize) -> std::ops::RangeInclusive<usize> {
        let (n, m) = (self.a.len(), self.b.len());
        if n * m <= WHOLE {
            return 0..=m;
        }
        let centre = i * m / n.max(1);
        // Where the second edition is much longer, the diagonal is steep, and the bands of neighbours must overlap.
        let half = BAND + 2 * m / n.max(1);
        centre.saturating_sub(half)..=(centre + half).min(m)
    }

    fn grid(&self) -> Grid {
        let row = |i| {
            let band = self.band(i);
            (
                *band.start(),
                vec![[f64::NEG_INFINITY; 2]; band.end() - band.start() + 1],
            )
        };
        Grid {
            rows: (0..=self.a.len()).map(row).collect(),
        }
    }

    /// The score of a bead: how common its kind is, and the evidence.
    fn score(&self, a: (usize, usize), b: (usize, usize), common: f64) -> f64 {
        if a.1 == 0 || b.1 == 0 {
            return 0.0;
        }
        let (Some(left), Some(right)) = (run_of(self.a, a), run_of(self.b, b)) else {
            return f64::NEG_INFINITY;
        };
        let heard = self.hearsay.map_or(0.0, |hearsay| hearsay.of(a, b));
        let words = self.words.map_or(0.0, |words| words.of(a, b));
        common + RELATED + evidence(left, right, self.law) + words + heard
    }

    /// The beads that can end at (i, j): the number of their kind, themselves, their scores.
    fn beads_into(&self, i: usize, j: usize) -> impl Iterator<Item = (u8, PairBead, f64)> + '_ {
        let is_whole = self.a.len() * self.b.len() <= WHOLE;
        let kinds = if is_whole { KINDS.len() } else { IN_BOOKS };
        KINDS
            .iter()
            .take(kinds)
            .zip(0_u8..)
            .filter_map(move |((_, common), kind)| {
                let bead = bead_into(usize::from(kind), i, j)?;
                Some((kind, bead, self.score(bead.a, bead.b, *common)))
            })
    }

    /// What it costs to come to a bead from one with both sides, and from one with a side alone: a run without partners is one
    /// decision, so that going on with it costs less than starting it.
    fn costs(bead: &PairBead) -> (usize, [f64; 2]) {
        if bead.a.1 == 0 || bead.b.1 == 0 {
            (ALONE, [OPENS_ALONE, GOES_ON_ALONE])
        } else {
            (BOTH, [0.0, 0.0])
        }
    }

    /// Viterbi's path. Of equal scores the kind that stands first in the table wins.
    fn best_path(&self) -> Vec<PairBead> {
        let mut best = self.grid();
        // For each cell and state, the kind of the bead that leads there, as its number in the table, and the state before it.
        type Step = Option<(u8, u8)>;
        let mut via: Vec<[Step; 2]> =
            vec![[None; 2]; best.rows.iter().map(|(_, row)| row.len()).sum()];
        let mut starts = Vec::with_capacity(best.rows.len());
        let mut start = 0;
        for (_, row) in &best.rows {
            starts.push(start);
            start += row.len();
        }
        if let Some(cell) = best.cell(0, 0) {
            cell[BOTH] = 0.0;
        }
        let cell =
            |i: usize, j: usize| Some(starts.get(i)? + j.checked_sub(*self.band(i).start())?);
        for i in 0..=self.a.len() {
            for j in self.band(i) {
                let mut top = best.get(i, j);
                let mut by: [Step; 2] = [None; 2];
                for (kind, bead, score) in self.beads_into(i, j) {
                    let before = best.get(bead.a.0, bead.b.0);
                    let (state, costs) = Self::costs(&bead);
                    for from in [BOTH, ALONE] {
                        let sum = before[from] + costs[from] + score;
                        if sum > top[state] {
                            top[state] = sum;
                            by[state] = Some((kind, from as u8));
                        }
                    }
                }
                if let Some(cell) = best.cell(i, j) {
                    *cell = top;
                }
                if let Some(slot) = cell(i, j).and_then(|at| via.get_mut(at)) {
                    *slot = by;
                }
            }
        }
        let mut path = Vec::new();
        let (mut i, mut j) = (self.a.len(), self.b.len());
        let last = best.get(i, j);
        let mut state = if last[ALONE] > last[BOTH] {
            ALONE
        } else {
            BOTH
        };
        while let Some((kind, from)) = cell(i, j).and_then(|at| via.get(at)?[state]) {
            let Some(bead) = bead_into(usize::from(kind), i, j) else {
                break;
            };
            path.push(bead);
            (i, j) = (bead.a.0, bead.b.0);
            state = usize::from(from);
        }
        path.reverse();
        path
    }

    /// Fills in how sure each bead of the path is; returns the table of links for others.
    fn judge(&self, path: &mut [PairBead], among_others: bool) -> Vec<f64> {
        let trust = if among_others {
            TRUST_AMONG_OTHERS
        } else {
            TRUST_ALONE
        };
        let (n, m) = (self.a.len(), self.b.len());
        let mut forward = self.grid();
        if let Some(cell) = forward.cell(0, 0) {
            cell[BOTH] = 0.0;
        }
        for i in 0..=n {
            for j in self.band(i) {
                let mut sums = forward.get(i, j).map(Sum::new);
                for (_, bead, score) in self.beads_into(i, j) {
                    let before = forward.get(bead.a.0, bead.b.0);
                    let (state, costs) = Self::costs(&bead);
                    for from in [BOTH, ALONE] {
                        sums[state].add(before[from] + trust * (costs[from] + score));
                    }
                }
                if let Some(cell) = forward.cell(i, j) {
                    *cell = sums.map(|sum| sum.value());
                }
            }
        }
        let mut backward = self.grid();
        if let Some(cell) = backward.cell(n, m) {
            *cell = [0.0, 0.0];
        }
        let total = Sum::of(forward.get(n, m)).value();
        let mut links = vec![0.0; if among_others { n * m } else { 0 }];
        for i in (0..=n).rev() {
            for j in self.band(i).rev() {
                let behind = backward.get(i, j);
                for (_, bead, score) in self.beads_into(i, j) {
                    let (at, to) = (bead.a.0, bead.b.0);
                    let (state, costs) = Self::costs(&bead);
                    let before = forward.get(at, to);
                    let mut sums = backward.get(at, to).map(Sum::new);
                    let mut through = Sum::new(f64::NEG_INFINITY);
                    for from in [BOTH, ALONE] {
                        let step = behind[state] + trust * (costs[from] + score);
                        sums[from].add(step);
                        through.add(before[from] + step);
                    }
                    if let Some(cell) = backward.cell(at, to) {
                        *cell = sums.map(|sum| sum.value());
                    }
                    if among_others {
                        add_links(&mut links, m, bead, (through.value() - total).exp());
                    }
                }
            }
        }
        for bead in path.iter_mut() {
            let (i, j) = (bead.a.0 + bead.a.1, bead.b.0 + bead.b.1);
            let common = KINDS.iter().find(|(kind, _)| *kind == (bead.a.1, bead.b.1));
            let score = common.map_or(f64::NEG_INFINITY, |(_, common)| {
                self.score(bead.a, bead.b, *common)
            });
            let (state, costs) = Self::costs(bead);
            let before = forward.get(bead.a.0, bead.b.0);
            let mut through = Sum::new(f64::NEG_INFINITY);
            for from in [BOTH, ALONE] {
                through.add(before[from] + trust * (costs[from] + score));
            }
            let sum = through.value() + backward.get(i, j)[state] - total;
            bead.confidence = sum.exp().clamp(0.0, 1.0);
            // The search says how sure the place is. It cannot say that the content in that place is another.
            let other_content = match (run_of(self.a, bead.a), run_of(self.b, bead.b)) {
                (Some(left), Some(right)) => left.contradicts(right),
                _ => false,
            };
            if other_content {
                bead.confidence *= DOUBT;
            }
        }
        links
    }
}

/// The run of so many segments from a place; `None` for no segments.
fn run_of(runs: &[Vec<Run>], (start, count): (usize, usize)) -> Option<&Run> {
    runs.get(start)?.get(count.checked_sub(1)?)
}

/// The bead of a kind that ends at (i, j), if there is room for it.
fn bead_into(kind: usize, i: usize, j: usize) -> Option<PairBead> {
    let ((di, dj), _) = KINDS.get(kind)?;
    Some(PairBead {
        a: (i.checked_sub(*di)?, *di),
        b: (j.checked_sub(*dj)?, *dj),
        confidence: 0.0,
    })
}

fn add_links(links: &mut [f64], columns: usize, bead: PairBead, posterior: f64) {
    for i in bead.a.0..bead.a.0 + bead.a.1 {
        for j in bead.b.0..bead.b.0 + bead.b.1 {
            if let Some(link) = links.get_mut(i * columns + j) {
                *link += posterior;
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

    fn add(&mut self, other: f64) {
        let (high, low) = if self.0 > other {
            (self.0, other)
        } else {
            (other, self.0)
        };
        self.0 = if low == f64::NEG_INFINITY {
            high
        } else {
            high + (low - high).exp().ln_1p()
        };
    }

    fn of(values: [f64; 2]) -> Self {
        let mut sum = Sum::new(values[0]);
        sum.add(values[1]);
        sum
    }

    fn value(&self) -> f64 {
        self.0
    }
}

const _: () = assert!(MAX_RUN == 6, "the kinds of beads go up to runs of four");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Edition;
    use crate::align::evidence::runs;
    use crate::text::language::Language;
    use proptest::prelude::*;

    fn edition_of(texts: &[String]) -> Edition {
        let paragraphs = texts
            .chunks(2)
            .map(|chunk| chunk.iter().map(String::as_str));
        Edition::new(Language::from_file("en"), paragraphs)
    }

    /// Aligns two editions alone.
    fn aligned(a: &[String], b: &[String]) -> PairAlignment {
        let (a, b) = (edition_of(a), edition_of(b));
        let words = (EditionWords::new(&a), EditionWords::new(&b));
        align((&runs(&a), &words.0), (&runs(&b), &words.1), None, false)
    }

    /// All paths through the rest of two editions.
    fn paths(table: &Table<'_>, i: usize, j: usize) -> Vec<Vec<(PairBead, f64)>> {
        if (i, j) == (0, 0) {
            return vec![Vec::new()];
        }
        let mut found = Vec::new();
        for (_, bead, score) in table.beads_into(i, j) {
            for mut path in paths(table, bead.a.0, bead.b.0) {
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
            let is_alone = bead.a.1 == 0 || bead.b.1 == 0;
            sum += score;
            sum += match (alone, is_alone) {
                (false, true) => OPENS_ALONE,
                (true, true) => GOES_ON_ALONE,
                _ => 0.0,
            };
            alone = is_alone;
        }
        sum
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,5}[.?]|[0-9]{1,3}", 1..4)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn the_search_is_what_trying_everything_finds(a in texts(), b in texts()) {
            let (a, b) = (edition_of(&a), edition_of(&b));
            let words = (EditionWords::new(&a), EditionWords::new(&b));
            let forms = (Translations::by_form(&words.0, &words.1), Translations::by_form(&words.1, &words.0));
            let none = Translations::default();
            let words = WordEvidence::new(&words.0, &words.1, (&forms.0, &none), (&forms.1, &none));
            let (a, b) = (runs(&a), runs(&b));
            let table = Table { a: &a, b: &b, law: LengthLaw { ratio: 0.1 }, hearsay: None, words: Some(&words) };
            let all: Vec<_> = paths(&table, a.len(), b.len()).into_iter().map(|path| (score_of(&path), path)).collect();
            let best = all.iter().map(|(score, _)| *score).fold(f64::NEG_INFINITY, f64::max);
            let mut path = table.best_path();
            let scored = path.iter().map(|bead| {
                let kind = KINDS.iter().find(|(kind, _)| *kind == (bead.a.1, bead.b.1)).unwrap();
                (*bead, table.score(bead.a, bead.b, kind.1))
            });
            let score = score_of(&scored.collect::<Vec<_>>());
            prop_assert!((score - best).abs() < 1e-9);

            let links = table.judge(&mut path, true);
            let weight = |score: f64| (TRUST_AMONG_OTHERS * score).exp();
            let total: f64 = all.iter().map(|(score, _)| weight(*score)).sum();
            for bead in &path {
                let holds = |(other, _): &(PairBead, f64)| (other.a, other.b) == (bead.a, bead.b);
                let with: f64 = all.iter().filter(|(_, path)| path.iter().any(holds)).map(|(score, _)| weight(*score)).sum();
                let contradicts = run_of(&a, bead.a).zip(run_of(&b, bead.b)).is_some_and(|(left, right)| left.contradicts(right));
                let doubt = if contradicts { DOUBT } else { 1.0 };
                prop_assert!((bead.confidence - doubt * with / total).abs() < 1e-6);
            }
            for i in 0..a.len() {
                for j in 0..b.len() {
                    let linked = |(bead, _): &(PairBead, f64)| (bead.a.0..bead.a.0 + bead.a.1).contains(&i) && (bead.b.0..bead.b.0 + bead.b.1).contains(&j);
                    let with: f64 = all.iter().filter(|(_, path)| path.iter().any(linked)).map(|(score, _)| weight(*score)).sum();
                    prop_assert!((links[i * b.len() + j] - with / total).abs() < 1e-6);
                }
            }
        }
    }

    #[test]
    fn a_band_finds_what_the_whole_table_finds() {
        let text = |number: usize| {
            vec![format!(
                "Sentence {number} of a book{}.",
                " word".repeat(number * 7 % 13)
            )]
        };
        let a: Vec<String> = (0..1_050).flat_map(text).collect();
        let b: Vec<String> = (0..1_050)
            .filter(|number| number % 97 != 0)
            .flat_map(text)
            .collect();
        assert!(a.len() * b.len() > WHOLE);
        let found = aligned(&a, &b);
        let right = found
            .beads
            .iter()
            .filter(|bead| bead.a.1 == 1 && bead.b.1 == 1 && a[bead.a.0] == b[bead.b.0])
            .count();
        assert!(right > 1_020, "{right}");
    }

    #[test]
    fn very_unequal_texts_are_searched_too() {
        let few = ["One line alone.".to_owned()];
        let many: Vec<String> = (0..1_500).map(|number| format!("Line {number}.")).collect();
        for (a, b) in [(&few[..], &many[..]), (&many[..], &few[..])] {
            let found = aligned(a, b);
            let sum = |side: fn(&PairBead) -> usize| found.beads.iter().map(side).sum::<usize>();
            assert_eq!(
                (sum(|bead| bead.a.1), sum(|bead| bead.b.1)),
                (a.len(), b.len())
            );
        }
    }
}
