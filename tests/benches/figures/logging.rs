//! How fast the log grows: records, entries, tiles, a commit and a signed checkpoint for each batch.

use std::time::Instant;

use signing::{
    keys::SigningKey,
    tlog::{
        checkpoint::Checkpoint,
        leaf::{Form, Record, entry},
        note::{KeyType, Verifier},
        tile::Content,
        tree::Edge,
    },
};
use storage::{LogCheckpoint, LogLeaf, LogStore as _, LogTile, TenantId};
use storage_sqlite::SqliteStore;

/// Entries in all.
const ENTRIES: usize = 131_072;
/// Entries with one wait for the disk, as the server writes them.
const BATCH: usize = 1_024;

pub(crate) fn measure(row: fn(&str, &str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&folder.path().join("log.db"), true).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let tenant = TenantId("demo".into());
    let key = SigningKey::from_seed([7; 32]);
    let log = Verifier::new("log.example/log", KeyType::Note, key.public()).unwrap();
    let mut edge = Edge::default();
    let start = Instant::now();
    for first in (0..ENTRIES).step_by(BATCH) {
        let size = edge.size();
        let mut entries = Vec::with_capacity(BATCH);
        let mut leaves = Vec::with_capacity(BATCH);
        for n in first..first + BATCH {
            let record = Record::Issuance {
                id: format!("urn:uuid:00000000-0000-7000-8000-{n:012}"),
                forms: vec![Form { form: "json".into(), sha256: hex::encode([n as u8; 32]) }],
                issued_at: chrono::DateTime::UNIX_EPOCH,
            };
            let text = record.write([n as u8; 32]).unwrap();
            entries.push(entry(record.kind(), text.as_bytes()).unwrap());
            leaves.push(LogLeaf { leaf: n as u64, subject: format!("certificate/{n}"), record: Some(text) });
        }
        let tile = |content: Content| match content {
            Content::Entries => -1,
            Content::Hashes(level) => level as i8,
        };
        let tiles: Vec<_> = edge.append(&entries).unwrap();
        let tiles: Vec<_> =
            tiles.into_iter().map(|(at, content)| LogTile { level: tile(at.content), n: at.n, content }).collect();
        assert!(runtime.block_on(store.append_log(&tenant, size, &leaves, &tiles)).unwrap());
        let checkpoint = Checkpoint { origin: "log.example/log".into(), size: edge.size(), root: edge.root() };
        let note = checkpoint.sign(&log, &key);
        let kept = LogCheckpoint { size: edge.size(), note, cosignatures: 0 };
        runtime.block_on(store.keep_checkpoint(&tenant, &kept)).unwrap();
    }
    let appended = ENTRIES as f64 / start.elapsed().as_secs_f64();
    row(
        "log appends",
        &format!("{appended:.0}/s"),
        &format!("records, entries, tiles, one commit and a signed checkpoint for {BATCH}; one core; aim 20,000/s"),
    );
}
