//! Writes a value as another is written, or as a language writes it where there is no example.
//!
//! An example shows digits, separators, calendar, order, names of months; only its parts are written anew, and what stands between
//! them stays. Nothing is written that does not read back as the value, and nothing that needs a guess.
//!
//! The large kinds have a file each.

mod code;
mod date;
mod number;
mod time;

pub use number::counts_alike;

use super::style::{Digits, Style};
use super::{Decimal, Kind, Part, Reading, Time, Unit, Value, values};
use crate::text::language::Language;
use number::{code_of, digits_of, ordinal};

/// A value and the text that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Written<'t> {
    /// The value.
    pub value: &'t Value,
    /// The whole text.
    pub text: &'t str,
}

impl<'t> Written<'t> {
    /// The value as it stands there.
    pub fn text(self) -> &'t str {
        self.text.get(self.value.place.clone()).unwrap_or_default()
    }

    fn part(self, part: &Part) -> &'t str {
        self.text.get(part.place.clone()).unwrap_or_default()
    }
}

/// A value, perhaps of another language, written as an example in a text of a language is. `None` if it cannot be done without
/// doubt: one of them has several readings that nothing decides between ([`Value::explained_by`] may help), they do not say as much
/// as each other, their units differ, the words around the number would have to change, or days would have to be counted between the lunar and another calendar.
///
/// ```
/// use tarjuman::text::{language::Language, values::{values, write::{Written, rewrite}}};
/// let (en, fa) = (Language::parse("en").unwrap(), Language::parse("fa").unwrap());
/// let (source, target) = ("on 30 August 2022", "روز سه‌شنبه ۲۴ مرداد ۱۴۰۱ می‌آید");
/// let (new, old) = (values(source, &en).remove(0), values(target, &fa).remove(0));
/// let written = rewrite(Written { value: &old, text: target }, Written { value: &new, text: source }, &fa);
/// assert_eq!(written.as_deref(), Some("سه‌شنبه ۸ شهریور ۱۴۰۱"));
/// ```
pub fn rewrite(example: Written<'_>, value: Written<'_>, language: &Language) -> Option<String> {
    let new = match example.value.kind {
        Kind::Spelled => None,
        Kind::Email | Kind::Url => {
            (example.value.kind == value.value.kind).then(|| value.text().to_owned())
        }
        Kind::Phone | Kind::Reference => code::code(example, value),
        // ۶۴/۲۵ may be a number with a fraction, and is none beside No. 64/25.
        Kind::Number if matches!(example.value.readings.as_slice(), [Reading::Digits(_)]) => {
            code::code(example, value)
        }
        Kind::Time => time::time(example, value),
        Kind::Date => date::date(example, value, language),
        _ => number::number(example, value, language),
    }?;
    // Whatever was overlooked shows when the text is read again.
    let place = example.value.place.clone();
    let before = example.text.get(..place.start)?;
    let text = format!("{before}{new}{}", example.text.get(place.end..)?);
    let again = values(&text, language);
    let end = place.start + new.len();
    let same = again.iter().any(|found| {
        found.place == (place.start..end)
            && found.kind == example.value.kind
            && found.is_same(value.value)
    });
    same.then_some(new)
}

/// The example with its parts written anew.
fn with_parts(
    example: Written<'_>,
    mut new: impl FnMut(&Part, &str) -> Option<String>,
) -> Option<String> {
    let mut parts: Vec<&Part> = example.value.parts.iter().collect();
    parts.sort_by_key(|part| part.place.start);
    let mut text = String::new();
    let mut end = example.value.place.start;
    for part in parts {
        text.push_str(example.text.get(end..part.place.start)?);
        text.push_str(&new(part, example.part(part))?);
        end = part.place.end;
    }
    text.push_str(example.text.get(end..example.value.place.end)?);
    Some(text)
}

/// A value in a style, where there is no example. `None` for what has several readings, and for what only an example can show:
/// numbers of documents, telephone numbers, numbers in words, amounts of a currency that has no code.
///
/// ```
/// use tarjuman::text::{language::Language, values::{Style, values, write::write}};
/// let (en, fa) = (Language::parse("en").unwrap(), Language::parse("fa").unwrap());
/// let written = |text| write(&values(text, &en)[0], &fa, &Style::of(&fa));
/// assert_eq!(written("5 January 2025").as_deref(), Some("۱۶ دی ۱۴۰۳"));
/// assert_eq!(written("1,234.5").as_deref(), Some("۱٬۲۳۴٫۵"));
/// assert_eq!(written("3/4/2025"), None);
/// ```
pub fn write(value: &Value, language: &Language, style: &Style) -> Option<String> {
    let minus = if style.digits == Digits::Ascii {
        '-'
    } else {
        '−'
    };
    let signed = |number: Decimal| match number.is_negative() {
        true => format!("{minus}{}", digits_of(number.negated(), style)),
        false => digits_of(number, style),
    };
    let percent = if style.digits == Digits::Ascii {
        '%'
    } else {
        '٪'
    };
    match (value.meaning()?, value.kind) {
        (Reading::Number(number), Kind::Number) => Some(signed(*number)),
        (Reading::Number(number), Kind::Percent) => Some(format!("{}{percent}", signed(*number))),
        (Reading::Number(number), Kind::Ordinal) => ordinal(number.as_whole()?, language, style),
        (Reading::Number(number), Kind::Money) => {
            Some(format!("{} {}", signed(*number), code_of(value.unit?)?))
        }
        (Reading::Range(a, b), _) => {
            let unit = match value.unit {
                None => String::new(),
                Some(Unit::Percent) => percent.to_string(),
                Some(unit) => format!(" {}", code_of(unit)?),
            };
            let is_plain = !a.is_negative() && !b.is_negative();
            is_plain.then(|| format!("{}–{}{unit}", signed(*a), signed(*b)))
        }
        (
            Reading::Time(Time {
                hour,
                minute,
                second,
            }),
            _,
        ) => {
            let seconds = if *second > 0 {
                format!(":{second:02}")
            } else {
                String::new()
            };
            Some(
                style
                    .digits
                    .write(&format!("{hour:02}:{minute:02}{seconds}")),
            )
        }
        (Reading::Date(date, _), _) => date::whole_date(*date, value.weekday, language, style),
        (Reading::Text(text), _) => Some(text.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::values::Order;
    use crate::text::values::calendar::Calendar;
    use crate::text::values::months::MONTHS;
    use crate::text::values::numeral::Separators;
    use crate::text::values::style::{DateForm, MonthNames, separators};
    use proptest::prelude::*;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    /// The first value of a text, rewritten as the first value of another is written.
    fn rewritten(example: (&str, &str), value: (&str, &str)) -> Option<String> {
        let (of, from) = (language(example.0), language(value.0));
        let old = values(example.1, &of).into_iter().next().unwrap();
        let new = values(value.1, &from).into_iter().next().unwrap();
        let example = Written {
            value: &old,
            text: example.1,
        };
        let value = Written {
            value: &new,
            text: value.1,
        };
        rewrite(example, value, &of)
    }

    #[test]
    fn a_date_is_written_as_the_example_is() {
        for (example, written) in [
            (("fa", "روز دوشنبه ۵ دی ۱۴۰۱ می‌آید"), "سه‌شنبه ۸ شهریور ۱۴۰۱"),
            (("fa", "مورخ ۱۴۰۱/۰۲/۰۵"), "۱۴۰۱/۰۶/۰۸"),
            (("fa", "۵ دی‌ماه ۱۴۰۱"), "۸ شهریور‌ماه ۱۴۰۱"),
            (("fa", "۵ ژانویهٔ ۲۰۲۵"), "۳۰ اوت ۲۰۲۲"),
            (("fa", "۱۶ جدی ۱۴۰۳"), "۸ سنبله ۱۴۰۱"),
            (("ar", "٥ كانون الثاني ٢٠٢٥"), "٣٠ آب ٢٠٢٢"),
            (
                ("ar", "٥ يناير (كانون الثاني) ٢٠٢٥ م"),
                "٣٠ أغسطس (آب) ٢٠٢٢",
            ),
            (("ar", "الأحد، 5 جانفي 2025"), "الثلاثاء، 30 أوت 2022"),
            (
                ("ar", "5\u{200F}/1\u{200F}/2025"),
                "30\u{200F}/8\u{200F}/2022",
            ),
            (("sq", "më 5.1.2025"), "30.8.2022"),
            (("sq", "më 5.I.2025"), "30.VIII.2022"),
            (("sq", "më 05.01.25."), "30.08.22"),
            (("sq", "E diel, 5 janar 2025"), "E martë, 30 gusht 2022"),
            (
                ("sq", "të dielën, më 5 janarit 2025"),
                "të martën, më 30 gushtit 2022",
            ),
            (("en", "on the 1st of January 2025"), "30th of August 2022"),
            (("en", "on Sun., Jan. 5, 2025"), "Tue., Aug. 30, 2022"),
            (("en", "SUNDAY 5 JANUARY 2025"), "TUESDAY 30 AUGUST 2022"),
            (("en", "2025-01-05"), "2022-08-30"),
        ] {
            let value = ("en", "Tuesday, 30 August 2022");
            let found = match example.1.contains(".25") {
                // Which century is meant has to be said by the other edition.
                true => {
                    let of = language("sq");
                    let old = values(example.1, &of)
                        .remove(0)
                        .explained_by(&values("5 janar 2025", &of)[0])
                        .unwrap();
                    let new = values(value.1, &language("en")).remove(0);
                    rewrite(
                        Written {
                            value: &old,
                            text: example.1,
                        },
                        Written {
                            value: &new,
                            text: value.1,
                        },
                        &of,
                    )
                }
                false => rewritten(example, value),
            };
            assert_eq!(found.as_deref(), Some(written), "{example:?}");
        }
        assert_eq!(
            rewritten(("en", "Oct. 2, 2025"), ("sq", "9 maj 2025")).as_deref(),
            Some("May 9, 2025")
        );
        assert_eq!(
            rewritten(("fa", "۵ ژانویهٔ ۲۰۲۵"), ("sq", "9 shkurt 2025")).as_deref(),
            Some("۹ فوریهٔ ۲۰۲۵")
        );
        assert_eq!(
            rewritten(("sq", "5 maj"), ("en", "June 7")).as_deref(),
            Some("7 qershor")
        );
        assert_eq!(
            rewritten(("ar", "٥ رجب ١٤٤٦ هـ"), ("en", "7 Shawwal 1446")).as_deref(),
            Some("٧ شوال ١٤٤٦")
        );
        assert_eq!(
            rewritten(("ar", "مارس 2024"), ("en", "May 2025")).as_deref(),
            Some("مايو 2025")
        );
    }

    #[test]
    fn what_needs_a_guess_is_not_written() {
        for (example, value) in [
            (("en", "3/4/2025"), ("sq", "5.6.2025")),
            (("sq", "5.6.2025"), ("en", "3/4/2025")),
            (("sq", "5 janar"), ("en", "7 January 2025")),
            (("fa", "۵ دی"), ("en", "7 January")),
            (("ar", "٥ رجب ١٤٤٦"), ("en", "7 January 2025")),
            (
                ("sq", "e diel, 5 janar 2025"),
                ("en", "Friday, 5 January 2025"),
            ),
            (("sq", "5–7 janar 2025"), ("en", "8 January 2025")),
            (("fa", "پنجم ژانویه ۲۰۲۵"), ("en", "8 January 2025")),
            (("fa", "۵۰ ریال"), ("fa", "۶۰ تومان")),
            (("fa", "سال ۱۳۹۰"), ("en", "2014")),
            (("en", "50%"), ("en", "60")),
            (("en", "1 dollar"), ("en", "2 dollars")),
            (("ar", "5 دولارات"), ("en", "$12")),
            (("sq", "5"), ("fa", "۱۲/۵")),
            (("en", "10–12"), ("en", "14")),
            (("en", "10–12"), ("en", "16–14")),
            (("sq", "1-të"), ("en", "3rd")),
            (("en", "6:30 in the evening"), ("en", "11:00")),
            (("en", "three"), ("en", "4")),
            (("fa", "۲ میلیون و ۵۰۰ هزار"), ("en", "3,000,000")),
            (("fa", "۳۸۰ هزار"), ("en", "391,234")),
            (("sq", "04/L-150"), ("sq", "04/M-151")),
        ] {
            assert_eq!(rewritten(example, value), None, "{example:?} {value:?}");
        }
    }

    #[test]
    fn a_number_is_written_as_the_example_is() {
        for (example, value, written) in [
            (("fa", "۱٬۲۳۴٫۵"), ("en", "2,345.75"), "۲٬۳۴۵٫۷۵"),
            (("fa", "۱۲۳"), ("en", "2,345"), "۲٬۳۴۵"),
            (("fa", "۲۰۱۷"), ("en", "2019"), "۲۰۱۹"),
            (("fa", "۹۵۰"), ("en", "2019"), "۲۰۱۹"),
            (("sq", "12 345,50"), ("en", "1,234,567.25"), "1 234 567,25"),
            (("sq", "1\u{a0}234,50"), ("en", "2,345"), "2\u{a0}345"),
            (("sq", "1.234.567"), ("en", "2,345,678.5"), "2.345.678,5"),
            (("ar", "١٢"), ("en", "1,234.5"), "١٬٢٣٤٫٥"),
            (("ar", "بنسبة 50 بالمئة"), ("en", "62.5%"), "62.5 بالمئة"),
            (("fa", "۱۲ درصد"), ("sq", "15,5 përqind"), "۱۵٫۵ درصد"),
            (("fa", "۲۶،۷۵۰ دلار"), ("en", "$31,200"), "۳۱،۲۰۰ دلار"),
            (
                ("fa", "۱۱ میلیون پوند"),
                ("en", "£12.5 million"),
                "۱۲٫۵ میلیون پوند",
            ),
            (("fa", "۳۸۰ هزار"), ("en", "390,000"), "۳۹۰ هزار"),
            (("en", "the 21st"), ("fa", "۱۲ام"), "12th"),
            (("sq", "e 89-të"), ("en", "25th"), "25-të"),
            (("fa", "۱۲۵‌ام"), ("en", "3rd"), "۳‌ام"),
            (("fa", "۱۰–۱۲"), ("en", "14–16"), "۱۴–۱۶"),
            (("fa", "۱۰ تا ۱۲"), ("en", "14-16"), "۱۴ تا ۱۶"),
            (("fa", "ساعت ۶:۳۰ عصر"), ("en", "5.45 p.m."), "۵:۴۵ عصر"),
            (("en", "6.30 p.m."), ("sq", "ora 09.15"), "9.15 a.m"),
            (("sq", "ora 18.30"), ("en", "9:15 pm"), "21.15"),
            (("ar", "الساعة 6:30 م"), ("en", "9:15 am"), "9:15 ص"),
            (
                ("fa", "شمارهٔ ۱۲/۳۴۵-الف"),
                ("fa", "شمارهٔ ۱۳/۴۵۶-الف"),
                "۱۳/۴۵۶-الف",
            ),
            (
                ("ar", "عنوان a@b.org"),
                ("en", "info@example.org"),
                "info@example.org",
            ),
        ] {
            assert_eq!(
                rewritten(example, value).as_deref(),
                Some(written),
                "{example:?} {value:?}"
            );
        }
    }

    const TAGS: &[&str] = &[
        "en", "en-US", "fa", "fa-AF", "ar", "ar-EG", "ar-LB", "ar-MA", "sq", "de",
    ];

    fn styles(language: &Language) -> Vec<Style> {
        let usual = Style::of(language);
        let mut styles = vec![usual.clone()];
        for (family, months) in (0_u8..).zip(MONTHS) {
            if months.language == language.primary() {
                for month_first in [false, true] {
                    let date = DateForm::Words {
                        names: MonthNames(family),
                        month_first,
                    };
                    styles.push(Style {
                        calendar: months.calendar,
                        date,
                        ..usual.clone()
                    });
                }
            }
        }
        for (order, separator) in [
            (Order::YearMonthDay, '-'),
            (Order::YearMonthDay, '/'),
            (Order::DayMonthYear, '.'),
            (Order::DayMonthYear, '/'),
            (Order::MonthDayYear, '/'),
        ] {
            for (digits, pads) in [
                (Digits::Ascii, true),
                (Digits::Arabic, false),
                (Digits::Persian, true),
            ] {
                let Separators { group, decimal } = separators(language, digits);
                styles.push(Style {
                    digits,
                    decimal: decimal.unwrap(),
                    group,
                    date: DateForm::Digits {
                        order,
                        separator,
                        pads,
                    },
                    ..usual.clone()
                });
            }
        }
        styles
    }

    fn plain(kind: Kind, reading: Reading) -> Value {
        Value {
            place: 0..0,
            kind,
            readings: vec![reading],
            unit: None,
            weekday: None,
            is_sure: true,
            has_short_year: false,
            measure: None,
            parts: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            day in 701_000_i64..758_000,
            whole in "0|[1-9][0-9]{0,9}", fraction in "[0-9]{0,4}", negative: bool,
            (hour, minute, second) in (0_u8..24, 0_u8..60, 0_u8..60),
            tag in prop::sample::select(TAGS),
        ) {
            let language = language(tag);
            let number = Decimal::parse(&whole, &fraction).unwrap();
            let number = if negative { number.negated() } else { number };
            for style in styles(&language) {
                let day = super::super::Day { calendar: style.calendar, day };
                let mut all = vec![
                    plain(Kind::Number, Reading::Number(number)),
                    plain(Kind::Date, Reading::Date(day.date(style.calendar), None)),
                    plain(Kind::Time, Reading::Time(Time { hour, minute, second })),
                ];
                all.push(Value { unit: Some(Unit::Percent), ..plain(Kind::Percent, Reading::Number(number)) });
                if style.calendar != Calendar::LunarHijri {
                    all.push(plain(Kind::Date, Reading::Date(day.date(Calendar::Gregorian), None)));
                }
                for value in all {
                    let Some(written) = write(&value, &language, &style) else { continue };
                    let again = values(&written, &language);
                    prop_assert_eq!(again.len(), 1, "{} {:?} {:?}", written, again, style);
                    prop_assert!(again[0].is_same(&value), "{} {:?} {:?}", written, again, value);
                    prop_assert_eq!(again[0].place.clone(), 0..written.len(), "{}", written);
                    // And by its own example.
                    if let Some(same) = rewrite(Written { value: &again[0], text: &written }, Written { value: &again[0], text: &written }, &language) {
                        prop_assert_eq!(same, written);
                    } else {
                        prop_assert!(again[0].meaning().is_none() || again[0].readings.len() > 1, "{} {:?}", written, again);
                    }
                }
            }
        }

        #[test]
        fn any_text_has_values_in_order(text in any::<String>(), tag in prop::sample::select(TAGS)) {
            law(&text, &language(tag))?;
        }

        #[test]
        fn texts_of_values_have_values_in_order(words in prop::collection::vec(prop::sample::select(WORDS), 0..14), tag in prop::sample::select(TAGS)) {
            law(&words.concat(), &language(tag))?;
        }
    }

    #[test]
    fn every_day_is_printed_and_read_back_in_each_language() {
        // From 1921 to 2077.
        for tag in ["en", "fa", "ar-EG", "sq"] {
            let language = language(tag);
            let usual = Style::of(&language);
            let date = DateForm::Digits {
                order: Order::YearMonthDay,
                separator: '/',
                pads: false,
            };
            let digits = Style {
                date,
                ..usual.clone()
            };
            for day in 701_266..=758_609_i64 {
                let day = super::super::Day {
                    calendar: Calendar::Gregorian,
                    day,
                };
                // Each day in words, every fourth in digits.
                let style = if day.day % 4 == 0 { &digits } else { &usual };
                let value = plain(
                    Kind::Date,
                    Reading::Date(day.date(Calendar::Gregorian), None),
                );
                let written = write(&value, &language, style).unwrap();
                let again = values(&written, &language);
                assert_eq!(again.len(), 1, "{written}");
                assert!(again[0].days().any(|found| found.is_same(day)), "{written}");
            }
        }
    }

    const WORDS: &[&str] = &[
        " ",
        " ",
        " ",
        ",",
        ".",
        "/",
        "-",
        "–",
        ":",
        "(",
        ")",
        "%",
        "$",
        "+",
        "٫",
        "٬",
        "،",
        "\u{200F}",
        "\u{A0}",
        "1",
        "5",
        "12",
        "03",
        "345",
        "2025",
        "۱۲",
        "١٤٤٦",
        "۱۴۰۳",
        "May",
        "janar",
        "دی",
        "رجب",
        "كانون",
        "الثاني",
        "I",
        "Sunday",
        "e diel",
        "یکشنبه",
        "p.m.",
        "م",
        "nd",
        "st",
        "-të",
        "million",
        "هزار",
        "و",
        "to",
        "تا",
        "two",
        "hundred",
        "سه",
        "No",
        "Tel",
        "ساعت",
        "ora",
        "€",
        "EUR",
        "L",
        "½",
        "الف",
        "ه‍.ق",
    ];

    fn law(text: &str, language: &Language) -> std::result::Result<(), TestCaseError> {
        let found = values(text, language);
        let mut end = 0;
        for value in &found {
            prop_assert!(
                value.place.start >= end && value.place.end > value.place.start,
                "{text:?} {found:?}"
            );
            end = value.place.end;
            prop_assert!(text.get(value.place.clone()).is_some());
            prop_assert!(!value.readings.is_empty());
            prop_assert!(value.is_same(value));
            for part in &value.parts {
                prop_assert!(text.get(part.place.clone()).is_some());
            }
            let written = Written { value, text };
            if let Some(again) = rewrite(written, written, language) {
                let changed = format!(
                    "{}{again}{}",
                    text.get(..value.place.start).unwrap(),
                    text.get(value.place.end..).unwrap()
                );
                let found = values(&changed, language);
                prop_assert!(found.iter().any(|other| other.place.start == value.place.start && other.is_same(value)), "{changed:?}");
            }
        }
        Ok(())
    }
}
