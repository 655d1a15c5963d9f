//! `names`: how well names are found again across scripts, next to transliteration and edit distance.

use std::path::PathBuf;

use strsim::generic_levenshtein;
use tarjuman::text::language::Language;
use tarjuman::text::names::likeness;

use crate::Result;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Names, a line each, a column for each language, with the tags of the languages in the first line
    file: PathBuf,
}

/// How often a name's own partner is the one that is most like it, and how many partners are found if of a thousand wrong pairs one is taken for right.
struct Figures {
    first: f64,
    found: f64,
    threshold: f64,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let text = std::fs::read_to_string(&arguments.file)?;
    let mut lines = text
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let tags = lines.next().ok_or("the file is empty")?;
    let rows: Vec<Vec<&str>> = lines.filter(|row| row.len() == tags.len()).collect();
    let languages = tags
        .iter()
        .map(|tag| Language::parse(tag))
        .collect::<tarjuman::error::Result<Vec<_>>>()?;
    println!(
        "{} names; own partner first / found at 0.1 % false pairs\n",
        rows.len()
    );
    println!("| pair | tarjuman | from a likeness of | transliterated, by edits |");
    println!("|---|---:|---:|---:|");
    for a in 0..tags.len() {
        for b in a + 1..tags.len() {
            let own = figures(&rows, (a, b), |one, other| {
                likeness(one, &languages[a], other, &languages[b])
            });
            let peer = figures(&rows, (a, b), edits);
            println!(
                "| {}–{} | {:.1} / {:.1} | {:.2} | {:.1} / {:.1} |",
                tags[a], tags[b], own.first, own.found, own.threshold, peer.first, peer.found
            );
        }
    }
    Ok(())
}

/// The peer: both names in ASCII, and the share of letters that agree.
fn edits(a: &str, b: &str) -> f64 {
    let ascii = |name: &str| any_ascii::any_ascii(name).to_lowercase().into_bytes();
    let (a, b) = (ascii(a), ascii(b));
    let longest = a.len().max(b.len()).max(1);
    1.0 - generic_levenshtein(&a, &b) as f64 / longest as f64
}

fn figures(
    rows: &[Vec<&str>],
    (a, b): (usize, usize),
    likeness: impl Fn(&str, &str) -> f64,
) -> Figures {
    let (mut own, mut others, mut first) = (Vec::new(), Vec::new(), 0);
    for row in rows {
        let mut best = ("", f64::MIN);
        for other in rows {
            let said = likeness(row[a], other[b]);
            match other[b] == row[b] && other[a] == row[a] {
                true => own.push(said),
                false => others.push(said),
            }
            if said > best.1 {
                best = (other[b], said);
            }
        }
        first += usize::from(best.0 == row[b]);
    }
    others.sort_by(|one, other| other.total_cmp(one));
    let threshold = others.get(others.len() / 1_000).copied().unwrap_or(1.0);
    let share = |count: usize| 100.0 * count as f64 / rows.len().max(1) as f64;
    Figures {
        first: share(first),
        found: share(own.iter().filter(|said| **said > threshold).count()),
        threshold,
    }
}
