//! A user's rules of segmentation: what is read can be used or is refused, a text is cut by them and given back, and what is
//! written is read as the same rules.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use tarjuman::formats::srx;
use tarjuman::segment::{RuleSource, Segmentation, Segmenter};
use tarjuman::text::language::Language;

const TEXT: &str = "Mr. A. said no. “Why?” See p. 5! آیا آمد؟ بله. I nderuar z. Çelëza! Po…\nJo.";

fuzz_target!(|bytes: &[u8]| {
    let Ok(rules) = srx::read_from(bytes) else { return };
    let mut written = Vec::new();
    srx::write(&rules, &mut written).expect("a vector takes everything");
    if let Ok(mut again) = srx::read_from(written.as_slice()) {
        // The lines are those of the file that was written.
        for (rule, old) in again.language_rules.iter_mut().flat_map(|named| &mut named.rules).zip(
            rules.language_rules.iter().flat_map(|named| &named.rules),
        ) {
            rule.line = old.line;
        }
        assert_eq!(again.language_rules, rules.language_rules);
    }
    let segmentation = Segmentation { rules: RuleSource::Srx(Arc::new(rules)), ..Segmentation::default() };
    for tag in ["en", "sq-AL"] {
        let Ok(segmenter) = Segmenter::with(&Language::from_file(tag), &segmentation) else { continue };
        let mut end = 0;
        for place in segmenter.cut(TEXT) {
            assert!(TEXT.get(end..place.start).expect("places are on boundaries, in order").chars().all(char::is_whitespace));
            end = place.end;
        }
    }
});
