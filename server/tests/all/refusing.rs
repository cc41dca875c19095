//! Response files that are not taken: each refusal says what is wrong with the file, and leaves no trace.

use api::{CollectOutcome, Collected, Problem};
use signing::{keys::SigningKey, sealing::Identity, signed::Signed};
use sitting::{Line, ResponseFile, ResponseHeader};

use crate::fixture::{Candidate, Device, World, place};

/// Somebody who handed in without a network.
async fn finished(world: &World) -> Candidate<'_> {
    let mut zoe = world.offline(place("c", "Zoë Muster", "Muster")).await;
    zoe.sit_alone(8).await;
    zoe
}

/// Asserts that a file is refused with these words, and that nothing of it is kept.
async fn assert_refused(zoe: &Candidate<'_>, file: Vec<u8>, words: &str) {
    let Problem { detail, .. } = zoe.world.collect(file).await.problem("response-refused");
    assert!(detail.contains(words), "{words:?} not in {detail:?}");
    assert_eq!(zoe.held().await, [""; 0], "{words}");
    let engine = &zoe.world.engine;
    assert_eq!(engine.store.responses(&engine.tenant, &zoe.attempt).await.unwrap(), [], "{words}");
}

#[tokio::test]
async fn what_is_no_response_file_is_told_so() {
    let world = World::new();
    let zoe = finished(&world).await;
    let package = world.get(&format!("/api/v1/packages/{}", zoe.attempt)).send().await.body;
    let later = String::from_utf8_lossy(&zoe.device.response_file()).replacen("\"version\":1", "\"version\":2", 1);
    for (file, words) in [
        (Vec::new(), "is no response file"),
        (b"hello".to_vec(), "is no response file"),
        (vec![0xff; 100_000], "is no response file"),
        (b"{}\n".to_vec(), "is no response file"),
        (vec![b'{'; 1_000_000], "is no response file"),
        ("[".repeat(100_000).into_bytes(), "is no response file"),
        (format!("{}\n", "{\"a\":".repeat(40_000)).into_bytes(), "is no response file"),
        (format!("{}\n", "{\"document\":".repeat(20_000)).into_bytes(), "cannot be read"),
        (package, "is no response file"),
        (later.into_bytes(), "version 2"),
    ] {
        assert_refused(&zoe, file, words).await;
    }
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_refused_and_the_whole_one_is_taken() {
    let world = World::new();
    let zoe = finished(&world).await;
    let file = zoe.device.response_file();
    let clear = file.iter().position(|&byte| byte == b'\n').unwrap();
    for (length, words) in [
        (clear / 2, "incomplete"),
        (clear + 1, "incomplete"),
        (clear + 10, "incomplete"),
        (clear + 100, "damaged or incomplete"),
        (file.len() / 2, "damaged or incomplete"),
        (file.len() - 1, "damaged or incomplete"),
    ] {
        assert_refused(&zoe, file[..length].to_vec(), words).await;
    }
    assert_eq!(world.collect(file).await.ok::<Collected>().outcome, CollectOutcome::Taken);
}

#[tokio::test]
async fn a_file_that_was_changed_is_refused_wherever_it_was_changed() {
    let world = World::new();
    let zoe = finished(&world).await;
    let file = zoe.device.response_file();
    let clear = file.iter().position(|&byte| byte == b'\n').unwrap();
    let text = String::from_utf8_lossy(&file[..clear]).into_owned();
    let count = zoe.sitting().count();
    for (from, to) in [
        (format!("\"count\":{count}"), format!("\"count\":{}", count - 1)),
        ("\"submitted\":true".into(), "\"submitted\":false".into()),
        ("\"key_home\":\"webcrypto\"".into(), "\"key_home\":\"software\"".into()),
    ] {
        let head = text.replacen(&from, &to, 1);
        assert_ne!(head, text);
        assert_refused(&zoe, [head.as_bytes(), &file[clear..]].concat(), "changed after it was signed").await;
    }
    // Behind the header of an age file, which ends with `--- `, 43 characters and a line feed.
    let body = file.windows(5).position(|text| text == b"\n--- ").unwrap() + 5 + 43 + 1;
    for at in [clear + 40, body, body + 100, file.len() - 1] {
        let mut changed = file.clone();
        changed[at] ^= 1;
        let Problem { detail, .. } = world.collect(changed).await.problem("response-refused");
        let wrong_key = at < body && detail.contains("does not open with this key");
        assert!(wrong_key || detail.contains("it is damaged or incomplete"), "byte {at}: {detail}");
    }
    assert_eq!(zoe.held().await, [""; 0]);
}

#[tokio::test]
async fn what_is_sealed_behind_a_header_without_end_is_refused_at_once() {
    let world = World::new();
    let zoe = finished(&world).await;
    let header = Signed::sign(zoe.device.header(), zoe.device.key()).unwrap();
    let sealed = [b"age-encryption.org/v1\n".as_slice(), &b"-> a\n\n".repeat(1024 * 1024 / 6)].concat();
    let file = ResponseFile { header, sealed }.write().unwrap();
    assert_refused(&zoe, file, "has no end within 8192 bytes").await;
}

#[tokio::test]
async fn a_file_of_another_exam_body_is_told_from_ones_own() {
    let (here, there) = (World::new(), World::new());
    let (mine, other) = (finished(&here).await, finished(&there).await);
    assert_refused(&mine, other.device.response_file(), "not one of this exam body").await;
    // Another exam body that claims an attempt of this one: its manifest is another.
    let header = ResponseHeader { attempt: mine.attempt.clone(), ..other.device.header() };
    let claimed = other.device.response(header, other.sitting().lines());
    assert_refused(&mine, claimed, "another manifest").await;
}

#[tokio::test]
async fn a_file_that_is_sealed_for_somebody_else_is_told_so() {
    let world = World::new();
    let zoe = finished(&world).await;
    let lines = sitting::sealed_lines(zoe.sitting().lines());
    let somebody = Identity::from_bytes(&[9; 32]).recipient().to_string();
    let file = zoe.device.response_for(zoe.device.header(), &lines, &[&somebody]);
    assert_refused(&zoe, file, "does not open with this key").await;
}

#[tokio::test]
async fn a_header_that_is_not_the_journals_is_refused() {
    let world = World::new();
    let zoe = finished(&world).await;
    let (header, lines) = (zoe.device.header(), zoe.sitting().lines());
    let stranger = Device::new("stranger");
    let strangers = ResponseHeader { device: stranger.named().key, ..header.clone() };
    let recipient = zoe.sitting().manifest().keys.recipient.clone();
    let sealed = sitting::sealed_lines(lines);
    let file = stranger.response_for(strangers, &sealed, &[&recipient]);
    assert_refused(&zoe, file, "another device than the one that wrote the journal").await;
    // Signed by another key than the header names.
    let signed = Signed::sign(header.clone(), &SigningKey::from_seed([9; 32])).unwrap();
    let good = ResponseFile::read(&zoe.device.response_file()).unwrap();
    let forged = ResponseFile { header: signed, ..good };
    assert_refused(&zoe, forged.write().unwrap(), "not trusted").await;
    for (header, words) in [
        (ResponseHeader { epoch: 2, ..header.clone() }, "another device than the one that wrote the journal"),
        (ResponseHeader { submitted: false, ..header.clone() }, "disagree on whether the exam was handed in"),
        (ResponseHeader { count: header.count - 1, ..header.clone() }, "lines are not those"),
        (ResponseHeader { head: "0".repeat(64), ..header.clone() }, "lines are not those"),
        (ResponseHeader { count: u64::MAX >> 12, ..header.clone() }, "lines are not those"),
        (ResponseHeader { manifest: "0".repeat(64), ..header.clone() }, "another manifest"),
        (ResponseHeader { attempt: String::new(), ..header.clone() }, "not one of this exam body"),
    ] {
        assert_refused(&zoe, zoe.device.response(header, lines), words).await;
    }
}

#[tokio::test]
async fn a_journal_that_breaks_the_rules_is_refused_with_the_line() {
    let world = World::new();
    let zoe = finished(&world).await;
    let lines = zoe.sitting().lines();
    let changed = |at: usize, from: &str, to: &str| {
        let mut lines = lines.to_vec();
        lines[at] = lines[at].replacen(from, to, 1);
        assert_ne!(lines[at], zoe.sitting().lines()[at]);
        lines
    };
    let rewritten = |at: usize, from: &str, to: &str| {
        let mut lines = changed(at, from, to);
        // The chain is mended, as a forger would.
        for next in at + 1..lines.len() {
            let (old, new) = (Line::digest(&zoe.sitting().lines()[next - 1]), Line::digest(&lines[next - 1]));
            lines[next] = lines[next].replacen(&old, &new, 1);
        }
        lines
    };
    let another = changed(4, "\"boot\":\"0", "\"boot\":\"1")[4].clone();
    let swapped = [lines[5].clone(), lines[4].clone()];
    for (lines, words) in [
        (changed(2, "\"boot\":\"0", "\"boot\":\"1"), "line 4 does not follow the line before it"),
        (rewritten(2, "\"q01\"", "\"q99\""), "line 3 names item q99"),
        (rewritten(0, "\"extra_ms\":0", "\"extra_ms\":3600000"), "accommodations"),
        (rewritten(1, "\"opened\"", "\"submitted\""), "line 2 cannot be read"),
        (lines[1..].to_vec(), "line 1 has number 2, expected 1"),
        ([&lines[..4], &lines[5..]].concat(), "line 5 has number 6, expected 5"),
        ([&lines[..4], &lines[3..]].concat(), "line 5 has number 4, expected 5"),
        ([&lines[..4], &swapped, &lines[6..]].concat(), "line 5 has number 6, expected 5"),
        ([&lines[..4], &[another], &lines[4..]].concat(), "line 6 has number 5, expected 6"),
    ] {
        let header = ResponseHeader {
            count: lines.len() as u64,
            head: Line::digest(lines.last().unwrap()),
            ..zoe.device.header()
        };
        assert_refused(&zoe, zoe.device.response(header, &lines), words).await;
    }
    let header = zoe.device.header();
    let recipient = zoe.sitting().manifest().keys.recipient.clone();
    for content in [b"".as_slice(), b"\xff\xfe", &[b'\n'; 100]] {
        assert_refused(&zoe, zoe.device.response_for(header.clone(), content, &[&recipient]), "lines are not those")
            .await;
    }
}

#[tokio::test]
async fn a_body_of_seventeen_mebibytes_is_refused_and_the_limit_is_said() {
    let world = World::new();
    let answer = world.collect(vec![b' '; 17 * 1024 * 1024]).await;
    assert!(answer.problem("too-large").detail.contains("16777216"), "{}", answer.text());
    // One that is not too long, but no journal.
    let zoe = finished(&world).await;
    let recipient = zoe.sitting().manifest().keys.recipient.clone();
    let file = zoe.device.response_for(zoe.device.header(), &vec![b'a'; 15 * 1024 * 1024], &[&recipient]);
    assert_refused(&zoe, file, "lines are not those").await;
}

#[tokio::test]
async fn a_whole_test_centre_may_hand_in_at_once_and_nobody_without_end() {
    let world = World::new();
    let mut tries = 0;
    let limited = loop {
        let answer = world.collect(b"x".to_vec()).await;
        if answer.status == 429 {
            break answer;
        }
        answer.problem("response-refused");
        tries += 1;
        assert!(tries < 10_000, "there is no limit");
    };
    // More come in while the test runs.
    assert!(tries >= 600, "{tries}");
    assert!(limited.problem("too-many-tries").retry_after.is_some());
    let neighbour = world.post("/api/v1/responses").body("application/octet-stream", "x").from([198, 51, 100, 2]);
    neighbour.send().await.problem("response-refused");
}
