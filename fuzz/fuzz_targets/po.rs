//! PO: any bytes are a catalogue or an error; a catalogue that is filled in is one with the same messages.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::bilingual::{Alternative, BilingualFile, Filling};
use tarjuman::formats::xliff::XliffState;
use tarjuman::text::language::Language;
use tarjuman::unit::Segment;

fuzz_target!(|bytes: &[u8]| {
    let name = Path::new("messages.po");
    let Ok(file) = BilingualFile::from_bytes(bytes, name) else { return };
    let fillings: Vec<Filling> = file
        .pairs
        .iter()
        .enumerate()
        .map(|(index, pair)| Filling {
            target: Some((
                Segment::plain(format!("{} \"\\ ی", pair.source.text)),
                if index % 2 == 0 { XliffState::Exact } else { XliffState::Fuzzy },
            )),
            alternatives: vec![Alternative {
                score: 80,
                origin: "letters".to_owned(),
                source: Segment::plain("like\nit"),
                target: Segment::plain("مانند"),
            }],
            note: None,
        })
        .collect();
    let language = file.target.clone().unwrap_or(Language::from_file("fa"));
    let filled = file.fill(&fillings, &language).expect("a catalogue can hold any text");
    let again = BilingualFile::from_bytes(&filled, name).expect("what was filled in can be read");
    let sources = |file: &BilingualFile| -> Vec<String> {
        file.pairs.iter().map(|pair| pair.source.text.clone()).collect()
    };
    assert_eq!(sources(&again), sources(&file));
});
