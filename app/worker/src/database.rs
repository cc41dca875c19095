//! What is asked of SQLite. Each change is one transaction.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use worker_protocol::Fault;

use crate::fault::sqlite;

/// The open database.
pub(crate) struct Database(Connection);

/// The attempt as it is stored, without its package and lines.
pub(crate) struct Attempt {
    /// Its pseudonym.
    pub(crate) id: String,
    /// Lines stored.
    pub(crate) count: u64,
    /// Lines the server holds.
    pub(crate) acknowledged: u64,
    /// What opens the package, encrypted.
    pub(crate) identity: Option<Vec<u8>>,
    /// The device's key, once there is one.
    pub(crate) device: Option<Device>,
}

/// What is stored of the device's key.
pub(crate) struct Device {
    /// The public key (Multikey).
    pub(crate) key: String,
    /// Where the private one is.
    pub(crate) home: String,
    /// The private one, encrypted, if it is here.
    pub(crate) seed: Option<Vec<u8>>,
}

/// A note as it is stored.
pub(crate) struct SealedNote {
    /// The attempt that it is about, or `""`.
    pub(crate) attempt: String,
    /// Its name.
    pub(crate) name: String,
    /// Its text, encrypted.
    pub(crate) sealed: Vec<u8>,
}

impl Database {
    /// The verbs of a database whose tables are there.
    pub(crate) fn new(connection: Connection) -> Self {
        Self(connection)
    }

    /// The attempt, if there is one.
    pub(crate) fn attempt(&self) -> Result<Option<Attempt>, Fault> {
        let sql = "SELECT id, acknowledged, identity, device_key, device_home, device_seed,
            (SELECT COALESCE(MAX(seq), 0) FROM line) FROM attempt";
        let read = |row: &Row<'_>| {
            let device = match (row.get(3)?, row.get(4)?) {
                (Some(key), Some(home)) => Some(Device { key, home, seed: row.get(5)? }),
                _ => None,
            };
            let [acknowledged, count] = [row.get::<_, i64>(1)? as u64, row.get::<_, i64>(6)? as u64];
            Ok(Attempt { id: row.get(0)?, count, acknowledged, identity: row.get(2)?, device })
        };
        self.0.prepare_cached(sql).and_then(|mut query| query.query_row([], read).optional()).map_err(sqlite)
    }

    /// The package's file.
    pub(crate) fn package(&self) -> Result<Vec<u8>, Fault> {
        self.one("SELECT file FROM package")
    }

    /// The package's first line.
    pub(crate) fn manifest(&self) -> Result<String, Fault> {
        self.one("SELECT CAST(substr(file, 1, instr(file, x'0a') - 1) AS TEXT) FROM package")
    }

    /// How many notes there are.
    pub(crate) fn count_notes(&self) -> Result<u64, Fault> {
        self.one("SELECT COUNT(*) FROM note").map(|count: i64| count as u64)
    }

    /// All lines in order, encrypted.
    pub(crate) fn lines(&self) -> Result<Vec<Vec<u8>>, Fault> {
        self.all("SELECT sealed FROM line ORDER BY seq", |row| row.get(0))
    }

    /// All notes, encrypted.
    pub(crate) fn notes(&self) -> Result<Vec<SealedNote>, Fault> {
        self.all("SELECT attempt, name, sealed FROM note ORDER BY attempt, name", |row| {
            Ok(SealedNote { attempt: row.get(0)?, name: row.get(1)?, sealed: row.get(2)? })
        })
    }

    /// Stores an attempt with its package in the place of whatever attempt is stored.
    pub(crate) fn begin(&mut self, attempt: &str, package: &[u8]) -> Result<(), Fault> {
        self.change(|tx| {
            remove(tx)?;
            tx.execute("INSERT INTO attempt (one, id) VALUES (1, ?1)", params![attempt])?;
            tx.execute("INSERT INTO package (one, file) VALUES (1, ?1)", params![package])?;
            Ok(())
        })
    }

    /// Stores another package of the same attempt, which was not opened yet.
    pub(crate) fn replace_package(&mut self, package: &[u8]) -> Result<(), Fault> {
        self.change(|tx| {
            tx.execute("UPDATE package SET file = ?1", params![package])?;
            tx.execute("UPDATE attempt SET identity = NULL", [])?;
            Ok(())
        })
    }

    /// Stores what opens the package, if that is known, and the device's key.
    pub(crate) fn opened(&mut self, identity: Option<&[u8]>, device: &Device) -> Result<(), Fault> {
        let Device { key, home, seed } = device;
        self.change(|tx| {
            let sql = "UPDATE attempt SET identity = COALESCE(?1, identity), device_key = ?2, device_home = ?3,
                device_seed = ?4";
            tx.execute(sql, params![identity, key, home, seed]).map(drop)
        })
    }

    /// Adds lines, the first of which has this number.
    pub(crate) fn append(&mut self, from: u64, sealed: &[Vec<u8>]) -> Result<(), Fault> {
        self.change(|tx| {
            let mut insert = tx.prepare_cached("INSERT INTO line (seq, sealed) VALUES (?1, ?2)")?;
            (from..).zip(sealed).try_for_each(|(seq, sealed)| insert.execute(params![seq as i64, sealed]).map(drop))
        })
    }

    /// Notes how many lines the server holds; the number never falls.
    pub(crate) fn acknowledge(&mut self, count: u64) -> Result<(), Fault> {
        self.change(|tx| {
            let sql = "UPDATE attempt SET acknowledged = MAX(acknowledged, ?1)";
            tx.prepare_cached(sql)?.execute(params![count as i64]).map(drop)
        })
    }

    /// Stores a note, or removes it if there is no text.
    pub(crate) fn note(&mut self, attempt: &str, name: &str, sealed: Option<&[u8]>) -> Result<(), Fault> {
        self.change(|tx| match sealed {
            Some(sealed) => {
                let sql = "INSERT INTO note (attempt, name, sealed) VALUES (?1, ?2, ?3)
                    ON CONFLICT (attempt, name) DO UPDATE SET sealed = excluded.sealed";
                tx.execute(sql, params![attempt, name, sealed]).map(drop)
            }
            None => tx.execute("DELETE FROM note WHERE attempt = ?1 AND name = ?2", params![attempt, name]).map(drop),
        })
    }

    /// Removes all notes.
    pub(crate) fn forget_notes(&mut self) -> Result<(), Fault> {
        self.change(|tx| tx.execute("DELETE FROM note", []).map(drop))
    }

    /// Removes the attempt with all that belongs to it.
    pub(crate) fn forget(&mut self) -> Result<(), Fault> {
        self.change(remove)
    }

    /// One real commit.
    pub(crate) fn probe(&mut self) -> Result<(), Fault> {
        self.change(|tx| {
            let sql = "INSERT INTO probe VALUES (1, 1) ON CONFLICT (one) DO UPDATE SET n = n + 1";
            tx.prepare_cached(sql)?.execute([]).map(drop)
        })
    }

    fn one<T: rusqlite::types::FromSql>(&self, sql: &str) -> Result<T, Fault> {
        self.0.prepare_cached(sql).and_then(|mut query| query.query_row([], |row| row.get(0))).map_err(sqlite)
    }

    fn all<T>(&self, sql: &str, read: impl Fn(&Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>, Fault> {
        let mut query = self.0.prepare_cached(sql).map_err(sqlite)?;
        let rows = query.query_map([], read).and_then(Iterator::collect);
        rows.map_err(sqlite)
    }

    /// A transaction; what fails in it changes nothing.
    fn change(&mut self, what: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>) -> Result<(), Fault> {
        let tx = self.0.transaction().map_err(sqlite)?;
        what(&tx).map_err(sqlite)?;
        tx.commit().map_err(sqlite)
    }
}

fn remove(tx: &Transaction<'_>) -> rusqlite::Result<()> {
    tx.execute_batch("DELETE FROM note WHERE attempt <> ''; DELETE FROM line; DELETE FROM package; DELETE FROM attempt")
}
