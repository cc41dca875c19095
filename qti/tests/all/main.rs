//! What users of the crate rely on.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail where they panic and say what they skip")]

mod classes;
mod expressions;
mod packages;
mod round_trip;
mod rubbish;
mod tests_of_items;
mod vectors;
