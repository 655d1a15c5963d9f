//! Numbers in digits with what multiplies them, what joins them to another and what they count.

use super::calendar::Calendar;
use super::dates::era_at;
use super::lexicon::Meaning;
use super::measures::measure_after;
use super::multiples::{scale_after, sum, vulgar_fraction, with_part};
use super::numeral::{Numeral, numeral};
use super::pieces::Pieces;
use super::ranges::range;
use super::spelled::{against, and_a_part};
use super::units::{unit_after, unit_before};
use super::{Decimal, Found, Kind, Reading, Role, Unit, Value};

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
        && let Some((other, after)) = against(pieces, start, next)
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
            && let Some(more) = and_a_part(pieces, next, *number)
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
    if let Some(calendar) = era_at(pieces, at + 1) {
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
        // Nothing reaches into an address.
        assert_eq!(of("sq", "$6 mil://esn").len(), 2);
        assert_eq!(of("en", "5 https://a.example 7").len(), 3);
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
