//! `tarjuman segment`

use std::path::PathBuf;

use clap::Args;

use super::{is_stdin, read_letter};
use crate::args::language;
use crate::ui::{Outcome, Ui};
use tarjuman::error::Result;
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
  tarjuman segment --format json letter.en.txt    {\"file\":…,\"language\":…,\"paragraph\":…,\"segment\":…,\"text\":…}")]
pub(crate) struct Arguments {
    /// The language of the texts (BCP 47); else what the name says (letter.fa.txt), else what the text shows
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Language>,

    /// Texts in UTF-8; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    for file in &arguments.files {
        let letter = read_letter(file, arguments.lang.as_ref(), ui)?;
        if !tarjuman::segment::Segmenter::new(&letter.language).has_profile() {
            ui.say(&format!(
                "note: there are no rules for {}; the sentences of Unicode (UAX #29) are used",
                letter.language
            ));
        }
        for (index, segment) in letter.segments().iter().enumerate() {
            if ui.is_json() {
                ui.json(&serde_json::json!({
                    "file": if is_stdin(file) { "-".into() } else { file.to_string_lossy() },
                    "language": letter.language.tag(),
                    "paragraph": segment.paragraph,
                    "segment": index,
                    "text": segment.text,
                }))?;
            } else {
                ui.line(segment.text)?;
            }
        }
    }
    Ok(Outcome::Done)
}
