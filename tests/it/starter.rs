//! The starter memory and what a newcomer gets from it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use crate::support::{
    GoldLetter, LANGUAGES, NEW_LETTERS, PAIRS, Place, bare, file, letters, undated,
};
use tarjuman::app::given_beads::beads_of;
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

/// The texts of a unit, by language.
type Texts = Vec<(&'static str, String)>;

/// The beads of some editions of a letter, as texts.
fn texts_of(letter: &GoldLetter, among: &[usize]) -> Vec<Texts> {
    let beads = bare(beads_of(&letter.file, among)).into_iter().map(|bead| {
        let sides = bead.into_iter().zip(among);
        let sides = sides
            .filter(|(own, _)| !own.is_empty())
            .map(|(own, edition)| {
                let all: Vec<_> = letter.file.editions[*edition].segments().collect();
                let texts: Vec<_> = own.iter().map(|at| all[*at].text.as_str()).collect();
                (LANGUAGES[*edition], texts.join(" "))
            });
        sides.collect()
    });
    beads.collect()
}

/// All beads over four editions are there; each two editions go together as finely as their own beads; and nothing else is there.
#[test]
fn it_holds_what_the_editors_beads_say_and_nothing_of_the_new_letters() {
    let units = units(&file("memories/letters.tmx"));
    let held: BTreeSet<Texts> = units
        .iter()
        .map(|unit| {
            let variants = unit.variants.iter().map(|variant| {
                let tag = variant.language.tag();
                let known = LANGUAGES.into_iter().find(|known| *known == tag);
                (known.unwrap(), variant.segment.text.clone())
            });
            variants.collect()
        })
        .collect();
    let letters = letters();
    let old = letters
        .iter()
        .filter(|letter| !NEW_LETTERS.contains(&letter.name.as_str()));
    let mut may_be: BTreeSet<Texts> = BTreeSet::new();
    for letter in old {
        for chosen in 1..16_usize {
            let among: Vec<usize> = (0..4)
                .filter(|edition| chosen >> edition & 1 == 1)
                .collect();
            may_be.extend(texts_of(letter, &among));
        }
        for bead in texts_of(letter, &[0, 1, 2, 3]) {
            assert!(bead.len() < 2 || held.contains(&bead), "{bead:?}");
        }
        for (a, b) in PAIRS {
            for bead in texts_of(letter, &[a, b])
                .iter()
                .filter(|bead| bead.len() == 2)
            {
                let has = |unit: &&Texts| bead.iter().all(|side| unit.contains(side));
                assert!(held.iter().find(has).is_some(), "{bead:?}");
            }
        }
    }
    for unit in &held {
        assert!(unit.len() > 1 && may_be.contains(unit), "{unit:?}");
    }
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

/// What was known with other numbers and dates is given those of the new letter, as its own edition writes them.
#[test]
fn what_is_repaired_is_what_the_editions_say() {
    let place = Place::new();
    let name = "autumn-reading-evening";
    let memory = file("memories/letters.tmx");
    let source = file(&format!("fixtures/letters/{name}.en.txt"));
    let (memory, source) = (memory.to_str().unwrap(), source.to_str().unwrap());
    let arguments = ["pretranslate", "-m", memory, "--to", "fa,ar,sq", source];
    place
        .run(&[&arguments[..], &["--out-dir", "."]].concat())
        .ok();
    for (tag, date) in [
        ("fa", "پنجشنبه ۱۵ آبان ۱۴۰۴"),
        ("ar", "الخميس ٦ نوفمبر ٢٠٢٥"),
        ("sq", "e enjte, më 6 nëntor 2025"),
    ] {
        let filled = place.read(&format!("{name}.{tag}.txt"));
        let pieces = filled.split("[[repaired: ").skip(1);
        let repaired: Vec<&str> = pieces
            .map(|rest| rest.split("]]").next().unwrap())
            .collect();
        let edition =
            std::fs::read_to_string(file(&format!("fixtures/letters/{name}.{tag}.txt"))).unwrap();
        let wrong: Vec<_> = repaired
            .iter()
            .filter(|text| !edition.contains(**text))
            .collect();
        assert!(repaired.len() >= 5, "{tag}: {repaired:?}");
        assert!(repaired.iter().any(|text| text.contains(date)), "{tag}");
        // Only Albanian letters name the place before the date, and the memory's is another.
        let allowed = usize::from(tag == "sq");
        assert!(wrong.len() <= allowed, "{tag}: {wrong:?}");
        let report = place.read(&format!("{name}.{tag}.report.html"));
        assert!(report.contains(&format!("<ins>{date}</ins>")), "{tag}");
    }
}
