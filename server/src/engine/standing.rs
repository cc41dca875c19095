//! What every answer about a running attempt tells: the time, grants that were pushed, and now and then a challenge.

use api::{AttemptState, Standing};
use signing::signed::Signed;
use sitting::{Allows, Authority, Grant, SignedGrant, Sitting};
use storage::{AnchorRecord, AnchorTaken, AttemptRecord};

use super::{Engine, in_time::authority_word};
use crate::{failure::Failure, random};

/// A running attempt is challenged this often.
const CHALLENGE_EVERY_MS: i64 = 5 * 60_000;
/// An attempt that was opened by a code and waits for «Start» is challenged whenever the page asks, so that the latest challenge
/// before `opened` is hardly older: what is then reckoned and the page's countdown differ by less than the grace.
const CHALLENGE_WAITING_EVERY_MS: i64 = 15_000;

impl Engine {
    /// Where an attempt stands.
    pub(super) async fn standing(
        &self,
        attempt: &AttemptRecord,
        sitting: &Sitting,
        state: AttemptState,
    ) -> Result<Standing, Failure> {
        let id = &attempt.scheduled.id;
        let waiting = attempt.started_at_ms.is_none() && !sitting.has_opened();
        let every_ms = if waiting { CHALLENGE_WAITING_EVERY_MS } else { CHALLENGE_EVERY_MS };
        let running = state == AttemptState::Sitting;
        let now = self.now();
        let elapsed = attempt.started_at_ms.map(|started| now.timestamp_millis().saturating_sub(started));
        Ok(Standing {
            state,
            elapsed_ms: elapsed.map(|elapsed| u64::try_from(elapsed).unwrap_or_default()),
            grants: if running { self.open_grants(id, sitting).await? } else { Vec::new() },
            challenge: if running { self.due_challenge(id, every_ms).await? } else { None },
            server_now: now,
        })
    }

    /// Signed grants that the journal does not have yet.
    async fn open_grants(&self, attempt: &str, sitting: &Sitting) -> Result<Vec<Signed<SignedGrant>>, Failure> {
        let mut open = Vec::new();
        for text in self.store.grants(&self.tenant, attempt).await? {
            let signed: Signed<SignedGrant> = serde_json::from_str(&text).map_err(Failure::fault)?;
            // A move is handed to the device that asks for it.
            let is_move = matches!(signed.document.allows, Allows::Move { .. });
            if !is_move && sitting.allows(&Grant::of_signed(signed.clone())).is_ok() {
                open.push(signed);
            }
        }
        Ok(open)
    }

    /// A challenge, if the last one is as old as that or has not come back yet.
    async fn due_challenge(&self, attempt: &str, every_ms: i64) -> Result<Option<String>, Failure> {
        let anchors = self.store.anchors(&self.tenant, attempt).await?;
        let server = authority_word(Authority::Server);
        let last = anchors.into_iter().rfind(|anchor| anchor.authority == server);
        if let Some(last) = last
            && (last.taken.is_none() || self.now_ms() - last.issued_at_ms < every_ms)
        {
            return Ok(last.taken.is_none().then_some(last.challenge));
        }
        let challenge = hex::encode(random::bytes::<16>()?);
        self.add_challenge(attempt, &challenge, Authority::Server).await?;
        Ok(Some(challenge))
    }

    /// Records that a challenge was given out.
    pub(super) async fn add_challenge(
        &self,
        attempt: &str,
        challenge: &str,
        authority: Authority,
    ) -> Result<(), Failure> {
        let anchor = AnchorRecord {
            challenge: challenge.to_owned(),
            authority: authority_word(authority).into(),
            issued_at_ms: self.now_ms(),
            taken: None,
        };
        Ok(self.store.add_challenge(&self.tenant, attempt, &anchor).await?)
    }

    /// Takes the receipt of lines that hold a challenge of the server's for an anchor.
    pub(super) async fn take_anchors(&self, attempt: &str, new: &[String], sitting: &Sitting) -> Result<(), Failure> {
        if !new.iter().any(|line| line.contains(r#""type":"challenged""#)) {
            return Ok(());
        }
        for anchor in self.store.anchors(&self.tenant, attempt).await? {
            let server = anchor.authority == authority_word(Authority::Server);
            if server && anchor.taken.is_none() && new.iter().any(|line| line.contains(&anchor.challenge)) {
                let taken = AnchorTaken {
                    count: sitting.count(),
                    head: sitting.head().to_owned(),
                    recorded_at_ms: self.now_ms(),
                    recorded_by: "server".into(),
                };
                self.store.take_anchor(&self.tenant, attempt, &anchor.challenge, &taken).await?;
            }
        }
        Ok(())
    }
}
