//! Files in and out as a user has them: documents filled and merged, bilingual files filled in place, memories handed on as pairs.

use crate::support::{Place, file, letters_tmx};

const ENDINGS: &[&str] = &["txt", "docx", "odt", "html", "md"];

fn original(name: &str, ending: &str) -> String {
    let folder = if ending == "txt" {
        "letters"
    } else {
        "documents"
    };
    let path = file(&format!("fixtures/{folder}/{name}.en.{ending}"));
    path.to_string_lossy().into_owned()
}

/// The segments that the program reads in a file.
fn segments(place: &Place, path: &str, language: &str) -> Vec<String> {
    let out = place.run(&["segment", "--lang", language, path]).ok();
    out.lines().map(str::to_owned).collect()
}

/// An XLIFF as it comes back from a CAT tool: every target translated, by the segment's number in braces around it.
fn translated(xliff: &str) -> String {
    let mut out = String::new();
    for (number, unit) in xliff.split("<trans-unit ").enumerate() {
        if number == 0 {
            out.push_str(unit);
            continue;
        }
        let (head, rest) = unit.split_once("</source>").unwrap();
        let source = head
            .split_once("<source")
            .unwrap()
            .1
            .split_once('>')
            .unwrap()
            .1;
        let rest = match rest.split_once("</target>") {
            Some((target, rest)) if target.trim_start().starts_with("<target") => rest,
            _ => rest,
        };
        out.push_str(&format!(
            "<trans-unit {head}</source><target xml:lang=\"sq\" state=\"translated\">{{{number}}} {source}</target>{rest}"
        ));
    }
    out
}

#[test]
fn a_document_goes_out_as_xliff_and_comes_back_translated() {
    let tmx = letters_tmx();
    for ending in ENDINGS {
        let place = Place::new();
        let letter = original("tool-loan", ending);
        place
            .run(&[
                "pretranslate",
                "-m",
                &tmx,
                "--to",
                "sq",
                &letter,
                "--out-dir",
                "out",
            ])
            .ok();
        let xliff = place.read("out/tool-loan.sq.xlf");
        place.write("back.xlf", translated(&xliff));
        let new = format!("new.sq.{ending}");
        let said = place.run(&["merge", &letter, "back.xlf", "-o", &new]).ok();
        let sources = segments(&place, &letter, "en");
        assert!(
            said.contains(&format!("{} segments in Albanian", sources.len())),
            "{ending}: {said}"
        );
        let merged = segments(&place, &new, "sq").join(" ");
        for (number, source) in (1..).zip(&sources) {
            let wanted = format!("{{{number}}} {source}");
            assert!(
                merged.contains(&wanted),
                "{ending}: {wanted} is not in {merged}"
            );
        }
        let said = place.run(&["import", "-m", "m.sqlite", "back.xlf"]).ok();
        assert!(said.contains("units added"), "{said}");
        // Another document is not taken for this one.
        let other = original("autumn-reading-evening", ending);
        let none = format!("none.{ending}");
        place
            .run(&["merge", &other, "back.xlf", "-o", &none])
            .refused(&["back.xlf:"]);
        assert!(!place.path(&none).exists());
    }
}

#[test]
fn codes_come_back_to_their_words() {
    let place = Place::new();
    let tmx = letters_tmx();
    let letter = "Dear *Friends* and **all**. Two *soft* words. Three `codes` here, and [a link](https://example.org/a).\n\n- One *more*. And `this`.\n";
    place.write("two.en.md", letter);
    for version in ["1.2", "2.0", "2.2"] {
        place
            .run(&[
                "pretranslate",
                "-m",
                &tmx,
                "--to",
                "sq",
                "two.en.md",
                "--out-dir",
                version,
                "--xliff",
                version,
                "--min",
                "100",
            ])
            .ok();
        let path = format!("{version}/two.sq.xlf");
        let xliff = place.read(&path);
        assert!(!xliff.contains("<target"), "{xliff}");
        // Every source is its own translation, with its codes under the numbers of its segment.
        let copied: String = xliff
            .split_inclusive("</source>")
            .map(|part| match part.rfind("<source") {
                Some(at) => {
                    let (_, source) = part.split_at(at);
                    let state = if version == "1.2" {
                        "<target state=\"translated\""
                    } else {
                        "<target"
                    };
                    let target = source.replacen("<source", state, 1);
                    let target = target.replace("</source>", "</target>");
                    let target = target.replace("xml:lang=\"en\"", "xml:lang=\"sq\"");
                    format!("{part}{target}")
                }
                None => part.to_owned(),
            })
            .collect();
        place.write(
            "copied.xlf",
            copied
                .replace(" state=\"initial\"", "")
                .replace("<segment ", "<segment state=\"translated\" "),
        );
        let out = format!("{version}.md");
        place
            .run(&[
                "merge",
                "two.en.md",
                "copied.xlf",
                "-o",
                &out,
                "--take-drafts",
            ])
            .ok();
        assert_eq!(place.read(&out), letter, "{version}");
        // What has no translation keeps its codes too.
        let out = format!("{version}.new.md");
        place.run(&["merge", "two.en.md", &path, "-o", &out]).ok();
        assert!(
            place
                .read(&out)
                .contains("\\[\\[new: Two *soft* words.\\]\\]"),
            "{}",
            place.read(&out)
        );
    }
}

#[test]
fn every_version_of_xliff_is_read_and_merged() {
    let place = Place::new();
    let tmx = letters_tmx();
    let letter = original("tool-loan", "docx");
    for version in ["1.2", "2.0", "2.1", "2.2"] {
        place
            .run(&[
                "pretranslate",
                "-m",
                &tmx,
                "--to",
                "fa",
                &letter,
                "--out-dir",
                version,
                "--xliff",
                version,
                "--approve",
            ])
            .ok();
        let xliff = format!("{version}/tool-loan.fa.xlf");
        let dry = place.run(&["import", "--dry-run", &xliff]).ok();
        // Exact matches are translations; what has to be looked at is none.
        assert!(dry.contains("units: 15"), "{version}: {dry}");
        place
            .run(&["merge", &letter, &xliff, "-o", &format!("{version}.docx")])
            .ok();
    }
}

#[test]
fn a_memory_goes_out_in_every_format_and_comes_back() {
    let place = Place::new();
    place
        .run(&["import", "-m", "m.sqlite", &letters_tmx()])
        .ok();
    for to in ["fa", "ar", "sq"] {
        for ending in ["tmx", "xlf", "po", "tsv"] {
            let name = format!("out.{to}.{ending}");
            let said = place
                .run(&[
                    "export", "-m", "m.sqlite", "--from", "en", "--to", to, "-o", &name,
                ])
                .ok();
            let written: usize = said
                .split_whitespace()
                .rev()
                .nth(2)
                .unwrap()
                .parse()
                .unwrap();
            let dry = place.run(&["import", "--dry-run", &name]).ok();
            // PO tells units of one text apart by a context that it is given.
            assert!(
                dry.contains(&format!("units: {written};")) || ending == "po",
                "{name}: {said} {dry}"
            );
            let memory = format!("{to}.{ending}.sqlite");
            place.run(&["import", "-m", &memory, &name]).ok();
            let found = place
                .run(&[
                    "match",
                    "-m",
                    &memory,
                    "--from",
                    "en",
                    "--to",
                    to,
                    "Yours sincerely,",
                ])
                .ok();
            assert!(found.contains("100%"), "{name}: {found}");
        }
    }
    place
        .run(&["export", "-m", "m.sqlite", "-o", "all.po"])
        .refused(&["all.po", "--from and --to"]);
}

#[test]
fn a_catalogue_is_filled_where_it_stands() {
    let place = Place::new();
    let po = "# head\nmsgid \"\"\nmsgstr \"\"\n\"Language: sq\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n\
              #. closing\nmsgctxt \"a\"\nmsgid \"Yours sincerely,\"\nmsgstr \"\"\n\nmsgid \"done\"\nmsgstr \"bërë\"\n\n#~ msgid \"old\"\n#~ msgstr \"i vjetër\"\n";
    place.write("app.po", po);
    place
        .run(&[
            "pretranslate",
            "-m",
            &letters_tmx(),
            "--from",
            "en",
            "app.po",
            "--out-dir",
            "out",
        ])
        .ok();
    let filled = place.read("out/app.sq.po");
    assert_eq!(
        filled,
        po.replacen(
            "sincerely,\"\nmsgstr \"\"",
            "sincerely,\"\nmsgstr \"Me respekt,\"",
            1
        )
    );
    place
        .run(&[
            "pretranslate",
            "-m",
            &letters_tmx(),
            "--from",
            "en",
            "--to",
            "fa",
            "app.po",
            "--out-dir",
            "fa",
        ])
        .refused(&["app.po", "Albanian"]);
    assert!(!place.path("fa").exists());
}
