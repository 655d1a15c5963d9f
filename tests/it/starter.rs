//! The starter memory and what a newcomer gets from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use crate::support::{LANGUAGES, NEW_LETTERS, Place, bare, file, letters, undated};
use tarjuman::app::editions::beads_of;
use tarjuman::formats::tmx::TmxReader;
use tarjuman::unit::TranslationUnit;

fn units(path: &std::path::Path) -> Vec<TranslationUnit> {
    let mut reader = TmxReader::new(File::open(path).unwrap()).unwrap();
    let mut units = Vec::new();
    while let Some(unit) = reader.next_unit().unwrap() {
        units.push(unit);
    }
    assert!(reader.problems().is_empty());
    units
}

#[test]
fn the_documented_command_makes_it_again() {
    let place = Place::new();
    let made = place.path("letters.tmx");
    let run = std::process::Command::new("sh")
        .arg(file("memories/make-letters.sh"))
        .arg(&made)
        .current_dir(file(""))
        .env("TARJUMAN", env!("CARGO_BIN_EXE_tarjuman"))
        .output()
        .unwrap();
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let (made, kept) = (
        place.read("letters.tmx"),
        std::fs::read_to_string(file("memories/letters.tmx")).unwrap(),
    );
    assert!(
        undated(&made) == undated(&kept),
        "memories/letters.tmx is not what memories/make-letters.sh makes"
    );
}

#[test]
fn it_holds_what_the_editors_beads_say_and_nothing_of_the_new_letters() {
    let units = units(&file("memories/letters.tmx"));
    let mut wanted: BTreeSet<Vec<(&str, String)>> = BTreeSet::new();
    let letters = letters();
    for letter in letters
        .iter()
        .filter(|letter| !NEW_LETTERS.contains(&letter.name.as_str()))
    {
        for bead in bare(beads_of(&letter.file, &[0, 1, 2, 3])) {
            let sides = bead
                .iter()
                .zip(LANGUAGES)
                .zip(&letter.file.editions)
                .filter(|((own, _), _)| !own.is_empty());
            let sides: Vec<_> = sides
                .map(|((own, tag), edition)| {
                    let all: Vec<_> = edition.segments().collect();
                    let texts: Vec<_> = own.iter().map(|at| all[*at].text.as_str()).collect();
                    (tag, texts.join(" "))
                })
                .collect();
            if sides.len() > 1 {
                wanted.insert(sides);
            }
        }
    }
    let held: BTreeSet<Vec<(&str, String)>> = units
        .iter()
        .map(|unit| {
            let variants = unit.variants.iter();
            variants
                .map(|variant| (variant.language.tag(), variant.segment.text.clone()))
                .collect()
        })
        .collect();
    assert_eq!(held, wanted);
    assert!(
        units
            .iter()
            .all(|unit| !NEW_LETTERS.contains(&unit.document.as_deref().unwrap()))
    );
}

/// For every segment of the new letters: what is filled in without a mark is what the letter's own edition says.
#[test]
fn what_is_filled_in_without_a_mark_is_right() {
    for letter in letters()
        .iter()
        .filter(|letter| NEW_LETTERS.contains(&letter.name.as_str()))
    {
        let place = Place::new();
        let (memory, source) = (
            file("memories/letters.tmx"),
            file(&format!("fixtures/letters/{}.en.txt", letter.name)),
        );
        let (memory, source) = (memory.to_str().unwrap(), source.to_str().unwrap());
        let arguments = [
            "pretranslate",
            "-m",
            memory,
            "--from",
            "en",
            "--to",
            "fa,ar,sq",
            source,
            "--out-dir",
            ".",
        ];
        place.run(&arguments).ok();
        for (index, tag) in LANGUAGES.iter().enumerate().skip(1) {
            // What each English segment is in the other edition, by the editor's beads.
            let beads = bare(beads_of(&letter.file, &[0, index]));
            let text = |edition: usize, own: &BTreeSet<usize>| -> String {
                let all: Vec<_> = letter.file.editions[edition].segments().collect();
                own.iter()
                    .map(|at| all[*at].text.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let truth: BTreeMap<String, String> = beads
                .iter()
                .map(|bead| (text(0, &bead[0]), text(index, &bead[1])))
                .collect();
            let filled = place.read(&format!("{}.{tag}.txt", letter.name));
            let english: Vec<_> = letter.file.editions[0]
                .segments()
                .map(|segment| segment.text.clone())
                .collect();
            let xliff = place.read(&format!("{}.{tag}.xlf", letter.name));
            let mut exact = 0;
            for (number, source) in english.iter().enumerate() {
                let unit = xliff
                    .split(&format!("<trans-unit id=\"{}\"", number + 1))
                    .nth(1)
                    .unwrap();
                let unit = unit.split("</trans-unit>").next().unwrap();
                let target = unit
                    .split("state=\"translated\" state-qualifier=\"exact-match\">")
                    .nth(1);
                if let Some(target) = target.map(|rest| {
                    rest.split("</target>")
                        .next()
                        .unwrap()
                        .replace("&amp;", "&")
                }) {
                    exact += 1;
                    assert_eq!(
                        truth.get(source),
                        Some(&target),
                        "{} {tag}: {source}",
                        letter.name
                    );
                    assert!(filled.contains(&target), "{target}");
                } else if !unit.contains("<target") {
                    assert!(filled.contains(&format!("[[new: {source}]]")), "{source}");
                }
            }
            assert!(
                exact * 10 >= english.len() * 3,
                "{} {tag}: only {exact} exact",
                letter.name
            );
            assert_eq!(
                filled.matches("[[").count(),
                english.len() - exact,
                "{filled}"
            );
        }
    }
}
