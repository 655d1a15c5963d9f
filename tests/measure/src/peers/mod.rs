//! The peers that can be linked. Each builds its index in one process and answers in another, so that neither the memory of
//! building nor another peer's is counted as its own.

mod fts5;
mod scan;
mod tantivy;
mod tarjuman;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::clock::{Took, ms, thread, timed};
use crate::scores::{Best, Characters};
use crate::{Direction, Place, Result, room, workload};

/// What answers queries.
trait Peer {
    /// The scores of the best matches, the best first.
    fn find(&self, query: &str, wanted: Wanted) -> Result<Vec<f64>>;
}

/// What is asked of a peer.
#[derive(clap::Args, Clone, Copy)]
pub(crate) struct Wanted {
    /// The lowest score that counts, in percent
    #[arg(long, default_value_t = 70)]
    pub(crate) threshold: u8,
    /// The most matches for a query
    #[arg(long, default_value_t = 5)]
    pub(crate) limit: usize,
}

/// A peer by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(crate) enum Name {
    Tarjuman,
    Rapidfuzz,
    Strsim,
    Tantivy,
    Fts5Words,
    Fts5Trigrams,
}

impl Name {
    /// All, in the order in which they are shown.
    pub(crate) const ALL: &[Name] = &[
        Name::Tarjuman,
        Name::Rapidfuzz,
        Name::Strsim,
        Name::Tantivy,
        Name::Fts5Words,
        Name::Fts5Trigrams,
    ];

    /// What the table calls it.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Name::Tarjuman => "tarjuman",
            Name::Rapidfuzz => "crate rapidfuzz, scan with cutoff",
            Name::Strsim => "crate strsim, scan",
            Name::Tantivy => "crate tantivy, BM25 of words, best 100 scored",
            Name::Fts5Words => "SQLite FTS5, bm25 of words, best 100 scored",
            Name::Fts5Trigrams => "SQLite FTS5, bm25 of trigrams, best 100 scored",
        }
    }

    /// What the command line calls it.
    fn word(self) -> String {
        use clap::ValueEnum;
        let value = self.to_possible_value();
        value
            .map(|value| value.get_name().to_owned())
            .unwrap_or_default()
    }

    /// About how many nanoseconds a query takes for each unit, from which it follows how many queries are bearable.
    fn cost(self) -> f64 {
        match self {
            Name::Tarjuman => 1.0,
            Name::Rapidfuzz => 300.0,
            Name::Strsim => 15_000.0,
            Name::Tantivy => 20.0,
            Name::Fts5Words => 1_500.0,
            Name::Fts5Trigrams => 6_000.0,
        }
    }

    /// How many queries take about a minute: 5 to 1,000.
    pub(crate) fn bearable(self, units: usize) -> usize {
        let each = self.cost() * units as f64 / 1e9;
        ((60.0 / each) as usize).clamp(5, 1_000)
    }

    fn build(self, folder: &Path, index: &Path) -> Result<Option<Took>> {
        let (done, took) = match self {
            Name::Tarjuman => return workload::make_memory(folder),
            Name::Rapidfuzz | Name::Strsim => return Ok(None),
            Name::Tantivy => timed(|| tantivy::build(folder, index)),
            Name::Fts5Words => timed(|| fts5::build(folder, index, fts5::Kind::Words)),
            Name::Fts5Trigrams => timed(|| fts5::build(folder, index, fts5::Kind::Trigrams)),
        };
        done.map(|()| Some(took))
    }

    fn open(self, folder: &Path, index: &Path, direction: &Direction) -> Result<Box<dyn Peer>> {
        Ok(match self {
            Name::Tarjuman => Box::new(tarjuman::open(folder, direction)?),
            Name::Rapidfuzz => Box::new(scan::Bitparallel(workload::sources(folder)?)),
            Name::Strsim => Box::new(scan::Plain(workload::sources(folder)?)),
            Name::Tantivy => Box::new(tantivy::open(folder, index)?),
            Name::Fts5Words => Box::new(fts5::open(folder, index, fts5::Kind::Words)?),
            Name::Fts5Trigrams => Box::new(fts5::open(folder, index, fts5::Kind::Trigrams)?),
        })
    }
}

/// What a process for a peer is told.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    name: Name,
    #[command(flatten)]
    place: Place,
    /// Where its index is
    #[arg(long)]
    index: PathBuf,
    /// Build the index; else answer from it
    #[arg(long)]
    build: bool,
    #[arg(long, default_value_t = usize::MAX)]
    queries: usize,
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    direction: Direction,
}

/// The work of a process for a peer. What it finds out goes to standard output, a fact a line.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let Arguments {
        name, place, index, ..
    } = arguments;
    if arguments.build {
        if let Some(took) = name.build(&place.folder, index)? {
            println!("build\t{}\t{}", ms(took.wall), ms(took.cpu));
        }
        println!("memory\t{}", room::peak());
        return Ok(());
    }
    let queries = workload::queries(&place.folder, arguments.queries)?;
    let (peer, took) = timed(|| name.open(&place.folder, index, &arguments.direction));
    let peer = peer?;
    println!("open\t{}\t{}", ms(took.wall), ms(took.cpu));
    for query in &queries {
        peer.find(query, arguments.wanted)?;
    }
    for query in &queries {
        let start = thread();
        let found = peer.find(query, arguments.wanted);
        let time = thread().saturating_sub(start);
        let scores: Vec<String> = found?.iter().map(f64::to_string).collect();
        println!("query\t{}\t{}", time.as_nanos(), scores.join(" "));
    }
    println!("memory\t{}", room::resident());
    Ok(())
}

/// What was found out about a peer.
#[derive(Default)]
pub(crate) struct Outcome {
    /// Processor time of building the index, if one was built.
    pub(crate) build: Option<f64>,
    /// The most main memory while building, in bytes.
    pub(crate) build_memory: u64,
    /// The size of the index, in bytes.
    pub(crate) index: u64,
    /// Processor time until the first query could be asked, in milliseconds.
    pub(crate) open: f64,
    /// Main memory after the last query, in bytes.
    pub(crate) memory: u64,
    /// Time and scores of each query.
    pub(crate) queries: Vec<(Duration, Vec<f64>)>,
}

/// Has a peer build and answer, each in a process of its own.
pub(crate) fn measure(
    name: Name,
    folder: &Path,
    queries: usize,
    wanted: Wanted,
    direction: &Direction,
) -> Result<Outcome> {
    let room = tempfile::tempdir()?;
    let mut outcome = Outcome::default();
    let process = |build: bool| -> Result<String> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("peer").arg(name.word()).arg(folder);
        command.arg("--index").arg(room.path());
        command.args(["--from", &direction.from, "--to", &direction.to]);
        command.args(["--threshold", &wanted.threshold.to_string()]);
        command.args(["--limit", &wanted.limit.to_string()]);
        command.args(["--queries", &queries.to_string()]);
        if build {
            command.arg("--build");
        }
        let output = command.stderr(std::process::Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("{}: {}", name.title(), output.status).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    };
    let built = process(true)?;
    outcome.build = fact(&built, "build", 1);
    outcome.build_memory = fact(&built, "memory", 0).unwrap_or(0);
    outcome.index = match name {
        Name::Tarjuman => room::index(&workload::memory(folder))?,
        _ => room::folder(room.path())?,
    };
    let answered = process(false)?;
    outcome.open = fact(&answered, "open", 1).unwrap_or(0.0);
    outcome.memory = fact(&answered, "memory", 0).unwrap_or(0);
    for line in answered.lines() {
        let Some((time, scores)) = line
            .strip_prefix("query\t")
            .and_then(|rest| rest.split_once('\t'))
        else {
            continue;
        };
        let scores = scores.split_whitespace().map(str::parse);
        let scores = scores.collect::<std::result::Result<Vec<f64>, _>>()?;
        outcome
            .queries
            .push((Duration::from_nanos(time.parse()?), scores));
    }
    Ok(outcome)
}

fn fact<T: std::str::FromStr>(lines: &str, name: &str, column: usize) -> Option<T> {
    let mut facts = lines.lines().filter_map(|line| line.split_once('\t'));
    let (_, rest) = facts.find(|(own, _)| *own == name)?;
    rest.split('\t').nth(column)?.parse().ok()
}

/// Scores candidates by characters and keeps the best: what every index of words or trigrams leaves to be done.
fn rescored<'a>(
    query: &str,
    candidates: impl Iterator<Item = &'a String>,
    wanted: Wanted,
) -> Vec<f64> {
    let characters = Characters::new(query);
    let mut best = Best::new(wanted.threshold, wanted.limit);
    for text in candidates {
        if let Some(score) = characters.score(text, best.cutoff()) {
            best.add(score);
        }
    }
    best.into_scores()
}

/// How many of the candidates of an index are scored.
const CANDIDATES: usize = 100;
