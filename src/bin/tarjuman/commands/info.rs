//! `tarjuman info`

use clap::Args;

use super::open;
use crate::args::MemoryArgument;
use crate::ui::{Outcome, Ui};
use tarjuman::error::Result;
use tarjuman::memory::Memory;
use tarjuman::memory::sqlite::SqliteMemory;

/// Say what is in a memory
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman info -m memories/letters.tmx
  tarjuman info -m letters.sqlite --format json")]
pub(crate) struct Arguments {
    #[command(flatten)]
    memory: MemoryArgument,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let path = &arguments.memory.memory;
    let memory = open(path, ui)?;
    let (units, languages, imports) =
        (memory.unit_count()?, memory.languages()?, memory.imports()?);
    if ui.is_json() {
        let languages = languages.iter().map(
            |(language, count)| serde_json::json!({"language": language.tag(), "segments": count}),
        );
        let imports = imports
            .iter()
            .map(|import| serde_json::json!({"source": import.source, "at": import.at, "units": import.units}));
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
                "  {}  {:>9} units from {}",
                import.at, import.units, import.source
            ))?;
        }
    }
    Ok(if units > 0 {
        Outcome::Done
    } else {
        Outcome::Nothing
    })
}
