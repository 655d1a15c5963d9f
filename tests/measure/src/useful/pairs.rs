//! A query beside a stored segment: everything that a predictor may look at, counted once.

use tarjuman::text::fold;
use tarjuman::text::language::Language;

use super::grams::{Counts, Profile};
use super::keys::{CLASSES, PLAIN};
use super::search::{Numbered, distance, percent};
use std::collections::HashMap;

/// Which letters n-grams are made of.
#[derive(Clone, Copy)]
pub(super) enum Letters {
    /// Near text in lower case, with its spaces and marks.
    Text,
    /// The same without white space, as chrF has it.
    Solid,
    /// Key tokens with one space before, between and behind.
    Keys,
}

/// A query beside a stored segment.
pub(super) struct Pair {
    pub(super) query: u32,
    pub(super) stored: u32,
    /// Percent of plain tokens unchanged.
    pub(super) plain: u8,
    /// Percent of key tokens unchanged.
    pub(super) key: u8,
    /// Key tokens: of the query, of the stored segment, in common.
    pub(super) tokens: [f64; 3],
    /// The same weighed by how rare they are: of the query, of the stored segment, in common.
    pub(super) weights: [f64; 3],
    /// Letters of near text: of the longer side, unchanged.
    pub(super) letters: [f64; 2],
    /// N-grams by kind of letters: of the query, of the stored segment, in common.
    pub(super) grams: [[Counts; 3]; 3],
}

/// The segments of one language, prepared.
pub(super) struct Side<'a> {
    texts: &'a [String],
    language: &'a Language,
    pub(super) plain: Numbered,
    pub(super) key: Numbered,
    rarity: Vec<f64>,
    prepared: HashMap<u32, Prepared>,
}

struct Prepared {
    letters: Vec<char>,
    profiles: [Profile; 3],
}

impl<'a> Side<'a> {
    pub(super) fn new(texts: &'a [String], language: &'a Language) -> Self {
        let numbered = |keys: super::keys::Keys| {
            Numbered::new(texts.iter().map(|text| keys.of(text, language)))
        };
        let (plain, key) = (numbered(PLAIN), numbered(CLASSES));
        let mut holders = vec![0.0; key.words];
        for tokens in &key.segments {
            let mut once = tokens.clone();
            once.sort_unstable();
            once.dedup();
            for token in once {
                holders[token as usize] += 1.0;
            }
        }
        let all = texts.len() as f64;
        let rarity = holders
            .iter()
            .map(|count: &f64| (all / count).ln())
            .collect();
        Side {
            texts,
            language,
            plain,
            key,
            rarity,
            prepared: HashMap::new(),
        }
    }

    fn prepare(&mut self, segment: u32) {
        let (texts, language) = (self.texts, self.language);
        self.prepared.entry(segment).or_insert_with(|| {
            let text = texts[segment as usize].as_str();
            let near = fold::near(text, language).to_lowercase();
            let keys = format!(" {} ", CLASSES.of(text, language).join(" "));
            Prepared {
                letters: near.chars().collect(),
                profiles: [
                    Profile::new(near.chars()),
                    Profile::solid(&near),
                    Profile::new(keys.chars()),
                ],
            }
        });
    }

    pub(super) fn pair(&mut self, query: u32, stored: u32) -> Pair {
        self.prepare(query);
        self.prepare(stored);
        let unchanged = |numbered: &Numbered| {
            let (a, b) = (
                &numbered.segments[query as usize],
                &numbered.segments[stored as usize],
            );
            let longer = a.len().max(b.len());
            percent(longer - distance(a, b), longer)
        };
        let (plain, key) = (unchanged(&self.plain), unchanged(&self.key));
        let (a, b) = (
            &self.key.segments[query as usize],
            &self.key.segments[stored as usize],
        );
        let (mut left, mut right) = (a.clone(), b.clone());
        left.sort_unstable();
        right.sort_unstable();
        let rarity = |tokens: &[u32]| {
            tokens
                .iter()
                .map(|token| self.rarity[*token as usize])
                .sum::<f64>()
        };
        let shared = in_both(&left, &right);
        let (x, y) = (&self.prepared[&query], &self.prepared[&stored]);
        let longer = x.letters.len().max(y.letters.len());
        let kind = |kind: usize| {
            [
                x.profiles[kind].totals,
                y.profiles[kind].totals,
                x.profiles[kind].common(&y.profiles[kind]),
            ]
        };
        Pair {
            query,
            stored,
            plain,
            key,
            tokens: [a.len(), b.len(), shared.len()].map(|count| count as f64),
            weights: [rarity(&left), rarity(&right), rarity(&shared)],
            letters: [
                longer as f64,
                (longer - distance(&x.letters, &y.letters)) as f64,
            ],
            grams: [kind(0), kind(1), kind(2)],
        }
    }
}

fn in_both(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut both = Vec::new();
    let mut rest = b.iter().peekable();
    for token in a {
        while rest.next_if(|other| *other < token).is_some() {}
        if rest.next_if(|other| *other == token).is_some() {
            both.push(*token);
        }
    }
    both
}
