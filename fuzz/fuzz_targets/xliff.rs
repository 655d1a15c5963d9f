//! XLIFF: any bytes are a file or an error; a file that is filled in is a file with the same sources.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::bilingual::{Alternative, BilingualFile, Filling};
use tarjuman::formats::xliff::XliffState;
use tarjuman::text::language::Language;

fuzz_target!(|bytes: &[u8]| {
    let name = Path::new("letter.xlf");
    let Ok(file) = BilingualFile::from_bytes(bytes, name) else { return };
    let states = [XliffState::Exact, XliffState::Fuzzy, XliffState::Ambiguous, XliffState::Approved];
    let fillings: Vec<Filling> = file
        .pairs
        .iter()
        .enumerate()
        .map(|(index, pair)| {
            let mut target = pair.source.clone();
            target.text.push_str(" & ی");
            Filling {
                alternatives: vec![Alternative {
                    score: 80,
                    origin: "letters".to_owned(),
                    source: pair.source.clone(),
                    target: target.clone(),
                }],
                target: Some((target, states[index % 4])),
                note: Some("<note>".to_owned()),
            }
        })
        .collect();
    let language = file.target.clone().unwrap_or(Language::from_file("fa"));
    // Codes and markers that run across segments may leave no way to fill one of them; then nothing is written.
    let Ok(filled) = file.fill(&fillings, &language) else { return };
    let again = BilingualFile::from_bytes(&filled, name).expect("what was filled in can be read");
    let sources = |file: &BilingualFile| -> Vec<String> {
        file.pairs.iter().map(|pair| pair.source.text.clone()).collect()
    };
    assert_eq!(sources(&again), sources(&file));
});
