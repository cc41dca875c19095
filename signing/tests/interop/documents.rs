//! One document of each shape that is issued.

use chrono::{Duration, NaiveDate};
use serde_json::Value;
use signing::{
    credential::{Badge, Certificate, Common, CpdRecord, IssuerProfile, SchemeFacts, successor},
    status::{Bitstring, Entry, LEAST_ENTRIES, REVOCATION, StatusList},
};

/// Certificates, a CPD record and a badge, not signed.
pub(crate) fn credentials() -> Vec<Value> {
    let issuer = IssuerProfile { did: "did:web:issuer.example".into(), name: "Example \"Body\"".into() };
    let common = |id, holder, demonstration| Common {
        id,
        issuer: &issuer,
        holder,
        number: "CAISP-0000-0000-0000-0",
        scheme: "caisp",
        edition: "2026",
        title: "Certified AI Security Professional",
        valid_from: super::now(),
        demonstration,
        status: None,
    };
    let valid_until = super::now() + Duration::days(1_000);
    let certificate = |id, holder, demonstration| {
        let common = common(id, holder, demonstration);
        let scheme = SchemeFacts {
            issued_on: NaiveDate::from_ymd_opt(2026, 5, 1),
            scope: Some("Securing AI systems; «quoted»."),
            limitations: Some("No licence to practise."),
            agreement: Some("https://issuer.example/agreement?of=\u{7e}2026"),
            alignment: vec![
                ("NIST AI RMF 1.0", "https://www.nist.gov/itl/ai-risk-management-framework"),
                ("MITRE ATLAS", "https://atlas.mitre.org/"),
            ],
        };
        Certificate { common, valid_until, criteria: "Passed the exam.", scheme }.document()
    };
    let record = CpdRecord {
        common: common("urn:uuid:3", "Zoë Muster-Łęcka", true),
        credits: 31,
        unit: "PECB CPD",
        trigger: "exam_pass",
        basis: "assumed",
        source: "ours",
    };
    let entry = Entry { list: "https://issuer.example/status/1".into(), index: 7, purpose: REVOCATION.into() };
    let first = certificate("urn:uuid:1", "Zoë Muster-Łęcka", false);
    let badge = Badge { certificate: &first, id: "urn:uuid:6", status: None, salt: "AAECAwQFBgcICQoLDA0ODw" };
    let badge = badge.document().unwrap();
    let suspended = certificate("urn:uuid:4", "Sam Sample", false);
    vec![
        first,
        certificate("urn:uuid:2", "山田 \\ \t太郎 \u{7f}", true),
        record.document(),
        successor(&suspended, "urn:uuid:5", &entry).unwrap(),
        badge,
    ]
}

/// All of them, and a status list.
pub(crate) fn all() -> Vec<Value> {
    let mut all = credentials();
    let mut bits = Bitstring::new(LEAST_ENTRIES);
    bits.set(94_567, true);
    let list = StatusList {
        id: "https://issuer.example/status/1".into(),
        issuer: "did:web:issuer.example".into(),
        purpose: REVOCATION.into(),
        valid_from: super::now(),
        valid_until: super::now() + Duration::days(1),
        ttl_ms: 60_000,
        bits,
    };
    all.push(list.document());
    let entry = Entry { list: list.id, index: 94_567, purpose: REVOCATION.into() };
    all[0]["credentialStatus"] = entry.to_json();
    all
}
