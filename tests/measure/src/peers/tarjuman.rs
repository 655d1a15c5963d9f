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
            ..Query::default()
        };
        let matches = self.0.find(query, wanted.threshold, wanted.limit)?;
        let scores = matches.iter().map(|one| f64::from(one.score) / 100.0);
        Ok(scores.collect())
    }
}
