//! From the outbox to leaves, and from leaves to checkpoints.

use signing::tlog::{
    checkpoint::Checkpoint,
    leaf::entry,
    merkle::root,
    tile::{Content, Tile},
    tree::Edge,
};
use storage::{LogCheckpoint, LogLeaf, LogTile};

use super::records::Lists;
use crate::{engine::Engine, failure::Failure, random};

/// So much is logged with one wait for the disk; what a candidate saves waits no longer than that takes.
const AT_A_TIME: usize = 1_024;
/// Tried again so often, if another process adds leaves at the same moment.
const TRIES: usize = 8;

/// The level of a tile in the store.
pub(super) fn level(content: Content) -> i8 {
    match content {
        Content::Entries => -1,
        // At most 7.
        Content::Hashes(level) => level as i8,
    }
}

impl Engine {
    /// Logs what waits, and signs a checkpoint over all of it. Gives the last checkpoint; nothing if the log is empty.
    ///
    /// # Errors
    /// Faults of the database; a log that another key has signed, or that is not what was signed.
    pub async fn bring_log_up(&self) -> Result<Option<LogCheckpoint>, Failure> {
        let _alone = self.log.sequencing.lock().await;
        let mut tries = 0;
        loop {
            let waiting = self.store.log_waiting(&self.tenant, AT_A_TIME).await?;
            if waiting.is_empty() {
                break;
            }
            let mut lists = Lists::default();
            let mut records = Vec::with_capacity(waiting.len());
            for subject in waiting {
                let record = self.record_of(&subject, &mut lists).await?;
                let text = record.write(random::bytes()?).map_err(Failure::fault)?;
                records.push((subject, record.kind(), text));
            }
            let mut edge = self.log_edge().await?;
            let size = edge.size();
            let entries = records.iter().map(|(_, kind, text)| entry(*kind, text.as_bytes()));
            let entries = entries.collect::<Result<Vec<_>, _>>().map_err(Failure::fault)?;
            let tiles = edge.append(&entries).map_err(Failure::fault)?;
            let leaves: Vec<_> = (size..)
                .zip(records)
                .map(|(leaf, (subject, _, record))| LogLeaf { leaf, subject, record: Some(record) })
                .collect();
            let tiles: Vec<_> = tiles
                .into_iter()
                .map(|(tile, content)| LogTile { level: level(tile.content), n: tile.n, content })
                .collect();
            if !self.store.append_log(&self.tenant, size, &leaves, &tiles).await? {
                tries += 1;
                if tries == TRIES {
                    return Err(Failure::fault("others add to the log whenever this process is about to"));
                }
            }
        }
        self.sign_checkpoint().await
    }

    /// The last tiles of the log as it is now.
    pub(super) async fn log_edge(&self) -> Result<Edge, Failure> {
        // Leaves may come in between two looks: then the tiles have grown, and their beginning is what they were.
        let size = self.store.log_size(&self.tenant).await?;
        let mut tiles = Vec::new();
        for tile in Edge::tiles(size) {
            tiles.push((tile, self.tile(tile).await?.ok_or_else(|| missing(tile))?));
        }
        Edge::new(size, tiles).map_err(Failure::fault)
    }

    /// A checkpoint over the log as it is now, signed unless there is one already.
    async fn sign_checkpoint(&self) -> Result<Option<LogCheckpoint>, Failure> {
        // In this order: whatever others add meanwhile, the log is no shorter than what was signed.
        let last = self.store.last_checkpoint(&self.tenant, 0).await?;
        let edge = self.log_edge().await?;
        let Some(size) = Some(edge.size()).filter(|size| *size > 0) else { return Ok(None) };
        if let Some(last) = last {
            let origin = self.log.origin();
            let fault = |what: String| Failure::fault(format!("the log {origin} cannot go on: {what}"));
            let vouched = self.log.policy.check(last.note.as_bytes());
            let signed = vouched
                .map_err(|error| fault(format!("its last checkpoint is not this key's (keys/log.pem): {error}")))?
                .checkpoint;
            if signed.size > size {
                return Err(fault(format!("{} entries were signed, but only {size} are there", signed.size)));
            }
            // Never two that contradict one another, whatever was done to the database.
            if self.over_tiles(signed.size, |tiles| root(tiles, signed.size)).await? != signed.root {
                return Err(fault("its entries are not those that were signed".into()));
            }
            if signed.size == size {
                return Ok(Some(last));
            }
        }
        let checkpoint = Checkpoint { origin: self.log.origin().to_owned(), size, root: edge.root() };
        let note = checkpoint.sign(&self.log.policy.log, &self.log.key);
        let signed = LogCheckpoint { size, note, cosignatures: 0 };
        self.store.keep_checkpoint(&self.tenant, &signed).await?;
        Ok(Some(signed))
    }
}

pub(super) fn missing(tile: Tile) -> Failure {
    Failure::fault(format!("the log's {tile} is missing in the database"))
}
