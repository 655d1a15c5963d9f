//! `tarjuman analyze`

use std::path::PathBuf;

use clap::Args;

use super::{bands, is_stdin, open, print_bands, read_letter, targets};
use crate::args::{CuttingArguments, DocumentArguments, MemoryArgument, ScoreArguments, language};
use crate::ui::{Outcome, Progress, Ui};
use tarjuman::app::pretranslate::{Analysis, pretranslate};
use tarjuman::error::Result;
use tarjuman::leverage::Finder;
use tarjuman::text::language::Language;

/// Count how much of documents a memory covers
///
/// The same counts as `tarjuman pretranslate`, and nothing is written. Segments and words are counted once: as context or exact
/// match, as ambiguous (exact, with several translations), by bands of likeness, as repeated within a document, or as new.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman analyze -m memories/letters.tmx letter.en.txt
  tarjuman analyze -m letters.sqlite --from en --to fa --format json *.txt")]
pub(crate) struct Arguments {
    #[command(flatten)]
    memory: MemoryArgument,

    /// The language of the documents; else what the name says (letter.en.txt), else what the text shows
    #[arg(long, value_name = "LANG", value_parser = language)]
    from: Option<Language>,

    /// The languages to translate into, with commas; else all that the memory has
    #[arg(long, value_name = "LANG", value_parser = language, value_delimiter = ',')]
    to: Vec<Language>,

    #[command(flatten)]
    document: DocumentArguments,

    #[command(flatten)]
    cutting: CuttingArguments,

    #[command(flatten)]
    score: ScoreArguments,

    /// Documents: txt, md, html, docx, odt, srt, xliff, po; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let cutting = arguments.cutting.cutting()?;
    let memory = open(&arguments.memory.memory, ui)?;
    let mut letters = Vec::new();
    for file in &arguments.files {
        letters.push((
            file,
            read_letter(
                file,
                arguments.from.as_ref(),
                &cutting,
                &arguments.document.options(),
                ui,
            )?,
        ));
    }
    let mut sums: Vec<(Language, Analysis, usize)> = Vec::new();
    for (file, letter) in &letters {
        let name = if is_stdin(file) {
            "-".into()
        } else {
            file.to_string_lossy()
        };
        for to in targets(&memory, letter, &arguments.to).map_err(|error| error.at(file))? {
            let finder =
                Finder::new(&memory, &letter.language, &to).map_err(|error| error.at(file))?;
            let finder = finder.with_penalties(arguments.score.penalties());
            let mut progress = Progress::new(format!("{name} → {to}"));
            let found = pretranslate(letter, &finder, arguments.score.min, &mut |done, total| {
                progress.update(done, total)
            })?;
            drop(progress);
            let analysis = found.analysis();
            if ui.is_json() {
                let (segments, words) = analysis.total();
                ui.json(&serde_json::json!({
                    "file": name, "from": letter.language.tag(), "to": to.tag(),
                    "segments": segments, "words": words, "bands": bands(&analysis),
                }))?;
            } else {
                ui.line(&format!(
                    "{name}: {} → {}",
                    letter.language.english_name(),
                    to.english_name()
                ))?;
                print_bands(&analysis, ui)?;
            }
            match sums.iter_mut().find(|(language, ..)| *language == to) {
                Some((_, sum, count)) => {
                    sum.join(&analysis);
                    *count += 1;
                }
                None => sums.push((to, analysis, 1)),
            }
        }
    }
    if !ui.is_json() {
        for (to, sum, count) in sums.iter().filter(|(.., count)| *count > 1) {
            ui.line(&format!("all {count} documents → {}", to.english_name()))?;
            print_bands(sum, ui)?;
        }
    }
    Ok(Outcome::Done)
}
