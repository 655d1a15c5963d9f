//! What the program's own look-up gains: the target of its first match, beside what an order by token edits puts first.

use std::cmp::Reverse;

use tarjuman::leverage::{DEFAULT_THRESHOLD, Finder, Match, Query};
use tarjuman::memory::sqlite::SqliteMemory;
use tarjuman::memory::{Import, Memory, UnitId};
use tarjuman::text::fold;
use tarjuman::text::language::Language;
use tarjuman::text::tokens::tokens;
use tarjuman::unit::{Header, TranslationUnit, Variant};

use super::search::distance;
use super::stats::{bootstrap, mean};
use super::truth::{Measure, Truth};
use super::units::{TAGS, Units};
use crate::Result;
use crate::workload::AT;

/// How many matches a look-up returns. One is kept over for the unit itself.
const LIMIT: usize = 10;

/// Prints, for every pair of languages, the usefulness of the first match in both orders, over the same queries.
pub(super) fn study(units: &Units) -> Result<()> {
    println!(
        "threshold {DEFAULT_THRESHOLD}, limit {LIMIT}: chrF of the first match's target\n\n\
         | pair | queries | with a match | with a choice | by token edits | as tarjuman orders | gain, 95 % |\n\
         |---|---:|---:|---:|---:|---:|---|"
    );
    let (mut means, mut gains) = (Vec::new(), Vec::new());
    for (from, tag) in TAGS.iter().enumerate() {
        for to in (0..TAGS.len()).filter(|to| *to != from) {
            let found = look_up_all(units, from, to)?;
            let pick = |one: fn(&Found) -> f64| found.first.iter().map(one).collect::<Vec<f64>>();
            let (usual, own) = (pick(|one| one.usual), pick(|one| one.own));
            let gain = pick(|one| one.own - one.usual);
            let choices = found.first.iter().filter(|one| one.choice).count();
            let (low, high) = bootstrap(std::slice::from_ref(&gain));
            println!(
                "| {tag}-{} | {} | {} | {choices} | {:.2} | {:.2} | {:+.2}, {low:+.2} to {high:+.2} |",
                TAGS[to],
                found.asked,
                found.first.len(),
                mean(&usual),
                mean(&own),
                mean(&gain)
            );
            means.push((mean(&usual), mean(&own)));
            gains.push(gain);
        }
    }
    let (usual, own): (Vec<f64>, Vec<f64>) = means.into_iter().unzip();
    let (low, high) = bootstrap(&gains);
    let better = gains.iter().filter(|gains| mean(gains) > 0.0).count();
    println!(
        "| all | | | | {:.2} | {:.2} | {:+.2}, {low:+.2} to {high:+.2} |\n\nbetter in {better} of {} pairs",
        mean(&usual),
        mean(&own),
        mean(&own) - mean(&usual),
        gains.len()
    );
    Ok(())
}

/// What the look-ups of a pair of languages found.
struct Found {
    usual: f64,
    own: f64,
    /// Whether the matches have targets of different usefulness.
    choice: bool,
}

struct AllFound {
    asked: usize,
    first: Vec<Found>,
}

/// Looks each unit up among the others.
fn look_up_all(units: &Units, from: usize, to: usize) -> Result<AllFound> {
    let (source, target) = (&units.languages[from], &units.languages[to]);
    let mut truth = Truth::new(units, from, to);
    let kept: Vec<u32> = (0..units.texts[from].len() as u32)
        .filter(|unit| truth.counts(*unit))
        .collect();
    let mut memory = SqliteMemory::temporary()?;
    let mut rest = kept.iter();
    let import = Import {
        source: "units".to_owned(),
        header: Header::default(),
        at: AT.to_owned(),
        penalty: 0,
        supersedes: None,
        units: Box::new(|| {
            let variant = |side: usize, unit: u32| {
                let text = units.texts[side][unit as usize].as_str();
                Variant::plain(units.languages[side].clone(), text)
            };
            Ok(rest.next().map(|unit| TranslationUnit {
                variants: vec![variant(from, *unit), variant(to, *unit)],
                ..TranslationUnit::default()
            }))
        }),
    };
    memory.import(vec![import])?;
    // Units have their numbers in the order in which they were added.
    let mut numbers: Vec<UnitId> = Vec::with_capacity(kept.len());
    memory.for_each_unit(&mut |stored| {
        numbers.push(stored.id);
        Ok(())
    })?;
    if numbers.len() != kept.len() {
        return Err("the memory has taken two units for one".into());
    }
    let finder = Finder::new(&memory, source, target)?;
    let mut first = Vec::new();
    for (unit, number) in kept.iter().zip(&numbers) {
        let text = units.texts[from][*unit as usize].as_str();
        let query = Query {
            text,
            codes: &[],
            ..Query::default()
        };
        let wanted = truth.text(*unit);
        let same = |one: &Match| {
            one.provenance.unit == *number
                || (fold::identity(&one.source.text, source) == fold::identity(text, source)
                    && fold::identity(&one.target.text, target) == wanted)
        };
        let matches = finder.find(query, DEFAULT_THRESHOLD, LIMIT + 1)?;
        let matches = matches.iter().filter(|one| !same(one)).take(LIMIT);
        let matches: Vec<(&Match, f64)> = matches
            .filter_map(|one| {
                let place = numbers.binary_search(&one.provenance.unit).ok()?;
                let useful = truth.useful(Measure::ChrF2, *unit, kept[place]);
                Some((one, useful))
            })
            .collect();
        let asked = plain(text, source);
        let usual = matches.iter().max_by_key(|(one, _)| {
            let stored = plain(&one.source.text, source);
            let longer = asked.len().max(stored.len());
            // The share that is edited, in millionths, so that no float decides.
            let edited = 1_000_000 * distance(&asked, &stored) / longer.max(1);
            (Reverse(edited), one.provenance.unit)
        });
        if let (Some((_, own)), Some((_, usual))) = (matches.first(), usual) {
            first.push(Found {
                usual: *usual,
                own: *own,
                choice: matches.iter().any(|(_, useful)| useful != own),
            });
        }
    }
    Ok(AllFound {
        asked: kept.len(),
        first,
    })
}

/// What other tools compare: words in lower case and marks.
fn plain(text: &str, language: &Language) -> Vec<String> {
    let folded = fold::word(text, language);
    tokens(&folded)
        .into_iter()
        .map(|token| token.text.to_owned())
        .collect()
}
