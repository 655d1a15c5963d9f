//! Spaces and joiners: doubled, before a mark, where they do nothing.

use super::pair::{Pair, Text};
use super::{Check, Finding, Side};

const ZWNJ: char = '\u{200C}';

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    let text = &pair.target;
    let letters: Vec<(usize, char)> = text.text.char_indices().collect();
    double(text, &letters, found);
    before_mark(text, &letters, found);
    zwnj(&letters, found);
}

fn double(text: &Text<'_>, letters: &[(usize, char)], found: &mut Vec<Finding>) {
    let mut at = 0;
    while let Some((start, letter)) = letters.get(at).copied() {
        let count = letters
            .iter()
            .skip(at)
            .take_while(|(_, letter)| *letter == ' ')
            .count();
        if letter == ' ' && count > 1 {
            let end = start + count;
            // At the ends of a text they are not seen, and stand for a line elsewhere.
            if start > 0 && end < text.text.len() {
                let reason = format!("{count} spaces stand in a row");
                found.push(
                    Finding::new(Check::DoubleSpace, Side::Target, start..end, reason).suggest(" "),
                );
            }
        }
        at += count.max(1);
    }
}

fn before_mark(text: &Text<'_>, letters: &[(usize, char)], found: &mut Vec<Finding>) {
    for window in letters.windows(3) {
        let [(_, before), (at, space), (_, mark)] = *window else {
            continue;
        };
        let is_mark = matches!(
            mark,
            '.' | ',' | '،' | '؛' | ';' | '؟' | '?' | '!' | ')' | ']' | '»'
        );
        let stands = before.is_alphanumeric() || before == ZWNJ;
        if space != ' ' || !is_mark || !stands {
            continue;
        }
        // “ .NET”, “ …”, “ ?!” are none, nor is the smile.
        let behind = text
            .text
            .get(at + 1 + mark.len_utf8()..)
            .unwrap_or_default();
        let next = behind.chars().next();
        if next.is_none_or(|next| next.is_whitespace() || matches!(next, '"' | '”' | '»' | ')'))
        {
            let reason = format!("a space stands before “{mark}”");
            found.push(
                Finding::new(Check::SpaceBeforeMark, Side::Target, at..at + 1, reason).suggest(""),
            );
        }
    }
}

fn zwnj(letters: &[(usize, char)], found: &mut Vec<Finding>) {
    for (index, (at, letter)) in letters.iter().copied().enumerate() {
        if letter != ZWNJ {
            continue;
        }
        let neighbour = |index: Option<usize>| {
            index
                .and_then(|index| letters.get(index))
                .map_or(' ', |(_, letter)| *letter)
        };
        let (before, after) = (neighbour(index.checked_sub(1)), neighbour(Some(index + 1)));
        let reason = if before == ZWNJ {
            "a zero-width non-joiner stands twice"
        } else if before.is_whitespace() || after.is_whitespace() {
            "a zero-width non-joiner stands beside a space and does nothing"
        } else {
            continue;
        };
        let place = at..at + ZWNJ.len_utf8();
        found.push(Finding::new(Check::Zwnj, Side::Target, place, reason).suggest(""));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::{Check, Checker};
    use crate::text::language::Language;
    use crate::unit::Segment;

    #[test]
    fn spaces_and_joiners_that_do_nothing_are_told() {
        let (en, fa) = (
            Language::parse("en").unwrap(),
            Language::parse("fa").unwrap(),
        );
        let checker = Checker::new(&en, &fa);
        for (target, wanted) in [
            ("نامهٔ شما رسید.", vec![]),
            ("نامهٔ  شما رسید.", vec![Check::DoubleSpace]),
            ("نامهٔ شما رسید .", vec![Check::SpaceBeforeMark]),
            ("نامه\u{200C} شما می\u{200C}رسد.", vec![Check::Zwnj]),
            ("نامهٔ شما می\u{200C}\u{200C}رسد.", vec![Check::Zwnj]),
            ("نامهٔ شما به .NET رسید.", vec![]),
        ] {
            let found = checker.check(
                &Segment::plain("Your letter came."),
                &Segment::plain(target),
            );
            let found: Vec<_> = found.into_iter().map(|one| one.check).collect();
            assert_eq!(found, wanted, "{target}");
        }
    }
}
