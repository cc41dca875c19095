//! Request and response types and problem codes, shared by the pages, the command line and the server.
//!
//! Times at this edge are RFC 3339 in UTC; durations are whole milliseconds.

mod attempt;
mod certificate;
mod office;
mod problem;

pub use attempt::{
    Admission, Admitted, AttemptState, AttemptStatus, Candidate, CollectOutcome, Collected, DomainBand, Exam, ExamKeys,
    JournalAck, JournalUpload, Resulting, Retake, SittingResult, Standing, Start, Started, Window,
};
pub use certificate::{IssuedDocuments, Lookup, LookupAnswer, LookupMatch, MatchState};
pub use office::{AttemptRow, PasswordSignIn, SignedIn, SittingRow};
pub use problem::{Problem, ProblemCode};
