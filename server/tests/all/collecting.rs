//! Response files: each any number of times, in any order, and it counts once.

use api::{AttemptState, CollectOutcome, Collected, JournalAck, Resulting};
use chrono::Duration;
use sitting::{Acknowledgement, Event, ResponseFault};
use storage::ResponseRecord;
use tokio::task::JoinSet;

use crate::fixture::{Candidate, World, answered, place};

/// Somebody who handed in without a network, with so many right answers.
async fn finished(world: &World, right: usize) -> Candidate<'_> {
    let mut zoe = world.offline(place("c", "Zoë Muster", "Muster")).await;
    zoe.sit_alone(right).await;
    zoe
}

async fn responses(candidate: &Candidate<'_>) -> Vec<ResponseRecord> {
    let engine = &candidate.world.engine;
    engine.store.responses(&engine.tenant, &candidate.attempt).await.unwrap()
}

/// The file that is kept whole under this digest.
async fn kept_file(candidate: &Candidate<'_>, digest: &str) -> Option<Vec<u8>> {
    let engine = &candidate.world.engine;
    engine.store.response_file(&engine.tenant, &candidate.attempt, digest).await.unwrap()
}

async fn outcome(world: &World, file: Vec<u8>) -> CollectOutcome {
    world.collect(file).await.ok::<Collected>().outcome
}

#[tokio::test]
async fn a_file_from_a_room_without_a_network_is_scored_decided_and_certified() {
    let world = World::new();
    let zoe = finished(&world, 8).await;
    let collected = zoe.hand_over().await;
    assert_eq!((collected.outcome, collected.count), (CollectOutcome::Taken, zoe.sitting().count()));
    assert_eq!((&collected.attempt, &collected.notes), (&zoe.attempt, &vec![]));
    assert_eq!(zoe.held().await, zoe.sitting().lines());
    let zoe = Candidate::admit(&world, &zoe.code).await;
    assert_eq!((zoe.status().await.state, zoe.result().await.outcome), (AttemptState::Submitted, Resulting::Pass));
    assert_eq!(zoe.get("/api/v1/attempt/documents").await.status, 200);
}

#[tokio::test]
async fn the_wait_for_the_next_attempt_counts_from_the_exam_however_late_its_file_comes() {
    let world = World::new();
    let zoe = finished(&world, 6).await;
    let sat_on = world.now().date_naive();
    world.pass(Duration::days(20));
    zoe.hand_over().await;
    let record: serde_json::Value = serde_json::from_str(&zoe.decision().await.unwrap().record).unwrap();
    let fifteen_days_later = sat_on + Duration::days(15);
    assert_eq!((&record["outcome"], &record["start_basis"]), (&"fail".into(), &"window".into()));
    assert_eq!(record["earliest_retake"], fifteen_days_later.to_string());
}

#[tokio::test]
async fn the_acknowledgement_verifies_under_the_exam_key_and_fits_receipt_and_header() {
    let world = World::new();
    let zoe = finished(&world, 8).await;
    let receipt = zoe.device.receipt();
    receipt.check().unwrap();
    let acknowledgement = zoe.hand_over().await.acknowledgement;
    Acknowledgement::check(&acknowledgement, zoe.sitting()).unwrap();
    assert_eq!(world.engine.exam_keys().keys, std::slice::from_ref(&acknowledgement.key));
    let (held, header) = (&acknowledgement.document, &receipt.header.document);
    assert_eq!((&held.attempt, &held.manifest), (&header.attempt, &header.manifest));
    assert_eq!((held.count, &held.head, held.submitted), (header.count, &header.head, header.submitted));
    assert_eq!(held.received_ms, u64::try_from(world.now().timestamp_millis()).unwrap());
    assert_eq!(
        responses(&zoe).await[0].digest,
        receipt.header.digest().unwrap(),
        "found again by the receipt's digest"
    );
}

#[tokio::test]
async fn the_same_file_and_a_second_export_of_the_same_journal_change_nothing() {
    let world = World::new();
    let zoe = finished(&world, 8).await;
    let (first, second) = (zoe.device.response_file(), zoe.device.response_file());
    assert_ne!(first, second, "sealed anew each time");
    assert_eq!(outcome(&world, first.clone()).await, CollectOutcome::Taken);
    let decision = zoe.decision().await;
    for file in [&first, &second, &first] {
        assert_eq!(outcome(&world, file.clone()).await, CollectOutcome::Known);
    }
    assert_eq!((zoe.decision().await, responses(&zoe).await.len()), (decision, 1));
}

#[tokio::test]
async fn an_older_export_after_a_newer_one_loses_nothing_and_a_newer_one_after_it_adds_the_rest() {
    let world = World::new();
    let zoe = finished(&world, 8).await;
    let count = zoe.sitting().count() as usize;
    let files = [5, 2, 5, 9, count, 9, 1].map(|lines| zoe.device.response_file_of(lines));
    let expected = [
        CollectOutcome::Taken,
        CollectOutcome::Older,
        CollectOutcome::Known,
        CollectOutcome::Taken,
        CollectOutcome::Taken,
        CollectOutcome::Older,
        CollectOutcome::Older,
    ];
    let mut most = 0;
    for (file, (expected, lines)) in files.into_iter().zip(expected.into_iter().zip([5, 2, 5, 9, count, 9, 1])) {
        most = most.max(lines);
        let collected: Collected = world.collect(file).await.ok();
        assert_eq!((collected.outcome, collected.count), (expected, most as u64));
        assert_eq!(zoe.decision().await.is_some(), most == count, "nothing is decided before it was handed in");
    }
    assert_eq!(zoe.held().await, zoe.sitting().lines());
    assert_eq!(zoe.decision().await.unwrap().raw_score, 8);
}

#[tokio::test]
async fn a_file_and_an_upload_of_parts_of_one_journal_complete_each_other() {
    let world = World::new();
    let mut zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
    zoe.sit_alone(8).await;
    zoe.upload(1, &zoe.sitting().lines()[..4]).await.ok::<JournalAck>();
    assert_eq!(outcome(&world, zoe.device.response_file_of(3)).await, CollectOutcome::Older);
    assert_eq!(outcome(&world, zoe.device.response_file_of(7)).await, CollectOutcome::Taken);
    zoe.upload(5, &zoe.sitting().lines()[4..9]).await.ok::<JournalAck>();
    assert_eq!(zoe.hand_over().await.outcome, CollectOutcome::Taken);
    assert_eq!(zoe.result().await.outcome, Resulting::Pass);
    let ack = zoe.send_all().await;
    assert_eq!(ack.standing.state, AttemptState::Submitted);
    assert_eq!(zoe.hand_over().await.outcome, CollectOutcome::Known);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_at_once_end_in_one_journal_and_one_result() {
    let world = World::new();
    let zoe = finished(&world, 8).await;
    let count = zoe.sitting().count() as usize;
    let mut asks = JoinSet::new();
    for task in 0..20 {
        let file = zoe.device.response_file_of(if task % 3 == 0 { count } else { 1 + task % count });
        let ask = world.post("/api/v1/responses").body("application/octet-stream", file);
        asks.spawn(ask.send());
    }
    for answer in asks.join_all().await {
        let collected: Collected = answer.ok();
        assert_ne!(collected.outcome, CollectOutcome::Fork);
    }
    assert_eq!(zoe.held().await, zoe.sitting().lines());
    let digests = responses(&zoe).await;
    for response in digests {
        assert_eq!((response.outcome == "fork", kept_file(&zoe, &response.digest).await), (false, None));
    }
    assert_eq!(zoe.decision().await.unwrap().raw_score, 8);
    assert_eq!(zoe.hand_over().await.outcome, CollectOutcome::Known);
}

/// The same journal up to a line, and then two different ways of handing in.
async fn two_branches(world: &World) -> (Candidate<'_>, Candidate<'_>) {
    let scheduled = world.schedule(&[place("c", "Zoë", "Zoë")]).await;
    let mut one = Candidate::offline(world, &scheduled, 0).await;
    let mut other = Candidate::offline(world, &scheduled, 0).await;
    let plan = world.plan(&one.attempt).await;
    for (branch, right) in [(&mut one, 8), (&mut other, 9)] {
        branch.open();
        branch.answer_items(&plan, 0..10, right);
        branch.submit();
    }
    let parted = one.sitting().lines().iter().zip(other.sitting().lines()).position(|(one, other)| one != other);
    assert_eq!(parted, Some(10), "the ninth answer");
    (one, other)
}

#[tokio::test]
async fn another_branch_is_kept_whole_and_flagged_and_overwrites_nothing() {
    let world = World::new();
    let (one, other) = two_branches(&world).await;
    assert_eq!(one.hand_over().await.outcome, CollectOutcome::Taken);
    let decision = one.decision().await;
    let file = other.device.response_file();
    for _ in 0..2 {
        let collected: Collected = world.collect(file.clone()).await.ok();
        assert_eq!((collected.outcome, collected.count), (CollectOutcome::Fork, one.sitting().count()));
        assert!(collected.notes[0].contains("line 11") && collected.notes[0].contains("both are kept"));
        assert!(collected.notes[0].contains("was decided before; the decision stands"), "{:?}", collected.notes);
        // What is acknowledged is what is held, and that is not this one.
        Acknowledgement::check(&collected.acknowledgement, one.sitting()).unwrap();
        let fault = Acknowledgement::check(&collected.acknowledgement, other.sitting()).unwrap_err();
        assert_eq!(fault, ResponseFault::Acknowledgement("names another journal"));
    }
    assert_eq!(one.held().await, one.sitting().lines());
    assert_eq!(one.decision().await, decision);
    let kept: Vec<_> = responses(&one).await.into_iter().filter(|response| response.outcome == "fork").collect();
    assert_eq!((kept.len(), kept[0].count), (1, other.sitting().count()));
    assert!(kept_file(&one, &kept[0].digest).await == Some(file));
}

#[tokio::test]
async fn two_branches_before_the_end_are_for_a_person() {
    let world = World::new();
    let (one, other) = two_branches(&world).await;
    world.collect(one.device.response_file_of(11)).await.ok::<Collected>();
    let fork = other.hand_over().await;
    assert_eq!(fork.outcome, CollectOutcome::Fork);
    assert!(fork.notes[0].ends_with("both are kept, a person decides"), "{:?}", fork.notes);
    assert_eq!(one.hand_over().await.outcome, CollectOutcome::Taken);
    let decision = one.decision().await.unwrap();
    assert_eq!(decision.outcome, storage::Outcome::Referred);
    assert!(decision.record.contains("another branch of the journal was collected"), "{}", decision.record);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_branches_that_come_at_the_same_moment_are_one_journal_and_one_fork() {
    for _ in 0..4 {
        let world = World::new();
        let (one, other) = two_branches(&world).await;
        let mut asks = JoinSet::new();
        for branch in [&one, &other] {
            let file = branch.device.response_file();
            asks.spawn(world.post("/api/v1/responses").body("application/octet-stream", file).send());
        }
        let mut outcomes: Vec<_> =
            asks.join_all().await.iter().map(|answer| answer.ok::<Collected>().outcome).collect();
        outcomes.sort_by_key(|outcome| *outcome == CollectOutcome::Fork);
        assert_eq!(outcomes, [CollectOutcome::Taken, CollectOutcome::Fork]);
        let held = one.held().await;
        assert!(held == one.sitting().lines() || held == other.sitting().lines());
        let mut whole = 0;
        for response in responses(&one).await {
            whole += usize::from(kept_file(&one, &response.digest).await.is_some());
        }
        assert_eq!(whole, 1);
    }
}

#[tokio::test]
async fn a_file_that_comes_after_the_decision_is_kept_and_noted_and_decides_nothing() {
    let world = World::new();
    let mut zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
    zoe.open();
    zoe.send_all().await;
    world.pass(chrono::Duration::hours(4));
    let decided = world.engine.close(&zoe.attempt).await.unwrap();
    let plan = world.plan(&zoe.attempt).await;
    zoe.answer_all(&plan, 10);
    zoe.submit();
    let collected = zoe.hand_over().await;
    assert_eq!(collected.outcome, CollectOutcome::Taken);
    assert!(collected.notes[0].contains("was decided before"), "{:?}", collected.notes);
    assert_eq!(zoe.held().await, zoe.sitting().lines());
    assert_eq!(zoe.decision().await.unwrap(), decided);
    assert_eq!(zoe.result().await.outcome, Resulting::Fail);
}

#[tokio::test]
async fn a_journal_longer_than_any_other_request_is_taken_in_one_file() {
    let world = World::new();
    let mut zoe = world.offline(place("c", "Zoë", "Zoë")).await;
    zoe.open();
    let at = |number: usize| answered(&item::ItemId::at_position(1 + number % 10), &[["a", "b"][number % 2]]);
    for number in 0..5_000 {
        zoe.write(&at(number));
    }
    zoe.write(&Event::Resumed { gap_ms: 0 });
    zoe.submit();
    let file = zoe.device.response_file();
    assert!(file.len() > 1_200_000, "{}", file.len());
    assert_eq!(outcome(&world, file.clone()).await, CollectOutcome::Taken);
    assert_eq!(zoe.held().await.len(), 5_004);
    assert_eq!(outcome(&world, file).await, CollectOutcome::Known);
}
