//! Safe Exam Browser (SEB): its settings files read and written, the Config Key, and the hashes that its requests carry.
//!
//! The formats are described in `docs/SEB.md`. The crate is pure: no I/O, no clock; random bytes are parameters.

pub mod config_key;
pub mod exam;
pub mod file;
mod gzip;
pub mod key;
mod number;
mod order;
pub mod password;
pub mod plist;
pub mod request;
pub mod write;

pub use config_key::config_key;
pub use key::Key;
pub use plist::{Dict, Value};
