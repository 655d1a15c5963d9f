//! Dates, written anew: in the calendar, the order and the names of months that an example or a style shows.

use super::number::english_suffix;
use super::{Written, with_parts};
use crate::text::language::Language;
use crate::text::tokens::ascii_digit;
use crate::text::values::calendar::{Calendar, Date};
use crate::text::values::dates::{ROMAN, is_short};
use crate::text::values::months::{MONTHS, Months, WEEKDAYS};
use crate::text::values::style::{DateForm, Digits, MonthNames, Style};
use crate::text::values::{Day, Order, Reading, Role};

/// The date as the calendar of the example says it.
fn converted(old: Date, new: Date) -> Option<Date> {
    let as_much =
        old.year.is_some() == new.year.is_some() && old.day.is_some() == new.day.is_some();
    if !as_much || old.calendar == new.calendar {
        return as_much.then_some(new);
    }
    let is_lunar = |date: Date| date.calendar == Calendar::LunarHijri;
    if is_lunar(old) || is_lunar(new) {
        return None;
    }
    new.day().map(|day| day.date(old.calendar))
}

pub(super) fn date(
    example: Written<'_>,
    value: Written<'_>,
    language: &Language,
) -> Option<String> {
    let (Reading::Date(old, order), Reading::Date(new, _)) =
        (example.value.meaning()?, value.value.meaning()?)
    else {
        return None;
    };
    if !value.value.weekday_fits() {
        return None;
    }
    let new = converted(*old, *new)?;
    let weekday = new.day().map(Day::weekday).or(value.value.weekday);
    let groups = || {
        example
            .value
            .parts
            .iter()
            .filter(|part| matches!(part.role, Role::Group(_)))
    };
    let day_and_month = || {
        let written = groups().map(|part| {
            example
                .part(part)
                .chars()
                .filter_map(ascii_digit)
                .collect::<String>()
        });
        written.filter(|digits| digits.len() <= 2)
    };
    let pads = match (
        day_and_month().any(|digits| digits.starts_with('0')),
        day_and_month().any(|digits| digits.len() == 1),
    ) {
        (_, true) => false,
        (true, false) => true,
        // Nothing shows it: in English they are padded, and where the year stands first with hyphens.
        _ => language.primary() == "en" || example.text().contains('-'),
    };
    let short_year = example.value.has_short_year;
    with_parts(example, |part, written| {
        let digits = Digits::of(written);
        let two = |number: u8, pads: bool| {
            Some(digits?.write(&if pads {
                format!("{number:02}")
            } else {
                number.to_string()
            }))
        };
        let year = |short: bool| {
            let year = new.year?;
            Some(digits?.write(&if short {
                format!("{:02}", year % 100)
            } else {
                year.to_string()
            }))
        };
        match part.role {
            Role::Day => two(
                new.day?,
                written.chars().next().and_then(ascii_digit) == Some('0'),
            ),
            Role::Suffix => Some(english_suffix(new.day?.into()).to_owned()),
            Role::Year => year(false),
            Role::Month(family) => month_name(family, old.month, new.month, written),
            Role::Roman => ROMAN
                .get(usize::from(new.month) - 1)
                .map(|month| (*month).to_owned()),
            Role::Weekday(family) => {
                let names = WEEKDAYS.get(usize::from(family))?.names;
                let name = names.get(usize::from(weekday?))?;
                Some(in_case_of(name, written))
            }
            Role::Group(index) => match ((*order)?, index) {
                (Order::DayMonthYear, 0) | (Order::MonthDayYear, 1) | (Order::YearMonthDay, 2) => {
                    two(new.day?, pads)
                }
                (Order::DayMonthYear, 1) | (Order::MonthDayYear, 0) | (Order::YearMonthDay, 1) => {
                    two(new.month, pads)
                }
                _ => year(short_year),
            },
            _ => None,
        }
    })
}

const HAMZA: char = '\u{0654}';

/// The name of a month as that of another is written: its case, its ezafe, the word for month that is joined to it, its full stop.
fn month_name(family: u8, old: u8, new: u8, written: &str) -> Option<String> {
    let months = MONTHS.get(usize::from(family))?;
    let name = |month: u8| {
        months
            .names
            .get(usize::from(month).checked_sub(1)?)
            .copied()
    };
    let mut text = in_case_of(name(new)?, written);
    if months.language == "fa" {
        let bare = written.trim_end_matches("ماه").trim_end_matches('\u{200C}');
        if bare.len() < written.len() && !name(old)?.ends_with("ماه") {
            text.push_str(written.get(bare.len()..)?);
        } else if text.ends_with('ه') {
            if written.ends_with(['ۀ', HAMZA]) {
                text.push(HAMZA);
            } else if written.ends_with("\u{200C}ی") || written.ends_with("\u{200C}ي") {
                text.push_str("\u{200C}ی");
            }
        }
    }
    if written.ends_with('.') && is_shortened(months.language, family, new) {
        text.push('.');
    }
    Some(text)
}

/// Whether the name of a month in a family of short names is a short one; May is not.
fn is_shortened(language: &str, family: u8, month: u8) -> bool {
    let full = MONTHS
        .iter()
        .find(|months| months.language == language && months.calendar == Calendar::Gregorian);
    let name = |months: &Months| {
        months
            .names
            .get(usize::from(month).checked_sub(1)?)
            .copied()
    };
    is_short(language, family)
        && full.and_then(name) != MONTHS.get(usize::from(family)).and_then(name)
}

/// A name in the case of another: all capitals, a capital first, or none.
fn in_case_of(name: &str, example: &str) -> String {
    let mut letters = example.chars().filter(|letter| letter.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest: Vec<char> = letters.collect();
    let is_lower = |letter: &char| letter.is_lowercase();
    if first
        && !rest.is_empty()
        && !rest.iter().any(is_lower)
        && rest.iter().any(|letter| letter.is_uppercase())
    {
        return name.to_uppercase();
    }
    let mut letters = name.chars();
    match letters.next() {
        Some(letter) if first => letter.to_uppercase().chain(letters).collect(),
        Some(letter) => letter.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// A date in the form of a style. One that is not whole has the month in a word, and stays in its calendar.
pub(super) fn whole_date(
    date: Date,
    weekday: Option<u8>,
    language: &Language,
    style: &Style,
) -> Option<String> {
    let day = form_of(date, language, style)?;
    let Some(weekday) = weekday else {
        return Some(day);
    };
    let names = WEEKDAYS
        .iter()
        .find(|names| names.language == language.primary())?;
    let name = names.names.get(usize::from(weekday))?;
    let joint = match language.primary() {
        "fa" => " ",
        "ar" => "، ",
        _ => ", ",
    };
    Some(format!("{name}{joint}{day}"))
}

fn form_of(date: Date, language: &Language, style: &Style) -> Option<String> {
    let model = Date {
        calendar: style.calendar,
        ..date
    };
    let date = converted(model, date)?;
    let number = |number: i32| style.digits.write(&number.to_string());
    let two = |number: u8, pads: bool| {
        style.digits.write(&if pads {
            format!("{number:02}")
        } else {
            number.to_string()
        })
    };
    match style.date {
        DateForm::Digits {
            order,
            separator,
            pads,
        } => {
            let (year, day) = (number(date.year?), two(date.day?, pads));
            let month = two(date.month, pads);
            let groups = match order {
                Order::DayMonthYear => [day, month, year],
                Order::MonthDayYear => [month, day, year],
                Order::YearMonthDay => [year, month, day],
            };
            Some(groups.join(&separator.to_string()))
        }
        DateForm::Words {
            names: MonthNames(family),
            month_first,
        } => {
            let months = MONTHS.get(usize::from(family))?;
            if months.calendar != date.calendar || months.language != language.primary() {
                return None;
            }
            let name = *months.names.get(usize::from(date.month).checked_sub(1)?)?;
            let mut text = match date.day {
                Some(day) if month_first => format!("{name} {}", two(day, false)),
                Some(day) => format!("{} {name}", two(day, false)),
                None => name.to_owned(),
            };
            if let Some(year) = date.year {
                let comma = if month_first && date.day.is_some() {
                    ","
                } else {
                    ""
                };
                text.push_str(&format!("{comma} {}", number(year)));
            }
            Some(text)
        }
    }
}
