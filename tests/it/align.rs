//! `align` as an editor uses it: lists of beads out and in, confirmed beads, several texts, texts that are no editions, what a memory
//! teaches.

use serde_json::Value;

use crate::support::{LANGUAGES, Place, file};

/// A fixture letter's editions.
fn letter(name: &str, languages: &[&str]) -> Vec<String> {
    let paths = languages
        .iter()
        .map(|tag| file(&format!("fixtures/letters/{name}.{tag}.txt")));
    paths
        .map(|path| path.to_str().unwrap().to_owned())
        .collect()
}

/// Arguments to align files.
fn align<'a>(files: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["align"];
    arguments.extend(files.iter().map(String::as_str));
    arguments.extend(more);
    arguments
}

fn beads(json: &str) -> Vec<Value> {
    json.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// What is written for an editor in any format is read back, and stored as reviewed.
#[test]
fn every_list_of_beads_comes_back() {
    for tag in ["fa", "ar", "sq"] {
        let files = letter("tool-loan", &["en", tag]);
        let place = Place::new();
        let found = place.run(&align(&files, &["--format", "json"])).ok();
        for name in ["out.beads", "out.tsv", "out.json", "out.ladder"] {
            // At 0 nothing is marked.
            let _ = place.run(&align(&files, &["-o", name, "--safe", "0"])).ok();
            let again = place
                .run(&align(&files, &["--beads", name, "--format", "json"]))
                .ok();
            let bare = |json: &str| -> Vec<Value> {
                let mut all: Vec<Value> = beads(json)
                    .into_iter()
                    .map(|bead| bead["beads"].clone())
                    .collect();
                all.sort_by_key(Value::to_string);
                all
            };
            assert_eq!(bare(&again), bare(&found), "{tag} {name}");
            let memory = format!("{name}.sqlite");
            let stored = place.run(&align(&files, &["--beads", name, "-m", &memory, "--store"]));
            assert_eq!(stored.status, 0, "{stored:?}");
        }
        let _ = place.run(&align(&files, &["-o", "out.tmx"])).ok();
        let imported = place.run(&["import", "-m", "tmx.sqlite", "out.tmx"]);
        assert_eq!(imported.status, 0, "{imported:?}");
    }
}

#[test]
fn a_list_that_does_not_fit_is_refused_with_its_line_and_nothing_is_stored() {
    let files = letter("tool-loan", &["en", "sq"]);
    let place = Place::new();
    let table = |rows: &str| format!("en\tsq\n{rows}");
    for (name, content, said) in [
        ("twice.tsv", table("0\t0\n0\t1\n"), [":3: ", "segment 0"]),
        (
            "beyond.tsv",
            table("0\t0\n900\t1\n"),
            [":3: ", "segment 900"],
        ),
        (
            "empty.tsv",
            table("0\t0\n\t\t\n1\t1\n"),
            [":3: ", "no segments"],
        ),
        ("words.tsv", table("0\tzero\n"), [":2: ", "zero"]),
        ("other.tsv", "en\tfa\n0\t0\n".to_owned(), [":1: ", "sq"]),
        (
            "text.tsv",
            "en\tsq\ten text\n0\t0\tSomething else.\n".to_owned(),
            [":2: ", "text"],
        ),
        (
            "back.ladder",
            "0\t0\t0\n2\t2\t0\n1\t3\t0\n".to_owned(),
            [":3: ", "back"],
        ),
        (
            "short.ladder",
            "0\t0\t0\n2\t2\t0\n".to_owned(),
            [":2: ", "end"],
        ),
        (
            "twice.json",
            "{\"beads\":{\"en\":[0],\"sq\":[0]}}\n{\"beads\":{\"en\":[1],\"sq\":[0]}}\n".to_owned(),
            [":2: ", "segment 0"],
        ),
        (
            "other.json",
            "{\"beads\":{\"en\":[0],\"fa\":[0]}}\n".to_owned(),
            [":1: ", "fa"],
        ),
        ("none.json", "[]\n".to_owned(), [":1: ", "no bead"]),
        ("what.doc", "x".to_owned(), ["what.doc", "format"]),
    ] {
        place.write(name, content);
        for how in ["--beads", "--fixed"] {
            place
                .run(&align(&files, &[how, name, "-m", "m.sqlite", "--store"]))
                .refused(&said);
        }
        assert!(!place.path("m.sqlite").exists(), "{name}");
    }
}

/// What an editor has confirmed stays, whatever it is; the rest is aligned around it.
#[test]
fn confirmed_beads_are_fixed_points() {
    let files = letter("tool-loan", &["en", "fa", "ar", "sq"]);
    let place = Place::new();
    let free = beads(&place.run(&align(&files, &["--format", "json"])).ok());
    // Nobody would align the second segment so.
    place.write(
        "given.json",
        "{\"beads\":{\"en\":[1],\"fa\":[2,3],\"ar\":[2],\"sq\":[]}}\n",
    );
    for option in ["--fixed", "--resume"] {
        let found = beads(
            &place
                .run(&align(&files, &[option, "given.json", "--format", "json"]))
                .ok(),
        );
        let given = found
            .iter()
            .find(|bead| bead["beads"]["en"] == serde_json::json!([1]))
            .unwrap();
        assert_eq!(
            given["beads"],
            serde_json::json!({"en":[1],"fa":[2,3],"ar":[2],"sq":[]})
        );
        assert_eq!(given["confidence"], 1.0);
        // Far from there nothing is other than before.
        let last = |all: &[Value]| all.last().unwrap()["beads"].clone();
        assert_eq!(last(&found), last(&free));
        for tag in LANGUAGES {
            let mut all: Vec<u64> = found
                .iter()
                .flat_map(|bead| bead["beads"][tag].as_array().unwrap().clone())
                .map(|at| at.as_u64().unwrap())
                .collect();
            all.sort_unstable();
            assert_eq!(all, (0..all.len() as u64).collect::<Vec<_>>(), "{tag}");
        }
    }
    // What is marked as doubtful is not fixed.
    place.write(
        "doubtful.json",
        "{\"beads\":{\"en\":[1],\"fa\":[2,3],\"ar\":[2],\"sq\":[]},\"look\":true}\n",
    );
    let found = beads(
        &place
            .run(&align(
                &files,
                &["--fixed", "doubtful.json", "--format", "json"],
            ))
            .ok(),
    );
    assert_eq!(found, free);
}

/// What is still marked stays out, however little sure a bead has to be.
#[test]
fn a_mark_is_no_matter_of_degree() {
    let files = letter("tool-loan", &["en", "sq"]);
    let place = Place::new();
    let _ = place
        .run(&align(&files, &["-o", "b.tsv", "--safe", "0.9"]))
        .ok();
    let table = place.read("b.tsv");
    let mut lines = table.lines();
    let mut marked = lines.next().unwrap().to_owned() + "\n";
    for line in lines {
        let (_, rest) = line.split_once('\t').unwrap();
        marked.push_str(&format!("look\t{rest}\n"));
    }
    place.write("b.tsv", marked);
    let options = [
        "--beads", "b.tsv", "--safe", "0", "-m", "m.sqlite", "--store",
    ];
    let ran = place.run(&align(&files, &options));
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.err.contains("units stored: 0"), "{ran:?}");
}

#[test]
fn several_texts_are_told_apart_by_their_names_or_by_languages() {
    let place = Place::new();
    let there = ["tool-loan", "reading-evening", "apprentice-places"];
    let mut files: Vec<String> = there
        .iter()
        .flat_map(|name| letter(name, &["en", "fa", "sq"]))
        .collect();
    let by_language = place
        .run(&align(&files, &["--langs", "en,fa,sq", "--format", "json"]))
        .ok();
    let by_name = place.run(&align(&files, &["--format", "json"])).ok();
    assert_eq!(by_name, by_language);
    for name in &there {
        assert!(beads(&by_name).iter().any(|bead| bead["document"] == *name));
    }
    let _ = place
        .run(&align(&files, &["--out-dir", "out", "--as", "ladder"]))
        .ok();
    assert!(place.path("out/tool-loan.en-fa.ladder").is_file());
    assert!(place.path("out/tool-loan.fa-sq.ladder").is_file());
    let _ = place
        .run(&align(&files, &["--out-dir", "out", "--as", "intertext"]))
        .ok();
    let links = place.read("out/tool-loan.en.fa.xml");
    assert!(
        links.contains("<linkGrp toDoc=\"tool-loan.fa.xml\" fromDoc=\"tool-loan.en.xml\">"),
        "{links}"
    );
    assert!(
        links.contains("<link type=\"1-1\" xtargets=\"1:1;1:1\" status=\"auto\"/>"),
        "{links}"
    );
    assert!(
        place
            .read("out/tool-loan.fa.xml")
            .contains("<s id=\"1:1\">")
    );
    place
        .run(&align(&files, &["--out-dir", "out", "--as", "ladder"]))
        .refused(&["is there already"]);
    place
        .run(&align(&files, &["-o", "one.tsv"]))
        .refused(&["one text"]);
    files.pop();
    place
        .run(&align(&files, &["--langs", "en,fa,sq"]))
        .refused(&["3 languages"]);
    files.pop();
    place.run(&align(&files, &[])).refused(&["has 1"]);
}

#[test]
fn texts_that_are_no_editions_of_each_other_are_said_to_be_so_and_not_stored() {
    let place = Place::new();
    let own = letter("tool-loan", &["en", "fa"]);
    let _ = place.run(&align(&own, &["-m", "m.sqlite", "--store"])).ok();
    for (english, persian) in [
        ("tool-loan", "autumn-reading-evening"),
        ("tool-loan", "spring-seed-exchange"),
        ("reading-evening", "tool-loan"),
    ] {
        let mixed = [letter(english, &["en"]), letter(persian, &["fa"])].concat();
        let options = ["--langs", "en,fa", "-m", "other.sqlite", "--store"];
        let ran = place.run(&align(&mixed, &options));
        assert!(
            ran.err.contains("do not look like editions of one text"),
            "{ran:?}"
        );
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(!place.path("other.sqlite").exists());
    }
    // The editions of a letter are none.
    assert!(!place.run(&align(&own, &[])).err.contains("do not look"));
}

/// What is stored teaches words, and an alignment that is done again takes the place of the one before.
#[test]
fn what_is_stored_helps_the_next_alignment_and_stands_once() {
    let place = Place::new();
    let first = letter("reading-evening", &LANGUAGES);
    let sure = |json: &str| -> f64 {
        let all = beads(json);
        let sum: f64 = all
            .iter()
            .map(|bead| bead["confidence"].as_f64().unwrap())
            .sum();
        sum / all.len() as f64
    };
    let tmx = file("memories/letters.tmx");
    let _ = place
        .run(&["import", "-m", "m.sqlite", tmx.to_str().unwrap()])
        .ok();
    // So short that nothing is sure by itself; the memory knows the words.
    place.write("n.en.txt", "Dear Friends,\nAdmission is free and all are welcome.\nPlease confirm your participation.\nYours sincerely,\n");
    place.write("n.fa.txt", "دوستان گرامی،\nورود برای همگان آزاد و رایگان است.\nخواهشمند است حضور خود را تأیید فرمایید.\nبا احترام،\n");
    let short = ["align", "n.en.txt", "n.fa.txt", "--format", "json"];
    let without = sure(&place.run(&short).ok());
    let with = sure(&place.run(&[&short[..], &["-m", "m.sqlite"]].concat()).ok());
    assert!(with > without + 0.1, "{with} {without}");

    for _ in 0..3 {
        let _ = place.run(&align(
            &first,
            &["-m", "own.sqlite", "--store", "--safe", "0.5"],
        ));
    }
    let exported = place.run(&["export", "-m", "own.sqlite", "-o", "own.tmx"]);
    assert_eq!(exported.status, 0, "{exported:?}");
    let written = place.read("own.tmx");
    let mut english: Vec<&str> = written
        .split("<tu")
        .filter(|unit| unit.contains("<seg>"))
        .collect();
    let count = english.len();
    english.sort_unstable();
    english.dedup();
    assert_eq!(english.len(), count);
    assert!(count > 10);
}
