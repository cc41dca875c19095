//! `invigil demo files`: one of every file that is issued, for whoever writes another verifier.

mod held;
mod issuers;
mod log_files;
mod sitting_files;
mod tokens;

use std::{collections::BTreeMap, path::PathBuf};

use chrono::{DateTime, Duration, Utc};
use clap::Args;
use question_bank::{CandidateSecret, HashedBank, IssuedDraw, draw2::Earlier};
use serde::Serialize;
use serde_json::{Value, json};
use signing::status::{Bitstring, LEAST_ENTRIES};

use super::{Fault, output};
use crate::{
    bank_files,
    clock::{Clock as _, SystemClock},
    data::Config,
    issue::{Award, StatusPlaces},
    random,
};
use issuers::{Issuers, list_unstated};
use log_files::LogFiles;
use sitting_files::SittingFiles;

/// Write one of every file that is issued, good, expired and tampered, with an index.json.
#[derive(Args)]
pub(super) struct Files {
    /// The folder to write; it must not hold files of these names
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The question bank
    #[arg(long, default_value = super::DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
}

#[derive(Serialize)]
struct Entry {
    file: &'static str,
    kind: &'static str,
    /// What a verifier that trusts trust.json should say: `valid`, `undetermined`, or the step at which it fails; `null` for
    /// files that are not verified themselves.
    expect: Option<&'static str>,
}

impl Files {
    pub(super) fn run(self) -> Result<(), Fault> {
        let now = SystemClock.now();
        let config = Config::demonstration("http://localhost:8080");
        // A key and a bank secret of their own, which end with this command.
        let sat = SittingFiles::make(&self.bank, now)?;
        let issuers = Issuers::make(&config, now)?;
        let issuer = issuers.current.with_exam_key(sat.exam_key);
        let stranger = &issuers.stranger;
        let secret = question_bank::BankSecret::new(random::bytes()?);
        let bank = bank_files::hashed(&self.bank, &secret)?;

        let good = award(&bank, now - Duration::days(1));
        let issued = issuer.issue(&good).map_err(Fault::of)?;
        let revoked = issuer.issue(&Award { status: places(REVOKED), ..award(&bank, now - Duration::days(1)) });
        let revoked = revoked.map_err(Fault::of)?;
        // On a list that is not in the bundle.
        let unknown = issuer.issue(&Award { status: places((2, 7)), ..award(&bank, now - Duration::days(1)) });
        let unknown = unknown.map_err(Fault::of)?.certificate;
        let bits = bits(&[REVOKED.1, REVOKED.1 + 1, SELECTIVE_REVOKED]);
        let list = issuer.status_list(LIST, bits.clone(), now).map_err(Fault::of)?;
        let token_list = issuer.token_list(LIST, bits, now).map_err(Fault::of)?;
        let did = &issuer.did_document().id;
        let logged = [issued.certificate.as_str(), &issued.cpd_record, &revoked.certificate, &revoked.cpd_record];
        let log = LogFiles::make(did, &config.issuer.did_host, &logged, now)?;
        let [certificate_proof, record_proof, revoked_proof] = [0, 1, 2].map(|n| log.proofs[n].to_string());
        let mut trust = issuer.trust_bundle(now);
        trust.logs.push(log.trusted.clone());
        list_unstated(&issuers.unstated_key, &mut trust)?;
        trust.status_lists.extend([list.clone(), token_list.clone().into()]);
        let lists = [issuer.jwt(&list.to_string(), now).map_err(Fault::of)?, token_list];
        let tokens = tokens::make(&issuer, &issued, &revoked, lists, now)?;
        let tampered = renamed(&issued.certificate)?;
        let cpd_tampered = more_credits(&issued.cpd_record)?;
        let expired =
            issuers.retired.issue(&award(&bank, now - Duration::days(4 * 366))).map_err(Fault::of)?.certificate;
        let later = award(&bank, now + Duration::days(366));
        let early = issuer.issue_signed(&later, now).map_err(Fault::of)?.certificate;
        let forged = issuers.elsewhere.issue(&good).map_err(Fault::of)?.certificate;
        let foreign = stranger.issue(&good).map_err(Fault::of)?.certificate;
        // Under a key that was retired since, by one that was compromised, and by the retired one after its end.
        let earlier = award(&bank, now - Duration::days(500));
        let by_retired = issuers.retired.issue(&earlier).map_err(Fault::of)?.certificate;
        let by_compromised = issuers.compromised.issue(&earlier).map_err(Fault::of)?.certificate;
        let too_late = issuers.retired.issue(&good).map_err(Fault::of)?.certificate;
        let unstated = issuers.unstated.issue(&good).map_err(Fault::of)?.certificate;
        let history = issuer.history().ok_or_else(|| Fault::new("the samples' issuer has no root key"))?;

        std::fs::create_dir_all(&self.out)?;
        let mut files = vec![
            ("certificate.json", "certificate", Some("valid"), issued.certificate.clone().into_bytes()),
            ("certificate-tampered.json", "certificate", Some("signature"), tampered.clone().into_bytes()),
            ("certificate-revoked.json", "certificate", Some("revocation"), revoked.certificate.into_bytes()),
            ("certificate-status-unknown.json", "certificate", Some("undetermined"), unknown.into_bytes()),
            ("certificate-expired.json", "certificate", Some("not_expired"), expired.into_bytes()),
            ("certificate-not-yet-valid.json", "certificate", Some("valid_from"), early.into_bytes()),
            ("certificate-unknown-issuer.json", "certificate", Some("issuer"), forged.into_bytes()),
            ("certificate-foreign-key.json", "certificate", Some("key"), foreign.into_bytes()),
            ("certificate-retired-key.json", "certificate", Some("valid"), by_retired.into_bytes()),
            ("certificate-compromised-key.json", "certificate", Some("key"), by_compromised.into_bytes()),
            ("certificate-after-retirement.json", "certificate", Some("key_window"), too_late.into_bytes()),
            ("certificate-unstated-key.json", "certificate", Some("key_window"), unstated.into_bytes()),
            ("cpd-record.json", "cpd_record", Some("valid"), issued.cpd_record.clone().into_bytes()),
            ("cpd-record-tampered.json", "cpd_record", Some("signature"), cpd_tampered.into_bytes()),
            ("cpd-record-revoked.json", "cpd_record", Some("revocation"), revoked.cpd_record.into_bytes()),
            ("certificate.tlog-proof", "log_proof", None, certificate_proof.into_bytes()),
            ("cpd-record.tlog-proof", "log_proof", None, record_proof.into_bytes()),
            ("certificate-revoked.tlog-proof", "log_proof", None, revoked_proof.into_bytes()),
            ("log/checkpoint", "log_checkpoint", None, log.checkpoint.into_bytes()),
            (LOG_ENTRIES, "log_entries", None, log.entries),
            (LOG_HASHES, "log_hashes", None, log.hashes),
            ("did.json", "did_document", None, serde_json::to_vec_pretty(issuer.did_document())?),
            ("invigil-keys.json", "key_history", None, serde_json::to_vec_pretty(history)?),
            ("trust.json", "trust_bundle", None, serde_json::to_vec_pretty(&trust)?),
            ("status-list.json", "status_list", None, serde_json::to_vec_pretty(&list)?),
        ];
        files.extend(held::files(&issuer, &issued, &tampered, (LIST, BADGE), now)?);
        files.extend(draw_files(&bank, now)?.into_iter().map(|(file, kind, content)| (file, kind, None, content)));
        let mut index = Vec::new();
        let files = files.into_iter().map(|(file, kind, expect, content)| (Entry { file, kind, expect }, content));
        for (entry, content) in files.chain(tokens).chain(sat.files) {
            self.write(entry.file, &content)?;
            index.push(entry);
        }
        let count = index.len();
        let index = json!({"format": "invigil-samples", "version": 1, "files": index});
        self.write("index.json", &serde_json::to_vec_pretty(&index)?)?;
        output::line(format!("wrote {count} files and index.json to {}", self.out.display()));
        Ok(())
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), Fault> {
        let path = self.out.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, content).map_err(|error| Fault::new(format!("{}: {error}", path.display())))
    }
}

fn award(bank: &HashedBank, decided_at: DateTime<Utc>) -> Award<'_> {
    let scheme = bank.scheme();
    Award {
        scheme,
        candidate_ref: "demo",
        holder: "Alex Sample",
        last_name: "Sample",
        decided_at,
        status: places((LIST, 7)),
    }
}

/// The log of the samples has four entries.
const LOG_ENTRIES: &str = "log/tile/entries/000.p/4";
const LOG_HASHES: &str = "log/tile/0/000.p/4";

/// The one status list of the samples, and the number on it of the certificate that is revoked.
const LIST: u64 = 1;
const REVOKED: (u64, u64) = (LIST, 94_567);
/// The number on it of the badge without a name.
const BADGE: u64 = 31_337;
/// The number of a form of a certificate of which parts can be shown, revoked with its certificate.
const SELECTIVE_REVOKED: u64 = 11;

/// A number for the certificate, and the next for the CPD record.
fn places((list, entry): (u64, u64)) -> Option<StatusPlaces> {
    Some(StatusPlaces { certificate: (list, entry), cpd_record: (list, entry + 1) })
}

fn bits(set: &[u64]) -> Bitstring {
    let mut bits = Bitstring::new(LEAST_ENTRIES);
    set.iter().for_each(|entry| bits.set(*entry, true));
    bits
}

/// A certificate with another name on it.
fn renamed(certificate: &str) -> Result<String, Fault> {
    let mut document: Value = serde_json::from_str(certificate)?;
    document["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else".into();
    Ok(serde_json::to_string_pretty(&document)?)
}

/// A CPD record with more credits.
fn more_credits(record: &str) -> Result<String, Fault> {
    let mut document: Value = serde_json::from_str(record)?;
    document["credentialSubject"]["creditsEarned"] = 310.into();
    Ok(serde_json::to_string_pretty(&document)?)
}

type File = (&'static str, &'static str, Vec<u8>);

/// A sitting of two candidates as it is published: commitment, pool list, blueprint; afterwards secrets and draws.
fn draw_files(bank: &HashedBank, now: DateTime<Utc>) -> Result<Vec<File>, Fault> {
    let drawing = bank.drawing(now.date_naive())?;
    let (mut secrets, mut reveals, mut draws) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    for pseudonym in ["demo-attempt-1", "demo-attempt-2"] {
        let secret = CandidateSecret::new(random::bytes()?);
        let drawn = drawing.draw(&secret, pseudonym, &Earlier::none())?;
        let draw: IssuedDraw = serde_json::from_str(&drawn.draw)?;
        reveals.push(draw.reveal(pseudonym, &secret));
        draws.insert(pseudonym.to_owned(), draw);
        secrets.insert(pseudonym.to_owned(), (secret, Earlier::none()));
    }
    let commitment = drawing.commitment("demo-sitting", &secrets);
    let pretty =
        |text: String| serde_json::from_str::<Value>(&text).and_then(|value| serde_json::to_vec_pretty(&value));
    Ok(vec![
        ("commitment.json", "draw_commitment", serde_json::to_vec_pretty(&commitment)?),
        ("pool.json", "pool", pretty(drawing.pool())?),
        ("blueprint.json", "blueprint", pretty(bank.scheme().blueprint_text())?),
        ("reveals.json", "draw_reveals", serde_json::to_vec_pretty(&reveals)?),
        ("draws.json", "draws", serde_json::to_vec_pretty(&draws)?),
    ])
}
