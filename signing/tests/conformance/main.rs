//! Known answers of the standards, and what nobody may get away with.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail where they panic and say what they skip")]

mod forgeries;
mod key_history;
mod linked;
mod logged;
mod model;
mod tlog;
mod tokens;
mod vectors;
