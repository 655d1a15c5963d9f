//! Whether two texts are editions of one text at all.
//!
//! The search finds the best pairing of any two texts. If it is not sure of what it found, the second text is turned round, its last
//! segment first, and aligned again: of two editions the right way round is much surer than the wrong one, of two strangers neither
//! is.

use super::anchors::WHOLE;
use super::lexicon::Lexicon;
use super::passes;
use super::{Bead, Document, Edition, PairedBeads};
use crate::error::Result;

/// Surer than this on average, two texts are editions of one text.
const SURE: f64 = 0.7;

/// How much surer the right way round is at least, of editions; and how much if it is rather unsure than sure.
const GAIN: f64 = 0.12;
const GAIN_IF_UNSURE: f64 = 0.25;

/// Fewer segments than this say too little to tell.
const ENOUGH: usize = 8;

/// Whether the two editions of a pair look like strangers to each other.
///
/// # Errors
/// What the lexicon returns.
pub(super) fn are_strangers(
    document: &Document,
    pair: &PairedBeads,
    lexicon: &dyn Lexicon,
) -> Result<bool> {
    let found = mean(pair.beads.iter().map(|bead: &Bead| bead.confidence));
    if found >= SURE || !document.fixed.is_empty() {
        return Ok(false);
    }
    let (a, b) = (
        &document.editions[pair.editions.0],
        &document.editions[pair.editions.1],
    );
    if a.segments.len().min(b.segments.len()) < ENOUGH {
        return Ok(false);
    }
    if a.segments.len() * b.segments.len() > WHOLE {
        // Over so many beads the mean alone tells.
        return Ok(found < SURE / 2.0);
    }
    let turned = Document {
        editions: vec![a.clone(), turned(b)],
        fixed: Vec::new(),
    };
    let pairs = passes::align(&[turned], lexicon, &mut |_, _| Ok(()))?;
    let beads = pairs
        .iter()
        .flatten()
        .flat_map(|pair| &pair.alignment.beads);
    let gain = found - mean(beads.map(|bead| bead.confidence));
    Ok(gain < if found < 0.5 { GAIN_IF_UNSURE } else { GAIN })
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    sum / f64::from(count.max(1))
}

fn turned(edition: &Edition) -> Edition {
    let mut turned = edition.clone();
    turned.segments.reverse();
    for segment in &mut turned.segments {
        std::mem::swap(&mut segment.opens_paragraph, &mut segment.closes_paragraph);
    }
    turned
}
