//! Measures: a mile in one edition may be 1.6 kilometres in the other.
//!
//! A translation that converts what its readers do not measure with is right, though no number is the same. What was converted was
//! rounded too, so that it can be told only about. All words are general knowledge; a native reader should check them.

use super::lexicon::Meaning;
use super::pieces::Pieces;
use super::{Reading, Value};
use crate::text::language::Language;

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Length,
    Area,
    Volume,
    Mass,
    Temperature,
}

/// Something to measure with, in a text.
pub(super) struct Measure {
    dimension: Dimension,
    /// How much of the basic unit it is: metre, square metre, litre, kilogram. Of degrees: 1 for Celsius, 0 for Fahrenheit.
    size: f64,
    pub(super) words: &'static [(&'static str, &'static [&'static str])],
}

const fn measure(
    dimension: Dimension,
    size: f64,
    words: &'static [(&'static str, &'static [&'static str])],
) -> Measure {
    Measure {
        dimension,
        size,
        words,
    }
}

use Dimension::{Area, Length, Mass, Temperature, Volume};

/// All measures. A speed is a length here: it is converted as its length is.
#[rustfmt::skip]
pub(super) const MEASURES: &[Measure] = &[
    measure(Length, 0.001, &[("en", &["mm", "millimetre", "millimetres", "millimeter", "millimeters"]), ("fa", &["میلی‌متر", "میلیمتر", "میلی‌متری", "میلیمتری"]), ("ar", &["مم", "ملم", "مليمتر", "ملليمتر", "مليمترا", "مليمترات"]), ("sq", &["mm", "milimetra", "milimetër"])]),
    measure(Length, 0.01, &[("en", &["cm", "centimetre", "centimetres", "centimeter", "centimeters"]), ("fa", &["سانتی‌متر", "سانتیمتر", "سانتی‌متری", "سانتیمتری", "سانت"]), ("ar", &["سم", "سنتيمتر", "سنتيمترا", "سنتيمترات"]), ("sq", &["cm", "centimetra", "centimetër"])]),
    measure(Length, 1.0, &[("en", &["metre", "metres", "meter", "meters"]), ("fa", &["متر", "متری"]), ("ar", &["متر", "مترا", "أمتار"]), ("sq", &["metra", "metër", "metrash"])]),
    measure(Length, 1000.0, &[("en", &["km", "kilometre", "kilometres", "kilometer", "kilometers", "kph", "kmh"]), ("fa", &["کیلومتر", "کیلومتری"]), ("ar", &["كم", "كيلومتر", "كيلومترا", "كيلومترات", "كيلو متر", "كيلو مترا"]), ("sq", &["km", "kilometra", "kilometër", "kilometrash"])]),
    measure(Length, 0.0254, &[("en", &["inch", "inches"]), ("fa", &["اینچ", "اینچی"]), ("ar", &["بوصة", "بوصات", "إنش", "إنشا"]), ("sq", &["inç", "inçë", "inçësh"])]),
    measure(Length, 0.3048, &[("en", &["foot", "feet", "ft"]), ("fa", &["فوت", "فوتی", "پا"]), ("ar", &["قدم", "قدما", "أقدام"]), ("sq", &["këmbë", "këmbësh"])]),
    measure(Length, 0.9144, &[("en", &["yard", "yards"]), ("fa", &["یارد", "یاردی"]), ("ar", &["ياردة", "ياردات"]), ("sq", &["jard", "jardë", "jardësh"])]),
    measure(Length, 1609.344, &[("en", &["mile", "miles", "mph"]), ("fa", &["مایل", "مایلی"]), ("ar", &["ميل", "ميلا", "أميال"]), ("sq", &["milje", "miljesh", "milja"])]),
    measure(Length, 1852.0, &[("en", &["nautical mile", "nautical miles", "knot", "knots"]), ("fa", &["مایل دریایی", "گره دریایی"]), ("ar", &["ميل بحري", "عقدة"]), ("sq", &["milje detare", "nyje"])]),
    measure(Area, 1.0, &[("en", &["square metre", "square metres", "square meter", "square meters", "sqm"]), ("fa", &["متر مربع", "مترمربع", "متر مربعی"]), ("ar", &["متر مربع", "مترا مربعا", "أمتار مربعة"]), ("sq", &["metra katrorë", "metër katror"])]),
    measure(Area, 1e6, &[("en", &["square kilometre", "square kilometres", "square kilometer", "square kilometers"]), ("fa", &["کیلومتر مربع", "کیلومترمربع"]), ("ar", &["كيلومتر مربع", "كيلومترا مربعا", "كيلومترات مربعة"]), ("sq", &["kilometra katrorë", "kilometër katror"])]),
    measure(Area, 1e4, &[("en", &["hectare", "hectares"]), ("fa", &["هکتار", "هکتاری"]), ("ar", &["هكتار", "هكتارا", "هكتارات"]), ("sq", &["hektarë", "hektar", "hektarësh"])]),
    measure(Area, 4046.856, &[("en", &["acre", "acres"]), ("fa", &["جریب", "ایکر"]), ("ar", &["فدان", "فدانا", "أكر"]), ("sq", &["akra", "akër", "akrash"])]),
    measure(Area, 2.589_988e6, &[("en", &["square mile", "square miles"]), ("fa", &["مایل مربع"]), ("ar", &["ميل مربع", "ميلا مربعا"]), ("sq", &["milje katrore"])]),
    measure(Area, 0.092_903, &[("en", &["square foot", "square feet"]), ("fa", &["فوت مربع"]), ("ar", &["قدم مربع", "قدم مربعة", "قدما مربعا"]), ("sq", &["këmbë katrore"])]),
    measure(Volume, 1.0, &[("en", &["litre", "litres", "liter", "liters"]), ("fa", &["لیتر", "لیتری"]), ("ar", &["لتر", "لترا", "لترات", "ليتر"]), ("sq", &["litra", "litër"])]),
    measure(Volume, 3.785, &[("en", &["gallon", "gallons"]), ("fa", &["گالن", "گالنی"]), ("ar", &["غالون", "جالون", "غالونا"]), ("sq", &["gallon", "gallonë"])]),
    measure(Volume, 158.987, &[("en", &["barrel", "barrels"]), ("fa", &["بشکه", "بشکه‌ای"]), ("ar", &["برميل", "برميلا", "براميل"]), ("sq", &["fuçi", "barrela"])]),
    measure(Mass, 0.001, &[("en", &["gram", "grams", "grammes"]), ("fa", &["گرم", "گرمی"]), ("ar", &["غرام", "غراما", "جرام", "جراما", "غرامات"]), ("sq", &["gram", "gramë", "gramësh"])]),
    measure(Mass, 1.0, &[("en", &["kg", "kilo", "kilos", "kilogram", "kilograms"]), ("fa", &["کیلو", "کیلویی", "کیلوگرم", "کیلوگرمی"]), ("ar", &["كجم", "كغم", "كغ", "كيلو", "كيلوغرام", "كيلوغراما", "كيلوجرام", "كيلوجراما"]), ("sq", &["kg", "kilogram", "kilogramë", "kile", "kilogramësh"])]),
    measure(Mass, 1000.0, &[("en", &["tonne", "tonnes", "ton", "tons"]), ("fa", &["تن", "تنی"]), ("ar", &["طن", "طنا", "أطنان"]), ("sq", &["ton", "tonë", "tonelata", "tonësh"])]),
    measure(Mass, 0.453_592, &[("en", &["pound", "pounds", "lb", "lbs"]), ("fa", &["پوند", "پوندی"]), ("ar", &["رطل", "رطلا", "أرطال", "باوند"]), ("sq", &["paund", "paundë", "paundësh", "libra"])]),
    measure(Mass, 0.028_35, &[("en", &["ounce", "ounces", "oz"]), ("fa", &["اونس"]), ("ar", &["أونصة", "أوقية"]), ("sq", &["ons", "onsë"])]),
    measure(Mass, 6.350_29, &[("en", &["stone"]), ("fa", &["استون"])]),
    measure(Temperature, 1.0, &[("en", &["degrees celsius", "degree celsius", "celsius", "degrees centigrade", "degrees c"]), ("fa", &["درجه سانتیگراد", "درجه سانتی‌گراد", "درجهٔ سانتی‌گراد", "درجه سلسیوس"]), ("ar", &["درجة مئوية", "درجات مئوية", "مئوية"]), ("sq", &["gradë celsius", "gradë celcius"])]),
    measure(Temperature, 0.0, &[("en", &["degrees fahrenheit", "degree fahrenheit", "fahrenheit", "degrees f"]), ("fa", &["درجه فارنهایت", "فارنهایت"]), ("ar", &["درجة فهرنهايت", "فهرنهايت", "درجات فهرنهايت"]), ("sq", &["gradë farenhait", "gradë fahrenheit"])]),
    // Which ones is not said.
    measure(Temperature, -1.0, &[("en", &["degree", "degrees"]), ("fa", &["درجه"]), ("ar", &["درجة", "درجات"]), ("sq", &["gradë", "gradësh"])]),
];

/// What stands behind a number to measure with: its place in [`MEASURES`].
pub(super) fn measure_after(pieces: &Pieces<'_>, at: usize) -> Option<u8> {
    let measure = |meaning| match meaning {
        Meaning::Measure(index) => Some(index),
        _ => None,
    };
    let hyphen = pieces.is_sign(at, &['-', '‑']);
    let next = if hyphen {
        at + 1
    } else {
        pieces.after_space(at)
    };
    pieces.meaning(next, measure).map(|(index, _)| index)
}

/// By how much of the larger one two lengths may differ that were converted and rounded.
const ROUNDING: f64 = 0.06;

impl Value {
    fn measured(&self) -> Option<&'static Measure> {
        MEASURES.get(usize::from(self.measure?))
    }

    /// Whether this value and another one measure the same thing with different measures: feet and metres.
    pub fn is_measured_unlike(&self, other: &Value) -> bool {
        let measures = self.measured().zip(other.measured());
        // Degrees without a name may be of either kind on both sides.
        measures.is_some_and(|(one, two)| {
            one.dimension == two.dimension && (one.size != two.size || one.size < 0.0)
        })
    }

    /// Whether this value may be another one converted to other measures and rounded: 10 inches, 250 millimetres; 80 degrees Fahrenheit,
    /// 27 Celsius. What is measured alike is no conversion.
    ///
    /// ```
    /// use tarjuman::text::{language::Language, values::values};
    /// let of = |tag, text| values(text, &Language::parse(tag).unwrap()).remove(0);
    /// assert!(of("en", "385 miles away").is_conversion_of(&of("fa", "۶۲۰ کیلومتر دورتر")));
    /// assert!(!of("en", "385 miles away").is_conversion_of(&of("fa", "۷۲۰ کیلومتر دورتر")));
    /// assert!(!of("en", "10 km").is_conversion_of(&of("fa", "۱۰ کیلومتر")));
    /// ```
    pub fn is_conversion_of(&self, other: &Value) -> bool {
        let Some((one, two)) = self.measured().zip(other.measured()) else {
            return false;
        };
        if !self.is_measured_unlike(other) {
            return false;
        }
        let alike = |a: f64, b: f64| match one.dimension {
            Temperature => is_warm_alike((a, one.size), (b, two.size)),
            _ => {
                let (a, b) = (a * one.size, b * two.size);
                (a - b).abs() <= ROUNDING * a.abs().max(b.abs())
            }
        };
        let agree = |a: &Reading, b: &Reading| match (a, b) {
            (Reading::Number(a), Reading::Number(b)) => alike(a.about(), b.about()),
            (Reading::Range(a, c), Reading::Range(b, d)) => {
                alike(a.about(), b.about()) && alike(c.about(), d.about())
            }
            _ => false,
        };
        self.readings
            .iter()
            .any(|a| other.readings.iter().any(|b| agree(a, b)))
    }
}

/// Whether a text names the measure of a value, with a number before it or without; false for a value that measures nothing.
pub fn names_measure(text: &str, language: &Language, value: &Value) -> bool {
    let Some(own) = value.measured() else {
        return false;
    };
    let pieces = Pieces::new(text, language);
    let names = |at: usize| {
        let measure = |meaning| match meaning {
            Meaning::Measure(index) => MEASURES.get(usize::from(index)),
            _ => None,
        };
        let found = pieces.meaning(at, measure);
        found.is_some_and(|(one, _)| one.dimension == own.dimension && one.size == own.size)
    };
    (0..pieces.len()).any(names)
}

/// Whether degrees of two kinds are the same temperature, or the same difference of two temperatures.
fn is_warm_alike(one: (f64, f64), two: (f64, f64)) -> bool {
    let close = |fahrenheit: f64, celsius: f64| {
        let (warmth, step) = ((fahrenheit - 32.0) * 5.0 / 9.0, fahrenheit * 5.0 / 9.0);
        (warmth - celsius).abs() <= 1.0 || (step - celsius).abs() <= 1.0
    };
    let (may_be_celsius, may_be_fahrenheit) = (|size: f64| size != 0.0, |size: f64| size < 0.5);
    (may_be_fahrenheit(one.1) && may_be_celsius(two.1) && close(one.0, two.0))
        || (may_be_celsius(one.1) && may_be_fahrenheit(two.1) && close(two.0, one.0))
}

#[cfg(test)]
mod tests {
    use crate::text::language::Language;
    use crate::text::values::{Value, values};

    fn of(tag: &str, text: &str) -> Value {
        let found = values(text, &Language::parse(tag).unwrap());
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.into_iter().next().unwrap()
    }

    #[test]
    fn what_was_converted_and_rounded_is_known() {
        for (one, two) in [
            (("en", "10 inches of rain"), ("fa", "۲۵۰ میلی‌متر باران")),
            (("en", "2 to 4 inches"), ("fa", "۵۰ تا ۱۰۰ میلیمتر")),
            (("en", "half an inch"), ("fa", "۱۲ میلیمتر")),
            (("ar", "85 ميلاً في الساعة"), ("fa", "۱۳۷ کیلومتر بر ساعت")),
            (("sq", "650 paundësh"), ("fa", "۲۹۰ کیلویی")),
            (("en", "a 20-mile walk"), ("sq", "32 kilometra")),
            (("en", "80 degrees"), ("fa", "۲۷ درجه سانتیگراد")),
            (("en", "10 degrees warmer"), ("ar", "6 درجات مئوية")),
            (("en", "1,000 square miles"), ("ar", "2600 كيلومتر مربع")),
        ] {
            let (a, b) = (of(one.0, one.1), of(two.0, two.1));
            assert!(
                a.is_conversion_of(&b) && b.is_conversion_of(&a),
                "{a:?} {b:?}"
            );
            assert!(!a.is_same(&b), "{a:?} {b:?}");
        }
        for (one, two) in [
            (("en", "10 inches"), ("fa", "۲۹۰ میلی‌متر")),
            (("en", "10 inches"), ("fa", "۲۵۰ گرم")),
            (("en", "10 km"), ("fa", "۱۰ کیلومتر")),
            (("en", "10 people"), ("fa", "۱۶ کیلومتر")),
        ] {
            assert!(
                !of(one.0, one.1).is_conversion_of(&of(two.0, two.1)),
                "{one:?}"
            );
        }
    }
}
