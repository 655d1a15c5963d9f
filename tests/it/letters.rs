//! The fixture letters: the editions are what their beads say, are cut as their beads say, and are brought together nearly so.

use std::fmt::Write;

use crate::support::{
    Bead, Counts, GoldLetter, LANGUAGES, PAIRS, bare, file, letters, seen_by, text_of,
};
use tarjuman::align::{Edition, align};
use tarjuman::app::editions::beads_of;
use tarjuman::segment::Segmenter;
use tarjuman::text::language::Language;

/// `UPDATE=1 cargo test` writes the editions anew from their beads.
#[test]
fn editions_are_what_their_beads_say() {
    for letter in letters() {
        assert_eq!(
            letter.file.editions.len(),
            LANGUAGES.len(),
            "{}",
            letter.name
        );
        for (tag, edition) in LANGUAGES.iter().zip(&letter.file.editions) {
            let path = file(&format!("fixtures/letters/{}.{tag}.txt", letter.name));
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&path, text_of(edition)).unwrap();
            }
            assert_eq!(
                std::fs::read_to_string(&path).unwrap(),
                text_of(edition),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn there_are_enough_letters_of_every_length() {
    let letters = letters();
    assert!(letters.len() >= 14);
    let words = |letter: &GoldLetter| -> usize {
        let english = letter.file.editions.first().unwrap();
        english
            .segments()
            .map(|segment| segment.text.split_whitespace().count())
            .sum()
    };
    assert!(
        letters
            .iter()
            .all(|letter| (40..=1000).contains(&words(letter)))
    );
    assert!(letters.iter().any(|letter| words(letter) > 900));
}

#[test]
fn every_segment_of_the_letters_is_cut_right() {
    for letter in letters() {
        for (tag, edition) in LANGUAGES.iter().zip(&letter.file.editions) {
            let segmenter = Segmenter::new(&Language::parse(tag).unwrap());
            for (paragraph, line) in edition.paragraphs.iter().zip(text_of(edition).lines()) {
                let wanted: Vec<_> = paragraph
                    .iter()
                    .map(|segment| segment.text.as_str())
                    .collect();
                assert_eq!(segmenter.segments(line), wanted, "{} {tag}", letter.name);
            }
        }
    }
}

fn edition(letter: &GoldLetter, index: usize) -> Edition {
    let edition = &letter.file.editions[index];
    let texts = edition
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.iter().map(|segment| segment.text.as_str()));
    Edition::new(edition.language.clone(), texts)
}

fn found(editions: &[Edition]) -> Vec<Bead> {
    bare(align(editions, &mut |_, _| Ok(())).unwrap())
}

/// `UPDATE=1 cargo test` writes the table in docs/design.md anew.
#[test]
fn editions_are_brought_together_as_well_as_the_design_says() {
    let letters = letters();
    let mut pairwise = [Counts::default(); 6];
    let mut together = [Counts::default(); 6];
    for letter in &letters {
        let all: Vec<_> = (0..4).map(|index| edition(letter, index)).collect();
        let (beads, truth) = (found(&all), bare(beads_of(&letter.file, &[0, 1, 2, 3])));
        for (index, (a, b)) in PAIRS.into_iter().enumerate() {
            together[index].add(&seen_by(&truth, a, b), &seen_by(&beads, a, b));
            let two = found(&[all[a].clone(), all[b].clone()]);
            pairwise[index].add(
                &seen_by(&bare(beads_of(&letter.file, &[a, b])), 0, 1),
                &seen_by(&two, 0, 1),
            );
        }
    }
    let mut table = String::from("| pair | two editions | four editions |\n|---|---:|---:|\n");
    for ((a, b), (two, four)) in PAIRS.into_iter().zip(pairwise.iter().zip(&together)) {
        writeln!(
            table,
            "| {}–{} | {:.3} | {:.3} |",
            LANGUAGES[a],
            LANGUAGES[b],
            two.f1(),
            four.f1()
        )
        .unwrap();
    }
    crate::documents::keeps("docs/design.md", "alignment of the letters", &table);
}
