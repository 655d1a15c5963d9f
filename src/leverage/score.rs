//! How alike two segments are: one definition, for look-up, pretranslation and analysis alike.
//!
//! The score is a whole percent of words unchanged: the Levenshtein distance over key tokens, relative to the longer side,
//! rounded down. A key token is a folded word, or a number of any value, so that another date does not hide a match; marks are
//! none. From that, penalties are taken off for what the keys hide (see [`Penalties`]). 100 is left only if nothing a reader
//! could see differs. The score never depends on what else is in the memory.

use strsim::generic_levenshtein;

use super::difference::{Difference, DifferenceKind};
use crate::text::fold;
use crate::text::language::Language;
use crate::text::tokens::{TokenKind, tokens};

/// What is taken off for a kind of difference that key tokens hide: 0 to 100 percent, once however often it occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Penalties {
    /// A number has another value.
    pub number: u8,
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
}

impl Default for Penalties {
    fn default() -> Self {
        Penalties {
            number: 2,
            case: 1,
            punctuation: 1,
            digits: 1,
            diacritics: 1,
            spacing: 1,
            codes: 1,
            unreviewed: 1,
        }
    }
}

impl Penalties {
    fn of(&self, kind: DifferenceKind) -> u8 {
        match kind {
            // The distance has counted it already.
            DifferenceKind::Word => 0,
            DifferenceKind::Number => self.number,
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

/// What stands for any number among the key tokens. It cannot be a word, since words have no control characters.
const NUMBER: &str = "\u{1}";

/// The tokens that a segment is compared by, in order.
///
/// ```
/// use tarjuman::{leverage::score::key_tokens, text::language::Language};
/// let sq = Language::parse("sq")?;
/// assert_eq!(key_tokens("Bërçesh, më 12.3.2025", &sq), key_tokens("bërçesh më 9.10.2025!", &sq));
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
pub fn key_tokens(text: &str, language: &Language) -> Vec<String> {
    let words = tokens(text).into_iter();
    words
        .filter_map(|token| match token.kind {
            TokenKind::Word => Some(fold::word(token.text, language)),
            TokenKind::Number => Some(NUMBER.to_owned()),
            TokenKind::Mark => None,
        })
        .collect()
}

/// How many percent of the words of two segments are unchanged, from their key tokens: 0 to 100, rounded down. Two
/// segments without words are as unlike as can be.
///
/// ```
/// assert_eq!(tarjuman::leverage::score::percent_unchanged(&["a", "b", "c"], &["a", "x", "c"]), 66);
/// ```
pub fn percent_unchanged<T: PartialEq>(a: &[T], b: &[T]) -> u8 {
    let longer = a.len().max(b.len());
    if longer == 0 {
        return 0;
    }
    percent_of(longer - generic_levenshtein(&Slice(a), &Slice(b)), longer)
}

/// The most that [`percent_unchanged`] can be for sides of these lengths with so many tokens in common, in any order.
pub fn most_unchanged(common: usize, a: usize, b: usize) -> u8 {
    match a.max(b) {
        0 => 0,
        longer => percent_of(common, longer),
    }
}

fn percent_of(part: usize, whole: usize) -> u8 {
    // Whole numbers throughout: a float could round a threshold away.
    u8::try_from(100 * part / whole).unwrap_or(100)
}

/// A slice in the shape that strsim asks for.
struct Slice<'a, T>(&'a [T]);

impl<'a, T> IntoIterator for &Slice<'a, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn common_tokens_bound_the_score(a in prop::collection::vec(0_u8..5, 0..12), b in prop::collection::vec(0_u8..5, 0..12)) {
            let common: usize = (0..5).map(|letter| {
                let count = |side: &[u8]| side.iter().filter(|own| **own == letter).count();
                count(&a).min(count(&b))
            }).sum();
            prop_assert!(percent_unchanged(&a, &b) <= most_unchanged(common, a.len(), b.len()));
            prop_assert_eq!(percent_unchanged(&a, &b), percent_unchanged(&b, &a));
        }
    }
}
