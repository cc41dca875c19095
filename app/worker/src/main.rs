//! The dedicated worker that owns the browser's SQLite and keys: one connection on OPFS, one transaction a change, and
//! nothing personal in it that is not encrypted.
//!
//! Architecture invariant: if the database cannot be opened the worker says so; it never falls back to memory. A key that is
//! gone is never replaced while lines or notes are stored that only it opens.

mod attempt;
mod browser;
mod database;
mod desk;
mod device;
mod ed25519;
mod fault;
mod idb;
mod keys;
mod lines;
mod messages;
mod notes;
mod opening;
mod qr;
mod sealed;
mod storage;
mod vault;

fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(messages::serve());
}
