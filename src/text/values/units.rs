//! What a number counts: hundredths, money.

use super::lexicon::{CURRENCIES, Meaning};
use super::pieces::Pieces;
use super::{Currency, Unit};

/// The unit that stands before a number, and the piece after it.
pub(super) fn unit_before(pieces: &Pieces<'_>, at: usize) -> Option<(Unit, usize)> {
    let unit = match pieces.sign(at) {
        Some('%' | '٪') => Unit::Percent,
        Some(sign) => Unit::Money(by_sign(sign)?),
        None => Unit::Money(by_code(pieces, at)?),
    };
    let next = pieces.after_space(at + 1);
    let digits = next + usize::from(pieces.is_sign(next, &['-', '−']));
    let is_code = pieces.is_word(at);
    let apart = next > at + 1;
    // A percent sign belongs to what stands before it, if it touches it.
    let joined = at
        .checked_sub(1)
        .is_some_and(|before| pieces.is_digits(before));
    (pieces.is_digits(digits) && !joined && (!is_code || apart)).then_some((unit, next))
}

/// The unit that stands behind a number, and the piece after it.
pub(super) fn unit_after(pieces: &Pieces<'_>, at: usize) -> Option<(Unit, usize)> {
    let next = pieces.after_space(at);
    if let Some(sign) = pieces.sign(next) {
        // A sign that touches a number behind it belongs to that one.
        if pieces.is_digits(next + 1) {
            return None;
        }
        return match sign {
            '%' | '٪' => Some((Unit::Percent, next + 1)),
            sign => by_sign(sign).map(|currency| (Unit::Money(currency), next + 1)),
        };
    }
    if let Some(currency) = by_code(pieces, next) {
        return Some((Unit::Money(currency), next + 1));
    }
    let unit = |meaning| match meaning {
        Meaning::Percent => Some(Unit::Percent),
        Meaning::Money(index) => Some(Unit::Money(by_index(index)?)),
        _ => None,
    };
    pieces.meaning(next, unit)
}

fn by_index(index: u8) -> Option<Currency> {
    let name = CURRENCIES.get(usize::from(index))?;
    Some(Currency {
        name: name.name,
        code: None,
        is_doubtful: name.is_doubtful,
    })
}

fn by_sign(sign: char) -> Option<Currency> {
    let index = CURRENCIES
        .iter()
        .position(|name| name.signs.contains(&sign))?;
    by_index(u8::try_from(index).ok()?)
}

/// The currency of a code of three capitals.
fn by_code(pieces: &Pieces<'_>, at: usize) -> Option<Currency> {
    let word = pieces.written(at);
    if word.len() != 3 || !word.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return None;
    }
    CURRENCIES.iter().find_map(|name| {
        let code = name.codes.iter().find(|code| **code == word)?;
        Some(Currency {
            name: name.name,
            code: Some(code),
            is_doubtful: false,
        })
    })
}
