//! A number in digits by itself: its groups, its fraction, and every legal reading of what stands between them.

use super::Decimal;
use super::pieces::{Pieces, What};

/// A number in digits with its separators.
pub(super) struct Numeral {
    /// What it can be, the likeliest first, and how it is written then.
    pub(super) decimals: Vec<(Decimal, Separators)>,
    /// Its runs of digits, if they may be no number.
    pub(super) digits: Option<String>,
    /// Whether the first reading is certain.
    pub(super) is_sure: bool,
    /// The piece after it.
    pub(super) next: usize,
}

/// What stands between the groups of a number and before its fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Separators {
    pub(super) group: Option<char>,
    pub(super) decimal: Option<char>,
}

struct Group {
    digits: String,
    /// What stands before it.
    separator: Option<char>,
    next: usize,
}

/// More groups than a number can have.
const MOST_GROUPS: usize = 12;

const BLANKS: &[char] = &[' ', '\u{A0}', '\u{202F}', '\u{2009}'];

const DECIMAL: &[char] = &['.', ',', '٫', '،'];

const GROUPING: &[char] = &[
    '.', ',', '٬', '،', '\'', '’', ' ', '\u{A0}', '\u{202F}', '\u{2009}',
];

/// The number that begins at a run of digits: the longest that its separators allow.
pub(super) fn numeral(pieces: &Pieces<'_>, at: usize) -> Option<Numeral> {
    let mut groups = groups(pieces, at)?;
    let behind_digits = |at: usize| {
        at.checked_sub(2)
            .is_some_and(|before| pieces.is_digits(before))
    };
    if behind_digits(at) && pieces.is_sign(at - 1, &[',', '،']) {
        // The rest of a list that was no number.
        groups.truncate(1);
    }
    (1..=groups.len()).rev().find_map(|count| {
        // “1,2,3” is a list, and no “1,2” in it a fraction.
        let is_list = count == 2
            && groups.get(2).is_some_and(|third| {
                groups
                    .get(1)
                    .is_some_and(|second| second.separator == third.separator)
            });
        read(pieces, groups.get(..count).filter(|_| !is_list)?)
    })
}

fn groups(pieces: &Pieces<'_>, at: usize) -> Option<Vec<Group>> {
    let mut groups = vec![Group {
        digits: pieces.digits(at)?,
        separator: None,
        next: at + 1,
    }];
    while groups.len() < MOST_GROUPS {
        let next = groups.last()?.next;
        let separator = match pieces.what(next) {
            Some(What::Sign(sign)) => sign,
            Some(What::Space(Some(blank))) if BLANKS.contains(&blank) => blank,
            _ => break,
        };
        let known =
            DECIMAL.contains(&separator) || GROUPING.contains(&separator) || separator == '/';
        let Some(digits) = pieces.digits(next + 1).filter(|_| known) else {
            break;
        };
        if BLANKS.contains(&separator) && digits.len() != 3 {
            break;
        }
        groups.push(Group {
            digits,
            separator: Some(separator),
            next: next + 2,
        });
    }
    Some(groups)
}

/// What groups are as one number, if they can be one.
fn read(pieces: &Pieces<'_>, groups: &[Group]) -> Option<Numeral> {
    let next = groups.last()?.next;
    let first = &groups.first()?.digits;
    let found = |decimals: Vec<(Decimal, Separators)>, digits: Option<String>, is_sure| {
        (!decimals.is_empty() || digits.is_some()).then_some(Numeral {
            decimals,
            digits,
            is_sure,
            next,
        })
    };
    let runs = || {
        let runs: Vec<&str> = groups.iter().map(|group| group.digits.as_str()).collect();
        runs.join(" ")
    };
    let none = Separators {
        group: None,
        decimal: None,
    };
    let [middle @ .., last] = groups.get(1..)? else {
        let decimal = Decimal::parse(first, "");
        // A zero before other digits is kept where no one counts.
        let is_code = (first.len() > 1 && first.starts_with('0')) || decimal.is_none();
        let decimals = decimal.into_iter().map(|decimal| (decimal, none));
        return found(decimals.collect(), is_code.then(|| first.clone()), !is_code);
    };
    let sign = last.separator?;
    let is_persian = pieces.is_language("fa");
    let is_decimal = |sign: char| DECIMAL.contains(&sign) || (sign == '/' && is_persian);
    let whole: String = groups.iter().map(|group| group.digits.as_str()).collect();
    let is_grouped = |groups: &[Group]| {
        let lengths = groups.get(1..).unwrap_or_default().iter();
        (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && lengths.clone().all(|group| group.digits.len() == 3)
    };
    if middle.is_empty() {
        if sign == '/' && !is_persian {
            return None;
        }
        // «۱۳۸۹،۱۳۹۰» are two years.
        let is_list = sign == '،' && last.digits.len() > 3;
        let with_fraction = Decimal::parse(first, &last.digits).filter(|_| !is_list);
        let grouped =
            (GROUPING.contains(&sign) && is_grouped(groups) && separates(pieces, groups, sign))
                .then(|| Decimal::parse(&whole, ""))
                .flatten();
        let decimal = Separators {
            group: None,
            decimal: Some(sign),
        };
        let group = Separators {
            group: Some(sign),
            decimal: None,
        };
        let with_fraction =
            with_fraction.filter(|_| is_decimal(sign) || (sign == '٬' && grouped.is_none()));
        let one = with_fraction.map(|number| (number, decimal));
        let two = grouped.map(|number| (number, group));
        let (mut decimals, is_sure) = match (one, two) {
            (Some(one), Some(two)) if groups_with(pieces, sign) => {
                (vec![two, one], is_habit(pieces, sign))
            }
            (Some(one), Some(two)) => (vec![one, two], false),
            (one, two) => (one.into_iter().chain(two).collect(), sign != '/'),
        };
        decimals.dedup_by(|a, b| a.0 == b.0);
        return found(decimals, (sign == '/').then(runs), is_sure);
    }
    let group = middle.first()?.separator?;
    let same = middle.iter().all(|one| one.separator == Some(group));
    if !same || !GROUPING.contains(&group) {
        return None;
    }
    let (decimal, separators) =
        if sign == group && is_grouped(groups) && separates(pieces, groups, sign) {
            let separators = Separators {
                group: Some(group),
                decimal: None,
            };
            (Decimal::parse(&whole, ""), separators)
        } else {
            let integer = groups.get(..groups.len() - 1)?;
            let fits = sign != group
                && is_decimal(sign)
                && is_grouped(integer)
                && separates(pieces, integer, group);
            let whole = whole.strip_suffix(last.digits.as_str()).filter(|_| fits)?;
            let separators = Separators {
                group: Some(group),
                decimal: Some(sign),
            };
            (Decimal::parse(whole, &last.digits), separators)
        };
    let decimals = decimal.into_iter().map(|decimal| (decimal, separators));
    found(decimals.collect(), None, true)
}

/// Whether a blank separates thousands: a plain space does so only in Albanian, or if there are several.
fn separates(pieces: &Pieces<'_>, groups: &[Group], sign: char) -> bool {
    sign != ' ' || groups.len() > 2 || pieces.is_language("sq")
}

/// Whether a sign before three digits separates thousands rather than a fraction.
fn groups_with(pieces: &Pieces<'_>, sign: char) -> bool {
    match pieces.language.primary() {
        "sq" => sign == '.',
        "ar" if has_decimal_comma(pieces.language.tag()) => sign == '.',
        _ => matches!(sign, ',' | '،'),
    }
}

/// Whether everybody who writes the language does so.
fn is_habit(pieces: &Pieces<'_>, sign: char) -> bool {
    match pieces.language.primary() {
        "en" | "fa" => matches!(sign, ',' | '،'),
        "ar" => sign == '،' || (sign == ',' && !has_decimal_comma(pieces.language.tag())),
        "sq" => sign == '.',
        _ => false,
    }
}

/// Whether an Arabic tag names a region where the comma stands before the fraction (CLDR 48).
pub(super) fn has_decimal_comma(tag: &str) -> bool {
    ["DZ", "MA", "TN", "LY", "MR", "EH"]
        .iter()
        .any(|region| tag.ends_with(&format!("-{region}")))
}
