//! The memory in one SQLite file.
//!
//! The file says what it is (`application_id`) and in which version (`user_version`); an older version is brought up to date
//! by the numbered files in `sql/`, a newer one is refused by name. Write-ahead logging lets others read while one writes.
//! Hashes are kept for finding; what they find is always compared in full, so that a collision costs time and nothing else.
//! `docs/memory-format.md` describes the tables; `file` opens them, `rows` reads and writes what stands in them, `writing` adds
//! to them, `blocks` keeps the index, `lexicon` what the units teach about words, `verify` holds all of them against each other.

mod blocks;
mod file;
mod lexicon;
mod rows;
mod verify;
mod writing;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, Row};

use super::index::Blocks;
use super::{
    Import, ImportCount, ImportRecord, LexiconStand, Memory, PairText, PairsOf, StoredUnit, UnitId,
};
use crate::error::{Error, ErrorKind, Progress, Result};
use crate::text::language::Language;
use crate::text::words::WordCount;

use blocks::{SqliteBlocks, is_stale};
use file::{MIGRATIONS, as_file_name, migrate, not_ours, open_to_read, said, version_of};
use rows::{UnitRows, from_json};
pub use verify::Verified;

/// How much of the file is kept in main memory, in KiB.
const CACHE: i64 = 16 * 1024;

/// How much of the file is read through a map of it, in bytes. SQLite maps no more than 2 GiB, and reads the rest in the
/// ordinary way.
const MAPPED: i64 = 1 << 31;

/// How long to wait for another process that writes, in milliseconds.
const BUSY_TIMEOUT: u64 = 5_000;

/// A memory in an SQLite file, or in a temporary place.
pub struct SqliteMemory {
    connection: Connection,
    path: PathBuf,
    rows: UnitRows,
}

/// What an open may do with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only look; the file must be there.
    Read,
    /// Add to it; the file is made if it is not there.
    Write,
    /// Make it, in a place where nobody looks before it is whole ([`SqliteMemory::settle`]). What a crash leaves there is
    /// good for nothing, and so no log is written, which would be as long as the memory.
    Make,
}

impl SqliteMemory {
    /// Opens a memory.
    ///
    /// # Errors
    /// If the file is missing (with [`Access::Read`]), is no memory of this program, is of a newer version, is damaged, or
    /// cannot be read or written.
    pub fn open(path: &Path, access: Access) -> Result<Self> {
        if path.is_dir() {
            return Err(not_ours("this is a folder and no memory").at(path));
        }
        if access == Access::Read && !path.exists() {
            let error = Error::new(ErrorKind::Io, "there is no such memory");
            return Err(error.at(path).hint("importing a file into it makes one"));
        }
        if path
            .metadata()
            .is_ok_and(|file| file.len() == 0 && access == Access::Read)
        {
            return Err(not_ours("this file is empty and no memory").at(path));
        }
        let name = as_file_name(path);
        let opened = match access {
            Access::Read => open_to_read(&name),
            Access::Write | Access::Make => Connection::open_with_flags(
                &name,
                OpenFlags::SQLITE_OPEN_READ_WRITE
                    | OpenFlags::SQLITE_OPEN_CREATE
                    | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            ),
        };
        let connection = opened.map_err(|error| said(&error).at(path))?;
        Self::prepare(connection, path, access).map_err(|error| error.at(path))
    }

    /// A memory that lasts as long as the value: in main memory, and on disk where it grows large.
    ///
    /// # Errors
    /// If the system gives it no room.
    pub fn temporary() -> Result<Self> {
        // An empty name is SQLite's way to say: a database of its own that is deleted when it is closed.
        let connection = Connection::open("").map_err(|error| said(&error))?;
        Self::prepare(connection, Path::new(""), Access::Write)
    }

    fn prepare(mut connection: Connection, path: &Path, access: Access) -> Result<Self> {
        let store = |error: rusqlite::Error| said(&error);
        connection
            .busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT))
            .map_err(store)?;
        let version = version_of(&connection)?;
        if version == 0 && access == Access::Read {
            return Err(not_ours("this is an SQLite file, but no memory"));
        }
        connection.set_prepared_statement_cache_capacity(64);
        connection
            .pragma_update(None, "cache_size", -CACHE)
            .map_err(store)?;
        if access == Access::Read {
            connection
                .pragma_update(None, "mmap_size", MAPPED)
                .map_err(store)?;
        }
        // Whoever writes has the number in hand, and `verify` looks: asking for each row costs more than it can find.
        connection
            .pragma_update(None, "foreign_keys", false)
            .map_err(store)?;
        if access != Access::Read {
            let (journal, synchronous) = match access {
                Access::Make => ("memory", "off"),
                _ => ("wal", "full"),
            };
            connection
                .pragma_update(None, "journal_mode", journal)
                .and_then(|()| connection.pragma_update(None, "synchronous", synchronous))
                .map_err(store)?;
            migrate(&mut connection, version)?;
            writing::bring_index_up_to_date(&mut connection)?;
        } else if version < MIGRATIONS.len() {
            return Err(outdated(&format!(
                "this memory has format {version}; this program reads format {}",
                MIGRATIONS.len()
            )));
        } else if is_stale(&connection).map_err(store)? {
            return Err(outdated("the index of this memory is of another version"));
        }
        Ok(SqliteMemory {
            connection,
            path: path.to_path_buf(),
            rows: UnitRows::default(),
        })
    }

    /// Ends the making of a memory ([`Access::Make`]): what is written is on the disk, and others may open it.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn settle(self) -> Result<()> {
        let SqliteMemory {
            connection, path, ..
        } = self;
        connection
            .pragma_update(None, "journal_mode", "wal")
            .and_then(|()| connection.close().map_err(|(_, error)| error))
            .map_err(|error| said(&error).at(&path))?;
        let synced = std::fs::File::open(&path).and_then(|file| file.sync_all());
        synced.map_err(|error| Error::io(&path, "write", &error))
    }

    /// The version of the format that this program writes.
    pub fn format_version() -> usize {
        MIGRATIONS.len()
    }

    /// Reads everything and holds it against everything else: the file's own structure, counts, units, the index.
    ///
    /// # Errors
    /// If the file cannot be read; what is found wrong is in the answer.
    pub fn verify(&self, progress: Progress<'_>) -> Result<Verified> {
        verify::verify(&self.connection, progress).map_err(|error| error.or_at(&self.path))
    }

    fn said(&self, error: &rusqlite::Error) -> Error {
        said(error).at(&self.path)
    }

    /// All rows of a query that takes no values.
    fn all<T>(
        &self,
        query: &str,
        row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let read = || {
            let mut statement = self.connection.prepare_cached(query)?;
            statement
                .query_map([], row)?
                .collect::<rusqlite::Result<Vec<T>>>()
        };
        read().map_err(|error| self.said(&error))
    }
}

impl Memory for SqliteMemory {
    fn import(&mut self, imports: Vec<Import<'_>>) -> Result<Vec<ImportCount>> {
        writing::import(&mut self.connection, imports).map_err(|error| error.or_at(&self.path))
    }

    fn languages(&self) -> Result<Vec<(Language, u64)>> {
        let query = "SELECT tag, variants FROM language WHERE variants > 0 ORDER BY tag";
        self.all(query, |row| {
            let tag: String = row.get(0)?;
            Ok((Language::from_file(&tag), row.get(1)?))
        })
    }

    fn unit_count(&self) -> Result<u64> {
        self.connection
            .query_row("SELECT ifnull(sum(units), 0) FROM import", [], |row| {
                row.get(0)
            })
            .map_err(|error| self.said(&error))
    }

    fn imports(&self) -> Result<Vec<ImportRecord>> {
        self.all(
            "SELECT source, at, header, units, penalty FROM import ORDER BY id",
            |row| {
                Ok(ImportRecord {
                    source: row.get(0)?,
                    at: row.get(1)?,
                    header: from_json(&row.get::<_, String>(2)?)?,
                    units: row.get(3)?,
                    penalty: row.get(4)?,
                })
            },
        )
    }

    fn for_each_unit(&self, visit: &mut dyn FnMut(StoredUnit) -> Result<()>) -> Result<()> {
        let said = |error: rusqlite::Error| self.said(&error);
        let mut statement = self
            .connection
            .prepare("SELECT id FROM unit ORDER BY id")
            .map_err(said)?;
        let mut rows = statement.query([]).map_err(said)?;
        while let Some(row) = rows.next().map_err(said)? {
            visit(self.unit(row.get(0).map_err(said)?)?)?;
        }
        Ok(())
    }

    fn unit(&self, id: UnitId) -> Result<StoredUnit> {
        self.unit_if_there(id)?.ok_or_else(|| {
            Error::new(ErrorKind::Memory, format!("there is no unit {id}")).at(&self.path)
        })
    }

    fn unit_if_there(&self, id: UnitId) -> Result<Option<StoredUnit>> {
        self.rows
            .unit(&self.connection, id)
            .map_err(|error| self.said(&error))
    }

    fn for_each_text(
        &self,
        language: &Language,
        visit: &mut dyn FnMut(UnitId, u16, &str) -> Result<()>,
    ) -> Result<()> {
        let said = |error: rusqlite::Error| self.said(&error);
        let languages: Vec<(i64, String)> = self.all("SELECT id, tag FROM language", |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        let serves = |tag: &str| language.accepts(&Language::from_file(tag));
        let serving = languages.iter().filter(|(_, tag)| serves(tag));
        let serving: Vec<i64> = serving.map(|(id, _)| *id).collect();
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, language_id, text FROM variant ORDER BY id")
            .map_err(said)?;
        let mut rows = statement.query([]).map_err(said)?;
        while let Some(row) = rows.next().map_err(said)? {
            if serving.contains(&row.get(1).map_err(said)?) {
                let id: i64 = row.get(0).map_err(said)?;
                let text = row
                    .get_ref(2)
                    .and_then(|text| Ok(text.as_str()?))
                    .map_err(said)?;
                visit(id >> 16, id as u16, text)?;
            }
        }
        Ok(())
    }

    fn blocks(&self) -> Box<dyn Blocks + '_> {
        Box::new(SqliteBlocks::new(&self.connection))
    }

    fn lexicon_stand(&self, languages: (&str, &str)) -> Result<LexiconStand> {
        lexicon::stand(&self.connection, languages).map_err(|error| self.said(&error))
    }

    fn for_each_pair(
        &self,
        languages: (&str, &str),
        of: PairsOf<'_>,
        visit: &mut dyn FnMut(PairText<'_>) -> bool,
    ) -> Result<()> {
        lexicon::for_each_pair(&self.connection, languages, of, visit)
            .map_err(|error| self.said(&error))
    }

    fn word_counts(&self, languages: (&str, &str), word: &str) -> Result<Vec<(String, f64)>> {
        lexicon::counts(&self.connection, languages, word).map_err(|error| self.said(&error))
    }

    fn add_word_counts(
        &mut self,
        languages: (&str, &str),
        pairs: &[WordCount],
        until: UnitId,
    ) -> Result<()> {
        let added = lexicon::add(&mut self.connection, languages, pairs, until);
        added.map_err(|error| self.said(&error))
    }

    fn another_reader(&self) -> Result<Option<Box<dyn Memory + Send>>> {
        if self.path.as_os_str().is_empty() {
            return Ok(None);
        }
        Ok(Some(Box::new(SqliteMemory::open(
            &self.path,
            Access::Read,
        )?)))
    }

    fn reading(&self, work: &mut dyn FnMut() -> Result<()>) -> Result<()> {
        if !self.connection.is_autocommit() {
            return work();
        }
        let run = |statement| {
            let ran = self
                .connection
                .prepare_cached(statement)
                .and_then(|mut statement| statement.execute([]));
            ran.map(|_| ()).map_err(|error| self.said(&error))
        };
        run("BEGIN")?;
        let done = work();
        run("COMMIT").and(done)
    }
}

fn outdated(message: &str) -> Error {
    Error::new(ErrorKind::Memory, message)
        .hint("any import brings it up to date, also one of nothing new")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::{Annotation, CodeContent, CodeRole, Header, InlineCode};
    use crate::unit::{Origin, Segment, TranslationUnit, Variant};
    use proptest::prelude::*;

    fn import(memory: &mut SqliteMemory, units: &[TranslationUnit]) -> ImportCount {
        let mut rest = units.iter().cloned();
        let import = Import {
            source: "test.tmx".into(),
            header: Header::default(),
            at: "20250101T000000Z".into(),
            penalty: 0,
            supersedes: None,
            units: Box::new(move || Ok(rest.next())),
        };
        memory.import(vec![import]).unwrap()[0]
    }

    fn all(memory: &SqliteMemory) -> Vec<TranslationUnit> {
        let mut found = Vec::new();
        let visited = memory.for_each_unit(&mut |stored| {
            found.push(stored.unit);
            Ok(())
        });
        visited.unwrap();
        found
    }

    fn attributes() -> impl Strategy<Value = Vec<(String, String)>> {
        prop::collection::vec(("[a-z]{1,8}", any::<String>()), 0..3)
    }

    fn annotations() -> impl Strategy<Value = Vec<Annotation>> {
        let note = (attributes(), any::<String>())
            .prop_map(|(attributes, text)| Annotation::Note { attributes, text });
        let property = (attributes(), any::<String>())
            .prop_map(|(attributes, text)| Annotation::Property { attributes, text });
        prop::collection::vec(
            prop_oneof![note, property, any::<String>().prop_map(Annotation::Other)],
            0..3,
        )
    }

    fn variants() -> impl Strategy<Value = Variant> {
        let code = (attributes(), any::<String>()).prop_map(|(attributes, text)| InlineCode {
            at: 0,
            element: "ph".into(),
            role: CodeRole::Alone,
            attributes: attributes.clone(),
            content: vec![
                CodeContent::Native(text.clone()),
                CodeContent::Sub {
                    element: "sub".into(),
                    attributes,
                    segment: Segment::plain(text),
                },
            ],
        });
        let tag = prop::sample::select(vec!["en", "fa-IR", "ar", "sq", "fa-01"]);
        let around = (any::<Option<String>>(), any::<Option<String>>());
        (
            tag,
            "[a-zëیك\u{200C}٤ ]{0,12}",
            prop::collection::vec(code, 0..2),
            attributes(),
            annotations(),
            around,
        )
            .prop_map(
                |(tag, text, codes, attributes, annotations, (previous, next))| Variant {
                    language: Language::from_file(tag),
                    attributes,
                    annotations,
                    segment: Segment { text, codes },
                    previous,
                    next,
                },
            )
    }

    fn unit() -> impl Strategy<Value = TranslationUnit> {
        let origin = prop_oneof![
            Just(Origin::Translation),
            (0_u8..=100).prop_map(|confidence| Origin::Alignment { confidence })
        ];
        let place = (any::<Option<String>>(), any::<Option<u32>>());
        (
            attributes(),
            annotations(),
            prop::collection::vec(variants(), 1..4),
            place,
            origin,
        )
            .prop_map(
                |(attributes, annotations, variants, (document, position), origin)| {
                    TranslationUnit {
                        attributes,
                        annotations,
                        variants,
                        document,
                        position,
                        origin,
                    }
                },
            )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn units_come_back_as_they_came_and_once(units in prop::collection::vec(unit(), 1..6)) {
            let mut memory = SqliteMemory::temporary().unwrap();
            let mut wanted: Vec<TranslationUnit> = Vec::new();
            for unit in &units {
                if wanted.iter().all(|known| known.core() != unit.core()) {
                    wanted.push(unit.clone());
                }
            }
            let first = import(&mut memory, &units);
            prop_assert_eq!(first.added, wanted.len() as u64);
            prop_assert_eq!(first.added + first.present, units.len() as u64);
            prop_assert_eq!(all(&memory), wanted.clone());
            let second = import(&mut memory, &units);
            prop_assert_eq!((second.added, second.present), (0, units.len() as u64));
            prop_assert_eq!(memory.imports().unwrap().len(), 1);
            let verified = memory.verify(&mut |_, _| Ok(())).unwrap();
            prop_assert!(verified.is_whole(), "{:?}", verified.problems);
            prop_assert_eq!(verified.segments, wanted.iter().map(|unit| unit.variants.len() as u64).sum::<u64>());
        }
    }

    #[test]
    fn only_dates_and_users_make_no_new_unit() {
        let mut memory = SqliteMemory::temporary().unwrap();
        let mut unit = TranslationUnit {
            attributes: vec![("changedate".into(), "20250101T000000Z".into())],
            variants: vec![Variant::plain(Language::from_file("sq"), "Po.")],
            ..TranslationUnit::default()
        };
        assert_eq!(import(&mut memory, std::slice::from_ref(&unit)).added, 1);
        unit.attributes = vec![("changedate".into(), "20260101T000000Z".into())];
        assert_eq!(import(&mut memory, std::slice::from_ref(&unit)).present, 1);
        unit.attributes = vec![("tuid".into(), "7".into())];
        assert_eq!(import(&mut memory, &[unit]).added, 1);
    }

    #[test]
    fn a_memory_of_the_first_format_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.sqlite");
        let old = Connection::open(&path).unwrap();
        old.pragma_update(None, "foreign_keys", false).unwrap();
        old.execute_batch(MIGRATIONS[0]).unwrap();
        old.execute_batch(
            "PRAGMA application_id = 0x746A6D6E; PRAGMA user_version = 1;
             INSERT INTO import(source, at, header) VALUES ('old.tmx', '20250101T000000Z', '{\"attributes\":[],\"annotations\":[]}');
             INSERT INTO language(tag) VALUES ('fa'), ('sq');",
        )
        .unwrap();
        let mut unit = TranslationUnit::default();
        for (language, id, text) in [("fa", 1, "او می‌رود."), ("sq", 2, "Ai shkon.")] {
            unit.variants
                .push(Variant::plain(Language::from_file(language), text));
            old.execute(
                "INSERT INTO variant(unit_id, language_id, identity, text) VALUES (1, ?1, 0, ?2)",
                rusqlite::params![id, text],
            )
            .unwrap();
        }
        let core = crate::memory::fnv(rows::core_text(&unit).unwrap().as_bytes()).cast_signed();
        old.execute("INSERT INTO unit(import_id, core) VALUES (1, ?1)", [core])
            .unwrap();
        drop(old);
        let refused = SqliteMemory::open(&path, Access::Read).err().unwrap();
        assert!(refused.to_string().contains("format 1"), "{refused}");
        let mut memory = SqliteMemory::open(&path, Access::Write).unwrap();
        let verified = memory.verify(&mut |_, _| Ok(())).unwrap();
        assert!(
            verified.is_whole() && verified.segments == 2,
            "{verified:?}"
        );
        assert_eq!(
            (
                memory.unit_count().unwrap(),
                memory.languages().unwrap().len()
            ),
            (1, 2)
        );
        assert_eq!(import(&mut memory, &[unit]).present, 1);
    }

    #[test]
    fn an_import_that_fails_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.sqlite");
        let mut memory = SqliteMemory::open(&path, Access::Write).unwrap();
        let mut count = 0;
        let failed = memory.import(vec![Import {
            source: "x".into(),
            header: Header::default(),
            at: String::new(),
            penalty: 0,
            supersedes: None,
            units: Box::new(|| {
                count += 1;
                if count > 3 {
                    return Err(Error::input("cut short"));
                }
                Ok(Some(TranslationUnit {
                    variants: vec![Variant::plain(
                        Language::from_file("fa"),
                        format!("متن {count}"),
                    )],
                    ..TranslationUnit::default()
                }))
            }),
        }]);
        assert!(failed.is_err());
        drop(memory);
        let memory = SqliteMemory::open(&path, Access::Read).unwrap();
        assert_eq!(
            (
                memory.unit_count().unwrap(),
                memory.imports().unwrap().len()
            ),
            (0, 0)
        );
        assert!(memory.languages().unwrap().is_empty());
    }

    #[test]
    fn others_read_while_one_writes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.sqlite");
        let mut writer = SqliteMemory::open(&path, Access::Write).unwrap();
        let reader = SqliteMemory::open(&path, Access::Read).unwrap();
        let mut asked = 0;
        let import = Import {
            source: "x".into(),
            header: Header::default(),
            at: String::new(),
            penalty: 0,
            supersedes: None,
            units: Box::new(|| {
                asked += 1;
                assert_eq!(reader.unit_count().unwrap(), 0);
                Ok((asked < 3).then(|| TranslationUnit {
                    variants: vec![Variant::plain(
                        Language::from_file("ar"),
                        format!("نص {asked}"),
                    )],
                    ..TranslationUnit::default()
                }))
            }),
        };
        writer.import(vec![import]).unwrap();
        assert_eq!(reader.unit_count().unwrap(), 2);
    }
}
