//! The store on SQLite: the story that every store lives through, and what only a file can do.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod before_the_log;
mod damage;
mod durability;
mod migration;
mod story;

use std::path::PathBuf;

use storage::{Store as _, TenantId};
use storage_sqlite::SqliteStore;
use story::samples;
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
    let (sitting, attempt) = (samples::sitting("s-1", 1), samples::attempt("a-1", "s-1", 1));
    store.create_sitting(&tenant(), &sitting, &[attempt]).await.unwrap();
    store
}
