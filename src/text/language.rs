//! Language tags: BCP 47 as people and files write them.
//!
//! A tag that a person types is checked ([`Language::parse`]); a tag that a file carries is kept, however odd
//! ([`Language::from_file`]), because a memory must not lose a unit over its label. Both end in one canonical spelling, so
//! that `EN_us`, `en-us` and `en-US` are the same language everywhere above this file.

use std::fmt;

use oxilangtag::LanguageTag;

use crate::error::{Error, Result};

/// A language, as a BCP 47 tag in canonical case: `en`, `fa-IR`, `sq`.
///
/// ```
/// use tarjuman::text::language::Language;
/// let persian = Language::parse("FA_ir")?;
/// assert_eq!(persian.tag(), "fa-IR");
/// assert!(Language::parse("fa")?.covers(&persian));
/// assert!(Language::parse("farsi").is_err());
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// The way a line of a language runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// The value of the HTML attribute `dir`.
    pub fn html(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

impl Language {
    /// Reads a tag that a person typed. `_` counts as `-`, case does not matter.
    ///
    /// # Errors
    /// If the tag is not well formed, or its language is not one of ISO 639: two letters must be a code of ISO 639-1,
    /// three letters are taken as they are.
    pub fn parse(tag: &str) -> Result<Self> {
        let unknown = || {
            let error = Error::request(format!("“{tag}” is not a language tag"));
            match suggestion(tag) {
                Some(code) => error.hint(format!("did you mean {code}?")),
                None => error.hint("a tag looks like en, fa, ar, sq or fa-IR (BCP 47)"),
            }
        };
        let language = canonical(tag).ok_or_else(unknown)?;
        match language.primary().len() {
            2 if is_iso_639_1(language.primary()) => Ok(language),
            3 => Ok(language),
            _ => Err(unknown()),
        }
    }

    /// Takes a tag that a file carries. One that is not well formed is kept in lower case, so that it can be shown,
    /// searched for and written back.
    pub fn from_file(tag: &str) -> Self {
        canonical(tag).unwrap_or_else(|| Language(tag.trim().replace('_', "-").to_lowercase()))
    }

    /// The canonical tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The first subtag: the language without script or region.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }

    /// Whether a request for this language is served by `other`: the same tag, or one that says more (`fa` covers `fa-IR`).
    pub fn covers(&self, other: &Language) -> bool {
        other
            .0
            .strip_prefix(self.0.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }

    /// Whether a request for this language can be answered in `other`: it is the same language, perhaps of another region, and not
    /// in another script. What is closest is ranked first by whoever asks.
    pub fn accepts(&self, other: &Language) -> bool {
        let scripts = self.script().zip(other.script());
        self.primary() == other.primary() && scripts.is_none_or(|(own, theirs)| own == theirs)
    }

    /// The script subtag, if the tag has one.
    fn script(&self) -> Option<&str> {
        let is_script = |part: &&str| {
            part.len() == 4 && part.chars().all(|letter| letter.is_ascii_alphabetic())
        };
        self.0.split('-').skip(1).find(is_script)
    }

    /// Makes sure that two languages are two: neither accepts the other.
    ///
    /// # Errors
    /// If one accepts the other, so that a translation from one into the other makes no sense.
    pub fn differs_from(&self, other: &Language) -> Result<()> {
        if self.accepts(other) {
            return Err(Error::request(format!(
                "{self} and {other} are the same language"
            )));
        }
        Ok(())
    }

    /// The way its lines run. A script subtag decides; else the language's usual script does.
    pub fn direction(&self) -> Direction {
        let rtl = match self.script() {
            Some(script) => RTL_SCRIPTS.contains(&script),
            None => RTL_LANGUAGES.contains(&self.primary()),
        };
        if rtl {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        }
    }

    /// The name in English for the four languages this project is about, else the tag.
    pub fn english_name(&self) -> &str {
        match self.0.as_str() {
            "en" => "English",
            "fa" => "Persian",
            "ar" => "Arabic",
            "sq" => "Albanian",
            tag => tag,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn canonical(tag: &str) -> Option<Language> {
    let parsed = LanguageTag::parse_and_normalize(&tag.trim().replace('_', "-")).ok()?;
    let full = parsed.as_str();
    let primary = parsed.primary_language();
    let short = shorter(primary);
    let rest = full.strip_prefix(primary).unwrap_or_default();
    Some(Language(format!("{short}{rest}")))
}

/// The code in use today for a language that files also write in another way (ISO 639-2 and -3, withdrawn codes).
fn shorter(primary: &str) -> &str {
    match primary {
        "eng" => "en",
        "fas" | "per" | "pes" => "fa",
        "ara" | "arb" => "ar",
        "sqi" | "alb" | "als" => "sq",
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        other => other,
    }
}

/// What a person who typed a name instead of a tag most likely meant.
fn suggestion(typed: &str) -> Option<&'static str> {
    let name = typed.trim().to_lowercase();
    Some(match name.as_str() {
        "english" | "anglisht" | "uk" | "us" | "gb" => "en",
        "persian" | "farsi" | "parsi" | "dari" | "فارسی" | "ir" => "fa",
        "arabic" | "العربية" | "عربي" | "arab" => "ar",
        "albanian" | "shqip" | "shqipe" | "al" | "xk" => "sq",
        _ => return None,
    })
}

fn is_iso_639_1(code: &str) -> bool {
    ISO_639_1
        .split_ascii_whitespace()
        .any(|known| known == code)
}

/// Languages whose usual script runs from right to left (CLDR, likely subtags).
const RTL_LANGUAGES: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "glk", "he", "ks", "mzn", "pnb", "ps", "sd", "syr", "ug", "ur",
    "yi",
];

/// Scripts that run from right to left (ISO 15924, Unicode bidirectional classes R and AL).
const RTL_SCRIPTS: &[&str] = &[
    "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa",
];

/// The two-letter codes of ISO 639-1 (IANA language subtag registry).
const ISO_639_1: &str = "\
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et \
eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl \
km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj \
om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn \
to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_canonical() {
        for (typed, tag) in [
            ("en", "en"),
            ("EN_us", "en-US"),
            ("per", "fa"),
            ("sqi-xk", "sq-XK"),
            ("ar-latn", "ar-Latn"),
        ] {
            assert_eq!(Language::parse(typed).unwrap().tag(), tag, "{typed}");
        }
    }

    #[test]
    fn what_is_no_language_is_refused_with_a_hint() {
        for typed in ["", "xx", "farsi", "e", "12", "en--us", "فارسی"] {
            let error = Language::parse(typed).unwrap_err();
            assert!(error.hint_text().is_some(), "{typed}");
        }
        let error = Language::parse("shqip").unwrap_err();
        assert_eq!(error.hint_text(), Some("did you mean sq?"));
    }

    #[test]
    fn a_file_may_carry_anything() {
        assert_eq!(Language::from_file("FA-01").tag(), "fa-01");
        assert_eq!(Language::from_file("FA-01").primary(), "fa");
        assert_eq!(Language::from_file("en_GB").tag(), "en-GB");
    }

    #[test]
    fn a_language_covers_its_regions_only() {
        let fa = Language::parse("fa").unwrap();
        assert!(fa.covers(&Language::parse("fa-IR").unwrap()));
        assert!(!fa.covers(&Language::from_file("fat")));
        assert!(!Language::parse("fa-IR").unwrap().covers(&fa));
    }

    #[test]
    fn a_request_is_served_by_other_regions_and_not_by_other_scripts() {
        let accepts = |asked: &str, there: &str| {
            Language::from_file(asked).accepts(&Language::from_file(there))
        };
        assert!(
            accepts("en-AU", "en-US")
                && accepts("en-US", "en")
                && accepts("fa", "fa-AF")
                && accepts("fa", "fa-01")
        );
        assert!(!accepts("en", "fa") && !accepts("az-Arab", "az-Latn"));
    }

    #[test]
    fn direction_follows_the_script() {
        let rtl = |tag: &str| Language::parse(tag).unwrap().direction() == Direction::RightToLeft;
        assert!(rtl("fa") && rtl("ar-EG") && rtl("az-Arab"));
        assert!(!rtl("en") && !rtl("sq") && !rtl("ar-Latn"));
    }
}
