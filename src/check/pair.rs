//! A source and its translation as the checks look at them: cut into values and words once.

use crate::text::language::Language;
use crate::text::tokens::{Token, TokenKind, is_invisible, tokens};
use crate::text::values::{Kind, Value, values};
use crate::unit::Segment;

/// One of the two texts.
pub(super) struct Text<'t> {
    pub(super) segment: &'t Segment,
    pub(super) text: &'t str,
    pub(super) language: &'t Language,
    pub(super) values: Vec<Value>,
    pub(super) tokens: Vec<Token<'t>>,
    pub(super) script: Script,
}

/// What a language is written in, as far as marks and letters go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Arabic,
    Other,
}

impl Script {
    /// The script that most letters of a text are of.
    pub(super) fn of(text: &str) -> Self {
        let (mut latin, mut arabic, mut other) = (0_usize, 0_usize, 0_usize);
        for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
            if is_arabic(letter) {
                arabic += 1;
            } else if is_latin(letter) {
                latin += 1;
            } else {
                other += 1;
            }
        }
        match (latin.max(arabic).max(other), latin, arabic) {
            (0, ..) => Script::Other,
            (most, _, arabic) if most == arabic => Script::Arabic,
            (most, latin, _) if most == latin => Script::Latin,
            _ => Script::Other,
        }
    }

    /// The script that a language is usually written in.
    pub(super) fn usual(language: &Language) -> Option<Self> {
        match language.primary() {
            "en" | "sq" => Some(Script::Latin),
            "fa" | "ar" => Some(Script::Arabic),
            _ => None,
        }
    }
}

/// Whether a character is a letter or a mark on a letter of Arabic script.
pub(super) fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{0620}'..='\u{065F}' | '\u{066E}'..='\u{06D3}' | '\u{06D5}'..='\u{06DC}' | '\u{06EE}' | '\u{06EF}' | '\u{06FA}'..='\u{06FF}'
        | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Whether a character is a letter of Latin script.
pub(super) fn is_latin(letter: char) -> bool {
    matches!(letter, 'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}')
        && letter.is_alphabetic()
}

impl<'t> Text<'t> {
    fn new(segment: &'t Segment, language: &'t Language) -> Self {
        let text = segment.text.as_str();
        Text {
            segment,
            text,
            language,
            values: values(text, language),
            tokens: tokens(text),
            script: Script::of(text),
        }
    }

    /// The words, in order.
    pub(super) fn words(&self) -> impl Iterator<Item = &Token<'t>> {
        let is_word = |token: &&Token<'t>| token.kind == TokenKind::Word;
        self.tokens.iter().filter(is_word)
    }

    /// Whether a place lies in an address, in which nothing is text.
    pub(super) fn is_in_address(&self, at: usize) -> bool {
        let before = self.values.partition_point(|value| value.place.end <= at);
        self.values.get(before).is_some_and(|value| {
            matches!(value.kind, Kind::Email | Kind::Url) && value.place.contains(&at)
        })
    }

    /// The characters with their places, invisible ones left out.
    pub(super) fn visible(&self) -> impl DoubleEndedIterator<Item = (usize, char)> + '_ {
        self.text
            .char_indices()
            .filter(|(_, letter)| !is_invisible(*letter))
    }
}

/// A source and its translation.
pub(super) struct Pair<'p> {
    pub(super) source: Text<'p>,
    pub(super) target: Text<'p>,
}

impl<'p> Pair<'p> {
    pub(super) fn new(
        source: (&'p Segment, &'p Language),
        target: (&'p Segment, &'p Language),
    ) -> Self {
        Pair {
            source: Text::new(source.0, source.1),
            target: Text::new(target.0, target.1),
        }
    }
}
