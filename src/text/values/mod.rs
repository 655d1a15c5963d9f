//! Values in a text: what is copied or converted rather than translated, with all that it can mean.
//!
//! Letters repeat with another number and another date, and every edition writes them in its own way: ۱٬۲۳۴٫۵ is 1,234.5, and ۱۶ دی ۱۴۰۳ is
//! 5 January 2025. [`values`] finds them, each with its place and **all its legal readings**: 1.234 is one thousand and some, or one and
//! a bit; 3/4/2025 is in March or in April. Two values are the same if they have a reading in common ([`Value::is_same`]). [`write`](mod@write)
//! writes one as another is written.
//!
//! Read `pieces.rs` for how a text is cut, `lexicon.rs` and `months.rs` for the words, `numbers.rs`, `times.rs` and `dates/` for the three
//! large kinds; `numeral.rs`, `multiples.rs`, `ranges.rs` and `units.rs` are what a number is put together from.

pub mod calendar;
pub mod dates;
mod decimal;
mod lexicon;
mod measures;
mod months;
mod multiples;
mod numbers;
mod numeral;
mod pieces;
mod ranges;
mod references;
mod spelled;
mod style;
mod times;
mod units;
pub mod write;

use std::ops::Range;

pub use calendar::{Calendar, Date, Day};
pub use decimal::Decimal;
pub use measures::names_measure;
pub(in crate::text) use months::days_and_months;
pub use spelled::says;
pub use style::{DateForm, Digits, Style};
pub use times::Time;

use super::language::Language;
use super::tokens::{TokenKind, address_kind};
use lexicon::Half;
use pieces::{Pieces, What};

/// A value in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where it stands, in bytes.
    pub place: Range<usize>,
    /// What it is, as it is written.
    pub kind: Kind,
    /// What it can mean, the likeliest first; never empty.
    pub readings: Vec<Reading>,
    /// What its number counts.
    pub unit: Option<Unit>,
    /// The day of the week that stands beside a date, from 0 for Monday.
    pub weekday: Option<u8>,
    /// Whether the first reading is certain in this language.
    is_sure: bool,
    /// Whether it is a date with two digits for its year.
    has_short_year: bool,
    /// What its number is measured with: a place in the list of measures.
    measure: Option<u8>,
    /// What it is put together from, in order.
    parts: Vec<Part>,
}

/// What a value is, as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A number in digits.
    Number,
    /// A number in words, and so weak evidence: it may be left in words or written in digits elsewhere.
    Spelled,
    /// A part of a hundred.
    Percent,
    /// A place in an order, in digits: 3rd, ۳ام, 3-të.
    Ordinal,
    /// From a number to another.
    Range,
    /// An amount of a currency.
    Money,
    /// A time of day.
    Time,
    /// A day, a month of a year, or a day of a month.
    Date,
    /// The number of a document, a law, a thing: 04/L-150.
    Reference,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// The address of a page.
    Url,
}

impl Kind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Spelled => "number in words",
            Kind::Percent => "percentage",
            Kind::Ordinal => "ordinal",
            Kind::Range => "range",
            Kind::Money => "amount",
            Kind::Time => "time",
            Kind::Date => "date",
            Kind::Reference => "reference",
            Kind::Phone => "telephone number",
            Kind::Email => "e-mail address",
            Kind::Url => "address of a page",
        }
    }
}

/// Something that a value can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A number.
    Number(Decimal),
    /// From one number to another, in the order of the text.
    Range(Decimal, Decimal),
    /// Runs of ASCII digits with a space between them, which are not counted with: 12/5, a telephone number, 04/L-150.
    Digits(String),
    /// A date, and the order of its groups if it is in digits.
    Date(Date, Option<Order>),
    /// A time of day.
    Time(Time),
    /// A number that may be a year of a calendar.
    Year(Calendar, i32),
    /// Letters that are copied.
    Text(String),
}

/// The order of the three groups of a date in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Order {
    /// Day, month, year.
    DayMonthYear,
    /// Month, day, year.
    MonthDayYear,
    /// Year, month, day.
    YearMonthDay,
}

impl Reading {
    /// Whether two readings mean the same. A range is the same when it is typed backwards, as it has to be in some programs to be
    /// displayed forwards. How a telephone number is cut says nothing.
    pub fn is_same(&self, other: &Reading) -> bool {
        match (self, other) {
            (Reading::Date(one, _), Reading::Date(two, _)) => one.is_same(*two),
            (Reading::Year(one, a), Reading::Year(two, b)) => {
                calendar::years_meet((*one, *a), (*two, *b))
            }
            (Reading::Range(a, b), Reading::Range(c, d)) => (a, b) == (c, d) || (a, b) == (d, c),
            (Reading::Digits(one), Reading::Digits(two)) => references::same_digits(one, two),
            (one, two) => one == two,
        }
    }
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Parts of a hundred.
    Percent,
    /// Money.
    Money(Currency),
}

/// A currency as far as a text names it: its name in English and, where it is said, its code of ISO 4217. Rial and toman are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    /// Its name in English: `dollar`, `rial`, `toman`.
    pub name: &'static str,
    /// Its code, if the text says which of the currencies of that name it is.
    pub code: Option<&'static str>,
    /// Whether the name may be that of something else, as a pound is a weight.
    is_doubtful: bool,
}

impl Unit {
    /// Whether two values count the same. A dollar is a US dollar unless one of them says another.
    fn is_same(one: Option<Unit>, two: Option<Unit>) -> bool {
        match (one, two) {
            (Some(Unit::Money(a)), Some(Unit::Money(b))) => {
                a.name == b.name && a.code.zip(b.code).is_none_or(|(a, b)| a == b)
            }
            (Some(Unit::Money(money)), None) | (None, Some(Unit::Money(money))) => {
                money.is_doubtful
            }
            (one, two) => one == two,
        }
    }
}

/// A part of a value that is written anew by itself.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    place: Range<usize>,
    role: Role,
}

/// What a part of a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A number with its sign and separators.
    Number,
    /// What English puts behind a number to make it a place in an order.
    Suffix,
    /// What stands for ten to a power.
    Scale(u8),
    /// A group of a date in digits, from 0.
    Group(u8),
    /// The month of a date in digits, as a Roman number.
    Roman,
    Day,
    /// The name of a month: its family.
    Month(u8),
    Year,
    /// The name of a day of the week: its family.
    Weekday(u8),
    Hour,
    Minute,
    Second,
    /// Which half of the day it is.
    Half(Half),
    /// A run of digits that is not counted with.
    Run,
    /// What cannot be written anew: numbers in words, a day that borrows its month from the date beside it.
    Fixed,
}

impl Value {
    fn new(
        pieces: &Pieces<'_>,
        from: usize,
        to: usize,
        kind: Kind,
        readings: Vec<Reading>,
    ) -> Self {
        Value {
            place: pieces.place(from, to),
            kind,
            readings,
            unit: None,
            weekday: None,
            is_sure: true,
            has_short_year: false,
            measure: None,
            parts: Vec::new(),
        }
    }

    /// What it means, if that is certain: it has one reading, or a habit of its language decides.
    ///
    /// ```
    /// use tarjuman::text::{language::Language, values::values};
    /// let en = Language::parse("en").unwrap();
    /// let found = values("1,234.5 kg on 3/4/2025", &en);
    /// assert!(found[0].meaning().is_some());
    /// assert_eq!(found[1].meaning(), None);
    /// ```
    pub fn meaning(&self) -> Option<&Reading> {
        self.readings.first().filter(|_| self.is_sure)
    }

    /// Whether two values, perhaps of two languages, can mean the same: they have a reading in common and count the same thing.
    ///
    /// ```
    /// use tarjuman::text::{language::Language, values::values};
    /// let of = |tag, text| values(text, &Language::parse(tag).unwrap()).remove(0);
    /// assert!(of("en", "15 August 2022").is_same(&of("fa", "۲۴ مرداد ۱۴۰۱")));
    /// assert!(of("en", "1,234.5").is_same(&of("fa", "۱٬۲۳۴٫۵")));
    /// assert!(of("sq", "12,5 për qind").is_same(&of("ar", "١٢٫٥٪")));
    /// assert!(!of("fa", "۵۰ ریال").is_same(&of("fa", "۵۰ تومان")));
    /// ```
    pub fn is_same(&self, other: &Value) -> bool {
        Unit::is_same(self.unit, other.unit) && self.shares_reading(other)
    }

    /// Whether two values mean the same without doubt: both mean one thing, count the same and name the same day of the week, if any.
    pub fn means_the_same(&self, other: &Value) -> bool {
        let meanings = self.meaning().zip(other.meaning());
        meanings.is_some_and(|(one, two)| one.is_same(two))
            && Unit::is_same(self.unit, other.unit)
            && self.weekday == other.weekday
    }

    /// Whether two values have a reading in common, whatever they count: 50 percent and 50 dollars have.
    pub fn shares_reading(&self, other: &Value) -> bool {
        let others = &other.readings;
        let mut own = self.readings.iter();
        own.any(|one| others.iter().any(|two| one.is_same(two)))
    }

    /// This value with only those of its readings that another one shares, so that a value and its translation explain each other:
    /// 3/4/2025 is in April if the other edition says «۱۴ فروردین ۱۴۰۴». `None` if they share none.
    pub fn explained_by(&self, other: &Value) -> Option<Value> {
        let shared = |one: &&Reading| other.readings.iter().any(|two| one.is_same(two));
        let readings: Vec<Reading> = self.readings.iter().filter(shared).cloned().collect();
        if readings.is_empty() || !Unit::is_same(self.unit, other.unit) {
            return None;
        }
        let is_sure =
            readings.len() == 1 || (self.is_sure && readings.first() == self.readings.first());
        Some(Value {
            readings,
            is_sure,
            ..self.clone()
        })
    }

    /// This value, if it has several readings, with the one that another value of the same writer has: behind 15/8/2022 also 5/6/2022 is a day in June.
    pub fn read_as(&self, example: &Value) -> Value {
        let order = |reading: &Reading| match reading {
            Reading::Date(_, order) => *order,
            _ => None,
        };
        let mut readings = self.readings.iter();
        let shown = example.readings.first().and_then(order);
        match readings.find(|reading| shown.is_some() && order(reading) == shown) {
            Some(reading) if !self.is_sure && example.readings.len() == 1 => Value {
                readings: vec![reading.clone()],
                is_sure: true,
                ..self.clone()
            },
            _ => self.clone(),
        }
    }

    /// Whether the day of the week beside a date is that of the date in one of its readings; true where there is nothing to compare.
    /// Beside a lunar date the days before and after it are right too.
    pub fn weekday_fits(&self) -> bool {
        let Some(weekday) = self.weekday else {
            return true;
        };
        let mut days = self.days().peekable();
        days.peek().is_none()
            || days.any(|day| {
                let off = i64::from(day.calendar == Calendar::LunarHijri);
                (-off..=off).any(|off| {
                    let day = Day {
                        day: day.day + off,
                        ..day
                    };
                    day.weekday() == weekday
                })
            })
    }

    /// The days that a date can be, without those that need a guess at the century.
    pub fn days(&self) -> impl Iterator<Item = Day> + '_ {
        let readings = self.readings.iter().filter(|_| !self.has_short_year);
        readings.filter_map(|reading| match reading {
            Reading::Date(date, _) => date.day(),
            _ => None,
        })
    }

    fn part(&mut self, place: Range<usize>, role: Role) {
        self.parts.push(Part { place, role });
    }
}

/// The values of a text, in order and apart from each other.
///
/// ```
/// use tarjuman::text::{language::Language, values::{Kind, values}};
/// let sq = Language::parse("sq").unwrap();
/// let text = "Më 5.1.2025, ora 18.30, 12,5 për qind; info@shembull.al";
/// let found: Vec<_> = values(text, &sq).into_iter().map(|value| (value.kind, &text[value.place])).collect();
/// assert_eq!(found, [
///     (Kind::Date, "5.1.2025"), (Kind::Time, "18.30"), (Kind::Percent, "12,5 për qind"), (Kind::Email, "info@shembull.al"),
/// ]);
/// ```
pub fn values(text: &str, language: &Language) -> Vec<Value> {
    let pieces = Pieces::new(text, language);
    let mut found = Vec::new();
    if pieces.is_plain() {
        return found;
    }
    let mut at = 0;
    while at < pieces.len() {
        if pieces.what(at) == Some(What::Address) {
            found.push(address(&pieces, at));
            at += 1;
            continue;
        }
        match value_at(&pieces, at) {
            Some((mut values, next)) => {
                found.append(&mut values);
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

fn address(pieces: &Pieces<'_>, at: usize) -> Value {
    let written = pieces.written(at);
    let kind = match address_kind(written) {
        Some(TokenKind::Email) => Kind::Email,
        _ => Kind::Url,
    };
    let reading = Reading::Text(written.to_owned());
    Value::new(pieces, at, at + 1, kind, vec![reading])
}

/// Values that begin at a piece, and the piece after them.
type Found = Option<(Vec<Value>, usize)>;

fn value_at(pieces: &Pieces<'_>, at: usize) -> Found {
    if !pieces.may_begin(at) {
        return None;
    }
    references::phone_at(pieces, at)
        .or_else(|| dates::date_at(pieces, at))
        .or_else(|| times::time_at(pieces, at))
        .or_else(|| references::reference_at(pieces, at))
        .or_else(|| numbers::number_at(pieces, at))
        .or_else(|| spelled::spelled_at(pieces, at))
}
