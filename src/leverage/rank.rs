//! Matches on their way to being shown: those that say the same become one, and all get their order.

use std::cmp::{Ordering, Reverse};
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use super::{Match, MatchKind};
use crate::error::Result;
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

impl Ranked {
    /// Which of two is shown first: exact ones before others, of these what says the same words before the rest, and then by how much they
    /// help; total to the last tie.
    fn order(&self, other: &Self) -> Ordering {
        let key = |one: &Ranked| {
            let found = &one.found;
            (
                !found.kind.is_exact(),
                found.kind == MatchKind::Fuzzy,
                Reverse(one.useful),
                Reverse(found.score),
                found.kind,
                Reverse(one.context),
                found.differences.len(),
                one.other_region,
                Reverse(found.uses),
                Reverse(found.provenance.unit),
            )
        };
        let texts = |one: &Self| (one.target_key.clone(), one.source_key.clone());
        key(self)
            .cmp(&key(other))
            .then_with(|| texts(self).cmp(&texts(other)))
    }
}

/// Matches on their way to being ranked; units that say the same become one.
#[derive(Default)]
pub(super) struct Found {
    matches: HashMap<(u8, String, String), Ranked>,
}

impl Found {
    /// The lowest score of the `count` highest ones; `None` if there are not so many yet.
    pub(super) fn lowest_of(&self, count: usize) -> Option<u8> {
        if self.matches.len() < count {
            return None;
        }
        let mut scores: Vec<u8> = self.matches.keys().map(|(score, ..)| *score).collect();
        scores.sort_unstable_by_key(|score| Reverse(*score));
        scores.get(count.checked_sub(1)?).copied()
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

    /// The `highest` highest ones, repaired where they can be, in their order, and of these the first `limit`.
    pub(super) fn ranked(
        self,
        highest: usize,
        limit: usize,
        repair: impl Fn(&mut Match) -> Result<()>,
    ) -> Result<Vec<Match>> {
        let mut matches: Vec<Ranked> = self.matches.into_values().collect();
        matches.sort_by(|x, y| {
            let key = |one: &Ranked| (!one.found.kind.is_exact(), Reverse(one.found.score));
            key(x).cmp(&key(y)).then_with(|| x.order(y))
        });
        matches.truncate(highest);
        for one in &mut matches {
            repair(&mut one.found)?;
        }
        matches.sort_by(Ranked::order);
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
        Ok(matches.take(limit).collect())
    }
}
