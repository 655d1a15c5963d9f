//! Values: those of any text stand on boundaries, in order, mean something, and each is the same as itself; one that is written as it
//! stands reads back as what it was. Two of them are the same, and conversions of each other, both ways or neither.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::text::language::Language;
use tarjuman::text::values::write::{Written, rewrite, write};
use tarjuman::text::values::{Style, says, values};

fuzz_target!(|text: &str| {
    for tag in ["en", "fa", "ar", "ar-LB", "sq", "de"] {
        let language = Language::from_file(tag);
        let found = values(text, &language);
        let mut end = 0;
        for value in &found {
            assert!(end <= value.place.start && value.place.start < value.place.end);
            end = value.place.end;
            assert!(text.get(value.place.clone()).is_some());
            assert!(!value.readings.is_empty());
            assert!(value.is_same(value) && !value.is_conversion_of(value));
            let _ = (value.weekday_fits(), says(text.get(..200).unwrap_or(text), &language, value));
            // The ones beside it are enough, or a text of nothing but numbers would take for ever.
            for other in found.iter().take(8) {
                assert_eq!(value.is_same(other), other.is_same(value));
                assert_eq!(value.is_conversion_of(other), other.is_conversion_of(value));
                assert_eq!(value.explained_by(other).is_some(), value.is_same(other));
            }
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
