//! The command line: what all commands share. Each command's own arguments stand in its file.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{align, analyze, export, find, import, info, pretranslate, query, segment};
use tarjuman::text::language::Language;

/// A translation memory for letters and articles in English, Persian, Arabic and Albanian.
#[derive(Debug, Parser)]
#[command(
    name = "tarjuman",
    version,
    max_term_width = 100,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "\
Start here:
  tarjuman pretranslate -m memories/letters.tmx --to fa,ar,sq --out-dir out letter.en.txt

Results go to standard output, everything else to standard error.
Exit status: 0 done or found; 1 worked, and the answer is \"nothing\"; 2 could not;
130 interrupted."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How results are printed; json is one object a line
    #[arg(long, global = true, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Pretranslate(pretranslate::Arguments),
    Analyze(analyze::Arguments),
    Match(query::Arguments),
    Find(find::Arguments),
    Align(align::Arguments),
    Segment(segment::Arguments),
    Import(import::Arguments),
    Export(export::Arguments),
    Info(info::Arguments),
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// The memory that a command works on.
#[derive(Args, Debug)]
pub(crate) struct MemoryArgument {
    /// The memory: a file made by `tarjuman import`, or a .tmx file to be read into a temporary one
    #[arg(short, long, env = "TARJUMAN_MEMORY", value_name = "MEMORY")]
    pub(crate) memory: PathBuf,
}

/// Reads a language tag from the command line.
pub(crate) fn language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).map_err(|error| match error.hint_text() {
        Some(hint) => format!("{error}: {hint}"),
        None => error.to_string(),
    })
}

/// Reads a threshold: a whole percent.
pub(crate) fn percent(text: &str) -> Result<u8, String> {
    match text.parse() {
        Ok(percent @ 1..=100) => Ok(percent),
        _ => Err("a whole percent from 1 to 100 is wanted".to_owned()),
    }
}
