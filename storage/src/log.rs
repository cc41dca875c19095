//! What the server asks of its database for the transparency log (docs/LOG.md).

use async_trait::async_trait;

use crate::{StoreError, TenantId};

/// A leaf to add, or one that was added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLeaf {
    /// Its number, from 0.
    pub leaf: u64,
    /// What it is of: `certificate/NUMBER/INSTANCE`, `cpd_record/NUMBER/INSTANCE` (instances count from 1), `status/LIST/ENTRY`, `draw/SITTING`.
    pub subject: String,
    /// The record whose digest is logged; nothing once it was forgotten.
    pub record: Option<String>,
}

/// A tile of hashes, or a bundle of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogTile {
    /// The level; −1 for entries.
    pub level: i8,
    /// Its number within the level.
    pub n: u64,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A checkpoint that was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogCheckpoint {
    /// How many leaves it covers.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// So many witnesses cosigned it.
    pub cosignatures: u32,
}

/// The verbs of the log. What has happened waits in an outbox from the transaction on in which it happened: a sitting that was
/// recorded, a certificate and a CPD record that were issued, a revocation.
#[async_trait]
pub trait LogStore: Send + Sync {
    /// The subjects that wait, at most so many, the oldest first.
    async fn log_waiting(&self, tenant: &TenantId, most: usize) -> Result<Vec<String>, StoreError>;

    /// How many leaves the log has.
    async fn log_size(&self, tenant: &TenantId) -> Result<u64, StoreError>;

    /// Adds leaves whose first has number `size`, with the tiles as they are then, and takes their subjects out of the outbox,
    /// in one transaction. Whether that was done: if the log does not have `size` leaves any more, nothing was.
    ///
    /// # Errors
    /// Faults of the database; a subject that was logged before is one.
    async fn append_log(
        &self,
        tenant: &TenantId,
        size: u64,
        leaves: &[LogLeaf],
        tiles: &[LogTile],
    ) -> Result<bool, StoreError>;

    /// The content of a tile, or of a bundle at level −1, as it is now.
    async fn log_tile(&self, tenant: &TenantId, level: i8, n: u64) -> Result<Option<Vec<u8>>, StoreError>;

    /// The leaf of a subject.
    async fn log_leaf(&self, tenant: &TenantId, subject: &str) -> Result<Option<LogLeaf>, StoreError>;

    /// The leaves from this number on, at most so many.
    async fn log_leaves(&self, tenant: &TenantId, from: u64, most: usize) -> Result<Vec<LogLeaf>, StoreError>;

    /// Keeps a signed checkpoint; one of the same size gives way to one with more cosignatures.
    async fn keep_checkpoint(&self, tenant: &TenantId, checkpoint: &LogCheckpoint) -> Result<(), StoreError>;

    /// The first checkpoint that covers a leaf and has so many cosignatures.
    async fn checkpoint_over(
        &self,
        tenant: &TenantId,
        leaf: u64,
        cosignatures: u32,
    ) -> Result<Option<LogCheckpoint>, StoreError>;

    /// The last checkpoint that has so many cosignatures.
    async fn last_checkpoint(&self, tenant: &TenantId, cosignatures: u32) -> Result<Option<LogCheckpoint>, StoreError>;
}
