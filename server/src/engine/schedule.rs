//! From a roster to drawn forms, admission codes and the commitment to publish.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use question_bank::{CandidateSecret, Commitment, DrawingError, NamedForm};
use sha2::{Digest as _, Sha256};
use signing::{code::Code80, keys::SigningKey, name};
use sitting::{Kind, Window};
use storage::{NewAttempt, NewSitting};

use super::{
    Engine,
    seal::{SealError, ToSeal},
    source::{FormLeftOut, Source},
};
use crate::{clock::from_ms, failure::Failure, random};

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
    /// Approved extra time.
    #[serde(default)]
    pub extra_minutes: u32,
    /// Approved breaks that stop the clock, in all.
    #[serde(default)]
    pub break_minutes: u32,
}

impl Place {
    /// The place of a recorded attempt.
    fn again(attempt: &NewAttempt) -> Self {
        let minutes = |ms: i64| u32::try_from(ms / 60_000).unwrap_or_default();
        Self {
            candidate: attempt.candidate_ref.clone(),
            name: attempt.candidate_name.clone(),
            last_name: attempt.family_name.clone(),
            attempt: attempt.attempt_number,
            first_attempt: attempt.first_attempt_at_ms.map(|ms| from_ms(ms).date_naive()),
            extra_minutes: minutes(attempt.extra_ms),
            break_minutes: minutes(attempt.break_ms),
        }
    }
}

fn one() -> u32 {
    1
}

/// A sitting as scheduled: what the office hands out and what it publishes.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Scheduled {
    /// The sitting's id.
    pub sitting: String,
    /// What the proctor reads out at the start, in the room, to everybody.
    pub release_code: String,
    /// One entry a candidate, in the order of the roster.
    pub admissions: Vec<Admission>,
    /// To be published before the sitting opens.
    pub commitment: Commitment,
    /// Forms of the set that nobody draws, one entry for each item that stands in the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<FormLeftOut>,
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
    Draw(#[from] DrawingError),
    /// It cannot for this candidate, who has met some of it before.
    #[error("no form can be drawn for {name}: {reason}")]
    Candidate {
        /// The candidate's name.
        name: String,
        /// Why.
        reason: DrawingError,
    },
    /// A document could not be written.
    #[error("{0}")]
    Canonical(#[from] signing::jcs::CanonicalError),
    /// A package could not be sealed.
    #[error("{0}")]
    Seal(#[from] SealError),
    /// The scheme could not be written down, or a recorded form could not be read.
    #[error("{0}")]
    Scheme(#[from] serde_json::Error),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] random::NoRandomness),
    /// The database.
    #[error(transparent)]
    Store(#[from] storage::StoreError),
    /// What is recorded of another sitting cannot be used.
    #[error("{0}")]
    Recorded(String),
}

impl From<Failure> for ScheduleError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Problem(problem) => Self::Recorded(problem.detail),
            Failure::Fault(what) => Self::Recorded(what),
        }
    }
}

/// The SHA-256 by which the store knows an admission code.
pub(super) fn code_hash(code: &Code80) -> [u8; 32] {
    Sha256::digest(code.to_string().as_bytes()).into()
}

impl Engine {
    /// Draws every candidate's form, seals it, and records the sitting.
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
        self.schedule_as(title, opens_at, closes_at, places, Source::Bank).await
    }

    /// The same from a set of parallel forms, for a scheme that draws by `invigil-draw-3`.
    ///
    /// # Errors
    /// [`ScheduleError`]; then nothing was recorded.
    pub async fn schedule_from(
        &self,
        title: &str,
        opens_at: DateTime<Utc>,
        closes_at: DateTime<Utc>,
        places: &[Place],
        forms: &[NamedForm],
    ) -> Result<Scheduled, ScheduleError> {
        self.schedule_as(title, opens_at, closes_at, places, Source::Forms(forms)).await
    }

    /// Draws and seals reserve forms for everybody on a sitting's roster: a sitting of its own in the same window, under other
    /// codes, in the browser that the sitting requires now.
    ///
    /// # Errors
    /// [`ScheduleError`].
    pub async fn reserve(&self, sitting: &str) -> Result<Scheduled, ScheduleError> {
        let gone = || ScheduleError::Input(format!("there is no sitting {sitting}"));
        let record = self.store.sitting(&self.tenant, sitting).await?.ok_or_else(gone)?;
        let roster = self.store.roster(&self.tenant, sitting).await?;
        let places: Vec<Place> = roster.iter().map(|attempt| Place::again(&attempt.scheduled)).collect();
        let title = format!("{} (reserve)", record.title);
        let (opens, closes) = (from_ms(record.opens_at_ms), from_ms(record.closes_at_ms));
        self.schedule_as(&title, opens, closes, &places, Source::ReserveOf(&record)).await
    }

    /// The same, with forms from there; as the reserve of another sitting they are other forms for the same people, under
    /// codes of their own.
    pub(super) async fn schedule_as(
        &self,
        title: &str,
        opens_at: DateTime<Utc>,
        closes_at: DateTime<Utc>,
        places: &[Place],
        source: Source<'_>,
    ) -> Result<Scheduled, ScheduleError> {
        check(opens_at, closes_at, places)?;
        let bank = self.bank.as_ref().ok_or_else(|| ScheduleError::Input("no bank was loaded to draw from".into()))?;
        let scheme = bank.scheme();
        let drawing = source.drawing(bank, closes_at.date_naive())?;
        let reserve_of = source.first();
        let sitting = uuid::Uuid::now_v7().to_string();
        let release = Code80::from_bytes(random::bytes()?);
        let room_seed: [u8; 32] = random::bytes()?;
        let room = SigningKey::from_seed(room_seed);
        // Reserve forms are sat with the same book.
        let open_book = match reserve_of {
            Some(first) => self.books_of(&first.id).await?.into_iter().next(),
            None => self.book_for(scheme),
        };
        let window = Window { opens_ms: millis(opens_at), closes_ms: millis(closes_at) };

        let mut secrets = BTreeMap::new();
        let mut roster = Vec::new();
        let mut admissions = Vec::new();
        for place in places {
            let attempt = uuid::Uuid::now_v7().to_string();
            let draw_secret: [u8; 32] = random::bytes()?;
            let secret = CandidateSecret::new(draw_secret);
            let earlier = self.earlier(&drawing, scheme, &place.candidate, reserve_of).await?;
            let drawn = drawing.draw(&secret, &attempt, &earlier);
            let drawn = drawn.map_err(|reason| ScheduleError::Candidate { name: place.name.clone(), reason })?;
            let code = Code80::from_bytes(random::bytes()?);
            let grant_seed: [u8; 32] = random::bytes()?;
            let extra_ms = u64::from(place.extra_minutes) * 60_000;
            let break_ms = u64::from(place.break_minutes) * 60_000;
            let form_text = signing::jcs::to_string(&drawn.form)?;
            let to_seal = ToSeal {
                kind: Kind::Exam,
                attempt: &attempt,
                sitting: &sitting,
                scheme,
                open_book: open_book.as_ref(),
                points: drawn.plan.points(),
                window,
                candidate: &place.name,
                extra_ms,
                break_ms,
                release: &release,
                admission: &code,
                grant_seed: &hex::encode(grant_seed),
                room: &room,
            };
            let package = self.seal(drawn.form, &to_seal)?;
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
                break_ms: i64::from(place.break_minutes) * 60_000,
                grant_seed,
                draw: drawn.draw,
                manifest: signing::jcs::to_string(&package.manifest.document)?,
                package: package.write()?,
                form: form_text,
                plan: signing::jcs::to_string(&drawn.plan)?,
            });
            admissions.push(Admission { attempt: attempt.clone(), name: place.name.clone(), code: code.to_string() });
            secrets.insert(attempt, (secret, earlier));
        }
        let commitment = drawing.commitment(&sitting, &secrets);
        let record = NewSitting {
            id: sitting.clone(),
            title: title.to_owned(),
            scheme: serde_json::to_string(scheme)?,
            opens_at_ms: opens_at.timestamp_millis(),
            closes_at_ms: closes_at.timestamp_millis(),
            commitment: signing::jcs::to_string(&commitment)?,
            pool: drawing.pool(),
            release_code: release.to_string(),
            room_seed,
            reserve_of: reserve_of.map(|first| first.id.clone()),
            safe_browser: reserve_of.and_then(|first| first.safe_browser.clone()),
            created_at_ms: self.clock.now().timestamp_millis(),
        };
        self.store.create_sitting(&self.tenant, &record, &roster).await?;
        let left_out = drawing.left_out().iter().map(FormLeftOut::from).collect();
        Ok(Scheduled { sitting, release_code: release.to_string(), admissions, commitment, left_out })
    }
}

pub(super) fn millis(time: DateTime<Utc>) -> u64 {
    u64::try_from(time.timestamp_millis()).unwrap_or_default()
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
        if place.attempt == 0 || place.extra_minutes > 1_440 || place.break_minutes > 1_440 {
            return refuse(format!(
                "place {number} of the roster: attempts count from 1, extra time and breaks are at most a day"
            ));
        }
        if place.attempt > 1 && place.first_attempt.is_none() {
            return refuse(format!("place {number} of the roster: attempt {} needs first_attempt", place.attempt));
        }
    }
    Ok(())
}
