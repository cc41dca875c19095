//! Sealed packages: what they are, what opens them, and what nobody reads in them before.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use chrono::{Duration, Utc};
use serde_json::Value;
use server::engine::Scheduled;
use signing::{
    code::Code80,
    keys::PublicKey,
    sealing::{self, Identity, SealFault},
};
use sitting::{Kind, MAX_FILE_BYTES, Package, Payload};

use crate::fixture::{Candidate, Home, SECRET_WORD, World, bank_files, invigil, place};

fn code(text: &str) -> Code80 {
    Code80::parse(text).unwrap()
}

#[tokio::test]
async fn a_package_is_the_same_file_by_token_and_by_link_before_and_after_the_start() {
    let world = World::new();
    let scheduled = world.schedule(&[place("c", "Zoë", "Zoë"), place("d", "Alex", "Alex")]).await;
    let link = |attempt: &str| world.get(&format!("/api/v1/packages/{attempt}"));
    let [first, second] = [0, 1].map(|place| scheduled.admissions[place].attempt.clone());
    let answer = link(&first).send().await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/octet-stream"));
    assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{first}.invigil-package\""));
    assert!(link(&second).send().await.body != answer.body);
    let zoe = Candidate::admit(&world, &scheduled.admissions[0].code).await;
    assert!(zoe.get("/api/v1/attempt/package").await.body == answer.body);
    let zoe = zoe.start().await;
    assert!(zoe.get("/api/v1/attempt/package").await.body == answer.body);
    assert!(link(&first).send().await.body == answer.body);
    for nobody in ["nobody", "0", "%00"] {
        link(nobody).send().await.problem("not-found");
    }
}

#[tokio::test]
async fn a_form_that_no_device_could_open_is_not_scheduled() {
    let mut files = bank_files();
    for file in files.iter_mut().filter(|file| file.path.starts_with("items/")) {
        let text = String::from_utf8(file.content.clone()).unwrap();
        file.content = text.replace("*odd* line.", &"*odd* line. ".repeat(12_000)).into_bytes();
    }
    let world = World::new().again_with(&files);
    let now = world.now();
    let places = [place("c", "Zoë Muster", "Muster")];
    let fault =
        world.engine.schedule("A sitting", now, now + Duration::days(1), &places).await.unwrap_err().to_string();
    let named = "the form that was drawn for Zoë Muster (10 questions) is too big for a package: ";
    assert!(fault.starts_with(named) && fault.ends_with("at most 1048576 are read"), "{fault}");
    assert_eq!(world.engine.store.sittings(&world.engine.tenant).await.unwrap(), []);
}

#[tokio::test]
async fn a_package_is_signed_by_the_exam_body_and_opens_with_both_codes_of_its_candidate_only() {
    let world = World::new();
    let scheduled = world.schedule(&[place("c", "Zoë", "Zoë"), place("d", "Alex", "Alex")]).await;
    let other_room = world.schedule(&[place("e", "Sam", "Sam")]).await;
    let [zoe, alex] = &scheduled.admissions[..] else { panic!("two places") };
    let file = world.get(&format!("/api/v1/packages/{}", zoe.attempt)).send().await.body;
    let package = Package::read(&file).unwrap();
    let keys: api::ExamKeys = world.get("/api/v1/exam-keys").send().await.ok();
    let trusted: Vec<_> = keys.keys.iter().map(|key| PublicKey::from_multikey(key).unwrap()).collect();
    package.check(&trusted, Kind::Exam).unwrap();
    let manifest = &package.manifest.document;
    assert_eq!((&manifest.attempt, &manifest.sitting), (&zoe.attempt, &scheduled.sitting));

    let open = |release: &str, admission: &str, attempt: &str| {
        sealing::open(&package.sealed, &Identity::of_package(&code(release), &code(admission), attempt), MAX_FILE_BYTES)
    };
    let opened = open(&scheduled.release_code, &zoe.code, &zoe.attempt).unwrap();
    assert_eq!(Payload::read(&opened, manifest).unwrap().candidate, "Zoë");
    for (release, admission, attempt) in [
        (&other_room.release_code, &zoe.code, &zoe.attempt),
        (&scheduled.release_code, &alex.code, &zoe.attempt),
        (&scheduled.release_code, &alex.code, &alex.attempt),
        (&zoe.code, &scheduled.release_code, &zoe.attempt),
        (&scheduled.release_code, &scheduled.release_code, &zoe.attempt),
    ] {
        assert_eq!(open(release, admission, attempt), Err(SealFault::WrongKey));
    }
}

/// Whether the stock tool is there; where tests must run whole, it has to be.
fn has_age() -> bool {
    let found = Command::new("age").arg("--version").stdout(Stdio::null()).status().is_ok();
    assert!(found || std::env::var_os("CI").is_none(), "age does not start; `cargo xtask test` installs it");
    if !found {
        std::io::stderr().write_all(b"skipped: age does not start: it was not asked to open a package\n").unwrap();
    }
    found
}

#[tokio::test]
async fn the_stock_age_tool_opens_a_package_with_what_the_command_line_prints() {
    if !has_age() {
        return;
    }
    let home = Home::new();
    let scheduled = home.schedule_for(Utc::now(), &[place("c", "Zoë Muster", "Muster")]).await;
    let zoe = &scheduled.admissions[0];
    let release = home.invigil(&["sitting", "release-key"], &["--sitting", &scheduled.sitting]).good();
    assert_eq!(release.trim(), scheduled.release_code);
    let options = ["--sitting", &scheduled.sitting, "--attempt", &zoe.attempt, "--admission", &zoe.code];
    let identity = home.path().join("identity");
    fs::write(&identity, home.invigil(&["sitting", "release-key"], &options).good()).unwrap();

    let file =
        fs::read(home.seal(&scheduled.sitting).join(format!("packages/{}.invigil-package", zoe.attempt))).unwrap();
    let sealed = home.path().join("sealed.age");
    let clear = file.iter().position(|&byte| byte == b'\n').unwrap();
    fs::write(&sealed, &file[clear + 1..]).unwrap();
    let opened = Command::new("age").arg("--decrypt").arg("--identity").args([&identity, &sealed]).output().unwrap();
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    let manifest = Package::read(&file).unwrap().manifest.document;
    let payload = Payload::read(&opened.stdout, &manifest).unwrap();
    assert_eq!((payload.candidate.as_str(), payload.form.items.len()), ("Zoë Muster", 10));
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text))
}

/// What must not be read before the sitting: words of the questions, names, codes in every spelling.
fn secrets(scheduled: &Scheduled, payload: &Payload) -> Vec<Vec<u8>> {
    let words = ["Which control", "shows one", "Control 1", "An assistant", SECRET_WORD, "Zoë", "Muster", "c-4711"];
    let mut secrets: Vec<Vec<u8>> = words.map(|word| word.as_bytes().to_vec()).into();
    secrets.push(serde_json::to_vec(&payload.form.items[0].stem).unwrap());
    let codes = scheduled.admissions.iter().map(|admission| &admission.code).chain([&scheduled.release_code]);
    for text in codes {
        let bytes = code(text);
        secrets.push(text.replace('-', "").into_bytes());
        secrets.push(text.clone().into_bytes());
        secrets.push(hex::encode(bytes.as_bytes()).into_bytes());
        secrets.push(bytes.as_bytes().to_vec());
    }
    secrets
}

#[tokio::test]
async fn nothing_of_questions_names_or_codes_is_read_in_what_is_handed_out_before_the_sitting() {
    let home = Home::new();
    let roster = [place("c-4711", "Zoë Muster", "Muster"), place("c-4712", "Alex Muster", "Muster")];
    let scheduled = home.schedule_for(Utc::now(), &roster).await;
    let sealed = home.seal(&scheduled.sitting);
    let device = home.device(&sealed, &scheduled, 0);
    let secrets = secrets(&scheduled, device.payload());
    let files = files(&sealed);
    assert_eq!(files.len(), 5, "two packages, commitment, pool list, blueprint");
    for (name, bytes) in &files {
        for secret in &secrets {
            assert!(!holds(bytes, secret), "{:?} in {name}", String::from_utf8_lossy(secret));
        }
    }
    // The search finds them where they are.
    let opened = device.payload().write().unwrap();
    assert!(secrets[..3].iter().all(|secret| holds(&opened, secret)) && holds(&opened, &secrets[5]));
}

#[tokio::test]
async fn what_was_sealed_is_audited_when_the_sitting_is_over() {
    let home = Home::new();
    let roster = [place("c", "Alex", "Alex"), place("d", "Zoë", "Zoë")];
    let scheduled = home.schedule_for(Utc::now() - Duration::hours(14), &roster).await;
    let sealed = home.seal(&scheduled.sitting);
    let before = invigil(["form", "audit", sealed.to_str().unwrap()]).good();
    assert!(!before.contains("passed      draw"), "{before}");
    let out = ["--sitting", &scheduled.sitting, "--out", sealed.to_str().unwrap()];
    home.invigil(&["sitting", "publish"], &out).good();
    let audit = invigil(["form", "audit", sealed.to_str().unwrap()]).good();
    assert_eq!(audit.matches("passed      draw").count(), 2, "{audit}");
    assert!(home.invigil(&["sitting", "seal"], &["--sitting", "none", "--out", "."]).fault().contains("none"));
}

#[tokio::test]
async fn reserve_forms_are_for_the_same_people_under_other_codes_with_other_draws() {
    let home = Home::new();
    let mut roster = [place("c", "Alex", "Alex"), place("d", "Zoë Muster", "Muster")];
    (roster[1].extra_minutes, roster[1].break_minutes) = (30, 15);
    let first = home.schedule_for(Utc::now(), &roster).await;
    let seb = home.path().join("exam.seb");
    home.invigil(&["sitting", "seb"], &["--sitting", &first.sitting, "--out", seb.to_str().unwrap()]).good();
    let said = home.invigil(&["sitting", "reserve"], &["--sitting", &first.sitting]).good();
    let reserve: Value = serde_json::from_str(&said).unwrap();
    let second = reserve["sitting"].as_str().unwrap();
    assert_ne!(reserve["release_code"], first.release_code.as_str());
    assert_ne!(reserve["commitment"], serde_json::to_value(&first.commitment).unwrap());

    let (store, tenant) = (home.store(), storage::TenantId("demo".into()));
    let (one, other) = (sittings(&store, &tenant, &first.sitting).await, sittings(&store, &tenant, second).await);
    assert_eq!((one.0.opens_at_ms, one.0.closes_at_ms), (other.0.opens_at_ms, other.0.closes_at_ms));
    assert_eq!((other.0.reserve_of.as_ref(), one.0.reserve_of), (Some(&first.sitting), None));
    assert!(one.0.safe_browser.is_some());
    assert_eq!(one.0.safe_browser, other.0.safe_browser, "the same file opens both");
    for (place, (one, other)) in one.1.iter().zip(&other.1).enumerate() {
        let who = |attempt: &storage::NewAttempt| {
            (attempt.candidate_ref.clone(), attempt.candidate_name.clone(), attempt.extra_ms, attempt.break_ms)
        };
        let (one, other) = (&one.scheduled, &other.scheduled);
        assert_eq!(who(one), who(other));
        assert_ne!((&one.draw, one.draw_secret), (&other.draw, other.draw_secret));
        assert_ne!(reserve["admissions"][place]["code"], first.admissions[place].code.as_str());
        assert_eq!(reserve["admissions"][place]["attempt"], other.id.as_str());
    }
    assert!(home.invigil(&["sitting", "reserve"], &["--sitting", "none"]).fault().contains("none"));
}

/// A sitting with its roster.
async fn sittings(
    store: &impl storage::Store,
    tenant: &storage::TenantId,
    id: &str,
) -> (storage::SittingRecord, Vec<storage::AttemptRecord>) {
    (store.sitting(tenant, id).await.unwrap().unwrap(), store.roster(tenant, id).await.unwrap())
}
