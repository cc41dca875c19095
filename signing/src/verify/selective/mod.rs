//! Verification of a certificate of which a part is shown (SD-JWT VC with key binding) as named steps (docs/JOSE.md).

mod status;
mod steps;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{StepOutcome, TrustBundle, Verdict, sentences};
use crate::jose::sd_jwt::Challenge;
use steps::Steps;

/// A step's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SelectiveStepName {
    /// The token can be read.
    Readable,
    /// It is a certificate of which parts can be shown.
    Kind,
    /// Its issuer is known.
    Issuer,
    /// The issuer's document lists the key.
    Key,
    /// The issuer's signature belongs to this content.
    Signature,
    /// What is disclosed is what the issuer signed the digests of.
    Disclosures,
    /// Its holder signed this presentation, for this verifier and this question, just now.
    Holder,
    /// It is valid now.
    NotExpired,
    /// It was not revoked.
    Revocation,
    /// It is no demonstration.
    Demonstration,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectiveStep {
    /// Its name.
    pub step: SelectiveStepName,
    /// How it came out.
    pub outcome: StepOutcome,
    /// What that means.
    pub sentence: String,
}

/// What a presentation shows. Whatever is not here was not shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// What its holder holds, such as `urn:invigil:certification:caisp`.
    pub credential_type: String,
    /// The issuer's identifier.
    pub issuer: String,
    /// From then on it is not valid any more.
    pub expires: DateTime<Utc>,
    /// The claims that its holder chose to show.
    pub claims: Map<String, Value>,
    /// It is marked as a demonstration.
    pub demonstration: bool,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SelectiveReport {
    /// Always `invigil-selective-report`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What comes of all steps.
    pub verdict: Verdict,
    /// Whether the verdict is [`Verdict::Valid`].
    pub valid: bool,
    /// The result in a sentence.
    pub summary: String,
    /// What is shown; only there once the signatures of issuer and holder were found good.
    pub shown: Option<Shown>,
    /// Every step in order.
    pub steps: Vec<SelectiveStep>,
    /// When it was verified.
    pub checked_at: DateTime<Utc>,
    /// When the issuers' documents were fetched.
    pub trust_as_of: DateTime<Utc>,
}

/// Verifies a presentation that answers a challenge. Never fails itself: what is wrong is a step that failed.
pub fn verify(
    presentation: &str,
    challenge: Challenge<'_>,
    trust: &TrustBundle,
    now: DateTime<Utc>,
) -> SelectiveReport {
    let mut steps = Steps::default();
    let shown = steps.run(presentation, challenge, trust, now).ok();
    let first = |outcome| steps.0.iter().find(|step| step.outcome == outcome).map(|step| step.sentence.as_str());
    let (verdict, summary) = match (first(StepOutcome::Failed), first(StepOutcome::Undetermined), &shown) {
        (Some(sentence), ..) => (Verdict::Invalid, format!("Do not rely on this. {sentence}")),
        (None, _, None) => (Verdict::Invalid, sentences::invalid(sentences::NOTHING)),
        (None, Some(sentence), _) => (
            Verdict::Undetermined,
            format!("It is shown by its holder, but it is not known whether it stands. {sentence}"),
        ),
        (None, None, Some(shown)) => (Verdict::Valid, valid(shown, now)),
    };
    SelectiveReport {
        format: "invigil-selective-report".into(),
        version: 1,
        verdict,
        valid: verdict == Verdict::Valid,
        summary,
        shown,
        steps: steps.0,
        checked_at: now,
        trust_as_of: trust.as_of,
    }
}

fn valid(shown: &Shown, now: DateTime<Utc>) -> String {
    let what = shown.credential_type.rsplit(':').next().unwrap_or_default().to_uppercase();
    let marked = if shown.demonstration { ", but it is only a demonstration" } else { "" };
    let told = match shown.claims.len() {
        0 => "nothing else".to_owned(),
        _ => shown.claims.keys().map(sentences::short).collect::<Vec<_>>().join(", "),
    };
    format!(
        "Whoever has the key that this certificate is bound to holds {}, valid on {}{marked}. Shown beside that: {told}.",
        sentences::short(&what),
        sentences::day(now)
    )
}
