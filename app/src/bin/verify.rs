//! app/src/bin/verify.rs
fn main() {}
