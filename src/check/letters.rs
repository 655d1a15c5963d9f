//! Letters and digits: of another keyboard, stored as shapes, broken.

use std::ops::Range;

use super::habits::{Habits, runs_of_digits};
use super::pair::{Pair, Script, Text, is_arabic, is_latin};
use super::{Check, Finding, Severity, Side};
use crate::text::language::Language;
use crate::text::tokens::is_invisible;

/// Letters that look alike and are typed for each other: the Arabic one, then the Persian one.
pub(super) const TWINS: &[(char, char)] = &[('ي', 'ی'), ('ك', 'ک')];

/// Which letter of a pair of twins a language is written with.
pub(super) fn usual_twin(language: &Language, place: usize) -> Option<char> {
    let (arabic, persian) = TWINS.get(place).copied()?;
    match language.primary() {
        "ar" => Some(arabic),
        "fa" => Some(persian),
        _ => None,
    }
}

pub(super) fn check(pair: &Pair<'_>, habits: &Habits, found: &mut Vec<Finding>) {
    twins(&pair.target, habits, found);
    shapes(&pair.target, found);
    digits(&pair.target, habits, found);
}

/// Letters whose twin the edition writes. A text that has several gets one finding, at the first.
fn twins(text: &Text<'_>, habits: &Habits, found: &mut Vec<Finding>) {
    for (place, (arabic, persian)) in TWINS.iter().enumerate() {
        let Some(right) = habits.twin(place) else {
            continue;
        };
        let wrong = if right == *arabic { *persian } else { *arabic };
        let mut places = text
            .text
            .char_indices()
            .filter(|(_, letter)| *letter == wrong);
        let Some((first, _)) = places.next() else {
            continue;
        };
        let more = match places.count() {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let reason = format!(
            "“{wrong}” (U+{:04X}) stands where “{right}” (U+{:04X}) is written{more}",
            u32::from(wrong),
            u32::from(right)
        );
        let end = first + wrong.len_utf8();
        let finding = Finding::new(Check::LetterMixed, Side::Target, first..end, reason);
        // At the end of an Arabic word ی may stand for ى as well as for ي.
        let rest = text.text.get(end..).unwrap_or_default();
        let is_last = !rest
            .chars()
            .find(|letter| !is_invisible(*letter))
            .is_some_and(is_arabic);
        found.push(if wrong == 'ی' && is_last {
            finding
        } else {
            finding.suggest(right)
        });
    }
}

/// Letters that are stored as the shapes that they take inside a word.
fn shapes(text: &Text<'_>, found: &mut Vec<Finding>) {
    // The signs ﷲ, ﷺ, ﷽, ﷼ and the ornate brackets are what they are meant to be.
    let is_shape =
        |letter: char| matches!(letter, '\u{FB50}'..='\u{FBFF}' | '\u{FE70}'..='\u{FEFC}');
    if let Some(run) = first_run(text.text, is_shape) {
        let reason = "these letters are stored as shapes, and no search finds them";
        found.push(Finding::new(
            Check::PresentationForms,
            Side::Target,
            run,
            reason,
        ));
    }
}

/// The first run of characters of a kind.
fn first_run(text: &str, wanted: impl Fn(char) -> bool) -> Option<Range<usize>> {
    let start = text.find(&wanted)?;
    let rest = text.get(start..)?;
    let length = rest.find(|letter| !wanted(letter)).unwrap_or(rest.len());
    Some(start..start + length)
}

/// Characters that a wrong encoding left behind.
pub(super) fn broken(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    for (side, text, other) in [
        (Side::Source, pair.source.text, pair.target.text),
        (Side::Target, pair.target.text, pair.source.text),
    ] {
        let lost = first_run(text, |letter| {
            letter == '\u{FFFD}' || matches!(letter, '\u{80}'..='\u{9F}')
        });
        if let Some(run) = lost {
            let reason = "a character was lost when the text was read in a wrong encoding";
            found.push(Finding::new(Check::Encoding, side, run, reason));
        } else if let Some(run) = misread(text) {
            // A text about encodings has it on both sides.
            let written = text.get(run.clone()).unwrap_or_default();
            if !other.contains(written) {
                let reason = format!("“{written}” is UTF-8 that was read as another encoding");
                found.push(Finding::new(Check::Encoding, side, run, reason));
            }
        }
    }
}

/// UTF-8 read as Windows-1252: a letter that begins a pair of bytes, and a sign that can only go on one. One such pair is enough if the
/// sign is never typed behind a letter; of the others two in a row are.
fn misread(text: &str) -> Option<Range<usize>> {
    if let Some(at) = text.find("â€").or_else(|| text.find("ï»¿")) {
        let length = text
            .get(at..)?
            .chars()
            .take(3)
            .map(char::len_utf8)
            .sum::<usize>();
        return Some(at..at + length);
    }
    let begins = |letter: char| {
        matches!(
            letter,
            'Â' | 'Ã' | 'Ä' | 'Å' | 'Ø' | 'Ù' | 'Ú' | 'Û' | 'Ð' | 'Ñ'
        )
    };
    let goes_on = |letter: char| {
        matches!(
            letter,
            '\u{A0}'
                ..='\u{BF}'
                    | '€'
                    | '‚'
                    | 'ƒ'
                    | '„'
                    | '…'
                    | '†'
                    | '‡'
                    | 'ˆ'
                    | '‰'
                    | 'Š'
                    | '‹'
                    | 'Œ'
                    | 'Ž'
                    | '‘'
                    | '’'
                    | '“'
                    | '”'
                    | '•'
                    | '–'
                    | '—'
                    | '˜'
                    | '™'
                    | 'š'
                    | '›'
                    | 'œ'
                    | 'ž'
                    | 'Ÿ'
        )
    };
    let never_typed = |letter: char| matches!(letter, '\u{A1}'..='\u{A9}' | '\u{AB}'..='\u{AF}' | '\u{B1}'..='\u{BA}' | '\u{BC}'..='\u{BF}');
    let mut run: Option<(Range<usize>, usize, bool)> = None;
    let mut letters = text.char_indices().peekable();
    let is_found = |run: &Option<(Range<usize>, usize, bool)>| {
        run.as_ref()
            .is_some_and(|(_, pairs, is_sure)| *pairs > 1 || *is_sure)
    };
    while let Some((at, letter)) = letters.next() {
        let next = letters
            .peek()
            .copied()
            .filter(|(_, next)| begins(letter) && goes_on(*next));
        let Some((second, sign)) = next else {
            if is_found(&run) {
                break;
            }
            run = None;
            continue;
        };
        letters.next();
        let end = second + sign.len_utf8();
        let sure = never_typed(sign);
        run = Some(match run {
            Some((range, pairs, is_sure)) => (range.start..end, pairs + 1, is_sure || sure),
            None => (at..end, 1, sure),
        });
    }
    let found = is_found(&run);
    run.filter(|_| found).map(|(range, ..)| range)
}

/// Digits that the edition does not write.
fn digits(text: &Text<'_>, habits: &Habits, found: &mut Vec<Finding>) {
    let usual = habits.digits();
    for (run, kind) in runs_of_digits(text.text) {
        let is_foreign = usual.is_some_and(|usual| usual != kind) || habits.are_never_right(kind);
        if !is_foreign || text.is_in_address(run.start) {
            continue;
        }
        let written = text.text.get(run.clone()).unwrap_or_default();
        // What is copied stays as it is: 4G, COVID-19, a number of the source's own kind beside Latin letters.
        let before = text.text.get(..run.start).unwrap_or_default();
        let after = text.text.get(run.end..).unwrap_or_default();
        let is_copied = |letter: Option<char>| {
            letter.is_some_and(|letter| {
                is_latin(letter) || matches!(letter, '-' | '_' | '/' | '#' | '@')
            })
        };
        if text.script == Script::Arabic
            && (is_copied(before.chars().next_back()) || is_copied(after.chars().next()))
        {
            continue;
        }
        let reason = match usual {
            Some(_) => format!("“{written}” is not in the digits that are written here"),
            None => format!("“{written}” is not in digits of this language"),
        };
        let mut finding = Finding::new(Check::DigitsForeign, Side::Target, run, reason);
        if !habits.are_never_right(kind) {
            // Others of the language write them; here it is a matter of uniformity.
            finding.severity = Severity::Note;
        }
        found.push(match usual {
            Some(usual) => finding.suggest(usual.write(written)),
            None => finding,
        });
        // One is enough to see what the matter is.
        return;
    }
}

#[cfg(test)]
mod tests {
    use crate::check::{Check, Checker, Habits};
    use crate::text::language::Language;
    use crate::unit::Segment;

    fn found(to: &str, target: &str) -> Vec<(Check, Option<String>)> {
        let (from, to) = (Language::parse("en").unwrap(), Language::parse(to).unwrap());
        let source = Segment::plain("A text with no value and no mark of its own 4G");
        let found = Checker::new(&from, &to).check(&source, &Segment::plain(target));
        found
            .into_iter()
            .filter(|one| {
                !matches!(
                    one.check,
                    Check::ValueAdded | Check::ValueMissing | Check::Negation
                )
            })
            .map(|one| (one.check, one.suggestion))
            .collect()
    }

    #[test]
    fn letters_of_another_keyboard_are_told_with_the_right_ones() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(found("fa", "كتاب‌های ما"), [(Check::LetterMixed, some("ک"))]);
        assert_eq!(
            found("ar", "کتابنا الأول"),
            [(Check::LetterMixed, some("ك"))]
        );
        // In Arabic ی may be ي or ى there, and ي alone elsewhere.
        assert_eq!(found("ar", "علی الطريق"), [(Check::LetterMixed, None)]);
        assert_eq!(found("ar", "بیت الكتب"), [(Check::LetterMixed, some("ي"))]);
        assert_eq!(
            found("fa", "\u{FE95}\u{FEE4}\u{FE8E}\u{FEE1}")[0].0,
            Check::PresentationForms
        );
        assert_eq!(
            found("sq", "Libri yn\u{FFFD} erdhi"),
            [(Check::Encoding, None)]
        );
        assert_eq!(found("sq", "Libri ynÃ« erdhi"), [(Check::Encoding, None)]);
        assert_eq!(found("fa", "Ú©ØªØ§Ø¨")[0].0, Check::Encoding);
        for (to, fine) in [
            ("fa", "کتاب‌های ما در ۴G"),
            ("ar", "كتبنا على الطريق"),
            ("sq", "Ãshtu «Ø» e Åse"),
            ("sq", "Libri ynë, çdo ditë"),
        ] {
            assert_eq!(found(to, fine), [], "{fine}");
        }
    }

    #[test]
    fn digits_are_held_against_the_edition() {
        let (en, ar) = (
            Language::parse("en").unwrap(),
            Language::parse("ar").unwrap(),
        );
        let check = |checker: &Checker, target: &str| {
            let found = checker.check(&Segment::plain("The 45 books"), &Segment::plain(target));
            found
                .into_iter()
                .map(|one| (one.check, one.suggestion))
                .collect::<Vec<_>>()
        };
        let alone = Checker::new(&en, &ar);
        assert_eq!(check(&alone, "الكتب الـ45"), []);
        assert_eq!(check(&alone, "الكتب الـ٤٥"), []);
        assert_eq!(check(&alone, "الكتب الـ۴۵")[0].0, Check::DigitsForeign);
        let mut habits = Habits::new(&ar);
        (1..=20).for_each(|_| habits.add("الكتاب ٢١"));
        let taught = alone.with_habits(habits);
        let wanted = (Check::DigitsForeign, Some("٤٥".to_owned()));
        assert_eq!(check(&taught, "الكتب الـ45"), [wanted]);
        assert_eq!(check(&taught, "الكتب الـ٤٥"), []);
    }
}
