//! The dedicated worker that owns the browser's SQLite: one connection on OPFS, one transaction a journal line.
//!
//! Architecture invariant: if the database cannot be opened the worker says so; it never falls back to memory.

mod database;
mod messages;
mod storage;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(messages::serve());
}
