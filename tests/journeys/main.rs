//! Journeys in real Chromium against the real server, as candidates and employers make them.

#![expect(clippy::unwrap_used, reason = "tests fail where they panic")]

mod accessible;
mod another;
mod clock;
mod durable;
mod houses;
mod installed;
mod keyboard;
mod kinds;
mod moving;
mod office;
mod offline;
mod open_book;
mod practise;
mod proctor;
mod refused;
mod rehearsal;
mod safe_browser;
mod whole;
mod worker;
