//! The scans: every unit is compared with the query, one after the other.

use super::{Peer, Wanted, rescored};
use crate::Result;
use crate::scores::Best;

/// The bit-parallel distance of the crate rapidfuzz. Its cutoff rises when enough matches are held, which can only help it.
pub(super) struct Bitparallel(pub(super) Vec<String>);

impl Peer for Bitparallel {
    fn find(&self, query: &str, wanted: Wanted) -> Result<Vec<f64>> {
        Ok(rescored(query, self.0.iter(), wanted))
    }
}

/// The plain distance of the crate strsim. It also checks the truth that the other scan is for the rest.
pub(super) struct Plain(pub(super) Vec<String>);

impl Peer for Plain {
    fn find(&self, query: &str, wanted: Wanted) -> Result<Vec<f64>> {
        let mut best = Best::new(wanted.threshold, wanted.limit);
        for text in &self.0 {
            best.add(strsim::normalized_levenshtein(query, text));
        }
        Ok(best.into_scores())
    }
}
