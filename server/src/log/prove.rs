//! Tiles and proofs of what is logged.

use signing::tlog::{
    merkle::{Hash, consistency, inclusion},
    proof::TlogProof,
    tile::{Content, Tile, first_entries},
    tree::Tiles,
};
use storage::LogCheckpoint;

use super::sequence::{level, missing};
use crate::{engine::Engine, failure::Failure};

/// What something in the log is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The certificate of this number.
    Certificate(String),
    /// The CPD record of the certificate of this number.
    CpdRecord(String),
    /// The revocation at this number of this status list.
    Status(u64, u64),
    /// The draw commitment of this sitting.
    Draw(String),
}

impl Engine {
    /// The name of a subject in the store; of a certificate's instances, the live one. `None` if nothing has the number.
    async fn name_of(&self, subject: &Subject) -> Result<Option<String>, Failure> {
        let (kind, number) = match subject {
            Subject::Certificate(number) => ("certificate", number),
            Subject::CpdRecord(number) => ("cpd_record", number),
            Subject::Status(list, entry) => return Ok(Some(format!("status/{list}/{entry}"))),
            Subject::Draw(sitting) => return Ok(Some(format!("draw/{sitting}"))),
        };
        let live = self.store.certificate(&self.tenant, number).await?;
        Ok(live.map(|live| format!("{kind}/{number}/{}", live.instance)))
    }

    /// A tile or bundle, of this width; `None` if the log has not so much.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Failure> {
        let Some(mut held) = self.store.log_tile(&self.tenant, level(tile.content), tile.n).await? else {
            return Ok(None);
        };
        let end = match tile.content {
            Content::Entries => match first_entries(&held, tile.width) {
                Some(first) => first.len(),
                None => return Ok(None),
            },
            Content::Hashes(_) => usize::from(tile.width) * 32,
        };
        if end > held.len() {
            return Ok(None);
        }
        held.truncate(end);
        Ok(Some(held))
    }

    /// The checkpoint to publish: the last that enough witnesses cosigned, or the last of all while there is none.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn published_checkpoint(&self) -> Result<Option<LogCheckpoint>, Failure> {
        let quorum = self.log.policy.quorum as u32;
        match self.store.last_checkpoint(&self.tenant, quorum).await? {
            Some(cosigned) => Ok(Some(cosigned)),
            None => Ok(self.store.last_checkpoint(&self.tenant, 0).await?),
        }
    }

    /// The proof that something is in the log, with its record; what waits is logged before. `None` if there is no such thing,
    /// or if its record was forgotten.
    ///
    /// # Errors
    /// As [`Self::bring_log_up`].
    pub async fn log_proof(&self, subject: &Subject) -> Result<Option<TlogProof>, Failure> {
        let Some(name) = self.name_of(subject).await? else { return Ok(None) };
        let mut held = self.store.log_leaf(&self.tenant, &name).await?;
        let quorum = self.log.policy.quorum as u32;
        let mut checkpoint = None;
        if let Some(leaf) = &held {
            // The first that there was: it says the most about when.
            checkpoint = self.store.checkpoint_over(&self.tenant, leaf.leaf, quorum).await?;
        }
        if checkpoint.is_none() {
            self.bring_log_up().await?;
            held = self.store.log_leaf(&self.tenant, &name).await?;
        }
        let Some((leaf, record)) = held.and_then(|held| Some((held.leaf, held.record?))) else { return Ok(None) };
        let checkpoint = match checkpoint {
            Some(checkpoint) => checkpoint,
            None => {
                let of_all = self.store.checkpoint_over(&self.tenant, leaf, 0).await?;
                of_all.ok_or_else(|| Failure::fault(format!("no checkpoint covers entry {leaf}")))?
            }
        };
        let hashes = self.over_tiles(checkpoint.size, |tiles| inclusion(tiles, leaf, checkpoint.size)).await?;
        Ok(Some(TlogProof { extra: Some(record.into_bytes()), index: leaf, hashes, checkpoint: checkpoint.note }))
    }

    /// The proof that a log of `new` leaves begins with one of `old`.
    pub(super) async fn log_consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, Failure> {
        self.over_tiles(new, |tiles| consistency(tiles, old, new)).await
    }

    /// What is made of tiles, each of which is fetched when it turns out to be needed.
    pub(super) async fn over_tiles<T>(
        &self,
        size: u64,
        make: impl Fn(&Tiles) -> Result<T, Option<Tile>>,
    ) -> Result<T, Failure> {
        let mut tiles = Tiles::new(size);
        loop {
            let tile = match make(&tiles) {
                Ok(made) => return Ok(made),
                Err(tile) => tile.ok_or_else(|| Failure::fault(format!("the log has not {size} entries")))?,
            };
            let bytes = self.tile(tile).await?.ok_or_else(|| missing(tile))?;
            tiles.add(tile, bytes).map_err(Failure::fault)?;
        }
    }
}
