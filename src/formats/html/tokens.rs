//! A page as a row of tags and texts, each with its bytes.
//!
//! The tokenizer (`lol_html`) tells of start tags, texts, comments and the doctype. End tags it tells only of elements that it has seen
//! open; all of them are found in the gaps between the rest.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use lol_html::errors::RewritingError;
use lol_html::html_content::{Comment, Doctype, Element, TextChunk, TextType};
use lol_html::{DocumentContentHandlers, ElementContentHandlers, HtmlRewriter, Selector, Settings};

use crate::error::{Error, Result};

/// A piece of a page.
#[derive(Debug)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: TokenKind,
}

#[derive(Debug)]
pub(super) enum TokenKind {
    Start(StartTag),
    /// An end tag, by its name in lower case.
    End(String),
    /// Text that people see, with character references.
    Text,
    Doctype,
    /// Comments, instructions, the insides of scripts, tags that are cut off.
    Other,
}

/// A start tag.
#[derive(Debug)]
pub(super) struct StartTag {
    /// In lower case.
    pub(super) name: String,
    pub(super) attributes: Vec<Attribute>,
    /// Whether an end tag may follow.
    pub(super) has_content: bool,
    /// Whether the selector that was asked for picks it.
    pub(super) is_selected: bool,
}

/// An attribute of a start tag.
#[derive(Debug)]
pub(super) struct Attribute {
    /// In lower case.
    pub(super) name: String,
    /// The bytes of the name.
    pub(super) place: Range<usize>,
    /// The bytes of the value without its quotes; none if there is no value.
    pub(super) value: Option<Range<usize>>,
}

impl StartTag {
    /// The attribute of a name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|known| known.name == name)
    }

    /// The value of an attribute as it is written; empty if it has none.
    pub(super) fn value<'a>(&self, name: &str, text: &'a str) -> Option<&'a str> {
        let attribute = self.attribute(name)?;
        Some(
            attribute
                .value
                .clone()
                .and_then(|range| text.get(range))
                .unwrap_or_default(),
        )
    }
}

/// Cuts a page.
pub(super) fn tokens(text: &str, select: Option<&str>) -> Result<Vec<Token>> {
    let selector = match select {
        Some(css) => Some(css.parse::<Selector>().map_err(|error| {
            let said = error.to_string();
            let said = said.trim_end_matches('.');
            Error::request(format!(
                "“{css}” is no CSS selector that is known here: {said}"
            ))
            .hint("for instance main, article p, #content, div.text, [lang=fa]")
        })?),
        None => None,
    };
    let found: RefCell<Vec<Token>> = RefCell::default();
    let selected: RefCell<HashSet<usize>> = RefCell::default();
    let push = |range: Range<usize>, kind| found.borrow_mut().push(Token { range, kind });
    let any = "*"
        .parse::<Selector>()
        .map_err(|error| Error::input(error.to_string()))?;
    let all = ElementContentHandlers::default().element(|element: &mut Element<'_, '_>| {
        push(
            element.source_location().bytes(),
            TokenKind::Start(start_tag(element, text)),
        );
        Ok(())
    });
    let outside = DocumentContentHandlers::default()
        .text(|chunk: &mut TextChunk<'_>| {
            let kind = match chunk.text_type() {
                TextType::Data | TextType::RCData => TokenKind::Text,
                _ => TokenKind::Other,
            };
            push(chunk.source_location().bytes(), kind);
            Ok(())
        })
        .comments(|comment: &mut Comment<'_>| {
            push(comment.source_location().bytes(), TokenKind::Other);
            Ok(())
        })
        .doctype(|doctype: &mut Doctype<'_>| {
            push(doctype.source_location().bytes(), TokenKind::Doctype);
            Ok(())
        });
    // Not strict: a page that a browser could take in two ways is taken in one.
    let mut settings = Settings::new()
        .with_strict(false)
        .append_element_content_handler((Cow::Owned(any), all))
        .append_document_content_handler(outside);
    if let Some(selector) = selector {
        let picked = ElementContentHandlers::default().element(|element: &mut Element<'_, '_>| {
            selected
                .borrow_mut()
                .insert(element.source_location().bytes().start);
            Ok(())
        });
        settings = settings.append_element_content_handler((Cow::Owned(selector), picked));
    }
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| ());
    let failed = |error: RewritingError| Error::input(format!("this page cannot be cut: {error}"));
    rewriter.write(text.as_bytes()).map_err(failed)?;
    rewriter.end().map_err(failed)?;
    Ok(with_gaps(text, found.into_inner(), &selected.into_inner()))
}

fn start_tag(element: &Element<'_, '_>, text: &str) -> StartTag {
    let tag = element.source_location().bytes();
    let attributes = element.attributes().iter().filter_map(|attribute| {
        let place = attribute.name_source_location()?.bytes();
        let value = attribute.value_source_location().map(|value| value.bytes());
        // An attribute without value can come with an empty place elsewhere.
        let value = value.filter(|value| {
            let before = text.get(place.end..value.start).unwrap_or_default();
            value.end <= tag.end && before.trim_start().starts_with('=')
        });
        Some(Attribute {
            name: attribute.name(),
            place,
            value,
        })
    });
    StartTag {
        name: element.tag_name(),
        attributes: attributes.collect(),
        has_content: element.can_have_content(),
        is_selected: false,
    }
}

/// The tokens with what the tokenizer does not tell of between them.
fn with_gaps(text: &str, found: Vec<Token>, selected: &HashSet<usize>) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::with_capacity(found.len());
    let mut at = 0;
    for mut token in found {
        if token.range.is_empty() || token.range.start < at {
            continue;
        }
        push_gap(text, at..token.range.start, &mut tokens);
        at = token.range.end;
        if let TokenKind::Start(tag) = &mut token.kind {
            tag.is_selected = selected.contains(&token.range.start);
        }
        match tokens.last_mut() {
            // A text can come in several chunks.
            Some(last)
                if last.range.end == token.range.start
                    && matches!(
                        (&last.kind, &token.kind),
                        (TokenKind::Text, TokenKind::Text)
                    ) =>
            {
                last.range.end = token.range.end;
            }
            _ => tokens.push(token),
        }
    }
    push_gap(text, at..text.len(), &mut tokens);
    tokens
}

/// Finds the end tags in a gap.
fn push_gap(text: &str, gap: Range<usize>, tokens: &mut Vec<Token>) {
    let mut at = gap.start;
    while let Some(rest) = text.get(at..gap.end).filter(|rest| !rest.is_empty()) {
        let is_end = |rest: &str| {
            let name = rest.strip_prefix("</");
            name.is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()))
        };
        let (len, kind) = if is_end(rest) {
            let name = rest.get(2..).unwrap_or_default();
            let name = name
                .split(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '/' | '>'));
            let name = name.take(1).collect::<String>().to_ascii_lowercase();
            (
                rest.find('>').map_or(rest.len(), |end| end + 1),
                TokenKind::End(name),
            )
        } else {
            let mut next = rest.match_indices("</").map(|(start, _)| start);
            let next =
                next.find(|start| *start > 0 && is_end(rest.get(*start..).unwrap_or_default()));
            (next.unwrap_or(rest.len()), TokenKind::Other)
        };
        tokens.push(Token {
            range: at..at + len,
            kind,
        });
        at += len;
    }
}
