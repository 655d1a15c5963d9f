//! The ladder of hunalign: a line is a rung, a place between segments of two editions, as two numbers and a score with tabs between
//! them. What is between two rungs is a bead.
//!
//! ```text
//! 0⇥0⇥0.95
//! 1⇥1⇥0.81
//! 2⇥3⇥0
//! ```
//!
//! The score belongs to the bead that starts at its rung. hunalign's scores have no fixed range; we write the confidence. A ladder cannot
//! say that beads cross: what crosses is written as if it had no partner.

use std::io::{self, Write};

use super::ListedBead;
use crate::error::{Error, Result};

/// Reads a ladder for editions of so many segments.
///
/// # Errors
/// If a line is no rung, a rung goes back, or the ladder does not start at the beginning and end at the end of both editions.
pub fn read(text: &str, counts: (usize, usize)) -> Result<Vec<ListedBead>> {
    let mut beads = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    let mut line = 0;
    for (number, rung) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
        if rung.trim().is_empty() {
            continue;
        }
        let wrong = |message: &str| {
            let error = Error::input(message).on_line(number);
            Err(error.hint("a line of a ladder is two numbers and a score, with tabs between them"))
        };
        let mut columns = rung.split('\t').map(str::trim);
        let (Some(i), Some(j)) = (columns.next(), columns.next()) else {
            return wrong("there is no tab in this line");
        };
        let (Ok(i), Ok(j)) = (i.parse::<usize>(), j.parse::<usize>()) else {
            return wrong("this line does not start with two whole numbers");
        };
        if columns
            .next()
            .is_some_and(|score| score.parse::<f64>().is_err())
        {
            return wrong("the score of this line is no number");
        }
        match last {
            None if (i, j) != (0, 0) => return wrong("a ladder starts with 0 and 0"),
            None => {}
            Some((from_i, from_j)) => {
                if i < from_i || j < from_j {
                    return wrong("this rung goes back behind the one before");
                }
                if (i, j) == (from_i, from_j) {
                    return wrong("this rung is the one before: the bead between them is empty");
                }
                if i > counts.0 || j > counts.1 {
                    let message =
                        format!("the editions have {} and {} segments", counts.0, counts.1);
                    return wrong(&message);
                }
                beads.extend(between((from_i, i), (from_j, j), line));
            }
        }
        last = Some((i, j));
        line = number;
    }
    if last != Some(counts) {
        let message = format!(
            "this ladder does not end at {} and {}, where the editions end",
            counts.0, counts.1
        );
        return Err(Error::input(message).on_line(line.max(1)));
    }
    Ok(beads)
}

/// What is between two rungs: a bead, or segments alone, each of which is one.
fn between((from_i, i): (usize, usize), (from_j, j): (usize, usize), line: u64) -> Vec<ListedBead> {
    let bead = |segments| ListedBead {
        segments,
        line,
        ..ListedBead::default()
    };
    if from_i == i || from_j == j {
        let left = (from_i..i).map(|one| bead(vec![vec![one], Vec::new()]));
        return left
            .chain((from_j..j).map(|one| bead(vec![Vec::new(), vec![one]])))
            .collect();
    }
    vec![bead(vec![(from_i..i).collect(), (from_j..j).collect()])]
}

/// Writes beads of two editions, in the order of both; beads that break it are written as if their sides had no partner.
///
/// # Errors
/// If the output cannot be written.
pub fn write(beads: &[ListedBead], counts: (usize, usize), out: &mut dyn Write) -> io::Result<()> {
    let (mut i, mut j) = (0, 0);
    for (bead, score) in super::orderly(beads) {
        // What is passed over stands alone.
        for at in i..bead.0.start {
            writeln!(out, "{at}\t{j}\t0")?;
        }
        i = bead.0.start;
        for at in j..bead.1.start {
            writeln!(out, "{i}\t{at}\t0")?;
        }
        writeln!(out, "{i}\t{}\t{score}", bead.1.start)?;
        (i, j) = (bead.0.end, bead.1.end);
    }
    for at in i..counts.0 {
        writeln!(out, "{at}\t{j}\t0")?;
    }
    for at in j..counts.1 {
        writeln!(out, "{}\t{at}\t0", counts.0)?;
    }
    writeln!(out, "{}\t{}\t0", counts.0, counts.1)
}
