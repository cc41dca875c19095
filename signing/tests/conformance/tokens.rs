//! Certificates as JWT, and certificates of which parts are shown: each kind of forgery fails at its own step.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use serde_json::{Value, json};
use signing::{
    credential::{Certificate, Common, IssuerProfile, SchemeFacts},
    did::{DidDocument, DidWeb, method_id},
    jose::{
        StatusToken,
        sd_jwt::{Challenge, Issue, issue, present, unbind},
        sign_vc,
    },
    keys::SigningKey,
    proof,
    status::{Bitstring, Entry, LEAST_ENTRIES, REVOCATION, StatusList},
    verify::{
        Form, Report, StepName, StepOutcome, TrustBundle, TrustedIssuer, Verdict,
        selective::{self, SelectiveReport, SelectiveStepName},
        verify,
    },
};

const LIST: &str = "https://issuer.example/status/1";
const TOKEN_LIST: &str = "https://issuer.example/token-status/1";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed([9; 32])
}

fn holder() -> SigningKey {
    SigningKey::from_seed([8; 32])
}

fn did() -> DidWeb {
    DidWeb::from_host("issuer.example").unwrap()
}

fn method(key: &SigningKey) -> String {
    method_id(&did(), &key.public())
}

fn trust(lists: Vec<Value>) -> TrustBundle {
    let document = DidDocument::new(&did(), &[key().public()]);
    let issuers = vec![TrustedIssuer::new("Example Body", document)];
    TrustBundle { status_lists: lists, ..TrustBundle::new(now(), issuers) }
}

fn certificate(issuer: &DidWeb) -> Value {
    let issuer = IssuerProfile { did: issuer.to_string(), name: "Example Body".into() };
    let entry = Entry { list: LIST.into(), index: 7, purpose: REVOCATION.into() };
    let common = Common {
        id: "urn:uuid:1",
        issuer: &issuer,
        holder: "Alex Sample",
        number: "CAISP-0000-0000-0000-0",
        scheme: "caisp",
        edition: "1",
        title: "Certified AI Security Professional",
        valid_from: now() - Duration::days(1),
        demonstration: false,
        status: Some(&entry),
    };
    Certificate {
        common,
        valid_until: now() + Duration::days(1_000),
        criteria: "Passed the exam.",
        scheme: SchemeFacts::default(),
    }
    .document()
}

fn token() -> String {
    sign_vc(&certificate(&did()), &method(&key()), &key(), now()).unwrap()
}

fn bits(revoked: bool) -> Bitstring {
    let mut bits = Bitstring::new(LEAST_ENTRIES);
    bits.set(7, revoked);
    bits
}

fn list(days: i64, revoked: bool) -> StatusList {
    StatusList {
        id: LIST.into(),
        issuer: did().to_string(),
        purpose: REVOCATION.into(),
        valid_from: now() + Duration::days(days),
        valid_until: now() + Duration::days(days + 1),
        ttl_ms: 30_000,
        bits: bits(revoked),
    }
}

fn token_list(days: i64, revoked: bool) -> StatusToken {
    StatusToken {
        uri: TOKEN_LIST.into(),
        issuer: did().to_string(),
        issued_at: now() + Duration::days(days),
        expires: now() + Duration::days(days + 1),
        ttl: 30,
        bits: bits(revoked),
    }
}

fn as_token(list: &StatusList, key: &SigningKey) -> Value {
    sign_vc(&list.document(), &method(key), key, list.valid_from).unwrap().into()
}

fn check(file: &str) -> Report {
    verify(file.as_bytes(), &trust(vec![as_token(&list(0, false), &key())]), now())
}

fn failed(report: &Report) -> Vec<StepName> {
    report.steps.iter().filter(|step| step.outcome == StepOutcome::Failed).map(|step| step.step).collect()
}

/// A token after its header and claims were changed, signed again or not.
fn after(signer: Option<&SigningKey>, change: impl FnOnce(&mut Value, &mut Value)) -> String {
    let token = token();
    let parts: Vec<&str> = token.split('.').collect();
    let read = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let (mut header, mut payload): (Value, Value) = (read(parts[0]), read(parts[1]));
    change(&mut header, &mut payload);
    let write = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", write(&header), write(&payload));
    match signer {
        Some(key) => format!("{signed}.{}", URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()))),
        None => format!("{signed}.{}", parts[2]),
    }
}

#[test]
fn a_certificate_as_jwt_is_valid_by_the_same_steps_and_the_report_says_which_form_it_is() {
    let report = check(&token());
    assert!(report.valid, "{report:#?}");
    assert_eq!((report.form, report.steps.len()), (Some(Form::Jwt), 10));
    let facts = report.facts.unwrap();
    let signed = proof::sign(certificate(&did()), &key(), &method(&key()), now()).unwrap();
    let plain = check(&signed.to_string());
    assert_eq!((plain.form, plain.facts), (Some(Form::Json), Some(facts)));
    // As editors and mail programs leave it.
    assert!(check(&format!("\n {}\r\n", token())).valid);
    assert_eq!(check("{").form, None);
}

#[test]
fn each_forgery_of_a_token_fails_at_its_own_step_and_is_named() {
    let other = SigningKey::from_seed([1; 32]);
    let set = |part: &mut Value, name: &str, value: Value| part[name] = value;
    let elsewhere = DidWeb::from_host("forger.example").unwrap();
    for (token, step, word) in [
        (
            after(None, |_, claims| claims["credentialSubject"]["licenseNumber"] = "X".into()),
            StepName::Signature,
            "changed",
        ),
        (after(None, |header, _| set(header, "alg", "none".into())), StepName::Signature, "alg: none"),
        (after(Some(&key()), |header, _| set(header, "alg", "HS256".into())), StepName::Signature, "HS256"),
        (after(Some(&key()), |header, _| set(header, "crit", json!(["exp"]))), StepName::Signature, "crit"),
        (after(Some(&other), |_, _| ()), StepName::Signature, "changed"),
        (after(Some(&key()), |_, claims| set(claims, "grade", json!(1))), StepName::Signature, "/grade"),
        (
            after(Some(&key()), |_, claims| set(claims, "iat", json!(now().timestamp() + 600))),
            StepName::Signature,
            "future",
        ),
        (after(Some(&other), |header, _| set(header, "kid", method(&other).into())), StepName::Key, "does not list"),
        (after(Some(&other), |header, _| set(header, "jwk", json!({}))), StepName::Key, "jwk"),
        (after(Some(&key()), |header, _| set(header, "jku", json!("https://x"))), StepName::Key, "jku"),
        (after(Some(&key()), |header, _| set(header, "x5u", json!("https://x"))), StepName::Key, "x5u"),
        (after(Some(&key()), |header, _| drop(header.as_object_mut().unwrap().remove("kid"))), StepName::Key, "kid"),
        (after(Some(&key()), |header, _| set(header, "typ", "JWT".into())), StepName::Kind, "type"),
        (after(Some(&key()), |_, claims| set(claims, "iss", "did:web:x.example".into())), StepName::Kind, "iss"),
        (after(Some(&key()), |_, claims| set(claims, "exp", json!(4_000_000_000_i64))), StepName::Kind, "exp"),
        (after(Some(&key()), |_, claims| set(claims, "vc", json!({}))), StepName::Kind, "vc"),
        (after(Some(&key()), |_, claims| claims["@context"] = json!(["https://x"])), StepName::Kind, "@context"),
        (
            sign_vc(&certificate(&elsewhere), &method(&key()), &key(), now()).unwrap(),
            StepName::Issuer,
            "not one that is trusted",
        ),
        (token().replace('.', "~"), StepName::Readable, ""),
        (format!("{}=", token()), StepName::Readable, "JSON"),
        (format!("{}.", token()), StepName::Readable, "base64url"),
    ] {
        let report = check(&token);
        assert_eq!(failed(&report), [step], "{word}: {report:#?}");
        assert!(report.facts.is_none() && report.steps.len() == 10);
        assert!(report.summary.contains(word), "{word:?} is not in {:?}", report.summary);
    }
}

#[test]
fn a_list_that_came_as_token_counts_as_one_with_proofs_does() {
    let signed = proof::sign(certificate(&did()), &key(), &method(&key()), now()).unwrap().to_string();
    let forger = SigningKey::from_seed([1; 32]);
    let plain = |list: &StatusList| proof::sign(list.document(), &key(), &method(&key()), list.valid_from).unwrap();
    for (lists, verdict) in [
        (vec![as_token(&list(0, false), &key())], Verdict::Valid),
        (vec![as_token(&list(0, true), &key())], Verdict::Invalid),
        (vec![as_token(&list(-1, false), &key()), plain(&list(0, true))], Verdict::Invalid),
        (vec![as_token(&list(0, true), &key()), plain(&list(-1, false))], Verdict::Invalid),
        (vec![as_token(&list(0, false), &forger)], Verdict::Undetermined),
        (vec![as_token(&list(-2, false), &key())], Verdict::Undetermined),
        (vec![as_token(&list(1, false), &key())], Verdict::Undetermined),
        (vec![token_list(0, false).sign(&method(&key()), &key()).unwrap().into()], Verdict::Undetermined),
        (vec!["rubbish".into(), json!(7)], Verdict::Undetermined),
    ] {
        for file in [&token(), &signed] {
            let report = verify(file.as_bytes(), &trust(lists.clone()), now());
            assert_eq!(report.verdict, verdict, "{report:#?}");
        }
    }
}

/// Certificate, issued form and presentation of docs/JOSE.md.
#[test]
fn the_worked_examples_are_what_the_specification_prints() {
    let printed = include_str!("../../../docs/JOSE.md");
    let mut certificate = certificate(&did());
    certificate.as_object_mut().unwrap().remove("credentialStatus");
    let day = |seconds| DateTime::from_timestamp(seconds, 0).unwrap();
    let hidden = [("name", json!("Alex Sample"), [1; 16]), ("number", json!("CAISP-0000-0000-0000-0"), [2; 16])];
    let what = Issue {
        issuer: "did:web:issuer.example",
        credential_type: "urn:invigil:certification:caisp",
        issued_at: day(1_794_960_000),
        expires: day(1_881_360_000),
        holder: holder().public(),
        status: Some((TOKEN_LIST, 7)),
        demonstration: false,
        hidden: &hidden,
    };
    let form = issue(&what, &method(&key()), &key()).unwrap();
    let shown = shown(&form, &["name"]);
    let binding = shown[unbind(&shown).len()..].to_owned();
    for token in [sign_vc(&certificate, &method(&key()), &key(), now()).unwrap(), form, binding] {
        assert!(printed.lines().any(|line| line == token), "{token}");
    }
}

const ASKED: Challenge<'static> = Challenge { audience: "https://hr.example", nonce: "n-1" };

fn issued(expires_in_days: i64, change: impl FnOnce(&mut Issue<'_>)) -> String {
    let hidden = [("name", json!("Alex Sample"), [1; 16]), ("number", json!("CAISP-0"), [2; 16])];
    let issuer = did().to_string();
    let mut what = Issue {
        issuer: &issuer,
        credential_type: "urn:invigil:certification:caisp",
        issued_at: now() - Duration::days(1),
        expires: now() + Duration::days(expires_in_days),
        holder: holder().public(),
        status: Some((TOKEN_LIST, 7)),
        demonstration: false,
        hidden: &hidden,
    };
    change(&mut what);
    issue(&what, &method(&key()), &key()).unwrap()
}

fn shown(token: &str, names: &[&str]) -> String {
    present(token, names, ASKED, &holder(), now()).unwrap().token
}

fn judge(presentation: &str, lists: Vec<Value>) -> SelectiveReport {
    selective::verify(presentation, ASKED, &trust(lists), now())
}

fn good_list() -> Vec<Value> {
    vec![token_list(0, false).sign(&method(&key()), &key()).unwrap().into()]
}

#[test]
fn holding_a_certificate_is_shown_without_name_number_or_score() {
    let report = judge(&shown(&issued(900, |_| ()), &[]), good_list());
    assert!(report.valid, "{report:#?}");
    let what = report.shown.as_ref().unwrap();
    assert!(what.claims.is_empty() && what.credential_type.ends_with(":caisp"));
    assert!(report.summary.contains("holds CAISP, valid on 18 November 2026"), "{}", report.summary);
    assert!(!serde_json::to_string(&report).unwrap().contains("Alex"));
    let report = judge(&shown(&issued(900, |_| ()), &["name"]), good_list());
    assert_eq!(report.shown.unwrap().claims["name"], "Alex Sample");
    let report = judge(&shown(&issued(900, |what| what.demonstration = true), &[]), good_list());
    assert!(report.valid && report.shown.unwrap().demonstration && report.summary.contains("only a demonstration"));
}

#[test]
fn each_forgery_of_a_presentation_fails_at_its_own_step() {
    let good = shown(&issued(900, |_| ()), &["name"]);
    let binding = &good[unbind(&good).len()..];
    let other = shown(&issued(900, |what| what.hidden = &[]), &[]);
    let name = URL_SAFE_NO_PAD.encode(json!([URL_SAFE_NO_PAD.encode([1; 16]), "name", "Mallory"]).to_string());
    let swapped = {
        let parts: Vec<&str> = good.split('~').collect();
        format!("{}~{name}~{binding}", parts[0])
    };
    let forger = SigningKey::from_seed([1; 32]);
    let elsewhere = issued(900, |what| what.issuer = "did:web:forger.example");
    let for_another =
        present(&issued(900, |_| ()), &[], Challenge { audience: "https://x.example", ..ASKED }, &holder(), now());
    let another_nonce = present(&issued(900, |_| ()), &[], Challenge { nonce: "n-0", ..ASKED }, &holder(), now());
    let old = present(&issued(900, |_| ()), &[], ASKED, &holder(), now() - Duration::hours(1));
    let theft = {
        let what = Issue {
            issuer: "did:web:issuer.example",
            credential_type: "urn:invigil:certification:caisp",
            issued_at: now(),
            expires: now() + Duration::days(9),
            holder: holder().public(),
            status: None,
            demonstration: false,
            hidden: &[],
        };
        shown(&issue(&what, &method(&key()), &forger).unwrap(), &[])
    };
    for (presentation, step) in [
        (String::new(), SelectiveStepName::Readable),
        (token(), SelectiveStepName::Readable),
        (format!("{}~", token()), SelectiveStepName::Kind),
        (shown(&elsewhere, &[]), SelectiveStepName::Issuer),
        (theft, SelectiveStepName::Signature),
        (swapped, SelectiveStepName::Disclosures),
        (unbind(&good).to_owned(), SelectiveStepName::Holder),
        (format!("{}{binding}", unbind(&other)), SelectiveStepName::Holder),
        (for_another.unwrap().token, SelectiveStepName::Holder),
        (another_nonce.unwrap().token, SelectiveStepName::Holder),
        (old.unwrap().token, SelectiveStepName::Holder),
    ] {
        let report = judge(&presentation, good_list());
        let failed: Vec<_> = report.steps.iter().filter(|step| step.outcome == StepOutcome::Failed).collect();
        assert_eq!(failed.iter().map(|step| step.step).collect::<Vec<_>>(), [step], "{report:#?}");
        assert!(report.shown.is_none() && report.steps.len() == 10 && !report.valid);
    }
}

#[test]
fn a_presentation_is_judged_by_its_dates_and_by_the_lists_at_hand() {
    let good = shown(&issued(900, |_| ()), &[]);
    let signed = |list: StatusToken, key: &SigningKey| vec![list.sign(&method(key), key).unwrap().into()];
    let forger = SigningKey::from_seed([1; 32]);
    let elsewhere = StatusToken { issuer: "did:web:forger.example".into(), ..token_list(0, false) };
    for (presentation, lists, verdict) in [
        (&good, good_list(), Verdict::Valid),
        (&good, signed(token_list(0, true), &key()), Verdict::Invalid),
        (&good, signed(token_list(-9, true), &key()), Verdict::Invalid),
        (&good, vec![], Verdict::Undetermined),
        (&good, signed(token_list(-9, false), &key()), Verdict::Undetermined),
        (&good, signed(token_list(1, false), &key()), Verdict::Undetermined),
        (&good, signed(token_list(0, false), &forger), Verdict::Undetermined),
        (&good, signed(elsewhere, &key()), Verdict::Undetermined),
        (&good, vec![as_token(&list(0, false), &key())], Verdict::Undetermined),
        (&shown(&issued(0, |_| ()), &[]), good_list(), Verdict::Invalid),
        (&shown(&issued(900, |what| what.issued_at = now() + Duration::days(1)), &[]), good_list(), Verdict::Invalid),
        (&shown(&issued(900, |what| what.status = None), &[]), vec![], Verdict::Valid),
        (
            &shown(&issued(900, |what| what.status = Some((TOKEN_LIST, 131_072))), &[]),
            good_list(),
            Verdict::Undetermined,
        ),
    ] {
        let report = judge(presentation, lists);
        assert_eq!(report.verdict, verdict, "{report:#?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_character_of_a_token_can_be_changed(at in any::<prop::sample::Index>(), byte in 33_u8..127) {
        let genuine = token();
        let mut bytes = genuine.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let report = verify(&bytes, &trust(vec![as_token(&list(0, false), &key())]), now());
        prop_assert_eq!(report.valid, bytes == genuine.as_bytes());
    }

    #[test]
    fn no_character_of_a_presentation_can_be_changed(at in any::<prop::sample::Index>(), byte in 33_u8..127) {
        let genuine = shown(&issued(900, |_| ()), &["name"]);
        let mut bytes = genuine.clone().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let changed = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(judge(&changed, good_list()).valid, changed == genuine);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[A-Za-z0-9_.~-]{0,200}") {
        prop_assert!(!judge(&text, Vec::new()).valid);
        prop_assert!(!verify(text.as_bytes(), &trust(Vec::new()), now()).valid);
    }
}
