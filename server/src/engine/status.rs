//! Status lists: numbers for new credentials, revocations, the lists that are published (docs/STATUS.md).

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use signing::{
    code::CertificateNumber,
    credential::Kind,
    status::{Bitstring, Entry, LEAST_ENTRIES},
    verify::TrustBundle,
};
use storage::Revocation;

use super::Engine;
use crate::{failure::Failure, issue::StatusPlaces, random};

/// The numbers of a list, as many as hide one among the others.
const ENTRIES: u64 = LEAST_ENTRIES as u64;
/// So many numbers are reserved at a time: a restart wastes those that are left, which hides how many are used.
const AT_A_TIME: usize = 64;
/// A list with more numbers given out than this is closed to new ones: free numbers are found at random.
const FULL: u64 = ENTRIES / 2;
/// A list is signed anew after so long, and at once when something was revoked.
const SIGNED_ANEW_HOURS: i64 = 6;

/// Numbers that are reserved, and lists as they were signed last.
#[derive(Default)]
pub(super) struct Statuses {
    free: Mutex<Vec<(u64, u64)>>,
    signed: Mutex<BTreeMap<u64, Signed>>,
}

#[derive(Clone)]
struct Signed {
    revoked: usize,
    at: DateTime<Utc>,
    document: Value,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Both hold values that are whole at any time.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    /// Two numbers that nothing else has.
    pub(super) async fn status_places(&self) -> Result<StatusPlaces, Failure> {
        Ok(StatusPlaces { certificate: self.status_place().await?, cpd_record: self.status_place().await? })
    }

    pub(super) async fn status_place(&self) -> Result<(u64, u64), Failure> {
        if let Some(place) = lock(&self.statuses.free).pop() {
            return Ok(place);
        }
        let lists = self.store.status_lists(&self.tenant).await?;
        let (mut list, used) = lists.last().copied().unwrap_or((1, 0));
        if used > FULL {
            list += 1;
        }
        let mut wanted = Vec::with_capacity(AT_A_TIME);
        for _ in 0..AT_A_TIME {
            // 2^17 divides 2^64: the remainder is even.
            wanted.push(u64::from_le_bytes(random::bytes()?) % ENTRIES);
        }
        let free = self.store.reserve_status(&self.tenant, list, &wanted, self.now_ms()).await?;
        let mut kept = lock(&self.statuses.free);
        kept.extend(free.into_iter().map(|entry| (list, entry)));
        kept.pop()
            .ok_or_else(|| Failure::fault(format!("no number of status list {list} was free of {AT_A_TIME} tried")))
    }

    /// A status list, signed; `None` if there is none of this number.
    ///
    /// # Errors
    /// Faults of the database and of signing.
    pub async fn status_list(&self, list: u64) -> Result<Option<Value>, Failure> {
        let known = self.store.status_lists(&self.tenant).await?;
        if !known.iter().any(|(number, _)| *number == list) {
            return Ok(None);
        }
        self.signed_list(list).await.map(Some)
    }

    /// A list that is known to be there.
    async fn signed_list(&self, list: u64) -> Result<Value, Failure> {
        let revoked = self.store.revocations(&self.tenant, list).await?;
        let now = self.now();
        let still_good = |signed: &&Signed| {
            signed.revoked == revoked.len()
                && (Duration::zero()..Duration::hours(SIGNED_ANEW_HOURS)).contains(&(now - signed.at))
        };
        if let Some(signed) = lock(&self.statuses.signed).get(&list).filter(still_good) {
            return Ok(signed.document.clone());
        }
        let mut bits = Bitstring::new(LEAST_ENTRIES);
        revoked.iter().for_each(|revocation| bits.set(revocation.entry, true));
        let document = self.issuer.status_list(list, bits, now)?;
        let signed = Signed { revoked: revoked.len(), at: now, document: document.clone() };
        lock(&self.statuses.signed).insert(list, signed);
        Ok(document)
    }

    /// Whom this server vouches for, with its status lists: enough to verify without a network.
    ///
    /// # Errors
    /// As [`Self::status_list`].
    pub async fn trust_bundle(&self) -> Result<TrustBundle, Failure> {
        let mut bundle = self.issuer.trust_bundle(self.now());
        for (list, _) in self.store.status_lists(&self.tenant).await? {
            bundle.status_lists.push(self.signed_list(list).await?);
        }
        Ok(bundle)
    }

    /// Revokes a certificate, its CPD record, or both. What was revoked before stays as it was recorded then; gives all that
    /// is revoked of the certificate.
    ///
    /// # Errors
    /// A number that nothing was issued under, a document that is on no list, no reason, nobody who decided.
    pub async fn revoke(
        &self,
        number: &str,
        kinds: &[Kind],
        reason: &str,
        decided_by: &str,
    ) -> Result<Vec<Revocation>, RevokeError> {
        let number =
            CertificateNumber::parse(number).map_err(|error| RevokeError::Number(error.to_string()))?.to_string();
        for (what, text) in [("a reason", reason), ("who decided it", decided_by)] {
            if text.trim().is_empty() {
                return Err(RevokeError::Unsaid(what));
            }
        }
        let held = self.store.certificate(&self.tenant, &number).await.map_err(Failure::from)?;
        let issued = held.ok_or_else(|| RevokeError::Unknown(number.clone()))?.issued;
        let badges = self.store.badges_of(&self.tenant, &number).await.map_err(Failure::from)?;
        let mut documents = Vec::new();
        for &kind in kinds {
            match kind {
                // What was made of a certificate falls with it.
                Kind::Certificate => {
                    documents.push((kind, &issued.certificate, "certificate"));
                    documents.extend(badges.iter().map(|badge| (Kind::Badge, &badge.document, "badge")));
                }
                Kind::CpdRecord => documents.push((kind, &issued.cpd_record, "cpd_record")),
                Kind::Badge => documents.extend(badges.iter().map(|badge| (kind, &badge.document, "badge"))),
            }
        }
        let mut all = Vec::new();
        for (kind, document, name) in documents {
            let document: Value = serde_json::from_str(document).map_err(Failure::fault)?;
            let entry = Entry::of(&document).ok().and_then(|entries| entries.into_iter().next());
            let (list, entry) = entry
                .and_then(|entry| Some((entry.list.rsplit('/').next()?.parse().ok()?, entry.index)))
                .ok_or_else(|| RevokeError::OnNoList(kind.word()))?;
            all.push(Revocation {
                list,
                entry,
                number: number.clone(),
                document: name.to_owned(),
                reason: reason.trim().to_owned(),
                decided_by: decided_by.trim().to_owned(),
                revoked_at_ms: self.now_ms(),
            });
        }
        for revocation in &all {
            self.store.revoke(&self.tenant, revocation).await.map_err(Failure::from)?;
        }
        Ok(self.store.revocations_of(&self.tenant, &number).await.map_err(Failure::from)?)
    }
}

/// Why nothing was revoked.
#[derive(Debug, thiserror::Error)]
pub enum RevokeError {
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
    /// A fault here.
    #[error("{0}")]
    Fault(String),
}

impl From<Failure> for RevokeError {
    fn from(failure: Failure) -> Self {
        Self::Fault(match failure {
            Failure::Problem(problem) => problem.detail,
            Failure::Fault(what) => what,
        })
    }
}
