//! `cold`: the program as its user starts it, from the first page of the program to its end: a look-up in a large memory next to
//! `info` on a memory of one unit, and next to a program that does nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tarjuman::app::transfer;

use crate::clock::{Times, timed};
use crate::{Direction, Place, Result, room, workload};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    direction: Direction,
    /// The program tarjuman, built with --release
    #[arg(long)]
    program: PathBuf,
    /// How many times each is run
    #[arg(long, default_value_t = 30)]
    runs: usize,
}

/// What measures a process and has nothing else to say: GNU time.
const GNU_TIME: &str = "/usr/bin/time";

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.place.folder;
    workload::make_memory(folder)?;
    let large = workload::memory(folder);
    let room = tempfile::tempdir()?;
    let small = room.path().join("small.sqlite");
    let file = room.path().join("small.tmx");
    std::fs::write(&file, one_unit(&arguments.direction))?;
    transfer::import_files(
        &small,
        &[file],
        &transfer::ImportAs::default(),
        workload::AT,
        &mut |_, _| Ok(()),
    )?;

    let queries = workload::queries(folder, arguments.runs)?;
    let program = arguments.program.as_os_str();
    let look_up = |memory: &Path, query: &str| {
        let mut line = vec![
            program.to_owned(),
            "match".into(),
            "-m".into(),
            memory.into(),
        ];
        line.extend(["--from", &arguments.direction.from].map(Into::into));
        line.extend(["--to", &arguments.direction.to].map(Into::into));
        // After this, a query that begins with a hyphen is no option.
        line.extend(["--", query].map(Into::into));
        line
    };
    let info = vec![
        program.to_owned(),
        "info".into(),
        "-m".into(),
        small.clone().into(),
    ];
    let nothing = vec!["/bin/true".into()];

    println!(
        "Whole processes, {} runs each, a query a run\n",
        arguments.runs
    );
    println!("| process | median ms | slowest ms | × `info` | main memory MB |");
    println!("|---|---:|---:|---:|---:|");
    let mut rows: Vec<(&str, Vec<Vec<std::ffi::OsString>>)> = vec![
        ("`true`", vec![nothing]),
        ("`tarjuman info`, one unit", vec![info]),
    ];
    let all = |memory: &Path| queries.iter().map(|query| look_up(memory, query)).collect();
    rows.push(("`tarjuman match`, one unit", all(&small)));
    rows.push(("`tarjuman match`, the workload", all(&large)));
    // In turns, so that a busy moment meets all of them.
    let mut times = vec![Vec::new(); rows.len()];
    for turn in 0..=arguments.runs {
        for ((_, lines), times) in rows.iter().zip(&mut times) {
            let line = lines.get(turn % lines.len()).ok_or("no queries")?;
            let (done, took) = timed(|| start(line));
            done?;
            // The first turn warms up.
            if turn > 0 {
                times.push(took.wall);
            }
        }
    }
    let times: Vec<Times> = times.into_iter().map(Times::new).collect();
    let base = times.get(1).map_or(1.0, |times| times.percentile(50));
    for ((name, lines), times) in rows.iter().zip(&times) {
        let memory = lines.iter().take(5).filter_map(|line| most_memory(line));
        println!(
            "| {name} | {:.2} | {:.2} | {:.2} | {} |",
            times.percentile(50),
            times.percentile(100),
            times.percentile(50) / base,
            memory.max().map_or("–".into(), room::mb),
        );
    }
    Ok(())
}

/// Runs a command line to its end. Status 1 says that nothing was found, which is an answer.
fn start(line: &[std::ffi::OsString]) -> Result<()> {
    let (program, arguments) = line.split_first().ok_or("an empty command line")?;
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    match status.code() {
        Some(0 | 1) => Ok(()),
        _ => Err(format!("{}: {status}", program.to_string_lossy()).into()),
    }
}

/// The most main memory that a command line ever had, in bytes, if GNU time is there to say it.
fn most_memory(line: &[std::ffi::OsString]) -> Option<u64> {
    let output = Command::new(GNU_TIME)
        .args(["-q", "-f", "%M", "--"])
        .args(line)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output()
        .ok()?;
    let said = String::from_utf8(output.stderr).ok()?;
    Some(said.lines().last()?.trim().parse::<u64>().ok()? * 1024)
}

fn one_unit(direction: &Direction) -> String {
    let Direction { from, to } = direction;
    format!(
        "<tmx version=\"1.4\"><header creationtool=\"measure\" creationtoolversion=\"0\" segtype=\"sentence\" o-tmf=\"none\" \
         adminlang=\"en\" srclang=\"{from}\" datatype=\"plaintext\"/><body><tu><tuv xml:lang=\"{from}\"><seg>one</seg></tuv>\
         <tuv xml:lang=\"{to}\"><seg>one</seg></tuv></tu></body></tmx>"
    )
}
