//! Ways of making key tokens: what two segments are compared by.

use tarjuman::text::fold;
use tarjuman::text::language::Language;
use tarjuman::text::stem::light;
use tarjuman::text::tokens::{TokenKind, tokens};

/// What becomes of a word.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Words {
    /// The near key in lower case.
    Near,
    /// Loosely folded: without diacritics, hamza, teh marbuta; and without ZWNJ.
    Loose,
    /// Loose, without endings.
    Stem,
}

/// One way.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Keys {
    pub(super) words: Words,
    /// All numbers are one token.
    pub(super) number_class: bool,
    /// Punctuation marks are tokens.
    pub(super) marks: bool,
}

/// What other tools compare: words in lower case, numbers by value, marks.
pub(super) const PLAIN: Keys = Keys {
    words: Words::Near,
    number_class: false,
    marks: true,
};

/// Folded words, numbers as one class, no marks.
pub(super) const CLASSES: Keys = Keys {
    words: Words::Near,
    number_class: true,
    marks: false,
};

impl Keys {
    pub(super) fn of(self, text: &str, language: &Language) -> Vec<String> {
        let key = |token: tarjuman::text::tokens::Token<'_>| match token.kind {
            TokenKind::Word => Some(self.word(&fold::word(token.text, language), language)),
            TokenKind::Number if self.number_class => Some("\u{1}".to_owned()),
            TokenKind::Mark => self.marks.then(|| fold::near(token.text, language)),
            // `tokens` has no other kinds; those are put together from numbers.
            _ => Some(fold::near(token.text, language)),
        };
        tokens(text).into_iter().filter_map(key).collect()
    }

    fn word(self, word: &str, language: &Language) -> String {
        match self.words {
            Words::Near => word.to_owned(),
            Words::Loose => loose(word, language),
            Words::Stem => light(&loose(word, language), language.primary()).to_owned(),
        }
    }
}

/// A word as hasty typing leaves it.
fn loose(word: &str, language: &Language) -> String {
    fold::loose(word, language).replace('\u{200C}', "")
}
