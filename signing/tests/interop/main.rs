//! What we issue is what other libraries read, and the other way round: with those that most verifiers rest on, from npm and PyPI.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "tests fail where they panic and say what they skip")]

mod documents;
mod generated;
mod node;
mod tokens;
mod verifiers;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use signing::{
    did::{DidWeb, method_id},
    keys::{PublicKey, SigningKey},
    ld::{self, Limits},
    proof,
};

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

/// Ours beside theirs: where both have N-Quads, the same; where they refuse, so do we. Gives how many were the same.
fn compare(documents: &[Value]) -> usize {
    let lines: String = documents.iter().map(|document| format!("{document}\n")).collect();
    let Some(theirs) = node::run("nquads.mjs", &lines) else { return documents.len() };
    assert_eq!(theirs.len(), documents.len());
    let mut same = 0;
    for (document, theirs) in documents.iter().zip(theirs) {
        let object = document.as_object().unwrap();
        match (ld::canonical(object, &object["@context"], &[], &Limits::default()), theirs["canonical"].as_str()) {
            (Ok(ours), Some(theirs)) => {
                assert_eq!(ours, theirs, "{document}");
                same += 1;
            }
            (Ok(ours), None) => panic!("{document}\n{theirs}\n{ours}"),
            (Err(_), _) => (),
        }
    }
    same
}

#[test]
fn the_n_quads_of_all_that_is_issued_are_those_of_jsonld_js() {
    let documents = documents::all();
    assert_eq!(compare(&documents), documents.len());
}

#[test]
fn the_n_quads_of_documents_made_at_random_are_those_of_jsonld_js() {
    assert!(compare(&generated::documents(1_500)) >= 250);
    assert!(compare(&generated::blank_graphs(400)) >= 380);
}

#[test]
fn what_is_issued_verifies_by_each_suite_and_what_was_changed_by_none() {
    let key = SigningKey::from_seed([5; 32]);
    let did = DidWeb::from_host("issuer.example").unwrap();
    let sign = |document: Value| proof::sign(document, &key, &method_id(&did, &key.public()), now()).unwrap();
    let genuine: Vec<Value> = documents::credentials().into_iter().map(sign).collect();
    let mut changed = genuine[0].clone();
    changed["credentialSubject"]["identifier"][0]["identityHash"] = "Mallory".into();
    let mut injected = genuine[0].clone();
    injected["cpdCreditsFAKE"] = 9999.into();
    let all: Vec<&Value> = genuine.iter().chain([&changed, &injected]).collect();
    let asked = json!({"did": did.as_str(), "key": key.public().to_string(), "credentials": all});
    let Some(verdicts) = node::run("verify.mjs", &asked.to_string()) else { return };
    for (at, verdict) in verdicts.iter().enumerate() {
        let expected = at < genuine.len();
        for suite in ["rdfc", "jcs", "both"] {
            assert_eq!(verdict[suite], expected, "document {at} by {suite}: {verdict}");
        }
    }
}

#[test]
fn what_others_issue_verifies() {
    let mut credential = documents::credentials().remove(0);
    credential.as_object_mut().unwrap().remove("issuer");
    let asked = json!({"seed": "07".repeat(32), "credential": credential});
    let Some(issued) = node::run("issue.mjs", &asked.to_string()) else { return };
    let key = PublicKey::from_multikey(issued[0]["key"].as_str().unwrap()).unwrap();
    for suite in ["rdfc", "jcs"] {
        let document = &issued[0][suite];
        let proof = proof::proofs(document).unwrap().remove(0);
        assert_eq!(proof.verify(document, &key), Ok(()), "{suite}: {document}");
        let mut changed = document.clone();
        changed["name"] = "Another".into();
        assert!(proof.verify(&changed, &key).is_err(), "{suite}");
    }
}
