//! Bad input is normal input: a clear error with file and place, status 2, the memory as before, nothing half written.

use std::process::Command;

use crate::support::{Place, letters_tmx, ran};

const GOOD: &str = "<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>Yes.</seg></tuv>\
                    <tuv xml:lang=\"sq\"><seg>Po.</seg></tuv></tu></body></tmx>";

/// A place with a memory `m.sqlite` that holds one unit.
fn place_with_memory() -> Place {
    let place = Place::new();
    place.write("good.tmx", GOOD);
    place.run(&["import", "-m", "m.sqlite", "good.tmx"]).ok();
    place
}

/// Everything a memory holds.
fn content(place: &Place) -> String {
    let out = place.run(&["export", "-m", "m.sqlite", "-o", "-"]).ok();
    let (header, body) = out.split_once("<body>").unwrap();
    assert!(header.contains("creationdate"));
    body.to_owned()
}

/// Files that no import may take, and what it says of them.
fn bad_tmx() -> Vec<(&'static str, Vec<u8>, Vec<&'static str>)> {
    let half = &GOOD.as_bytes()[..GOOD.len() - 30];
    let mut many = String::from("<tmx version=\"1.4\"><header/><body>\n");
    for number in 0..2000 {
        many.push_str(&format!(
            "<tu><tuv xml:lang=\"en\"><seg>unit {number}</seg></tuv></tu>\n"
        ));
    }
    vec![
        ("empty.tmx", Vec::new(), vec!["empty.tmx:1", "no XML"]),
        (
            "binary.tmx",
            vec![0x89, b'P', b'N', b'G', 0, 1, 2, 3],
            vec!["binary.tmx", "picture"],
        ),
        ("short.tmx", half.to_vec(), vec!["short.tmx:1", "cut short"]),
        (
            "long.tmx",
            many.clone().into_bytes(),
            vec!["long.tmx:2002", "cut short"],
        ),
        (
            "bytes.tmx",
            [many.as_bytes(), b"\xff</body></tmx>"].concat(),
            vec!["bytes.tmx:2002", "not UTF-8"],
        ),
        (
            "html.tmx",
            b"<html><body/></html>".to_vec(),
            vec!["html.tmx", "HTML"],
        ),
        (
            "text.tmx",
            "Përshëndetje!".into(),
            vec!["text.tmx:1", "not XML"],
        ),
        (
            "entity.tmx",
            GOOD.replace("Yes.", "&xxe;").into(),
            vec!["entity.tmx:1", "&xxe;"],
        ),
        (
            "control.tmx",
            GOOD.replace("Yes.", "\n\u{1}").into(),
            vec!["control.tmx:2", "U+0001"],
        ),
        (
            "naked.tmx",
            GOOD.replace("Yes.", "R & D").into(),
            vec!["naked.tmx:1"],
        ),
    ]
}

#[test]
fn no_bad_file_changes_a_memory() {
    let place = place_with_memory();
    let before = content(&place);
    let bytes = std::fs::read(place.path("m.sqlite")).unwrap();
    for (name, content_of_file, said) in bad_tmx() {
        place.write(name, content_of_file);
        place
            .run(&["import", "-m", "m.sqlite", name])
            .refused(&said);
        // Of two files neither goes in, whichever is bad.
        place
            .run(&["import", "-m", "m.sqlite", &letters_tmx(), name])
            .refused(&said);
        place.run(&["info", "-m", name]).refused(&said);
        assert_eq!(content(&place), before, "{name}");
    }
    assert!(
        std::fs::read(place.path("m.sqlite")).unwrap() == bytes,
        "not a byte may change"
    );
    assert!(
        place
            .names()
            .iter()
            .all(|name| !name.starts_with("m.sqlite-"))
    );
}

#[test]
fn no_bad_file_leaves_a_memory_behind() {
    let place = Place::new();
    for (name, content, said) in bad_tmx() {
        place.write(name, content);
        place
            .run(&["import", "-m", "new.sqlite", name])
            .refused(&said);
    }
    assert!(
        place.names().iter().all(|name| name.ends_with(".tmx")),
        "{:?}",
        place.names()
    );
}

#[test]
fn what_is_no_memory_is_left_alone() {
    let place = place_with_memory();
    place.write(
        "text.sqlite",
        "a letter, not a memory, but of some length, so that it could be a header of something",
    );
    place.write("empty.sqlite", "");
    std::fs::create_dir(place.path("folder")).unwrap();
    let sql = |name: &str, pragma: &str| {
        let connection = rusqlite::Connection::open(place.path(name)).unwrap();
        connection.execute_batch(pragma).unwrap();
    };
    sql(
        "other.sqlite",
        "CREATE TABLE t(x); PRAGMA application_id = 7;",
    );
    std::fs::copy(place.path("m.sqlite"), place.path("newer.sqlite")).unwrap();
    sql("newer.sqlite", "PRAGMA user_version = 99;");
    let mut damaged = std::fs::read(place.path("m.sqlite")).unwrap();
    let middle = damaged.len() / 2;
    damaged[200..middle].fill(0xA5);
    place.write("damaged.sqlite", damaged);
    for (name, said) in [
        ("text.sqlite", "no memory"),
        ("other.sqlite", "another program"),
        ("newer.sqlite", "newer tarjuman (format 99"),
        ("damaged.sqlite", "damaged.sqlite"),
        ("folder", "folder"),
        ("nowhere/m.sqlite", "nowhere"),
    ] {
        let before = std::fs::read(place.path(name)).ok();
        place
            .run(&["import", "-m", name, "good.tmx"])
            .refused(&[name, said]);
        assert!(
            std::fs::read(place.path(name)).ok() == before,
            "{name} was changed"
        );
        place.run(&["info", "-m", name]).refused(&[name]);
        place
            .run(&["match", "-m", name, "--from", "en", "--to", "sq", "x"])
            .refused(&[name]);
    }
    place
        .run(&["info", "-m", "empty.sqlite"])
        .refused(&["empty.sqlite", "empty"]);
    place
        .run(&["info", "-m", "missing.sqlite"])
        .refused(&["missing.sqlite", "hint: "]);
    place
        .run(&["import", "-m", "good.tmx", "good.tmx"])
        .refused(&["good.tmx"]);
    assert_eq!(place.read("good.tmx"), GOOD);
}

#[test]
fn letters_that_are_none_are_refused_by_name_and_line() {
    let place = Place::new();
    let tmx = letters_tmx();
    place.write("empty.en.txt", "");
    place.write("blank.en.txt", " \n\u{a0}\n");
    place.write("zeros.en.txt", b"Dear friend\0\0\0\x01");
    place.write("image.en.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    for (name, said) in [
        ("empty.en.txt", vec!["empty.en.txt", "no text"]),
        ("blank.en.txt", vec!["blank.en.txt", "no text"]),
        ("image.en.txt", vec!["image.en.txt", "a picture"]),
        ("zeros.en.txt", vec!["zeros.en.txt", "no text"]),
        ("missing.en.txt", vec!["missing.en.txt", "No such file"]),
    ] {
        place.run(&["segment", name]).refused(&said);
        place.run(&["analyze", "-m", &tmx, name]).refused(&said);
        place
            .run(&[
                "pretranslate",
                "-m",
                &tmx,
                "--to",
                "sq",
                name,
                "--out-dir",
                "out",
            ])
            .refused(&said);
        place.run(&["align", name, name]).refused(&said);
        assert!(!place.path("out").exists(), "{name}");
    }
    place
        .run_with(&["segment", "-"], b"123")
        .refused(&["language"]);
}

#[test]
fn old_encodings_are_guessed_and_said_or_given() {
    let place = Place::new();
    let letter = "السادة الكرام، نشكركم على رسالتكم.\nمع التحية والتقدير\n";
    let bytes = encoding_rs::WINDOWS_1256.encode(letter).0;
    place.write("old.ar.txt", &bytes);
    let guessed = place.run(&["segment", "old.ar.txt"]);
    assert_eq!(guessed.out, letter);
    assert!(
        guessed.err.contains("old.ar.txt:1")
            && guessed.err.contains("windows-1256, which is a guess")
    );
    let given = place.run(&["segment", "--encoding", "windows-1256", "old.ar.txt"]);
    assert_eq!((given.out.as_str(), given.err.as_str()), (letter, ""));
    place
        .run(&["segment", "--encoding", "klingon", "old.ar.txt"])
        .refused(&["klingon"]);
    // What comes back is in the encoding that it came in, unless that has no place for it.
    let tmx = letters_tmx();
    place.write(
        "old.sq.txt",
        encoding_rs::WINDOWS_1252
            .encode("Me respekt,\nÇdo të mirë për të gjithë ju\n")
            .0,
    );
    let fill = place.run(&[
        "pretranslate",
        "-m",
        &tmx,
        "--to",
        "en,fa",
        "old.sq.txt",
        "--out-dir",
        "out",
    ]);
    assert!(
        std::fs::read(place.path("out/old.en.txt"))
            .unwrap()
            .contains(&0xEB)
    );
    assert!(place.read("out/old.fa.txt").contains("[[new: Çdo"));
    assert!(
        fill.err.contains("old.fa.txt: written in UTF-8"),
        "{}",
        fill.err
    );
}

#[test]
fn languages_that_do_not_fit_are_refused() {
    let place = place_with_memory();
    let look = |from: &str, to: &str| {
        place.run(&["match", "-m", "m.sqlite", "--from", from, "--to", to, "x"])
    };
    look("en", "fa").refused(&["no Persian (fa)", "it has en, sq"]);
    look("de", "sq").refused(&["no de", "it has en, sq"]);
    look("en", "en").refused(&["same language"]);
    let export = [
        "export", "-m", "m.sqlite", "--from", "en", "--to", "sq,en-GB", "-o", "out.tmx",
    ];
    place.run(&export).refused(&["en-GB"]);
    look("english", "sq").refused(&["“english”", "did you mean en?"]);
    look("en", "xx").refused(&["“xx”"]);
    place
        .run(&[
            "export", "-m", "m.sqlite", "--from", "en", "--to", "ar", "-o", "out.tmx",
        ])
        .refused(&["Arabic"]);
    place.write("x.en.txt", "Yes.");
    place
        .run(&[
            "pretranslate",
            "-m",
            "m.sqlite",
            "--to",
            "fa",
            "x.en.txt",
            "--out-dir",
            "out",
        ])
        .refused(&["Persian"]);
    place
        .run(&["align", "x.en.txt", "x.en.txt"])
        .refused(&["English"]);
    place
        .run(&["align", "--langs", "en,fa,ar", "x.en.txt", "x.en.txt"])
        .refused(&["3 languages", "2 files"]);
    assert!(!place.path("out").exists() && !place.path("out.tmx").exists());
}

#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let place = place_with_memory();
    let before = content(&place);
    let program = env!("CARGO_BIN_EXE_tarjuman");
    // A limit on the size of files stands in for a full disk: beyond it every write fails.
    let limited = |blocks: u32, command: &str| {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{program}' {command}");
        ran(Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.path(""))
            .output()
            .unwrap())
    };
    let tmx = letters_tmx();
    limited(200, &format!("import -m m.sqlite '{tmx}'")).refused(&["m.sqlite"]);
    assert_eq!(content(&place), before);
    limited(100, &format!("import -m fresh.sqlite '{tmx}'")).refused(&["fresh.sqlite"]);
    // Of two files that can be read neither goes in if the second cannot be written.
    place.write("first.tmx", GOOD.replace("Yes.", "First."));
    limited(200, &format!("import -m m.sqlite first.tmx '{tmx}'")).refused(&["m.sqlite"]);
    assert_eq!(content(&place), before);
    std::fs::remove_file(place.path("first.tmx")).unwrap();
    place.write("old.tmx", "old");
    limited(16, &format!("export -m '{tmx}' -o old.tmx --overwrite")).refused(&["old.tmx"]);
    assert_eq!(place.read("old.tmx"), "old");
    assert_eq!(place.names(), ["good.tmx", "m.sqlite", "old.tmx"]);
    if std::path::Path::new("/dev/full").exists() {
        let script = format!("exec '{program}' info -m m.sqlite > /dev/full");
        let full = ran(Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.path(""))
            .output()
            .unwrap());
        full.refused(&["standard output"]);
        // What cannot be shown is not stored either.
        place.write("x.en.txt", "Yes.\n");
        place.write("x.sq.txt", "Po.\n");
        let script = format!(
            "exec '{program}' align x.en.txt x.sq.txt -m shown.sqlite --store --safe 0 > /dev/full"
        );
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(place.path(""))
            .output();
        ran(output.unwrap()).refused(&["standard output"]);
        assert!(!place.path("shown.sqlite").exists());
        place
            .run(&["export", "-m", "m.sqlite", "-o", "/dev/full"])
            .refused(&["/dev/full"]);
    }
}

#[test]
fn nothing_is_written_over_unasked() {
    let place = place_with_memory();
    let before = content(&place);
    place.write("x.en.txt", "Yes.\n");
    place.write("x.sq.txt", "Po.\n");
    place.write("kept.tmx", "kept");
    let export = |to: &str, more: &[&str]| {
        place.run(&[&["export", "-m", "m.sqlite", "-o", to], more].concat())
    };
    export("kept.tmx", &[]).refused(&["kept.tmx", "not written over", "--overwrite"]);
    export("m.sqlite", &["--overwrite"]).refused(&["m.sqlite", "reads this file"]);
    let align = |more: &[&str]| place.run(&[&["align", "x.en.txt", "x.sq.txt"], more].concat());
    align(&["-o", "kept.tmx"]).refused(&["kept.tmx"]);
    align(&["-o", "x.en.txt", "--overwrite"]).refused(&["x.en.txt"]);
    align(&["-o", "m.sqlite", "-m", "m.sqlite", "--store", "--overwrite"]).refused(&["m.sqlite"]);
    align(&[
        "-o",
        "./new.sqlite",
        "-m",
        "new.sqlite",
        "--store",
        "--overwrite",
    ])
    .refused(&["new.sqlite"]);
    align(&["-o", "-"]).refused(&["a file is wanted"]);
    align(&["-o", "nowhere/x.beads"]).refused(&["no folder nowhere"]);
    assert!(!place.path("new.sqlite").exists());
    // A memory may have the very name that a result would get.
    std::fs::copy(place.path("m.sqlite"), place.path("y.sq.txt")).unwrap();
    place.write("y.en.txt", "Yes.\n");
    let fill = [
        "pretranslate",
        "-m",
        "y.sq.txt",
        "--to",
        "sq",
        "y.en.txt",
        "--out-dir",
        ".",
        "--overwrite",
    ];
    place.run(&fill).refused(&["y.sq.txt", "reads this file"]);
    place.run(&["info", "-m", "y.sq.txt"]).ok();
    // What cannot be stored leaves no file of beads either.
    assert_eq!(
        align(&["-o", "new.beads", "-m", "kept.tmx", "--store"]).status,
        2
    );
    assert!(!place.path("new.beads").exists());
    std::fs::create_dir_all(place.path("out/x.sq.report.html")).unwrap();
    let fill = [
        "pretranslate",
        "-m",
        "m.sqlite",
        "--to",
        "sq",
        "x.en.txt",
        "--out-dir",
        "out",
    ];
    place.run(&fill).refused(&["x.sq.report.html", "folder"]);
    std::fs::remove_dir(place.path("out/x.sq.report.html")).unwrap();
    assert_eq!(std::fs::read_dir(place.path("out")).unwrap().count(), 0);
    place.run(&fill).ok();
    place.write("out/x.sq.txt", "my own words");
    place.run(&fill).refused(&["x.sq.txt", "--overwrite"]);
    assert_eq!(place.read("out/x.sq.txt"), "my own words");
    place.run(&[&fill[..], &["--overwrite"]].concat()).ok();
    assert_eq!(place.read("out/x.sq.txt"), "Po.\n");
    export("kept.tmx", &["--overwrite"]).ok();
    assert_eq!(content(&place), before);
}

#[test]
fn a_folder_that_may_not_be_written_to_is_named() {
    // Not even root can make files here.
    let folder = "/proc";
    if !std::path::Path::new(folder).exists() {
        return;
    }
    let place = place_with_memory();
    place.write("x.en.txt", "Yes.");
    place
        .run(&["import", "-m", "/proc/m.sqlite", "good.tmx"])
        .refused(&["/proc/m.sqlite"]);
    place
        .run(&["export", "-m", "m.sqlite", "-o", "/proc/x.tmx"])
        .refused(&["/proc/x.tmx"]);
    place
        .run(&[
            "pretranslate",
            "-m",
            "m.sqlite",
            "--to",
            "sq",
            "x.en.txt",
            "--out-dir",
            "/proc/out",
        ])
        .refused(&["/proc/out"]);
}

#[test]
fn a_memory_in_a_folder_that_may_not_be_written_to_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let place = place_with_memory();
    let mode = |name: &str, mode: u32| {
        std::fs::set_permissions(place.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    std::fs::create_dir(place.path("shut")).unwrap();
    std::fs::rename(place.path("m.sqlite"), place.path("shut/m #1?.sqlite")).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_tarjuman"), place.path("shut/program")).unwrap();
    mode("shut/m #1?.sqlite", 0o644);
    mode("shut/program", 0o755);
    mode("shut", 0o555);
    mode("", 0o755);
    // Root may write anywhere, so that it has to become somebody else to see what others see.
    let id = Command::new("id").arg("-u").output().unwrap();
    let mut command = if id.stdout == b"0\n" {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--clear-groups", "./program"]);
        command
    } else {
        Command::new("./program")
    };
    let command = command.current_dir(place.path("shut"));
    let out = command.args(["info", "-m", "m #1?.sqlite"]).output();
    // So that the folder can be taken away at the end.
    mode("shut", 0o755);
    match out {
        Ok(out) => assert!(ran(out).ok().contains("1 units")),
        Err(error) => assert_eq!(
            error.kind(),
            std::io::ErrorKind::NotFound,
            "only setpriv may be missing: {error}"
        ),
    }
}

#[test]
fn two_who_make_the_same_memory_do_not_take_it_from_each_other() {
    let place = Place::new();
    for _ in 0..3 {
        let children: Vec<_> = (0..3)
            .map(|_| {
                place
                    .command(&["import", "-m", "m.sqlite", &letters_tmx()])
                    .spawn()
                    .unwrap()
            })
            .collect();
        let statuses: Vec<i32> = children
            .into_iter()
            .map(|child| ran(child.wait_with_output().unwrap()).status)
            .collect();
        assert!(statuses.contains(&0), "{statuses:?}");
        assert!(
            place
                .run(&["info", "-m", "m.sqlite"])
                .ok()
                .contains("487 units"),
            "{statuses:?}"
        );
        assert_eq!(place.names(), ["m.sqlite"]);
        std::fs::remove_file(place.path("m.sqlite")).unwrap();
    }
}

/// A memory large enough that making it takes a while is interrupted on the way.
#[test]
fn an_interrupted_command_leaves_nothing_behind() {
    let place = Place::new();
    let unit = |number: usize| {
        format!(
            "<tu><tuv xml:lang='en'><seg>unit {number}</seg></tuv><tuv xml:lang='sq'><seg>njësia {number}</seg></tuv></tu>\n"
        )
    };
    let units: String = (0..60_000).map(unit).collect();
    place.write(
        "big.tmx",
        format!("<tmx><header/><body>{units}</body></tmx>"),
    );
    let mut child = place
        .command(&["import", "-m", "m.sqlite", "big.tmx"])
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(150));
    let ended_before = child.try_wait().unwrap().is_some();
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    let ran = ran(child.wait_with_output().unwrap());
    if !ended_before && kill.success() {
        assert_eq!(ran.status, 130, "{ran:?}");
        assert!(ran.err.contains("interrupted"), "{ran:?}");
        assert_eq!(place.names(), ["big.tmx"]);
    }
    // The next one is not hindered.
    place.run(&["import", "-m", "m.sqlite", "big.tmx"]).ok();
}

#[test]
fn the_command_line_is_checked() {
    let place = Place::new();
    for arguments in [
        &["match"][..],
        &["translate"],
        &[
            "match", "-m", "x", "--from", "en", "--to", "fa", "--min", "0", "x",
        ],
        &[
            "match", "-m", "x", "--from", "en", "--to", "fa", "--min", "101", "x",
        ],
        &["export", "-m", "x", "--from", "en", "-o", "x"],
        &["align", "one.txt"],
        &["align", "a", "b", "--store"],
        &["segment", "--format", "xml", "x"],
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("error: "), "{ran:?}");
    }
}
