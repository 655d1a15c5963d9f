//! What is odd in a unit and is kept as it is: said, so that nobody wonders why another tool refuses the file.

use std::collections::{HashMap, HashSet};

use super::{fits, is_code_attribute};
use crate::text::language::Language;
use crate::unit::{Attributes, CodeContent, CodeRole, Segment, TranslationUnit, attribute};

/// How deep texts may stand in codes of texts without its being odd.
const DEEP: usize = 16;

/// Something odd: what it is, and whether it is only worth knowing.
pub(super) type Oddity = (String, bool);

/// What is odd in the root element.
pub(super) fn of_root(attributes: &Attributes) -> Option<Oddity> {
    let version = attribute(attributes, "version")?;
    let number = version.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    let known = matches!(number, "1.0" | "1.1" | "1.2" | "1.3" | "1.4");
    (!known).then(|| {
        let said = format!("TMX {version} is not known; the file is read as TMX 1.4");
        (said, false)
    })
}

/// What is odd in the attributes of a header.
pub(super) fn of_header(attributes: &Attributes) -> Vec<Oddity> {
    let odd = of_attributes("header", attributes).into_iter();
    let mut found: Vec<Oddity> = odd.map(|(said, _)| (said, true)).collect();
    if attribute(attributes, "srclang").is_none() {
        found.push((
            "the header does not say the source language (srclang)".to_owned(),
            false,
        ));
    }
    let missing: Vec<&str> = super::REQUIRED
        .iter()
        .copied()
        .filter(|name| *name != "srclang" && attribute(attributes, name).is_none())
        .collect();
    if !missing.is_empty() {
        found.push((format!("the header lacks {}", missing.join(", ")), true));
    }
    found
}

/// What is odd in the attributes of an element, as they stand in the file.
pub(super) fn of_attributes(element: &str, attributes: &Attributes) -> Vec<Oddity> {
    let odd = attributes
        .iter()
        .filter_map(|(name, value)| of_attribute(element, name, value));
    odd.collect()
}

fn of_attribute(element: &str, name: &str, value: &str) -> Option<Oddity> {
    if fits(element, name, value) || name.starts_with("xmlns") || name.starts_with("xml:") {
        return None;
    }
    let said = if super::allows(element, name) {
        format!("{name}=\"{value}\" is not as TMX writes it; it was kept as it is")
    } else {
        format!("the attribute {name} does not belong on <{element}>; it was kept")
    };
    Some((said, false))
}

/// What is odd in the units of a file. What every unit has is said once.
#[derive(Debug, Default)]
pub(super) struct OddUnits {
    told: HashSet<(String, String)>,
}

impl OddUnits {
    /// What is odd in a unit, given the source language of the header.
    pub(super) fn of(&mut self, unit: &TranslationUnit, header: Option<&str>) -> Vec<Oddity> {
        let mut found = Vec::new();
        for variant in &unit.variants {
            if variant.segment.text.trim().is_empty() {
                let said = format!(
                    "the segment in {} has no text; it is no translation",
                    variant.language
                );
                found.push((said, false));
            }
        }
        if let Some(source) = attribute(&unit.attributes, "srclang").or(header) {
            found.extend(self.of_source(unit, source));
        }
        let empty = |text: &str| text.trim().is_empty();
        if !unit.is_translation()
            && !unit
                .variants
                .iter()
                .any(|variant| empty(&variant.segment.text))
        {
            found.push((
                "this unit has text in one language only; it is no translation".to_owned(),
                false,
            ));
        }
        found
    }

    /// What is odd in the source language of a unit.
    fn of_source(&mut self, unit: &TranslationUnit, source: &str) -> Option<Oddity> {
        if source == "*all*" || unit.variants.len() < 2 {
            return None;
        }
        let language = Language::from_file(source);
        let there = || unit.variants.iter().map(|variant| &variant.language);
        if there().any(|own| *own == language) {
            return None;
        }
        let tags = there().map(Language::tag).collect::<Vec<_>>().join(", ");
        if !self.told.insert((source.to_owned(), tags.clone())) {
            return None;
        }
        Some(match there().find(|own| language.accepts(own)) {
            Some(own) => {
                let said = format!(
                    "the source language is {source}; the segments in {own} are taken for it"
                );
                (said, true)
            }
            None => {
                let said =
                    format!("there is no segment in the source language {source}, only in {tags}");
                (said, false)
            }
        })
    }
}

/// What is odd in the codes of a segment.
pub(super) fn of_codes(segment: &Segment) -> Vec<Oddity> {
    let mut found = Vec::new();
    in_codes(segment, 0, &mut found);
    found
}

fn in_codes(segment: &Segment, depth: usize, found: &mut Vec<Oddity>) {
    let mut warn = |said: String| found.push((said, false));
    if depth == DEEP {
        warn(format!(
            "texts stand in codes of texts more than {DEEP} deep"
        ));
    }
    let mut open: HashMap<&str, usize> = HashMap::new();
    for code in &segment.codes {
        let element = code.element.as_str();
        let number = attribute(&code.attributes, "i");
        match (element, number) {
            ("bpt" | "ept", None) => warn(format!("<{element}> has no number i")),
            ("bpt", Some(number)) => {
                let count = open.entry(number).or_default();
                if *count > 0 {
                    warn(format!("two <bpt i=\"{number}\"> are open at once"));
                }
                *count += 1;
            }
            ("ept", Some(number)) => match open.get_mut(number).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => warn(format!("<ept i=\"{number}\"> closes nothing")),
            },
            ("it", _) if !matches!(attribute(&code.attributes, "pos"), Some("begin" | "end")) => {
                warn("<it> does not say whether it begins or ends (pos)".to_owned());
            }
            _ => {}
        }
        let known = code.role == CodeRole::Alone || element == "hi";
        for (name, _) in code.attributes.iter().filter(|_| known) {
            // Many tools number closing codes like opening ones.
            let usual = element == "ept" && matches!(name.as_str(), "x" | "type");
            if !usual && !is_code_attribute(element, name) && !name.starts_with("xmlns") {
                warn(format!(
                    "the attribute {name} does not belong on <{element}>; it was kept"
                ));
            }
        }
    }
    let numbers = segment
        .codes
        .iter()
        .filter(|code| code.element == "bpt")
        .filter_map(|code| attribute(&code.attributes, "i"));
    for number in numbers {
        if let Some(count) = open.get_mut(number).filter(|count| **count > 0) {
            *count -= 1;
            warn(format!("<bpt i=\"{number}\"> is never closed"));
        }
    }
    for content in segment.codes.iter().flat_map(|code| &code.content) {
        if let CodeContent::Sub { segment, .. } = content {
            in_codes(segment, depth + 1, found);
        }
    }
}
