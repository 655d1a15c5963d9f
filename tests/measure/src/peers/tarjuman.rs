//! tarjuman, through the door that every program uses.

use std::path::Path;

use tarjuman::leverage::{Finder, Query};
use tarjuman::memory::sqlite::{Access, SqliteMemory};

use super::{Peer, Wanted};
use crate::{Direction, Result, workload};

pub(super) struct Tarjuman(Finder<'static>);

/// Opens the memory; it stays open as long as the process lasts.
pub(super) fn open(folder: &Path, direction: &Direction) -> Result<Tarjuman> {
    let memory = SqliteMemory::open(&workload::memory(folder), Access::Read)?;
    let (from, to) = direction.languages()?;
    Ok(Tarjuman(Finder::new(
        Box::leak(Box::new(memory)),
        &from,
        &to,
    )?))
}

impl Peer for Tarjuman {
    fn find(&self, query: &str, wanted: Wanted) -> Result<Vec<f64>> {
        let query = Query {
            text: query,
            codes: &[],
            ..Query::default()
        };
        let matches = self.0.find(query, wanted.threshold, wanted.limit)?;
        let mut scores: Vec<u8> = matches.iter().map(|one| one.score).collect();
        // They come in the order of their use.
        scores.sort_unstable_by(|x, y| y.cmp(x));
        Ok(scores
            .into_iter()
            .map(|score| f64::from(score) / 100.0)
            .collect())
    }
}
