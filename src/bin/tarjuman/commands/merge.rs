//! `tarjuman merge`

use std::path::PathBuf;

use clap::Args;

use super::may_write;
use crate::args::{DocumentArguments, language};
use crate::ui::{Outcome, Ui};
use tarjuman::app::merge::merge;
use tarjuman::error::{Error, Result};
use tarjuman::formats::write_whole;
use tarjuman::text::language::Language;

/// Put a translated XLIFF into the document that it was made of
///
/// The document is the one that `tarjuman pretranslate` was given; the XLIFF is what it has written, translated in a CAT tool. What
/// has no translation yet stands in the result as [[new: …]], and what the XLIFF still marks as a draft as [[review: …]].
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  tarjuman merge letter.en.docx letter.fa.xlf -o letter.fa.docx")]
pub(crate) struct Arguments {
    /// The document in its own language
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,

    /// Its segments with their translations
    #[arg(value_name = "XLIFF")]
    translated: PathBuf,

    /// The language it is translated into; else the one that the XLIFF says
    #[arg(long, value_name = "LANG", value_parser = language)]
    to: Option<Language>,

    #[command(flatten)]
    reading: DocumentArguments,

    /// Take drafts for translations: not every CAT tool says in the XLIFF when one is done
    #[arg(long)]
    take_drafts: bool,

    /// The document to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Write over a file that is there already
    #[arg(long)]
    overwrite: bool,
}

pub(crate) fn run(arguments: &Arguments, ui: &mut Ui) -> Result<Outcome> {
    let path = &arguments.output;
    let read = [arguments.document.as_path(), &arguments.translated];
    may_write(path, arguments.overwrite, &read)?;
    if let (Some(own), Some(wanted)) = (arguments.document.extension(), path.extension())
        && !own.eq_ignore_ascii_case(wanted)
    {
        let own = own.to_string_lossy();
        let error = Error::request(format!(
            "what comes out is a .{own} file, as the document is"
        ));
        return Err(error.at(path).hint("give it that ending"));
    }
    let merged = merge(
        &arguments.document,
        &arguments.translated,
        arguments.to.as_ref(),
        arguments.take_drafts,
        &arguments.reading.options(),
    )?;
    ui.warn(path, &merged.written.problems);
    write_whole(path, |out| {
        out.write_all(&merged.written.bytes)
            .map_err(|error| Error::output(&error))
    })?;
    if ui.is_json() {
        ui.json(&serde_json::json!({
            "file": path.to_string_lossy(), "language": merged.language.tag(),
            "translated": merged.translated, "drafts": merged.drafts, "untranslated": merged.left,
        }))?;
    } else {
        let drafts = match merged.drafts {
            0 => String::new(),
            count if arguments.take_drafts => format!(", {count} of them drafts"),
            count => format!(", {count} of them drafts, which stand as [[review: …]]"),
        };
        let left = match merged.left {
            0 => String::new(),
            count => format!("; {count} are not translated and stand as [[new: …]]"),
        };
        ui.line(&format!(
            "{}: {} segments in {}{drafts}{left}",
            path.display(),
            merged.translated,
            merged.language.english_name()
        ))?;
    }
    Ok(Outcome::Done)
}
