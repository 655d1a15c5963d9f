//! Lists of beads, as aligners and editors exchange them: segments are named by their numbers, from 0, and stand in other files.
//!
//! - [`ladder`]: the ladder of hunalign, for two editions.
//! - [`table`]: tab-separated text, for a spreadsheet.
//! - [`json`]: an object a line, as `tarjuman align --format json` prints them.
//! - [`intertext`]: the XML of InterText, only out.
//!
//! What is read is checked by [`check`] against the editions: nothing is guessed, since a number that is off by one would put
//! every sentence beside a wrong one.

pub mod intertext;
pub mod json;
pub mod ladder;
pub mod table;

use std::collections::HashMap;

use crate::error::{Error, Result};

/// A bead of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListedBead {
    /// For each edition the numbers of its segments, from 0.
    pub segments: Vec<Vec<usize>>,
    /// How sure it is, from 0 to 1, if that is said.
    pub confidence: Option<f64>,
    /// Whether an editor should look at it.
    pub look: bool,
    /// Whether it stands in another order in one edition than in another.
    pub crossed: bool,
    /// For each edition the text, if the list has it.
    pub texts: Vec<Option<String>>,
    /// The line it was read from, from 1; 0 if it was not read.
    pub line: u64,
}

/// Makes sure that a list fits editions of so many segments: no bead is empty, no segment is in two beads, none is named that there is
/// not, and the segments of a bead grow. Segments that are in no bead are nobody's fault: a list may be of a part.
///
/// # Errors
/// Says the line of the first bead that does not fit.
pub fn check(beads: &[ListedBead], counts: &[usize]) -> Result<()> {
    let mut seen: HashMap<(usize, usize), u64> = HashMap::new();
    for bead in beads {
        let wrong = |message: String| Err(Error::input(message).on_line(bead.line));
        if bead.segments.iter().all(Vec::is_empty) {
            return wrong("this bead has no segments".to_owned());
        }
        for (edition, (own, count)) in bead.segments.iter().zip(counts).enumerate() {
            let mut last = None;
            for segment in own {
                if segment >= count {
                    let message = format!(
                        "there is no segment {segment} in edition {}, which has {count}, counted from 0",
                        edition + 1
                    );
                    let error = Error::input(message).on_line(bead.line);
                    return Err(error.hint(
                    "numbers are those of the text as it is cut now; only a .beads file keeps other cuts",
                ));
                }
                if let Some(line) = seen.insert((edition, *segment), bead.line) {
                    return wrong(format!(
                        "segment {segment} of edition {} is in the bead of line {line} already",
                        edition + 1
                    ));
                }
                if last.is_some_and(|last| last > *segment) {
                    return wrong("the segments of a bead must grow".to_owned());
                }
                last = Some(*segment);
            }
        }
    }
    Ok(())
}

/// A confidence as it is written: with four digits, rounded down, so that only what a person has said is 1.
fn rounded(confidence: f64) -> f64 {
    (confidence * 1e4).floor() / 1e4
}

/// Two runs of segments that belong together.
type Runs = (std::ops::Range<usize>, std::ops::Range<usize>);

/// The beads of two editions that have both sides and go forward in both, each side one run, with their confidence: what a list can say that
/// knows no crossing.
fn orderly(beads: &[ListedBead]) -> Vec<(Runs, f64)> {
    let run = |bead: &ListedBead, edition: usize| {
        let own = bead.segments.get(edition)?;
        let (first, last) = (*own.first()?, *own.last()?);
        (last + 1 - first == own.len()).then_some(first..last + 1)
    };
    let runs = beads.iter().filter(|bead| !bead.crossed);
    let runs = runs.filter_map(|bead| Some((run(bead, 0)?, run(bead, 1)?, bead)));
    let mut runs: Vec<_> = runs.collect();
    runs.sort_by_key(|(a, ..)| a.start);
    // The longest choice that goes forward on the second side too: for each length the run that ends first (patience sorting).
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(runs.len());
    for (at, (_, b, _)) in runs.iter().enumerate() {
        let length = ends.partition_point(|end| runs[*end].1.end <= b.start);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) if runs[*end].1.end > b.end => *end = at,
            Some(_) => {}
            None => ends.push(at),
        }
    }
    let mut found: Vec<(Runs, f64)> = Vec::new();
    let mut last = ends.last().copied();
    while let Some(at) = last {
        let (a, b, bead) = &runs[at];
        let sure = rounded(bead.confidence.unwrap_or(0.0));
        found.push(((a.clone(), b.clone()), sure));
        last = before[at];
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::language::Language;
    use proptest::prelude::*;

    fn languages() -> Vec<Language> {
        ["en", "fa"]
            .map(|tag| Language::parse(tag).unwrap())
            .to_vec()
    }

    /// Beads that go forward, of runs of so many segments on either side.
    fn beads(sizes: &[(usize, usize)]) -> (Vec<ListedBead>, (usize, usize)) {
        let (mut i, mut j) = (0, 0);
        let mut beads = Vec::new();
        for (a, b) in sizes {
            let bead = |segments| ListedBead {
                segments,
                confidence: Some(0.5),
                ..ListedBead::default()
            };
            if *a > 0 && *b > 0 {
                beads.push(bead(vec![(i..i + a).collect(), (j..j + b).collect()]));
            } else {
                beads.extend((i..i + a).map(|at| bead(vec![vec![at], vec![]])));
                beads.extend((j..j + b).map(|at| bead(vec![vec![], vec![at]])));
            }
            (i, j) = (i + a, j + b);
        }
        (beads, (i, j))
    }

    fn segments(beads: &[ListedBead]) -> Vec<Vec<Vec<usize>>> {
        let mut all: Vec<_> = beads.iter().map(|bead| bead.segments.clone()).collect();
        all.sort();
        all
    }

    proptest! {
        #[test]
        fn a_ladder_and_a_table_give_back_their_beads(sizes in prop::collection::vec((0_usize..4, 0_usize..4), 1..12)) {
            let (beads, counts) = beads(&sizes);
            let mut out = Vec::new();
            ladder::write(&beads, counts, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            if counts != (0, 0) {
                let read = ladder::read(&text, counts).unwrap();
                prop_assert_eq!(segments(&read), segments(&beads));
                prop_assert!(check(&read, &[counts.0, counts.1]).is_ok());
            }
            let mut out = Vec::new();
            table::write(&beads, &languages(), &mut out).unwrap();
            let read = table::read(&String::from_utf8(out).unwrap(), &languages()).unwrap();
            prop_assert_eq!(segments(&read), segments(&beads));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[0-9a-z\t\n\"{}:,.\\[\\]]{0,60}") {
            let _ = ladder::read(&text, (3, 3));
            let _ = table::read(&text, &languages());
            let _ = json::read(&text, &languages());
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_line() {
        let bead = |line, a: &[usize], b: &[usize]| ListedBead {
            segments: vec![a.to_vec(), b.to_vec()],
            line,
            ..ListedBead::default()
        };
        for (wrong, says) in [
            (bead(7, &[], &[]), "no segments"),
            (bead(7, &[3], &[1]), "no segment 3"),
            (bead(7, &[0], &[1]), "in the bead of line 2"),
            (bead(7, &[2, 1], &[1]), "must grow"),
            (bead(7, &[1, 1], &[1]), "in the bead of line 7"),
        ] {
            let error = check(&[bead(2, &[0], &[0]), wrong], &[3, 2]).unwrap_err();
            assert_eq!(error.line(), Some(7));
            assert!(error.to_string().contains(says), "{error}");
        }
        assert!(check(&[bead(2, &[0], &[0]), bead(3, &[1, 2], &[])], &[3, 2]).is_ok());
    }

    #[test]
    fn a_ladder_that_is_none_is_refused_with_its_line() {
        for (text, line) in [
            ("", 1),
            ("1\t0\t0", 1),
            ("0\t0\t0\n1\t1\t0\n0\t2\t0", 3),
            ("0\t0\t0\n0\t0\t0\n2\t2\t0", 2),
            ("0\t0\t0\n3\t3\t0", 2),
            ("0\t0\t0\n1\t1\t0", 2),
            ("0\t0\tx", 1),
            ("0 0", 1),
            ("0\t٠", 1),
        ] {
            let error = ladder::read(text, (2, 2)).unwrap_err();
            assert_eq!(error.line(), Some(line), "{text:?}");
        }
    }

    /// One bead that goes back must not cost those that go forward.
    #[test]
    fn a_ladder_keeps_the_longest_chain() {
        let bead = |a, b| ListedBead {
            segments: vec![vec![a], vec![b]],
            ..ListedBead::default()
        };
        let beads = [bead(0, 0), bead(1, 6), bead(2, 1), bead(3, 2), bead(4, 3)];
        let chain: Vec<_> = orderly(&beads)
            .into_iter()
            .map(|((a, b), _)| (a.start, b.start))
            .collect();
        assert_eq!(chain, [(0, 0), (2, 1), (3, 2), (4, 3)]);
    }

    #[test]
    fn a_table_with_every_cell_in_quotes_is_read() {
        let text =
            "\"status\"\t\"confidence\"\t\"en\"\t\"fa\"\n\"look\"\t\"0.9645\"\t\"0,1\"\t\"2\"\n";
        let read = table::read(text, &languages()).unwrap();
        assert_eq!(read[0].segments, [vec![0, 1], vec![2]]);
        assert_eq!((read[0].look, read[0].confidence), (true, Some(0.9645)));
    }

    #[test]
    fn a_table_from_a_spreadsheet_is_read() {
        let text = "\u{FEFF}\"en\"\tstatus\tfa\ten text\n\"0,1\"\tLOOK\t\t\"He said \"\"yes\"\"\"\n2\tok\t0\t\"Yes.\r\n";
        let read = table::read(text, &languages()).unwrap();
        assert_eq!(read[0].segments, [vec![0, 1], vec![]]);
        assert!(read[0].look && !read[1].look);
        assert_eq!(read[0].texts, [Some("He said \"yes\"".to_owned()), None]);
        assert_eq!(
            table::read("status\ten\n", &languages())
                .unwrap_err()
                .line(),
            Some(1)
        );
        assert_eq!(
            table::read("en\tfa\n1\tx\n", &languages())
                .unwrap_err()
                .line(),
            Some(2)
        );
        // What nobody knows is not taken for a yes.
        let unknown = table::read("status\ten\tfa\nperhaps\t0\t0\n", &languages());
        assert_eq!(unknown.unwrap_err().line(), Some(2));
    }

    #[test]
    fn crossed_beads_stand_alone_in_a_ladder() {
        let bead = |a, b, crossed| ListedBead {
            segments: vec![vec![a], vec![b]],
            crossed,
            confidence: Some(0.9),
            ..ListedBead::default()
        };
        let mut out = Vec::new();
        ladder::write(
            &[
                bead(0, 0, false),
                bead(1, 2, true),
                bead(2, 1, true),
                bead(3, 3, false),
            ],
            (4, 4),
            &mut out,
        )
        .unwrap();
        let read = ladder::read(&String::from_utf8(out).unwrap(), (4, 4)).unwrap();
        let shared = read
            .iter()
            .filter(|bead| bead.segments.iter().all(|own| !own.is_empty()));
        assert_eq!(shared.count(), 2);
    }
}
