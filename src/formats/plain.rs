//! Plain text: a line is a paragraph, and everything between the paragraphs comes back as it was.

use std::path::Path;

use super::decode::utf8_or_line;
use crate::error::{Error, Result};

/// A plain text, taken apart into paragraphs and what stands around them.
///
/// ```
/// use tarjuman::formats::plain::PlainText;
/// let letter = PlainText::new("  Të dashur miq,\r\n\r\nMe respekt,");
/// assert_eq!(letter.paragraphs().collect::<Vec<_>>(), ["Të dashur miq,", "Me respekt,"]);
/// assert_eq!(letter.with_paragraphs(["دوستان،", "با احترام،"]), "  دوستان،\r\n\r\nبا احترام،");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainText {
    /// Pieces in order: what stands before a paragraph, and the paragraph; the last paragraph is followed by `tail`.
    pieces: Vec<(String, String)>,
    tail: String,
}

impl PlainText {
    /// Takes a text apart. Lines without text are no paragraphs.
    pub fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut before = String::new();
        for line in text.split_inclusive('\n') {
            // A byte order mark is no text either.
            let inner =
                line.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{FEFF}');
            let (lead, rest) = match line.find(inner) {
                Some(at) if !inner.is_empty() => line.split_at(at),
                _ => {
                    before.push_str(line);
                    continue;
                }
            };
            before.push_str(lead);
            pieces.push((std::mem::take(&mut before), inner.to_owned()));
            before.push_str(rest.strip_prefix(inner).unwrap_or_default());
        }
        PlainText {
            pieces,
            tail: before,
        }
    }

    /// Reads bytes that should be a plain text in UTF-8.
    ///
    /// # Errors
    /// If they are not UTF-8, or no text at all; the error says the line.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        // Zero bytes are legal UTF-8 and yet a sure sign of something that is no text: an image, an archive, UTF-16.
        if bytes.contains(&0) {
            let error = Error::input("this is no plain text: it has zero bytes in it");
            let is_utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
            return Err(match is_utf16 {
                true => {
                    error.hint("it looks like UTF-16; `iconv -f UTF-16 -t UTF-8` makes UTF-8 of it")
                }
                false => error,
            });
        }
        match utf8_or_line(bytes) {
            Ok(text) => Ok(PlainText::new(text)),
            Err(line) => Err(Error::input("these bytes are not UTF-8")
                .on_line(line)
                .hint("`iconv -f WINDOWS-1256 -t UTF-8` (or another encoding in its place) makes UTF-8 of a file")),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, or is no text in UTF-8.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|error| Error::io(path, "read", &error))?;
        PlainText::from_bytes(&bytes).map_err(|error| error.at(path))
    }

    /// The paragraphs, in order, without white space around them.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|(_, paragraph)| paragraph.as_str())
    }

    /// The paragraphs in groups: lines that stand together without an empty line between them.
    pub fn line_groups(&self) -> Vec<Vec<&str>> {
        let mut groups: Vec<Vec<&str>> = Vec::new();
        for (before, paragraph) in &self.pieces {
            match groups.last_mut() {
                Some(group) if before.matches('\n').count() <= 1 => group.push(paragraph),
                _ => groups.push(vec![paragraph]),
            }
        }
        groups
    }

    /// The same text with other paragraphs. If there are fewer than before, the rest stay.
    pub fn with_paragraphs<'a>(&self, paragraphs: impl IntoIterator<Item = &'a str>) -> String {
        let mut text = String::new();
        let mut paragraphs = paragraphs.into_iter();
        for (before, paragraph) in &self.pieces {
            text.push_str(before);
            text.push_str(paragraphs.next().unwrap_or(paragraph));
        }
        text.push_str(&self.tail);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        assert_eq!(
            PlainText::from_bytes(b"a\nb\xff").unwrap_err().line(),
            Some(2)
        );
        assert!(PlainText::from_bytes(b"PK\x03\x04\0\0").is_err());
        assert_eq!(PlainText::from_bytes(b"").unwrap().paragraphs().count(), 0);
    }

    proptest! {
        #[test]
        fn the_text_comes_back(text in "[a-zë یک\u{200C}\u{FEFF}\u{a0}\t\r\n]{0,60}") {
            let plain = PlainText::new(&text);
            let paragraphs: Vec<_> = plain.paragraphs().collect();
            prop_assert_eq!(plain.with_paragraphs(paragraphs.iter().copied()), text);
            prop_assert!(paragraphs.iter().all(|paragraph| !paragraph.trim().is_empty() && !paragraph.contains('\n')));
        }
    }
}
