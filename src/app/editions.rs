//! Editions of one text: files into beads, and beads into units of a memory.
//!
//! Beads are found by aligning ([`align_files`]) or taken from a file that an editor has gone over ([`with_beads`]).

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::letter::{Cutting, Letter};
use crate::align::{self, Bead, Edition};
use crate::error::{Error, Progress, Result};
use crate::formats::beads::{self, BeadsEdition, BeadsFile, BeadsSegment};
use crate::formats::plain::PlainText;
use crate::memory::{Import, ImportCount, Memory, Reviewed};
use crate::text::language::Language;
use crate::unit::{Header, Origin, TranslationUnit, Variant};

/// Editions that were brought together.
#[derive(Clone, Debug)]
pub struct AlignedEditions {
    /// The name of the text: that of the first file.
    pub name: String,
    /// The files as they were read, in the order given.
    pub letters: Vec<Letter>,
    /// The editions, in the same order.
    pub editions: Vec<Edition>,
    /// The beads, in the order of the first edition.
    pub beads: Vec<Bead>,
    /// Whether a person has gone over the beads.
    pub reviewed: bool,
}

/// Reads two to four editions and brings them together. Languages are those given, one a file, else those of the files
/// themselves (see [`Letter::read`]).
///
/// # Errors
/// If a file cannot be read, languages and files are not the same number, two files are in one language, or there are too
/// few or too many.
pub fn align_files(
    files: &[PathBuf],
    languages: &[Language],
    cutting: &Cutting,
    progress: Progress<'_>,
) -> Result<AlignedEditions> {
    let letters = read_editions(files, languages, cutting)?;
    let editions: Vec<Edition> = letters.iter().map(edition).collect();
    Ok(AlignedEditions {
        name: name(&letters),
        beads: align::align(&editions, progress)?,
        editions,
        letters,
        reviewed: false,
    })
}

/// Reads editions and takes their beads from a file that an editor has gone over. The segments are those of that file; each of
/// its editions must have the very text of one of the files.
///
/// # Errors
/// As for [`align_files`]; and if the file of beads cannot be read, or an edition is missing there or has another text.
pub fn with_beads(
    beads: &Path,
    files: &[PathBuf],
    languages: &[Language],
    cutting: &Cutting,
) -> Result<AlignedEditions> {
    let letters = read_editions(files, languages, cutting)?;
    let bytes = std::fs::read(beads).map_err(|error| Error::io(beads, "read", &error))?;
    // The same checks as for any text: UTF-8, no zero bytes.
    PlainText::from_bytes(&bytes).map_err(|error| error.at(beads))?;
    let given = beads::read(&String::from_utf8_lossy(&bytes)).map_err(|error| error.at(beads))?;
    let mut chosen = BeadsFile::default();
    for (letter, file) in letters.iter().zip(files) {
        let found = given
            .editions
            .iter()
            .find(|edition| edition.language == letter.language);
        let Some(edition) = found else {
            let name = letter.language.english_name();
            return Err(Error::input(format!("there is no {name} edition in this file")).at(beads));
        };
        same_text(edition, letter, file).map_err(|error| error.at(beads))?;
        chosen.editions.push(edition.clone());
    }
    let all: Vec<_> = (0..chosen.editions.len()).collect();
    Ok(AlignedEditions {
        name: name(&letters),
        beads: beads_of(&chosen, &all),
        editions: chosen.editions.iter().map(reviewed_edition).collect(),
        letters,
        reviewed: true,
    })
}

fn name(letters: &[Letter]) -> String {
    letters
        .first()
        .map(|letter| letter.name.clone())
        .unwrap_or_default()
}

/// Reads two to four files, each in a language of its own.
fn read_editions(
    files: &[PathBuf],
    languages: &[Language],
    cutting: &Cutting,
) -> Result<Vec<Letter>> {
    if !(2..=4).contains(&files.len()) {
        let message = format!(
            "two to four editions can be aligned, and {} were given",
            files.len()
        );
        return Err(Error::request(message));
    }
    if !languages.is_empty() && languages.len() != files.len() {
        let message = format!(
            "{} languages were given for {} files",
            languages.len(),
            files.len()
        );
        return Err(Error::request(message));
    }
    let mut letters: Vec<Letter> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let letter = Letter::read(file, languages.get(index), cutting)?;
        if letters
            .iter()
            .any(|other| other.language == letter.language)
        {
            let name = letter.language.english_name();
            let error = Error::request(format!("there is another edition in {name} already"));
            return Err(error.at(file).hint("say which language each file is in"));
        }
        letters.push(letter);
    }
    Ok(letters)
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
                });
            }
        }
    }
    align::in_reading_order(beads, &counts)
}

/// A confidence (0 to 1) in whole percent, rounded down: a hundred percent is never said of a guess.
pub fn percent(confidence: f64) -> u8 {
    (confidence * 100.0).clamp(0.0, 99.0) as u8
}

fn reviewed_edition(edition: &BeadsEdition) -> Edition {
    let paragraphs = edition
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.iter().map(|segment| segment.text.as_str()));
    Edition::new(edition.language.clone(), paragraphs)
}

fn edition(letter: &Letter) -> Edition {
    Edition::new(letter.language.clone(), letter.paragraphs_of_segments())
}

impl AlignedEditions {
    /// The texts of a bead in an edition.
    pub fn texts(&self, bead: &Bead, edition: usize) -> Vec<&str> {
        let numbers = bead.segments.get(edition).map_or(&[][..], Vec::as_slice);
        numbers
            .iter()
            .filter_map(|number| self.text(edition, *number))
            .collect()
    }

    fn text(&self, edition: usize, segment: usize) -> Option<&str> {
        let edition = self.editions.get(edition)?;
        edition
            .segments
            .get(segment)
            .map(|segment| segment.text.as_str())
    }

    /// The beads that at least two editions share and that are at least `safe` sure (0 to 1), as units.
    pub fn units(&self, safe: f64) -> Vec<TranslationUnit> {
        let beads = self.beads.iter().enumerate();
        let stored = beads.filter(|(_, bead)| bead.editions() > 1 && bead.confidence >= safe);
        stored
            .map(|(position, bead)| self.unit(position, bead))
            .collect()
    }

    fn unit(&self, position: usize, bead: &Bead) -> TranslationUnit {
        let mut unit = TranslationUnit {
            document: Some(self.name.clone()),
            position: u32::try_from(position).ok(),
            origin: if self.reviewed {
                Origin::Translation
            } else {
                Origin::Alignment {
                    confidence: percent(bead.confidence),
                }
            },
            ..TranslationUnit::default()
        };
        for (index, edition) in self.editions.iter().enumerate() {
            let numbers = bead.segments.get(index).map_or(&[][..], Vec::as_slice);
            let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
                continue;
            };
            let around = |number: Option<usize>| {
                number
                    .and_then(|at| self.text(index, at))
                    .map(str::to_owned)
            };
            unit.variants.push(Variant {
                previous: around(first.checked_sub(1)),
                next: around(last.checked_add(1)),
                ..Variant::plain(edition.language.clone(), self.texts(bead, index).join(" "))
            });
        }
        unit
    }

    /// The beads as a file for an editor to go over. Beads less than `safe` sure (0 to 1) carry a remark.
    pub fn file(&self, safe: f64) -> BeadsFile {
        let mut file = BeadsFile::default();
        for (index, edition) in self.editions.iter().enumerate() {
            let mut numbers = vec![0; edition.segments.len()];
            for (number, bead) in self.beads.iter().enumerate() {
                for at in bead.segments.get(index).into_iter().flatten() {
                    if let Some(own) = numbers.get_mut(*at) {
                        *own = number;
                    }
                }
            }
            let mut paragraphs: Vec<Vec<BeadsSegment>> = Vec::new();
            for (segment, number) in edition.segments.iter().zip(numbers) {
                let sure = self.beads.get(number).map_or(0.0, |bead| bead.confidence);
                let written = BeadsSegment {
                    units: u32::try_from(number + 1).into_iter().collect(),
                    text: segment.text.clone(),
                    line: None,
                    look: (sure < safe).then(|| format!("{}% sure", percent(sure))),
                };
                match paragraphs.last_mut() {
                    Some(paragraph) if !segment.opens_paragraph => paragraph.push(written),
                    _ => paragraphs.push(vec![written]),
                }
            }
            file.editions.push(BeadsEdition {
                language: edition.language.clone(),
                paragraphs,
            });
        }
        file
    }

    /// Adds the units of [`AlignedEditions::units`] to a memory, in one transaction. Reviewed beads take the place of what an
    /// alignment that nobody looked at has said of the same editions.
    ///
    /// # Errors
    /// If the memory cannot be written; it is then as before.
    pub fn store(&self, memory: &mut dyn Memory, safe: f64, at: &str) -> Result<ImportCount> {
        let mut units = self.units(safe).into_iter();
        let supersedes = self.reviewed.then(|| Reviewed {
            document: self.name.clone(),
            languages: self
                .editions
                .iter()
                .map(|edition| edition.language.clone())
                .collect(),
        });
        let counts = memory.import(vec![Import {
            source: self.name.clone(),
            header: Header::default(),
            at: at.to_owned(),
            penalty: 0,
            supersedes,
            units: Box::new(|| Ok(units.next())),
        }])?;
        Ok(counts.into_iter().next().unwrap_or_default())
    }
}
