//! Which stored segment has the target that helps most: the study behind the score and the order of matches.
//!
//! usage: measure-useful FOLDER order|order-chrf1|order-edits|score
//!
//! FOLDER holds files of units in four languages (see `units`). Each unit's source is looked up against all other units, and the
//! target found is compared with the true one by chrF.

mod grams;
mod keys;
mod order;
mod pairs;
mod predict;
mod score;
mod search;
mod stats;
mod stems;
mod truth;
mod units;
mod way;

use std::error::Error;
use std::path::Path;

use truth::Measure;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [folder, part] = arguments.as_slice() else {
        return Err("usage: measure-useful FOLDER order|order-chrf1|order-edits|score".into());
    };
    let units = units::Units::read(Path::new(folder))?;
    match *part {
        "order" => order::study(&units, Measure::ChrF2),
        "order-chrf1" => order::study(&units, Measure::ChrF1),
        "order-edits" => order::study(&units, Measure::Edits),
        "score" => score::study(&units),
        other => return Err(format!("{other}: no such part").into()),
    }
    Ok(())
}
