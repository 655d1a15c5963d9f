//! Rules of segmentation as SRX has them (Segmentation Rules eXchange 2.0, LISA 2008): ordered rules by name, and a map that says
//! which of them a language gets.
//!
//! The rules this project ships and those of a user's file are both of this form; `engine` runs either. Reading and writing the
//! files is the business of [`crate::formats::srx`].

use std::path::PathBuf;

use super::dialect;
use crate::error::{Error, Result};
use crate::text::language::Language;

/// The content of an SRX file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Srx {
    /// The file it was read from, for what is wrong in it; empty if from none.
    pub file: PathBuf,
    /// Whether every line of the map that fits a language adds its rules, or only the first.
    pub cascade: bool,
    /// Whether text inside an inline code, such as a footnote, is segmented too. Carried, for those who segment it.
    pub segment_subflows: bool,
    /// To which side a code goes that stands at a cut.
    pub codes: CodeHandling,
    /// Rules by name.
    pub language_rules: Vec<LanguageRules>,
    /// Which languages get which rules, in order.
    pub map: Vec<LanguageMap>,
}

/// For each kind of inline code whether it belongs to the segment before a cut at which it stands (SRX `formathandle`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeHandling {
    /// Codes that open something; SRX says no.
    pub opening: bool,
    /// Codes that close something; SRX says yes.
    pub closing: bool,
    /// Codes that stand alone and touch no text; SRX says no.
    pub alone: bool,
}

impl Default for CodeHandling {
    fn default() -> Self {
        CodeHandling {
            opening: false,
            closing: true,
            alone: false,
        }
    }
}

/// Rules under a name (SRX `languagerule`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageRules {
    /// The name, as the map refers to it.
    pub name: String,
    /// The rules: the first that fits a place decides.
    pub rules: Vec<Rule>,
}

/// Whether a segment ends where a text matches before and behind a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Whether the segment ends there or goes on.
    pub breaks: bool,
    /// A regular expression that must match up to the place; empty matches anywhere.
    pub before: String,
    /// A regular expression that must match from the place on; empty matches anywhere.
    pub after: String,
    /// The line of the file that it stands on; 0 if it comes from no file.
    pub line: u64,
}

/// Which languages get which rules (SRX `languagemap`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageMap {
    /// A regular expression over the whole tag of a language; case makes no difference, nor whether `-` or `_` joins its parts.
    pub pattern: String,
    /// The name of the rules.
    pub rules: String,
    /// The line of the file that it stands on; 0 if it comes from no file.
    pub line: u64,
}

impl Srx {
    /// The rules that a language gets, in order. None if no line of the map fits it.
    ///
    /// # Errors
    /// If a pattern of the map is no regular expression, or it names rules that are not there; the error says the line.
    pub fn rules_of(&self, language: &Language) -> Result<Vec<&Rule>> {
        let mut found = Vec::new();
        for map in &self.map {
            let named = self.language_rules.iter().find(|r| r.name == map.rules);
            let Some(named) = named else {
                let missing = format!("there are no rules with the name “{}”", map.rules);
                return Err(Error::input(missing).on_line(map.line));
            };
            if map.fits(language)? {
                found.extend(&named.rules);
                if !self.cascade {
                    break;
                }
            }
        }
        Ok(found)
    }
}

impl LanguageMap {
    fn fits(&self, language: &Language) -> Result<bool> {
        let wrong = |what: String| {
            let message = format!("the language pattern cannot be read: {what}");
            Error::input(message).on_line(self.line)
        };
        let pattern = dialect::read(&self.pattern).map_err(wrong)?;
        let pattern = pattern.exact.unwrap_or(pattern.loose);
        let whole = fancy_regex::Regex::new(&format!(r"(?i)\A(?:{pattern})\z"));
        let whole = whole.map_err(|error| wrong(error.to_string()))?;
        let tag = language.tag();
        let fits = |tag: &str| whole.is_match(tag).unwrap_or_default();
        Ok(fits(tag) || fits(&tag.replace('-', "_")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pattern: &str, rules: &str) -> LanguageMap {
        LanguageMap {
            pattern: pattern.to_owned(),
            rules: rules.to_owned(),
            line: 0,
        }
    }

    fn names(srx: &Srx, tag: &str) -> Vec<String> {
        let language = Language::parse(tag).unwrap();
        let rules = srx.rules_of(&language).unwrap().into_iter();
        rules.map(|rule| rule.before.clone()).collect()
    }

    #[test]
    fn a_language_gets_the_rules_of_the_lines_that_fit_its_tag() {
        let language_rules = ["Albanian", "Default"].map(|name| LanguageRules {
            name: name.to_owned(),
            rules: vec![Rule {
                breaks: true,
                before: name.to_owned(),
                after: String::new(),
                line: 0,
            }],
        });
        let mut srx = Srx {
            file: PathBuf::new(),
            cascade: true,
            segment_subflows: true,
            codes: CodeHandling::default(),
            language_rules: language_rules.to_vec(),
            map: vec![map("SQ([-_].*)?", "Albanian"), map(".*", "Default")],
        };
        for tag in ["sq", "sq-AL", "SQ-XK"] {
            assert_eq!(names(&srx, tag), ["Albanian", "Default"], "{tag}");
        }
        assert_eq!(names(&srx, "sqx"), ["Default"]);
        srx.cascade = false;
        assert_eq!(names(&srx, "sq-AL"), ["Albanian"]);
        srx.map.insert(0, map("sq_AL", "Gone"));
        assert!(srx.rules_of(&Language::parse("sq-AL").unwrap()).is_err());
    }
}
