//! The house stands as docs/architecture.md draws it: every arrow between floors is in the table, every heavy package has its
//! owner, and what must be absent is absent.

use std::path::{Path, PathBuf};

use crate::support::root;

/// Each floor and the floors it may use besides itself. A new arrow is a bigger change than new code: say why in docs/design.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("text", &["error"]),
    ("segment", &["error", "text"]),
    ("unit", &["error", "text", "segment"]),
    ("memory", &["error", "text", "segment", "unit"]),
    ("leverage", &["error", "text", "segment", "unit", "memory"]),
    ("align", &["error", "text", "segment", "unit"]),
    ("check", &["error", "text", "segment", "unit"]),
    ("formats", &["error", "text", "segment", "unit"]),
    (
        "app",
        &[
            "error", "text", "segment", "unit", "memory", "leverage", "align", "check", "formats",
        ],
    ),
];

/// Packages, and the only places that may name them.
const OWNERS: &[(&str, &[&str])] = &[
    ("rusqlite", &["memory/sqlite"]),
    ("quick_xml", &["formats/"]),
    ("roxmltree", &["formats/"]),
    ("zip", &["formats/package"]),
    ("lol_html", &["formats/html/tokens"]),
    ("pulldown_cmark", &["formats/markdown"]),
    ("htmlize", &["formats/in_place"]),
    ("flate2", &["formats/input"]),
    ("encoding_rs", &["formats/decode", "formats/charset"]),
    ("chardetng", &["formats/charset"]),
    ("tempfile", &["formats/mod.rs", "app/transfer.rs"]),
    ("strsim", &["leverage/distance"]),
    ("unicode_segmentation", &["text/", "segment/"]),
    ("unicode_normalization", &["text/fold"]),
    ("oxilangtag", &["text/language"]),
    ("icu_calendar", &["text/values/calendar"]),
    ("toml", &["segment/profile", "segment/omegat"]),
    ("regex_automata", &["segment/engine"]),
    ("regex_syntax", &["segment/engine", "segment/dialect"]),
    ("fancy_regex", &["segment/"]),
    ("clap", &["bin/"]),
    ("ctrlc", &["bin/"]),
    ("indicatif", &["bin/"]),
    ("jiff", &["bin/"]),
];

/// What the library never does: print, or look at its surroundings by itself.
const ABSENT: &[&str] = &[
    "std::env",
    "std::{env",
    "SystemTime::now",
    "Instant::now",
    "println!",
    "eprintln!",
    "process::exit",
];

/// What is wrong in a source file, given its path below `src`.
fn violations(path: &str, source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let floor = path.split(['/', '.']).next().unwrap();
    let in_library = floor != "bin" && floor != "lib";
    let allowed = ARROWS
        .iter()
        .find(|(name, _)| *name == floor)
        .map(|(_, allowed)| *allowed);
    if in_library && allowed.is_none() {
        return vec![format!("{path}: {floor} is no floor")];
    }
    // What tests do beside the code is their own affair.
    let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
    for (number, line) in statements(code) {
        let line = line.as_str();
        let mut tell = |what: String| found.push(format!("{path}:{number}: {what}"));
        if let Some(allowed) = allowed {
            for used in used_floors(line) {
                if used != floor && !allowed.contains(&used.as_str()) {
                    tell(format!("{floor} may not use {used}"));
                }
            }
            if line.contains("super::super") {
                tell("a path goes up by more than one step".to_owned());
            }
            for absent in ABSENT.iter().filter(|absent| line.contains(**absent)) {
                tell(format!("{absent} does not belong in the library"));
            }
        }
        for (package, owners) in OWNERS {
            let named = [format!("use {package}"), format!("{package}::")];
            if named.iter().any(|name| line.contains(name.as_str()))
                && !owners.iter().any(|owner| path.starts_with(owner))
            {
                tell(format!("{package} belongs to {}", owners.join(" and ")));
            }
        }
    }
    found
}

/// Lines of code without comments, each with its number; a `use` of several lines counts as one, without its line breaks.
fn statements(code: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in (1..).zip(code.lines()) {
        let line = line.split("//").next().unwrap();
        match found.last_mut() {
            Some((_, last)) if open => last.push_str(line.trim()),
            _ => found.push((number, line.to_owned())),
        }
        let statement = &found.last().unwrap().1;
        let is_use = statement
            .trim_start()
            .trim_start_matches("pub ")
            .starts_with("use ");
        open = is_use && !statement.contains(';');
    }
    found
}

/// The floors that a line names through `crate::`.
fn used_floors(line: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect()
    };
    let mut used = Vec::new();
    for rest in line.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(group) => used.extend(group.split(',').map(|part| name(part.trim()))),
            None => used.push(name(rest)),
        }
    }
    used.retain(|floor| !floor.is_empty());
    used
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_arrow_and_every_owner_is_in_the_tables() {
    let src = root().join("src");
    let files = sources(&src);
    assert!(files.len() > 30);
    let wrong: Vec<_> = files
        .iter()
        .flat_map(|path| {
            let name = path
                .strip_prefix(&src)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            violations(&name, &std::fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_planted_fault_is_found() {
    for (path, source, said) in [
        (
            "align/mod.rs",
            "use crate::memory::Memory;",
            "align/mod.rs:1: align may not use memory",
        ),
        (
            "text/fold.rs",
            "\nuse crate::{error::Error, unit};",
            "text/fold.rs:2: text may not use unit",
        ),
        (
            "formats/xml.rs",
            "let x = crate::memory::open();",
            "formats/xml.rs:1: formats may not use memory",
        ),
        (
            "leverage/mod.rs",
            "use rusqlite::Connection;",
            "leverage/mod.rs:1: rusqlite belongs to memory/sqlite",
        ),
        (
            "app/transfer.rs",
            "use clap::Parser;",
            "app/transfer.rs:1: clap belongs to bin/",
        ),
        (
            "app/letter.rs",
            "println!(\"x\");",
            "app/letter.rs:1: println! does not belong in the library",
        ),
        (
            "memory/mod.rs",
            "std::env::var(\"X\")",
            "memory/mod.rs:1: std::env does not belong in the library",
        ),
        (
            "align/pair.rs",
            "use crate::{\n    memory::Memory,\n};",
            "align/pair.rs:1: align may not use memory",
        ),
        ("utils.rs", "", "utils.rs: utils is no floor"),
    ] {
        assert_eq!(violations(path, source), [said]);
    }
    assert!(
        violations(
            "align/mod.rs",
            "use crate::text::language;\n// use crate::memory"
        )
        .is_empty()
    );
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let mut files = sources(&root().join("src"));
    files.extend(sources(&root().join("tests")));
    for path in files {
        let source = std::fs::read_to_string(&path).unwrap();
        assert!(source.starts_with("//! "), "{}", path.display());
    }
}
