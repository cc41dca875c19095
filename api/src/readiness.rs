//! What a rehearsal found out about one computer, and what follows from it (docs/REHEARSAL.md).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sitting::KeyHome;

mod verdict;

pub use verdict::verdict;

/// The report as a file: format `invigil-readiness` version 1, JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadinessReport {
    /// Always `invigil-readiness`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What was found.
    pub readiness: Readiness,
    /// What follows; whoever reads the report can reckon it again by [`verdict`].
    pub verdict: Verdict,
}

/// What was found about one browser on one computer. It names no person and holds no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readiness {
    /// When, by this computer's clock.
    pub at: DateTime<Utc>,
    /// The build of the app.
    pub app: String,
    /// The browser.
    pub browser: BrowserFacts,
    /// What it gives to keep an exam in.
    pub storage: StorageFacts,
    /// Whether the app is installed so that the page opens without a network.
    pub offline_ready: bool,
    /// The exam server.
    pub server: ServerFacts,
    /// Whether there is more than one screen; `null` if the browser does not tell.
    pub screens_extended: Option<bool>,
    /// Whether the page could fill the screen.
    pub fullscreen_possible: bool,
    /// What became of the rehearsal itself.
    pub rehearsal: RehearsalFacts,
}

/// A browser as it describes itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BrowserFacts {
    /// `navigator.userAgent`.
    pub user_agent: String,
    /// Its language (BCP 47).
    pub language: String,
    /// Its time zone (IANA name).
    pub time_zone: String,
}

/// What the browser gives to keep an exam in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StorageFacts {
    /// Whether the browser promised not to clear it by itself.
    pub persisted: bool,
    /// How many bytes the page may use; `null` if the browser does not tell.
    pub quota_bytes: Option<u64>,
    /// How many it uses; `null` if the browser does not tell.
    pub usage_bytes: Option<u64>,
    /// How long real commits took; `null` if none succeeded.
    pub commit: Option<CommitTimes>,
    /// Where the device's key is kept.
    pub key_home: KeyHome,
}

/// How long it takes until something is on the disk, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitTimes {
    /// The median.
    pub median_us: u64,
    /// The longest.
    pub worst_us: u64,
}

/// The exam server, as this computer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServerFacts {
    /// Whether it answered at the end of the rehearsal.
    pub reachable: bool,
    /// This computer's clock minus the server's, in milliseconds; `null` if it did not answer.
    pub clock_offset_ms: Option<i64>,
}

/// What became of the rehearsal itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RehearsalFacts {
    /// Lines of its journal.
    pub lines: u64,
    /// Items with an answer.
    pub answered: u32,
    /// Length of the response file that was written; `null` if none was.
    pub response_file_bytes: Option<u64>,
    /// The receipt's code; `null` if it was not handed in.
    pub receipt_code: Option<String>,
    /// Whether everything was there again after the page was loaded anew; `null` if that was not tried.
    pub reload_survived: Option<bool>,
}

/// Whether an exam can be sat on this computer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// In a word.
    pub outcome: ReadinessOutcome,
    /// Why, what keeps it from being ready first; empty if it is ready.
    pub reasons: Vec<ReadinessReason>,
}

/// A verdict in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadinessOutcome {
    /// An exam can be sat here, with a network or without.
    Ready,
    /// An exam can be sat here; somebody should read the reasons.
    ReadyWithNotes,
    /// Not as it is.
    NotReady,
}

/// Why a computer is not ready, or what there is to note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadinessReason {
    /// No commit succeeded: answers cannot be saved.
    StorageFailed,
    /// The room that is left may not hold an exam.
    NoRoom,
    /// After the page was loaded anew, something was missing.
    ReloadLost,
    /// The rehearsal was not handed in, so that there is no receipt.
    NotHandedIn,
    /// The server does not answer, and the page does not open without it.
    Unreachable,
    /// The browser may clear what is saved when the disk runs full.
    NotPersistent,
    /// There is little room.
    LittleRoom,
    /// Saving is slow.
    SlowStorage,
    /// The device's key can be copied by the owner of this computer.
    SoftwareKey,
    /// Loading the page anew was not tried.
    ReloadNotTried,
    /// No response file was written: how an exam leaves this computer without a network was not tried.
    NoResponseFile,
    /// No question was answered.
    NothingAnswered,
    /// The page does not open without a network.
    NotOfflineReady,
    /// The server did not answer at the end.
    NoServer,
    /// This computer's clock is more than two minutes off.
    ClockOff,
    /// There is more than one screen.
    SecondScreen,
    /// The page cannot fill the screen.
    NoFullscreen,
}

impl ReadinessReason {
    /// Whether an exam should not be sat on this computer as it is.
    pub fn forbids(self) -> bool {
        use ReadinessReason::{NoRoom, NotHandedIn, ReloadLost, StorageFailed, Unreachable};
        matches!(self, StorageFailed | NoRoom | ReloadLost | NotHandedIn | Unreachable)
    }
}

impl ReadinessReport {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-readiness";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The report of what was found.
    pub fn of(readiness: Readiness) -> Self {
        let verdict = verdict(&readiness);
        Self { format: Self::FORMAT.into(), version: Self::VERSION, readiness, verdict }
    }
}
