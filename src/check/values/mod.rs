//! Numbers, dates, amounts and addresses: does each have its like on the other side?
//!
//! The values of both sides are paired one to one by all that they can mean. What is left over may still be explained: it was said before, it
//! is the end of a range or the year of a date on the other side, it is written there in words. Only what nothing explains is told; if both
//! sides have such a value, one of them was changed.

mod explained;
mod matched;
mod order;

use std::ops::Range;

use super::pair::{Pair, Text};
use super::{Check, Finding, Severity, Side};
use crate::text::tokens::ascii_digit;
use crate::text::values::write::{Written, rewrite};
use crate::text::values::{Digits, Kind, Reading, Unit, Value, names_measure};
use explained::{is_explained, is_label};
use matched::Matched;
use order::{backwards, range};

/// A text with more values is a table that nobody translates as one segment, and to compare all of them with all would take long.
const MOST: usize = 400;

pub(super) fn check(pair: &Pair<'_>, found: &mut Vec<Finding>) {
    mixed_digits(&pair.target, found);
    if pair.source.values.len().max(pair.target.values.len()) > MOST {
        return;
    }
    let matched = Matched::new(pair);
    for (source, target) in matched.pairs() {
        weekdays(pair, source, target, found);
        range(pair, source, target, found);
    }
    addresses(pair, &matched, found);
    leftovers(pair, &matched, found);
}

/// Whether a value is in digits.
fn is_firm(value: &Value) -> bool {
    value.kind != Kind::Spelled
}

fn is_address(value: &Value) -> bool {
    matches!(value.kind, Kind::Email | Kind::Url)
}

fn leftovers(pair: &Pair<'_>, matched: &Matched<'_>, found: &mut Vec<Finding>) {
    let (source, target) = matched.left();
    let open = |values: &[&Value],
                others: &[Value],
                left: &[&Value],
                (here, there): (&Text<'_>, &Text<'_>)| {
        let open = values.iter().filter(|value| {
            is_firm(value)
                && !is_address(value)
                && !is_label(value, here, there)
                && !is_explained(value, others, left, there)
        });
        open.map(|value| (*value).clone()).collect::<Vec<Value>>()
    };
    let mut missing = open(
        &source,
        matched.target,
        &target,
        (&pair.source, &pair.target),
    );
    let mut added = open(
        &target,
        matched.source,
        &source,
        (&pair.target, &pair.source),
    );
    if missing.is_empty() && added.is_empty() {
        return;
    }
    backwards(pair, &mut missing, &mut added, found);
    // The same number that counts something else.
    missing.retain(|value| {
        let same = added.iter().position(|other| value.shares_reading(other));
        let Some(other) = same.map(|at| added.remove(at)) else {
            return true;
        };
        currency(pair, value, &other, found);
        false
    });
    missing.retain(|value| {
        let same = added.iter().position(|other| value.is_conversion_of(other));
        same.map(|at| added.remove(at)).is_none()
    });
    // One edition may give both: 20 feet (6 m). Where the other names the measure too, its number was lost.
    let of_source = matched.source.iter().zip(&matched.of_source);
    let of_target = matched.target.iter().zip(&matched.of_target);
    let with_like = |(value, of): (&'_ Value, &Option<usize>)| of.map(|_| value.clone());
    let own: Vec<Value> = of_source.filter_map(with_like).collect();
    let is_second = |value: &Value, own: &[Value], there: &Text<'_>| {
        own.iter().any(|other| other.is_conversion_of(value))
            && !names_measure(there.text, there.language, value)
    };
    missing.retain(|value| !is_second(value, &own, &pair.target));
    let own: Vec<Value> = of_target.filter_map(with_like).collect();
    added.retain(|value| !is_second(value, &own, &pair.source));
    let mut values = matched.source.iter();
    let converts = values.any(|one| {
        matched
            .target
            .iter()
            .any(|other| one.is_measured_unlike(other))
    });
    while let Some((at, to)) = missing.iter().enumerate().find_map(|(at, value)| {
        let to = added.iter().position(|other| comparable(value, other))?;
        Some((at, to))
    }) {
        let (value, other) = (missing.remove(at), added.remove(to));
        let mut finding = changed(pair, &value, &other);
        if converts && !(is_year(&value) && is_year(&other)) {
            // Feet and inches into metres: too loose to be sure.
            finding.severity = Severity::Warning;
        }
        found.push(finding);
    }
    for value in missing {
        let reason = format!(
            "the {} “{}” of the source is not in the translation",
            value.kind.name(),
            said(&pair.source, &value)
        );
        found.push(Finding::new(
            Check::ValueMissing,
            Side::Source,
            value.place,
            reason,
        ));
    }
    for value in added {
        let reason = format!(
            "the {} “{}” is not in the source",
            value.kind.name(),
            said(&pair.target, &value)
        );
        found.push(Finding::new(
            Check::ValueAdded,
            Side::Target,
            value.place,
            reason,
        ));
    }
}

/// Whether a number can be a year.
fn is_year(value: &Value) -> bool {
    value
        .readings
        .iter()
        .any(|reading| matches!(reading, Reading::Year(..)))
}

/// Whether one of two values without their likes may have been the other.
fn comparable(one: &Value, other: &Value) -> bool {
    let class = |value: &Value| match value.kind {
        Kind::Date => 1,
        Kind::Time => 2,
        _ => 0,
    };
    class(one) == class(other)
}

fn said<'t>(text: &Text<'t>, value: &Value) -> &'t str {
    text.text.get(value.place.clone()).unwrap_or_default()
}

fn changed(pair: &Pair<'_>, value: &Value, other: &Value) -> Finding {
    let check = match other.kind {
        Kind::Date | Kind::Time => Check::Date,
        _ => Check::Number,
    };
    let reason = format!(
        "“{}” is not “{}”",
        said(&pair.target, other),
        said(&pair.source, value)
    );
    let finding = Finding::new(check, Side::Target, other.place.clone(), reason);
    with_value(finding, pair, value, other)
}

/// A finding that says how a value is to be written, if it can be written as the other one is.
fn with_value(finding: Finding, pair: &Pair<'_>, value: &Value, other: &Value) -> Finding {
    let example = Written {
        value: other,
        text: pair.target.text,
    };
    let wanted = Written {
        value,
        text: pair.source.text,
    };
    match rewrite(example, wanted, pair.target.language) {
        Some(written) => finding.suggest(written),
        None => finding,
    }
}

/// The same number that counts something else.
fn currency(pair: &Pair<'_>, value: &Value, other: &Value, found: &mut Vec<Finding>) {
    if let (Some(Unit::Money(one)), Some(Unit::Money(two))) = (value.unit, other.unit) {
        let name =
            |money: crate::text::values::Currency| money.code.unwrap_or(money.name).to_owned();
        let reason = format!(
            "“{}” is an amount in {}, “{}” one in {}",
            said(&pair.target, other),
            name(two),
            said(&pair.source, value),
            name(one)
        );
        found.push(Finding::new(
            Check::Currency,
            Side::Target,
            other.place.clone(),
            reason,
        ));
    }
}

/// The name of a day of the week, from 0 for Monday.
fn weekday_name(weekday: u8) -> &'static str {
    let names = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    names.get(usize::from(weekday)).copied().unwrap_or_default()
}

fn weekdays(pair: &Pair<'_>, source: &Value, target: &Value, found: &mut Vec<Finding>) {
    let Some(weekday) = target.weekday else {
        return;
    };
    let written = said(&pair.target, target);
    let place = || target.place.clone();
    if let Some(other) = source.weekday.filter(|other| *other != weekday) {
        let reason = format!(
            "“{written}” is said of a {}, “{}” of a {}",
            weekday_name(weekday),
            said(&pair.source, source),
            weekday_name(other)
        );
        found.push(Finding::new(Check::Weekday, Side::Target, place(), reason));
    } else if !target.weekday_fits() {
        let day = target
            .days()
            .next()
            .map_or("", |day| weekday_name(day.weekday()));
        let reason = format!("“{written}” is no {} but a {day}", weekday_name(weekday));
        found.push(Finding::new(Check::Weekday, Side::Target, place(), reason));
    }
}

/// An address without what it can be written with or without.
fn bare(address: &str) -> String {
    let small = address.to_lowercase();
    let rest = small
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    rest.trim_end_matches('/').to_owned()
}

fn addresses(pair: &Pair<'_>, matched: &Matched<'_>, found: &mut Vec<Finding>) {
    let (source, target) = matched.left();
    let of_target: Vec<&Value> = target
        .into_iter()
        .filter(|value| is_address(value))
        .collect();
    let of_source = source.into_iter().filter(|value| is_address(value));
    let (mut of_source, mut of_target): (Vec<&Value>, Vec<&Value>) =
        (of_source.collect(), of_target);
    of_source.retain(|value| {
        let own = bare(said(&pair.source, value));
        let same = of_target
            .iter()
            .position(|other| bare(said(&pair.target, other)) == own);
        same.map(|at| of_target.remove(at)).is_none()
    });
    let mut of_target = of_target.into_iter();
    for value in of_source {
        let written = said(&pair.source, value);
        let finding = match of_target.next() {
            Some(other) => {
                let reason = format!("“{}” is not “{written}”", said(&pair.target, other));
                Finding::new(Check::Address, Side::Target, other.place.clone(), reason)
                    .suggest(written)
            }
            None => {
                let reason = format!("“{written}” is not in the translation");
                Finding::new(Check::Address, Side::Source, value.place.clone(), reason)
            }
        };
        found.push(finding);
    }
    for value in of_target {
        let reason = format!("“{}” is not in the source", said(&pair.target, value));
        found.push(Finding::new(
            Check::ValueAdded,
            Side::Target,
            value.place.clone(),
            reason,
        ));
    }
}

/// Digits of two kinds with nothing, or only a separator, between them.
fn mixed_digits(text: &Text<'_>, found: &mut Vec<Finding>) {
    let mut run: Option<Range<usize>> = None;
    let mut between = 0;
    let mut tell = |run: Option<Range<usize>>| {
        let Some(run) = run else { return };
        let written = text.text.get(run.clone()).unwrap_or_default();
        let has_digits = written.chars().any(|letter| ascii_digit(letter).is_some());
        if has_digits && Digits::of(written).is_none() && !text.is_in_address(run.start) {
            let reason = format!("“{written}” has digits of two kinds");
            let usual = match text.language.primary() {
                "fa" => Some(Digits::Persian),
                "en" | "sq" => Some(Digits::Ascii),
                _ => None,
            };
            let finding = Finding::new(Check::DigitsMixed, Side::Target, run, reason);
            found.push(match usual {
                Some(usual) => finding.suggest(usual.write(written)),
                None => finding,
            });
        }
    };
    for (at, letter) in text.visible() {
        if ascii_digit(letter).is_some() {
            let end = at + letter.len_utf8();
            match &mut run {
                Some(run) => run.end = end,
                None => run = Some(at..end),
            }
            between = 0;
        } else if matches!(letter, '.' | ',' | '٫' | '٬') && between == 0 && run.is_some() {
            between = 1;
        } else {
            tell(run.take());
            between = 0;
        }
    }
    tell(run);
}

#[cfg(test)]
mod tests {
    use crate::check::{Check, Checker, Finding, Severity};
    use crate::text::language::Language;
    use crate::unit::Segment;

    fn found(from: &str, source: &str, to: &str, target: &str) -> Vec<Finding> {
        let (from, to) = (Language::parse(from).unwrap(), Language::parse(to).unwrap());
        let found =
            Checker::new(&from, &to).check(&Segment::plain(source), &Segment::plain(target));
        found
            .into_iter()
            .filter(|one| one.severity > Severity::Note)
            .collect()
    }

    fn checks(from: &str, source: &str, to: &str, target: &str) -> Vec<Check> {
        let found = found(from, source, to, target);
        found.into_iter().map(|one| one.check).collect()
    }

    #[test]
    fn values_that_agree_are_not_told() {
        for (from, source, to, target) in [
            (
                "en",
                "On 15 August 2022 we sent 1,234.5 kg.",
                "fa",
                "در ۲۴ مرداد ۱۴۰۱ یک محموله به وزن ۱٬۲۳۴٫۵ کیلوگرم فرستادیم.",
            ),
            (
                "sq",
                "Më 5.1.2025, ora 18.30, erdhën 12,5 për qind.",
                "ar",
                "حضر ١٢٫٥٪ في ٥ يناير ٢٠٢٥، الساعة ١٨:٣٠.",
            ),
            // In words on one side.
            (
                "en",
                "The 3 letters came at last.",
                "ar",
                "وصلت الرسائل الثلاث أخيراً: ثلاث رسائل.",
            ),
            // Said again, or once less.
            (
                "en",
                "In 2020 and again in 2020 we met.",
                "sq",
                "Në vitin 2020 u takuam dy herë.",
            ),
            // Converted.
            (
                "en",
                "The hall is 40 miles away.",
                "fa",
                "تالار ۶۵ کیلومتر دورتر است.",
            ),
            (
                "en",
                "It was 80 degrees outside.",
                "sq",
                "Jashtë ishin 27 gradë.",
            ),
            (
                "fa",
                "موج‌ها تا ۲۰ فوت (۶ متر) رسید.",
                "en",
                "The waves were 20 feet high.",
            ),
            // A result in words.
            (
                "en",
                "They won 2-0 at home.",
                "fa",
                "در خانه ۲ بر صفر بردند.",
            ),
            (
                "en",
                "It was built in the 1930s.",
                "ar",
                "بُني في ثلاثينيات القرن العشرين.",
            ),
            (
                "en",
                "The inventory covers 2021–2025.",
                "fa",
                "این صورت سال‌های ۱۴۰۰–۱۴۰۴ را در بر می‌گیرد.",
            ),
            (
                "en",
                "The scissors are of the 19th century.",
                "sq",
                "Gërshërët janë të shek. XIX.",
            ),
            // Labels of items.
            (
                "en",
                "2. It hangs on screws.",
                "sq",
                "b) Ajo varet në vida.",
            ),
            (
                "en",
                "The hall closes at 5 p.m.",
                "ar",
                "تُغلق القاعة في الخامسة مساءً.",
            ),
        ] {
            assert_eq!(checks(from, source, to, target), [], "{source} {target}");
        }
    }

    #[test]
    fn values_that_disagree_are_told_with_what_is_right() {
        for (from, source, to, target, check, suggestion) in [
            (
                "en",
                "The 345 letters came.",
                "fa",
                "۳۵۴ نامه رسید.",
                Check::Number,
                Some("۳۴۵"),
            ),
            (
                "sq",
                "Erdhën 1 250,50 euro.",
                "en",
                "1,205.50 euros came.",
                Check::Number,
                Some("1,250.50 euros"),
            ),
            (
                "en",
                "It begins on 15 August 2022.",
                "fa",
                "در ۲۵ مرداد ۱۴۰۱ آغاز می‌شود.",
                Check::Date,
                Some("۲۴ مرداد ۱۴۰۱"),
            ),
            (
                "ar",
                "يبدأ في ٥ يناير ٢٠٢٥.",
                "sq",
                "Fillon më 5 shkurt 2025.",
                Check::Date,
                Some("5 janar 2025"),
            ),
            (
                "fa",
                "بهای آن ۵۰ تومان است.",
                "fa-AF",
                "بهای آن ۵۰ ریال است.",
                Check::Currency,
                None,
            ),
            (
                "en",
                "Write to info@shembull.al today.",
                "sq",
                "Shkruani sot te info@shembul.al.",
                Check::Address,
                Some("info@shembull.al"),
            ),
            (
                "en",
                "We meet on Sunday, 5 January 2025.",
                "sq",
                "Takohemi të hënën, 5 janar 2025.",
                Check::Weekday,
                None,
            ),
            (
                "en",
                "Pages 5–8 are missing.",
                "ar",
                "الصفحات 8–5 مفقودة.",
                Check::RangeReversed,
                None,
            ),
            (
                "en",
                "Call 0800 555 111 now.",
                "ar",
                "اتصلوا الآن على الرقم 111 555 0800.",
                Check::RangeReversed,
                None,
            ),
            (
                "en",
                "Of the 345 letters some came.",
                "fa",
                "چند نامه رسید.",
                Check::ValueMissing,
                None,
            ),
            (
                "en",
                "Some letters came.",
                "fa",
                "۳۴۵ نامه رسید.",
                Check::ValueAdded,
                None,
            ),
            (
                "en",
                "The 345 letters came.",
                "fa",
                "۳4۵ نامه رسید.",
                Check::DigitsMixed,
                Some("۳۴۵"),
            ),
            (
                "en",
                "Katrina (1967) was 40 miles away.",
                "fa",
                "کاترینا (۱۹۷۶) ۶۵ کیلومتر دورتر بود.",
                Check::Number,
                Some("۱۹۶۷"),
            ),
        ] {
            let found = found(from, source, to, target);
            let told: Vec<_> = found
                .iter()
                .map(|one| (one.check, one.suggestion.as_deref()))
                .collect();
            assert!(
                told.contains(&(check, suggestion)),
                "{source} {target}: {found:?}"
            );
            let one = found.iter().find(|one| one.check == check).unwrap();
            assert!(!one.reason.is_empty() && one.place.is_some());
        }
    }

    #[test]
    fn a_table_of_numbers_takes_no_long() {
        let numbers = |from: u32| {
            (from..from + 20_000)
                .map(|number| format!("{number} "))
                .collect::<String>()
        };
        assert_eq!(checks("en", &numbers(1), "sq", &numbers(50_000)), []);
    }
}
