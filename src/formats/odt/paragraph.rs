//! A paragraph taken apart into lines, each a block with its codes, and put together again with other words.

use std::collections::HashMap;
use std::ops::Range;

use roxmltree::Node;

use super::names::{Prefixes, TEXT};
use super::styles::Styles;
use super::tokens::{self, Token};
use crate::formats::document::{BlockBuilder, Trimmed};
use crate::formats::nesting::{Event, Nesting};
use crate::formats::tree::{self, Edits};
use crate::unit::Segment;

/// A paragraph.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Its lines; one, or more if there are line breaks.
    pub(super) lines: Vec<Line>,
    things: Vec<Thing>,
}

/// A line of a paragraph.
#[derive(Debug)]
pub(super) struct Line {
    /// The block, and what stands around it.
    pub(super) trimmed: Trimmed,
    /// The things that the numbers of codes stand for.
    numbers: HashMap<usize, usize>,
    /// What ends it; nothing after the last.
    end: Option<Range<usize>>,
}

/// What a code stands for.
#[derive(Debug)]
enum Thing {
    /// Text in an element.
    Element {
        open: Range<usize>,
        close: Range<usize>,
    },
    /// No text of the paragraph; it may show something in its place.
    Alone { xml: Range<usize>, shows: bool },
}

/// How much native markup a code shows. It is written from the document itself.
const MAX_NATIVE: usize = 2000;

impl Paragraph {
    /// Takes a paragraph apart.
    pub(super) fn read(text: &str, node: Node<'_, '_>, styles: &Styles) -> Self {
        let mut paragraph = Paragraph {
            lines: Vec::new(),
            things: Vec::new(),
        };
        let mut open: Vec<usize> = Vec::new();
        let mut builder = BlockBuilder::default();
        let mut numbers = HashMap::new();
        let native = |xml: &Range<usize>| {
            let xml = text.get(xml.clone()).unwrap_or_default();
            match xml.len() > MAX_NATIVE {
                true => xml
                    .find('>')
                    .and_then(|end| xml.get(..=end))
                    .filter(|tag| tag.len() <= MAX_NATIVE),
                false => Some(xml),
            }
            .unwrap_or_default()
        };
        for token in tokens::read(text, node, styles) {
            match token {
                Token::Text(words) => builder.text(&words),
                Token::Alone { kind, xml } => {
                    let number = builder.alone(kind, native(&xml));
                    numbers.insert(number, paragraph.things.len());
                    let shows = tokens::shows(kind);
                    paragraph.things.push(Thing::Alone { xml, shows });
                }
                Token::Open { kind, xml, .. } => {
                    let number = builder.open(kind, native(&xml));
                    numbers.insert(number, paragraph.things.len());
                    open.push(paragraph.things.len());
                    paragraph.things.push(Thing::Element {
                        open: xml,
                        close: 0..0,
                    });
                }
                Token::Close(xml) => {
                    let Some(index) = open.pop() else { continue };
                    let number = builder.close(native(&xml));
                    numbers.insert(number, index);
                    if let Some(Thing::Element { close, .. }) = paragraph.things.get_mut(index) {
                        *close = xml;
                    }
                }
                Token::Break(xml) => paragraph.lines.push(Line {
                    trimmed: std::mem::take(&mut builder).finish(),
                    numbers: std::mem::take(&mut numbers),
                    end: Some(xml),
                }),
            }
        }
        paragraph.lines.push(Line {
            trimmed: builder.finish(),
            numbers,
            end: None,
        });
        paragraph
    }

    /// The content of the paragraph with other texts in its lines; a line without one is written as it was.
    pub(super) fn write(
        &self,
        texts: &[Option<&Segment>],
        text: &str,
        edits: &mut Edits,
        prefixes: &Prefixes,
    ) -> String {
        let mut writer = Writer {
            text,
            edits,
            prefixes,
            things: &self.things,
            out: String::new(),
            after_blank: true,
        };
        let mut nesting = Nesting::default();
        for (index, line) in self.lines.iter().enumerate() {
            let content = texts
                .get(index)
                .copied()
                .flatten()
                .unwrap_or(&line.trimmed.content);
            for part in [&line.trimmed.lead, content, &line.trimmed.tail] {
                for event in nesting.events(part, |number| line.numbers.get(&number).copied()) {
                    writer.event(event);
                }
            }
            if let Some(end) = &line.end {
                writer.xml(end);
                writer.after_blank = true;
            }
        }
        for event in nesting.end() {
            writer.event(event);
        }
        writer.out
    }
}

struct Writer<'a> {
    text: &'a str,
    edits: &'a mut Edits,
    prefixes: &'a Prefixes,
    things: &'a [Thing],
    out: String,
    /// Whether a blank has to be an element, since one more would count for nothing.
    after_blank: bool,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>) {
        let range = match event {
            Event::Text(words) => {
                self.words(words);
                return;
            }
            Event::Open(index) | Event::Close(index) | Event::Alone(index) => {
                self.things.get(index)
            }
        };
        match (event, range) {
            (Event::Open(_), Some(Thing::Element { open, .. })) => self.xml(open),
            (Event::Close(_), Some(Thing::Element { close, .. })) => self.xml(close),
            (Event::Alone(_), Some(Thing::Alone { xml, shows })) => {
                self.xml(xml);
                self.after_blank &= !shows;
            }
            _ => {}
        }
    }

    fn xml(&mut self, range: &Range<usize>) {
        let xml = self.edits.take(self.text, range);
        self.out.push_str(&xml);
    }

    fn words(&mut self, words: &str) {
        let mut rest = words;
        while !rest.is_empty() {
            let end = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
            let (plain, behind) = rest.split_at(end);
            self.out.push_str(&tree::escape(plain));
            self.after_blank &= plain.is_empty();
            let blanks = behind.len() - behind.trim_start_matches(' ').len();
            rest = behind.get(blanks..).unwrap_or_default();
            self.blanks(blanks);
            let sign = match rest.chars().next() {
                Some('\t') => "tab",
                Some('\n') => "line-break",
                Some('\r') => "",
                _ => continue,
            };
            rest = rest.get(1..).unwrap_or_default();
            if !sign.is_empty() {
                self.out
                    .push_str(&format!("<{}/>", self.prefixes.name(TEXT, sign)));
                self.after_blank = sign == "line-break";
            }
        }
    }

    fn blanks(&mut self, mut count: usize) {
        if count > 0 && !self.after_blank {
            self.out.push(' ');
            self.after_blank = true;
            count -= 1;
        }
        let name = self.prefixes.name(TEXT, "s");
        match count {
            0 => return,
            1 => self.out.push_str(&format!("<{name}/>")),
            count => self.out.push_str(&format!(
                "<{name} {}=\"{count}\"/>",
                self.prefixes.name(TEXT, "c")
            )),
        }
        self.after_blank = false;
    }
}
