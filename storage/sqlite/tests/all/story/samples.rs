//! Records to tell the story with.

use storage::{AttemptRecord, DecisionRecord, Issuance, NewAttempt, NewSitting, Outcome};

pub(crate) fn sitting(id: &str, opens_at_ms: i64) -> NewSitting {
    NewSitting {
        id: id.into(),
        title: format!("Sitting {id} – «Łęcka»"),
        scheme: "mini".into(),
        opens_at_ms,
        closes_at_ms: opens_at_ms + 1,
        commitment: r#"{"commitment":1}"#.into(),
        pool: r#"{"pool":[]}"#.into(),
        release_code: "0123-4567-89AB-CDEF-G".into(),
        room_seed: [0xa5; 32],
        reserve_of: None,
        safe_browser: None,
        created_at_ms: 7,
    }
}

pub(crate) fn attempt(id: &str, sitting: &str, code: u8) -> NewAttempt {
    NewAttempt {
        id: id.into(),
        sitting: sitting.into(),
        candidate_ref: format!("c-{id}"),
        candidate_name: "Zoë Muster-Łęcka".into(),
        family_name: "Muster-Łęcka".into(),
        attempt_number: 2,
        first_attempt_at_ms: Some(-86_400_000),
        code_hash: [code; 32],
        draw_secret: [code ^ 0xff; 32],
        extra_ms: 1_800_000,
        break_ms: 900_000,
        grant_seed: [code ^ 0x55; 32],
        draw: r#"{"draw":1}"#.into(),
        manifest: "{}".into(),
        package: format!("package of {id} \u{0}\n").into_bytes(),
        form: "form ' \" \\ \u{1f512}".into(),
        plan: "plan".into(),
    }
}

pub(crate) fn decision(attempt: &str, outcome: Outcome) -> DecisionRecord {
    DecisionRecord {
        attempt: attempt.into(),
        outcome,
        decided_by: "automatic".into(),
        decided_at_ms: 500,
        raw_score: 9,
        journal_head: "ab".repeat(32),
        record: r#"{"why":"because"}"#.into(),
    }
}

pub(crate) fn issuance(number: &str, award: &str) -> Issuance {
    Issuance {
        number: number.into(),
        lookup_name: "musterlecka".into(),
        certificate: r#"{"certificate":1}"#.into(),
        cpd_record: r#"{"cpd":31}"#.into(),
        cpd_award: award.into(),
        issued_at_ms: 500,
    }
}

pub(crate) fn lines(numbers: std::ops::RangeInclusive<u32>) -> Vec<String> {
    numbers.map(|number| format!("line {number} – «é» \u{0}")).collect()
}

/// As it is read back: without the package, which is asked for by itself.
pub(crate) fn not_started(scheduled: NewAttempt) -> AttemptRecord {
    AttemptRecord {
        scheduled: NewAttempt { package: Vec::new(), ..scheduled },
        started_at_ms: None,
        given_at_ms: None,
        device: None,
        released: Vec::new(),
        journal_count: 0,
    }
}
