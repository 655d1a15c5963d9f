//! `match`: how long a look-up takes and how much of what is there it finds, tarjuman and the peers in one run.

use std::time::Duration;

use crate::clock::{Times, shown};
use crate::peers::{Name, Outcome, Wanted, measure};
use crate::room::mb;
use crate::scores::attained;
use crate::truth::{Scan, in_parallel};
use crate::{Direction, Place, Result, workload};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    wanted: Wanted,
    #[command(flatten)]
    direction: Direction,
    /// How many queries; by default as many as take a peer about a minute, 5 to 1,000
    #[arg(long)]
    queries: Option<usize>,
    /// Which, with commas between them; all by default
    #[arg(long, value_delimiter = ',', value_enum)]
    peers: Vec<Name>,
    /// Do not compute tarjuman's recall, which takes a scan of all units for each query
    #[arg(long)]
    no_recall: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.place.folder;
    let units = workload::sources(folder)?.len();
    let there = workload::queries(folder, usize::MAX)?.len();
    let mut measured: Vec<(Name, Outcome)> = Vec::new();
    for name in Name::ALL {
        // tarjuman is what all are compared with, and the scan by characters says what is there for the others to find.
        let always = [Name::Tarjuman, Name::Rapidfuzz].contains(name);
        if !always && !arguments.peers.is_empty() && !arguments.peers.contains(name) {
            continue;
        }
        let queries = arguments.queries.unwrap_or(name.bearable(units)).min(there);
        eprintln!("{}: {queries} queries", name.title());
        let outcome = measure(
            *name,
            folder,
            queries,
            arguments.wanted,
            &arguments.direction,
        )?;
        measured.push((*name, outcome));
    }
    let words = if arguments.no_recall {
        None
    } else {
        Some(by_words(arguments, &measured)?)
    };
    println!(
        "{units} units, threshold {} %, best {}, one thread, second pass over the queries; processor time\n",
        arguments.wanted.threshold, arguments.wanted.limit
    );
    println!(
        "| peer | queries | p50 ms | p99 ms | mean ms | p50 × tarjuman | p99 × tarjuman | recall | build s | build MB | index MB | open ms | memory MB |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let find = |wanted: Name| measured.iter().find(|(name, _)| *name == wanted);
    let ours = find(Name::Tarjuman).map(|(_, outcome)| outcome.queries.as_slice());
    let characters: Vec<&[f64]> = find(Name::Rapidfuzz)
        .map(|(_, outcome)| scores(outcome).collect())
        .unwrap_or_default();
    for (name, outcome) in &measured {
        let recall = match name {
            Name::Tarjuman => words
                .as_ref()
                .map(|truth| recall(truth.iter().map(Vec::as_slice), scores(outcome))),
            _ => Some(recall(characters.iter().copied(), scores(outcome))),
        };
        row(*name, outcome, ours.unwrap_or_default(), recall);
    }
    println!(
        "\nRecall: tarjuman's of a strsim scan by its own score; the others' of the rapidfuzz scan by characters."
    );
    Ok(())
}

fn scores(outcome: &Outcome) -> impl Iterator<Item = &[f64]> {
    outcome.queries.iter().map(|(_, scores)| scores.as_slice())
}

/// The share of the true scores that are attained, over the queries that both sides have.
fn recall<'a>(
    truth: impl Iterator<Item = &'a [f64]>,
    found: impl Iterator<Item = &'a [f64]>,
) -> String {
    let pairs = truth
        .zip(found)
        .map(|(truth, found)| attained(truth, found));
    let (attained, all) = pairs.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    if all == 0 {
        return "nothing there".to_owned();
    }
    // Rounded down, so that 1.000 is all of them.
    let share = 1_000 * attained / all;
    format!("{}.{:03} of {all}", share / 1_000, share % 1_000)
}

fn row(name: Name, outcome: &Outcome, ours: &[(Duration, Vec<f64>)], recall: Option<String>) {
    let times = |queries: &[(Duration, Vec<f64>)]| {
        Times::new(queries.iter().map(|(time, _)| *time).collect())
    };
    let own = times(&outcome.queries);
    // Both over the same queries.
    let common = ours.len().min(outcome.queries.len());
    let (ours, theirs) = (
        times(ours.get(..common).unwrap_or_default()),
        times(outcome.queries.get(..common).unwrap_or_default()),
    );
    let ratio = |percent: usize| {
        let ratio = theirs.percentile(percent) / ours.percentile(percent);
        if ratio >= 10.0 {
            format!("{ratio:.0}")
        } else {
            format!("{ratio:.2}")
        }
    };
    let build = outcome.build.map(|ms| format!("{:.1}", ms / 1e3));
    println!(
        "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {:.0} | {} |",
        name.title(),
        outcome.queries.len(),
        shown(own.percentile(50)),
        shown(own.percentile(99)),
        shown(own.mean()),
        ratio(50),
        ratio(99),
        recall.unwrap_or_else(|| "–".into()),
        build.as_deref().unwrap_or("–"),
        if outcome.build.is_some() {
            mb(outcome.build_memory)
        } else {
            "–".into()
        },
        mb(outcome.index),
        outcome.open,
        mb(outcome.memory),
    );
}

/// The best scores that a scan by tarjuman's own score finds for the queries that tarjuman was asked.
fn by_words(arguments: &Arguments, measured: &[(Name, Outcome)]) -> Result<Vec<Vec<f64>>> {
    let asked = measured.iter().find(|(name, _)| *name == Name::Tarjuman);
    let asked = asked.map_or(0, |(_, outcome)| outcome.queries.len());
    let queries = workload::queries(&arguments.place.folder, asked)?;
    let units = workload::units(&arguments.place.folder)?;
    let (from, to) = arguments.direction.languages()?;
    let scan = Scan::new(&units, &from);
    in_parallel(
        &queries,
        || Ok(()),
        |(), query| {
            let all = scan.all(query, arguments.wanted.threshold);
            let said = scan.said(&all, &to);
            let mut scores: Vec<f64> = said.iter().map(|one| f64::from(one.0) / 100.0).collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            scores.truncate(arguments.wanted.limit);
            Ok(scores)
        },
    )
}
