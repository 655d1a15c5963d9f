//! The units and queries of a folder, and tarjuman's memory of them.

use std::path::{Path, PathBuf};

use tarjuman::app::transfer;

use crate::Result;
use crate::clock::{Took, timed};

/// When units are said to be imported; the same in every run.
pub(crate) const AT: &str = "20250101T000000Z";

/// A unit of `tm.tsv`.
pub(crate) struct Unit {
    pub(crate) source: String,
    pub(crate) target: String,
}

/// All units, in the order of the file.
pub(crate) fn units(folder: &Path) -> Result<Vec<Unit>> {
    let mut units = Vec::new();
    lines(&folder.join("tm.tsv"), |columns| {
        let [_, source, target] = columns else {
            return false;
        };
        units.push(Unit {
            source: (*source).to_owned(),
            target: (*target).to_owned(),
        });
        true
    })?;
    Ok(units)
}

/// The sources of all units.
pub(crate) fn sources(folder: &Path) -> Result<Vec<String>> {
    let mut sources = Vec::new();
    lines(&folder.join("tm.tsv"), |columns| {
        sources.extend(columns.get(1).map(|source| (*source).to_owned()));
        columns.len() == 3
    })?;
    Ok(sources)
}

/// The texts of the first queries, at most so many. Their kinds alternate, so that a few are a sample of all.
pub(crate) fn queries(folder: &Path, most: usize) -> Result<Vec<String>> {
    let mut queries = Vec::new();
    lines(&folder.join("queries.tsv"), |columns| {
        queries.extend(columns.get(3).map(|text| (*text).to_owned()));
        columns.len() == 4
    })?;
    queries.truncate(most);
    Ok(queries)
}

fn lines(path: &Path, mut take: impl FnMut(&[&str]) -> bool) -> Result<()> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    for (number, line) in text.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        if !take(&columns) {
            return Err(format!("{}:{}: too few columns", path.display(), number + 1).into());
        }
    }
    Ok(())
}

/// Where tarjuman's memory of a folder is.
pub(crate) fn memory(folder: &Path) -> PathBuf {
    folder.join("memory.sqlite")
}

/// Makes tarjuman's memory of a folder if it is not there; what that took, if it was made.
pub(crate) fn make_memory(folder: &Path) -> Result<Option<Took>> {
    let path = memory(folder);
    if path.exists() {
        return Ok(None);
    }
    let files = [folder.join("tm.tmx")];
    let (done, took) = timed(|| {
        transfer::import_files(
            &path,
            &files,
            &transfer::ImportAs::default(),
            AT,
            &mut |_, _| Ok(()),
        )
    });
    done?;
    Ok(Some(took))
}
