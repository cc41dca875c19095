//! Looking a certificate up by last name and number. One answer for everything that does not match.

use api::{Lookup, LookupAnswer, LookupMatch, MatchState};
use signing::{code::CertificateNumber, name};
use storage::CertificateState;

use super::Engine;
use crate::failure::Failure;

impl Engine {
    /// The certificate with this number, if its holder has this last name.
    ///
    /// # Errors
    /// Faults of the database only: what does not match is answered with nothing.
    pub async fn look_up(&self, lookup: &Lookup) -> Result<LookupAnswer, Failure> {
        let as_of = self.now();
        let none = LookupAnswer { found: None, as_of };
        let Ok(number) = CertificateNumber::parse(&lookup.number) else { return Ok(none) };
        let Some(record) = self.store.certificate(&self.tenant, &number.to_string()).await? else { return Ok(none) };
        let last_name = name::fold(&lookup.last_name);
        if last_name.is_empty() || record.issued.lookup_name != last_name {
            return Ok(none);
        }
        let facts = self.issuer.facts(&record.issued.certificate)?;
        let endless = || Failure::fault(format!("certificate {number} has no date of expiry"));
        let valid_until = facts.valid_until.ok_or_else(endless)?;
        Ok(LookupAnswer {
            found: Some(LookupMatch {
                holder: facts.holder,
                credential: facts.credential,
                issuer: self.config.issuer.name.clone(),
                number: record.issued.number,
                valid_from: facts.valid_from,
                valid_until,
                state: match record.state {
                    CertificateState::Revoked => MatchState::Revoked,
                    CertificateState::Suspended => MatchState::Suspended,
                    // The live instance of a number has no successor.
                    CertificateState::Active | CertificateState::Superseded if as_of < valid_until => MatchState::Valid,
                    CertificateState::Active | CertificateState::Superseded => MatchState::Expired,
                },
                demonstration: facts.demonstration,
            }),
            as_of,
        })
    }
}
