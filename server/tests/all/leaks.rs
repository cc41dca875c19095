//! What never leaves the server: keys, plans, names of the bank, secrets.

use chrono::Duration;
use serde_json::{Value, json};
use signing::keys::{SigningKey, locked};

use crate::fixture::{Candidate, SECRET_WORD, World, bank_ids, place};

/// Members that only documents of the server's own have.
const MEMBERS: [&str; 9] =
    ["plan", "bank_id", "version_hash", "draw_secret", "grant_seed", "room_seed", "rationale", "correct", "raw_score"];

#[tokio::test]
async fn nothing_that_candidates_are_answered_holds_a_key_a_plan_or_a_secret() {
    let world = World::new();
    let roster = ["passes", "fails", "is late"].map(|name| place(name, name, name));
    let scheduled = world.schedule(&roster).await;
    let mut passes = Candidate::admit(&world, &scheduled.admissions[0].code).await.start().await;
    let mut fails = Candidate::admit(&world, &scheduled.admissions[1].code).await.start().await;
    let mut late = Candidate::admit(&world, &scheduled.admissions[2].code).await.start().await;
    passes.sit(10).await;
    fails.sit(2).await;
    let plan = world.plan(&late.attempt).await;
    late.open();
    world.pass(Duration::hours(4));
    late.answer_all(&plan, 10);
    late.upload(99, &[]).await.problem("journal-gap");
    late.upload(1, &["{}".into()]).await.problem("journal-refused");
    late.submit();
    late.send_all().await;
    world.collect(late.device.response_file()).await.ok::<Value>();
    for candidate in [&passes, &fails, &late] {
        for path in ["", "/result", "/documents", "/certificate.pdf", "/badge.png", "/badge.svg"] {
            candidate.get(&format!("/api/v1/attempt{path}")).await;
        }
        candidate.ask_to_start(&candidate.device).await.problem("already-submitted");
    }

    let mut secrets: Vec<String> = bank_ids().map(str::to_owned).collect();
    secrets.push(SECRET_WORD.into());
    for file in ["bank.secret", "token.secret", "issuer.pem", "exam.pem", "exam.age", "admin.phc"] {
        let text = secret_text(&world, file);
        secrets.extend(text.lines().filter(|line| !line.starts_with("---")).map(str::to_owned));
    }
    for admission in &scheduled.admissions {
        let attempt = world.engine.store.attempt(&world.engine.tenant, &admission.attempt).await.unwrap().unwrap();
        secrets.push(hex::encode(attempt.scheduled.draw_secret));
        secrets.push(hex::encode(attempt.scheduled.grant_seed));
        secrets.push(hex::encode(attempt.scheduled.code_hash));
        secrets.push(admission.code.clone());
        let plan = world.plan(&admission.attempt).await;
        secrets.extend(plan.items.into_iter().map(|item| item.version_hash));
    }
    for id in bank_ids() {
        let bank = world.engine.bank.as_ref().unwrap();
        secrets.extend(bank.hashes(id).map(|hashes| hashes.version.clone()));
        secrets.extend(bank.set_hash(id).map(str::to_owned));
    }
    assert!(secrets.len() > 60 && secrets.iter().all(|secret| secret.len() > 4), "{secrets:?}");

    let heard = world.heard();
    assert!(heard.len() > 20);
    for body in heard {
        let text = String::from_utf8_lossy(&body);
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret:?} in {text}");
        }
        // Of a package, what is not sealed.
        let clear = text.split("\nage-encryption.org/").next().unwrap_or_default();
        if let Ok(document) = serde_json::from_str::<Value>(clear) {
            assert_eq!(forbidden_member(&document), None, "{text}");
        }
    }
}

#[test]
fn the_search_for_members_finds_them_at_every_depth() {
    assert_eq!(forbidden_member(&json!({"a": [{"b": {"draw_secret": 1}}]})), Some("draw_secret"));
    assert_eq!(forbidden_member(&json!({"a": ["key"]})), None);
    assert_eq!(forbidden_member(&json!({"a": {"key": ["a"]}})), Some("key"));
    assert_eq!(forbidden_member(&json!({"key": "z6Mkf", "keys": {"exam": "z6Mkf", "recipient": "age1x"}})), None);
}

/// The first member that no document for a candidate may have.
fn forbidden_member(document: &Value) -> Option<&str> {
    match document {
        Value::Object(members) => members.iter().find_map(|(name, value)| {
            let answer_key = ["key", "keys"].contains(&name.as_str()) && !is_public(value);
            if answer_key || MEMBERS.contains(&name.as_str()) { Some(name.as_str()) } else { forbidden_member(value) }
        }),
        Value::Array(values) => values.iter().find_map(forbidden_member),
        _ => None,
    }
}

/// Whether these are public keys and nothing else.
fn is_public(value: &Value) -> bool {
    match value {
        Value::String(key) => key.starts_with("z6Mk") || key.starts_with("age1"),
        Value::Array(keys) => keys.iter().all(is_public),
        Value::Object(keys) => keys.values().all(is_public),
        _ => false,
    }
}

/// What is in a private file.
fn secret_text(world: &World, file: &str) -> String {
    let data = world.folder.path().join("data");
    let bytes = std::fs::read(data.join("keys").join(file)).unwrap();
    let passphrase = server::data::read_passphrase(&data.join("passphrase")).unwrap();
    if locked::is_locked(&bytes) {
        return String::from_utf8(locked::unlock(&bytes, &passphrase).unwrap()).unwrap();
    }
    let text = String::from_utf8(bytes).unwrap();
    if locked::is_locked_pem(&text) {
        return SigningKey::from_locked_pem(&text, &passphrase).unwrap().to_pkcs8_pem();
    }
    assert_eq!(file, "admin.phc", "in clear");
    text
}
