//! `tarjuman export`

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{is_stdin, may_write, now, open};
use crate::args::{MemoryArgument, language};
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::app::export::{
    Export, ExportCount, PairsFormat, export, export_omegat, export_pairs, omegat_places,
};
use tarjuman::error::{Error, Result};
use tarjuman::formats::omegat::OmegatProject;
use tarjuman::formats::tmx::{Level, TmxFor};
use tarjuman::formats::{stage, write_whole};
use tarjuman::memory::Memory;
use tarjuman::text::language::Language;

/// Write a memory as TMX 1.4, XLIFF, PO or tab-separated pairs
///
/// The ending of the file says the format: .tmx, .xlf, .po or .tsv.
///
/// With --from and --to the units that have both languages are written, the source first: what CAT tools want; --for names the
/// one that is to read them. Without languages everything is written in all of them: what another tarjuman wants.
///
/// With --omegat the memories of a project of OmegaT are filled: tm/auto with what is vouched for, tm/penalty-NN with units of
/// imports that have a penalty, and of alignments that nobody has looked at. Only files named tarjuman.tmx are written.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman export -m letters.sqlite --from en --to fa -o letters.en-fa.tmx
  tarjuman export -m letters.sqlite --from en --to fa --for memoq -o letters.tmx
  tarjuman export -m letters.sqlite --from en --to fa -o letters.tsv
  tarjuman export -m letters.sqlite --omegat ~/projects/spring-letters
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

    /// Who is to read it
    #[arg(
        long = "for",
        value_enum,
        value_name = "READER",
        requires = "from",
        conflicts_with = "omegat"
    )]
    reader: Option<Reader>,

    /// How much of the segments is written: 1 is text, 2 is text with inline codes; without it, what the reader makes good use of
    #[arg(long, value_enum, value_name = "LEVEL")]
    level: Option<Codes>,

    /// Fill the memories of this project of OmegaT; its languages are taken unless others are named
    #[arg(long, value_name = "PROJECT")]
    omegat: Option<PathBuf>,

    /// With --omegat, put what is vouched for into tm/enforce, where it overrules what the project has, and not into tm/auto
    #[arg(long, requires = "omegat")]
    enforce: bool,

    /// The file to write; - is standard output
    #[arg(
        short,
        long,
        value_name = "FILE",
        required_unless_present = "omegat",
        conflicts_with = "omegat"
    )]
    output: Option<PathBuf>,

    /// Write over files that are there already
    #[arg(long)]
    overwrite: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Reader {
    /// Only what all of them accept
    All,
    /// OmegaT: no properties that it would take for its own
    Omegat,
    /// Trados Studio: language tags with the regions that are stored
    Trados,
    /// memoQ, and those that read its properties: the context in them
    Memoq,
    /// Weblate: text without inline codes
    Weblate,
    /// translate-toolkit: text without inline codes
    Toolkit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Codes {
    /// Text
    #[value(name = "1")]
    One,
    /// Text with inline codes
    #[value(name = "2")]
    Two,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let reader = match arguments.reader {
        None | Some(Reader::All) => TmxFor::All,
        Some(Reader::Omegat) => TmxFor::OmegaT,
        Some(Reader::Trados) => TmxFor::Trados,
        Some(Reader::Memoq) => TmxFor::MemoQ,
        Some(Reader::Weblate) => TmxFor::Weblate,
        Some(Reader::Toolkit) => TmxFor::Toolkit,
    };
    let from = arguments.from.clone();
    let wanted = Export {
        languages: from.map(|from| (from, arguments.to.clone())),
        reader,
        level: arguments.level.map(|level| match level {
            Codes::One => Level::Text,
            Codes::Two => Level::Codes,
        }),
        at: now(),
    };
    match (&arguments.omegat, &arguments.output) {
        (Some(project), _) => fill(arguments, wanted, project, ui),
        (None, Some(path)) => write(arguments, &wanted, path, ui),
        (None, None) => Err(Error::request("a file to write is wanted (-o)")),
    }
}

/// Writes one file.
fn write(arguments: &Arguments, wanted: &Export, path: &Path, ui: &mut Ui) -> Result<Outcome> {
    if !is_stdin(path) {
        may_write(path, arguments.overwrite, &[&arguments.memory.memory])?;
    }
    let memory = open(&arguments.memory.memory, ui)?;
    let mut progress = Progress::new("exporting");
    let mut progress = |done, total| progress.update(done, total);
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let pairs = match ending.to_lowercase().as_str() {
        "xlf" | "xliff" => Some((PairsFormat::Xliff, &*name)),
        "po" => Some((PairsFormat::Po, &*name)),
        "tsv" => Some((PairsFormat::Table, &*name)),
        "tmx" | "" => None,
        other => {
            let error = Error::request(format!("“.{other}” says no format that is written here"));
            return Err(error.at(path).hint(".tmx, .xlf, .po and .tsv do"));
        }
    };
    let mut export = |out: &mut dyn std::io::Write| match pairs {
        Some(format) => export_pairs(&memory, wanted, format, out, &mut progress),
        None => export(&memory, wanted, out, &mut progress),
    };
    let count = if is_stdin(path) {
        export(ui.out()).map_err(|error| error.at(Path::new("standard output")))?
    } else {
        let mut count = None;
        write_whole(path, |out| {
            count = Some(export(out)?);
            Ok(())
        })?;
        count.unwrap_or_default()
    };
    warn_replaced(path, count, ui);
    if !is_stdin(path) {
        say_written(path, count, ui)?;
    }
    Ok(match count.units {
        0 => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// Fills the memories of a project of OmegaT: all files or none.
fn fill(arguments: &Arguments, mut wanted: Export, folder: &Path, ui: &mut Ui) -> Result<Outcome> {
    let project = OmegatProject::read(folder)?;
    wanted.reader = TmxFor::OmegaT;
    match &wanted.languages {
        None => wanted.languages = Some((project.source.clone(), vec![project.target.clone()])),
        Some((from, to)) => {
            let fits = project.source.accepts(from)
                && to.len() == 1
                && to.iter().all(|to| project.target.accepts(to));
            if !fits {
                let (source, target) = (&project.source, &project.target);
                let message = format!("this project translates from {source} into {target}");
                return Err(Error::request(message).at(folder).hint(
                    "leave --from and --to out, and the languages of the project are taken",
                ));
            }
        }
    }
    let memory = open(&arguments.memory.memory, ui)?;
    let places = omegat_places(&memory, &wanted, arguments.enforce)?;
    let paths: Vec<_> = places
        .into_iter()
        .map(|place| (place, place.file(&project.memories)))
        .collect();
    for (_, path) in &paths {
        if let Some(folder) = path
            .parent()
            .filter(|folder| folder.exists() && !folder.is_dir())
        {
            return Err(Error::request("this is a file; a folder is wanted").at(folder));
        }
        may_write(path, arguments.overwrite, &[&arguments.memory.memory])?;
    }
    let made = folders_of(paths.iter().map(|(_, path)| path.as_path()))?;
    let written = stage_all(arguments, &wanted, &memory, &paths);
    if written.is_err() {
        // What was made for nothing goes again; a folder that has got something in it stays.
        for folder in made.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }
    let mut units = 0;
    for (path, count) in written? {
        units += count.units;
        warn_replaced(&path, count, ui);
        say_written(&path, count, ui)?;
    }
    Ok(match units {
        0 => Outcome::Nothing,
        _ => Outcome::Done,
    })
}

/// Writes files beside their places, and gives them their names when all are written.
fn stage_all(
    arguments: &Arguments,
    wanted: &Export,
    memory: &dyn Memory,
    paths: &[(tarjuman::app::export::OmegatPlace, PathBuf)],
) -> Result<Vec<(PathBuf, ExportCount)>> {
    let mut progress = Progress::new("exporting");
    let mut staged = Vec::new();
    let mut written = Vec::new();
    for (place, path) in paths {
        let mut count = ExportCount::default();
        staged.push(stage(path, |out| {
            let place = (*place, arguments.enforce);
            count = export_omegat(memory, wanted, place, out, &mut |done, total| {
                progress.update(done, total)
            })?;
            Ok(())
        })?);
        written.push((path.clone(), count));
    }
    for file in staged {
        file.keep()?;
    }
    Ok(written)
}

/// Makes the folders of files that are not there, and returns those that were made, the outer before the inner.
fn folders_of<'p>(paths: impl Iterator<Item = &'p Path>) -> Result<Vec<PathBuf>> {
    let mut made = Vec::new();
    for folder in paths.filter_map(Path::parent) {
        let mut missing: Vec<_> = folder
            .ancestors()
            .take_while(|own| !own.as_os_str().is_empty() && !own.exists())
            .collect();
        while let Some(own) = missing.pop() {
            std::fs::create_dir(own).map_err(|error| Error::io(own, "make", &error))?;
            made.push(own.to_path_buf());
        }
    }
    Ok(made)
}

fn warn_replaced(path: &Path, count: ExportCount, ui: &mut Ui) {
    if count.replaced > 0 {
        ui.say(&format!(
            "warning: {}: {} characters that XML cannot carry were replaced",
            path.display(),
            count.replaced
        ));
    }
}

fn say_written(path: &Path, count: ExportCount, ui: &mut Ui) -> Result<()> {
    if ui.is_json() {
        ui.json(&serde_json::json!({"file": path.to_string_lossy(), "units": count.units, "replaced": count.replaced}))
    } else {
        let name = path.display();
        ui.line(&format!("{name}: {} units written", count.units))
    }
}
