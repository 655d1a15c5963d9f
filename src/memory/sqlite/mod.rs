//! The memory in one SQLite file.
//!
//! The file says what it is (`application_id`) and in which version (`user_version`); an older version is brought up to date
//! by the numbered files in `sql/`, a newer one is refused by name. Write-ahead logging lets others read while one writes.
//! Hashes are kept for finding; what they find is always compared in full, so that a collision costs time and nothing else.
//! `docs/memory-format.md` describes the tables; `file` opens them, `rows` reads and writes what stands in them.

mod file;
mod rows;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, params};

use super::{Candidate, Import, ImportCount, ImportRecord, Memory, StoredUnit, UnitId};
use crate::error::{Error, ErrorKind, Result};
use crate::text::fold;
use crate::text::language::Language;
use crate::unit::{Origin, TranslationUnit};
use file::{MIGRATIONS, as_file_name, migrate, not_ours, open_to_read, said, version_of};
use rows::{
    UNIT_QUERY, VARIANT_COLUMNS, candidate_of, core_text, from_json, hash, identity_hash,
    list_json, to_json, unit_of, variants,
};

/// How long to wait for another process that writes, in milliseconds.
const BUSY_TIMEOUT: u64 = 5_000;

/// A memory in an SQLite file, or in a temporary place.
pub struct SqliteMemory {
    connection: Connection,
    path: PathBuf,
}

/// What an open may do with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only look; the file must be there.
    Read,
    /// Add to it; the file is made if it is not there.
    Write,
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
            Access::Write => Connection::open_with_flags(
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
        connection
            .pragma_update(None, "foreign_keys", true)
            .map_err(store)?;
        if access == Access::Write {
            connection
                .pragma_update(None, "journal_mode", "wal")
                .map_err(store)?;
            migrate(&mut connection, version)?;
        } else if version < MIGRATIONS.len() {
            return Err(Error::new(
                ErrorKind::Memory,
                format!(
                    "this memory has format {version}; this program reads format {}",
                    MIGRATIONS.len()
                ),
            )
            .hint("any import brings it up to date, also one of nothing new"));
        }
        Ok(SqliteMemory {
            connection,
            path: path.to_path_buf(),
        })
    }

    /// The version of the format that this program writes.
    pub fn format_version() -> usize {
        MIGRATIONS.len()
    }

    fn said(&self, error: &rusqlite::Error) -> Error {
        said(error).at(&self.path)
    }

    fn language_ids(&self, language: &Language) -> Result<Vec<i64>> {
        let read = || {
            let mut statement = self
                .connection
                .prepare_cached("SELECT id, tag FROM language ORDER BY tag")?;
            let rows = statement.query_map([], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|error| self.said(&error))?;
        Ok(rows
            .into_iter()
            .filter(|(_, tag)| language.accepts(&Language::from_file(tag)))
            .map(|(id, _)| id)
            .collect())
    }

    fn stored(&self, head: (UnitId, String, TranslationUnit)) -> Result<StoredUnit> {
        let (id, source, mut unit) = head;
        unit.variants = variants(&self.connection, id).map_err(|error| self.said(&error))?;
        Ok(StoredUnit { id, source, unit })
    }
}

impl Memory for SqliteMemory {
    fn import(&mut self, imports: Vec<Import<'_>>) -> Result<Vec<ImportCount>> {
        let path = self.path.clone();
        let said = |error: rusqlite::Error| said(&error).at(&path);
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(said)?;
        let mut counts = Vec::with_capacity(imports.len());
        for mut import in imports {
            let mut adding = Adding::new(&transaction, &import).map_err(said)?;
            let mut count = ImportCount::default();
            while let Some(unit) = (import.units)()? {
                if adding.add(&unit).map_err(said)? {
                    count.added += 1;
                } else {
                    count.present += 1;
                }
            }
            count.superseded = adding.finish(&import, count).map_err(said)?;
            counts.push(count);
        }
        let changed = |count: &ImportCount| count.added + count.superseded > 0;
        if counts.iter().any(changed) {
            transaction.commit().map_err(said)?;
        } else {
            // What brought nothing leaves no trace, not even in the file's bytes.
            transaction.rollback().map_err(said)?;
        }
        Ok(counts)
    }

    fn languages(&self) -> Result<Vec<(Language, u64)>> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT tag, count(*) FROM variant JOIN language ON language.id = language_id
                 GROUP BY language_id ORDER BY tag",
            )?;
            let rows = statement.query_map([], |row| {
                let tag: String = row.get(0)?;
                Ok((Language::from_file(&tag), row.get(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.said(&error))
    }

    fn unit_count(&self) -> Result<u64> {
        self.connection
            .query_row("SELECT count(*) FROM unit", [], |row| row.get(0))
            .map_err(|error| self.said(&error))
    }

    fn imports(&self) -> Result<Vec<ImportRecord>> {
        let read = || {
            let mut statement = self.connection.prepare(
                "SELECT source, at, header, (SELECT count(*) FROM unit WHERE import_id = import.id)
                 FROM import ORDER BY id",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(ImportRecord {
                    source: row.get(0)?,
                    at: row.get(1)?,
                    header: from_json(&row.get::<_, String>(2)?)?,
                    units: row.get(3)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.said(&error))
    }

    fn for_each_unit(&self, visit: &mut dyn FnMut(StoredUnit) -> Result<()>) -> Result<()> {
        let mut statement = self
            .connection
            .prepare(&format!("{UNIT_QUERY} ORDER BY unit.id"))
            .map_err(|error| self.said(&error))?;
        let rows = statement
            .query_map([], unit_of)
            .map_err(|error| self.said(&error))?;
        for row in rows {
            let head = row.map_err(|error| self.said(&error))?;
            visit(self.stored(head)?)?;
        }
        Ok(())
    }

    fn unit(&self, id: UnitId) -> Result<StoredUnit> {
        let head = self
            .connection
            .prepare_cached(&format!("{UNIT_QUERY} WHERE unit.id = ?1"))
            .and_then(|mut statement| statement.query_row([id], unit_of))
            .map_err(|error| self.said(&error))?;
        self.stored(head)
    }

    fn identical(&self, language: &Language, text: &str) -> Result<Vec<Candidate>> {
        let mut found = Vec::new();
        for language_id in self.language_ids(language)? {
            let read = || {
                let mut statement = self.connection.prepare_cached(&format!(
                    "SELECT {VARIANT_COLUMNS}, unit_id FROM variant JOIN language ON language.id = language_id
                     WHERE language_id = ?1 AND identity = ?2 ORDER BY variant.id"
                ))?;
                let rows = statement.query_map(
                    params![language_id, identity_hash(text, language)],
                    candidate_of,
                )?;
                rows.collect::<rusqlite::Result<Vec<_>>>()
            };
            found.extend(read().map_err(|error| self.said(&error))?);
        }
        let key = fold::identity(text, language);
        found.retain(|candidate| fold::identity(&candidate.variant.segment.text, language) == key);
        found.sort_by_key(|candidate| candidate.unit);
        Ok(found)
    }

    fn for_each_variant(
        &self,
        language: &Language,
        visit: &mut dyn FnMut(Candidate) -> Result<()>,
    ) -> Result<()> {
        for language_id in self.language_ids(language)? {
            let mut statement = self
                .connection
                .prepare_cached(&format!(
                    "SELECT {VARIANT_COLUMNS}, unit_id FROM variant JOIN language ON language.id = language_id
                     WHERE language_id = ?1 ORDER BY variant.id"
                ))
                .map_err(|error| self.said(&error))?;
            let rows = statement
                .query_map([language_id], candidate_of)
                .map_err(|error| self.said(&error))?;
            for row in rows {
                visit(row.map_err(|error| self.said(&error))?)?;
            }
        }
        Ok(())
    }
}

/// The statements of one import, and what they have in common.
struct Adding<'a> {
    transaction: &'a Transaction<'a>,
    import_id: i64,
    languages: HashMap<String, i64>,
}

impl<'a> Adding<'a> {
    fn new(transaction: &'a Transaction<'a>, import: &Import<'_>) -> rusqlite::Result<Self> {
        transaction.execute(
            "INSERT INTO import(source, at, header) VALUES (?1, ?2, ?3)",
            params![import.source, import.at, to_json(&import.header)?],
        )?;
        Ok(Adding {
            transaction,
            import_id: transaction.last_insert_rowid(),
            languages: HashMap::new(),
        })
    }

    /// Ends an import: what it supersedes goes, and so does its own row if it added nothing. Returns how many units went.
    fn finish(&self, import: &Import<'_>, count: ImportCount) -> rusqlite::Result<u64> {
        let gone = match &import.supersedes {
            Some(reviewed) => {
                let tags: Vec<_> = reviewed.languages.iter().map(Language::tag).collect();
                self.transaction.execute(
                    "DELETE FROM unit WHERE document = ?1 AND confidence IS NOT NULL AND NOT EXISTS (
                         SELECT 1 FROM variant JOIN language ON language.id = language_id
                         WHERE unit_id = unit.id AND tag NOT IN (SELECT value FROM json_each(?2)))",
                    params![reviewed.document, to_json(&tags)?],
                )?
            }
            None => 0,
        };
        if count.added == 0 {
            self.transaction
                .execute("DELETE FROM import WHERE id = ?1", [self.import_id])?;
        }
        Ok(gone as u64)
    }

    /// Adds a unit unless it is there; says whether it was added.
    fn add(&mut self, unit: &TranslationUnit) -> rusqlite::Result<bool> {
        let core = core_text(&unit.core())?;
        let hash = hash(&core);
        if self.has(hash, &core)? {
            return Ok(false);
        }
        let confidence = match unit.origin {
            Origin::Translation => None,
            Origin::Alignment { confidence } => Some(confidence),
        };
        self.transaction
            .prepare_cached(
                "INSERT INTO unit(import_id, core, document, position, confidence, attributes, annotations)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                self.import_id,
                hash,
                unit.document,
                unit.position,
                confidence,
                list_json(&unit.attributes)?,
                list_json(&unit.annotations)?,
            ])?;
        let unit_id = self.transaction.last_insert_rowid();
        for variant in &unit.variants {
            let language_id = self.language(&variant.language)?;
            self.transaction
                .prepare_cached(
                    "INSERT INTO variant(unit_id, language_id, identity, text, codes, previous, next, attributes, annotations)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    unit_id,
                    language_id,
                    identity_hash(&variant.segment.text, &variant.language),
                    variant.segment.text,
                    list_json(&variant.segment.codes)?,
                    variant.previous,
                    variant.next,
                    list_json(&variant.attributes)?,
                    list_json(&variant.annotations)?,
                ])?;
        }
        Ok(true)
    }

    fn has(&self, hash: i64, core: &str) -> rusqlite::Result<bool> {
        let mut statement = self
            .transaction
            .prepare_cached(&format!("{UNIT_QUERY} WHERE core = ?1"))?;
        let found: Vec<_> = statement
            .query_map([hash], unit_of)?
            .collect::<rusqlite::Result<_>>()?;
        for (id, _, mut unit) in found {
            unit.variants = variants(self.transaction, id)?;
            if core_text(&unit.core())? == core {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn language(&mut self, language: &Language) -> rusqlite::Result<i64> {
        if let Some(id) = self.languages.get(language.tag()) {
            return Ok(*id);
        }
        let known = self
            .transaction
            .query_row(
                "SELECT id FROM language WHERE tag = ?1",
                [language.tag()],
                |row| row.get(0),
            )
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                self.transaction
                    .execute("INSERT INTO language(tag) VALUES (?1)", [language.tag()])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.languages.insert(language.tag().to_owned(), id);
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::{Annotation, CodeContent, CodeRole, Header, InlineCode};
    use crate::unit::{Segment, Variant};
    use proptest::prelude::*;

    fn import(memory: &mut SqliteMemory, units: &[TranslationUnit]) -> ImportCount {
        let mut rest = units.iter().cloned();
        let import = Import {
            source: "test.tmx".into(),
            header: Header::default(),
            at: "20250101T000000Z".into(),
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
            for variant in wanted.iter().flat_map(|unit| &unit.variants) {
                let same = memory.identical(&variant.language, &variant.segment.text).unwrap();
                prop_assert!(same.iter().any(|one| one.variant.segment == variant.segment));
            }
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
    fn an_import_that_fails_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.sqlite");
        let mut memory = SqliteMemory::open(&path, Access::Write).unwrap();
        let mut count = 0;
        let failed = memory.import(vec![Import {
            source: "x".into(),
            header: Header::default(),
            at: String::new(),
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
