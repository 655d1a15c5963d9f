//! Ways of scoring: what the keys are, and what penalties take off.

use std::collections::HashMap;

use tarjuman::leverage::difference::{DifferenceKind, differences};
use tarjuman::unit::Segment;

use super::grams::Profile;
use super::keys::{CLASSES, Keys, PLAIN, Words};
use super::search::{Hit, Numbered, distance, percent};
use super::units::Units;

/// Far enough below the thresholds that every way finds as many queries as the first.
const LEAST: u8 = 40;

/// The differences that penalties are for.
const KINDS: [DifferenceKind; 6] = [
    DifferenceKind::Number,
    DifferenceKind::Case,
    DifferenceKind::Punctuation,
    DifferenceKind::Digits,
    DifferenceKind::Diacritics,
    DifferenceKind::Spacing,
];

/// A way of scoring.
pub(super) struct Way {
    pub(super) name: String,
    keys: Keys,
    /// Segments of so few words also count by letters.
    short: usize,
    /// Taken off if words differ that the keys call the same.
    inflection: u8,
    /// Taken off for each of [`KINDS`].
    penalties: [u8; 6],
    /// Penalties count only where all key tokens are the same, to tell a whole match from a nearly whole one.
    whole_only: bool,
    /// Among a query's matches the highest percent stands first, and the newest of equals; else the most alike.
    pub(super) by_percent: bool,
}

/// All that are compared; the others are told beside the first.
pub(super) fn ways() -> Vec<Way> {
    let way = |name: &str, keys: Keys| Way {
        name: name.to_owned(),
        keys,
        short: 0,
        inflection: 0,
        penalties: [0; 6],
        whole_only: false,
        by_percent: false,
    };
    let words = |words: Words| Keys { words, ..CLASSES };
    let mut ways = vec![
        way(
            "key tokens: near words, numbers one class, no marks",
            CLASSES,
        ),
        way("plain tokens: near words, numbers by value, marks", PLAIN),
        Way {
            by_percent: true,
            ..way(
                "plain tokens, highest percent first: the usual order",
                PLAIN,
            )
        },
        way(
            "numbers by value",
            Keys {
                number_class: false,
                ..CLASSES
            },
        ),
        way(
            "marks are tokens",
            Keys {
                marks: true,
                ..CLASSES
            },
        ),
    ];
    for inflection in [0, 1, 2, 3] {
        for (name, kind) in [
            ("loose words", Words::Loose),
            ("stems of loose words", Words::Stem),
        ] {
            ways.push(Way {
                inflection,
                ..way(&format!("{name}, -{inflection}"), words(kind))
            });
        }
    }
    for short in [3, 5] {
        ways.push(Way {
            short,
            ..way(&format!("up to {short} words also by letters"), CLASSES)
        });
    }
    for (kind, name) in KINDS.iter().enumerate() {
        for penalty in [1, 2, 3] {
            let mut penalties = [0; 6];
            penalties[kind] = penalty;
            ways.push(Way {
                penalties,
                ..way(&format!("{} -{penalty}", name.name()), CLASSES)
            });
        }
    }
    for penalty in [1, 2, 3] {
        ways.push(Way {
            penalties: [penalty; 6],
            ..way(&format!("every kind -{penalty}"), CLASSES)
        });
    }
    for (inflection, penalties, whole_only) in [
        (1, [2, 1, 1, 1, 1, 1], false),
        (1, [2, 1, 1, 1, 1, 1], true),
        (2, [2, 1, 1, 1, 1, 1], true),
    ] {
        let when = if whole_only {
            " where the keys are the same"
        } else {
            ""
        };
        let name = format!("stems of loose words -{inflection}, number -2, others -1{when}");
        ways.push(Way {
            inflection,
            penalties,
            whole_only,
            ..way(&name, words(Words::Stem))
        });
    }
    ways
}

/// What is known of two segments of a language, whichever way finds them.
pub(super) struct Known<'a> {
    units: &'a Units,
    from: usize,
    profiles: HashMap<u32, Profile>,
    kinds: HashMap<(u32, u32), [bool; 6]>,
    alike: HashMap<(u32, u32), f64>,
    found: HashMap<Keys, (Numbered, Vec<Vec<Hit>>)>,
}

impl<'a> Known<'a> {
    pub(super) fn new(units: &'a Units, from: usize) -> Self {
        Known {
            units,
            from,
            profiles: HashMap::new(),
            kinds: HashMap::new(),
            alike: HashMap::new(),
            found: HashMap::new(),
        }
    }

    /// All segments by these keys, and what they find.
    fn found(&mut self, keys: Keys) -> &(Numbered, Vec<Vec<Hit>>) {
        let (texts, language) = (
            &self.units.texts[self.from],
            &self.units.languages[self.from],
        );
        self.found.entry(keys).or_insert_with(|| {
            let keyed = Numbered::new(texts.iter().map(|text| keys.of(text, language)));
            let hits = keyed.all_hits(LEAST);
            (keyed, hits)
        })
    }

    /// Trigrams of the key text in common, as Dice has it.
    pub(super) fn alike(&mut self, query: u32, stored: u32) -> f64 {
        if let Some(alike) = self.alike.get(&(query, stored)) {
            return *alike;
        }
        let language = &self.units.languages[self.from];
        for unit in [query, stored] {
            let text = &self.units.texts[self.from][unit as usize];
            let profile =
                || Profile::new(format!(" {} ", CLASSES.of(text, language).join(" ")).chars());
            self.profiles.entry(unit).or_insert_with(profile);
        }
        let (a, b) = (&self.profiles[&query], &self.profiles[&stored]);
        let alike = 2.0 * f64::from(a.common(b)[2]) / f64::from(a.totals[2] + b.totals[2]).max(1.0);
        self.alike.insert((query, stored), alike);
        alike
    }

    fn kinds(&mut self, query: u32, stored: u32) -> [bool; 6] {
        let (language, texts) = (
            &self.units.languages[self.from],
            &self.units.texts[self.from],
        );
        *self.kinds.entry((query, stored)).or_insert_with(|| {
            let segment = |unit: u32| Segment::plain(texts[unit as usize].as_str());
            let found = differences(&segment(query), &segment(stored), language);
            KINDS.map(|kind| found.iter().any(|one| one.kind == kind))
        })
    }
}

impl Way {
    /// For each segment, the others that it finds.
    pub(super) fn hits(&self, units: &Units, from: usize, known: &mut Known<'_>) -> Vec<Vec<Hit>> {
        let mut hits = known.found(self.keys).1.clone();
        if self.short > 0 {
            self.add_short(&known.found(self.keys).0, units, from, &mut hits);
        }
        if self.penalties != [0; 6] {
            for (query, hits) in hits.iter_mut().enumerate() {
                for hit in hits
                    .iter_mut()
                    .filter(|hit| !self.whole_only || hit.percent == 100)
                {
                    let kinds = known.kinds(query as u32, hit.stored);
                    let off = kinds
                        .iter()
                        .zip(self.penalties)
                        .filter_map(|(there, penalty)| there.then_some(penalty));
                    hit.percent = hit.percent.saturating_sub(off.sum());
                }
            }
        }
        if self.inflection > 0 {
            // Diacritics have a penalty of their own.
            let words = if self.keys.words == Words::Stem {
                Words::Loose
            } else {
                Words::Near
            };
            let words = &known.found(Keys { words, ..CLASSES }).0;
            for (query, hits) in hits.iter_mut().enumerate() {
                for hit in hits {
                    let (a, b) = (&words.segments[query], &words.segments[hit.stored as usize]);
                    let longer = a.len().max(b.len());
                    if percent(longer - distance(a, b), longer) < hit.percent {
                        hit.percent = hit.percent.saturating_sub(self.inflection);
                    }
                }
            }
        }
        hits
    }

    fn add_short(&self, keyed: &Numbered, units: &Units, from: usize, hits: &mut [Vec<Hit>]) {
        let language = &units.languages[from];
        let short = keyed
            .segments
            .iter()
            .enumerate()
            .filter(|(_, tokens)| (1..=self.short).contains(&tokens.len()));
        let letters: Vec<(usize, Vec<char>)> = short
            .map(|(unit, _)| {
                (
                    unit,
                    CLASSES
                        .of(&units.texts[from][unit], language)
                        .join(" ")
                        .chars()
                        .collect(),
                )
            })
            .collect();
        for (query, a) in &letters {
            for (stored, b) in letters.iter().filter(|(stored, _)| stored != query) {
                let longer = a.len().max(b.len());
                if percent(a.len().min(b.len()), longer) < LEAST {
                    continue;
                }
                let percent = percent(longer - distance(a, b), longer);
                let own = &mut hits[*query];
                match own.iter_mut().find(|hit| hit.stored as usize == *stored) {
                    Some(hit) => hit.percent = hit.percent.max(percent),
                    None if percent >= LEAST => own.push(Hit {
                        stored: *stored as u32,
                        percent,
                    }),
                    None => {}
                }
            }
        }
    }
}
