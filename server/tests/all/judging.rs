//! What counts of a sitting that the server did not see: what can be shown to have been written in time.

use api::{CollectOutcome, Resulting};
use chrono::Duration;
use serde_json::Value;
use server::engine::BrowserProof;
use storage::Outcome;

use crate::fixture::{Candidate, Device, NOW, SUBMITTED, World, instant, place};

const WORKING_TIME: Duration = Duration::minutes(180);
/// As the server says it in `engine::GRACE_MS`.
const GRACE: Duration = Duration::seconds(60);

/// Somebody who began without a network, in a window of two hours.
async fn offline(world: &World) -> Candidate<'_> {
    let scheduled = world.schedule_for(Duration::hours(2), &[place("c", "Zoë", "Zoë")]).await;
    Candidate::offline(world, &scheduled, 0).await
}

#[tokio::test]
async fn a_file_that_comes_within_the_time_of_the_earliest_start_counts_by_itself() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    world.pass(Duration::minutes(30));
    zoe.sit_alone(8).await;
    world.pass(WORKING_TIME + GRACE - Duration::minutes(30));
    zoe.hand_over().await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, &record["start_basis"]), (Outcome::Pass, &Value::from("window")));
    assert_eq!((instant(&record["start"]), instant(&record["deadline"])), (NOW, NOW + WORKING_TIME));
    assert_eq!(record["journal_lines_in_time"], record["journal_lines"]);
}

#[tokio::test]
async fn a_file_that_comes_later_without_any_record_is_for_a_person_where_it_would_pass() {
    for (right, expected) in [(8, Outcome::Referred), (6, Outcome::Fail)] {
        let world = World::new();
        let mut zoe = offline(&world).await;
        zoe.sit_alone(right).await;
        world.pass(WORKING_TIME + GRACE + Duration::milliseconds(1));
        zoe.hand_over().await;
        let (outcome, record) = zoe.judged().await;
        assert_eq!((outcome, &record["journal_lines_in_time"]), (expected, &Value::from(0)));
        assert_eq!((&record["score"]["raw"], &record["score_with_late_lines"]["raw"]), (&0.into(), &right.into()));
        let device = "device not bound: neither the server nor a proctor's record ties this device to the attempt";
        assert_eq!(record["remarks"], Value::from(vec![device]));
    }
}

#[tokio::test]
async fn a_head_that_was_written_down_at_the_end_lets_a_file_count_weeks_later() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    let challenge = zoe.challenged().await;
    world.pass(Duration::minutes(170));
    zoe.sit_alone(8).await;
    zoe.checked_in(&challenge).await;
    world.pass(Duration::days(20));
    assert_eq!(zoe.hand_over().await.outcome, CollectOutcome::Taken);
    let (outcome, record) = zoe.judged().await;
    assert_eq!(
        (outcome, &record["referred_because"], &record["remarks"]),
        (Outcome::Pass, &Value::Null, &Value::from(Vec::<Value>::new()))
    );
    let zoe = Candidate::admit(&world, &zoe.code).await;
    assert_eq!(zoe.result().await.outcome, Resulting::Pass);
}

#[tokio::test]
async fn what_was_written_after_the_last_record_is_scored_apart() {
    for (early, late_right, expected) in [(7, 0, Outcome::Pass), (6, 0, Outcome::Fail), (6, 2, Outcome::Referred)] {
        let world = World::new();
        let mut zoe = offline(&world).await;
        let plan = world.plan(&zoe.attempt).await;
        let challenge = zoe.challenged().await;
        zoe.open();
        zoe.answer_items(&plan, 0..7, early);
        zoe.checked_in(&challenge).await;
        let anchored = zoe.sitting().count();
        zoe.answer_items(&plan, 7..10, 7 + late_right);
        zoe.submit();
        world.pass(Duration::days(1));
        zoe.hand_over().await;
        let (outcome, record) = zoe.judged().await;
        assert_eq!((outcome, &record["journal_lines_in_time"]), (expected, &anchored.into()), "{early} {late_right}");
        let tail = &record["score_with_late_lines"]["raw"];
        assert_eq!((&record["score"]["raw"], tail), (&early.into(), &(early + late_right).into()));
        let because = "answers that cannot be shown to have been given in time would change the result";
        let because = if outcome == Outcome::Referred { because.into() } else { Value::Null };
        assert_eq!(record["referred_because"], because);
    }
}

#[tokio::test]
async fn a_head_that_was_recorded_too_late_lets_nothing_count() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    let challenge = zoe.challenged().await;
    zoe.sit_alone(8).await;
    world.pass(WORKING_TIME + GRACE + Duration::minutes(1));
    zoe.checked_in(&challenge).await;
    zoe.hand_over().await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!((outcome, &record["journal_lines_in_time"]), (Outcome::Referred, &0.into()));
    assert_eq!(record["remarks"], Value::from(Vec::<Value>::new()), "but the device is known");
}

#[tokio::test]
async fn a_journal_that_ends_before_a_recorded_head_was_cut_off_and_is_for_a_person() {
    let world = World::new();
    let mut zoe = offline(&world).await;
    let plan = world.plan(&zoe.attempt).await;
    let challenge = zoe.challenged().await;
    zoe.open();
    zoe.answer_all(&plan, 8);
    let count = zoe.sitting().count();
    let (cut, early) = (zoe.device.response_file_of(5), zoe.sitting().lines()[..5].to_vec());
    zoe.checked_in(&challenge).await;
    // The device shows another end: handed in after line 5.
    let mut short = Device::new(&zoe.code);
    let package = world.get(&format!("/api/v1/packages/{}", zoe.attempt)).send().await.body;
    let release = world.engine.store.sitting(&world.engine.tenant, &zoe.sitting().manifest().sitting).await.unwrap();
    short.open_package(&package, &world.engine.exam_keys().keys, &release.unwrap().release_code, &zoe.code);
    short.take(&early);
    short.write(world.now(), &SUBMITTED);
    world.collect(cut).await;
    world.collect(short.response_file()).await;
    let (outcome, record) = zoe.judged().await;
    assert_eq!(outcome, Outcome::Referred);
    let said = record["remarks"][0].as_str().unwrap();
    assert!(said.contains(&format!("at line {count}")) && said.contains("ends at line 6") && said.contains("cut off"));
    assert_eq!(record["referred_because"], "a recorded head of the journal is not in it");
}

#[tokio::test]
async fn a_recorded_head_of_another_branch_is_for_a_person() {
    let world = World::new();
    let scheduled = world.schedule_for(Duration::hours(2), &[place("c", "Zoë", "Zoë")]).await;
    let mut shown = Candidate::offline(&world, &scheduled, 0).await;
    let mut handed = Candidate::offline(&world, &scheduled, 0).await;
    let challenge = shown.challenged().await;
    shown.open();
    shown.checked_in(&challenge).await;
    handed.sit_alone(8).await;
    handed.hand_over().await;
    let (outcome, record) = handed.judged().await;
    assert_eq!(outcome, Outcome::Referred);
    assert!(record["remarks"][0].as_str().unwrap().contains("head recorded at line 3"), "{}", record["remarks"]);
    assert!(record["remarks"][0].as_str().unwrap().contains("another branch"), "{}", record["remarks"]);
    assert_eq!(record["referred_because"], "a recorded head of the journal is not in it");
}

#[tokio::test]
async fn what_was_handed_in_is_acknowledged_even_where_it_cannot_be_decided() {
    let world = World::new();
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    let plan = world.plan(&alex.attempt).await;
    alex.open();
    alex.answer_all(&plan, 10);
    alex.send_all().await;
    alex.submit();
    // A certificate from here on would be valid past the end of the calendar.
    world.pass(Duration::days(95_005_000));
    let upload = alex.device.upload(1, alex.sitting().lines());
    for _ in 0..2 {
        let ack = world.engine.take_lines(&alex.attempt, &upload, &BrowserProof::default()).await.unwrap();
        assert_eq!(ack.acknowledgement.unwrap().document.head, alex.sitting().head());
        assert!(alex.hand_over().await.acknowledgement.document.submitted);
    }
    assert!(alex.decision().await.is_none());
    world.pass(Duration::days(-95_005_000));
    assert_eq!(alex.result().await.outcome, Resulting::Pass, "whoever asks for the result has it decided");
}

#[tokio::test]
async fn whether_the_device_is_known_is_said() {
    // A record of the server, or of a proctor, or none at all, or one of another device.
    for (how, known) in [
        ("bound", true),
        ("checked in", true),
        ("bound, released", true),
        ("bound, released, another bound", true),
        ("neither", false),
        ("another bound", false),
        ("another bound, released", false),
    ] {
        let world = World::new();
        let mut zoe = offline(&world).await;
        let challenge = zoe.challenged().await;
        zoe.sit_alone(8).await;
        for step in how.split(", ") {
            match step {
                "bound" => drop(zoe.connect().await),
                "checked in" => zoe.checked_in(&challenge).await,
                "released" => world.engine.release_device(&zoe.attempt).await.unwrap(),
                "another bound" => {
                    zoe.token = Candidate::admit(&world, &zoe.code).await.token;
                    zoe.ask_to_start(&Device::new("another")).await.ok::<api::Started>();
                }
                _ => {}
            }
        }
        zoe.hand_over().await;
        let (_, record) = zoe.judged().await;
        assert_eq!(!record["remarks"].to_string().contains("device not bound"), known, "{how}: {}", record["remarks"]);
    }
}
