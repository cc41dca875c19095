//! The words that go over the wire, as app, command line and server have agreed on them.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

use std::collections::BTreeSet;

use api::{
    Admitted, AttemptState, AttemptStatus, Candidate, CollectOutcome, DomainBand, Exam, JournalUpload, MatchState,
    Problem, ProblemCode, Resulting, Retake, SittingResult, Standing, Start, Window,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use sitting::KeyHome;

fn time() -> DateTime<Utc> {
    "2026-11-24T09:00:00Z".parse().unwrap()
}

fn status() -> AttemptStatus {
    AttemptStatus {
        attempt: "a-1".into(),
        state: AttemptState::Ready,
        candidate: Candidate { name: "Zoë".into() },
        exam: Exam {
            title: "Exam".into(),
            exam_body: "Body".into(),
            items: 80,
            duration_ms: 10_800_000,
            extra_ms: 0,
            cut_score: 56,
            points: None,
            open_book: true,
            demonstration: false,
        },
        window: Window { opens_at: time(), closes_at: time() },
        started_at: None,
        deadline: None,
        journal_count: 0,
        server_now: time(),
    }
}

#[test]
fn times_are_rfc_3339_in_utc_and_durations_whole_milliseconds() {
    let said = serde_json::to_value(Admitted { token: "t".into(), status: status() }).unwrap();
    assert_eq!(said["status"]["window"]["opens_at"], "2026-11-24T09:00:00Z");
    assert_eq!(said["status"]["exam"]["duration_ms"], 10_800_000);
    assert_eq!((&said["status"]["started_at"], &said["status"]["state"]), (&Value::Null, &json!("ready")));
    assert_eq!(serde_json::from_value::<Admitted>(said).unwrap().status, status());
    let with_zone: DateTime<Utc> = serde_json::from_value(json!("2026-11-24T10:00:00+01:00")).unwrap();
    assert_eq!(with_zone, time());
}

#[test]
fn states_and_outcomes_are_single_words() {
    let words = |value: Value| value.as_str().unwrap().to_owned();
    let states = [AttemptState::Ready, AttemptState::Sitting, AttemptState::Submitted];
    let states = states.map(|state| words(serde_json::to_value(state).unwrap()));
    assert_eq!(states, ["ready", "sitting", "submitted"]);
    let outcomes = [Resulting::Pass, Resulting::Fail, Resulting::Referred];
    assert_eq!(outcomes.map(|outcome| words(serde_json::to_value(outcome).unwrap())), ["pass", "fail", "referred"]);
    let matches = [MatchState::Valid, MatchState::Expired, MatchState::Revoked, MatchState::Suspended];
    assert_eq!(
        matches.map(|state| words(serde_json::to_value(state).unwrap())),
        ["valid", "expired", "revoked", "suspended"]
    );
}

#[test]
fn a_result_says_what_comes_next_and_holds_no_count() {
    let earliest = NaiveDate::from_ymd_opt(2026, 12, 9).unwrap();
    let result = SittingResult {
        outcome: Resulting::Fail,
        domains: vec![DomainBand { domain: "D1".into(), title: "T".into(), band: "Below".into(), weak: true }],
        decided_at: Some(time()),
        retake: Some(Retake { attempt_number: 2, earliest }),
        certificate_number: None,
        cpd_credits: None,
    };
    let expected = json!({
        "outcome": "fail",
        "domains": [{"domain": "D1", "title": "T", "band": "Below", "weak": true}],
        "decided_at": "2026-11-24T09:00:00Z",
        "retake": {"attempt_number": 2, "earliest": "2026-12-09"},
        "certificate_number": null,
        "cpd_credits": null,
    });
    assert_eq!(serde_json::to_value(&result).unwrap(), expected);
    assert_eq!(serde_json::from_value::<SittingResult>(expected).unwrap(), result);
}

#[test]
fn a_problem_is_what_rfc_9457_says_and_leaves_out_what_it_does_not_know() {
    let problem = Problem::new(ProblemCode::JournalGap, "line 7 was sent, line 3 is next");
    let expected = json!({
        "type": "/problems/journal-gap",
        "title": "Journal lines are missing",
        "status": 409,
        "detail": "line 7 was sent, line 3 is next",
    });
    assert_eq!(serde_json::to_value(&problem).unwrap(), expected);
    let full = Problem { seq: Some(3), retry_after: Some(9), ..problem };
    assert_eq!(serde_json::from_value::<Problem>(serde_json::to_value(&full).unwrap()).unwrap(), full);
}

#[test]
fn a_client_reads_a_problem_of_a_later_server() {
    let later = json!({
        "type": "https://exams.example.org/problems/other-device",
        "title": "t",
        "status": 409,
        "detail": "d",
        "instance": "/x",
    });
    assert_eq!(serde_json::from_value::<Problem>(later).unwrap().code(), Some(ProblemCode::OtherDevice));
    let unknown = json!({"type": "/problems/levitation", "title": "t", "status": 418, "detail": "d"});
    assert_eq!(serde_json::from_value::<Problem>(unknown).unwrap().code(), None);
    let blank = json!({"type": "about:blank", "title": "t", "status": 502, "detail": "d"});
    assert_eq!(serde_json::from_value::<Problem>(blank).unwrap().code(), None);
}

#[test]
fn every_problem_has_an_address_a_title_and_an_explanation_of_its_own() {
    let of = |say: fn(ProblemCode) -> &'static str| ProblemCode::ALL.into_iter().map(say).collect::<BTreeSet<_>>();
    for distinct in [of(ProblemCode::slug), of(ProblemCode::title), of(ProblemCode::explanation)] {
        assert_eq!(distinct.len(), ProblemCode::ALL.len());
    }
    for code in ProblemCode::ALL {
        let slug = code.slug();
        assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{slug} needs escaping in an address");
        assert!(code.explanation().trim_end().ends_with('.'), "{slug} is not explained in sentences");
    }
}

#[test]
fn an_upload_with_numbers_that_are_none_is_not_guessed_at() {
    for from in [json!(-1), json!(1.5), json!("1"), json!(null), json!(18_446_744_073_709_551_615_f64)] {
        let upload = json!({"from": from, "lines": [], "signature": ""});
        assert!(serde_json::from_value::<JournalUpload>(upload).is_err(), "{from}");
    }
    let most = json!({"from": u64::MAX, "lines": [], "signature": ""});
    assert_eq!(serde_json::from_value::<JournalUpload>(most).unwrap().from, u64::MAX);
    let unsigned = json!({"from": 1, "lines": []});
    assert!(serde_json::from_value::<JournalUpload>(unsigned).is_err(), "an upload without a signature is none");
}

#[test]
fn a_start_begins_the_clock_unless_it_says_that_the_package_is_open() {
    let device = json!({"key": "z6Mk", "home": "webcrypto"});
    let start: Start = serde_json::from_value(json!({"device": device, "signature": "s"})).unwrap();
    assert_eq!((start.device.home, start.released), (KeyHome::Webcrypto, false));
    let said = json!({"device": {"key": "z6Mk", "home": "software"}, "signature": "s", "released": true});
    let start: Start = serde_json::from_value(said.clone()).unwrap();
    assert_eq!((start.device.home, start.released), (KeyHome::Software, true));
    assert_eq!(serde_json::to_value(start).unwrap(), said);
    let elsewhere = json!({"device": {"key": "z6Mk", "home": "drawer"}, "signature": "s"});
    assert!(serde_json::from_value::<Start>(elsewhere).is_err());
}

#[test]
fn a_standing_names_what_the_server_does_not_know() {
    let standing = Standing {
        state: AttemptState::Sitting,
        elapsed_ms: None,
        grants: Vec::new(),
        challenge: None,
        server_now: time(),
    };
    let expected = json!({
        "state": "sitting",
        "elapsed_ms": null,
        "grants": [],
        "challenge": null,
        "server_now": "2026-11-24T09:00:00Z",
    });
    assert_eq!(serde_json::to_value(&standing).unwrap(), expected);
    assert_eq!(serde_json::from_value::<Standing>(expected).unwrap(), standing);
}

#[test]
fn what_became_of_a_response_file_is_a_single_word() {
    let outcomes = [CollectOutcome::Taken, CollectOutcome::Known, CollectOutcome::Older, CollectOutcome::Fork];
    let words = outcomes.map(|outcome| serde_json::to_value(outcome).unwrap());
    assert_eq!(words, ["taken", "known", "older", "fork"]);
}
