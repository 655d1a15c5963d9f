//! Times of day: 18:30, 6.30 p.m., ساعت ۶:۳۰ عصر, ora 18.30.

use super::lexicon::{Half, Meaning};
use super::pieces::{Phrase, Pieces};
use super::spelled::spelled;
use super::{Decimal, Found, Kind, Reading, Role, Value};

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time {
    /// The hour, from 0 to 24.
    pub hour: u8,
    /// The minute, from 0 to 59.
    pub minute: u8,
    /// The second, from 0 to 59; 0 if none is said.
    pub second: u8,
}

impl Half {
    /// The hour of the day that an hour on the face of a clock is in this part of the day; `None` if there is none.
    pub(super) fn hour(self, hour: u8) -> Option<u8> {
        Some(match (self, hour) {
            (_, 13..=24 | 0) => hour,
            (Half::Morning, 12) => 0,
            (Half::Morning, 1..=11) => hour,
            (Half::Afternoon, 12) => 12,
            (Half::Afternoon, 1..=11) => hour + 12,
            (Half::Noon, 10..=12) => hour,
            (Half::Noon, 1..=3) => hour + 12,
            (Half::Night, 12) => 0,
            (Half::Night, 1..=5) => hour,
            (Half::Night, 6..=11) => hour + 12,
            _ => return None,
        })
    }
}

pub(super) fn time_at(pieces: &Pieces<'_>, at: usize) -> Found {
    if pieces.is_word(at) {
        return in_words(pieces, at).or_else(|| before_hour(pieces, at));
    }
    let (hour, digits) = pieces.small_number(at)?;
    let hour = u8::try_from(hour)
        .ok()
        .filter(|hour| *hour <= 24 && digits <= 2)?;
    let named = behind_hour(pieces, at);
    let sixty = |at| {
        let (number, digits) = pieces.small_number(at)?;
        u8::try_from(number)
            .ok()
            .filter(|number| *number < 60 && digits == 2)
    };
    let mut roles = vec![(at, Role::Hour)];
    let mut next = at + 1;
    let (mut minute, mut second) = (None, None);
    let colon = pieces.is_sign(next, &[':']);
    if colon || pieces.is_sign(next, &['.']) {
        let is_last = |after| {
            !(pieces.is_sign(after, &[':', '.', '/', '-', ',']) && pieces.is_digits(after + 1))
        };
        minute = sixty(next + 1).filter(|_| colon || is_last(next + 2));
        if minute.is_some() {
            roles.push((next + 1, Role::Minute));
            next += 2;
            if colon && pieces.is_sign(next, &[':']) {
                second = Some(sixty(next + 1)?);
                roles.push((next + 1, Role::Second));
                next += 2;
            }
        } else if colon {
            return None;
        }
    } else if named && let Some((of, after)) = spoken_minutes(pieces, next) {
        minute = sixty(of).or_else(|| Some(pieces.small_number(of)?.0 as u8));
        roles.push((of, Role::Minute));
        next = after;
    } else if named && let Some((minutes, after)) = past(pieces, next) {
        minute = Some(minutes);
        roles.push((after - 1, Role::Fixed));
        next = after;
    }
    let half = half_at(pieces, next, named || minute.is_some());
    let borrowed = match half {
        None => half_of_range(pieces, next),
        Some(_) => None,
    };
    // With a full stop, or without minutes, something has to say that it is a time.
    if !named && !colon && half.is_none() && borrowed.is_none() {
        return None;
    }
    if pieces.is_sign(next, &[':', '/', '%', '٪', '-', '–'])
        && pieces.is_digits(next + 1)
        && !colon
        && borrowed.is_none()
    {
        return None;
    }
    let time = |hour| Time {
        hour,
        minute: minute.unwrap_or(0),
        second: second.unwrap_or(0),
    };
    let mut readings = Vec::new();
    let mut is_sure = true;
    match half {
        Some((half, ..)) => readings.push(Reading::Time(time(half.hour(hour)?))),
        None => {
            let borrowed = borrowed.and_then(|half| half.hour(hour));
            readings.extend(borrowed.map(|hour| Reading::Time(time(hour))));
            if borrowed != Some(hour) {
                readings.push(Reading::Time(time(hour)));
            }
            if (1..=12).contains(&hour) && borrowed.is_none() {
                // Whoever writes 6:30 may mean the evening, and the other edition may say so.
                readings.push(Reading::Time(time((hour + 12) % 24)));
                is_sure = digits == 2 || minute.is_none();
            }
        }
    }
    if minute.is_none() {
        readings.push(Reading::Number(Decimal::whole(hour.into())));
    } else if half.is_none() && !named {
        // A proportion, a verse.
        readings.push(Reading::Digits(format!(
            "{hour} {:02}",
            minute.unwrap_or(0)
        )));
    }
    let end = half.map_or(next, |(_, _, after)| after);
    let mut value = Value::new(pieces, at, end, Kind::Time, readings);
    value.is_sure = is_sure;
    for (of, role) in roles {
        value.part(pieces.place(of, of + 1), role);
    }
    if let Some((half, from, to)) = half {
        value.part(pieces.place(from, to), Role::Half(half));
    }
    Some((vec![value], end))
}

/// A time in words: «الساعة السادسة والنصف مساءً».
fn in_words(pieces: &Pieces<'_>, at: usize) -> Found {
    if !behind_hour(pieces, at) {
        return None;
    }
    let spelled = spelled(pieces, at)?;
    let hour = spelled.small().filter(|hour| (1..=12).contains(hour))?;
    let (mut next, mut minute) = (spelled.next, 0);
    if let Some((minutes, after)) = past(pieces, next) {
        (next, minute) = (after, minutes);
    }
    let half = half_at(pieces, next, true);
    let time = |hour| {
        Reading::Time(Time {
            hour,
            minute,
            second: 0,
        })
    };
    let mut readings = match half {
        Some((half, ..)) => vec![time(half.hour(hour)?)],
        None => vec![time(hour), time((hour + 12) % 24)],
    };
    if minute == 0 {
        readings.push(Reading::Number(Decimal::whole(hour.into())));
    }
    let end = half.map_or(next, |(_, _, after)| after);
    let mut value = Value::new(pieces, at, end, Kind::Time, readings);
    value.is_sure = half.is_some();
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], end))
}

/// How many minutes past the hour are said behind it: «و نیم», «والنصف».
fn past(pieces: &Pieces<'_>, at: usize) -> Option<(u8, usize)> {
    let joint = pieces.after_space(at);
    let word = pieces
        .is(joint, Meaning::And)
        .map_or(joint, |after| pieces.after_space(after));
    let past = |meaning| match meaning {
        Meaning::Past(minutes) => Some(minutes),
        _ => None,
    };
    pieces.meaning(word, past).filter(|_| joint > at)
}

/// “Half past five”, “a quarter to 6”.
fn before_hour(pieces: &Pieces<'_>, at: usize) -> Found {
    let part = |meaning| match meaning {
        Meaning::Part(50) => Some(30),
        Meaning::Part(25) => Some(15_u8),
        _ => None,
    };
    let (minutes, after) = pieces
        .meaning(at, part)
        .filter(|_| pieces.is_language("en"))?;
    let word = pieces.after_space(after);
    let is_short = pieces.is(word, Meaning::Short).is_some();
    if !is_short {
        pieces.is(word, Meaning::Gone)?;
    }
    let of = pieces.after_space(word + 1);
    let (hour, next) = match pieces.small_number(of) {
        Some((hour, _)) => (u8::try_from(hour).ok()?, of + 1),
        None => spelled(pieces, of).and_then(|found| Some((found.small()?, found.next)))?,
    };
    let hour = Some(hour).filter(|hour| (1..=12).contains(hour))?;
    let (hour, minute) = match is_short {
        true if minutes == 15 => ((hour + 10) % 12 + 1, 45),
        true => return None,
        false => (hour, minutes),
    };
    let half = half_at(pieces, next, true);
    let end = half.map_or(next, |(_, _, after)| after);
    let time = |hour| {
        Reading::Time(Time {
            hour,
            minute,
            second: 0,
        })
    };
    let readings = match half {
        Some((half, ..)) => vec![time(half.hour(hour)?)],
        None => vec![time(hour), time((hour + 12) % 24)],
    };
    let mut value = Value::new(pieces, at, end, Kind::Time, readings);
    value.is_sure = half.is_some();
    value.part(value.place.clone(), Role::Fixed);
    Some((vec![value], end))
}

/// Whether the word for hour stands before a piece.
fn behind_hour(pieces: &Pieces<'_>, at: usize) -> bool {
    let mut before = at;
    for _ in 0..2 {
        let Some(one) = before.checked_sub(1) else {
            return false;
        };
        before = one;
        if pieces.is_word(before) {
            return pieces.is(before, Meaning::Hour).is_some();
        }
        if !pieces.is_space(before) && !pieces.is_sign(before, &[':']) {
            return false;
        }
    }
    before
        .checked_sub(1)
        .is_some_and(|word| pieces.is(word, Meaning::Hour).is_some())
}

/// The piece with the minutes in «۱۸ و ۳۰ دقیقه», and the piece after them.
fn spoken_minutes(pieces: &Pieces<'_>, at: usize) -> Option<(usize, usize)> {
    let and = pieces.after_space(at);
    let after = pieces.is(and, Meaning::And)?;
    let of = pieces.after_space(after);
    let (minute, _) = pieces.small_number(of).filter(|(minute, _)| *minute < 60)?;
    let _ = minute;
    let word = pieces.after_space(of + 1);
    Some((of, pieces.is(word, Meaning::Minutes)?))
}

/// Which half of the day is said behind the second time of “5–7 p.m.”
fn half_of_range(pieces: &Pieces<'_>, at: usize) -> Option<Half> {
    let joint = pieces.after_space(at);
    let second = match pieces.is(joint, Meaning::To) {
        Some(after) if joint > at => pieces.after_space(after),
        _ if pieces.is_sign(joint, &['-', '–', '‑', '—']) => pieces.after_space(joint + 1),
        _ => return None,
    };
    pieces
        .small_number(second)
        .filter(|(hour, digits)| *digits <= 2 && *hour <= 12)?;
    let is_minute = pieces.is_sign(second + 1, &[':', '.']) && pieces.is_digits(second + 2);
    let next = second + if is_minute { 3 } else { 1 };
    let (half, ..) = half_at(pieces, next, is_minute)?;
    Some(half)
}

/// Which half of the day is said behind a time, and from which to before which piece.
fn half_at(pieces: &Pieces<'_>, at: usize, is_time: bool) -> Option<(Half, usize, usize)> {
    let mut from = pieces.after_space(at);
    let said = |phrase: Phrase| {
        phrase.find(|meaning| match meaning {
            Meaning::Half(half) => Some(half),
            _ => None,
        })
    };
    for _ in 0..2 {
        if let Some(phrase) = pieces.initials(from)
            && let Some(half) = said(phrase)
        {
            return Some((half, from, phrase.next));
        }
        if let Some(phrase) = pieces.phrase(from)
            && let Some(half) = said(phrase)
        {
            let is_letter = pieces.written(from).chars().nth(1).is_none();
            let is_vague = matches!(half, Half::Noon | Half::Night) || is_letter;
            return (is_time || !is_vague).then_some((half, from, phrase.next));
        }
        // «۶ ی عصر»
        pieces.is(from, Meaning::Small).filter(|_| is_time)?;
        from = pieces.after_space(from + 1);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;
    use crate::text::values::values;

    #[test]
    fn a_time_is_one_however_it_is_written() {
        let time = |hour, minute| {
            Reading::Time(Time {
                hour,
                minute,
                second: 0,
            })
        };
        for (tag, text, wanted) in [
            ("en", "at 18:30", time(18, 30)),
            ("en", "6.30 p.m.", time(18, 30)),
            ("en", "6:30\u{202F}PM", time(18, 30)),
            ("en", "12:15 a.m.", time(0, 15)),
            ("en", "3 pm", time(15, 0)),
            ("fa", "ساعت ۱۸:۳۰", time(18, 30)),
            ("fa", "ساعت ۶:۳۰ بعد از ظهر", time(18, 30)),
            ("fa", "ساعت ۱۸ و ۳۰ دقیقه", time(18, 30)),
            ("fa", "ساعت ۸ شب", time(20, 0)),
            ("ar", "الساعة ٦:٣٠ مساءً", time(18, 30)),
            ("ar", "الساعة 3 ظهرًا", time(15, 0)),
            ("ar", "٢:٠٥ م", time(14, 5)),
            ("ar", "الساعة السادسة والنصف مساءً", time(18, 30)),
            ("ar", "في الساعة الثانية عشرة ظهرا", time(12, 0)),
            ("fa", "ساعت شش عصر", time(18, 0)),
            ("fa", "ساعت ۵ و نیم", time(17, 30)),
            ("ar", "الساعة 5 والربع مساءً", time(17, 15)),
            ("en", "half past five", time(17, 30)),
            ("en", "a quarter to six pm", time(17, 45)),
            ("sq", "ora tetë e gjysmë", time(8, 30)),
            ("sq", "ora 18.30", time(18, 30)),
            ("sq", "në orën 3 të pasdites", time(15, 0)),
            ("sq", "2:05 m.d.", time(14, 5)),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert!(found[0].readings.contains(&wanted), "{text}: {found:?}");
        }
        for (tag, text) in [
            ("en", "from 5-7pm"),
            ("en", "5:00–7:00 p.m."),
            ("fa", "ساعت ۵ تا ۷ عصر"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert_eq!(found.len(), 2, "{text}: {found:?}");
            assert!(
                found[0].readings.contains(&time(17, 0)),
                "{text}: {found:?}"
            );
            assert_eq!(found[1].readings[0], time(19, 0), "{text}");
        }
        for (tag, text) in [
            ("en", "25:30"),
            ("en", "6.30"),
            ("fa", "۳ شب"),
            ("ar", "3 م"),
            ("sq", "18.30"),
        ] {
            let found = values(text, &Language::parse(tag).unwrap());
            assert!(
                found.iter().all(|value| value.kind != Kind::Time),
                "{text}: {found:?}"
            );
        }
    }
}
