//! Numbers in digits: with every legal reading of their separators, what multiplies them, and what they count.

use super::calendar::Calendar;
use super::lexicon::{CURRENCIES, Meaning};
use super::measures::measure_after;
use super::pieces::{Pieces, What};
use super::{Currency, Decimal, Found, Kind, Reading, Role, Unit, Value};

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

pub(super) fn number_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let mut from = at;
    let mut unit = unit_before(pieces, at);
    if let Some((_, after)) = unit {
        from = after;
    }
    let leads_money = matches!(unit, Some((Unit::Money(_), _)));
    let mut value = Value::new(pieces, at, at, Kind::Number, Vec::new());
    if let Some(half) = vulgar_fraction(pieces, from) {
        value.readings = half;
        value.part(pieces.place(from, from + 1), Role::Fixed);
        value.place = pieces.place(at, from + 1);
        return Some((vec![value], from + 1));
    }
    let sign = sign_at(pieces, from);
    let start = from + usize::from(sign.is_some());
    let mut first = numeral(pieces, start)?;
    value.part(pieces.place(from, first.next), Role::Number);
    let whole_end = first.next;
    if let Some((sum, next)) = with_part(pieces, &first) {
        first.decimals = vec![sum];
        first.next = next;
        value.parts.clear();
        value.part(pieces.place(from, next), Role::Fixed);
    }
    let (mut next, scale) = scale_after(pieces, first.next, leads_money, &mut value);
    let (mut numbers, mut is_sure) = (scaled(&first, scale.unwrap_or(0)), first.is_sure);
    if let Some(scale) = scale
        && let [only] = numbers.as_slice()
        && let Some((sum, after)) = sum(pieces, next, *only, scale)
    {
        numbers = vec![sum];
        value.parts.clear();
        value.part(pieces.place(from, after), Role::Fixed);
        next = after;
    }
    let mut digits = first.digits.clone();
    let mut readings = Vec::new();
    if sign.is_none()
        && let Some(found) = range(pieces, at, next, unit)
        && let Some(second) = numeral(pieces, found.second)
    {
        value.part(pieces.place(found.second, second.next), Role::Number);
        unit = unit.or(found.unit.map(|unit| (unit, next)));
        let leads_money = matches!(unit, Some((Unit::Money(_), _)));
        let (after, second_scale) = scale_after(pieces, second.next, leads_money, &mut value);
        // “10 to 12 million” counts both in millions.
        let shared = scale.or(second_scale).unwrap_or(0);
        for a in first
            .decimals
            .iter()
            .filter_map(|(decimal, _)| decimal.times_ten_to(shared))
        {
            for b in scaled(&second, second_scale.unwrap_or(0)) {
                readings.push(Reading::Range(a, b));
            }
        }
        if let (Some(a), Some(b)) = (pieces.digits(start), pieces.digits(found.second))
            && readings.len() == 1
            && scale.or(second_scale).is_none()
            && found.is_sign
        {
            readings.extend(years_in_short(&a, &b));
            readings.push(Reading::Digits(format!("{a} {b}")));
        }
        value.kind = Kind::Range;
        is_sure &= second.is_sure;
        digits = None;
        next = after;
        if let Some(found) = found.unit {
            // The second one says it again.
            unit = unit_after(pieces, next).filter(|(second, _)| *second == found);
            next = unit.map_or(next, |(_, after)| after);
            unit = Some((found, next));
        }
    } else if let [number] = numbers.as_slice()
        && scale.is_none()
        && sign.is_none()
        && unit.is_none()
        && let Some((other, after)) = super::spelled::against(pieces, start, next)
    {
        value.parts.clear();
        value.part(pieces.place(from, after), Role::Fixed);
        readings.push(Reading::Range(*number, other));
        value.kind = Kind::Range;
        digits = None;
        next = after;
    }
    if value.kind == Kind::Number
        && let Some((end, role)) = ordinal_suffix(pieces, next).filter(|_| scale.is_none())
        && numbers.iter().all(|number| number.as_whole().is_some())
    {
        value.kind = Kind::Ordinal;
        if let Some(role) = role {
            value.part(pieces.place(next, end), role);
        }
        next = end;
    }
    if value.kind != Kind::Range {
        if let Some(sign) = sign {
            let negative = numbers.iter().map(|number| number.negated());
            let mut signed: Vec<Decimal> = negative.collect();
            if sign == '-' {
                // It may be a dash.
                signed.extend(numbers.iter().copied());
            }
            numbers = signed;
        }
        readings.extend(numbers.into_iter().map(Reading::Number));
    }
    readings.extend(digits.map(Reading::Digits));
    value.measure = measure_after(pieces, next);
    if unit.is_none() && value.kind != Kind::Ordinal {
        unit = unit_after(pieces, next);
        next = unit.map_or(next, |(_, after)| after);
    }
    value.unit = unit.map(|(unit, _)| unit);
    value.kind = match (value.kind, value.unit) {
        (Kind::Number, Some(Unit::Percent)) => Kind::Percent,
        (Kind::Number, Some(Unit::Money(_))) => Kind::Money,
        (kind, _) => kind,
    };
    if readings.is_empty() {
        return None;
    }
    if value.kind == Kind::Number
        && readings.len() == 1
        && next == start + 1
        && whole_end == next
        && sign.is_none()
    {
        let years = years(pieces, start);
        // Whether ۱۳۹۰ is a number or a year that the other edition counts otherwise is not seen here.
        is_sure &= years
            .iter()
            .all(|(calendar, _)| *calendar == Calendar::Gregorian);
        readings.extend(
            years
                .into_iter()
                .map(|(calendar, year)| Reading::Year(calendar, year)),
        );
        if let Some((number, 2)) = pieces.small_number(start) {
            let decade = u8::try_from(number).ok();
            let more = decade.map_or_else(Vec::new, |decade| {
                decade_readings(pieces, start, next, decade)
            });
            is_sure &= more.is_empty();
            readings.extend(more);
        }
        if let Some(Reading::Number(number)) = readings.first()
            && let Some(more) = super::spelled::and_a_part(pieces, next, *number)
        {
            is_sure = false;
            readings.push(more);
        }
    }
    value.readings = readings;
    value.is_sure = is_sure;
    value.place = pieces.place(at, next);
    Some((vec![value], next))
}

/// A number with the fraction that stands behind it: 2½, «۲ و نیم».
fn with_part(pieces: &Pieces<'_>, first: &Numeral) -> Option<((Decimal, Separators), usize)> {
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
    let (part, next) = super::spelled::part_after(pieces, first.next)?;
    Some(((number.plus(part)?, *separators), next))
}

/// “2019–20” are two years.
fn years_in_short(first: &str, second: &str) -> Option<Reading> {
    let (century, year) = first.split_at_checked(2).filter(|_| first.len() == 4)?;
    let is_next =
        second.len() == 2 && second > year && matches!(century, "13" | "14" | "19" | "20");
    let end = format!("{century}{second}");
    let ends = Decimal::parse(first, "").zip(Decimal::parse(&end, ""));
    ends.filter(|_| is_next).map(|(a, b)| Reading::Range(a, b))
}

/// What a number below a hundred may be as the first year of a decade, if something beside it says that it is one: “the 80s”, «دههٔ ۸۰».
pub(super) fn decade_readings(
    pieces: &Pieces<'_>,
    at: usize,
    next: usize,
    number: u8,
) -> Vec<Reading> {
    if !number.is_multiple_of(10) || !(10..=90).contains(&number) {
        return Vec::new();
    }
    let mut before = at;
    // “vitet ’80”
    while before > 0
        && before + 3 > at
        && (pieces.is_space(before - 1) || pieces.sign(before - 1).is_some())
    {
        before -= 1;
    }
    let named = before
        .checked_sub(1)
        .is_some_and(|word| pieces.is(word, Meaning::Decades).is_some());
    let english = pieces.is_language("en") && pieces.written(next) == "s";
    if !named && !english {
        return Vec::new();
    }
    let mut readings = Vec::new();
    let mut add = |calendar, year: i32| {
        readings.push(Reading::Number(Decimal::whole(year.into())));
        readings.push(Reading::Year(calendar, year));
    };
    add(Calendar::Gregorian, 1900 + i32::from(number));
    if pieces.is_language("fa") {
        add(Calendar::SolarHijri, 1300 + i32::from(number));
    }
    readings
}

/// The years that four digits can be, in the calendars of the language.
fn years(pieces: &Pieces<'_>, at: usize) -> Vec<(Calendar, i32)> {
    let Some((year, 4)) = pieces.small_number(at) else {
        return Vec::new();
    };
    if let Some(calendar) = super::dates::era_at(pieces, at + 1) {
        // What is said to be counted so.
        let is_one = match calendar {
            Calendar::Gregorian => (1000..=2999).contains(&year),
            _ => (1000..=1600).contains(&year),
        };
        return is_one.then_some((calendar, year)).into_iter().collect();
    }
    let calendar = match (pieces.language.primary(), year) {
        (_, 1800..=2099) => Calendar::Gregorian,
        ("fa", 1200..=1499) => Calendar::SolarHijri,
        ("ar", 1300..=1499) => Calendar::LunarHijri,
        _ => return Vec::new(),
    };
    vec![(calendar, year)]
}

fn scaled(numeral: &Numeral, power: u8) -> Vec<Decimal> {
    let decimals = numeral.decimals.iter();
    decimals
        .filter_map(|(decimal, _)| decimal.times_ten_to(power))
        .collect()
}

/// The minus before a number: directly before it, and behind nothing that it could join to it.
fn sign_at(pieces: &Pieces<'_>, at: usize) -> Option<char> {
    let sign = pieces.sign(at).filter(|sign| matches!(sign, '-' | '−'))?;
    let before = at.checked_sub(1);
    let is_free = before.is_none_or(|before| {
        pieces.is_space(before) || pieces.is_sign(before, &['(', '[', '«', '“', '"', '$', '€', '£'])
    });
    (is_free && pieces.is_digits(at + 1)).then_some(sign)
}

const DASHES: &[char] = &['-', '–', '—', '‑', '−', '‒'];

/// What a number is one end of.
struct Range {
    /// Where the second number begins.
    second: usize,
    /// What the first one counts, if it says so: “30% to 43%”.
    unit: Option<Unit>,
    /// Whether a sign joins them.
    is_sign: bool,
}

/// The range that goes on behind a number: behind a dash or a word for it.
fn range(
    pieces: &Pieces<'_>,
    start: usize,
    at: usize,
    before: Option<(Unit, usize)>,
) -> Option<Range> {
    let own = match before {
        None => unit_after(pieces, at),
        Some(_) => None,
    };
    let end = own.map_or(at, |(_, after)| after);
    let (second, is_sign) = second_of_range(pieces, start, end)?;
    // “$5–$6 million”
    let second = match unit_before(pieces, second) {
        Some((unit, after)) if before.is_some_and(|(first, _)| first == unit) => after,
        Some(_) => return None,
        None => second,
    };
    if !pieces.is_digits(second) {
        return None;
    }
    let unit = own.map(|(unit, _)| unit);
    if let Some(unit) = unit {
        // The second one has to count the same, or a dash is no more than a dash.
        let numeral = numeral(pieces, second)?;
        let mut none = Value::new(pieces, second, second, Kind::Number, Vec::new());
        let (after, _) = scale_after(pieces, numeral.next, true, &mut none);
        unit_after(pieces, after).filter(|(other, _)| *other == unit)?;
    }
    Some(Range {
        second,
        unit,
        is_sign,
    })
}

/// Where the second number of a range begins, and whether a sign stands before it.
fn second_of_range(pieces: &Pieces<'_>, start: usize, at: usize) -> Option<(usize, bool)> {
    let spaced = pieces.is_space(at);
    let joint = pieces.after_space(at);
    if pieces.is_sign(joint, DASHES) {
        let end = joint + 1;
        let second = pieces.after_space(end);
        return (spaced == pieces.is_space(end)).then_some((second, true));
    }
    // A score, a proportion, a verse.
    if pieces.is_sign(at, &[':']) && pieces.is_digits(at + 1) {
        let is_small = |at: usize| {
            pieces
                .small_number(at)
                .is_some_and(|(_, digits)| digits <= 3)
        };
        let is_all = !pieces.is_sign(at + 2, &[':', '.', ',', '/']) || !pieces.is_digits(at + 3);
        let before = at.checked_sub(2);
        let is_first = before
            .is_none_or(|before| !pieces.is_sign(before + 1, &[':']) || !pieces.is_digits(before));
        return (is_small(start) && is_small(at + 1) && at == start + 1 && is_all && is_first)
            .then_some((at + 1, true));
    }
    if !spaced {
        return None;
    }
    if let Some(after) = pieces.is(joint, Meaning::To) {
        return pieces.is_space(after).then_some((after + 1, false));
    }
    // «بين 30 و43»
    let after = pieces
        .is(joint, Meaning::And)
        .filter(|_| behind_between(pieces, start))?;
    Some((pieces.after_space(after), false))
}

/// Whether the word for between stands before a piece.
fn behind_between(pieces: &Pieces<'_>, at: usize) -> bool {
    let word = at.checked_sub(2).filter(|word| pieces.is_space(word + 1));
    word.is_some_and(|word| pieces.is(word, Meaning::Between).is_some())
}

/// The power of ten that the words behind a number multiply it by, and the piece after them.
fn scale_after(
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
fn sum(pieces: &Pieces<'_>, at: usize, number: Decimal, scale: u8) -> Option<(Decimal, usize)> {
    let mut found: Option<(Decimal, usize)> = None;
    let (mut scale, mut next) = (scale, at);
    while let Some((more, power, after)) = rest_of_sum(pieces, next, scale) {
        let before = found.map_or(number, |(sum, _)| sum);
        found = Some((before.plus(more)?, after));
        (scale, next) = (power, after);
    }
    if found.is_none() && scale >= 6 {
        // «۲ میلیون و نیم»
        let (part, after) = super::spelled::part_after(pieces, at)?;
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

/// What makes a place in an order of the number before it, and whether it has to be written anew.
fn ordinal_suffix(pieces: &Pieces<'_>, at: usize) -> Option<(usize, Option<Role>)> {
    let word = pieces.written(at);
    match pieces.language.primary() {
        "en" => matches!(word, "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH")
            .then_some((at + 1, Some(Role::Suffix))),
        "fa" => matches!(word, "ام" | "م" | "امین" | "مین").then_some((at + 1, None)),
        "sq" => {
            let hyphen = pieces.is_sign(at, &['-', '‑']);
            let suffix = matches!(
                pieces.written(at + 1),
                "të" | "t"
                    | "ta"
                    | "ti"
                    | "tit"
                    | "tën"
                    | "tin"
                    | "tat"
                    | "te"
                    | "rë"
                    | "ra"
                    | "ri"
                    | "rit"
            );
            (hyphen && suffix).then_some((at + 2, None))
        }
        _ => None,
    }
}

/// The unit that stands before a number, and the piece after it.
fn unit_before(pieces: &Pieces<'_>, at: usize) -> Option<(Unit, usize)> {
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

fn vulgar_fraction(pieces: &Pieces<'_>, at: usize) -> Option<Vec<Reading>> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;
    use crate::text::values::values;

    fn of(tag: &str, text: &str) -> Vec<Value> {
        values(text, &Language::parse(tag).unwrap())
    }

    fn said(value: &Value) -> Vec<String> {
        let say = |reading: &Reading| match reading {
            Reading::Number(number) => number.to_string(),
            Reading::Range(a, b) => format!("{a}..{b}"),
            Reading::Digits(digits) => digits.replace(' ', "|"),
            Reading::Year(calendar, year) => format!("{calendar:?} {year}"),
            other => format!("{other:?}"),
        };
        value.readings.iter().map(say).collect()
    }

    #[test]
    fn every_legal_reading_is_kept() {
        for (tag, text, readings) in [
            ("en", "1.234", &["1.234", "1234"][..]),
            ("sq", "1.234", &["1234", "1.234"]),
            ("fa", "۱۲/۵", &["12.5", "12|5"]),
            ("sq", "1 234 567,89", &["1234567.89"]),
            ("sq", "1\u{a0}234,50", &["1234.50"]),
            ("sq", "12 345", &["12345"]),
            ("en", "1,234.5", &["1234.5"]),
            ("fa", "۱٬۲۳۴٫۵", &["1234.5"]),
            ("ar", "١٬٢٣٤٫٥", &["1234.5"]),
            ("ar-MA", "1.234,5", &["1234.5"]),
            ("fa", "۲۶،۷۵۰", &["26750", "26.750"]),
            ("en", "1.5", &["1.5"]),
            ("en", "007", &["7", "007"]),
            ("en", "0.250", &["0.250"]),
            ("en", "-5", &["-5", "5"]),
            ("fa", "\u{200e}−۵", &["-5"]),
            ("en", "3.26 million", &["3260000"]),
            ("fa", "۳۸۰ هزار", &["380000"]),
            ("fa", "۲ میلیون و ۵۰۰ هزار", &["2500000"]),
            ("sq", "11 milionë", &["11000000"]),
            ("ar", "١١ مليونًا", &["11000000"]),
            ("en", "10–12", &["10..12", "10|12"]),
            ("fa", "۱۰ تا ۱۲", &["10..12"]),
            ("sq", "10 deri në 12", &["10..12"]),
            ("en", "10 to 12 million", &["10000000..12000000"]),
            ("en", "the 1980s", &["1980", "Gregorian 1980"]),
            ("fa", "سال ۱۳۹۰", &["1390", "SolarHijri 1390"]),
            ("en", "½", &["0.5", "1|2"]),
            ("ar", "و18", &["18"]),
            ("en", "2½", &["2.5"]),
            ("en", "2 and a half", &["2.5"]),
            ("fa", "۲ سال و نیم", &["2", "2.5"]),
            ("fa", "۵ هزار میلیارد", &["5000000000000"]),
            ("fa", "۲ میلیون و ۵۰۰ هزار و ۲۰۰ نفر", &["2500200"]),
            ("fa", "۲ هزار و ۵۰۰ نفر", &["2500"]),
            ("fa", "۲ میلیون و نیم", &["2500000"]),
            ("ar", "3 آلاف و500", &["3500"]),
            ("sq", "2 mijë e 500", &["2500"]),
            ("en", "2:1", &["2..1", "2|1"]),
            ("fa", "۵ بر ۲", &["5..2"]),
            ("en", "2019–20", &["2019..20", "2019..2020", "2019|20"]),
            ("en", "between 30 and 43", &["30..43"]),
            ("ar", "ما بين 30 و43", &["30..43"]),
            ("sq", "mes 30 dhe 43", &["30..43"]),
            ("ar", "عام 1446 هـ", &["1446", "LunarHijri 1446"]),
            ("fa", "سال ۱۴۴۶ قمری", &["1446", "LunarHijri 1446"]),
            ("sq", "klasa e 34-t", &["34"]),
        ] {
            let found = of(tag, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(said(&found[0]), readings, "{text}");
        }
        assert_eq!(of("en", "1,2,3").len(), 3);
        assert_eq!(of("en", "in 2019 345 people").len(), 2);
        assert_eq!(of("en", "2 thousand and 500 others").len(), 2);
        assert_eq!(of("en", "30% and 43%").len(), 2);
        assert_eq!(of("fa", "در ۲۰۱۸ به ۵ کشور").len(), 2);
        assert_eq!(of("fa", "سال‌های ۱۳۸۹،۱۳۹۰").len(), 2);
    }

    #[test]
    fn what_a_number_counts_is_compared() {
        let same = |a: (&str, &str), b: (&str, &str)| {
            let (one, two) = (of(a.0, a.1), of(b.0, b.1));
            assert_eq!((one.len(), two.len()), (1, 1), "{one:?} {two:?}");
            one[0].is_same(&two[0])
        };
        let percent = [
            ("en", "12.5%"),
            ("en", "12.5 per cent"),
            ("fa", "۱۲٫۵ درصد"),
            ("fa", "٪۱۲٫۵"),
            ("ar", "١٢٫٥ في المئة"),
            ("ar", "12.5 بالمائة"),
            ("sq", "12,5 për qind"),
            ("sq", "12,5 përqind"),
        ];
        for one in percent {
            for two in percent {
                assert!(same(one, two), "{one:?} {two:?}");
            }
            assert!(!same(one, ("en", "12.5")), "{one:?}");
        }
        for one in [
            ("en", "30%–43%"),
            ("en", "between 30 and 43 percent"),
            ("fa", "۳۰ تا ۴۳ درصد"),
            ("ar", "بين 30% و43%"),
        ] {
            assert!(same(one, ("sq", "30-43 për qind")), "{one:?}");
        }
        assert!(same(("en", "$5–$6 million"), ("fa", "۵ تا ۶ میلیون دلار")));
        assert!(same(
            ("en", "a $500-million deal"),
            ("sq", "500 milionë dollarë")
        ));
        assert!(
            same(("en", "¥500"), ("fa", "۵۰۰ ین"))
                && same(("en", "500 kronor"), ("ar", "500 كرونة"))
        );
        assert!(same(("en", "the 1980s"), ("ar", "ثمانينيات القرن العشرين")));
        assert!(same(("en", "$26,750"), ("fa", "۲۶،۷۵۰ دلار")));
        assert!(same(("en", "£11million"), ("ar", "11 مليون جنيه")));
        assert!(same(("sq", "500 lekë"), ("en", "ALL 500")));
        assert!(same(("sq", "26,750$"), ("ar", "26,750 دولارًا")));
        assert!(!same(("en", "USD 50"), ("en", "CAD 50")));
        assert!(!same(("fa", "۵۰۰ ریال"), ("fa", "۵۰۰ تومان")));
        assert!(!same(("en", "50 euros"), ("fa", "۵۰ دلار")));
        assert!(same(("en", "550 pounds"), ("sq", "550")));
        assert!(same(("en", "3rd"), ("fa", "۳‌ام")) && same(("en", "89th"), ("sq", "89-të")));
        assert!(same(("en", "10–12"), ("fa", "۱۲-۱۰")) && !same(("en", "10–12"), ("fa", "۱۳-۱۰")));
        assert!(!same(("en", "345"), ("fa", "۳۵۴")));
        assert!(
            same(("en", "in 2011"), ("fa", "سال ۱۳۹۰"))
                && !same(("en", "in 2010"), ("fa", "سال ۱۳۹۰"))
        );
        assert!(same(("ar", "عام ١٤٤٦"), ("fa", "سال ۱۴۰۳")));
    }
}
