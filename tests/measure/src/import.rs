//! `import`: how fast tarjuman takes a TMX file in and writes it out again, next to reading it with a bare XML reader and to bare rows in
//! SQLite; the size of what it made; and what one unit more costs.

use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::hint::black_box;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Duration;

use quick_xml::Reader;
use quick_xml::events::Event;
use rusqlite::Connection;
use tarjuman::app::export::Export;
use tarjuman::app::{self, transfer};
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
    let (done, import) = timed(|| {
        transfer::import_files(
            &memory,
            &files,
            &transfer::ImportAs::default(),
            workload::AT,
            &mut |_, _| Ok(()),
        )
    });
    let added: u64 = done?.iter().map(|file| file.count.added).sum();
    let most = room::peak();
    let (done, export) = timed(|| export(&memory, &room.path().join("out.tmx"), arguments));
    let (exported, written) = done?;
    let most_of_both = room::peak();

    let (texts, xml) = timed(|| strings(&file));
    let count = texts?.len() / 2;
    let (sources, rows, own_rows) = {
        let units = workload::units(folder)?;
        let (done, rows) = timed(|| bare_rows(&room.path().join("rows.sqlite"), &units));
        done?;
        let (done, own_rows) = timed(|| same_rows(&room.path().join("same.sqlite"), &units));
        done?;
        (
            units
                .iter()
                .map(|unit| unit.source.len() as u64)
                .sum::<u64>(),
            rows,
            own_rows,
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
    row(
        "bare SQLite: the rows and the index that a memory needs",
        count,
        size,
        own_rows,
    );
    row(
        "tarjuman import, with the index of its segments",
        count,
        size,
        import,
    );
    row("tarjuman export", exported, written, export);
    let times = |sum: Duration| ms(import.wall) / ms(sum).max(1e-9);
    println!(
        "\nImport takes {:.1} times the sum of XML and rows, {:.1} times that of XML and the rows that a memory needs.",
        times(xml.wall + rows.wall),
        times(xml.wall + own_rows.wall),
    );

    let index = room::index(&memory)?;
    println!(
        "\nIndex: {} MB, {:.2} of the source text ({} MB); the most main memory while importing: {} MB, and then exporting: {} MB.\n",
        mb(index),
        index as f64 / sources.max(1) as f64,
        mb(sources),
        mb(most),
        mb(most_of_both),
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

/// What a memory keeps of each unit, without keys: a row with a hash that is looked up before it is written, and a row for each variant.
fn same_rows(path: &Path, units: &[Unit]) -> Result<()> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.execute_batch(
        "CREATE TABLE unit (id INTEGER PRIMARY KEY, core INTEGER NOT NULL);
         CREATE INDEX unit_core ON unit(core);
         CREATE TABLE variant (id INTEGER PRIMARY KEY, language_id INTEGER NOT NULL, text TEXT NOT NULL)",
    )?;
    let transaction = connection.transaction()?;
    {
        let mut known = transaction.prepare("SELECT id FROM unit WHERE core = ?1")?;
        let mut unit_row = transaction.prepare("INSERT INTO unit (core) VALUES (?1)")?;
        let mut variant = transaction
            .prepare("INSERT INTO variant (id, language_id, text) VALUES (?1, ?2, ?3)")?;
        for unit in units {
            let mut hasher = DefaultHasher::new();
            (&unit.source, &unit.target).hash(&mut hasher);
            let core = hasher.finish().cast_signed();
            if known.exists([core])? {
                continue;
            }
            unit_row.execute([core])?;
            let id = transaction.last_insert_rowid() << 16;
            variant.execute((id, 1, &unit.source))?;
            variant.execute((id + 1, 2, &unit.target))?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Writes the memory as TMX. Returns how many units there were, and how many bytes.
fn export(memory: &Path, path: &Path, arguments: &Arguments) -> Result<(usize, u64)> {
    let (from, to) = arguments.direction.languages()?;
    let wanted = Export {
        languages: Some((from, vec![to])),
        at: workload::AT.to_owned(),
        ..Export::default()
    };
    let memory = SqliteMemory::open(memory, Access::Read)?;
    let mut out = BufWriter::new(File::create(path)?);
    let count = app::export::export(&memory, &wanted, &mut out, &mut |_, _| Ok(()))?;
    out.flush()?;
    Ok((count.units as usize, std::fs::metadata(path)?.len()))
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
