//! A number as it was written, kept exactly: never a float, so that 0.1 and ۰٫۱ are one and 12.50 keeps its zero for writing.

use std::fmt;
use std::hash::{Hash, Hasher};

/// A decimal number of at most [`Decimal::MAX_DIGITS`] digits. 12.5 and 12.50 are equal; the second remembers that it has two places.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    units: i128,
    places: u8,
}

impl Decimal {
    /// The most digits that a number may have.
    pub const MAX_DIGITS: usize = 30;

    /// A whole number.
    pub fn whole(number: i64) -> Self {
        Decimal {
            units: i128::from(number),
            places: 0,
        }
    }

    /// The number with these ASCII digits before and behind the decimal sign; `None` if they are too many, or none, or no digits.
    ///
    /// ```
    /// use tarjuman::text::values::Decimal;
    /// assert_eq!(Decimal::parse("12", "50"), Decimal::parse("12", "5"));
    /// assert_eq!(Decimal::parse("12", "50").unwrap().to_string(), "12.50");
    /// ```
    pub fn parse(whole: &str, fraction: &str) -> Option<Self> {
        let fits = (1..=Self::MAX_DIGITS).contains(&(whole.len() + fraction.len()));
        let mut units = 0_i128;
        for digit in whole.chars().chain(fraction.chars()) {
            units = units * 10 + i128::from(digit.to_digit(10).filter(|_| fits)?);
        }
        let places = u8::try_from(fraction.len()).ok().filter(|_| fits)?;
        Some(Decimal { units, places })
    }

    /// The number below zero of the same size.
    pub fn negated(self) -> Self {
        Decimal {
            units: -self.units,
            ..self
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The number times ten to a power; `None` if it grows too long.
    pub fn times_ten_to(self, power: u8) -> Option<Self> {
        let places = self.places.saturating_sub(power);
        let factor = 10_i128.checked_pow(u32::from(power.saturating_sub(self.places)))?;
        let units = self.units.checked_mul(factor)?;
        (units.unsigned_abs() < MOST).then_some(Decimal { units, places })
    }

    /// The number divided by ten to a power, with no more places than it needs.
    pub fn by_ten_to(self, power: u8) -> Option<Self> {
        let (units, places) = self.shortest();
        let places = places.checked_add(power)?;
        let (units, places) = Decimal { units, places }.shortest();
        (usize::from(places) <= Self::MAX_DIGITS).then_some(Decimal { units, places })
    }

    /// About the number, for comparing what was rounded.
    pub(super) fn about(self) -> f64 {
        let places = i32::from(self.places);
        self.units as f64 / 10_f64.powi(places)
    }

    /// The sum; `None` if it grows too long.
    pub fn plus(self, other: Self) -> Option<Self> {
        let places = self.places.max(other.places);
        let at = |one: Self| {
            let factor = 10_i128.checked_pow(u32::from(places - one.places))?;
            one.units.checked_mul(factor)
        };
        let units = at(self)?.checked_add(at(other)?)?;
        (units.unsigned_abs() < MOST).then_some(Decimal { units, places })
    }

    /// The number if nothing stands behind its decimal sign but zeros, and it is not too large.
    pub fn as_whole(self) -> Option<i64> {
        let (units, places) = self.shortest();
        i64::try_from(units).ok().filter(|_| places == 0)
    }

    /// Its ASCII digits before and behind the decimal sign, without its sign.
    pub fn digits(self) -> (String, String) {
        let places = usize::from(self.places);
        let all = format!("{:0>1$}", self.units.unsigned_abs(), places + 1);
        let (whole, fraction) = all.split_at(all.len() - places);
        (whole.to_owned(), fraction.to_owned())
    }

    fn shortest(self) -> (i128, u8) {
        let (mut units, mut places) = (self.units, self.places);
        while places > 0 && units % 10 == 0 {
            units /= 10;
            places -= 1;
        }
        (units, places)
    }
}

/// No number reaches this: ten to the power of [`Decimal::MAX_DIGITS`].
const MOST: u128 = 10_u128.pow(Decimal::MAX_DIGITS as u32);

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.shortest() == other.shortest()
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.shortest().hash(state);
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = self.digits();
        let sign = if self.is_negative() { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_and_sums_are_kept(whole in "[0-9]{1,12}", fraction in "[0-9]{0,8}", power in 0_u8..9) {
            let one = Decimal::parse(&whole, &fraction).unwrap();
            let (w, f) = one.digits();
            prop_assert_eq!(Decimal::parse(&w, &f), Some(one));
            prop_assert_eq!(&f, &fraction);
            prop_assert_eq!(one.times_ten_to(power).and_then(|more| more.by_ten_to(power)), Some(one));
            prop_assert_eq!(one.plus(one.negated()), Some(Decimal::whole(0)));
        }
    }

    #[test]
    fn what_is_too_long_is_none() {
        let long = "9".repeat(31);
        assert_eq!(Decimal::parse(&long, ""), None);
        let most = Decimal::parse(long.get(1..).unwrap(), "").unwrap();
        assert_eq!(most.times_ten_to(1), None);
        assert_eq!(most.plus(most), None);
        assert_eq!(Decimal::parse("", ""), None);
    }
}
