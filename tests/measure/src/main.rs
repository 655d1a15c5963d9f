//! Measures tarjuman beside its peers, in one run on one machine. docs/performance.md says what each figure means.
//!
//! All subcommands but one work on a folder with `tm.tsv` (number, source, target), `queries.tsv` (number, kind, unit, text) and
//! `tm.tmx` (the units of `tm.tsv`). `useful` has a folder of its own kind and its figures in docs/design.md;
//! `names` has a table of names.

mod clock;
mod cold;
mod compare;
mod complete;
mod import;
mod names;
mod peers;
mod room;
mod scores;
mod truth;
mod useful;
mod workload;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What every part returns. An error ends the run, since half a measurement misleads.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
#[command(about = "Measures tarjuman beside its peers")]
struct Program {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Time and recall of look-ups, tarjuman and the peers that can be linked
    Match(compare::Arguments),
    /// Whether tarjuman finds all that a brute-force scan finds; exit status 1 if not
    Complete(complete::Arguments),
    /// Import of a TMX file, for scale next to bare XML and bare SQLite; then one unit more
    Import(import::Arguments),
    /// The program as a whole process: a look-up in a large memory next to `info` on a small one
    Cold(cold::Arguments),
    /// Which match helps most: the study behind the score and the order of matches
    Useful(useful::Arguments),
    /// Names across scripts: how often the right one is found
    Names(names::Arguments),
    /// One peer in a process of its own, as `match` starts it
    #[command(hide = true)]
    Peer(peers::Arguments),
}

fn main() -> ExitCode {
    let done = match Program::parse().task {
        Task::Match(arguments) => compare::run(&arguments).map(|()| true),
        Task::Complete(arguments) => complete::run(&arguments),
        Task::Import(arguments) => import::run(&arguments).map(|()| true),
        Task::Cold(arguments) => cold::run(&arguments).map(|()| true),
        Task::Useful(arguments) => useful::run(&arguments).map(|()| true),
        Task::Names(arguments) => names::run(&arguments).map(|()| true),
        Task::Peer(arguments) => peers::run(&arguments).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// From which language into which.
#[derive(clap::Args, Clone)]
struct Direction {
    /// The language of the queries
    #[arg(long, default_value = "en")]
    from: String,
    /// The language of the targets
    #[arg(long, default_value = "fa")]
    to: String,
}

impl Direction {
    fn languages(
        &self,
    ) -> Result<(
        tarjuman::text::language::Language,
        tarjuman::text::language::Language,
    )> {
        use tarjuman::text::language::Language;
        Ok((Language::parse(&self.from)?, Language::parse(&self.to)?))
    }
}

/// The folder of a workload.
#[derive(clap::Args, Clone)]
struct Place {
    /// The folder with tm.tsv, queries.tsv and tm.tmx
    folder: PathBuf,
}
