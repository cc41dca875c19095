//! What holders do with a certificate: a badge without their name, a page that they make public (docs/CARRIERS.md).

use api::{IssuedBadge, MatchState, ProblemCode, Sharing};
use base64::{Engine as _, prelude::BASE64_STANDARD, prelude::BASE64_URL_SAFE_NO_PAD};
use storage::{CertificateRecord, CertificateState};

use super::Engine;
use crate::{failure::Failure, random};

/// The most badges of one certificate: each takes a place on a status list.
const MOST_BADGES: usize = 10;

/// What a public page shows.
pub struct Shared {
    /// The certificate.
    pub record: CertificateRecord,
    /// Whether it is valid today.
    pub state: MatchState,
}

impl Engine {
    /// Issues a badge that does not name the holder of an attempt's certificate.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] without a certificate, [`ProblemCode::NotInForce`] for one that is revoked or suspended,
    /// [`ProblemCode::TooManyTries`] after as many as a certificate may have.
    pub async fn issue_badge(&self, attempt: &str) -> Result<IssuedBadge, Failure> {
        let record = self.certificate_of(attempt).await?;
        let refuse = |what: &str| {
            Failure::new(ProblemCode::NotInForce, format!("this certificate {what}: no badge is made of it"))
        };
        match self.state_of_certificate(&record)? {
            MatchState::Revoked => return Err(refuse("was revoked")),
            MatchState::Suspended => return Err(refuse("is suspended")),
            MatchState::Valid | MatchState::Expired => {}
        }
        let issued = record.issued;
        if self.store.badges_of(&self.tenant, &issued.number).await?.len() >= MOST_BADGES {
            let detail = format!("{MOST_BADGES} badges were made of this certificate, which is as many as it may have");
            return Err(Failure::new(ProblemCode::TooManyTries, detail));
        }
        let badge = self.issuer.nameless(&issued, self.status_place().await?, self.now())?;
        let document = &badge.record.document;
        let answer = IssuedBadge {
            badge: serde_json::from_str(document).map_err(Failure::fault)?,
            svg: self.issuer.baked_svg(document)?,
            png: BASE64_STANDARD.encode(self.issuer.baked_png(document)?),
            salt: badge.salt,
        };
        self.store.keep_badge(&self.tenant, &badge.record).await?;
        Ok(answer)
    }

    /// Whether the page of an attempt's certificate is public.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] without a certificate.
    pub async fn sharing(&self, attempt: &str) -> Result<Sharing, Failure> {
        let number = self.certificate_of(attempt).await?.issued.number;
        let token = self.store.share_of(&self.tenant, &number).await?;
        Ok(Sharing { address: token.map(|token| self.shared_address(&token)) })
    }

    /// Makes the page of an attempt's certificate public, or takes it back.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] without a certificate.
    pub async fn set_sharing(&self, attempt: &str, public: bool) -> Result<Sharing, Failure> {
        let number = self.certificate_of(attempt).await?.issued.number;
        if !public {
            self.store.unshare(&self.tenant, &number).await?;
            return Ok(Sharing { address: None });
        }
        // 128 bits: nobody finds a page that was not given to them.
        let token = BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<16>()?);
        let token = self.store.share(&self.tenant, &number, &token, self.now_ms()).await?;
        Ok(Sharing { address: Some(self.shared_address(&token)) })
    }

    /// The certificate whose page is public under a token.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn shared(&self, token: &str) -> Result<Option<Shared>, Failure> {
        let Some(number) = self.store.shared(&self.tenant, token).await? else { return Ok(None) };
        let Some(record) = self.store.certificate(&self.tenant, &number).await? else { return Ok(None) };
        let state = self.state_of_certificate(&record)?;
        Ok(Some(Shared { record, state }))
    }

    fn shared_address(&self, token: &str) -> String {
        format!("{}/c/{token}", self.config.public_url.trim_end_matches('/'))
    }

    /// Whether the live instance of a certificate is valid today.
    fn state_of_certificate(&self, record: &CertificateRecord) -> Result<MatchState, Failure> {
        let until = self.issuer.facts(&record.issued.certificate)?.valid_until;
        Ok(match record.state {
            CertificateState::Revoked => MatchState::Revoked,
            CertificateState::Suspended => MatchState::Suspended,
            // The live instance of a number has no successor.
            CertificateState::Active | CertificateState::Superseded if until.is_none_or(|until| self.now() < until) => {
                MatchState::Valid
            }
            CertificateState::Active | CertificateState::Superseded => MatchState::Expired,
        })
    }
}
