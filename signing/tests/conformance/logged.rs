//! A credential with the proof that it is logged: the step `log`, and the same check outside this program.

use std::{fs, path::Path, process::Command};

use serde_json::Value;
use signing::{
    jcs,
    keys::SigningKey,
    tlog::{
        checkpoint::Checkpoint,
        cosignature::cosign,
        leaf::{Form, LeafKind, Record, Recorded, entry},
        merkle::inclusion,
        note::{KeyType, Verifier},
        proof::TlogProof,
        tile::Content,
        tree::{Edge, Tiles},
    },
    verify::{Report, StepName, StepOutcome, TrustBundle, TrustedLog, Verdict, verify, verify_logged},
};

use crate::forgeries::{certificate, did, key, now, trust};

const ORIGIN: &str = "issuer.example/log";

fn log_key() -> SigningKey {
    SigningKey::from_seed([21; 32])
}

fn witness_key() -> SigningKey {
    SigningKey::from_seed([22; 32])
}

fn log() -> Verifier {
    Verifier::new(ORIGIN, KeyType::Note, log_key().public()).unwrap()
}

fn witness() -> Verifier {
    Verifier::new("witness.example", KeyType::Cosignature, witness_key().public()).unwrap()
}

/// Who trusts the issuer, its log, and one witness.
fn trusting(quorum: u32) -> TrustBundle {
    let log = TrustedLog {
        issuer: did().to_string(),
        origin: ORIGIN.into(),
        key: log().to_string(),
        witnesses: vec![witness().to_string()],
        quorum,
    };
    TrustBundle { logs: vec![log], ..trust() }
}

fn good() -> Value {
    certificate(-1, 1000, &key(), &did())
}

fn record(document: &Value) -> Record {
    let form = Form { form: "json".into(), sha256: jcs::digest_hex(document).unwrap() };
    Record::Issuance { id: document["id"].as_str().unwrap().into(), forms: vec![form], issued_at: now() }
}

/// The proof of a record, as one of five entries of a log.
fn proof_of(record: &Record, cosigned: bool) -> TlogProof {
    let text = record.write([5; 32]).unwrap();
    let other = |n: u8| entry(LeafKind::Status, &[n]).unwrap();
    let logged = [other(0), other(1), entry(record.kind(), text.as_bytes()).unwrap(), other(3), other(4)];
    let mut edge = Edge::default();
    let mut tiles = Tiles::new(5);
    for (tile, bytes) in edge.append(&logged).unwrap() {
        if tile.content != Content::Entries {
            tiles.add(tile, bytes).unwrap();
        }
    }
    let checkpoint = Checkpoint { origin: ORIGIN.into(), size: 5, root: edge.root() };
    let mut note = checkpoint.sign(&log(), &log_key());
    if cosigned {
        note += &cosign(&checkpoint.text(), 1_794_900_000, &witness(), &witness_key());
    }
    TlogProof { extra: Some(text.into_bytes()), index: 2, hashes: inclusion(&tiles, 2, 5).unwrap(), checkpoint: note }
}

fn proof(cosigned: bool) -> TlogProof {
    proof_of(&record(&good()), cosigned)
}

fn asked(document: &Value, proof: &TlogProof, trust: &TrustBundle) -> Report {
    let bytes = serde_json::to_vec_pretty(document).unwrap();
    verify_logged(&bytes, Some(proof.to_string().as_bytes()), trust, now())
}

fn step(report: &Report) -> (StepOutcome, &str) {
    assert_eq!(report.steps.len(), 11);
    let step = report.steps.last().unwrap();
    assert_eq!(step.step, StepName::Log);
    (step.outcome, &step.sentence)
}

#[test]
fn a_proof_is_one_more_step_that_says_since_when_and_who_saw_it() {
    let report = asked(&good(), &proof(true), &trusting(1));
    assert!(report.valid, "{report:#?}");
    let (outcome, sentence) = step(&report);
    assert_eq!(outcome, StepOutcome::Passed);
    assert!(sentence.contains("entry 2") && sentence.contains("17 November 2026, 07:20 UTC"), "{sentence}");
    // Nobody but the issuer: that is said.
    let report = asked(&good(), &proof(false), &trusting(0));
    assert!(step(&report).1.contains("the issuer alone vouches"), "{report:#?}");
    // Without a proof the report is what it was.
    let report = verify(&serde_json::to_vec(&good()).unwrap(), &trusting(1), now());
    assert_eq!(report.steps.len(), 10);
}

#[test]
fn a_proof_that_says_too_little_changes_no_verdict() {
    let report = asked(&good(), &proof(false), &trusting(1));
    assert_eq!((report.verdict, step(&report).0), (Verdict::Valid, StepOutcome::Warning));
    assert!(step(&report).1.contains("Ask for a newer proof"));
    let report = asked(&good(), &proof(true), &trust());
    assert_eq!((report.verdict, step(&report).0), (Verdict::Valid, StepOutcome::NotChecked));
    // The log of another issuer, even of a trusted one, is not this one's.
    let mut bundle = trusting(1);
    bundle.logs[0].issuer = "did:web:other.example".into();
    assert_eq!(step(&asked(&good(), &proof(true), &bundle)).0, StepOutcome::NotChecked);
    bundle.logs[0] = TrustedLog { key: "rubbish".into(), ..trusting(1).logs[0].clone() };
    assert_eq!(step(&asked(&good(), &proof(true), &bundle)).0, StepOutcome::NotChecked);
}

#[test]
fn a_proof_of_something_else_fails_and_says_why() {
    let proof = proof(true);
    let fails = |document: &Value, proof: &TlogProof, word: &str| {
        let report = asked(document, proof, &trusting(1));
        let (outcome, sentence) = step(&report);
        assert_eq!((report.verdict, outcome), (Verdict::Invalid, StepOutcome::Failed), "{word}");
        assert!(sentence.contains(word), "{word}: {sentence}");
    };
    // Another certificate of the same issuer.
    fails(&certificate(-2, 1000, &key(), &did()), &proof, "another document");
    fails(&good(), &TlogProof { extra: None, ..proof.clone() }, "no record");
    fails(&good(), &TlogProof { extra: Some(b"{}".to_vec()), ..proof.clone() }, "format");
    let spaced = [b" ".as_slice(), proof.extra.as_deref().unwrap()].concat();
    fails(&good(), &TlogProof { extra: Some(spaced), ..proof.clone() }, "canonical");
    // A record that names this certificate, but was never logged.
    let other = record(&good()).write([6; 32]).unwrap();
    fails(&good(), &TlogProof { extra: Some(other.into_bytes()), ..proof.clone() }, "not in the log");
    fails(&good(), &TlogProof { index: 3, ..proof.clone() }, "not in the log");
    // A revocation is no issuance, though its digest is logged.
    let status = Record::Status {
        id: "urn:uuid:1".into(),
        list: "https://issuer.example/status/1".into(),
        index: 7,
        purpose: "revocation".into(),
        at: now(),
    };
    fails(&good(), &proof_of(&status, true), "another document");
    // Two digests for one form: a reader could take either.
    let Record::Issuance { id, forms, issued_at } = record(&good()) else { unreachable!() };
    let both = [forms.clone(), vec![Form { sha256: "00".repeat(32), ..forms[0].clone() }]].concat();
    fails(&good(), &proof_of(&Record::Issuance { id, forms: both, issued_at }, true), "another document");
    let larger = proof.checkpoint.replace("\n5\n", "\n6\n");
    fails(&good(), &TlogProof { checkpoint: larger, ..proof.clone() }, "does not fit");
    let forged = Verifier::new(ORIGIN, KeyType::Note, key().public()).unwrap();
    let text = &proof.checkpoint[..proof.checkpoint.find("\n\n").unwrap() + 1];
    let signed = signing::tlog::note::sign(text, &forged, &key());
    fails(&good(), &TlogProof { checkpoint: signed, ..proof.clone() }, "did not sign");
    // A credential that is bad itself is not made better by a proof.
    let mut renamed = good();
    renamed["credentialSubject"]["identifier"][0]["identityHash"] = "Mallory".into();
    let report = asked(&renamed, &proof_of(&record(&renamed), true), &trusting(1));
    assert_eq!((report.verdict, step(&report).0), (Verdict::Invalid, StepOutcome::NotChecked));
    for rubbish in [&b""[..], b"\xff", b"c2sp.org/tlog-proof@v1\n", &vec![b'\n'; 1 << 20]] {
        let report = verify_logged(&serde_json::to_vec(&good()).unwrap(), Some(rubbish), &trusting(1), now());
        assert_eq!(step(&report).0, StepOutcome::Failed);
    }
}

#[test]
fn an_entry_tells_nothing_about_anybody() {
    let text = record(&good()).write([5; 32]).unwrap();
    let logged = String::from_utf8(entry(LeafKind::Issuance, text.as_bytes()).unwrap()).unwrap();
    let digest = signing::digest::sha256_hex(text.as_bytes());
    let expected = format!(r#"{{"digest":"{digest}","format":"invigil-log-leaf","kind":"issuance","version":1}}"#);
    assert_eq!(logged, expected);
    // The same record with other random bits is another digest.
    assert_ne!(
        entry(LeafKind::Issuance, record(&good()).write([6; 32]).unwrap().as_bytes()).unwrap(),
        logged.as_bytes()
    );
    assert_eq!(Recorded::parse(text.as_bytes()).unwrap().entry, logged.as_bytes());
    assert!(Recorded::parse(text.replace("\"version\":1", "\"version\":2").as_bytes()).is_err());
    assert!(Recorded::parse(&vec![b' '; 40_000]).is_err());
}

/// What docs/examples/log_check.py says last; `None` where there is no Python.
fn outside(document: &Value, proof: &TlogProof) -> Option<Result<String, String>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("log-check");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("certificate.json"), serde_json::to_vec_pretty(document).unwrap()).unwrap();
    fs::write(folder.join("proof"), proof.to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples/log_check.py");
    let keys = [log().to_string(), witness().to_string()];
    let mut python = Command::new("python3");
    python.arg(script).args(["certificate.json", "proof"]).args(keys).current_dir(&folder);
    let output = match python.output() {
        Ok(output) => output,
        Err(error) if std::env::var_os("CI").is_none() => {
            eprintln!("skipped: python3 does not start ({error})");
            return None;
        }
        Err(error) => panic!("python3 does not start: {error}"),
    };
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.stderr.is_empty(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let last = said.lines().last().unwrap_or_default();
    Some(match last.strip_prefix("FAILED ") {
        Some(sentence) => Err(sentence.into()),
        None => Ok(last.into()),
    })
}

#[test]
fn eighty_lines_of_python_come_to_the_same() {
    let Some(said) = outside(&good(), &proof(true)) else { return };
    assert_eq!(said, Ok("ok     witness.example had seen it at 2026-11-17T07:20:00Z".into()));
    let mut renamed = good();
    renamed["credentialSubject"]["identifier"][0]["identityHash"] = "Mallory".into();
    assert_eq!(outside(&renamed, &proof(true)), Some(Err("and its digest".into())));
    assert_eq!(
        outside(&good(), &proof(false)).unwrap().unwrap_err(),
        "witness.example had seen it at 1970-01-01T00:00:00Z"
    );
    let mut moved = proof(true);
    moved.hashes.swap(0, 1);
    assert!(outside(&good(), &moved).unwrap().unwrap_err().contains("entry 2 of the 5"));
    let larger = proof(true).checkpoint.replace("\n5\n", "\n6\n");
    assert!(outside(&good(), &TlogProof { checkpoint: larger, ..proof(true) }).unwrap().is_err());
}
