//! Each kind of forgery fails at its own step.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use serde_json::Value;
use signing::{
    credential::{Certificate, Common, IssuerProfile, SchemeFacts},
    did::{DidDocument, DidWeb, method_id},
    keys::SigningKey,
    proof,
    status::{Bitstring, Entry, LEAST_ENTRIES, REVOCATION, StatusList},
    verify::{Report, StepName, StepOutcome, TrustBundle, TrustedIssuer, Verdict, verify},
};

pub(crate) fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

pub(crate) fn key() -> SigningKey {
    SigningKey::from_seed([9; 32])
}

pub(crate) fn did() -> DidWeb {
    DidWeb::from_host("issuer.example").unwrap()
}

pub(crate) fn trust() -> TrustBundle {
    let document = DidDocument::new(&did(), &[key().public()]);
    TrustBundle::new(now(), vec![TrustedIssuer::new("Example Body", document)])
}

/// A certificate valid from and until these days from now, signed by this key under this identifier.
pub(crate) fn certificate(from: i64, until: i64, key: &SigningKey, did: &DidWeb) -> Value {
    let issuer = IssuerProfile { did: did.to_string(), name: "Example Body".into() };
    let common = Common {
        id: "urn:uuid:1",
        issuer: &issuer,
        holder: "Alex Sample",
        number: "CAISP-0000-0000-0000-0",
        scheme: "caisp",
        edition: "1",
        title: "Certified AI Security Professional",
        valid_from: now() + Duration::days(from),
        demonstration: false,
        status: None,
    };
    let (valid_until, scheme) = (now() + Duration::days(until), SchemeFacts::default());
    let document = Certificate { common, valid_until, criteria: "Passed the exam.", scheme }.document();
    proof::sign(document, key, &method_id(did, &key.public()), now()).unwrap()
}

fn check(document: &Value) -> Report {
    verify(&serde_json::to_vec(document).unwrap(), &trust(), now())
}

fn failed(report: &Report) -> Vec<StepName> {
    report.steps.iter().filter(|step| step.outcome == StepOutcome::Failed).map(|step| step.step).collect()
}

#[test]
fn a_genuine_certificate_is_valid_and_says_whose_it_is() {
    let report = check(&certificate(-1, 1000, &key(), &did()));
    assert!(report.valid, "{report:#?}");
    assert_eq!(report.facts.unwrap().holder, "Alex Sample");
    assert!(report.summary.contains("Alex Sample"));
    assert_eq!(report.steps.len(), 10);
}

#[test]
fn each_forgery_fails_at_its_own_step_and_shows_no_facts() {
    let mut renamed = certificate(-1, 1000, &key(), &did());
    renamed["credentialSubject"]["identifier"][0]["identityHash"] = "Mallory".into();
    let mut extended = certificate(-1, 1000, &key(), &did());
    extended["cpdCreditsFake"] = 9999.into();
    let mut unsigned = certificate(-1, 1000, &key(), &did());
    unsigned.as_object_mut().unwrap().remove("proof");
    let elsewhere = DidWeb::from_host("forger.example").unwrap();
    for (document, step) in [
        (renamed, StepName::Signature),
        (extended, StepName::Signature),
        (unsigned, StepName::Key),
        (certificate(-1, 1000, &key(), &elsewhere), StepName::Issuer),
        (certificate(-1, 1000, &SigningKey::from_seed([1; 32]), &did()), StepName::Key),
        (serde_json::json!({"a": 1}), StepName::Kind),
    ] {
        let report = check(&document);
        assert_eq!(failed(&report), [step], "{report:#?}");
        assert!(!report.valid && report.facts.is_none());
        assert_eq!(report.steps.len(), 10);
    }
}

#[test]
fn wrong_dates_fail_at_their_own_steps_and_the_facts_stay_visible() {
    for (from, until, step) in [(2, 1000, StepName::ValidFrom), (-1000, -1, StepName::NotExpired)] {
        let report = check(&certificate(from, until, &key(), &did()));
        assert_eq!(failed(&report), [step]);
        assert!(!report.valid && report.facts.is_some());
    }
}

#[test]
fn a_trust_bundle_of_an_unknown_kind_is_not_guessed_at() {
    let document = serde_json::to_vec(&certificate(-1, 1000, &key(), &did())).unwrap();
    for trust in
        [TrustBundle { version: TrustBundle::VERSION + 1, ..trust() }, TrustBundle { format: "x".into(), ..trust() }]
    {
        let report = verify(&document, &trust, now());
        assert_eq!(failed(&report), [StepName::Issuer]);
        assert!(!report.valid);
    }
}

/// A genuine certificate after somebody had his way with it.
fn after(change: impl FnOnce(&mut Value)) -> Value {
    let mut document = certificate(-1, 1000, &key(), &did());
    change(&mut document);
    document
}

#[test]
fn every_proof_that_is_understood_must_hold() {
    let document = after(|document| {
        let mut forged = document["proof"][1].clone();
        forged["created"] = "2026-01-01T00:00:00Z".into();
        document["proof"].as_array_mut().unwrap().push(forged);
    });
    assert_eq!(failed(&check(&document)), [StepName::Signature]);
}

#[test]
fn a_proof_of_another_kind_is_reported_and_changes_nothing() {
    let document = after(|document| {
        let another = serde_json::json!({"type": "Ed25519Signature2020", "proofValue": "z1"});
        document["proof"].as_array_mut().unwrap().push(another);
    });
    let report = check(&document);
    assert!(report.valid, "{report:#?}");
    assert!(report.steps.iter().any(|step| step.sentence.contains("Ed25519Signature2020")));
}

#[test]
fn a_certificate_without_both_signatures_is_not_relied_on() {
    for kept in 0..2 {
        let document = after(|document| document["proof"] = document["proof"][kept].clone());
        let report = check(&document);
        assert_eq!(failed(&report), [StepName::Signature]);
        assert!(report.summary.contains("lacks"), "{}", report.summary);
    }
}

/// What verifies over N-Quads alone, where a reader drops what it does not know.
#[test]
fn nothing_can_be_put_in_that_n_quads_do_not_show() {
    for put_in in ["/cpdCreditsFAKE", "/credentialSubject/grade", "/credentialSubject/achievement/endorsementJwt"] {
        let document = after(|document| {
            let (parent, name) = put_in.rsplit_once('/').unwrap();
            document.pointer_mut(parent).unwrap()[name] = 9999.into();
            // The JSON's own signature, which would see it, is taken away.
            document["proof"] = document["proof"][0].clone();
        });
        assert_eq!(failed(&check(&document)), [StepName::Signature], "{put_in}");
        let proof = proof::proofs(&document).unwrap().remove(0);
        assert!(proof.verify(&document, &key().public()).unwrap_err().to_string().contains(put_in), "{put_in}");
    }
}

#[test]
fn proofs_of_another_document_key_or_purpose_are_told_apart() {
    let other = certificate(-2, 1000, &key(), &did());
    let swapped = after(|document| document["proof"] = other["proof"].clone());
    assert_eq!(failed(&check(&swapped)), [StepName::Signature]);
    let purpose = after(|document| document["proof"][0]["proofPurpose"] = "authentication".into());
    assert_eq!(failed(&check(&purpose)), [StepName::Key]);
    let forger = SigningKey::from_seed([1; 32]);
    for method in [
        method_id(&did(), &forger.public()),
        format!("did:key:{0}#{0}", forger.public()),
        format!("did:web:forger.example#{}", key().public()),
        String::new(),
    ] {
        let document = after(|document| document["proof"][0]["verificationMethod"] = method.as_str().into());
        assert_eq!(failed(&check(&document)), [StepName::Key], "{method}");
    }
}

#[test]
fn a_context_that_gives_words_another_meaning_is_refused() {
    let evil = serde_json::json!({"holderName": "https://schema.org/name"});
    let contexts: [fn(&mut Vec<Value>, Value); 4] = [
        |contexts, evil| contexts.push(evil),
        |contexts, evil| contexts.insert(0, evil),
        |contexts, _| contexts.reverse(),
        |contexts, _| contexts.push("https://www.w3.org/ns/credentials/examples/v2".into()),
    ];
    for change in contexts {
        let document = after(|document| change(document["@context"].as_array_mut().unwrap(), evil.clone()));
        assert_eq!(failed(&check(&document)), [StepName::Kind]);
    }
}

#[test]
fn a_member_that_stands_twice_is_refused() {
    let text = certificate(-1, 1000, &key(), &did()).to_string();
    let twice = text.replacen("\"identityHash\":", "\"identityHash\":\"Mallory\",\"identityHash\":", 1);
    let report = verify(twice.as_bytes(), &trust(), now());
    assert_eq!(failed(&report), [StepName::Readable]);
    assert!(report.summary.contains("twice"), "{}", report.summary);
}

const LIST: &str = "https://issuer.example/status/1";

/// A list of the issuer as of some days from now, with this certificate's bit set or not, and what was done to it then.
fn list(days: i64, revoked: bool, issuer: &DidWeb, key: &SigningKey) -> Value {
    let mut bits = Bitstring::new(LEAST_ENTRIES);
    bits.set(7, revoked);
    let list = StatusList {
        id: LIST.into(),
        issuer: issuer.to_string(),
        purpose: REVOCATION.into(),
        valid_from: now() + Duration::days(days),
        valid_until: now() + Duration::days(days + 1),
        ttl_ms: 60_000,
        bits,
    };
    proof::sign(list.document(), key, &method_id(issuer, &key.public()), now()).unwrap()
}

#[test]
fn a_revoked_certificate_is_invalid_and_an_unknown_status_is_neither() {
    let entry = |index| Entry { list: LIST.into(), index, purpose: REVOCATION.into() };
    let with = |status: Value| {
        let mut document = certificate(-1, 1000, &key(), &did());
        document.as_object_mut().unwrap().remove("proof");
        document["credentialStatus"] = status;
        proof::sign(document, &key(), &method_id(&did(), &key().public()), now()).unwrap()
    };
    let certificate = with(entry(7).to_json());
    let of = |document: &Value, lists: Vec<Value>| {
        let trust = TrustBundle { status_lists: lists, ..trust() };
        let report = verify(&serde_json::to_vec(document).unwrap(), &trust, now());
        let step = report.steps.iter().find(|step| step.step == StepName::Revocation).unwrap();
        (report.verdict, step.outcome, step.sentence.clone())
    };
    let ours = |days, revoked| list(days, revoked, &did(), &key());
    let verdict = |lists| of(&certificate, lists).0;
    assert_eq!(verdict(vec![ours(0, false)]), Verdict::Valid);
    assert_eq!(verdict(vec![ours(0, true)]), Verdict::Invalid);
    // The latest copy counts, and what was revoked stays so in an old one.
    assert_eq!(verdict(vec![ours(0, true), ours(-3, false)]), Verdict::Invalid);
    assert_eq!(verdict(vec![ours(-30, true)]), Verdict::Invalid);
    let elsewhere = DidWeb::from_host("forger.example").unwrap();
    let forger = SigningKey::from_seed([1; 32]);
    let mut changed = ours(0, true);
    changed["credentialSubject"]["encodedList"] = Bitstring::new(LEAST_ENTRIES).encode().into();
    let mut one_signature = ours(0, false);
    one_signature["proof"] = one_signature["proof"][0].clone();
    for (lists, word) in [
        (vec![], "not at hand"),
        (vec![ours(-2, false)], "no later one"),
        (vec![ours(1, false)], "future"),
        (vec![list(0, false, &elsewhere, &key())], "another issuer"),
        (vec![list(0, false, &did(), &forger)], "does not list the key"),
        (vec![changed], "changed after"),
        (vec![one_signature], "both signatures"),
        (vec![serde_json::json!({"id": LIST})], "no status list"),
    ] {
        let (verdict, outcome, sentence) = of(&certificate, lists);
        assert_eq!((verdict, outcome), (Verdict::Undetermined, StepOutcome::Undetermined), "{sentence}");
        assert!(sentence.contains(word), "{word:?} is not in {sentence:?}");
    }
    let suspended = Entry { purpose: "suspension".into(), ..entry(7) };
    for status in [
        entry(131_072).to_json(),
        suspended.to_json(),
        serde_json::json!({"id": "urn:x", "type": "BitstringStatusListEntry"}),
    ] {
        assert_eq!(of(&with(status.clone()), vec![ours(0, false)]).0, Verdict::Undetermined, "{status}");
    }
}

#[test]
fn monstrous_files_are_refused_in_a_sentence() {
    let huge = vec![b'x'; 100 * 1024 * 1024];
    let deep = "[".repeat(10_000);
    for bytes in [&huge[..], deep.as_bytes(), b"", b"not json", b"\xff\xfe", b"null"] {
        let report = verify(bytes, &trust(), now());
        assert!(!report.valid);
        assert!(report.summary.len() < 500, "{}", report.summary);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever byte of a signed file is changed, the file is not valid any more, unless it still says the same.
    #[test]
    fn no_byte_can_be_changed(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let genuine = certificate(-1, 1000, &key(), &did());
        let mut bytes = serde_json::to_vec(&genuine).unwrap();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let same = serde_json::from_slice::<Value>(&bytes).is_ok_and(|value| value == genuine);
        prop_assert_eq!(verify(&bytes, &trust(), now()).valid, same);
    }

    #[test]
    fn no_file_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!verify(&bytes, &trust(), now()).valid);
    }
}
