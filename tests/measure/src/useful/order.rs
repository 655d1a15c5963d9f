//! In which order should matches stand? Each query has the same candidates under every predictor; the first one's target counts.

use super::pairs::{Pair, Side};
use super::predict::{self, Predictor};
use super::stats::{bootstrap, mean};
use super::truth::{Measure, Truth};
use super::units::{TAGS, Units};

const THRESHOLDS: [u8; 3] = [50, 60, 70];
/// Only so many of a query's candidates are asked what they agree on.
const VOTERS: usize = 10;

/// Usefulness of the first match, query by query; by pair of languages.
type Row = Vec<Vec<f64>>;

/// The rows of one threshold.
struct Table {
    threshold: u8,
    rows: Vec<Row>,
    /// How many queries of each pair of languages have candidates with different targets.
    choices: Vec<usize>,
}

/// Prints the usefulness of the first match by threshold, predictor and pair of languages.
pub(super) fn study(units: &Units, measure: Measure) {
    let predictors = predict::all();
    let mut tables = THRESHOLDS.map(|threshold| Table {
        threshold,
        rows: vec![Row::new(); predictors.len() + 2],
        choices: Vec::new(),
    });
    let mut headings = Vec::new();
    for (from, tag) in TAGS.iter().enumerate() {
        let mut side = Side::new(&units.texts[from], &units.languages[from]);
        let mut pairs: Vec<Vec<Pair>> = Vec::new();
        for (query, hits) in side.key.all_hits(THRESHOLDS[0]).iter().enumerate() {
            pairs.push(
                hits.iter()
                    .map(|hit| side.pair(query as u32, hit.stored))
                    .collect(),
            );
        }
        for to in (0..TAGS.len()).filter(|to| *to != from) {
            headings.push(format!("{tag}-{}", TAGS[to]));
            let mut truth = Truth::new(units, from, to);
            for table in &mut tables {
                table.add(&pairs, &predictors, &mut truth, measure);
            }
        }
    }
    for table in &tables {
        table.print(&predictors, &headings);
    }
}

impl Table {
    fn add(
        &mut self,
        pairs: &[Vec<Pair>],
        predictors: &[Predictor],
        truth: &mut Truth<'_>,
        measure: Measure,
    ) {
        for row in &mut self.rows {
            row.push(Vec::new());
        }
        let mut choices = 0;
        for (query, pairs) in pairs.iter().enumerate() {
            // From the oldest to the newest, which wins among equals.
            let own: Vec<&Pair> = pairs
                .iter()
                .filter(|pair| pair.key >= self.threshold && truth.counts(pair.stored))
                .collect();
            if !truth.counts(query as u32) || own.is_empty() {
                continue;
            }
            let useful: Vec<f64> = own
                .iter()
                .map(|pair| truth.useful(measure, pair.query, pair.stored))
                .collect();
            choices += usize::from(useful.iter().any(|one| Some(one) != useful.first()));
            let by = |predictor: &Predictor| {
                own.iter()
                    .map(|pair| (predictor.value)(pair))
                    .collect::<Vec<f64>>()
            };
            let values = predictors
                .iter()
                .map(by)
                .chain([agreed(&own, truth), useful.clone()]);
            for (row, values) in self.rows.iter_mut().zip(values) {
                let best = (0..own.len()).max_by(|a, b| values[*a].total_cmp(&values[*b]));
                if let (Some(best), Some(cell)) = (best, row.last_mut()) {
                    cell.push(useful[best]);
                }
            }
        }
        self.choices.push(choices);
    }

    fn print(&self, predictors: &[Predictor], headings: &[String]) {
        println!("\nthreshold {}\n", self.threshold);
        println!(
            "| order by | mean | gain, 95 % | better, surely | {} |",
            headings.join(" | ")
        );
        println!("|---|---|---|---|{}", "---|".repeat(headings.len()));
        let Some(base) = self.rows.first() else {
            return;
        };
        let counts: Vec<String> = base.iter().map(|cell| cell.len().to_string()).collect();
        println!("| queries | | | | {} |", counts.join(" | "));
        let choices: Vec<String> = self.choices.iter().map(usize::to_string).collect();
        println!("| with a choice | | | | {} |", choices.join(" | "));
        let names = predictors.iter().map(|one| one.name.as_str());
        for (name, row) in names
            .chain(["what the targets agree on", "the best there is"])
            .zip(&self.rows)
        {
            let means: Vec<f64> = row.iter().map(|cell| mean(cell)).collect();
            let gains: Vec<Vec<f64>> = row
                .iter()
                .zip(base)
                .map(|(own, base)| own.iter().zip(base).map(|(own, base)| own - base).collect())
                .collect();
            let better = gains.iter().filter(|gains| mean(gains) > 0.0).count();
            let surely = gains
                .iter()
                .filter(|gains| bootstrap(std::slice::from_ref(gains)).0 > 0.0)
                .count();
            let gain = mean(&gains.iter().map(|gains| mean(gains)).collect::<Vec<_>>());
            let (low, high) = bootstrap(&gains);
            let cells: Vec<String> = means.iter().map(|mean| format!("{mean:.2}")).collect();
            println!(
                "| {name} | {:.2} | {gain:+.2}, {low:+.2} to {high:+.2} | {better}, {surely} | {} |",
                mean(&means),
                cells.join(" | ")
            );
        }
    }
}

/// How like each candidate's target is to those of the others; trigram Dice of the sources where there are no others.
fn agreed(own: &[&Pair], truth: &mut Truth<'_>) -> Vec<f64> {
    let mut voters: Vec<&&Pair> = own.iter().collect();
    voters.sort_by(|a, b| predict::chosen(b).total_cmp(&predict::chosen(a)));
    voters.truncate(VOTERS);
    let vote = |pair: &&Pair| {
        let others = voters.iter().filter(|other| other.stored != pair.stored);
        let alike: Vec<f64> = others
            .map(|other| truth.useful(Measure::ChrF2, other.stored, pair.stored))
            .collect();
        predict::chosen(pair) + 0.25 * mean(&alike)
    };
    own.iter().map(vote).collect()
}
