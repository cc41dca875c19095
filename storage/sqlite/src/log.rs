//! The verbs of the transparency log.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};
use storage::{LogCheckpoint, LogLeaf, LogStore, LogTile, StoreError, TenantId};

use crate::{
    SqliteStore,
    rows::unsigned,
    verbs::{execute, insert, sql},
    writer::database,
};

#[async_trait]
impl LogStore for SqliteStore {
    async fn log_waiting(&self, tenant: &TenantId, most: usize) -> Result<Vec<String>, StoreError> {
        self.all(sql!("select_log_outbox"), params![tenant.0, most as i64], |row| row.get(0))
    }

    async fn log_size(&self, tenant: &TenantId) -> Result<u64, StoreError> {
        Ok(self.one(sql!("select_log_size"), params![tenant.0], |row| unsigned(row, 0))?.unwrap_or_default())
    }

    async fn append_log(
        &self,
        tenant: &TenantId,
        size: u64,
        leaves: &[LogLeaf],
        tiles: &[LogTile],
    ) -> Result<bool, StoreError> {
        let (tenant, leaves, tiles) = (tenant.0.clone(), leaves.to_vec(), tiles.to_vec());
        self.writer.transact(move |tx| append(tx, &tenant, size, &leaves, &tiles)).await
    }

    async fn log_tile(&self, tenant: &TenantId, level: i8, n: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.one(sql!("select_log_tile"), params![tenant.0, level, n as i64], |row| row.get(0))
    }

    async fn log_leaf(&self, tenant: &TenantId, subject: &str) -> Result<Option<LogLeaf>, StoreError> {
        self.one(sql!("select_log_leaf"), params![tenant.0, subject], leaf)
    }

    async fn log_leaves(&self, tenant: &TenantId, from: u64, most: usize) -> Result<Vec<LogLeaf>, StoreError> {
        self.all(sql!("select_log_leaves"), params![tenant.0, from as i64, most as i64], leaf)
    }

    async fn keep_checkpoint(&self, tenant: &TenantId, checkpoint: &LogCheckpoint) -> Result<(), StoreError> {
        let (tenant, c) = (tenant.0.clone(), checkpoint.clone());
        let keep = move |tx: &Connection| {
            let row = params![tenant, c.size as i64, c.note, c.cosignatures];
            execute(tx, sql!("keep_log_checkpoint"), row).map(drop)
        };
        self.writer.transact(keep).await
    }

    async fn checkpoint_over(
        &self,
        tenant: &TenantId,
        leaf: u64,
        cosignatures: u32,
    ) -> Result<Option<LogCheckpoint>, StoreError> {
        self.one(sql!("select_log_checkpoint_over"), params![tenant.0, leaf as i64, cosignatures], checkpoint)
    }

    async fn last_checkpoint(&self, tenant: &TenantId, cosignatures: u32) -> Result<Option<LogCheckpoint>, StoreError> {
        self.one(sql!("select_last_log_checkpoint"), params![tenant.0, cosignatures], checkpoint)
    }
}

/// Has something logged once this transaction is durable.
pub(crate) fn queue(tx: &Connection, tenant: &str, subject: &str, now_ms: i64) -> Result<(), StoreError> {
    insert(tx, "log_outbox", sql!("queue_for_log"), params![tenant, subject, now_ms])
}

fn append(tx: &Connection, tenant: &str, size: u64, leaves: &[LogLeaf], tiles: &[LogTile]) -> Result<bool, StoreError> {
    let held = tx.query_row(sql!("select_log_size"), params![tenant], |row| unsigned(row, 0)).map_err(database)?;
    if held != size {
        return Ok(false);
    }
    for l in leaves {
        let row = params![tenant, l.leaf as i64, l.subject, l.record];
        insert(tx, "log_leaf", sql!("insert_log_leaf"), row)?;
        execute(tx, sql!("delete_from_log_outbox"), params![tenant, l.subject])?;
    }
    for tile in tiles {
        let row = params![tenant, tile.level, tile.n as i64, tile.content];
        execute(tx, sql!("keep_log_tile"), row)?;
    }
    Ok(true)
}

fn leaf(row: &Row<'_>) -> Result<LogLeaf, rusqlite::Error> {
    Ok(LogLeaf { leaf: unsigned(row, 0)?, subject: row.get(1)?, record: row.get(2)? })
}

fn checkpoint(row: &Row<'_>) -> Result<LogCheckpoint, rusqlite::Error> {
    Ok(LogCheckpoint { size: unsigned(row, 0)?, note: row.get(1)?, cosignatures: row.get(2)? })
}
