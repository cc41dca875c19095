//! Which lines of a journal came in time (docs/TIME.md).
//!
//! The device's clocks prove nothing. What can be proved: a line was written before it was received, and before the head of a
//! journal that has it was recorded by a proctor; `opened` was written after any challenge that stands before it.

use sitting::{Authority, Event, Line, Recorded, Stamp};
use storage::{AnchorRecord, AnchorTaken, AttemptRecord, SittingRecord};

use super::journal::Replayed;

/// Lines may reach the server this long after the deadline and still count as in time: the last save travels.
pub const GRACE_MS: i64 = 60_000;

/// What the start of the working time rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StartBasis {
    /// The server started the clock, or gave the release code out.
    Server,
    /// The latest challenge before `opened`: it started no earlier.
    Challenge,
    /// Nothing better than the opening of the window.
    Window,
}

/// When an attempt's working time begins and ends, as far as that can be proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reckoning {
    pub(super) basis: StartBasis,
    /// The earliest start that can be proved.
    pub(super) start_ms: i64,
    /// Start, duration, and what was approved, granted and taken as breaks.
    pub(super) deadline_ms: i64,
}

impl Reckoning {
    /// The last moment at which a line comes in time.
    pub(super) fn last_ms(self) -> i64 {
        self.deadline_ms.saturating_add(GRACE_MS)
    }
}

/// Reckons the working time of an attempt.
pub(super) fn reckon(
    attempt: &AttemptRecord,
    sitting: &SittingRecord,
    replayed: &Replayed,
    anchors: &[AnchorRecord],
) -> Reckoning {
    let (basis, start_ms) = match attempt.started_at_ms {
        Some(started) => (StartBasis::Server, started),
        None => match challenge_before_opening(replayed, anchors) {
            // A sheet is printed days before.
            Some(issued) if issued > sitting.opens_at_ms => (StartBasis::Challenge, issued),
            _ => (StartBasis::Window, sitting.opens_at_ms),
        },
    };
    // Once the server gave the release code out, the questions can be read, whatever the journal says.
    let (basis, start_ms) = match attempt.given_at_ms {
        Some(given) if given < start_ms => (StartBasis::Server, given),
        _ => (basis, start_ms),
    };
    let time = replayed.sitting.time();
    let allowed = match replayed.sitting.last_stamp() {
        Some(last) => time.limit_ms(last),
        None => time
            .limit_ms(&Stamp { boot: String::new(), mono_ms: 0, wall_ms: 0 })
            .saturating_add_signed(attempt.scheduled.extra_ms),
    };
    let deadline_ms = start_ms.saturating_add(i64::try_from(allowed).unwrap_or(i64::MAX));
    Reckoning { basis, start_ms, deadline_ms }
}

/// When the latest challenge that stands before `opened` was given out.
fn challenge_before_opening(replayed: &Replayed, anchors: &[AnchorRecord]) -> Option<i64> {
    let mut latest = None;
    for line in &replayed.lines {
        match Line::read(&line.line).ok()?.event {
            Recorded::Known(Event::Opened { .. }) => return latest,
            Recorded::Known(Event::Challenged { challenge, .. }) => {
                let issued =
                    anchors.iter().find(|anchor| anchor.challenge == challenge).map(|anchor| anchor.issued_at_ms);
                latest = latest.max(issued);
            }
            _ => {}
        }
    }
    None
}

/// How many lines certainly existed at that moment: they, or a line after them, were received by then, or a head recorded by
/// then has them.
pub(super) fn lines_by(limit_ms: i64, replayed: &Replayed, anchors: &[AnchorRecord]) -> usize {
    let received = replayed.lines.iter().rposition(|line| line.received_at_ms <= limit_ms).map_or(0, |last| last + 1);
    let anchored = anchors.iter().filter_map(|anchor| anchor.taken.as_ref());
    let anchored =
        anchored.filter(|taken| taken.recorded_at_ms <= limit_ms && fits(replayed, taken.count, &taken.head));
    let anchored = anchored.filter_map(|taken| usize::try_from(taken.count).ok()).max().unwrap_or_default();
    received.max(anchored)
}

/// What a recorded head says of the journal held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadFit {
    /// Its line is held, with that hash.
    Fits,
    /// The journal is not held that far; the rest may come.
    NotHeldYet,
    /// Its line is another one, or the journal ended before it.
    Contradicts,
}

impl HeadFit {
    /// Compares a recorded head with a journal that may still grow, or does not.
    pub(super) fn of(replayed: &Replayed, taken: &AnchorTaken, ended: bool) -> Self {
        if fits(replayed, taken.count, &taken.head) {
            Self::Fits
        } else if taken.count > replayed.sitting.count() && !ended {
            Self::NotHeldYet
        } else {
            Self::Contradicts
        }
    }
}

/// Whether a recorded head is that of the journal's line of this number. A typed head has 128 of the hash's 256 bits.
fn fits(replayed: &Replayed, count: u64, head: &str) -> bool {
    let line = usize::try_from(count).ok().and_then(|count| count.checked_sub(1)).and_then(|at| replayed.lines.get(at));
    head.len() >= 32 && line.is_some_and(|line| Line::digest(&line.line).starts_with(head))
}

/// What a person should know about the anchors, in sentences. The second value: whether one contradicts the journal.
pub(super) fn remarks(attempt: &AttemptRecord, replayed: &Replayed, anchors: &[AnchorRecord]) -> (Vec<String>, bool) {
    let mut remarks = Vec::new();
    let mut contradicted = false;
    let writer = replayed.sitting.device().map(|device| device.key.as_str());
    // A device that was released had been bound.
    let mut bound = attempt.device.iter().chain(&attempt.released);
    let mut covers_first = bound.any(|bound| Some(bound.as_str()) == writer);
    for anchor in anchors {
        let Some(taken) = &anchor.taken else { continue };
        if fits(replayed, taken.count, &taken.head) {
            covers_first = true;
        } else {
            contradicted = true;
            let count = taken.count;
            let held = replayed.lines.len() as u64;
            remarks.push(if count > held {
                format!("a head was recorded at line {count}, but the journal ends at line {held}: it was cut off")
            } else {
                format!("the head recorded at line {count} is not that of this journal: it is another branch")
            });
        }
    }
    if !covers_first {
        remarks
            .push("device not bound: neither the server nor a proctor's record ties this device to the attempt".into());
    }
    (remarks, contradicted)
}

/// The authority of a recorded challenge.
pub(super) fn authority_word(authority: Authority) -> &'static str {
    match authority {
        Authority::Server => "server",
        Authority::Proctor => "proctor",
    }
}
