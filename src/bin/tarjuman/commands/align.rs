//! `tarjuman align`

use std::path::{Path, PathBuf};

use clap::Args;
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{doubt_language, may_write, now, say_method};
use crate::args::{CuttingArguments, language};
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::align::Bead;
use tarjuman::app::editions::{AlignedEditions, align_files, percent, with_beads};
use tarjuman::app::letter::Cutting;
use tarjuman::app::transfer::into_memory;
use tarjuman::error::{Error, Result};
use tarjuman::formats::{Staged, beads, stage};
use tarjuman::text::language::Language;

/// Bring two to four editions of one text together
///
/// Finds which segments of the editions carry the same content, also where sentences were merged, split, dropped or added, and
/// says how sure it is of each group (bead). With --store the beads go into a memory.
///
/// For an editor: -o writes the beads into a file to go over, in which the doubtful ones are marked with # look; --beads takes
/// them from that file instead of aligning. A mark that is still there keeps what it marks out of the memory.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman align letter.en.txt letter.fa.txt
  tarjuman align letter.en.txt letter.fa.txt letter.ar.txt letter.sq.txt -m letters.sqlite --store --safe 0.9
  tarjuman align letter.en.txt letter.fa.txt -o letter.beads     then correct letter.beads, and
  tarjuman align letter.en.txt letter.fa.txt --beads letter.beads -m letters.sqlite --store

--format json prints one object a bead; segments are counted from 0:
  {\"beads\":{\"en\":[0,1],\"fa\":[0]},\"confidence\":0.93,\"text\":{\"en\":[\"…\",\"…\"],\"fa\":[\"…\"]}}

Exit status: 0 aligned (and stored, if asked); 1 nothing was new to the memory; 2 could not.")]
pub(crate) struct Arguments {
    /// The languages of the files, in their order; else what the names say (letter.fa.txt), else what the texts show
    #[arg(long, value_name = "LANG,LANG", value_parser = language, value_delimiter = ',')]
    langs: Vec<Language>,

    /// A line is a segment already; an empty line ends a paragraph
    #[arg(long, conflicts_with_all = ["rules", "srx", "break_at"])]
    segmented: bool,

    #[command(flatten)]
    cutting: CuttingArguments,

    /// Take the beads from this file, which an editor has gone over, and do not align
    #[arg(long, value_name = "FILE.beads")]
    beads: Option<PathBuf>,

    /// Write the beads into this file, for an editor to go over
    #[arg(short, long, value_name = "FILE.beads", conflicts_with = "beads")]
    output: Option<PathBuf>,

    /// Write over the file of -o if it is there already
    #[arg(long)]
    overwrite: bool,

    /// Put the beads into the memory
    #[arg(long, requires = "memory")]
    store: bool,

    /// Store only beads that are at least this sure (0 to 1); the others are marked in the file of -o
    #[arg(long, value_name = "CONFIDENCE", default_value_t = 0.9, value_parser = confidence)]
    safe: f64,

    /// The memory to store in; it is made if it is not there
    #[arg(short, long, env = "TARJUMAN_MEMORY", value_name = "MEMORY")]
    memory: Option<PathBuf>,

    /// Two to four texts in UTF-8
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    files: Vec<PathBuf>,
}

fn confidence(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("a number from 0 to 1 is wanted".to_owned()),
    }
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let cutting = if arguments.segmented {
        Cutting::Lines
    } else {
        arguments.cutting.cutting()?
    };
    if let Some(path) = &arguments.output {
        let read = arguments
            .files
            .iter()
            .chain(&arguments.memory)
            .chain(&arguments.beads);
        let read: Vec<&Path> = read.map(PathBuf::as_path).collect();
        may_write(path, arguments.overwrite, &read)?;
    }
    let aligned = match &arguments.beads {
        Some(beads) => with_beads(beads, &arguments.files, &arguments.langs, &cutting)?,
        None => {
            let mut progress = Progress::new("aligning");
            align_files(
                &arguments.files,
                &arguments.langs,
                &cutting,
                &mut |done, total| progress.update(done, total),
            )?
        }
    };
    for (file, letter) in arguments.files.iter().zip(&aligned.letters) {
        doubt_language(file, letter, ui);
        say_method(letter, &cutting, ui);
    }
    let staged = match &arguments.output {
        Some(path) => {
            let file = aligned.file(arguments.safe);
            let write = |out: &mut dyn std::io::Write| {
                beads::write(&file, out).map_err(|error| Error::output(&error))
            };
            Some(stage(path, write)?)
        }
        None => None,
    };
    for (number, bead) in aligned.beads.iter().enumerate() {
        if ui.is_json() {
            ui.json(&BeadLine {
                aligned: &aligned,
                bead,
            })?;
        } else {
            print_bead(number + 1, bead, &aligned, ui)?;
        }
    }
    // What was asked for to be seen is seen, or nothing is stored.
    ui.finish()?;
    let stored = match arguments.memory.as_ref().filter(|_| arguments.store) {
        Some(memory) => store(&aligned, memory, arguments.safe, ui)?,
        None => Outcome::Done,
    };
    staged.map_or(Ok(()), Staged::keep)?;
    Ok(stored)
}

/// Puts the beads into a memory and says how many.
fn store(aligned: &AlignedEditions, memory: &Path, safe: f64, ui: &mut Ui) -> Result<Outcome> {
    let count = into_memory(memory, |memory| aligned.store(memory, safe, &now()))?;
    let shared = aligned
        .beads
        .iter()
        .filter(|bead| bead.editions() > 1)
        .count() as u64;
    let unsure = shared - count.added - count.present;
    let mut told = format!("{}: units stored: {}", memory.display(), count.added);
    for (what, number) in [
        ("there already", count.present),
        ("left out as not sure enough", unsure),
        (
            "taken out, since nobody had looked at them",
            count.superseded,
        ),
    ] {
        if number > 0 {
            told.push_str(&format!("; {what}: {number}"));
        }
    }
    ui.say(&told);
    Ok(if count.added > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

/// A bead for people: one language a line.
fn print_bead(number: usize, bead: &Bead, aligned: &AlignedEditions, ui: &mut Ui) -> Result<()> {
    if aligned.reviewed {
        ui.line(&number.to_string())?;
    } else {
        ui.line(&format!("{number}  {}%", percent(bead.confidence)))?;
    }
    for (index, edition) in aligned.editions.iter().enumerate() {
        let texts = aligned.texts(bead, index);
        if texts.is_empty() {
            ui.line(&format!("  {:<3} –", edition.language.tag()))?;
        }
        for text in texts {
            let text = ui.isolated(text);
            ui.line(&format!("  {:<3} {text}", edition.language.tag()))?;
        }
    }
    Ok(())
}

/// A bead for programs.
struct BeadLine<'a> {
    aligned: &'a AlignedEditions,
    bead: &'a Bead,
}

impl Serialize for BeadLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let languages = self
            .aligned
            .editions
            .iter()
            .map(|edition| edition.language.tag());
        let numbers = self.bead.segments.iter();
        let texts =
            (0..self.aligned.editions.len()).map(|index| self.aligned.texts(self.bead, index));
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("beads", &InOrder(languages.clone().zip(numbers).collect()))?;
        map.serialize_entry("confidence", &((self.bead.confidence * 1e4).round() / 1e4))?;
        map.serialize_entry("text", &InOrder(languages.zip(texts).collect()))?;
        map.end()
    }
}

/// A JSON object with its names in the order given.
struct InOrder<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for InOrder<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
