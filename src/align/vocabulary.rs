//! The words of a language in all documents of one call, as numbers, so that what one document teaches serves the others.

use std::collections::{HashMap, HashSet};

use super::Edition;
use super::forms::{Form, forms, may_be_name};
use crate::text::dates::{Calendar, dates};
use crate::text::fold;
use crate::text::language::Language;
use crate::text::names::{Sound, heard};
use crate::text::stem::light;
use crate::text::tokens::{TokenKind, ascii_digits, tokens};

/// The words of a language, by number.
#[derive(Debug)]
pub(super) struct Vocabulary {
    pub(super) language: Language,
    numbers: HashMap<String, u32>,
    /// What each word may be recognised by in another language.
    pub(super) forms: Vec<Vec<Form>>,
    /// How each word sounds that may be a name, in the spellings that it was seen in.
    pub(super) names: HashMap<u32, Vec<Sound>>,
    /// Those spellings.
    spellings: HashSet<String>,
}

impl Vocabulary {
    pub(super) fn new(language: Language) -> Self {
        Vocabulary {
            language,
            numbers: HashMap::new(),
            forms: Vec::new(),
            names: HashMap::new(),
            spellings: HashSet::new(),
        }
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }

    /// The number of a word, if any document has it.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The words with their numbers, in no order.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        let numbers = self.numbers.iter();
        numbers.map(|(word, number)| (word.as_str(), *number))
    }

    fn add(&mut self, word: String, forms: Vec<Form>) -> u32 {
        let next = self.forms.len() as u32;
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.forms.push(Vec::new());
        }
        if let Some(known) = self.forms.get_mut(number as usize) {
            for form in forms {
                if !known.contains(&form) {
                    known.push(form);
                }
            }
        }
        number
    }

    /// Notes how a word sounds, if it may be a name and was not seen in this spelling.
    fn hear(&mut self, number: u32, written: &str) {
        let may_be = may_be_name(written, self.language.primary());
        if may_be && self.spellings.insert(written.to_owned()) {
            let mut ways = heard(written, &self.language);
            self.names.entry(number).or_default().append(&mut ways);
        }
    }

    /// The words of a segment, and a word for each day that it names.
    fn add_all(&mut self, text: &str) -> Vec<u32> {
        let language = self.language.clone();
        let words = words_of(text, &language);
        let mut own: Vec<u32> = words
            .map(|(word, written, is_number)| {
                let number = self.add(word, forms(written, is_number));
                self.hear(number, written);
                number
            })
            .collect();
        for readings in dates(text, &language) {
            // A lunar day may be seen a day earlier or later.
            let days = readings.iter().flat_map(|reading| {
                let off = i64::from(reading.calendar == Calendar::LunarHijri);
                reading.day - off..=reading.day + off
            });
            own.push(self.add(format!("@{readings:?}"), days.map(Form::Day).collect()));
        }
        own
    }
}

/// The words of a text that count as evidence, each as it is known by (a light stem of its loose fold, or `#` and digits), as it
/// stands, and whether it is a number. Single letters say nothing and are left out.
pub(super) fn words_of<'t>(
    text: &'t str,
    language: &Language,
) -> impl Iterator<Item = (String, &'t str, bool)> {
    let wanted = tokens(text)
        .into_iter()
        .filter(|token| token.kind != TokenKind::Mark);
    let parts = wanted.flat_map(|token| {
        let is_number = token.kind == TokenKind::Number;
        let parts = token.text.split('\u{200C}');
        parts.map(move |part| (part, is_number))
    });
    parts.filter_map(|(part, is_number)| {
        let folded = fold::loose(part, language);
        let word = if is_number {
            format!("#{}", ascii_digits(&folded))
        } else {
            light(&folded, language.primary()).to_owned()
        };
        word.chars().nth(1)?;
        Some((word, part, is_number))
    })
}

/// The words of an edition.
#[derive(Debug)]
pub(super) struct EditionWords {
    /// For each segment its words, by number.
    pub(super) segments: Vec<Vec<u32>>,
    /// Each word that stands in the edition, growing, and how often it does, as a share of all words.
    pub(super) shares: Vec<(u32, f64)>,
}

impl EditionWords {
    pub(super) fn new(edition: &Edition, vocabulary: &mut Vocabulary) -> Self {
        let segments = edition.segments.iter();
        let segments: Vec<Vec<u32>> = segments
            .map(|segment| vocabulary.add_all(&segment.text))
            .collect();
        let mut all: Vec<u32> = segments.iter().flatten().copied().collect();
        all.sort_unstable();
        let total = all.len().max(1) as f64;
        let same = all.chunk_by(|x, y| x == y);
        let shares = same.filter_map(|same| Some((*same.first()?, same.len() as f64 / total)));
        EditionWords {
            shares: shares.collect(),
            segments,
        }
    }

    /// The words of so many segments from a place.
    pub(super) fn of(&self, (start, count): (usize, usize)) -> impl Iterator<Item = u32> + '_ {
        let segments = self.segments.get(start..start + count);
        segments.unwrap_or_default().iter().flatten().copied()
    }
}
