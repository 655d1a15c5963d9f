//! What multiplies a number in digits, and what is added to it then: 2½, 1.5 million, «۲ میلیون و ۵۰۰ هزار».

use super::lexicon::Meaning;
use super::numeral::{Numeral, Separators, numeral};
use super::pieces::Pieces;
use super::spelled::part_after;
use super::units::unit_after;
use super::{Decimal, Reading, Role, Unit, Value};

/// A number with the fraction that stands behind it: 2½, «۲ و نیم».
pub(super) fn with_part(
    pieces: &Pieces<'_>,
    first: &Numeral,
) -> Option<((Decimal, Separators), usize)> {
    let [(number, separators)] = first.decimals.as_slice() else {
        return None;
    };
    number.as_whole()?;
    let sign = pieces.after_space(first.next);
    if let Some(readings) = vulgar_fraction(pieces, sign)
        && let Some(Reading::Number(part)) = readings.first()
    {
        return Some(((number.plus(*part)?, *separators), sign + 1));
    }
    let (part, next) = part_after(pieces, first.next)?;
    Some(((number.plus(part)?, *separators), next))
}

/// The power of ten that the words behind a number multiply it by, and the piece after them.
pub(super) fn scale_after(
    pieces: &Pieces<'_>,
    at: usize,
    is_money: bool,
    value: &mut Value,
) -> (usize, Option<u8>) {
    let scale = |meaning| match meaning {
        Meaning::Scale(power) => Some(power),
        _ => None,
    };
    // “a $500-million deal”
    let hyphen = pieces.is_sign(at, &['-', '‑']) && pieces.is_language("en");
    let word = if hyphen {
        at + 1
    } else {
        pieces.after_space(at)
    };
    let letters = is_money && word == at;
    let short = match pieces.written(word) {
        "k" | "K" if letters => Some((3, word + 1)),
        "m" | "M" if letters => Some((6, word + 1)),
        "b" | "B" if letters => Some((9, word + 1)),
        _ => None,
    };
    let Some((mut power, mut next)) = pieces.meaning(word, scale).or(short) else {
        return (at, None);
    };
    // «۵ هزار میلیارد»
    while let Some((more, after)) = pieces.meaning(pieces.after_space(next), scale)
        && next < pieces.after_space(next)
        && more > power % 10
        && power + more <= 18
    {
        power += more;
        next = after;
    }
    value.part(pieces.place(word, next), Role::Scale(power));
    (next, Some(power))
}

/// A number of millions or thousands with all that is added to it: «۲ میلیون و ۵۰۰ هزار و ۲۰۰».
pub(super) fn sum(
    pieces: &Pieces<'_>,
    at: usize,
    number: Decimal,
    scale: u8,
) -> Option<(Decimal, usize)> {
    let mut found: Option<(Decimal, usize)> = None;
    let (mut scale, mut next) = (scale, at);
    while let Some((more, power, after)) = rest_of_sum(pieces, next, scale) {
        let before = found.map_or(number, |(sum, _)| sum);
        found = Some((before.plus(more)?, after));
        (scale, next) = (power, after);
    }
    if found.is_none() && scale >= 6 {
        // «۲ میلیون و نیم»
        let (part, after) = part_after(pieces, at)?;
        found = Some((number.plus(part.times_ten_to(scale)?)?, after));
    }
    found
}

/// What is added once, of which power of ten it is, and the piece after it.
fn rest_of_sum(pieces: &Pieces<'_>, at: usize, scale: u8) -> Option<(Decimal, u8, usize)> {
    let and = pieces.after_space(at);
    let after = pieces.is(and, Meaning::And).filter(|_| and > at)?;
    let start = pieces.after_space(after);
    let numeral = numeral(pieces, start)?;
    let word = pieces.after_space(numeral.next);
    let any = |meaning| match meaning {
        Meaning::Scale(power) => Some(power),
        _ => None,
    };
    let (number, _) = numeral.decimals.first().filter(|_| numeral.is_sure)?;
    match pieces.meaning(word, any) {
        Some((power, next)) => {
            (power < scale).then_some(())?;
            Some((number.times_ten_to(power)?, power, next))
        }
        // In English “2 thousand and 500” are two numbers, and «۲ هزار و ۵» may be too.
        None => {
            let fits = number.as_whole().is_some_and(|number| {
                10_i64
                    .checked_pow(scale.into())
                    .is_some_and(|scale| (10..scale.min(1000)).contains(&number))
            });
            let counts_more =
                unit_after(pieces, numeral.next).is_some_and(|(unit, _)| unit == Unit::Percent);
            (fits && !counts_more && scale > 0 && !pieces.is_language("en")).then_some((
                *number,
                0,
                numeral.next,
            ))
        }
    }
}

pub(super) fn vulgar_fraction(pieces: &Pieces<'_>, at: usize) -> Option<Vec<Reading>> {
    let (decimal, digits) = match pieces.sign(at)? {
        '½' => ("5", "1 2"),
        '¼' => ("25", "1 4"),
        '¾' => ("75", "3 4"),
        '⅕' => ("2", "1 5"),
        '⅖' => ("4", "2 5"),
        '⅗' => ("6", "3 5"),
        '⅘' => ("8", "4 5"),
        '⅛' => ("125", "1 8"),
        '⅜' => ("375", "3 8"),
        '⅝' => ("625", "5 8"),
        '⅞' => ("875", "7 8"),
        // No number of digits is a third.
        '⅓' => return Some(vec![Reading::Digits("1 3".to_owned())]),
        '⅔' => return Some(vec![Reading::Digits("2 3".to_owned())]),
        _ => return None,
    };
    Some(vec![
        Reading::Number(Decimal::parse("0", decimal)?),
        Reading::Digits(digits.to_owned()),
    ])
}
