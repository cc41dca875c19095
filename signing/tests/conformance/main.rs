//! Known answers of the standards, and what nobody may get away with.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail where they panic and say what they skip")]

mod forgeries;
mod linked;
mod model;
mod tokens;
mod vectors;
