//! What each command prints, and the status it ends with.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Place, file, letters_tmx, ran, root};

fn fixture(name: &str) -> String {
    file(&format!("fixtures/letters/{name}"))
        .to_str()
        .unwrap()
        .to_owned()
}

fn objects(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn segment_prints_a_segment_a_line() {
    let place = Place::new();
    let input = "I nderuar z. Çelëza! Mirë se erdhët.\n\nآقای دکتر آمد؟\n".as_bytes();
    assert_eq!(
        place
            .run_with(&["segment", "--lang", "sq", "-"], input)
            .ok(),
        "I nderuar z. Çelëza!\nMirë se erdhët.\nآقای دکتر آمد؟\n"
    );
    let found = objects(
        &place
            .run(&["segment", "--format", "json", &fixture("tool-loan.ar.txt")])
            .ok(),
    );
    assert_eq!(found[0]["language"], "ar");
    assert_eq!(found[0]["text"], "مدرسة الفانوس للحِرَف");
    let ran = place.run_with(&["segment", "--lang", "de", "-"], b"Guten Tag. Ja.");
    assert!(ran.err.contains("UAX #29"));
    assert_eq!(ran.ok(), "Guten Tag.\nJa.\n");
}

#[test]
fn import_adds_once_and_says_so() {
    let place = Place::new();
    let import = ["import", "-m", "m.sqlite", &letters_tmx()];
    assert!(place.run(&import).ok().contains("487 units added"));
    let again = place.run(&import);
    assert_eq!(again.status, 1);
    assert!(
        again
            .out
            .contains("nothing new, all 487 units are in the memory already"),
        "{again:?}"
    );
    let info = objects(
        &place
            .run(&["info", "-m", "m.sqlite", "--format", "json"])
            .ok(),
    );
    assert_eq!(info[0]["units"], 487);
    assert_eq!(info[0]["imports"].as_array().unwrap().len(), 1);
    assert_eq!(
        info[0]["languages"][1],
        serde_json::json!({"language": "en", "segments": 485})
    );
    assert_eq!(place.names(), ["m.sqlite"]);
}

#[test]
fn match_finds_exact_and_alike_in_every_direction() {
    let place = Place::new();
    let tmx = letters_tmx();
    let look = |from: &str, to: &str, text: &str| {
        let out = place
            .run(&[
                "match", "-m", &tmx, "--from", from, "--to", to, "--format", "json", text,
            ])
            .ok();
        objects(&out).remove(0)
    };
    let found = look(
        "en",
        "sq",
        "Please confirm your participation by 3 May 2026.",
    );
    let first = &found["matches"][0];
    assert_eq!(
        found["query"],
        "Please confirm your participation by 3 May 2026."
    );
    assert_eq!(
        (first["kind"].as_str(), first["score"].as_u64()),
        (Some("repaired"), Some(98))
    );
    assert_eq!(first["differences"][0]["kind"], "date");
    assert_eq!(
        first["target"],
        "Ju lutemi ta konfirmoni pjesëmarrjen tuaj deri më 3 maj 2026."
    );
    assert_eq!(first["repairs"][0]["before"], "30 maj 2025");
    let found = look("fa", "ar", "دوستان و همكاران گرامي،");
    assert_eq!(found["matches"][0]["target"], "الأصدقاء والزملاء الأعزاء،");
    assert_eq!(
        (
            found["matches"][0]["kind"].as_str(),
            found["matches"][0]["score"].as_u64()
        ),
        (Some("exact"), Some(100))
    );
    let found = look("ar", "fa", "تحية طيبة وبعد،");
    assert_eq!(found["matches"][0]["target"], "با سلام و احترام،");
    let found = look("sq", "en", "Te dashur miq dhe kolegë,");
    assert!(
        found["matches"].as_array().unwrap().is_empty()
            || found["matches"][0]["score"].as_u64() < Some(100)
    );

    let none = place.run(&[
        "match",
        "-m",
        &tmx,
        "--from",
        "en",
        "--to",
        "fa",
        "Quite another thing altogether",
    ]);
    assert_eq!((none.status, none.out.as_str()), (1, ""));
    let lines = place.run_with(
        &["match", "-m", &tmx, "--from", "en", "--to", "sq", "-"],
        b"Yours sincerely,\nQuite another thing\n",
    );
    assert_eq!(
        lines.ok(),
        "100\texact\tYours sincerely,\tMe respekt,\n0\tnone\t\t\n"
    );
}

#[test]
fn align_prints_beads_and_stores_them() {
    let place = Place::new();
    let all: Vec<String> = ["en", "fa", "ar", "sq"]
        .iter()
        .map(|tag| fixture(&format!("reading-evening.{tag}.txt")))
        .collect();
    let mut arguments = vec!["align", "--format", "json"];
    arguments.extend(all.iter().map(String::as_str));
    let out = place.run(&arguments).ok();
    assert!(
        out.starts_with(
            "{\"beads\":{\"en\":[0],\"fa\":[0],\"ar\":[0],\"sq\":[0]},\"confidence\":0.9"
        ),
        "{out}"
    );
    let beads = objects(&out);
    assert_eq!(beads[0]["text"]["sq"][0], "Shtëpia e Leximit e Bërçeshit");

    arguments.extend(["-m", "m.sqlite", "--store"]);
    let stored = place.run(&arguments);
    assert!(stored.err.contains("units stored: "), "{stored:?}");
    let _ = stored.ok();
    assert_eq!(
        place.run(&arguments).status,
        1,
        "the same beads are not stored again"
    );
    let look = [
        "match",
        "-m",
        "m.sqlite",
        "--from",
        "sq",
        "--to",
        "fa",
        "--format",
        "json",
        "Me respekt,",
    ];
    let found = objects(&place.run(&look).ok());
    assert_eq!(found[0]["matches"][0]["target"], "با احترام،");
    let first = &found[0]["matches"][0];
    assert!(first["origin"]["alignment_confidence"].as_u64() >= Some(90));
    // The same text, but nobody has looked at the pair.
    assert_eq!(
        (first["kind"].as_str(), first["score"].as_u64()),
        (Some("exact"), Some(99))
    );
}

#[test]
fn an_editor_corrects_beads_and_stores_them() {
    let place = Place::new();
    let (en, sq) = (
        place.write("x.en.txt", "Hello. Bye.\n"),
        place.write("x.sq.txt", "Tungjatjeta. Mirupafshim.\n"),
    );
    let (en, sq) = (en.to_str().unwrap(), sq.to_str().unwrap());
    // Two words a side are not much to go by.
    let safe = ["--safe", "0.01"];
    place
        .run(&[&["align", en, sq, "-o", "x.beads"][..], &safe].concat())
        .ok();
    let written = place.read("x.beads");
    assert_eq!(written.matches('\t').count(), 4);
    assert!(
        !written.contains("\n# look: "),
        "nothing is doubtful here: {written}"
    );
    place
        .run(&["align", en, sq, "-o", "doubtful.beads", "--safe", "1"])
        .ok();
    assert_eq!(place.read("doubtful.beads").matches("# look: ").count(), 4);
    // What nobody has looked at makes room for what an editor has.
    place
        .run(&[&["align", en, sq, "-m", "m.sqlite", "--store"][..], &safe].concat())
        .ok();
    place.write(
        "x.beads",
        "[en]\n1\tHello.\n2\tBye.\n[sq]\n2\tTungjatjeta.\n1\tMirupafshim.\n",
    );
    let out = place
        .run(&[
            "align", en, sq, "--beads", "x.beads", "-m", "m.sqlite", "--store", "--format", "json",
        ])
        .ok();
    assert_eq!(objects(&out)[0]["text"]["sq"][0], "Mirupafshim.");
    let look = [
        "match", "-m", "m.sqlite", "--from", "en", "--to", "sq", "--format", "json", "Hello.",
    ];
    let found = objects(&place.run(&look).ok());
    assert_eq!(found[0]["matches"].as_array().unwrap().len(), 1);
    assert_eq!(found[0]["matches"][0]["target"], "Mirupafshim.");
    assert_eq!(
        found[0]["matches"][0]["origin"]["alignment_confidence"],
        Value::Null
    );
    place.write(
        "x.beads",
        "[en]\n1\tHello.\n2\tBye.\n[sq]\n2\tTungjatjeta.\n1\tMirupafshim sot.\n",
    );
    let wrong = place.run(&[
        "align", en, sq, "--beads", "x.beads", "-m", "m.sqlite", "--store",
    ]);
    wrong.refused(&["x.beads:5", "x.sq.txt"]);
}

#[test]
fn analyze_counts_what_pretranslate_counts() {
    let place = Place::new();
    let (tmx, letter) = (letters_tmx(), fixture("spring-seed-exchange.en.txt"));
    let analyzed = objects(
        &place
            .run(&[
                "analyze", "-m", &tmx, "--to", "fa", &letter, "--format", "json",
            ])
            .ok(),
    );
    let filled = objects(
        &place
            .run(&[
                "pretranslate",
                "-m",
                &tmx,
                "--to",
                "fa",
                &letter,
                "--out-dir",
                "out",
                "--format",
                "json",
            ])
            .ok(),
    );
    assert_eq!(analyzed[0]["bands"], filled[0]["bands"]);
    let sum = |key: &str| -> u64 {
        analyzed[0]["bands"]
            .as_array()
            .unwrap()
            .iter()
            .map(|band| band[key].as_u64().unwrap())
            .sum()
    };
    assert_eq!(analyzed[0]["segments"].as_u64(), Some(sum("segments")));
    assert_eq!(analyzed[0]["words"].as_u64(), Some(sum("words")));
    assert_eq!(filled[0]["written"].as_array().unwrap().len(), 3);
}

#[test]
fn repetitions_are_counted_once_as_work() {
    let place = Place::new();
    let letter = place.write(
        "x.en.txt",
        "Nothing of this kind was ever said.\nNothing of this kind was ever said.\n",
    );
    let out = place
        .run(&[
            "analyze",
            "-m",
            &letters_tmx(),
            "--to",
            "sq",
            letter.to_str().unwrap(),
            "--format",
            "json",
        ])
        .ok();
    let bands = objects(&out)[0]["bands"].as_array().unwrap().clone();
    let of =
        |name: &str| bands.iter().find(|band| band["band"] == name).unwrap()["segments"].as_u64();
    assert_eq!((of("new"), of("repeated")), (Some(1), Some(1)));
}

#[test]
fn the_report_says_language_and_direction_of_every_text() {
    let place = Place::new();
    let letter = fixture("autumn-reading-evening.en.txt");
    place
        .run(&[
            "pretranslate",
            "-m",
            &letters_tmx(),
            "--to",
            "fa,sq",
            &letter,
            "--out-dir",
            ".",
        ])
        .ok();
    let (fa, sq) = (
        place.read("autumn-reading-evening.fa.report.html"),
        place.read("autumn-reading-evening.sq.report.html"),
    );
    for (page, tag, direction) in [(&fa, "fa", "rtl"), (&sq, "sq", "ltr")] {
        let target = format!("<p class=\"target\" lang=\"{tag}\" dir=\"{direction}\">");
        let sources = page
            .matches("<p class=\"source\" lang=\"en\" dir=\"ltr\">")
            .count();
        let none = page.matches("to be translated").count();
        let several = page.matches("<div class=\"target\">").count();
        assert_eq!(
            page.matches(&target).count() + none + several,
            sources,
            "{tag}"
        );
        assert!(
            !page.contains("http"),
            "a page that needs no network names none"
        );
        assert!(page.contains("<meta name=\"viewport\""));
    }
}

#[test]
fn an_edition_beside_the_letter_is_never_written_over() {
    let place = Place::new();
    let letter = place.write("x.en.txt", "Yours sincerely,\n");
    place.write("x.sq.txt", "E shtypur.\n");
    let run = [
        "pretranslate",
        "-m",
        &letters_tmx(),
        "--to",
        "sq",
        letter.to_str().unwrap(),
        "--out-dir",
        ".",
    ];
    place.run(&run).refused(&["x.sq.txt", "not written over"]);
    assert_eq!(place.read("x.sq.txt"), "E shtypur.\n");
    assert_eq!(place.names(), ["x.en.txt", "x.sq.txt"]);
}

#[test]
fn doubt_goes_with_a_pair_until_somebody_has_looked() {
    let place = Place::new();
    place.write("x.en.txt", "We met in the hall.\n");
    place.write("x.sq.txt", "U takuam në sallë.\n");
    let align = |more: &[&str]| {
        place.run(
            &[
                &["align", "x.en.txt", "x.sq.txt", "-m", "m.sqlite", "--store"],
                more,
            ]
            .concat(),
        )
    };
    align(&["--safe", "0.1"]).ok();
    let fill = [
        "pretranslate",
        "-m",
        "m.sqlite",
        "--to",
        "sq",
        "x.en.txt",
        "--out-dir",
        "out",
        "--overwrite",
    ];
    place.run(&fill).ok();
    assert_eq!(place.read("out/x.sq.txt"), "[[99%: U takuam në sallë.]]\n");
    assert!(place.read("out/x.sq.xlf").contains("nobody has looked at"));
    // A file of beads in which a place is still marked does not vouch for that place.
    place.write(
        "x.beads",
        "[en]\n# look: 40% sure\n1\tWe met in the hall.\n[sq]\n1\tU takuam në sallë.\n",
    );
    let ran = align(&["--beads", "x.beads"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(
        ran.err.contains("left out as not sure enough: 1"),
        "{ran:?}"
    );
    place.write(
        "x.beads",
        "[en]\n1\tWe met in the hall.\n[sq]\n1\tU takuam në sallë.\n",
    );
    align(&["--beads", "x.beads"]).ok();
    place.run(&fill).ok();
    assert_eq!(place.read("out/x.sq.txt"), "U takuam në sallë.\n");
}

#[test]
fn a_text_in_another_language_than_said_is_told() {
    let place = Place::new();
    place.write(
        "x.fa.txt",
        "We met in the hall, and it was the end of the day.\n",
    );
    let ran = place.run(&["segment", "x.fa.txt"]);
    assert!(
        ran.err
            .contains("taken for Persian, but it reads like English"),
        "{ran:?}"
    );
    let _ = ran.ok();
}

#[test]
fn a_region_is_served_by_its_language() {
    let place = Place::new();
    let tmx = letters_tmx();
    let found = place
        .run(&[
            "match",
            "-m",
            &tmx,
            "--from",
            "en-US",
            "--to",
            "fa-IR",
            "Yours sincerely,",
        ])
        .ok();
    assert!(found.contains("با احترام،"));
}

#[test]
fn no_two_results_are_written_to_one_file() {
    let place = Place::new();
    place.write("x.en.txt", "Yours sincerely,\n");
    place.write("x.sq.txt", "Me respekt,\n");
    let tmx = letters_tmx();
    for letters in [&["x.en.txt", "x.sq.txt"][..], &["x.en.txt", "x.en.txt"]] {
        let mut run = vec!["pretranslate", "-m", &tmx, "--to", "fa", "--out-dir", "out"];
        run.extend(letters);
        place.run(&run).refused(&["two of the results"]);
    }
    assert!(!place.path("out").exists());
}

#[test]
fn every_line_is_answered_by_a_line() {
    let place = Place::new();
    let run = [
        "match",
        "-m",
        &letters_tmx(),
        "--from",
        "en",
        "--to",
        "sq",
        "-",
    ];
    let out = place
        .run_with(
            &run,
            b"\xEF\xBB\xBFYours sincerely,\r\n\r\nYours sincerely,\n",
        )
        .ok();
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(out.lines().nth(1).unwrap().starts_with("0\tnone"));
}

#[test]
fn a_memory_is_a_file_whatever_it_is_called() {
    let place = Place::new();
    for name in [
        ":memory:",
        "file:x",
        "file:y?mode=memory",
        "نامه‌ها.sqlite",
        "-",
        "a b",
    ] {
        let memory = format!("--memory={name}");
        place.run(&["import", &memory, &letters_tmx()]).ok();
        assert!(place.path(name).exists(), "{name}");
        assert!(
            place.run(&["info", &memory]).ok().contains("487 units"),
            "{name}"
        );
    }
    assert_eq!(place.names().len(), 6, "{:?}", place.names());
}

#[test]
fn a_pipe_can_be_imported() {
    let place = Place::new();
    let letters = std::fs::read(letters_tmx()).unwrap();
    if std::path::Path::new("/dev/stdin").exists() {
        let out = place
            .run_with(&["import", "-m", "m.sqlite", "/dev/stdin"], &letters)
            .ok();
        assert!(out.contains("487 units added"), "{out}");
    }
}

#[test]
fn a_unit_counts_once_however_often_it_says_a_thing() {
    let place = Place::new();
    let unit = "<tu><tuv xml:lang='en'><seg>Yes.</seg></tuv><tuv xml:lang='en-GB'><seg>Yes.</seg></tuv>\
                <tuv xml:lang='sq'><seg>Po.</seg></tuv><tuv xml:lang='sq'><seg>Po.</seg></tuv></tu>";
    let coded = "<tu><tuv xml:lang='en'><seg>No.</seg></tuv><tuv xml:lang='sq'><seg>Jo<ph x='1'/>.</seg></tuv></tu>";
    place.write(
        "m.tmx",
        format!("<tmx><header/><body>{unit}{coded}</body></tmx>"),
    );
    let look = |text: &str| {
        let out = place
            .run(&[
                "match", "-m", "m.tmx", "--from", "en", "--to", "sq", "--format", "json", text,
            ])
            .ok();
        objects(&out)[0]["matches"][0].clone()
    };
    assert_eq!(look("Yes.")["uses"], 1);
    // A translation with codes that the text has no place for is not exact.
    assert_eq!(
        (look("No.")["kind"].as_str(), look("No.")["score"].as_u64()),
        (Some("near-exact"), Some(99))
    );
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let place = Place::new();
    let letter = place.write(
        "x.en.txt",
        "A sentence of some length, and another one. ".repeat(20_000),
    );
    let mut child = place
        .command(&["segment", letter.to_str().unwrap()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ran = ran(child.wait_with_output().unwrap());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
}

/// docs/cli.md is what the program says of itself; `UPDATE=1 cargo test` writes it anew.
#[test]
fn the_manual_is_the_help() {
    let place = Place::new();
    let mut manual =
        String::from("# Commands\n\nWhat `tarjuman --help` and `tarjuman COMMAND --help` print.\n");
    let mut add = |name: &str, arguments: &[&str]| {
        let help = place.run(arguments).ok();
        let help: Vec<_> = help.lines().map(str::trim_end).collect();
        manual.push_str(&format!(
            "\n## {name}\n\n```text\n{}\n```\n",
            help.join("\n").trim_end()
        ));
        help.join("\n")
    };
    let top = add("tarjuman", &["--help"]);
    let commands = top
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap()
        .to_owned();
    let names: Vec<_> = commands
        .lines()
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect();
    assert!(names.len() >= 8);
    for name in &names {
        let help = add(&format!("tarjuman {name}"), &[name, "--help"]);
        assert!(help.contains("Examples:"), "{name} has no example");
    }
    let path = root().join("docs/cli.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &manual).unwrap();
    }
    assert!(
        std::fs::read_to_string(&path).unwrap() == manual,
        "docs/cli.md (UPDATE=1 cargo test writes it anew)"
    );
}
