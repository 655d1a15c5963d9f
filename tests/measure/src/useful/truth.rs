//! How useful a stored target is: what it has in common with the target that a person gave to the query.

use std::collections::{HashMap, HashSet};

use tarjuman::text::fold;

use super::grams::{Profile, chrf};
use super::search::distance;
use super::units::Units;

/// A measure of usefulness, 0 to 100.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Measure {
    /// chrF as it is usual: recall counts twice, so that longer targets win.
    ChrF2,
    /// chrF with precision and recall alike.
    ChrF1,
    /// Letters that an editor leaves alone.
    Edits,
}

/// The targets in one language, and which units count for a pair of languages.
pub(super) struct Truth<'a> {
    units: &'a Units,
    to: usize,
    profiles: HashMap<u32, Profile>,
    known: HashMap<(Measure, u32, u32), f64>,
    /// Units that are no copy, source and target, of an earlier one.
    kept: Vec<bool>,
}

impl<'a> Truth<'a> {
    pub(super) fn new(units: &'a Units, from: usize, to: usize) -> Self {
        let mut seen = HashSet::new();
        let texts = units.texts[from].iter().zip(&units.texts[to]);
        let kept = texts.map(|both| seen.insert(both)).collect();
        Truth {
            units,
            to,
            profiles: HashMap::new(),
            known: HashMap::new(),
            kept,
        }
    }

    pub(super) fn counts(&self, unit: u32) -> bool {
        self.kept[unit as usize]
    }

    /// How useful the stored unit's target is to whoever translates the query.
    pub(super) fn useful(&mut self, measure: Measure, query: u32, stored: u32) -> f64 {
        if let Some(known) = self.known.get(&(measure, query, stored)) {
            return *known;
        }
        let useful = match measure {
            Measure::ChrF2 => self.chrf(query, stored, 2.0),
            Measure::ChrF1 => self.chrf(query, stored, 1.0),
            Measure::Edits => {
                let letters = |unit| self.text(unit).chars().collect::<Vec<_>>();
                let (truth, text) = (letters(query), letters(stored));
                let longer = truth.len().max(text.len()).max(1);
                100.0 * (longer - distance(&truth, &text)) as f64 / longer as f64
            }
        };
        self.known.insert((measure, query, stored), useful);
        useful
    }

    fn chrf(&mut self, query: u32, stored: u32, beta: f64) -> f64 {
        for unit in [query, stored] {
            if !self.profiles.contains_key(&unit) {
                let profile = Profile::solid(&self.text(unit));
                self.profiles.insert(unit, profile);
            }
        }
        let (truth, text) = (&self.profiles[&query], &self.profiles[&stored]);
        chrf(
            &truth.common(text),
            &text.totals,
            &truth.totals,
            1..=6,
            beta,
        )
    }

    /// A target without what no reader sees.
    pub(super) fn text(&self, unit: u32) -> String {
        fold::identity(
            &self.units.texts[self.to][unit as usize],
            &self.units.languages[self.to],
        )
    }
}
