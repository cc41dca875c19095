//! What a candidate learns: outcome, domain bands, what comes next. Never a key, never a domain's count.

use api::{
    AttemptRow, AttemptState, DomainBand, IssuedDocuments, ProblemCode, Resulting, Retake, SittingResult, SittingRow,
};
use storage::{CertificateRecord, DecisionRecord, Outcome};

use super::{Engine, decide::Decision};
use crate::{clock::from_ms, failure::Failure, issue::ProfileLink};

impl Engine {
    /// The result of an attempt that was handed in.
    ///
    /// # Errors
    /// [`ProblemCode::NoResultYet`].
    pub async fn result(&self, attempt: &str) -> Result<SittingResult, Failure> {
        let record = self.decided(attempt).await?;
        let decision = read(&record)?;
        let certificate = self.store.certificate_of(&self.tenant, attempt).await?;
        let domains = decision.score.domains.iter().map(|domain| DomainBand {
            domain: domain.domain.clone(),
            title: domain.title.clone(),
            band: domain.band_title.clone(),
            weak: domain.weak,
        });
        let retake = decision
            .earliest_retake
            .map(|earliest| Retake { attempt_number: decision.attempt_number.saturating_add(1), earliest });
        let referred = record.outcome == Outcome::Referred;
        Ok(SittingResult {
            outcome: outcome(record.outcome),
            // While a person has to decide, bands and reasons would tell which way it may go.
            domains: if referred { Vec::new() } else { domains.collect() },
            decided_at: Some(from_ms(record.decided_at_ms)),
            retake,
            cpd_credits: match &certificate {
                Some(certificate) => self.issuer.facts(&certificate.issued.cpd_record)?.cpd.map(|cpd| cpd.credits),
                None => None,
            },
            certificate_number: certificate.map(|certificate| certificate.issued.number),
        })
    }

    /// The certificate and CPD record of an attempt that passed.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`] if there is none.
    pub async fn documents(&self, attempt: &str) -> Result<IssuedDocuments, Failure> {
        let issued = self.certificate_of(attempt).await?.issued;
        let read = |text: &str| serde_json::from_str(text).map_err(Failure::fault);
        let facts = self.issuer.facts(&issued.certificate)?;
        let verify_at = self.issuer.verify_at();
        let link = ProfileLink { facts: &facts, issuer: &self.config.issuer.name, verify_at: &verify_at };
        Ok(IssuedDocuments {
            add_to_profile: link.linkedin(),
            certificate_jwt: self.issuer.jwt(&issued.certificate, self.now())?,
            cpd_record_jwt: self.issuer.jwt(&issued.cpd_record, self.now())?,
            certificate: read(&issued.certificate)?,
            cpd_record: read(&issued.cpd_record)?,
            number: issued.number,
        })
    }

    /// The certificate of an attempt, as recorded.
    ///
    /// # Errors
    /// [`ProblemCode::NotFound`].
    pub async fn certificate_of(&self, attempt: &str) -> Result<CertificateRecord, Failure> {
        let none = || Failure::new(ProblemCode::NotFound, "no certificate was issued on this attempt");
        self.store.certificate_of(&self.tenant, attempt).await?.ok_or_else(none)
    }

    /// Every sitting with its attempts, for the office.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn overview(&self) -> Result<Vec<SittingRow>, Failure> {
        let mut rows = Vec::new();
        for sitting in self.store.sittings(&self.tenant).await? {
            let mut attempts = Vec::new();
            for attempt in self.store.roster(&self.tenant, &sitting.id).await? {
                let id = &attempt.scheduled.id;
                let decision = self.store.decision(&self.tenant, id).await?;
                let certificate = self.store.certificate_of(&self.tenant, id).await?;
                attempts.push(AttemptRow {
                    attempt: id.clone(),
                    candidate: attempt.scheduled.candidate_name.clone(),
                    state: match self.state_of(&attempt).await {
                        Ok(state) => state,
                        // One damaged journal must not hide all the others.
                        Err(failure) => {
                            tracing::error!(attempt = id, ?failure, "the state of an attempt cannot be told");
                            AttemptState::Sitting
                        }
                    },
                    started_at: attempt.started_at_ms.map(from_ms),
                    journal_count: attempt.journal_count,
                    raw_score: decision.as_ref().map(|decision| decision.raw_score),
                    outcome: decision.map(|decision| outcome(decision.outcome)),
                    certificate_number: certificate.map(|certificate| certificate.issued.number),
                });
            }
            rows.push(SittingRow {
                id: sitting.id,
                title: sitting.title,
                opens_at: from_ms(sitting.opens_at_ms),
                closes_at: from_ms(sitting.closes_at_ms),
                attempts,
            });
        }
        Ok(rows)
    }
}

fn read(record: &DecisionRecord) -> Result<Decision, Failure> {
    serde_json::from_str(&record.record)
        .map_err(|error| Failure::fault(format!("the decision on {} cannot be read: {error}", record.attempt)))
}

fn outcome(outcome: Outcome) -> Resulting {
    match outcome {
        Outcome::Pass => Resulting::Pass,
        Outcome::Fail => Resulting::Fail,
        Outcome::Referred => Resulting::Referred,
    }
}
