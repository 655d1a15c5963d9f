//! `useful`: which stored segment has the target that helps most. The study behind the score and the order of matches.
//!
//! The folder has units in four languages (see `units`). Each unit's source is looked up against all other units, and the target
//! found is compared with the true one by chrF. `engine` asks the program's own look-up; the other parts scan all units, so that
//! nothing but the measures is compared. docs/design.md says what came out.

mod engine;
mod grams;
mod keys;
mod order;
mod pairs;
mod predict;
mod score;
mod search;
mod stats;
mod truth;
mod units;
mod way;

use std::path::PathBuf;

use truth::Measure;

use crate::Result;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder with quran.jsonl, bible.jsonl.gz and modern.jsonl: units in en, fa, ar and sq, one JSON object a line
    folder: PathBuf,
    /// What is studied
    #[arg(long, value_enum, default_value_t = What::Engine)]
    what: What,
}

/// A part of the study.
#[derive(clap::ValueEnum, Clone, Copy)]
enum What {
    /// The first match of the program's look-up, beside the same matches in the order of token edits
    Engine,
    /// What the percent should count
    Score,
    /// What should stand first among the same matches, by chrF
    Order,
    /// The same by chrF with precision and recall alike
    OrderChrf1,
    /// The same by letters that an editor leaves alone
    OrderEdits,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let units = units::Units::read(&arguments.folder)?;
    match arguments.what {
        What::Engine => engine::study(&units)?,
        What::Score => score::study(&units),
        What::Order => order::study(&units, Measure::ChrF2),
        What::OrderChrf1 => order::study(&units, Measure::ChrF1),
        What::OrderEdits => order::study(&units, Measure::Edits),
    }
    Ok(())
}
