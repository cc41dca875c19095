//! What a compromised key signed is issued anew: thousands in one command, and the command can be cut short.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use chrono::Utc;
use serde_json::Value;
use signing::{
    credential::Kind,
    keys::PublicKey,
    verify::{StepName, StepOutcome, Verdict, verify},
};
use storage::{CertificateRecord, CertificateState};

use crate::{fixture::issue, keys::Keys};

/// More than ten batches.
const MANY: u64 = 2_100;

fn by(document: &str, key: &str) -> bool {
    let document: Value = serde_json::from_str(document).unwrap();
    document["proof"][0]["verificationMethod"].as_str().unwrap().ends_with(key)
}

#[tokio::test]
async fn thousands_are_issued_anew_also_by_a_command_that_was_cut_short() {
    let keys = Keys::new();
    keys.key(&["init"]).good();
    let stolen = keys.list()[0].0.clone();
    let engine = keys.home.engine();
    let issued = issue(&engine, "many", MANY, Utc::now()).await;
    // Some of them have a life behind them.
    let (suspended, revoked, record_revoked) = (&issued[3].number, &issued[5].number, &issued[7].number);
    engine.suspend(suspended, "r", "o").await.unwrap();
    engine.revoke(revoked, &[Kind::Certificate, Kind::CpdRecord], "r", "o").await.unwrap();
    engine.revoke(record_revoked, &[Kind::CpdRecord], "r", "o").await.unwrap();
    drop(engine);
    keys.key(&["compromise", &stolen, "--because", "a copy was found", "--by", "officer"]).good();

    // Cut short after the third batch.
    let engine = Arc::new(keys.home.engine());
    let key = PublicKey::from_multikey(&stolen).unwrap();
    let batches = Arc::new(AtomicUsize::new(0));
    let running = tokio::spawn({
        let (engine, batches) = (engine.clone(), batches.clone());
        async move {
            let mut progress = |_| {
                batches.fetch_add(1, Ordering::SeqCst);
            };
            engine.reissue(&key, "stolen", "officer", &mut progress).await.unwrap()
        }
    });
    while batches.load(Ordering::SeqCst) < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    running.abort();
    assert!(running.await.is_err(), "it was cut short");
    drop(engine);

    let reissue = ["compromise", &stolen, "--reissue", "--because", "a copy was found", "--by", "officer"];
    let said = keys.key(&reissue).good();
    let done: usize = said.lines().last().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    assert!(done > 0 && done < MANY as usize - 400, "{said}");

    let engine = keys.home.engine();
    let mut all: BTreeMap<String, CertificateRecord> = BTreeMap::new();
    for first in &issued {
        let live = engine.store.certificate(&engine.tenant, &first.number).await.unwrap().unwrap();
        all.insert(first.number.clone(), live);
    }
    let trust = engine.trust_bundle().await.unwrap();
    for first in &issued {
        let live = &all[&first.number];
        let untouched = &first.number == revoked;
        assert_eq!(live.instance, if untouched { 1 } else { 2 }, "each has one successor, and no more");
        let expected = match &first.number {
            number if number == suspended => CertificateState::Suspended,
            number if number == revoked => CertificateState::Revoked,
            _ => CertificateState::Active,
        };
        assert_eq!(live.state, expected);
        // What stands is signed by another key; what does not, is not signed again.
        let stands = expected == CertificateState::Active;
        assert_eq!(by(&live.issued.certificate, &stolen), !stands);
        let record_stands = !untouched && &first.number != record_revoked;
        assert_eq!(by(&live.issued.cpd_record, &stolen), !record_stands);
    }
    // Verified as an employer would, the old and the new, of some of them.
    for first in issued.iter().step_by(97) {
        let report = verify(first.certificate.as_bytes(), &trust, Utc::now());
        let failed = report.steps.iter().find(|step| step.outcome == StepOutcome::Failed).unwrap();
        assert_eq!((failed.step, failed.code.as_deref()), (StepName::Key, Some("key_compromised")));
        for document in [&all[&first.number].issued.certificate, &all[&first.number].issued.cpd_record] {
            let report = verify(document.as_bytes(), &trust, Utc::now());
            assert_eq!(report.verdict, Verdict::Valid, "{report:?}");
        }
    }
    // A suspended one comes back under the new key.
    engine.reinstate(suspended, "r", "o").await.unwrap();
    let live = engine.store.certificate(&engine.tenant, suspended).await.unwrap().unwrap();
    assert_eq!(verify(live.issued.certificate.as_bytes(), &trust, Utc::now()).verdict, Verdict::Valid);
}
