//! What has digits and is not counted with: numbers of documents and things, telephone numbers.
//!
//! They are the same if their digits are, run by run; what stands between them depends on the script.

use super::lexicon::Meaning;
use super::pieces::Pieces;
use super::{Decimal, Found, Kind, Reading, Role, Value};

const MOST_PIECES: usize = 40;

const JOINTS: &[char] = &['/', '-', '.', '_', '–', '‑'];

/// A document number: digits with letters, or with signs that no number has.
pub(super) fn reference_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let starts = pieces.is_digits(at) || (pieces.is_word(at) && is_code(pieces.written(at)));
    if !starts {
        return None;
    }
    let mut end = at;
    let mut runs: Vec<usize> = Vec::new();
    let mut words: Vec<usize> = Vec::new();
    let mut joints: Vec<char> = Vec::new();
    let mut next = at;
    // Nothing that is longer has ever been the number of a document.
    while next < at + MOST_PIECES {
        if pieces.is_digits(next) {
            runs.push(next);
        } else if pieces.is_word(next) {
            words.push(next);
        } else {
            let Some(joint) = pieces.sign(next).filter(|sign| JOINTS.contains(sign)) else {
                break;
            };
            if !pieces.is_digits(next + 1) && !pieces.is_word(next + 1) {
                break;
            }
            joints.push(joint);
            next += 1;
            continue;
        }
        next += 1;
        end = next;
    }
    let is_reference = if words.is_empty() {
        without_letters(pieces, at, &runs, &joints)
    } else {
        !runs.is_empty()
            && words.iter().all(|word| {
                let written = pieces.written(*word);
                // 5m and ۳م are numbers with what they count, and “34-t” is a place in an order.
                if is_ordinal(pieces, *word) {
                    return false;
                }
                let touches = word
                    .checked_sub(1)
                    .is_some_and(|before| pieces.is_digits(before));
                is_code(written) || (!touches && is_letter(written))
            })
    };
    if !is_reference {
        return None;
    }
    let digits: Vec<String> = runs.iter().filter_map(|run| pieces.digits(*run)).collect();
    let mut readings = vec![Reading::Digits(digits.join(" "))];
    if let [only] = digits.as_slice() {
        readings.extend(Decimal::parse(only, "").map(Reading::Number));
    }
    if let ([one, two], ['-' | '‑' | '–']) = (digits.as_slice(), joints.as_slice()) {
        let ends = Decimal::parse(one, "").zip(Decimal::parse(two, ""));
        readings.extend(ends.map(|(one, two)| Reading::Range(one, two)));
    }
    let mut value = Value::new(pieces, at, end, Kind::Reference, readings);
    for run in runs {
        value.part(pieces.place(run, run + 1), Role::Run);
    }
    Some((vec![value], end))
}

/// Whether a letter behind digits and a hyphen makes a place in an order of them.
fn is_ordinal(pieces: &Pieces<'_>, word: usize) -> bool {
    let behind = word.checked_sub(2);
    pieces.is_language("sq")
        && pieces.written(word) == "t"
        && behind.is_some_and(|digits| pieces.is_digits(digits))
}

/// Whether two numbers that are not counted with are the same. Where runs of digits are cut says nothing once they are as long as a
/// telephone number; and beside one that is not cut nothing shows that the other was typed backwards to be displayed forwards.
pub(super) fn same_digits(one: &str, two: &str) -> bool {
    if one == two {
        return true;
    }
    let digits = |runs: &str| runs.replace(' ', "");
    let (a, b) = (digits(one), digits(two));
    if a.len() != b.len() || a.len() < 7 {
        return false;
    }
    let turned = |runs: &str| runs.split(' ').rev().collect::<String>();
    let is_cut = |runs: &str| runs.split(' ').nth(2).is_some();
    a == b
        || (!two.contains(' ') && is_cut(one) && turned(one) == b)
        || (!one.contains(' ') && is_cut(two) && turned(two) == a)
}

/// Whether digits with signs between them are no number and no range.
fn without_letters(pieces: &Pieces<'_>, at: usize, runs: &[usize], joints: &[char]) -> bool {
    let lengths: Vec<usize> = runs
        .iter()
        .map(|run| pieces.digits(*run).map_or(0, |digits| digits.len()))
        .collect();
    let stops = joints.iter().all(|joint| *joint == '.');
    let has_code = runs.iter().any(|run| {
        pieces
            .digits(*run)
            .is_some_and(|digits| digits.len() > 1 && digits.starts_with('0'))
    });
    match joints {
        [] | ['.'] => false,
        _ if stops => {
            let grouped = lengths.iter().skip(1).all(|length| *length == 3);
            let first = runs.first().and_then(|run| pieces.digits(*run));
            let leads = first.is_some_and(|first| first.len() <= 3 && !first.starts_with('0'));
            !(grouped && leads)
        }
        ['/'] => !pieces.is_language("fa"),
        // “nos. 3–8” are several.
        [joint] => has_code || (*joint != '–' && behind_name(pieces, at, Meaning::Document)),
        // 1.234-1.500 is a range of two numbers.
        ['.', dash, '.'] => !matches!(dash, '-' | '–' | '‑'),
        _ => {
            !(joints
                .iter()
                .filter(|joint| matches!(joint, '-' | '–' | '‑'))
                .count()
                == 1
                && joints
                    .iter()
                    .all(|joint| matches!(joint, '.' | '-' | '–' | '‑')))
        }
    }
}

/// Whether a word stands in codes: capitals of Latin script.
fn is_code(word: &str) -> bool {
    word.len() <= 8 && word.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// A letter that counts parts of something: a, ب, الف.
fn is_letter(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    word == "الف" || (letters.next().is_some() && letters.next().is_none())
}

/// Whether a word of a sort stands before a piece: No. 12, تلفن: ۱۲.
fn behind_name(pieces: &Pieces<'_>, at: usize, wanted: Meaning) -> bool {
    let mut before = at;
    for _ in 0..4 {
        let Some(one) = before.checked_sub(1) else {
            return false;
        };
        before = one;
        if pieces.is_word(before) {
            return pieces.is(before, wanted).is_some();
        }
        if !pieces.is_space(before) && !pieces.is_sign(before, &['.', ':', '(', '№']) {
            return false;
        }
    }
    false
}

/// A telephone number: behind a plus, or behind its name, or with the zero of a trunk call.
pub(super) fn phone_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let plus = pieces.is_sign(at, &['+']);
    let start = at + usize::from(plus);
    if !pieces.is_digits(start) {
        return None;
    }
    let named = !plus && behind_name(pieces, start, Meaning::Phone);
    // “numri 111 555 0800”
    let spaced = !plus && !named && is_spaced(pieces, start);
    let first = pieces.digits(start)?;
    let has_zero = first.starts_with('0') && first.len() >= 2;
    if !plus && !named && !has_zero && !spaced {
        return None;
    }
    let mut digits = first;
    let mut cut = digits.clone();
    let mut runs = vec![start];
    let mut next = start + 1;
    loop {
        let mut further = next;
        while further < next + 2 && is_joint(pieces, further, plus || named) {
            further += 1;
        }
        if further == next || !pieces.is_digits(further) {
            break;
        }
        let run = pieces.digits(further)?;
        if digits.len() + run.len() > 15 || (run.len() < 2 && !named && !plus) {
            break;
        }
        digits += &run;
        cut = format!("{cut} {run}");
        runs.push(further);
        next = further + 1;
    }
    let least = match (plus, named) {
        (true, _) => 8,
        (_, true) => 5,
        _ if spaced => 7,
        _ => 9,
    };
    let touches = pieces.is_word(next)
        || (pieces.is_sign(next, &['/', '.', ',', '٫', ':']) && pieces.is_digits(next + 1));
    if !(least..=15).contains(&digits.len()) || touches {
        return None;
    }
    let runs_of_digits = cut.strip_prefix("00").unwrap_or(&cut).trim_start();
    let readings = vec![Reading::Digits(runs_of_digits.to_owned())];
    let mut value = Value::new(pieces, at, next, Kind::Phone, readings);
    for run in runs {
        value.part(pieces.place(run, run + 1), Role::Run);
    }
    Some((vec![value], next))
}

/// Whether three runs of digits with spaces between them stand behind the word for a number.
fn is_spaced(pieces: &Pieces<'_>, at: usize) -> bool {
    let is_run = |at: usize| {
        pieces
            .digits(at)
            .is_some_and(|digits| (2..=4).contains(&digits.len()))
    };
    let three = is_run(at)
        && pieces.is_space(at + 1)
        && is_run(at + 2)
        && pieces.is_space(at + 3)
        && is_run(at + 4);
    three && behind_name(pieces, at, Meaning::Document)
}

fn is_joint(pieces: &Pieces<'_>, at: usize, is_marked: bool) -> bool {
    let signs: &[char] = if is_marked {
        &['-', '–', '‑', '.', '(', ')', '/']
    } else {
        &['-', '–', '‑']
    };
    pieces.is_space(at) || pieces.is_sign(at, signs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;
    use crate::text::values::values;

    #[test]
    fn a_long_number_is_the_same_wherever_it_is_cut() {
        let of = |tag, text| values(text, &Language::parse(tag).unwrap());
        for (one, two, is_same) in [
            (("fa", "۰۸۰۰۵۵۵۱۱۱"), ("ar", "على الرقم 111 555 0800"), true),
            (
                ("en", "859-292-3680"),
                ("ar", "على الرقم 859 292 3680"),
                true,
            ),
            (("en", "+355 69 123 4567"), ("sq", "+35569 1234567"), true),
            // Typed backwards, and it shows.
            (("en", "859-292-3680"), ("fa", "شمارهٔ ۳۶۸۰-۲۹۲-۸۵۹"), false),
            (("en", "12/5-A"), ("ar", "5/12-أ"), false),
        ] {
            let (a, b) = (of(one.0, one.1), of(two.0, two.1));
            assert_eq!((a.len(), b.len()), (1, 1), "{a:?} {b:?}");
            assert_eq!(a[0].is_same(&b[0]), is_same, "{a:?} {b:?}");
        }
    }

    #[test]
    fn what_is_not_counted_with_is_one_value() {
        for (tag, text, kind, digits) in [
            ("sq", "04/L-150", Kind::Reference, "04 150"),
            ("sq", "MF-08/2011", Kind::Reference, "08 2011"),
            ("sq", "ligji nr. 20/2012", Kind::Reference, "20 2012"),
            ("fa", "شمارهٔ ۱۲/۳۴۵-الف", Kind::Reference, "12 345"),
            ("fa", "شماره ۱۲-۳۴۵", Kind::Reference, "12 345"),
            ("ar", "مرسوم رقم 2.11.473", Kind::Reference, "2 11 473"),
            ("ar", "رقم ١٢/٢٠٢٠", Kind::Reference, "12 2020"),
            ("en", "COVID-19", Kind::Reference, "19"),
            ("en", "version 1.2.3.4", Kind::Reference, "1 2 3 4"),
            ("en", "+355 4 222 3344", Kind::Phone, "355 4 222 3344"),
            ("fa", "تلفن: ۰۲۱-۱۲۳۴۵۶۷۸", Kind::Phone, "021 12345678"),
            ("ar", "هاتف ٠٠٩٦٢ ٦ ١٢٣٤٥٦", Kind::Phone, "962 6 123456"),
            ("sq", "Tel. 22 345 678", Kind::Phone, "22 345 678"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].kind, kind, "{text}");
            assert_eq!(
                found[0].readings[0],
                Reading::Digits(digits.to_owned()),
                "{text}"
            );
        }
        for (tag, text, number) in [
            ("en", "a 17-year-old", "17"),
            ("sq", "56-vjeçari", "56"),
            ("en", "5kg", "5"),
            ("en", "No. 12", "12"),
            ("fa", "مادهٔ ۱۲", "12"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].kind, Kind::Number, "{text}");
            let Reading::Number(value) = found[0].readings[0] else {
                panic!("{text}")
            };
            assert_eq!(value.to_string(), number);
        }
    }
}
