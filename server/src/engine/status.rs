//! Status lists: numbers for new credentials, revocations, the lists that are published (docs/STATUS.md).

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use signing::{
    status::{Bitstring, LEAST_ENTRIES},
    verify::TrustBundle,
};

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
    list: SignedList,
}

/// A status list in each of the forms in which it is published.
#[derive(Clone, Debug)]
pub struct SignedList {
    /// With proofs in it.
    pub document: Value,
    /// The same as a token.
    pub jwt: String,
    /// The same bits as a token for tokens.
    pub token: String,
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

    /// A number that nothing else has.
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
    pub async fn status_list(&self, list: u64) -> Result<Option<SignedList>, Failure> {
        // Lists are never taken away; to look for one counts all numbers that were given out.
        let seen = lock(&self.statuses.signed).contains_key(&list);
        if !seen && !self.store.status_lists(&self.tenant).await?.iter().any(|(number, _)| *number == list) {
            return Ok(None);
        }
        self.signed_list(list).await.map(Some)
    }

    /// A list that is known to be there.
    async fn signed_list(&self, list: u64) -> Result<SignedList, Failure> {
        let revoked = self.store.revocations(&self.tenant, list).await?;
        let now = self.now();
        let still_good = |signed: &&Signed| {
            signed.revoked == revoked.len()
                && (Duration::zero()..Duration::hours(SIGNED_ANEW_HOURS)).contains(&(now - signed.at))
        };
        if let Some(signed) = lock(&self.statuses.signed).get(&list).filter(still_good) {
            return Ok(signed.list.clone());
        }
        let mut bits = Bitstring::new(LEAST_ENTRIES);
        revoked.iter().for_each(|revocation| bits.set(revocation.entry, true));
        let document = self.issuer.status_list(list, bits.clone(), now)?;
        let jwt = self.issuer.jwt(&document.to_string(), now)?;
        let made = SignedList { jwt, document, token: self.issuer.token_list(list, bits, now)? };
        let signed = Signed { revoked: revoked.len(), at: now, list: made.clone() };
        lock(&self.statuses.signed).insert(list, signed);
        Ok(made)
    }

    /// Whom this server vouches for, with its status lists: enough to verify without a network.
    ///
    /// # Errors
    /// As [`Self::status_list`].
    pub async fn trust_bundle(&self) -> Result<TrustBundle, Failure> {
        let mut bundle = self.issuer.trust_bundle(self.now());
        bundle.logs.push(self.log.trusted(&self.issuer.did_document().id));
        for (list, _) in self.store.status_lists(&self.tenant).await? {
            let signed = self.signed_list(list).await?;
            bundle.status_lists.extend([signed.document, signed.token.into()]);
        }
        Ok(bundle)
    }
}
