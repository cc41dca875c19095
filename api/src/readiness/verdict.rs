//! From what was found to a verdict: nothing but figures go in.

use sitting::KeyHome;

use super::{Readiness, ReadinessOutcome, ReadinessReason, Verdict};

/// A commit that takes longer makes the exam feel slow.
const SLOW_COMMIT_US: u64 = 250_000;
/// Less room than this does not hold a package and a journal with certainty: either may have 16 MiB.
const LEAST_ROOM_BYTES: u64 = 32 * 1024 * 1024;
/// Less room than this is soon filled by other pages.
const LITTLE_ROOM_BYTES: u64 = 128 * 1024 * 1024;
/// A clock that is further off is worth a word; the exam does not rely on it.
const CLOCK_OFF_MS: u64 = 120_000;

/// What follows from what was found. The page, the office and the candidate come to the same verdict.
pub fn verdict(found: &Readiness) -> Verdict {
    use ReadinessReason as R;
    let (storage, server, rehearsal) = (&found.storage, &found.server, &found.rehearsal);
    let room = storage.quota_bytes.map(|quota| quota.saturating_sub(storage.usage_bytes.unwrap_or(0)));
    let room_below = |least: u64| room.is_some_and(|room| room < least);
    let clock_off = server.clock_offset_ms.is_some_and(|ms| ms.unsigned_abs() > CLOCK_OFF_MS);
    let reasons: Vec<R> = [
        (R::StorageFailed, storage.commit.is_none()),
        (R::NoRoom, room_below(LEAST_ROOM_BYTES)),
        (R::ReloadLost, rehearsal.reload_survived == Some(false)),
        (R::NotHandedIn, rehearsal.receipt_code.is_none()),
        (R::Unreachable, !server.reachable && !found.offline_ready),
        (R::NotPersistent, !storage.persisted),
        (R::LittleRoom, room_below(LITTLE_ROOM_BYTES) && !room_below(LEAST_ROOM_BYTES)),
        (R::SlowStorage, storage.commit.is_some_and(|commit| commit.median_us > SLOW_COMMIT_US)),
        (R::SoftwareKey, storage.key_home == KeyHome::Software),
        (R::ReloadNotTried, rehearsal.reload_survived.is_none()),
        (R::NoResponseFile, rehearsal.response_file_bytes.is_none_or(|bytes| bytes == 0)),
        (R::NothingAnswered, rehearsal.answered == 0),
        (R::NotOfflineReady, !found.offline_ready && server.reachable),
        (R::NoServer, !server.reachable && found.offline_ready),
        (R::ClockOff, clock_off),
        (R::SecondScreen, found.screens_extended == Some(true)),
        (R::NoFullscreen, !found.fullscreen_possible),
    ]
    .into_iter()
    .filter_map(|(reason, holds)| holds.then_some(reason))
    .collect();
    let outcome = if reasons.iter().any(|reason| reason.forbids()) {
        ReadinessOutcome::NotReady
    } else if reasons.is_empty() {
        ReadinessOutcome::Ready
    } else {
        ReadinessOutcome::ReadyWithNotes
    };
    Verdict { outcome, reasons }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::{
        BrowserFacts, CommitTimes, ReadinessReport, RehearsalFacts, ServerFacts, StorageFacts,
        readiness::ReadinessReason::{self as R},
    };

    fn good() -> Readiness {
        Readiness {
            at: DateTime::from_timestamp(1_795_510_800, 0).unwrap(),
            app: "0.1.0".into(),
            browser: BrowserFacts {
                user_agent: "Mozilla/5.0".into(),
                language: "en".into(),
                time_zone: "Europe/Zurich".into(),
            },
            storage: StorageFacts {
                persisted: true,
                quota_bytes: Some(10_000_000_000),
                usage_bytes: Some(1_000_000),
                commit: Some(CommitTimes { median_us: 4_000, worst_us: 30_000 }),
                key_home: KeyHome::Webcrypto,
            },
            offline_ready: true,
            server: ServerFacts { reachable: true, clock_offset_ms: Some(-300) },
            screens_extended: Some(false),
            fullscreen_possible: true,
            rehearsal: RehearsalFacts {
                lines: 31,
                answered: 8,
                response_file_bytes: Some(9_000),
                receipt_code: Some("7K2M-0QX4-1RTB-9HWD-J".into()),
                reload_survived: Some(true),
            },
        }
    }

    fn judged(change: impl FnOnce(&mut Readiness)) -> (ReadinessOutcome, Vec<R>) {
        let mut found = good();
        change(&mut found);
        let Verdict { outcome, reasons } = verdict(&found);
        (outcome, reasons)
    }

    fn noted(reason: R) -> (ReadinessOutcome, Vec<R>) {
        (ReadinessOutcome::ReadyWithNotes, vec![reason])
    }

    fn refused(reason: R) -> (ReadinessOutcome, Vec<R>) {
        (ReadinessOutcome::NotReady, vec![reason])
    }

    #[test]
    fn a_computer_on_which_everything_worked_is_ready() {
        assert_eq!(judged(|_| {}), (ReadinessOutcome::Ready, vec![]));
    }

    #[test]
    fn what_would_lose_an_exam_or_keep_it_from_beginning_makes_it_not_ready() {
        assert_eq!(judged(|found| found.storage.commit = None), refused(R::StorageFailed));
        assert_eq!(judged(|found| found.storage.quota_bytes = Some(30_000_000)), refused(R::NoRoom));
        assert_eq!(judged(|found| found.rehearsal.reload_survived = Some(false)), refused(R::ReloadLost));
        assert_eq!(judged(|found| found.rehearsal.receipt_code = None), refused(R::NotHandedIn));
        let alone = |found: &mut Readiness| {
            found.server = ServerFacts { reachable: false, clock_offset_ms: None };
            found.offline_ready = false;
        };
        assert_eq!(judged(alone), refused(R::Unreachable));
    }

    #[test]
    fn what_somebody_should_know_is_noted() {
        assert_eq!(judged(|found| found.storage.persisted = false), noted(R::NotPersistent));
        assert_eq!(judged(|found| found.storage.quota_bytes = Some(100_000_000)), noted(R::LittleRoom));
        let slow = Some(CommitTimes { median_us: 250_001, worst_us: 300_000 });
        assert_eq!(judged(|found| found.storage.commit = slow), noted(R::SlowStorage));
        assert_eq!(judged(|found| found.storage.key_home = KeyHome::Software), noted(R::SoftwareKey));
        assert_eq!(judged(|found| found.rehearsal.reload_survived = None), noted(R::ReloadNotTried));
        for bytes in [None, Some(0)] {
            assert_eq!(judged(|found| found.rehearsal.response_file_bytes = bytes), noted(R::NoResponseFile));
        }
        assert_eq!(judged(|found| found.rehearsal.answered = 0), noted(R::NothingAnswered));
        assert_eq!(judged(|found| found.offline_ready = false), noted(R::NotOfflineReady));
        let unreachable = ServerFacts { reachable: false, clock_offset_ms: None };
        assert_eq!(judged(|found| found.server = unreachable), noted(R::NoServer));
        for offset in [120_001, -120_001, i64::MIN] {
            assert_eq!(judged(|found| found.server.clock_offset_ms = Some(offset)), noted(R::ClockOff));
        }
        assert_eq!(judged(|found| found.screens_extended = Some(true)), noted(R::SecondScreen));
        assert_eq!(judged(|found| found.fullscreen_possible = false), noted(R::NoFullscreen));
    }

    #[test]
    fn what_the_browser_does_not_tell_is_not_held_against_it() {
        let silent = |found: &mut Readiness| {
            (found.storage.quota_bytes, found.storage.usage_bytes) = (None, None);
            (found.screens_extended, found.server.clock_offset_ms) = (None, None);
        };
        assert_eq!(judged(silent).0, ReadinessOutcome::Ready);
        assert_eq!(judged(|found| found.storage.usage_bytes = Some(u64::MAX)), refused(R::NoRoom));
    }

    #[test]
    fn all_reasons_are_given_and_what_forbids_comes_first() {
        let (outcome, reasons) = judged(|found| {
            found.storage.persisted = false;
            found.fullscreen_possible = false;
            found.rehearsal.reload_survived = Some(false);
        });
        assert_eq!(outcome, ReadinessOutcome::NotReady);
        assert_eq!(reasons, [R::ReloadLost, R::NotPersistent, R::NoFullscreen]);
    }

    #[test]
    fn the_report_is_json_that_another_program_can_read() {
        let mut found = good();
        found.storage.persisted = false;
        let report = ReadinessReport::of(found);
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!((json["format"].as_str(), json["version"].as_u64()), (Some("invigil-readiness"), Some(1)));
        assert_eq!(json["verdict"], serde_json::json!({"outcome": "ready_with_notes", "reasons": ["not_persistent"]}));
        assert_eq!(json["readiness"]["storage"]["key_home"], "webcrypto");
        assert_eq!(json["readiness"]["at"], "2026-11-24T09:00:00Z");
        let read: ReadinessReport = serde_json::from_value(json).unwrap();
        assert_eq!((verdict(&read.readiness), &read), (report.verdict.clone(), &report));
    }
}
