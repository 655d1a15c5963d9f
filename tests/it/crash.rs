//! A process that is killed while it writes leaves the memory as it was before, or as it is afterwards.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::Place;
use tarjuman::memory::Memory;
use tarjuman::memory::sqlite::{Access, SqliteMemory};

/// How often an import is killed, and how often a small addition. `TARJUMAN_KILLS=200` does it more often.
fn kills() -> u64 {
    let told = std::env::var("TARJUMAN_KILLS").ok();
    told.and_then(|told| told.parse().ok()).unwrap_or(12)
}

fn units(place: &Place, name: &str, from: usize, count: usize) {
    let unit = |number: usize| {
        format!(
            "<tu><tuv xml:lang=\"en\"><seg>Chair {number} stands in room {} of the old mill.</seg></tuv>\
             <tuv xml:lang=\"fa\"><seg>صندلی {number} در اتاق {} آسیاب کهنه است.</seg></tuv></tu>",
            number % 97,
            number % 89
        )
    };
    let body: String = (from..from + count).map(unit).collect();
    place.write(
        name,
        format!(
            "<tmx version=\"1.4\"><header srclang=\"en\" segtype=\"sentence\" adminlang=\"en\" datatype=\"plaintext\" \
             creationtool=\"t\" creationtoolversion=\"1\" o-tmf=\"t\"/><body>{body}</body></tmx>"
        ),
    );
}

/// Imports a file again and again into a copy of a memory, killed at another moment each time.
fn kill_often(place: &Place, file: &str, before: u64, after: u64) {
    let import = |memory: &str| {
        let mut command = place.command(&["import", "-m", memory, file]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    std::fs::copy(place.path("base.sqlite"), place.path("whole.sqlite")).unwrap();
    let begun = Instant::now();
    assert!(import("whole.sqlite").status().unwrap().success());
    let whole = begun.elapsed();
    let rounds = kills();
    let (mut untouched, mut done) = (0, 0);
    for round in 0..rounds {
        std::fs::copy(place.path("base.sqlite"), place.path("m.sqlite")).unwrap();
        let mut process = import("m.sqlite").spawn().unwrap();
        // A little beyond the end, so that the very last moments are among them.
        std::thread::sleep(whole.mul_f64(1.1 * (round as f64 + 0.5) / rounds as f64));
        let _ = process.kill();
        let _ = process.wait();
        let memory = SqliteMemory::open(&place.path("m.sqlite"), Access::Read).unwrap();
        let count = memory.unit_count().unwrap();
        untouched += u64::from(count == before);
        done += u64::from(count == after);
        assert_eq!(untouched + done, round + 1, "{count} units");
        let verified = memory.verify(&mut |_, _| Ok(())).unwrap();
        assert!(verified.is_whole(), "{:?}", verified.problems);
        drop(memory);
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(place.path(&format!("m.sqlite{ending}")));
        }
    }
    assert!(untouched > 0, "no process was killed in time ({whole:?})");
}

#[test]
fn a_killed_process_leaves_the_memory_whole() {
    let place = Place::new();
    units(&place, "base.tmx", 0, 300);
    units(&place, "more.tmx", 300, 3_000);
    units(&place, "one.tmx", 300, 1);
    place.run(&["import", "-m", "base.sqlite", "base.tmx"]).ok();
    kill_often(&place, "more.tmx", 300, 3_300);
    kill_often(&place, "one.tmx", 300, 301);
    // What was killed can be done again.
    std::fs::copy(place.path("base.sqlite"), place.path("m.sqlite")).unwrap();
    let mut process = place
        .command(&["import", "-m", "m.sqlite", "more.tmx"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(20));
    let _ = process.kill();
    let _ = process.wait();
    let again = place.run(&["import", "-m", "m.sqlite", "more.tmx"]);
    assert!(again.status <= 1, "{again:?}");
    place.run(&["info", "-m", "m.sqlite", "--verify"]).ok();
}
