//! One file a command: its arguments, which are its help, and what it prints.

pub(crate) mod align;
pub(crate) mod analyze;
pub(crate) mod check;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod import;
pub(crate) mod info;
pub(crate) mod merge;
pub(crate) mod pretranslate;
pub(crate) mod query;
pub(crate) mod segment;

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::args::Command;
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::app::letter::{Cutting, Letter};
use tarjuman::app::pretranslate::Analysis;
use tarjuman::app::transfer;
use tarjuman::error::{Error, Result};
use tarjuman::formats::document::ReadOptions;
use tarjuman::memory::Memory;
use tarjuman::memory::sqlite::SqliteMemory;
use tarjuman::segment::{Method, RuleSource};
use tarjuman::text::language::Language;
use tarjuman::text::recognise::recognise;

/// Runs a command.
pub(crate) fn run(command: Command, ui: &mut Ui) -> Result<Outcome> {
    match command {
        Command::Pretranslate(arguments) => pretranslate::run(&arguments, ui),
        Command::Merge(arguments) => merge::run(&arguments, ui),
        Command::Analyze(arguments) => analyze::run(&arguments, ui),
        Command::Match(arguments) => query::run(&arguments, ui),
        Command::Find(arguments) => find::run(&arguments, ui),
        Command::Align(arguments) => align::run(&arguments, ui),
        Command::Check(arguments) => check::run(&arguments, ui),
        Command::Segment(arguments) => segment::run(&arguments, ui),
        Command::Import(arguments) => import::run(&arguments, ui),
        Command::Export(arguments) => export::run(&arguments, ui),
        Command::Info(arguments) => info::run(&arguments, ui),
    }
}

/// Now, as TMX writes it.
fn now() -> String {
    jiff::Timestamp::now()
        .strftime("%Y%m%dT%H%M%SZ")
        .to_string()
}

/// Opens a memory to look at, and tells what was wrong with it if it is a file of units.
fn open(path: &Path, ui: &mut Ui) -> Result<SqliteMemory> {
    let mut progress = Progress::new(format!("reading {}", path.display()));
    let (memory, problems) = transfer::open_memory(path, &now(), &mut |done, total| {
        progress.update(done, total)
    })?;
    drop(progress);
    ui.warn(path, &problems);
    Ok(memory)
}

/// Whether a path stands for standard input.
fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Makes sure that a file may be written: it is none that the same command reads, and it takes no other file's place unless that
/// was asked for. What is no regular file may always be written to.
fn may_write(path: &Path, overwrite: bool, read: &[&Path]) -> Result<()> {
    if path.is_dir() {
        return Err(Error::request("this is a folder; a file is wanted").at(path));
    }
    if is_stdin(path) {
        return Err(Error::request("a file is wanted here, and - is none").at(path));
    }
    let place = place_of(path);
    if place.is_some() && read.iter().any(|other| place_of(other) == place) {
        return Err(
            Error::request("this command reads this file and cannot write it too").at(path),
        );
    }
    if !overwrite && path.is_file() {
        let error = Error::request("this file is there already and is not written over").at(path);
        return Err(error.hint("name another place, or say --overwrite"));
    }
    Ok(())
}

/// The one name of a file that is there or could be: links are followed, `.` and `..` resolved.
fn place_of(path: &Path) -> Option<PathBuf> {
    if let Ok(there) = path.canonicalize() {
        return Some(there);
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
    Some(folder.join(path.file_name()?))
}

/// Says so if a document reads like another language than it is taken for.
fn doubt_language(path: &Path, letter: &Letter, ui: &mut Ui) {
    let text: Vec<_> = letter.paragraphs().collect();
    if let Some(seems) = recognise(&text.join("\n"))
        && seems.primary() != letter.language.primary()
        && ["en", "fa", "ar", "sq"].contains(&letter.language.primary())
    {
        let (taken, seems) = (letter.language.english_name(), seems.english_name());
        ui.say(&format!(
            "warning: {}: taken for {taken}, but it reads like {seems}",
            path.display()
        ));
    }
}

/// Reads a document; `-` is standard input.
fn read_letter(
    path: &Path,
    language: Option<&Language>,
    cutting: &Cutting,
    options: &ReadOptions,
    ui: &mut Ui,
) -> Result<Letter> {
    let letter = if is_stdin(path) {
        let name = Path::new("standard input");
        Letter::from_bytes(read_stdin()?, name, language, cutting, options)?
    } else {
        Letter::read(path, language, cutting, options)?
    };
    ui.warn(path, letter.problems());
    doubt_language(path, &letter, ui);
    say_method(&letter, cutting, ui);
    Ok(letter)
}

/// Says so if there were no rules to cut a document by.
fn say_method(letter: &Letter, asked: &Cutting, ui: &mut Ui) {
    let language = &letter.language;
    match (asked, letter.method) {
        (Cutting::Rules(asked), Method::Unicode) if matches!(asked.rules, RuleSource::Language) => {
            ui.say(&format!("note: there are no rules for {language}; the sentences of Unicode (UAX #29) are used"));
        }
        (Cutting::Rules(asked), Method::Paragraph) if matches!(asked.rules, RuleSource::Srx(_)) => {
            ui.say(&format!(
                "warning: these rules have nothing for {language}; its paragraphs are left whole"
            ));
        }
        _ => {}
    }
}

fn read_stdin() -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let name = Path::new("standard input");
    match std::io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Error::io(name, "read", &error)),
    }
}

/// The languages to translate a letter into: the one that its file says, else those asked for, else all that the memory has besides the source.
fn targets(memory: &dyn Memory, letter: &Letter, asked: &[Language]) -> Result<Vec<Language>> {
    if let Some(target) = letter.target() {
        if let Some(other) = asked.iter().find(|asked| !asked.accepts(target)) {
            let message = format!(
                "this file is to be translated into {}, not into {}",
                target.english_name(),
                other.english_name()
            );
            return Err(Error::request(message));
        }
        return Ok(vec![target.clone()]);
    }
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let from = &letter.language;
    let there = memory
        .languages()?
        .into_iter()
        .map(|(language, _)| language);
    Ok(there
        .filter(|language| language.primary() != from.primary())
        .collect())
}

/// The rows of an analysis as JSON.
fn bands(analysis: &Analysis) -> Vec<serde_json::Value> {
    analysis
        .rows()
        .map(|(band, segments, words)| serde_json::json!({"band": band.name(), "segments": segments, "words": words}))
        .collect()
}

/// The rows of an analysis as a table.
fn print_bands(analysis: &Analysis, ui: &mut Ui) -> Result<()> {
    let (segments, words) = analysis.total();
    ui.line("  match        segments    words   share")?;
    for (band, count, own) in analysis.rows().filter(|(_, count, _)| *count > 0) {
        let share = analysis.share(own);
        ui.line(&format!(
            "  {:<10}  {count:>9}  {own:>7}  {share:>5}%",
            band.name()
        ))?;
    }
    ui.line(&format!("  {:<10}  {segments:>9}  {words:>7}", "all"))
}
