//! The command line: what all commands share. Each command's own arguments stand in its file.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{align, analyze, export, find, import, info, pretranslate, query, segment};
use tarjuman::leverage::DEFAULT_THRESHOLD;
use tarjuman::leverage::score::Penalties;
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

/// How matches are scored.
#[derive(Args, Debug)]
pub(crate) struct ScoreArguments {
    /// The lowest score that counts as a match, in percent
    #[arg(long, value_name = "PERCENT", default_value_t = DEFAULT_THRESHOLD, value_parser = percent)]
    pub(crate) min: u8,

    /// What a kind of difference takes off the score, as KIND=PERCENT, several with commas; kinds: value (2), inflection, case,
    /// punctuation, digits, diacritics, spacing, codes, unreviewed (1 each), pivot (5)
    #[arg(long, value_name = "KIND=PERCENT", value_delimiter = ',', value_parser = penalty)]
    penalty: Vec<(String, u8)>,
}

impl ScoreArguments {
    /// The penalties that are asked for.
    pub(crate) fn penalties(&self) -> Penalties {
        let mut penalties = Penalties::default();
        for (kind, percent) in &self.penalty {
            penalties.set(kind, *percent);
        }
        penalties
    }
}

/// Reads what a kind of difference takes off.
fn penalty(text: &str) -> Result<(String, u8), String> {
    let wanted = || {
        format!(
            "KIND=PERCENT is wanted, where KIND is one of {}",
            Penalties::NAMES.join(", ")
        )
    };
    let (kind, percent) = text.split_once('=').ok_or_else(wanted)?;
    match percent.parse() {
        Ok(percent @ 0..=100) if Penalties::NAMES.contains(&kind) => Ok((kind.to_owned(), percent)),
        _ => Err(wanted()),
    }
}

/// Reads a language tag from the command line.
pub(crate) fn language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).map_err(|error| match error.hint_text() {
        Some(hint) => format!("{error}: {hint}"),
        None => error.to_string(),
    })
}

/// Reads how many results to show at most.
pub(crate) fn limit(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(limit @ 1..) => Ok(limit),
        _ => Err("a whole number from 1 is wanted".to_owned()),
    }
}

/// Reads a threshold: a whole percent.
pub(crate) fn percent(text: &str) -> Result<u8, String> {
    match text.parse() {
        Ok(percent @ 1..=100) => Ok(percent),
        _ => Err("a whole percent from 1 to 100 is wanted".to_owned()),
    }
}
