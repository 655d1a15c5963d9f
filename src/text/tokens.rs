//! Words, numbers and marks of a text, with their places.
//!
//! Word boundaries are those of UAX #29: a ZWNJ stays inside its word, `d.m.th` and `s’është` are one word. Two things are
//! added. A number is one token in ASCII, Arabic-Indic or Persian digits, also when its groups are set apart by a no-break space, as in Albanian
//! (`1 250,50`). And what is neither word nor number nor white space is a mark.
//!
//! [`placeables`] goes one step further: what stands for one thing, and is copied or converted rather than translated, is one
//! token of its kind: a date in digits, a time, an e-mail address, an address of a page.

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
    /// A day, month and year in digits: `12.3.2025`, `۱۴۰۴/۰۲/۱۲`, `2025-03-12`; only from [`placeables`].
    Date,
    /// Hours and minutes: `18:30`; only from [`placeables`].
    Time,
    /// An e-mail address; only from [`placeables`].
    Email,
    /// The address of a page; only from [`placeables`].
    Url,
    /// Punctuation and symbols.
    Mark,
}

impl TokenKind {
    /// Whether it is a value that is copied or converted rather than translated.
    pub fn is_placeable(self) -> bool {
        !matches!(self, TokenKind::Word | TokenKind::Mark)
    }
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
    // The general way asks tables for every character, which takes several times as long.
    if let Some(found) = plain_tokens(text) {
        return found;
    }
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

/// What a character is to the rules of UAX #29, as far as plain texts of our languages need it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// `_`, which joins whatever stands beside it.
    Joining,
    /// Joins letters: `:`.
    BetweenLetters,
    /// Joins digits: `,` `;` `،`.
    BetweenDigits,
    /// Joins both: `.` `'` `’`.
    Between,
    /// ZWNJ and harakat, which belong to what is before them.
    Attached,
    Space,
    Mark,
}

/// The class of a character; `None` if the general rules have to be asked.
fn class_of(letter: char) -> Option<Class> {
    Some(match letter {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' | '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}' => Class::Digit,
        '_' => Class::Joining,
        ':' => Class::BetweenLetters,
        ',' | ';' | '،' => Class::BetweenDigits,
        '.' | '\'' | '’' | '‘' => Class::Between,
        ' ' | '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' => Class::Space,
        '!'..='~' | '«' | '»' | '“' | '”' | '„' | '–' | '—' | '؟' | '؛' => {
            Class::Mark
        }
        '\u{00C0}'..='\u{00D6}' | '\u{00D8}'..='\u{00F6}' | '\u{00F8}'..='\u{017F}' => {
            Class::Letter
        }
        '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' | '\u{0671}'..='\u{06D3}' => {
            Class::Letter
        }
        '\u{064B}'..='\u{0652}' | '\u{200C}' => Class::Attached,
        _ => return None,
    })
}

/// The same for a text of plain characters only, by the same rules; `None` for any other text.
fn plain_tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut classes = Vec::with_capacity(text.len());
    for (start, letter) in text.char_indices() {
        let class = class_of(letter)?;
        if class == Class::Attached {
            // It changes nothing behind a letter or a digit; elsewhere it is for the general rules.
            match classes.last().map(|(_, class)| *class) {
                Some(Class::Letter) => {}
                Some(Class::Digit) if letter == '\u{200C}' => {}
                _ => return None,
            }
        } else {
            classes.push((start, class));
        }
    }
    let class = |index: usize| classes.get(index).map_or(Class::Space, |(_, class)| *class);
    let place = |index: usize| classes.get(index).map_or(text.len(), |(start, _)| *start);
    let mut found = Vec::with_capacity(classes.len() / 4);
    let mut at = 0;
    while at < classes.len() {
        let first = class(at);
        let mut end = at + 1;
        let mut kind = TokenKind::Mark;
        match first {
            Class::Space => {
                at = end;
                continue;
            }
            Class::Letter | Class::Digit | Class::Joining => {
                let (mut letters, mut digits) = (first == Class::Letter, first == Class::Digit);
                loop {
                    let joins = matches!(
                        (class(end - 1), class(end), class(end + 1)),
                        (_, Class::Letter | Class::Digit | Class::Joining, _)
                            | (
                                Class::Letter,
                                Class::Between | Class::BetweenLetters,
                                Class::Letter
                            )
                            | (
                                Class::Digit,
                                Class::Between | Class::BetweenDigits,
                                Class::Digit
                            )
                    );
                    if !joins {
                        break;
                    }
                    letters |= class(end) == Class::Letter;
                    digits |= class(end) == Class::Digit;
                    end += 1;
                }
                kind = match (first, letters, digits) {
                    (Class::Digit, false, _) => TokenKind::Number,
                    (_, false, false) => TokenKind::Mark,
                    _ => TokenKind::Word,
                };
            }
            _ => {}
        }
        let start = place(at);
        // What is attached to the last letter goes along, but for a control at the very end.
        let piece = text.get(start..place(end))?.trim_end_matches(is_invisible);
        found.push(Token {
            text: piece,
            start,
            kind,
        });
        at = end;
    }
    Some(found)
}

/// The tokens of a text, where a date in digits, a time, an e-mail address or the address of a page is one token.
///
/// ```
/// use tarjuman::text::tokens::{TokenKind, placeables};
/// let found = placeables("Më 12.3.2025, ora 18:30: info@shembull.al.");
/// let said: Vec<_> = found.iter().filter(|token| token.kind.is_placeable()).map(|token| (token.kind, token.text)).collect();
/// assert_eq!(said, [(TokenKind::Date, "12.3.2025"), (TokenKind::Time, "18:30"), (TokenKind::Email, "info@shembull.al")]);
/// ```
pub fn placeables(text: &str) -> Vec<Token<'_>> {
    let found = tokens(text);
    if found.iter().all(|token| token.kind != TokenKind::Number) && !text.contains(['@', '/', '.'])
    {
        return found;
    }
    let mut grouped: Vec<Token<'_>> = Vec::with_capacity(found.len());
    let mut addresses = addresses(text).into_iter().peekable();
    let mut rest = found.as_slice();
    while let Some(first) = rest.first() {
        while addresses
            .next_if(|one| one.start + one.text.len() <= first.start)
            .is_some()
        {}
        let (one, length) = match addresses.peek() {
            Some(address) if address.start <= first.start => {
                let end = address.start + address.text.len();
                (
                    *address,
                    rest.iter().take_while(|token| token.start < end).count(),
                )
            }
            _ => date_or_time(text, rest).unwrap_or((*first, 1)),
        };
        grouped.push(one);
        rest = rest.get(length..).unwrap_or_default();
    }
    grouped
}

/// The addresses in a text, in order: what stands between white space, without the marks around it.
pub(super) fn addresses(text: &str) -> Vec<Token<'_>> {
    if !text.contains('@') && !text.contains("://") && !text.contains("www.") {
        return Vec::new();
    }
    let pieces = text.split_whitespace().flat_map(|piece| {
        // Marks of either script that stand beside an address without a space.
        piece.split([
            '<', '>', '(', ')', '[', ']', '«', '»', '“', '”', '„', '"', '،', '؛', '؟',
        ])
    });
    pieces
        .filter_map(|piece| {
            let piece =
                piece.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '/');
            let kind = address_kind(piece)?;
            Some(Token {
                text: piece,
                start: piece.as_ptr() as usize - text.as_ptr() as usize,
                kind,
            })
        })
        .collect()
}

/// What kind of address a piece of text is, if it is one.
pub(super) fn address_kind(piece: &str) -> Option<TokenKind> {
    let is_domain = |domain: &str| {
        let (name, last) = domain.rsplit_once('.')?;
        let named = name.chars().any(char::is_alphanumeric) && last.chars().count() > 1;
        (named && last.chars().all(char::is_alphanumeric)).then_some(())
    };
    if let Some((_, rest)) = piece.split_once("://") {
        return (!rest.is_empty()).then_some(TokenKind::Url);
    }
    if let Some(rest) = piece.strip_prefix("www.") {
        return rest.contains('.').then_some(TokenKind::Url);
    }
    let (local, domain) = piece.split_once('@')?;
    (!local.is_empty()).then_some(())?;
    is_domain(domain).map(|()| TokenKind::Email)
}

/// The date or time that a run of tokens begins with, and how many tokens it takes.
fn date_or_time<'a>(text: &'a str, tokens: &[Token<'a>]) -> Option<(Token<'a>, usize)> {
    let first = tokens
        .first()
        .filter(|token| token.kind == TokenKind::Number)?;
    if is_date(first.text.split('.')) {
        return Some((
            Token {
                kind: TokenKind::Date,
                ..*first
            },
            1,
        ));
    }
    let touching = |count: usize| -> Option<&'a str> {
        let run = tokens.get(..count)?;
        let mut ends = run.iter().zip(run.get(1..)?);
        let last = run.last()?;
        ends.all(|(one, next)| one.start + one.text.len() == next.start)
            .then(|| text.get(first.start..last.start + last.text.len()))?
    };
    if let Some(whole) = touching(5)
        && let [_, one, _, two, _] = tokens.get(..5)?
        && one.text == two.text
        && matches!(one.text, "/" | "-" | "." | "٫")
        && is_date(whole.split(['/', '-', '.', '٫']))
    {
        return Some((
            Token {
                text: whole,
                start: first.start,
                kind: TokenKind::Date,
            },
            5,
        ));
    }
    let whole = touching(3)?;
    let two_digits = |part: &str| (1..=2).contains(&part.chars().filter_map(ascii_digit).count());
    let (hours, minutes) = whole.split_once(':')?;
    (two_digits(hours) && ascii_digits(minutes).len() == 2 && minutes.chars().count() == 2)
        .then_some((
            Token {
                text: whole,
                start: first.start,
                kind: TokenKind::Time,
            },
            3,
        ))
}

/// Whether three groups of digits are a day, a month and a year, in this or the other order.
fn is_date<'a>(parts: impl Iterator<Item = &'a str>) -> bool {
    let value = |part: &str| match ascii_digits(part) {
        digits if digits.len() == part.chars().count() => {
            Some((digits.len(), digits.parse::<u32>().ok()?))
        }
        _ => None,
    };
    let parts: Vec<_> = parts.take(4).map(value).collect();
    let [Some(first), Some(middle), Some(last)] = parts.as_slice() else {
        return false;
    };
    let day = |(length, value): (usize, u32)| length <= 2 && (1..=31).contains(&value);
    let year = |(length, _): (usize, u32)| length == 4;
    day(*middle) && ((year(*first) && day(*last)) || (day(*first) && (year(*last) || last.0 == 2)))
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
    use proptest::prelude::*;

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
    fn what_stands_for_one_thing_is_one_token() {
        let kinds = |text| -> Vec<(TokenKind, &str)> {
            let found = placeables(text).into_iter();
            found
                .filter(|token| token.kind.is_placeable())
                .map(|token| (token.kind, token.text))
                .collect()
        };
        assert_eq!(
            kinds("۱۴۰۴/۰۲/۱۲ ساعت ۱۸:۳۰"),
            [(TokenKind::Date, "۱۴۰۴/۰۲/۱۲"), (TokenKind::Time, "۱۸:۳۰")]
        );
        assert_eq!(
            kinds("2025-03-12 12-345 1/2"),
            [
                (TokenKind::Date, "2025-03-12"),
                (TokenKind::Number, "12"),
                (TokenKind::Number, "345"),
                (TokenKind::Number, "1"),
                (TokenKind::Number, "2"),
            ]
        );
        assert_eq!(
            kinds("(https://shembull.al/a?b=1), www.x.org."),
            [
                (TokenKind::Url, "https://shembull.al/a?b=1"),
                (TokenKind::Url, "www.x.org"),
            ]
        );
        assert_eq!(
            kinds("a@b وعنوان «نص@مثال.شبكة»"),
            [(TokenKind::Email, "نص@مثال.شبكة")]
        );
        assert_eq!(
            kinds("1.2.3.4 or 1.250.500"),
            [
                (TokenKind::Number, "1.2.3.4"),
                (TokenKind::Number, "1.250.500")
            ]
        );
    }

    proptest! {
        #[test]
        fn plain_texts_are_cut_by_the_same_rules(text in "[ab1۲٣_.,;:'’\\-@ \t\r\nëکيءۀ،؛؟«—\u{200C}\u{064E}]{0,16}") {
            // A character that is not plain, set apart, takes the general way.
            let other = format!("{text} \u{2603}");
            prop_assert!(plain_tokens(&other).is_none());
            let mut general = tokens(&other);
            general.pop();
            prop_assert_eq!(tokens(&text), general);
        }
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
