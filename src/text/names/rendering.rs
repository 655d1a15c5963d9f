//! Where a translation has a name: the words of it that sound most like the name, without what its language hangs on them.

use std::ops::Range;

use super::likeness::Sound;
use super::runs::{Gap, Word, words};
use super::titles::{Words, endings, starts};
use crate::text::language::Language;

/// The longest name that is looked for, in words and in bytes.
const MOST_WORDS: usize = 8;
const MOST_BYTES: usize = 256;

/// How alike a name and its rendering have to sound.
const LEAST: f64 = 0.7;

/// What is added to that for a name of so little sound that other words sound like it too, for each consonant that it lacks.
const MORE_IF_SHORT: f64 = 0.08;

/// What a name weighs that lacks none.
const MANY: f64 = 3.5;

/// Two places are equally alike if no more than this lies between them.
const EQUAL: f64 = 0.03;

/// The price of taking a beginning or an ending off a word.
const CUT: f64 = 0.03;

/// A place that sounds like the name.
struct Found {
    place: Range<usize>,
    likeness: f64,
}

/// Where a translation has a name, in bytes: the name as it would be written by itself, without the conjunction, preposition or case ending
/// that is written together with it. `None` if nothing there sounds enough like it, or if two places do that are not spelled alike.
///
/// ```
/// use tarjuman::text::{language::Language, names::rendering};
/// let find = |name, tag, target: &'static str| {
///     let en = Language::parse("en").unwrap();
///     rendering(name, &en, target, &Language::parse(tag).unwrap()).map(|place| &target[place])
/// };
/// assert_eq!(find("Adam Nash", "sq", "Letra e Adam Nash-it erdhi dje."), Some("Adam Nash"));
/// assert_eq!(find("Adam Nash", "fa", "نامهٔ آدام نش‌ها دیروز رسید."), Some("آدام نش"));
/// assert_eq!(find("Adam Nash", "ar", "ووصلت الرسالة لآدم ناش أمس."), Some("آدم ناش"));
/// assert_eq!(find("Adam Nash", "ar", "وصلت الرسالة أمس."), None);
/// ```
pub fn rendering(
    name: &str,
    language: &Language,
    target: &str,
    target_language: &Language,
) -> Option<Range<usize>> {
    let wanted = Wanted::new(name, language)?;
    let target_words = words(target);
    let lists = Words::of(target_language);
    let in_capitals = lists.is_some_and(|lists| lists.shows_names);
    // What a name neither begins nor ends with.
    let never = |word: &Word<'_>| {
        let Some(lists) = lists else { return false };
        let is_small = in_capitals && !word.is_capital() && !lists.is_particle(word.text);
        is_small || ((!in_capitals || word.before == Gap::Start) && lists.is_stranger(word.text))
    };
    let never: Vec<bool> = target_words.iter().map(never).collect();
    let is_never = |at: usize| never.get(at).is_none_or(|never| *never);
    let mut found: Vec<Found> = Vec::new();
    for (at, first) in target_words
        .iter()
        .enumerate()
        .filter(|(at, _)| !is_never(*at))
    {
        let begins = |start: &usize| {
            let rest = target.get(*start..first.place.end).unwrap_or_default();
            let rest = Sound::new(rest, target_language);
            wanted.may_begin(&rest)
        };
        let starts: Vec<usize> = starts_of(first, target_language).filter(begins).collect();
        if starts.is_empty() {
            continue;
        }
        for (length, last) in target_words
            .iter()
            .skip(at)
            .take(wanted.words + 1)
            .enumerate()
        {
            if length > 0 && matches!(last.before, Gap::Start | Gap::Mark) {
                break;
            }
            if is_never(at + length) {
                continue;
            }
            for start in &starts {
                for end in ends_of(last, target_language) {
                    let Some(text) = target.get(*start..end.heard) else {
                        continue;
                    };
                    let cuts = usize::from(*start > first.place.start)
                        + usize::from(end.heard < last.place.end);
                    let heard = wanted.hears(text, target_language, CUT * cuts as f64);
                    found.extend(heard.map(|likeness| Found {
                        place: *start..end.written,
                        likeness,
                    }));
                }
            }
        }
    }
    let best = found.iter().reduce(|best, next| {
        if next.likeness > best.likeness {
            next
        } else {
            best
        }
    })?;
    let text = target.get(best.place.clone())?;
    let rivals = |other: &Found| {
        let apart = other.place.end <= best.place.start || best.place.end <= other.place.start;
        apart
            && other.likeness > best.likeness - EQUAL
            && target.get(other.place.clone()) != Some(text)
    };
    (!found.iter().any(rivals)).then(|| best.place.clone())
}

/// Where a word can begin: as it stands, and behind what is written together with it.
fn starts_of(word: &Word<'_>, language: &Language) -> impl Iterator<Item = usize> {
    let cut = |start: &&str| {
        let rest = word.text.strip_prefix(*start)?;
        is_enough(rest).then_some(word.place.start + start.len())
    };
    std::iter::once(word.place.start).chain(starts(language).iter().filter_map(cut))
}

/// The end of a name in a word.
#[derive(Clone, Copy)]
struct End {
    /// Where what is heard of the name ends.
    heard: usize,
    /// Where the name ends as it would be written by itself.
    written: usize,
}

/// Where a word can end: as it stands, and before an ending.
fn ends_of(word: &Word<'_>, language: &Language) -> impl Iterator<Item = End> {
    let cut = |ending: &&str| {
        let rest = word.text.strip_suffix(*ending)?;
        let rest = rest.trim_end_matches(['\u{200C}', '\'', '’', '-']);
        let heard = word.place.start + rest.len();
        // An ending behind ë has changed the name itself: Dritë, Dritës.
        let written = if rest.ends_with('ë') {
            word.place.end
        } else {
            heard
        };
        is_enough(rest).then_some(End { heard, written })
    };
    let whole = End {
        heard: word.place.end,
        written: word.place.end,
    };
    std::iter::once(whole).chain(endings(language).iter().filter_map(cut))
}

/// A name that is looked for.
struct Wanted<'n> {
    name: &'n str,
    words: usize,
    /// As it stands, and without what its own language may have hung on it.
    ways: Vec<Way>,
}

/// A way to hear a name.
struct Way {
    sound: Sound,
    price: f64,
    /// How alike a word has to sound to be this name.
    least: f64,
}

impl<'n> Wanted<'n> {
    fn new(name: &'n str, language: &Language) -> Option<Self> {
        let words = words(name).len();
        if words > MOST_WORDS || name.len() > MOST_BYTES {
            return None;
        }
        let ways: Vec<Way> = ways(name, language)
            .map(|(sound, price)| {
                let lacks = (MANY - sound.weight()).max(0.0);
                Way {
                    sound,
                    price,
                    least: LEAST + MORE_IF_SHORT * lacks,
                }
            })
            .collect();
        (!ways.is_empty()).then_some(Wanted { name, words, ways })
    }

    fn may_begin(&self, heard: &Sound) -> bool {
        self.ways.iter().any(|way| way.sound.begins_like(heard))
    }

    /// How much some words sound like the name, if that is enough.
    fn hears(&self, text: &str, language: &Language, price: f64) -> Option<f64> {
        if text == self.name {
            return Some(1.0 - price);
        }
        if text.len() > 4 * MOST_BYTES {
            return None;
        }
        let heard = Sound::new(text, language);
        let alike = self.ways.iter().map(|way| {
            let likeness = way.sound.likeness(&heard) - way.price - price;
            (likeness, way.least)
        });
        let enough = alike.filter(|(likeness, least)| likeness >= least);
        enough.map(|(likeness, _)| likeness).reduce(f64::max)
    }
}

/// The ways in which a name as it stands in a text can be heard, as it is and without what its language may have hung on it, each with its price.
pub(super) fn ways<'n>(
    name: &'n str,
    language: &'n Language,
) -> impl Iterator<Item = (Sound, f64)> + use<'n> {
    let words = words(name);
    let starts: Vec<usize> = words
        .first()
        .map_or_else(Vec::new, |first| starts_of(first, language).collect());
    let ends: Vec<End> = words
        .last()
        .map_or_else(Vec::new, |last| ends_of(last, language).collect());
    let (first, last) = (starts.first().copied(), ends.first().map(|end| end.heard));
    let places = starts.into_iter().flat_map(move |start| {
        let ends = ends.clone().into_iter();
        ends.map(move |end| (start, end.heard))
    });
    places.filter_map(move |(start, end)| {
        let cuts = usize::from(Some(start) != first) + usize::from(Some(end) != last);
        let sound = Sound::new(name.get(start..end)?, language);
        Some((sound, CUT * cuts as f64))
    })
}

/// Whether what is left of a word can be a name.
fn is_enough(rest: &str) -> bool {
    rest.chars().nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'t>(name: (&str, &str), target: (&str, &'t str)) -> Option<&'t str> {
        let tag = |tag: &str| Language::parse(tag).unwrap();
        let place = rendering(name.1, &tag(name.0), target.1, &tag(target.0))?;
        target.1.get(place)
    }

    #[test]
    fn a_name_is_found_without_what_hangs_on_it() {
        for (name, target, wanted) in [
            (
                ("en", "Arben Dielli"),
                ("sq", "Letrën ia dhamë Arben Diellit dje."),
                "Arben Dielli",
            ),
            (
                ("fa", "مریم نوری"),
                ("sq", "Fjala e Merjem Nurit u dëgjua."),
                "Merjem Nuri",
            ),
            (
                ("en", "Drita"),
                ("sq", "Shtëpia e Dritës është larg."),
                "Dritës",
            ),
            (("en", "Reed"), ("sq", "Libri i Reed-it humbi."), "Reed"),
            (
                ("en", "Samir Qasim"),
                ("ar", "وشكرنا وسمير قاسم أيضا"),
                "سمير قاسم",
            ),
            (("en", "Walid"), ("ar", "وصل وليد"), "وليد"),
            (
                ("en", "Shirin Bahari"),
                ("fa", "از شیرین بهاری‌ها خبری نیست"),
                "شیرین بهاری",
            ),
            (
                ("sq", "Arbenit"),
                ("en", "The book of Arben is lost."),
                "Arben",
            ),
            (
                ("ar", "ولسمير"),
                ("en", "It was for Samir’s house."),
                "Samir",
            ),
            (
                ("fa", "جان نش"),
                ("en", "We met John Nash there."),
                "John Nash",
            ),
        ] {
            assert_eq!(found(name, target), Some(wanted), "{name:?}");
        }
    }

    #[test]
    fn what_is_not_alike_or_alike_twice_is_not_found() {
        assert_eq!(found(("en", "Drita"), ("fa", "نامه دیروز رسید")), None);
        assert_eq!(
            found(("fa", "سارا"), ("en", "she saw a serious sorrow")),
            None
        );
        assert_eq!(
            found(("fa", "جعفر"), ("en", "Jafar and Jaafar came.")),
            None
        );
        assert_eq!(
            found(("fa", "جعفر"), ("en", "Jafar came, Jafar left.")),
            Some("Jafar")
        );
        assert_eq!(found(("en", ""), ("fa", "سارا")), None);
        assert_eq!(found(("en", "Sara"), ("fa", "")), None);
    }

    proptest! {
        #[test]
        fn places_are_on_letters(name in "\\PC{0,12}", target in "(\\PC{0,4}|وسارا|Sara-së|سارا\u{200C}ها| |-|’){0,12}", tag in "en|sq|fa|ar") {
            let language = Language::parse(&tag).unwrap();
            for name in [name.as_str(), "Sara"] {
                if let Some(place) = rendering(name, &language, &target, &language) {
                    prop_assert!(!place.is_empty() && target.get(place).is_some());
                }
            }
        }
    }
}
