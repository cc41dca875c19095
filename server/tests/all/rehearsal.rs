//! Rehearsals: what somebody can do with one, and that it leaves nothing behind.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use api::{ExamKeys, Rehearsal, SittingRow};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use chrono::{DateTime, Duration, Utc};
use item::Accepts;
use question_bank::SourceFile;
use serde_json::json;
use signing::{code::Code80, keys::PublicKey};
use sitting::{Event, Grant, Kind, Package, PackageFault, ReleaseVia, SubmitReason};

use crate::fixture::{
    Device, Home, NOW, Program, SUBMITTED, World, answered, bank_files, ok, write_bank, write_public_bank,
};

const PATH: &str = "/api/v1/rehearsal";

fn practice_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../question-bank/content/practice")
}

/// Every file below a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            files.extend(self::files(&path).into_iter().map(|(below, content)| (format!("{name}/{below}"), content)));
        } else {
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    files
}

/// The project's own practice bank.
pub(crate) fn practice_bank() -> Vec<SourceFile> {
    files(&practice_folder()).into_iter().map(|(path, file)| SourceFile::new(path, file)).collect()
}

/// A server with it.
fn world() -> World {
    World::new().with_practice(&practice_bank())
}

async fn rehearsal(world: &World) -> Rehearsal {
    world.post(PATH).send().await.ok()
}

fn package(rehearsal: &Rehearsal) -> Vec<u8> {
    BASE64_STANDARD.decode(&rehearsal.package).unwrap()
}

async fn trusted(world: &World) -> Vec<String> {
    world.get("/api/v1/exam-keys").send().await.ok::<ExamKeys>().keys
}

/// A browser in which a rehearsal was opened and started.
async fn started(world: &World, rehearsal: &Rehearsal) -> Device {
    let mut device = Device::new("laptop");
    let (release, admission) = (&rehearsal.release_code, &rehearsal.admission_code);
    device.open_package_of(Kind::Practice, &package(rehearsal), &trusted(world).await, release, admission);
    device.write(NOW, &device.released(ReleaseVia::Code));
    device.write(NOW, &device.shown());
    device
}

fn granted(code: &str) -> Event {
    Event::Granted { grant: Grant::of_code(&Code80::parse(code).unwrap()) }
}

fn minutes_left(device: &Device, at: DateTime<Utc>) -> u64 {
    let mut stamp = device.sitting().last_stamp().unwrap().clone();
    let passed = u64::try_from(at.timestamp_millis()).unwrap() - stamp.wall_ms;
    (stamp.wall_ms, stamp.mono_ms) = (stamp.wall_ms + passed, stamp.mono_ms + passed);
    device.sitting().left(&stamp).likely_ms / 60_000
}

#[tokio::test]
async fn a_rehearsal_is_a_sealed_package_that_opens_with_its_codes() {
    let world = world();
    let rehearsal = rehearsal(&world).await;
    let device = started(&world, &rehearsal).await;
    let (manifest, payload) = (device.sitting().manifest(), device.payload());
    assert_eq!((manifest.scheme.as_str(), manifest.sitting.as_str()), ("practice", "rehearsal"));
    assert_eq!(manifest.exam.title, "Rehearsal: how this exam works");
    assert_eq!(payload.candidate, "Rehearsal");
    assert_eq!((payload.extra_ms, payload.break_ms), (300_000, 300_000));
    assert_eq!((manifest.items.len(), manifest.duration_ms), (15, 30 * 60_000));
    let window = manifest.window;
    let opens_ms = u64::try_from(NOW.timestamp_millis()).unwrap();
    assert_eq!((window.opens_ms, window.closes_ms), (opens_ms, opens_ms + 24 * 3_600_000));
    let id = uuid::Uuid::parse_str(&manifest.attempt).unwrap();
    assert_eq!(id.get_version_num(), 7);
    let shown = serde_json::to_string(payload).unwrap();
    assert!(!shown.contains("practice-p") && !shown.contains("rationale"), "{shown}");
}

#[tokio::test]
async fn the_exam_refuses_a_rehearsal_as_what_it_is() {
    let world = world();
    let package = Package::read(&package(&rehearsal(&world).await)).unwrap();
    let keys: Vec<_> = trusted(&world).await.iter().map(|key| PublicKey::from_multikey(key).unwrap()).collect();
    assert_eq!(package.check(&keys, Kind::Practice), Ok(()));
    assert_eq!(package.check(&keys, Kind::Exam), Err(PackageFault::Kind(Kind::Practice)));
}

#[tokio::test]
async fn the_proctors_codes_give_time_stop_the_clock_and_end_it() {
    let world = world();
    let rehearsal = rehearsal(&world).await;
    let mut device = started(&world, &rehearsal).await;
    let minute = |minutes| NOW + Duration::minutes(minutes);
    assert_eq!(minutes_left(&device, minute(5)), 30);
    let proctor = &rehearsal.proctor;
    assert_eq!(proctor.extra_time.minutes, 5);
    device.write(minute(5), &granted(&proctor.extra_time.code));
    assert_eq!(minutes_left(&device, minute(5)), 35);
    device.write(minute(6), &granted(&proctor.pause));
    assert_eq!(minutes_left(&device, minute(16)), 34);
    device.write(minute(16), &Event::Continued {});
    device.write(minute(17), &Event::Paused {});
    assert_eq!(minutes_left(&device, minute(22)), 33);
    device.write(minute(22), &Event::Continued {});
    device.write(minute(23), &granted(&proctor.end));
    device.write(minute(23), &Event::Submitted { reason: SubmitReason::Proctor });
}

#[tokio::test]
async fn a_rehearsal_leaves_nothing_on_the_server_and_its_file_is_not_taken_in() {
    let world = world();
    let data = world.folder.path().join("data");
    let before = files(&data);
    let rehearsal = rehearsal(&world).await;
    let mut device = started(&world, &rehearsal).await;
    let items = &device.sitting().manifest().items;
    let one_with_options =
        items.iter().find(|item| matches!(item.accepts, Accepts::Choices { .. })).unwrap().id.clone();
    device.write(NOW, &answered(&one_with_options, &["a"]));
    device.write(NOW, &SUBMITTED);

    let refused = world.collect(device.response_file()).await.problem("response-refused");
    assert!(refused.detail.contains("a file from a rehearsal is only for trying"), "{}", refused.detail);
    for code in [&rehearsal.admission_code, &rehearsal.release_code, &rehearsal.proctor.end] {
        world.post("/api/v1/attempts/admit").json(&json!({ "code": code })).send().await.problem("code-unknown");
    }
    let link = format!("/api/v1/packages/{}", device.sitting().manifest().attempt);
    assert_eq!(world.get(&link).send().await.status, 404);
    let now = files(&data);
    let changed: Vec<_> = now.iter().filter(|(name, content)| before.get(*name) != Some(content)).collect();
    assert!(changed.is_empty() && now.len() == before.len(), "{:?}", changed.iter().map(|(name, _)| name));
    let token = world.office_token().await;
    assert_eq!(world.get("/api/v1/office/sittings").token(&token).send().await.ok::<Vec<SittingRow>>(), []);
}

#[tokio::test]
async fn every_rehearsal_is_drawn_and_sealed_anew() {
    let world = world();
    let (mut attempts, mut codes, mut forms) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for _ in 0..10 {
        let rehearsal = rehearsal(&world).await;
        let manifest = Package::read(&package(&rehearsal)).unwrap().manifest.document;
        attempts.insert(manifest.attempt);
        forms.insert(manifest.form_digest);
        let proctor = rehearsal.proctor;
        let typed = [proctor.extra_time.code, proctor.pause, proctor.end];
        codes.extend([rehearsal.release_code, rehearsal.admission_code].into_iter().chain(typed));
    }
    assert_eq!((attempts.len(), codes.len()), (10, 50));
    // The bank is small, but questions and options are shuffled.
    assert!(forms.len() > 5, "{} different forms of 10", forms.len());
}

#[tokio::test]
async fn rehearsals_are_limited_by_address_and_do_not_use_up_the_tries_of_codes() {
    // Without a bank: drawing takes so long in a test that tries would come back meanwhile.
    let world = World::new();
    let (eager, neighbour) = ([198, 51, 100, 1], [198, 51, 100, 2]);
    for _ in 0..60 {
        world.post(PATH).from(eager).send().await.problem("not-found");
    }
    let limited = world.post(PATH).from(eager).send().await;
    assert!(limited.problem("too-many-tries").retry_after.is_some());
    world.post(PATH).from(neighbour).send().await.problem("not-found");
    let code = json!({ "code": Code80::from_bytes([1; 10]).to_string() });
    world.post("/api/v1/attempts/admit").json(&code).from(eager).send().await.problem("code-unknown");
}

#[tokio::test]
async fn without_a_practice_bank_there_is_none_and_the_answer_says_so() {
    let problem = World::new().post(PATH).send().await.problem("not-found");
    assert!(problem.detail.contains("offers no rehearsals"), "{}", problem.detail);
}

#[tokio::test]
async fn items_that_nobody_reviewed_in_time_are_not_rehearsed_with() {
    let world = world();
    world.pass(Duration::days(3 * 366));
    world.post(PATH).send().await.problem("unavailable");
}

#[tokio::test]
async fn no_rehearsal_is_drawn_from_a_bank_of_exams() {
    let world = World::new().with_practice(&bank_files());
    world.post(PATH).send().await.problem("unavailable");
    assert!(!String::from_utf8_lossy(&world.heard().concat()).contains("package"));
}

#[test]
fn the_folder_of_the_practice_bank_can_be_named_may_be_missing_and_must_not_be_faulty() {
    let home = Home::new();
    let ask = |folder: &Path| {
        let server = Program::serve(&home, "warn", &["--practice", folder.to_str().unwrap()]);
        server.client().post(PATH, "", &json!({}))
    };
    let folder = home.path().join("practice");
    assert_eq!(ask(&folder).unwrap().0, 404);
    write_bank(&folder);
    let ran = home.serve(&["--practice", folder.to_str().unwrap()]);
    assert!(ran.fault().contains("practice: the bank of mini is for exams"), "{ran:?}");
    write_public_bank(&folder);
    let rehearsal: Rehearsal = ok(ask(&folder));
    assert_eq!(Package::read(&package(&rehearsal)).unwrap().manifest.document.scheme, "mini");
    fs::write(folder.join("items/bank-d1-01.toml"), "format = \"invigil-item\"\nrubbish\n").unwrap();
    let ran = home.serve(&["--practice", folder.to_str().unwrap()]);
    assert!(ran.fault().contains("practice") && ran.fault().contains("items/bank-d1-01.toml:2"), "{ran:?}");
}
