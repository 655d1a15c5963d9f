//! Lists of beads: any text is read or refused, and what passes the check names no segment twice and none that there is not.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::bead_list::{check, json, ladder, table};
use tarjuman::text::language::Language;

fuzz_target!(|text: &str| {
    let languages = ["en", "fa"].map(|tag| Language::parse(tag).expect("a known language"));
    for read in [ladder::read(text, (4, 3)), table::read(text, &languages), json::read(text, &languages)] {
        let Ok(beads) = read else { continue };
        if check(&beads, &[4, 3]).is_err() {
            continue;
        }
        for (edition, count) in [4, 3].into_iter().enumerate() {
            let mut all: Vec<usize> = beads.iter().flat_map(|bead| bead.segments[edition].clone()).collect();
            let named = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), named);
            assert!(all.iter().all(|segment| *segment < count));
        }
    }
});
