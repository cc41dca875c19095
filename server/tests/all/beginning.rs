//! When the working time began, if the server did not see it.

use chrono::Duration;
use serde_json::Value;
use signing::code::Code128;
use sitting::{Authority, Event, ReleaseVia};
use storage::Outcome;

use crate::fixture::{Candidate, NOW, World, instant, place};

const WORKING_TIME: Duration = Duration::minutes(180);
/// As the server says it in `engine::GRACE_MS`.
const GRACE: Duration = Duration::seconds(60);

/// Somebody who began without a network, in a window of two hours.
async fn offline(world: &World) -> Candidate<'_> {
    let scheduled = world.schedule_for(Duration::hours(2), &[place("c", "Zoë", "Zoë")]).await;
    Candidate::offline(world, &scheduled, 0).await
}

#[tokio::test]
async fn a_challenge_before_the_questions_shows_a_later_start() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    world.pass(Duration::minutes(50));
    zoe.challenged().await;
    world.pass(Duration::minutes(2));
    zoe.sit_alone(8).await;
    world.pass(Duration::minutes(178));
    zoe.hand_over().await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, &record["start_basis"]), (Outcome::Pass, &Value::from("challenge")));
    assert_eq!(instant(&record["deadline"]), NOW + Duration::minutes(50) + WORKING_TIME);
}

#[tokio::test]
async fn a_challenge_that_was_printed_before_the_window_makes_no_start_earlier_than_the_window() {
    let world = World::new();
    let (opens, closes) = (NOW + Duration::days(3), NOW + Duration::days(3) + Duration::hours(2));
    let scheduled = world.engine.schedule("Later", opens, closes, &[place("c", "Zoë", "Zoë")]).await.unwrap();
    let sheet = world.engine.sheet(&scheduled.admissions[0].attempt).await.unwrap();
    world.pass(Duration::days(3) + Duration::minutes(10));
    let mut zoe = Candidate::offline(&world, &scheduled, 0).await;
    let challenge = Code128::parse(&sheet.challenges[0]).unwrap();
    let event = Event::Challenged { challenge: hex::encode(challenge.as_bytes()), by: Authority::Proctor };
    zoe.write(&event);
    zoe.sit_alone(8).await;
    zoe.checked_in(&challenge).await;
    world.pass(Duration::days(1));
    zoe.hand_over().await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, &record["start_basis"]), (Outcome::Pass, &Value::from("window")));
    assert_eq!(instant(&record["start"]), opens);
}

#[tokio::test]
async fn a_challenge_of_ones_own_making_shows_nothing() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    world.pass(Duration::minutes(110));
    zoe.write(&Event::Challenged { challenge: "ab".repeat(16), by: Authority::Server });
    zoe.sit_alone(8).await;
    world.pass(Duration::minutes(100));
    zoe.hand_over().await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, &record["start_basis"]), (Outcome::Referred, &Value::from("window")));
}

#[tokio::test]
async fn whoever_says_that_the_package_is_open_and_reads_on_gains_no_time() {
    let world = World::new();
    let scheduled = world.schedule(&[place("c", "Zoë", "Zoë")]).await;
    world.pass(Duration::hours(5));
    let mut zoe = Candidate::admit(&world, &scheduled.admissions[0].code).await;
    assert_eq!(zoe.connect().await.release, None, "whoever has it is not given it");
    world.pass(Duration::minutes(10));
    // With this answer comes the release code: the questions can be read from now on.
    let given = world.now();
    let started: api::Started = zoe.ask_to_start(&zoe.device).await.ok();
    let package = zoe.get("/api/v1/attempt/package").await.body;
    zoe.device.open_package(&package, &world.engine.exam_keys().keys, &started.release.unwrap(), &zoe.code);
    zoe.write(&zoe.device.released(ReleaseVia::Code));
    for _ in 0..20 {
        world.pass(Duration::minutes(10));
        if let Some(challenge) = zoe.send_all().await.standing.challenge {
            zoe.write(&Event::Challenged { challenge, by: Authority::Server });
            zoe.send_all().await;
        }
    }
    zoe.sit_alone(8).await;
    zoe.send_all().await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, instant(&record["deadline"])), (Outcome::Referred, given + WORKING_TIME));
}

#[tokio::test]
async fn whoever_waits_for_the_start_with_an_open_package_and_a_network_loses_no_time() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    zoe.connect().await;
    // The page asks about twice a minute.
    for _ in 0..60 {
        let standing = zoe.send_all().await.standing;
        zoe.write(&Event::Challenged { challenge: standing.challenge.unwrap(), by: Authority::Server });
        assert_eq!(zoe.send_all().await.standing.challenge, None, "one at a time");
        world.pass(Duration::seconds(30));
    }
    let plan = world.plan(&zoe.attempt).await;
    zoe.open();
    zoe.answer_all(&plan, 8);
    zoe.submit();
    // The end of the page's countdown, and half a minute on the way.
    world.pass(WORKING_TIME + Duration::seconds(30));
    zoe.send_all().await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, &record["start_basis"]), (Outcome::Pass, &Value::from("challenge")));
    assert_eq!(instant(&record["deadline"]), NOW + Duration::seconds(59 * 30) + WORKING_TIME);
}

#[tokio::test]
async fn a_binding_with_which_nothing_was_given_is_no_start() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    zoe.connect().await;
    world.pass(Duration::minutes(20));
    let challenge = zoe.challenged().await;
    zoe.checked_in(&challenge).await;
    world.pass(Duration::minutes(10));
    zoe.sit_alone(8).await;
    zoe.send_all().await;
    let (_, record) = zoe.judged().await;
    assert_eq!((instant(&record["start"]), &record["start_basis"]), (NOW + Duration::minutes(20), &"challenge".into()));
}

#[tokio::test]
async fn a_sitting_without_a_known_start_is_closed_when_the_last_possible_one_is_over() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    let plan = world.plan(&zoe.attempt).await;
    zoe.open();
    zoe.answer_all(&plan, 8);
    world.pass(Duration::minutes(100));
    zoe.hand_over().await;
    assert!(zoe.decision().await.is_none());
    // Two hours of window: somebody who began in its last minute has until 14:00.
    world.pass(Duration::minutes(200) + GRACE);
    assert!(world.engine.close(&zoe.attempt).await.is_err(), "the rest of the journal may still come");
    world.pass(Duration::milliseconds(1));
    let decided = world.engine.close(&zoe.attempt).await.unwrap();
    assert_eq!((decided.outcome, decided.raw_score), (Outcome::Pass, 8));
    zoe.submit();
    let collected = zoe.hand_over().await;
    assert!(collected.notes[0].contains("was decided before"));
    assert_eq!(world.engine.close(&zoe.attempt).await.unwrap(), decided);
}
