//! Dates as people write them: with the month in a word or in digits, in three calendars, whole or in part.
//!
//! A date that could be of two calendars, or have day and month in another order, has a reading for each.

mod in_digits;
mod in_words;
mod month;

pub use super::calendar::{Calendar, Day};

pub(super) use in_digits::ROMAN;
pub(super) use month::is_short;

use super::lexicon::Meaning;
use super::months::WEEKDAYS;
use super::pieces::Pieces;
use super::{Found, Kind, Reading, Role, Value};
use crate::text::language::Language;
use in_digits::in_digits;
use in_words::{day_first, month_first};

/// The complete dates of a text in a language, in order: for each the days that it can be, at least one.
///
/// ```
/// use tarjuman::text::values::dates::dates;
/// use tarjuman::text::language::Language;
/// let of = |tag, text| dates(text, &Language::parse(tag).unwrap()).remove(0)[0];
/// let day = of("en", "on Saturday, 12 April 2025, at 10 a.m.");
/// assert!(day.is_same(of("fa", "روز شنبه ۲۳ فروردین ۱۴۰۴، ساعت ۱۰")));
/// assert!(day.is_same(of("ar", "يوم السبت ١٢ أبريل ٢٠٢٥")));
/// assert!(day.is_same(of("sq", "ditën e shtunë, më 12.4.2025")));
/// assert!(!day.is_same(of("sq", "më 13 prill 2025")));
/// ```
pub fn dates(text: &str, language: &Language) -> Vec<Vec<Day>> {
    let found = super::values(text, language).into_iter();
    let days = found.map(|value| value.days().collect::<Vec<_>>());
    days.filter(|days| !days.is_empty()).collect()
}

/// From which to before which piece each part stands.
type Parts = Vec<(usize, usize, Role)>;

/// A date as far as it is read: which parts it has, where it ends, and its readings.
struct Core {
    readings: Vec<Reading>,
    is_sure: bool,
    parts: Parts,
    has_short_year: bool,
    /// Where its place begins.
    start: usize,
    /// Its place ends before this piece.
    end: usize,
    /// Where reading goes on; before the end if a second date follows.
    next: usize,
    /// The day that ends a range of days of one month.
    second: Option<Box<Core>>,
}

pub(super) fn date_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let named = weekday_at(pieces, at).filter(|_| is_capital(pieces, at));
    let core = match named {
        Some((_, after)) => core_behind(pieces, after)?,
        None => core_at(pieces, at, false)?,
    };
    let Core { second, .. } = &core;
    let second = second
        .as_ref()
        .map(|second| finish(pieces, second, second.start));
    let mut value = finish(pieces, &core, at);
    if let Some(((family, number), after)) = named {
        value.weekday = Some(number);
        value.parts.insert(
            0,
            super::Part {
                place: pieces.place(at, after),
                role: Role::Weekday(family),
            },
        );
    } else if second.is_none()
        && let Some((family, number, from, to, end)) = weekday_in_brackets(pieces, core.end)
    {
        value.weekday = Some(number);
        value.part(pieces.place(from, to), Role::Weekday(family));
        value.place.end = pieces.place(at, end).end;
        return Some((vec![value], end));
    }
    let next = core.next;
    Some((std::iter::once(value).chain(second).collect(), next))
}

fn finish(pieces: &Pieces<'_>, core: &Core, from: usize) -> Value {
    let mut value = Value::new(pieces, from, core.end, Kind::Date, core.readings.clone());
    value.is_sure = core.is_sure;
    value.has_short_year = core.has_short_year;
    for (from, to, role) in &core.parts {
        value.part(pieces.place(*from, *to), *role);
    }
    value
}

/// The date behind the day of the week: a comma, a bracket and a few words may stand between them.
fn core_behind(pieces: &Pieces<'_>, after: usize) -> Option<Core> {
    // “Sun., 5 January”
    let is_short = after
        .checked_sub(1)
        .is_some_and(|word| pieces.written(word).len() <= 5);
    let first = after + usize::from(is_short && pieces.is_sign(after, &['.']));
    for at in first..first + 8 {
        if !pieces.is_space(at) {
            if let Some(core) = core_at(pieces, at, true) {
                return Some(core);
            }
            if !pieces.is_sign(at, &[',', '،', '(']) {
                pieces.is(at, Meaning::Small)?;
            }
        }
    }
    None
}

/// The day of the week at a piece: its family and its number, and the piece after it.
fn weekday_at(pieces: &Pieces<'_>, at: usize) -> Option<((u8, u8), usize)> {
    let weekday = |meaning| match meaning {
        Meaning::Weekday(family, number) => Some((family, number)),
        _ => None,
    };
    let (found, next) = pieces.meaning(at, weekday)?;
    // Of the spellings that are found by one key, the one that stands there.
    let written = pieces.text.get(pieces.place(at, next))?;
    let exact = |meaning| {
        let (family, number) = weekday(meaning)?;
        let names = WEEKDAYS.get(usize::from(family))?.names;
        (names.get(usize::from(number)) == Some(&written)).then_some((family, number))
    };
    let exact = pieces.meaning(at, exact).map(|(exact, _)| exact);
    Some((exact.unwrap_or(found), next))
}

fn weekday_in_brackets(pieces: &Pieces<'_>, at: usize) -> Option<(u8, u8, usize, usize, usize)> {
    let open = pieces.after_space(at);
    let from = open + 1;
    let ((family, number), to) = weekday_at(pieces, from)?;
    let closed = pieces.is_sign(open, &['(']) && pieces.is_sign(to, &[')']);
    closed.then_some((family, number, from, to, to + 1))
}

fn core_at(pieces: &Pieces<'_>, at: usize, has_weekday: bool) -> Option<Core> {
    if pieces.is_digits(at)
        && let Some(core) = in_digits(pieces, at)
    {
        return Some(core);
    }
    day_first(pieces, at, has_weekday).or_else(|| month_first(pieces, at))
}

/// Whether a word in Latin script begins with a capital; in other scripts none has to.
fn is_capital(pieces: &Pieces<'_>, at: usize) -> bool {
    let first = pieces.written(at).chars().next();
    !pieces.is_language("en") || first.is_some_and(char::is_uppercase)
}

/// The calendar that is named behind a date.
pub(super) fn era_at(pieces: &Pieces<'_>, at: usize) -> Option<Calendar> {
    let at = pieces.after_space(at);
    let at = at + usize::from(pieces.is_sign(at, &['(']));
    let era = |meaning| match meaning {
        Meaning::Era(calendar) => Some(calendar),
        _ => None,
    };
    let initials = pieces.initials(at).and_then(|phrase| phrase.find(era));
    initials.or_else(|| pieces.meaning(at, era).map(|(calendar, _)| calendar))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::values::calendar::Date;
    use crate::text::values::values;

    fn of(tag: &str, text: &str) -> Vec<Vec<Day>> {
        dates(text, &Language::parse(tag).unwrap())
    }

    fn found(tag: &str, text: &str) -> Vec<Value> {
        values(text, &Language::parse(tag).unwrap())
    }

    #[test]
    fn one_day_is_found_however_it_is_written() {
        let day = of("en", "2025-01-05")[0][0];
        for (tag, text) in [
            ("en", "5 January 2025"),
            ("en", "January 5, 2025"),
            ("en", "Sunday, 5 January 2025"),
            ("en", "Sun., Jan. 5, 2025"),
            ("en", "on the 5th of January 2025."),
            ("en", "the fifth of January 2025"),
            ("en", "05-Jan-2025"),
            ("en", "05/01/2025"),
            ("en", "16 Dey 1403"),
            ("en", "Rajab 5, 1446 AH"),
            ("sq", "Tiranë, më 5.1.2025"),
            ("sq", "datë 05.01.2025"),
            ("sq", "dt. 5. 1. 2025"),
            ("sq", "më 5.I.2025"),
            ("sq", "e diel, 5 janar 2025"),
            ("sq", "të dielën, më 5 janar 2025"),
            ("sq", "5 janarit të vitit 2025"),
            ("fa", "مورخ ۱۴۰۳/۱۰/۱۶"),
            ("fa", "۱۶/۱۰/۱۴۰۳"),
            ("fa", "یکشنبه ۱۶ دی ۱۴۰۳"),
            ("fa", "روز یک‌شنبه، ۱۶ دی ماه سال ۱۴۰۳"),
            ("fa", "۱۶ دی‌ماه ۱۴۰۳"),
            ("fa", "شانزدهم دی ۱۴۰۳"),
            ("fa", "۵ ژانویهٔ ۲۰۲۵"),
            ("fa", "۵ ژانویه‌ی ۲۰۲۵"),
            ("fa", "پنجم ژانویه ۲۰۲۵"),
            ("fa", "۱۶ جدی ۱۴۰۳"),
            ("fa-AF", "۵ جنوری ۲۰۲۵"),
            ("fa", "۵ رجب ۱۴۴۶ ه‍.ق."),
            ("ar", "٥ يناير ٢٠٢٥"),
            ("ar", "5\u{200F}/1\u{200F}/2025"),
            ("ar", "الأحد، 5 يناير 2025"),
            ("ar", "٥ يناير (كانون الثاني) ٢٠٢٥ م"),
            ("ar", "٥ كانون الثاني ٢٠٢٥"),
            ("ar", "5 جانفي 2025"),
            ("ar", "الخامس من يناير عام 2025"),
            ("ar", "٥ رجب ١٤٤٦ هـ"),
        ] {
            let all = of(tag, text);
            assert_eq!(all.len(), 1, "{text}: {all:?}");
            let mut readings = all[0].iter();
            assert!(readings.any(|other| day.is_same(*other)), "{text}: {all:?}");
            assert_eq!(found(tag, text).len(), 1, "{text}");
        }
        let two = of("ar", "٥ يناير (كانون الثاني) ٢٠٢٥ م الموافق ٥ رجب ١٤٤٦ هـ");
        assert_eq!(two.len(), 2);
        assert!(two.iter().all(|days| day.is_same(days[0])));
        assert_eq!(of("ar", "15 من شوال 1432 (14 سبتمبر 2011)").len(), 2);
    }

    #[test]
    fn what_is_no_date_or_no_day_is_none() {
        for text in [
            "31 February 2025",
            "May 2025",
            "12 April",
            "1.2.3",
            "99/99/2025",
            "12 trees 2025",
            "",
            "5 يناير",
            "they march 2000 miles",
        ] {
            assert_eq!(of("en", text), Vec::<Vec<Day>>::new(), "{text}");
        }
        for (tag, text) in [
            ("fa", "۱ بر صفر"),
            ("ar", "5 صفر"),
            ("sq", "gjysma e parë e tetorit"),
            ("en", "12 may 2025"),
            ("sq", "5 mar"),
        ] {
            let values = found(tag, text);
            assert!(
                values.iter().all(|value| value.kind != Kind::Date),
                "{text}: {values:?}"
            );
        }
    }

    #[test]
    fn a_day_in_words_needs_no_year_where_nothing_else_can_be_counted() {
        for (tag, text) in [
            ("fa", "در اول اکتبر"),
            ("ar", "في الأول من أكتوبر"),
            ("sq", "më 1 tetor"),
        ] {
            let found = found(tag, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(
                found[0].is_same(&self::found("en", "1 October")[0]),
                "{text}"
            );
        }
        for (tag, text) in [
            ("fa", "روزهای اول اکتبر"),
            ("ar", "المرحلة الثانية من مايو"),
        ] {
            let values = found(tag, text);
            assert!(
                values.iter().all(|value| value.kind != Kind::Date),
                "{text}"
            );
        }
    }

    #[test]
    fn a_part_of_a_month_is_no_day() {
        for (tag, text) in [
            ("en", "the first half of October 2018"),
            ("fa", "نیمهٔ اول اکتبر ۲۰۱۸"),
            ("ar", "الأسبوع الأول من مايو 2018"),
            ("sq", "java e parë e tetorit 2018"),
        ] {
            assert_eq!(of(tag, text), Vec::<Vec<Day>>::new(), "{text}");
        }
    }

    #[test]
    fn a_date_that_can_be_read_twice_has_both_readings() {
        assert_eq!(of("en", "3/4/2025")[0].len(), 2);
        assert_eq!(of("en", "13/4/2025")[0].len(), 1);
        assert_eq!(of("fa", "۱۴۴۶/۷/۵")[0].len(), 2);
        assert_eq!(found("en", "3/4/2025")[0].meaning(), None);
        assert!(found("en-GB", "3/4/2025")[0].meaning().is_some());
        assert!(found("sq", "3/4/2025")[0].meaning().is_some());
        // The other edition may say which it is.
        let explained = found("en", "3/4/2025")[0].explained_by(&found("fa", "۱۴ فروردین ۱۴۰۴")[0]);
        assert_eq!(explained.unwrap().readings.len(), 1);
    }

    #[test]
    fn years_of_two_digits_and_parts_of_dates_are_read() {
        let same = |a: (&str, &str), b: (&str, &str)| {
            let (one, two) = (found(a.0, a.1), found(b.0, b.1));
            assert_eq!((one.len(), two.len()), (1, 1), "{one:?} {two:?}");
            one[0].is_same(&two[0])
        };
        assert!(same(("sq", "5.1.25"), ("en", "5 January 2025")));
        assert!(same(("fa", "۱۶/۱۰/۰۳"), ("en", "5 January 2025")));
        assert!(same(("fa", "۰۳/۱۰/۱۶"), ("en", "5 January 2025")));
        assert!(same(("en", "5 May"), ("sq", "5 maj")) && same(("en", "May 5"), ("ar", "٥ مايو")));
        assert!(same(("en", "15 August"), ("fa", "۲۴ مرداد")));
        assert!(same(("en", "May 2025"), ("fa", "اردیبهشت ۱۴۰۴")));
        assert!(!same(("en", "May 2025"), ("sq", "qershor 2025")));
        assert!(!same(("en", "5 May 2025"), ("sq", "5 maj")));
        let range = [
            found("en", "5–7 January 2025"),
            found("en", "January 5–7, 2025"),
            found("fa", "۱۶ تا ۱۸ دی ۱۴۰۳"),
            found("sq", "5 dhe 7 janar 2025"),
        ];
        for one in &range {
            assert_eq!(one.len(), 2, "{one:?}");
            assert!(
                one.iter().zip(&range[0]).all(|(a, b)| a.is_same(b)),
                "{one:?}"
            );
        }
    }

    #[test]
    fn the_day_of_the_week_is_held_against_the_date() {
        for (tag, right, wrong) in [
            ("en", "Sunday, 5 January 2025", "Monday, 5 January 2025"),
            ("fa", "یکشنبه ۱۶ دی ۱۴۰۳", "دوشنبه ۱۶ دی ۱۴۰۳"),
            (
                "ar",
                "يوم الأحد الموافق 5 يناير 2025",
                "يوم الخميس الموافق 5 يناير 2025",
            ),
            ("sq", "5 janar 2025 (e diel)", "5 janar 2025 (e martë)"),
        ] {
            assert!(found(tag, right)[0].weekday.is_some(), "{right}");
            assert!(found(tag, right)[0].weekday_fits(), "{right}");
            assert!(!found(tag, wrong)[0].weekday_fits(), "{wrong}");
        }
    }

    /// The names of CLDR 48 (cldr-dates-full and cldr-cal-*-full, `months/format/wide` and `months/stand-alone/wide`).
    #[rustfmt::skip]
    const CLDR: &[(&str, Calendar, [&str; 12])] = &[
        ("en", Calendar::Gregorian, ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]),
        ("en", Calendar::SolarHijri, ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"]),
        ("en", Calendar::LunarHijri, ["Muharram", "Safar", "Rabiʻ I", "Rabiʻ II", "Jumada I", "Jumada II", "Rajab", "Shaʻban", "Ramadan", "Shawwal", "Dhuʻl-Qiʻdah", "Dhuʻl-Hijjah"]),
        ("sq", Calendar::Gregorian, ["janar", "shkurt", "mars", "prill", "maj", "qershor", "korrik", "gusht", "shtator", "tetor", "nëntor", "dhjetor"]),
        ("sq", Calendar::SolarHijri, ["Farvardin", "Ordibehesht", "Khordad", "Tir", "Mordad", "Shahrivar", "Mehr", "Aban", "Azar", "Dey", "Bahman", "Esfand"]),
        ("fa", Calendar::Gregorian, ["ژانویهٔ", "فوریهٔ", "مارس", "آوریل", "مهٔ", "ژوئن", "ژوئیهٔ", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
        ("fa", Calendar::Gregorian, ["ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر"]),
        ("fa", Calendar::SolarHijri, ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]),
        ("fa", Calendar::LunarHijri, ["محرم", "صفر", "ربیع‌الاول", "ربیع‌الثانی", "جمادی‌الاول", "جمادی‌الثانی", "رجب", "شعبان", "رمضان", "شوال", "ذیقعده", "ذیحجه"]),
        ("fa-AF", Calendar::Gregorian, ["جنوری", "فبروری", "مارچ", "اپریل", "می", "جون", "جولای", "اگست", "سپتمبر", "اکتوبر", "نومبر", "دسمبر"]),
        ("fa-AF", Calendar::SolarHijri, ["حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبلهٔ", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت"]),
        ("ar", Calendar::Gregorian, ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]),
        ("ar-LB", Calendar::Gregorian, ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"]),
        ("ar-DZ", Calendar::Gregorian, ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]),
        ("ar-MA", Calendar::Gregorian, ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]),
        ("ar-MR", Calendar::Gregorian, ["يناير", "فبراير", "مارس", "إبريل", "مايو", "يونيو", "يوليو", "أغشت", "شتمبر", "أكتوبر", "نوفمبر", "دجمبر"]),
        ("ar", Calendar::LunarHijri, ["محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"]),
        ("ar", Calendar::SolarHijri, ["فرفردن", "أذربيهشت", "خرداد", "تار", "مرداد", "شهرفار", "مهر", "آيان", "آذر", "دي", "بهمن", "اسفندار"]),
    ];

    #[test]
    fn every_name_of_a_month_in_cldr_is_recognised() {
        for (tag, calendar, names) in CLDR {
            for (month, name) in (1..).zip(names) {
                let year = match calendar {
                    Calendar::Gregorian => 2025,
                    Calendar::SolarHijri => 1403,
                    Calendar::LunarHijri => 1446,
                };
                let text = format!("5 {name} {year}");
                let values = found(tag, &text);
                let wanted = Date {
                    calendar: *calendar,
                    year: Some(year),
                    month,
                    day: Some(5),
                };
                assert_eq!(values.len(), 1, "{text}: {values:?}");
                assert_eq!(values[0].readings, [Reading::Date(wanted, None)], "{text}");
            }
        }
    }
}
