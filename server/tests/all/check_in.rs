//! Heads that a proctor writes down and the office enters.

use chrono::Duration;
use server::Failure;
use signing::code::Code128;

use crate::fixture::{Candidate, World, place};

fn head(byte: u8) -> Code128 {
    Code128::from_bytes([byte; 16])
}

async fn zoe(world: &World) -> (Candidate<'_>, Code128) {
    let zoe = world.offline(place("c", "Zoë", "Zoë")).await;
    let challenge = world.engine.challenge(&zoe.attempt).await.unwrap();
    (zoe, challenge)
}

async fn enter(zoe: &Candidate<'_>, challenge: &Code128, head: &Code128, at_ms: i64) -> Result<(), String> {
    let entered = zoe.world.engine.check_in(&zoe.attempt, challenge, head, 3, at_ms, "P. Roctor").await;
    entered.map_err(|failure| match failure {
        Failure::Problem(problem) => problem.detail,
        fault => panic!("{fault:?}"),
    })
}

#[tokio::test]
async fn what_was_written_down_first_stays_and_the_same_again_is_fine() {
    let world = World::new();
    let (zoe, challenge) = zoe(&world).await;
    let now = world.now().timestamp_millis();
    for _ in 0..3 {
        assert_eq!(enter(&zoe, &challenge, &head(1), now).await, Ok(()));
    }
    for (head, at_ms) in [(head(2), now), (head(1), now - 1)] {
        assert!(enter(&zoe, &challenge, &head, at_ms).await.is_err());
    }
    let refused = enter(&zoe, &challenge, &head(2), now).await.unwrap_err();
    assert!(refused.contains("what was recorded stays"), "{refused}");
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
    assert_eq!(enter(&zoe, &challenge, &head(1), given_out).await, Ok(()));
}
