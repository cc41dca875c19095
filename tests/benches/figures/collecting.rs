//! How fast response files are taken in.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::Utc;
use question_bank::BankSecret;
use server::{
    clock::SystemClock,
    data::{Config, DataDir},
    engine::{Engine, Place},
    scripted_device::ScriptedDevice,
};
use sitting::Package;
use tokio::task::JoinSet;

/// Response files of full exams.
const FILES: usize = 1_000;
/// Uploads under way at the same time.
const TOGETHER: usize = 32;

pub(crate) fn measure(row: fn(&str, &str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("data");
    DataDir::create_with_passphrase_file(&place, &Config::demonstration("http://localhost:8080")).unwrap();
    let data = DataDir::open(&place).unwrap();
    let bank = super::bank(&BankSecret::new([3; 32]));
    let engine = Arc::new(Engine::new(data, bank, Arc::new(SystemClock)).unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (package, responses, lines) = runtime.block_on(sat(&engine));
    let size = responses[0].len();
    let start = Instant::now();
    runtime.block_on(async {
        let mut under_way = JoinSet::new();
        for response in responses {
            if under_way.len() == TOGETHER {
                under_way.join_next().await.unwrap().unwrap();
            }
            let engine = engine.clone();
            under_way.spawn(async move { drop(engine.collect(&response).await.unwrap()) });
        }
        under_way.join_all().await;
    });
    let seconds = start.elapsed().as_secs_f64();
    let files = FILES as f64 / seconds;
    row(
        "response files collected",
        &format!("{files:.0}/s"),
        "opened, checked, stored durably, scored and decided; two cores; aim 500/s",
    );
    row("journal lines collected", &format!("{:.0}/s", lines as f64 / seconds), "of those files; aim 100,000/s");
    row("a package", &format!("{:.0} kB", package as f64 / 1_000.0), "80 items; aim under 300 kB");
    row("a response file", &format!("{:.0} kB", size as f64 / 1_000.0), "a full exam; aim under 150 kB");
}

/// Everybody sits: the size of a package, the response files, and the number of their lines.
async fn sat(engine: &Engine) -> (usize, Vec<Vec<u8>>, u64) {
    let place = |n: usize| Place {
        candidate: format!("c-{n}"),
        name: "Alex Sample".into(),
        last_name: "Sample".into(),
        attempt: 1,
        first_attempt: None,
        extra_minutes: 0,
        break_minutes: 0,
    };
    let places: Vec<Place> = (0..FILES).map(place).collect();
    let now = Utc::now();
    let scheduled = engine.schedule("Load", now, now + Duration::from_secs(86_400), &places).await.unwrap();
    let (mut package, mut responses, mut lines) = (0, Vec::new(), 0);
    for admission in &scheduled.admissions {
        let sealed = engine.package(&admission.attempt).await.unwrap();
        package = sealed.len();
        let opened = Package::read(&sealed).unwrap();
        let wall_ms = now.timestamp_millis().unsigned_abs();
        let mut device = ScriptedDevice::open(&opened, &scheduled.release_code, &admission.code, wall_ms).unwrap();
        device.sit().unwrap();
        lines += device.sitting().count();
        responses.push(device.hand_over().unwrap().0.write().unwrap());
    }
    (package, responses, lines)
}
