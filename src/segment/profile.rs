//! What the end of a segment looks like in a language: lists of words by class, read from the files in `profiles/`.
//!
//! Each file says where its entries come from. A class says how a word with a full stop behaves; see the fields.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::language::Language;

/// The data of one language. Words are in lower case and without their final full stop.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Profile {
    language: String,
    /// Never end a segment: titles before a name.
    pub(super) title: HashSet<String>,
    /// Do not end a segment if a number follows.
    pub(super) reference: HashSet<String>,
    /// Never end a segment: there is always more to come.
    pub(super) inside: HashSet<String>,
    /// End a segment only before a word that starts sentences.
    pub(super) may_end: HashSet<String>,
    /// "And so on": end a segment before a capital; in a script without capitals, always.
    pub(super) and_so_on: HashSet<String>,
    /// Words that start sentences and no names.
    pub(super) starters: HashSet<String>,
    /// Verbs that report what was said before them.
    pub(super) reporting: HashSet<String>,
    /// Endings that those verbs may carry.
    #[serde(default)]
    pub(super) reporting_endings: HashSet<String>,
    /// A conjunction that is written together with the word behind it and opens sentences.
    #[serde(default)]
    pub(super) conjunction: String,
    /// Letters written with two signs, which stand as initials.
    #[serde(default)]
    pub(super) digraphs: HashSet<String>,
    /// Words of one capital letter: neither initials nor Roman numerals.
    #[serde(default)]
    pub(super) capital_words: HashSet<String>,
}

static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    [
        include_str!("profiles/en.toml"),
        include_str!("profiles/fa.toml"),
        include_str!("profiles/ar.toml"),
        include_str!("profiles/sq.toml"),
    ]
    .iter()
    .map(|file| {
        toml::from_str(file).expect("the profiles are part of the program and a test reads them")
    })
    .collect()
});

impl Profile {
    /// The profile of a language, if there is one.
    pub(super) fn of(language: &Language) -> Option<&'static Profile> {
        PROFILES
            .iter()
            .find(|profile| profile.language == language.primary())
    }

    /// Whether the language is written with capitals, so that they can be seen.
    pub(super) fn has_capitals(&self) -> bool {
        !matches!(self.language.as_str(), "fa" | "ar")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_in_the_form_it_is_compared_in() {
        for profile in PROFILES.iter() {
            let lists = [
                &profile.title,
                &profile.reference,
                &profile.inside,
                &profile.may_end,
                &profile.and_so_on,
                &profile.starters,
                &profile.reporting,
                &profile.reporting_endings,
                &profile.digraphs,
                &profile.capital_words,
            ];
            for entry in lists.into_iter().flatten() {
                assert_eq!(entry.to_lowercase(), *entry, "{}", profile.language);
                assert!(!entry.ends_with('.') && entry.trim() == entry, "{entry}");
            }
        }
        assert_eq!(PROFILES.len(), 4);
    }
}
