//! Characters, words, languages: what every floor above takes for granted.
//!
//! Read [`language`] for tags and directions, [`recognise`] for guessing which language a text is in, [`fold`] for the
//! keys that texts are compared by (the only place where text is folded), [`tokens`] for words and numbers, [`values`] for what numbers,
//! dates, times and amounts mean in every edition, [`names`] for where names stand and how they sound, [`stem`] and [`keys`] for what a segment is found by.

pub mod fold;
pub mod keys;
pub mod language;
pub mod names;
pub mod recognise;
pub mod stem;
pub mod tokens;
pub mod values;
pub mod words;

pub use values::dates;
