//! Values: those of any text stand on boundaries, in order, and each is the same as itself; one that is written as it stands reads back
//! as what it was.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::text::language::Language;
use tarjuman::text::values::write::{Written, rewrite, write};
use tarjuman::text::values::{Style, values};

fuzz_target!(|text: &str| {
    for tag in ["en", "fa", "ar", "ar-LB", "sq", "de"] {
        let language = Language::from_file(tag);
        let found = values(text, &language);
        let mut end = 0;
        for value in &found {
            assert!(end <= value.place.start && value.place.start < value.place.end);
            end = value.place.end;
            assert!(text.get(value.place.clone()).is_some());
            assert!(value.is_same(value));
            let written = Written { value, text };
            if let Some(again) = rewrite(written, written, &language) {
                let (before, after) = (&text[..value.place.start], &text[value.place.end..]);
                let changed = format!("{before}{again}{after}");
                let reread = values(&changed, &language);
                assert!(reread.iter().any(|other| other.place.start == value.place.start && other.is_same(value)));
            }
            let _ = write(value, &language, &Style::of(&language));
        }
        let _ = Style::learnt_from([text], &language);
    }
});
