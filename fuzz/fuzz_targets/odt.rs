//! odt: any bytes are a document or an error, and so is any XML as the content of one.

#![no_main]

mod office;

use libfuzzer_sys::fuzz_target;
use office::{archive, own_words_come_back};

const TYPE: &[u8] = b"application/vnd.oasis.opendocument.text";

fuzz_target!(|bytes: &[u8]| {
    let packed = archive(&[("mimetype", TYPE), ("content.xml", bytes)]);
    for bytes in [bytes.to_vec(), packed] {
        own_words_come_back(bytes, "letter.odt");
    }
});
