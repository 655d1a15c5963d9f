//! What the end of a segment looks like in a language: lists of words by class, read from the files in `profiles/`.
//!
//! Each file says where its entries come from. A class says how a word with a full stop behaves; `compile` makes ordered rules
//! of the classes.
//!
//! An entry without a capital stands for itself in any case; one with a capital only for itself and for itself in capitals,
//! because without it it is another word (*Gen.* and *gen.*, *Mass.* and *mass.*). Blanks may stand behind the full stops in it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::language::Language;

/// The data of one language. Words are without their final full stop.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Profile {
    /// The primary subtag of the language.
    pub(super) language: String,
    /// Whether its script has no capitals that could show where a sentence starts.
    pub(super) unicameral: bool,
    /// Never end a segment: titles before a name.
    pub(super) title: Vec<String>,
    /// Never end a segment: there is always more to come.
    pub(super) inside: Vec<String>,
    /// End a segment only before a word that starts sentences.
    pub(super) may_end: Vec<String>,
    /// The same, of another script or language: names of companies and the like in a text of this one.
    pub(super) foreign: Vec<String>,
    /// Behind a number, end a segment before a word that starts sentences and not otherwise: eras of one letter.
    pub(super) era: Vec<String>,
    /// Words that go on behind an era of one letter; if there are any, an era behind a year ends a segment before any other.
    pub(super) after_era: Vec<String>,
    /// Words that name the year before such an era.
    pub(super) before_year: Vec<String>,
    /// "And so on", and what else stands at the end of a phrase: end a segment before a capital; without capitals, always.
    pub(super) and_so_on: Vec<String>,
    /// Units behind a number: end a segment before a capital, not otherwise.
    pub(super) unit: Vec<String>,
    /// Times of the day: end a segment before a capital, unless it is a word of `after_time`.
    pub(super) time: Vec<String>,
    /// Words that go on behind a time of the day: time zones, days of the week.
    pub(super) after_time: Vec<String>,
    /// Do not end a segment if a number follows, Roman or not.
    pub(super) reference: Vec<String>,
    /// Other abbreviations: do not end a segment before a small letter. Only for a language where other words do.
    pub(super) abbreviated: Vec<String>,
    /// Whether a full stop behind an ordinary word ends a segment also before a small letter, as in careless letters.
    pub(super) ends_before_small: bool,
    /// Ordinary words of two letters, which otherwise count as abbreviations before a small letter.
    pub(super) short_words: Vec<String>,
    /// Words of one capital letter: neither initials nor Roman numerals.
    pub(super) letter_words: Vec<String>,
    /// Words before a word of `letter_words` that make it the end of a sentence: and, than.
    pub(super) before_letter_word: Vec<String>,
    /// Words that a letter belongs to, so that it is no initial: vitamin C, plan B.
    pub(super) lettered: Vec<String>,
    /// Letters written with two signs, which stand as initials.
    pub(super) digraphs: Vec<String>,
    /// Labels of list items besides numbers and single letters.
    pub(super) labels: Vec<String>,
    /// Words that start sentences and no names.
    pub(super) starters: Vec<String>,
    /// Conjunctions written together with the word behind them; in front of a longer word one starts a sentence.
    pub(super) joined: Vec<String>,
    /// Conjunctions and prepositions written together with an abbreviation behind them.
    pub(super) proclitics: Vec<String>,
    /// Words that go on with the sentence behind a quoted question or exclamation.
    pub(super) goes_on: Vec<String>,
    /// Conjunctions that do the same, written together with the word behind them.
    pub(super) goes_on_joined: Vec<String>,
    /// Verbs that report what was said before them.
    pub(super) reporting: Vec<String>,
    /// Endings that those verbs may carry.
    pub(super) reporting_endings: Vec<String>,
    /// Whether three dots are a pause rather than an end: they end a segment only before a word that starts sentences.
    pub(super) pauses_with_dots: bool,
    /// Words that stand for "and so on" before dots of omission: و…
    pub(super) before_omission: Vec<String>,
}

/// All profiles.
pub(super) static PROFILES: LazyLock<Vec<Profile>> = LazyLock::new(|| {
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
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 4] = [
        ("en", include_str!("profiles/en.toml")),
        ("fa", include_str!("profiles/fa.toml")),
        ("ar", include_str!("profiles/ar.toml")),
        ("sq", include_str!("profiles/sq.toml")),
    ];

    #[test]
    fn there_is_a_profile_for_each_language_of_the_project() {
        for (tag, _) in FILES {
            let language = Language::parse(&format!("{tag}-XK")).unwrap();
            assert_eq!(Profile::of(&language).unwrap().language, tag);
        }
        assert!(Profile::of(&Language::parse("de").unwrap()).is_none());
    }

    /// Every list says where it comes from, or that a native reader should check it (K).
    #[test]
    fn every_list_names_its_sources() {
        for (tag, file) in FILES {
            let (head, _) = file.split_once("language =").unwrap();
            let mut comment = String::new();
            for line in file.lines() {
                if let Some((name, _)) = line.split_once(" = [") {
                    let (_, sources) = comment.rsplit_once('[').unwrap_or_else(|| {
                        panic!("{tag}: {name} does not say where it comes from");
                    });
                    for source in sources
                        .trim_end_matches(['.', ']'])
                        .split([',', ' ', ':', ';'])
                    {
                        let is_name =
                            source.chars().filter(char::is_ascii_uppercase).count() == source.len();
                        let known =
                            !is_name || source.is_empty() || head.contains(&format!("{source} = "));
                        assert!(known, "{tag}: {name}: {source}");
                    }
                }
                match line.strip_prefix('#') {
                    Some(said) if comment.is_empty() || comment.ends_with(' ') => {
                        comment.push_str(said);
                        comment.push(' ');
                    }
                    Some(said) => comment = format!("{said} "),
                    None => comment.clear(),
                }
            }
        }
    }

    #[test]
    fn entries_are_in_the_form_they_are_compared_in() {
        for (tag, file) in FILES {
            let lists: std::collections::HashMap<String, toml::Value> =
                toml::from_str(file).unwrap();
            for (name, list) in lists {
                let entries = list.as_array().cloned().unwrap_or_default();
                let mut seen = std::collections::HashSet::new();
                for entry in &entries {
                    let entry = entry.as_str().unwrap();
                    assert!(
                        !entry.is_empty() && !entry.ends_with('.') && entry.trim() == entry,
                        "{tag}: {name}: {entry}"
                    );
                    assert!(seen.insert(entry), "{tag}: {name}: {entry} is there twice");
                }
            }
        }
    }
}
