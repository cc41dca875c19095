//! Opening connections: the one place where every pragma is set.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use storage::StoreError;

mod embedded {
    refinery::embed_migrations!("migrations");
}

pub(crate) fn open(file: &Path, create: bool) -> Result<Connection, StoreError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = Connection::open_with_flags(file, flags).map_err(|error| refuse(file, error))?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(|error| refuse(file, error))?;
    if !create {
        require_tables(file, &connection)?;
    }
    for (pragma, value) in [("journal_mode", "wal"), ("synchronous", "full"), ("foreign_keys", "on")] {
        connection.pragma_update(None, pragma, value).map_err(|error| refuse(file, error))?;
    }
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Keeps a file that was emptied, or is another program's, from being taken for a new store. Before any pragma, which may
/// write.
fn require_tables(file: &Path, connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history')";
    match connection.query_row(sql, [], |row| row.get(0)) {
        Ok(true) => Ok(()),
        Ok(false) => Err(refuse(file, "the file holds no tables of this program; restore it from a copy")),
        Err(error) => Err(refuse(file, error)),
    }
}

/// Looks for damage before anything is written.
pub(crate) fn check(file: &Path, connection: &Connection) -> Result<(), StoreError> {
    let verdict: String =
        connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|error| refuse(file, error))?;
    if verdict == "ok" { Ok(()) } else { Err(refuse(file, format!("the database is damaged ({verdict})"))) }
}

pub(crate) fn migrate(file: &Path, connection: &mut Connection) -> Result<(), StoreError> {
    embedded::migrations::runner().run(connection).map(|_| ()).map_err(|error| refuse(file, error))
}

fn refuse(file: &Path, reason: impl std::fmt::Display) -> StoreError {
    // Some of SQLite's reasons have several lines.
    let reason = reason.to_string().lines().collect::<Vec<_>>().join(" ");
    StoreError::Open { place: file.display().to_string(), reason }
}

/// Connections for reading, kept for the next reader.
pub(crate) struct Readers {
    file: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(crate) fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), idle: Mutex::default() }
    }

    pub(crate) fn with<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open(&self.file, false)?,
        };
        let result = read(&connection);
        self.idle.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(connection);
        result
    }
}
