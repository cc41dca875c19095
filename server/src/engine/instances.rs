//! What becomes of a certificate after it was issued: suspended, reinstated, revoked (docs/CREDENTIAL.md, «Instances»).

use serde_json::Value;
use signing::{code::CertificateNumber, credential::Kind, status::Entry};
use storage::{BadgeRecord, CertificateChange, CertificateRecord, CertificateState, Issuance, Revocation};

use super::Engine;
use crate::failure::Failure;

/// Judged again at most so often, if others change the same certificate at the same moment.
const TRIES: usize = 4;

/// Why a certificate was not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// A text that is no certificate number.
    #[error("{0}")]
    Number(String),
    /// A number that nothing was issued under.
    #[error("no certificate {0} was issued here")]
    Unknown(String),
    /// It was issued before there were lists.
    #[error("the {0} is on no status list, so that no verifier could see its revocation")]
    OnNoList(&'static str),
    /// Something is not said.
    #[error("say {0}")]
    Unsaid(&'static str),
    /// Its state does not allow it.
    #[error("certificate {number} is {state} and cannot be {wanted}")]
    State {
        /// The number.
        number: String,
        /// What it is.
        state: &'static str,
        /// What it was to be.
        wanted: &'static str,
    },
    /// A fault here.
    #[error("{0}")]
    Fault(String),
}

impl From<Failure> for ChangeError {
    fn from(failure: Failure) -> Self {
        Self::Fault(match failure {
            Failure::Problem(problem) => problem.detail,
            Failure::Fault(what) => what,
        })
    }
}

impl From<storage::StoreError> for ChangeError {
    fn from(error: storage::StoreError) -> Self {
        Self::Fault(error.to_string())
    }
}

/// Who decided something, and why.
pub(super) struct Decided<'a> {
    pub(super) reason: &'a str,
    pub(super) by: &'a str,
    pub(super) at_ms: i64,
}

impl Decided<'_> {
    /// A change of a live instance to another state.
    pub(super) fn change(&self, live: &CertificateRecord, to: CertificateState) -> CertificateChange {
        CertificateChange {
            number: live.issued.number.clone(),
            instance: live.instance,
            from: live.state,
            to,
            reason: self.reason.to_owned(),
            decided_by: self.by.to_owned(),
            changed_at_ms: self.at_ms,
            revocations: Vec::new(),
            successor: None,
        }
    }

    /// The revocation of one of the two documents of an instance; `None` for one that is on no list, and for badges, which an
    /// instance does not have in it.
    pub(super) fn revocation(&self, issued: &Issuance, kind: Kind) -> Result<Option<Revocation>, Failure> {
        let (document, name) = match kind {
            Kind::Certificate => (&issued.certificate, "certificate"),
            Kind::CpdRecord => (&issued.cpd_record, "cpd_record"),
            Kind::Badge => return Ok(None),
        };
        let document: Value = serde_json::from_str(document).map_err(Failure::fault)?;
        let entry = Entry::of(&document).ok().and_then(|entries| entries.into_iter().next());
        let place = entry.and_then(|entry| Some((entry.list.rsplit('/').next()?.parse().ok()?, entry.index)));
        Ok(place.map(|(list, entry)| Revocation {
            list,
            entry,
            number: issued.number.clone(),
            document: name.to_owned(),
            reason: self.reason.to_owned(),
            decided_by: self.by.to_owned(),
            revoked_at_ms: self.at_ms,
        }))
    }

    /// The revocation of a badge.
    fn of_badge(&self, badge: &BadgeRecord) -> Revocation {
        Revocation {
            list: badge.list,
            entry: badge.entry,
            number: badge.number.clone(),
            document: "badge".to_owned(),
            reason: self.reason.to_owned(),
            decided_by: self.by.to_owned(),
            revoked_at_ms: self.at_ms,
        }
    }
}

impl Engine {
    pub(super) fn decided_by<'a>(&self, reason: &'a str, by: &'a str) -> Result<Decided<'a>, ChangeError> {
        for (what, text) in [("a reason", reason), ("who decided it", by)] {
            if text.trim().is_empty() {
                return Err(ChangeError::Unsaid(what));
            }
        }
        Ok(Decided { reason: reason.trim(), by: by.trim(), at_ms: self.now_ms() })
    }

    async fn live(&self, number: &str) -> Result<CertificateRecord, ChangeError> {
        let number =
            CertificateNumber::parse(number).map_err(|error| ChangeError::Number(error.to_string()))?.to_string();
        let held = self.store.certificate(&self.tenant, &number).await?;
        held.ok_or(ChangeError::Unknown(number))
    }

    /// Makes a change, unless somebody else did before. Whether it was made.
    async fn make(&self, change: CertificateChange) -> Result<bool, ChangeError> {
        let made = self.store.change_certificates(&self.tenant, std::slice::from_ref(&change)).await?;
        Ok(made == [true])
    }

    /// Suspends a certificate: its instance is revoked, with the badges made of it, and verifiers see that. Its CPD record stands. Gives the instance as it
    /// is then; one that is suspended already stays as it was.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn suspend(&self, number: &str, reason: &str, by: &str) -> Result<CertificateRecord, ChangeError> {
        let decided = self.decided_by(reason, by)?;
        for _ in 0..TRIES {
            let live = self.live(number).await?;
            match live.state {
                CertificateState::Active => {}
                CertificateState::Suspended => return Ok(live),
                state => return Err(refused(&live, state, "suspended")),
            }
            let revocation = decided.revocation(&live.issued, Kind::Certificate)?;
            let revocation = revocation.ok_or(ChangeError::OnNoList(Kind::Certificate.word()))?;
            let change = decided.change(&live, CertificateState::Suspended);
            if self.make(CertificateChange { revocations: vec![revocation], ..change }).await? {
                return self.live(number).await;
            }
        }
        Err(busy(number))
    }

    /// Ends a suspension: a successor is issued under the same number, which the revocation of its predecessor does not touch.
    /// Gives the successor; of a certificate that is active, what there is.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn reinstate(&self, number: &str, reason: &str, by: &str) -> Result<CertificateRecord, ChangeError> {
        let decided = self.decided_by(reason, by)?;
        for _ in 0..TRIES {
            let live = self.live(number).await?;
            match live.state {
                CertificateState::Suspended => {}
                CertificateState::Active => return Ok(live),
                state => return Err(refused(&live, state, "reinstated")),
            }
            let place = self.status_place().await?;
            let certificate = self.issuer.successor(&live.issued.certificate, place, self.now())?;
            let next = Issuance { certificate, issued_at_ms: decided.at_ms, ..live.issued.clone() };
            let change = decided.change(&live, CertificateState::Superseded);
            let successor = Some((next, CertificateState::Active));
            if self.make(CertificateChange { successor, ..change }).await? {
                return self.live(number).await;
            }
        }
        Err(busy(number))
    }

    /// Revokes a certificate, its CPD record, or both, for good; the badges made of the certificate fall with it, or alone. What was revoked before stays as it was recorded then; gives all
    /// that is revoked under the number, of earlier instances too.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn revoke(
        &self,
        number: &str,
        kinds: &[Kind],
        reason: &str,
        by: &str,
    ) -> Result<Vec<Revocation>, ChangeError> {
        let decided = self.decided_by(reason, by)?;
        for _ in 0..TRIES {
            let live = self.live(number).await?;
            let mut revocations = Vec::new();
            for &kind in kinds {
                if kind == Kind::Badge {
                    let badges = self.store.badges_of(&self.tenant, &live.issued.number).await?;
                    revocations.extend(badges.iter().map(|badge| decided.of_badge(badge)));
                    continue;
                }
                let revocation = decided.revocation(&live.issued, kind)?;
                revocations.push(revocation.ok_or(ChangeError::OnNoList(kind.word()))?);
            }
            // The certificate's own state changes with it, the record has none.
            let stands = live.state != CertificateState::Revoked;
            let made = if stands && kinds.contains(&Kind::Certificate) {
                let change = decided.change(&live, CertificateState::Revoked);
                self.make(CertificateChange { revocations, ..change }).await?
            } else {
                for revocation in &revocations {
                    self.store.revoke(&self.tenant, revocation).await?;
                }
                true
            };
            if made {
                return Ok(self.store.revocations_of(&self.tenant, &live.issued.number).await?);
            }
        }
        Err(busy(number))
    }
}

fn refused(live: &CertificateRecord, state: CertificateState, wanted: &'static str) -> ChangeError {
    ChangeError::State { number: live.issued.number.clone(), state: state.as_str(), wanted }
}

fn busy(number: &str) -> ChangeError {
    ChangeError::Fault(format!("certificate {number} was changed by others each time when it was to be changed"))
}
