//! Journal lines that come in: once, twice, out of order, damaged, too many.

use std::collections::BTreeSet;

use api::{AttemptState, JournalAck};
use item::Response;
use sitting::{Event, Line, SubmitReason};
use tokio::task::JoinSet;

use crate::fixture::{Candidate, World, place};

async fn alex(world: &World) -> Candidate<'_> {
    world.candidate(place("c", "Alex", "Alex")).await
}

#[tokio::test]
async fn lines_sent_twice_count_once() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    alex.answer(&"q01".into(), &["a"]);
    let first = alex.send_all().await;
    assert_eq!(alex.send_all().await, first);
    alex.answer(&"q02".into(), &["b"]);
    // Some of these are held, some are new.
    let ack: JournalAck = alex.upload(2, &alex.sitting().lines()[1..]).await.ok();
    assert_eq!((ack.count, ack.standing.state), (4, AttemptState::Sitting));
    let asked = alex.poll().await;
    assert_eq!((asked.count, asked.head.as_str()), (4, alex.sitting().head()));
    assert_eq!(alex.held().await, alex.sitting().lines());
}

#[tokio::test]
async fn a_gap_says_which_line_is_next_and_keeps_nothing() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    let second = alex.answer(&"q01".into(), &["a"]);
    let problem = alex.upload(2, std::slice::from_ref(&second)).await.problem("journal-gap");
    assert_eq!(problem.seq, Some(1));
    alex.upload(1, &alex.sitting().lines()[..1]).await.ok::<JournalAck>();
    for from in [0, 3, 4, 30_001, u64::MAX] {
        assert_eq!(alex.upload(from, std::slice::from_ref(&second)).await.problem("journal-gap").seq, Some(2));
    }
    assert_eq!(alex.held().await.len(), 1);
}

#[tokio::test]
async fn a_fork_is_refused_and_what_was_held_stays() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    let other = alex.draft(&Event::Answered { item: "q01".into(), response: Response::new(["b"]) });
    alex.answer(&"q01".into(), &["a"]);
    alex.answer(&"q02".into(), &["a"]);
    alex.send_all().await;
    let problem = alex.upload(3, &[other.clone(), other]).await.problem("journal-fork");
    assert_eq!(problem.seq, Some(3));
    assert_eq!(alex.held().await, alex.sitting().lines());
}

#[tokio::test]
async fn a_damaged_line_is_named_and_the_lines_before_it_are_kept() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    alex.send_all().await;
    let good = alex.draft(&Event::Flagged { item: "q01".into(), on: true });
    let stranger = good.replace("q01", "q99");
    let not_offered = alex.draft(&Event::Answered { item: "q01".into(), response: Response::new(["a"]) });
    let digest = alex.sitting().head().to_owned();
    for (damaged, word) in [
        (good.replace("\"seq\":3", "\"seq\": 3"), "canonical"),
        (good.replace("\"seq\":3", "\"seq\":3,\"seq\":3"), "canonical"),
        (format!("{good}\n"), "canonical"),
        (good.replace("\"seq\":3", "\"seq\":4"), "number 4, expected 3"),
        (good.replace("\"v\":1", "\"v\":2"), "version 2"),
        (good.replace(&digest, &"0".repeat(64)), "does not follow"),
        (stranger, "q99, which is not on the form"),
        (not_offered.replace("[\"a\"]", "[\"x\"]"), "no option"),
        (not_offered.replace("[\"a\"]", "[\"a\",\"b\",\"c\"]"), "at most"),
        (good.replace("true", "7"), "cannot be read"),
        ("x".repeat(5_000), "5000 bytes"),
        ("[".repeat(4_000), "cannot be read"),
        (String::new(), "cannot be read"),
        ("null".into(), "cannot be read"),
        ("\u{0}\u{feff}".into(), "cannot be read"),
    ] {
        let problem = alex.upload(3, std::slice::from_ref(&damaged)).await.problem("journal-refused");
        assert_eq!(problem.seq, Some(3));
        assert!(problem.detail.contains(word), "{word:?} not in {:?}", problem.detail);
    }
    assert_eq!(alex.held().await.len(), 2);

    let third = alex.answer(&"q01".into(), &["a"]);
    let problem = alex.upload(3, &[third.clone(), "rubbish".into(), "rubbish".into()]).await;
    assert_eq!(problem.problem("journal-refused").seq, Some(4));
    assert_eq!(alex.held().await.last(), Some(&third));
}

#[tokio::test]
async fn a_journal_begins_with_the_release_and_this_form() {
    let world = World::new();
    let mut alex = alex(&world).await;
    let not_released = alex.sitting().lines()[0].replace("\"released\"", "\"levitated\"");
    assert_eq!(alex.upload(1, &[not_released]).await.problem("journal-refused").seq, Some(1));
    assert_eq!(alex.held().await, [""; 0]);
    alex.send_all().await;
    let other_form = alex.open().replace(&alex.sitting().manifest().form_digest, &"0".repeat(64));
    assert_eq!(alex.upload(2, &[other_form]).await.problem("journal-refused").seq, Some(2));
    assert_eq!(alex.held().await.len(), 1);
}

#[tokio::test]
async fn an_event_of_a_later_version_is_kept_as_it_stands() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    alex.send_all().await;
    let line = alex.draft(&Event::Resumed { gap_ms: 5 }).replace("resumed", "levitated");
    let ack: JournalAck = alex.upload(3, std::slice::from_ref(&line)).await.ok();
    assert_eq!(ack.count, 3);
    assert_eq!(alex.held().await[2], line);
}

#[tokio::test]
async fn nothing_is_added_to_a_sitting_that_was_handed_in() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    alex.answer(&"q01".into(), &["a"]);
    let answer = alex.draft(&Event::Answered { item: "q02".into(), response: Response::new(["a"]) });
    alex.submit();
    let ack = alex.send_all().await;
    assert_eq!(ack.standing.state, AttemptState::Submitted);
    // As a device that did not hear of its own hand-in would go on.
    let late = answer
        .replace("\"seq\":4", "\"seq\":5")
        .replace(&Line::digest(&alex.sitting().lines()[2]), alex.sitting().head());
    for from in [5, 4] {
        let lines = [alex.sitting().lines()[3].clone(), late.clone()];
        let problem =
            alex.upload(from, if from == 4 { &lines } else { &lines[1..] }).await.problem("already-submitted");
        assert_eq!(problem.seq, Some(5));
    }
    assert_eq!(alex.send_all().await, ack, "the journal itself may still be sent again");
    assert_eq!(alex.held().await.len(), 4);
}

#[tokio::test]
async fn more_than_a_thousand_lines_at_once_are_refused_and_a_thousand_are_not() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    for at in 0..999 {
        alex.write(&Event::FocusChanged { focused: at % 2 == 1 });
    }
    let problem = alex.upload(1, alex.sitting().lines()).await.problem("too-large");
    assert!(problem.detail.contains("1001") && problem.detail.contains("1000"), "{}", problem.detail);
    assert_eq!(alex.held().await, [""; 0]);
    assert_eq!(alex.upload(1, &alex.sitting().lines()[..1_000]).await.ok::<JournalAck>().count, 1_000);
    assert_eq!(alex.upload(1_001, &alex.sitting().lines()[1_000..]).await.ok::<JournalAck>().count, 1_001);
}

#[tokio::test]
async fn before_the_start_no_line_and_before_the_end_no_result_is_there() {
    let world = World::new();
    let scheduled = world.schedule(&[place("c", "Alex", "Alex")]).await;
    let alex = Candidate::admit(&world, &scheduled.admissions[0].code).await;
    alex.upload(1, &["{}".into()]).await.problem("not-started");
    alex.get("/api/v1/attempt/result").await.problem("no-result-yet");
    let mut alex = alex.start().await;
    alex.open();
    alex.send_all().await;
    alex.get("/api/v1/attempt/result").await.problem("no-result-yet");
    alex.get("/api/v1/attempt/documents").await.problem("not-found");
}

#[tokio::test]
async fn one_candidate_cannot_write_into_the_journal_of_another() {
    let world = World::new();
    let (mut alex, mut zoe) = (alex(&world).await, world.candidate(place("z", "Zoë", "Zoë")).await);
    zoe.open();
    alex.open();
    // The chain begins with the manifest, which names the attempt.
    let problem = alex.upload(1, zoe.sitting().lines()).await.problem("journal-refused");
    assert_eq!(problem.seq, Some(1));
    assert!(problem.detail.contains("line 1 does not follow the line before it"), "{}", problem.detail);
    assert_eq!(alex.held().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tabs_that_send_at_the_same_time_lose_and_repeat_nothing() {
    let world = World::new();
    let mut alex = alex(&world).await;
    alex.open();
    let fork = alex.draft(&Event::Submitted { reason: SubmitReason::TimeUp });
    for item in 1..=10 {
        alex.answer(&item::ItemId::at_position(item), &["a"]);
    }
    let mut sends = JoinSet::new();
    for task in 0..40_usize {
        let lines = alex.sitting().lines();
        let (from, lines) = match task % 8 {
            7 => (2, vec![lines[1].clone(), fork.clone()]),
            _ => (task % 3 + 1, lines[task % 3..3 + task % 9].to_vec()),
        };
        let ask = world.post("/api/v1/attempt/journal").token(&alex.token);
        sends.spawn(ask.json(&alex.device.upload(from as u64, &lines)).send());
    }
    let statuses: BTreeSet<u16> = sends.join_all().await.iter().map(|answer| answer.status).collect();
    assert!(statuses.is_subset(&BTreeSet::from([200, 409])), "{statuses:?}");
    let lines = alex.held().await;
    // One of the two branches was first; no line of the other got in.
    if lines.get(2) == Some(&fork) {
        assert_eq!(lines.len(), 3);
    } else {
        assert_eq!(lines, &alex.sitting().lines()[..lines.len()]);
        assert!(lines.len() >= 3);
    }
}
