//! The steps one by one.

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;

use super::{SelectiveStep, SelectiveStepName, Shown, StepOutcome, TrustBundle, sentences, status};
use crate::{
    jose::{
        JoseError,
        sd_jwt::{Challenge, SD_JWT_VC, SdJwt},
    },
    keys::KeyPurpose,
    verify::{TOLERANCE_MINUTES, TrustedIssuer, window},
};

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

/// Claims of the token itself, which are no facts about its holder.
const PLUMBING: [&str; 9] = ["iss", "vct", "iat", "nbf", "exp", "cnf", "status", "demonstration", "sub"];

/// A step failed; it was recorded.
pub(super) struct Failed;

#[derive(Default)]
pub(super) struct Steps(pub(super) Vec<SelectiveStep>);

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

    pub(super) fn run(
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
        self.signature(&token, issuer, now)?;
        let disclosed = self.hold(Name::Disclosures, token.claims(), "What is shown is not what was signed")?;
        self.pass(Name::Disclosures, "What is shown is what the issuer signed.");
        let binding = token.check_binding(challenge, now);
        self.hold(Name::Holder, binding, "That its holder shows it is not proven")?;
        self.pass(
            Name::Holder,
            "Whoever shows it has the key that the issuer bound it to, and answered this question.",
        );
        self.dates(&claims, now);
        let (outcome, sentence) = status::step(&claims, issuer, trust, now);
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

    fn signature(&mut self, token: &SdJwt<'_>, issuer: &TrustedIssuer, now: DateTime<Utc>) -> Result<(), Failed> {
        let method = self.hold(SelectiveStepName::Key, token.issued.kid(), "It cannot be traced to its issuer")?;
        let windows = match window::windows(issuer) {
            Ok(windows) => windows,
            Err(refused) => return self.fail(SelectiveStepName::Key, refused.sentence),
        };
        if let Some(at) = windows.and_then(|windows| window::compromised(windows, method)) {
            return self.fail(SelectiveStepName::Key, sentences::compromised(at));
        }
        let key = match issuer.document.assertion_key_at(method, now) {
            Ok(key) => key,
            Err(error) => return self.fail(SelectiveStepName::Key, sentences::foreign_key(&error)),
        };
        if let Some(windows) = windows {
            // It tells the day only on which it was signed.
            let day = token.issued.seconds("iat").ok().flatten().and_then(|at| DateTime::from_timestamp(at, 0));
            let during = |at: Option<DateTime<Utc>>| window::covers(windows, &key, at, KeyPurpose::Certificate);
            let end = day.map(|day| day + Duration::days(1) - Duration::seconds(1));
            if let Err(refused) = during(day).or_else(|_| during(end)) {
                return self.fail(SelectiveStepName::Key, refused.sentence);
            }
        }
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
pub(super) struct Claims {
    pub(super) issuer: String,
    credential_type: String,
    from: Option<DateTime<Utc>>,
    expires: DateTime<Utc>,
    /// The list's address and the number on it.
    pub(super) status: Option<Result<(String, u64), &'static str>>,
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
