//! `tarjuman check`: planted faults are found in every language, and nothing is said of letters that are well.

use serde_json::Value;

use crate::support::{LANGUAGES, Place, file, letters_tmx};

/// The names of the checks in a result of JSON, one a line.
fn told(out: &str) -> Vec<(u64, String, String)> {
    out.lines()
        .map(|line| {
            let found: Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| found[name].as_str().unwrap().to_owned();
            (
                found["unit"].as_u64().unwrap(),
                text("check"),
                text("severity"),
            )
        })
        .collect()
}

/// A TMX file of units in four languages.
fn tmx(units: &[[&str; 4]]) -> String {
    let variant =
        |(tag, text): (&str, &&str)| format!("<tuv xml:lang=\"{tag}\"><seg>{text}</seg></tuv>");
    let units = units.iter().map(|unit| {
        let variants: String = LANGUAGES.into_iter().zip(unit).map(variant).collect();
        format!("<tu>{variants}</tu>\n")
    });
    format!(
        "<tmx version=\"1.4\"><header creationtool=\"t\" creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"en\" datatype=\"plaintext\"/><body>\n{}</body></tmx>\n",
        units.collect::<String>()
    )
}

const CLEAN: [&str; 4] = [
    "On 15 August 2022 the 345 letters came: “Where are they?”",
    "در ۲۴ مرداد ۱۴۰۱ آن ۳۴۵ نامه رسید: «کجایند؟»",
    "في ١٥ أغسطس ٢٠٢٢ وصلت الرسائل، وعددها ٣٤٥: «أين هي؟»",
    "Më 15 gusht 2022 erdhën 345 letrat: „Ku janë?”",
];

/// The clean unit with one thing changed in each translation.
fn planted(what: &str) -> [String; 4] {
    let changes: [(&str, &str); 3] = match what {
        "number" => [("۳۴۵", "۳۵۴"), ("٣٤٥", "٣٥٤"), ("345", "354")],
        "value-missing" => [("۳۴۵ ", ""), ("، وعددها ٣٤٥", ""), ("345 ", "")],
        "date" => [
            ("۲۴ مرداد", "۲۵ مرداد"),
            ("أغسطس", "سبتمبر"),
            ("gusht", "shtator"),
        ],
        "final-mark" => [("؟", ""), ("؟", ""), ("?", "")],
        "unbalanced" => [("»", ""), ("»", ""), ("”", "")],
        _ => [("", ""); 3],
    };
    let [source, rest @ ..] = CLEAN;
    let mut unit = vec![source.to_owned()];
    for (text, (old, new)) in rest.into_iter().zip(changes) {
        unit.push(match what {
            "untranslated" => source.to_owned(),
            "empty" => String::new(),
            _ => text.replacen(old, new, 1),
        });
    }
    unit.try_into().unwrap()
}

#[test]
fn planted_faults_are_found_in_every_language() {
    let place = Place::new();
    let kinds = [
        "number",
        "value-missing",
        "date",
        "final-mark",
        "unbalanced",
        "untranslated",
        "empty",
    ];
    let mut units = vec![CLEAN.map(str::to_owned)];
    units.extend(kinds.map(planted));
    let units: Vec<[&str; 4]> = units
        .iter()
        .map(|unit| unit.each_ref().map(String::as_str))
        .collect();
    place.write("planted.tmx", tmx(&units));
    let ran = place.run(&[
        "check",
        "planted.tmx",
        "--ignore",
        "target-two-sources,source-two-targets",
        "--format",
        "json",
    ]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let found = told(&ran.out);
    for (number, kind) in (2..).zip(kinds) {
        let own: Vec<_> = found.iter().filter(|(unit, ..)| *unit == number).collect();
        assert_eq!(own.len(), 3, "{kind}: {own:?}");
        assert!(
            own.iter().all(|(_, check, _)| check == kind),
            "{kind}: {own:?}"
        );
    }
    assert!(found.iter().all(|(unit, ..)| *unit > 1), "{found:?}");
    // The same between any two of them.
    let ran = place.run(&[
        "check",
        "planted.tmx",
        "--from",
        "fa",
        "--to",
        "sq",
        "--only",
        "number",
        "--format",
        "json",
    ]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""), "both say 354");
}

#[test]
fn nothing_is_said_of_letters_that_are_well() {
    let place = Place::new();
    for from in LANGUAGES {
        let out = place.run(&[
            "check",
            &letters_tmx(),
            "--from",
            from,
            "--format",
            "json",
            "--fail-on",
            "never",
        ]);
        let bad: Vec<_> = out
            .ok()
            .lines()
            .filter(|line| !line.contains("\"severity\":\"note\""))
            .map(str::to_owned)
            .collect();
        // At most one pair of a hundred, and no error.
        assert!(
            bad.len() <= 13 && !bad.iter().any(|line| line.contains("\"error\"")),
            "{from}: {bad:#?}"
        );
    }
    let letter = |tag: &str| {
        file(&format!("fixtures/letters/tool-loan.{tag}.txt"))
            .to_str()
            .unwrap()
            .to_owned()
    };
    let [en, fa, ar, sq] = LANGUAGES.map(letter);
    let ran = place.run(&["check", &en, &fa, &ar, &sq]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("pairs checked: "), "{ran:?}");
}

#[test]
fn the_status_is_what_was_asked_for() {
    let place = Place::new();
    place.write("pairs.tsv", "en\tsq\nThe letter came.\tLetra erdhi\n");
    let status = |arguments: &[&str]| {
        let mut all = vec!["check", "pairs.tsv"];
        all.extend(arguments);
        place.run(&all).status
    };
    assert_eq!(status(&[]), 0);
    assert_eq!(status(&["--fail-on", "warning"]), 1);
    assert_eq!(status(&["--fail-on", "note"]), 1);
    assert_eq!(status(&["--fail-on", "never"]), 0);
    assert_eq!(
        status(&["--fail-on", "warning", "--ignore", "final-mark"]),
        0
    );
    assert_eq!(status(&["--fail-on", "warning", "--only", "number"]), 0);
    place
        .run(&["check", "pairs.tsv", "--ignore", "final-mrak"])
        .refused(&["final-mrak", "final-mark"]);
    place
        .run(&["check", "pairs.tsv", "--from", "fa"])
        .refused(&["pairs.tsv", "not in fa"]);
    place.run(&["check"]).refused(&["nothing to check", "-m"]);
    place.write("letter.en.txt", "A letter.\n");
    place
        .run(&["check", "letter.en.txt"])
        .refused(&["letter.en.txt", "other edition"]);
    let list = place.run(&["check", "--list"]).ok();
    let manual = std::fs::read_to_string(file("docs/checks.md")).unwrap();
    assert!(list.lines().count() > 25);
    for line in list.lines() {
        let mut words = line.split_whitespace();
        let (name, severity) = (words.next().unwrap(), words.next().unwrap());
        assert!(
            manual.contains(&format!("| `{name}` | {severity} | ")),
            "{name} is not in docs/checks.md"
        );
    }
}

#[test]
fn a_finding_is_where_it_says() {
    let place = Place::new();
    place.write("pairs.tsv", "en\tfa\nA letter.\tنامه‌ای.\nThe 345 letters came.\t۳۵۴ نامه رسید.\nOur second letter came.\t\n");
    let ran = place.run(&["check", "pairs.tsv", "--format", "json"]);
    let lines: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let [number, empty] = lines.as_slice() else {
        panic!("{ran:?}")
    };
    assert_eq!((&number["unit"], &number["line"]), (&2.into(), &3.into()));
    assert_eq!(
        (&number["start"], &number["end"], &number["text"]),
        (&0.into(), &6.into(), &"۳۵۴".into())
    );
    assert_eq!(
        (&number["suggestion"], &number["side"]),
        (&"۳۴۵".into(), &"target".into())
    );
    assert_eq!(
        (&empty["check"], &empty["start"]),
        (&"empty".into(), &Value::Null)
    );
    // For people, in words; nothing is added to the texts in a pipe.
    let ran = place.run(&["check", "pairs.tsv"]);
    for part in [
        "pairs.tsv:3  en → fa",
        "  ۳۵۴ نامه رسید.",
        "error number: “۳۵۴” is not “345” → ۳۴۵",
        "2 errors, 0 warnings, 0 notes in 2 of them",
    ] {
        assert!(ran.out.contains(part), "{part}: {ran:?}");
    }
    // A memory says the same.
    assert_eq!(
        place.run(&["import", "-m", "m.sqlite", "pairs.tsv"]).status,
        0
    );
    let ran = place.run(&["check", "-m", "m.sqlite", "--format", "json"]);
    assert_eq!(told(&ran.out).len(), 1, "{ran:?}");
}
