//! Inline codes: none may be lost, added or crossed.

use std::collections::BTreeMap;

use super::pair::Pair;
use super::{Check, Finding, Side};
use crate::unit::{CodeSide, InlineCode, Segment};

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    let (source, target) = (pair.source.segment, pair.target.segment);
    if source.codes.is_empty() && target.codes.is_empty() {
        return;
    }
    let (of_source, of_target) = (counted(source), counted(target));
    let mut tell = |side, code: &InlineCode, lacks: i64, where_to: &str| {
        if lacks > 0 {
            let reason = format!("the code {} is not in the {where_to}", shown(code));
            found.push(Finding::new(
                Check::CodeLost,
                side,
                code.at..code.at,
                reason,
            ));
        }
    };
    for (name, (count, code)) in &of_source {
        let other = of_target.get(name).map_or(0, |(count, _)| *count);
        tell(Side::Source, code, count - other, "translation");
    }
    for (name, (count, code)) in &of_target {
        let other = of_source.get(name).map_or(0, |(count, _)| *count);
        tell(Side::Target, code, count - other, "source");
    }
    if crossed(source).is_none()
        && let Some(code) = crossed(target)
    {
        let reason = format!("the code {} closes what was not opened last", shown(code));
        found.push(Finding::new(
            Check::CodeCrossed,
            Side::Target,
            code.at..code.at,
            reason,
        ));
    }
}

/// A code for a reader.
fn shown(code: &InlineCode) -> String {
    match code.name() {
        Some((_, number)) => format!("<{} {number}>", code.element),
        None => format!("<{}>", code.element),
    }
}

/// The codes of a text by what tells them from each other, each with how often it is there.
fn counted(segment: &Segment) -> BTreeMap<(CodeSide, &str, &str), (i64, &InlineCode)> {
    let mut counted = BTreeMap::new();
    for code in &segment.codes {
        let key = match code.name() {
            Some((side, number)) => (side, "", number),
            None => (code.side(), code.element.as_str(), ""),
        };
        counted.entry(key).or_insert((0, code)).0 += 1;
    }
    counted
}

/// The first code that closes another than the last that was opened, though that one is open too.
fn crossed(segment: &Segment) -> Option<&InlineCode> {
    let number = |code: &'_ InlineCode| code.name().map(|(_, number)| number.to_owned());
    let mut open: Vec<Option<String>> = Vec::new();
    let mut how_often: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for code in &segment.codes {
        match code.side() {
            CodeSide::Alone => {}
            CodeSide::Opening => {
                *how_often.entry(number(code)).or_insert(0) += 1;
                open.push(number(code));
            }
            CodeSide::Closing => {
                let partner = number(code);
                match how_often.get_mut(&partner) {
                    Some(count) if *count > 0 => *count -= 1,
                    // Opened in another segment.
                    _ => continue,
                }
                if open.last() != Some(&partner) {
                    return Some(code);
                }
                open.pop();
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::check::{Check, Checker};
    use crate::text::language::Language;
    use crate::unit::{CodeRole, InlineCode, Segment};

    fn with(codes: &[(&str, &str)]) -> Segment {
        let code = |(element, number): &(&str, &str)| InlineCode {
            at: 0,
            element: (*element).to_owned(),
            role: CodeRole::Alone,
            attributes: vec![("i".to_owned(), (*number).to_owned())],
            content: Vec::new(),
        };
        Segment {
            codes: codes.iter().map(code).collect(),
            ..Segment::plain("Libri")
        }
    }

    #[test]
    fn codes_are_neither_lost_nor_crossed() {
        let checker = Checker::new(
            &Language::parse("en").unwrap(),
            &Language::parse("sq").unwrap(),
        );
        let found = |source: &[(&str, &str)], target: &[(&str, &str)]| {
            let found = checker.check(&with(source), &with(target));
            found.into_iter().map(|one| one.check).collect::<Vec<_>>()
        };
        let nested = [("bpt", "1"), ("bpt", "2"), ("ept", "2"), ("ept", "1")];
        let apart = [("bpt", "2"), ("ept", "2"), ("bpt", "1"), ("ept", "1")];
        let crossed = [("bpt", "1"), ("bpt", "2"), ("ept", "1"), ("ept", "2")];
        assert_eq!(found(&nested, &nested), []);
        // Another order is no fault: words change theirs too.
        assert_eq!(found(&nested, &apart), []);
        assert_eq!(found(&nested, &crossed), [Check::CodeCrossed]);
        assert_eq!(found(&crossed, &crossed), []);
        assert_eq!(
            found(&nested, &[]),
            [
                Check::CodeLost,
                Check::CodeLost,
                Check::CodeLost,
                Check::CodeLost
            ]
        );
        // A text alone may be opened elsewhere.
        assert_eq!(found(&[("ept", "1")], &[("ept", "1")]), []);
    }
}
