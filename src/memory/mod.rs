//! What a memory keeps, and what every store of one promises.
//!
//! - **Whole or not there.** [`Memory::import`] adds all units or none.
//! - **Once.** A unit whose core (see [`TranslationUnit::core`]) is there already is not added again.
//! - **As it came.** A unit read back equals the unit that was added; keys are kept beside the text, never in its place.
//! - **In one order.** Units come back in the order in which they were added; languages by tag.
//!
//! What finds a segment again is the [`index`]: it stands beside the units and is written with them.
//!
//! The store in SQLite ([`sqlite::SqliteMemory`]) is the embedded one. Whoever only uses a memory knows this file alone, so that
//! another store can take its place; only `app::transfer`, which opens memories by their paths, names the store.

pub mod index;
pub mod sqlite;

use crate::error::{Error, Result};
use crate::text::language::Language;
use crate::text::words::WordCount;
use crate::unit::{Header, TranslationUnit};
use index::Blocks;

/// The number of a unit in its memory. Numbers grow in the order of adding and are never used again.
pub type UnitId = i64;

/// What an import brings: where it is from, what its file says of all units, the units themselves one by one.
pub struct Import<'a> {
    /// The name of the file, or another name for the source.
    pub source: String,
    /// What the file says of all its units.
    pub header: Header,
    /// When, as TMX writes it: `20250131T235959Z`.
    pub at: String,
    /// How many percent are to be taken off matches from it, because it is of another client or another time.
    pub penalty: u8,
    /// The editions, if this import is their alignment: what an earlier one that nobody looked at has said of them goes.
    pub supersedes: Option<Realigned>,
    /// Yields the next unit, `None` at the end. An error ends the import and leaves the memory as it was.
    pub units: Box<dyn FnMut() -> Result<Option<TranslationUnit>> + 'a>,
}

/// Editions that are aligned anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Realigned {
    /// The name of the document.
    pub document: String,
    /// The languages of the editions. A unit with a variant in yet another language stays.
    pub languages: Vec<Language>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCount {
    /// Units that were added.
    pub added: u64,
    /// Units that were there already.
    pub present: u64,
    /// Units of an alignment that nobody had looked at, which made room for reviewed ones.
    pub superseded: u64,
}

/// One import, as it is remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// Where it was from.
    pub source: String,
    /// When it was done, as TMX writes it.
    pub at: String,
    /// How many units of it are here.
    pub units: u64,
    /// How many percent it takes off its matches.
    pub penalty: u8,
    /// What its file said of all units.
    pub header: Header,
}

/// A unit with the number it is kept under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredUnit {
    /// Its number.
    pub id: UnitId,
    /// The name of the import it came with.
    pub source: String,
    /// How many percent that import takes off its matches.
    pub penalty: u8,
    /// The unit as it was added.
    pub unit: TranslationUnit,
}

/// How far the lexicon of two languages has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LexiconStand {
    /// The last unit that was counted; 0 if none was.
    pub until: UnitId,
    /// The last unit there is; 0 if there is none.
    pub last: UnitId,
}

/// Which units are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairsOf<'d> {
    /// Those that were added after one.
    After(UnitId),
    /// Those of a document that an alignment has put in which nobody has looked at.
    Unreviewed(&'d str),
}

/// The texts of a unit in two languages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairText<'t> {
    /// The unit.
    pub unit: UnitId,
    /// The text in the first language.
    pub a: &'t str,
    /// The text in the second.
    pub b: &'t str,
    /// How sure it is that they belong together: 1, and less only if an aligner that nobody has checked says so.
    pub weight: f64,
}

/// A store of translation units.
pub trait Memory {
    /// Adds the units of some imports, all in one transaction, and remembers the imports that added something. Returns a count
    /// for each.
    ///
    /// # Errors
    /// Whatever an import's own source says, or the store (no space, no permission). The memory is then as before.
    fn import(&mut self, imports: Vec<Import<'_>>) -> Result<Vec<ImportCount>>;

    /// The languages there are, by tag, each with its number of variants. It costs the same however large the memory is.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn languages(&self) -> Result<Vec<(Language, u64)>>;

    /// How many units there are.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn unit_count(&self) -> Result<u64>;

    /// All imports in the order in which they were done.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn imports(&self) -> Result<Vec<ImportRecord>>;

    /// Hands every unit to `visit`, in the order of adding, one at a time.
    ///
    /// # Errors
    /// If the store cannot be read, or what `visit` returns.
    fn for_each_unit(&self, visit: &mut dyn FnMut(StoredUnit) -> Result<()>) -> Result<()>;

    /// A unit by its number.
    ///
    /// # Errors
    /// If the store cannot be read, or has no such unit.
    fn unit(&self, id: UnitId) -> Result<StoredUnit>;

    /// The same; `None` if there is no such unit (any more), as an index may still say.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn unit_if_there(&self, id: UnitId) -> Result<Option<StoredUnit>>;

    /// Hands the text of every variant that serves a language to `visit`, with its unit and its place in it, in the order of
    /// adding.
    ///
    /// # Errors
    /// If the store cannot be read, or what `visit` returns.
    fn for_each_text(
        &self,
        language: &Language,
        visit: &mut dyn FnMut(UnitId, u16, &str) -> Result<()>,
    ) -> Result<()>;

    /// The index of the segments.
    fn blocks(&self) -> Box<dyn Blocks + '_>;

    /// How far the lexicon of two languages has come, which are given by their primary subtags in alphabetical order.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn lexicon_stand(&self, languages: (&str, &str)) -> Result<LexiconStand>;

    /// Hands the texts of each of these units that has both languages to `visit`, in the order of adding, until it says `false`.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn for_each_pair(
        &self,
        languages: (&str, &str),
        of: PairsOf<'_>,
        visit: &mut dyn FnMut(PairText<'_>) -> bool,
    ) -> Result<()>;

    /// How often a word of the first language had each translation in the second; empty if nothing is known.
    ///
    /// # Errors
    /// If the store cannot be read.
    fn word_counts(&self, languages: (&str, &str), word: &str) -> Result<Vec<(String, f64)>>;

    /// Adds to the lexicon of two languages (as for [`Memory::lexicon_stand`]) what the units up to one have brought.
    ///
    /// # Errors
    /// If the store cannot be written; the lexicon is then as before.
    fn add_word_counts(
        &mut self,
        languages: (&str, &str),
        pairs: &[WordCount],
        until: UnitId,
    ) -> Result<()>;

    /// The same memory once more, for reading on another thread; `None` if it is in a place that only this one knows.
    ///
    /// # Errors
    /// If it cannot be opened once more.
    fn another_reader(&self) -> Result<Option<Box<dyn Memory + Send>>>;

    /// Does some work during which the memory does not change for it, whatever others write.
    ///
    /// # Errors
    /// If the store cannot be read, or what `work` returns.
    fn reading(&self, work: &mut dyn FnMut() -> Result<()>) -> Result<()>;
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo): the same on every platform and in every version, which std does not promise.
fn fnv(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash ^= u64::from(*byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash
}

/// Makes sure that a memory has languages, before work is begun that would find nothing.
///
/// # Errors
/// If it lacks one of them; the error says which it has.
pub fn require_languages(memory: &dyn Memory, wanted: &[&Language]) -> Result<()> {
    let there = memory.languages()?;
    for language in wanted {
        if there.iter().any(|(known, _)| language.accepts(known)) {
            continue;
        }
        let known: Vec<_> = there.iter().map(|(known, _)| known.tag()).collect();
        let known = if known.is_empty() {
            "no units at all".to_owned()
        } else {
            known.join(", ")
        };
        let name = match language.english_name() {
            name if name == language.tag() => name.to_owned(),
            name => format!("{name} ({language})"),
        };
        return Err(Error::request(format!(
            "this memory has no {name}; it has {known}"
        )));
    }
    Ok(())
}
