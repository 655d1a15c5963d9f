//! Beads that an editor gives: read from a file in any of the formats, and held against the text they are of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::bead_files::BeadFormat;
use super::editions::{EditionFiles, each_two};
use super::letter::Letter;
use crate::align::{self, Bead, Edition, PairedBeads};
use crate::error::{Error, Result};
use crate::formats::bead_list::{self, json, ladder, table};
use crate::formats::beads::{self, BeadsEdition, BeadsFile};
use crate::formats::utf8;

/// Beads from a file: 1 sure, or 0 where somebody should look.
pub(super) struct GivenBeads {
    pub(super) editions: Vec<Edition>,
    pub(super) beads: Vec<Bead>,
    pub(super) pairs: Vec<PairedBeads>,
}

/// Reads the beads of a text from a file, whose ending tells its format.
pub(super) fn read_beads(path: &Path, text: &EditionFiles) -> Result<GivenBeads> {
    let at = |error: Error| error.at(path);
    let kind = BeadFormat::of(path)?;
    let bytes = std::fs::read(path).map_err(|error| Error::io(path, "read", &error))?;
    let content = utf8(&bytes).map_err(at)?;
    let languages = text.languages();
    let editions = text.editions();
    let counts: Vec<usize> = editions
        .iter()
        .map(|edition| edition.segments.len())
        .collect();
    let listed = match kind {
        BeadFormat::Beads => {
            return beads_from(&beads::read(content).map_err(at)?, text).map_err(at);
        }
        BeadFormat::Ladder => match counts.as_slice() {
            [a, b] => ladder::read(content, (*a, *b)),
            _ => Err(Error::request("a ladder is of two editions")),
        },
        BeadFormat::Table => table::read(content, &languages),
        BeadFormat::Json => json::read(content, &languages),
        BeadFormat::Tmx | BeadFormat::InterText => {
            Err(Error::request("beads are not read from such a file")
                .hint("a .beads file, a .ladder, a .tsv or a .json is"))
        }
    };
    let listed = listed.map_err(at)?;
    bead_list::check(&listed, &counts).map_err(at)?;
    let mut beads = Vec::new();
    let mut named: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); counts.len()];
    for bead in listed {
        for ((edition, own), said) in editions.iter().zip(&bead.segments).zip(&bead.texts) {
            let texts = own.iter().map(|at| edition.segments[*at].text.as_str());
            if said.as_ref().is_some_and(|said| !same_words(said, texts)) {
                let message = format!(
                    "the {} text of this line is not that of its segments",
                    edition.language.english_name()
                );
                let error = Error::input(message).on_line(bead.line).at(path);
                return Err(error.hint("correct the numbers and leave the texts; the text itself is corrected in its own file"));
            }
        }
        named
            .iter_mut()
            .zip(&bead.segments)
            .for_each(|(named, own)| named.extend(own));
        beads.push(Bead {
            segments: bead.segments,
            confidence: if bead.look { 0.0 } else { 1.0 },
            crossed: bead.crossed,
        });
    }
    // What no line names stands alone, and nobody has said so.
    for (edition, count) in counts.iter().enumerate() {
        for at in (0..*count).filter(|at| !named[edition].contains(at)) {
            let mut segments = vec![Vec::new(); counts.len()];
            segments[edition].push(at);
            beads.push(Bead {
                segments,
                confidence: 0.0,
                crossed: false,
            });
        }
    }
    let pairs = pairs_of(&beads, counts.len());
    Ok(GivenBeads {
        editions,
        beads: align::in_reading_order(beads, &counts),
        pairs,
    })
}

/// What beads over all editions say of each two.
fn pairs_of(beads: &[Bead], editions: usize) -> Vec<PairedBeads> {
    each_two(editions)
        .map(|(a, b)| {
            let seen = beads.iter().map(|bead| Bead {
                segments: vec![bead.segments[a].clone(), bead.segments[b].clone()],
                ..bead.clone()
            });
            PairedBeads {
                editions: (a, b),
                beads: seen.filter(|bead| bead.editions() > 0).collect(),
                strangers: false,
            }
        })
        .collect()
}

fn same_words<'t>(said: &str, texts: impl Iterator<Item = &'t str>) -> bool {
    let own = texts.flat_map(str::split_whitespace);
    said.split_whitespace().eq(own)
}

/// The beads of a `.beads` file for a text whose editions it has.
fn beads_from(given: &BeadsFile, text: &EditionFiles) -> Result<GivenBeads> {
    let mut chosen = BeadsFile::default();
    for (letter, path) in text.letters.iter().zip(&text.paths) {
        let found = given
            .editions
            .iter()
            .find(|edition| edition.language == letter.language);
        let Some(edition) = found else {
            let name = letter.language.english_name();
            return Err(Error::input(format!(
                "there is no {name} edition in this file"
            )));
        };
        same_text(edition, letter, path)?;
        chosen.editions.push(edition.clone());
    }
    let count = chosen.editions.len();
    let all: Vec<_> = (0..count).collect();
    let pairs = each_two(count).map(|(a, b)| PairedBeads {
        editions: (a, b),
        beads: beads_of(&chosen, &[a, b]),
        strangers: false,
    });
    Ok(GivenBeads {
        beads: beads_of(&chosen, &all),
        editions: chosen.editions.iter().map(reviewed_edition).collect(),
        pairs: pairs.collect(),
    })
}

/// Makes sure that an edition in a file of beads has the text of the edition's own file.
fn same_text(edition: &BeadsEdition, letter: &Letter, file: &Path) -> Result<()> {
    // White space between segments is nobody's.
    let words = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut paragraphs = letter.paragraphs();
    for paragraph in &edition.paragraphs {
        let own: Vec<String> = paragraph
            .iter()
            .flat_map(|segment| words(&segment.text))
            .collect();
        if paragraphs.next().map(words) != Some(own) {
            let line = paragraph
                .first()
                .and_then(|segment| segment.line)
                .unwrap_or(1);
            let message = format!(
                "this paragraph is not what {} has in its place",
                file.display()
            );
            return Err(Error::input(message).on_line(line));
        }
    }
    match paragraphs.next() {
        None => Ok(()),
        Some(text) => {
            let message = format!(
                "this paragraph of {} is missing here: {text}",
                file.display()
            );
            Err(Error::input(message))
        }
    }
}

/// What belongs together in some editions of a file of beads, given by their numbers: what carries a common meaning unit, and
/// what hangs together through it. The confidence is 1, and 0 where a segment is still marked as one to look at. Beads come in the
/// order of the first edition.
pub fn beads_of(file: &BeadsFile, editions: &[usize]) -> Vec<Bead> {
    let mut carriers: BTreeMap<u32, BTreeSet<(usize, usize)>> = BTreeMap::new();
    let mut units: Vec<Vec<&BTreeSet<u32>>> = Vec::new();
    let mut marked = BTreeSet::new();
    for (place, edition) in editions.iter().enumerate() {
        let own = file
            .editions
            .get(*edition)
            .map_or_else(Vec::new, |edition| edition.segments().collect());
        for (at, segment) in own.iter().enumerate() {
            if segment.look.is_some() {
                marked.insert((place, at));
            }
            for unit in &segment.units {
                carriers.entry(*unit).or_default().insert((place, at));
            }
        }
        units.push(own.iter().map(|segment| &segment.units).collect());
    }
    let counts: Vec<usize> = units.iter().map(Vec::len).collect();
    let mut seen = BTreeSet::new();
    let mut beads = Vec::new();
    for (place, own) in units.iter().enumerate() {
        for at in 0..own.len() {
            let mut segments = vec![BTreeSet::new(); editions.len()];
            let mut open = vec![(place, at)];
            while let Some((here, at)) = open.pop() {
                if !seen.insert((here, at)) {
                    continue;
                }
                if let Some(side) = segments.get_mut(here) {
                    side.insert(at);
                }
                let carried = units
                    .get(here)
                    .and_then(|own| own.get(at))
                    .into_iter()
                    .copied()
                    .flatten();
                open.extend(
                    carried
                        .filter_map(|unit| carriers.get(unit))
                        .flatten()
                        .copied(),
                );
            }
            if segments.iter().any(|side| !side.is_empty()) {
                let doubtful = |(place, side): (usize, &BTreeSet<usize>)| {
                    side.iter().any(|at| marked.contains(&(place, *at)))
                };
                let confidence = if segments.iter().enumerate().any(doubtful) {
                    0.0
                } else {
                    1.0
                };
                beads.push(Bead {
                    segments: segments
                        .into_iter()
                        .map(|side| side.into_iter().collect())
                        .collect(),
                    confidence,
                    crossed: false,
                });
            }
        }
    }
    align::in_reading_order(beads, &counts)
}

fn reviewed_edition(edition: &BeadsEdition) -> Edition {
    let paragraphs = edition
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.iter().map(|segment| segment.text.as_str()));
    Edition::new(edition.language.clone(), paragraphs)
}
