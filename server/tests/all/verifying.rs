//! `POST /api/v1/verify`: what anybody sends, and at which step it fails.

use api::IssuedDocuments;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use server::{
    data::{Config, DataDir},
    issue::{Award, Issuer},
};
use signing::{
    keys::SigningKey,
    proof,
    verify::{Report, Step, StepName, StepOutcome},
};

use crate::fixture::{Candidate, NOW, World, place};

/// A server and the documents of somebody who passed.
async fn passed(world: &World) -> IssuedDocuments {
    let mut zoe: Candidate<'_> = world.candidate(place("c", "Zoë Muster", "Muster")).await;
    zoe.sit(10).await;
    zoe.documents().await
}

async fn verify(world: &World, body: impl Into<Vec<u8>>) -> Report {
    world.post("/api/v1/verify").body("application/octet-stream", body.into()).send().await.ok()
}

/// Asserts that a file fails at this step alone; after one of the first six nothing more is looked at or told.
async fn assert_fails(world: &World, body: impl Into<Vec<u8>>, at: StepName, word: &str) {
    let report = verify(world, body).await;
    let failed: Vec<&Step> = report.steps.iter().filter(|step| step.outcome == StepOutcome::Failed).collect();
    assert_eq!(failed.iter().map(|step| step.step).collect::<Vec<_>>(), [at], "{report:#?}");
    assert!(failed[0].sentence.contains(word), "{word:?} not in {:?}", failed[0].sentence);
    assert!(!report.valid && report.summary.starts_with("Do not rely on this file. "), "{}", report.summary);
    assert_eq!(report.steps.len(), 10);
    let place = report.steps.iter().position(|step| step.step == at).unwrap();
    if place < 6 {
        assert!(report.steps[place + 1..].iter().all(|step| step.outcome == StepOutcome::NotChecked));
        assert_eq!(report.facts, None, "nothing of an unproven file is repeated");
    }
}

fn bytes(document: &Value) -> Vec<u8> {
    serde_json::to_vec(document).unwrap()
}

/// The document signed again by the server's own key, as only its issuer can.
fn sign_again(world: &World, mut document: Value, at: DateTime<Utc>) -> Value {
    let key = DataDir::open(&world.folder.path().join("data")).unwrap().issuer_key;
    document.as_object_mut().unwrap().remove("proof");
    let method = &world.engine.issuer.did_document().assertion_method[0];
    proof::sign(document, &key, method, at).unwrap()
}

#[tokio::test]
async fn a_changed_file_fails_at_its_signature_wherever_it_was_changed() {
    let world = World::new();
    let documents = passed(&world).await;
    for (document, pointer, value) in [
        (&documents.certificate, "/credentialSubject/identifier/0/identityHash", json!("Somebody Else")),
        (&documents.certificate, "/validUntil", json!("2099-01-01T00:00:00Z")),
        (&documents.certificate, "/credentialSubject/licenseNumber", json!("MINI-0000-0000-0000-0")),
        (&documents.certificate, "/id", json!("urn:uuid:1")),
        (&documents.cpd_record, "/credentialSubject/creditsEarned", json!(310)),
        (&documents.cpd_record, "/credentialSubject/result/2/value", json!("course_completion")),
    ] {
        let mut changed = document.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        assert_fails(&world, bytes(&changed), StepName::Signature, "changed after it was signed").await;
    }
    let mut more = documents.certificate.clone();
    more["credentialSubject"]["grade"] = "excellent".into();
    assert_fails(&world, bytes(&more), StepName::Signature, "/credentialSubject/grade").await;
    // Order and white space are no change.
    let pretty = serde_json::to_vec_pretty(&documents.certificate).unwrap();
    assert!(verify(&world, pretty).await.valid);
}

#[tokio::test]
async fn a_certificate_past_its_last_day_fails_there_and_a_cpd_record_does_not_expire() {
    let world = World::new();
    let documents = passed(&world).await;
    world.pass(Duration::days(3 * 365));
    assert!(verify(&world, bytes(&documents.certificate)).await.valid, "its last day");
    world.pass(Duration::days(1));
    assert_fails(&world, bytes(&documents.certificate), StepName::NotExpired, "expired on 24 November 2029").await;
    assert!(verify(&world, bytes(&documents.cpd_record)).await.valid);
}

#[tokio::test]
async fn a_certificate_of_the_future_is_not_valid_yet() {
    let world = World::new();
    let mut early = passed(&world).await.certificate;
    early["validFrom"] = "2027-11-24T09:00:00Z".into();
    let early = sign_again(&world, early, NOW);
    assert_fails(&world, bytes(&early), StepName::ValidFrom, "becomes valid on 24 November 2027").await;
    let dated_ahead = sign_again(&world, early, NOW + Duration::days(365));
    assert_fails(&world, bytes(&dated_ahead), StepName::Signature, "in the future").await;
}

#[tokio::test]
async fn a_forger_fails_at_the_issuer_or_at_the_key() {
    let world = World::new();
    let mut config = Config::demonstration("https://exams.example.org");
    let scheme = world.engine.bank.as_ref().unwrap().scheme();
    let award = Award { scheme, candidate_ref: "c", holder: "Zoë", last_name: "Zoë", decided_at: NOW, status: None };
    let forge = |config: &Config| {
        let forger = Issuer::new(SigningKey::from_seed([9; 32]), config).unwrap();
        forger.issue(&award).unwrap().certificate
    };
    // The right name with a key of one's own, then a name of one's own.
    assert_fails(&world, forge(&config), StepName::Key, "does not list the key").await;
    config.issuer.did_host = "forger.example".into();
    assert_fails(&world, forge(&config), StepName::Issuer, "did:web:forger.example").await;

    let mut unsigned = passed(&world).await.certificate;
    unsigned.as_object_mut().unwrap().remove("proof");
    assert_fails(&world, bytes(&unsigned), StepName::Key, "cannot be traced").await;
    unsigned["proof"] = json!([]);
    assert_fails(&world, bytes(&unsigned), StepName::Key, "cannot be traced").await;
}

#[tokio::test]
async fn what_is_no_certificate_is_told_so() {
    let world = World::new();
    let readable = StepName::Readable;
    assert_fails(&world, "", readable, "could not be read").await;
    assert_fails(&world, "hello", readable, "could not be read").await;
    assert_fails(&world, "%PDF-1.7", readable, "is cut off").await;
    assert_fails(&world, vec![0xff; 1_000], readable, "could not be read").await;
    assert_fails(&world, "[".repeat(10_000), readable, "64 deep").await;
    assert_fails(&world, "{\"a\":".repeat(10_000), readable, "64 deep").await;
    assert_fails(&world, format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)), readable, "64 deep").await;
    assert_fails(&world, r#"{"a":1,"a":2}"#, readable, "twice").await;
    assert_fails(&world, format!("\"{}\"", "x".repeat(1024 * 1024 - 2)), StepName::Kind, "no JSON object").await;
    for other in ["null", "[]", "{}", "7", r#"{"@context":[]}"#] {
        assert_fails(&world, other, StepName::Kind, "neither a certificate nor a CPD record").await;
    }
    let report: Report = world.post("/api/v1/verify").send().await.ok();
    assert_eq!(report.steps[0].outcome, StepOutcome::Failed, "nothing was sent at all");
}

#[tokio::test]
async fn a_demonstration_says_that_it_certifies_nothing() {
    let world = World::new();
    let issuer = &world.engine.config;
    assert!(!issuer.demonstration);
    let mut marked = passed(&world).await.certificate;
    marked["credentialSubject"]["achievement"]["tag"] = json!(["demonstration"]);
    let report = verify(&world, bytes(&sign_again(&world, marked, NOW))).await;
    assert!(report.valid && report.summary.contains("only a demonstration"), "{}", report.summary);
    assert_eq!(report.steps[9].outcome, StepOutcome::Warning);
}
