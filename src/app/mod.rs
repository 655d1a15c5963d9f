//! The operations, as functions from data to data. Nothing here prints, asks the clock or looks at the environment: times are
//! arguments, progress goes to a function that the caller hands in ([`crate::error::Progress`]).
//!
//! - [`letter`]: a document, cut into segments, and put together again with others in their place.
//! - [`transfer`]: files into a memory; [`unit_source`]: such files, opened.
//! - [`export`]: files out of a memory.
//! - [`pretranslate`]: what the memory knows of a letter, segment by segment, and how much that is.
//! - [`merge`]: a translated XLIFF back into its document.
//! - [`report`]: the same to look at in a browser.
//! - [`editions`]: editions of one text into beads, and beads into units.
//! - [`furniture`]: what stands on page after page of a site around its texts.
//! - [`bead_files`]: beads into files of other tools.
//! - [`given_beads`]: beads out of such files, held against the text.
//! - [`check`]: what may be wrong with the translations of files, memories and editions.
//! - [`lexicon`]: what a memory knows of words, for the aligner.

pub mod bead_files;
pub mod check;
pub mod editions;
pub mod export;
pub mod furniture;
pub mod given_beads;
pub mod letter;
pub mod lexicon;
pub mod merge;
pub mod pretranslate;
pub mod report;
pub mod transfer;
pub mod unit_source;
