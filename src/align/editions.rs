//! Three and four editions: pairs that hear what the other editions say, joined into beads over all of them.
//!
//! Each pair is aligned alone first. Then, if English and Persian agree on a link and Persian and Arabic do, English and Arabic
//! hear of it: the product of the two links' likelihoods, over all segments between, is added to the evidence, and the pair is
//! aligned anew. Two rounds of that settle it. At the end the links of all pairs are joined: what hangs together is a bead.

use super::evidence::{Run, runs};
use super::pair::{self, Hearsay, PairAlignment, PairBead};
use super::words::EditionWords;
use super::{Bead, Edition};
use crate::error::{Progress, Result};

/// How much a link through a third edition weighs, and the likelihood from which it speaks for and not against.
const HEARSAY_WEIGHT: f64 = 3.0;
const HEARSAY_NEUTRAL: f64 = 0.15;

/// How often the pairs are aligned anew.
const ROUNDS: usize = 2;

/// The largest table of links (segments × segments) that is kept for a pair; books are aligned without hearsay.
const MAX_LINKS: usize = 4_000_000;

/// Aligns the editions. Each has at least one segment.
pub(super) fn align(editions: &[Edition], progress: Progress<'_>) -> Result<Vec<Bead>> {
    let runs: Vec<_> = editions.iter().map(runs).collect();
    let words: Vec<_> = editions.iter().map(EditionWords::new).collect();
    let pairs: Vec<(usize, usize)> = (0..editions.len())
        .flat_map(|a| (a + 1..editions.len()).map(move |b| (a, b)))
        .collect();
    let small = runs.iter().map(Vec::len).max().unwrap_or(0).pow(2) <= MAX_LINKS;
    let hearing = editions.len() > 2 && small;
    let rounds = if hearing { ROUNDS } else { 0 };
    let total = (pairs.len() * (1 + rounds)) as u64;
    let mut done = 0;
    let mut aligned: Vec<PairAlignment> = Vec::new();
    for round in 0..=rounds {
        let mut anew = Vec::with_capacity(pairs.len());
        for (a, b) in &pairs {
            progress(done, total)?;
            // In the first round nobody has anything to say yet.
            let heard = (round > 0).then(|| hearsay((*a, *b), &runs, &pairs, &aligned));
            let (Some(a_words), Some(b_words)) = (words.get(*a), words.get(*b)) else {
                continue;
            };
            anew.push(pair::align(
                (of(&runs, *a), a_words),
                (of(&runs, *b), b_words),
                heard.as_ref(),
                hearing,
            ));
            done += 1;
        }
        aligned = anew;
    }
    Ok(join(&runs, &pairs, &aligned))
}

fn of<T>(list: &[Vec<T>], index: usize) -> &[T] {
    list.get(index).map_or(&[], Vec::as_slice)
}

/// What the other editions say about a pair.
fn hearsay(
    (a, b): (usize, usize),
    runs: &[Vec<Vec<Run>>],
    pairs: &[(usize, usize)],
    aligned: &[PairAlignment],
) -> Hearsay {
    let (n, m) = (of(runs, a).len(), of(runs, b).len());
    let mut values = vec![0.0; n * m];
    let others = (0..runs.len()).filter(|other| *other != a && *other != b);
    let weight = HEARSAY_WEIGHT / (runs.len() - 2) as f64;
    for other in others {
        let middle = of(runs, other).len();
        for k in 0..middle {
            let left = likely((a, other), n, k, pairs, aligned, runs);
            let right = likely((b, other), m, k, pairs, aligned, runs);
            // A segment between that says what several here say tells less about which of them belong together.
            let sum = |side: &[(usize, f64)]| side.iter().map(|(_, x)| x).sum::<f64>().max(1.0);
            let share = weight / (sum(&left) * sum(&right)).sqrt();
            for (i, x) in &left {
                for (j, y) in &right {
                    if let Some(value) = values.get_mut(i * m + j) {
                        *value += share * x * y;
                    }
                }
            }
        }
    }
    for value in &mut values {
        *value -= HEARSAY_WEIGHT * HEARSAY_NEUTRAL;
    }
    Hearsay::new(m, values)
}

/// The segments of an edition that are linked to segment `k` of another, with the likelihood of the link.
fn likely(
    (edition, other): (usize, usize),
    count: usize,
    k: usize,
    pairs: &[(usize, usize)],
    aligned: &[PairAlignment],
    runs: &[Vec<Vec<Run>>],
) -> Vec<(usize, f64)> {
    let ordered = (edition.min(other), edition.max(other));
    let Some(alignment) = pairs
        .iter()
        .position(|pair| *pair == ordered)
        .and_then(|at| aligned.get(at))
    else {
        return Vec::new();
    };
    let columns = of(runs, ordered.1).len();
    (0..count)
        .filter_map(|i| {
            let at = if edition < other {
                i * columns + k
            } else {
                k * columns + i
            };
            let likelihood = alignment.links.get(at).copied()?;
            (likelihood > 0.01).then_some((i, likelihood))
        })
        .collect()
}

/// Joins the beads of all pairs: what is linked, directly or through others, is one bead.
fn join(runs: &[Vec<Vec<Run>>], pairs: &[(usize, usize)], aligned: &[PairAlignment]) -> Vec<Bead> {
    let counts: Vec<usize> = runs.iter().map(Vec::len).collect();
    let mut groups = Groups::new(&counts);
    for ((a, b), alignment) in pairs.iter().zip(aligned) {
        for bead in alignment
            .beads
            .iter()
            .filter(|bead| bead.a.1 > 0 && bead.b.1 > 0)
        {
            let first = groups.number(*a, bead.a.0);
            for i in bead.a.0..bead.a.0 + bead.a.1 {
                groups.unite(first, groups.number(*a, i));
            }
            for j in bead.b.0..bead.b.0 + bead.b.1 {
                groups.unite(first, groups.number(*b, j));
            }
        }
    }
    let mut beads = groups.beads(&counts);
    let steps: Vec<Steps<'_>> = aligned.iter().map(Steps::new).collect();
    for bead in &mut beads {
        bead.confidence = confidence(bead, pairs, &steps);
    }
    in_reading_order(beads, &counts)
}

/// The beads of a pair, to be found by the segments they hold.
struct Steps<'a> {
    beads: &'a [PairBead],
    of_a: Vec<usize>,
    of_b: Vec<usize>,
}

impl<'a> Steps<'a> {
    fn new(alignment: &'a PairAlignment) -> Self {
        let beads = alignment.beads.as_slice();
        let of = |side: fn(&PairBead) -> (usize, usize)| {
            let held = beads.iter().enumerate();
            held.flat_map(|(number, bead)| span(side(bead)).map(move |_| number))
                .collect()
        };
        Steps {
            beads,
            of_a: of(|bead| bead.a),
            of_b: of(|bead| bead.b),
        }
    }

    /// The beads that hold any of some segments, in order.
    fn holding(&self, a: &[usize], b: &[usize]) -> Vec<&'a PairBead> {
        let left = a.iter().filter_map(|at| self.of_a.get(*at));
        let right = b.iter().filter_map(|at| self.of_b.get(*at));
        let mut numbers: Vec<usize> = left.chain(right).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .into_iter()
            .filter_map(|number| self.beads.get(number))
            .collect()
    }
}

/// How sure a joined bead is: as sure as the pairs that make it up are on average, where a pair that cut it differently counts
/// as not sure at all.
fn confidence(bead: &Bead, pairs: &[(usize, usize)], steps: &[Steps<'_>]) -> f64 {
    let mut sum = 0.0;
    let mut count = 0;
    for ((a, b), steps) in pairs.iter().zip(steps) {
        let (left, right) = (of(&bead.segments, *a), of(&bead.segments, *b));
        if left.is_empty() && right.is_empty() {
            continue;
        }
        count += 1;
        let held = steps.holding(left, right);
        let alone = |pair: &&&PairBead| pair.a.1 == 0 || pair.b.1 == 0;
        let whole = |pair: &PairBead| {
            span(pair.a).eq(left.iter().copied()) && span(pair.b).eq(right.iter().copied())
        };
        sum += match held.as_slice() {
            [pair] if whole(pair) => pair.confidence,
            // Several steps of the pair, each without a partner, are as sure as the least of them.
            all if (left.is_empty() || right.is_empty())
                && all.iter().filter(alone).count() == all.len() =>
            {
                all.iter()
                    .map(|pair| pair.confidence)
                    .reduce(f64::min)
                    .unwrap_or(0.0)
            }
            _ => 0.0,
        };
    }
    if count == 0 {
        0.0
    } else {
        sum / f64::from(count)
    }
}

fn span((start, count): (usize, usize)) -> std::ops::Range<usize> {
    start..start + count
}

/// Brings beads into the order of the first edition, given how many segments each edition has. A bead that it lacks stands behind the one that its nearest earlier
/// neighbour in another edition is in.
pub fn in_reading_order(beads: Vec<Bead>, counts: &[usize]) -> Vec<Bead> {
    let place = |bead: &Bead| -> (f64, usize) {
        let sums = bead.segments.iter().zip(counts).filter_map(|(own, count)| {
            let first = *own.first()?;
            Some(first as f64 / (*count).max(1) as f64)
        });
        let places: Vec<f64> = sums.collect();
        let mean = places.iter().sum::<f64>() / places.len().max(1) as f64;
        (
            mean,
            bead.segments
                .iter()
                .position(|own| !own.is_empty())
                .unwrap_or(0),
        )
    };
    let leading = |bead: &Bead| bead.segments.first().and_then(|own| own.first().copied());
    let (mut ordered, mut others): (Vec<_>, Vec<_>) =
        beads.into_iter().partition(|bead| leading(bead).is_some());
    ordered.sort_by_key(|bead| leading(bead));
    others.sort_by(|x, y| {
        let (x, y) = (place(x), place(y));
        x.0.total_cmp(&y.0).then(x.1.cmp(&y.1))
    });
    for bead in others {
        let at = place_behind_neighbour(&bead, &ordered);
        ordered.insert(at, bead);
    }
    ordered
}

fn place_behind_neighbour(bead: &Bead, ordered: &[Bead]) -> usize {
    let edition = bead
        .segments
        .iter()
        .position(|own| !own.is_empty())
        .unwrap_or(0);
    let first = bead
        .segments
        .get(edition)
        .and_then(|own| own.first().copied())
        .unwrap_or(0);
    let before = ordered.iter().rposition(|other| {
        let own = other
            .segments
            .get(edition)
            .and_then(|own| own.last().copied());
        own.is_some_and(|last| last < first)
    });
    before.map_or(0, |at| at + 1)
}

/// Segments of all editions, joined into groups (union–find).
struct Groups {
    parent: Vec<usize>,
    starts: Vec<usize>,
}

impl Groups {
    fn new(counts: &[usize]) -> Self {
        let mut starts = Vec::with_capacity(counts.len());
        let mut total = 0;
        for count in counts {
            starts.push(total);
            total += count;
        }
        Groups {
            parent: (0..total).collect(),
            starts,
        }
    }

    fn number(&self, edition: usize, segment: usize) -> usize {
        self.starts.get(edition).copied().unwrap_or(0) + segment
    }

    fn root(&self, mut at: usize) -> usize {
        while let Some(parent) = self.parent.get(at).copied() {
            if parent == at {
                break;
            }
            at = parent;
        }
        at
    }

    fn unite(&mut self, x: usize, y: usize) {
        let (x, y) = (self.root(x), self.root(y));
        if let Some(parent) = self.parent.get_mut(x.max(y)) {
            *parent = x.min(y);
        }
    }

    fn beads(&self, counts: &[usize]) -> Vec<Bead> {
        let mut by_root: std::collections::BTreeMap<usize, Vec<Vec<usize>>> =
            std::collections::BTreeMap::new();
        for (edition, count) in counts.iter().enumerate() {
            for segment in 0..*count {
                let root = self.root(self.number(edition, segment));
                let group = by_root
                    .entry(root)
                    .or_insert_with(|| vec![Vec::new(); counts.len()]);
                if let Some(own) = group.get_mut(edition) {
                    own.push(segment);
                }
            }
        }
        let groups = by_root.into_values();
        groups
            .map(|segments| Bead {
                segments,
                confidence: 0.0,
            })
            .collect()
    }
}
