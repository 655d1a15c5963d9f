//! Files in and out: one room a format. None of them knows a memory.
//!
//! Readers are strict about what would lose text (a file cut short, bytes that are no characters, characters that XML
//! forbids) and patient with everything else: they return what was readable and a list of [`Problem`]s with lines, and the
//! caller decides. Writers write to any [`std::io::Write`]; [`write_whole`] makes a file of that which is there whole or not at all.
//!
//! - [`document`]: a text in one language, taken apart into blocks and put together again: plain text, Markdown, HTML, docx, odt, subtitles.
//! - [`bilingual`]: segments beside their translations.
//! - [`tmx`]: TMX 1.4, the exchange format of translation memories.
//! - [`bead_list`]: beads as aligners exchange them, without the texts.
//! - [`beads`]: editions and what belongs together in them, for an editor.
//! - [`xliff`]: XLIFF 1.0 to 2.2, a document on its way through translation.
//! - [`po`]: messages of GNU gettext.
//! - [`pairs`]: pairs in a table, a line each.
//! - [`input`]: files as they are handed in, packed or not.
//! - [`omegat`]: projects of OmegaT.
//!
//! [`Problem`]: crate::error::Problem

pub mod bead_list;
pub mod beads;
mod bidi;
pub mod bilingual;
mod charset;
mod decode;
pub mod document;
mod docx;
mod html;
mod in_place;
pub mod input;
mod markdown;
mod nesting;
mod odt;
pub mod omegat;
mod package;
pub mod pairs;
mod part;
mod plain;
pub mod po;
mod recognise;
mod srt;
pub mod srx;
pub mod tmx;
mod tree;
pub mod xliff;
mod xml;

pub use charset::utf8;
pub use recognise::Format;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Writes a file so that it is there whole or not at all: beside its place first, then renamed. What is no regular file (a
/// device, a pipe) is written to directly.
///
/// # Errors
/// What `write` returns, or what the system says of the folder or the space. The file is then as it was before.
pub fn write_whole(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    stage(path, write)?.keep()
}

/// A file that is written and does not have its name yet. Dropped, it was never there.
#[must_use = "a staged file is gone unless it is kept"]
pub struct Staged {
    path: PathBuf,
    target: PathBuf,
    /// What was written; nothing for what is no regular file, since that is written to directly.
    beside: Option<tempfile::NamedTempFile>,
}

/// Writes a file beside its place, so that several can be written before any is kept.
///
/// # Errors
/// As for [`write_whole`].
pub fn stage(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<Staged> {
    let said = |error: io::Error| Error::io(path, "write", &error);
    let written = |error: Error| error.at(path);
    if fs::metadata(path).is_ok_and(|file| !file.is_file()) {
        if path.is_dir() {
            return Err(Error::request("this is a folder; a file is wanted").at(path));
        }
        let mut out = BufWriter::new(
            fs::OpenOptions::new()
                .write(true)
                .open(path)
                .map_err(said)?,
        );
        write(&mut out).map_err(written)?;
        out.flush().map_err(said)?;
        return Ok(Staged {
            path: path.to_path_buf(),
            target: path.to_path_buf(),
            beside: None,
        });
    }
    let target = behind_link(path);
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let message = format!("there is no folder {}", folder.display());
        return Err(Error::new(ErrorKind::Io, message).at(path));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tarjuman-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Like any new file; the system takes off what the user's umask forbids.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // The passing name would only puzzle whoever reads the error.
    let beside = builder
        .tempfile_in(folder)
        .map_err(|error| said(error.kind().into()))?;
    if let Ok(old) = fs::metadata(&target) {
        // A file that is replaced keeps its permissions.
        fs::set_permissions(beside.path(), old.permissions()).map_err(said)?;
    }
    let mut out = BufWriter::new(beside);
    write(&mut out).map_err(written)?;
    let beside = out.into_inner().map_err(|error| said(error.into_error()))?;
    // On disk before it has the name: after a crash the file is the old one or the new one.
    beside.as_file().sync_all().map_err(said)?;
    Ok(Staged {
        path: path.to_path_buf(),
        target,
        beside: Some(beside),
    })
}

impl Staged {
    /// Gives the file its name.
    ///
    /// # Errors
    /// If the system does not allow it.
    pub fn keep(self) -> Result<()> {
        match self.beside {
            Some(beside) => beside
                .persist(&self.target)
                .map_err(|error| Error::io(&self.path, "write", &error.error))
                .map(|_| ()),
            None => Ok(()),
        }
    }
}

/// The file that a path names: a link is followed, so that the file behind it is replaced and not the link, also one to a file
/// that is not there yet.
fn behind_link(path: &Path) -> PathBuf {
    if let Ok(there) = fs::canonicalize(path) {
        return there;
    }
    match fs::read_link(path) {
        Ok(link) => path.parent().unwrap_or(Path::new("")).join(link),
        Err(_) => path.to_path_buf(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("letter.txt");
        let put = |out: &mut dyn Write, text: &str| {
            out.write_all(text.as_bytes())
                .map_err(|error| Error::output(&error))
        };
        write_whole(&path, |out| put(out, "e vjetra")).unwrap();
        let error = write_whole(&path, |out| {
            put(out, "half")?;
            Err(Error::output(&io::Error::other("no space")))
        });
        assert!(error.unwrap_err().to_string().contains("no space"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "e vjetra");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
