//! What docx and odt have in common: whatever is read as a document can be written with its own words, for a language of either direction, and
//! what was written is read again with the same words.

use std::io::{Cursor, Write};
use std::path::Path;

use tarjuman::formats::document::{Document, ReadOptions};
use tarjuman::text::language::Language;

/// An archive of some members, packed as they are.
pub(crate) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(*name, options).expect("a vector can be written to");
        writer.write_all(bytes).expect("a vector can be written to");
    }
    writer.finish().expect("a vector can be written to").into_inner()
}

/// Holds the law for bytes that may be a document of a name.
pub(crate) fn own_words_come_back(bytes: Vec<u8>, name: &str) {
    let read = |bytes: Vec<u8>| Document::from_bytes(bytes, Path::new(name), &ReadOptions::default());
    let Ok(document) = read(bytes) else { return };
    let own: Vec<_> = document.blocks.iter().map(|block| block.content.clone()).collect();
    for tag in ["fa", "sq"] {
        let language = Language::parse(tag).expect("it is a language");
        let written = document.write(&own, &language).expect("its own words can be written");
        let again = read(written.bytes).expect("what was written can be read");
        let words: Vec<&str> = again.blocks.iter().map(|block| block.content.text.as_str()).collect();
        let wanted: Vec<&str> = own.iter().map(|segment| segment.text.as_str()).collect();
        assert_eq!(words, wanted);
    }
}
