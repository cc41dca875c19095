//! Judging the proofs of a document: each by itself, and against what was asked.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::Value;
use signing::{
    did::did_key,
    proof::{self, ASSERTION, AUTHENTICATION, Proof},
};

use super::{
    answer::Problem,
    request::{Options, shown},
};

/// What a proof must be for.
pub(super) struct Expected {
    purpose: String,
    domain: Option<BTreeSet<String>>,
    challenge: Option<String>,
}

impl Expected {
    /// A proof of this purpose, for whatever domain.
    pub(super) fn purpose(purpose: &str) -> Self {
        Self { purpose: purpose.to_owned(), domain: None, challenge: None }
    }

    /// What the options ask for; `purpose` if they say nothing of it.
    pub(super) fn from_options(options: &Options, purpose: &str) -> Result<Self, Problem> {
        let domain = options.texts("domain")?;
        Ok(Self {
            purpose: options.text("expectedProofPurpose")?.unwrap_or(purpose).to_owned(),
            domain: domain.map(|listed| listed.into_iter().map(str::to_owned).collect()),
            challenge: options.text("challenge")?.map(str::to_owned),
        })
    }
}

/// Who signed a document, and what was not looked at.
#[derive(Debug, Default)]
pub(super) struct Signed {
    /// The identifiers whose keys signed it.
    pub(super) by: BTreeSet<String>,
    pub(super) warnings: Vec<String>,
}

impl Signed {
    /// Whether whoever is named by `id` signed; a name that is no DID has no keys that could be known here, which is a warning.
    pub(super) fn must_be_by(&mut self, id: &str, role: &str) -> Result<(), Problem> {
        if self.by.contains(id) {
            return Ok(());
        }
        if id.starts_with("did:") {
            return Err(Problem::verification(format!("none of the signatures is by the {role} {:?}", shown(id))));
        }
        self.warnings
            .push(format!("the {role} {:?} has no keys that are known here: who signed was not compared", shown(id)));
        Ok(())
    }
}

/// Every proof that is understood must hold, and there must be one; others are warnings.
pub(super) fn judge(document: &Value, expected: &Expected, now: DateTime<Utc>) -> Result<Signed, Vec<Problem>> {
    let proofs = proof::proofs(document).map_err(|error| vec![Problem::from(&error).at("/proof")])?;
    let mut signed = Signed::default();
    let mut problems = Vec::new();
    for (at, proof) in proofs.iter().enumerate() {
        let pointer = if document["proof"].is_array() { format!("/proof/{at}") } else { "/proof".to_owned() };
        if !proof.is_understood() {
            let kind = shown(&kind(&document["proof"], at));
            signed.warnings.push(format!("{pointer} is of the kind {kind:?}, which is not known here"));
            continue;
        }
        match one(document, proof, expected, now) {
            Ok(did) => {
                signed.by.insert(did);
            }
            Err(problem) => problems.push(problem.at(&pointer)),
        }
    }
    if signed.by.is_empty() && problems.is_empty() {
        let kind = shown(&kind(&document["proof"], 0));
        let detail = format!("none of its proofs is of a kind that is known here: {kind:?}");
        problems.push(Problem::verification(detail).at("/proof"));
    }
    if problems.is_empty() { Ok(signed) } else { Err(problems) }
}

/// The type of a proof and the suite it names.
fn kind(proof: &Value, at: usize) -> String {
    let proof = proof.get(at).unwrap_or(proof);
    let named = ["type", "cryptosuite"].into_iter().filter_map(|name| proof.get(name)?.as_str());
    named.collect::<Vec<_>>().join(" ")
}

/// Whose key made the proof.
fn one(document: &Value, proof: &Proof, expected: &Expected, now: DateTime<Utc>) -> Result<String, Problem> {
    if proof.purpose != expected.purpose {
        let (is, should) = (shown(&proof.purpose), &expected.purpose);
        return Err(Problem::verification(format!("its purpose is {is:?}, not {should:?}")));
    }
    if let Some(domain) = &expected.domain
        && *domain != proof.domain.iter().cloned().collect()
    {
        return Err(Problem::domain("it is not for the domain that is asked for"));
    }
    if expected.challenge.is_some() && proof.challenge != expected.challenge {
        return Err(Problem::challenge("it does not answer the challenge"));
    }
    if proof.expires.is_some_and(|expires| expires <= now) {
        return Err(Problem::verification("it has expired"));
    }
    let did = proof.method.split('#').next().unwrap_or_default();
    let keys = did_key(did).map_err(|error| Problem::verification(format!("its verificationMethod: {error}")))?;
    let key = match proof.purpose.as_str() {
        ASSERTION => keys.assertion_key(&proof.method),
        AUTHENTICATION => keys.authentication_key(&proof.method),
        other => return Err(Problem::verification(format!("the purpose {:?} is not known here", shown(other)))),
    };
    let key = key.map_err(|error| Problem::verification(error.to_string()))?;
    proof.verify(document, &key).map_err(|error| Problem::from(&error))?;
    Ok(did.to_owned())
}
