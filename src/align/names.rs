//! Names that two editions share: words that sound alike.
//!
//! Only words of which the consonants are about the same are held against each other, so that a long text takes no longer than its length.

use std::collections::HashMap;

use super::vocabulary::{EditionWords, Vocabulary};
use crate::text::names::Sound;

/// So many classes of consonants make a name that can be told from other words.
const LEAST_CONSONANTS: usize = 3;

/// How alike two words have to sound to be the same name.
const LEAST: f64 = 0.75;

/// A skeleton that more words of an edition have says nothing.
const MOST: usize = 64;

/// For each word of an edition that may be a name, by number, the words of another that sound like it.
pub(super) fn alike(
    (from, from_words): (&Vocabulary, &EditionWords),
    (to, to_words): (&Vocabulary, &EditionWords),
) -> HashMap<u32, Vec<u32>> {
    let mut having: HashMap<Vec<u8>, Vec<u32>> = HashMap::new();
    for (word, sounds) in names(to, to_words) {
        for skeleton in about(sounds) {
            having.entry(skeleton).or_default().push(word);
        }
    }
    having.retain(|_, words| words.len() <= MOST);
    let mut found = HashMap::new();
    for (word, sounds) in names(from, from_words) {
        let skeletons = about(sounds);
        let about = skeletons.iter().filter_map(|skeleton| having.get(skeleton));
        let mut others: Vec<u32> = about.flatten().copied().collect();
        others.sort_unstable();
        others.dedup();
        others.retain(|other| {
            let theirs = to.names.get(other).into_iter().flatten();
            let mut pairs = theirs.flat_map(|their| sounds.iter().map(move |own| (own, their)));
            pairs.any(|(own, their)| own.likeness(their) >= LEAST)
        });
        if !others.is_empty() {
            found.insert(word, others);
        }
    }
    found
}

/// The words of an edition that may be names.
fn names<'v>(
    vocabulary: &'v Vocabulary,
    words: &'v EditionWords,
) -> impl Iterator<Item = (u32, &'v [Sound])> {
    let all = words.shares.iter();
    all.filter_map(|(word, _)| Some((*word, vocabulary.names.get(word)?.as_slice())))
}

/// The skeletons of a word, and what is left of each without one of its consonants: two names have one of them in common if they differ by
/// one consonant at most.
fn about(sounds: &[Sound]) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let skeletons = sounds.iter().flat_map(Sound::skeletons);
    for skeleton in skeletons.filter(|skeleton| skeleton.len() >= LEAST_CONSONANTS) {
        for left_out in 0..skeleton.len() {
            let mut rest = skeleton.clone();
            rest.remove(left_out);
            found.push(rest);
        }
        found.push(skeleton);
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Edition;
    use crate::text::language::Language;

    fn pairs(a: (&str, &str), b: (&str, &str)) -> usize {
        let words = |(tag, text): (&str, &str)| {
            let edition = Edition::new(Language::from_file(tag), [[text]]);
            let mut vocabulary = Vocabulary::new(edition.language.clone());
            let words = EditionWords::new(&edition, &mut vocabulary);
            (vocabulary, words)
        };
        let (a, b) = (words(a), words(b));
        let found = alike((&a.0, &a.1), (&b.0, &b.1));
        found.values().map(Vec::len).sum()
    }

    #[test]
    fn names_are_recognised_across_scripts_whatever_hangs_on_them() {
        for (a, b) in [
            (("en", "We met Miriam"), ("fa", "مریم را دیدیم")),
            (("en", "for Salome too"), ("ar", "أيضا لسالومة")),
            (("fa", "کتاب شریفه"), ("sq", "libri i Sherifesë")),
            (("fa", "پتروف آمد"), ("ar", "جاء بتروف")),
        ] {
            assert_eq!(pairs(a, b), 1, "{a:?}");
            assert_eq!(pairs(b, a), 1, "{a:?}");
        }
        // A word that is no name is not looked for by its sounds.
        assert_eq!(pairs(("en", "the marine"), ("ar", "مرن")), 0);
        assert_eq!(pairs(("en", "We met Miriam"), ("fa", "کتاب را دیدیم")), 0);
    }
}
