//! Verification as a list of named steps, the same in the page, the server and the command line (docs/VERIFICATION.md).

mod log;
pub mod selective;
mod sentences;
mod status;
mod token;
mod window;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    credential::{Facts, Kind},
    did::DidDocument,
    jose::Likely,
    json,
    keys::{KeyHistory, KeyPurpose, PublicKey, Windows},
    proof::{self, Proof, Suite},
};

pub use log::TrustedLog;

/// Clocks may differ by so much before a date in the future counts as one.
const TOLERANCE_MINUTES: i64 = 5;

/// The issuers somebody trusts, with their documents as of a day: enough to verify without a network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustBundle {
    /// Always `invigil-trust-bundle`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// When the documents were fetched.
    pub as_of: DateTime<Utc>,
    /// The issuers.
    pub issuers: Vec<TrustedIssuer>,
    /// Keys with which exam bodies sign packages and acknowledgements of sittings (Multikey).
    #[serde(default)]
    pub exam_keys: Vec<String>,
    /// The issuers' status lists, whole and signed, as they were then: objects, and texts for those that are tokens.
    #[serde(default)]
    pub status_lists: Vec<Value>,
    /// The issuers' transparency logs.
    #[serde(default)]
    pub logs: Vec<TrustedLog>,
}

/// A trusted issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrustedIssuer {
    /// Its name as it is known to whoever trusts it.
    pub name: String,
    /// Its document.
    pub document: DidDocument,
    /// What its root key states about its keys. Where it is there, it decides together with the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys: Option<KeyHistory>,
}

impl TrustedIssuer {
    /// An issuer of whose keys only the document tells.
    pub fn new(name: &str, document: DidDocument) -> Self {
        Self { name: name.to_owned(), document, keys: None }
    }
}

impl TrustBundle {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-trust-bundle";
    /// The `version` this code writes; it reads those before as well: 2 has neither histories of keys nor logs, 1 no status lists
    /// either.
    pub const VERSION: u32 = 3;

    /// A bundle of these issuers.
    pub fn new(as_of: DateTime<Utc>, issuers: Vec<TrustedIssuer>) -> Self {
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            as_of,
            issuers,
            exam_keys: Vec::new(),
            status_lists: Vec::new(),
            logs: Vec::new(),
        }
    }

    /// The exam bodies' keys that can be read.
    pub fn exam_keys(&self) -> Vec<PublicKey> {
        self.exam_keys.iter().filter_map(|key| PublicKey::from_multikey(key).ok()).collect()
    }

    /// Whether this code knows what the bundle says.
    pub fn is_understood(&self) -> bool {
        self.format == Self::FORMAT && (1..=Self::VERSION).contains(&self.version)
    }
}

/// A step's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepName {
    /// The file can be read.
    Readable,
    /// It is a certificate or a CPD record.
    Kind,
    /// Its issuer is known.
    Issuer,
    /// The issuer's document lists the key.
    Key,
    /// The signature belongs to this content.
    Signature,
    /// The issuer's root key says that the key might sign this then.
    KeyWindow,
    /// It is valid already.
    ValidFrom,
    /// It is still valid.
    NotExpired,
    /// It was not revoked.
    Revocation,
    /// It is no demonstration.
    Demonstration,
    /// It is in the issuer's transparency log; there only where a proof was shown.
    Log,
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepOutcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// It was not looked at, since an earlier step failed or what it needs does not exist.
    NotChecked,
    /// It holds, but there is something to know.
    Warning,
    /// What it needs is not at hand: it may hold or not.
    Undetermined,
}

/// The form in which a document came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// JSON with proofs in it.
    Json,
    /// A JWT, the form for wallets.
    Jwt,
}

/// What comes of all steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No step failed, and none is open.
    Valid,
    /// A step failed.
    Invalid,
    /// No step failed, but one could not be carried out to its end.
    Undetermined,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its name.
    pub step: StepName,
    /// How it came out.
    pub outcome: StepOutcome,
    /// What that means, for somebody who hires people.
    pub sentence: String,
    /// Why, by a name that does not change, where a step has several such reasons (docs/KEYS.md, «Outcomes»).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The result of a verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Always `invigil-verification-report`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What comes of all steps.
    pub verdict: Verdict,
    /// Whether the verdict is [`Verdict::Valid`].
    pub valid: bool,
    /// The result in a sentence.
    pub summary: String,
    /// The form in which it came, where it could be read.
    #[serde(default)]
    pub form: Option<Form>,
    /// What the document says; only there once its signature has been found good.
    pub facts: Option<Facts>,
    /// Every step in order.
    pub steps: Vec<Step>,
    /// When it was verified.
    pub checked_at: DateTime<Utc>,
    /// When the issuers' documents were fetched.
    pub trust_as_of: DateTime<Utc>,
}

/// Verifies the bytes of a certificate or CPD record. Never fails itself: what is wrong is a step that failed.
pub fn verify(bytes: &[u8], trust: &TrustBundle, now: DateTime<Utc>) -> Report {
    verify_logged(bytes, None, trust, now)
}

/// The same with the bytes of a proof (`.tlog-proof`) that it is in the issuer's log, which is one more step.
pub fn verify_logged(bytes: &[u8], log_proof: Option<&[u8]>, trust: &TrustBundle, now: DateTime<Utc>) -> Report {
    let mut steps = Steps(Vec::new(), log_proof);
    let facts = steps.run(bytes, trust, now);
    let form = token::form(bytes, &steps.0);
    report(steps, form, facts, trust, now)
}

fn report(
    steps: Steps<'_>,
    form: Option<Form>,
    facts: Option<Facts>,
    trust: &TrustBundle,
    now: DateTime<Utc>,
) -> Report {
    let first = |outcome| steps.0.iter().find(|step| step.outcome == outcome).map(|step| step.sentence.as_str());
    let (verdict, summary) = match (first(StepOutcome::Failed), first(StepOutcome::Undetermined), &facts) {
        (Some(sentence), ..) => (Verdict::Invalid, sentences::invalid(sentence)),
        (None, _, None) => (Verdict::Invalid, sentences::invalid(sentences::NOTHING)),
        (None, Some(sentence), Some(facts)) => (Verdict::Undetermined, sentences::undetermined(facts, sentence)),
        (None, None, Some(facts)) => (Verdict::Valid, sentences::valid(facts)),
    };
    Report {
        format: "invigil-verification-report".into(),
        version: 3,
        verdict,
        valid: verdict == Verdict::Valid,
        summary,
        form,
        facts,
        steps: steps.0,
        checked_at: now,
        trust_as_of: trust.as_of,
    }
}

impl Report {
    /// The report on a file that holds nothing to verify, and why; with the proof that was shown with it, if one was.
    pub fn unreadable(
        why: impl Into<String>,
        log_proof: Option<&[u8]>,
        trust: &TrustBundle,
        now: DateTime<Utc>,
    ) -> Self {
        let mut steps = Steps(Vec::new(), log_proof);
        steps.fail(StepName::Readable, why);
        report(steps, None, None, trust, now)
    }
}

/// The steps so far, and the proof that was shown.
struct Steps<'a>(Vec<Step>, Option<&'a [u8]>);

impl Steps<'_> {
    fn add(&mut self, step: StepName, outcome: StepOutcome, sentence: impl Into<String>) {
        self.0.push(Step { step, outcome, sentence: sentence.into(), code: None });
    }

    fn pass(&mut self, step: StepName, sentence: impl Into<String>) {
        self.add(step, StepOutcome::Passed, sentence);
    }

    /// Records the failure of a step, and that those after it were not looked at.
    fn fail(&mut self, step: StepName, sentence: impl Into<String>) {
        const ORDER: [StepName; 11] = [
            StepName::Readable,
            StepName::Kind,
            StepName::Issuer,
            StepName::Key,
            StepName::Signature,
            StepName::KeyWindow,
            StepName::ValidFrom,
            StepName::NotExpired,
            StepName::Revocation,
            StepName::Demonstration,
            StepName::Log,
        ];
        self.add(step, StepOutcome::Failed, sentence);
        let shown = self.1.is_some();
        let order = ORDER.into_iter().filter(|&name| name != StepName::Log || shown);
        for later in order.skip_while(|&name| name != step).skip(1) {
            self.add(later, StepOutcome::NotChecked, sentences::NOT_CHECKED);
        }
    }

    /// The same, with the reason's name.
    fn refuse(&mut self, step: StepName, refused: window::Refused) {
        self.fail(step, refused.sentence);
        if let Some(failed) = self.0.iter_mut().find(|failed| failed.step == step) {
            failed.code = Some(refused.code.to_owned());
        }
    }

    fn run(&mut self, bytes: &[u8], trust: &TrustBundle, now: DateTime<Utc>) -> Option<Facts> {
        let (document, token) = match Likely::of(bytes) {
            Some(likely) => self.token(likely)?,
            None => (self.json(bytes)?, None),
        };
        let facts = match Facts::read(&document) {
            Ok(facts) => facts,
            Err(error) => {
                self.fail(StepName::Kind, sentences::other_kind(&error));
                return None;
            }
        };
        self.pass(StepName::Kind, sentences::kind(facts.kind));
        if !trust.is_understood() {
            self.fail(StepName::Issuer, sentences::unknown_bundle(&trust.format, trust.version));
            return None;
        }
        let Some(issuer) = trust.issuers.iter().find(|issuer| issuer.document.id == facts.issuer) else {
            self.fail(StepName::Issuer, sentences::unknown_issuer(&facts.issuer));
            return None;
        };
        self.pass(StepName::Issuer, sentences::issuer(&issuer.name));
        let expires = match &token {
            Some(token) => self.token_signature(token, &document, issuer, now)?,
            None => self.signature(&document, issuer, now)?,
        };
        self.dates(&facts, expires, now);
        let (outcome, sentence) = status::step(&document, issuer, trust, now);
        self.add(StepName::Revocation, outcome, sentence);
        if facts.demonstration {
            self.add(StepName::Demonstration, StepOutcome::Warning, sentences::DEMONSTRATION);
        } else {
            self.pass(StepName::Demonstration, sentences::NO_DEMONSTRATION);
        }
        if let Some(proof) = self.1 {
            let (outcome, sentence) = match &token {
                // The log knows the form with proofs only.
                Some(_) => (StepOutcome::NotChecked, sentences::PROOF_OF_A_TOKEN.to_owned()),
                None => log::step(&document, &facts.issuer, proof, trust),
            };
            self.add(StepName::Log, outcome, sentence);
        }
        Some(facts)
    }

    fn json(&mut self, bytes: &[u8]) -> Option<Value> {
        match json::parse(bytes) {
            Ok(document) => {
                self.pass(StepName::Readable, sentences::READABLE);
                Some(document)
            }
            Err(error) => {
                self.fail(StepName::Readable, sentences::unreadable(&error));
                None
            }
        }
    }

    /// The steps `key`, `signature` and `key_window`: every proof that is understood must hold, and there must be one. Gives the earliest
    /// end of a proof's own validity.
    fn signature(
        &mut self,
        document: &Value,
        issuer: &TrustedIssuer,
        now: DateTime<Utc>,
    ) -> Option<Option<DateTime<Utc>>> {
        let windows = self.windows(issuer)?;
        let proofs = match proof::proofs(document) {
            Ok(proofs) => proofs,
            Err(error) => {
                self.fail(StepName::Key, sentences::no_key(&error));
                return None;
            }
        };
        let (understood, unknown): (Vec<_>, Vec<_>) = proofs.into_iter().partition(Proof::is_understood);
        if understood.is_empty() {
            self.fail(StepName::Key, sentences::NO_KNOWN_SUITE);
            return None;
        }
        if let Some(proof) = understood.iter().find(|proof| proof.purpose != proof::ASSERTION) {
            self.fail(StepName::Key, sentences::other_purpose(&proof.purpose));
            return None;
        }
        let mut keyed: Vec<(Proof, PublicKey)> = Vec::new();
        for proof in understood {
            let key = self.key(&proof.method, issuer, windows, now)?;
            keyed.push((proof, key));
        }
        self.pass(StepName::Key, sentences::KEY);
        // The one over N-Quads says nothing about the JSON that a reader sees, the other is not looked at elsewhere.
        if let Some(missing) =
            Suite::BOTH.into_iter().find(|suite| keyed.iter().all(|(proof, _)| proof.suite != Some(*suite)))
        {
            self.fail(StepName::Signature, sentences::missing_suite(missing));
            return None;
        }
        for (proof, key) in &keyed {
            if let Err(error) = proof.verify(document, key) {
                self.fail(StepName::Signature, sentences::bad_signature(&error));
                return None;
            }
            if proof.created.is_some_and(|created| created > now + Duration::minutes(TOLERANCE_MINUTES)) {
                self.fail(StepName::Signature, sentences::SIGNED_IN_FUTURE);
                return None;
            }
        }
        if unknown.is_empty() {
            self.pass(StepName::Signature, sentences::SIGNATURE);
        } else {
            self.add(StepName::Signature, StepOutcome::Warning, sentences::other_suites(&unknown));
        }
        let signed: Vec<_> = keyed.iter().map(|(proof, key)| (key, proof.created)).collect();
        self.key_window(&signed, windows)?;
        Some(keyed.iter().filter_map(|(proof, _)| proof.expires).min())
    }

    /// What the issuer's root key states, if the bundle carries it; nothing if that does not hold.
    fn windows<'t>(&mut self, issuer: &'t TrustedIssuer) -> Option<Option<&'t Windows>> {
        window::windows(issuer).map_err(|refused| self.refuse(StepName::Key, refused)).ok()
    }

    /// The key of this name, if the issuer's document lists it; nothing if it does not count.
    fn key(
        &mut self,
        method: &str,
        issuer: &TrustedIssuer,
        windows: Option<&Windows>,
        now: DateTime<Utc>,
    ) -> Option<PublicKey> {
        if let Some(at) = windows.and_then(|windows| window::compromised(windows, method)) {
            self.refuse(StepName::Key, window::Refused::compromised(at));
            return None;
        }
        let key = issuer.document.assertion_key_at(method, now);
        key.map_err(|error| self.fail(StepName::Key, sentences::foreign_key(&error))).ok()
    }

    /// The step `key_window`; nothing if it failed.
    fn key_window(&mut self, signed: &[(&PublicKey, Option<DateTime<Utc>>)], windows: Option<&Windows>) -> Option<()> {
        let Some(windows) = windows else {
            self.add(StepName::KeyWindow, StepOutcome::NotChecked, sentences::NO_HISTORY);
            return Some(());
        };
        for (key, created) in signed {
            if let Err(refused) = window::covers(windows, key, *created, KeyPurpose::Certificate) {
                self.refuse(StepName::KeyWindow, refused);
                return None;
            }
        }
        self.pass(StepName::KeyWindow, sentences::KEY_WINDOW);
        Some(())
    }

    fn dates(&mut self, facts: &Facts, proof_expires: Option<DateTime<Utc>>, now: DateTime<Utc>) {
        if facts.valid_from > now + Duration::minutes(TOLERANCE_MINUTES) {
            self.add(StepName::ValidFrom, StepOutcome::Failed, sentences::not_yet(facts.valid_from));
        } else {
            self.pass(StepName::ValidFrom, sentences::valid_from(facts.valid_from));
        }
        let until = [facts.valid_until, proof_expires].into_iter().flatten().min();
        match until {
            Some(until) if until <= now => {
                self.add(StepName::NotExpired, StepOutcome::Failed, sentences::expired(until));
            }
            Some(until) => self.pass(StepName::NotExpired, sentences::valid_until(until)),
            None => self.pass(StepName::NotExpired, sentences::NEVER_EXPIRES),
        }
    }
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Certificate => "certificate",
            Self::CpdRecord => "CPD record",
            Self::Badge => "badge",
        }
    }
}
