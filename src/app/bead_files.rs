//! Beads into the files that editors and other tools read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::editions::AlignedEditions;
use crate::align::Bead;
use crate::error::{Error, Result};
use crate::formats::bead_list::json::{BeadLine, PairLine};
use crate::formats::bead_list::{ListedBead, intertext, ladder, table};
use crate::formats::tmx::TmxWriter;
use crate::formats::{Staged, beads, stage};
use crate::text::language::Language;
use crate::unit::Header;

/// The kinds of files that hold beads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeadFormat {
    /// Our own, with the texts, for two to four editions.
    Beads,
    /// An object a line.
    Json,
    /// The ladder of hunalign, for two editions.
    Ladder,
    /// Tab-separated text.
    Table,
    /// TMX: the units that would be stored.
    Tmx,
    /// The XML of InterText: several files.
    InterText,
}

/// The formats by the endings of their files.
const ENDINGS: &[(&str, BeadFormat)] = &[
    ("beads", BeadFormat::Beads),
    ("json", BeadFormat::Json),
    ("jsonl", BeadFormat::Json),
    ("ladder", BeadFormat::Ladder),
    ("tsv", BeadFormat::Table),
    ("tmx", BeadFormat::Tmx),
];

impl BeadFormat {
    /// The format that the ending of a file tells.
    ///
    /// # Errors
    /// If it tells none.
    pub fn of(path: &Path) -> Result<Self> {
        let ending = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_ascii_lowercase();
        let known = ENDINGS.iter().find(|(known, _)| *known == ending);
        known.map(|(_, format)| *format).ok_or_else(|| {
            let error =
                Error::request("the ending of this file tells no format for beads").at(path);
            error.hint("known are .beads, .json, .ladder and .tsv, and for writing also .tmx")
        })
    }
}

/// The files for the beads of a text in a folder, which are named after it.
pub fn names(aligned: &AlignedEditions, format: BeadFormat, folder: &Path) -> Vec<PathBuf> {
    let name = &aligned.name;
    let tag = |edition: usize| {
        aligned
            .editions
            .get(edition)
            .map_or("", |edition| edition.language.tag())
    };
    let pairs = |ending: &str, between: &str| {
        let pairs = aligned.pairs.iter();
        let named = pairs.map(|pair| {
            format!(
                "{name}.{}{between}{}.{ending}",
                tag(pair.editions.0),
                tag(pair.editions.1)
            )
        });
        named.collect::<Vec<_>>()
    };
    let names = match format {
        BeadFormat::Ladder => pairs("ladder", "-"),
        BeadFormat::InterText => {
            let texts =
                (0..aligned.editions.len()).map(|edition| format!("{name}.{}.xml", tag(edition)));
            texts.chain(pairs("xml", ".")).collect()
        }
        _ => {
            let ending = ENDINGS
                .iter()
                .find(|(_, own)| *own == format)
                .map_or("", |(ending, _)| ending);
            vec![format!("{name}.{ending}")]
        }
    };
    names.into_iter().map(|name| folder.join(name)).collect()
}

/// Writes beads into files beside their places. Beads less than `safe` sure (0 to 1) are marked where the format can, and are no units of
/// a TMX.
///
/// # Errors
/// If a file cannot be written, or the format is for two editions and one file, and there are more.
pub fn write(
    aligned: &AlignedEditions,
    format: BeadFormat,
    paths: &[PathBuf],
    safe: f64,
) -> Result<Vec<Staged>> {
    let languages: Vec<Language> = aligned
        .editions
        .iter()
        .map(|edition| edition.language.clone())
        .collect();
    let mut staged = Vec::new();
    let numbers: Vec<Vec<(usize, usize)>> = (0..languages.len())
        .map(|edition| intertext::numbers(aligned.paragraphs(edition).iter().map(Vec::len)))
        .collect();
    let mut paths = paths.iter();
    let mut next = || {
        paths.next().ok_or_else(|| {
            let error = Error::request("this format takes a file for each two editions");
            error.hint("name a folder with --out-dir, and the format with --as")
        })
    };
    match format {
        BeadFormat::Beads => staged.push(stage(next()?, |out| {
            beads::write(&aligned.file(safe), out).map_err(|error| Error::output(&error))
        })?),
        BeadFormat::Json => staged.push(stage(next()?, |out| {
            for line in Lines::new(aligned, safe).lines(None) {
                serde_json::to_writer(&mut *out, &line)
                    .map_err(|error| Error::output(&error.into()))?;
                writeln!(out).map_err(|error| Error::output(&error))?;
            }
            Ok(())
        })?),
        BeadFormat::Table => staged.push(stage(next()?, |out| {
            let listed: Vec<ListedBead> = aligned
                .beads
                .iter()
                .map(|bead| listed(aligned, bead, safe))
                .collect();
            table::write(&listed, &languages, out).map_err(|error| Error::output(&error))
        })?),
        BeadFormat::Tmx => staged.push(stage(next()?, |out| {
            let written = || {
                let mut writer = TmxWriter::new(out, &Header::default())?;
                for unit in aligned.units(safe) {
                    writer.write(&unit)?;
                }
                writer.finish()
            };
            written().map(|_| ()).map_err(|error| Error::output(&error))
        })?),
        BeadFormat::Ladder => {
            for (pair, listed) in pairs(aligned, safe) {
                let counts = (numbers[pair.0].len(), numbers[pair.1].len());
                staged.push(stage(next()?, |out| {
                    ladder::write(&listed, counts, out).map_err(|error| Error::output(&error))
                })?);
            }
        }
        BeadFormat::InterText => {
            let texts: Vec<&PathBuf> = (0..languages.len())
                .map(|_| next())
                .collect::<Result<_>>()?;
            for (edition, (path, language)) in texts.iter().zip(&languages).enumerate() {
                staged.push(stage(path, |out| {
                    intertext::write_text(language.tag(), &aligned.paragraphs(edition), out)
                        .map_err(|error| Error::output(&error))
                })?);
            }
            let name = |edition: usize| {
                texts[edition]
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
            };
            for ((a, b), listed) in pairs(aligned, safe) {
                staged.push(stage(next()?, |out| {
                    let names = (&*name(a), &*name(b));
                    intertext::write_links(&listed, names, (&numbers[a], &numbers[b]), out)
                        .map_err(|error| Error::output(&error))
                })?);
            }
        }
    }
    Ok(staged)
}

/// The beads of each two editions, as lists have them.
fn pairs(aligned: &AlignedEditions, safe: f64) -> Vec<((usize, usize), Vec<ListedBead>)> {
    let pairs = aligned.pairs.iter().map(|pair| {
        let beads = pair.beads.iter().map(|bead| ListedBead {
            segments: bead.segments.clone(),
            confidence: Some(bead.confidence),
            look: bead.confidence < safe,
            crossed: bead.crossed,
            ..ListedBead::default()
        });
        (pair.editions, beads.collect())
    });
    pairs.collect()
}

fn listed(aligned: &AlignedEditions, bead: &Bead, safe: f64) -> ListedBead {
    let texts =
        (0..aligned.editions.len()).map(|edition| Some(aligned.texts(bead, edition).join(" ")));
    ListedBead {
        segments: bead.segments.clone(),
        confidence: Some(bead.confidence),
        look: bead.confidence < safe,
        crossed: bead.crossed,
        texts: texts.collect(),
        line: 0,
    }
}

/// The beads of a text as lines of JSON.
pub struct Lines<'a> {
    aligned: &'a AlignedEditions,
    languages: Vec<Language>,
    beads: Vec<ListedBead>,
    /// For each two of several editions, which of their beads holds each segment of the first and of the second.
    holding: Vec<[Vec<usize>; 2]>,
}

impl<'a> Lines<'a> {
    /// Beads less than `safe` sure (0 to 1) are marked.
    pub fn new(aligned: &'a AlignedEditions, safe: f64) -> Self {
        let several = aligned.editions.len() > 2;
        let holding = aligned.pairs.iter().filter(|_| several).map(|pair| {
            let count = |edition: usize| aligned.editions[edition].segments.len();
            let mut holding = [
                vec![0; count(pair.editions.0)],
                vec![0; count(pair.editions.1)],
            ];
            for (number, bead) in pair.beads.iter().enumerate() {
                for (holding, own) in holding.iter_mut().zip(&bead.segments) {
                    own.iter().for_each(|at| holding[*at] = number);
                }
            }
            holding
        });
        Lines {
            aligned,
            languages: aligned
                .editions
                .iter()
                .map(|edition| edition.language.clone())
                .collect(),
            beads: aligned
                .beads
                .iter()
                .map(|bead| listed(aligned, bead, safe))
                .collect(),
            holding: holding.collect(),
        }
    }

    /// A line a bead, in order; with the name of the text where there are several.
    pub fn lines(&'a self, document: Option<&'a str>) -> impl Iterator<Item = BeadLine<'a>> {
        self.beads
            .iter()
            .zip(&self.aligned.beads)
            .map(move |(listed, bead)| BeadLine {
                document,
                languages: &self.languages,
                bead: listed,
                texts: (0..self.languages.len())
                    .map(|edition| self.aligned.texts(bead, edition))
                    .collect(),
                pairs: self.finer(bead),
            })
    }

    /// How each two of several editions go together in a bead, where that is finer than the bead as a whole.
    fn finer(&self, bead: &Bead) -> Vec<((usize, usize), Vec<PairLine<'a>>)> {
        let mut finer = Vec::new();
        for (pair, holding) in self.aligned.pairs.iter().zip(&self.holding) {
            let sides = [
                &bead.segments[pair.editions.0],
                &bead.segments[pair.editions.1],
            ];
            let inside = sides
                .iter()
                .zip(holding)
                .flat_map(|(own, holding)| own.iter().map(|at| holding[*at]));
            let inside: BTreeSet<usize> = inside.collect();
            if inside.len() > 1 && sides.iter().all(|own| !own.is_empty()) {
                let beads = inside.iter().map(|number| PairLine {
                    beads: &pair.beads[*number].segments,
                    confidence: pair.beads[*number].confidence,
                });
                finer.push((pair.editions, beads.collect()));
            }
        }
        finer
    }
}
