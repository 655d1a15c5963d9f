//! Names: where they stand in a text, how alike two of them sound, and where a translation has the same one.
//!
//! Names are neither words, which are translated, nor values, which are converted: they are written down again as they sound. [`names`] finds
//! them where a language shows them, by capitals or by titles; [`likeness`] holds two spellings against each other, whatever their scripts;
//! [`rendering`] finds in a translation what a name has become.
//!
//! Read `likeness.rs` for the sounds, `titles.rs` for the lists of words, `runs.rs` for how a text is cut, `find.rs` and `rendering.rs`
//! for the two searches.

mod find;
mod likeness;
mod rendering;
mod runs;
mod titles;

pub use find::{Name, names};

pub(crate) use likeness::Sound;
pub use likeness::likeness;
pub use rendering::rendering;

use crate::text::language::Language;

/// The ways in which a word of a text can be heard as a name: as it stands, and without what its language may have hung on it.
pub(crate) fn heard(word: &str, language: &Language) -> Vec<Sound> {
    rendering::ways(word, language)
        .map(|(sound, _)| sound)
        .collect()
}
