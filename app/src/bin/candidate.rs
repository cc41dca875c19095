//! app/src/bin/candidate.rs
fn main() {}
