//! Beads as JSON, an object a line:
//!
//! ```json
//! {"beads":{"en":[0,1],"fa":[0]},"confidence":0.93,"text":{"en":["…","…"],"fa":["…"]}}
//! ```
//!
//! `document` names the text if there are several, `look` says that an editor should look at the bead, `crossed` that it stands in
//! another order in another edition, `pairs` how two of the editions go together where that is finer than the bead as a whole:
//! `{"en-ar":[{"beads":[[0],[0]],"confidence":0.9},…]}`. Of these only `look` and `beads` count when a list comes back; `text` is compared.

use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

use super::ListedBead;
use crate::error::{Error, Result};
use crate::text::language::Language;

/// A bead to be written.
#[derive(Clone, Debug)]
pub struct BeadLine<'a> {
    /// The name of the text, where there are several.
    pub document: Option<&'a str>,
    /// The languages of the editions.
    pub languages: &'a [Language],
    /// The bead.
    pub bead: &'a ListedBead,
    /// The texts of its segments, edition by edition.
    pub texts: Vec<Vec<&'a str>>,
    /// For two editions, by their numbers, how they go together in this bead, where that is finer.
    pub pairs: Vec<((usize, usize), Vec<PairLine<'a>>)>,
}

/// A bead of two editions inside one of several.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PairLine<'a> {
    /// The segments of either.
    pub beads: &'a [Vec<usize>],
    /// How sure it is, from 0 to 1.
    #[serde(serialize_with = "rounded")]
    pub confidence: f64,
}

fn rounded<S: Serializer>(confidence: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(super::rounded(*confidence))
}

impl Serialize for BeadLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tags = || {
            self.languages
                .iter()
                .map(|language| language.tag().to_owned())
        };
        let mut map = serializer.serialize_map(None)?;
        if let Some(document) = self.document {
            map.serialize_entry("document", document)?;
        }
        map.serialize_entry("beads", &InOrder(tags().zip(&self.bead.segments).collect()))?;
        if let Some(confidence) = self.bead.confidence {
            map.serialize_entry("confidence", &super::rounded(confidence))?;
        }
        for (name, is_so) in [("look", self.bead.look), ("crossed", self.bead.crossed)] {
            if is_so {
                map.serialize_entry(name, &true)?;
            }
        }
        if !self.pairs.is_empty() {
            let tag = |edition: usize| self.languages.get(edition).map_or("", Language::tag);
            let pairs = self
                .pairs
                .iter()
                .map(|((a, b), beads)| (format!("{}-{}", tag(*a), tag(*b)), beads));
            map.serialize_entry("pairs", &InOrder(pairs.collect()))?;
        }
        map.serialize_entry("text", &InOrder(tags().zip(&self.texts).collect()))?;
        map.end()
    }
}

/// A JSON object with its names in the order given.
struct InOrder<T>(Vec<(String, T)>);

impl<T: Serialize> Serialize for InOrder<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A line as it is read: what else stands in it is passed over.
#[derive(Deserialize)]
struct Line {
    beads: std::collections::BTreeMap<String, Vec<usize>>,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(default)]
    look: bool,
    #[serde(default)]
    text: std::collections::BTreeMap<String, Vec<String>>,
}

/// Reads beads of editions in some languages.
///
/// # Errors
/// If a line is no such object, or names a language that is none of these.
pub fn read(text: &str, languages: &[Language]) -> Result<Vec<ListedBead>> {
    let mut beads = Vec::new();
    for (line, row) in (1_u64..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
        if row.trim().is_empty() {
            continue;
        }
        let wrong = |message: String| {
            let error = Error::input(message).on_line(line);
            error.hint("a line is an object such as {\"beads\":{\"en\":[0,1],\"fa\":[0]}}")
        };
        let mut read: Line = serde_json::from_str(row)
            .map_err(|error| wrong(format!("this is no bead: {error}")))?;
        let segments = languages
            .iter()
            .map(|language| read.beads.remove(language.tag()).unwrap_or_default());
        let segments = segments.collect();
        if let Some(other) = read.beads.keys().next() {
            return Err(wrong(format!("there is no edition in “{other}”")));
        }
        let texts = languages
            .iter()
            .map(|language| read.text.get(language.tag()).map(|texts| texts.join(" ")));
        beads.push(ListedBead {
            segments,
            confidence: read.confidence,
            look: read.look,
            crossed: false,
            texts: texts.collect(),
            line,
        });
    }
    Ok(beads)
}
