//! app/worker/src/main.rs
fn main() {}
