//! Names in match repair: another name is put in the place of the old one only as the memory writes it elsewhere, and only where nothing
//! around it would have to change with it.

use std::ops::Range;

use crate::text::language::Language;
use crate::text::names::{Name, names, rendering};

/// How a memory writes a name in the language of the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownName {
    /// The name as it is written.
    pub text: String,
    /// Where it is from, in a few words.
    pub place: String,
}

/// A name that stands in the query where another one stands in the stored segment.
pub(super) struct NamePair {
    /// Its place in the query.
    pub(super) new: Range<usize>,
    /// The place of the other one in the stored segment.
    pub(super) old: Range<usize>,
    has_title: bool,
}

/// The names of two texts, pair by pair; `None` if they are not as many.
pub(super) fn name_pairs(query: &str, stored: &str, language: &Language) -> Option<Vec<NamePair>> {
    let (new, old) = (names(query, language), names(stored, language));
    let pair = |(new, old): (Name, Name)| NamePair {
        new: new.place,
        old: old.place,
        has_title: old.title.is_some(),
    };
    (new.len() == old.len()).then(|| new.into_iter().zip(old).map(pair).collect())
}

/// Where the old name of a pair stands in a target, if another one can stand there with no other word changed.
pub(super) fn slot(
    pair: &NamePair,
    (old, from): (&str, &Language),
    (new, known): (&str, &KnownName),
    (target, to): (&str, &Language),
) -> Option<Range<usize>> {
    let place = rendering(old, from, target, to)?;
    let (before, after) = (target.get(..place.start)?, target.get(place.end..)?);
    // An ending goes with the name it stands behind.
    let mut behind = after.chars().filter(|letter| *letter != '\u{200C}');
    let has_ending = match behind.next() {
        Some('-') => behind.next().is_some_and(char::is_alphabetic),
        letter => letter.is_some_and(char::is_alphabetic),
    };
    let fits = match to.primary() {
        // Without a title the name itself shows the case, unless both are written as everywhere else.
        "sq" => pair.has_title || (target.get(place.clone()) == Some(old) && known.text == new),
        // Verbs show who does something.
        "ar" => pair.has_title || follows_preposition(before),
        _ => true,
    };
    (!has_ending && fits).then_some(place)
}

/// Whether an Arabic text ends with a preposition, written apart or joined to what follows.
fn follows_preposition(before: &str) -> bool {
    let is_joined = before.ends_with(['ل', 'ب']);
    let word = before.split_whitespace().next_back().unwrap_or_default();
    is_joined || (before.ends_with(char::is_whitespace) && PREPOSITIONS.contains(&word))
}

/// General knowledge; a native reader should check it.
const PREPOSITIONS: &[&str] = &[
    "في", "إلى", "الى", "من", "على", "عن", "لدى", "مع", "بين", "عند", "نحو", "حول", "قرب",
];
