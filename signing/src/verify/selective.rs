//! Verification of a certificate of which a part is shown (SD-JWT VC with key binding) as named steps (docs/JOSE.md).

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{StepOutcome, TOLERANCE_MINUTES, TrustBundle, TrustedIssuer, Verdict, sentences};
use crate::{
    did::DidDocument,
    jose::{
        JoseError, Jws, STATUS_TOKEN, StatusToken,
        sd_jwt::{Challenge, SD_JWT_VC, SdJwt},
    },
};

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

const ORDER: [SelectiveStepName; 10] = [
    SelectiveStepName::Readable,
    SelectiveStepName::Kind,
    SelectiveStepName::Issuer,
    SelectiveStepName::Key,
    SelectiveStepName::Signature,
    SelectiveStepName::Disclosures,
    SelectiveStepName::Holder,
    SelectiveStepName::NotExpired,
    SelectiveStepName::Revocation,
    SelectiveStepName::Demonstration,
];

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

/// Claims of the token itself, which are no facts about its holder.
const PLUMBING: [&str; 9] = ["iss", "vct", "iat", "nbf", "exp", "cnf", "status", "demonstration", "sub"];

/// Verifies a presentation that answers a challenge. Never fails itself: what is wrong is a step that failed.
pub fn verify(
    presentation: &str,
    challenge: Challenge<'_>,
    trust: &TrustBundle,
    now: DateTime<Utc>,
) -> SelectiveReport {
    let mut steps = Steps(Vec::new());
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

/// A step failed; it was recorded.
struct Failed;

struct Steps(Vec<SelectiveStep>);

impl Steps {
    fn add(&mut self, step: SelectiveStepName, outcome: StepOutcome, sentence: impl Into<String>) {
        self.0.push(SelectiveStep { step, outcome, sentence: sentence.into() });
    }

    fn pass(&mut self, step: SelectiveStepName, sentence: impl Into<String>) {
        self.add(step, StepOutcome::Passed, sentence);
    }

    fn fail<T>(&mut self, step: SelectiveStepName, sentence: impl Into<String>) -> Result<T, Failed> {
        self.add(step, StepOutcome::Failed, sentence);
        for later in ORDER.into_iter().skip_while(|&name| name != step).skip(1) {
            self.add(later, StepOutcome::NotChecked, sentences::NOT_CHECKED);
        }
        Err(Failed)
    }

    fn hold<T>(&mut self, step: SelectiveStepName, result: Result<T, JoseError>, words: &str) -> Result<T, Failed> {
        match result {
            Ok(value) => Ok(value),
            Err(error) => self.fail(step, format!("{words}: {}.", sentences::short(&error))),
        }
    }

    fn run(
        &mut self,
        presentation: &str,
        challenge: Challenge<'_>,
        trust: &TrustBundle,
        now: DateTime<Utc>,
    ) -> Result<Shown, Failed> {
        use SelectiveStepName as Name;
        let token = self.hold(Name::Readable, SdJwt::read(presentation.trim()), "It cannot be read")?;
        self.pass(Name::Readable, "It can be read.");
        let kind = token.issued.require_type(SD_JWT_VC).and_then(|()| Claims::read(&token));
        let claims = self.hold(Name::Kind, kind, "It is no certificate of which parts can be shown")?;
        self.pass(Name::Kind, "It is a certificate of which parts can be shown.");
        let issuer = self.issuer(&claims, trust)?;
        self.signature(&token, &issuer.document)?;
        let disclosed = self.hold(Name::Disclosures, token.claims(), "What is shown is not what was signed")?;
        self.pass(Name::Disclosures, "What is shown is what the issuer signed.");
        let binding = token.check_binding(challenge, now);
        self.hold(Name::Holder, binding, "That its holder shows it is not proven")?;
        self.pass(
            Name::Holder,
            "Whoever shows it has the key that the issuer bound it to, and answered this question.",
        );
        self.dates(&claims, now);
        let (outcome, sentence) = status(&claims, &issuer.document, trust, now);
        self.add(Name::Revocation, outcome, sentence);
        let demonstration = token.issued.payload().get("demonstration").is_some_and(|mark| mark != false);
        if demonstration {
            self.add(Name::Demonstration, StepOutcome::Warning, sentences::DEMONSTRATION);
        } else {
            self.pass(Name::Demonstration, sentences::NO_DEMONSTRATION);
        }
        let claims_shown = disclosed.into_iter().filter(|(name, _)| !PLUMBING.contains(&name.as_str())).collect();
        Ok(Shown {
            credential_type: claims.credential_type,
            issuer: claims.issuer,
            expires: claims.expires,
            claims: claims_shown,
            demonstration,
        })
    }

    fn issuer<'t>(&mut self, claims: &Claims, trust: &'t TrustBundle) -> Result<&'t TrustedIssuer, Failed> {
        if !trust.is_understood() {
            let sentence = sentences::unknown_bundle(&trust.format, trust.version);
            return self.fail(SelectiveStepName::Issuer, sentence);
        }
        match trust.issuers.iter().find(|issuer| issuer.document.id == claims.issuer) {
            Some(issuer) => {
                self.pass(SelectiveStepName::Issuer, sentences::issuer(&issuer.name));
                Ok(issuer)
            }
            None => self.fail(SelectiveStepName::Issuer, sentences::unknown_issuer(&claims.issuer)),
        }
    }

    fn signature(&mut self, token: &SdJwt<'_>, issuer: &DidDocument) -> Result<(), Failed> {
        let method = self.hold(SelectiveStepName::Key, token.issued.kid(), "It cannot be traced to its issuer")?;
        let key = match issuer.assertion_key(method) {
            Ok(key) => key,
            Err(error) => return self.fail(SelectiveStepName::Key, sentences::foreign_key(&error)),
        };
        self.pass(SelectiveStepName::Key, sentences::KEY);
        self.hold(SelectiveStepName::Signature, token.issued.verify(&key), "The signature does not count")?;
        self.pass(SelectiveStepName::Signature, sentences::SIGNATURE);
        Ok(())
    }

    fn dates(&mut self, claims: &Claims, now: DateTime<Utc>) {
        let name = SelectiveStepName::NotExpired;
        let soonest = now + Duration::minutes(TOLERANCE_MINUTES);
        match claims.from.filter(|from| *from > soonest) {
            Some(from) => self.add(name, StepOutcome::Failed, sentences::not_yet(from)),
            None if claims.expires <= now => self.add(name, StepOutcome::Failed, sentences::expired(claims.expires)),
            None => self.pass(name, format!("It is valid now, and until {}.", sentences::day(claims.expires))),
        }
    }
}

/// What the issuer signed in clear.
struct Claims {
    issuer: String,
    credential_type: String,
    from: Option<DateTime<Utc>>,
    expires: DateTime<Utc>,
    /// The list's address and the number on it.
    status: Option<Result<(String, u64), &'static str>>,
}

impl Claims {
    fn read(token: &SdJwt<'_>) -> Result<Self, JoseError> {
        let issued = &token.issued;
        let time = |name| Ok::<_, JoseError>(issued.seconds(name)?.and_then(|at| DateTime::from_timestamp(at, 0)));
        token.holder()?;
        let reference = |status: &Value| {
            let list = status.get("status_list");
            let place = list.and_then(|list| Some((list.get("uri")?.as_str()?, list.get("idx")?.as_u64()?)));
            place.map(|(uri, index)| (uri.to_owned(), index)).ok_or("it names a list of a kind that is not known here")
        };
        Ok(Self {
            issuer: issued.text("iss")?.to_owned(),
            credential_type: issued.text("vct")?.to_owned(),
            // What was issued just now is not valid before.
            from: time("nbf")?.max(time("iat")?),
            expires: time("exp")?.ok_or(JoseError::Claim("exp", "it is not there"))?,
            status: issued.payload().get("status").map(reference),
        })
    }
}

/// What the lists at hand say.
fn status(claims: &Claims, keys: &DidDocument, trust: &TrustBundle, now: DateTime<Utc>) -> (StepOutcome, String) {
    let open = |why: &str| (StepOutcome::Undetermined, sentences::bad_list(why));
    let (uri, index) = match &claims.status {
        None => return (StepOutcome::NotChecked, sentences::NO_STATUS.to_owned()),
        Some(Err(why)) => return open(why),
        Some(Ok(place)) => place,
    };
    let key = |id: &str| keys.assertion_key(id).map_err(|error| error.to_string());
    let (mut why, mut best) = (None, None::<StatusToken>);
    for token in trust.status_lists.iter().filter_map(Value::as_str).filter(|token| is_of(token, uri)) {
        match StatusToken::read(token, key) {
            Err(error) => why = Some(error),
            Ok(list) if list.issuer != claims.issuer => why = Some("it is another issuer's".to_owned()),
            Ok(list) if list.issued_at > now + Duration::minutes(TOLERANCE_MINUTES) => {
                why = Some("it claims to be of the future".to_owned());
            }
            // Of several copies, the latest that holds.
            Ok(list) if best.as_ref().is_none_or(|best| best.issued_at < list.issued_at) => best = Some(list),
            Ok(_) => (),
        }
    }
    let list = match (best, why) {
        (Some(list), _) => list,
        (None, Some(why)) => return open(&why),
        (None, None) => return (StepOutcome::Undetermined, sentences::no_list()),
    };
    match list.bits.get(*index) {
        None => open("it has no entry of this number"),
        // What was revoked once stays so, however old the list.
        Some(true) => (StepOutcome::Failed, sentences::revoked(list.issued_at)),
        Some(false) if list.expires <= now => {
            (StepOutcome::Undetermined, sentences::status_of(list.issued_at, list.expires))
        }
        Some(false) => (StepOutcome::Passed, sentences::not_revoked(list.issued_at)),
    }
}

/// Whether this is a list of that address.
fn is_of(token: &str, uri: &str) -> bool {
    Jws::read(token).is_ok_and(|token| token.text("sub") == Ok(uri) && token.require_type(STATUS_TOKEN).is_ok())
}
