//! Controls of direction: each that opens must be closed, and none may turn text around.

use super::pair::Pair;
use super::{Check, Finding, Side};

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut tell = |at: usize, control: char, reason: &str| {
        let place = at..at + control.len_utf8();
        found.push(Finding::new(Check::Bidi, Side::Target, place, reason));
    };
    for (at, letter) in pair.target.text.char_indices() {
        match letter {
            '\u{202D}' | '\u{202E}' => {
                // What the source has may be meant.
                if !pair.source.text.contains(letter) {
                    tell(
                        at,
                        letter,
                        "an override (U+202D, U+202E) shows text in another order than it is stored",
                    );
                }
                open.push((at, letter));
            }
            '\u{202A}' | '\u{202B}' | '\u{2066}'..='\u{2068}' => open.push((at, letter)),
            '\u{202C}' | '\u{2069}' => {
                let closes = |opened: char| {
                    matches!(opened, '\u{2066}'..='\u{2068}') == (letter == '\u{2069}')
                };
                match open.last() {
                    Some((_, opened)) if closes(*opened) => {
                        open.pop();
                    }
                    _ => tell(
                        at,
                        letter,
                        "this control of direction closes what was not opened",
                    ),
                }
            }
            _ => {}
        }
    }
    for (at, control) in open {
        tell(at, control, "this control of direction is left open");
    }
}

#[cfg(test)]
mod tests {
    use crate::check::{Check, Checker};
    use crate::text::language::Language;
    use crate::unit::Segment;

    #[test]
    fn what_is_opened_is_closed() {
        let (en, ar) = (
            Language::parse("en").unwrap(),
            Language::parse("ar").unwrap(),
        );
        let count = |source: &str, target: &str| {
            let (source, target) = (Segment::plain(source), Segment::plain(target));
            let found = Checker::new(&en, &ar).check(&source, &target);
            found.iter().filter(|one| one.check == Check::Bidi).count()
        };
        assert_eq!(count("The book", "\u{2067}الكتاب\u{2069}\u{200F}"), 0);
        assert_eq!(count("The book", "\u{202B}الكتاب"), 1);
        assert_eq!(count("The book", "الكتاب\u{2069}"), 1);
        assert_eq!(
            count("The book", "\u{2067}\u{202B}الكتاب\u{2069}\u{202C}"),
            2
        );
        assert_eq!(count("The book", "\u{202E}الكتاب\u{202C}"), 1);
        assert_eq!(
            count("\u{202E}The book\u{202C}", "\u{202E}الكتاب\u{202C}"),
            0
        );
    }
}
