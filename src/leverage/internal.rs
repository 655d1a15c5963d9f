//! Segments of one document that are like earlier ones of it: the translator does much of their work once.

use std::collections::HashMap;

use super::score::{Compared, edits_allowed};
use crate::memory::index::Sketch;
use crate::text::keys::Keys;
use crate::text::language::Language;

/// An earlier segment that a segment is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Internal {
    /// Its number.
    pub segment: usize,
    /// How many percent are unchanged.
    pub unchanged: u8,
}

/// For each segment the earlier one that is most like it, by at least `threshold` percent (from 50) of its words.
///
/// The first of several that are as like as each other is taken. Segments are counted by their words alone here: what is short
/// and only alike by its letters spares no work.
///
/// ```
/// use tarjuman::leverage::internal::internal;
/// use tarjuman::text::language::Language;
/// let en = Language::parse("en")?;
/// let found = internal(&["We meet on 3 May in the mill.", "Bring a lamp.", "We meet on 9 June in the mill."], &en, 70);
/// assert_eq!(found[2].map(|one| one.segment), Some(0));
/// assert_eq!(found[1], None);
/// # Ok::<(), tarjuman::error::Error>(())
/// ```
pub fn internal(segments: &[&str], language: &Language, threshold: u8) -> Vec<Option<Internal>> {
    let threshold = threshold.max(50);
    let mut with_feature: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut keys: Vec<Keys> = Vec::with_capacity(segments.len());
    let mut hits: Vec<usize> = vec![0; segments.len()];
    let mut found = Vec::with_capacity(segments.len());
    // By its key tokens, the first segment that has them: what says the same again is like that one, and like nothing more.
    let mut firsts: HashMap<String, usize> = HashMap::new();
    for (number, segment) in segments.iter().enumerate() {
        let own = Keys::of(segment, language);
        if !own.is_empty() {
            let first = *firsts.entry(own.text().to_owned()).or_insert(number);
            if first < number {
                found.push(Some(Internal {
                    segment: first,
                    unchanged: 100,
                }));
                keys.push(own);
                continue;
            }
        }
        let features = Sketch::of(&own).pairs;
        // Two features that collide are one.
        let lost = (own.len() + 1).saturating_sub(features.len());
        let mut seen = Vec::new();
        for earlier in features
            .iter()
            .filter_map(|feature| with_feature.get(feature))
            .flatten()
        {
            if let Some(hits) = hits.get_mut(*earlier) {
                if *hits == 0 {
                    seen.push(*earlier);
                }
                *hits += 1;
            }
        }
        seen.sort_unstable();
        let compared = Compared::new(&own);
        let mut best: Option<Internal> = None;
        for earlier in seen {
            let shared = hits.get_mut(earlier).map(std::mem::take).unwrap_or(0);
            let Some(other) = keys.get(earlier) else {
                continue;
            };
            // What the search in a memory rests on: so many pairs are left if few enough tokens are edited.
            let longer = own.len().max(other.len());
            if shared + lost + 2 * edits_allowed(threshold, longer) < longer + 1 {
                continue;
            }
            let unchanged = compared.words_unchanged(other);
            if unchanged >= threshold && best.is_none_or(|best| unchanged > best.unchanged) {
                best = Some(Internal {
                    segment: earlier,
                    unchanged,
                });
            }
        }
        found.push(best);
        for feature in features {
            with_feature.entry(feature).or_default().push(number);
        }
        keys.push(own);
    }
    found
}
