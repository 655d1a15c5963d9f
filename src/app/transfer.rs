//! Files into a memory and out of it.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::error::{Error, Problem, Result};
use crate::formats::tmx::{TmxReader, TmxWriter};
use crate::memory::sqlite::{Access, SqliteMemory};
use crate::memory::{Import, ImportCount, ImportRecord, Memory, require_languages};
use crate::text::language::Language;
use crate::unit::{Attributes, Header, TranslationUnit, Variant};

/// Hears how many bytes of a file were read so far, and how many there are.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// What importing one file did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileImport {
    /// The file.
    pub path: PathBuf,
    /// Units added, units that were there.
    pub count: ImportCount,
    /// What was wrong in the file and was passed over.
    pub problems: Vec<Problem>,
}

/// Whether a path is a file of units to be read rather than a memory to be opened.
pub fn is_tmx(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("tmx"))
}

/// Opens a memory to be looked at. A `.tmx` is read into a temporary one; what was wrong in it comes along.
///
/// # Errors
/// If it cannot be opened or read.
pub fn open_memory(
    path: &Path,
    at: &str,
    progress: Progress<'_>,
) -> Result<(SqliteMemory, Vec<Problem>)> {
    if !is_tmx(path) {
        return Ok((SqliteMemory::open(path, Access::Read)?, Vec::new()));
    }
    let mut memory = SqliteMemory::temporary()?;
    let read = import_file(&mut memory, path, at, progress)?;
    if memory.unit_count()? == 0 {
        return Err(Error::input("there are no units in this file").at(path));
    }
    Ok((memory, read.problems))
}

/// Imports TMX files into the memory at a path, which is made if it is not there. If any file cannot be read, none goes in,
/// and a memory that was not there is not there afterwards.
///
/// # Errors
/// If a file cannot be read to its end, or the memory cannot be written.
pub fn import_files(
    memory: &Path,
    files: &[PathBuf],
    at: &str,
    progress: Progress<'_>,
) -> Result<Vec<FileImport>> {
    for file in files {
        // One file is read in the transaction that adds it; of several, none may go in if another is bad.
        if files.len() > 1 {
            check(file)?;
        } else {
            open_tmx(file, progress)?;
        }
    }
    into_memory(memory, |memory| {
        files
            .iter()
            .map(|file| import_file(memory, file, at, progress))
            .collect()
    })
}

/// Opens or makes the memory at a path and hands it to `work`. If that fails, a memory that was not there is taken away again.
///
/// # Errors
/// If the memory cannot be opened, or what `work` returns.
pub fn into_memory<T>(path: &Path, work: impl FnOnce(&mut SqliteMemory) -> Result<T>) -> Result<T> {
    if is_tmx(path) {
        let error = Error::request("a .tmx file can be looked at, but not be added to");
        return Err(error
            .at(path)
            .hint("give the memory another name, such as letters.sqlite"));
    }
    let was_there = path.exists();
    let done = SqliteMemory::open(path, Access::Write).and_then(|mut memory| work(&mut memory));
    if done.is_err() && !was_there {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let mut name = path.as_os_str().to_owned();
            name.push(ending);
            // It may not be there, or may never have been made; the error to be told is the first one.
            let _ = std::fs::remove_file(name);
        }
    }
    done
}

/// Imports one TMX file.
///
/// # Errors
/// If the file cannot be read to its end, or the memory cannot be written. The memory is then as before.
pub fn import_file(
    memory: &mut dyn Memory,
    path: &Path,
    at: &str,
    progress: Progress<'_>,
) -> Result<FileImport> {
    let (mut reader, seen, length) = open_tmx(path, progress)?;
    let mut told = 0;
    let count = {
        let header = reader.header().clone();
        let mut next = || {
            let unit = reader.next_unit().map_err(|error| error.at(path))?;
            // Often enough to be seen to move, seldom enough to cost nothing.
            if seen.get() - told > 1 << 18 {
                told = seen.get();
                progress(told, length);
            }
            Ok(unit)
        };
        memory.import(Import {
            source: file_name(path),
            header,
            at: at.to_owned(),
            units: &mut next,
        })?
    };
    Ok(FileImport {
        path: path.to_path_buf(),
        count,
        problems: reader.problems().to_vec(),
    })
}

type TmxFile = TmxReader<BufReader<Counted<File>>>;

fn open_tmx(path: &Path, progress: Progress<'_>) -> Result<(TmxFile, Rc<Cell<u64>>, u64)> {
    let said = |error: io::Error| Error::io(path, "read", &error);
    let file = File::open(path).map_err(said)?;
    let about = file.metadata().map_err(said)?;
    if about.is_dir() {
        return Err(Error::input("this is a folder; a TMX file is wanted").at(path));
    }
    progress(0, about.len());
    let seen = Rc::new(Cell::new(0));
    let counted = Counted {
        input: file,
        seen: Rc::clone(&seen),
    };
    let reader = TmxReader::new(BufReader::new(counted)).map_err(|error| error.at(path))?;
    Ok((reader, seen, about.len()))
}

fn check(path: &Path) -> Result<()> {
    let (mut reader, ..) = open_tmx(path, &mut |_, _| {})?;
    while reader
        .next_unit()
        .map_err(|error| error.at(path))?
        .is_some()
    {}
    Ok(())
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Counts the bytes that go through.
struct Counted<R> {
    input: R,
    seen: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(out)?;
        self.seen.set(self.seen.get() + count as u64);
        Ok(count)
    }
}

/// What is to be exported.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The source language and the target languages; `None` for everything there is.
    pub languages: Option<(Language, Vec<Language>)>,
    /// When it is done, as TMX writes it.
    pub at: String,
}

/// What an export did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportCount {
    /// Units written.
    pub units: u64,
    /// Characters that XML cannot carry; each was replaced by U+FFFD.
    pub replaced: usize,
}

/// Writes the units of a memory as TMX 1.4, in the order in which they were added.
///
/// With languages given, a unit is written if it has the source and at least one target, the source first; segments without
/// text are left out, since CAT tools take them for translations.
///
/// # Errors
/// If the memory lacks a language, cannot be read, or the output cannot be written.
pub fn export(memory: &dyn Memory, export: &Export, out: &mut dyn Write) -> Result<ExportCount> {
    let mut source = "*all*".to_owned();
    if let Some((from, to)) = &export.languages {
        let wanted: Vec<&Language> = std::iter::once(from).chain(to).collect();
        require_languages(memory, &wanted)?;
        let there = memory.languages()?;
        let mut tags = there.iter().filter(|(known, _)| from.covers(known));
        // Strict readers want srclang to be the very tag of the source variants.
        source = match (tags.next(), tags.next()) {
            (Some((only, _)), None) => only.tag().to_owned(),
            _ => from.tag().to_owned(),
        };
    }
    let header = joined_header(&memory.imports()?, &source, &export.at);
    let output = |error: io::Error| Error::output(&error);
    let mut writer = TmxWriter::new(out, &header).map_err(output)?;
    let mut count = ExportCount::default();
    memory.for_each_unit(&mut |stored| {
        let unit = match &export.languages {
            Some((from, to)) => match selected(stored.unit, from, to) {
                Some(unit) => unit,
                None => return Ok(()),
            },
            None => stored.unit,
        };
        count.units += 1;
        writer.write(&unit).map_err(output)
    })?;
    count.replaced = writer.finish().map_err(output)?;
    Ok(count)
}

/// The unit with the languages asked for, the source first.
fn selected(
    mut unit: TranslationUnit,
    from: &Language,
    to: &[Language],
) -> Option<TranslationUnit> {
    let wanted = |language: &Language, variants: &[Variant]| -> Vec<Variant> {
        let full = |variant: &&Variant| !variant.segment.text.trim().is_empty();
        let own = variants
            .iter()
            .filter(|variant| language.covers(&variant.language));
        own.filter(full).cloned().collect()
    };
    let mut variants = wanted(from, &unit.variants);
    let sources = variants.len();
    for target in to {
        variants.extend(wanted(target, &unit.variants));
    }
    if sources == 0 || variants.len() == sources {
        return None;
    }
    unit.variants = variants;
    // A unit that names another source would be passed over by readers that ask for this one.
    unit.attributes.retain(|(name, _)| name != "srclang");
    Some(unit)
}

/// One header for the units of several files: what they agree on, and everything any of them says in notes and properties.
fn joined_header(imports: &[ImportRecord], source: &str, at: &str) -> Header {
    let mut header = Header::default();
    let own = [
        "creationtool",
        "creationtoolversion",
        "creationdate",
        "srclang",
    ];
    if let Some(first) = imports.first() {
        let agreed = |pair: &&(String, String)| {
            imports
                .iter()
                .all(|import| import.header.attributes.contains(pair))
        };
        let attributes = first.header.attributes.iter().filter(agreed).cloned();
        header.attributes = attributes
            .filter(|(name, _)| !own.contains(&name.as_str()))
            .collect::<Attributes>();
    }
    header
        .attributes
        .push(("srclang".into(), source.to_owned()));
    header
        .attributes
        .push(("creationdate".into(), at.to_owned()));
    for annotation in imports.iter().flat_map(|import| &import.header.annotations) {
        if !header.annotations.contains(annotation) {
            header.annotations.push(annotation.clone());
        }
    }
    header
}
