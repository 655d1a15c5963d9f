//! Neighbours that stand in another order in the other edition. The search goes forward in both editions, so it leaves both sides of
//! such a bead without a partner, or takes two that cross each other for one. What is left is looked at once more here.

use super::pair::{PairBead, Question};

/// How many beads away a partner is looked for.
const NEAR: usize = 12;

/// What two segments have to say for each other to be brought together across others, and how much more than with anybody else.
const ENOUGH: f64 = 7.0;
const CLEARLY: f64 = 3.0;

/// Finds beads that cross others, and puts them in the place of what they were taken for. Beads stay in the order of the first edition,
/// what it lacks behind its neighbour in the second.
pub(super) fn uncross(question: &Question<'_>, beads: Vec<PairBead>) -> Vec<PairBead> {
    let beads = apart(question, beads);
    let alone = |side: fn(&PairBead) -> bool| -> Vec<usize> {
        let all = beads.iter().enumerate();
        all.filter(|(_, bead)| !bead.is_shared() && side(bead))
            .map(|(at, _)| at)
            .collect()
    };
    let (left, right) = (alone(|bead| bead.a.1 > 0), alone(|bead| bead.b.1 > 0));
    let mut found: Vec<(usize, usize, f64)> = Vec::new();
    for at in &left {
        let from = right.partition_point(|other| other + NEAR < *at);
        let near = right
            .iter()
            .skip(from)
            .take_while(|other| **other <= at + NEAR);
        for other in near.filter(|other| question.may_cross(&beads[*at], &beads[**other])) {
            let score = question.together(beads[*at].a, beads[*other].b);
            if score > 0.0 {
                found.push((*at, *other, score));
            }
        }
    }
    let clear = |(at, other, score): &(usize, usize, f64)| {
        let rivals = found.iter().filter(|(x, y, _)| (x == at) != (y == other));
        let best = rivals.map(|(.., rival)| *rival).fold(0.0, f64::max);
        *score >= ENOUGH && *score >= best + CLEARLY && between_is_shared(&beads, *at, *other)
    };
    let chosen: Vec<(usize, usize, f64)> =
        found.iter().copied().filter(|pair| clear(pair)).collect();
    if chosen.is_empty() {
        return beads;
    }
    let partner = |at: usize| chosen.iter().find(|(x, ..)| *x == at);
    let taken = |at: usize| chosen.iter().any(|(_, y, _)| *y == at);
    let mut uncrossed = Vec::with_capacity(beads.len());
    for (at, bead) in beads.iter().enumerate() {
        match partner(at) {
            Some((_, other, score)) => uncrossed.push(crossed(bead.a, beads[*other].b, *score)),
            None if taken(at) => {}
            None => uncrossed.push(*bead),
        }
    }
    uncrossed
}

/// Takes beads of two and two apart whose sides are in another order.
fn apart(question: &Question<'_>, beads: Vec<PairBead>) -> Vec<PairBead> {
    let mut taken = Vec::with_capacity(beads.len());
    for bead in beads {
        let (i, j) = (bead.a.0, bead.b.0);
        if (bead.a.1, bead.b.1) != (2, 2) || bead.is_given {
            taken.push(bead);
            continue;
        }
        let score = |i, j| question.together((i, 1), (j, 1));
        let across = (score(i, j + 1), score(i + 1, j));
        let straight = score(i, j) + score(i + 1, j + 1);
        if across.0.min(across.1) > 0.0 && across.0 + across.1 >= straight.max(0.0) + ENOUGH {
            taken.push(crossed((i, 1), (j + 1, 1), across.0));
            taken.push(crossed((i + 1, 1), (j, 1), across.1));
        } else {
            taken.push(bead);
        }
    }
    taken
}

/// Whether something that belongs together stands between two places: else nothing is crossed.
fn between_is_shared(beads: &[PairBead], at: usize, other: usize) -> bool {
    let between = beads.get(at.min(other)..at.max(other)).unwrap_or_default();
    between.iter().any(PairBead::is_shared)
}

fn crossed(a: (usize, usize), b: (usize, usize), score: f64) -> PairBead {
    PairBead {
        a,
        b,
        confidence: 1.0 / (1.0 + (ENOUGH - 2.0 - score).exp()),
        is_given: false,
        is_crossed: true,
    }
}
