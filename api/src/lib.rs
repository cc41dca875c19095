//! Request and response types and problem codes, shared by the pages, the command line and the server.
//!
//! Times at this edge are RFC 3339 in UTC; durations are whole milliseconds.

/// With the hash of Safe Exam Browser's Config Key that the page was told, which is over the page's address.
pub const PAGE_CONFIG_KEY_HEADER: &str = "x-invigil-page-config-key";
/// The same of the Browser Exam Key.
pub const PAGE_BROWSER_EXAM_KEY_HEADER: &str = "x-invigil-page-browser-exam-key";

mod attempt;
mod certificate;
mod office;
mod problem;
mod readiness;
mod rehearsal;

pub use attempt::{
    Admission, Admitted, AttemptState, AttemptStatus, Candidate, CollectOutcome, Collected, DomainBand, Exam, ExamKeys,
    JournalAck, JournalUpload, Resulting, Retake, SittingResult, Standing, Start, Started, Window,
};
pub use certificate::{
    IssuedBadge, IssuedDocuments, Lookup, LookupAnswer, LookupMatch, MatchState, PossessionNonce, SelectiveIssued,
    SelectiveRequest, Sharing,
};
pub use office::{AttemptRow, PasswordSignIn, SignedIn, SittingRow};
pub use problem::{Problem, ProblemCode};
pub use readiness::{
    BrowserFacts, CommitTimes, Readiness, ReadinessOutcome, ReadinessReason, ReadinessReport, RehearsalFacts,
    ServerFacts, StorageFacts, Verdict, verdict,
};
pub use rehearsal::{ExtraTimeCode, ProctorCodes, Rehearsal};
