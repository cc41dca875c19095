//! What every answer about a running attempt tells: the time, challenges, grants that were pushed.

use std::collections::BTreeSet;

use api::{AttemptState, JournalAck};
use chrono::Duration;
use server::{Failure, engine::Place};
use sitting::{Allows, Authority, Event, Grant, GrantFault, GrantSecrets};
use storage::AnchorRecord;

use crate::fixture::{Candidate, World, place};

async fn alex(world: &World) -> Candidate<'_> {
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    alex.open();
    alex.send_all().await;
    alex
}

async fn anchors(candidate: &Candidate<'_>) -> Vec<AnchorRecord> {
    let engine = &candidate.world.engine;
    engine.store.anchors(&engine.tenant, &candidate.attempt).await.unwrap()
}

fn challenged(challenge: &str) -> Event {
    Event::Challenged { challenge: challenge.into(), by: Authority::Server }
}

#[tokio::test]
async fn an_upload_without_lines_asks_how_things_stand() {
    let world = World::new();
    let alex = alex(&world).await;
    world.pass(Duration::minutes(7));
    let ack = alex.poll().await;
    assert_eq!((ack.count, ack.head.as_str(), ack.acknowledgement), (2, alex.sitting().head(), None));
    assert_eq!((ack.standing.state, ack.standing.elapsed_ms), (AttemptState::Sitting, Some(7 * 60_000)));
    assert_eq!(ack.standing.server_now, world.now());
    // Whoever asks must be the device, too.
    let stranger = api::JournalUpload { signature: "0".repeat(128), ..alex.device.upload(3, &[]) };
    world.post("/api/v1/attempt/journal").token(&alex.token).json(&stranger).send().await.problem("other-device");
}

#[tokio::test]
async fn a_device_may_ask_before_it_has_written_anything() {
    let world = World::new();
    let alex = world.candidate(place("c", "Alex", "Alex")).await;
    let ack: JournalAck = alex.upload(1, &[]).await.ok();
    assert_eq!((ack.count, ack.head.as_str()), (0, alex.sitting().manifest().digest().unwrap().as_str()));
}

#[tokio::test]
async fn a_challenge_is_handed_out_until_it_comes_back_and_then_not_again_for_five_minutes() {
    let world = World::new();
    let mut alex = alex(&world).await;
    let first = alex.poll().await.standing.challenge.unwrap();
    assert_eq!(first.len(), 32);
    world.pass(Duration::minutes(20));
    assert_eq!(alex.poll().await.standing.challenge.as_ref(), Some(&first), "the answer may not have been heard");
    alex.write(&challenged(&first));
    let ack = alex.send_all().await;
    let second = ack.standing.challenge.unwrap();
    assert_ne!(second, first, "the first one is 20 minutes old");
    alex.write(&challenged(&second));
    assert_eq!(alex.send_all().await.standing.challenge, None);
    world.pass(Duration::minutes(5) - Duration::milliseconds(1));
    assert_eq!(alex.poll().await.standing.challenge, None);
    world.pass(Duration::milliseconds(1));
    let third = alex.poll().await.standing.challenge.unwrap();
    assert!(![first, second].contains(&third));
}

#[tokio::test]
async fn a_challenge_that_comes_back_records_head_and_time_once() {
    let world = World::new();
    let mut alex = alex(&world).await;
    let challenge = alex.poll().await.standing.challenge.unwrap();
    alex.answer(&"q01".into(), &["a"]);
    alex.send_all().await;
    assert_eq!(anchors(&alex).await.iter().filter(|anchor| anchor.taken.is_some()).count(), 0);
    alex.write(&challenged(&challenge));
    alex.answer(&"q02".into(), &["a"]);
    world.pass(Duration::minutes(3));
    alex.send_all().await;
    let recorded = anchors(&alex).await.into_iter().find(|anchor| anchor.challenge == challenge).unwrap();
    let taken = recorded.taken.clone().unwrap();
    assert_eq!((taken.count, taken.head.as_str()), (5, alex.sitting().head()));
    assert_eq!((recorded.authority.as_str(), taken.recorded_at_ms), ("server", world.now().timestamp_millis()));
    world.pass(Duration::minutes(3));
    alex.answer(&"q03".into(), &["a"]);
    alex.send_all().await;
    assert!(anchors(&alex).await.contains(&recorded), "what was recorded stays");
}

#[tokio::test]
async fn a_challenge_of_ones_own_making_records_nothing() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.write(&challenged(&"ab".repeat(16)));
    alex.send_all().await;
    assert!(anchors(&alex).await.iter().all(|anchor| anchor.taken.is_none()));
}

#[tokio::test]
async fn a_pushed_grant_is_told_until_the_journal_has_it() {
    let world = World::new();
    let mut alex = alex(&world).await;
    assert_eq!(alex.poll().await.standing.grants, []);
    let given = world.engine.grant(&alex.attempt, Allows::ExtraTime { minutes: 10 }, "fire alarm").await.unwrap();
    let paused = world.engine.grant(&alex.attempt, Allows::Pause { number: 0 }, "ill").await.unwrap();
    for _ in 0..2 {
        let told: BTreeSet<String> = alex.poll().await.standing.grants.iter().map(|g| g.document.id.clone()).collect();
        assert_eq!(told, BTreeSet::from([given.document.id.clone(), paused.document.id.clone()]));
    }
    alex.write(&Event::Granted { grant: Grant::of_signed(given.clone()) });
    assert_eq!(alex.send_all().await.standing.grants, [paused]);
    assert_eq!(alex.status().await.deadline, Some(world.now() + Duration::minutes(190)));

    // Somebody else's grant is not told here, and would not be taken.
    let mut zoe = world.candidate(place("z", "Zoë", "Zoë")).await;
    zoe.open();
    zoe.send_all().await;
    assert_eq!(zoe.poll().await.standing.grants, []);
    assert_eq!(zoe.sitting().allows(&Grant::of_signed(given)), Err(GrantFault::OtherAttempt));
}

#[tokio::test]
async fn extra_time_that_makes_no_sense_is_not_given() {
    let world = World::new();
    let alex = alex(&world).await;
    for minutes in [0, 1_441, u32::MAX] {
        assert!(world.engine.grant(&alex.attempt, Allows::ExtraTime { minutes }, "").await.is_err());
    }
    assert!(world.engine.grant("nobody", Allows::End, "").await.is_err());
    assert_eq!(alex.poll().await.standing.grants, []);
}

#[tokio::test]
async fn a_grant_that_no_line_has_room_for_is_not_given_and_the_longest_one_becomes_a_line() {
    let world = World::new();
    let mut alex = alex(&world).await;
    let grant = async |reason: &str| world.engine.grant(&alex.attempt, Allows::End, reason).await;
    let longest = "x".repeat(3_000 - signing::jcs::to_vec(&grant("").await.unwrap()).unwrap().len());
    for reason in [format!("{longest}x"), "é".repeat(3_300), "\u{1}".repeat(600)] {
        let Err(Failure::Problem(problem)) = grant(&reason).await else {
            panic!("{} bytes were granted", reason.len())
        };
        assert!(
            problem.detail.starts_with("the reason is ") && problem.detail.contains("too long"),
            "{}",
            problem.detail
        );
    }
    let given = grant(&longest).await.unwrap();
    assert_eq!(alex.poll().await.standing.grants.len(), 2, "what was refused is not pushed");
    alex.write(&Event::Granted { grant: Grant::of_signed(given) });
    alex.send_all().await;
}

#[tokio::test]
async fn nothing_is_granted_once_the_attempt_was_handed_in_or_closed() {
    let world = World::new();
    let mut alex = alex(&world).await;
    let mut zoe = world.candidate(place("z", "Zoë", "Zoë")).await;
    zoe.open();
    zoe.send_all().await;
    alex.submit();
    alex.send_all().await;
    world.pass(Duration::hours(4));
    world.engine.close(&zoe.attempt).await.unwrap();
    for attempt in [&alex.attempt, &zoe.attempt] {
        let refused = world.engine.grant(attempt, Allows::ExtraTime { minutes: 10 }, "noise").await;
        let Err(Failure::Problem(problem)) = refused else { panic!("{refused:?}") };
        assert!(problem.detail.contains("was handed in or decided"), "{}", problem.detail);
        assert_eq!(world.engine.store.grants(&world.engine.tenant, attempt).await.unwrap(), [""; 0]);
    }
}

#[tokio::test]
async fn a_journal_claims_the_accommodations_that_were_approved() {
    let world = World::new();
    let approved = Place { extra_minutes: 30, break_minutes: 15, ..place("z", "Zoë", "Zoë") };
    let mut zoe = world.candidate(approved).await;
    let (extra_ms, break_ms) = (30 * 60_000, 15 * 60_000);
    let first = zoe.sitting().lines()[0].clone();
    assert!(first.contains(&format!("\"extra_ms\":{extra_ms}")) && first.contains(&format!("\"break_ms\":{break_ms}")));
    for (member, value, claim) in
        [("extra_ms", extra_ms, extra_ms + 1), ("extra_ms", extra_ms, 0), ("break_ms", break_ms, 10 * break_ms)]
    {
        let line = first.replace(&format!("\"{member}\":{value}"), &format!("\"{member}\":{claim}"));
        let problem = zoe.upload(1, &[line]).await.problem("journal-refused");
        assert!(problem.seq == Some(1) && problem.detail.contains("accommodations"), "{}", problem.detail);
        assert_eq!(zoe.held().await, [""; 0]);
    }
    zoe.open();
    assert_eq!(zoe.send_all().await.count, 2);
}

#[tokio::test]
async fn a_typed_code_and_a_signed_grant_both_move_the_deadline() {
    let world = World::new();
    let mut alex = alex(&world).await;
    let begun = world.now();
    let sheet = world.engine.sheet(&alex.attempt).await.unwrap();
    let (minutes, code) = &sheet.extra_time[2];
    let code = signing::code::Code80::parse(code).unwrap();
    alex.write(&Event::Granted { grant: Grant::of_code(&code) });
    let signed = world.engine.grant(&alex.attempt, Allows::ExtraTime { minutes: 20 }, "noise").await.unwrap();
    alex.write(&Event::Granted { grant: Grant::of_signed(signed) });
    alex.send_all().await;
    assert_eq!((*minutes, alex.status().await.deadline), (15, Some(begun + Duration::minutes(180 + 15 + 20))));
    // The codes of one attempt are no codes of another.
    let seed = hex::encode([7; 32]);
    let other = GrantSecrets { seed: &seed, attempt: &alex.attempt }.extra_time(30, 180);
    assert_eq!(alex.sitting().allows(&Grant::of_code(&other)), Err(GrantFault::UnknownCode));
}

#[tokio::test]
async fn the_acknowledgement_of_a_journal_that_was_handed_in_is_signed_by_the_exam_body() {
    let world = World::new();
    let mut alex = alex(&world).await;
    assert_eq!(alex.poll().await.acknowledgement, None);
    alex.submit();
    let ack = alex.send_all().await;
    let acknowledgement = ack.acknowledgement.unwrap();
    sitting::Acknowledgement::check(&acknowledgement, alex.sitting()).unwrap();
    assert!(acknowledgement.document.submitted && acknowledgement.document.count == 3);
    assert_eq!(world.engine.exam_keys().keys, [acknowledgement.key]);
    assert_eq!((ack.standing.grants, ack.standing.challenge), (vec![], None));
}
