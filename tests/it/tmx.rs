//! TMX as it comes in and as it goes out: packed, in old encodings, in the ways of other tools.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use tarjuman::formats::tmx::TmxReader;

use crate::support::{Place, file};

const LETTER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\"><header srclang=\"en-GB\" creationtool=\"t\" creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"x\" adminlang=\"en\" datatype=\"x\"/><body>\n\
    <tu><prop type=\"prev\">Dear friends,</prop><prop type=\"file\">letter.docx</prop><tuv xml:lang=\"en-GB\"><seg>Thank <bpt i=\"1\">{</bpt>you<ept i=\"1\">}</ept>.</seg></tuv>\
    <tuv xml:lang=\"ar\"><seg>شكرًا.</seg></tuv><tuv xml:lang=\"ar\"><seg>نشكركم.</seg></tuv><tuv xml:lang=\"sq\"><seg></seg></tuv></tu></body></tmx>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = zip::write::SimpleFileOptions::default();
        out.start_file(*name, options).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn packed_files_are_read_like_others() {
    let place = Place::new();
    let other = LETTER.replace("Thank", "We thank");
    place.write("letter.tmx", LETTER);
    // Neither name says what it is.
    place.write("packed.tmx", gzip(LETTER.as_bytes()));
    place.write(
        "archive",
        archive(&[
            ("readme.txt", b"x"),
            ("__MACOSX/._a.tmx", b"x"),
            ("tm/a.tmx", LETTER.as_bytes()),
            ("tm/B.TMX", other.as_bytes()),
        ]),
    );
    place
        .run(&["import", "-m", "plain.sqlite", "letter.tmx"])
        .ok();
    place
        .run(&["import", "-m", "packed.sqlite", "packed.tmx"])
        .ok();
    let out = |memory: &str| {
        let out = place.run(&["export", "-m", memory, "-o", "-"]).ok();
        out.split_once("<body>").unwrap().1.to_owned()
    };
    assert_eq!(out("plain.sqlite"), out("packed.sqlite"));
    let said = place.run(&["import", "-m", "archive.sqlite", "archive"]);
    assert!(
        said.err.contains("archive: in archive/tm/a.tmx: ")
            || said.err.contains("in archive/tm/a.tmx"),
        "{said:?}"
    );
    assert!(said.ok().contains("archive: 2 units added"));
    assert!(
        place
            .run(&["info", "-m", "archive.sqlite"])
            .ok()
            .contains("2 units")
    );
    std::fs::copy(place.path("packed.tmx"), place.path("packed.tmx.gz")).unwrap();
    assert!(
        place
            .run(&["info", "-m", "packed.tmx.gz"])
            .ok()
            .contains("1 units")
    );
}

#[test]
fn what_is_packed_to_do_harm_is_refused_by_name() {
    let place = Place::new();
    let bomb = gzip(&vec![b' '; 40 << 20]);
    let packed = gzip(LETTER.as_bytes());
    let deflated = archive(&[("a.tmx", &vec![b' '; 40 << 20])]);
    for (name, bytes, said) in [
        ("bomb.tmx.gz", bomb, "bomb"),
        ("bomb.zip", deflated, "bomb"),
        (
            "short.tmx.gz",
            packed[..packed.len() - 9].to_vec(),
            "cut short",
        ),
        (
            "climbs.zip",
            archive(&[("../a.tmx", LETTER.as_bytes())]),
            "leads out",
        ),
        ("none.zip", archive(&[("a.txt", b"x")]), "no file of units"),
        ("half.zip", b"PK\x03\x04half".to_vec(), "damaged"),
    ] {
        place.write(name, bytes);
        place
            .run(&["import", "-m", "m.sqlite", name])
            .refused(&[name, said]);
        place
            .run(&["import", "--dry-run", name])
            .refused(&[name, said]);
    }
    assert!(!place.path("m.sqlite").exists());
}

#[test]
fn a_dry_run_tells_and_keeps_nothing() {
    let place = Place::new();
    let two = LETTER.replace(
        "</body>",
        "<tu><tuv xml:lang='en'><seg>Yes.</seg></tuv></tu></body>",
    );
    place.write("letter.tmx", two);
    let ran = place.run(&["import", "--dry-run", "letter.tmx"]);
    assert!(
        ran.err
            .contains("warning: letter.tmx:3: the segment in sq has no text"),
        "{ran:?}"
    );
    assert!(!ran.err.contains("panicked"));
    assert_eq!(
        ran.ok(),
        "letter.tmx: units: 1; not translated: 1; segments: ar 2, en 1, en-GB 1\n"
    );
    assert_eq!(place.names(), ["letter.tmx"]);
    place.write(
        "empty.tmx",
        "<tmx version='1.4'><header srclang='en'/><body/></tmx>",
    );
    let ran = place.run(&["import", "--dry-run", "empty.tmx"]);
    assert_eq!(ran.ok(), "empty.tmx: units: 0\n");
    place.run(&["import", "letter.tmx"]).refused(&["--memory"]);
}

#[test]
fn an_encoding_that_the_file_says_wrongly_can_be_named() {
    let place = Place::new();
    place.write("old.tmx", encoding_rs::WINDOWS_1256.encode(LETTER).0);
    place
        .run(&["import", "-m", "m.sqlite", "old.tmx"])
        .refused(&["old.tmx:3", "0xD4", "hint: ", "--encoding"]);
    place
        .run(&[
            "import",
            "-m",
            "m.sqlite",
            "--encoding",
            "klingon",
            "old.tmx",
        ])
        .refused(&["klingon"]);
    let import = [
        "import",
        "-m",
        "m.sqlite",
        "--encoding",
        "windows-1256",
        "old.tmx",
    ];
    place.run(&import).ok();
    assert!(
        place
            .run(&["export", "-m", "m.sqlite", "-o", "-"])
            .ok()
            .contains("نشكركم.")
    );
}

#[test]
fn each_reader_gets_what_it_can_take() {
    let place = Place::new();
    place.write("letter.tmx", LETTER);
    place.run(&["import", "-m", "m.sqlite", "letter.tmx"]).ok();
    let export = |reader: &[&str]| {
        let export = [
            "export", "-m", "m.sqlite", "--from", "en", "--to", "ar", "-o", "-",
        ];
        place.run(&[&export[..], reader].concat()).ok()
    };
    let all = export(&[]);
    // Two translations are two units, each with two variants under the tags that were asked for.
    assert_eq!(all.matches("<tu>").count(), 2, "{all}");
    assert_eq!(all.matches("xml:lang=\"en\"").count(), 2, "{all}");
    assert!(all.contains("srclang=\"en\"") && all.contains("x-tarjuman-language\">en-GB<"));
    assert!(
        !all.contains("type=\"prev\"") && !all.contains("type=\"file\""),
        "{all}"
    );
    let mut reader = TmxReader::new(all.as_bytes()).unwrap();
    let unit = reader.next_unit().unwrap().unwrap();
    assert_eq!(unit.variants[0].language.tag(), "en-GB");
    assert_eq!(unit.variants[0].previous.as_deref(), Some("Dear friends,"));
    assert_eq!(export(&["--for", "omegat"]), export(&["--for", "all"]));
    assert!(export(&["--for", "trados"]).contains("xml:lang=\"en-GB\""));
    assert!(export(&["--for", "memoq"]).contains("x-context-pre\">&lt;seg&gt;Dear friends,"));
    for plain in [["--for", "weblate"], ["--for", "toolkit"], ["--level", "1"]] {
        assert!(
            export(&plain).contains("<seg>Thank you.</seg>"),
            "{plain:?}"
        );
    }
    place
        .run(&["export", "-m", "m.sqlite", "--for", "memoq", "-o", "x.tmx"])
        .refused(&["--from"]);
}

#[test]
fn a_project_of_omegat_is_filled() {
    let place = Place::new();
    let tmx = file("memories/letters.tmx");
    place
        .run(&["import", "-m", "m.sqlite", tmx.to_str().unwrap()])
        .ok();
    place.write("letter.tmx", LETTER);
    place
        .run(&["import", "-m", "m.sqlite", "--penalty", "7", "letter.tmx"])
        .ok();
    let doubtful = LETTER.replace("Thank", "Thanks and thank").replace(
        "<prop type=\"prev\">",
        "<prop type=\"x-tarjuman-alignment-confidence\">60</prop><prop type=\"prev\">",
    );
    place.write("aligned.tmx", doubtful);
    place.run(&["import", "-m", "m.sqlite", "aligned.tmx"]).ok();
    let fill = ["export", "-m", "m.sqlite", "--omegat", "project"];
    std::fs::create_dir(place.path("project")).unwrap();
    place.run(&fill).refused(&["project", "omegat.project"]);
    place.write(
        "project/omegat.project",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><omegat><project version=\"1.0\"><tm_dir>__DEFAULT__</tm_dir>\
         <source_lang>en</source_lang><target_lang>ar</target_lang></project></omegat>",
    );
    let said = place.run(&fill).ok();
    assert_eq!(said.lines().count(), 3, "{said}");
    for own in ["auto", "penalty-07", "penalty-40"] {
        let text = place.read(&format!("project/tm/{own}/tarjuman.tmx"));
        assert!(
            text.contains("srclang=\"en\"") && text.contains("xml:lang=\"ar\""),
            "{own}"
        );
    }
    assert_eq!(
        place
            .read("project/tm/penalty-40/tarjuman.tmx")
            .matches("<tu>")
            .count(),
        2
    );
    assert!(!place.path("project/tm/enforce").exists());
    place.run(&fill).refused(&["tarjuman.tmx", "--overwrite"]);
    place
        .run(&[&fill[..], &["--overwrite", "--enforce"]].concat())
        .ok();
    assert!(place.path("project/tm/enforce/tarjuman.tmx").exists());
    let other = [&fill[..], &["--from", "en", "--to", "sq"]].concat();
    place.run(&other).refused(&["from en into ar"]);
}
