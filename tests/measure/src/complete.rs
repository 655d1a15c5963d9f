//! `complete`: tarjuman finds all that a scan of all units finds, and nothing else.

use std::collections::BTreeSet;

use tarjuman::leverage::{Finder, Query};
use tarjuman::memory::sqlite::{Access, SqliteMemory};

use crate::truth::{Said, Scan, in_parallel, said};
use crate::{Direction, Place, Result, workload};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    direction: Direction,
    /// The thresholds, in percent
    #[arg(long, value_delimiter = ',', default_value = "50,60,70,85")]
    thresholds: Vec<u8>,
    /// How many queries
    #[arg(long, default_value_t = 1_000)]
    queries: usize,
    /// Name the first of what was not found, and of what should not have been
    #[arg(long, default_value_t = 5)]
    show: usize,
}

/// What one query says: for each threshold the matches that should be found, and those that were.
type Both = Vec<(BTreeSet<Said>, BTreeSet<Said>)>;

pub(crate) fn run(arguments: &Arguments) -> Result<bool> {
    let folder = &arguments.place.folder;
    workload::make_memory(folder)?;
    let queries = workload::queries(folder, arguments.queries)?;
    let units = workload::units(folder)?;
    let (from, to) = arguments.direction.languages()?;
    let lowest = *arguments.thresholds.iter().min().ok_or("no thresholds")?;
    let scan = Scan::new(&units, &from);
    // A thread has a finder of its own; a finder that keeps something keeps it from query to query.
    let finder = || -> Result<Finder<'static>> {
        let memory = SqliteMemory::open(&workload::memory(folder), Access::Read)?;
        Ok(Finder::new(Box::leak(Box::new(memory)), &from, &to)?)
    };
    let answers = in_parallel(&queries, finder, |finder, text| -> Result<Both> {
        let truth = scan.said(&scan.all(text, lowest), &to);
        let asked = arguments.thresholds.iter().map(|threshold| {
            let query = Query {
                text,
                codes: &[],
                ..Query::default()
            };
            let found = finder.find(query, *threshold, usize::MAX)?.into_iter();
            let found =
                found.map(|one| said(one.score, &one.source.text, &one.target.text, &from, &to));
            let there = truth.iter().filter(|one| one.0 >= *threshold).cloned();
            Ok((there.collect(), found.collect()))
        });
        asked.collect()
    })?;
    println!(
        "{} units, {} queries, all matches\n",
        units.len(),
        queries.len()
    );
    println!("| threshold | there | found of them | recall | found but not there |");
    println!("|---:|---:|---:|---:|---:|");
    let mut whole = true;
    let mut examples = Vec::new();
    for (place, threshold) in arguments.thresholds.iter().enumerate() {
        let (mut there, mut met, mut beyond) = (0, 0, 0);
        for (query, both) in queries.iter().zip(&answers) {
            let Some((truth, found)) = both.get(place) else {
                continue;
            };
            there += truth.len();
            met += truth.intersection(found).count();
            beyond += found.difference(truth).count();
            let missed = truth.difference(found).map(|one| ("not found", one));
            let wrong = found.difference(truth).map(|one| ("not there", one));
            examples.extend(
                missed
                    .chain(wrong)
                    .map(|(what, one)| (*threshold, what, query, one)),
            );
        }
        whole &= met == there && beyond == 0;
        println!(
            "| {threshold} | {there} | {met} | {:.4} | {beyond} |",
            // Rounded down, so that 1.0000 is all of them.
            (10_000 * met / there.max(1)) as f64 / 1e4
        );
    }
    for (threshold, what, query, (score, source, _)) in examples.iter().take(arguments.show) {
        eprintln!("{what} at {threshold}: {score}% {source:?} for {query:?}");
    }
    Ok(whole)
}
