//! Segmentation: the cases of the fixtures, the exported rules in another interpreter, and a user's own rules.

use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use crate::support::{LANGUAGES, Place, file};
use tarjuman::formats::srx;
use tarjuman::segment::srx::Srx;
use tarjuman::segment::{RuleSource, Segmentation, Segmenter, as_srx};
use tarjuman::text::language::Language;

/// The cases of a language, and the segments wanted: a bar stands for a cut and its blank, a double bar for a cut without one.
fn cases(language: &str) -> Vec<(String, Vec<String>)> {
    let cases = std::fs::read_to_string(file(&format!("fixtures/segment/{language}.txt"))).unwrap();
    let case = |line: &str| {
        let wanted = line.split(['|', '‖']).map(str::to_owned).collect();
        (line.replace('|', " ").replace('‖', ""), wanted)
    };
    cases.lines().map(case).collect()
}

/// All paragraphs of the fixtures in a language.
fn paragraphs(language: &str) -> Vec<String> {
    let mut found: Vec<String> = cases(language).into_iter().map(|(text, _)| text).collect();
    for entry in std::fs::read_dir(file("fixtures/letters")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .to_string_lossy()
            .ends_with(&format!(".{language}.txt"))
        {
            let text = std::fs::read_to_string(path).unwrap();
            found.extend(text.lines().map(str::to_owned));
        }
    }
    found
}

#[test]
fn the_cases_of_each_language_are_cut_as_marked() {
    let mut wrong = Vec::new();
    for tag in LANGUAGES {
        let segmenter = Segmenter::new(&Language::parse(tag).unwrap());
        for (text, wanted) in cases(tag) {
            let found = segmenter.segments(&text);
            if found != wanted {
                wrong.push(format!("{tag}: {}", found.join("|")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The plainest reading of SRX: at every place, the first rule whose patterns match up to it and from it decides.
struct Naive {
    rules: Vec<(bool, Regex, Regex)>,
}

impl Naive {
    fn new(srx: &Srx, language: &str) -> Self {
        let rules = srx
            .language_rules
            .iter()
            .find(|rules| rules.name == language);
        let compiled = rules.unwrap().rules.iter().map(|rule| {
            let before = Regex::new(&format!(r"(?:{})\z", rule.before)).unwrap();
            let after = Regex::new(&format!(r"\A(?:{})", rule.after)).unwrap();
            (rule.breaks, before, after)
        });
        Naive {
            rules: compiled.collect(),
        }
    }

    fn breaks(&self, before: &str, after: &str) -> bool {
        let fits = |rule: &&(bool, Regex, Regex)| rule.1.is_match(before) && rule.2.is_match(after);
        // No place is cut that no breaking rule fits; most places are done with here.
        let mut breaking = self.rules.iter().filter(|rule| rule.0);
        breaking.any(|rule| fits(&rule)) && self.rules.iter().find(fits).is_some_and(|rule| rule.0)
    }

    fn segments<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut start = 0;
        for (at, _) in text.char_indices().skip(1) {
            let (before, after) = text.split_at(at);
            if self.breaks(before, after) {
                found.push(text[start..at].trim());
                start = at;
            }
        }
        found.push(text[start..].trim());
        found.retain(|segment| !segment.is_empty());
        found
    }
}

/// Pieces that texts which are hard to cut are made of.
const PIECES: &[&str] = &[
    ".", ".", ".", "!", "?", "؟", "…", "...", "۔", " ", " ", " ", "\n", "\u{a0}", "\"", "“", "”",
    "«", "»", "'", "(", ")", "[", "]", "–", "-", "\u{200C}", "\u{200F}", "1", "12", "۴۵", "I",
    "IV", "A", "b", "mr", "Mr", "No", "etc", "U.S", "Inc", "The", "said", "Tom", "word", "vitamin",
    "p.m", ":)", "[5]", "د", "م", "ص", "هـ", "و", "و…", "ه.ش", "این", "گفت", "کتاب", "ق.م", "إلخ",
    "وقال", "هذا", "بيتٌ", "z", "znj", "p.sh", "etj", "Gj", "shek", "Ai", "tha", "fjalë", "نه", "@",
    "/", "x.y", ",", "،", "😊", "é", "الف",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn exported_rules_cut_any_text_the_same_in_another_interpreter(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24),
    ) {
        static NAIVE: LazyLock<Vec<Naive>> = LazyLock::new(|| {
            let srx = as_srx(&Segmentation::default()).unwrap();
            LANGUAGES.iter().map(|tag| Naive::new(&srx, tag)).collect()
        });
        let text = pieces.concat();
        for (tag, naive) in LANGUAGES.iter().zip(NAIVE.iter()) {
            let segmenter = Segmenter::new(&Language::parse(tag).unwrap());
            prop_assert_eq!(segmenter.segments(&text), naive.segments(&text), "{}", tag);
        }
    }
}

/// What `--export-srx` writes, read again.
fn exported(options: &[&str]) -> Srx {
    let place = Place::new();
    place
        .run(&[&["segment", "--export-srx", "rules.srx"], options].concat())
        .ok();
    srx::read(&place.path("rules.srx")).unwrap()
}

#[test]
fn exported_rules_cut_the_same_in_another_interpreter() {
    let srx = exported(&[]);
    for tag in LANGUAGES {
        let naive = Naive::new(&srx, tag);
        let segmenter = Segmenter::new(&Language::parse(tag).unwrap());
        for text in paragraphs(tag) {
            assert_eq!(segmenter.segments(&text), naive.segments(&text), "{tag}");
        }
    }
}

#[test]
fn exported_rules_cut_the_same_when_they_are_read_again() {
    for options in [
        &[][..],
        &["--rules", "omegat"],
        &["--break-at", "colon,semicolon"],
    ] {
        let place = Place::new();
        place
            .run(&[&["segment", "--export-srx", "rules.srx"], options].concat())
            .ok();
        for tag in LANGUAGES {
            place.write("text.txt", paragraphs(tag).join("\n"));
            let language = ["segment", "--lang", tag, "text.txt"];
            let direct = place.run(&[&language, options].concat()).ok();
            let read = place
                .run(&[&language, &["--srx", "rules.srx"][..]].concat())
                .ok();
            assert_eq!(direct, read, "{tag} {options:?}");
        }
    }
}

/// No look-around, no `\b`, no classes that mean something else elsewhere, nothing beyond the Basic Multilingual Plane.
#[test]
fn exported_rules_use_only_what_all_engines_read_alike() {
    let foreign = Regex::new(r"\(\?[^:i]|[*+?]\+|\{[0-9,]+\}\+|&&|--|\[\[").unwrap();
    let escaped = Regex::new(r"\\[^A-Za-z]").unwrap();
    for rules in [RuleSource::Language, RuleSource::OmegaT] {
        let is_ours = matches!(rules, RuleSource::Language);
        let srx = as_srx(&Segmentation {
            rules,
            ..Segmentation::default()
        })
        .unwrap();
        for rule in srx
            .language_rules
            .iter()
            .flat_map(|language| &language.rules)
        {
            for pattern in [&rule.before, &rule.after] {
                let unescaped = escaped.replace_all(pattern, "x");
                let foreign = foreign.find(&unescaped);
                assert!(foreign.is_none(), "{foreign:?} in {pattern}");
                for foreign in [r"\b", r"\B", r"\w", r"\h", r"\v", r"\x", r"\R", r"\Q"] {
                    assert!(!pattern.contains(foreign), "{foreign} in {pattern}");
                }
                assert!(!is_ours || !pattern.contains(r"\s"), "{pattern}");
                assert!(
                    pattern.chars().all(|letter| u32::from(letter) < 0x10000),
                    "{pattern}"
                );
            }
        }
    }
}

const OWN_RULES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
  <header segmentsubflows="yes" cascade="yes"/>
  <body>
    <languagerules>
      <languagerule languagerulename="Albanian">
        <rule break="no"><beforebreak>\b(?i:nr|fq)\.</beforebreak><afterbreak>\s+\d</afterbreak></rule>
        <rule break="no"><beforebreak>(?&lt;!\p{IsLatin})z\.</beforebreak><afterbreak>\s(?=\p{Lu})</afterbreak></rule>
      </languagerule>
      <languagerule languagerulename="Default">
        <rule break="yes"><beforebreak>[.?!؟]++</beforebreak><afterbreak>[\h\v]</afterbreak></rule>
      </languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="SQ.*" languagerulename="Albanian"/>
      <languagemap languagepattern=".*" languagerulename="Default"/>
    </maprules>
  </body>
</srx>
"#;

#[test]
fn a_users_rules_are_used_in_place_of_ours() {
    let place = Place::new();
    place.write("own.srx", OWN_RULES);
    place.write(
        "letter.sq.txt",
        "Shih Nr. 5 dhe fq. 7. Erdhi z. Lisi. Prof. Ylli e di. Nga nxz. Po.",
    );
    let cut = place
        .run(&["segment", "--srx", "own.srx", "letter.sq.txt"])
        .ok();
    assert_eq!(
        cut,
        "Shih Nr. 5 dhe fq. 7.\nErdhi z. Lisi.\nProf.\nYlli e di.\nNga nxz.\nPo.\n"
    );
    place.write("letter.fa.txt", "ص. ۵ را ببینید. آیا دیدید؟ بله.");
    let cut = place
        .run(&["segment", "--srx", "own.srx", "letter.fa.txt"])
        .ok();
    assert_eq!(cut, "ص.\n۵ را ببینید.\nآیا دیدید؟\nبله.\n");
}

#[test]
fn what_is_wrong_with_a_users_rules_is_said_with_its_line() {
    let place = Place::new();
    place.write("letter.sq.txt", "Po. Jo.");
    let refused = |change: (&str, &str), said: &[&str]| {
        assert!(OWN_RULES.contains(change.0), "{}", change.0);
        place.write("own.srx", OWN_RULES.replacen(change.0, change.1, 1));
        place
            .run(&["segment", "--srx", "own.srx", "letter.sq.txt"])
            .refused(said);
    };
    refused(
        (r"\b(?i:nr|fq)", r"\b(?i:nr|fq"),
        &["own.srx:7: ", "not closed"],
    );
    refused((r"[\h\v]", r"[\h\v"), &["own.srx:11: ", "not closed"]);
    refused((r"\s+\d", r"\X"), &["own.srx:7: ", r"\X is not known"]);
    refused((r"\p{IsLatin}", r"\p{IsLatino}"), &["own.srx:8: "]);
    refused(
        (r#"break="no""#, r#"break="maybe""#),
        &["own.srx:7: ", "“yes” or “no”"],
    );
    refused(("SQ.*", "SQ(.*"), &["own.srx:15: ", "language pattern"]);
    refused(
        (
            r#"languagerulename="Default"/>"#,
            r#"languagerulename="Other"/>"#,
        ),
        &["own.srx:16: ", "“Other”"],
    );
    refused(
        (r#"version="2.0""#, r#"version="3.0""#),
        &["own.srx:2: ", "2.0"],
    );
    refused(("</languagerules>", ""), &["own.srx:"]);
    refused(("<srx ", "<tmx "), &["own.srx:"]);
    refused(
        ("<afterbreak>", "<beforebreak>x</beforebreak><afterbreak>"),
        &["own.srx:7: ", "second"],
    );
    // Written out it would fill all room.
    refused(
        (r"\s+\d", r"(?&lt;=(\p{L}{1,1000}){1,1000})x"),
        &["own.srx:7: ", "too many"],
    );
    place
        .run(&["segment", "--srx", "none.srx", "letter.sq.txt"])
        .refused(&["none.srx"]);
    place
        .run(&["segment", "--srx", "letter.sq.txt", "letter.sq.txt"])
        .refused(&["letter.sq.txt:1: "]);
    place
        .run(&["segment", "--rules", "uax29", "--export-srx", "x.srx"])
        .refused(&["SRX"]);
    assert!(!place.path("x.srx").exists());
    place
        .run(&[
            "segment",
            "--rules",
            "line",
            "--break-at",
            "colon",
            "letter.sq.txt",
        ])
        .refused(&["colon"]);
}

#[test]
fn rules_of_srx_1_take_the_first_line_of_the_map_that_fits() {
    let place = Place::new();
    let old = OWN_RULES
        .replace(
            r#" xmlns="http://www.lisa.org/srx20" version="2.0""#,
            r#" version="1.0""#,
        )
        .replace(r#" cascade="yes""#, "")
        .replace("<maprules>", r#"<maprules><maprule maprulename="All">"#)
        .replace("</maprules>", "</maprule></maprules>");
    place.write("old.srx", &old);
    place.write("letter.sq.txt", "Po. Jo.");
    place.write("letter.en.txt", "Yes. No.");
    // The Albanian rules alone never break.
    let cut = place
        .run(&["segment", "--srx", "old.srx", "letter.sq.txt"])
        .ok();
    assert_eq!(cut, "Po. Jo.\n");
    let cut = place
        .run(&["segment", "--srx", "old.srx", "letter.en.txt"])
        .ok();
    assert_eq!(cut, "Yes.\nNo.\n");
}

#[test]
fn other_ways_to_cut() {
    let place = Place::new();
    place.write("letter.en.txt", "Mr. Lark: come; now. Yes.\n");
    let cut = |options: &[&str]| {
        place
            .run(&[&["segment", "letter.en.txt"], options].concat())
            .ok()
    };
    assert_eq!(cut(&[]), "Mr. Lark: come; now.\nYes.\n");
    assert_eq!(cut(&["--rules", "uax29"]), "Mr.\nLark: come; now.\nYes.\n");
    assert_eq!(
        cut(&["--rules", "paragraph"]),
        "Mr. Lark: come; now. Yes.\n"
    );
    assert_eq!(cut(&["--rules", "line"]), "Mr. Lark: come; now. Yes.\n");
    assert_eq!(
        cut(&["--break-at", "colon"]),
        "Mr. Lark:\ncome; now.\nYes.\n"
    );
    assert_eq!(
        cut(&["--break-at", "colon,semicolon"]),
        "Mr. Lark:\ncome;\nnow.\nYes.\n"
    );
    place.write("letter.ar.txt", "تعب؛ ثم نام؟ نعم.\n");
    let arabic = place
        .run(&["segment", "letter.ar.txt", "--break-at", "semicolon"])
        .ok();
    assert_eq!(arabic, "تعب؛\nثم نام؟\nنعم.\n");
    // OmegaT does not know the Arabic question mark.
    let arabic = place
        .run(&["segment", "letter.ar.txt", "--rules", "omegat"])
        .ok();
    assert_eq!(arabic, "تعب؛ ثم نام؟ نعم.\n");
}

/// A language without rules is cut all the same, and it is said how.
#[test]
fn a_language_without_rules_is_said_to_have_none() {
    let place = Place::new();
    place.write("brief.de.txt", "Guten Tag! Wie geht es?");
    let ran = place.run(&["segment", "brief.de.txt"]);
    assert!(ran.err.contains("no rules for de"), "{ran:?}");
    assert_eq!(ran.ok(), "Guten Tag!\nWie geht es?\n");
    place.write(
        "sq.srx",
        OWN_RULES.replace(r#"languagepattern=".*""#, r#"languagepattern="fa""#),
    );
    let ran = place.run(&["segment", "--srx", "sq.srx", "brief.de.txt"]);
    assert!(ran.err.contains("nothing for de"), "{ran:?}");
    assert_eq!(ran.ok(), "Guten Tag! Wie geht es?\n");
}
