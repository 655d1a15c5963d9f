//! docx: any bytes are a document or an error, and so is any XML as the main part of one.

#![no_main]

mod office;

use libfuzzer_sys::fuzz_target;
use office::{archive, own_words_come_back};

const TYPES: &str = "<Types><Override PartName=\"/d.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

fuzz_target!(|bytes: &[u8]| {
    let packed = archive(&[("[Content_Types].xml", TYPES.as_bytes()), ("d.xml", bytes)]);
    for bytes in [bytes.to_vec(), packed] {
        own_words_come_back(bytes, "letter.docx");
    }
});
