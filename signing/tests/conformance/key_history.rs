//! A signature counts if the issuer's document lists the key and its root key allowed it to sign that then.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use signing::{
    credential::{Certificate, Common, IssuerProfile, SchemeFacts},
    did::{DidDocument, DidWeb, method_id},
    keys::{Action, KeyHistory, KeyPurpose, SigningKey},
    proof::{self, Options, Suite},
    status::{Bitstring, Entry, LEAST_ENTRIES, REVOCATION, StatusList},
    verify::{Report, StepName, StepOutcome, TrustBundle, TrustedIssuer, Verdict, verify},
};

const OLD: u8 = 1;
const CURRENT: u8 = 2;
const LISTS: u8 = 3;
const STOLEN: u8 = 4;
const UNSTATED: u8 = 5;
const ROOT: u8 = 9;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

fn did() -> DidWeb {
    DidWeb::from_host("issuer.example").unwrap()
}

fn day(day: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + Duration::days(day)
}

/// Today is day 200: the old key signed until day 100, the current one since, the key of the lists signs nothing else.
fn history() -> KeyHistory {
    let root = key(ROOT);
    let mut history = KeyHistory::new(&did(), &root.public());
    let mut state = |seed: u8, action: Action| {
        history = history.append(&key(seed).public(), action, "a reason", day(100), &root).unwrap();
    };
    let both = vec![KeyPurpose::Certificate, KeyPurpose::Status];
    let certify = |purposes: Vec<KeyPurpose>, from, until| Action::Certify {
        purposes,
        not_before: day(from),
        not_after: day(until),
    };
    state(OLD, certify(both.clone(), 0, 365));
    state(OLD, Action::Retire { from: day(100) });
    state(CURRENT, certify(both.clone(), 100, 465));
    state(LISTS, certify(vec![KeyPurpose::Status], 100, 465));
    state(STOLEN, certify(both, 0, 365));
    state(STOLEN, Action::Compromise {});
    history
}

fn trust() -> TrustBundle {
    let history = history();
    let document = history.windows().unwrap().did_document(&did());
    TrustBundle::new(
        day(200),
        vec![TrustedIssuer { keys: Some(history), ..TrustedIssuer::new("Example Body", document) }],
    )
}

/// A certificate signed with this key on that day.
fn certificate(seed: u8, at: i64, status: Option<&Entry>) -> Value {
    let issuer = IssuerProfile { did: did().to_string(), name: "Example Body".into() };
    let common = Common {
        id: "urn:uuid:1",
        issuer: &issuer,
        holder: "Alex Sample",
        number: "CAISP-0000-0000-0000-0",
        scheme: "caisp",
        edition: "1",
        title: "Certified AI Security Professional",
        valid_from: day(at),
        demonstration: false,
        status,
    };
    let document =
        Certificate { common, valid_until: day(1000), criteria: "Passed the exam.", scheme: SchemeFacts::default() }
            .document();
    proof::sign(document, &key(seed), &method_id(&did(), &key(seed).public()), day(at)).unwrap()
}

fn check(document: &Value, trust: &TrustBundle) -> Report {
    verify(&serde_json::to_vec(document).unwrap(), trust, day(200))
}

/// The step that failed, its code and sentence; nothing for a valid document.
fn refusal(report: &Report) -> Option<(StepName, String, String)> {
    let failed = report.steps.iter().find(|step| step.outcome == StepOutcome::Failed)?;
    assert_eq!((report.valid, &report.facts), (false, &None), "{report:?}");
    assert!(report.summary.contains(&failed.sentence));
    Some((failed.step, failed.code.clone().unwrap_or_default(), failed.sentence.clone()))
}

#[track_caller]
fn assert_refused(report: &Report, step: StepName, code: &str, word: &str) {
    let (failed, named, sentence) = refusal(report).unwrap_or_else(|| panic!("{report:?}"));
    assert_eq!((failed, named.as_str()), (step, code), "{sentence}");
    assert!(sentence.contains(word), "{sentence}");
}

#[test]
fn keys_count_in_their_windows_also_after_they_were_retired() {
    let trust = trust();
    for (seed, at) in [(OLD, 0), (OLD, 99), (CURRENT, 100), (CURRENT, 200)] {
        let report = check(&certificate(seed, at, None), &trust);
        assert_eq!(refusal(&report), None, "{seed} {at}");
        let window = report.steps.iter().find(|step| step.step == StepName::KeyWindow).unwrap();
        assert_eq!((window.outcome, report.verdict), (StepOutcome::Passed, Verdict::Valid));
    }
}

#[test]
fn a_signature_outside_of_every_window_does_not_count() {
    let trust = trust();
    for (seed, at) in [(OLD, -1), (OLD, 100), (OLD, 150), (CURRENT, 99)] {
        let report = check(&certificate(seed, at, None), &trust);
        assert_refused(&report, StepName::KeyWindow, "key_outside_window", "might not sign");
    }
    let report = check(&certificate(OLD, 150, None), &trust);
    assert_refused(&report, StepName::KeyWindow, "key_outside_window", "from 18 November 2026");
}

#[test]
fn a_compromised_key_counts_for_nothing_whenever_it_signed() {
    for at in [1, 150] {
        let report = check(&certificate(STOLEN, at, None), &trust());
        assert_refused(&report, StepName::Key, "key_compromised", "may be in other hands");
    }
    // Whoever put it back into the document gains nothing.
    let mut meddled = trust();
    meddled.issuers[0].document = DidDocument::new(&did(), &[key(STOLEN).public()]);
    assert_refused(&check(&certificate(STOLEN, 1, None), &meddled), StepName::Key, "key_compromised", "made anew");
}

#[test]
fn a_key_in_the_document_of_which_the_root_key_says_nothing_does_not_count() {
    let mut meddled = trust();
    meddled.issuers[0].document = DidDocument::new(&did(), &[key(CURRENT).public(), key(UNSTATED).public()]);
    let report = check(&certificate(UNSTATED, 150, None), &meddled);
    assert_refused(&report, StepName::KeyWindow, "key_not_stated", "says nothing");
    // And one that is stated, but not in the document, neither.
    meddled.issuers[0].document = DidDocument::new(&did(), &[key(OLD).public()]);
    assert_refused(&check(&certificate(CURRENT, 150, None), &meddled), StepName::Key, "", "does not list the key");
}

#[test]
fn a_key_for_lists_signs_no_certificate_and_the_other_way_round() {
    let report = check(&certificate(LISTS, 150, None), &trust());
    assert_refused(&report, StepName::KeyWindow, "key_other_purpose", "for other documents");

    let entry = Entry { list: "https://issuer.example/status/1".into(), index: 7, purpose: REVOCATION.into() };
    let list = |seed: u8, at: i64| {
        let list = StatusList {
            id: entry.list.clone(),
            issuer: did().to_string(),
            purpose: REVOCATION.into(),
            valid_from: day(200) - Duration::hours(1),
            valid_until: day(201),
            ttl_ms: 60_000,
            bits: Bitstring::new(LEAST_ENTRIES),
        };
        proof::sign(list.document(), &key(seed), &method_id(&did(), &key(seed).public()), day(at)).unwrap()
    };
    let certificate = certificate(CURRENT, 150, Some(&entry));
    let with = |list: Value| {
        let trust = TrustBundle { status_lists: vec![list], ..trust() };
        check(&certificate, &trust).verdict
    };
    assert_eq!([LISTS, CURRENT].map(|seed| with(list(seed, 200))), [Verdict::Valid; 2]);
    // Retired, stolen, not stated: the list is not relied on, and nobody knows.
    let open = [(OLD, 200), (STOLEN, 200), (UNSTATED, 200), (LISTS, 99)].map(|(seed, at)| with(list(seed, at)));
    assert_eq!(open, [Verdict::Undetermined; 4]);
}

#[test]
fn a_signature_that_does_not_say_when_it_was_made_does_not_count() {
    let mut document = certificate(CURRENT, 150, None);
    document.as_object_mut().unwrap().remove("proof");
    let options = Options { created: None, ..Options::assertion(&method_id(&did(), &key(CURRENT).public()), day(150)) };
    for suite in Suite::BOTH {
        document = proof::add(document, suite, &options, &key(CURRENT)).unwrap();
    }
    assert_refused(&check(&document, &trust()), StepName::KeyWindow, "key_undated", "does not say when");
}

#[test]
fn a_history_that_was_changed_or_is_another_bodys_lets_nothing_pass() {
    let with = |change: &dyn Fn(&mut Value)| {
        let mut value = serde_json::to_value(trust()).unwrap();
        change(&mut value["issuers"][0]["keys"]);
        check(&certificate(CURRENT, 150, None), &serde_json::from_value(value).unwrap())
    };
    let longer = with(&|keys| {
        keys["statements"][2]["document"]["action"]["certify"]["not_after"] = "2099-01-01T00:00:00Z".into();
    });
    assert_refused(&longer, StepName::Key, "key_history_broken", "statement 3");
    let left_out = with(&|keys| drop(keys["statements"].as_array_mut().unwrap().remove(1)));
    assert_refused(&left_out, StepName::Key, "key_history_broken", "statement 2");
    let other = KeyHistory::new(&DidWeb::from_host("other.example").unwrap(), &key(ROOT).public());
    let other = with(&|keys| *keys = serde_json::to_value(&other).unwrap());
    assert_refused(&other, StepName::Key, "key_history_broken", "another issuer's");
    let empty = KeyHistory::new(&did(), &key(ROOT).public());
    let empty = with(&|keys| *keys = serde_json::to_value(&empty).unwrap());
    assert_refused(&empty, StepName::KeyWindow, "key_not_stated", "says nothing");
}

#[test]
fn a_bundle_without_a_history_is_read_as_before() {
    for version in [1, 2, 3] {
        let mut value = serde_json::to_value(trust()).unwrap();
        value["version"] = version.into();
        value["issuers"][0].as_object_mut().unwrap().remove("keys");
        if version == 1 {
            value.as_object_mut().unwrap().remove("status_lists");
        }
        let bundle: TrustBundle = serde_json::from_value(value).unwrap();
        let report = check(&certificate(OLD, 150, None), &bundle);
        let window = report.steps.iter().find(|step| step.step == StepName::KeyWindow).unwrap();
        assert_eq!((report.verdict, window.outcome), (Verdict::Valid, StepOutcome::NotChecked), "{version}");
    }
}

#[test]
fn a_key_that_the_document_ends_is_not_relied_on_from_then_on() {
    for (name, ends, verdict) in [
        ("expires", day(200), Verdict::Invalid),
        ("revoked", day(150), Verdict::Invalid),
        ("expires", day(201), Verdict::Valid),
        ("revoked", day(201), Verdict::Valid),
    ] {
        let mut value = serde_json::to_value(trust()).unwrap();
        let ends = serde_json::to_value(ends).unwrap();
        for method in value["issuers"][0]["document"]["verificationMethod"].as_array_mut().unwrap() {
            method[name] = ends.clone();
        }
        let report = check(&certificate(CURRENT, 150, None), &serde_json::from_value(value).unwrap());
        assert_eq!(report.verdict, verdict, "{name} {report:?}");
    }
}
