//! What a translator sees of the match engine: kinds, reasons, third languages, concordance, verification.

use serde_json::Value;

use crate::support::{Place, Ran};

fn tmx(units: &[&[(&str, &str)]]) -> String {
    let unit = |variants: &&[(&str, &str)]| {
        let variants = variants.iter().map(|(language, text)| {
            format!("<tuv xml:lang=\"{language}\"><seg>{text}</seg></tuv>")
        });
        format!("<tu>{}</tu>", variants.collect::<String>())
    };
    format!(
        "<tmx version=\"1.4\"><header srclang=\"*all*\" segtype=\"sentence\" adminlang=\"en\" datatype=\"plaintext\" \
         creationtool=\"t\" creationtoolversion=\"1\" o-tmf=\"t\"/><body>{}</body></tmx>",
        units.iter().map(unit).collect::<String>()
    )
}

fn memory(units: &[&[(&str, &str)]]) -> Place {
    let place = Place::new();
    place.write("m.tmx", tmx(units));
    place.run(&["import", "-m", "m.sqlite", "m.tmx"]).ok();
    place
}

fn objects(ran: Ran) -> Vec<Value> {
    ran.ok()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn matches(place: &Place, from: &str, to: &str, text: &str, more: &[&str]) -> Vec<Value> {
    let arguments = [
        "match", "-m", "m.sqlite", "--from", from, "--to", to, "--format", "json",
    ];
    let arguments: Vec<&str> = arguments
        .iter()
        .chain(more)
        .chain([&text])
        .copied()
        .collect();
    let ran = place.run(&arguments);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    answer["matches"].as_array().unwrap().clone()
}

/// Score, kind, and what differs.
fn told(one: &Value) -> (u64, String, Vec<String>) {
    let kinds = one["differences"].as_array().unwrap().iter();
    (
        one["score"].as_u64().unwrap(),
        one["kind"].as_str().unwrap().to_owned(),
        kinds
            .map(|one| one["kind"].as_str().unwrap().to_owned())
            .collect(),
    )
}

#[test]
fn what_is_typed_otherwise_is_found_and_named() {
    let stored = [
        ("fa", "دوستان گرامی، کتاب‌ها را می‌آوریم."),
        ("ar", "إلى الأصدقاء، الأمسية القادمة في ١٢ مايو."),
        ("sq", "Përshëndetje të gjithëve në mbrëmje."),
        ("en", "Dear friends, the reading begins at “six”."),
    ];
    let units: Vec<Vec<(&str, &str)>> = stored.iter().map(|one| vec![*one, ("de", "x")]).collect();
    let units: Vec<&[(&str, &str)]> = units.iter().map(Vec::as_slice).collect();
    let place = memory(&units);
    let cases: [(&str, &str, &[&str]); 9] = [
        ("fa", "دوستان گرامي، كتاب‌ها را می‌آوریم.", &[]),
        ("fa", "دوستان گرامی، کتاب ها را می آوریم.", &["spacing"]),
        ("fa", "دوستان گرامی، کتابها را میآوریم.", &["spacing"]),
        (
            "ar",
            "إِلى الأصدقاءِ، الأمسيةُ القادمة في ١٢ مايو.",
            &["diacritics"],
        ),
        (
            "ar",
            "الى الاصدقاء، الامسيه القادمه في ١٢ مايو.",
            &["diacritics"],
        ),
        ("ar", "إلى الأصدقاء، الأمسية القادمة في 12 مايو.", &["digits"]),
        (
            "sq",
            "Pershendetje te gjitheve ne mbremje.",
            &["diacritics"],
        ),
        (
            "en",
            "DEAR FRIENDS, THE READING BEGINS AT “SIX”.",
            &["case"],
        ),
        (
            "en",
            "Dear friends, the reading begins at \"six\".",
            &["punctuation"],
        ),
    ];
    for (language, query, kinds) in cases {
        let found = matches(&place, language, "de", query, &[]);
        let (score, kind, mut named) = told(&found[0]);
        named.dedup();
        assert_eq!(named, kinds, "{query}");
        assert_eq!(
            (score, kind.as_str()),
            if kinds.is_empty() {
                (100, "exact")
            } else {
                (99, "near-exact")
            },
            "{query}"
        );
    }
}

#[test]
fn another_value_costs_little_and_another_measure_counts_characters() {
    let place = memory(&[&[
        ("en", "Reply by 3 May 2025 to info@shembull.al."),
        ("sq", "x"),
    ]]);
    let query = "Reply by 12 May 2026 to desk@shembull.al.";
    let by_words = matches(&place, "en", "sq", query, &[]);
    let (score, kind, named) = told(&by_words[0]);
    // Two percent for the date, two for the address.
    assert_eq!((score, kind.as_str()), (96, "fuzzy"));
    assert_eq!(named, ["date", "address"]);
    // The translation has neither.
    assert_eq!(
        by_words[0]["not_repaired"],
        "the translation does not have 3 May 2025"
    );
    let asked = matches(&place, "en", "sq", query, &["--penalty", "value=5"]);
    assert_eq!(told(&asked[0]).0, 90);
    let wrong = [
        "match",
        "-m",
        "m.sqlite",
        "--from",
        "en",
        "--to",
        "sq",
        "--penalty",
        "colour=5",
        "x",
    ];
    place
        .run(&wrong)
        .refused(&["KIND=PERCENT is wanted", "diacritics"]);
    let by_characters = matches(&place, "en", "sq", query, &["--measure", "chars"]);
    // Seven of 41 characters: 12 for 3 is two, 6 for 5 one, desk for info four.
    assert_eq!(by_characters[0]["score"], 82);
}

#[test]
fn another_clients_memory_counts_less() {
    let place = memory(&[&[("en", "The lamp is lit."), ("sq", "Llamba ndriçon.")]]);
    place.write(
        "other.tmx",
        tmx(&[&[("en", "The door is open."), ("sq", "Dera është e hapur.")]]),
    );
    place
        .run(&["import", "-m", "m.sqlite", "--penalty", "10", "other.tmx"])
        .ok();
    let found = matches(&place, "en", "sq", "The door is open.", &[]);
    assert_eq!(
        (
            found[0]["score"].as_u64(),
            found[0]["origin"]["penalty"].as_u64()
        ),
        (Some(90), Some(10))
    );
    let said = place
        .run(&[
            "match",
            "-m",
            "m.sqlite",
            "--from",
            "en",
            "--to",
            "sq",
            "The door is open.",
        ])
        .ok();
    assert!(said.contains("10% off everything from other.tmx"), "{said}");
}

#[test]
fn the_lowest_penalty_of_those_who_vouch_counts() {
    let place = Place::new();
    place.write(
        "m.tmx",
        tmx(&[&[("en", "The door is open."), ("sq", "Dera është e hapur.")]]),
    );
    place
        .run(&["import", "-m", "m.sqlite", "--penalty", "10", "m.tmx"])
        .ok();
    let score = || matches(&place, "en", "sq", "The door is open.", &[])[0]["score"].as_u64();
    assert_eq!(score(), Some(90));
    let again = place.run(&["import", "-m", "m.sqlite", "m.tmx"]);
    assert_eq!((again.status, score()), (1, Some(100)));
    let more = place.run(&["import", "-m", "m.sqlite", "--penalty", "30", "m.tmx"]);
    assert_eq!(more.status, 1);
    assert_eq!(score(), Some(100));
    place.run(&["info", "-m", "m.sqlite", "--verify"]).ok();
}

#[test]
fn a_third_language_helps_where_no_unit_has_both() {
    let place = memory(&[
        &[("fa", "چراغ روشن است."), ("en", "The lamp is lit.")],
        &[("en", "The lamp is lit."), ("sq", "Llamba ndriçon.")],
    ]);
    let found = matches(&place, "fa", "sq", "چراغ روشن است.", &[]);
    assert_eq!(found[0]["target"], "Llamba ndriçon.");
    assert_eq!(found[0]["pivot"]["language"], "en");
    assert_eq!(found[0]["pivot"]["text"], "The lamp is lit.");
    assert!(found[0]["score"].as_u64().unwrap() < 100);
    assert!(matches(&place, "fa", "sq", "چراغ روشن است.", &["--no-pivot"]).is_empty());
    // What either leg loses is taken off, and not more.
    place
        .run(&["import", "-m", "other.sqlite", "--penalty", "10", "m.tmx"])
        .ok();
    let out = place
        .run(&[
            "match",
            "-m",
            "other.sqlite",
            "--from",
            "fa",
            "--to",
            "sq",
            "--format",
            "json",
            "چراغ روشن است.",
        ])
        .ok();
    let answer: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(answer["matches"][0]["score"], 75);
}

#[test]
fn a_concordance_shows_both_sides() {
    let place = memory(&[
        &[
            ("en", "The reading evening begins at six."),
            ("fa", "شب خوانش ساعت شش آغاز می‌شود."),
            ("sq", "Mbrëmja e leximit fillon në gjashtë."),
        ],
        &[
            ("en", "Evening, quiet."),
            ("fa", "شب، آرام."),
            ("sq", "Mbrëmje e qetë."),
        ],
    ]);
    let find = |arguments: &[&str]| {
        let all: Vec<&str> = ["find", "-m", "m.sqlite"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        place.run(&all)
    };
    let said = find(&["--in", "en", "reading evening"]).ok();
    assert!(
        said.contains("شب خوانش") && said.contains("Mbrëmja e leximit"),
        "{said}"
    );
    assert!(
        !find(&["--in", "en", "--to", "sq", "reading"])
            .ok()
            .contains("شب")
    );
    let hits = objects(find(&["--in", "sq", "--format", "json", "mbremj*"]));
    assert_eq!(hits.len(), 2);
    let (range, text) = (&hits[0]["ranges"][0], hits[0]["text"].as_str().unwrap());
    let [start, end] = [0, 1].map(|side| range[side].as_u64().unwrap() as usize);
    assert!(text[start..end].starts_with("Mbrëmj"), "{text}");
    assert_eq!(
        objects(find(&["--in", "fa", "--format", "json", "میشود"])).len(),
        1
    );
    let stretches = objects(find(&[
        "--in",
        "en",
        "--phrases",
        "--format",
        "json",
        "Our reading evening begins at seven.",
    ]));
    assert_eq!(stretches[0]["phrase"], "reading evening begins at");
    assert_eq!(find(&["--in", "en", "lantern"]).status, 1);
    find(&["--in", "en", "…"]).refused(&["no word"]);
    find(&["--in", "de", "x"]).refused(&["no de"]);
}

#[test]
fn a_letter_that_is_like_itself_is_counted_so() {
    let place = memory(&[&[("en", "Something else entirely."), ("sq", "Tjetër gjë.")]]);
    place.write(
        "x.en.txt",
        "The first chair stands in the green room today.\nBread and salt.\nThe second chair stands in the green room today.\nBread and salt.\n",
    );
    let out = place
        .run(&[
            "analyze", "-m", "m.sqlite", "--to", "sq", "--format", "json", "x.en.txt",
        ])
        .ok();
    let answer: Value = serde_json::from_str(&out).unwrap();
    let band = |name: &str| {
        let bands = answer["bands"].as_array().unwrap();
        bands.iter().find(|band| band["band"] == name).unwrap()["segments"].as_u64()
    };
    assert_eq!(
        (band("internal"), band("repeated"), band("new")),
        (Some(1), Some(1), Some(2))
    );
}

#[test]
fn a_memory_is_verified() {
    let place = memory(&[&[("en", "The lamp is lit."), ("sq", "Llamba ndriçon.")]]);
    let said = place.run(&["info", "-m", "m.sqlite", "--verify"]).ok();
    assert!(said.contains("whole; 2 segments"), "{said}");
    let answer = objects(place.run(&["info", "-m", "m.sqlite", "--verify", "--format", "json"]));
    assert_eq!(answer[0]["whole"], true);
    let memory = std::fs::read(place.path("m.sqlite")).unwrap();
    let text = "Llamba".as_bytes();
    let at = memory
        .windows(text.len())
        .position(|window| window == text)
        .unwrap();
    let mut damaged = memory.clone();
    damaged[at] = b'l';
    std::fs::write(place.path("m.sqlite"), damaged).unwrap();
    place
        .run(&["info", "-m", "m.sqlite", "--verify"])
        .refused(&["unit 1 is not what it was", "go back to a copy"]);
}

#[test]
fn a_long_letter_is_answered_by_all_cores_alike() {
    let units: Vec<(String, String)> = (0..400)
        .map(|number| {
            (
                format!("Chair {number} stands in the {} room.", number % 7),
                format!("Karrigia {number}."),
            )
        })
        .collect();
    let units: Vec<Vec<(&str, &str)>> = units
        .iter()
        .map(|(en, sq)| vec![("en", en.as_str()), ("sq", sq.as_str())])
        .collect();
    let units: Vec<&[(&str, &str)]> = units.iter().map(Vec::as_slice).collect();
    let place = memory(&units);
    let letter: String = (0..300)
        .map(|number| {
            format!(
                "Chair {} stands in the {} room today.\n",
                number % 150,
                number % 5
            )
        })
        .collect();
    place.write("x.en.txt", &letter);
    let all = |memory: &str, out: &str| {
        place
            .run(&[
                "pretranslate",
                "-m",
                memory,
                "--to",
                "sq",
                "--out-dir",
                out,
                "x.en.txt",
            ])
            .ok();
        place.read(&format!("{out}/x.sq.txt"))
    };
    // A .tmx is looked at by one thread.
    assert_eq!(all("m.sqlite", "many"), all("m.tmx", "one"));
}
