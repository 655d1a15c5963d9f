//! Numbers in words, as far as they are safe: from two up, and not the words that mostly mean something else.

use super::lexicon::Meaning;
use super::measures::measure_after;
use super::numbers::decade_readings;
use super::numeral::numeral;
use super::pieces::Pieces;
use super::units::unit_after;
use super::{Decimal, Found, Kind, Reading, Role, Unit, Value};
use crate::text::language::Language;

/// A number in words.
pub(super) struct Spelled {
    pub(super) number: Decimal,
    pub(super) is_ordinal: bool,
    /// How many words it has.
    words: usize,
    /// Whether it ends with a word such as thousand, so that more may be added to it.
    scale: Option<u8>,
    /// The piece after it.
    pub(super) next: usize,
}

impl Spelled {
    pub(super) fn whole(&self) -> Option<i64> {
        self.number.as_whole()
    }

    /// The number if it is a small one, such as a day or an hour.
    pub(super) fn small(&self) -> Option<u8> {
        u8::try_from(self.whole()?).ok()
    }
}

/// Words that are more often no number.
const OTHER_WORDS: &[&str] = &["نه", "second"];

/// Nought, which is no value by itself.
const ZERO: &[&str] = &["zero", "nil", "صفر"];

pub(super) fn spelled_at(pieces: &Pieces<'_>, at: usize) -> Found {
    decade_at(pieces, at)
        .or_else(|| part_of_measure_at(pieces, at))
        .or_else(|| roman_at(pieces, at))
        .or_else(|| score_at(pieces, at))
        .or_else(|| number_in_words_at(pieces, at))
}

fn number_in_words_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let mut found = with_parts(pieces, at)?;
    let alone = found.words == 1;
    if alone && OTHER_WORDS.contains(&pieces.written(at)) {
        return None;
    }
    // «هزار و ۲۰۰»
    if let Some((sum, next)) = rest_in_digits(pieces, &found) {
        (found.number, found.next, found.words) = (sum, next, 2);
    }
    // One is an article as well.
    let is_more = found.number.plus(Decimal::whole(-1))?;
    if is_more.is_negative() || found.number == Decimal::whole(1) {
        return None;
    }
    let mut readings = vec![Reading::Number(found.number)];
    let unit = unit_after(pieces, found.next).filter(|_| !found.is_ordinal);
    let next = unit.map_or(found.next, |(_, after)| after);
    readings.extend(and_a_part(pieces, next, found.number));
    if let Some(number) = found.small().filter(|_| alone && unit.is_none()) {
        readings.extend(decade_readings(pieces, at, found.next, number));
    }
    let mut value = Value::new(pieces, at, next, Kind::Spelled, readings);
    value.unit = unit.map(|(unit, _)| unit);
    value.measure = measure_after(pieces, found.next);
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], next))
}

/// “Half an inch”. By itself a half is more often one of a game or a year.
fn part_of_measure_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let (part, next) = pieces.meaning(at, part)?;
    let measure = measure_after(pieces, next)?;
    let number = Decimal::whole(part.into()).by_ten_to(2)?;
    let mut value = Value::new(
        pieces,
        at,
        next,
        Kind::Spelled,
        vec![Reading::Number(number)],
    );
    value.measure = Some(measure);
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], next))
}

/// The decade that is named at a piece: «ثلاثينيات القرن العشرين».
fn decade_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let decade = |meaning| match meaning {
        Meaning::Decade(decade) => Some(decade),
        _ => None,
    };
    let (decade, after) = pieces.meaning(at, decade)?;
    let century = pieces
        .is(pieces.after_space(after), Meaning::Century)
        .and_then(|word| century(pieces, pieces.after_space(word)));
    let (first, next) = match century {
        Some((century, next)) => (100 * (century - 1), next),
        None => (1900, after),
    };
    let mut readings = vec![Reading::Number(Decimal::whole(first + i64::from(decade)))];
    if let Ok(year) = i32::try_from(first + i64::from(decade)) {
        readings.push(Reading::Year(super::Calendar::Gregorian, year));
    }
    if century.is_none() {
        readings.push(Reading::Number(Decimal::whole(decade.into())));
    }
    let mut value = Value::new(pieces, at, next, Kind::Spelled, readings);
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], next))
}

/// The number of a century, and the piece after it. The last one is the twentieth, as long as people say so of its decades.
fn century(pieces: &Pieces<'_>, at: usize) -> Option<(i64, usize)> {
    if matches!(pieces.written(at), "الماضي" | "المنصرم" | "الفائت") {
        return Some((20, at + 1));
    }
    let spelled = spelled(pieces, at)?;
    let century = spelled
        .whole()
        .filter(|century| (2..=21).contains(century))?;
    Some((century, spelled.next))
}

/// A number in Roman letters, as Albanian and English count centuries, wars and kings.
fn roman_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let number = roman(pieces.written(at))?;
    let beside = |at: usize| pieces.is(at, Meaning::Century).is_some();
    let is_short = pieces.written(at).len() == 1;
    let named = at.checked_sub(2).is_some_and(beside) || beside(pieces.after_space(at + 1));
    if !(pieces.is_language("en") || pieces.is_language("sq")) || (is_short && !named) {
        return None;
    }
    let number = Reading::Number(Decimal::whole(number));
    let mut value = Value::new(pieces, at, at + 1, Kind::Spelled, vec![number]);
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], at + 1))
}

/// A Roman number below forty.
fn roman(word: &str) -> Option<i64> {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    if word.len() > 7 || !word.starts_with(['I', 'V', 'X']) {
        return None;
    }
    let rest = word.trim_start_matches('X');
    let tens = word.len() - rest.len();
    let (tens, rest) = (i64::try_from(tens).ok().filter(|tens| *tens <= 3)?, rest);
    let unit = UNITS.iter().position(|unit| *unit == rest)?;
    Some(10 * tens + i64::try_from(unit).ok()?)
}

/// A score in words: «یک بر صفر».
fn score_at(pieces: &Pieces<'_>, at: usize) -> Found {
    let (one, next) = counted(pieces, at)?;
    let (two, next) = against(pieces, at, next)?;
    let mut value = Value::new(
        pieces,
        at,
        next,
        Kind::Spelled,
        vec![Reading::Range(one, two)],
    );
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], next))
}

/// The second number of a score whose first one stands before a piece, in words or in digits, and the piece after it.
pub(super) fn against(pieces: &Pieces<'_>, first: usize, at: usize) -> Option<(Decimal, usize)> {
    let word = pieces.after_space(at);
    let named = || {
        let before = first.checked_sub(2);
        before.is_some_and(|before| pieces.is(before, Meaning::Score).is_some())
    };
    let after = match pieces.is(word, Meaning::Against) {
        Some(after) => after,
        None => pieces.is(word, Meaning::Small).filter(|_| named())?,
    };
    counted(pieces, pieces.after_space(after)).filter(|_| word > at)
}

/// A whole number in digits or in words, nought too, and the piece after it.
fn counted(pieces: &Pieces<'_>, at: usize) -> Option<(Decimal, usize)> {
    if let Some((number, digits)) = pieces.small_number(at) {
        return (digits <= 3).then_some((Decimal::whole(number.into()), at + 1));
    }
    if is_zero(pieces, at) {
        return Some((Decimal::whole(0), at + 1));
    }
    let found = spelled(pieces, at).filter(|found| !found.is_ordinal)?;
    Some((found.number, found.next))
}

fn is_zero(pieces: &Pieces<'_>, at: usize) -> bool {
    ZERO.contains(&pieces.written(at))
}

/// What is added in digits to thousands in words.
fn rest_in_digits(pieces: &Pieces<'_>, found: &Spelled) -> Option<(Decimal, usize)> {
    let scale = found.scale.filter(|_| !pieces.is_language("en"))?;
    let and = pieces.after_space(found.next);
    let after = pieces.is(and, Meaning::And).filter(|_| and > found.next)?;
    let start = pieces.after_space(after);
    let rest = numeral(pieces, start)?;
    let (number, _) = rest.decimals.first().filter(|_| rest.is_sure)?;
    let fits = number.as_whole().is_some_and(|number| {
        10_i64
            .checked_pow(scale.into())
            .is_some_and(|scale| (10..scale).contains(&number))
    });
    fits.then(|| Some((found.number.plus(*number)?, rest.next)))?
}

/// How many hundredths a word for a part says.
fn part(meaning: Meaning) -> Option<u8> {
    match meaning {
        Meaning::Part(hundredths) => Some(hundredths),
        _ => None,
    }
}

/// “and a half” behind a number, or behind a number and what it counts.
pub(super) fn part_after(pieces: &Pieces<'_>, at: usize) -> Option<(Decimal, usize)> {
    let and = pieces.after_space(at);
    if and == at {
        return None;
    }
    let joined = pieces.is_language("ar") && pieces.written(and).starts_with('و');
    let (hundredths, next) = match pieces.is(and, Meaning::And) {
        Some(after) => pieces.meaning(pieces.after_space(after), part)?,
        None if joined => pieces.meaning(and, part)?,
        None => return None,
    };
    Some((Decimal::whole(hundredths.into()).by_ten_to(2)?, next))
}

/// A number may be more by what stands behind the thing that it counts: «دو سال و نیم».
pub(super) fn and_a_part(pieces: &Pieces<'_>, at: usize, number: Decimal) -> Option<Reading> {
    let word = pieces.after_space(at);
    let (part, _) = part_after(pieces, word + 1).filter(|_| word > at && pieces.is_word(word))?;
    number.as_whole()?;
    number.plus(part).map(Reading::Number)
}

/// The number in words that begins at a piece.
pub(super) fn spelled(pieces: &Pieces<'_>, at: usize) -> Option<Spelled> {
    in_words(pieces, at, false)
}

/// The same, with halves and quarters: two and a half million.
fn with_parts(pieces: &Pieces<'_>, at: usize) -> Option<Spelled> {
    in_words(pieces, at, true)
}

fn in_words(pieces: &Pieces<'_>, at: usize, has_parts: bool) -> Option<Spelled> {
    // In hundredths.
    let (mut total, mut part) = (0_i64, 0_i64);
    let mut lowest_scale = i64::MAX;
    // What the word before has multiplied, if nothing has come since.
    let mut group = None;
    let mut found = None;
    let mut next = at;
    let mut words = 0;
    loop {
        let component = |meaning| match meaning {
            Meaning::Cardinal(_)
            | Meaning::Ordinal(_)
            | Meaning::Scale(_)
            | Meaning::Dual(_)
            | Meaning::Dozen => Some(meaning),
            Meaning::Part(_) if has_parts && words == 0 => Some(meaning),
            _ => None,
        };
        // «بالمائة» is a percent sign in a word.
        let is_percent = pieces.is(next, Meaning::Percent).is_some();
        let found_here = pieces.meaning(next, component).filter(|_| !is_percent);
        let Some((meaning, mut after)) = found_here else {
            break;
        };
        let mut is_ordinal = false;
        let mut scale_now = None;
        match meaning {
            Meaning::Cardinal(100)
                if (1..=9).contains(&(part / 100)) && pieces.is_language("en") =>
            {
                part *= 100;
            }
            Meaning::Cardinal(number)
                if part % 100 == 0 && fits(part / 100, number.into(), pieces) =>
            {
                part += 100 * i64::from(number);
            }
            Meaning::Ordinal(number)
                if part % 100 == 0 && fits(part / 100, number.into(), pieces) =>
            {
                part += 100 * i64::from(number);
                is_ordinal = true;
            }
            Meaning::Dozen if total == 0 => part = 12 * part.max(100),
            Meaning::Part(hundredths) if part == 0 => part = hundredths.into(),
            Meaning::Scale(power) | Meaning::Dual(power) => {
                let is_dual = matches!(meaning, Meaning::Dual(_));
                let bare = power == 3 && words == 0 && is_one_thousand(pieces, next);
                let scale = 10_i64.pow(power.into());
                let more = match group.filter(|_| part == 0 && !is_dual) {
                    // «هزار میلیارد»
                    Some(group) if total == group => {
                        total = 0;
                        lowest_scale = i64::MAX;
                        group
                    }
                    _ if is_dual && part == 0 => 200,
                    _ if !is_dual && (part > 0 || bare) => {
                        if part > 0 {
                            part
                        } else {
                            100
                        }
                    }
                    _ => break,
                };
                if scale >= lowest_scale {
                    break;
                }
                let more = more.checked_mul(scale);
                let Some((more, sum)) =
                    more.and_then(|more| Some((more, total.checked_add(more)?)))
                else {
                    break;
                };
                (total, part, lowest_scale) = (sum, 0, scale);
                group = Some(more);
                scale_now = Some(power);
            }
            _ => break,
        }
        if scale_now.is_none() {
            group = None;
        }
        words += 1;
        if has_parts
            && !is_ordinal
            && let Some((add, behind)) = part_after(pieces, after)
        {
            // A half of what it stands behind: of one, or of a million.
            let hundredths = add.times_ten_to(2).and_then(Decimal::as_whole).unwrap_or(0);
            let factor = if scale_now.is_some() { lowest_scale } else { 1 };
            let is_of_scale = scale_now.is_some_and(|power| power >= 6);
            if (part > 0 && scale_now.is_none()) || is_of_scale {
                let sum = hundredths.checked_mul(factor).and_then(|add| {
                    if scale_now.is_some() {
                        total.checked_add(add)
                    } else {
                        part.checked_add(add)
                    }
                });
                if let Some(sum) = sum {
                    if scale_now.is_some() {
                        total = sum;
                    } else {
                        part = sum;
                    }
                    after = behind;
                }
            }
        }
        let is_open = matches!(meaning, Meaning::Part(_));
        if !is_open {
            found = total.checked_add(part).and_then(|hundredths| {
                Some(Spelled {
                    number: Decimal::whole(hundredths).by_ten_to(2)?,
                    is_ordinal,
                    words,
                    scale: scale_now,
                    next: after,
                })
            });
        }
        let Some(further) = joined(pieces, after) else {
            break;
        };
        // «الرابعة والثلاثين» is one place in an order.
        if is_ordinal && !(pieces.is_language("ar") && is_tens(pieces, further)) {
            break;
        }
        next = further;
    }
    found
}

/// Whether «هزار» stands for one thousand, and not for some: «ده‌ها هزار», «چند هزار».
fn is_one_thousand(pieces: &Pieces<'_>, at: usize) -> bool {
    let before = at
        .checked_sub(2)
        .map_or("", |before| pieces.written(before));
    let is_some = before.ends_with("ها") || before.starts_with("چند");
    pieces.is_language("fa") && !is_some
}

/// Whether a piece is twenty, thirty, and so on.
fn is_tens(pieces: &Pieces<'_>, at: usize) -> bool {
    let tens = |meaning| match meaning {
        Meaning::Cardinal(number) | Meaning::Ordinal(number) => {
            (20..100).contains(&number).then_some(())
        }
        _ => None,
    };
    pieces.meaning(at, tens).is_some()
}

/// Whether a number can follow another inside one: three after twenty, twenty after a hundred; in Arabic twenty after three.
fn fits(part: i64, number: i64, pieces: &Pieces<'_>) -> bool {
    if part == 0 {
        return true;
    }
    let tens = (20..100).contains(&number) && number % 10 == 0;
    if pieces.is_language("ar") && (1..=9).contains(&(part % 100)) && tens {
        return true;
    }
    (part % 100 == 0 && number < 100) || (part % 10 == 0 && part % 100 >= 20 && number < 10)
}

/// The piece where a number may go on: behind a space or a hyphen, or behind the word for and.
fn joined(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    let hyphen = pieces.is_sign(at, &['-', '‑']) && pieces.is_language("en");
    if !pieces.is_space(at) && !hyphen {
        return None;
    }
    let at = at + 1;
    if let Some(after) = pieces.is(at, Meaning::And) {
        return pieces.is_space(after).then_some(after + 1);
    }
    let is_scale = |meaning| matches!(meaning, Meaning::Scale(_) | Meaning::Dozen).then_some(());
    let bare = pieces.is_language("en")
        || pieces.meaning(at, is_scale).is_some()
        || (pieces.is_language("ar") && pieces.written(at).starts_with('و'));
    bare.then_some(at)
}

/// Whether a text says somewhere in words what a value says: also in those that are too weak to be values by themselves, as one, first,
/// nought and half are. It tells a value that is left out from one that is only written in another way.
///
/// ```
/// use tarjuman::text::{language::Language, values::{says, values}};
/// let (en, fa) = (Language::parse("en").unwrap(), Language::parse("fa").unwrap());
/// let one = &values("We are No. 1", &en)[0];
/// assert!(says("ما در ردهٔ اول هستیم", &fa, one));
/// assert!(!says("ما در ردهٔ دوم هستیم", &fa, one));
/// ```
pub fn says(text: &str, language: &Language, value: &Value) -> bool {
    let pieces = Pieces::new(text, language);
    let is_percent = value.unit == Some(Unit::Percent);
    if value.unit.is_some() && !is_percent {
        return false;
    }
    let said = |number: Decimal| {
        let at_piece = |at: usize| {
            if is_percent {
                let part = pieces.meaning(at, part);
                return part.is_some_and(|(part, _)| number == Decimal::whole(part.into()));
            }
            let words = pieces.is_word(at).then(|| spelled(&pieces, at)).flatten();
            words.is_some_and(|words| words.number == number)
                || (number == Decimal::whole(0) && is_zero(&pieces, at))
                || pieces.meaning(at, part).is_some_and(|(part, _)| {
                    number.times_ten_to(2) == Some(Decimal::whole(part.into()))
                })
        };
        (0..pieces.len()).any(at_piece)
    };
    match value.readings.first() {
        Some(Reading::Number(number)) => said(*number),
        Some(Reading::Range(from, to)) => said(*from) && said(*to),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::says;
    use crate::text::language::Language;
    use crate::text::values::{Calendar, Decimal, Kind, Reading, values};

    #[test]
    fn a_decade_and_a_score_may_be_words() {
        let year = Reading::Year(Calendar::Gregorian, 1930);
        let score = Reading::Range(Decimal::whole(1), Decimal::whole(0));
        for (tag, text, wanted) in [
            ("ar", "ثلاثينيات القرن العشرين", &year),
            ("ar", "في ثلاثينات القرن الماضي", &year),
            ("en", "the thirties", &year),
            ("en", "the ’30s", &year),
            ("sq", "vitet ’30", &year),
            ("sq", "vitet tridhjetë", &year),
            ("fa", "دههٔ ۳۰", &year),
            ("fa", "یک بر صفر", &score),
            ("fa", "۱ بر صفر", &score),
            ("fa", "با نتیجهٔ ۱ به ۰", &score),
            ("en", "1:0", &score),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].readings.contains(wanted), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_value_may_be_said_in_words_that_are_none() {
        for (value, tag, text, is_said) in [
            ("No. 1", "sq", "vendin e parë", true),
            ("No. 1", "ar", "الأولى", true),
            ("1-0", "fa", "یک صفر", true),
            ("50%", "ar", "أكثر من النصف", true),
            ("0.5", "sq", "gjysma", true),
            ("No. 1", "ar", "الثانية", false),
            ("50%", "fa", "پنجاه", false),
            ("€1", "fa", "یک", false),
        ] {
            let value = &values(value, &Language::parse("en").unwrap())[0];
            let language = Language::parse(tag).unwrap();
            assert_eq!(says(text, &language, value), is_said, "{text}");
        }
    }

    #[test]
    fn numbers_in_words_agree_with_digits() {
        for (tag, text, number) in [
            ("en", "three letters", "3"),
            ("en", "twenty-three", "23"),
            ("en", "two hundred and fifty-one", "251"),
            ("en", "two million five hundred thousand", "2500000"),
            ("fa", "بیست و سه نامه", "23"),
            ("fa", "دو هزار و سیصد و چهل", "2340"),
            ("fa", "هزار و دویست", "1200"),
            ("fa", "سوم", "3"),
            ("ar", "خمسة وعشرين كتابا", "25"),
            ("ar", "مئة وخمسون", "150"),
            ("ar", "خمسة عشر", "15"),
            ("ar", "ثلاثة آلاف", "3000"),
            ("sq", "njëzet e tre", "23"),
            ("sq", "dy mijë e pesëqind", "2500"),
            ("sq", "gjashte", "6"),
            ("en", "half a million", "500000"),
            ("en", "two and a half million", "2500000"),
            ("en", "two dozen", "24"),
            ("en", "the fiftieth", "50"),
            ("en", "World War II", "2"),
            ("fa", "بیست‌وسه", "23"),
            ("fa", "بیست‌وسومین", "23"),
            ("fa", "پنجاهمین", "50"),
            ("fa", "سی‌امین", "30"),
            ("fa", "پنج‌ساله", "5"),
            ("fa", "هزار و ۲۰۰", "1200"),
            ("fa", "پنجاه هزار میلیارد", "50000000000000"),
            ("fa", "یک و نیم میلیون", "1500000"),
            ("fa", "نیم میلیون", "500000"),
            ("ar", "لثلاثة", "3"),
            ("ar", "القادة التسعة", "9"),
            ("ar", "الذكرى الخمسين", "50"),
            ("ar", "الرابعة والثلاثين", "34"),
            ("ar", "القرن الحادي والعشرين", "21"),
            ("ar", "يومين", "2"),
            ("ar", "ألفين وخمسمئة", "2500"),
            ("ar", "مليونين ونصف", "2500000"),
            ("ar", "نصف مليون", "500000"),
            ("ar", "خمسون ألف مليون", "50000000000"),
            ("sq", "pesëvjeçari", "5"),
            ("sq", "dhjetëvjetori", "10"),
            ("sq", "shekulli XIX", "19"),
            ("sq", "dy milionë e gjysmë", "2500000"),
            ("sq", "i njëzeti", "20"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].kind, Kind::Spelled, "{text}");
            let Reading::Number(value) = found[0].readings[0] else {
                panic!("{text}")
            };
            assert_eq!(value.to_string(), number, "{text}");
        }
        for (tag, text) in [
            ("en", "one first thousand"),
            ("fa", "نه"),
            ("sq", "një"),
            ("sq", "të të"),
            ("fa", "سهم و سهام"),
            ("ar", "كمية"),
            ("fa", "ده‌ها هزار نفر"),
            ("ar", "بالمائة"),
            ("ar", "لست"),
            ("ar", "يوم الاثنين"),
            ("en", "the first half"),
            ("en", "Vitamin C"),
            ("ar", "واحد"),
            ("de", "drei"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}
