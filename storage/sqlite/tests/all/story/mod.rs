//! One story of every verb, told against whatever store it is given. Nothing here knows a database.

mod beside;
mod held;
mod instances;
mod logged;
pub(crate) mod samples;
mod status;

use storage::{
    Append, DecisionRecord, NewAttempt, NewSitting, Outcome, StartOutcome, StartWith, Store, StoreError, TenantId,
};

use samples::{attempt, decision, issuance, lines, not_started, sitting};

/// Runs every chapter. The store must be empty.
pub(crate) async fn tell(store: &dyn Store) {
    let (here, there) = (TenantId("here".into()), TenantId("there".into()));
    nothing_is_there_yet(store, &here).await;
    a_sitting_is_recorded_once_with_its_roster(store, &here).await;
    a_code_opens_one_attempt(store, &here).await;
    a_sitting_with_a_code_in_use_is_not_recorded_at_all(store, &here).await;
    the_first_device_gets_the_attempt(store, &here).await;
    a_sitting_that_began_without_the_server_has_no_start(store, &here).await;
    lines_are_held_once_and_in_order(store, &here).await;
    beside::tell(store, &here, &there).await;
    the_first_decision_stays(store, &here).await;
    an_award_is_made_once(store, &here).await;
    status::tell(store, &here, &there).await;
    a_fail_and_a_referral_issue_nothing(store, &here).await;
    logged::tell(store, &here, &there).await;
    held::tell(store, &here, &there).await;
    an_unknown_attempt_is_named(store, &here).await;
    tenants_do_not_see_one_another(store, &here, &there).await;
    instances::tell(store, &here, &there).await;
}

async fn nothing_is_there_yet(store: &dyn Store, here: &TenantId) {
    assert_eq!(store.sittings(here).await.unwrap(), []);
    assert_eq!(store.sitting(here, "s-1").await.unwrap(), None);
    assert_eq!(store.roster(here, "s-1").await.unwrap(), []);
    assert_eq!(store.attempt(here, "a-1").await.unwrap(), None);
    assert_eq!(store.attempt_by_code(here, &[1; 32]).await.unwrap(), None);
    assert_eq!(store.journal(here, "a-1").await.unwrap(), []);
    assert_eq!(store.package(here, "a-1").await.unwrap(), None);
    assert_eq!(store.anchors(here, "a-1").await.unwrap(), []);
    assert_eq!(store.grants(here, "a-1").await.unwrap(), [""; 0]);
    assert_eq!(store.responses(here, "a-1").await.unwrap(), []);
    assert_eq!(store.decision(here, "a-1").await.unwrap(), None);
    assert_eq!(store.certificate(here, "MINI-1").await.unwrap(), None);
    assert_eq!(store.certificate_of(here, "a-1").await.unwrap(), None);
}

async fn a_sitting_is_recorded_once_with_its_roster(store: &dyn Store, here: &TenantId) {
    // Ids that do not sort in the order of the roster.
    let roster = [attempt("a-3", "s-1", 3), attempt("a-1", "s-1", 1), attempt("a-2", "s-1", 2)];
    let first = sitting("s-1", 100);
    store.create_sitting(here, &first, &roster).await.unwrap();
    store.create_sitting(here, &first, &roster).await.unwrap();
    let changed = NewSitting { title: "Another".into(), ..first.clone() };
    store.create_sitting(here, &changed, &[attempt("a-9", "s-1", 9)]).await.unwrap();
    assert_eq!(store.sitting(here, "s-1").await.unwrap(), Some(first.clone()));
    assert_eq!(store.roster(here, "s-1").await.unwrap(), roster.map(not_started));

    let later = NewSitting { reserve_of: Some("s-1".into()), ..sitting("s-2", 200) };
    let again = NewAttempt { candidate_ref: "c-a-1".into(), ..attempt("a-5", "s-2", 5) };
    store.create_sitting(here, &later, &[attempt("a-4", "s-2", 4), again.clone()]).await.unwrap();
    let both = [attempt("a-1", "s-1", 1), again].map(not_started);
    assert_eq!(store.attempts_of(here, "c-a-1").await.unwrap(), both);
    assert_eq!(store.attempts_of(here, "nobody").await.unwrap(), []);
    assert_eq!(store.sittings(here).await.unwrap(), [later, first]);
}

async fn a_code_opens_one_attempt(store: &dyn Store, here: &TenantId) {
    let expected = Some(not_started(attempt("a-2", "s-1", 2)));
    assert_eq!(store.attempt_by_code(here, &[2; 32]).await.unwrap(), expected);
    assert_eq!(store.attempt(here, "a-2").await.unwrap(), expected);
    assert_eq!(store.attempt_by_code(here, &[99; 32]).await.unwrap(), None);
}

async fn a_sitting_with_a_code_in_use_is_not_recorded_at_all(store: &dyn Store, here: &TenantId) {
    let roster = [attempt("a-6", "s-3", 6), attempt("a-7", "s-3", 1)];
    let refused = store.create_sitting(here, &sitting("s-3", 300), &roster).await;
    assert!(matches!(refused, Err(StoreError::CodeTaken)), "{refused:?}");
    assert_eq!(store.sitting(here, "s-3").await.unwrap(), None);
    assert_eq!(store.attempt(here, "a-6").await.unwrap(), None);
    let twice = [attempt("a-6", "s-3", 6), attempt("a-7", "s-3", 6)];
    let refused = store.create_sitting(here, &sitting("s-3", 300), &twice).await;
    assert!(matches!(refused, Err(StoreError::CodeTaken)), "{refused:?}");

    // The name of an attempt is not taken away from the sitting that has it.
    let refused = store.create_sitting(here, &sitting("s-3", 300), &[attempt("a-1", "s-3", 6)]).await;
    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
    assert_eq!(store.sittings(here).await.unwrap().len(), 2);
    assert_eq!(store.attempt(here, "a-1").await.unwrap().unwrap().scheduled.sitting, "s-1");
}

async fn the_first_device_gets_the_attempt(store: &dyn Store, here: &TenantId) {
    let running = StartOutcome::Running;
    let start = async |key: &str, now_ms: i64| store.start(here, "a-1", key, StartWith::Clock, now_ms).await.unwrap();
    assert_eq!(start("device", 111).await, running);
    assert_eq!(start("device", 222).await, running);
    assert_eq!(start("other", 333).await, StartOutcome::OtherDevice);
    let held = store.attempt(here, "a-1").await.unwrap().unwrap();
    assert_eq!((held.started_at_ms, held.given_at_ms), (Some(111), Some(111)));
    assert_eq!(held.device.as_deref(), Some("device"));
    assert_eq!(store.attempt(here, "a-2").await.unwrap(), Some(not_started(attempt("a-2", "s-1", 2))));

    // Released, it goes on on whichever device comes next; the clock runs on. What was not started stays so.
    for (attempt, released) in [("a-1", true), ("a-2", false), ("nobody", false)] {
        assert_eq!(store.release_device(here, attempt).await.unwrap(), released, "{attempt}");
    }
    assert!(!store.release_device(&TenantId("elsewhere".into()), "a-1").await.unwrap());
    assert!(store.release_device(here, "a-1").await.unwrap(), "once more, it changes nothing");
    assert_eq!(store.attempt(here, "a-1").await.unwrap().unwrap().released, ["device"]);
    assert_eq!(start("next", 444).await, running);
    assert_eq!(start("device", 555).await, StartOutcome::OtherDevice);
    let held = store.attempt(here, "a-1").await.unwrap().unwrap();
    assert_eq!(held.device.as_deref(), Some("next"));
    assert_eq!(held.given_at_ms, Some(111), "when the code was given first stays known");
    assert_eq!(held.released, ["device"], "and so do the devices before");
    assert_eq!(store.attempt(here, "a-2").await.unwrap(), Some(not_started(attempt("a-2", "s-1", 2))));
}

async fn a_sitting_that_began_without_the_server_has_no_start(store: &dyn Store, here: &TenantId) {
    for (with, now_ms, given) in [
        (StartWith::Nothing, 111, None),
        (StartWith::Nothing, 222, None),
        (StartWith::Code, 333, Some(333)),
        (StartWith::Clock, 444, Some(333)),
    ] {
        assert_eq!(store.start(here, "a-3", "device", with, now_ms).await.unwrap(), StartOutcome::Running);
        let held = store.attempt(here, "a-3").await.unwrap().unwrap();
        assert_eq!((held.started_at_ms, held.given_at_ms, held.device.as_deref()), (None, given, Some("device")));
    }
    let other = store.start(here, "a-3", "other", StartWith::Code, 555).await.unwrap();
    assert_eq!(other, StartOutcome::OtherDevice);
    assert_eq!(store.attempt(here, "a-3").await.unwrap().unwrap().given_at_ms, Some(333));
}

async fn lines_are_held_once_and_in_order(store: &dyn Store, here: &TenantId) {
    let append = async |from: u64, lines: &[String], now_ms: i64| store.append(here, "a-1", from, lines, now_ms).await;
    let held = |count| Append::Held { count };
    assert_eq!(append(2, &lines(2..=2), 10).await.unwrap(), Append::Gap { expected: 1 });
    assert_eq!(append(0, &lines(1..=1), 10).await.unwrap(), Append::Gap { expected: 1 });
    assert_eq!(append(1, &[], 10).await.unwrap(), held(0));
    assert_eq!(append(1, &lines(1..=3), 10).await.unwrap(), held(3));
    assert_eq!(append(1, &lines(1..=3), 20).await.unwrap(), held(3), "sent again");
    assert_eq!(append(2, &lines(2..=2), 20).await.unwrap(), held(3), "sent again in part");
    assert_eq!(append(3, &lines(3..=12), 30).await.unwrap(), held(12), "some held, some new");
    assert_eq!(append(13, &[], 30).await.unwrap(), held(12));
    assert_eq!(append(14, &lines(14..=14), 30).await.unwrap(), Append::Gap { expected: 13 });
    assert_eq!(append(u64::MAX, &lines(1..=1), 30).await.unwrap(), Append::Gap { expected: 13 });

    let fork = [lines(11..=11), vec!["another".into(), "more".into()]].concat();
    assert_eq!(append(11, &fork, 40).await.unwrap(), Append::Fork { seq: 12 });
    let journal = store.journal(here, "a-1").await.unwrap();
    let texts: Vec<String> = journal.iter().map(|line| line.line.clone()).collect();
    assert_eq!(texts, lines(1..=12), "neither gap nor fork wrote or changed a line");
    assert!(journal.iter().zip(1..).all(|(line, seq)| line.seq == seq));
    let received: Vec<i64> = journal.iter().map(|line| line.received_at_ms).collect();
    assert_eq!(received, [10, 10, 10, 30, 30, 30, 30, 30, 30, 30, 30, 30], "the first receipt counts");

    assert_eq!(store.append(here, "a-2", 1, &lines(1..=1), 50).await.unwrap(), held(1));
    let counts: Vec<u64> = store.roster(here, "s-1").await.unwrap().iter().map(|a| a.journal_count).collect();
    assert_eq!(counts, [0, 12, 1]);
    assert_eq!(store.attempt(here, "a-1").await.unwrap().unwrap().journal_count, 12);
    assert_eq!(store.attempt_by_code(here, &[1; 32]).await.unwrap().unwrap().journal_count, 12);
}

async fn the_first_decision_stays(store: &dyn Store, here: &TenantId) {
    let (passed, issued) = (decision("a-1", Outcome::Pass), issuance("MINI-1", "mini/1/c-1"));
    assert_eq!(store.decide(here, &passed, None, Some(&issued)).await.unwrap(), passed);
    let failed = DecisionRecord { raw_score: 0, ..decision("a-1", Outcome::Fail) };
    assert_eq!(store.decide(here, &failed, None, None).await.unwrap(), passed);
    let again = store.decide(here, &passed, None, Some(&issuance("MINI-2", "mini/1/c-1"))).await.unwrap();
    assert_eq!(again, passed);
    assert_eq!(store.decision(here, "a-1").await.unwrap(), Some(passed));
    let certificate = store.certificate_of(here, "a-1").await.unwrap().unwrap();
    assert_eq!((certificate.attempt.as_str(), &certificate.issued), ("a-1", &issued));
    assert_eq!(store.certificate(here, "MINI-1").await.unwrap(), Some(certificate));
    assert_eq!(store.certificate(here, "MINI-2").await.unwrap(), None);
}

async fn an_award_is_made_once(store: &dyn Store, here: &TenantId) {
    let passed = decision("a-2", Outcome::Pass);
    match store.decide(here, &passed, None, Some(&issuance("MINI-3", "mini/1/c-1"))).await {
        Err(StoreError::AwardTaken(award)) => assert_eq!(award, "mini/1/c-1"),
        other => panic!("{other:?}"),
    }
    assert_eq!(store.decision(here, "a-2").await.unwrap(), None, "nothing was recorded");
    assert_eq!(store.certificate(here, "MINI-3").await.unwrap(), None);
    // A number is not given twice either.
    let refused = store.decide(here, &passed, None, Some(&issuance("MINI-1", "mini/1/c-2"))).await;
    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
    assert_eq!(store.decision(here, "a-2").await.unwrap(), None);
    assert_eq!(store.decide(here, &passed, None, Some(&issuance("MINI-3", "mini/1/c-2"))).await.unwrap(), passed);
}

async fn a_fail_and_a_referral_issue_nothing(store: &dyn Store, here: &TenantId) {
    for (attempt, outcome) in [("a-3", Outcome::Fail), ("a-4", Outcome::Referred)] {
        let decided = decision(attempt, outcome);
        assert_eq!(store.decide(here, &decided, None, None).await.unwrap(), decided);
        assert_eq!(store.decision(here, attempt).await.unwrap(), Some(decided));
        assert_eq!(store.certificate_of(here, attempt).await.unwrap(), None);
    }
    // A fail stays; a referral waits for a decision, and then that one stays.
    let passed = DecisionRecord { decided_by: "O. Fficer".into(), ..decision("a-3", Outcome::Pass) };
    assert_eq!(store.decide(here, &passed, None, None).await.unwrap().outcome, Outcome::Fail);
    let (failed, passed) = (decision("a-4", Outcome::Fail), decision("a-4", Outcome::Pass));
    let referred = decision("a-4", Outcome::Referred);
    // Whoever did not know of it, or knows another, does not replace it.
    let other = DecisionRecord { record: "another".into(), ..referred.clone() };
    for stale in [None, Some(&other)] {
        assert_eq!(store.decide(here, &failed, stale, None).await.unwrap(), referred);
    }
    assert_eq!(store.decide(here, &failed, Some(&referred), None).await.unwrap(), failed);
    for late in [&referred, &failed] {
        assert_eq!(store.decide(here, &passed, Some(late), None).await.unwrap(), failed);
    }
    assert_eq!(store.decision(here, "a-4").await.unwrap(), Some(failed));
}

async fn an_unknown_attempt_is_named(store: &dyn Store, here: &TenantId) {
    let decided = decision("nobody", Outcome::Fail);
    let named = |error: StoreError| assert!(matches!(error, StoreError::NoSuchAttempt(ref id) if id == "nobody"));
    named(store.start(here, "nobody", "device", StartWith::Clock, 1).await.unwrap_err());
    named(store.append(here, "nobody", 1, &lines(1..=1), 1).await.unwrap_err());
    named(store.append(here, "nobody", 1, &[], 1).await.unwrap_err());
    named(store.decide(here, &decided, None, None).await.unwrap_err());
    assert_eq!(store.journal(here, "nobody").await.unwrap(), []);
}

async fn tenants_do_not_see_one_another(store: &dyn Store, here: &TenantId, there: &TenantId) {
    nothing_is_there_yet(store, there).await;
    let refused = store.start(there, "a-5", "device", StartWith::Clock, 1).await;
    assert!(matches!(refused, Err(StoreError::NoSuchAttempt(_))), "{refused:?}");
    assert!(matches!(store.append(there, "a-1", 13, &lines(13..=13), 1).await, Err(StoreError::NoSuchAttempt(_))));
    let refused = store.decide(there, &decision("a-5", Outcome::Fail), None, None).await;
    assert!(matches!(refused, Err(StoreError::NoSuchAttempt(_))), "{refused:?}");

    // The same names, codes, numbers and awards may exist in both.
    let before = store.roster(here, "s-1").await.unwrap();
    store.create_sitting(there, &sitting("s-1", 100), &[attempt("a-1", "s-1", 1)]).await.unwrap();
    let fresh = Some(not_started(attempt("a-1", "s-1", 1)));
    assert_eq!(store.attempt_by_code(there, &[1; 32]).await.unwrap(), fresh);
    let started = store.start(there, "a-1", "elsewhere", StartWith::Clock, 5).await.unwrap();
    assert_eq!(started, StartOutcome::Running);
    assert_eq!(store.append(there, "a-1", 1, &["theirs".into()], 5).await.unwrap(), Append::Held { count: 1 });
    let decided = decision("a-1", Outcome::Pass);
    let issued = issuance("MINI-1", "mini/1/c-1");
    assert_eq!(store.decide(there, &decided, None, Some(&issued)).await.unwrap(), decided);
    assert_eq!(store.roster(here, "s-1").await.unwrap(), before);
    assert_eq!(store.journal(there, "a-1").await.unwrap().len(), 1);
    assert_eq!(store.sittings(there).await.unwrap().len(), 1);
    assert_eq!(store.certificate(there, "MINI-3").await.unwrap(), None);
}
