//! A certificate that came as JWT: the same steps, with one signature over all of it in place of two proofs.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value};

use super::{Form, Step, StepName, StepOutcome, Steps, TOLERANCE_MINUTES, TrustedIssuer, sentences};
use crate::{
    jose::{JoseError, Jws, Likely, VcJwt},
    ld::{self, LdError, Limits},
    proof::ProofError,
};

const READABLE: &str = "The file can be read: it is a certificate in the form for wallets (JWT).";
const SELECTIVE: &str = "This is a certificate of which parts are shown to one verifier, in answer to his question. It is \
    checked together with that question: invigil certificate selective verify.";

/// The form that a file has, once it was read.
pub(super) fn form(bytes: &[u8], steps: &[Step]) -> Option<Form> {
    let is_readable = steps.first().is_some_and(|step| step.outcome == StepOutcome::Passed);
    is_readable.then(|| if Likely::of(bytes).is_some() { Form::Jwt } else { Form::Json })
}

/// Words that a credential's contexts do not know are refused here as they are in a document with proofs: the signature covers
/// them, but another reader may drop them.
pub(super) fn known_words(credential: &Value) -> Result<(), LdError> {
    let none = Map::new();
    let context = credential.get("@context").unwrap_or(&Value::Null);
    ld::check(credential.as_object().unwrap_or(&none), context, &[], &Limits::default())
}

impl Steps<'_> {
    /// The step `readable`, and what `kind` says of tokens.
    pub(super) fn token<'a>(&mut self, likely: Likely<'a>) -> Option<(Value, Option<VcJwt<'a>>)> {
        let text = match likely {
            Likely::Jwt(text) => text,
            Likely::SdJwt(_) => {
                self.fail(StepName::Readable, SELECTIVE);
                return None;
            }
        };
        let token = match Jws::read(text) {
            Ok(token) => token,
            Err(error) => {
                self.fail(StepName::Readable, format!("The file cannot be read: {}.", sentences::short(&error)));
                return None;
            }
        };
        self.pass(StepName::Readable, READABLE);
        match VcJwt::of(token) {
            Ok(mut token) => Some((std::mem::take(&mut token.credential), Some(token))),
            Err(error) => {
                let why = sentences::short(&error);
                self.fail(StepName::Kind, format!("The file is no certificate of this kind: {why}."));
                None
            }
        }
    }

    /// The steps `key`, `signature` and `key_window` for a token. It has no end of its own beside the certificate's.
    pub(super) fn token_signature(
        &mut self,
        token: &VcJwt<'_>,
        credential: &Value,
        issuer: &TrustedIssuer,
        now: DateTime<Utc>,
    ) -> Option<Option<DateTime<Utc>>> {
        let windows = self.windows(issuer)?;
        let method = match token.kid() {
            Ok(method) => method,
            Err(error) => {
                let why = sentences::short(&error);
                self.fail(StepName::Key, format!("It cannot be traced to its issuer: {why}."));
                return None;
            }
        };
        let key = self.key(method, issuer, windows, now)?;
        self.pass(StepName::Key, sentences::KEY);
        let fault = match token.verify(&key) {
            Ok(()) => known_words(credential).err().map(|error| sentences::bad_signature(&ProofError::Document(error))),
            Err(JoseError::Mismatch) => Some(sentences::bad_signature(&ProofError::Mismatch)),
            Err(error) => Some(format!("The signature does not count: {}.", sentences::short(&error))),
        };
        if let Some(sentence) = fault {
            self.fail(StepName::Signature, sentence);
            return None;
        }
        if token.created().is_some_and(|created| created > now + Duration::minutes(TOLERANCE_MINUTES)) {
            self.fail(StepName::Signature, sentences::SIGNED_IN_FUTURE);
            return None;
        }
        self.pass(StepName::Signature, sentences::SIGNATURE);
        self.key_window(&[(&key, token.created())], windows)?;
        Some(None)
    }
}
