//! Dates in the Gregorian, the Solar Hijri and the Lunar Hijri calendar, as days: 12 April 2025 and ۲۳ فروردین ۱۴۰۴ are one.
//!
//! A date is found if it has a day, a month and a year: with the month in a word, in the order of day, month, year or month, day, year;
//! or all in digits, with the year first or last. A date that could be of two calendars, or have day and month in another order, has a
//! day for each reading. The names of the months are those of CLDR and what is written beside them from general knowledge; a
//! native reader should check them.

use std::collections::HashMap;
use std::sync::LazyLock;

use icu_calendar::Date;
use icu_calendar::cal::Hijri;

use super::fold;
use super::language::Language;
use super::tokens::{TokenKind, ascii_digit, placeables};

/// A calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Calendar {
    /// The civil calendar of most countries.
    Gregorian,
    /// That of Iran and Afghanistan.
    SolarHijri,
    /// The Islamic one, by the tables of Umm al-Qura. What was really observed may be a day off.
    LunarHijri,
}

/// A reading of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// The calendar that it is read in.
    pub calendar: Calendar,
    /// Days, counted from the first of January of the year 1, which is day 1 (rata die).
    pub day: i64,
}

impl Day {
    /// Whether two readings can be one day: in one calendar only the same, beside a lunar date also one more or less.
    pub fn is_same(self, other: Day) -> bool {
        let is_lunar = |day: Day| day.calendar == Calendar::LunarHijri;
        let may_be_off = self.calendar != other.calendar && (is_lunar(self) || is_lunar(other));
        (self.day - other.day).abs() <= i64::from(may_be_off)
    }
}

/// The dates of a text in a language, in order: for each its readings, at least one.
///
/// ```
/// use tarjuman::text::dates::dates;
/// use tarjuman::text::language::Language;
/// let of = |tag, text| dates(text, &Language::parse(tag).unwrap()).remove(0)[0];
/// let day = of("en", "on Saturday, 12 April 2025, at 10 a.m.");
/// assert!(day.is_same(of("fa", "روز شنبه ۲۳ فروردین ۱۴۰۴، ساعت ۱۰")));
/// assert!(day.is_same(of("ar", "يوم السبت ١٢ أبريل ٢٠٢٥")));
/// assert!(day.is_same(of("sq", "ditën e shtunë, më 12.4.2025")));
/// assert!(!day.is_same(of("sq", "më 13 prill 2025")));
/// ```
pub fn dates(text: &str, language: &Language) -> Vec<Vec<Day>> {
    let pieces = pieces(text, language);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match date_at(&pieces, at) {
            Some((readings, taken)) if !readings.is_empty() => {
                found.push(readings);
                at += taken;
            }
            _ => at += 1,
        }
    }
    found
}

/// What a date is made of.
#[derive(Debug)]
enum Piece {
    Number(i32),
    Month(Calendar, u8),
    /// A date in digits: its parts, and whether slashes are between them.
    Digits(Vec<String>, bool),
    Other,
}

fn pieces(text: &str, language: &Language) -> Vec<Piece> {
    let tokens = placeables(text).into_iter();
    let tokens: Vec<_> = tokens
        .filter(|token| token.kind != TokenKind::Mark)
        .collect();
    let mut pieces = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        let digits: String = token.text.chars().filter_map(ascii_digit).collect();
        if token.kind == TokenKind::Date {
            let parts = token.text.split(|letter| ascii_digit(letter).is_none());
            let parts = parts.filter(|part| !part.is_empty());
            let parts = parts.map(|part| part.chars().filter_map(ascii_digit).collect());
            pieces.push(Piece::Digits(parts.collect(), token.text.contains('/')));
            continue;
        }
        if !digits.is_empty() {
            let rest = token
                .text
                .trim_start_matches(|letter| ascii_digit(letter).is_some());
            let is_plain = matches!(rest, "" | "st" | "nd" | "rd" | "th") && digits.len() <= 4;
            let number = digits.parse().ok().filter(|_| is_plain);
            pieces.push(number.map_or(Piece::Other, Piece::Number));
            continue;
        }
        if SMALL.contains(&token.text) {
            continue;
        }
        // Names of two words first: what is a month by itself may begin one.
        let next = tokens.get(at);
        let two = next.and_then(|next| month(&format!("{}{}", token.text, next.text), language));
        at += usize::from(two.is_some());
        let found = two.or_else(|| month(token.text, language));
        pieces.push(found.map_or(Piece::Other, |(calendar, month)| {
            Piece::Month(calendar, month)
        }));
    }
    pieces
}

/// Words that may stand inside a date and say nothing.
const SMALL: &[&str] = &[
    "of", "the", "ماه", "من", "شهر", "عام", "سنة", "سال", "të", "së", "viti", "vitit",
];

/// The date that starts at a piece, and how many pieces it takes.
fn date_at(pieces: &[Piece], at: usize) -> Option<(Vec<Day>, usize)> {
    match pieces.get(at..)? {
        [Piece::Digits(parts, slashed), ..] => Some((in_digits(parts, *slashed), 1)),
        [
            Piece::Number(day),
            Piece::Month(calendar, month),
            Piece::Number(year),
            ..,
        ]
        | [
            Piece::Month(calendar, month),
            Piece::Number(day),
            Piece::Number(year),
            ..,
        ] if *year >= 1000 => {
            let found = reading(*calendar, (*year, i32::from(*month), *day));
            Some((found.into_iter().collect(), 3))
        }
        _ => None,
    }
}

/// The readings of a date in digits: the year has four of them, and stands first or last.
fn in_digits(parts: &[String], slashed: bool) -> Vec<Day> {
    let [first, second, third] = parts else {
        return Vec::new();
    };
    let number = |text: &str| text.parse::<i32>().unwrap_or(0);
    let (a, b, c) = (number(first), number(second), number(third));
    let mut orders = Vec::new();
    if first.len() == 4 {
        orders.push((a, b, c));
    } else if third.len() == 4 {
        orders.push((c, b, a));
        // Month, day, year is English of one country, and has slashes.
        if slashed && a != b {
            orders.push((c, a, b));
        }
    }
    let readings = orders.into_iter().flat_map(|order| {
        let calendars: &[Calendar] = match order.0 {
            1200..=1299 => &[Calendar::SolarHijri],
            1300..=1499 => &[Calendar::SolarHijri, Calendar::LunarHijri],
            _ => &[Calendar::Gregorian],
        };
        let calendars = calendars.iter();
        calendars.filter_map(move |calendar| reading(*calendar, order))
    });
    readings.collect()
}

/// The day of a year, month and day of a calendar, if there is one.
fn reading(calendar: Calendar, (year, month, day): (i32, i32, i32)) -> Option<Day> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let day = match calendar {
        Calendar::Gregorian => Date::try_new_gregorian(year, month, day)
            .ok()?
            .to_rata_die(),
        Calendar::SolarHijri => Date::try_new_persian(year, month, day).ok()?.to_rata_die(),
        Calendar::LunarHijri => {
            let calendar = Hijri::new_umm_al_qura();
            let date = Date::try_new_hijri_with_calendar(year, month, day, calendar);
            date.ok()?.to_rata_die()
        }
    };
    Some(Day {
        calendar,
        day: day.to_i64_date(),
    })
}

/// Months by language and folded name.
type Months = HashMap<(&'static str, String), (Calendar, u8)>;

static MONTHS: LazyLock<Months> = LazyLock::new(|| {
    let mut months = HashMap::new();
    for (language, calendar, names) in NAMES {
        let tag = Language::from_file(language);
        for (number, names) in (1_u8..).zip(*names) {
            for name in names.split('|') {
                months.insert((*language, key(name, &tag)), (*calendar, number));
            }
        }
    }
    months
});

/// What a name of a month is found by: loosely folded, without blanks and joiners.
fn key(name: &str, language: &Language) -> String {
    let folded = fold::loose(name, language);
    folded
        .chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

fn month(word: &str, language: &Language) -> Option<(Calendar, u8)> {
    let mut known = NAMES.iter().map(|(tag, ..)| *tag);
    let primary = known.find(|tag| *tag == language.primary())?;
    let key = key(word, language);
    let find = |key: &str| MONTHS.get(&(primary, key.to_owned())).copied();
    // Persian joins the word for month to its name.
    let alone = key.strip_suffix("ماه").filter(|_| primary == "fa");
    find(&key).or_else(|| find(alone?))
}

/// The names of the months of a year, each with what else is written for it behind a bar.
type Names = [&'static str; 12];

const NAMES: &[(&str, Calendar, &Names)] = &[
    ("en", Calendar::Gregorian, ENGLISH),
    ("en", Calendar::SolarHijri, SOLAR_LATIN),
    ("en", Calendar::LunarHijri, LUNAR_ENGLISH),
    ("sq", Calendar::Gregorian, ALBANIAN),
    ("sq", Calendar::SolarHijri, SOLAR_LATIN),
    ("sq", Calendar::LunarHijri, LUNAR_ALBANIAN),
    ("fa", Calendar::SolarHijri, SOLAR_PERSIAN),
    ("fa", Calendar::Gregorian, PERSIAN),
    ("fa", Calendar::LunarHijri, LUNAR_PERSIAN),
    ("ar", Calendar::Gregorian, ARABIC),
    ("ar", Calendar::LunarHijri, LUNAR_ARABIC),
];

const ENGLISH: &Names = &[
    "January|Jan",
    "February|Feb",
    "March|Mar",
    "April|Apr",
    "May",
    "June|Jun",
    "July|Jul",
    "August|Aug",
    "September|Sep|Sept",
    "October|Oct",
    "November|Nov",
    "December|Dec",
];

const SOLAR_LATIN: &Names = &[
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];

const LUNAR_ENGLISH: &Names = &[
    "Muharram",
    "Safar",
    "Rabi I|Rabi al-Awwal",
    "Rabi II|Rabi al-Thani",
    "Jumada I|Jumada al-Awwal",
    "Jumada II|Jumada al-Thani",
    "Rajab",
    "Shaban|Sha’ban",
    "Ramadan",
    "Shawwal",
    "Dhul-Qidah|Dhu al-Qadah",
    "Dhul-Hijjah|Dhu al-Hijjah",
];

const ALBANIAN: &Names = &[
    "janar|janarit|jan",
    "shkurt|shkurtit|shk",
    "mars|marsit",
    "prill|prillit",
    "maj|majit",
    "qershor|qershorit|qer",
    "korrik|korrikut|korr",
    "gusht|gushtit|gush",
    "shtator|shtatorit|sht",
    "tetor|tetorit|tet",
    "nëntor|nëntorit|nën",
    "dhjetor|dhjetorit|dhj",
];

const LUNAR_ALBANIAN: &Names = &[
    "muharrem",
    "sefer",
    "rebiul-evel",
    "rebiu-theni",
    "xhumadel-ula",
    "xhumade-theni",
    "rexheb",
    "shaban",
    "ramazan",
    "sheval",
    "dhul-kade",
    "dhul-hixhe",
];

const SOLAR_PERSIAN: &Names = &[
    "فروردین|حمل",
    "اردیبهشت|ثور",
    "خرداد|جوزا",
    "تیر|سرطان",
    "مرداد|امرداد|اسد",
    "شهریور|سنبله",
    "مهر|میزان",
    "آبان|عقرب",
    "آذر|قوس",
    "دی|جدی",
    "بهمن|دلو",
    "اسفند|حوت",
];

const PERSIAN: &Names = &[
    "ژانویه|ژانویه‌ی|جنوری",
    "فوریه|فوریه‌ی|فبروری",
    "مارس|مارچ",
    "آوریل|اپریل",
    "مه|می|مه‌ی",
    "ژوئن|جون",
    "ژوئیه|ژوئیه‌ی|جولای",
    "اوت|آگوست|اگست",
    "سپتامبر|سپتمبر",
    "اکتبر|اکتوبر",
    "نوامبر|نومبر",
    "دسامبر|دسمبر",
];

const LUNAR_PERSIAN: &Names = &[
    "محرم",
    "صفر",
    "ربیع‌الاول",
    "ربیع‌الثانی|ربیع‌الآخر",
    "جمادی‌الاول|جمادی‌الاولی",
    "جمادی‌الثانی|جمادی‌الثانیه|جمادی‌الآخر",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذیقعده|ذی‌القعده|ذوالقعده",
    "ذیحجه|ذی‌الحجه|ذوالحجه",
];

const ARABIC: &Names = &[
    "يناير|كانون الثاني|جانفي",
    "فبراير|شباط|فيفري",
    "مارس|آذار",
    "أبريل|نيسان|أفريل",
    "مايو|أيار|ماي",
    "يونيو|يونيه|حزيران|جوان",
    "يوليو|يوليه|تموز|جويلية|يوليوز",
    "أغسطس|آب|أوت|غشت",
    "سبتمبر|أيلول|شتنبر",
    "أكتوبر|تشرين الأول",
    "نوفمبر|تشرين الثاني|نونبر",
    "ديسمبر|كانون الأول|دجنبر",
];

const LUNAR_ARABIC: &Names = &[
    "محرم|المحرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر|ربيع الثاني",
    "جمادى الأولى",
    "جمادى الآخرة|جمادى الثانية",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة|ذي القعدة",
    "ذو الحجة|ذي الحجة",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str, text: &str) -> Vec<Vec<Day>> {
        dates(text, &Language::parse(tag).unwrap())
    }

    #[test]
    fn one_day_is_found_however_it_is_written() {
        let day = of("en", "2025-01-05")[0][0];
        for (tag, text) in [
            ("en", "5 January 2025"),
            ("en", "January 5, 2025"),
            ("en", "on the 5th of January 2025."),
            ("en", "16 Dey 1403"),
            ("sq", "Tiranë, më 5.1.2025"),
            ("sq", "e diel, 5 janar 2025"),
            ("fa", "مورخ ۱۴۰۳/۱۰/۱۶"),
            ("fa", "یکشنبه ۱۶ دی ۱۴۰۳"),
            ("fa", "۱۶ دی‌ماه ۱۴۰۳"),
            ("fa", "۵ ژانویهٔ ۲۰۲۵"),
            ("fa", "۱۶ جدی ۱۴۰۳"),
            ("ar", "٥ يناير ٢٠٢٥"),
            ("ar", "٥ كانون الثاني ٢٠٢٥"),
            ("ar", "5 جانفي 2025"),
            ("ar", "٥ رجب ١٤٤٦ هـ"),
        ] {
            let found = of(tag, text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            let mut readings = found[0].iter();
            assert!(
                readings.any(|other| day.is_same(*other)),
                "{text}: {found:?}"
            );
        }
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
        ] {
            assert_eq!(of("en", text), Vec::<Vec<Day>>::new(), "{text}");
        }
    }

    #[test]
    fn a_date_that_can_be_read_twice_has_both_readings() {
        assert_eq!(of("en", "3/4/2025")[0].len(), 2);
        assert_eq!(of("en", "13/4/2025")[0].len(), 1);
        assert_eq!(of("fa", "۱۴۴۶/۷/۵")[0].len(), 2);
    }
}
