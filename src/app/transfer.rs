//! Files into a memory and out of it.

use std::cell::{Cell, RefCell};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::error::{Error, ErrorKind, Problem, Progress, Result};
use crate::formats::tmx::{TmxReader, TmxWriter};
use crate::memory::sqlite::{Access, SqliteMemory};
use crate::memory::{Import, ImportCount, ImportRecord, Memory, require_languages};
use crate::text::language::Language;
use crate::unit::{Attributes, Header, TranslationUnit, Variant};

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
    let read = import_into(
        &mut memory,
        open_all(&[path.to_path_buf()])?,
        0,
        at,
        progress,
    )?;
    if memory.unit_count()? == 0 {
        return Err(Error::input("there are no units in this file").at(path));
    }
    let problems = read.into_iter().flat_map(|file| file.problems);
    Ok((memory, problems.collect()))
}

/// Imports TMX files into the memory at a path, which is made if it is not there. All go in in one transaction: if anything
/// goes wrong, none does, and a memory that was not there is not there afterwards. `penalty` is how many percent are to be taken
/// off matches with these units, 0 to 100.
///
/// # Errors
/// If a file cannot be read to its end, or the memory cannot be written.
pub fn import_files(
    memory: &Path,
    files: &[PathBuf],
    penalty: u8,
    at: &str,
    progress: Progress<'_>,
) -> Result<Vec<FileImport>> {
    let files = open_all(files)?;
    into_memory(memory, |memory| {
        import_into(memory, files, penalty, at, progress)
    })
}

/// Opens the memory at a path, or makes it, and hands it to `work`. A memory that was not there is made beside its place and
/// gets its name when the work is done, so that it is there whole or not at all.
///
/// # Errors
/// If the memory cannot be opened or made, or what `work` returns.
pub fn into_memory<T>(path: &Path, work: impl FnOnce(&mut SqliteMemory) -> Result<T>) -> Result<T> {
    if is_tmx(path) {
        let error = Error::request("a .tmx file can be looked at, but not be added to");
        return Err(error
            .at(path)
            .hint("give the memory another name, such as letters.sqlite"));
    }
    if path.symlink_metadata().is_ok() {
        return work(&mut SqliteMemory::open(path, Access::Write)?);
    }
    let said = |error: io::Error| Error::io(path, "make", &error);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    // A folder of its own, because SQLite puts files beside a memory while it works.
    let beside = tempfile::Builder::new()
        .prefix(".tarjuman-")
        .tempdir_in(folder)
        .map_err(said)?;
    let new = beside.path().join("new.sqlite");
    let done = SqliteMemory::open(&new, Access::Make).and_then(|mut memory| {
        let done = work(&mut memory)?;
        memory.settle()?;
        Ok(done)
    });
    let done = done.map_err(|error| error.moved(&new, path))?;
    // A link, unlike a new name, never takes the place of what another process has made there in the meantime. Where links
    // cannot be made, a new name has to do.
    let linked = std::fs::hard_link(&new, path);
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists || path.exists() => {
            let error = Error::new(
                ErrorKind::Memory,
                "another process has made this memory in the meantime",
            );
            Err(error.at(path).hint("run the command again to add to it"))
        }
        Err(_) => std::fs::rename(&new, path).map_err(said).map(|()| done),
        Ok(()) => Ok(done),
    }
}

/// A TMX file that is being read.
struct OpenTmx {
    path: PathBuf,
    reader: TmxReader<BufReader<Counted<File>>>,
    seen: Rc<Cell<u64>>,
    length: u64,
}

/// Opens files as far as their headers, each once, so that a pipe can be one of them.
fn open_all(paths: &[PathBuf]) -> Result<Vec<OpenTmx>> {
    paths
        .iter()
        .map(|path| open_tmx(path).map_err(|error| error.at(path)))
        .collect()
}

fn open_tmx(path: &Path) -> Result<OpenTmx> {
    let said = |error: io::Error| Error::io(path, "read", &error);
    let input = File::open(path).map_err(said)?;
    let about = input.metadata().map_err(said)?;
    if about.is_dir() {
        return Err(Error::input("this is a folder; a TMX file is wanted"));
    }
    let seen = Rc::new(Cell::new(0));
    let counted = Counted {
        input,
        seen: Rc::clone(&seen),
    };
    Ok(OpenTmx {
        path: path.to_path_buf(),
        reader: TmxReader::new(BufReader::new(counted))?,
        seen,
        length: about.len(),
    })
}

/// Imports files that are open, in one transaction.
fn import_into(
    memory: &mut dyn Memory,
    mut files: Vec<OpenTmx>,
    penalty: u8,
    at: &str,
    progress: Progress<'_>,
) -> Result<Vec<FileImport>> {
    let progress = RefCell::new(progress);
    let imports = files.iter_mut().map(|file| Import {
        source: file_name(&file.path),
        header: file.reader.header().clone(),
        at: at.to_owned(),
        penalty,
        supersedes: None,
        units: Box::new(units_of(file, &progress)),
    });
    let imports = imports.collect();
    let counts = memory.import(imports)?;
    let done = files.into_iter().zip(counts);
    Ok(done
        .map(|(file, count)| FileImport {
            problems: file.reader.problems().to_vec(),
            path: file.path,
            count,
        })
        .collect())
}

/// What yields the units of a file, telling how far it is.
fn units_of<'a>(
    file: &'a mut OpenTmx,
    progress: &'a RefCell<Progress<'_>>,
) -> impl FnMut() -> Result<Option<TranslationUnit>> + 'a {
    let mut told = 0;
    move || {
        let unit = file
            .reader
            .next_unit()
            .map_err(|error| error.at(&file.path))?;
        // Often enough to be seen to move, seldom enough to cost nothing.
        if file.seen.get() - told > 1 << 18 {
            told = file.seen.get();
            (*progress.borrow_mut())(told, file.length)?;
        }
        Ok(unit)
    }
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
pub fn export(
    memory: &dyn Memory,
    export: &Export,
    out: &mut dyn Write,
    progress: Progress<'_>,
) -> Result<ExportCount> {
    let mut source = "*all*".to_owned();
    if let Some((from, to)) = &export.languages {
        let wanted: Vec<&Language> = std::iter::once(from).chain(to).collect();
        require_languages(memory, &wanted)?;
        for target in to {
            from.differs_from(target)?;
        }
        let there = memory.languages()?;
        let mut tags = there.iter().filter(|(known, _)| from.accepts(known));
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
    let (mut seen, total) = (0, memory.unit_count()?);
    memory.for_each_unit(&mut |stored| {
        if seen % 1_000 == 0 {
            progress(seen, total)?;
        }
        seen += 1;
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
            .filter(|variant| language.accepts(&variant.language));
        own.filter(full).cloned().collect()
    };
    let mut variants = wanted(from, &unit.variants);
    let sources = variants.len();
    for (index, target) in to.iter().enumerate() {
        // `fa,fa-IR` asks for some variants twice; once is enough.
        let asked = to.iter().take(index);
        let fresh =
            |variant: &Variant| !asked.clone().any(|other| other.accepts(&variant.language));
        variants.extend(wanted(target, &unit.variants).into_iter().filter(fresh));
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
