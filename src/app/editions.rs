//! Editions of one text: files into beads, and beads into units of a memory.

use std::path::PathBuf;

use super::letter::{Cutting, Letter};
use crate::align::{self, Bead, Edition, EditionSegment};
use crate::error::{Error, Result};
use crate::memory::{Import, ImportCount, Memory};
use crate::text::language::Language;
use crate::unit::{Header, Origin, TranslationUnit, Variant};

/// Editions that were brought together.
#[derive(Clone, Debug)]
pub struct AlignedEditions {
    /// The name of the text: that of the first file.
    pub name: String,
    /// The editions, in the order given.
    pub editions: Vec<Edition>,
    /// The beads, in the order of the first edition.
    pub beads: Vec<Bead>,
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
    cutting: Cutting,
) -> Result<AlignedEditions> {
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
            return Err(error.at(file).hint("say the languages with --langs en,fa"));
        }
        letters.push(letter);
    }
    let editions: Vec<Edition> = letters.iter().map(edition).collect();
    Ok(AlignedEditions {
        name: letters
            .first()
            .map(|letter| letter.name.clone())
            .unwrap_or_default(),
        beads: align::align(&editions)?,
        editions,
    })
}

fn edition(letter: &Letter) -> Edition {
    let segments = letter.segments().into_iter().map(|segment| EditionSegment {
        text: segment.text.to_owned(),
        opens_paragraph: segment.opens_paragraph,
        closes_paragraph: segment.closes_paragraph,
    });
    Edition {
        language: letter.language.clone(),
        segments: segments.collect(),
    }
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
            origin: Origin::Alignment {
                // Rounded down: a hundred percent is never said of a guess.
                confidence: (bead.confidence * 100.0).clamp(0.0, 99.0) as u8,
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

    /// Adds the units of [`AlignedEditions::units`] to a memory, in one transaction.
    ///
    /// # Errors
    /// If the memory cannot be written; it is then as before.
    pub fn store(&self, memory: &mut dyn Memory, safe: f64, at: &str) -> Result<ImportCount> {
        let mut units = self.units(safe).into_iter();
        memory.import(Import {
            source: self.name.clone(),
            header: Header::default(),
            at: at.to_owned(),
            units: &mut || Ok(units.next()),
        })
    }
}
