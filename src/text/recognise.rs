//! Which of the four languages a text is in, when neither its name nor the user says so.
//!
//! Two questions decide: which script most letters belong to, and, inside a script, which of two sets of signs is seen more
//! often. For Arabic script these are letters that only one of the languages uses; for Latin script the letters ë and ç and
//! the commonest short words. The word sets are from general knowledge and should be checked by a native reader.

use super::language::Language;
use super::tokens::{TokenKind, tokens};

/// The language of a text, or `None` if the signs do not decide: too short, another script, a draw.
///
/// ```
/// use tarjuman::text::recognise::recognise;
/// let of = |text| recognise(text).map(|language| language.tag().to_owned());
/// assert_eq!(of("نامهٔ شما را دریافت کردیم.").as_deref(), Some("fa"));
/// assert_eq!(of("تلقينا رسالتكم.").as_deref(), Some("ar"));
/// assert_eq!(of("E morëm letrën tuaj.").as_deref(), Some("sq"));
/// assert_eq!(of("1234"), None);
/// ```
pub fn recognise(text: &str) -> Option<Language> {
    let (mut arabic, mut latin) = (0_u32, 0_u32);
    for letter in text.chars() {
        match letter {
            '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' | '\u{FB50}'..='\u{FEFC}' => {
                arabic += 1;
            }
            'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' => latin += 1,
            _ => {}
        }
    }
    let tag = if arabic > latin {
        decide(letters(text, "پچژگیک"), letters(text, "يكةىؤ"), "fa", "ar")?
    } else {
        let mut albanian = letters(text, "ëËçÇ");
        let mut english = 0;
        for token in tokens(text)
            .iter()
            .filter(|token| token.kind == TokenKind::Word)
        {
            let word = token.text.to_lowercase();
            if ALBANIAN_WORDS.contains(&word.as_str()) {
                albanian += 2;
            }
            if ENGLISH_WORDS.contains(&word.as_str()) {
                english += 2;
            }
        }
        decide(english, albanian, "en", "sq")?
    };
    Some(Language::from_file(tag))
}

fn letters(text: &str, wanted: &str) -> usize {
    text.chars()
        .filter(|letter| wanted.contains(*letter))
        .count()
}

fn decide(
    first: usize,
    second: usize,
    if_first: &'static str,
    if_second: &'static str,
) -> Option<&'static str> {
    match first.cmp(&second) {
        std::cmp::Ordering::Greater => Some(if_first),
        std::cmp::Ordering::Less => Some(if_second),
        std::cmp::Ordering::Equal => None,
    }
}

const ENGLISH_WORDS: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "that", "for", "with", "you", "your", "we", "our", "on",
    "this", "are", "was", "by", "from", "dear",
];

const ALBANIAN_WORDS: &[&str] = &[
    "të", "e", "në", "dhe", "për", "me", "nga", "që", "një", "është", "ju", "më", "se", "ka",
    "nuk", "si", "tuaj", "jemi", "te", "ne",
];
