//! The step `log`: whether what was shown as a proof puts this credential into a log of its issuer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{StepOutcome, TrustBundle, sentences};
use crate::{
    jcs,
    tlog::{
        checkpoint::{Checkpoint, CheckpointFault, LogPolicy},
        leaf::Recorded,
        note::{Note, NoteFault},
        proof::{Included, ProofFault, TlogProof},
    },
};

/// A log that an issuer's credentials are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedLog {
    /// The identifier of the issuer whose credentials it is for.
    pub issuer: String,
    /// The log's name: the first line of its checkpoints.
    pub origin: String,
    /// Its verifier key (C2SP signed-note), of type 1.
    pub key: String,
    /// Verifier keys of its witnesses, of type 4.
    #[serde(default)]
    pub witnesses: Vec<String>,
    /// So many of them must have cosigned.
    #[serde(default)]
    pub quorum: u32,
}

/// What a proof says of a credential of this issuer, whose signatures were found good. Only a proof that contradicts itself or
/// the credential fails: one that says too little leaves the verdict as it would be without it.
pub(super) fn step(credential: &Value, issuer: &str, proof: &[u8], trust: &TrustBundle) -> (StepOutcome, String) {
    match look_at(credential, issuer, proof, trust) {
        Ok((origin, included)) if included.quorum => (StepOutcome::Passed, sentences::logged(&origin, &included)),
        Ok((origin, included)) => (StepOutcome::Warning, sentences::not_witnessed(&origin, &included)),
        Err(Why::Unknown(origin)) => (StepOutcome::NotChecked, sentences::unknown_log(&origin)),
        Err(Why::Bad(why)) => (StepOutcome::Failed, sentences::bad_log_proof(&why)),
    }
}

enum Why {
    /// The bundle knows no such log of this issuer.
    Unknown(String),
    /// It proves nothing, or something else.
    Bad(String),
}

impl<E: std::error::Error> From<E> for Why {
    fn from(error: E) -> Self {
        Self::Bad(error.to_string())
    }
}

fn look_at(credential: &Value, issuer: &str, proof: &[u8], trust: &TrustBundle) -> Result<(String, Included), Why> {
    let proof = TlogProof::parse(proof)?;
    let origin = Checkpoint::parse(Note::parse(proof.checkpoint.as_bytes())?.text())?.origin;
    let known = trust.logs.iter().find(|log| log.issuer == issuer && log.origin == origin);
    let known = known.ok_or_else(|| Why::Unknown(origin.clone()))?;
    let policy = LogPolicy::parse(&known.origin, &known.key, &known.witnesses, known.quorum as usize)
        .map_err(|_| Why::Unknown(origin.clone()))?;
    let record = proof.extra.as_deref().ok_or_else(|| Why::Bad("it carries no record".into()))?;
    let record = Recorded::parse(record)?;
    let id = credential.get("id").and_then(Value::as_str).unwrap_or_default();
    if !record.is_issuance_of(id, "json", &jcs::digest_hex(credential)?) {
        return Err(Why::Bad("it belongs to another document, or to this one before it was changed".into()));
    }
    // A key that signed under the log's name and id, and badly, or another key altogether: the log's is what is trusted.
    match proof.verify(&record.entry, &policy) {
        Ok(included) => Ok((origin, included)),
        Err(ProofFault::Checkpoint(CheckpointFault::Note(NoteFault::Unsigned))) => {
            Err(Why::Bad(format!("the log {origin} did not sign it")))
        }
        Err(fault) => Err(fault.into()),
    }
}
