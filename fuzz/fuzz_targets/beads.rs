//! Files of beads: any text is read or refused; what was read is the same after being written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::beads::{read, write};

fuzz_target!(|text: &str| {
    let Ok(file) = read(text) else { return };
    let mut out = Vec::new();
    write(&file, &mut out).expect("a vector can be written to");
    let again = read(&String::from_utf8(out).expect("text is written")).expect("what was written can be read");
    let bare = |file: &tarjuman::formats::beads::BeadsFile| -> Vec<(String, Vec<(Vec<u32>, String)>)> {
        let editions = file.editions.iter();
        editions
            .map(|edition| {
                let segments = edition.segments().map(|one| (one.units.iter().copied().collect(), one.text.clone()));
                (edition.language.to_string(), segments.collect())
            })
            .collect()
    };
    assert_eq!(bare(&again), bare(&file));
});
