//! The storage verbs on SQLite: one writer thread, reader connections beside it, write-ahead log, `synchronous = FULL`.

mod connection;
mod instances;
mod log;
mod rows;
mod verbs;
mod writer;

use std::path::Path;

use storage::StoreError;

use crate::{connection::Readers, writer::Writer};

/// A store in one SQLite file.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
}

impl SqliteStore {
    /// Opens the file, creating it if `create` says so, checks it and brings its tables up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] with the file and what is wrong: missing, locked, damaged, not a database, or written by a later
    /// version of this program.
    pub fn open(file: &Path, create: bool) -> Result<Self, StoreError> {
        let mut connection = connection::open(file, create)?;
        connection::check(file, &connection)?;
        connection::migrate(file, &mut connection)?;
        Ok(Self { writer: Writer::start(connection), readers: Readers::new(file) })
    }
}
