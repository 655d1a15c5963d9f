//! The `.beads` file: editions of one text and what belongs together in them, for an editor to read and correct.
//!
//! ```text
//! # a comment
//! [en]
//! 1⇥Dear Friends,
//!
//! 2⇥We met on 12 March.
//! 3⇥It was a good day.
//!
//! [sq]
//! 1⇥Të dashur miq,
//!
//! 2 3⇥U takuam më 12 mars dhe ishte një ditë e mirë.
//! ```
//!
//! A section is an edition. A line is a segment: the numbers of the meaning units it carries, a tab, the text. An empty line ends
//! a paragraph. A comment `# look: …` marks the segment behind it as doubtful. What carries a common unit belongs together; a unit found in one edition only has no partner. It is plain text
//! in UTF-8, so that it can be edited, compared and kept under version control.

use std::collections::BTreeSet;
use std::io::{self, Write};

use crate::error::{Error, Result};
use crate::text::language::Language;

/// Editions and what belongs together in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BeadsFile {
    /// The editions, in the order of the file.
    pub editions: Vec<BeadsEdition>,
}

/// An edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeadsEdition {
    /// Its language.
    pub language: Language,
    /// Its paragraphs, each with its segments.
    pub paragraphs: Vec<Vec<BeadsSegment>>,
}

/// A segment of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeadsSegment {
    /// The meaning units it carries; at least one.
    pub units: BTreeSet<u32>,
    /// The text.
    pub text: String,
    /// The line it stands on, from 1, if it was read from a file.
    pub line: Option<u64>,
    /// What an editor should look at, if anything: a comment before the segment that starts with `# look: `. When the editor
    /// has looked, it is taken away.
    pub look: Option<String>,
}

/// What a file says of itself to the editor who opens it.
const HEAD: &str = "\
# What carries a common number belongs together. A line is a segment: its numbers, a tab, its text; an empty line ends a paragraph.
# Where a line starts with “# look”, the aligner is not sure of the segment behind it: correct the numbers, and take the line away.
# As long as it is there, what it marks is not stored.

";

/// How a comment starts that asks an editor to look at the segment behind it.
const LOOK: &str = "# look: ";

impl BeadsEdition {
    /// The segments of all paragraphs, in order.
    pub fn segments(&self) -> impl Iterator<Item = &BeadsSegment> {
        self.paragraphs.iter().flatten()
    }
}

/// Reads a file.
///
/// # Errors
/// If a line is none of those that the format knows; the error says which.
pub fn read(text: &str) -> Result<BeadsFile> {
    let mut file = BeadsFile::default();
    let mut look = None;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        let wrong = |message: String| Error::input(message).on_line(number);
        if line.starts_with('#') {
            look = mark(line).or(look);
            continue;
        }
        if let Some(tag) = line
            .strip_prefix('[')
            .and_then(|rest| rest.trim_end().strip_suffix(']'))
        {
            let language = Language::parse(tag).map_err(|error| wrong(error.to_string()))?;
            if file
                .editions
                .iter()
                .any(|edition| edition.language == language)
            {
                return Err(wrong(format!(
                    "there is an edition in {} already",
                    language.english_name()
                )));
            }
            file.editions.push(BeadsEdition {
                language,
                paragraphs: vec![Vec::new()],
            });
            continue;
        }
        let Some(paragraphs) = file
            .editions
            .last_mut()
            .map(|edition| &mut edition.paragraphs)
        else {
            if line.trim().is_empty() {
                continue;
            }
            return Err(wrong(
                "a segment stands before the first [language]".to_owned(),
            ));
        };
        if line.trim().is_empty() {
            if paragraphs
                .last()
                .is_some_and(|paragraph| !paragraph.is_empty())
            {
                paragraphs.push(Vec::new());
            }
            continue;
        }
        let mut segment = segment(line, number)?;
        segment.look = look.take();
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.push(segment);
        }
    }
    for edition in &mut file.editions {
        edition.paragraphs.retain(|paragraph| !paragraph.is_empty());
    }
    Ok(file)
}

/// What a comment asks to look at. However it is spelt, a comment that starts with the word is a mark: one that was missed would
/// let a doubtful place pass for one that was looked at.
fn mark(comment: &str) -> Option<String> {
    let text = comment.trim_start_matches(['#', ' ', '\t']);
    let word = text
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("look"))?;
    let rest = text.strip_prefix(word)?;
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(rest.trim_start_matches([':', ' ']).to_owned())
}

fn segment(line: &str, number: u64) -> Result<BeadsSegment> {
    let wrong = |message: String| {
        let error = Error::input(message).on_line(number);
        error.hint("a line is numbers of meaning units, a tab, and the text of a segment")
    };
    let Some((units, text)) = line.split_once('\t') else {
        return Err(wrong("there is no tab in this line".to_owned()));
    };
    if text.trim().is_empty() {
        return Err(wrong("there is no text behind the tab".to_owned()));
    }
    let mut found = BTreeSet::new();
    for unit in units.split_whitespace() {
        let unit = unit
            .parse()
            .map_err(|_| wrong(format!("“{unit}” is not the number of a unit")))?;
        found.insert(unit);
    }
    if found.is_empty() {
        return Err(wrong("there is no number before the tab".to_owned()));
    }
    Ok(BeadsSegment {
        units: found,
        // A carriage return alone is a line break too, and a segment is one line.
        text: text.trim().replace('\r', " "),
        line: Some(number),
        look: None,
    })
}

/// Writes a file. Line breaks inside a segment become blanks.
///
/// # Errors
/// If the output cannot be written.
pub fn write(file: &BeadsFile, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    for (number, edition) in file.editions.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        writeln!(out, "[{}]", edition.language)?;
        for (index, paragraph) in edition.paragraphs.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            for segment in paragraph {
                if let Some(look) = &segment.look {
                    writeln!(out, "{LOOK}{look}")?;
                }
                let units: Vec<_> = segment.units.iter().map(u32::to_string).collect();
                let text = segment.text.replace(['\n', '\r'], " ");
                writeln!(out, "{}\t{text}", units.join(" "))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[en]\n1\tDear Friends,\n\n2\tWe met.\n# look: 43% sure\n3 4\tIt was good.\n\n[sq]\n1\tTë dashur miq,\n";

    #[test]
    fn what_is_written_is_read() {
        let file = read(TEXT).unwrap();
        assert_eq!(file.editions.len(), 2);
        let english = &file.editions[0];
        assert_eq!(english.paragraphs.len(), 2);
        assert_eq!(english.paragraphs[1][1].units, BTreeSet::from([3, 4]));
        assert_eq!(english.paragraphs[1][1].look.as_deref(), Some("43% sure"));
        assert_eq!(english.paragraphs[1][1].line, Some(6));
        let mut out = Vec::new();
        write(&file, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), format!("{HEAD}{TEXT}"));
    }

    #[test]
    fn a_mark_is_one_however_it_is_spelt() {
        for comment in [
            "# look: 4% sure",
            "#Look 4% sure",
            "## LOOK",
            "# look at this",
        ] {
            let file = read(&format!("[en]\n{comment}\n# and more\n1\tYes.\n2\tNo.\n")).unwrap();
            let marked: Vec<_> = file.editions[0]
                .segments()
                .map(|one| one.look.is_some())
                .collect();
            assert_eq!(marked, [true, false], "{comment}");
        }
        assert!(
            read("[en]\n# looking good\n1\tYes.\n").unwrap().editions[0].paragraphs[0][0]
                .look
                .is_none()
        );
    }

    #[test]
    fn a_segment_is_one_line() {
        let file = read("[fa]\r\n1\tالف\rب\r\n").unwrap();
        assert_eq!(file.editions[0].paragraphs[0][0].text, "الف ب");
    }

    #[test]
    fn every_wrong_line_is_named() {
        for (text, line) in [
            ("1\tx", 1),
            ("[en]\nno tab", 2),
            ("[en]\nx\ttext", 2),
            ("[en]\n\ttext", 2),
            ("[en]\n1\t ", 2),
            ("[en]\n\n[en]", 3),
            ("[qq]", 1),
        ] {
            assert_eq!(read(text).unwrap_err().line(), Some(line), "{text}");
        }
    }
}
