//! odt: any bytes are a document or an error, and so is any XML as the content of one. What was read can be written with its own words,
//! for a language of either direction, and what was written is read again with the same words.

#![no_main]

use std::io::{Cursor, Write};
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::document::{Document, ReadOptions};
use tarjuman::text::language::Language;
use tarjuman::unit::Segment;

fn package(xml: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("mimetype", &b"application/vnd.oasis.opendocument.text"[..]), ("content.xml", xml)] {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name, options).expect("a vector can be written to");
        writer.write_all(bytes).expect("a vector can be written to");
    }
    writer.finish().expect("a vector can be written to").into_inner()
}

fn read(bytes: Vec<u8>) -> Option<Document> {
    Document::from_bytes(bytes, Path::new("letter.odt"), &ReadOptions::default()).ok()
}

fn texts(document: &Document) -> Vec<Segment> {
    document.blocks.iter().map(|block| block.content.clone()).collect()
}

fuzz_target!(|bytes: &[u8]| {
    for bytes in [bytes.to_vec(), package(bytes)] {
        let Some(document) = read(bytes) else { continue };
        let own = texts(&document);
        for tag in ["fa", "sq"] {
            let language = Language::parse(tag).expect("it is a language");
            let written = document.write(&own, &language).expect("its own words can be written");
            let again = read(written.bytes).expect("what was written can be read");
            let words = |segments: &[Segment]| -> Vec<String> {
                segments.iter().map(|segment| segment.text.clone()).collect()
            };
            assert_eq!(words(&texts(&again)), words(&own));
        }
    }
});
