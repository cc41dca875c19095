//! The commands of proctor and office: sheets, grants, challenges, heads, and the files that come back.

use std::{fs, path::PathBuf};

use chrono::{Duration, Utc};
use serde_json::Value;
use server::engine::Scheduled;
use signing::{
    code::{Code80, Code128},
    signed::Signed,
};
use sitting::{Acknowledgement, Allows, Authority, Event, Grant, SignedGrant};

use crate::fixture::{Device, Home, Program, SUBMITTED, World, answered, place};

async fn one(home: &Home) -> (Scheduled, Device) {
    let scheduled = home.schedule_for(Utc::now(), &[place("c", "Zoë Muster", "Muster")]).await;
    let device = home.device(&home.seal(&scheduled.sitting), &scheduled, 0);
    (scheduled, device)
}

fn grant(code: &Value) -> Grant {
    Grant::of_code(&Code80::parse(code.as_str().unwrap()).unwrap())
}

#[tokio::test]
async fn the_codes_of_a_proctors_sheet_are_what_the_candidates_page_accepts() {
    let home = Home::new();
    let (scheduled, mut device) = one(&home).await;
    let sheets = home.invigil(&["sitting", "grants"], &["--json", "--sitting", &scheduled.sitting]).good();
    let sheets: Vec<Value> = serde_json::from_str(&sheets).unwrap();
    let sheet = &sheets[0];
    assert_eq!((sheets.len(), &sheet["candidate"]), (1, &Value::from("Zoë Muster")));
    let allows = |code: &Value| device.sitting().allows(&grant(code)).unwrap();
    for entry in sheet["extra_time"].as_array().unwrap() {
        let minutes = u32::try_from(entry[0].as_u64().unwrap()).unwrap();
        assert_eq!(allows(&entry[1]), Allows::ExtraTime { minutes });
    }
    for (number, code) in (1..).zip(sheet["pauses"].as_array().unwrap()) {
        assert_eq!(allows(code), Allows::Pause { number });
    }
    for (number, code) in (1..).zip(sheet["moves"].as_array().unwrap()) {
        assert_eq!(allows(code), Allows::Move { number });
    }
    assert_eq!(allows(&sheet["end"]), Allows::End);
    assert_eq!(sheet["challenges"].as_array().unwrap().len(), 4);

    // On paper stands the same.
    let options = ["--sitting", &scheduled.sitting, "--attempt", &scheduled.admissions[0].attempt];
    let paper = home.invigil(&["sitting", "grants"], &options).good();
    let codes = sheet["extra_time"].as_array().unwrap().iter().map(|entry| &entry[1]);
    let lists = ["pauses", "moves"].into_iter().flat_map(|list| sheet[list].as_array().unwrap());
    for code in codes.chain(lists).chain([&sheet["end"]]) {
        assert!(paper.contains(code.as_str().unwrap()), "{paper}");
    }
    assert!(paper.contains("Zoë Muster"));
    // And it ends the sitting.
    device.write(Utc::now(), &Event::Granted { grant: grant(&sheet["end"]) });
    device.write(Utc::now(), &Event::Submitted { reason: sitting::SubmitReason::Proctor });
    let none = home.invigil(&["sitting", "grants"], &["--sitting", &scheduled.sitting, "--attempt", "nobody"]);
    assert!(none.fault().contains("no attempt"));
}

#[tokio::test]
async fn a_grant_from_the_command_line_is_signed_and_pushed_to_an_open_page() {
    let home = Home::new();
    let (scheduled, _) = one(&home).await;
    let admission = &scheduled.admissions[0];
    let server = Program::serve(&home, "warn", &[]);
    let mut client = server.client();
    let admitted = client.admit(&admission.code);
    let mut device = Device::new("laptop");
    client.start(&admitted, &mut device, &admission.code);
    let mut given = Vec::new();
    for (what, allows) in [
        (["--minutes", "10"].as_slice(), Allows::ExtraTime { minutes: 10 }),
        (&["--pause"], Allows::Pause { number: 0 }),
        (&["--end"], Allows::End),
    ] {
        let options = [&["--attempt", admission.attempt.as_str(), "--reason", "fire alarm"], what].concat();
        let said = home.invigil(&["sitting", "grant"], &options).good();
        let signed: Signed<SignedGrant> = serde_json::from_str(&said).unwrap();
        assert_eq!((vec![signed.key.clone()], signed.document.reason.as_str()), (home.exam_keys(), "fire alarm"));
        assert_eq!(device.sitting().allows(&Grant::of_signed(signed.clone())), Ok(allows));
        given.push(signed);
    }
    let lines = device.sitting().lines();
    let answer = client.post("/api/v1/attempt/journal", &admitted.token, &device.upload(1, lines));
    let ack: api::JournalAck = crate::fixture::ok(answer);
    assert_eq!(ack.standing.grants, given, "in the order they were given");

    for (options, word) in [
        (["--attempt", "nobody", "--reason", "x", "--end"].as_slice(), "nobody"),
        (&["--attempt", &admission.attempt, "--reason", "x", "--minutes", "0"], "from a minute to a day"),
    ] {
        assert!(home.invigil(&["sitting", "grant"], options).fault().contains(word));
    }
    for options in [["--pause", "--end"].as_slice(), &["--minutes", "5", "--pause"], &[]] {
        let options = [&["--attempt", admission.attempt.as_str(), "--reason", "x"], options].concat();
        assert_eq!(home.invigil(&["sitting", "grant"], &options).code, Some(2), "one thing at a time: {options:?}");
    }
}

#[tokio::test]
async fn a_release_key_is_given_for_the_codes_of_the_roster_only() {
    let home = Home::new();
    let (scheduled, _) = one(&home).await;
    let other = home.schedule_for(Utc::now(), &[place("d", "Alex", "Alex")]).await;
    let admission = &scheduled.admissions[0];
    let key = |attempt: &str, code: &str| {
        let options = ["--sitting", &scheduled.sitting, "--attempt", attempt, "--admission", code];
        home.invigil(&["sitting", "release-key"], &options)
    };
    assert!(key(&admission.attempt, &admission.code).good().starts_with("AGE-SECRET-KEY-1"));
    assert!(key(&other.admissions[0].attempt, &admission.code).fault().contains("not on the roster"));
    assert!(key(&admission.attempt, "ABCD").fault().contains("17 letters and digits"));
    let half = ["--sitting", &scheduled.sitting, "--attempt", &admission.attempt];
    assert_eq!(home.invigil(&["sitting", "release-key"], &half).code, Some(2));
    assert!(home.invigil(&["sitting", "release-key"], &["--sitting", "none"]).fault().contains("none"));
}

#[tokio::test]
async fn a_check_in_is_entered_with_what_stands_on_paper() {
    let home = Home::new();
    let (scheduled, mut device) = one(&home).await;
    let attempt = scheduled.admissions[0].attempt.as_str();
    let challenge = home.invigil(&["sitting", "challenge"], &["--attempt", attempt]).good();
    let code = Code128::parse(&challenge).unwrap();
    let event = Event::Challenged { challenge: hex::encode(code.as_bytes()), by: Authority::Proctor };
    device.write(Utc::now(), &event);
    let head = Code128::from_digest(&hex::decode(device.sitting().head()).unwrap()).unwrap().to_string();
    let at = Utc::now().to_rfc3339();
    let enter = |challenge: &str, head: &str, more: &[&str]| {
        let options = ["--attempt", attempt, "--challenge", challenge, "--head", head, "--lines", "3", "--by", "P."];
        home.invigil(&["sitting", "check-in"], &[options.as_slice(), more].concat())
    };
    let typed = challenge.trim().to_lowercase().replace('-', " ");
    let wrong = format!("{}{}", &head[..head.len() - 1], if head.ends_with('7') { "8" } else { "7" });
    assert!(enter(&typed, &wrong, &[]).fault().starts_with("--head"));
    assert!(enter("ABCD", &head, &[]).fault().starts_with("--challenge"));
    let tomorrow = (Utc::now() + Duration::days(1)).to_rfc3339();
    assert!(enter(&typed, &head, &["--at", &tomorrow]).fault().contains("between the challenge and now"));
    let entered = enter(&typed, &head, &["--at", &at]).good();
    assert!(entered.starts_with("recorded: the head of line 3, at ") && entered.contains(", by P.\n"), "{entered}");
    assert!(entered.contains("the journal held ends at line 0") && entered.contains("not decided yet"), "{entered}");
    // A fault half-way may have kept from being judged what it was entered for: the same again, at whatever time, is fine.
    for time in [["--at", &at].as_slice(), &[]] {
        assert!(
            enter(&typed, &head, time).good().starts_with("was recorded before, and stays: the head of line 3, at ")
        );
    }
    let other = Code128::from_bytes([1; 16]).to_string();
    assert!(enter(&typed, &other, &["--at", &at]).fault().contains("what was recorded stays"));
}

#[tokio::test]
async fn a_check_in_says_whether_it_fits_the_journal_and_what_was_decided() {
    let home = Home::new();
    let (scheduled, mut device) = one(&home).await;
    let attempt = scheduled.admissions[0].attempt.as_str();
    let mut codes = Vec::new();
    for _ in 0..2 {
        let code = Code128::parse(&home.invigil(&["sitting", "challenge"], &["--attempt", attempt]).good()).unwrap();
        let event = Event::Challenged { challenge: hex::encode(code.as_bytes()), by: Authority::Proctor };
        device.write(Utc::now(), &event);
        codes.push(code.to_string());
    }
    let head = Code128::from_digest(&hex::decode(device.sitting().head()).unwrap()).unwrap().to_string();
    device.write(Utc::now(), &SUBMITTED);
    let file = home.path().join("a.invigil-response");
    fs::write(&file, device.response_file()).unwrap();
    home.invigil(&["sitting", "collect"], &[file.to_str().unwrap()]).good();
    let enter = |challenge: &str, head: &str, line: &str| {
        let options = ["--attempt", attempt, "--challenge", challenge, "--head", head, "--lines", line, "--by", "P."];
        home.invigil(&["sitting", "check-in"], &options)
    };
    let fits = enter(&codes[0], &head, "4").good();
    assert!(fits.contains("it fits the journal held\nthe attempt is decided: fail\n"), "{fits}");
    let ran = enter(&codes[1], &head, "9");
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stdout.starts_with("recorded: the head of line 9"), "{ran:?}");
    for word in ["CONTRADICTS the journal held, which has 5 lines", "decided: fail", "no command that changes it"] {
        assert!(ran.stderr.contains(word), "{ran:?}");
    }
}

/// Thirty files in a folder, three of which are not of this exam body.
async fn thirty(home: &Home) -> (PathBuf, Scheduled, Vec<Device>) {
    let roster: Vec<_> =
        (1..=27).map(|number| place(&format!("c-{number}"), &format!("No {number}"), "Sample")).collect();
    let scheduled = home.schedule_for(Utc::now(), &roster).await;
    let sealed = home.seal(&scheduled.sitting);
    let folder = home.path().join("stick");
    fs::create_dir(&folder).unwrap();
    let mut devices = Vec::new();
    for place in 0..27 {
        let mut device = home.device(&sealed, &scheduled, place);
        device.write(Utc::now(), &answered(&"q01".into(), &["a"]));
        device.write(Utc::now(), &SUBMITTED);
        fs::write(folder.join(format!("candidate-{place:02}.invigil-response")), device.response_file()).unwrap();
        devices.push(device);
    }
    let world = World::new();
    let mut stranger = world.offline(place("c", "Alex", "Alex")).await;
    stranger.sit_alone(3).await;
    fs::write(folder.join("a-stranger.invigil-response"), stranger.device.response_file()).unwrap();
    fs::write(folder.join("letter.txt"), "Dear aunt").unwrap();
    let whole = devices[3].response_file();
    fs::write(folder.join("cut-off.invigil-response"), &whole[..whole.len() / 2]).unwrap();
    (folder, scheduled, devices)
}

#[tokio::test]
async fn a_folder_of_files_is_collected_and_what_is_not_ours_is_listed_with_the_reason() {
    let home = Home::new();
    let (folder, scheduled, devices) = thirty(&home).await;
    let folder = folder.to_str().unwrap();
    let ran = home.invigil(&["sitting", "collect"], &[folder]);
    assert_eq!(ran.fault(), "3 files were not taken; keep them, all others are in");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.iter().filter(|line| line.starts_with("taken ")).count(), 27, "{}", ran.stdout);
    for (file, reason) in [
        ("a-stranger.invigil-response", "not one of this exam body"),
        ("letter.txt", "is no response"),
        ("cut-off.invigil-response", "damaged"),
    ] {
        let line = lines.iter().find(|line| line.starts_with("REFUSED ") && line.contains(file)).unwrap();
        assert!(line.contains(reason), "{line}");
    }
    let listed = home.invigil(&["sitting", "list"], &[]).good();
    assert_eq!(listed.matches("Submitted, 4 journal lines").count(), 27, "{listed}");

    // Once more, for a script.
    let ran = home.invigil(&["sitting", "collect"], &["--json", folder]);
    assert_eq!(ran.fault(), "3 files were not taken; keep them, all others are in");
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((rows.len(), rows.iter().filter(|row| row["refused"].is_string()).count()), (30, 3));
    let known: Vec<_> = rows.iter().filter(|row| row["collected"]["outcome"] == "known").collect();
    assert_eq!(known.len(), 27);
    for row in known {
        let place = scheduled.admissions.iter().position(|a| row["collected"]["attempt"] == a.attempt.as_str());
        let acknowledgement: Signed<Acknowledgement> =
            serde_json::from_value(row["collected"]["acknowledgement"].clone()).unwrap();
        Acknowledgement::check(&acknowledgement, devices[place.unwrap()].sitting()).unwrap();
    }
}

#[tokio::test]
async fn files_that_are_all_ours_are_collected_without_a_word_of_complaint() {
    let home = Home::new();
    let (_, mut device) = one(&home).await;
    device.write(Utc::now(), &SUBMITTED);
    let file = home.path().join("zoe.invigil-response");
    fs::write(&file, device.response_file()).unwrap();
    let said = home.invigil(&["sitting", "collect"], &[file.to_str().unwrap()]).good();
    assert!(said.starts_with("taken") && said.contains("3 lines held"), "{said}");
    let missing = home.invigil(&["sitting", "collect"], &["/nowhere/zoe.invigil-response"]);
    assert!(
        missing.fault().starts_with("1 files") && missing.stdout.contains("/nowhere/zoe.invigil-response"),
        "{missing:?}"
    );
    assert_eq!(home.invigil(&["sitting", "collect"], &[]).code, Some(2));
}
