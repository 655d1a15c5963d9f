//! What was found of each two editions, joined into beads over several: what hangs together is a bead.

use std::collections::BTreeMap;

use super::pair::Span;
use super::passes::Pair;
use super::strangers::{are_editions, are_strangers};
use super::{Bead, Document, PairedBeads};

/// Joins what was found of each two editions, given how many segments every edition has. Only pairs of the editions named are heard;
/// the others' segments stand in no bead. Every segment of those named is in exactly one.
pub fn join(pairs: &[PairedBeads], counts: &[usize], among: &[usize]) -> Vec<Bead> {
    let heard =
        |pair: &&PairedBeads| among.contains(&pair.editions.0) && among.contains(&pair.editions.1);
    let pairs: Vec<&PairedBeads> = pairs.iter().filter(heard).collect();
    let mut groups = Groups::new(counts);
    for pair in &pairs {
        let (a, b) = pair.editions;
        for bead in pair.beads.iter().filter(|bead| bead.editions() == 2) {
            let mut own = bead.segments[0]
                .iter()
                .map(|i| groups.number(a, *i))
                .collect::<Vec<_>>();
            own.extend(bead.segments[1].iter().map(|j| groups.number(b, *j)));
            own.windows(2).for_each(|two| groups.unite(two[0], two[1]));
        }
    }
    let mut beads = groups.beads(counts);
    beads.retain(|bead| {
        among
            .iter()
            .any(|edition| !bead.segments[*edition].is_empty())
    });
    let sure: Vec<Sure> = pairs.iter().map(|pair| Sure::new(pair, counts)).collect();
    for bead in &mut beads {
        bead.confidence = confidence(bead, &sure);
        bead.crossed = sure.iter().any(|pair| pair.crosses(bead));
    }
    in_reading_order(beads, counts)
}

/// Puts the given beads into a pair that no search could step along: those that cross others, and those with a gap on a side.
pub(super) fn give(pair: &mut PairedBeads, document: &Document) {
    let (a, b) = pair.editions;
    let mut missing = Vec::new();
    for given in &document.fixed {
        let sides = vec![given[a].clone(), given[b].clone()];
        let is_shared = sides.iter().all(|own| !own.is_empty());
        if is_shared && !pair.beads.iter().any(|bead| bead.segments == sides) {
            missing.push(Bead {
                segments: sides,
                confidence: 1.0,
                crossed: true,
            });
        }
    }
    if missing.is_empty() {
        return;
    }
    // Their segments stand alone so far.
    pair.beads.retain(|bead| {
        let held = |side: usize| {
            let mut own = bead.segments[side].iter();
            own.any(|at| {
                missing
                    .iter()
                    .any(|given| given.segments[side].contains(at))
            })
        };
        !held(0) && !held(1)
    });
    pair.beads.extend(missing);
    let counts = [a, b].map(|edition| document.editions[edition].segments.len());
    pair.beads = in_reading_order(std::mem::take(&mut pair.beads), &counts);
}

/// For each segment of two editions the confidence of the bead that holds it, and whether that bead crosses others.
struct Sure {
    editions: [usize; 2],
    of: [Vec<(f64, bool)>; 2],
}

impl Sure {
    fn new(pair: &PairedBeads, counts: &[usize]) -> Self {
        let editions = [pair.editions.0, pair.editions.1];
        let mut of = editions.map(|edition| vec![(0.0, false); counts[edition]]);
        for bead in &pair.beads {
            for (values, own) in of.iter_mut().zip(&bead.segments) {
                own.iter()
                    .for_each(|at| values[*at] = (bead.confidence, bead.crossed));
            }
        }
        Sure { editions, of }
    }

    /// What this pair has of a bead.
    fn own<'s>(&'s self, bead: &'s Bead) -> impl Iterator<Item = (f64, bool)> + 's {
        let sides = self.editions.iter().zip(&self.of);
        sides.flat_map(|(edition, values)| bead.segments[*edition].iter().map(|at| values[*at]))
    }

    fn crosses(&self, bead: &Bead) -> bool {
        self.own(bead).any(|(_, crossed)| crossed)
    }
}

/// How sure a joined bead is: the geometric mean, over the pairs that have a part in it, of the least sure bead of each.
fn confidence(bead: &Bead, sure: &[Sure]) -> f64 {
    let least = sure
        .iter()
        .filter_map(|pair| pair.own(bead).map(|(sure, _)| sure).reduce(f64::min));
    let logs: Vec<f64> = least.map(|sure| sure.max(f64::MIN_POSITIVE).ln()).collect();
    (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp()
}

/// A pair's beads, with the edition first that comes first in the document.
pub(super) fn paired(pair: &Pair, document: &Document) -> PairedBeads {
    let (a, b) = (&document.editions[pair.a], &document.editions[pair.b]);
    let likely = are_editions(a, b, &pair.alignment);
    let turned = pair.a > pair.b;
    let beads = pair.alignment.beads.iter().map(|bead| {
        let (left, right) = (span(bead.a).collect(), span(bead.b).collect());
        Bead {
            segments: if turned {
                vec![right, left]
            } else {
                vec![left, right]
            },
            confidence: if bead.is_given {
                1.0
            } else {
                bead.confidence * likely
            },
            crossed: bead.is_crossed,
        }
    });
    let mut beads: Vec<Bead> = beads.collect();
    if turned {
        let counts = beads.iter().fold([0, 0], |[a, b], bead| {
            [a + bead.segments[0].len(), b + bead.segments[1].len()]
        });
        beads = in_reading_order(beads, &counts);
    }
    PairedBeads {
        editions: (pair.a.min(pair.b), pair.a.max(pair.b)),
        beads,
        strangers: are_strangers(a, b, &pair.alignment),
    }
}

fn span((start, count): Span) -> std::ops::Range<usize> {
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
        let mut by_root: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
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
                crossed: false,
            })
            .collect()
    }
}
