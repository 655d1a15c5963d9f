//! Editions of one text: files into beads, and beads into units of a memory.
//!
//! Beads are found by aligning ([`align_editions`]) or taken from a file that an editor has gone over ([`with_beads`]).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::given_beads::read_beads;
use super::letter::{Cutting, Letter};
use crate::align::{self, Bead, Document, Edition, Lexicon, PairedBeads};
use crate::error::{Error, Progress, Result};
use crate::formats::beads::{BeadsEdition, BeadsFile, BeadsSegment};
use crate::formats::document::ReadOptions;
use crate::memory::{Import, ImportCount, Memory, Realigned};
use crate::text::language::Language;
use crate::unit::{Header, Origin, TranslationUnit, Variant};

/// The editions of one text, read and cut.
#[derive(Clone, Debug)]
pub struct EditionFiles {
    /// The name of the text: that of the first file.
    pub name: String,
    /// The files, in the order given.
    pub paths: Vec<PathBuf>,
    /// What they hold, in the same order.
    pub letters: Vec<Letter>,
}

/// Editions that were brought together.
#[derive(Clone, Debug)]
pub struct AlignedEditions {
    /// The name of the text: that of the first file.
    pub name: String,
    /// The files as they were read, in the order given.
    pub letters: Vec<Letter>,
    /// The editions, in the same order.
    pub editions: Vec<Edition>,
    /// The beads over all editions, in the order of the first.
    pub beads: Vec<Bead>,
    /// The beads of each two editions.
    pub pairs: Vec<PairedBeads>,
    /// Whether a person has gone over all of the beads. Where only some were given, these are 1 sure, as no other bead is.
    pub reviewed: bool,
}

/// Reads files and puts together those that are editions of one text. Languages are those given, else those of the files
/// themselves (see [`Letter::read`]). If so many languages are given as there are files, it is one text; if there are several times as
/// many files, each so many are one. Without languages, files of one name (`letter.en.txt`, `letter.fa.txt`) are one text; up to four
/// files of different names are one too, if no two share a name.
///
/// # Errors
/// If a file cannot be read, languages and files do not go together, two editions of a text are in one language, or a text has fewer than
/// two editions or more than four.
pub fn read_editions(
    files: &[PathBuf],
    languages: &[Language],
    cutting: &Cutting,
    options: &ReadOptions,
) -> Result<Vec<EditionFiles>> {
    if !languages.is_empty()
        && (languages.len() < 2 || !files.len().is_multiple_of(languages.len()))
    {
        let message = format!(
            "{} languages were given for {} files",
            languages.len(),
            files.len()
        );
        return Err(Error::request(message));
    }
    let mut read = Vec::with_capacity(files.len());
    for (index, file) in files.iter().enumerate() {
        let language = languages.get(index % languages.len().max(1));
        read.push((
            file.clone(),
            Letter::read(file, language, cutting, options)?,
        ));
    }
    let mut texts: Vec<Vec<(PathBuf, Letter)>> = Vec::new();
    if languages.is_empty() {
        for (path, letter) in read {
            let same = |text: &&mut Vec<(PathBuf, Letter)>| {
                text.first()
                    .is_some_and(|(_, first)| first.name == letter.name)
            };
            match texts.iter_mut().find(same) {
                Some(text) => text.push((path, letter)),
                None => texts.push(vec![(path, letter)]),
            }
        }
        // Files that have nothing in common but that they were given together.
        if texts.len() <= 4 && texts.iter().all(|text| text.len() == 1) {
            texts = vec![texts.into_iter().flatten().collect()];
        }
    } else {
        let mut read = read.into_iter().peekable();
        while read.peek().is_some() {
            texts.push(read.by_ref().take(languages.len()).collect());
        }
    }
    texts.into_iter().map(EditionFiles::new).collect()
}

impl EditionFiles {
    fn new(files: Vec<(PathBuf, Letter)>) -> Result<Self> {
        let (paths, letters): (Vec<PathBuf>, Vec<Letter>) = files.into_iter().unzip();
        let name = letters
            .first()
            .map(|letter| letter.name.clone())
            .unwrap_or_default();
        for (number, (path, letter)) in paths.iter().zip(&letters).enumerate() {
            let mut before = letters.iter().take(number);
            if before.any(|other| other.language == letter.language) {
                let language = letter.language.english_name();
                let error =
                    Error::request(format!("there is another edition in {language} already"));
                return Err(error.at(path).hint("say which language each file is in"));
            }
        }
        if !(2..=4).contains(&letters.len()) {
            let message = format!(
                "two to four editions can be aligned, and {name} has {}",
                letters.len()
            );
            let error = Error::request(message);
            return Err(error.hint("editions of one text are found by their names, as letter.en.txt and letter.fa.txt, or by --langs"));
        }
        Ok(EditionFiles {
            name,
            paths,
            letters,
        })
    }

    pub(super) fn editions(&self) -> Vec<Edition> {
        self.letters.iter().map(edition).collect()
    }

    pub(super) fn languages(&self) -> Vec<Language> {
        self.letters
            .iter()
            .map(|letter| letter.language.clone())
            .collect()
    }
}

/// Brings the editions of each text together; what one text teaches of words serves the others. Beads that a file gives for a text stay
/// as they are, except those that it marks as doubtful.
///
/// # Errors
/// What the lexicon or `progress` return; and as for [`with_beads`].
pub fn align_editions(
    texts: Vec<EditionFiles>,
    fixed: Option<&Path>,
    lexicon: &dyn Lexicon,
    progress: Progress<'_>,
) -> Result<Vec<AlignedEditions>> {
    let mut documents = Vec::with_capacity(texts.len());
    for text in &texts {
        documents.push(match fixed {
            None => Document {
                editions: text.editions(),
                fixed: Vec::new(),
            },
            Some(path) => {
                let given = read_beads(path, text)?;
                let sure = given
                    .beads
                    .into_iter()
                    .filter(|bead| bead.confidence >= 1.0);
                Document {
                    editions: given.editions,
                    fixed: sure.map(|bead| bead.segments).collect(),
                }
            }
        });
    }
    let aligned = align::align_documents(&documents, lexicon, progress)?;
    let together = texts.into_iter().zip(documents).zip(aligned);
    let found = together.map(|((text, document), alignment)| AlignedEditions {
        name: text.name,
        letters: text.letters,
        editions: document.editions,
        beads: alignment.beads,
        pairs: alignment.pairs,
        reviewed: false,
    });
    Ok(found.collect())
}

/// Takes the beads of a text from a file that an editor has gone over: `.beads`, a ladder, a table, or JSON, which its ending tells. The
/// segments are those of a `.beads` file, else those that the text is cut into; either way they must be the text of the files.
///
/// # Errors
/// If the file cannot be read, is of no kind that is known, or does not fit the text; the error says its line.
pub fn with_beads(path: &Path, text: EditionFiles) -> Result<AlignedEditions> {
    let given = read_beads(path, &text)?;
    Ok(AlignedEditions {
        name: text.name,
        letters: text.letters,
        editions: given.editions,
        beads: given.beads,
        pairs: given.pairs,
        reviewed: true,
    })
}

/// All pairs of so many editions, in order.
pub(super) fn each_two(editions: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..editions).flat_map(move |a| (a + 1..editions).map(move |b| (a, b)))
}

/// A confidence (0 to 1) in whole percent, rounded down: a hundred percent is never said of a guess.
pub fn percent(confidence: f64) -> u8 {
    (confidence * 100.0).clamp(0.0, 99.0) as u8
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

    /// The paragraphs of an edition, each with the texts of its segments.
    pub fn paragraphs(&self, edition: usize) -> Vec<Vec<&str>> {
        let mut paragraphs: Vec<Vec<&str>> = Vec::new();
        for segment in self
            .editions
            .get(edition)
            .into_iter()
            .flat_map(|edition| &edition.segments)
        {
            match paragraphs.last_mut() {
                Some(paragraph) if !segment.opens_paragraph => paragraph.push(&segment.text),
                _ => paragraphs.push(vec![&segment.text]),
            }
        }
        paragraphs
    }

    fn text(&self, edition: usize, segment: usize) -> Option<&str> {
        let edition = self.editions.get(edition)?;
        edition
            .segments
            .get(segment)
            .map(|segment| segment.text.as_str())
    }

    /// The beads that at least two editions share and that are at least `safe` sure (0 to 1), as units. Where fewer editions go together
    /// more finely than all of them, for instance because one merges two sentences, there is a unit for these too.
    pub fn units(&self, safe: f64) -> Vec<TranslationUnit> {
        // A mark that an editor has left is no matter of degree.
        let is_marked = |bead: &Bead| self.reviewed && bead.confidence < 1.0;
        let units = self.units_of_meaning();
        let stored = units.iter().enumerate();
        let stored = stored.filter(|(_, bead)| bead.confidence >= safe && !is_marked(bead));
        stored
            .map(|(position, bead)| self.unit(position, bead))
            .collect()
    }

    /// All beads that are worth a unit: over all editions, and over fewer where that is finer.
    fn units_of_meaning(&self) -> Vec<Bead> {
        let count = self.editions.len();
        let counts: Vec<usize> = self
            .editions
            .iter()
            .map(|edition| edition.segments.len())
            .collect();
        let mut chosen: Vec<Bead> = self
            .beads
            .iter()
            .filter(|bead| bead.editions() > 1)
            .cloned()
            .collect();
        let mut among: Vec<Vec<usize>> = (0..1_usize << count)
            .map(|chosen| {
                (0..count)
                    .filter(|edition| chosen >> edition & 1 == 1)
                    .collect()
            })
            .filter(|among: &Vec<usize>| (2..count).contains(&among.len()))
            .collect();
        among.sort_by_key(|among| std::cmp::Reverse(among.len()));
        let mut seen: BTreeSet<(usize, Vec<usize>, usize, Vec<usize>)> = BTreeSet::new();
        let pairs_in = |bead: &Bead| -> Vec<(usize, Vec<usize>, usize, Vec<usize>)> {
            let sides = each_two(count)
                .map(|(a, b)| (a, bead.segments[a].clone(), b, bead.segments[b].clone()));
            sides
                .filter(|(_, left, _, right)| !left.is_empty() && !right.is_empty())
                .collect()
        };
        chosen.iter().for_each(|bead| seen.extend(pairs_in(bead)));
        for among in among {
            for bead in align::join(&self.pairs, &counts, &among) {
                // Not all of them have a part in it, or more of them say the same.
                let is_whole = bead.editions() == among.len();
                if is_whole && pairs_in(&bead).iter().any(|pair| !seen.contains(pair)) {
                    seen.extend(pairs_in(&bead));
                    chosen.push(bead);
                }
            }
        }
        chosen
    }

    /// How many beads more than one edition share.
    pub fn shared(&self) -> usize {
        self.units_of_meaning().len()
    }

    /// Which two editions look like no editions of one text, by their numbers.
    pub fn strangers(&self) -> Vec<(usize, usize)> {
        let strangers = self.pairs.iter().filter(|pair| pair.strangers);
        strangers.map(|pair| pair.editions).collect()
    }

    fn unit(&self, position: usize, bead: &Bead) -> TranslationUnit {
        let mut unit = TranslationUnit {
            document: Some(self.name.clone()),
            position: u32::try_from(position).ok(),
            origin: if self.reviewed || bead.confidence >= 1.0 {
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

    /// What is to be imported: the units that are at least `safe` sure.
    fn import(&self, safe: f64, at: &str) -> Import<'static> {
        let mut units = self.units(safe).into_iter();
        let languages = self.editions.iter().map(|edition| edition.language.clone());
        Import {
            source: self.name.clone(),
            header: Header::default(),
            at: at.to_owned(),
            penalty: 0,
            supersedes: Some(Realigned {
                document: self.name.clone(),
                languages: languages.collect(),
            }),
            units: Box::new(move || Ok(units.next())),
        }
    }
}

/// Adds the units of texts ([`AlignedEditions::units`]) to a memory, all in one transaction. They take the place of what an earlier
/// alignment that nobody looked at has said of the same editions.
///
/// # Errors
/// If the memory cannot be written; it is then as before.
pub fn store(
    texts: &[&AlignedEditions],
    memory: &mut dyn Memory,
    safe: f64,
    at: &str,
) -> Result<Vec<ImportCount>> {
    memory.import(texts.iter().map(|text| text.import(safe, at)).collect())
}
