//! One candidate's sitting as a pure state machine: what the manifest allows, events in, journal out.
//!
//! The browser and the server run the same code: the browser to write the journal, the server to accept it.
//! Nothing here reads a clock, draws randomness, touches a disk or knows an answer key.

mod answers;
mod event;
mod journal;
mod manifest;
mod state;
mod time;

pub use answers::{Answers, Submission};
pub use event::{Event, Place, Recorded, SubmitReason};
pub use journal::{JournalFault, Line, LineFault, MAX_LINE_BYTES, Nonce, Stamp};
pub use manifest::{ItemRule, Manifest};
pub use state::{Refusal, Sitting};
pub use time::{ClockAnchor, ClockJump};
