//! `tarjuman segment`

use std::path::{Path, PathBuf};

use clap::Args;

use super::{is_stdin, may_write, read_letter};
use crate::args::{CuttingArguments, DocumentArguments, language};
use crate::ui::{Outcome, Ui};
use tarjuman::app::letter::Cutting;
use tarjuman::error::{Error, Result};
use tarjuman::formats::{srx, write_whole};
use tarjuman::segment::{Segmentation, as_srx};
use tarjuman::text::language::Language;

/// Cut texts into segments, one a line
///
/// A line of the input is a paragraph. Segments end at full stops, question and exclamation marks and their kin, but not
/// after the honorifics and abbreviations of the language (Mr., د., z., nr., p.sh.).
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman segment letter.fa.txt
  echo 'I nderuar z. Çelëza! Mirë se erdhët.' | tarjuman segment --lang sq -
  tarjuman segment --format json letter.en.txt    {\"file\":…,\"language\":…,\"paragraph\":…,\"segment\":…,\"text\":…}

Paragraphs and segments are counted from 0, segments through the whole file.")]
pub(crate) struct Arguments {
    /// The language of the texts (BCP 47); else what the name says (letter.fa.txt), else what the text shows
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Language>,

    #[command(flatten)]
    document: DocumentArguments,

    #[command(flatten)]
    cutting: CuttingArguments,

    /// Write the rules into this file, as SRX 2.0 for other tools
    #[arg(long, value_name = "FILE.srx", conflicts_with = "lang")]
    export_srx: Option<PathBuf>,

    /// Write over the file of --export-srx if it is there already
    #[arg(long, requires = "export_srx")]
    overwrite: bool,

    /// Documents: txt, md, html, docx, odt, srt, xliff, po; - is standard input
    #[arg(
        required_unless_present = "export_srx",
        conflicts_with = "export_srx",
        value_name = "FILE"
    )]
    files: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let segmentation = arguments.cutting.segmentation()?;
    if let Some(path) = &arguments.export_srx {
        return export(path, arguments, &segmentation, ui);
    }
    let cutting = Cutting::Rules(segmentation);
    for file in &arguments.files {
        let letter = read_letter(
            file,
            arguments.lang.as_ref(),
            &cutting,
            &arguments.document.options(),
            ui,
        )?;
        for (index, segment) in letter.segments().iter().enumerate() {
            if ui.is_json() {
                ui.json(&serde_json::json!({
                    "file": if is_stdin(file) { "-".into() } else { file.to_string_lossy() },
                    "language": letter.language.tag(),
                    "paragraph": segment.paragraph,
                    "segment": index,
                    "text": segment.content.text,
                }))?;
            } else {
                ui.line(&segment.content.text)?;
            }
        }
    }
    Ok(Outcome::Done)
}

fn export(
    path: &Path,
    arguments: &Arguments,
    asked: &Segmentation,
    ui: &mut Ui,
) -> Result<Outcome> {
    may_write(path, arguments.overwrite, &arguments.cutting.files())?;
    let rules = as_srx(asked)?;
    write_whole(path, |out| {
        srx::write(&rules, out).map_err(|error| Error::output(&error))
    })?;
    let languages = rules.language_rules.len();
    let count: usize = rules
        .language_rules
        .iter()
        .map(|named| named.rules.len())
        .sum();
    if ui.is_json() {
        ui.json(&serde_json::json!({"file": path.to_string_lossy(), "languages": languages, "rules": count}))?;
    } else {
        ui.line(&format!(
            "{}: {count} rules in {languages} sets",
            path.display()
        ))?;
    }
    Ok(Outcome::Done)
}
