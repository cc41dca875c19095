//! What the journeys need: the real server, a real browser, a candidate's hands, and the facts that only an examiner knows.
//!
//! Everything here panics where something is not as it should be: that is how a test fails.

#![expect(clippy::unwrap_used, reason = "a test fails where it panics")]

pub mod browser;
pub mod candidate;
mod environment;
pub mod faults;
pub mod network;
pub mod pages;
pub mod power;
mod process;
pub mod server;
pub mod witness;
