//! Words, numbers and marks of a text, with their places.
//!
//! Word boundaries are those of UAX #29: a ZWNJ stays inside its word, `d.m.th` and `s’është` are one word. Two things are
//! added. A number is one token in ASCII, Arabic-Indic or Persian digits, also when its groups are set apart by a no-break space, as in Albanian
//! (`1 250,50`). And what is neither word nor number nor white space is a mark.

use unicode_segmentation::UnicodeSegmentation;

/// A piece of a text that is compared as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The piece as it stands in the text.
    pub text: &'a str,
    /// Where it starts, in bytes from the start of the text.
    pub start: usize,
    /// What it is.
    pub kind: TokenKind,
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits, marks and ZWNJ among them.
    Word,
    /// Digits (ASCII, Arabic-Indic or Persian), with the separators inside the number.
    Number,
    /// Punctuation and symbols.
    Mark,
}

/// Cuts a text into tokens, in order. White space and invisible controls are in none of them.
///
/// ```
/// use tarjuman::text::tokens::{tokens, TokenKind};
/// let found = tokens("شمارهٔ ۱۴، می‌رود.");
/// let texts: Vec<_> = found.iter().map(|token| token.text).collect();
/// assert_eq!(texts, ["شمارهٔ", "۱۴", "،", "می‌رود", "."]);
/// assert_eq!(found[1].kind, TokenKind::Number);
/// ```
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    for (start, piece) in text.split_word_bound_indices() {
        let Some(kind) = kind_of(piece) else { continue };
        // UAX #29 joins a control to what is before it.
        let piece = piece.trim_end_matches(is_invisible);
        if kind == TokenKind::Number
            && let Some(last) = found.last_mut()
            && let Some(joined) = joined_number(text, *last, start, piece)
        {
            last.text = joined;
            continue;
        }
        found.push(Token {
            text: piece,
            start,
            kind,
        });
    }
    found
}

/// How many words a text has, as an office program counts them: words and numbers, no marks.
pub fn word_count(text: &str) -> usize {
    tokens(text)
        .iter()
        .filter(|token| token.kind != TokenKind::Mark)
        .count()
}

/// The digits of a text (ASCII, Arabic-Indic or Persian) in ASCII; everything else left out.
///
/// ```
/// assert_eq!(tarjuman::text::tokens::ascii_digits("۱٬۲۵۰٫۵۰"), "125050");
/// assert_eq!(tarjuman::text::tokens::ascii_digits("١٢"), "12");
/// ```
pub fn ascii_digits(text: &str) -> String {
    text.chars().filter_map(ascii_digit).collect()
}

/// The ASCII digit for an ASCII, Arabic-Indic or extended (Persian) Arabic-Indic digit.
pub fn ascii_digit(letter: char) -> Option<char> {
    let value = match letter {
        '0'..='9' => return Some(letter),
        '\u{0660}'..='\u{0669}' => letter as u32 - 0x0660,
        '\u{06F0}'..='\u{06F9}' => letter as u32 - 0x06F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn kind_of(piece: &str) -> Option<TokenKind> {
    let first = piece.chars().find(|letter| !is_invisible(*letter))?;
    if first.is_whitespace() {
        return None;
    }
    if ascii_digit(first).is_some() && !piece.chars().any(char::is_alphabetic) {
        return Some(TokenKind::Number);
    }
    if piece.chars().any(char::is_alphanumeric) {
        return Some(TokenKind::Word);
    }
    Some(TokenKind::Mark)
}

/// The text of `last` and `piece` together, if a no-break space between them separates the thousands of one number.
fn joined_number<'a>(text: &'a str, last: Token<'a>, start: usize, piece: &str) -> Option<&'a str> {
    if last.kind != TokenKind::Number {
        return None;
    }
    let gap = text.get(last.start + last.text.len()..start)?;
    let groups = matches!(gap, "\u{00A0}" | "\u{202F}" | "\u{2009}");
    let three = piece
        .chars()
        .take_while(|letter| ascii_digit(*letter).is_some());
    if groups && three.count() == 3 {
        text.get(last.start..start + piece.len())
    } else {
        None
    }
}

/// A character that takes no room and is no part of a word's spelling: bidi controls, zero-width spaces, joiners standing alone.
pub fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn numbers_are_whole_in_every_edition() {
        assert_eq!(texts("1,250.50 kg"), ["1,250.50", "kg"]);
        assert_eq!(texts("۱٬۲۵۰٫۵۰ کیلوگرم"), ["۱٬۲۵۰٫۵۰", "کیلوگرم"]);
        assert_eq!(texts("١٬٢٥٠٫٥٠ كغم"), ["١٬٢٥٠٫٥٠", "كغم"]);
        assert_eq!(texts("1\u{a0}250,50 kg"), ["1\u{a0}250,50", "kg"]);
        assert_eq!(texts("në 1 250"), ["në", "1", "250"]);
    }

    #[test]
    fn controls_are_no_tokens() {
        assert_eq!(texts("\u{200F}(كتاب)\u{200E} "), ["(", "كتاب", ")"]);
        assert_eq!(texts(""), Vec::<&str>::new());
    }

    #[test]
    fn words_are_counted_without_marks() {
        assert_eq!(word_count("– Ku? – pyeti z. Çelëza, nr. 14."), 6);
    }
}
