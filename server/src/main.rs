//! server/src/main.rs
fn main() {}
