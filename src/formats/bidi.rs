//! The direction of texts by their letters, for formats that mark it: which way a paragraph runs, and where in it the other script stands.

use crate::text::language::{Direction, Language};

/// The direction of a letter; `None` for digits, punctuation and white space, which follow their surroundings.
pub(super) fn of_letter(letter: char) -> Option<Direction> {
    if !letter.is_alphabetic() {
        return None;
    }
    let is_rtl = matches!(
        letter,
        '\u{590}'..='\u{8FF}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    );
    Some(match is_rtl {
        true => Direction::RightToLeft,
        false => Direction::LeftToRight,
    })
}

/// How many letters run which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    rtl: usize,
    ltr: usize,
}

impl Tally {
    /// The letters of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut tally = Tally::default();
        tally.add(text);
        tally
    }

    /// Adds the letters of a text.
    pub(super) fn add(&mut self, text: &str) {
        for letter in text.chars() {
            match of_letter(letter) {
                Some(Direction::RightToLeft) => self.rtl += 1,
                Some(Direction::LeftToRight) => self.ltr += 1,
                None => {}
            }
        }
    }

    /// The way most letters run; `None` if there are none.
    pub(super) fn majority(self) -> Option<Direction> {
        match (self.rtl, self.ltr) {
            (0, 0) => None,
            (rtl, ltr) if rtl > ltr => Some(Direction::RightToLeft),
            _ => Some(Direction::LeftToRight),
        }
    }

    /// Whether any letter runs that way.
    pub(super) fn has(self, direction: Direction) -> bool {
        match direction {
            Direction::RightToLeft => self.rtl > 0,
            Direction::LeftToRight => self.ltr > 0,
        }
    }
}

/// The direction that a paragraph has to be given in a document for a language; `None` if it stays as it is. What is left in the other
/// script (an address, a sentence that nobody translated) stays too: a wrong direction would tear its punctuation off.
pub(super) fn wanted(tally: Tally, is_changed: bool, target: Direction) -> Option<Direction> {
    let keeps = match tally.majority() {
        None => false,
        Some(own) if own == target => false,
        Some(_) => !(is_changed && tally.has(target) && target == Direction::RightToLeft),
    };
    (!keeps).then_some(target)
}

/// Cuts a text into pieces of one direction. A piece that runs against `base` reaches from its first letter to its last, with the digits and
/// signs that hang on to it; everything else goes with the base.
pub(super) fn pieces(text: &str, base: Direction) -> Vec<(Direction, &str)> {
    let other = match base {
        Direction::LeftToRight => Direction::RightToLeft,
        Direction::RightToLeft => Direction::LeftToRight,
    };
    let mut islands: Vec<(usize, usize)> = Vec::new();
    let mut goes_on = false;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        match of_letter(letter) {
            Some(own) if own == other => match islands.last_mut() {
                Some(island) if goes_on => island.1 = end,
                _ => {
                    islands.push((at, end));
                    goes_on = true;
                }
            },
            Some(_) => goes_on = false,
            None if other == Direction::LeftToRight && is_eastern(letter) => goes_on = false,
            None => {}
        }
    }
    if other == Direction::LeftToRight {
        for (start, end) in &mut islands {
            *start = hanging_before(text, *start);
            *end = hanging_behind(text, *end);
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end) in islands {
        let start = start.max(at);
        for (direction, range) in [(base, at..start), (other, start..end)] {
            match text.get(range) {
                Some(piece) if !piece.is_empty() => pieces.push((direction, piece)),
                _ => {}
            }
        }
        at = at.max(end);
    }
    match text.get(at..) {
        Some(rest) if !rest.is_empty() => pieces.push((base, rest)),
        _ => {}
    }
    pieces
}

/// Punctuation and digits that are used in right-to-left text only.
fn is_eastern(letter: char) -> bool {
    matches!(letter, '\u{600}'..='\u{6FF}')
}

/// A sign that belongs to a Latin word it hangs on to: `A-12`, `C++`, `50%x`.
fn hangs(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '-' | '_' | '/' | '+' | '#' | '%' | '@' | '&' | '=')
}

/// A sign that belongs to a number only between its digits.
fn joins_digits(letter: char) -> bool {
    matches!(letter, '.' | ',' | ':')
}

fn hanging_behind(text: &str, mut end: usize) -> usize {
    let mut rest = text.get(end..).unwrap_or_default().chars().peekable();
    while let Some(letter) = rest.next() {
        // A number behind a word goes with it, as in an address.
        let joins = (joins_digits(letter) || letter == ' ')
            && rest.peek().is_some_and(char::is_ascii_digit);
        if !hangs(letter) && !joins {
            break;
        }
        end += letter.len_utf8();
    }
    end
}

fn hanging_before(text: &str, mut start: usize) -> usize {
    let mut rest = text
        .get(..start)
        .unwrap_or_default()
        .chars()
        .rev()
        .peekable();
    while let Some(letter) = rest.next() {
        let joins = joins_digits(letter) && rest.peek().is_some_and(char::is_ascii_digit);
        if !hangs(letter) && !joins {
            break;
        }
        start -= letter.len_utf8();
    }
    start
}

/// The tag of a language as office programs want it, which have none without a region.
pub(super) fn with_region(language: &Language) -> String {
    match language.tag() {
        "fa" => "fa-IR".to_owned(),
        "ar" => "ar-SA".to_owned(),
        "sq" => "sq-AL".to_owned(),
        "en" => "en-US".to_owned(),
        tag => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RTL: Direction = Direction::RightToLeft;
    const LTR: Direction = Direction::LeftToRight;

    fn latin(text: &str) -> Vec<&str> {
        let pieces = pieces(text, RTL).into_iter();
        pieces
            .filter(|(direction, _)| *direction == LTR)
            .map(|(_, piece)| piece)
            .collect()
    }

    #[test]
    fn latin_words_keep_what_hangs_on_to_them() {
        assert_eq!(
            latin("نامهٔ شمارهٔ A-12/3 را (Bridge Street 27) دیدم."),
            ["A-12/3", "Bridge Street 27"]
        );
        assert_eq!(latin("نسخهٔ v2.1. تمام، Word."), ["v2.1", "Word"]);
        assert_eq!(latin("۱۲ مارس 2025"), Vec::<&str>::new());
        assert_eq!(latin("Tirana، Bërçesh"), ["Tirana", "Bërçesh"]);
        assert_eq!(
            pieces("Dr. الغراس wrote", LTR),
            [(LTR, "Dr. "), (RTL, "الغراس"), (LTR, " wrote")]
        );
    }

    #[test]
    fn a_paragraph_runs_with_its_language_unless_it_is_left_over() {
        for (text, is_changed, target, wants) in [
            ("نامه", true, RTL, Some(RTL)),
            ("ایمیل: someone@example.org", true, RTL, Some(RTL)),
            ("someone@example.org", true, RTL, None),
            ("Not translated.", false, RTL, None),
            ("47/25", false, RTL, Some(RTL)),
            ("", false, LTR, Some(LTR)),
            ("Letra", true, LTR, Some(LTR)),
            ("هنوز ترجمه نشده", false, LTR, None),
        ] {
            assert_eq!(wanted(Tally::of(text), is_changed, target), wants, "{text}");
        }
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "[a-c0-9 .،/ابç(-]{0,24}") {
            for base in [RTL, LTR] {
                let whole: String = pieces(&text, base).into_iter().map(|(_, piece)| piece).collect();
                prop_assert_eq!(&whole, &text);
            }
        }
    }
}
