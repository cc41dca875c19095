//! Heads that a proctor writes down and the office enters.

use chrono::Duration;
use server::{Failure, engine::HeadFit};
use signing::code::Code128;
use storage::{AnchorTaken, Outcome};

use crate::fixture::{Candidate, World, place};

fn head(byte: u8) -> Code128 {
    Code128::from_bytes([byte; 16])
}

async fn zoe(world: &World) -> (Candidate<'_>, Code128) {
    let zoe = world.offline(place("c", "Zoë", "Zoë")).await;
    let challenge = world.engine.challenge(&zoe.attempt).await.unwrap();
    (zoe, challenge)
}

/// Whether it was recorded now, or before.
async fn enter(zoe: &Candidate<'_>, challenge: &Code128, head: &Code128, at_ms: i64) -> Result<bool, String> {
    let entered = zoe.world.engine.check_in(&zoe.attempt, challenge, head, 3, at_ms, "P. Roctor").await;
    entered.map(|entered| entered.is_new).map_err(|failure| match failure {
        Failure::Problem(problem) => problem.detail,
        fault => panic!("{fault:?}"),
    })
}

#[tokio::test]
async fn what_was_written_down_first_stays_and_the_same_again_is_fine() {
    let world = World::new();
    let (zoe, challenge) = zoe(&world).await;
    world.pass(Duration::minutes(1));
    let now = world.now().timestamp_millis();
    for (is_new, at_ms) in [(true, now), (false, now), (false, now - 1)] {
        assert_eq!(enter(&zoe, &challenge, &head(1), at_ms).await, Ok(is_new));
    }
    let refused = enter(&zoe, &challenge, &head(2), now).await.unwrap_err();
    for part in ["another head was recorded before: that of line 3, at 20", "by P. Roctor; what was recorded stays"] {
        assert!(refused.contains(part), "{refused}");
    }
    let anchors = world.engine.store.anchors(&world.engine.tenant, &zoe.attempt).await.unwrap();
    let taken = anchors[0].taken.clone().unwrap();
    assert_eq!((anchors.len(), taken.head, taken.count), (1, "01".repeat(16), 3));
    assert_eq!((taken.recorded_by.as_str(), taken.recorded_at_ms), ("P. Roctor", now));
}

#[tokio::test]
async fn a_challenge_that_was_not_given_to_this_candidate_is_refused() {
    let world = World::new();
    let ((zoe, _), (_, other)) = (zoe(&world).await, zoe(&world).await);
    let now = world.now().timestamp_millis();
    for challenge in [head(9), other] {
        let refused = enter(&zoe, &challenge, &head(1), now).await.unwrap_err();
        assert!(refused.contains("was not given out for this attempt"), "{refused}");
    }
    assert!(world.engine.challenge("nobody").await.is_err());
}

#[tokio::test]
async fn a_time_before_the_challenge_or_after_now_is_refused() {
    let world = World::new();
    let (zoe, challenge) = zoe(&world).await;
    let given_out = world.now().timestamp_millis();
    world.pass(Duration::minutes(10));
    let now = world.now().timestamp_millis();
    for at_ms in [given_out - 1, now + 1, i64::MIN, i64::MAX] {
        let refused = enter(&zoe, &challenge, &head(1), at_ms).await.unwrap_err();
        assert!(refused.contains("between the challenge and now"), "{refused}");
    }
    assert_eq!(enter(&zoe, &challenge, &head(1), given_out).await, Ok(true));
}

#[tokio::test]
async fn what_was_entered_before_is_judged_when_it_is_entered_again() {
    let world = World::new();
    let scheduled = world.schedule_for(Duration::hours(2), &[place("c", "Zoë", "Zoë")]).await;
    let mut zoe = Candidate::offline(&world, &scheduled, 0).await;
    let challenge = zoe.challenged().await;
    zoe.sit_alone(8).await;
    let (count, at_ms) = (zoe.sitting().count(), world.now().timestamp_millis());
    let head = Code128::from_digest(&hex::decode(zoe.sitting().head()).unwrap()).unwrap();
    world.pass(Duration::days(3));
    zoe.hand_over().await;
    assert_eq!(zoe.judged().await.0, Outcome::Referred);
    // The record was written, and the power went before the attempt was judged again.
    let taken = AnchorTaken {
        count,
        head: hex::encode(head.as_bytes()),
        recorded_at_ms: at_ms,
        recorded_by: "P. Roctor".into(),
    };
    let (engine, hex) = (&world.engine, hex::encode(challenge.as_bytes()));
    assert!(engine.store.take_anchor(&engine.tenant, &zoe.attempt, &hex, &taken).await.unwrap());
    let now = world.now().timestamp_millis();
    let entered = engine.check_in(&zoe.attempt, &challenge, &head, count, now, "O. Fficer").await.unwrap();
    assert_eq!((entered.is_new, &entered.recorded), (false, &taken));
    assert_eq!((entered.fit, entered.outcome), (HeadFit::Fits, Some(Outcome::Pass)));
    assert_eq!(zoe.judged().await.0, Outcome::Pass);
}

#[tokio::test]
async fn a_head_that_contradicts_a_journal_that_passed_is_said() {
    let world = World::new();
    let mut zoe = world.offline(place("c", "Zoë", "Zoë")).await;
    let challenge = zoe.challenged().await;
    zoe.sit_alone(8).await;
    zoe.hand_over().await;
    let now = world.now().timestamp_millis();
    let entered = world.engine.check_in(&zoe.attempt, &challenge, &head(7), 3, now, "P. Roctor").await.unwrap();
    assert_eq!((entered.fit, entered.outcome), (HeadFit::Contradicts, Some(Outcome::Pass)));
}
