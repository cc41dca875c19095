//! Certificates of which parts can be shown, for holders who prove that they have a key (docs/JOSE.md).

use api::{PossessionNonce, ProblemCode, SelectiveIssued};
use signing::jose::possession;
use storage::{CertificateRecord, CertificateState, Selective};

use super::Engine;
use crate::{failure::Failure, token::Purpose};

/// How long a nonce is good, in milliseconds.
const NONCE_MS: i64 = 5 * 60 * 1_000;
/// So many forms of one certificate are issued: each takes a number on a status list.
const MOST: u64 = 32;

/// Who asks for a form of a certificate.
#[derive(Clone, Copy, Debug)]
pub enum Selected<'a> {
    /// The holder, by the attempt; the proof answers a nonce that was given out for it.
    Holder(&'a str),
    /// The issuer's staff, by the certificate's number.
    Staff(&'a str),
}

impl Engine {
    /// What a proof of possession has to answer.
    pub fn possession_nonce(&self, attempt: &str) -> PossessionNonce {
        PossessionNonce {
            nonce: self.tokens.issue(Purpose::Possession, attempt, self.now_ms().saturating_add(NONCE_MS)),
            audience: self.issuer.did().to_owned(),
        }
    }

    /// Issues a form of a certificate of which parts can be shown, bound to the key of the proof.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`], [`ProblemCode::ProofRefused`], [`ProblemCode::NotInForce`], [`ProblemCode::TooManyTries`].
    pub async fn issue_selective(&self, of: Selected<'_>, proof: &str) -> Result<SelectiveIssued, Failure> {
        let CertificateRecord { issued, state, .. } = self.selected(of).await?;
        let refuse = |why: &str| Failure::new(ProblemCode::ProofRefused, format!("the proof does not count: {why}"));
        let proven = possession::check(proof.trim(), self.issuer.did(), self.now());
        let proven = proven.map_err(|error| refuse(&error.to_string()))?;
        if let Selected::Holder(attempt) = of {
            let nonce = proven.nonce.unwrap_or_default();
            if self.tokens.subject(Purpose::Possession, &nonce, self.now_ms()) != Some(attempt) {
                return Err(refuse("it does not answer the nonce of this address, or that is too old"));
            }
        }
        // What was revoked of earlier instances says nothing of this one.
        match state {
            CertificateState::Active | CertificateState::Superseded => {}
            CertificateState::Revoked => {
                return Err(Failure::new(ProblemCode::NotInForce, "the certificate was revoked"));
            }
            CertificateState::Suspended => {
                return Err(Failure::new(ProblemCode::NotInForce, "the certificate is suspended"));
            }
        }
        if self.store.selectives_of(&self.tenant, &issued.number).await? >= MOST {
            let detail = format!("this certificate was issued in this form {MOST} times already; ask the exam body");
            return Err(Failure::new(ProblemCode::TooManyTries, detail));
        }
        let (list, entry) = self.status_place().await?;
        let made = self.issuer.selective(&issued.certificate, proven.key, (list, entry), self.now())?;
        let (credential, claims) = made.map_err(|error| Failure::new(ProblemCode::NotInForce, error.to_string()))?;
        // Recorded before it is handed out: a revocation finds it.
        let selective = Selective { number: issued.number, list, entry, issued_at_ms: self.now_ms() };
        self.store.record_selective(&self.tenant, &selective).await?;
        Ok(SelectiveIssued { credential, claims })
    }

    async fn selected(&self, of: Selected<'_>) -> Result<CertificateRecord, Failure> {
        match of {
            Selected::Holder(attempt) => self.certificate_of(attempt).await,
            Selected::Staff(number) => {
                let none = || Failure::new(ProblemCode::NotFound, format!("no certificate {number} was issued here"));
                let number = signing::code::CertificateNumber::parse(number).map_err(|_| none())?.to_string();
                self.store.certificate(&self.tenant, &number).await?.ok_or_else(none)
            }
        }
    }
}
