//! `tarjuman export`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{is_stdin, may_write, now, open};
use crate::args::{MemoryArgument, language};
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::app::transfer::{Export, export};
use tarjuman::error::Result;
use tarjuman::formats::write_whole;
use tarjuman::text::language::Language;

/// Write a memory as TMX 1.4
///
/// With --from and --to the units that have both languages are written, the source first: what CAT tools want. Without them
/// everything is written in all languages: what another tarjuman wants.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman export -m letters.sqlite --from en --to fa -o letters.en-fa.tmx
  tarjuman export -m letters.sqlite -o everything.tmx

Exit status: 0 units were written; 1 there was none to write; 2 could not.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    memory: MemoryArgument,

    /// The source language
    #[arg(long, value_name = "LANG", value_parser = language, requires = "to")]
    from: Option<Language>,

    /// The target language, or several with commas
    #[arg(long, value_name = "LANG", value_parser = language, value_delimiter = ',', requires = "from")]
    to: Vec<Language>,

    /// The file to write; - is standard output
    #[arg(short, long, value_name = "FILE.tmx")]
    output: PathBuf,

    /// Write over files that are there already
    #[arg(long)]
    overwrite: bool,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let path = &arguments.output;
    if !is_stdin(path) {
        may_write(path, arguments.overwrite, &[&arguments.memory.memory])?;
    }
    let memory = open(&arguments.memory.memory, ui)?;
    let wanted = Export {
        languages: arguments
            .from
            .clone()
            .map(|from| (from, arguments.to.clone())),
        at: now(),
    };
    let mut progress = Progress::new("exporting");
    let mut progress = |done, total| progress.update(done, total);
    let count = if is_stdin(path) {
        export(&memory, &wanted, ui.out(), &mut progress)
            .map_err(|error| error.at(Path::new("standard output")))?
    } else {
        let mut count = None;
        write_whole(path, |out| {
            count = Some(export(&memory, &wanted, out, &mut progress)?);
            Ok(())
        })?;
        count.unwrap_or_default()
    };
    if count.replaced > 0 {
        ui.say(&format!(
            "warning: {}: {} characters that XML cannot carry were replaced",
            path.display(),
            count.replaced
        ));
    }
    if !is_stdin(path) {
        if ui.is_json() {
            ui.json(&serde_json::json!({"file": path.to_string_lossy(), "units": count.units, "replaced": count.replaced}))?;
        } else {
            ui.line(&format!(
                "{}: {} units written",
                path.display(),
                count.units
            ))?;
        }
    }
    Ok(if count.units > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}
