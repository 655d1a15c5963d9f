//! What should the percent count? Ways of scoring at equal coverage: each way answers as many queries, those that it is surest of.

use std::collections::{HashMap, HashSet};

use super::search::Hit;
use super::stats::mean;
use super::truth::{Measure, Truth};
use super::units::{TAGS, Units};
use super::way::{Known, Way, ways};

const THRESHOLDS: [u8; 3] = [50, 60, 70];

/// The first match of a query.
struct First {
    query: u32,
    percent: u8,
    alike: f64,
    useful: f64,
}

/// The first matches by query, surest first; among a query's matches from the threshold on the most alike stands first.
fn firsts(
    way: &Way,
    hits: &[Vec<Hit>],
    threshold: u8,
    known: &mut Known<'_>,
    truth: &mut Truth<'_>,
) -> Vec<First> {
    let mut firsts = Vec::new();
    for (query, hits) in hits.iter().enumerate() {
        let query = query as u32;
        if !truth.counts(query) {
            continue;
        }
        let hits = || hits.iter().filter(|hit| truth.counts(hit.stored));
        let Some(top) = hits().map(|hit| hit.percent).max() else {
            continue;
        };
        let enough: Vec<u32> = hits()
            .filter(|hit| {
                hit.percent
                    >= if way.by_percent {
                        top
                    } else {
                        threshold.min(top)
                    }
            })
            .map(|hit| hit.stored)
            .collect();
        let alike = enough.into_iter().map(|stored| {
            (
                if way.by_percent {
                    0.0
                } else {
                    known.alike(query, stored)
                },
                stored,
            )
        });
        let Some((alike, stored)) = alike.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        else {
            continue;
        };
        firsts.push(First {
            query,
            percent: top,
            alike,
            useful: truth.useful(Measure::ChrF2, query, stored),
        });
    }
    firsts.sort_by(|a, b| b.percent.cmp(&a.percent).then(b.alike.total_cmp(&a.alike)));
    firsts
}

/// What a way reaches for one pair of languages and threshold.
struct Cell {
    covered: f64,
    /// chrF of the queries that it covers and the first way does not; how many those are.
    new: (f64, usize),
    /// chrF over as many queries as the first way covers.
    useful: f64,
}

pub(super) fn study(units: &Units) {
    let ways = ways();
    // By way, threshold, pair of languages.
    let mut cells: Vec<Vec<Vec<Cell>>> = ways
        .iter()
        .map(|_| THRESHOLDS.iter().map(|_| Vec::new()).collect())
        .collect();
    for (from, tag) in TAGS.iter().enumerate() {
        let mut known = Known::new(units, from);
        let mut truths: Vec<Truth<'_>> = (0..TAGS.len())
            .filter(|to| *to != from)
            .map(|to| Truth::new(units, from, to))
            .collect();
        let mut covered = HashMap::new();
        let mut asked: HashMap<(u8, usize), HashSet<u32>> = HashMap::new();
        for (way, cells) in ways.iter().zip(&mut cells) {
            let hits = way.hits(units, from, &mut known);
            eprintln!(
                "{} {}: {}",
                tag,
                way.name,
                hits.iter().map(Vec::len).sum::<usize>()
            );
            for (threshold, cells) in THRESHOLDS.iter().zip(cells) {
                for (to, truth) in truths.iter_mut().enumerate() {
                    let firsts = firsts(way, &hits, *threshold, &mut known, truth);
                    let over = || firsts.iter().filter(|first| first.percent >= *threshold);
                    let old: &HashSet<u32> = asked
                        .entry((*threshold, to))
                        .or_insert_with(|| over().map(|first| first.query).collect());
                    let new: Vec<f64> = over()
                        .filter(|first| !old.contains(&first.query))
                        .map(|first| first.useful)
                        .collect();
                    let own = firsts
                        .iter()
                        .filter(|first| first.percent >= *threshold)
                        .count();
                    let count = *covered.entry((*threshold, to)).or_insert(own);
                    let useful: Vec<f64> = firsts
                        .iter()
                        .take(count)
                        .map(|first| first.useful)
                        .collect();
                    if useful.len() < count {
                        eprintln!("too few: {} of {count}", useful.len());
                    }
                    cells.push(Cell {
                        covered: own as f64,
                        new: (mean(&new), new.len()),
                        useful: mean(&useful),
                    });
                }
            }
        }
    }
    report(&ways, &cells);
}

fn report(ways: &[Way], cells: &[Vec<Vec<Cell>>]) {
    let Some(first) = cells.first() else { return };
    for (at, threshold) in THRESHOLDS.iter().enumerate() {
        println!(
            "\nthreshold {threshold}: queries covered and chrF at equal coverage, from each source; against the first way\n"
        );
        let tags = TAGS.join(" | ");
        println!(
            "| way | {tags} | {tags} | all | pairs better, worse | newly covered, their chrF |"
        );
        println!("|---|{}", "---|".repeat(11));
        let base = &first[at];
        for (number, (way, cells)) in ways.iter().zip(cells).enumerate() {
            let gains: Vec<f64> = cells[at]
                .iter()
                .zip(base)
                .map(|(own, base)| own.useful - base.useful)
                .collect();
            let (columns, all) = if number == 0 {
                (
                    columns(&cells[at], None),
                    mean(&cells[at].iter().map(|cell| cell.useful).collect::<Vec<_>>()),
                )
            } else {
                (columns(&cells[at], Some(base)), mean(&gains))
            };
            let better = gains.iter().filter(|gain| **gain > 1e-9).count();
            let worse = gains.iter().filter(|gain| **gain < -1e-9).count();
            let count: usize = cells[at].iter().map(|cell| cell.new.1).sum();
            let new: f64 = cells[at]
                .iter()
                .map(|cell| cell.new.0 * cell.new.1 as f64)
                .sum::<f64>()
                / count.max(1) as f64;
            println!(
                "| {} | {columns} | {all:+.2} | {better}, {worse} | {count}, {new:.1} |",
                way.name
            );
        }
        println!(
            "\nthreshold {threshold}: chrF by pair of languages, from each source to the other three\n"
        );
        println!("| way |{}", " |".repeat(base.len()));
        println!("|---|{}", "---|".repeat(base.len()));
        for (way, cells) in ways.iter().zip(cells) {
            let useful: Vec<String> = cells[at]
                .iter()
                .map(|cell| format!("{:.2}", cell.useful))
                .collect();
            println!("| {} | {} |", way.name, useful.join(" | "));
        }
    }
}

type Value = fn(&Cell) -> f64;

/// Covered queries and chrF for each source language, or how they differ from another way's.
fn columns(own: &[Cell], base: Option<&Vec<Cell>>) -> String {
    let by_source = |cells: &[Cell], value: Value| -> Vec<f64> {
        cells
            .chunks(TAGS.len() - 1)
            .map(|some| mean(&some.iter().map(value).collect::<Vec<_>>()))
            .collect()
    };
    let mut columns = Vec::new();
    let values: [(Value, usize); 2] = [(|cell| cell.covered, 0), (|cell| cell.useful, 2)];
    for (value, digits) in values {
        let own = by_source(own, value);
        columns.extend(match base {
            None => own
                .iter()
                .map(|own| format!("{own:.digits$}"))
                .collect::<Vec<_>>(),
            Some(base) => own
                .iter()
                .zip(by_source(base, value))
                .map(|(own, base)| format!("{:+.digits$}", own - base))
                .collect(),
        });
    }
    columns.join(" | ")
}
