//! How much main memory this process has, and how much disk a folder or a table takes.

use std::path::Path;

use rusqlite::Connection;

use crate::Result;

/// What this process has in main memory now, in bytes; with file pages that it maps. 0 where the system does not say.
pub(crate) fn resident() -> u64 {
    status("VmRSS:")
}

/// The most that this process ever had in main memory, in bytes.
pub(crate) fn peak() -> u64 {
    status("VmHWM:")
}

fn status(name: &str) -> u64 {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return 0;
    };
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

/// All files of a folder together, in bytes.
pub(crate) fn folder(path: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(path)? {
        let about = entry?.metadata()?;
        if about.is_file() {
            sum += about.len();
        }
    }
    Ok(sum)
}

/// The tables and indexes of an SQLite file with the pages they take, in bytes, the largest first.
pub(crate) fn tables(path: &Path) -> Result<Vec<(String, u64)>> {
    let connection = Connection::open(path)?;
    let mut statement =
        connection.prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The tables that hold what a memory was told; everything else in it is there for finding.
const CONTENT: &[&str] = &["import", "language", "unit", "variant"];

/// The part of a memory that is there for finding, in bytes.
pub(crate) fn index(path: &Path) -> Result<u64> {
    let tables = tables(path)?.into_iter();
    let index = tables
        .filter(|(name, _)| !CONTENT.contains(&name.as_str()) && !name.starts_with("sqlite_"));
    Ok(index.map(|(_, bytes)| bytes).sum())
}

/// Megabytes, as people say them.
pub(crate) fn mb(bytes: u64) -> String {
    match bytes as f64 / 1e6 {
        few if few < 10.0 => format!("{few:.1}"),
        many => format!("{many:.0}"),
    }
}
