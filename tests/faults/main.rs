//! Faults that an exam survives, brought about in a real Chromium, on real files and a real server.
//!
//! Each runs as often as `INVIGIL_FAULT_RUNS` says, and counts the answers that the page showed as saved and those of them that
//! were lost. `cargo xtask faults` makes docs/RELIABILITY.md of that.

#![expect(clippy::unwrap_used, reason = "tests fail where they panic")]

mod alone;
mod clock;
mod collection;
mod ended;
mod evicted;
mod hand;
mod held;
mod many;
mod network;
mod post;
mod power;
mod room;
mod scripted;
mod storage;
mod tabs;
mod version;
