//! Attempts that were referred: what becomes of them.

use api::Resulting;
use chrono::Duration;
use signing::code::Code128;
use storage::Outcome;

use crate::fixture::{Candidate, World, place};

/// Somebody who sat without a network, and whose file came days later without any record of a proctor.
async fn referred(world: &World) -> Candidate<'_> {
    let scheduled = world.schedule_for(Duration::hours(2), &[place("c", "Zoë", "Zoë")]).await;
    let mut zoe = Candidate::offline(world, &scheduled, 0).await;
    zoe.sit_alone(8).await;
    world.pass(Duration::days(3));
    zoe.hand_over().await;
    assert_eq!(zoe.judged().await.0, Outcome::Referred);
    zoe
}

#[tokio::test]
async fn what_a_proctor_wrote_down_counts_when_it_is_entered_after_the_file() {
    let world = World::new();
    let scheduled = world.schedule_for(Duration::hours(2), &[place("c", "Zoë", "Zoë")]).await;
    let mut zoe = Candidate::offline(&world, &scheduled, 0).await;
    let challenge = zoe.challenged().await;
    zoe.sit_alone(8).await;
    let (count, written_down) = (zoe.sitting().count(), world.now() + Duration::minutes(1));
    let head = Code128::from_digest(&hex::decode(zoe.sitting().head()).unwrap()).unwrap();
    world.pass(Duration::days(3));
    zoe.hand_over().await;
    assert_eq!(zoe.judged().await.0, Outcome::Referred);
    let at_ms = written_down.timestamp_millis();
    world.engine.check_in(&zoe.attempt, &challenge, &head, count, at_ms, "P. Roctor").await.unwrap();
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, record["decided_by"].as_str()), (Outcome::Pass, Some("automatic")));
    let zoe = Candidate::admit(&world, &zoe.code).await;
    assert!(zoe.result().await.certificate_number.is_some());
}

#[tokio::test]
async fn a_person_decides_once_with_name_and_reason_and_the_rules_remain_on_record() {
    for (passed, outcome) in [(true, Resulting::Pass), (false, Resulting::Fail)] {
        let world = World::new();
        let zoe = referred(&world).await;
        for (by, because) in [("", "seen"), ("O. Fficer", " "), ("automatic", "seen")] {
            assert!(world.engine.resolve(&zoe.attempt, passed, by, because).await.is_err());
        }
        world.engine.resolve(&zoe.attempt, passed, "O. Fficer", "the room's log shows when it ended").await.unwrap();
        let (_, record) = zoe.judged().await;
        assert_eq!(record["decided_by"], "O. Fficer");
        assert_eq!(record["decided_because"], "the room's log shows when it ended");
        assert!(record["referred_because"].is_string(), "why it took a person");
        let zoe = Candidate::admit(&world, &zoe.code).await;
        let result = zoe.result().await;
        assert_eq!((result.outcome, result.certificate_number.is_some()), (outcome, passed));
        assert_eq!(result.retake.is_some(), !passed);
        let again = world.engine.resolve(&zoe.attempt, !passed, "O. Fficer", "on second thoughts").await;
        assert!(again.is_err(), "a decision stays");
    }
}

#[tokio::test]
async fn why_it_took_a_person_stays_on_record_where_only_the_award_showed_it() {
    let world = World::new();
    let mut first = world.candidate(place("c", "Alex", "Alex")).await;
    assert_eq!(first.sit(10).await.outcome, Resulting::Pass);
    let mut again = world.candidate(place("c", "Alex", "Alex")).await;
    assert_eq!(again.sit(10).await.outcome, Resulting::Referred);
    let (_, referred) = again.judged().await;
    let twice = world.engine.resolve(&again.attempt, true, "O. Fficer", "passed").await;
    assert!(twice.is_err(), "an award is made once");
    world.engine.resolve(&again.attempt, false, "O. Fficer", "holds it already").await.unwrap();
    let (outcome, record) = again.judged().await;
    assert_eq!((outcome, &record["referred_because"]), (Outcome::Fail, &referred["referred_because"]));
    assert!(record["referred_because"].as_str().unwrap().contains("holds the award"));
}

#[tokio::test]
async fn nobody_decides_what_was_not_referred() {
    let world = World::new();
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    assert!(world.engine.resolve(&alex.attempt, true, "O. Fficer", "a friend").await.is_err());
    assert_eq!(alex.sit(0).await.outcome, Resulting::Fail);
    assert!(world.engine.resolve(&alex.attempt, true, "O. Fficer", "a friend").await.is_err());
    assert!(world.engine.resolve("nobody", true, "O. Fficer", "a friend").await.is_err());
}
