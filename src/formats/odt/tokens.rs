//! A paragraph as a row of tokens: text, line breaks, and markup that stands alone or encloses text.

use std::ops::Range;

use roxmltree::Node;

use super::names::{self, TEXT};
use super::styles::Styles;
use crate::formats::tree;

/// How many blanks a `text:s` may stand for.
const MAX_BLANKS: usize = 1000;

/// What comes next in a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Text(String),
    /// The end of a line, and not of the paragraph.
    Break(Range<usize>),
    Alone {
        kind: &'static str,
        xml: Range<usize>,
    },
    /// An element opens that has text in it. A span has what can be seen of its style.
    Open {
        kind: &'static str,
        look: Option<String>,
        xml: Range<usize>,
    },
    /// The element that was opened last closes.
    Close(Range<usize>),
}

/// Reads a paragraph.
pub(super) fn read(text: &str, paragraph: Node<'_, '_>, styles: &Styles) -> Vec<Token> {
    let mut reader = Reader {
        text,
        styles,
        tokens: Vec::new(),
        after_blank: true,
    };
    reader.children(paragraph);
    joined(reader.tokens)
}

struct Reader<'a> {
    text: &'a str,
    styles: &'a Styles,
    tokens: Vec<Token>,
    /// Whether white space would follow white space, which counts as one.
    after_blank: bool,
}

impl Reader<'_> {
    /// Reads what stands in a paragraph or in an element inside one. The depth of the tree bounds the recursion.
    fn children(&mut self, node: Node<'_, '_>) {
        for child in node.children() {
            if child.is_text() {
                self.words(child.text().unwrap_or_default());
                continue;
            }
            if !child.is_element() {
                continue;
            }
            let xml = child.range();
            match (names::is(child, TEXT), child.tag_name().name()) {
                (true, "tab") => self.push_text("\t"),
                (true, "s") => {
                    let count =
                        names::attribute(child, TEXT, "c").and_then(|count| count.parse().ok());
                    self.push_text(&" ".repeat(count.unwrap_or(1usize).min(MAX_BLANKS)));
                }
                (true, "line-break") => {
                    self.tokens.push(Token::Break(xml));
                    self.after_blank = true;
                }
                (true, "soft-page-break") => {}
                (true, "span") => {
                    let style = names::attribute(child, TEXT, "style-name").unwrap_or_default();
                    let (kind, look) = self.styles.look(style);
                    match look.is_empty() {
                        // It says when it was written, or in which language; nobody sees it.
                        true => self.children(child),
                        false => self.element(kind, Some(look), child),
                    }
                }
                (true, "a") => self.element("link", None, child),
                (true, "meta") => self.element("meta", None, child),
                (true, "note") => self.alone("fnote", xml),
                (true, "bookmark" | "bookmark-start" | "bookmark-end") => {
                    self.alone("bookmark", xml);
                }
                (true, "change" | "change-start" | "change-end") => self.alone("change", xml),
                (false, "annotation" | "annotation-end") => self.alone("comment", xml),
                (false, "frame") => self.alone("image", xml),
                (true, name) if is_field(name) => self.alone("field", xml),
                _ => self.alone("markup", xml),
            }
        }
    }

    fn words(&mut self, words: &str) {
        let mut out = String::with_capacity(words.len());
        for letter in words.chars() {
            if !matches!(letter, ' ' | '\t' | '\n' | '\r') {
                out.push(letter);
                self.after_blank = false;
            } else if !self.after_blank {
                out.push(' ');
                self.after_blank = true;
            }
        }
        if !out.is_empty() {
            self.tokens.push(Token::Text(out));
        }
    }

    fn push_text(&mut self, text: &str) {
        self.tokens.push(Token::Text(text.to_owned()));
        self.after_blank = false;
    }

    fn alone(&mut self, kind: &'static str, xml: Range<usize>) {
        self.tokens.push(Token::Alone { kind, xml });
        self.after_blank &= !shows(kind);
    }

    fn element(&mut self, kind: &'static str, look: Option<String>, node: Node<'_, '_>) {
        let whole = node.range();
        let Some(inner) = tree::inner(self.text, node) else {
            self.alone("markup", whole);
            return;
        };
        self.tokens.push(Token::Open {
            kind,
            look,
            xml: whole.start..inner.start,
        });
        self.children(node);
        self.tokens.push(Token::Close(inner.end..whole.end));
    }
}

/// Whether something of a kind is seen where it stands, so that white space around it is apart.
pub(super) fn shows(kind: &str) -> bool {
    !matches!(kind, "bookmark" | "change" | "comment")
}

/// What the program that shows the document makes: dates, numbers of pages, references.
fn is_field(name: &str) -> bool {
    name.ends_with("-ref")
        || name.starts_with("sender-")
        || name.starts_with("author-")
        || name.starts_with("page-")
        || name.starts_with("variable-")
        || name.starts_with("user-")
        || name.ends_with("-count")
        || matches!(
            name,
            "date"
                | "time"
                | "title"
                | "subject"
                | "chapter"
                | "sequence"
                | "expression"
                | "file-name"
                | "meta-field"
        )
}

/// The tokens with spans that look alike and follow each other made one.
fn joined(tokens: Vec<Token>) -> Vec<Token> {
    let mut done: Vec<Token> = Vec::with_capacity(tokens.len());
    // The looks of elements that are open, and of the one that closed last.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut closed: Option<String> = None;
    for token in tokens {
        match &token {
            Token::Open { look, .. } => {
                open.push(look.clone());
                let goes_on = look.is_some() && closed == *look;
                closed = None;
                if goes_on {
                    done.pop();
                    continue;
                }
            }
            Token::Close(_) => closed = open.pop().flatten(),
            _ => closed = None,
        }
        done.push(token);
    }
    done
}
