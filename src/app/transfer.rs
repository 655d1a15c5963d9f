//! Files into a memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::unit_source::{UnitFile, UnitHints, UnitPart};
use crate::error::{Error, ErrorKind, Problem, Progress, Result};
use crate::memory::sqlite::{Access, SqliteMemory};
use crate::memory::{Import, ImportCount, Memory};
use crate::text::language::Language;
use crate::unit::TranslationUnit;

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

/// How files are to be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportAs {
    /// How many percent are to be taken off matches with these units, 0 to 100.
    pub penalty: u8,
    /// What somebody knows of the files better than they do.
    pub hints: UnitHints,
}

/// What one file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReading {
    /// The file.
    pub path: PathBuf,
    /// Units that say the same in two languages.
    pub translations: u64,
    /// Units that have text in one language only.
    pub others: u64,
    /// The languages, by tag, each with its number of variants that have text.
    pub languages: BTreeMap<Language, u64>,
    /// What was wrong in the file and was passed over.
    pub problems: Vec<Problem>,
}

/// Reads files to their ends as an import would, and keeps nothing.
///
/// # Errors
/// If a file cannot be read to its end.
pub fn read_files(
    files: &[PathBuf],
    hints: &UnitHints,
    progress: Progress<'_>,
) -> Result<Vec<FileReading>> {
    let progress = RefCell::new(progress);
    let mut done = Vec::new();
    for path in files {
        let mut file = UnitFile::open(path, hints)?;
        let mut languages = BTreeMap::new();
        let (mut translations, mut others) = (0, 0);
        for part in &mut file.parts {
            let mut next = units_of(part, &progress);
            while let Some(unit) = next()? {
                match unit.is_translation() {
                    true => translations += 1,
                    false => others += 1,
                }
                let full = unit.variants.into_iter();
                for variant in full.filter(|one| !one.segment.text.trim().is_empty()) {
                    *languages.entry(variant.language).or_insert(0) += 1;
                }
            }
        }
        done.push(FileReading {
            problems: file.problems(),
            path: file.path,
            translations,
            others,
            languages,
        });
    }
    Ok(done)
}

/// Whether a path is a file of units to be read rather than a memory to be opened. Packed ones are too.
pub fn is_tmx(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    [".tmx", ".tmx.gz", ".tmx.zip"]
        .iter()
        .any(|ending| name.ends_with(ending))
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
        open_all(&[path.to_path_buf()], &UnitHints::default())?,
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

/// Imports files of units (TMX, XLIFF, PO, tab-separated pairs) into the memory at a path, which is made if it is not there. All go in in one transaction: if anything
/// goes wrong, none does, and a memory that was not there is not there afterwards.
///
/// # Errors
/// If a file cannot be read to its end, or the memory cannot be written.
pub fn import_files(
    memory: &Path,
    files: &[PathBuf],
    how: &ImportAs,
    at: &str,
    progress: Progress<'_>,
) -> Result<Vec<FileImport>> {
    let files = open_all(files, &how.hints)?;
    into_memory(memory, |memory| {
        import_into(memory, files, how.penalty, at, progress)
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

/// Opens files as far as their headers.
fn open_all(paths: &[PathBuf], hints: &UnitHints) -> Result<Vec<UnitFile>> {
    let open = |path: &PathBuf| UnitFile::open(path, hints);
    paths.iter().map(open).collect()
}

/// Imports files that are open, in one transaction.
fn import_into(
    memory: &mut dyn Memory,
    mut files: Vec<UnitFile>,
    penalty: u8,
    at: &str,
    progress: Progress<'_>,
) -> Result<Vec<FileImport>> {
    let progress = RefCell::new(progress);
    let parts = files.iter_mut().flat_map(|file| &mut file.parts);
    let imports = parts.map(|part| Import {
        source: part.name.clone(),
        header: part.source.header().clone(),
        at: at.to_owned(),
        penalty,
        supersedes: None,
        units: Box::new(units_of(part, &progress)),
    });
    let imports = imports.collect();
    let mut counts = memory.import(imports)?.into_iter();
    let done = files.into_iter().map(|file| {
        let mut count = ImportCount::default();
        for own in counts.by_ref().take(file.parts.len()) {
            count.added += own.added;
            count.present += own.present;
            count.superseded += own.superseded;
        }
        FileImport {
            problems: file.problems(),
            path: file.path,
            count,
        }
    });
    Ok(done.collect())
}

/// What yields the units of a source, telling how far it is.
fn units_of<'a>(
    part: &'a mut UnitPart,
    progress: &'a RefCell<Progress<'_>>,
) -> impl FnMut() -> Result<Option<TranslationUnit>> + 'a {
    let mut told = 0;
    move || {
        let unit = part.next_unit()?;
        // Often enough to be seen to move, seldom enough to cost nothing.
        let (seen, length) = part.stand();
        if seen - told > 1 << 18 {
            told = seen;
            (*progress.borrow_mut())(told, length)?;
        }
        Ok(unit)
    }
}
