//! How alike two segments are: one definition, for look-up, pretranslation and analysis alike.
//!
//! The score is a whole percent of words unchanged: the Levenshtein distance over key tokens (see [`Keys`]), relative to the
//! longer side, rounded down. Segments of at most [`SHORT`] key tokens, of which one is too much, are counted by the
//! characters of their keys too, and the higher counts. Segments that only typing tells apart ([`Keys::whole`]) are wholly
//! unchanged. From that, penalties are taken off for what the keys hide (see [`Penalties`]). 100 is left only if nothing a
//! reader could see differs. The score never depends on what else is in the memory.

use std::collections::HashMap;

use super::difference::{Difference, DifferenceKind};
use super::distance::Pattern;
pub use crate::memory::index::SHORT;
use crate::text::keys::Keys;

/// What is taken off for a kind of difference that key tokens hide: 0 to 100 percent, once however often it occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Penalties {
    /// A number, a date, a time or an address has another value.
    pub value: u8,
    /// Another form of a word.
    pub inflection: u8,
    /// Capitals and small letters.
    pub case: u8,
    /// Commas, quotes, full stops.
    pub punctuation: u8,
    /// Digits of another script, for the same value.
    pub digits: u8,
    /// Diacritics: harakat, or marks that make another letter.
    pub diacritics: u8,
    /// White space, ZWNJ.
    pub spacing: u8,
    /// Inline codes.
    pub codes: u8,
    /// No difference, but a doubt: the unit comes from an alignment that nobody has looked at.
    pub unreviewed: u8,
    /// No difference, but a doubt: it was found through a third language.
    pub pivot: u8,
}

impl Default for Penalties {
    fn default() -> Self {
        Penalties {
            value: 2,
            inflection: 1,
            case: 1,
            punctuation: 1,
            digits: 1,
            diacritics: 1,
            spacing: 1,
            codes: 1,
            unreviewed: 1,
            pivot: 5,
        }
    }
}

impl Penalties {
    /// Nothing is taken off.
    pub const NONE: Penalties = Penalties {
        value: 0,
        inflection: 0,
        case: 0,
        punctuation: 0,
        digits: 0,
        diacritics: 0,
        spacing: 0,
        codes: 0,
        unreviewed: 0,
        pivot: 0,
    };

    /// The names by which [`Penalties::set`] knows them.
    pub const NAMES: [&str; 10] = [
        "value",
        "inflection",
        "case",
        "punctuation",
        "digits",
        "diacritics",
        "spacing",
        "codes",
        "unreviewed",
        "pivot",
    ];

    /// Sets one by its name; says whether there is one of that name.
    ///
    /// ```
    /// use tarjuman::leverage::score::Penalties;
    /// let mut penalties = Penalties::default();
    /// assert!(penalties.set("case", 0) && penalties.case == 0);
    /// assert!(!penalties.set("colour", 3));
    /// assert!(Penalties::NAMES.iter().all(|name| penalties.set(name, 1)));
    /// ```
    pub fn set(&mut self, name: &str, percent: u8) -> bool {
        let place = match name {
            "value" => &mut self.value,
            "inflection" => &mut self.inflection,
            "case" => &mut self.case,
            "punctuation" => &mut self.punctuation,
            "digits" => &mut self.digits,
            "diacritics" => &mut self.diacritics,
            "spacing" => &mut self.spacing,
            "codes" => &mut self.codes,
            "unreviewed" => &mut self.unreviewed,
            "pivot" => &mut self.pivot,
            _ => return false,
        };
        *place = percent.min(100);
        true
    }

    fn of(&self, kind: DifferenceKind) -> u8 {
        match kind {
            // The distance has counted it already.
            DifferenceKind::Word | DifferenceKind::Name => 0,
            DifferenceKind::Number | DifferenceKind::Date | DifferenceKind::Address => self.value,
            DifferenceKind::Inflection => self.inflection,
            DifferenceKind::Case => self.case,
            DifferenceKind::Punctuation => self.punctuation,
            DifferenceKind::Digits => self.digits,
            DifferenceKind::Diacritics => self.diacritics,
            DifferenceKind::Spacing => self.spacing,
            DifferenceKind::Codes => self.codes,
        }
    }

    /// What all the differences together take off: 0 to 255 percent, where everything above 100 leaves nothing.
    pub fn sum(&self, differences: &[Difference]) -> u8 {
        let mut kinds: Vec<_> = differences.iter().map(|one| one.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let each = kinds.into_iter().map(|kind| self.of(kind));
        each.fold(0, u8::saturating_add)
    }
}

/// How many percent are unchanged, 0 to 100, if so many of the items of the longer side have to be edited.
///
/// ```
/// assert_eq!(tarjuman::leverage::score::percent(1, 3), 66);
/// ```
pub fn percent(edits: usize, longer: usize) -> u8 {
    // Whole numbers throughout: a float could round a threshold away.
    match longer {
        0 => 0,
        _ => u8::try_from(100 * longer.saturating_sub(edits) / longer).unwrap_or(100),
    }
}

/// How many edits a longer side of so many items may have at most to stay at or above a percent.
///
/// ```
/// use tarjuman::leverage::score::{edits_allowed, percent};
/// assert_eq!(edits_allowed(70, 10), 3);
/// assert!(percent(3, 10) >= 70 && percent(4, 10) < 70);
/// ```
pub fn edits_allowed(threshold: u8, longer: usize) -> usize {
    longer * (100 - usize::from(threshold.min(100))) / 100
}

/// One segment, prepared to be compared with many.
pub struct Compared<'k> {
    keys: &'k Keys,
    numbers: HashMap<&'k str, u32>,
    tokens: Pattern<u32>,
    letters: Option<Pattern<char>>,
}

impl<'k> Compared<'k> {
    /// Prepares a segment by its keys.
    pub fn new(keys: &'k Keys) -> Self {
        let mut numbers = HashMap::new();
        let mut tokens = Vec::with_capacity(keys.len());
        for token in keys.tokens() {
            let next = numbers.len() as u32;
            tokens.push(*numbers.entry(token).or_insert(next));
        }
        Compared {
            keys,
            numbers,
            tokens: Pattern::new(tokens),
            letters: (keys.len() <= SHORT).then(|| Pattern::new(keys.text().chars())),
        }
    }

    /// How many percent of the segment are unchanged in another: 0 to 100. The order of the two makes no difference.
    ///
    /// ```
    /// use tarjuman::leverage::score::Compared;
    /// use tarjuman::text::{keys::Keys, language::Language};
    /// let en = Language::parse("en")?;
    /// let keys = |text| Keys::of(text, &en);
    /// let asked = keys("We meet on 3 May in the old library.");
    /// assert_eq!(Compared::new(&asked).unchanged(&keys("We meet on 17 May in the old mill.")), 88);
    /// # Ok::<(), tarjuman::error::Error>(())
    /// ```
    pub fn unchanged(&self, other: &Keys) -> u8 {
        if self.keys.whole() == other.whole() {
            return 100;
        }
        self.unchanged_in(other.len(), other.text())
    }

    /// The same for a segment of which only the key text is known, and how many key tokens it has; without the rule for
    /// segments that only typing tells apart.
    pub(super) fn unchanged_in(&self, len: usize, text: &str) -> u8 {
        // A word that the query has not is like none of its words; which word it is makes no difference.
        let tokens = text.split(' ').filter(|token| !token.is_empty());
        let tokens = tokens.map(|token| self.numbers.get(token).copied().unwrap_or(u32::MAX));
        let words = percent(self.tokens.distance(tokens), self.keys.len().max(len));
        if len > SHORT {
            return words;
        }
        words.max(self.characters_unchanged(text))
    }

    /// How many percent of the words are unchanged, of a short segment too.
    pub(super) fn words_unchanged(&self, other: &Keys) -> u8 {
        let tokens = other
            .tokens()
            .map(|token| self.numbers.get(token).copied().unwrap_or(u32::MAX));
        percent(
            self.tokens.distance(tokens),
            self.keys.len().max(other.len()),
        )
    }

    /// How many percent of the characters of the key text are unchanged; 0 of a segment that is not short.
    pub(super) fn characters_unchanged(&self, text: &str) -> u8 {
        self.letters.as_ref().map_or(0, |pattern| {
            let longer = pattern.items().len().max(text.chars().count());
            percent(pattern.distance(text.chars()), longer)
        })
    }

    /// The keys of the segment.
    pub fn keys(&self) -> &'k Keys {
        self.keys
    }
}

/// How much of a stored segment is in a query, in thousandths: the Dice coefficient of the trigrams of characters of their key
/// texts, each with a space before and behind.
///
/// It says nothing of sameness, but of several segments that are alike it tells best whose translation will help most; the
/// figures are in `docs/design.md`.
#[derive(Clone, Debug)]
pub struct Trigrams(Vec<u64>);

impl Trigrams {
    /// The trigrams of a segment.
    pub fn of(keys: &Keys) -> Self {
        let mut letters = std::iter::once(' ')
            .chain(keys.text().chars())
            .chain(std::iter::once(' '))
            .map(u64::from);
        let (mut before, mut last) = (letters.next().unwrap_or(0), letters.next().unwrap_or(0));
        let mut trigrams: Vec<u64> = Vec::with_capacity(keys.text().len());
        for letter in letters {
            trigrams.push(before << 42 | last << 21 | letter);
            (before, last) = (last, letter);
        }
        trigrams.sort_unstable();
        Trigrams(trigrams)
    }

    /// How much two segments have in common: 0 to 1000.
    pub fn in_common(&self, other: &Trigrams) -> u32 {
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0;
        while let (Some(x), Some(y)) = (left.peek(), right.peek()) {
            let order = x.cmp(y);
            common += usize::from(order.is_eq());
            if order.is_le() {
                left.next();
            }
            if order.is_ge() {
                right.next();
            }
        }
        let all = self.0.len() + other.0.len();
        (2_000 * common)
            .checked_div(all)
            .map_or(0, |share| share as u32)
    }
}

/// The percent that other tools report: the characters of the texts as they stand that are unchanged, relative to the longer
/// side, rounded down.
pub fn percent_of_characters(a: &str, b: &str) -> u8 {
    if a == b {
        return 100;
    }
    let longer = a.chars().count().max(b.chars().count());
    percent(Pattern::new(a.chars()).distance(b.chars()), longer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;
    use proptest::prelude::*;

    proptest! {
        /// The definition, with strsim, as a person would write it down.
        #[test]
        fn it_is_what_strsim_says(a in "[abc۱ë.]{0,3}( [abcی.]{0,3}){0,7}", b in "[abc1e.]{0,3}( [abcي.]{0,3}){0,7}") {
            let fa = Language::parse("fa").unwrap();
            let (x, y) = (Keys::of(&a, &fa), Keys::of(&b, &fa));
            let (left, right): (Vec<&str>, Vec<&str>) = (x.tokens().collect(), y.tokens().collect());
            let longer = left.len().max(right.len());
            let mut truth = (100 * longer.saturating_sub(strsim::generic_levenshtein(&left, &right))).checked_div(longer).unwrap_or(0);
            if longer <= SHORT && longer > 0 {
                // The same as strsim::normalized_levenshtein in whole numbers.
                let longer = x.text().chars().count().max(y.text().chars().count());
                truth = truth.max(100 * (longer - strsim::levenshtein(x.text(), y.text())) / longer);
            }
            if x.whole() == y.whole() {
                truth = 100;
            }
            prop_assert_eq!(usize::from(Compared::new(&x).unchanged(&y)), truth);
            prop_assert_eq!(usize::from(Compared::new(&y).unchanged(&x)), truth);
        }

        #[test]
        fn edits_and_percents_agree(threshold in 1_u8..=100, longer in 1_usize..600) {
            let most = edits_allowed(threshold, longer);
            prop_assert!(percent(most, longer) >= threshold);
            prop_assert!(percent(most + 1, longer) < threshold || most == longer);
        }
    }
}
