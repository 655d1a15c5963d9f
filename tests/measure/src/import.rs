//! `import`: how fast tarjuman takes a TMX file in, next to reading it with a bare XML reader and to bare rows in SQLite; the size
//! of what it made; and what one unit more costs.

use std::fs::File;
use std::hint::black_box;
use std::io::BufReader;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;
use rusqlite::Connection;
use tarjuman::app::transfer;
use tarjuman::memory::sqlite::{Access, SqliteMemory};
use tarjuman::memory::{Import, Memory};
use tarjuman::unit::{Header, TranslationUnit, Variant};

use crate::clock::{Times, Took, ms, timed};
use crate::room::{self, mb};
use crate::workload::Unit;
use crate::{Direction, Place, Result, workload};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    direction: Direction,
    /// How many times one unit is added
    #[arg(long, default_value_t = 50)]
    additions: usize,
}

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let folder = &arguments.place.folder;
    let file = folder.join("tm.tmx");
    // Beside the workload, so that all write to the same disk.
    let room = tempfile::Builder::new()
        .prefix("measure-")
        .tempdir_in(folder)?;
    let size = std::fs::metadata(&file)?.len();

    // First, so that the most main memory is its own.
    let memory = room.path().join("memory.sqlite");
    let files = [file.clone()];
    let (done, import) =
        timed(|| transfer::import_files(&memory, &files, 0, workload::AT, &mut |_, _| Ok(())));
    let added: u64 = done?.iter().map(|file| file.count.added).sum();
    let most = room::peak();

    let (texts, xml) = timed(|| strings(&file));
    let count = texts?.len() / 2;
    let (sources, rows) = {
        let units = workload::units(folder)?;
        let (done, rows) = timed(|| bare_rows(&room.path().join("rows.sqlite"), &units));
        done?;
        (
            units
                .iter()
                .map(|unit| unit.source.len() as u64)
                .sum::<u64>(),
            rows,
        )
    };

    println!(
        "{count} units, {} MB of TMX, {added} units added\n",
        mb(size)
    );
    println!("| step | units/s (wall) | units/s (processor) | MB/s (wall) |");
    println!("|---|---:|---:|---:|");
    row("bare quick-xml to strings", count, size, xml);
    row("bare SQLite: rows, WAL, one transaction", count, size, rows);
    row("tarjuman import, with the index", count, size, import);

    let index = room::index(&memory)?;
    println!(
        "\nIndex: {} MB, {:.2} of the source text ({} MB); the most main memory while importing: {} MB.\n",
        mb(index),
        index as f64 / sources.max(1) as f64,
        mb(sources),
        mb(most),
    );
    println!("| table or index | MB |\n|---|---:|");
    for (name, bytes) in room::tables(&memory)? {
        println!("| {name} | {:.1} |", bytes as f64 / 1e6);
    }

    let times = additions(&memory, arguments)?;
    println!(
        "\nOne unit more, with commit: median {:.2} ms, the slowest {:.2} ms of {} (wall).",
        times.percentile(50),
        times.percentile(100),
        arguments.additions
    );
    Ok(())
}

fn row(name: &str, units: usize, bytes: u64, took: Took) {
    let per_second = |what: f64, time: std::time::Duration| what / (ms(time) / 1e3).max(1e-9);
    println!(
        "| {name} | {:.0} | {:.0} | {:.0} |",
        per_second(units as f64, took.wall),
        per_second(units as f64, took.cpu),
        per_second(bytes as f64 / 1e6, took.wall),
    );
}

/// The texts of all segments, and nothing else of the file.
fn strings(file: &Path) -> Result<Vec<String>> {
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, File::open(file)?));
    let (mut texts, mut buffer, mut within) = (Vec::new(), Vec::new(), None::<String>);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(start) if start.name().as_ref() == "seg" => within = Some(String::new()),
            Event::End(end) if end.name().as_ref() == "seg" => texts.extend(within.take()),
            Event::Text(text) => {
                if let Some(within) = &mut within {
                    within.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(within) = &mut within {
                    within.push(letter(&reference.xml10_content()));
                }
            }
            Event::Eof => return Ok(black_box(texts)),
            _ => {}
        }
    }
}

fn letter(reference: &str) -> char {
    match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// Source and target as rows of one table without any index.
fn bare_rows(path: &Path, units: &[Unit]) -> Result<()> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.execute_batch(
        "CREATE TABLE unit (id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL)",
    )?;
    let transaction = connection.transaction()?;
    {
        let mut insert =
            transaction.prepare("INSERT INTO unit (source, target) VALUES (?1, ?2)")?;
        for unit in units {
            insert.execute((&unit.source, &unit.target))?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Adds units one by one, each in a transaction of its own, to a memory that stays open.
fn additions(path: &Path, arguments: &Arguments) -> Result<Times> {
    let mut memory = SqliteMemory::open(path, Access::Write)?;
    let (from, to) = arguments.direction.languages()?;
    let mut times = Vec::with_capacity(arguments.additions);
    for number in 0..arguments.additions {
        let mut unit = Some(TranslationUnit {
            variants: vec![
                Variant::plain(
                    from.clone(),
                    format!("A new sentence, the {number}th of them."),
                ),
                Variant::plain(to.clone(), format!("Its translation: {number}.")),
            ],
            ..TranslationUnit::default()
        });
        let import = Import {
            source: "an edit".to_owned(),
            header: Header::default(),
            at: workload::AT.to_owned(),
            penalty: 0,
            supersedes: None,
            units: Box::new(|| Ok(unit.take())),
        };
        let (done, took) = timed(|| memory.import(vec![import]));
        let added: u64 = done?.iter().map(|count| count.added).sum();
        if added != 1 {
            return Err("a unit was not added".into());
        }
        times.push(took.wall);
    }
    Ok(Times::new(times))
}
