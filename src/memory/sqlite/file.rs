//! The memory's file: whether it is one of ours, of which version, how it is opened and brought up to date, and what SQLite says
//! when something is wrong with it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, ErrorKind, Result};

/// "tjmn": what SQLite's `application_id` says of a memory of this program.
pub(super) const APPLICATION_ID: i64 = 0x746A_6D6E;

/// The migrations, in order; the number of a version is the number of migrations that lead to it.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("../sql/0001_units.sql"),
    include_str!("../sql/0002_index.sql"),
    include_str!("../sql/0003_lexicon.sql"),
];

/// A path that SQLite takes for a file whatever it is called: `:memory:` and `file:x` mean something else to it.
pub(super) fn as_file_name(path: &Path) -> PathBuf {
    if path.is_relative() {
        Path::new(".").join(path)
    } else {
        path.to_path_buf()
    }
}

/// Opens a file that is not to be changed.
///
/// It is opened for writing where that is allowed, and then told not to write: only so does the last one who closes it take
/// the write-ahead log away. Where not even the log's files may be made and no log is there, the memory is at rest and can be
/// read as it stands.
pub(super) fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    let readable = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let connection = match readable {
        Err(error)
            if matches!(
                error.sqlite_error_code(),
                Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
            ) && !Path::new(&log).exists() =>
        {
            let name = path.to_string_lossy();
            let name = name
                .replace('%', "%25")
                .replace('?', "%3f")
                .replace('#', "%23");
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_NO_MUTEX
                | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?
        }
        _ => connection,
    };
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// The version of an open file: 0 for a new one.
pub(super) fn version_of(connection: &Connection) -> Result<usize> {
    let number = |name: &str| {
        connection
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0))
            .map_err(|error| said(&error))
    };
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| said(&error))?;
    if application == 0 && version == 0 && tables == 0 {
        return Ok(0);
    }
    if application != APPLICATION_ID {
        return Err(not_ours("this is an SQLite file of another program"));
    }
    let version = usize::try_from(version).unwrap_or(usize::MAX);
    if version > MIGRATIONS.len() {
        return Err(Error::new(
            ErrorKind::Memory,
            format!(
                "this memory was written by a newer tarjuman (format {version}; this one knows format {})",
                MIGRATIONS.len()
            ),
        )
        .hint("use the newer program, or export the memory as TMX with it"));
    }
    Ok(version)
}

pub(super) fn migrate(connection: &mut Connection, version: usize) -> Result<()> {
    let run = |connection: &mut Connection, number: usize, migration: &str| {
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have done it while this one waited.
        let now: usize = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if now >= number {
            return transaction.rollback();
        }
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()
    };
    for (index, migration) in MIGRATIONS.iter().enumerate().skip(version) {
        run(connection, index + 1, migration).map_err(|error| said(&error))?;
    }
    Ok(())
}

pub(super) fn not_ours(message: &str) -> Error {
    Error::new(ErrorKind::Memory, message).hint(
        "a memory is a file that an import has made; a .tmx file can be looked at in its place",
    )
}

/// What SQLite said, in words for the user.
pub(super) fn said(error: &rusqlite::Error) -> Error {
    let message = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => return not_ours("this file is no memory"),
        Some(ErrorCode::DiskFull) => "there is no space left for the memory".to_owned(),
        Some(ErrorCode::ReadOnly) => "the memory may not be written to".to_owned(),
        Some(ErrorCode::CannotOpen) => {
            "the memory cannot be opened: no such folder, or no permission".to_owned()
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another process is writing to the memory; try again when it has ended".to_owned()
        }
        Some(ErrorCode::DatabaseCorrupt) => format!("the memory is damaged: {error}"),
        Some(ErrorCode::SystemIoFailure) => {
            format!("the memory cannot be read or written: {error}")
        }
        _ => format!("the memory cannot be used: {error}"),
    };
    Error::new(ErrorKind::Memory, message)
}
