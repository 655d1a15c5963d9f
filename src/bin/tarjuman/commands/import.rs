//! `tarjuman import`

use std::path::PathBuf;

use clap::Args;

use super::now;
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::app::transfer::import_files;
use tarjuman::error::Result;

/// Read TMX files into a memory
///
/// The memory is made if it is not there. An import is whole or not there: if a file cannot be read to its end, nothing of it
/// is kept. What a memory has already is not added again.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman import -m letters.sqlite memories/letters.tmx
  TARJUMAN_MEMORY=letters.sqlite tarjuman import old.tmx new.tmx
  tarjuman import -m letters.sqlite --penalty 10 somebody-elses.tmx

Exit status: 0 something was added; 1 everything was there already; 2 could not.")]
pub(crate) struct Arguments {
    /// The memory to add to; it is made if it is not there
    #[arg(short, long, env = "TARJUMAN_MEMORY", value_name = "MEMORY")]
    memory: PathBuf,

    /// Take so many percent off matches with these units: of another client, of another time
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=100))]
    penalty: u8,

    /// TMX 1.1 to 1.4, in any encoding that the file declares
    #[arg(required = true, value_name = "FILE.tmx")]
    files: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let mut progress = Progress::new("importing");
    let done = import_files(
        &arguments.memory,
        &arguments.files,
        arguments.penalty,
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
