//! `tarjuman info`

use std::path::Path;

use clap::Args;

use super::open;
use crate::args::MemoryArgument;
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::error::{Error, ErrorKind, Result};
use tarjuman::memory::Memory;
use tarjuman::memory::sqlite::SqliteMemory;

/// Say what is in a memory
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman info -m memories/letters.tmx
  tarjuman info -m letters.sqlite --format json
  tarjuman info -m letters.sqlite --verify

Exit status: 0 there are units, with --verify: all is well; 1 there are none; 2 could not, with --verify: something is
wrong, and the message says what.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    memory: MemoryArgument,

    /// Read everything and hold it against everything else: the file's structure, counts, units, index
    #[arg(long)]
    verify: bool,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let path = &arguments.memory.memory;
    let memory = open(path, ui)?;
    if arguments.verify {
        return verify(path, &memory, ui);
    }
    let (units, languages, imports) =
        (memory.unit_count()?, memory.languages()?, memory.imports()?);
    if ui.is_json() {
        let languages = languages.iter().map(
            |(language, count)| serde_json::json!({"language": language.tag(), "segments": count}),
        );
        let imports = imports
            .iter()
            .map(|import| serde_json::json!({"source": import.source, "at": import.at, "units": import.units, "penalty": import.penalty}));
        ui.json(&serde_json::json!({
            "memory": path.to_string_lossy(),
            "format": SqliteMemory::format_version(),
            "units": units,
            "languages": languages.collect::<Vec<_>>(),
            "imports": imports.collect::<Vec<_>>(),
        }))?;
    } else {
        ui.line(&format!("{}: {units} units", path.display()))?;
        for (language, count) in &languages {
            ui.line(&format!(
                "  {:<8} {:<10} {count:>9} segments",
                language.tag(),
                language.english_name()
            ))?;
        }
        for import in &imports {
            ui.line(&format!(
                "  {}  {:>9} units from {}{}",
                import.at,
                import.units,
                import.source,
                match import.penalty {
                    0 => String::new(),
                    percent => format!(", {percent}% off"),
                }
            ))?;
        }
    }
    Ok(if units > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}

fn verify(path: &Path, memory: &SqliteMemory, ui: &mut Ui) -> Result<Outcome> {
    let mut progress = Progress::new("verifying");
    let verified = memory.verify(&mut |done, total| progress.update(done, total))?;
    drop(progress);
    let (segments, generations) = (verified.segments, verified.generations);
    if ui.is_json() {
        ui.json(&serde_json::json!({
            "memory": path.to_string_lossy(), "whole": verified.is_whole(), "segments": segments,
            "generations": generations, "problems": verified.problems,
        }))?;
    } else if verified.is_whole() {
        ui.line(&format!(
            "{}: whole; {segments} segments, all of them in the index",
            path.display()
        ))?;
    }
    if !verified.is_whole() {
        let error = Error::new(ErrorKind::Memory, verified.problems.join("; ")).at(path);
        return Err(
            error.hint("go back to a copy of the memory, or import its files into a new one")
        );
    }
    Ok(Outcome::Done)
}
