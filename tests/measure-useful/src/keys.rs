//! Ways of making key tokens: what two segments are compared by.

use tarjuman::text::fold;
use tarjuman::text::language::Language;
use tarjuman::text::tokens::{TokenKind, tokens};

use crate::stems;

/// What becomes of a word.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Words {
    /// The near key in lower case.
    Near,
    /// Without diacritics, hamza, teh marbuta and ZWNJ.
    Bare,
    /// Near, without endings.
    NearStem,
    /// Bare, without endings.
    BareStem,
}

/// One way.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Keys {
    pub words: Words,
    /// All numbers are one token.
    pub number_class: bool,
    /// Punctuation marks are tokens.
    pub marks: bool,
}

/// What other tools compare: words in lower case, numbers by value, marks.
pub const PLAIN: Keys = Keys {
    words: Words::Near,
    number_class: false,
    marks: true,
};

/// Folded words, numbers as one class, no marks.
pub const CLASSES: Keys = Keys {
    words: Words::Near,
    number_class: true,
    marks: false,
};

impl Keys {
    pub fn of(self, text: &str, language: &Language) -> Vec<String> {
        let key = |token: tarjuman::text::tokens::Token<'_>| match token.kind {
            TokenKind::Word => Some(self.word(&fold::word(token.text, language), language)),
            TokenKind::Number if self.number_class => Some("\u{1}".to_owned()),
            TokenKind::Number => Some(fold::near(token.text, language)),
            TokenKind::Mark => self.marks.then(|| fold::near(token.text, language)),
        };
        tokens(text).into_iter().filter_map(key).collect()
    }

    fn word(self, word: &str, language: &Language) -> String {
        let tag = language.primary();
        match self.words {
            Words::Near => word.to_owned(),
            Words::Bare => bare(word, language),
            Words::NearStem => stems::light(word, tag).to_owned(),
            Words::BareStem => stems::light(&bare(word, language), tag).to_owned(),
        }
    }
}

/// A word as hasty typing leaves it.
fn bare(word: &str, language: &Language) -> String {
    let yeh = if language.primary() == "fa" {
        'ی'
    } else {
        'ي'
    };
    let letters = fold::bare(word, language);
    let letters = letters
        .chars()
        .filter(|letter| !matches!(letter, '\u{200C}' | 'ء'));
    letters
        .map(|letter| match letter {
            'ٱ' => 'ا',
            'ة' => 'ه',
            'ى' | 'ي' | 'ی' => yeh,
            other => other,
        })
        .collect()
}
