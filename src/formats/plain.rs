//! Plain text: a line is a paragraph, and everything between the paragraphs comes back as it was.

use super::Format;
use super::document::{Block, Document, Skeleton};
use crate::error::Result;
use crate::text::language::Language;
use crate::unit::Segment;

/// Takes a text apart into its lines.
pub(super) fn read(text: &str) -> Document {
    let plain = PlainText::new(text);
    let blocks = plain.pieces.iter().enumerate();
    let blocks = blocks.map(|(index, (before, line))| Block {
        content: Segment::plain(line.clone()),
        stands_apart: index == 0 || before.matches('\n').count() > 1,
    });
    Document::new(Format::Plain, blocks.collect(), plain)
}

impl Skeleton for PlainText {
    fn write(&self, blocks: &[Segment], _: &Language) -> Result<Vec<u8>> {
        let lines = blocks.iter().map(|block| block.text.as_str());
        Ok(self.with_paragraphs(lines).into_bytes())
    }
}

/// A plain text, taken apart into paragraphs and what stands around them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PlainText {
    /// Pieces in order: what stands before a paragraph, and the paragraph; the last paragraph is followed by `tail`.
    pieces: Vec<(String, String)>,
    tail: String,
}

impl PlainText {
    /// Takes a text apart. Lines without text are no paragraphs.
    fn new(text: &str) -> Self {
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

    /// The same text with other paragraphs. If there are fewer than before, the rest stay.
    fn with_paragraphs<'a>(&self, paragraphs: impl IntoIterator<Item = &'a str>) -> String {
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

    fn paragraphs(plain: &PlainText) -> Vec<&str> {
        plain.pieces.iter().map(|(_, line)| line.as_str()).collect()
    }

    #[test]
    fn lines_are_replaced_where_they_stand() {
        let letter = PlainText::new("  Të dashur miq,\r\n\r\nMe respekt,");
        assert_eq!(paragraphs(&letter), ["Të dashur miq,", "Me respekt,"]);
        assert_eq!(
            letter.with_paragraphs(["دوستان،", "با احترام،"]),
            "  دوستان،\r\n\r\nبا احترام،"
        );
    }

    proptest! {
        #[test]
        fn the_text_comes_back(text in "[a-zë یک\u{200C}\u{FEFF}\u{a0}\t\r\n]{0,60}") {
            let plain = PlainText::new(&text);
            let paragraphs = paragraphs(&plain);
            prop_assert_eq!(plain.with_paragraphs(paragraphs.iter().copied()), text);
            prop_assert!(paragraphs.iter().all(|paragraph| !paragraph.trim().is_empty() && !paragraph.contains('\n')));
        }
    }
}
