//! SQLite's files in the origin private file system, through a pool of synchronous access handles.

use js_sys::Promise;
use rusqlite::Connection;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfgBuilder, install};
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::DedicatedWorkerGlobalScope;
use worker_protocol::{Fault, FaultCode};

/// The pool needs a handle for the database, its rollback journal and temporary files; more than SQLite ever has open here.
const HANDLES: usize = 12;

/// A page that was just closed or reloaded may hold the handles for a moment longer.
const PAUSES_MS: [i32; 6] = [0, 100, 200, 400, 800, 1600];

/// Opens the database.
///
/// # Errors
/// [`FaultCode::StorageUnavailable`] if the browser keeps refusing the files.
pub(crate) async fn open() -> Result<Connection, Fault> {
    let mut refusal = String::new();
    for pause in PAUSES_MS {
        sleep(pause).await;
        let options = OpfsSAHPoolCfgBuilder::new().initial_capacity(HANDLES).build();
        match install::<sqlite_wasm_rs::WasmOsCallback>(&options, true).await {
            Ok(_) => return connect().map_err(|error| crate::database::fault(&error)),
            Err(error) => refusal = format!("{error:?}"),
        }
    }
    Err(Fault { code: FaultCode::StorageUnavailable, detail: refusal })
}

fn connect() -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open("invigil.db")?;
    // No write-ahead log without shared memory; FULL makes every commit wait for the device.
    // What was deleted is overwritten: the next person at this computer finds nothing.
    let settings =
        [("journal_mode", "truncate"), ("synchronous", "full"), ("foreign_keys", "on"), ("secure_delete", "on")];
    for (pragma, value) in settings {
        connection.pragma_update(None, pragma, value)?;
    }
    connection.execute_batch(include_str!("sql/schema.sql"))?;
    Ok(connection)
}

async fn sleep(ms: i32) {
    if ms == 0 {
        return;
    }
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let promise = Promise::new(&mut |resolve, _| {
        let wake = Closure::once_into_js(move || {
            let _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        });
        let _ = scope.set_timeout_with_callback_and_timeout_and_arguments_0(wake.unchecked_ref(), ms);
    });
    let _ = JsFuture::from(promise).await;
}
