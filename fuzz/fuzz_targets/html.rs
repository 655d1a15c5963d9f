//! Pages: any text is blocks or an error, and is written again with them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use tarjuman::formats::document::{Document, ReadOptions};
use tarjuman::text::language::Language;

fuzz_target!(|text: &str| {
    let bytes = text.as_bytes().to_vec();
    let Ok(document) = Document::from_bytes(bytes, Path::new("a.html"), &ReadOptions::default()) else { return };
    let own: Vec<_> = document.blocks.iter().map(|block| block.content.clone()).collect();
    let language = Language::parse("fa").expect("it is a language");
    let out = document.write(&own, &language).expect("what was read can be written").bytes;
    Document::from_bytes(out, Path::new("a.html"), &ReadOptions::default()).expect("what was written can be read");
});
