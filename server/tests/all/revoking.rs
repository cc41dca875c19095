//! A revocation is seen by whoever verifies, and nobody takes an old list for a new one.

use api::{LookupAnswer, MatchState};
use chrono::Duration;
use serde_json::{Value, json};
use signing::{
    credential::Kind,
    status::{Entry, StatusList},
    verify::{Report, StepName, StepOutcome, Verdict, verify},
};

use crate::fixture::{World, place};

fn entry(document: &Value) -> Entry {
    Entry::of(document).unwrap().remove(0)
}

fn revocation(report: &Report) -> (Verdict, StepOutcome) {
    let step = report.steps.iter().find(|step| step.step == StepName::Revocation).unwrap();
    (report.verdict, step.outcome)
}

#[tokio::test]
async fn what_is_revoked_is_seen_at_once_and_nothing_else_is_touched() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    let documents = zoe.documents().await;
    assert_ne!(entry(&documents.certificate), entry(&documents.cpd_record));
    let asked = async |document: &Value| -> Report {
        world
            .post("/api/v1/verify")
            .body("application/octet-stream", serde_json::to_vec(document).unwrap())
            .send()
            .await
            .ok()
    };
    assert_eq!(revocation(&asked(&documents.certificate).await), (Verdict::Valid, StepOutcome::Passed));
    let kept = world.engine.trust_bundle().await.unwrap();

    let revoke = |kinds: &'static [Kind]| world.engine.revoke(&number, kinds, "found to have cheated", "officer");
    assert_eq!(revoke(&[Kind::Certificate]).await.unwrap().len(), 1);
    assert_eq!(revocation(&asked(&documents.certificate).await), (Verdict::Invalid, StepOutcome::Failed));
    assert_eq!(revocation(&asked(&documents.cpd_record).await), (Verdict::Valid, StepOutcome::Passed));
    let body = json!({ "last_name": "Muster", "number": number });
    let found = world.post("/api/v1/certificates/lookup").json(&body).send().await.ok::<LookupAnswer>().found;
    assert_eq!(found.unwrap().state, MatchState::Revoked);

    // Whoever kept a bundle knows what it knew then, and after a day no more than that.
    let bytes = serde_json::to_vec(&documents.certificate).unwrap();
    let later = |hours| verify(&bytes, &kept, world.now() + Duration::hours(hours));
    assert_eq!(revocation(&later(1)), (Verdict::Valid, StepOutcome::Passed));
    let report = later(25);
    assert_eq!(revocation(&report), (Verdict::Undetermined, StepOutcome::Undetermined));
    assert!(!report.valid && report.facts.is_some() && report.summary.contains("as of"), "{}", report.summary);

    // Again, and the other document: the first reason stays.
    let again = world.engine.revoke(&number, &[Kind::Certificate, Kind::CpdRecord], "another reason", "other").await;
    let again = again.unwrap();
    assert_eq!(again.iter().filter(|revoked| revoked.reason == "found to have cheated").count(), 1);
    assert_eq!(again.len(), 2);
    assert_eq!(revocation(&asked(&documents.cpd_record).await).0, Verdict::Invalid);
}

#[tokio::test]
async fn the_list_is_served_signed_and_is_asked_for_again_cheaply() {
    let world = World::new();
    assert_eq!(world.get("/status/1").send().await.status, 404, "nothing was issued yet");
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    let certificate = zoe.documents().await.certificate;
    let first = world.get("/status/1").send().await;
    assert_eq!(first.status, 200);
    assert_eq!(first.header("content-type"), "application/vc");
    assert_eq!(first.header("cache-control"), "public, max-age=30");
    let tag = first.header("etag");
    assert_eq!(world.get("/status/1").header("if-none-match", tag).send().await.status, 304);
    world.engine.revoke(&number, &[Kind::Certificate], "a reason", "officer").await.unwrap();
    let changed = world.get("/status/1").header("if-none-match", tag).send().await;
    assert_eq!(changed.status, 200);
    let list = StatusList::read(&changed.ok::<Value>()).unwrap();
    assert_eq!(list.is_set(&entry(&certificate)), Ok(true));
    assert!(entry(&certificate).list.ends_with("/status/1"));
    for wrong in ["/status/2", "/status/01", "/status/x", "/status/-1", "/status/99999999999999999999"] {
        assert_eq!(world.get(wrong).send().await.status, 404, "{wrong}");
    }
}

#[tokio::test]
async fn nothing_is_revoked_without_a_number_a_reason_and_somebody_who_decided() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    for (number, reason, by, word) in [
        ("rubbish", "r", "o", ""),
        ("MINI-0000-0000-0000-0", "r", "o", "no certificate"),
        (number.as_str(), " ", "o", "a reason"),
        (number.as_str(), "r", "", "who decided"),
    ] {
        let error = world.engine.revoke(number, &[Kind::Certificate], reason, by).await.unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }
    assert!(world.engine.store.revocations(&world.engine.tenant, 1).await.unwrap().is_empty());
}

#[tokio::test]
async fn numbers_are_random_and_given_out_once() {
    let world = World::new();
    let mut seen = std::collections::BTreeSet::new();
    for person in 0..3 {
        let mut candidate = world.candidate(place(&format!("c-{person}"), "Sam Sample", "Sample")).await;
        candidate.sit(10).await;
        let documents = candidate.documents().await;
        seen.extend([entry(&documents.certificate).index, entry(&documents.cpd_record).index]);
    }
    assert_eq!(seen.len(), 6);
    assert!(seen.iter().any(|index| *index > 1_000), "they are counted up: {seen:?}");
}
