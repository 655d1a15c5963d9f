//! A paragraph is cut into segments: sentences, headings, list items, lines of an address.
//!
//! A segment ends after a terminator with its closing quotes and brackets, before white space. Whether it does is decided at
//! each such place by looking at the word before and the word after (`rules`); what those words mean in a language is
//! data (`profile`). A language without a profile is cut at the sentence boundaries of UAX #29.
//!
//! White space at a cut belongs to neither segment, so that segments and the gaps between them give back the paragraph
//! byte for byte.

mod profile;
mod rules;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::language::Language;
use profile::Profile;

/// Cuts paragraphs of one language into segments.
#[derive(Clone, Debug)]
pub struct Segmenter {
    profile: Option<&'static Profile>,
}

impl Segmenter {
    /// The segmenter for a language; regions and scripts make no difference.
    pub fn new(language: &Language) -> Self {
        Segmenter {
            profile: Profile::of(language),
        }
    }

    /// Whether the language has rules of its own. If not, it is cut by UAX #29, which knows no abbreviations.
    pub fn has_profile(&self) -> bool {
        self.profile.is_some()
    }

    /// The places of the segments in a paragraph, in bytes, in order, without the white space around them.
    ///
    /// A line break in the paragraph is white space like any other.
    pub fn cut(&self, paragraph: &str) -> Vec<Range<usize>> {
        match self.profile {
            Some(profile) => rules::cut(paragraph, profile),
            None => paragraph
                .split_sentence_bound_indices()
                .filter_map(|(start, piece)| trimmed(start, piece))
                .collect(),
        }
    }

    /// The segments of a paragraph.
    ///
    /// ```
    /// # use tarjuman::{segment::Segmenter, text::language::Language};
    /// let persian = Segmenter::new(&Language::parse("fa")?);
    /// assert_eq!(persian.segments("د. احمدی آمد. «چه کسی؟» پرسید مادر."), ["د. احمدی آمد.", "«چه کسی؟» پرسید مادر."]);
    /// # Ok::<(), tarjuman::error::Error>(())
    /// ```
    pub fn segments<'a>(&self, paragraph: &'a str) -> Vec<&'a str> {
        let places = self.cut(paragraph).into_iter();
        places.filter_map(|place| paragraph.get(place)).collect()
    }
}

/// The place of a piece without the white space at its ends; `None` if nothing is left.
fn trimmed(start: usize, piece: &str) -> Option<Range<usize>> {
    let inner = piece.trim_start();
    let start = start + (piece.len() - inner.len());
    let inner = inner.trim_end();
    (!inner.is_empty()).then(|| start..start + inner.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn segmenter(tag: &str) -> Segmenter {
        Segmenter::new(&Language::parse(tag).unwrap())
    }

    /// Cases are written with `|` where a cut belongs.
    fn check(tag: &str, marked: &str) {
        let wanted: Vec<&str> = marked.split('|').collect();
        let paragraph = wanted.join(" ");
        assert_eq!(segmenter(tag).segments(&paragraph), wanted, "{tag}");
    }

    #[test]
    fn english() {
        check(
            "en",
            "Dear Mr. Çelëza, thank you.|We met Dr. A. B. Stone.|Fine.",
        );
        check(
            "en",
            "See No. 14 and pp. 12–18, i.e. all of it.|No.|I said no.",
        );
        check(
            "en",
            "Bring pens, paper, etc. if you can.|Bring pens, etc.|The rest is here.",
        );
        check(
            "en",
            "Come at 6 p.m. on Friday.|Come at 6 p.m.|Doors open early.",
        );
        check("en", "“The lamp was lit.|Nobody had gone.”|He left.");
        check(
            "en",
            "“Who keeps the key?” she asked.|“Stop!” Tom shouted.|“Stop!”|Tom ran.",
        );
        check("en", "1. Bring a book.|Bring two.");
        check("en", "Wait… who is there?|Wait...|Who is there?");
        check("en", "He came (late!) and left.|(He came.)|He left.");
        check("en", "P.S. The key is here.");
    }

    #[test]
    fn persian() {
        check("fa", "آقای چلزا آمد.|د. احمدی و م. امید رفتند؟|بله!");
        check("fa", "«کلید پیش کیست؟» پرسید مادر.|رفت.");
        check(
            "fa",
            "«کلید پیش کیست؟» استاد پرسید.|«پیش کیست؟»|پاسخ ساده است.",
        );
        check("fa", "«چراغ روشن بود.|کسی نرفته بود.»|او رفت.");
        check("fa", "ر.ک. ص. ۴۵ و ج. ۲ کتاب.|۱۲٫۵ درصد.");
        check("fa", "در سال ۱۴۰۳ ه.ش. ساخته شد.|این خانه است.");
        check("fa", "کتاب، دفتر و… آوردند.|دیگر هیچ…|رفتند.");
        check("fa", "۱. کتاب بیاورید.|دفتر هم.");
        check("fa", "پ.ن. کلید این‌جاست.");
        check("fa", "آقای ع.\u{200F} رضایی آمد.|با د۔ احمدی رفت۔|بله.");
    }

    #[test]
    fn arabic() {
        check("ar", "حضر د. أحمد وأ.د. سلمى.|هل جاؤوا؟|نعم!");
        check("ar", "«من معه المفتاح؟» سألت الأم.|ذهب.");
        check("ar", "«أين هو؟» سألني.|وزنها ٦٤٫٥ كغ.|ويمكنكم تسلّمها.");
        check("ar", "«كان المصباح مضاءً.|لم يذهب أحد.»|ثم خرج.");
        check("ar", "في سنة ١٤٤٦ هـ. افتتحت الدار.|انظر ص. ٤٥.");
        check("ar", "أقلام ودفاتر إلخ.|تجدون البرنامج هنا.");
        check("ar", "أ. كتاب واحد.");
    }

    #[test]
    fn albanian() {
        check("sq", "I nderuar z. Çelëza, erdhi dr. Lërëza.|Po!");
        check(
            "sq",
            "Shih fq. 12, nr. 14 dhe shek. XX, p.sh. këtu.|Nr. 14 u dha.",
        );
        check("sq", "Erdhi Gj. Xh. Përparimi.|Iku.");
        check(
            "sq",
            "Laps, fletore etj. që duhen.|Laps, fletore etj.|Më duhen.",
        );
        check("sq", "– Ku? – pyeti ai.|– Këtu.");
        check(
            "sq",
            "„Kush e mban çelësin?” pyeti ajo.|„Drita ishte ndezur.|Askush s’kishte ikur.“|Ai iku.",
        );
        check("sq", "P.S. Çelësi është këtu.");
    }

    #[test]
    fn another_language_is_cut_by_uax_29() {
        assert!(!segmenter("de").has_profile());
        check("de", "Guten Tag!|Wie geht es?");
    }

    proptest! {
        #[test]
        fn segments_and_gaps_give_back_the_paragraph(
            text in "[a-zA-ZëÇآبپد0-9۰-۹ .!?؟…»«\"“”()\\-–\u{200C}\u{200F}\u{a0}\n]{0,80}",
            tag in prop::sample::select(vec!["en", "fa", "ar", "sq", "de"]),
        ) {
            let mut end = 0;
            for place in segmenter(tag).cut(&text) {
                prop_assert!(place.start >= end && place.start < place.end);
                let gap = text.get(end..place.start).unwrap();
                prop_assert!(gap.chars().all(char::is_whitespace));
                let segment = text.get(place.clone()).unwrap();
                prop_assert_eq!(segment.trim(), segment);
                end = place.end;
            }
            prop_assert!(text.get(end..).unwrap().chars().all(char::is_whitespace));
        }

        #[test]
        fn any_text_is_cut(text in any::<String>(), tag in prop::sample::select(vec!["en", "fa", "ar", "sq", "de"])) {
            let _ = segmenter(tag).cut(&text);
        }
    }
}
