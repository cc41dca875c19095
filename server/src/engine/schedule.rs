//! From a roster to drawn forms, admission codes and the commitment to publish.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use question_bank::{CandidateSecret, Commitment, DrawError, Drawer, assemble_form};
use sha2::{Digest as _, Sha256};
use signing::{code::Code80, name};
use sitting::Manifest;
use storage::{NewAttempt, NewSitting};

use super::Engine;
use crate::random;

/// One place on a roster.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The exam body's own name for the person.
    pub candidate: String,
    /// The name for the certificate.
    pub name: String,
    /// The name that a certificate is looked up by; a person with one name has it here too.
    pub last_name: String,
    /// Which attempt at this scheme it is, from 1.
    #[serde(default = "one")]
    pub attempt: u32,
    /// The day of the first attempt, for a later one.
    #[serde(default)]
    pub first_attempt: Option<NaiveDate>,
    /// Granted extra time.
    #[serde(default)]
    pub extra_minutes: u32,
}

fn one() -> u32 {
    1
}

/// A sitting as scheduled: what the office hands out and what it publishes.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Scheduled {
    /// The sitting's id.
    pub sitting: String,
    /// One entry a candidate, in the order of the roster.
    pub admissions: Vec<Admission>,
    /// To be published before the sitting opens.
    pub commitment: Commitment,
}

/// A candidate's admission. The code is nowhere else: the store keeps its hash.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Admission {
    /// The attempt.
    pub attempt: String,
    /// The candidate's name.
    pub name: String,
    /// The code to hand over at the identity check.
    pub code: String,
}

/// Why a sitting cannot be scheduled.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The roster or the window makes no sense.
    #[error("{0}")]
    Input(String),
    /// The bank cannot fill the blueprint.
    #[error("{0}")]
    Draw(#[from] DrawError),
    /// A form could not be put together.
    #[error("{0}")]
    Assemble(#[from] question_bank::AssembleError),
    /// A document could not be written.
    #[error("{0}")]
    Canonical(#[from] signing::jcs::CanonicalError),
    /// The scheme could not be written down.
    #[error("{0}")]
    Scheme(#[from] serde_json::Error),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] random::NoRandomness),
    /// The database.
    #[error(transparent)]
    Store(#[from] storage::StoreError),
}

/// The SHA-256 by which the store knows an admission code.
pub(super) fn code_hash(code: &Code80) -> [u8; 32] {
    Sha256::digest(code.to_string().as_bytes()).into()
}

impl Engine {
    /// Draws every candidate's form and records the sitting.
    ///
    /// # Errors
    /// [`ScheduleError`]; then nothing was recorded.
    pub async fn schedule(
        &self,
        title: &str,
        opens_at: DateTime<Utc>,
        closes_at: DateTime<Utc>,
        places: &[Place],
    ) -> Result<Scheduled, ScheduleError> {
        check(opens_at, closes_at, places)?;
        let scheme = self.bank.scheme();
        // An item must still be good on the last day somebody can meet it.
        let (pool, _) = self.bank.pool(closes_at.date_naive());
        let blueprint = scheme.blueprint();
        let drawer = Drawer::new(&pool, &blueprint)?;
        let sitting = uuid::Uuid::now_v7().to_string();

        let mut secrets = BTreeMap::new();
        let mut roster = Vec::new();
        let mut admissions = Vec::new();
        for place in places {
            let attempt = uuid::Uuid::now_v7().to_string();
            let draw_secret: [u8; 32] = random::bytes()?;
            let secret = CandidateSecret::new(draw_secret);
            let draw = drawer.draw(&secret, &attempt)?;
            let (form, plan) = assemble_form(&self.bank, &draw)?;
            let minutes = u64::from(scheme.exam.duration_minutes.value) + u64::from(place.extra_minutes);
            let manifest = Manifest::for_form(&form, &attempt, &sitting, &scheme.id, minutes * 60_000)?;
            let code = Code80::from_bytes(random::bytes()?);
            roster.push(NewAttempt {
                id: attempt.clone(),
                sitting: sitting.clone(),
                candidate_ref: place.candidate.clone(),
                candidate_name: place.name.clone(),
                family_name: place.last_name.clone(),
                attempt_number: place.attempt,
                first_attempt_at_ms: place
                    .first_attempt
                    .map(|day| day.and_time(Default::default()).and_utc().timestamp_millis()),
                code_hash: code_hash(&code),
                draw_secret,
                extra_ms: i64::from(place.extra_minutes) * 60_000,
                draw: signing::jcs::to_string(&draw)?,
                manifest: signing::jcs::to_string(&manifest)?,
                form: signing::jcs::to_string(&form)?,
                plan: signing::jcs::to_string(&plan)?,
            });
            admissions.push(Admission { attempt: attempt.clone(), name: place.name.clone(), code: code.to_string() });
            secrets.insert(attempt, secret);
        }
        let commitment = Commitment::new(&sitting, &pool, &blueprint, &BTreeSet::new(), &secrets);
        let record = NewSitting {
            id: sitting.clone(),
            title: title.to_owned(),
            scheme: serde_json::to_string(scheme)?,
            opens_at_ms: opens_at.timestamp_millis(),
            closes_at_ms: closes_at.timestamp_millis(),
            commitment: signing::jcs::to_string(&commitment)?,
            pool: signing::jcs::to_string(&pool)?,
            created_at_ms: self.clock.now().timestamp_millis(),
        };
        self.store.create_sitting(&self.tenant, &record, &roster).await?;
        Ok(Scheduled { sitting, admissions, commitment })
    }
}

fn check(opens_at: DateTime<Utc>, closes_at: DateTime<Utc>, places: &[Place]) -> Result<(), ScheduleError> {
    let refuse = |reason: String| Err(ScheduleError::Input(reason));
    if opens_at >= closes_at {
        return refuse(format!("the sitting closes at {closes_at}, before it opens at {opens_at}"));
    }
    if places.is_empty() {
        return refuse("the roster is empty".into());
    }
    let mut seen = BTreeSet::new();
    for (number, place) in (1..).zip(places) {
        if !seen.insert(&place.candidate) {
            return refuse(format!("place {number} of the roster: candidate {:?} stands twice", place.candidate));
        }
        for (field, value) in [("candidate", &place.candidate), ("name", &place.name), ("last_name", &place.last_name)]
        {
            if value.trim().is_empty() || value.chars().count() > 200 || value.chars().any(char::is_control) {
                return refuse(format!("place {number} of the roster: {field} must be 1 to 200 printable characters"));
            }
        }
        if name::fold(&place.last_name).is_empty() {
            return refuse(format!(
                "place {number} of the roster: last_name {:?} has no letter or digit",
                place.last_name
            ));
        }
        if place.attempt == 0 || place.extra_minutes > 1_440 {
            return refuse(format!("place {number} of the roster: attempts count from 1, extra time is at most a day"));
        }
        if place.attempt > 1 && place.first_attempt.is_none() {
            return refuse(format!("place {number} of the roster: attempt {} needs first_attempt", place.attempt));
        }
    }
    Ok(())
}
