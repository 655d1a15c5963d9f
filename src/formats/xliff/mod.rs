//! XLIFF 1.0 to 2.2 (OASIS): documents on their way through translation.
//!
//! Files that come in are read as [`BilingualFile`]s and filled in; what is not filled stays byte for byte. Files of 2.0 and later
//! are held against the standard and refused if they break it; files of 1.x are refused only if their
//! structure cannot be understood. A document of ours is written by [`write()`], in 1.2 or later, and units of a memory by [`XliffWriter`].
//!
//! States say what happened and nothing more. What the memory knows exactly is `translated`, what only resembles it is for
//! review, and what it does not know has no target at all, because many tools take any target for a translation. Approval is
//! left to people unless somebody asks for it. Every match is beside its unit.

mod check;
mod fragment;
mod inline;
mod modules;
mod read12;
mod read20;
mod schema;
mod write;

pub use write::{XliffFile, XliffHead, XliffUnit, XliffVersion, XliffWriter, write};

use super::bilingual::BilingualFile;
use super::tree::{self, Said};
use crate::error::{Error, Result};

/// The namespaces of the core of 2.x.
const CORE: [&str; 2] = [
    "urn:oasis:names:tc:xliff:document:2.0",
    "urn:oasis:names:tc:xliff:document:2.2",
];

/// What happened to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XliffState {
    /// The memory knows exactly this segment, and whoever asked for it wants it approved.
    Approved,
    /// The memory knows exactly this segment.
    Exact,
    /// The memory knows exactly this segment, with several translations; one was put in.
    Ambiguous,
    /// The memory knows this segment with other values, and the target has been given these.
    Repaired,
    /// The memory knows a segment like it.
    Fuzzy,
}

impl XliffState {
    /// State and qualifier in 1.2.
    fn attributes(self) -> (&'static str, &'static str) {
        match self {
            XliffState::Approved | XliffState::Exact => ("translated", "exact-match"),
            XliffState::Ambiguous => ("needs-review-translation", "exact-match"),
            XliffState::Repaired | XliffState::Fuzzy => ("needs-review-translation", "fuzzy-match"),
        }
    }

    /// State and sub-state in 2.x.
    fn attributes_of_two(self) -> (&'static str, &'static str) {
        match self {
            XliffState::Approved => ("reviewed", "tarjuman:exact-match"),
            XliffState::Exact => ("translated", "tarjuman:exact-match"),
            XliffState::Ambiguous => ("initial", "tarjuman:ambiguous-match"),
            XliffState::Repaired => ("initial", "tarjuman:repaired-match"),
            XliffState::Fuzzy => ("initial", "tarjuman:fuzzy-match"),
        }
    }
}

/// Reads a file of any version.
pub(super) fn read(bytes: &[u8]) -> Result<BilingualFile> {
    let (text, problems) = tree::decode(bytes)?;
    let has_mark = bytes.starts_with(b"\xEF\xBB\xBF");
    let mut file = read_text(&text, has_mark)?;
    file.problems.extend(problems);
    Ok(file)
}

fn read_text(text: &str, has_mark: bool) -> Result<BilingualFile> {
    let tree = tree::parse(text)?;
    let root = tree.root_element();
    let line = tree::line_of(&tree, root);
    if root.tag_name().name() != "xliff" {
        let message = format!("this is no XLIFF: its root is <{}>", root.tag_name().name());
        return Err(Error::input(message).on_line(line));
    }
    let version = root.said("version").unwrap_or_default();
    let is_two = root
        .tag_name()
        .namespace()
        .is_some_and(|uri| CORE.contains(&uri));
    match version.split('.').next() {
        _ if is_two => read20::read(text, has_mark),
        Some("2") => {
            let error = Error::input("this is XLIFF 2 without the namespace of XLIFF 2");
            Err(error.on_line(line))
        }
        Some("1" | "") | None => read12::read(text, has_mark),
        Some(_) => {
            let message = format!("the version “{version}” of XLIFF is not known");
            Err(Error::input(message).on_line(line))
        }
    }
}

fn has_text(text: &str) -> bool {
    !text.trim().is_empty()
}

/// Whether two tags name one language; case says nothing in them.
fn same_language(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests;
