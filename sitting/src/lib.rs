//! One candidate's sitting as a pure state machine: what the manifest allows, events in, journal out.
//!
//! The browser and the server run the same code: the browser to write the journal, the server to accept it.
//! Nothing here reads a clock, draws randomness, touches a disk or knows an answer key.

mod answers;
mod device;
mod event;
mod evidence;
mod file;
mod grant;
mod journal;
mod manifest;
mod package;
mod response;
mod signs;
mod state;
mod time;
mod working_time;

pub use answers::{Answers, Submission};
pub use device::{Device, KeyHome, binding_message, checkpoint_message};
pub use event::{Authority, Event, Place, Recorded, ReleaseVia, SubmitReason};
pub use evidence::{Evidence, EvidenceOutcome, EvidenceReport, EvidenceStep, EvidenceStepName, check_evidence};
pub use file::{FileFault, MAX_FILE_BYTES};
pub use grant::{Allows, Grant, GrantFault, GrantHeads, GrantSecrets, MoveHead, SignedGrant, recognise};
pub use journal::{JournalFault, Line, LineFault, MAX_LINE_BYTES, Nonce, Stamp};
pub use manifest::{BookFacts, ExamFacts, ItemRule, Keys, Kind, Manifest, SealedPart, Window};
pub use package::{Package, PackageFault, Payload, opening_proof};
pub use response::{
    Acknowledgement, MAX_JOURNAL_LINES, Receipt, ResponseFault, ResponseFile, ResponseHeader, sealed_lines,
};
pub use signs::{Sign, SignKind, signs};
pub use state::{Refusal, Sitting};
pub use time::{Elapsed, LONGEST_SLEEP_MS, drift_ms};
pub use working_time::{LONGEST_PAUSE_MS, Left, WorkingTime};
