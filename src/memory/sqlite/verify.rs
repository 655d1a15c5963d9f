//! Whether a memory is whole: everything it keeps, held against everything else it keeps.

use std::collections::HashMap;

use rusqlite::Connection;

use super::blocks::SqliteBlocks;
use super::file::said;
use super::rows::{UnitRows, core_text};
use crate::error::{Progress, Result};
use crate::memory::index::bytes::size_to_number;
use crate::memory::index::read::Reader;
use crate::memory::index::{Blocks, Generation, Size, Sketch, whole_feature};
use crate::memory::{UnitId, fnv};
use crate::text::keys::Keys;

/// What was found when a memory was verified.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Segments that were looked at.
    pub segments: u64,
    /// How many generations the index has.
    pub generations: usize,
    /// What is wrong, if anything is; of many faults of one kind the first are told.
    pub problems: Vec<String>,
}

impl Verified {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }
}

/// After so many faults the rest is not told.
const ENOUGH: usize = 20;

pub(super) fn verify(connection: &Connection, progress: Progress<'_>) -> Result<Verified> {
    let mut verified = Verified::default();
    structure(connection, &mut verified)?;
    let blocks = SqliteBlocks::new(connection);
    let generations = blocks.generations(None)?;
    verified.generations = generations.len();
    // What the index says of each variant: its sketch, as a hash of size, content and whole.
    let mut indexed: HashMap<(i64, u16), u64> = HashMap::new();
    for generation in &generations {
        inside(&blocks, generation, &mut indexed, &mut verified)?;
    }
    let count: u64 = single(connection, "SELECT count(*) FROM unit")?;
    let store = |error: rusqlite::Error| said(&error);
    let rows = UnitRows::default();
    let mut statement = connection
        .prepare("SELECT id, core FROM unit ORDER BY id")
        .map_err(store)?;
    let mut units = statement.query([]).map_err(store)?;
    let mut seen = 0;
    while let Some(row) = units.next().map_err(store)? {
        let (id, core): (UnitId, i64) = (row.get(0).map_err(store)?, row.get(1).map_err(store)?);
        if seen % 1_000 == 0 {
            progress(seen, count)?;
        }
        seen += 1;
        let unit = match rows.unit(connection, id) {
            Ok(Some(unit)) => unit.unit,
            Ok(None) => continue,
            Err(error) => {
                fault(&mut verified, format!("unit {id} cannot be read: {error}"));
                continue;
            }
        };
        // The core was made of everything that the unit was when it came.
        if fnv(core_text(&unit).map_err(store)?.as_bytes()).cast_signed() != core {
            fault(
                &mut verified,
                format!("unit {id} is not what it was when it came"),
            );
        }
        for (place, variant) in (0_u16..).zip(&unit.variants) {
            verified.segments += 1;
            let sketch = Sketch::of(&Keys::of(&variant.segment.text, &variant.language));
            let known = indexed.get(&(id, place));
            if known != Some(&digest(sketch.size, &sketch.content, sketch.whole)) {
                fault(
                    &mut verified,
                    format!(
                        "segment {} of unit {id} is not in the index as it is",
                        place + 1
                    ),
                );
            }
        }
    }
    Ok(verified)
}

fn fault(verified: &mut Verified, message: String) {
    if verified.problems.len() < ENOUGH {
        verified.problems.push(message);
    }
}

fn single(connection: &Connection, query: &str) -> Result<u64> {
    connection
        .query_row(query, [], |row| row.get(0))
        .map_err(|error| said(&error))
}

/// What SQLite itself can say, and whether the counts and numbers that are kept are right.
fn structure(connection: &Connection, verified: &mut Verified) -> Result<()> {
    let told: String = connection
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| said(&error))?;
    if told != "ok" {
        fault(verified, format!("SQLite says: {told}"));
    }
    let checks = [
        (
            "imports whose count of units is wrong",
            "SELECT count(*) FROM import WHERE units <> (SELECT count(*) FROM unit WHERE import_id = import.id)",
        ),
        (
            "languages whose count of segments is wrong",
            "SELECT count(*) FROM language LEFT JOIN (SELECT language_id, count(*) AS found FROM variant GROUP BY language_id)
             ON language_id = language.id WHERE variants <> ifnull(found, 0)",
        ),
        ("units of no import", "SELECT count(*) FROM unit WHERE import_id NOT IN (SELECT id FROM import)"),
        ("segments of no unit", "SELECT count(*) FROM variant WHERE id >> 16 NOT IN (SELECT id FROM unit)"),
        ("segments of no language", "SELECT count(*) FROM variant WHERE language_id NOT IN (SELECT id FROM language)"),
    ];
    for (what, query) in checks {
        match single(connection, query)? {
            0 => {}
            count => fault(verified, format!("{count} {what}")),
        }
    }
    Ok(())
}

/// Whether a generation agrees with itself: order, numbers, counts, and that each sequence is found by its features.
fn inside(
    blocks: &SqliteBlocks<'_>,
    generation: &Generation,
    indexed: &mut HashMap<(i64, u16), u64>,
    verified: &mut Verified,
) -> Result<()> {
    let mut reader = Reader::new(blocks, generation);
    let (mut sequences, mut variants) = (0, 0);
    let mut before: Option<(Size, Vec<u8>)> = None;
    let mut orderly = true;
    let mut features: Vec<(u32, u32)> = Vec::new();
    reader.scan(0..generation.sequences, &mut |number, entry| {
        orderly &= number == sequences;
        orderly &= before.as_ref().is_none_or(|(size, content)| {
            (*size, content.as_slice()) < (entry.size, entry.content)
        });
        before = Some((entry.size, entry.content.to_vec()));
        sequences += 1;
        for posting in entry.postings() {
            variants += 1;
            indexed.insert(
                (posting.unit, posting.place),
                digest(entry.size, entry.content, posting.whole),
            );
            features.push((whole_feature(posting.whole), number));
        }
    })?;
    if !orderly || sequences != generation.sequences || variants != generation.variants {
        fault(
            verified,
            format!("generation {} of the index is not in order", generation.id),
        );
    }
    features.sort_unstable();
    features.dedup();
    let mut lost = 0_u64;
    for group in features.chunk_by(|x, y| x.0 == y.0) {
        let mut found = Vec::new();
        reader.forget();
        if let Some(list) = group
            .first()
            .map(|(feature, _)| reader.list(*feature))
            .transpose()?
            .flatten()
        {
            reader.each(&list, &(0..u32::MAX), |number| found.push(number))?;
        }
        lost += group
            .iter()
            .filter(|(_, number)| found.binary_search(number).is_err())
            .count() as u64;
    }
    if lost > 0 {
        fault(
            verified,
            format!(
                "{lost} sequences of generation {} cannot be found",
                generation.id
            ),
        );
    }
    Ok(())
}

fn digest(size: Size, content: &[u8], whole: u32) -> u64 {
    let mut bytes = content.to_vec();
    bytes.extend_from_slice(&size_to_number(size).to_le_bytes());
    bytes.extend_from_slice(&whole.to_le_bytes());
    fnv(&bytes)
}
