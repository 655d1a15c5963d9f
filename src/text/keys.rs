//! What a segment is found and counted by: its key tokens.
//!
//! A key token is the stem of a word, folded loosely ([`fold::loose`], [`light`]), or a placeable as one token of its kind, so that another date does
//! not hide a match. Marks are none. Persian writes its prefixes and endings joined, with a ZWNJ or with a space (می‌رود,
//! میرود, می رود): they are joined to their word here, and any other ZWNJ parts two words, as a space would.
//!
//! Beside the tokens there is the *whole*: all words without what stands between them, and numbers with their digits. Two
//! segments with the same whole differ in nothing but typing.

use super::fold;
use super::language::Language;
use super::stem::light;
use super::tokens::{TokenKind, ascii_digits, placeables};

/// The key tokens of a segment.
///
/// ```
/// use tarjuman::text::{keys::Keys, language::Language};
/// let fa = Language::parse("fa")?;
/// let one = Keys::of("او می‌رود، ۱۴۰۴", &fa);
/// let two = Keys::of("او می رود 1405.", &fa);
/// assert_eq!(one.text(), two.text());
/// assert_ne!(one.whole(), two.whole());
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    text: String,
    whole: String,
    len: usize,
}

impl Keys {
    /// The keys of a text.
    pub fn of(text: &str, language: &Language) -> Keys {
        let folded = fold::loose(text, language);
        let mut keys = Keys {
            text: String::with_capacity(folded.len()),
            whole: String::with_capacity(folded.len()),
            len: 0,
        };
        let language_tag = language.primary();
        let mut glue = Glue::Free;
        let mut joined = String::new();
        for token in placeables(&folded) {
            if token.kind == TokenKind::Word && language_tag == "fa" {
                for part in token.text.split(ZWNJ).filter(|part| !part.is_empty()) {
                    let joins = match glue {
                        Glue::Free => false,
                        Glue::Word => PERSIAN_ENDINGS.contains(&part),
                        Glue::Prefix => true,
                    };
                    if !joins {
                        keys.push_word(&joined, language_tag);
                        joined.clear();
                    }
                    joined.push_str(part);
                    glue = match joins {
                        false if PERSIAN_PREFIXES.contains(&part) => Glue::Prefix,
                        _ => Glue::Word,
                    };
                }
                continue;
            }
            keys.push_word(&joined, language_tag);
            joined.clear();
            glue = Glue::Free;
            match token.kind {
                TokenKind::Mark => {}
                TokenKind::Word => keys.push_word(token.text, language_tag),
                kind @ (TokenKind::Email | TokenKind::Url) => keys.push(class(kind), token.text),
                kind => keys.push(class(kind), &ascii_digits(token.text)),
            }
        }
        keys.push_word(&joined, language_tag);
        if keys.whole.is_empty() {
            // Nothing but marks: then the marks are what it says.
            keys.whole = fold::identity(text, language);
        }
        keys
    }

    /// The key tokens, in order.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.text.split(' ').filter(|token| !token.is_empty())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none, as in a segment of marks alone.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The key tokens with a space between them; a placeable is one control character.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Words and digits without anything between them; the identity key of a text that has neither.
    pub fn whole(&self) -> &str {
        &self.whole
    }

    fn push_word(&mut self, word: &str, language: &str) {
        if !word.is_empty() {
            self.push(light(word, language), word);
        }
    }

    fn push(&mut self, token: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(token);
        self.whole.push_str(value);
        self.len += 1;
    }
}

const ZWNJ: char = '\u{200C}';

/// What the token before does to the next one.
#[derive(Clone, Copy)]
enum Glue {
    /// Nothing: a mark, a placeable or the start of the text.
    Free,
    /// It is a word, to which an ending may be joined.
    Word,
    /// It is a prefix, to which any word is joined.
    Prefix,
}

/// The key token that stands for any value of a kind. It cannot be a word, since words have no control characters.
fn class(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Date => "\u{2}",
        TokenKind::Time => "\u{3}",
        TokenKind::Email => "\u{4}",
        TokenKind::Url => "\u{5}",
        TokenKind::Number | TokenKind::Word | TokenKind::Mark => "\u{1}",
    }
}

/// Prefixes of verbs (Academy of Persian Language and Literature, orthography of 2015; a native reader should check).
const PERSIAN_PREFIXES: &[&str] = &["می", "نمی", "همی"];

/// Endings of the plural and of comparison (the same source; a native reader should check).
const PERSIAN_ENDINGS: &[&str] = &[
    "ها",
    "های",
    "هایی",
    "هایم",
    "هایت",
    "هایش",
    "هایمان",
    "هایتان",
    "هایشان",
    "تر",
    "تری",
    "ترین",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(tag: &str, text: &str) -> Keys {
        Keys::of(text, &Language::parse(tag).unwrap())
    }

    #[test]
    fn what_is_typed_otherwise_has_the_same_keys() {
        let cases = [
            ("fa", "کتاب‌ها را می‌آورد", "کتابها را میآورد"),
            ("fa", "کتاب‌ها را می‌آورد", "كتاب ها را می اورد"),
            ("fa", "نامهٔ شما", "نامه‌ی شما"),
            ("fa", "پیش‌نویس ۲", "پیش نویس 3"),
            ("ar", "إلى الأمسيةِ القادمة", "الى الامسية القادمه"),
            (
                "sq",
                "Ftesë për mbrëmjen e 12.3.2025",
                "ftese per mbremjen e 1/10/2026",
            ),
            (
                "en",
                "Write to a@b.org by 3 May",
                "write to info@example.net, by 17 May!",
            ),
        ];
        for (tag, left, right) in cases {
            assert_eq!(keys(tag, left).text(), keys(tag, right).text(), "{tag}");
        }
        assert_eq!(keys("fa", "پیش‌نویس").whole(), keys("fa", "پیشنویس").whole());
    }

    #[test]
    fn marks_alone_have_a_whole() {
        assert!(keys("en", "* * *").is_empty());
        assert_ne!(keys("en", "* * *").whole(), keys("en", "—").whole());
    }

    proptest! {
        #[test]
        fn any_text_has_keys(text in any::<String>(), tag in prop::sample::select(vec!["en", "fa", "ar", "sq", "de"])) {
            let language = Language::parse(tag).unwrap();
            let keys = Keys::of(&text, &language);
            prop_assert_eq!(keys.tokens().count(), keys.len());
            prop_assert_eq!(&Keys::of(&fold::identity(&text, &language), &language), &keys);
        }

        #[test]
        fn the_same_text_has_the_same_keys(text in "[a-zëçÇA-Z0-9۰-۹٠-٩يىکكهۀھءأئؤةآ\u{200C}\u{200F}\u{0640}\u{064E}\u{0654}\u{0301} .,،؟«»@/:\u{a0}]{0,40}", tag in prop::sample::select(vec!["en", "fa", "ar", "sq", "de"])) {
            let language = Language::parse(tag).unwrap();
            let keys = Keys::of(&text, &language);
            prop_assert_eq!(&Keys::of(&fold::identity(&text, &language), &language), &keys);
            prop_assert_eq!(keys.tokens().count(), keys.len());
            prop_assert_eq!(keys.text().split(' ').filter(|one| !one.is_empty()).count(), keys.len());
        }
    }
}
