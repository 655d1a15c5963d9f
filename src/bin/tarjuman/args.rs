//! The command line: what all commands share. Each command's own arguments stand in its file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    align, analyze, check, export, find, import, info, merge, pretranslate, query, segment,
};
use tarjuman::app::letter::Cutting;
use tarjuman::error::Result;
use tarjuman::formats::document::ReadOptions;
use tarjuman::formats::{Format as DocumentFormat, srx};
use tarjuman::leverage::DEFAULT_THRESHOLD;
use tarjuman::leverage::score::Penalties;
use tarjuman::segment::{Marks, RuleSource, Segmentation};
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
Exit status: 0 done or found; 1 worked, and the answer is \"nothing\", of check \"something is wrong\"; 2 could not;
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
    Merge(merge::Arguments),
    Analyze(analyze::Arguments),
    Match(query::Arguments),
    Find(find::Arguments),
    Align(align::Arguments),
    Check(check::Arguments),
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

/// How documents are read. What is not said is found out.
#[derive(Args, Debug)]
pub(crate) struct DocumentArguments {
    /// The encoding of texts that are not in UTF-8 and do not say theirs (windows-1256, utf-16le …)
    #[arg(long, value_name = "ENCODING")]
    encoding: Option<String>,

    /// What sort of files they are, whatever they look like: txt, md, html, docx, odt, srt, xliff, po
    #[arg(long, value_name = "FORMAT", value_parser = document_format)]
    read_as: Option<DocumentFormat>,

    /// Of HTML, only what stands in elements that this CSS selector matches: main, article, '#letter'
    #[arg(long, value_name = "CSS")]
    select: Option<String>,
}

impl DocumentArguments {
    /// What is asked for.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            format: self.read_as,
            encoding: self.encoding.clone(),
            select: self.select.clone(),
        }
    }
}

/// Reads the name of a format.
fn document_format(name: &str) -> Result<DocumentFormat, String> {
    DocumentFormat::named(name).map_err(|error| error.to_string())
}

/// Where texts are cut into segments.
#[derive(Args, Debug)]
pub(crate) struct CuttingArguments {
    /// The rules by which texts are cut
    #[arg(long, value_enum, default_value_t = Rules::Default, value_name = "RULES")]
    rules: Rules,

    /// Cut by the rules of this file (SRX 1.0 or 2.0)
    #[arg(long, value_name = "FILE", conflicts_with = "rules")]
    srx: Option<PathBuf>,

    /// Cut also behind these marks, with a comma between them, where white space follows
    #[arg(long, value_enum, value_name = "MARK", value_delimiter = ',')]
    break_at: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rules {
    /// Rules for English, Persian, Arabic and Albanian; Unicode's for other languages
    Default,
    /// As OmegaT cuts if nobody changes its rules
    Omegat,
    /// The sentence boundaries of Unicode (UAX #29)
    Uax29,
    /// A paragraph is a segment
    Paragraph,
    /// A line is a segment
    Line,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Mark {
    /// A colon
    Colon,
    /// A semicolon, Latin or Arabic
    Semicolon,
}

impl CuttingArguments {
    /// What is asked for.
    pub(crate) fn segmentation(&self) -> Result<Segmentation> {
        let rules = match (&self.srx, self.rules) {
            (Some(path), _) => RuleSource::Srx(Arc::new(srx::read(path)?)),
            (None, Rules::Default) => RuleSource::Language,
            (None, Rules::Omegat) => RuleSource::OmegaT,
            (None, Rules::Uax29) => RuleSource::Unicode,
            (None, Rules::Paragraph) => RuleSource::Paragraph,
            (None, Rules::Line) => RuleSource::Line,
        };
        let also_at = Marks {
            colon: self.break_at.contains(&Mark::Colon),
            semicolon: self.break_at.contains(&Mark::Semicolon),
        };
        Ok(Segmentation { rules, also_at })
    }

    /// The files that are read for it.
    pub(crate) fn files(&self) -> Vec<&Path> {
        self.srx.iter().map(PathBuf::as_path).collect()
    }

    /// The same, for reading documents.
    pub(crate) fn cutting(&self) -> Result<Cutting> {
        Ok(Cutting::Rules(self.segmentation()?))
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
