//! The store on SQLite: the story that every store lives through, and what only a file can do.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod damage;
mod durability;
mod story;

use std::path::PathBuf;

use storage::{NewAttempt, NewSitting, Store as _, TenantId};
use storage_sqlite::SqliteStore;
use tempfile::TempDir;

#[tokio::test]
async fn the_story_of_every_verb_holds() {
    let (_folder, file) = place();
    story::tell(&SqliteStore::open(&file, true).unwrap()).await;
}

/// A folder, and a file in it that is not there yet.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("invigil.db");
    (folder, file)
}

fn tenant() -> TenantId {
    TenantId("demo".into())
}

/// A new store with one sitting of one attempt, `a-1`.
async fn with_attempt(file: &std::path::Path) -> SqliteStore {
    let store = SqliteStore::open(file, true).unwrap();
    let sitting = NewSitting {
        id: "s-1".into(),
        title: "A sitting".into(),
        scheme: "mini".into(),
        opens_at_ms: 1,
        closes_at_ms: 2,
        commitment: "{}".into(),
        pool: "{}".into(),
        created_at_ms: 0,
    };
    let attempt = NewAttempt {
        id: "a-1".into(),
        sitting: "s-1".into(),
        candidate_ref: "c-1".into(),
        candidate_name: "Alex Sample".into(),
        family_name: "Sample".into(),
        attempt_number: 1,
        first_attempt_at_ms: None,
        code_hash: [1; 32],
        draw_secret: [2; 32],
        extra_ms: 0,
        draw: "{}".into(),
        manifest: "{}".into(),
        form: "{}".into(),
        plan: "{}".into(),
    };
    store.create_sitting(&tenant(), &sitting, &[attempt]).await.unwrap();
    store
}
