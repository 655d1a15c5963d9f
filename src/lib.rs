//! A translation memory for letters and articles published in English, Persian, Arabic and Albanian.
//!
//! The library is a house of floors; each file uses only floors below its own. Read them in this order:
//!
//! 1. [`error`]: what can go wrong.
//! 2. [`text`]: characters, words, languages; the keys that texts are compared by.
//! 3. [`segment`]: a paragraph is cut into segments.
//! 4. [`unit`](mod@unit): a segment with its inline codes; the translation unit that holds it in every language.
//! 5. [`memory`]: what a memory keeps and promises; the one in SQLite.
//! 6. [`leverage`]: what a memory knows about a segment, how sure that is, and why.
//! 7. [`align`]: editions of one text, published apart, are brought together.
//! 8. [`check`]: what may be wrong with a translation.
//! 9. [`formats`]: files in and out: documents, files with translations, memories.
//! 10. [`app`]: the operations, as functions from data to data.
//!
//! The library never prints, never reads the environment, the home folder or the clock: time and paths are arguments.
//! The program `tarjuman` stands on it and uses its public items only.
//!
//! ```
//! use tarjuman::segment::Segmenter;
//! use tarjuman::text::language::Language;
//!
//! let albanian = Segmenter::new(&Language::parse("sq")?);
//! let cut = albanian.segments("I nderuar z. Çelëza! A erdhi letra, d.m.th. nr. 14? Po.");
//! assert_eq!(cut, ["I nderuar z. Çelëza!", "A erdhi letra, d.m.th. nr. 14?", "Po."]);
//! # Ok::<(), tarjuman::error::Error>(())
//! ```

pub mod align;
pub mod app;
pub mod check;
pub mod error;
pub mod formats;
pub mod leverage;
pub mod memory;
pub mod segment;
pub mod text;
pub mod unit;
