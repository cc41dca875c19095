//! Journals that somebody falsified who can sign: what refuses them says what they are.

use api::Problem;
use server::engine::Sheet;
use signing::{code::Code80, signed::Signed};
use sitting::{Allows, Event, Grant, Line, ResponseHeader, Stamp};

use crate::fixture::{Candidate, Device, World, place};

fn granted(grant: Grant) -> Event {
    Event::Granted { grant }
}

/// The code of fifteen minutes.
fn minutes(sheet: &Sheet) -> Grant {
    Grant::of_code(&Code80::parse(&sheet.extra_time[2].1).unwrap())
}

/// The event as the next line, whether the sitting allows it or not.
fn forced(candidate: &Candidate<'_>, event: &Event) -> String {
    let sitting = candidate.sitting();
    let at = Stamp { boot: "0123456789abcdef".into(), mono_ms: 1, wall_ms: 1 };
    Line::write(sitting.count() + 1, sitting.head(), &at, [9; 16], event).unwrap()
}

/// Lines under a header of this attempt, signed by this device.
fn file(attempt: &Candidate<'_>, device: &Device, lines: &[String]) -> Vec<u8> {
    let header = ResponseHeader {
        attempt: attempt.attempt.clone(),
        manifest: attempt.sitting().manifest().digest().unwrap(),
        device: device.named().key,
        count: lines.len() as u64,
        head: Line::digest(lines.last().unwrap()),
        ..attempt.device.header()
    };
    let recipient = &attempt.sitting().manifest().keys.recipient;
    device.response_for(header, &sitting::sealed_lines(lines), &[recipient])
}

/// The lines with another line 1, and the chain mended.
fn begun_with(first: String, lines: &[String]) -> Vec<String> {
    let mut all = vec![first];
    for (line, before) in lines[1..].iter().zip(lines) {
        let mended = line.replacen(&Line::digest(before), &Line::digest(all.last().unwrap()), 1);
        assert_ne!(&mended, line);
        all.push(mended);
    }
    all
}

async fn assert_refused(attempt: &Candidate<'_>, file: Vec<u8>, words: &str) {
    let Problem { detail, .. } = attempt.world.collect(file).await.problem("response-refused");
    assert!(detail.contains(words), "{words:?} not in {detail:?}");
}

#[tokio::test]
async fn a_grant_that_was_used_altered_or_given_to_somebody_else_is_refused_as_what_it_is() {
    let world = World::new();
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    let zoe = world.candidate(place("z", "Zoë", "Zoë")).await;
    let ten = Allows::ExtraTime { minutes: 10 };
    let given = world.engine.grant(&alex.attempt, ten, "fire alarm").await.unwrap();
    let zoes = world.engine.grant(&zoe.attempt, ten, "fire alarm").await.unwrap();
    let typed = minutes(&world.engine.sheet(&alex.attempt).await.unwrap());
    let zoes_code = minutes(&world.engine.sheet(&zoe.attempt).await.unwrap());
    alex.open();
    alex.write(&granted(Grant::of_signed(given.clone())));
    alex.write(&granted(typed.clone()));
    alex.send_all().await;

    let mut altered = given.clone();
    altered.document.allows = Allows::ExtraTime { minutes: 100 };
    let own = Signed::sign(altered.document.clone(), alex.device.key()).unwrap();
    for (grant, words) in [
        (Grant::of_signed(given), "it was used already"),
        (typed, "it was used already"),
        (Grant::of_signed(altered), "the grant was changed after it was signed"),
        (Grant::of_signed(own), "the grant is signed by a key that is not trusted for it"),
        (Grant::of_signed(zoes), "it was given to another candidate"),
        (zoes_code, "it is no code of this sitting"),
    ] {
        let (line, next) = (forced(&alex, &granted(grant)), alex.sitting().count() + 1);
        let words = format!("line {next} records a grant, but {words}");
        let problem = alex.upload(next, std::slice::from_ref(&line)).await.problem("journal-refused");
        assert!(problem.detail.contains(&words), "{words:?} not in {:?}", problem.detail);
        assert_eq!(problem.seq, Some(next));
        let lines = [alex.sitting().lines(), &[line]].concat();
        assert_refused(&alex, file(&alex, &alex.device, &lines), &words).await;
    }
    assert_eq!(alex.held().await, alex.sitting().lines());
}

#[tokio::test]
async fn a_journal_of_another_attempt_is_refused_however_it_is_hung_there() {
    let world = World::new();
    let mut zoe = world.offline(place("z", "Zoë", "Zoë")).await;
    let alex = world.offline(place("c", "Alex", "Alex")).await;
    zoe.sit_alone(8).await;
    let lines = zoe.sitting().lines();
    assert_refused(&alex, file(&alex, &zoe.device, lines), "line 1 does not follow the line before it").await;
    let [of_zoe, of_alex] = [&zoe, &alex].map(|one| one.sitting().manifest().digest().unwrap());
    let hung = begun_with(lines[0].replacen(&of_zoe, &of_alex, 1), lines);
    let words = "line 1 does not prove that the package of this attempt was opened";
    assert_refused(&alex, file(&alex, &zoe.device, &hung), words).await;
    assert_eq!(alex.held().await, [""; 0]);
}

#[tokio::test]
async fn a_line_1_without_a_proof_or_with_one_that_was_seen_elsewhere_is_refused() {
    let world = World::new();
    let words = "line 1 does not prove that the package of this attempt was opened";
    let mut zoe = world.offline(place("z", "Zoë", "Zoë")).await;
    zoe.sit_alone(8).await;
    let lines = zoe.sitting().lines();
    let guessed = |first: &str| {
        let at = first.find(r#""proof":""#).unwrap() + 9;
        [&first[..at], &"0".repeat(64), &first[at + 64..]].concat()
    };
    let stranger = Device::new("stranger");
    let seen = lines[0].replacen(&zoe.device.named().key, &stranger.named().key, 1);
    assert_refused(&zoe, file(&zoe, &zoe.device, &begun_with(guessed(&lines[0]), lines)), words).await;
    assert_refused(&zoe, file(&zoe, &stranger, &begun_with(seen, lines)), words).await;
    assert_eq!(zoe.held().await, [""; 0]);

    // With a network, from the bound device.
    let alex = world.candidate(place("c", "Alex", "Alex")).await;
    let problem = alex.upload(1, &[guessed(&alex.sitting().lines()[0])]).await.problem("journal-refused");
    assert!(problem.seq == Some(1) && problem.detail.contains(words), "{}", problem.detail);
    assert_eq!(alex.held().await, [""; 0]);
}
