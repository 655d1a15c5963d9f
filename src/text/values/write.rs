//! Writes a value as another is written, or as a language writes it where there is no example.
//!
//! An example shows digits, separators, calendar, order, names of months; only its parts are written anew, and what stands between
//! them stays. Nothing is written that does not read back as the value, and nothing that needs a guess.

use super::calendar::{Calendar, Date};
use super::dates::{ROMAN, is_short};
use super::decimal::Decimal;
use super::lexicon::{CURRENCIES, Half};
use super::months::{MONTHS, WEEKDAYS};
use super::pieces::Pieces;
use super::style::{DateForm, Digits, MonthNames, Style, separators};
use super::{Kind, Order, Part, Reading, Role, Time, Unit, Value, values};
use crate::text::language::Language;
use crate::text::tokens::{ascii_digit, is_invisible};

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
        Kind::Phone | Kind::Reference => code(example, value),
        Kind::Time => time(example, value),
        Kind::Date => date(example, value, language),
        _ => number(example, value, language),
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

/// Whether two numbers take the same form of what they count in a language, so that one can stand for the other and all other words
/// stay (CLDR 48, plural rules): in English 5 and 7, not 1 and 2; in Arabic 3 and 10, not 10 and 11.
pub fn counts_alike(one: Decimal, other: Decimal, language: &Language) -> bool {
    let form = |number: Decimal| {
        let whole = number.as_whole().map(i64::abs);
        match (language.primary(), whole) {
            ("fa", _) => 0,
            ("ar", None) => 100,
            ("ar", Some(number @ 0..=2)) => number,
            ("ar", Some(number)) => match number % 100 {
                3..=10 => 3,
                11..=99 => 11,
                _ => 100,
            },
            (_, Some(1)) => 1,
            _ => 0,
        }
    };
    form(one) == form(other)
}

fn number(example: Written<'_>, value: Written<'_>, language: &Language) -> Option<String> {
    if example.value.unit.is_some() != value.value.unit.is_some()
        || !Unit::is_same(example.value.unit, value.value.unit)
    {
        return None;
    }
    let pairs = match (example.value.meaning()?, value.value.meaning()?) {
        (Reading::Number(old), Reading::Number(new)) => vec![(*old, *new)],
        // What is typed backwards for display stays so only if both are typed forwards or both are not.
        (Reading::Range(a, b), Reading::Range(c, d))
            if is_growing(*a, *b)? == is_growing(*c, *d)? =>
        {
            vec![(*a, *c), (*b, *d)]
        }
        _ => return None,
    };
    let scale = example.value.parts.iter().find_map(|part| match part.role {
        Role::Scale(power) => Some(power),
        _ => None,
    });
    if scale.is_some() && pairs.len() > 1 {
        return None;
    }
    let power = scale.unwrap_or(0);
    let mut ends = example.text().chars();
    let has_words = ends.next().is_some_and(char::is_alphabetic)
        || ends.next_back().is_some_and(char::is_alphabetic);
    if example.value.kind == Kind::Ordinal {
        let one = Decimal::whole(1);
        // Albanian writes the first in another way.
        if language.primary() == "sq" && pairs.iter().any(|(old, new)| *old == one || *new == one) {
            return None;
        }
    } else if (has_words && example.value.unit != Some(Unit::Percent)) || scale.is_some() {
        for (old, new) in &pairs {
            if !counts_alike(old.by_ten_to(power)?, new.by_ten_to(power)?, language) {
                return None;
            }
        }
    }
    let last = pairs.last()?.1;
    let mut pairs = pairs.into_iter();
    with_parts(example, |part, written| match part.role {
        Role::Number => {
            let (old, new) = pairs.next()?;
            let (old, new) = match power {
                0 => (old, new),
                power => (old.by_ten_to(power)?, new.by_ten_to(power)?),
            };
            let places = |number: Decimal| number.digits().1.len();
            // 391,234 is not written as so many thousands.
            if power > 0 && places(new) > places(old).max(1) {
                return None;
            }
            numeral(old, new, written, value, language)
        }
        Role::Scale(_) => Some(written.to_owned()),
        Role::Suffix => {
            let suffix = english_suffix(last.as_whole()?);
            let upper = written.chars().all(char::is_uppercase);
            Some(if upper {
                suffix.to_uppercase()
            } else {
                suffix.to_owned()
            })
        }
        _ => None,
    })
}

fn is_growing(a: Decimal, b: Decimal) -> Option<bool> {
    Some(!b.plus(a.negated())?.is_negative())
}

/// A number with the digits and separators of an old one.
fn numeral(
    old: Decimal,
    new: Decimal,
    written: &str,
    value: Written<'_>,
    language: &Language,
) -> Option<String> {
    if old.is_negative() != new.is_negative() {
        return None;
    }
    let digits = Digits::of(written)?;
    let pieces = Pieces::new(written, language);
    let first = (0..pieces.len()).find(|at| pieces.is_digits(*at))?;
    let lead = written.get(..pieces.start(first))?;
    let size = |number: Decimal| {
        if number.is_negative() {
            number.negated()
        } else {
            number
        }
    };
    let found = super::numbers::numeral(&pieces, first)?;
    let shown = found
        .decimals
        .iter()
        .find(|(number, _)| *number == size(old))?
        .1;
    let usual = separators(language, digits);
    let mut style = Style {
        digits,
        ..Style::of(language)
    };
    let (old_whole, _) = old.digits();
    let (new_whole, _) = new.digits();
    let plain = value.text().split(|letter| ascii_digit(letter).is_none());
    let is_plain = plain.map(|run| run.chars().count()).max().unwrap_or(0) > 3;
    style.group = match shown.group {
        Some(group) => {
            style.grouped_from = old_whole.len().min(style.grouped_from);
            Some(group)
        }
        // A number that could have been grouped and was not, like a year; or the new one is such a number.
        None if old_whole.len() > 3
            && (old_whole.len() >= style.grouped_from || new_whole.len() <= old_whole.len()) =>
        {
            None
        }
        None if is_plain => None,
        None => usual.group,
    };
    style.decimal = match (shown.decimal, style.group) {
        (Some(decimal), _) => decimal,
        (None, Some('.')) => ',',
        (None, Some(',')) => '.',
        (None, _) => usual.decimal?,
    };
    if style.group == Some(style.decimal) {
        style.group = None;
    }
    Some(format!("{lead}{}", digits_of(size(new), &style)))
}

/// A number without its sign.
fn digits_of(number: Decimal, style: &Style) -> String {
    let (whole, fraction) = number.digits();
    let mut text = String::new();
    let group = style
        .group
        .filter(|_| whole.len() >= style.grouped_from.max(4));
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.extend(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(style.decimal);
        text.push_str(&fraction);
    }
    style.digits.write(&text)
}

fn english_suffix(number: i64) -> &'static str {
    match (number.abs() % 100, number.abs() % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// A telephone or document number: the digits of the new one in those of the example, if nothing else differs.
fn code(example: Written<'_>, value: Written<'_>) -> Option<String> {
    if example.value.kind != value.value.kind {
        return None;
    }
    let digits = Digits::of(example.text())?;
    let shape = |written: Written<'_>| -> String {
        let mut shape = String::new();
        for letter in written
            .text()
            .chars()
            .filter(|letter| !is_invisible(*letter))
        {
            if ascii_digit(letter).is_none() {
                shape.push(letter);
            } else if !shape.ends_with('0') {
                shape.push('0');
            }
        }
        shape
    };
    if example.value.kind == Kind::Phone {
        let written = value.text().chars().filter(|letter| !is_invisible(*letter));
        return Some(digits.write(&written.collect::<String>()));
    }
    if shape(example) != shape(value) {
        return None;
    }
    let mut runs = value
        .value
        .parts
        .iter()
        .filter(|part| part.role == Role::Run);
    with_parts(example, |_, _| Some(digits.write(value.part(runs.next()?))))
}

fn time(example: Written<'_>, value: Written<'_>) -> Option<String> {
    let half = |value: &Value| {
        value.parts.iter().find_map(|part| match part.role {
            Role::Half(half) => Some(half),
            _ => None,
        })
    };
    let of = |value: &Value| match value.readings.first() {
        Some(Reading::Time(time)) => Some(*time),
        _ => None,
    };
    let (old, new) = (of(example.value)?, of(value.value)?);
    let said = half(example.value);
    // Both on the face of a clock, without a word for which half of the day: then the new one needs none either.
    let both_open = !example.value.is_sure && !value.value.is_sure && half(value.value).is_none();
    if !(both_open || (example.value.is_sure && value.value.is_sure)) {
        return None;
    }
    let has = |wanted: Role| example.value.parts.iter().any(|part| part.role == wanted);
    if (new.minute > 0 && !has(Role::Minute)) || (new.second > 0 && !has(Role::Second)) {
        return None;
    }
    let (mut hour, mut swapped) = (new.hour, None);
    if let Some(half) = said {
        let on_face = (1..=12).find(|hour| half.hour(*hour) == Some(new.hour));
        let hours = example
            .value
            .parts
            .iter()
            .find(|part| part.role == Role::Hour)?;
        let is_long = example
            .part(hours)
            .chars()
            .filter_map(ascii_digit)
            .collect::<String>()
            .parse::<u8>()
            .ok()?
            > 12;
        match on_face {
            Some(_) if is_long => {}
            Some(found) => hour = found,
            None => {
                // Only the two letters for before and after noon exchange without a word more.
                hour = match (half, new.hour) {
                    (_, 0) => 12,
                    (_, hour @ 1..=12) => hour,
                    (_, hour) => hour.checked_sub(12)?,
                };
                swapped = Some(half);
            }
        }
    }
    with_parts(example, |part, written| {
        let digits = Digits::of(written);
        let two = |number: u8| digits.map(|digits| digits.write(&format!("{number:02}")));
        match part.role {
            Role::Hour => {
                let digits = digits?;
                let pads = written.chars().next().and_then(ascii_digit) == Some('0');
                let pads = pads
                    || (old.hour > 9
                        && said.is_none()
                        && value.text().chars().next().and_then(ascii_digit) == Some('0'));
                Some(digits.write(&if pads {
                    format!("{hour:02}")
                } else {
                    hour.to_string()
                }))
            }
            Role::Minute => two(new.minute),
            Role::Second => two(new.second),
            Role::Half(half) => match swapped {
                Some(_) => other_half(half, written),
                // “in the evening” is not for noon.
                None => (is_letters(written) || old.hour.abs_diff(new.hour) <= 3)
                    .then(|| written.to_owned()),
            },
            _ => None,
        }
    })
}

/// Whether a half of the day is said by letters alone: p.m., ص.
fn is_letters(written: &str) -> bool {
    let words = written.split(|letter: char| !letter.is_alphabetic());
    let mut words = words.filter(|word| !word.is_empty());
    let initials = |word: &str| word.chars().nth(1).is_none();
    words.clone().all(initials)
        || (matches!(written.to_lowercase().as_str(), "am" | "pm") && words.next().is_some())
}

fn other_half(half: Half, written: &str) -> Option<String> {
    if !is_letters(written) {
        return None;
    }
    let pairs: &[(char, char)] = match half {
        Half::Morning => &[('a', 'p'), ('A', 'P'), ('ص', 'م'), ('p', 'm')],
        Half::Afternoon => &[('p', 'a'), ('P', 'A'), ('م', 'ص'), ('m', 'p')],
        _ => return None,
    };
    let first = written.chars().next()?;
    // Of p.d. and p.m. only the letter behind tells which is which.
    let is_albanian = written.ends_with(['d', 'D']);
    let pairs = pairs
        .iter()
        .filter(|(from, to)| !matches!((from, to), ('p', 'm') | ('m', 'p')) == !is_albanian);
    let (_, to) = pairs.into_iter().find(|(from, _)| *from == first)?;
    let rest = written.get(first.len_utf8()..)?;
    Some(format!("{to}{rest}"))
}

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

fn date(example: Written<'_>, value: Written<'_>, language: &Language) -> Option<String> {
    let (Reading::Date(old, order), Reading::Date(new, _)) =
        (example.value.meaning()?, value.value.meaning()?)
    else {
        return None;
    };
    if !value.value.weekday_fits() {
        return None;
    }
    let new = converted(*old, *new)?;
    let weekday = new.day().map(super::Day::weekday).or(value.value.weekday);
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
    let name = |months: &super::months::Months| {
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
        (Reading::Date(date, _), _) => whole_date(*date, language, style),
        (Reading::Text(text), _) => Some(text.clone()),
        _ => None,
    }
}

fn ordinal(number: i64, language: &Language, style: &Style) -> Option<String> {
    let digits = style.digits.write(&number.to_string());
    match language.primary() {
        "en" => Some(format!("{digits}{}", english_suffix(number))),
        "fa" => Some(format!("{digits}ام")),
        "sq" if number > 1 => Some(format!("{digits}-të")),
        _ => None,
    }
}

fn code_of(unit: Unit) -> Option<&'static str> {
    match unit {
        Unit::Percent => None,
        Unit::Money(money) => money.code.or_else(|| {
            let named = CURRENCIES.iter().find(|name| name.name == money.name)?;
            match named.codes {
                [only] => Some(*only),
                _ => None,
            }
        }),
    }
}

/// A date in the form of a style. One that is not whole has the month in a word, and stays in its calendar.
fn whole_date(date: Date, language: &Language, style: &Style) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use super::super::numbers::Separators;
    use super::*;
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
