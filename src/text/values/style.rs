//! How a language, or a writer, writes values: digits, separators, calendar, form of dates.

use std::collections::HashMap;
use std::hash::Hash;

use super::calendar::Calendar;
use super::months::MONTHS;
use super::numeral::{Separators, has_decimal_comma, numeral};
use super::pieces::Pieces;
use super::{Kind, Order, Reading, Role, Value, values};
use crate::text::language::Language;
use crate::text::tokens::ascii_digit;

/// The three kinds of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Digits {
    /// 0–9.
    Ascii,
    /// ٠–٩.
    Arabic,
    /// ۰–۹.
    Persian,
}

impl Digits {
    /// The digits that a text is written with; `None` if there are none, or of two kinds.
    pub fn of(text: &str) -> Option<Self> {
        let mut kinds = text.chars().filter_map(|letter| match letter {
            '0'..='9' => Some(Digits::Ascii),
            '\u{0660}'..='\u{0669}' => Some(Digits::Arabic),
            '\u{06F0}'..='\u{06F9}' => Some(Digits::Persian),
            _ => None,
        });
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    /// A text with all its digits in this kind.
    pub fn write(self, text: &str) -> String {
        let zero = match self {
            Digits::Ascii => 0x30,
            Digits::Arabic => 0x0660,
            Digits::Persian => 0x06F0,
        };
        let digit = |letter| {
            let value = ascii_digit(letter).and_then(|digit| digit.to_digit(10));
            value.and_then(|value| char::from_u32(zero + value))
        };
        text.chars()
            .map(|letter| digit(letter).unwrap_or(letter))
            .collect()
    }
}

/// The form of a whole date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateForm {
    /// The month in a word.
    Words {
        /// The names that are used for the months.
        names: MonthNames,
        /// Whether the month stands first: January 5, 2025.
        month_first: bool,
    },
    /// All in digits.
    Digits {
        /// Which group is which.
        order: Order,
        /// What stands between them.
        separator: char,
        /// Whether days and months below ten have a zero.
        pads: bool,
    },
}

/// Twelve names of months that belong together, in one language and calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MonthNames(pub(super) u8);

/// How values are written where no example says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// The digits.
    pub digits: Digits,
    /// What stands before a fraction.
    pub decimal: char,
    /// What stands between thousands.
    pub group: Option<char>,
    /// How many digits before the fraction a number has at least if they are grouped.
    pub grouped_from: usize,
    /// The calendar of whole dates.
    pub calendar: Calendar,
    /// Their form.
    pub date: DateForm,
}

impl Style {
    /// The usual style of a language and its region (CLDR 48).
    pub fn of(language: &Language) -> Self {
        let tag = language.tag();
        let region = |regions: &[&str]| {
            regions
                .iter()
                .any(|region| tag.ends_with(&format!("-{region}")))
        };
        let calendar = match language.primary() {
            "fa" => Calendar::SolarHijri,
            _ => Calendar::Gregorian,
        };
        let (digits, grouped_from) = match language.primary() {
            "fa" => (Digits::Persian, 4),
            "ar" if region(&[
                "EG", "SA", "IQ", "SY", "LB", "JO", "PS", "SD", "YE", "OM", "KW", "QA", "BH",
            ]) =>
            {
                (Digits::Arabic, 4)
            }
            "sq" => (Digits::Ascii, 5),
            _ => (Digits::Ascii, 4),
        };
        let Separators { group, decimal } = separators(language, digits);
        let families = (0_u8..).zip(MONTHS);
        let own = families.filter(|(_, months)| {
            months.language == language.primary() && months.calendar == calendar
        });
        let family = own.fold(None, |best: Option<(u8, bool)>, (family, months)| {
            let here = region(months.regions);
            match best {
                Some((_, found)) if found || !here => best,
                _ => Some((family, here)),
            }
        });
        let date = match family {
            Some((family, _)) => DateForm::Words {
                names: MonthNames(family),
                month_first: tag == "en-US",
            },
            None => DateForm::Digits {
                order: Order::YearMonthDay,
                separator: '-',
                pads: true,
            },
        };
        Style {
            digits,
            decimal: decimal.unwrap_or('.'),
            group,
            grouped_from,
            calendar,
            date,
        }
    }

    /// The style of texts in a language: what most of their values show, and the usual style of the language where they show nothing.
    ///
    /// ```
    /// use tarjuman::text::{language::Language, values::{Calendar, Style}};
    /// let fa = Language::parse("fa").unwrap();
    /// let style = Style::learnt_from(["۵ ژانویهٔ ۲۰۲۵", "از ۱۲ مارس ۲۰۲۴", "۱۴۰۳/۱۰/۱۶"], &fa);
    /// assert_eq!(style.calendar, Calendar::Gregorian);
    /// ```
    pub fn learnt_from<'t>(texts: impl IntoIterator<Item = &'t str>, language: &Language) -> Self {
        let mut digits = Votes::default();
        let mut decimals = Votes::default();
        let mut groups = Votes::default();
        let mut dates = Votes::default();
        for text in texts {
            for value in values(text, language) {
                let Some(written) = text.get(value.place.clone()) else {
                    continue;
                };
                if !matches!(value.kind, Kind::Email | Kind::Url | Kind::Reference) {
                    digits.add(Digits::of(written));
                }
                if let Some(seen) = separators_of(&value, text, language) {
                    decimals.add(seen.decimal);
                    groups.add(seen.group);
                }
                dates.add(form_of(&value, text));
            }
        }
        let mut style = Style::of(language);
        if let Some(learnt) = digits.most() {
            // Signs go with their digits.
            let usual = separators(language, learnt);
            style.digits = learnt;
            style.decimal = usual.decimal.unwrap_or(style.decimal);
            style.group = usual.group;
        }
        style.group = groups.most().or(style.group);
        style.decimal = decimals.most().unwrap_or(style.decimal);
        if style.group == Some(style.decimal) {
            // Half of a habit: the other sign is the one that is left.
            let other = |sign| match sign {
                ',' => '.',
                '.' => ',',
                _ => '٬',
            };
            match decimals.most() {
                Some(decimal) => style.group = Some(other(decimal)),
                None => style.decimal = other(style.decimal),
            }
        }
        if let Some((calendar, form)) = dates.most() {
            style.calendar = calendar;
            style.date = form;
        }
        style
    }
}

/// How often something was seen.
#[derive(Debug)]
struct Votes<T>(HashMap<T, (usize, usize)>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Votes(HashMap::new())
    }
}

impl<T: Copy + Eq + Hash> Votes<T> {
    fn add(&mut self, seen: Option<T>) {
        if let Some(seen) = seen {
            let order = self.0.len();
            self.0.entry(seen).or_insert((0, order)).0 += 1;
        }
    }

    /// What was seen most often; of equals, what was seen first.
    fn most(&self) -> Option<T> {
        let best = self
            .0
            .iter()
            .max_by_key(|(_, (count, order))| (*count, usize::MAX - order));
        best.map(|(seen, _)| *seen)
    }
}

/// The separators that a language writes with these digits.
pub(super) fn separators(language: &Language, digits: Digits) -> Separators {
    let (group, decimal) = match (digits, language.primary()) {
        (Digits::Persian | Digits::Arabic, _) => ('٬', '٫'),
        (_, "sq") => ('\u{A0}', ','),
        (_, "ar") if has_decimal_comma(language.tag()) => ('.', ','),
        _ => (',', '.'),
    };
    Separators {
        group: Some(group),
        decimal: Some(decimal),
    }
}

/// The separators that a value shows without doubt.
pub(super) fn separators_of(value: &Value, text: &str, language: &Language) -> Option<Separators> {
    let mut parts = value.parts.iter();
    let part = parts
        .find(|part| part.role == Role::Number)
        .filter(|_| value.is_sure)?;
    let written = text.get(part.place.clone())?;
    let pieces = Pieces::new(written, language);
    let first = (0..pieces.len()).find(|at| pieces.is_digits(*at))?;
    let numeral = numeral(&pieces, first)?;
    numeral.decimals.first().map(|(_, separators)| *separators)
}

fn form_of(value: &Value, text: &str) -> Option<(Calendar, DateForm)> {
    let Some(Reading::Date(date, order)) = value.meaning() else {
        return None;
    };
    date.day()?;
    let role = |wanted: fn(Role) -> bool| value.parts.iter().position(|part| wanted(part.role));
    if let Some(order) = *order {
        let first = role(|role| role == Role::Group(0))?;
        let mut groups = value
            .parts
            .iter()
            .filter_map(|part| text.get(part.place.clone()));
        let pads = groups.any(|group| group.chars().next().and_then(ascii_digit) == Some('0'));
        let end = value.parts.get(first)?.place.end;
        let separator = text
            .get(end..)?
            .chars()
            .find(|sign| !crate::text::tokens::is_invisible(*sign))?;
        role(|role| role == Role::Group(1))?;
        let form = DateForm::Digits {
            order,
            separator,
            pads,
        };
        return Some((date.calendar, form));
    }
    let month = role(|role| matches!(role, Role::Month(_)))?;
    let day = role(|role| role == Role::Day)?;
    let Role::Month(family) = value.parts.get(month)?.role else {
        return None;
    };
    let form = DateForm::Words {
        names: MonthNames(family),
        month_first: month < day,
    };
    Some((date.calendar, form))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learnt(tag: &str, texts: &[&str]) -> Style {
        Style::learnt_from(texts.iter().copied(), &Language::parse(tag).unwrap())
    }

    #[test]
    fn a_style_is_what_most_values_show() {
        let ar = learnt("ar", &["٥ كانون الثاني ٢٠٢٥", "١٢ آذار ٢٠٢٤، و٥٠ كتابا"]);
        assert_eq!(
            (ar.digits, ar.decimal, ar.group),
            (Digits::Arabic, '٫', Some('٬'))
        );
        let DateForm::Words { names, .. } = ar.date else {
            panic!("{ar:?}")
        };
        assert_eq!(MONTHS[usize::from(names.0)].names[1], "شباط");
        let sq = learnt("sq", &["më 5.1.2025", "5.03.2024", "1.234.567,5"]);
        assert_eq!((sq.decimal, sq.group), (',', Some('.')));
        assert!(matches!(
            sq.date,
            DateForm::Digits {
                order: Order::DayMonthYear,
                separator: '.',
                ..
            }
        ));
        assert_eq!(
            learnt("fa", &["سلام"]),
            Style::of(&Language::parse("fa").unwrap())
        );
    }
}
