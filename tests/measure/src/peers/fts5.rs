//! FTS5, the full text search of SQLite: the 100 units with the best bm25 over words or trigrams, then scored by characters.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{CANDIDATES, Peer, Wanted, rescored};
use crate::{Result, workload};

/// What the index is of.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Words,
    Trigrams,
}

fn file(place: &Path) -> PathBuf {
    place.join("fts5.sqlite")
}

/// Builds the index in one transaction and merges it into one tree. The texts are not kept in it.
pub(super) fn build(folder: &Path, place: &Path, kind: Kind) -> Result<()> {
    let tokenizer = match kind {
        Kind::Words => "unicode61",
        Kind::Trigrams => "trigram",
    };
    let mut connection = Connection::open(file(place))?;
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE unit USING fts5(text, content='', tokenize='{tokenizer}')"
    ))?;
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare("INSERT INTO unit(rowid, text) VALUES (?1, ?2)")?;
        for (place, source) in workload::sources(folder)?.iter().enumerate() {
            insert.execute((i64::try_from(place)?, source))?;
        }
    }
    transaction.execute("INSERT INTO unit(unit) VALUES ('optimize')", [])?;
    transaction.commit()?;
    Ok(())
}

pub(super) struct Fts5 {
    connection: Connection,
    kind: Kind,
    sources: Vec<String>,
}

pub(super) fn open(folder: &Path, place: &Path, kind: Kind) -> Result<Fts5> {
    let connection = Connection::open(file(place))?;
    // The whole index stays in main memory once it has been read.
    connection.pragma_update(None, "cache_size", -2_000_000)?;
    Ok(Fts5 {
        connection,
        kind,
        sources: workload::sources(folder)?,
    })
}

impl Peer for Fts5 {
    fn find(&self, query: &str, wanted: Wanted) -> Result<Vec<f64>> {
        let terms = match self.kind {
            Kind::Words => words(query),
            Kind::Trigrams => trigrams(query),
        };
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let quoted: Vec<String> = terms
            .iter()
            .map(|term| format!("\"{}\"", term.replace('"', "\"\"")))
            .collect();
        let mut statement = self
            .connection
            .prepare_cached("SELECT rowid FROM unit WHERE unit MATCH ?1 ORDER BY rank LIMIT ?2")?;
        let found = statement.query_map((quoted.join(" OR "), CANDIDATES), |row| {
            row.get::<_, usize>(0)
        })?;
        let found = found.collect::<rusqlite::Result<Vec<_>>>()?;
        let candidates = found.iter().filter_map(|place| self.sources.get(*place));
        Ok(rescored(query, candidates, wanted))
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|one: char| !one.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn trigrams(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = text.to_lowercase().chars().collect();
    letters.windows(3).map(String::from_iter).collect()
}
