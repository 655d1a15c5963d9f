//! Subtitles: a text that is written with its own blocks is the same text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::path::Path;
use tarjuman::formats::Format;
use tarjuman::formats::document::{Document, ReadOptions};
use tarjuman::text::language::Language;

fuzz_target!(|text: &str| {
    let bytes = text.as_bytes().to_vec();
    let Ok(document) = Document::from_bytes(bytes, Path::new("a.srt"), &ReadOptions::default()) else { return };
    let own: Vec<_> = document.blocks.iter().map(|block| block.content.clone()).collect();
    let language = Language::parse("fa").expect("it is a language");
    let out = document.write(&own, &language).expect("what was read can be written").bytes;
    // What is recognised by its content is another format's affair.
    if document.format == Format::Srt {
        assert_eq!(out, text.as_bytes());
    }
});
