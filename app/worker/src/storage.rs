//! SQLite's files in the origin private file system, through a pool of synchronous access handles.

use rusqlite::Connection;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, install};
use worker_protocol::{Fault, FaultCode};

use crate::{
    browser::sleep,
    fault::{fault, sqlite},
};

/// The database, its rollback journal, a statement's journal that outgrew the memory; and one to spare. Temporary tables stay
/// in memory (`SQLITE_TEMP_STORE=2`). Each handle costs a fresh browser a file.
const HANDLES: usize = 4;

/// A page that was just closed or reloaded may hold the handles for a moment longer.
const PAUSES_MS: [i32; 6] = [0, 100, 200, 400, 800, 1600];

/// The `user_version` of the tables in `sql/schema.sql`.
const VERSION: i64 = 2;

/// Opens the database.
///
/// # Errors
/// [`FaultCode::StorageUnavailable`] if the browser keeps refusing the files, [`FaultCode::Database`] if SQLite cannot use
/// them, [`FaultCode::NewerApp`].
pub(crate) async fn open() -> Result<Connection, Fault> {
    let mut refusal = String::new();
    for pause in PAUSES_MS {
        sleep(pause).await;
        let options = OpfsSAHPoolCfgBuilder::new().initial_capacity(HANDLES).build();
        match install::<sqlite_wasm_rs::WasmOsCallback>(&options, true).await {
            Ok(_) => return connect(),
            Err(error) => refusal = format!("{error:?}"),
        }
    }
    Err(fault(FaultCode::StorageUnavailable, refusal))
}

fn connect() -> Result<Connection, Fault> {
    let mut connection = Connection::open("invigil.db").map_err(sqlite)?;
    // No write-ahead log without shared memory; FULL makes every commit wait for the device.
    // What was deleted is overwritten: the next person at this computer finds nothing.
    let settings =
        [("journal_mode", "truncate"), ("synchronous", "full"), ("foreign_keys", "on"), ("secure_delete", "on")];
    for (pragma, value) in settings {
        connection.pragma_update(None, pragma, value).map_err(sqlite)?;
    }
    prepare(&mut connection)?;
    Ok(connection)
}

/// Makes the tables, unless they are there.
fn prepare(connection: &mut Connection) -> Result<(), Fault> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sqlite)?;
    if version == VERSION {
        return Ok(());
    }
    if version > VERSION {
        let detail = format!("the database is of version {version}; this app knows {VERSION}");
        return Err(fault(FaultCode::NewerApp, detail));
    }
    let tx = connection.transaction().map_err(sqlite)?;
    // Nothing of an earlier version was ever released.
    let sql = "DROP TABLE IF EXISTS line; DROP TABLE IF EXISTS attempt; DROP TABLE IF EXISTS probe;";
    tx.execute_batch(sql).and_then(|()| tx.execute_batch(include_str!("sql/schema.sql"))).map_err(sqlite)?;
    tx.pragma_update(None, "user_version", VERSION).map_err(sqlite)?;
    tx.commit().map_err(sqlite)
}
