//! Adding to the memory: units into rows, their segments into the index, all in one transaction.
//!
//! Several threads share the work. The one that calls reads units from their source; some prepare them (keys, hashes, JSON); one
//! has the connection and does nothing but write. Batches go round the preparing threads in turn and are taken from them in
//! turn, so that units are written in the order in which they came.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::blocks::{Indexing, forget, is_stale};
use super::file::said;
use super::rows::{UnitRows, core_text, list_json, to_json, variant_id};
use crate::error::{Error, Result};
use crate::memory::index::Sketch;
use crate::memory::{Import, ImportCount, Realigned, StoredUnit, UnitId, fnv};
use crate::text::keys::Keys;
use crate::text::language::Language;
use crate::unit::{Origin, TranslationUnit};

/// How many units are handed over at once.
const BATCH: usize = 256;
/// How many batches may wait for each thread.
const WAITING: usize = 4;
/// How many threads prepare.
const PREPARING: usize = 2;

/// What the reading thread tells the writing one, by way of those that prepare, who make one sort of unit of the other.
enum Message<U> {
    Begin(Beginning),
    Units(Vec<U>),
    /// It ends, and this is what it takes the place of.
    End(Option<Realigned>),
    /// All is well; without this nothing is kept.
    Commit,
}

/// What an import is remembered by.
struct Beginning {
    source: String,
    header: String,
    at: String,
    penalty: u8,
    /// Whether it takes the place of earlier units.
    supersedes: bool,
}

/// A unit with everything that is written of it.
struct Prepared {
    unit: TranslationUnit,
    core: String,
    hash: i64,
    attributes: Option<String>,
    annotations: Option<String>,
    variants: Vec<PreparedVariant>,
}

struct PreparedVariant {
    sketch: Sketch,
    codes: Option<String>,
    attributes: Option<String>,
    annotations: Option<String>,
}

impl Prepared {
    fn new(unit: TranslationUnit) -> rusqlite::Result<Self> {
        let core = core_text(&unit)?;
        let variants = unit.variants.iter().map(|variant| {
            let keys = Keys::of(&variant.segment.text, &variant.language);
            Ok(PreparedVariant {
                sketch: Sketch::of(&keys),
                codes: list_json(&variant.segment.codes)?,
                attributes: list_json(&variant.attributes)?,
                annotations: list_json(&variant.annotations)?,
            })
        });
        Ok(Prepared {
            hash: fnv(core.as_bytes()).cast_signed(),
            core,
            attributes: list_json(&unit.attributes)?,
            annotations: list_json(&unit.annotations)?,
            variants: variants.collect::<rusqlite::Result<_>>()?,
            unit,
        })
    }
}

/// Adds the units of some imports, or nothing.
pub(super) fn import(
    connection: &mut Connection,
    imports: Vec<Import<'_>>,
) -> Result<Vec<ImportCount>> {
    std::thread::scope(|scope| {
        let (mut senders, mut receivers) = (Vec::new(), Vec::new());
        for _ in 0..PREPARING {
            let (sender, read) = sync_channel(WAITING);
            let (prepared, receiver) = sync_channel(WAITING);
            scope.spawn(move || prepare(&read, &prepared));
            senders.push(sender);
            receivers.push(receiver);
        }
        let writer = scope.spawn(move || write(connection, &receivers));
        let sent = send(imports, &senders);
        drop(senders);
        let written = match writer.join() {
            Ok(written) => written,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        // What went wrong with the source comes first; what the writer then says only follows from it.
        sent?;
        written
    })
}

fn send(imports: Vec<Import<'_>>, senders: &[SyncSender<Message<TranslationUnit>>]) -> Result<()> {
    let mut turn = senders.iter().cycle();
    // The others go away early only if the writer has an error of its own to tell.
    let mut tell = |message| {
        turn.next()
            .is_some_and(|sender| sender.send(message).is_ok())
    };
    for mut import in imports {
        let header = to_json(&import.header).map_err(|error| said(&error))?;
        let beginning = Beginning {
            source: import.source.clone(),
            header,
            at: import.at.clone(),
            penalty: import.penalty,
            supersedes: import.supersedes.is_some(),
        };
        if !tell(Message::Begin(beginning)) {
            return Ok(());
        }
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(unit) = (import.units)()? {
            batch.push(unit);
            if batch.len() == BATCH {
                let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
                if !tell(Message::Units(full)) {
                    return Ok(());
                }
            }
        }
        if !(tell(Message::Units(batch)) && tell(Message::End(import.supersedes.take()))) {
            return Ok(());
        }
    }
    tell(Message::Commit);
    Ok(())
}

/// Prepares what is read; everything else goes through.
fn prepare(
    read: &Receiver<Message<TranslationUnit>>,
    prepared: &SyncSender<Result<Message<Prepared>>>,
) {
    for message in read {
        let message = match message {
            Message::Units(units) => {
                let units: rusqlite::Result<Vec<_>> =
                    units.into_iter().map(Prepared::new).collect();
                units.map(Message::Units).map_err(|error| said(&error))
            }
            Message::Begin(beginning) => Ok(Message::Begin(beginning)),
            Message::End(supersedes) => Ok(Message::End(supersedes)),
            Message::Commit => Ok(Message::Commit),
        };
        if prepared.send(message).is_err() {
            return;
        }
    }
}

fn write(
    connection: &mut Connection,
    receivers: &[Receiver<Result<Message<Prepared>>>],
) -> Result<Vec<ImportCount>> {
    let store = |error: rusqlite::Error| said(&error);
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(store)?;
    let mut adding = Adding::new(&transaction);
    let mut counts: Vec<ImportCount> = Vec::new();
    let mut committed = false;
    // The first that has nothing more to say was the last to be spoken to.
    for message in receivers
        .iter()
        .cycle()
        .map_while(|receiver| receiver.recv().ok())
    {
        match message? {
            Message::Begin(beginning) => {
                counts.push(ImportCount::default());
                adding.begin(beginning);
            }
            Message::Units(units) => {
                for unit in units {
                    let added = adding.add(&unit)?;
                    if let Some(count) = counts.last_mut() {
                        count.added += u64::from(added);
                        count.present += u64::from(!added);
                    }
                }
            }
            Message::End(supersedes) => {
                let superseded = adding.end(supersedes.as_ref()).map_err(store)?;
                if let Some(count) = counts.last_mut() {
                    count.superseded = superseded;
                }
            }
            Message::Commit => committed = true,
        }
    }
    let changed = adding.vouched
        || counts
            .iter()
            .any(|count| count.added + count.superseded > 0);
    if committed && changed {
        adding.finish()?;
        transaction.commit().map_err(store)?;
    } else {
        // What brought nothing leaves no trace, not even in the file's bytes.
        drop(adding);
        transaction.rollback().map_err(store)?;
    }
    Ok(counts)
}

/// Makes the index anew if it was written with other folds or other bytes.
pub(super) fn bring_index_up_to_date(connection: &mut Connection) -> Result<()> {
    let store = |error: rusqlite::Error| said(&error);
    if !is_stale(connection).map_err(store)? {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(store)?;
    // Another process may have done it while this one waited.
    if is_stale(&transaction).map_err(store)? {
        forget(&transaction).map_err(store)?;
        let mut indexing = Indexing::new(&transaction);
        let mut statement = transaction
            .prepare("SELECT variant.id, tag, text FROM variant JOIN language ON language.id = language_id ORDER BY variant.id")
            .map_err(store)?;
        let mut rows = statement.query([]).map_err(store)?;
        while let Some(row) = rows.next().map_err(store)? {
            let read = || {
                Ok((
                    row.get::<_, i64>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                ))
            };
            let (id, tag, text) = read().map_err(store)?;
            let language = Language::from_file(&tag);
            let keys = Keys::of(&text, &language);
            indexing.add(language.primary(), &Sketch::of(&keys), id >> 16, id as u16)?;
        }
        indexing.finish(&HashSet::new())?;
    }
    transaction.commit().map_err(store)
}

/// What is being added, and what it has in common.
struct Adding<'a> {
    transaction: &'a Transaction<'a>,
    /// What the present import will be remembered by, until its first unit comes.
    waiting: Option<Beginning>,
    import_id: i64,
    /// What the present import takes off.
    penalty: u8,
    /// By tag: the number of a language, and how many variants were added.
    languages: HashMap<String, (i64, i64)>,
    /// How many units were added to the present import.
    units: i64,
    indexing: Indexing<'a>,
    gone: HashSet<UnitId>,
    /// The units of the present import, whether they were added or there already: it cannot take their place.
    own: HashSet<UnitId>,
    keeps_own: bool,
    /// Whether a unit that was there has another import now.
    vouched: bool,
    rows: UnitRows,
}

impl<'a> Adding<'a> {
    fn new(transaction: &'a Transaction<'a>) -> Self {
        Adding {
            transaction,
            waiting: None,
            import_id: 0,
            penalty: 0,
            vouched: false,
            languages: HashMap::new(),
            units: 0,
            indexing: Indexing::new(transaction),
            gone: HashSet::new(),
            own: HashSet::new(),
            keeps_own: false,
            rows: UnitRows::default(),
        }
    }

    fn begin(&mut self, beginning: Beginning) {
        self.penalty = beginning.penalty;
        self.keeps_own = beginning.supersedes;
        self.waiting = Some(beginning);
        self.units = 0;
        self.own.clear();
    }

    /// Ends an import: what it supersedes goes. Returns how many units went.
    fn end(&mut self, supersedes: Option<&Realigned>) -> rusqlite::Result<u64> {
        if self.units > 0 {
            self.transaction.execute(
                "UPDATE import SET units = units + ?1 WHERE id = ?2",
                [self.units, self.import_id],
            )?;
        }
        match supersedes {
            Some(reviewed) => self.supersede(reviewed),
            None => Ok(0),
        }
    }

    fn supersede(&mut self, reviewed: &Realigned) -> rusqlite::Result<u64> {
        let tags: Vec<_> = reviewed.languages.iter().map(Language::tag).collect();
        let mut statement = self.transaction.prepare(
            "SELECT id, import_id FROM unit WHERE document = ?1 AND confidence IS NOT NULL AND NOT EXISTS (
                 SELECT 1 FROM variant JOIN language ON language.id = language_id
                 WHERE variant.id BETWEEN unit.id << 16 AND (unit.id << 16) + 65535
                 AND tag NOT IN (SELECT value FROM json_each(?2)))",
        )?;
        let units = statement.query_map(params![reviewed.document, to_json(&tags)?], |row| {
            Ok((row.get::<_, UnitId>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut units: Vec<(UnitId, i64)> = units.collect::<rusqlite::Result<_>>()?;
        units.retain(|(unit, _)| !self.own.contains(unit));
        for (unit, import) in &units {
            for variant in self.rows.variants(self.transaction, *unit)? {
                self.language(&variant.language)?.1 -= 1;
            }
            let run = |statement: &str, values: [i64; 2]| {
                self.transaction.prepare_cached(statement)?.execute(values)
            };
            run(
                "DELETE FROM variant WHERE id BETWEEN ?1 AND ?2",
                [variant_id(*unit, 0), variant_id(*unit, u16::MAX)],
            )?;
            run("DELETE FROM unit WHERE id = ?1 + ?2", [*unit, 0])?;
            run(
                "UPDATE import SET units = units - ?1 WHERE id = ?2",
                [1, *import],
            )?;
            // What it taught is not to be told from what others did.
            super::lexicon::forget(self.transaction, None)?;
            self.gone.insert(*unit);
        }
        Ok(units.len() as u64)
    }

    /// Adds a unit unless it is there; says whether it was added.
    fn add(&mut self, new: &Prepared) -> Result<bool> {
        let store = |error: rusqlite::Error| said(&error);
        if let Some(known) = self.known(new).map_err(store)? {
            self.remember_own(known.id);
            self.vouch_for(known).map_err(store)?;
            return Ok(false);
        }
        if new.variants.len() > usize::from(u16::MAX) {
            return Err(Error::input("a unit has more than 65,535 segments"));
        }
        let unit_id = self.insert(new).map_err(store)?;
        self.remember_own(unit_id);
        for (place, (variant, prepared)) in
            (0_u16..).zip(new.unit.variants.iter().zip(&new.variants))
        {
            self.indexing
                .add(variant.language.primary(), &prepared.sketch, unit_id, place)?;
        }
        Ok(true)
    }

    fn remember_own(&mut self, unit: UnitId) {
        if self.keeps_own {
            self.own.insert(unit);
        }
    }

    fn insert(&mut self, new: &Prepared) -> rusqlite::Result<UnitId> {
        let unit = &new.unit;
        let confidence = match unit.origin {
            Origin::Translation => None,
            Origin::Alignment { confidence } => Some(confidence),
        };
        self.remember()?;
        self.transaction
            .prepare_cached(
                "INSERT INTO unit(import_id, core, document, position, confidence, attributes, annotations)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                self.import_id,
                new.hash,
                unit.document,
                unit.position,
                confidence,
                new.attributes,
                new.annotations,
            ])?;
        let unit_id = self.transaction.last_insert_rowid();
        self.units += 1;
        for (place, (variant, prepared)) in (0_u16..).zip(unit.variants.iter().zip(&new.variants)) {
            let language = self.language(&variant.language)?;
            language.1 += 1;
            let language_id = language.0;
            self.transaction
                .prepare_cached(
                    "INSERT INTO variant(id, language_id, text, codes, previous, next, attributes, annotations)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    variant_id(unit_id, place),
                    language_id,
                    variant.segment.text,
                    prepared.codes,
                    variant.previous,
                    variant.next,
                    prepared.attributes,
                    prepared.annotations,
                ])?;
        }
        Ok(unit_id)
    }

    /// The unit that is there already.
    fn known(&self, new: &Prepared) -> rusqlite::Result<Option<StoredUnit>> {
        let mut statement = self
            .transaction
            .prepare_cached("SELECT id FROM unit WHERE core = ?1")?;
        let mut found = statement.query([new.hash])?;
        while let Some(row) = found.next()? {
            if let Some(known) = self.rows.unit(self.transaction, row.get(0)?)?
                && core_text(&known.unit)? == new.core
            {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    /// A unit that is there already came again, from an import that takes less off: then it is that import's from now on.
    fn vouch_for(&mut self, known: StoredUnit) -> rusqlite::Result<()> {
        if self.penalty >= known.penalty {
            return Ok(());
        }
        self.remember()?;
        let run = |statement: &str, values: [i64; 2]| {
            self.transaction.prepare_cached(statement)?.execute(values)
        };
        run(
            "UPDATE import SET units = units - ?1 WHERE id = (SELECT import_id FROM unit WHERE id = ?2)",
            [1, known.id],
        )?;
        run(
            "UPDATE unit SET import_id = ?1 WHERE id = ?2",
            [self.import_id, known.id],
        )?;
        self.units += 1;
        self.vouched = true;
        Ok(())
    }

    /// Gives the present import its row, if it has none yet.
    fn remember(&mut self) -> rusqlite::Result<()> {
        if let Some(import) = self.waiting.take() {
            self.transaction.execute(
                "INSERT INTO import(source, at, header, penalty) VALUES (?1, ?2, ?3, ?4)",
                params![import.source, import.at, import.header, import.penalty],
            )?;
            self.import_id = self.transaction.last_insert_rowid();
        }
        Ok(())
    }

    /// The number of a language, and how many variants of it were added or taken away.
    fn language(&mut self, language: &Language) -> rusqlite::Result<&mut (i64, i64)> {
        let tag = language.tag();
        if !self.languages.contains_key(tag) {
            let known = self
                .transaction
                .query_row("SELECT id FROM language WHERE tag = ?1", [tag], |row| {
                    row.get(0)
                })
                .optional()?;
            let id = match known {
                Some(id) => id,
                None => {
                    self.transaction
                        .execute("INSERT INTO language(tag) VALUES (?1)", [tag])?;
                    self.transaction.last_insert_rowid()
                }
            };
            self.languages.insert(tag.to_owned(), (id, 0));
        }
        Ok(self.languages.entry(tag.to_owned()).or_default())
    }

    fn finish(self) -> Result<()> {
        for (id, added) in self.languages.values() {
            self.transaction
                .execute(
                    "UPDATE language SET variants = variants + ?1 WHERE id = ?2",
                    [added, id],
                )
                .map_err(|error| said(&error))?;
        }
        self.indexing.finish(&self.gone)
    }
}
