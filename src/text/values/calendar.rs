//! Three calendars and what a date in one of them says in another.
//!
//! A date may be incomplete: a day of a month, a month of a year. Complete ones are days, counted from one beginning, and so can be
//! compared across calendars; the others are compared as far as they can be.

use icu_calendar::cal::Hijri;
use icu_calendar::types::RataDie;

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

    /// The date of this day in a calendar.
    pub fn date(self, calendar: Calendar) -> Date {
        let day = RataDie::new(self.day);
        let (year, month, day) = match calendar {
            Calendar::Gregorian => {
                let date = icu_calendar::Date::from_rata_die(day, icu_calendar::Gregorian);
                (
                    date.year().extended_year(),
                    date.month().ordinal,
                    date.day_of_month().0,
                )
            }
            Calendar::SolarHijri => {
                let date = icu_calendar::Date::from_rata_die(day, icu_calendar::cal::Persian);
                (
                    date.year().extended_year(),
                    date.month().ordinal,
                    date.day_of_month().0,
                )
            }
            Calendar::LunarHijri => {
                let date = icu_calendar::Date::from_rata_die(day, Hijri::new_umm_al_qura());
                (
                    date.year().extended_year(),
                    date.month().ordinal,
                    date.day_of_month().0,
                )
            }
        };
        Date {
            calendar,
            year: Some(year),
            month,
            day: Some(day),
        }
    }

    /// The day of the week, from 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> u8 {
        // The first day of the year 1 was a Monday.
        u8::try_from((self.day - 1).rem_euclid(7)).unwrap_or(0)
    }
}

/// A date as a calendar says it: a day, or a month of a year, or a day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The calendar.
    pub calendar: Calendar,
    /// The year, in full.
    pub year: Option<i32>,
    /// The month, from 1.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: Option<u8>,
}

impl Date {
    /// The day, if the date is complete and there is such a day.
    pub fn day(self) -> Option<Day> {
        let (year, month, day) = (self.year?, self.month, self.day?);
        let day = match self.calendar {
            Calendar::Gregorian => icu_calendar::Date::try_new_gregorian(year, month, day)
                .ok()?
                .to_rata_die(),
            Calendar::SolarHijri => icu_calendar::Date::try_new_persian(year, month, day)
                .ok()?
                .to_rata_die(),
            Calendar::LunarHijri => {
                let calendar = Hijri::new_umm_al_qura();
                let date =
                    icu_calendar::Date::try_new_hijri_with_calendar(year, month, day, calendar);
                date.ok()?.to_rata_die()
            }
        };
        Some(Day {
            calendar: self.calendar,
            day: day.to_i64_date(),
        })
    }

    /// Whether there is such a date: in some year, if it has none.
    pub fn exists(self) -> bool {
        let plausible = match self.calendar {
            Calendar::Gregorian => 1000..=2999,
            Calendar::SolarHijri | Calendar::LunarHijri => 1000..=1600,
        };
        if self.year.is_some_and(|year| !plausible.contains(&year)) {
            return false;
        }
        match (self.year, self.day) {
            (Some(_), Some(_)) => self.day().is_some(),
            (Some(_), None) => (1..=12).contains(&self.month),
            // In 1403 and in 2024 Esfand and February are long; lunar months have 30 days now and then.
            (None, Some(day)) => match self.calendar {
                Calendar::Gregorian => self.in_year(2024).is_some(),
                Calendar::SolarHijri => self.in_year(1403).is_some(),
                Calendar::LunarHijri => (1..=12).contains(&self.month) && (1..=30).contains(&day),
            },
            (None, None) => false,
        }
    }

    fn in_year(self, year: i32) -> Option<Day> {
        let year = Some(year);
        Date { year, ..self }.day()
    }

    /// Whether two dates can be one. Both must say as much: a date without its year is not the one with it.
    ///
    /// Days of two calendars are compared as [`Day::is_same`] does; months of two calendars are the same if they have a day in
    /// common, because they are translated so; and a day of a month if it can fall on the other in some year.
    pub fn is_same(self, other: Date) -> bool {
        if self.calendar == other.calendar {
            return self == other;
        }
        match (
            self.year.zip(other.year),
            self.day.zip(other.day),
            self.day().zip(other.day()),
        ) {
            (_, _, Some((one, two))) => one.is_same(two),
            (Some(_), None, _) if self.day == other.day => {
                let (a, b) = (self.first_days(), other.first_days());
                a.zip(b)
                    .is_some_and(|((a, a_end), (b, b_end))| a < b_end && b < a_end)
            }
            (None, Some(_), _) if self.year == other.year => self.falls_on(other),
            _ => false,
        }
    }

    /// The first day of the month and of the month after it.
    fn first_days(self) -> Option<(i64, i64)> {
        let first = |year, month| {
            let (year, day) = (Some(year), Some(1));
            let date = Date {
                year,
                month,
                day,
                ..self
            };
            date.day().map(|day| day.day)
        };
        let year = self.year?;
        let next = match self.month {
            12 => first(year + 1, 1),
            month => first(year, month + 1),
        };
        Some((first(year, self.month)?, next?))
    }

    /// Whether a day of a month is, in some year, that day of another calendar's month.
    fn falls_on(self, other: Date) -> bool {
        let by_calendar = |wanted| {
            [self, other]
                .into_iter()
                .find(|date| date.calendar == wanted)
        };
        let solar = by_calendar(Calendar::SolarHijri);
        let Some((solar, civil)) = solar.zip(by_calendar(Calendar::Gregorian)) else {
            // A lunar day goes through the whole year in time.
            return true;
        };
        // Five years have every position of the two leap days to each other that a lifetime has.
        (1399..=1404).any(|year| {
            let found = solar.in_year(year).map(|day| day.date(Calendar::Gregorian));
            found.is_some_and(|date| (date.month, date.day) == (civil.month, civil.day))
        })
    }
}

/// Whether two years can be one: the same of one calendar, or with days in common, since a year is translated by one of the two that it
/// shares days with.
pub(super) fn years_meet(one: (Calendar, i32), other: (Calendar, i32)) -> bool {
    if one.0 == other.0 {
        return one == other;
    }
    let days = |(calendar, year): (Calendar, i32)| {
        let first = |year| {
            let (year, day) = (Some(year), Some(1));
            Date {
                calendar,
                year,
                month: 1,
                day,
            }
            .day()
            .map(|day| day.day)
        };
        first(year).zip(first(year + 1))
    };
    let met = days(one).zip(days(other));
    met.is_some_and(|((a, a_end), (b, b_end))| a < b_end && b < a_end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_that_of_the_table() {
        let table = include_str!("../../../fixtures/dates/solar-hijri.tsv");
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        let rows: Vec<(i32, i64, bool)> = rows
            .map(|line| {
                let cells: Vec<_> = line.split('\t').collect();
                (
                    cells[0].parse().unwrap(),
                    cells[1].parse().unwrap(),
                    cells[2] == "leap",
                )
            })
            .collect();
        assert_eq!((rows[0].0, rows.last().unwrap().0), (1299, 1456));
        let mut days = 0;
        for (year, first, leap) in rows {
            let mut day = first;
            for month in 1..=12_u8 {
                let length = match month {
                    1..=6 => 31,
                    7..=11 => 30,
                    _ => 29 + u8::from(leap),
                };
                for of_month in 1..=length {
                    let solar = Date {
                        calendar: Calendar::SolarHijri,
                        year: Some(year),
                        month,
                        day: Some(of_month),
                    };
                    let found = solar.day().unwrap();
                    assert_eq!(found.day, day, "{solar:?}");
                    assert_eq!(found.date(Calendar::SolarHijri), solar);
                    let civil = found.date(Calendar::Gregorian);
                    let (y, m, d) = civil_date(day);
                    assert_eq!(
                        (civil.year, civil.month, civil.day),
                        (Some(y), m, Some(d)),
                        "{solar:?}"
                    );
                    assert_eq!(civil.day().unwrap().day, day);
                    day += 1;
                    days += 1;
                }
                let beyond = Date {
                    calendar: Calendar::SolarHijri,
                    year: Some(year),
                    month,
                    day: Some(length + 1),
                };
                assert_eq!(beyond.day(), None, "{beyond:?}");
            }
        }
        assert!(days > 57_220, "{days}");
    }

    /// The civil date of a day by counting through the years, not by the package.
    fn civil_date(mut day: i64) -> (i32, u8, u8) {
        let leap = |year: i32| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        // The last day of 1900.
        day -= 693_960;
        let mut year = 1900;
        while day > 0 {
            year += 1;
            day -= 365 + i64::from(leap(year));
        }
        day += 365 + i64::from(leap(year));
        let lengths = [
            31,
            28 + i64::from(leap(year)),
            31,
            30,
            31,
            30,
            31,
            31,
            30,
            31,
            30,
            31,
        ];
        let mut month = 0;
        while day > lengths[month] {
            day -= lengths[month];
            month += 1;
        }
        (year, month as u8 + 1, day as u8)
    }

    fn date(calendar: Calendar, year: Option<i32>, month: u8, day: Option<u8>) -> Date {
        Date {
            calendar,
            year,
            month,
            day,
        }
    }

    #[test]
    fn dates_are_compared_as_far_as_they_say() {
        use Calendar::{Gregorian, LunarHijri, SolarHijri};
        let same = |a: Date, b: Date| a.is_same(b) && b.is_same(a);
        let january = date(Gregorian, Some(2025), 1, Some(5));
        assert!(same(january, date(SolarHijri, Some(1403), 10, Some(16))));
        assert!(same(january, date(LunarHijri, Some(1446), 7, Some(4))));
        assert!(!same(january, date(LunarHijri, Some(1446), 7, Some(3))));
        assert!(!same(january, date(Gregorian, None, 1, Some(5))));
        let august = date(Gregorian, None, 8, Some(15));
        assert!(same(august, date(SolarHijri, None, 5, Some(24))));
        assert!(!same(august, date(SolarHijri, None, 5, Some(26))));
        let month = date(Gregorian, Some(2025), 1, None);
        assert!(same(month, date(SolarHijri, Some(1403), 10, None)));
        assert!(!same(month, date(SolarHijri, Some(1403), 9, None)));
        assert_eq!(january.day().unwrap().weekday(), 6);
        assert!(!date(Gregorian, None, 2, Some(30)).exists());
        assert!(date(Gregorian, None, 2, Some(29)).exists());
    }
}
