//! A member of an archive that is XML.

use super::package::Package;
use super::tree;
use crate::error::{Error, Result};

/// A member of an archive, as text.
#[derive(Debug)]
pub(super) struct Part {
    /// Its name in the archive.
    pub(super) name: String,
    /// What it holds.
    pub(super) text: String,
    /// Whether it began with a byte order mark.
    has_mark: bool,
}

impl Part {
    /// Reads a member; `None` if there is none of that name.
    pub(super) fn read(package: &Package, name: &str) -> Result<Option<Self>> {
        let Some(bytes) = package.read(name)? else {
            return Ok(None);
        };
        let (text, _) =
            tree::decode(&bytes).map_err(|error| Error::input(format!("in {name}: {error}")))?;
        Ok(Some(Part {
            name: name.to_owned(),
            text,
            has_mark: bytes.starts_with(b"\xEF\xBB\xBF"),
        }))
    }

    /// Its tree.
    pub(super) fn parse(&self) -> Result<roxmltree::Document<'_>> {
        tree::parse(&self.text).map_err(|error| Error::input(format!("in {}: {error}", self.name)))
    }

    /// The member with another text, as [`Package::with`] takes it; `None` if the text is the same.
    pub(super) fn with(&self, text: &str) -> Option<(String, Vec<u8>)> {
        (text != self.text).then(|| (self.name.clone(), tree::encode(text, self.has_mark)))
    }
}
