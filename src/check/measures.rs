//! Measures that a translation converts: miles into kilometres, pounds into kilograms, degrees.
//!
//! The factors are those of the international yard and pound (1959). Words are found by how they begin, loosely folded; the lists are of general
//! knowledge, and a native reader should check them.

use std::collections::BTreeSet;

use super::pair::Text;
use crate::text::fold;
use crate::text::values::{Decimal, Reading, Value};

/// A measure: what one of it is in the first measure of its kind, and where that begins to count.
struct Measure {
    kind: Kind,
    size: f64,
    zero: f64,
    words: &'static [(&'static str, &'static [&'static str])],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Length,
    Weight,
    Volume,
    Area,
    Heat,
}

const fn measure(
    kind: Kind,
    size: f64,
    words: &'static [(&'static str, &'static [&'static str])],
) -> Measure {
    Measure {
        kind,
        size,
        zero: 0.0,
        words,
    }
}

/// Words that end in a full stop are whole words.
#[rustfmt::skip]
const MEASURES: &[Measure] = &[
    measure(Kind::Length, 0.001, &[("en", &["millimet", "mm."]), ("sq", &["milimet", "mm."]), ("fa", &["میلیمتر", "میلی‌متر", "میلی."]), ("ar", &["مليمتر", "ملم.", "ميليمتر", "ملليمتر"])]),
    measure(Kind::Length, 0.01, &[("en", &["centimet", "cm."]), ("sq", &["centimet", "cm."]), ("fa", &["سانتیمتر", "سانتی‌متر", "سانت."]), ("ar", &["سنتيمتر", "سم.", "سنتمتر"])]),
    measure(Kind::Length, 1.0, &[("en", &["meter", "metre", "m."]), ("sq", &["metr", "metër", "m."]), ("fa", &["متر"]), ("ar", &["متر", "أمتار", "امتار"])]),
    measure(Kind::Length, 1000.0, &[("en", &["kilomet", "km.", "kph.", "kmh."]), ("sq", &["kilomet", "km."]), ("fa", &["کیلومتر", "کیلو."]), ("ar", &["كيلومتر", "كيلو", "كم.", "كلم."])]),
    measure(Kind::Length, 0.0254, &[("en", &["inch", "in."]), ("sq", &["inç", "inc"]), ("fa", &["اینچ"]), ("ar", &["بوص", "إنش", "انش"])]),
    measure(Kind::Length, 0.3048, &[("en", &["foot", "feet", "ft."]), ("sq", &["këmbë", "fut"]), ("fa", &["فوت", "پا."]), ("ar", &["قدم", "أقدام"])]),
    measure(Kind::Length, 0.9144, &[("en", &["yard", "yd."]), ("sq", &["jard"]), ("fa", &["یارد"]), ("ar", &["يارد"])]),
    measure(Kind::Length, 1609.344, &[("en", &["mile", "mph.", "mi."]), ("sq", &["milj"]), ("fa", &["مایل"]), ("ar", &["ميل", "أميال"])]),
    measure(Kind::Weight, 0.001, &[("en", &["gram", "g."]), ("sq", &["gram", "gr."]), ("fa", &["گرم"]), ("ar", &["غرام", "جرام"])]),
    measure(Kind::Weight, 1.0, &[("en", &["kilogram", "kg.", "kilo."]), ("sq", &["kilogram", "kg.", "kile", "kilo"]), ("fa", &["کیلوگرم", "کیلو.", "کیلویی"]), ("ar", &["كيلوغرام", "كيلوجرام", "كيلو", "كجم.", "كغ."])]),
    measure(Kind::Weight, 0.028_35, &[("en", &["ounce", "oz."]), ("sq", &["ons"]), ("fa", &["اونس"]), ("ar", &["أونص", "أوقي"])]),
    measure(Kind::Weight, 0.453_592, &[("en", &["pound", "lb"]), ("sq", &["paund"]), ("fa", &["پوند"]), ("ar", &["رطل", "أرطال", "باوند"])]),
    measure(Kind::Weight, 6.350_29, &[("en", &["stone"])]),
    measure(Kind::Volume, 1.0, &[("en", &["liter", "litre", "l."]), ("sq", &["lit"]), ("fa", &["لیتر"]), ("ar", &["لتر"])]),
    measure(Kind::Volume, 3.785_41, &[("en", &["gallon"]), ("sq", &["gallon", "galon"]), ("fa", &["گالن"]), ("ar", &["غالون", "جالون"])]),
    measure(Kind::Volume, 158.987, &[("en", &["barrel"]), ("sq", &["fuçi"]), ("fa", &["بشکه"]), ("ar", &["برميل", "براميل"])]),
    measure(Kind::Area, 1.0, &[("en", &["hectare", "ha."]), ("sq", &["hektar"]), ("fa", &["هکتار"]), ("ar", &["هكتار"])]),
    measure(Kind::Area, 0.404_686, &[("en", &["acre"]), ("sq", &["akër", "akra"]), ("fa", &["جریب", "ایکر"]), ("ar", &["فدان", "أكر"])]),
    measure(Kind::Heat, 1.0, &[("en", &["celsius", "centigrade", "degree"]), ("sq", &["celsius", "gradë"]), ("fa", &["سانتیگراد", "سانتی‌گراد", "سلسیوس", "درجه"]), ("ar", &["مئوية", "مئويه", "سيلسيوس", "درج"])]),
    Measure { zero: 32.0, ..measure(Kind::Heat, 5.0 / 9.0, &[("en", &["fahrenheit", "degree"]), ("sq", &["farenhajt", "fahrenheit", "gradë"]), ("fa", &["فارنهایت", "درجه"]), ("ar", &["فهرنهايت", "درج"])]) },
];

/// How far a converted value may be from the exact one, as a part of it: 12 miles are said to be 20 kilometres, 10 inches 25 centimetres.
const ROUNDING: f64 = 0.05;

/// The measures that two texts name, so that a value of one can be that of the other converted.
pub(super) struct Conversions {
    source: BTreeSet<usize>,
    target: BTreeSet<usize>,
}

impl Conversions {
    pub(super) fn new(source: &Text<'_>, target: &Text<'_>) -> Self {
        Conversions {
            source: measures_of(source),
            target: measures_of(target),
        }
    }

    /// Whether the texts count in different measures of one kind.
    pub(super) fn are_there(&self) -> bool {
        pairs(&self.source, &self.target).next().is_some()
    }

    /// Whether a value of the source is one of the target in another measure, and the translation does not name its own.
    pub(super) fn meet(&self, source: &Value, target: &Value) -> bool {
        // A degree may be of either scale on both sides.
        let is_heat = |place: &usize| {
            MEASURES
                .get(*place)
                .is_some_and(|own| own.kind == Kind::Heat)
        };
        let given_up = self
            .source
            .iter()
            .filter(|place| is_heat(place) || !self.target.contains(place));
        let given_up: BTreeSet<usize> = given_up.copied().collect();
        let mut pairs = pairs(&given_up, &self.target);
        pairs.any(|(own, other)| is_converted(source, own, target, other))
    }

    /// Whether the source says one value in two measures of which the translation names only one.
    pub(super) fn source_gives_both(&self, one: &Value, other: &Value) -> bool {
        gives_both(&self.source, &self.target, one, other)
    }

    /// The same of the translation.
    pub(super) fn target_gives_both(&self, one: &Value, other: &Value) -> bool {
        gives_both(&self.target, &self.source, one, other)
    }
}

/// Measures of one kind, one that is named here and another that is named there.
fn pairs<'m>(
    here: &'m BTreeSet<usize>,
    there: &'m BTreeSet<usize>,
) -> impl Iterator<Item = (&'static Measure, &'static Measure)> + 'm {
    let of = |place: &usize| MEASURES.get(*place);
    let pairs = here.iter().filter_map(of).flat_map(move |one| {
        let others = there.iter().filter_map(of);
        others.map(move |other| (one, other))
    });
    pairs.filter(|(one, other)| {
        one.kind == other.kind && (one.size, one.zero) != (other.size, other.zero)
    })
}

fn gives_both(here: &BTreeSet<usize>, there: &BTreeSet<usize>, one: &Value, other: &Value) -> bool {
    let missing: BTreeSet<usize> = here.difference(there).copied().collect();
    pairs(here, &missing).any(|(from, to)| is_converted(one, from, other, to))
}

/// Whether a value in one measure is another in another. Degrees may be the heat itself, or how much it changes.
fn is_converted(value: &Value, own: &Measure, converted: &Value, other: &Measure) -> bool {
    let (from, to) = (numbers(value), numbers(converted));
    let near = |exact: f64, to: f64| (exact - to).abs() <= (exact.abs() * ROUNDING).max(0.5);
    let all = |exact: &dyn Fn(f64) -> f64| {
        let mut both = from.iter().zip(&to);
        both.all(|(from, to)| near(exact(*from), *to))
    };
    let size = own.size / other.size;
    !from.is_empty()
        && from.len() == to.len()
        && (all(&|from| (from - own.zero) * size + other.zero) || all(&|from| from * size))
}

fn measures_of(text: &Text<'_>) -> BTreeSet<usize> {
    let language = text.language;
    if text.values.is_empty() {
        return BTreeSet::new();
    }
    let words: BTreeSet<String> = text
        .words()
        .map(|word| fold::loose(word.text, language))
        .collect();
    let is_named = |measure: &&Measure| {
        let own = measure
            .words
            .iter()
            .find(|(tag, _)| *tag == language.primary());
        let Some((_, known)) = own else { return false };
        known.iter().any(|known| match known.strip_suffix('.') {
            Some(whole) => words.contains(&fold::loose(whole, language)),
            None => {
                let known = fold::loose(known, language);
                words.iter().any(|word| word.starts_with(&known))
            }
        })
    };
    let named = MEASURES
        .iter()
        .enumerate()
        .filter(|(_, measure)| is_named(measure));
    named.map(|(place, _)| place).collect()
}

/// The numbers of a value, as far as they can be counted with.
fn numbers(value: &Value) -> Vec<f64> {
    let count = |number: &Decimal| number.to_string().parse::<f64>().ok();
    match value.readings.first() {
        Some(Reading::Number(number)) => count(number).into_iter().collect(),
        Some(Reading::Range(from, to)) => count(from).into_iter().chain(count(to)).collect(),
        Some(Reading::Year(_, year)) => vec![f64::from(*year)],
        _ => Vec::new(),
    }
}
