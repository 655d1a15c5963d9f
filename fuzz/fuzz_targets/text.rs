//! Plain text, segmentation and folds: any text is cut, its segments and gaps give it back, folding twice changes nothing, and
//! the same text has the same keys.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::plain::PlainText;
use tarjuman::segment::Segmenter;
use tarjuman::text::fold::identity;
use tarjuman::text::keys::Keys;
use tarjuman::text::language::Language;

fuzz_target!(|text: &str| {
    let plain = PlainText::new(text);
    let paragraphs: Vec<_> = plain.paragraphs().collect();
    assert_eq!(plain.with_paragraphs(paragraphs.iter().copied()), text);
    for tag in ["en", "fa", "ar", "sq", "de"] {
        let language = Language::from_file(tag);
        let segmenter = Segmenter::new(&language);
        for paragraph in &paragraphs {
            let mut end = 0;
            for place in segmenter.cut(paragraph) {
                let gap = paragraph.get(end..place.start).expect("places are on boundaries, in order");
                assert!(gap.chars().all(char::is_whitespace));
                end = place.end;
            }
            let once = identity(paragraph, &language);
            assert_eq!(identity(&once, &language), once);
            assert_eq!(Keys::of(&once, &language), Keys::of(paragraph, &language));
        }
    }
});
