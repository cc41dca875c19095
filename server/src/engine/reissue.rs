//! Issuing anew what a compromised key had signed (docs/KEYS.md, «Compromise»).

use serde_json::Value;
use signing::{credential::Kind, json::one_or_several, keys::PublicKey};
use storage::{CertificateChange, CertificateRecord, CertificateState, Issuance};

use super::{
    Engine,
    instances::{ChangeError, Decided},
};
use crate::failure::Failure;

/// So many certificates are looked at, and written in one transaction, at a time.
const AT_A_TIME: u32 = 200;

/// What a reissue has come to so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reissued {
    /// Certificates looked at.
    pub seen: usize,
    /// Certificates with a new instance.
    pub reissued: usize,
}

impl Engine {
    /// Issues every certificate and CPD record anew that is signed by this key and not revoked: each number gets a successor
    /// signed by the current key, in the state that its predecessor had, and the predecessor's entries on status lists are set.
    ///
    /// What is done is found by what is there: cut short, it is asked for again and goes on where it was. `progress` is told
    /// after every batch, which then is durable.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn reissue(
        &self,
        key: &PublicKey,
        reason: &str,
        by: &str,
        progress: &mut (dyn FnMut(Reissued) + Send),
    ) -> Result<Reissued, ChangeError> {
        let decided = self.decided_by(reason, by)?;
        let mut done = Reissued::default();
        let mut last = String::new();
        loop {
            let page = self.store.certificates_after(&self.tenant, &last, AT_A_TIME).await?;
            let Some(end) = page.last() else { return Ok(done) };
            let mut changes = Vec::new();
            for live in &page {
                changes.extend(self.successor_of(live, key, &decided).await?);
            }
            let made = self.store.change_certificates(&self.tenant, &changes).await?;
            // Others were quicker: what they made is looked at again.
            if made.contains(&false) {
                done.reissued += made.iter().filter(|made| **made).count();
                continue;
            }
            last.clone_from(&end.issued.number);
            done.seen += page.len();
            done.reissued += made.len();
            progress(done);
        }
    }

    /// The change that a live instance needs, if the key signed it and it stands.
    async fn successor_of(
        &self,
        live: &CertificateRecord,
        key: &PublicKey,
        decided: &Decided<'_>,
    ) -> Result<Option<CertificateChange>, ChangeError> {
        let issued = &live.issued;
        let by_key = [signed_by(&issued.certificate, key)?, signed_by(&issued.cpd_record, key)?];
        if by_key == [false, false] {
            return Ok(None);
        }
        let revoked = self.store.revocations_of(&self.tenant, &issued.number).await?;
        let record = decided.revocation(issued, Kind::CpdRecord)?;
        let record_revoked = record
            .as_ref()
            .is_some_and(|record| revoked.iter().any(|one| (one.list, one.entry) == (record.list, record.entry)));
        // A suspended certificate is signed anew when it is reinstated.
        let certificate = by_key[0] && live.state == CertificateState::Active;
        let record_too = by_key[1] && !record_revoked;
        if !certificate && !record_too {
            return Ok(None);
        }
        let mut next = Issuance { issued_at_ms: decided.at_ms, ..issued.clone() };
        let mut revocations = Vec::new();
        if certificate {
            next.certificate = self.issuer.successor(&issued.certificate, self.status_place().await?, self.now())?;
            revocations.extend(decided.revocation(issued, Kind::Certificate)?);
        }
        if record_too {
            next.cpd_record = self.issuer.successor(&issued.cpd_record, self.status_place().await?, self.now())?;
            revocations.extend(record);
        }
        let change = decided.change(live, CertificateState::Superseded);
        Ok(Some(CertificateChange { revocations, successor: Some((next, live.state)), ..change }))
    }
}

/// Whether a document carries a proof that names this key.
fn signed_by(document: &str, key: &PublicKey) -> Result<bool, Failure> {
    let document: Value = serde_json::from_str(document).map_err(Failure::fault)?;
    let fragment = key.to_string();
    let named = |proof: &Value| {
        let method = proof.get("verificationMethod").and_then(Value::as_str);
        method.and_then(|method| method.rsplit_once('#')).is_some_and(|(_, named)| named == fragment)
    };
    Ok(document.get("proof").is_some_and(|proof| one_or_several(proof).iter().any(named)))
}
