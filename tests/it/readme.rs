//! The README's commands work as written, in its order, as a new user would type them.

use std::process::{Command, Stdio};

use crate::support::{Place, file, ran};

/// The commands of the README's shell blocks, as words.
fn commands() -> Vec<Vec<String>> {
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let blocks = readme
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    blocks.flat_map(str::lines).map(words).collect()
}

/// A line of shell as words: blanks separate, double quotes hold together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

#[test]
fn every_command_of_the_readme_works() {
    let place = Place::new();
    for name in ["fixtures", "memories"] {
        std::os::unix::fs::symlink(file(name), place.path(name)).unwrap();
    }
    let mut count = 0;
    for words in commands() {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let arguments = match words.as_slice() {
            ["cargo", "run", "--release", "--", arguments @ ..] => arguments,
            ["tarjuman", arguments @ ..] => arguments,
            // This very run.
            ["cargo", "test"] => continue,
            other => panic!("{other:?}"),
        };
        let out = place.run(arguments).ok();
        assert!(!out.is_empty(), "{arguments:?}");
        count += 1;
    }
    assert!(count >= 10);
    for ending in ["txt", "xlf", "report.html"] {
        for tag in ["fa", "ar", "sq"] {
            assert!(
                !place
                    .read(&format!("out/autumn-reading-evening.{tag}.{ending}"))
                    .is_empty()
            );
        }
    }
}

#[test]
fn the_answer_that_the_readme_shows_is_the_answer() {
    let readme = std::fs::read_to_string(file("README.md")).unwrap();
    let shown = readme
        .split("```text\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let words = commands()
        .into_iter()
        .find(|words| words.get(1).is_some_and(|word| word == "match"))
        .unwrap();
    let place = Place::new();
    std::os::unix::fs::symlink(file("memories"), place.path("memories")).unwrap();
    let arguments: Vec<_> = words.iter().skip(1).map(String::as_str).collect();
    let out = place.run(&arguments).ok();
    assert!(out.starts_with(shown), "{out}");
}

/// Every file that a document of the project links to is there.
#[test]
fn links_between_documents_lead_somewhere() {
    for (folder, name) in [
        ("", "README.md"),
        ("", "CONTRIBUTING.md"),
        ("docs/", "design.md"),
        ("docs/", "architecture.md"),
    ] {
        let text = std::fs::read_to_string(file(&format!("{folder}{name}"))).unwrap();
        for link in text
            .split("](")
            .skip(1)
            .map(|rest| rest.split(')').next().unwrap())
        {
            if !link.starts_with("http") && !link.starts_with('#') {
                assert!(file(&format!("{folder}{link}")).exists(), "{name}: {link}");
            }
        }
    }
}

/// What the starter memory's README says to type, but for the build.
#[test]
fn the_script_for_the_starter_memory_says_what_it_lacks() {
    let script = file("memories/make-letters.sh");
    let place = Place::new();
    let output = Command::new("sh")
        .arg(script)
        .arg(place.path("x.tmx"))
        .env("TARJUMAN", place.path("missing"))
        .current_dir(file(""))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_ne!(ran(output).status, 0);
    assert!(place.names().is_empty());
}
