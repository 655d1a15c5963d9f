//! XLIFF 1.2 (OASIS, 1 February 2008): a document on its way through translation. Written, not read yet.
//!
//! States say what happened and nothing more. What the memory knows exactly is `translated`, what only resembles it is
//! `needs-review-translation`, and what it does not know has no target at all, because many tools take any target for a
//! translation. `approved` is left to people. Every match is beside its unit as `alt-trans`.

use std::io::{self, Write};

use super::xml::{escaped_text, open_tag, push_attribute, writable};
use crate::text::language::Language;

/// A document with what is known of its translation.
#[derive(Clone, Debug)]
pub struct XliffFile<'a> {
    /// The name of the document.
    pub original: &'a str,
    /// The language it is in.
    pub source: &'a Language,
    /// The language it is to be in.
    pub target: &'a Language,
    /// When this was written, as TMX writes it: `20250131T235959Z`.
    pub at: &'a str,
    /// The segments in the order of the document.
    pub units: Vec<XliffUnit<'a>>,
}

/// A segment of the document.
#[derive(Clone, Debug)]
pub struct XliffUnit<'a> {
    /// The number of its paragraph, from 1.
    pub paragraph: usize,
    /// What it says.
    pub source: &'a str,
    /// What is proposed as its translation, if anything.
    pub target: Option<XliffTarget<'a>>,
    /// What the memory has that is like it, the best first.
    pub alternatives: Vec<XliffAlternative<'a>>,
    /// What a translator should know.
    pub note: Option<String>,
}

/// A proposed translation and how it came about.
#[derive(Clone, Copy, Debug)]
pub struct XliffTarget<'a> {
    /// The text.
    pub text: &'a str,
    /// Whether it is vouched for or must be reviewed.
    pub state: XliffState,
}

/// What happened to a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XliffState {
    /// The memory knows exactly this segment.
    Exact,
    /// The memory knows exactly this segment, with several translations; one was put in.
    Ambiguous,
    /// The memory knows a segment like it.
    Fuzzy,
}

impl XliffState {
    fn attributes(self) -> (&'static str, &'static str) {
        match self {
            XliffState::Exact => ("translated", "exact-match"),
            XliffState::Ambiguous => ("needs-review-translation", "exact-match"),
            XliffState::Fuzzy => ("needs-review-translation", "fuzzy-match"),
        }
    }
}

/// A match.
#[derive(Clone, Copy, Debug)]
pub struct XliffAlternative<'a> {
    /// The score, in percent.
    pub score: u8,
    /// Where it is from.
    pub origin: &'a str,
    /// The stored segment.
    pub source: &'a str,
    /// Its translation.
    pub target: &'a str,
}

/// Writes the file. Characters that XML cannot carry are replaced by U+FFFD; returns how many there were.
///
/// # Errors
/// If the output cannot be written.
pub fn write(file: &XliffFile<'_>, out: &mut dyn Write) -> io::Result<usize> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n  ");
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    open_tag(
        &mut xml,
        "file",
        &[
            pair("original", file.original),
            pair("datatype", "plaintext"),
            pair("source-language", file.source.tag()),
            pair("target-language", file.target.tag()),
        ],
    );
    if let Some(date) = iso_date(file.at) {
        push_attribute(&mut xml, "date", &date);
    }
    xml.push_str(">\n    <header>\n      ");
    open_tag(
        &mut xml,
        "tool",
        &[
            pair("tool-id", "tarjuman"),
            pair("tool-name", "tarjuman"),
            pair("tool-version", env!("CARGO_PKG_VERSION")),
        ],
    );
    xml.push_str("/>\n    </header>\n    <body>\n");
    let mut paragraph = 0;
    for (index, unit) in file.units.iter().enumerate() {
        if unit.paragraph != paragraph {
            if paragraph != 0 {
                xml.push_str("      </group>\n");
            }
            paragraph = unit.paragraph;
            xml.push_str(&format!(
                "      <group id=\"p{paragraph}\" restype=\"x-paragraph\">\n"
            ));
        }
        push_unit(&mut xml, index + 1, unit, file);
    }
    if paragraph != 0 {
        xml.push_str("      </group>\n");
    }
    xml.push_str("    </body>\n  </file>\n</xliff>\n");
    let (xml, replaced) = writable(&xml);
    out.write_all(xml.as_bytes())?;
    Ok(replaced)
}

fn push_unit(xml: &mut String, number: usize, unit: &XliffUnit<'_>, file: &XliffFile<'_>) {
    let (source, target) = (file.source.tag(), file.target.tag());
    xml.push_str(&format!(
        "        <trans-unit id=\"{number}\" xml:space=\"preserve\">\n"
    ));
    xml.push_str(&format!(
        "          <source xml:lang=\"{source}\">{}</source>\n",
        escaped_text(unit.source)
    ));
    if let Some(proposed) = unit.target {
        let (state, qualifier) = proposed.state.attributes();
        xml.push_str(&format!(
            "          <target xml:lang=\"{target}\" state=\"{state}\" state-qualifier=\"{qualifier}\">{}</target>\n",
            escaped_text(proposed.text)
        ));
    }
    for one in &unit.alternatives {
        xml.push_str("          <alt-trans");
        push_attribute(xml, "match-quality", &format!("{}%", one.score));
        push_attribute(xml, "tool-id", "tarjuman");
        push_attribute(xml, "origin", one.origin);
        push_attribute(xml, "alttranstype", "proposal");
        xml.push_str(&format!(
            ">\n            <source xml:lang=\"{source}\">{}</source>\n            <target xml:lang=\"{target}\">{}</target>\n          </alt-trans>\n",
            escaped_text(one.source),
            escaped_text(one.target)
        ));
    }
    if let Some(note) = &unit.note {
        xml.push_str(&format!(
            "          <note from=\"tarjuman\">{}</note>\n",
            escaped_text(note)
        ));
    }
    xml.push_str("        </trans-unit>\n");
}

/// `20250131T235959Z` as XML Schema writes it: `2025-01-31T23:59:59Z`.
fn iso_date(tmx: &str) -> Option<String> {
    let part = |from: usize, to: usize| tmx.get(from..to);
    Some(format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(9, 11)?,
        part(11, 13)?,
        part(13, 15)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_honest() {
        let (en, fa) = (Language::from_file("en"), Language::from_file("fa"));
        let unit = |paragraph, source, target| XliffUnit {
            paragraph,
            source,
            target,
            alternatives: Vec::new(),
            note: None,
        };
        let target = |text, state| Some(XliffTarget { text, state });
        let file = XliffFile {
            original: "a<b.txt",
            source: &en,
            target: &fa,
            at: "20250131T235959Z",
            units: vec![
                unit(1, "R & D", target("تحقیق", XliffState::Exact)),
                unit(1, "like", target("مانند", XliffState::Fuzzy)),
                unit(2, "new", None),
            ],
        };
        let mut out = Vec::new();
        assert_eq!(write(&file, &mut out).unwrap(), 0);
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("date=\"2025-01-31T23:59:59Z\"") && text.contains("a&lt;b.txt"));
        assert!(text.contains("state=\"translated\" state-qualifier=\"exact-match\">تحقیق<"));
        assert!(
            text.contains(
                "state=\"needs-review-translation\" state-qualifier=\"fuzzy-match\">مانند<"
            )
        );
        assert_eq!(text.matches("<target").count(), 2);
        assert_eq!(text.matches("<group").count(), 2);
        assert!(!text.contains("approved"));
    }
}
