//! `tarjuman import`

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::now;
use crate::args::language;
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::app::transfer::{FileReading, ImportAs, import_files, read_files};
use tarjuman::app::unit_source::UnitHints;
use tarjuman::error::Result;
use tarjuman::text::language::Language;

/// Read TMX, XLIFF, PO and tab-separated pairs into a memory
///
/// The memory is made if it is not there. An import is whole or not there: if a file cannot be read to its end, nothing of it
/// is kept. What a memory has already is not added again. Files may be packed with gzip, or be ZIP archives with such files in
/// them; the content says so, not the name. Of XLIFF and PO, only what is translated is taken: no drafts, nothing fuzzy. What a file says of its encoding wrongly is found out where it can be.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman import -m letters.sqlite memories/letters.tmx
  TARJUMAN_MEMORY=letters.sqlite tarjuman import old.tmx new.tmx
  tarjuman import -m letters.sqlite --penalty 10 somebody-elses.tmx
  tarjuman import -m letters.sqlite archive.tmx.gz project.zip
  tarjuman import -m letters.sqlite letter.fa.xlf
  tarjuman import -m letters.sqlite --from en --to sq glossary.tsv
  tarjuman import --dry-run unknown.tmx

Exit status: 0 something was added, or it was a dry run; 1 everything was there already; 2 could not.")]
pub(crate) struct Arguments {
    /// The memory to add to; it is made if it is not there
    #[arg(
        short,
        long,
        env = "TARJUMAN_MEMORY",
        value_name = "MEMORY",
        required_unless_present = "dry_run"
    )]
    memory: Option<PathBuf>,

    /// Read the files, tell what is in them and what is wrong with them, and keep nothing; needs no memory
    #[arg(long)]
    dry_run: bool,

    /// The language of the sources, where the file does not say it
    #[arg(long, value_name = "LANG", value_parser = language)]
    from: Option<Language>,

    /// The language of the translations, where the file does not say it
    #[arg(long, value_name = "LANG", value_parser = language)]
    to: Option<Language>,

    /// The encoding of TMX files, such as windows-1256, where what they say themselves is wrong
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,

    /// Take so many percent off matches with these units: of another client, of another time
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100))]
    penalty: u8,

    /// TMX 1.1 to 1.4, XLIFF 1.0 to 2.2 (sdlxliff, mqxliff), PO, or pairs with a tab between, packed (gzip, ZIP) or not
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Arguments {
    fn hints(&self) -> UnitHints {
        UnitHints {
            encoding: self.encoding.clone(),
            source: self.from.clone(),
            target: self.to.clone(),
        }
    }
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let Some(memory) = arguments.memory.as_ref().filter(|_| !arguments.dry_run) else {
        return read_only(arguments, ui);
    };
    let mut progress = Progress::new("importing");
    let done = import_files(
        memory,
        &arguments.files,
        &ImportAs {
            penalty: arguments.penalty,
            hints: arguments.hints(),
        },
        &now(),
        &mut |done, total| progress.update(done, total),
    )?;
    drop(progress);
    let mut added = 0;
    for file in &done {
        ui.warn(&file.path, &file.problems);
        added += file.count.added;
        let name = file.path.display();
        let (new, there) = (file.count.added, file.count.present);
        if ui.is_json() {
            ui.json(&serde_json::json!({
                "file": file.path.to_string_lossy(), "added": new, "present": there, "problems": file.problems.len(),
            }))?;
        } else if new == 0 && there > 0 {
            ui.line(&format!(
                "{name}: nothing new, all {there} units are in the memory already"
            ))?;
        } else if there > 0 {
            ui.line(&format!(
                "{name}: {new} units added, {there} were in the memory already"
            ))?;
        } else {
            ui.line(&format!("{name}: {new} units added"))?;
        }
    }
    Ok(if added > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

/// Reads the files and tells what is in them.
fn read_only(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let mut progress = Progress::new("reading");
    let done = read_files(&arguments.files, &arguments.hints(), &mut |done, total| {
        progress.update(done, total)
    })?;
    drop(progress);
    for file in &done {
        ui.warn(&file.path, &file.problems);
        let languages = file.languages.iter();
        let languages = languages.map(|(language, count)| (language.tag(), *count));
        if ui.is_json() {
            let languages: BTreeMap<_, _> = languages.collect();
            ui.json(&serde_json::json!({
                "file": file.path.to_string_lossy(), "units": file.translations, "others": file.others,
                "languages": languages, "problems": file.problems.len(),
            }))?;
        } else {
            let languages: Vec<_> = languages
                .map(|(tag, count)| format!("{tag} {count}"))
                .collect();
            ui.line(&in_words(file, &languages.join(", ")))?;
        }
    }
    Ok(Outcome::Done)
}

/// What a file holds, as a line.
fn in_words(file: &FileReading, languages: &str) -> String {
    let mut line = format!("{}: units: {}", file.path.display(), file.translations);
    if file.others > 0 {
        line.push_str(&format!("; not translated: {}", file.others));
    }
    if !languages.is_empty() {
        line.push_str(&format!("; segments: {languages}"));
    }
    line
}
