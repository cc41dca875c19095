//! One of every file of an offline sitting, good and tampered.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Duration, Utc};
use seb::exam::ExamConfig;
use serde_json::{Value, json};
use sitting::{Allows, Event, Grant, Package};

use super::{Entry, Fault};
use crate::{
    bank_files,
    cli::serve::runtime,
    clock::SystemClock,
    data::{Config, DataDir},
    engine::{Engine, Place},
    random,
    scripted_device::ScriptedDevice,
};

/// Files to write, with what a checker that trusts the exam key should say of each: `valid`, or in a word what is wrong.
pub(super) struct SittingFiles {
    pub(super) files: Vec<(Entry, Vec<u8>)>,
    /// The key that signs them.
    pub(super) exam_key: signing::keys::PublicKey,
}

/// A data directory that ends with this command.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl SittingFiles {
    /// Schedules, seals, sits, and collects one sitting in a scratch directory.
    pub(super) fn make(bank: &Path, now: DateTime<Utc>) -> Result<Self, Fault> {
        let name = format!("invigil-samples-{}", hex::encode(random::bytes::<8>()?));
        let scratch = Scratch(std::env::temp_dir().join(name));
        let config = Config::demonstration("http://localhost:8080");
        DataDir::create_with_passphrase_file(&scratch.0, &config)?;
        let data = DataDir::open(&scratch.0)?;
        let identity = data.exam_keys.identity.to_secret_text();
        let exam_key = data.exam_keys.signing.public();
        let bank = bank_files::hashed(bank, &data.bank_secret)?;
        let engine = Engine::new(data, bank, Arc::new(SystemClock))?;
        let files = runtime()?.block_on(files(&engine, &identity, now))?;
        Ok(Self { files, exam_key })
    }
}

async fn files(engine: &Engine, identity: &str, now: DateTime<Utc>) -> Result<Vec<(Entry, Vec<u8>)>, Fault> {
    let place = Place {
        candidate: "demo".into(),
        name: "Alex Sample".into(),
        last_name: "Sample".into(),
        attempt: 1,
        first_attempt: None,
        extra_minutes: 30,
        break_minutes: 15,
    };
    let scheduled = engine.schedule("Samples", now, now + Duration::days(1), &[place]).await?;
    let admission = &scheduled.admissions[0];
    let attempt = &admission.attempt;
    let sealed = engine.package(attempt).await.map_err(Fault::of)?;
    let package = Package::read(&sealed)?;
    let wall_ms = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    let mut device = ScriptedDevice::open(&package, &scheduled.release_code, &admission.code, wall_ms)?;
    let grant = engine.grant(attempt, Allows::ExtraTime { minutes: 10 }, "fire alarm").await.map_err(Fault::of)?;
    device.write(&Event::Granted { grant: Grant::of_signed(grant.clone()) })?;
    device.sit()?;
    let (response, receipt) = device.hand_over()?;
    let response = response.write()?;
    let collected = engine.collect(&response).await.map_err(Fault::of)?;
    let journal = sitting::sealed_lines(device.sitting().lines());
    let sheet = engine.sheet(attempt).await.map_err(Fault::of)?;
    let codes = json!({
        "attempt": attempt,
        "release_code": scheduled.release_code,
        "admission_code": admission.code,
        "sheet": sheet,
    });
    let (receipt, acknowledgement) =
        (serde_json::to_value(&receipt)?, serde_json::to_value(&collected.acknowledgement)?);
    let grant = serde_json::to_value(&grant)?;
    let seb = ExamConfig {
        start_url: "http://localhost:8080/".into(),
        quit_url: None,
        exam_title: Some("Samples".into()),
        allow_quit: true,
        quit_password_hash: None,
    };
    let settings = seb.settings()?;
    let mut other = settings.clone();
    other.insert("allowSpellCheck".into(), true.into());
    let text = |value: &Value| serde_json::to_vec_pretty(value);
    let changed = |value: &Value, member: &str, to: Value| {
        let mut value = value.clone();
        if let Some(place) = value.pointer_mut(member) {
            *place = to;
        }
        serde_json::to_vec_pretty(&value)
    };
    let entry = |file, kind, expect| Entry { file, kind, expect };
    Ok(vec![
        (entry("sitting.invigil-package", "package", Some("valid")), sealed.clone()),
        (
            entry("sitting-manifest-tampered.invigil-package", "package", Some("signature")),
            flipped(&sealed, b"\"duration_ms\":1"),
        ),
        (entry("sitting-payload-tampered.invigil-package", "package", Some("other_payload")), last_flipped(&sealed)),
        (entry("sitting-half.invigil-package", "package", Some("incomplete")), sealed[..sealed.len() / 2].to_vec()),
        (entry("sitting-codes.json", "codes", None), text(&codes)?),
        (entry("journal.jsonl", "journal", Some("valid")), journal.clone()),
        (entry("journal-tampered.jsonl", "journal", Some("chain")), first_answer_emptied(&journal)),
        (entry("sitting.invigil-response", "response", Some("valid")), response.clone()),
        (entry("sitting-tampered.invigil-response", "response", Some("damaged")), last_flipped(&response)),
        (
            entry("sitting-header-tampered.invigil-response", "response", Some("signature")),
            flipped(&response, b"\"epoch\":"),
        ),
        (entry("exam.age", "age_identity", None), identity.as_bytes().to_vec()),
        (entry("receipt.json", "receipt", Some("valid")), text(&receipt)?),
        (
            entry("receipt-tampered.json", "receipt", Some("signature")),
            changed(&receipt, "/header/document/count", 3.into())?,
        ),
        (entry("acknowledgement.json", "acknowledgement", Some("valid")), text(&acknowledgement)?),
        (
            entry("acknowledgement-tampered.json", "acknowledgement", Some("signature")),
            changed(&acknowledgement, "/document/count", 3.into())?,
        ),
        (entry("grant.json", "grant", Some("valid")), text(&grant)?),
        (
            entry("grant-tampered.json", "grant", Some("signature")),
            changed(&grant, "/document/allows/minutes", 100.into())?,
        ),
        (entry("exam.seb", "safe_exam_browser", Some("valid")), seb::write::plain(&settings)?),
        (entry("exam-tampered.seb", "safe_exam_browser", Some("config_key")), seb::write::plain(&other)?),
    ])
}

/// The bytes with one bit changed behind the first place where these stand.
fn flipped(bytes: &[u8], behind: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if let Some(at) = bytes.windows(behind.len()).position(|window| window == behind)
        && let Some(byte) = bytes.get_mut(at + behind.len())
    {
        *byte ^= 1;
    }
    bytes
}

/// The journal with nothing in the place of its first answer, which each item allows: so it is the line after it that shows
/// the change, whatever the answer was.
fn first_answer_emptied(journal: &[u8]) -> Vec<u8> {
    let mut journal = journal.to_vec();
    let response = b"\"response\":[";
    if let Some(at) = journal.windows(response.len()).position(|window| window == response) {
        let from = at + response.len();
        let length = journal[from..].iter().take_while(|&&byte| byte != b']').count();
        journal.drain(from..from + length);
    }
    journal
}

/// The bytes with one bit of the last changed.
fn last_flipped(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if let Some(byte) = bytes.last_mut() {
        *byte ^= 1;
    }
    bytes
}
