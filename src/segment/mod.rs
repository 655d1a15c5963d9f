//! A paragraph is cut into segments: sentences, headings, list items, lines of an address.
//!
//! There is one way to cut: ordered rules as SRX has them (`srx`), run by one engine (`engine`); the first rule that fits a place
//! decides. The rules of the languages of this project are made (`compile`) of lists of words by class (`profile`); those of a
//! user's SRX file and those that OmegaT ships (`omegat`) run in the same way, and the shipped ones can be written as SRX for
//! other tools. A language without rules is cut at the sentence boundaries of UAX #29.
//!
//! White space at a cut belongs to neither segment, so that segments and the gaps between them give back the paragraph
//! byte for byte. Inline codes go with the text that they open or close (`codes`).

mod codes;
mod compile;
mod dialect;
mod engine;
mod notation;
mod omegat;
mod profile;
pub mod srx;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use unicode_segmentation::UnicodeSegmentation;

use crate::error::{Error, Result};
use crate::text::language::Language;
pub use codes::{CodeKind, Piece, PlacedCode};
use engine::Engine;
use profile::{PROFILES, Profile};
use srx::{CodeHandling, Rule, Srx};

/// Which rules cut a text, and where it is cut besides.
#[derive(Clone, Debug, Default)]
pub struct Segmentation {
    /// Where the rules come from.
    pub rules: RuleSource,
    /// Marks behind which a segment also ends, if white space follows.
    pub also_at: Marks,
}

/// Where the rules of a language come from.
#[derive(Clone, Debug, Default)]
pub enum RuleSource {
    /// This project's rules for English, Persian, Arabic and Albanian; the sentences of UAX #29 for any other language.
    #[default]
    Language,
    /// The rules that OmegaT has if nobody changes them, so that a memory cut by them matches there.
    OmegaT,
    /// The sentences of UAX #29, which knows no abbreviations.
    Unicode,
    /// None: a paragraph is a segment.
    Paragraph,
    /// None: a line of a paragraph is a segment.
    Line,
    /// A user's.
    Srx(Arc<Srx>),
}

/// Marks that end no sentence and may yet end a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks {
    /// `:`
    pub colon: bool,
    /// `;` and `؛`
    pub semicolon: bool,
}

/// How a [`Segmenter`] goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// By rules that know the language.
    Rules,
    /// By the sentence boundaries of UAX #29.
    Unicode,
    /// A paragraph is a segment: it was asked for, or the user's file has no rules for the language.
    Paragraph,
    /// A line is a segment.
    Line,
}

/// Cuts paragraphs of one language into segments.
#[derive(Clone, Debug)]
pub struct Segmenter {
    method: Method,
    engine: Option<Arc<Engine>>,
    codes: CodeHandling,
}

impl Segmenter {
    /// The segmenter for a language by this project's rules; regions and scripts make no difference.
    pub fn new(language: &Language) -> Self {
        // The shipped rules can be compiled: a test does.
        Segmenter::with(language, &Segmentation::default()).unwrap_or(Segmenter {
            method: Method::Unicode,
            engine: None,
            codes: CodeHandling::default(),
        })
    }

    /// The segmenter for a language by rules of any origin.
    ///
    /// # Errors
    /// If a user's rules cannot be read (the error says the line), or marks are asked for where there are no rules.
    pub fn with(language: &Language, segmentation: &Segmentation) -> Result<Self> {
        let marks = segmentation.also_at;
        let mut codes = CodeHandling::default();
        let (method, engine) = match &segmentation.rules {
            RuleSource::Unicode => (Method::Unicode, None),
            RuleSource::Paragraph => (Method::Paragraph, None),
            RuleSource::Line => (Method::Line, None),
            RuleSource::Language => match Profile::of(language) {
                Some(profile) => {
                    let key = (profile.language.as_str(), false, marks);
                    let engine = built_in(key, || Ok(compile::rules(profile)))?;
                    (Method::Rules, Some(engine))
                }
                None => (Method::Unicode, None),
            },
            RuleSource::OmegaT => {
                let key = (language.primary(), true, marks);
                let rules = || {
                    let found = omegat::document().rules_of(language)?;
                    Ok(found.into_iter().cloned().collect())
                };
                (Method::Rules, Some(built_in(key, rules)?))
            }
            RuleSource::Srx(srx) => {
                codes = srx.codes;
                let at = |error: Error| error.at(&srx.file);
                let found = srx.rules_of(language).map_err(at)?;
                let mut rules: Vec<Rule> = found.into_iter().cloned().collect();
                match rules.is_empty() {
                    true => (Method::Paragraph, None),
                    false => {
                        rules.extend(marks.rules());
                        (
                            Method::Rules,
                            Some(Arc::new(Engine::new(&rules).map_err(at)?)),
                        )
                    }
                }
            }
        };
        if engine.is_none() && marks != Marks::default() {
            return Err(Error::request(
                "there are no rules here to which cuts at a colon or semicolon could be added",
            ));
        }
        Ok(Segmenter {
            method,
            engine,
            codes,
        })
    }

    /// How it cuts: by rules for the language, or in want of them.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The places of the segments in a paragraph, in bytes, in order, without the white space around them.
    ///
    /// A line break in the paragraph is white space like any other, unless a list item starts behind it.
    pub fn cut(&self, paragraph: &str) -> Vec<Range<usize>> {
        let pieces: Vec<(usize, &str)> = match (&self.engine, self.method) {
            (Some(engine), _) => {
                let mut starts = vec![0];
                starts.extend(engine.cuts(paragraph));
                let ends = starts.iter().skip(1).copied().chain([paragraph.len()]);
                let places = starts.iter().copied().zip(ends);
                places
                    .map(|(start, end)| (start, paragraph.get(start..end).unwrap_or_default()))
                    .collect()
            }
            (None, Method::Paragraph | Method::Rules) => vec![(0, paragraph)],
            (None, Method::Line) => {
                let mut at = 0;
                let lines = paragraph.split_inclusive('\n');
                lines
                    .map(|line| {
                        at += line.len();
                        (at - line.len(), line)
                    })
                    .collect()
            }
            (None, Method::Unicode) => paragraph.split_sentence_bound_indices().collect(),
        };
        let pieces = pieces.into_iter();
        pieces
            .filter_map(|(start, piece)| trimmed(start, piece))
            .collect()
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

    /// The pieces of a paragraph that has inline codes: each with its text and the codes that belong to it.
    ///
    /// `codes` are in the order in which they stand. A code that opens something goes with what follows it, one that closes
    /// something with what it closes, and one that stands alone with the text that it touches.
    pub fn cut_with_codes(&self, paragraph: &str, codes: &[PlacedCode]) -> Vec<Piece> {
        codes::pieces(&self.cut(paragraph), codes, self.codes)
    }
}

/// Rules as one SRX document: this project's for all its languages, those of OmegaT, or a user's.
///
/// # Errors
/// If no rules are asked for.
pub fn as_srx(segmentation: &Segmentation) -> Result<Srx> {
    let mut srx = match &segmentation.rules {
        RuleSource::Language => compile::document(PROFILES.iter()),
        RuleSource::OmegaT => omegat::document().clone(),
        RuleSource::Srx(srx) => Srx::clone(srx),
        RuleSource::Unicode | RuleSource::Paragraph | RuleSource::Line => {
            return Err(Error::request("these are no rules that SRX could say")
                .hint("the rules of this project and those of OmegaT can be written"));
        }
    };
    for language in &mut srx.language_rules {
        language.rules.extend(segmentation.also_at.rules());
    }
    Ok(srx)
}

impl Marks {
    fn rules(self) -> Vec<Rule> {
        let rule = |before: &str| Rule {
            breaks: true,
            before: before.to_owned(),
            after: notation::SPACE.to_owned(),
            line: 0,
        };
        let colon = self.colon.then(|| rule(&format!(":{}", notation::CLOSING)));
        let semicolon = self
            .semicolon
            .then(|| rule(&format!("[;؛]{}", notation::CLOSING)));
        colon.into_iter().chain(semicolon).collect()
    }
}

/// What a set of rules that this project ships is known by: the language, whether they are OmegaT's, and what was added.
type Key<'a> = (&'a str, bool, Marks);

/// The engine of shipped rules, made when they are first asked for and then kept.
fn built_in(key: Key, rules: impl FnOnce() -> Result<Vec<Rule>>) -> Result<Arc<Engine>> {
    type Built = HashMap<(String, bool, Marks), Arc<Engine>>;
    static BUILT: LazyLock<Mutex<Built>> = LazyLock::new(Mutex::default);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let (language, omegat, marks) = key;
    let key = (language.to_owned(), omegat, marks);
    if let Some(engine) = built.get(&key) {
        return Ok(Arc::clone(engine));
    }
    let mut rules = rules()?;
    rules.extend(marks.rules());
    let engine = Arc::new(Engine::new(&rules)?);
    built.insert(key, Arc::clone(&engine));
    Ok(engine)
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
        assert_eq!(segmenter("de").method(), Method::Unicode);
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
