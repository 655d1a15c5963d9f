//! The fixture letters: the editions are what their beads say, are cut as their beads say, and are brought together nearly so.

use std::fmt::Write;

use crate::support::{
    Bead, Counts, GoldLetter, LANGUAGES, PAIRS, bare, file, letters, seen_by, text_of,
};
use tarjuman::align::{Document, Edition, NoLexicon, align_documents};
use tarjuman::app::given_beads::beads_of;
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

/// What is found of each two of some editions that are aligned in one call.
fn found(editions: &[Edition]) -> Vec<((usize, usize), Vec<Bead>)> {
    let document = Document {
        editions: editions.to_vec(),
        fixed: Vec::new(),
    };
    let aligned = align_documents(&[document], &NoLexicon, &mut |_, _| Ok(())).unwrap();
    let pairs = aligned.into_iter().flat_map(|text| text.pairs);
    pairs
        .map(|pair| (pair.editions, bare(pair.beads)))
        .collect()
}

/// `UPDATE=1 cargo test` writes the table in docs/alignment.md anew.
#[test]
fn editions_are_brought_together_as_well_as_the_docs_say() {
    let letters = letters();
    let mut pairwise = [Counts::default(); 6];
    let mut together = [Counts::default(); 6];
    let mut pooled = [Counts::default(); 6];
    let all = |letter: &GoldLetter| (0..4).map(|at| edition(letter, at)).collect::<Vec<_>>();
    let documents: Vec<Document> = letters
        .iter()
        .map(|letter| Document {
            editions: all(letter),
            fixed: Vec::new(),
        })
        .collect();
    let in_one_call = align_documents(&documents, &NoLexicon, &mut |_, _| Ok(())).unwrap();
    for (letter, with_others) in letters.iter().zip(in_one_call) {
        let editions = all(letter);
        let alone = found(&editions);
        for (index, (a, b)) in PAIRS.into_iter().enumerate() {
            let truth = seen_by(&bare(beads_of(&letter.file, &[a, b])), 0, 1);
            let two = found(&[editions[a].clone(), editions[b].clone()]);
            pairwise[index].add(&truth, &seen_by(&two[0].1, 0, 1));
            assert_eq!(alone[index].0, (a, b));
            together[index].add(&truth, &seen_by(&alone[index].1, 0, 1));
            let own = bare(with_others.pairs[index].beads.clone());
            pooled[index].add(&truth, &seen_by(&own, 0, 1));
        }
    }
    let mut table = String::from(
        "| pair | two editions | four editions | four, all letters in one call |\n|---|---:|---:|---:|\n",
    );
    for (index, (a, b)) in PAIRS.into_iter().enumerate() {
        writeln!(
            table,
            "| {}–{} | {:.3} | {:.3} | {:.3} |",
            LANGUAGES[a],
            LANGUAGES[b],
            pairwise[index].f1(),
            together[index].f1(),
            pooled[index].f1()
        )
        .unwrap();
    }
    crate::documents::keeps("docs/alignment.md", "alignment of the letters", &table);
}
