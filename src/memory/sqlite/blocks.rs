//! The index in SQLite: generations as rows, their blocks under numbers.
//!
//! An import gathers segments and writes what it has gathered as generations into temporary tables; at its end, in the same
//! transaction as the units, they are merged into the memory's own. So the file holds no more than one copy of anything, and a
//! crash at any point leaves the units and their index as they were together.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};

use rusqlite::{CachedStatement, Connection, OptionalExtension, params};

use super::file::said;
use crate::error::Result;
use crate::memory::UnitId;
use crate::memory::index::build::Builder;
use crate::memory::index::bytes::{push, size_of_number, size_to_number, take};
use crate::memory::index::merge::{due, merge};
use crate::memory::index::{
    self, Blocks, BlocksOut, Generation, GenerationId, PostingsKey, Sketch,
};

/// Generations from this number on are passing ones, in temporary tables.
const TEMPORARY: GenerationId = 1 << 14;

/// How many features are gathered before they are written: 32 MB of them.
const GATHERED: usize = 4_000_000;

/// A connection as a keeper of blocks.
pub(super) struct SqliteBlocks<'c> {
    connection: &'c Connection,
    /// The statements that look for blocks, once they are prepared: asking the connection for one each time takes as long as
    /// looking. Postings and sequences, of the memory and passing ones.
    looking: [RefCell<Option<CachedStatement<'c>>>; 4],
}

impl<'c> SqliteBlocks<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        SqliteBlocks {
            connection,
            looking: Default::default(),
        }
    }
}

fn postings_id(key: PostingsKey) -> i64 {
    i64::from(key.generation) << 48 | i64::from(key.feature) << 16 | i64::from(key.part)
}

fn postings_key(id: i64) -> PostingsKey {
    PostingsKey {
        generation: (id >> 48) as GenerationId,
        feature: (id >> 16) as u32,
        part: id as u16,
    }
}

fn sequences_id(generation: GenerationId, number: u32) -> i64 {
    i64::from(generation) << 32 | i64::from(number)
}

/// Looks for one block; the statement gets an id and the bound of its generation.
fn look_for<'c>(
    connection: &'c Connection,
    kept: &RefCell<Option<CachedStatement<'c>>>,
    statement: &str,
    [id, bound]: [i64; 2],
    look: &mut dyn FnMut(i64, &[u8]),
) -> Result<()> {
    let mut read = || {
        let mut kept = kept.borrow_mut();
        let statement = match &mut *kept {
            Some(statement) => statement,
            none => none.insert(connection.prepare_cached(statement)?),
        };
        let mut rows = statement.query([id, bound])?;
        if let Some(row) = rows.next()? {
            look(row.get(0)?, row.get_ref(1)?.as_blob()?);
        }
        Ok(())
    };
    read().map_err(|error: rusqlite::Error| said(&error))
}

/// The text of a statement for a table of the memory, or the temporary one of the same name.
macro_rules! in_table {
    ($generation:expr, $before:literal, $table:literal, $after:literal) => {
        if $generation >= TEMPORARY {
            concat!($before, "temp.", $table, $after)
        } else {
            concat!($before, "main.", $table, $after)
        }
    };
}

impl Blocks for SqliteBlocks<'_> {
    fn generations(&self, language: Option<&str>) -> Result<Vec<Generation>> {
        let read = || {
            let mut statement = self.connection.prepare_cached(
                "SELECT id, language, variants, sizes, sequences FROM generation
                 WHERE ?1 IS NULL OR language = ?1 ORDER BY id",
            )?;
            let rows = statement.query_map([language], |row| {
                let mut bytes = row.get_ref(3)?.as_blob()?;
                let mut table = Vec::new();
                while let (Some(size), Some(first)) = (take(&mut bytes), take(&mut bytes)) {
                    table.push((size_of_number(size), first as u32));
                }
                Ok(Generation {
                    id: row.get(0)?,
                    language: row.get(1)?,
                    variants: row.get(2)?,
                    sizes: table,
                    sequences: row.get(4)?,
                })
            })?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| said(&error))
    }

    fn postings_from(
        &self,
        key: PostingsKey,
        look: &mut dyn FnMut(PostingsKey, &[u8]),
    ) -> Result<()> {
        let statement = in_table!(
            key.generation,
            "SELECT id, block FROM ",
            "postings",
            " WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1"
        );
        let [passing, own, ..] = &self.looking;
        let kept = if key.generation >= TEMPORARY {
            passing
        } else {
            own
        };
        let place = [postings_id(key), i64::from(key.generation + 1) << 48];
        look_for(self.connection, kept, statement, place, &mut |id, block| {
            look(postings_key(id), block);
        })
    }

    fn sequences_from(
        &self,
        generation: GenerationId,
        number: u32,
        look: &mut dyn FnMut(u32, &[u8]),
    ) -> Result<()> {
        let statement = in_table!(
            generation,
            "SELECT id, block FROM ",
            "sequences",
            " WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 1"
        );
        let [.., passing, own] = &self.looking;
        let kept = if generation >= TEMPORARY {
            passing
        } else {
            own
        };
        let place = [
            sequences_id(generation, number),
            sequences_id(generation + 1, 0),
        ];
        look_for(self.connection, kept, statement, place, &mut |id, block| {
            look(id as u32, block);
        })
    }
}

impl BlocksOut for SqliteBlocks<'_> {
    fn postings(&mut self, key: PostingsKey, block: &[u8]) -> Result<()> {
        let statement = in_table!(
            key.generation,
            "INSERT INTO ",
            "postings",
            "(id, block) VALUES (?1, ?2)"
        );
        self.insert(statement, postings_id(key), block)
    }

    fn sequences(&mut self, generation: GenerationId, last: u32, block: &[u8]) -> Result<()> {
        let statement = in_table!(
            generation,
            "INSERT INTO ",
            "sequences",
            "(id, block) VALUES (?1, ?2)"
        );
        self.insert(statement, sequences_id(generation, last), block)
    }
}

impl SqliteBlocks<'_> {
    fn insert(&self, statement: &str, id: i64, block: &[u8]) -> Result<()> {
        let run = || {
            self.connection
                .prepare_cached(statement)?
                .execute(params![id, block])
        };
        run().map(|_| ()).map_err(|error| said(&error))
    }
}

/// Whether the index was written by a program with other folds or other bytes than this one.
pub(super) fn is_stale(connection: &Connection) -> rusqlite::Result<bool> {
    connection
        .query_row(
            "SELECT 1 FROM generation WHERE version <> ?1 LIMIT 1",
            [index::VERSION],
            |_| Ok(()),
        )
        .optional()
        .map(|found| found.is_some())
}

/// Adds segments to the index, in the transaction that is open on its connection.
pub(super) struct Indexing<'c> {
    connection: &'c Connection,
    builders: BTreeMap<String, Builder>,
    gathered: usize,
    /// Passing generations that are written already.
    passing: Vec<Generation>,
}

impl<'c> Indexing<'c> {
    pub(super) fn new(connection: &'c Connection) -> Self {
        Indexing {
            connection,
            builders: BTreeMap::new(),
            gathered: 0,
            passing: Vec::new(),
        }
    }

    /// Adds a segment of a language (a primary subtag).
    pub(super) fn add(
        &mut self,
        language: &str,
        sketch: &Sketch,
        unit: UnitId,
        place: u16,
    ) -> Result<()> {
        if !self.builders.contains_key(language) {
            self.builders
                .insert(language.to_owned(), Builder::default());
        }
        if let Some(builder) = self.builders.get_mut(language) {
            builder.add(sketch, unit, place);
        }
        self.gathered += sketch.pairs.len() + sketch.characters.len() + 1;
        if self.gathered > GATHERED {
            self.write()?;
        }
        Ok(())
    }

    /// Writes what is gathered as passing generations.
    fn write(&mut self) -> Result<()> {
        if self.passing.is_empty() {
            self.connection
                .execute_batch(
                    "CREATE TEMP TABLE IF NOT EXISTS sequences(id INTEGER PRIMARY KEY, block BLOB NOT NULL);
                     CREATE TEMP TABLE IF NOT EXISTS postings(id INTEGER PRIMARY KEY, block BLOB NOT NULL);",
                )
                .map_err(|error| said(&error))?;
        }
        for (language, builder) in &mut self.builders {
            if builder.is_empty() {
                continue;
            }
            let id = TEMPORARY + self.passing.len() as GenerationId;
            let generation =
                builder.write(id, language, &mut SqliteBlocks::new(self.connection))?;
            self.passing.push(generation);
        }
        self.gathered = 0;
        Ok(())
    }

    /// Merges what was added into the memory's own generations, without the units in `gone`.
    pub(super) fn finish(mut self, gone: &HashSet<UnitId>) -> Result<()> {
        self.write()?;
        let languages: Vec<String> = self.builders.keys().cloned().collect();
        for language in languages {
            let mut all = SqliteBlocks::new(self.connection).generations(Some(&language))?;
            let passing = self.passing.iter().filter(|one| one.language == language);
            all.extend(passing.cloned());
            let merged = due(&all);
            all.retain(|one| one.id >= TEMPORARY || merged.contains(&one.id));
            if !all.is_empty() {
                self.merge(&all, gone)?;
            }
        }
        Ok(())
    }

    fn merge(&self, sources: &[Generation], gone: &HashSet<UnitId>) -> Result<()> {
        let store = |error: rusqlite::Error| said(&error);
        let id = self.free_number().map_err(store)?;
        let mut out = SqliteBlocks::new(self.connection);
        let merged = merge(
            &SqliteBlocks::new(self.connection),
            sources,
            &|unit| gone.contains(&unit),
            id,
            &mut out,
        )?;
        for source in sources {
            remove(self.connection, source.id).map_err(store)?;
        }
        if merged.variants > 0 {
            let mut sizes = Vec::new();
            for (size, first) in &merged.sizes {
                push(&mut sizes, size_to_number(*size));
                push(&mut sizes, u64::from(*first));
            }
            self.connection
                .prepare_cached(
                    "INSERT INTO generation(id, version, language, variants, sequences, sizes)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )
                .and_then(|mut statement| {
                    statement.execute(params![
                        id,
                        index::VERSION,
                        merged.language,
                        merged.variants,
                        merged.sequences,
                        sizes
                    ])
                })
                .map_err(store)?;
        }
        Ok(())
    }

    fn free_number(&self) -> rusqlite::Result<GenerationId> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM generation ORDER BY id")?;
        let used = statement.query_map([], |row| row.get::<_, GenerationId>(0))?;
        let mut free = 0;
        for id in used {
            if id? == free {
                free += 1;
            }
        }
        Ok(free)
    }
}

fn remove(connection: &Connection, id: GenerationId) -> rusqlite::Result<()> {
    let run = |statement: &str, from: i64, to: i64| {
        connection.prepare_cached(statement)?.execute([from, to])
    };
    run(
        in_table!(
            id,
            "DELETE FROM ",
            "postings",
            " WHERE id >= ?1 AND id < ?2"
        ),
        i64::from(id) << 48,
        i64::from(id + 1) << 48,
    )?;
    run(
        in_table!(
            id,
            "DELETE FROM ",
            "sequences",
            " WHERE id >= ?1 AND id < ?2"
        ),
        sequences_id(id, 0),
        sequences_id(id + 1, 0),
    )?;
    connection
        .prepare_cached("DELETE FROM generation WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Forgets the whole index.
pub(super) fn forget(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("DELETE FROM postings; DELETE FROM sequences; DELETE FROM generation;")
}
