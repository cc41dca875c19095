//! Known answers, files of the kinds that are read, and what is no file at all.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail where they panic and say what they skip")]

mod gift_vectors;
