//! The words of a text and what stands between them, as far as a name can go on over it.

use std::ops::Range;

use crate::text::tokens::{TokenKind, tokens};

/// What stands between a word and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing but white space.
    Space,
    /// A hyphen that touches both.
    Hyphen,
    /// A full stop and perhaps white space.
    Stop,
    /// What ends a sentence, opens a quotation or a bracket, or begins a line; or the text begins.
    Start,
    /// Any other mark, or a number.
    Mark,
}

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) place: Range<usize>,
    pub(super) before: Gap,
    /// Whether a full stop stands behind it.
    pub(super) dotted: bool,
}

impl Word<'_> {
    /// Whether it begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether it is one capital, which a full stop shortens.
    pub(super) fn is_initial(&self) -> bool {
        self.dotted && self.is_capital() && self.text.chars().nth(1).is_none()
    }

    /// Whether it has several letters and all of them are capitals, but for an s or what stands behind an apostrophe: TV, TVs, UK’s, I’m.
    pub(super) fn is_shout(&self) -> bool {
        let bare = self.text.split(['\'', '’']).next().unwrap_or_default();
        let had_apostrophe = bare.len() < self.text.len();
        let bare = bare.strip_suffix('s').unwrap_or(bare);
        let is_single = bare.chars().nth(1).is_none();
        !bare.chars().any(char::is_lowercase) && (!is_single || bare == "I" && had_apostrophe)
    }
}

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let tokens = tokens(text);
    let mut found: Vec<Word<'_>> = Vec::new();
    let mut end = 0;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word {
            continue;
        }
        let place = token.start..token.start + token.text.len();
        let between = text.get(end..place.start).unwrap_or_default();
        let behind = tokens.get(at + 1);
        found.push(Word {
            text: token.text,
            before: if found.is_empty() {
                Gap::Start
            } else {
                gap(between)
            },
            dotted: behind
                .is_some_and(|behind| behind.text.starts_with('.') && behind.start == place.end),
            place: place.clone(),
        });
        end = place.end;
    }
    found
}

fn gap(between: &str) -> Gap {
    let marks = between.trim();
    match marks {
        "" if between.contains(['\n', '\r', '\u{2028}', '\u{2029}']) => Gap::Start,
        "" => Gap::Space,
        "-" | "\u{2010}" | "\u{2011}" if marks.len() == between.len() => Gap::Hyphen,
        "." if between.starts_with('.') && !between.contains(['\n', '\r']) => Gap::Stop,
        _ => {
            let opens = |mark: char| {
                matches!(
                    mark,
                    '.' | '!'
                        | '?'
                        | '؟'
                        | '…'
                        | ':'
                        | '•'
                        | '('
                        | '['
                        | '{'
                        | '"'
                        | '“'
                        | '„'
                        | '«'
                        | '‘'
                        | '‹'
                        | '\u{6D4}'
                        | '\n'
                        | '\r'
                        | '–'
                        | '—'
                        | '*'
                        | '-'
                )
            };
            if between.contains(opens) {
                Gap::Start
            } else {
                Gap::Mark
            }
        }
    }
}
