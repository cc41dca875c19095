//! Finding and verifying in one.

use carrier::{png, verify};
use chrono::{DateTime, TimeDelta, Utc};
use signing::{
    credential::{Certificate, Common, IssuerProfile, SchemeFacts},
    did::{DidDocument, DidWeb, method_id},
    keys::SigningKey,
    proof,
    verify::{StepName, StepOutcome, TrustBundle, TrustedIssuer, Verdict},
};

use crate::{pdf::Pdf, pictures::PNG};

const NUMBER: &str = "CAISP-0000-0000-0000-0";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn issued() -> (String, TrustBundle) {
    let key = SigningKey::from_seed([9; 32]);
    let did = DidWeb::from_host("issuer.example").unwrap();
    let issuer = IssuerProfile { did: did.to_string(), name: "Example Body".into() };
    let common = Common {
        id: "urn:uuid:1",
        issuer: &issuer,
        holder: "Alex Sample",
        number: NUMBER,
        scheme: "caisp",
        edition: "1",
        title: "Certified AI Security Professional",
        valid_from: now(),
        demonstration: false,
        status: None,
    };
    let valid_until = now() + TimeDelta::days(1000);
    let certificate = Certificate { common, valid_until, criteria: "Passed.", scheme: SchemeFacts::default() };
    let signed = proof::sign(certificate.document(), &key, &method_id(&did, &key.public()), now()).unwrap();
    let document = DidDocument::new(&did, &[key.public()]);
    let trust = TrustBundle::new(now(), vec![TrustedIssuer::new("Example Body", document)]);
    (signed.to_string(), trust)
}

fn titled(title: &str, credential: &str) -> Vec<u8> {
    Pdf::new(&[
        b"<</Names<</EmbeddedFiles<</Names[(certificate.json) 2 0 R]>>>>>>",
        b"<</F(certificate.json)/EF<</F 3 0 R>>>>",
        format!("<</Length {}>>\nstream\n{credential}\nendstream", credential.len()).as_bytes(),
        format!("<</Title({title})>>").as_bytes(),
    ])
    .bytes("/Info 4 0 R")
}

#[test]
fn a_picture_is_verified_like_the_certificate_in_it() {
    let (certificate, trust) = issued();
    let baked = png::bake(PNG, certificate.as_bytes()).unwrap();
    let report = verify(&baked, &trust, now());
    assert_eq!(report.verdict, Verdict::Valid, "{report:?}");
    assert!(report.steps[0].sentence.contains("in the PNG picture"));
    let forged = png::bake(PNG, certificate.replace("Alex Sample", "Alex Simple").as_bytes()).unwrap();
    let report = verify(&forged, &trust, now());
    assert_eq!((report.verdict, report.facts), (Verdict::Invalid, None));
    assert!(report.steps.iter().any(|step| step.step == StepName::Signature && step.outcome == StepOutcome::Failed));
    let plain = verify(certificate.as_bytes(), &trust, now());
    assert_eq!(plain, signing::verify::verify(certificate.as_bytes(), &trust, now()));
}

#[test]
fn an_attachment_of_another_certificate_than_the_pages_is_told() {
    let (certificate, trust) = issued();
    let of_page = |title: &str| {
        let report = verify(&titled(title, &certificate), &trust, now());
        assert_eq!(report.verdict, Verdict::Valid, "{report:?}");
        report.steps[0].clone()
    };
    assert_eq!(of_page(&format!("A – Alex Sample – {NUMBER}")).outcome, StepOutcome::Passed);
    assert_eq!(of_page("Anything else").outcome, StepOutcome::Passed);
    let other = signing::code::CertificateNumber::new("caisp", [7; 8]).to_string();
    let step = of_page(&format!("A – Somebody Else – {other}"));
    assert_eq!(step.outcome, StepOutcome::Warning);
    assert!(step.sentence.contains("exchanged"));
}

#[test]
fn a_file_without_a_certificate_fails_at_its_first_step_in_words() {
    let (_, trust) = issued();
    let report = verify(PNG, &trust, now());
    assert_eq!((report.verdict, report.steps[0].outcome), (Verdict::Invalid, StepOutcome::Failed));
    assert!(report.summary.contains("The PNG picture carries no certificate"), "{}", report.summary);
    assert!(report.steps[1..].iter().all(|step| step.outcome == StepOutcome::NotChecked));
}
