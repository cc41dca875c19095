//! Which device an attempt runs on, and how it goes on on another.

use api::{AttemptState, JournalAck, Started};
use chrono::Duration;
use item::{ItemId, Response};
use serde_json::json;
use sitting::{Event, Grant, binding_message};

use crate::fixture::{Candidate, Device, NOW, SUBMITTED, World, place};

async fn alex(world: &World) -> Candidate<'_> {
    world.candidate(place("c", "Alex", "Alex")).await
}

/// Somebody who was let in and has not started.
async fn admitted(world: &World) -> Candidate<'_> {
    let scheduled = world.schedule(&[place("c", "Alex", "Alex")]).await;
    Candidate::admit(world, &scheduled.admissions[0].code).await
}

#[tokio::test]
async fn a_device_that_does_not_show_its_key_is_not_bound_and_starts_no_clock() {
    let world = World::new();
    let alex = admitted(&world).await;
    let (mine, other) = (alex.device.binding(&alex.attempt, false), Device::new("another"));
    let signed = |message: &[u8]| other.sign(message);
    for signature in [
        String::new(),
        "0".repeat(128),
        mine.signature.to_uppercase(),
        mine.signature[..126].into(),
        signed(&binding_message(&alex.attempt, &mine.device.key).unwrap()),
        alex.device.sign(&binding_message("another attempt", &mine.device.key).unwrap()),
        alex.device.sign(&binding_message(&alex.attempt, &other.named().key).unwrap()),
    ] {
        let start = api::Start { signature, ..mine.clone() };
        let answer = world.post("/api/v1/attempt/start").token(&alex.token).json(&start).send().await;
        assert!(answer.problem("bad-request").detail.contains("signature"));
    }
    for device in [json!({"key": "", "home": "webcrypto"}), json!({"key": "z6Mk", "home": "software"})] {
        let start = json!({"device": device, "signature": mine.signature});
        let answer = world.post("/api/v1/attempt/start").token(&alex.token).json(&start).send().await;
        answer.problem("bad-request");
    }
    assert_eq!(alex.status().await.state, AttemptState::Ready);
    assert_eq!(alex.ask_to_start(&alex.device).await.status, 200);
    assert_eq!(alex.status().await.started_at, Some(NOW));
}

#[tokio::test]
async fn whoever_knows_the_code_but_is_not_the_device_writes_nothing() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    alex.send_all().await;
    // The same code, the same token, the whole journal even: without the device's key it is refused all the same.
    let upload = alex.device.upload(3, &[alex.draft(&SUBMITTED)]);
    let mut thief = Device::new("thief");
    let package = alex.get("/api/v1/attempt/package").await.body;
    let release = alex.ask_to_start(&alex.device).await.ok::<Started>().release.unwrap();
    thief.open_package(&package, &world.engine.exam_keys().keys, &release, &alex.code);
    thief.take(alex.sitting().lines());
    let stolen = thief.upload(3, &upload.lines);
    for upload in [stolen, api::JournalUpload { signature: String::new(), ..upload.clone() }] {
        world.post("/api/v1/attempt/journal").token(&alex.token).json(&upload).send().await.problem("other-device");
    }
    assert_eq!(alex.status().await.state, AttemptState::Sitting);
    assert_eq!(alex.held().await, alex.sitting().lines());
}

#[tokio::test]
async fn a_signature_counts_for_the_lines_that_it_was_made_for() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    alex.answer(&"q01".into(), &["a"]);
    let lines = alex.sitting().lines().to_vec();
    let two = alex.device.upload(1, &lines[..2]);
    let grown = api::JournalUpload { lines: lines.clone(), ..two.clone() };
    world.post("/api/v1/attempt/journal").token(&alex.token).json(&grown).send().await.problem("other-device");
    assert_eq!(alex.held().await, [""; 0]);
    let ack: JournalAck = world.post("/api/v1/attempt/journal").token(&alex.token).json(&two).send().await.ok();
    assert_eq!(ack.count, 2);
}

#[tokio::test]
async fn a_released_attempt_goes_on_on_the_next_device_and_only_there() {
    let world = World::new();
    let mut first = alex(&world).await;
    first.open();
    first.answer(&ItemId::at_position(1), &["a"]);
    first.send_all().await;
    first.ask_to_start(&Device::new("second")).await.problem("other-device");
    assert!(world.engine.release_device("nobody").await.is_err());
    world.pass(Duration::minutes(10));
    world.engine.release_device(&first.attempt).await.unwrap();

    let mut second = Candidate::admit(&world, &first.code).await;
    second.device = Device::new("second");
    let mut second = second.start().await;
    assert_eq!((second.sitting().epoch(), second.sitting().count()), (2, 4), "what was held is there, and the move");
    assert_eq!(second.status().await.started_at, Some(NOW), "the clock ran on");
    second.answer(&ItemId::at_position(2), &["b"]);
    second.send_all().await;

    first.ask_to_start(&first.device).await.problem("other-device");
    first.answer(&ItemId::at_position(2), &["c"]);
    first.upload(4, &first.sitting().lines()[3..]).await.problem("journal-fork");
    first.upload(3, &first.sitting().lines()[2..3]).await.problem("other-device");
    assert_eq!(second.held().await, second.sitting().lines());
    // Before the start there is nothing to release.
    let scheduled = world.schedule(&[place("d", "Zoë", "Zoë")]).await;
    assert!(world.engine.release_device(&scheduled.admissions[0].attempt).await.is_err());
}

#[tokio::test]
async fn the_move_is_allowed_once_for_each_release_and_asked_for_as_often_as_needed() {
    let world = World::new();
    let mut first = alex(&world).await;
    first.open();
    first.send_all().await;
    world.engine.release_device(&first.attempt).await.unwrap();
    let second = Device::new("second");
    let grants = [
        first.ask_to_start(&second).await.ok::<Started>().moved.unwrap(),
        first.ask_to_start(&second).await.ok::<Started>().moved.unwrap(),
    ];
    assert_eq!(grants[0], grants[1], "a start that was not heard is tried again");
    // The device that was left may not use it: what it writes is not the bound device's.
    let moved = Event::Moved { device: first.device.named(), grant: Grant::of_signed(grants[0].clone()) };
    first.write(&moved);
    first.upload(3, &first.sitting().lines()[2..]).await.problem("other-device");
    assert_eq!(first.held().await.len(), 2);

    let mut next = Candidate::admit(&world, &first.code).await;
    next.device = second;
    let next = next.start().await;
    next.send_all().await;
    world.engine.release_device(&first.attempt).await.unwrap();
    let third = next.ask_to_start(&Device::new("third")).await.ok::<Started>().moved.unwrap();
    assert_ne!(third.document.id, grants[0].document.id, "a move is used up");
}

#[tokio::test]
async fn before_the_first_line_another_device_may_begin_after_a_release_without_any_grant() {
    let world = World::new();
    let alex = alex(&world).await;
    world.engine.release_device(&alex.attempt).await.unwrap();
    let mut next = Candidate::admit(&world, &alex.code).await;
    next.device = Device::new("second");
    let mut next = next.start().await;
    assert_eq!((next.sitting().epoch(), next.sitting().count()), (1, 1));
    next.open();
    next.send_all().await;
}

#[tokio::test]
async fn a_sitting_that_began_without_a_network_sends_its_journal_later_and_no_clock_is_started() {
    let world = World::new();
    let mut zoe = world.offline(place("c", "Zoë", "Zoë")).await;
    zoe.open();
    zoe.answer(&"q01".into(), &["a"]);
    world.pass(Duration::minutes(40));
    let started = zoe.connect().await;
    assert_eq!((started.lines, started.moved, started.standing.elapsed_ms), (vec![], None, None));
    assert_eq!(started.release, None, "it was read out");
    let ack = zoe.send_all().await;
    assert_eq!((ack.count, ack.standing.state, ack.standing.elapsed_ms), (3, AttemptState::Sitting, None));
    let status = zoe.status().await;
    assert_eq!((status.state, status.started_at, status.deadline), (AttemptState::Sitting, None, None));
    // Asked once more, as after a reload that lost what it knew.
    zoe.ask_to_start(&zoe.device).await.ok::<Started>();
    assert_eq!(zoe.status().await.started_at, None);
    let line = zoe.draft(&Event::Answered { item: "q02".into(), response: Response::new(["a"]) });
    assert_eq!(zoe.upload(4, &[line]).await.ok::<JournalAck>().count, 4);
}

#[tokio::test]
async fn a_move_starts_no_clock_for_a_sitting_that_began_without_a_network() {
    let world = World::new();
    let mut zoe = world.offline(place("c", "Zoë", "Zoë")).await;
    zoe.open();
    world.pass(Duration::minutes(90));
    zoe.connect().await;
    zoe.send_all().await;
    world.engine.release_device(&zoe.attempt).await.unwrap();
    let mut next = Candidate::admit(&world, &zoe.code).await;
    next.device = Device::new("second");
    let next = next.start().await;
    assert_eq!(next.status().await.started_at, None, "the working time did not begin anew");
}

#[tokio::test]
async fn whoever_began_without_a_network_is_let_in_when_the_window_is_over() {
    let world = World::new();
    let mut zoe = world.offline(place("c", "Zoë", "Zoë")).await;
    zoe.open();
    zoe.connect().await;
    world.pass(Duration::days(2));
    zoe.connect().await;
    zoe.send_all().await;
    // The same after a response file, without any earlier word from the device.
    let mut alex = world.offline(place("d", "Alex", "Alex")).await;
    alex.sit_alone(10).await;
    world.pass(Duration::days(2));
    alex.hand_over().await;
    let alex = Candidate::admit(&world, &alex.code).await;
    assert_eq!(alex.status().await.state, AttemptState::Submitted);
    assert_eq!(alex.get("/api/v1/attempt/result").await.status, 200);
}

#[tokio::test]
async fn saying_that_one_began_without_a_network_opens_nothing_early_and_lets_latecomers_in() {
    let world = World::new();
    let (opens, closes) = (NOW + Duration::hours(1), NOW + Duration::hours(2));
    let scheduled = world.engine.schedule("Later", opens, closes, &[place("c", "Alex", "Alex")]).await.unwrap();
    let code = &scheduled.admissions[0].code;
    let admit =
        |released: bool| world.post("/api/v1/attempts/admit").json(&json!({"code": code, "released": released})).send();
    for released in [false, true] {
        admit(released).await.problem("not-open-yet");
    }
    world.pass(Duration::hours(3));
    admit(false).await.problem("window-over");
    assert_eq!(admit(true).await.status, 200);
}
