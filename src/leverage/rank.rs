//! Matches on their way to being shown: those that say the same become one, and all get their order.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use super::Match;
use crate::memory::UnitId;

/// A match with what it is ranked by.
pub(super) struct Ranked {
    /// Trigrams in common, in thousandths: how much it will help.
    pub(super) useful: u32,
    /// How many of the neighbours are the same.
    pub(super) context: u8,
    /// Whether the target is not in the very language asked for, but in one that serves it.
    pub(super) other_region: bool,
    pub(super) target_key: String,
    pub(super) source_key: String,
    /// The units that say it.
    pub(super) units: BTreeSet<UnitId>,
    pub(super) found: Match,
}

/// Matches on their way to being ranked; units that say the same become one.
#[derive(Default)]
pub(super) struct Found {
    matches: HashMap<(u8, String, String), Ranked>,
}

impl Found {
    /// How many different matches there are.
    pub(super) fn len(&self) -> usize {
        self.matches.len()
    }

    /// The lowest score among them.
    pub(super) fn lowest(&self) -> Option<u8> {
        self.matches.keys().map(|(score, ..)| *score).min()
    }

    pub(super) fn add(&mut self, new: Ranked) {
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

    pub(super) fn ranked(self, limit: usize) -> Vec<Match> {
        let mut matches: Vec<Ranked> = self.matches.into_values().collect();
        matches.sort_by(|x, y| {
            let key = |one: &Ranked| {
                let found = &one.found;
                (
                    !found.kind.is_exact(),
                    Reverse(one.useful),
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
        let exact = |one: &&Ranked| one.found.kind.is_exact();
        let best = matches.iter().filter(exact).map(|one| one.context).max();
        let rivals = matches
            .iter()
            .filter(exact)
            .filter(|one| Some(one.context) == best);
        let ambiguous = rivals.count() > 1;
        for one in &mut matches {
            // What the context tells apart is not ambiguous for the one it speaks for; the others are not the answer.
            one.found.ambiguous =
                one.found.kind.is_exact() && (ambiguous || Some(one.context) != best);
        }
        let matches = matches.into_iter().map(|one| one.found);
        matches.take(limit).collect()
    }
}
