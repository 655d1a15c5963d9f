//! Where the path through two long editions must be near: rare words that translate each other, in one order.
//!
//! A word that stands in few segments of either edition and is known to translate the other speaks for a pair of segments. The
//! heaviest chain of such pairs that goes forward in both editions is taken; what strays from its neighbours is dropped; around the
//! rest a band is drawn, wider where anchors are far apart. Short editions need no anchors: all of the table is looked at.

use std::collections::HashMap;

use super::band::Band;
use super::pair::PairBead;
use super::vocabulary::EditionWords;
use super::words::Known;

/// The largest pair (segments × segments) of which the whole table is looked at.
pub(super) const WHOLE: usize = 160_000;

/// A word that stands in more segments than this (or than one of so many) is not rare.
const RARE: usize = 8;
const RARE_SHARE: usize = 300;

/// How likely a translation must be to anchor.
const LIKELY: f64 = 0.25;

/// How many segments the band reaches to both sides of a path that is sure, and at most.
const NARROW: usize = 24;
const WIDE: usize = 600;

/// How many cells a band may have where nothing anchors it.
const CELLS: usize = 4_000_000;

/// How far an anchor may stray from where its neighbours expect it.
const STRAY: f64 = 12.0;

/// The band for two editions.
pub(super) fn band(
    a: &EditionWords,
    b: &EditionWords,
    there: Known<'_>,
    fixed: &[PairBead],
) -> Band {
    let (n, m) = (a.segments.len(), b.segments.len());
    if n * m <= WHOLE {
        return Band::whole(n + 1, m + 1);
    }
    let mut anchors = anchors(a, b, there);
    // What is given is sure, and nothing that crosses it can be an anchor.
    for bead in fixed {
        let (end_a, end_b) = (bead.a.0 + bead.a.1, bead.b.0 + bead.b.1);
        anchors.retain(|(i, j)| (*i < bead.a.0 && *j < bead.b.0) || (*i >= end_a && *j >= end_b));
    }
    anchors.extend(fixed.iter().flat_map(|bead| {
        [
            (bead.a.0, bead.b.0),
            (bead.a.0 + bead.a.1 - 1, bead.b.0 + bead.b.1 - 1),
        ]
    }));
    anchors.sort_unstable();
    anchors.dedup();
    around(&anchors, n, m)
}

/// Pairs of segments that must be near the path, in order.
fn anchors(a: &EditionWords, b: &EditionWords, there: Known<'_>) -> Vec<(usize, usize)> {
    let (n, m) = (a.segments.len(), b.segments.len());
    let places = |words: &EditionWords| {
        let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
        for (segment, own) in words.segments.iter().enumerate() {
            for word in own {
                let known = places.entry(*word).or_default();
                if known.last() != Some(&segment) {
                    known.push(segment);
                }
            }
        }
        let rare = RARE.max(words.segments.len() / RARE_SHARE);
        places.retain(|_, own| own.len() <= rare);
        places
    };
    let (in_a, in_b) = (places(a), places(b));
    let mut weights: HashMap<(usize, usize), f64> = HashMap::new();
    for (word, own) in &in_a {
        for (target, likely) in there.forms.of(*word).iter().chain(there.learnt.of(*word)) {
            let Some(others) = in_b.get(target).filter(|_| *likely >= LIKELY) else {
                continue;
            };
            let weight = likely / ((own.len() * others.len()) as f64).sqrt();
            for i in own {
                for j in others {
                    *weights.entry((*i, *j)).or_default() += weight;
                }
            }
        }
    }
    let mut found: Vec<(usize, usize, f64)> = weights
        .into_iter()
        .map(|((i, j), weight)| (i, j, weight))
        .collect();
    found.sort_unstable_by_key(|(i, j, _)| (*i, *j));
    let chain = heaviest_chain(&found);
    let chain: Vec<(usize, usize)> = chain
        .iter()
        .map(|at| (found[*at].0, found[*at].1))
        .collect();
    without_strays(&chain, n, m)
}

/// The heaviest choice of pairs that grow on both sides, as places in the list, which is sorted by the first side. Sums of prefixes are
/// kept in a tree (Fenwick 1994), so that it takes n log n.
pub(super) fn heaviest_chain(pairs: &[(usize, usize, f64)]) -> Vec<usize> {
    let columns = pairs.iter().map(|(_, j, _)| j + 1).max().unwrap_or(0);
    // For each node of the tree the heaviest chain that ends in its columns: weight and last pair.
    let mut tree: Vec<(f64, usize)> = vec![(0.0, usize::MAX); columns + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut sums = vec![0.0; pairs.len()];
    let mut start = 0;
    for same in pairs.chunk_by(|x, y| x.0 == y.0) {
        let own = start..start + same.len();
        start = own.end;
        // All pairs of a row look at the rows before, not at each other.
        for at in own.clone() {
            let mut best = (0.0, usize::MAX);
            let mut node = pairs[at].1;
            while node > 0 {
                if tree[node].0 > best.0 {
                    best = tree[node];
                }
                node &= node - 1;
            }
            sums[at] = best.0 + pairs[at].2;
            before[at] = best.1;
        }
        for at in own {
            let mut node = pairs[at].1 + 1;
            while node <= columns {
                if sums[at] > tree[node].0 {
                    tree[node] = (sums[at], at);
                }
                node += node & node.wrapping_neg();
            }
        }
    }
    let mut last = (0..pairs.len()).max_by(|x, y| sums[*x].total_cmp(&sums[*y]));
    let mut chain = Vec::new();
    while let Some(at) = last.filter(|at| *at != usize::MAX) {
        chain.push(at);
        last = before.get(at).copied();
    }
    chain.reverse();
    chain
}

/// Anchors that are about where the median of their neighbours expects them.
fn without_strays(chain: &[(usize, usize)], n: usize, m: usize) -> Vec<(usize, usize)> {
    let slope = m as f64 / n.max(1) as f64;
    let off = |(i, j): (usize, usize)| j as f64 - i as f64 * slope;
    let kept = chain.iter().enumerate().filter(|(at, anchor)| {
        let around = chain.get(at.saturating_sub(4)..(at + 5).min(chain.len()));
        let mut offs: Vec<f64> = around
            .unwrap_or_default()
            .iter()
            .map(|near| off(*near))
            .collect();
        offs.sort_unstable_by(f64::total_cmp);
        let median = offs.get(offs.len() / 2).copied().unwrap_or(0.0);
        (off(**anchor) - median).abs() <= STRAY
    });
    kept.map(|(_, anchor)| *anchor).collect()
}

/// The band around anchors, from the start of both editions to their end.
fn around(anchors: &[(usize, usize)], n: usize, m: usize) -> Band {
    // For each row the first column and the one behind the last.
    let mut rows = vec![(usize::MAX, 0); n + 1];
    let widest = WIDE.min((CELLS / (2 * n.max(1))).max(NARROW));
    let ends = std::iter::once((0, 0))
        .chain(anchors.iter().copied())
        .chain([(n, m)]);
    let ends: Vec<(usize, usize)> = ends.collect();
    for pair in ends.windows(2) {
        let ((i, j), (to_i, to_j)) = (pair[0], pair[1]);
        let (down, across) = (to_i - i, to_j.saturating_sub(j));
        let half = (NARROW + down.max(across) / 2).min(widest);
        // Where the path is after so many rows, if it is straight.
        let straight = |rows: usize| (across * rows).checked_div(down);
        for (passed, row) in rows.iter_mut().skip(i).take(down + 1).enumerate() {
            let from = j + straight(passed).unwrap_or(0);
            let until = straight((passed + 1).min(down)).map_or(to_j, |on| j + on);
            row.0 = row.0.min(from.saturating_sub(half));
            row.1 = row.1.max((until + half).min(m) + 1);
        }
    }
    Band::new(rows.into_iter().map(|(from, until)| from..until).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The weight of the heaviest chain, by trying every choice.
    fn heaviest(pairs: &[(usize, usize, f64)]) -> f64 {
        let choices = 0..1_u32 << pairs.len();
        let weights = choices.filter_map(|choice| {
            let chosen: Vec<_> = (0..pairs.len())
                .filter(|at| choice >> at & 1 == 1)
                .map(|at| pairs[at])
                .collect();
            let grows = chosen
                .windows(2)
                .all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1);
            grows.then(|| chosen.iter().map(|pair| pair.2).sum::<f64>())
        });
        weights.fold(0.0, f64::max)
    }

    proptest! {
        #[test]
        fn the_chain_is_the_heaviest(mut pairs in prop::collection::vec((0_usize..6, 0_usize..6, 0.1_f64..2.0), 0..10)) {
            pairs.sort_by_key(|pair| (pair.0, pair.1));
            let chain = heaviest_chain(&pairs);
            prop_assert!(chain.windows(2).all(|two| pairs[two[0]].0 < pairs[two[1]].0 && pairs[two[0]].1 < pairs[two[1]].1));
            let weight: f64 = chain.iter().map(|at| pairs[*at].2).sum();
            prop_assert!((weight - heaviest(&pairs)).abs() < 1e-9);
        }

        #[test]
        fn a_band_goes_from_corner_to_corner(
            mut anchors in prop::collection::btree_map(1_usize..900, 1_usize..900, 0..20),
            n in 900_usize..1000, m in 900_usize..1000,
        ) {
            let mut least = 0;
            anchors.retain(|_, j| { let grows = *j > least; least = least.max(*j); grows });
            let anchors: Vec<_> = anchors.into_iter().collect();
            let band = around(&anchors, n, m);
            prop_assert!(band.row(0).contains(&0) && band.row(n).contains(&m));
            for (i, j) in &anchors {
                prop_assert!(band.row(*i).contains(j));
            }
            // One can always go on down or across.
            for row in 0..n {
                prop_assert!(band.row(row + 1).start < band.row(row).end);
            }
        }
    }
}
