//! One pass, one certificate, whatever happens at the same time.

use std::collections::BTreeSet;

use api::{IssuedDocuments, Resulting, SittingResult};
use tokio::task::JoinSet;

use crate::fixture::{Answer, Candidate, World, place};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_pass_that_many_ask_for_at_once_is_issued_once() {
    let world = World::new();
    let mut zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
    let plan = world.plan(&zoe.attempt).await;
    zoe.open();
    zoe.answer_all(&plan, 10);
    zoe.send_all().await;
    zoe.submit();

    let mut asks = JoinSet::new();
    for task in 0..48 {
        let ask = match task % 3 {
            0 => world.get("/api/v1/attempt/result"),
            1 => world.get("/api/v1/attempt/documents"),
            _ => world.post("/api/v1/attempt/journal").json(&zoe.device.upload(1, zoe.sitting().lines())),
        };
        asks.spawn(ask.token(&zoe.token).send());
    }
    let answers = asks.join_all().await;
    let told = |answer: &Answer| {
        let result: Option<SittingResult> = serde_json::from_slice(&answer.body).ok();
        let documents: Option<IssuedDocuments> = serde_json::from_slice(&answer.body).ok();
        result.and_then(|result| result.certificate_number).or(documents.map(|documents| documents.number))
    };
    let numbers: BTreeSet<String> = answers.iter().filter_map(told).collect();
    let statuses: BTreeSet<u16> = answers.iter().map(|answer| answer.status).collect();
    assert!(statuses.is_subset(&BTreeSet::from([200, 404])), "{statuses:?}");
    let number = zoe.result().await.certificate_number.unwrap();
    assert!(numbers.is_subset(&BTreeSet::from([number])), "{numbers:?}");
}

#[tokio::test]
async fn a_second_award_to_the_same_person_is_for_a_person_to_decide() {
    let world = World::new();
    let mut first = world.candidate(place("c", "Zoë", "Zoë")).await;
    let number = first.sit(10).await.certificate_number.unwrap();
    let mut second = world.candidate(place("c", "Zoë", "Zoë")).await;
    let result = second.sit(10).await;
    assert_eq!((result.outcome, result.certificate_number, result.cpd_credits), (Resulting::Referred, None, None));
    let decision = world.engine.store.decision(&world.engine.tenant, &second.attempt).await.unwrap().unwrap();
    assert!(decision.record.contains("already"), "{}", decision.record);
    second.get("/api/v1/attempt/documents").await.problem("not-found");
    assert_eq!(second.result().await.outcome, Resulting::Referred);
    assert_eq!(first.documents().await.number, number);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_passes_of_one_person_at_the_same_time_yield_one_certificate() {
    let world = World::new();
    let mut asks = JoinSet::new();
    let mut attempts = Vec::new();
    for _ in 0..6 {
        let mut zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
        let plan = world.plan(&zoe.attempt).await;
        zoe.open();
        zoe.answer_all(&plan, 10);
        zoe.submit();
        let ask = world.post("/api/v1/attempt/journal").token(&zoe.token);
        asks.spawn(ask.json(&zoe.device.upload(1, zoe.sitting().lines())).send());
        attempts.push(zoe);
    }
    for answer in asks.join_all().await {
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    let mut outcomes = Vec::new();
    for zoe in &attempts {
        outcomes.push(zoe.result().await.outcome);
    }
    outcomes.sort_by_key(|outcome| *outcome == Resulting::Referred);
    assert_eq!(outcomes[0], Resulting::Pass);
    assert!(outcomes[1..].iter().all(|outcome| *outcome == Resulting::Referred), "{outcomes:?}");
}

#[tokio::test]
async fn two_people_of_one_name_get_a_certificate_each() {
    let world = World::new();
    let roster = [place("c-1", "Sam Smith", "Smith"), place("c-2", "Sam Smith", "Smith")];
    let scheduled = world.schedule(&roster).await;
    let mut numbers = BTreeSet::new();
    for admission in &scheduled.admissions {
        let mut sam = Candidate::admit(&world, &admission.code).await.start().await;
        numbers.extend(sam.sit(10).await.certificate_number);
    }
    assert_eq!(numbers.len(), 2);
}

#[tokio::test]
async fn a_fail_does_not_stand_in_the_way_of_a_later_pass() {
    let world = World::new();
    let mut first = world.candidate(place("c", "Alex", "Alex")).await;
    assert_eq!(first.sit(0).await.outcome, Resulting::Fail);
    let mut second = world.candidate(place("c", "Alex", "Alex")).await;
    assert_eq!(second.sit(10).await.outcome, Resulting::Pass);
    assert_eq!(first.result().await.outcome, Resulting::Fail);
}
