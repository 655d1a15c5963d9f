//! Two editions: the best way through all orderly pairings, and how sure each step of it is.
//!
//! The search is a dynamic programme over (segments done in the first edition, segments done in the second), with beads of up
//! to four segments on a side. The best path is Viterbi's; the confidence of a bead is its posterior, from sums over all paths
//! forwards and backwards. Long texts are searched in a band around the diagonal.

use super::evidence::{LengthLaw, MAX_RUN, Run, evidence};

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
    ((1, 1), -0.15),
    ((1, 0), -3.0),
    ((0, 1), -3.0),
    ((1, 2), -3.0),
    ((2, 1), -3.0),
    ((2, 2), -5.5),
    ((1, 3), -5.0),
    ((3, 1), -5.0),
    ((2, 3), -6.5),
    ((3, 2), -6.5),
    ((1, 4), -6.5),
    ((4, 1), -6.5),
];

/// How far from the diagonal the search goes in long texts, in segments of the second edition. It is the same however long they
/// are, so that time and room grow with the length and not with its square.
const BAND: usize = 600;

/// The largest pair (segments × segments) that is searched whole.
const WHOLE: usize = 1_000_000;

/// What is added for every edge of the evidence: matched runs are likelier than chance already because the editions are
/// editions of one text.
const RELATED: f64 = 0.8;

/// How far the evidence is trusted when it is asked how sure a bead is: the exponent of its likelihood ratio. Two editions alone
/// are about as right as they say with 1. Among three or four the same evidence is heard again through the others, so that
/// their sum says more than is known; with 0.5 the confidences of the fixture letters come out about right.
const TRUST_ALONE: f64 = 1.0;
const TRUST_AMONG_OTHERS: f64 = 0.5;

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
    a: &[Vec<Run>],
    b: &[Vec<Run>],
    hearsay: Option<&Hearsay>,
    among_others: bool,
) -> PairAlignment {
    // The ratio of lengths is a property of the two editions. The first pass takes it from their totals, the second from the
    // beads that the first found.
    let total = |runs: &[Vec<Run>]| -> f64 {
        runs.iter()
            .filter_map(|run| run.first())
            .map(Run::length)
            .sum()
    };
    let law = LengthLaw {
        ratio: (total(b) / total(a)).ln().clamp(-1.0, 1.0),
    };
    let table = Table::new(a, b, law, hearsay);
    let first = table.best_path();
    let law = LengthLaw {
        ratio: learnt_ratio(&first, a, b, law.ratio),
    };
    let table = Table::new(a, b, law, hearsay);
    let mut beads = table.best_path();
    let links = table.judge(&mut beads, among_others);
    PairAlignment { beads, links }
}

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
}

/// For each number of segments done in the first edition, a stretch of numbers done in the second.
struct Grid {
    rows: Vec<(usize, Vec<f64>)>,
}

impl Grid {
    fn get(&self, i: usize, j: usize) -> f64 {
        let value = self
            .rows
            .get(i)
            .and_then(|(from, row)| row.get(j.checked_sub(*from)?));
        value.copied().unwrap_or(f64::NEG_INFINITY)
    }

    fn set(&mut self, i: usize, j: usize, value: f64) {
        if let Some((from, row)) = self.rows.get_mut(i)
            && let Some(cell) = j.checked_sub(*from).and_then(|at| row.get_mut(at))
        {
            *cell = value;
        }
    }
}

impl<'t> Table<'t> {
    fn new(
        a: &'t [Vec<Run>],
        b: &'t [Vec<Run>],
        law: LengthLaw,
        hearsay: Option<&'t Hearsay>,
    ) -> Self {
        Table { a, b, law, hearsay }
    }

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
                vec![f64::NEG_INFINITY; band.end() - band.start() + 1],
            )
        };
        Grid {
            rows: (0..=self.a.len()).map(row).collect(),
        }
    }

    /// The score of a bead: how common its kind is, and the evidence.
    fn score(&self, a: (usize, usize), b: (usize, usize), common: f64) -> f64 {
        if a.1 == 0 || b.1 == 0 {
            return common;
        }
        let (Some(left), Some(right)) = (run_of(self.a, a), run_of(self.b, b)) else {
            return f64::NEG_INFINITY;
        };
        let heard = self.hearsay.map_or(0.0, |hearsay| hearsay.of(a, b));
        common + RELATED + evidence(left, right, self.law) + heard
    }

    /// The beads that can end at (i, j): the number of their kind, themselves, their scores.
    fn beads_into(&self, i: usize, j: usize) -> impl Iterator<Item = (u8, PairBead, f64)> + '_ {
        KINDS
            .iter()
            .zip(0_u8..)
            .filter_map(move |((_, common), kind)| {
                let bead = bead_into(usize::from(kind), i, j)?;
                Some((kind, bead, self.score(bead.a, bead.b, *common)))
            })
    }

    /// Viterbi's path. Of equal scores the kind that stands first in the table wins.
    fn best_path(&self) -> Vec<PairBead> {
        let mut best = self.grid();
        // The kind of the bead that leads to each cell, as its number in the table; none leads to the first.
        let mut via: Vec<Option<u8>> = vec![None; best.rows.iter().map(|(_, row)| row.len()).sum()];
        let mut starts = Vec::with_capacity(best.rows.len());
        let mut start = 0;
        for (_, row) in &best.rows {
            starts.push(start);
            start += row.len();
        }
        best.set(0, 0, 0.0);
        let cell =
            |i: usize, j: usize| Some(starts.get(i)? + j.checked_sub(*self.band(i).start())?);
        for i in 0..=self.a.len() {
            for j in self.band(i) {
                let mut top = best.get(i, j);
                let mut by = None;
                for (kind, bead, score) in self.beads_into(i, j) {
                    let sum = best.get(bead.a.0, bead.b.0) + score;
                    if sum > top {
                        top = sum;
                        by = Some(kind);
                    }
                }
                best.set(i, j, top);
                if let Some(slot) = cell(i, j).and_then(|at| via.get_mut(at)) {
                    *slot = by;
                }
            }
        }
        let mut path = Vec::new();
        let (mut i, mut j) = (self.a.len(), self.b.len());
        while let Some(kind) = cell(i, j).and_then(|at| via.get(at).copied().flatten()) {
            let Some(bead) = bead_into(usize::from(kind), i, j) else {
                break;
            };
            path.push(bead);
            (i, j) = (bead.a.0, bead.b.0);
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
        forward.set(0, 0, 0.0);
        for i in 0..=n {
            for j in self.band(i) {
                let mut sum = Sum::new(forward.get(i, j));
                for (_, bead, score) in self.beads_into(i, j) {
                    sum.add(forward.get(bead.a.0, bead.b.0) + trust * score);
                }
                forward.set(i, j, sum.value());
            }
        }
        let mut backward = self.grid();
        backward.set(n, m, 0.0);
        let total = forward.get(n, m);
        let mut links = vec![0.0; if among_others { n * m } else { 0 }];
        for i in (0..=n).rev() {
            for j in self.band(i).rev() {
                let behind = backward.get(i, j);
                if behind == f64::NEG_INFINITY {
                    continue;
                }
                for (_, bead, score) in self.beads_into(i, j) {
                    let score = trust * score;
                    let (at, to) = (bead.a.0, bead.b.0);
                    let mut sum = Sum::new(backward.get(at, to));
                    sum.add(behind + score);
                    backward.set(at, to, sum.value());
                    if among_others {
                        let posterior = (forward.get(at, to) + score + behind - total).exp();
                        add_links(&mut links, m, bead, posterior);
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
            let sum = forward.get(bead.a.0, bead.b.0) + trust * score + backward.get(i, j) - total;
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

    fn value(&self) -> f64 {
        self.0
    }
}

const _: () = assert!(MAX_RUN == 4, "the kinds of beads go up to runs of four");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Edition;
    use crate::align::evidence::runs;
    use crate::text::language::Language;
    use proptest::prelude::*;

    fn runs_of(texts: &[String]) -> Vec<Vec<Run>> {
        let paragraphs = texts
            .chunks(2)
            .map(|chunk| chunk.iter().map(String::as_str));
        runs(&Edition::new(Language::from_file("en"), paragraphs))
    }

    /// All paths through the rest of two editions, each with its score.
    fn paths(table: &Table<'_>, i: usize, j: usize) -> Vec<(Vec<PairBead>, f64)> {
        if (i, j) == (0, 0) {
            return vec![(Vec::new(), 0.0)];
        }
        let mut found = Vec::new();
        for (_, bead, score) in table.beads_into(i, j) {
            for (mut path, sum) in paths(table, bead.a.0, bead.b.0) {
                path.push(bead);
                found.push((path, sum + score));
            }
        }
        found
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,5}[.?]|[0-9]{1,3}", 1..4)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn the_search_is_what_trying_everything_finds(a in texts(), b in texts()) {
            let (a, b) = (runs_of(&a), runs_of(&b));
            let table = Table::new(&a, &b, LengthLaw { ratio: 0.1 }, None);
            let all = paths(&table, a.len(), b.len());
            let best = all.iter().map(|(_, score)| *score).fold(f64::NEG_INFINITY, f64::max);
            let mut path = table.best_path();
            let score: f64 = path.iter().map(|bead| {
                let kind = KINDS.iter().find(|(kind, _)| *kind == (bead.a.1, bead.b.1)).unwrap();
                table.score(bead.a, bead.b, kind.1)
            }).sum();
            prop_assert!((score - best).abs() < 1e-9);

            let links = table.judge(&mut path, true);
            let weight = |score: f64| (TRUST_AMONG_OTHERS * score).exp();
            let total: f64 = all.iter().map(|(_, score)| weight(*score)).sum();
            for bead in &path {
                let holds = |other: &PairBead| (other.a, other.b) == (bead.a, bead.b);
                let with: f64 = all.iter().filter(|(path, _)| path.iter().any(holds)).map(|(_, score)| weight(*score)).sum();
                let contradicts = run_of(&a, bead.a).zip(run_of(&b, bead.b)).is_some_and(|(left, right)| left.contradicts(right));
                let doubt = if contradicts { DOUBT } else { 1.0 };
                prop_assert!((bead.confidence - doubt * with / total).abs() < 1e-6);
            }
            for i in 0..a.len() {
                for j in 0..b.len() {
                    let linked = |bead: &PairBead| (bead.a.0..bead.a.0 + bead.a.1).contains(&i) && (bead.b.0..bead.b.0 + bead.b.1).contains(&j);
                    let with: f64 = all.iter().filter(|(path, _)| path.iter().any(linked)).map(|(_, score)| weight(*score)).sum();
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
        let found = align(&runs_of(&a), &runs_of(&b), None, false);
        let right = found
            .beads
            .iter()
            .filter(|bead| bead.a.1 == 1 && bead.b.1 == 1 && a[bead.a.0] == b[bead.b.0])
            .count();
        assert!(right > 1_020, "{right}");
    }

    #[test]
    fn very_unequal_texts_are_searched_too() {
        let few = runs_of(&["One line alone.".to_owned()]);
        let many: Vec<String> = (0..1_500).map(|number| format!("Line {number}.")).collect();
        for (a, b) in [(&few, &runs_of(&many)), (&runs_of(&many), &few)] {
            let found = align(a, b, None, false);
            let sum = |side: fn(&PairBead) -> usize| found.beads.iter().map(side).sum::<usize>();
            assert_eq!(
                (sum(|bead| bead.a.1), sum(|bead| bead.b.1)),
                (a.len(), b.len())
            );
        }
    }
}
