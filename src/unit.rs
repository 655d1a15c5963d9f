//! A segment with its inline codes, and the translation unit that holds it in every language.
//!
//! The model says everything that TMX 1.4 can say. What a file carries and this project does not understand (an attribute, a
//! property, an element) is kept in the order in which it came, so that it can be written back. Text is kept as read.
//!
//! The types can be turned into JSON (serde), because a memory stores the parts that it does not search in that form; the
//! shapes are described in `docs/memory-format.md`.

use serde::{Deserialize, Serialize};

use crate::text::language::Language;

/// Names and values, in the order in which they came. A name occurs once.
pub type Attributes = Vec<(String, String)>;

/// The value of a named attribute.
pub fn attribute<'a>(attributes: &'a Attributes, name: &str) -> Option<&'a str> {
    let found = attributes.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// Plain text, and the inline codes that stand in it.
///
/// The text alone is what is matched and what a reader sees; codes are a second layer over it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// The text without codes, as read.
    pub text: String,
    /// The codes in the order in which they stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<InlineCode>,
}

impl Segment {
    /// A segment without codes.
    pub fn plain(text: impl Into<String>) -> Self {
        Segment {
            text: text.into(),
            codes: Vec::new(),
        }
    }

    /// Puts another segment behind this one, with its codes where they stand in it.
    pub fn push(&mut self, other: &Segment) {
        let shift = self.text.len();
        self.codes.extend(other.codes.iter().map(|code| InlineCode {
            at: code.at + shift,
            ..code.clone()
        }));
        self.text.push_str(&other.text);
    }
}

/// Something in a segment that is not its text: a font change, a link, a place for an image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InlineCode {
    /// Where it stands: bytes from the start of the segment's text, on a character boundary.
    pub at: usize,
    /// The element's name in TMX: `bpt`, `ept`, `ph`, `it`, `ut`, `hi`, or one that TMX does not know.
    pub element: String,
    /// Whether it stands alone or encloses text of the segment.
    pub role: CodeRole,
    /// The attributes as read; none on a closing code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Attributes,
    /// The native code that it stands for; empty on a code that encloses text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<CodeContent>,
}

/// How a code relates to the text of its segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeRole {
    /// It stands alone; its content is native code and no text of the segment (`bpt`, `ept`, `ph`, `it`, `ut`).
    Alone,
    /// It opens: the segment's text goes on inside it (`hi`).
    Open,
    /// It closes what the last open code of the same element opened.
    Close,
}

/// What a code does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeSide {
    /// Something begins.
    Opening,
    /// Something ends.
    Closing,
    /// Neither.
    Alone,
}

impl InlineCode {
    /// What it does.
    pub fn side(&self) -> CodeSide {
        match (self.element.as_str(), self.role) {
            (_, CodeRole::Open) | ("bpt", _) => CodeSide::Opening,
            (_, CodeRole::Close) | ("ept", _) => CodeSide::Closing,
            ("it", _) => match attribute(&self.attributes, "pos") {
                Some("begin") => CodeSide::Opening,
                _ => CodeSide::Closing,
            },
            _ => CodeSide::Alone,
        }
    }

    /// What tells it from the other codes of its text: what it does, and its number. A code whose partner is in another segment (`it`) has
    /// the name that it would have beside it. `None` if it has no number.
    pub fn name(&self) -> Option<(CodeSide, &str)> {
        let number = match self.element.as_str() {
            "bpt" | "ept" => attribute(&self.attributes, "i"),
            _ => attribute(&self.attributes, "x"),
        };
        Some((self.side(), number?))
    }
}

/// A part of the native code inside an inline code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeContent {
    /// Native code, as text.
    Native(String),
    /// Text to be translated inside the native code, such as a footnote (`sub`).
    Sub {
        /// The element's name; `sub` in TMX.
        element: String,
        /// The attributes as read.
        attributes: Attributes,
        /// The text with its own codes.
        segment: Segment,
    },
}

/// Something said about a unit, a variant or a whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Annotation {
    /// A note to read.
    Note {
        /// Attributes such as `xml:lang`.
        attributes: Attributes,
        /// What it says.
        text: String,
    },
    /// A property: a value under a name (TMX `prop`, its `type` is among the attributes).
    Property {
        /// Attributes, `type` first among them in most files.
        attributes: Attributes,
        /// The value.
        text: String,
    },
    /// An element that is carried and not understood (TMX `ude`, and what other formats add), as XML.
    Other(String),
}

/// A segment in every language it was said in. No language is the source: any can be asked for any other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TranslationUnit {
    /// Attributes as read (`tuid`, `creationdate`, `srclang`, `segtype` …).
    pub attributes: Attributes,
    /// Notes and properties, in order.
    pub annotations: Vec<Annotation>,
    /// One segment a language; a language may occur more than once.
    pub variants: Vec<Variant>,
    /// The document it was said in, by name.
    pub document: Option<String>,
    /// Where in that document it stands, from 0: its place among the document's beads, whether all of them are units or not.
    pub position: Option<u32>,
    /// How the variants came together.
    pub origin: Origin,
}

/// What vouches for a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The file it came in says nothing; a translator's work, as far as known.
    #[default]
    Translation,
    /// It was put together by aligning editions, and nobody has looked at it.
    Alignment {
        /// How sure the aligner was, in percent from 0 to 100.
        confidence: u8,
    },
}

/// A unit's segment in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The language.
    pub language: Language,
    /// Attributes as read, without the language.
    pub attributes: Attributes,
    /// Notes and properties, in order.
    pub annotations: Vec<Annotation>,
    /// The text and its codes.
    pub segment: Segment,
    /// The segment before it in its document, as text.
    pub previous: Option<String>,
    /// The segment after it in its document, as text.
    pub next: Option<String>,
}

impl Variant {
    /// A variant of which nothing is known but language and text.
    pub fn plain(language: Language, text: impl Into<String>) -> Self {
        Variant {
            language,
            attributes: Vec::new(),
            annotations: Vec::new(),
            segment: Segment::plain(text),
            previous: None,
            next: None,
        }
    }
}

impl TranslationUnit {
    /// The variants that serve a request for a language, in order.
    pub fn in_language<'a>(&'a self, language: &'a Language) -> impl Iterator<Item = &'a Variant> {
        self.variants
            .iter()
            .filter(move |variant| language.accepts(&variant.language))
    }

    /// Whether it says the same in two languages: at least two variants with text, and not all in one language.
    pub fn is_translation(&self) -> bool {
        let full = |variant: &&Variant| !variant.segment.text.trim().is_empty();
        let mut full = self.variants.iter().filter(full);
        match full.next() {
            Some(first) => full.any(|other| other.language != first.language),
            None => false,
        }
    }

    /// The same unit without what changes when it is used: dates, users, counts. Two units with the same core are one
    /// unit that went through different hands.
    #[must_use]
    pub fn core(&self) -> Self {
        let mut core = self.clone();
        core.attributes = lasting(&core.attributes).cloned().collect();
        for variant in &mut core.variants {
            variant.attributes = lasting(&variant.attributes).cloned().collect();
        }
        core
    }
}

/// The attributes that do not change when a unit is used.
pub(crate) fn lasting(attributes: &Attributes) -> impl Iterator<Item = &(String, String)> {
    attributes.iter().filter(|(name, _)| !is_usage(name))
}

/// Attributes that say when, how often and by whom, and nothing of what the unit is.
fn is_usage(name: &str) -> bool {
    matches!(
        name,
        "creationdate" | "creationid" | "changedate" | "changeid" | "lastusagedate" | "usagecount"
    )
}

/// What a file says of all its units (TMX `header`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Attributes as read (`creationtool`, `srclang`, `segtype` …).
    pub attributes: Attributes,
    /// Notes, properties and user-defined encodings, in order.
    pub annotations: Vec<Annotation>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_serves_a_language_with_its_regions() {
        let unit = TranslationUnit {
            variants: vec![
                Variant::plain(Language::from_file("en-GB"), "Dear Sir,"),
                Variant::plain(Language::from_file("fa"), "جناب آقا،"),
            ],
            ..TranslationUnit::default()
        };
        let english = Language::parse("en").unwrap();
        assert_eq!(unit.in_language(&english).count(), 1);
    }

    #[test]
    fn the_core_forgets_usage_only() {
        let mut unit = TranslationUnit {
            attributes: vec![
                ("tuid".into(), "1".into()),
                ("changedate".into(), "20250101T000000Z".into()),
            ],
            ..TranslationUnit::default()
        };
        let core = unit.core();
        assert_eq!(attribute(&core.attributes, "tuid"), Some("1"));
        assert_eq!(attribute(&core.attributes, "changedate"), None);
        unit.attributes.pop();
        assert_eq!(unit.core(), core);
    }
}
