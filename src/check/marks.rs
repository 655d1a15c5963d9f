//! Marks: the one at the end, those of the other script, and those that come in pairs.

use super::pair::{Pair, Script, Text, is_arabic, is_latin};
use super::{Around, Check, Finding, Severity, Side};
use crate::text::tokens::ascii_digit;

pub(super) fn check(pair: &Pair<'_>, around: Around<'_>, found: &mut Vec<Finding>) {
    final_mark(pair, found);
    of_other_script(&pair.target, found);
    unbalanced(pair, around, found);
}

/// What a text ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Stop,
    Question,
    Exclamation,
    Ellipsis,
    Colon,
    Comma,
    Nothing,
}

impl End {
    fn of(letter: char) -> Self {
        match letter {
            '.' | '۔' => End::Stop,
            '?' | '؟' => End::Question,
            '!' => End::Exclamation,
            '…' => End::Ellipsis,
            ':' => End::Colon,
            ',' | '،' | ';' | '؛' => End::Comma,
            _ => End::Nothing,
        }
    }

    /// How a language writes it.
    fn written(self, script: Script) -> Option<char> {
        Some(match (self, script) {
            (End::Stop, _) => '.',
            (End::Question, Script::Arabic) => '؟',
            (End::Question, _) => '?',
            (End::Exclamation, _) => '!',
            (End::Colon, _) => ':',
            _ => return None,
        })
    }
}

/// Marks that close something, behind which or before which the final mark stands.
fn closes(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\''
            | '”'
            | '“'
            | '’'
            | '‘'
            | '»'
            | '«'
            | '›'
            | '‹'
            | ')'
            | ']'
            | '}'
            | '*'
            | '_'
    ) || letter.is_whitespace()
}

/// What a text ends with, and where: closing quotes and brackets around it do not count.
fn end(text: &Text<'_>) -> (End, usize) {
    let mut letters = text
        .visible()
        .rev()
        .skip_while(|(_, letter)| closes(*letter));
    let (at, last) = letters.next().unwrap_or((0, ' '));
    let end = at + last.len_utf8();
    match (
        End::of(last),
        letters.next().map(|(_, letter)| End::of(letter)),
    ) {
        (End::Stop, Some(End::Stop)) => (End::Ellipsis, end),
        // “?!”, “!?”: a question either way.
        (End::Exclamation, Some(End::Question)) => (End::Question, end),
        (End::Nothing, _) => (End::Nothing, end),
        (own, _) => (own, end),
    }
}

/// Words that are written with a full stop of their own.
const SHORTENED: &[&str] = &["etc", "inc", "ltd", "co", "jr", "sr", "etj", "الخ", "إلخ"];

/// Whether the full stop at the end of a text may be that of an abbreviation: “7 p.m.”, “etc.”
fn ends_shortened(text: &Text<'_>, end: usize) -> bool {
    let before = text
        .text
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches('.');
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let mut parts = word.split('.');
    let is_initials =
        word.contains('.') && parts.all(|part| (1..=2).contains(&part.chars().count()));
    is_initials || SHORTENED.contains(&word.to_lowercase().as_str())
}

/// How many questions a text asks, wherever in it.
fn questions(text: &Text<'_>) -> usize {
    let asks = |(_, letter): &(usize, char)| matches!(letter, '?' | '؟');
    text.visible().filter(asks).count()
}

fn final_mark(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    let ((source, source_end), (target, at)) = (end(&pair.source), end(&pair.target));
    if source == target
        || matches!(source, End::Nothing | End::Comma | End::Ellipsis)
        || target == End::Ellipsis
        || (source == End::Stop && ends_shortened(&pair.source, source_end))
    {
        return;
    }
    // “Why?” she asked. ↔ پرسید: «چرا؟»
    let is_asked = [source, target].contains(&End::Question);
    if target != End::Nothing && is_asked && questions(&pair.source) == questions(&pair.target) {
        return;
    }
    let name = |end: End| match end {
        End::Stop => "a full stop",
        End::Question => "a question mark",
        End::Exclamation => "an exclamation mark",
        End::Ellipsis => "an ellipsis",
        End::Colon => "a colon",
        End::Comma => "a comma or semicolon",
        End::Nothing => "no mark",
    };
    let reason = format!(
        "the source ends with {}, the translation with {}",
        name(source),
        name(target)
    );
    let last = pair
        .target
        .text
        .get(..at)
        .and_then(|before| before.chars().next_back());
    let place = match target {
        End::Nothing => at..at,
        _ => at - last.map_or(0, char::len_utf8)..at,
    };
    let mut finding = Finding::new(Check::FinalMark, Side::Target, place, reason);
    if matches!(
        (source, target),
        (End::Stop, End::Exclamation) | (End::Exclamation, End::Stop)
    ) {
        // How loud a sentence is said differs between languages.
        finding.severity = Severity::Note;
    }
    found.push(match source.written(pair.target.script) {
        Some(mark) => finding.suggest(mark),
        None => finding,
    });
}

/// The same mark in the other script.
fn twin(letter: char) -> Option<(char, Script)> {
    Some(match letter {
        ',' => ('،', Script::Arabic),
        ';' => ('؛', Script::Arabic),
        '?' => ('؟', Script::Arabic),
        '،' => (',', Script::Latin),
        '؛' => (';', Script::Latin),
        '؟' => ('?', Script::Latin),
        _ => return None,
    })
}

fn of_other_script(text: &Text<'_>, found: &mut Vec<Finding>) {
    if text.script == Script::Other {
        return;
    }
    let letters: Vec<(usize, char)> = text.visible().collect();
    // The script of the last letter before a mark decides; a number says nothing.
    let mut before = None;
    for (index, (at, letter)) in letters.iter().copied().enumerate() {
        if is_arabic(letter) {
            before = Some(Script::Arabic);
        } else if is_latin(letter) {
            before = Some(Script::Latin);
        }
        let Some((right, script)) = twin(letter) else {
            continue;
        };
        let neighbour = |index: Option<usize>| {
            index
                .and_then(|index| letters.get(index))
                .map(|(_, letter)| *letter)
        };
        let is_digit =
            |letter: Option<char>| letter.is_some_and(|letter| ascii_digit(letter).is_some());
        let in_number =
            is_digit(neighbour(index.checked_sub(1))) && is_digit(neighbour(Some(index + 1)));
        if script == text.script && before == Some(script) && !in_number && !text.is_in_address(at)
        {
            let reason = format!("“{letter}” is the mark of the other script; “{right}” is wanted");
            let place = at..at + letter.len_utf8();
            found.push(Finding::new(Check::MarkScript, Side::Target, place, reason).suggest(right));
        }
    }
}

/// Marks that open and close: their opening and closing forms.
struct Family {
    name: &'static str,
    opens: &'static [char],
    closes: &'static [char],
    /// Whether what opens in one place closes in another: “ closes in „ “ and opens in “ ”.
    either: &'static [char],
}

const FAMILIES: &[Family] = &[
    Family {
        name: "quotation",
        opens: &['«', '„'],
        closes: &['»', '”'],
        either: &['"', '“', '‟'],
    },
    Family {
        name: "bracket",
        opens: &['('],
        closes: &[')'],
        either: &[],
    },
    Family {
        name: "square bracket",
        opens: &['['],
        closes: &[']'],
        either: &[],
    },
    Family {
        name: "curly bracket",
        opens: &['{'],
        closes: &['}'],
        either: &[],
    },
];

/// The marks of a family in a text, with their places. A bracket behind a label, as in “a)”, is none.
fn marks<'t>(text: &'t str, family: &'t Family) -> impl Iterator<Item = (usize, char)> + 't {
    let is_own = |letter: char| {
        let lists = [family.opens, family.closes, family.either];
        lists.iter().any(|list| list.contains(&letter))
    };
    let found = text
        .char_indices()
        .filter(move |(_, letter)| is_own(*letter));
    let mut open = 0_usize;
    found.filter(move |(at, letter)| {
        if *letter == '(' {
            open += 1;
        } else if *letter == ')' {
            if open == 0 {
                return !is_behind_label(text, *at);
            }
            open -= 1;
        }
        true
    })
}

/// Whether a few letters or digits stand before a place, and nothing before those but a space.
fn is_behind_label(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let label = before
        .chars()
        .rev()
        .take_while(|letter| letter.is_alphanumeric());
    let length = label.take(4).count();
    let stands_alone = before
        .chars()
        .rev()
        .nth(length)
        .is_none_or(char::is_whitespace);
    (1..=3).contains(&length) && stands_alone
}

/// Whether a text has a single quotation mark that is no apostrophe and has no partner: a quotation in single marks that becomes one in
/// double marks.
fn has_open_single(text: &Text<'_>) -> bool {
    let letters: Vec<char> = text.visible().map(|(_, letter)| letter).collect();
    let is_word = |index: Option<usize>| {
        let letter = index.and_then(|index| letters.get(index));
        letter.is_some_and(|letter| letter.is_alphanumeric())
    };
    let (mut opens, mut closes, mut maybe) = (0_usize, 0_usize, 0_usize);
    for (index, letter) in letters.iter().enumerate() {
        if !matches!(letter, '\'' | '‘' | '’' | '‹' | '›') {
            continue;
        }
        match (is_word(index.checked_sub(1)), is_word(Some(index + 1))) {
            (false, true) => opens += 1,
            // Behind an s it may be a genitive.
            (true, false) if letters.get(index.wrapping_sub(1)) == Some(&'s') => maybe += 1,
            (_, false) => closes += 1,
            (true, true) => {}
        }
    }
    !(closes..=closes + maybe).contains(&opens)
}

fn unbalanced(pair: &Pair<'_>, around: Around<'_>, found: &mut Vec<Finding>) {
    for family in FAMILIES {
        let is_odd = |text: &str| marks(text, family).count() % 2 == 1;
        let is_quotation = !family.either.is_empty();
        if !is_odd(pair.target.text) || (is_quotation && has_open_single(&pair.source)) {
            continue;
        }
        let Some((at, mark)) = without_partner(pair.target.text, family) else {
            continue;
        };
        let opens = is_opening(pair.target.text, at, mark, family);
        // What goes on in the source goes on here, if it goes on at the same end.
        let of_source = without_partner(pair.source.text, family);
        let of_source = of_source.filter(|_| is_odd(pair.source.text));
        if of_source
            .is_some_and(|(at, mark)| is_opening(pair.source.text, at, mark, family) == opens)
        {
            continue;
        }
        // The other half may stand in the segment beside it, where this language has its words in another order.
        let beside = if opens { around.next } else { around.previous };
        let has_other_half = |text: &str| {
            let left = without_partner(text, family).filter(|_| is_odd(text));
            left.is_some_and(|(at, mark)| is_opening(text, at, mark, family) != opens)
        };
        // A neighbour whose source is as odd has its half there, and what stands here among other marks has lost its own.
        let is_alone = marks(pair.target.text, family).count() == 1;
        if is_alone
            && beside.is_some_and(|beside| has_other_half(beside.target) && !is_odd(beside.source))
        {
            continue;
        }
        let reason = format!("a {} is left open: “{mark}” has no partner", family.name);
        let place = at..at + mark.len_utf8();
        found.push(Finding::new(Check::Unbalanced, Side::Target, place, reason));
    }
}

/// Whether a mark opens what it stands for; of marks that do both, what stands beside them tells.
fn is_opening(text: &str, at: usize, mark: char, family: &Family) -> bool {
    if !family.either.contains(&mark) {
        return family.opens.contains(&mark);
    }
    let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
    let before = before.chars().next_back();
    let after = rest.chars().nth(1);
    let is_free = |letter: Option<char>| letter.is_none_or(|one| !one.is_alphanumeric());
    after.is_some_and(|after| !after.is_whitespace())
        && is_free(before)
        && !before.is_some_and(|before| ".!?؟…،,".contains(before))
}

/// The mark of a family that has no partner, as far as that can be told: the first that closes nothing, else the last that is not closed.
fn without_partner(text: &str, family: &Family) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, mark) in marks(text, family) {
        let closes =
            family.closes.contains(&mark) || (family.either.contains(&mark) && !open.is_empty());
        if !closes {
            open.push((at, mark));
        } else if open.pop().is_none() {
            return Some((at, mark));
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use crate::check::{Around, Beside, Check, Checker, Severity};
    use crate::text::language::Language;
    use crate::unit::Segment;

    fn found(
        from: &str,
        source: &str,
        to: &str,
        target: &str,
        around: Around<'_>,
    ) -> Vec<(Check, Option<String>)> {
        let (from, to) = (Language::parse(from).unwrap(), Language::parse(to).unwrap());
        let (source, target) = (Segment::plain(source), Segment::plain(target));
        let found = Checker::new(&from, &to).check_in(&source, &target, around);
        let bad = found
            .into_iter()
            .filter(|one| one.severity > Severity::Note);
        bad.map(|one| (one.check, one.suggestion)).collect()
    }

    #[test]
    fn marks_are_right_in_the_way_of_each_language() {
        for (from, source, to, target) in [
            ("en", "Where is the book?", "fa", "کتاب کجاست؟"),
            ("en", "“Where is it?” she asked.", "fa", "پرسید: «کجاست؟»"),
            (
                "en",
                "Open from 8 a.m. to 7 p.m.",
                "sq",
                "Hapur: ora 8.00–19.00",
            ),
            (
                "en",
                "He said: “Come, please.”",
                "ar",
                "قال: «تعالوا من فضلكم.»",
            ),
            ("sq", "„Eja” – tha ai.", "en", "“Come,” he said."),
            (
                "en",
                "He said: 'It is late.'",
                "sq",
                "Ai tha: „Është vonë.”",
            ),
            // Both go on in the next segment.
            ("en", "“It is late.", "fa", "«دیر است."),
            (
                "en",
                "2. Lime, sand and rope",
                "sq",
                "b) gëlqere, rërë dhe litarë",
            ),
            (
                "en",
                "The price is 1,250 euros; the rest is free.",
                "fa",
                "بها 1,250 یورو است؛ بقیه رایگان است.",
            ),
            (
                "en",
                "See Word, Excel and others.",
                "fa",
                "بنگرید به Word, Excel و دیگران.",
            ),
        ] {
            assert_eq!(
                found(from, source, to, target, Around::default()),
                [],
                "{source} {target}"
            );
        }
    }

    #[test]
    fn marks_that_are_missing_or_foreign_are_told() {
        for (from, source, to, target, check, suggestion) in [
            (
                "en",
                "Where is the book?",
                "fa",
                "کتاب کجاست",
                Check::FinalMark,
                Some("؟"),
            ),
            (
                "en",
                "Where is the book?",
                "sq",
                "Ku është libri.",
                Check::FinalMark,
                Some("?"),
            ),
            (
                "ar",
                "وصل الكتاب.",
                "sq",
                "Libri erdhi",
                Check::FinalMark,
                Some("."),
            ),
            (
                "en",
                "Books, maps and letters",
                "fa",
                "کتاب, نقشه و نامه",
                Check::MarkScript,
                Some("،"),
            ),
            (
                "fa",
                "کتاب، نقشه و نامه",
                "sq",
                "Libra، harta dhe letra",
                Check::MarkScript,
                Some(","),
            ),
            (
                "en",
                "He said: “Come.”",
                "fa",
                "گفت: «بیایید.",
                Check::Unbalanced,
                None,
            ),
            (
                "en",
                "The book (a gift) came.",
                "ar",
                "وصل الكتاب (هدية.",
                Check::Unbalanced,
                None,
            ),
            (
                "en",
                "He said: “Come.”",
                "sq",
                "Ai tha: „Ejani.",
                Check::Unbalanced,
                None,
            ),
        ] {
            let found = found(from, source, to, target, Around::default());
            assert_eq!(
                found,
                [(check, suggestion.map(str::to_owned))],
                "{source} {target}"
            );
        }
    }

    #[test]
    fn a_quotation_that_begins_behind_it_closes_nothing() {
        let around = Around {
            previous: None,
            next: Some(Beside {
                source: "He also said, “This is another door.”",
                target: "قال أيضا: \"هذا باب آخر.",
            }),
        };
        let (source, target) = (
            "They called it \"old\" and \"small.\"",
            "قالوا إنه \"قديم\" وصغير.\"",
        );
        assert_eq!(
            found("en", source, "ar", target, around),
            [(Check::Unbalanced, None)]
        );
        let source = "He wrote about 'old doors' again";
        let target = "دربارهٔ «درهای کهنه نوشت";
        let none = Around::default();
        let told = found("en", source, "fa", target, none);
        assert!(told.contains(&(Check::Unbalanced, None)), "{told:?}");
    }

    #[test]
    fn a_quotation_may_be_closed_in_the_next_segment() {
        let around = Around {
            previous: None,
            next: Some(Beside {
                source: "“But it will be.”",
                target: "ولی درست می‌شود.»",
            }),
        };
        let (source, target) = ("“Too clean,” he said.", "گفت: «زیادی تمیز است.");
        assert_eq!(found("en", source, "fa", target, around), []);
        assert_eq!(
            found("en", source, "fa", target, Around::default()).len(),
            1
        );
    }
}
