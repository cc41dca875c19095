//! What was acknowledged is there, whatever happens to the process afterwards.

use std::{fs, path::Path, sync::Arc};

use storage::{Append, DecisionRecord, Issuance, LogLeaf, LogStore as _, LogTile, Outcome, StartOutcome, Store as _};
use storage_sqlite::SqliteStore;
use tokio::task::JoinSet;

use crate::{place, samples, tenant, with_attempt};

/// The files as a power cut leaves them: copied while the store is open, never closed.
fn after_a_power_cut(file: &Path, into: &Path) -> std::path::PathBuf {
    let copy = into.join("copy.db");
    fs::copy(file, &copy).unwrap();
    let log = file.with_extension("db-wal");
    if log.exists() {
        fs::copy(log, copy.with_extension("db-wal")).unwrap();
    }
    copy
}

async fn held(store: &SqliteStore) -> Vec<String> {
    store.journal(&tenant(), "a-1").await.unwrap().into_iter().map(|line| line.line).collect()
}

#[tokio::test]
async fn every_acknowledged_line_survives_a_store_that_is_never_closed() {
    let (folder, file) = place();
    let store = with_attempt(&file).await;
    let mut acknowledged = Vec::new();
    for seq in 1..=60_u64 {
        let line = format!("line {seq}");
        let kept = store.append(&tenant(), "a-1", seq, std::slice::from_ref(&line), 1).await.unwrap();
        assert_eq!(kept, Append::Held { count: seq });
        acknowledged.push(line);
        if seq % 20 == 0 {
            let elsewhere = tempfile::tempdir().unwrap();
            let copy = after_a_power_cut(&file, elsewhere.path());
            assert_eq!(held(&SqliteStore::open(&copy, false).unwrap()).await, acknowledged);
        }
    }
    // As a process that ends without a word: no destructor runs.
    std::mem::forget(store);
    assert_eq!(held(&SqliteStore::open(&file, false).unwrap()).await, acknowledged);
    drop(folder);
}

#[tokio::test]
async fn a_store_that_was_dropped_is_one_file_with_everything_in_it() {
    let (folder, file) = place();
    let store = with_attempt(&file).await;
    store.append(&tenant(), "a-1", 1, &["first".into()], 1).await.unwrap();
    assert_eq!(held(&store).await, ["first"]);
    drop(store);
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, ["invigil.db"]);
    assert_eq!(held(&SqliteStore::open(&file, false).unwrap()).await, ["first"]);
}

#[tokio::test]
async fn a_torn_write_loses_what_was_not_acknowledged_and_nothing_before_it() {
    let (_folder, file) = place();
    let store = with_attempt(&file).await;
    store.append(&tenant(), "a-1", 1, &["first".into()], 1).await.unwrap();
    let log = file.with_extension("db-wal");
    let acknowledged = fs::metadata(&log).unwrap().len();
    store.append(&tenant(), "a-1", 2, &["second".into()], 1).await.unwrap();
    let whole = fs::read(&log).unwrap();
    for torn in [acknowledged as usize, acknowledged as usize + 100, whole.len() - 1] {
        let elsewhere = tempfile::tempdir().unwrap();
        let copy = after_a_power_cut(&file, elsewhere.path());
        fs::write(copy.with_extension("db-wal"), &whole[..torn]).unwrap();
        assert_eq!(held(&SqliteStore::open(&copy, false).unwrap()).await, ["first"], "cut at {torn}");
    }
    drop(store);
}

#[tokio::test]
async fn a_decision_and_what_it_issues_are_durable_together() {
    let (_folder, file) = place();
    let store = with_attempt(&file).await;
    let started = store.start(&tenant(), "a-1", "device", storage::StartWith::Clock, 1).await.unwrap();
    assert_eq!(started, StartOutcome::Running);
    let decision = DecisionRecord {
        attempt: "a-1".into(),
        outcome: Outcome::Pass,
        decided_by: "automatic".into(),
        decided_at_ms: 2,
        raw_score: 7,
        journal_head: String::new(),
        record: "{}".into(),
    };
    let issued = Issuance {
        number: "MINI-1".into(),
        lookup_name: "sample".into(),
        certificate: "{}".into(),
        cpd_record: "{}".into(),
        cpd_award: "award".into(),
        issued_at_ms: 2,
    };
    store.decide(&tenant(), &decision, None, Some(&issued)).await.unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = SqliteStore::open(&after_a_power_cut(&file, elsewhere.path()), false).unwrap();
    assert_eq!(copy.decision(&tenant(), "a-1").await.unwrap(), Some(decision));
    assert_eq!(copy.certificate_of(&tenant(), "a-1").await.unwrap().unwrap().issued, issued);
    assert_eq!(copy.attempt(&tenant(), "a-1").await.unwrap().unwrap().device.as_deref(), Some("device"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_at_the_same_time_each_get_a_true_answer() {
    let (_folder, file) = place();
    let store = Arc::new(with_attempt(&file).await);
    let mut writers = JoinSet::new();
    for writer in 0..24 {
        let store = store.clone();
        writers.spawn(async move {
            let lines = [format!("of {}", writer % 2), format!("more of {}", writer % 2)];
            (writer % 2, store.append(&tenant(), "a-1", 1, &lines, 1).await.unwrap())
        });
    }
    let answers = writers.join_all().await;
    let lines = held(&store).await;
    assert_eq!(lines.len(), 2);
    for (writer, answer) in answers {
        let mine = lines[0] == format!("of {writer}");
        assert_eq!(answer, if mine { Append::Held { count: 2 } } else { Append::Fork { seq: 1 } });
    }
}

#[tokio::test]
async fn a_caller_that_stops_waiting_does_not_stop_the_write() {
    let (_folder, file) = place();
    let store = with_attempt(&file).await;
    let (tenant, lines) = (tenant(), ["kept".to_owned()]);
    let abandoned = store.append(&tenant, "a-1", 1, &lines, 1);
    let waited = tokio::time::timeout(std::time::Duration::ZERO, abandoned).await;
    // The next write waits its turn behind the abandoned one.
    let next = store.append(&tenant, "a-1", 2, &["next".into()], 1).await.unwrap();
    assert_eq!(next, Append::Held { count: 2 }, "{waited:?}");
}

#[tokio::test]
async fn two_processes_share_the_file() {
    let (_folder, file) = place();
    let server = with_attempt(&file).await;
    let command_line = SqliteStore::open(&file, false).unwrap();
    server.append(&tenant(), "a-1", 1, &["first".into()], 1).await.unwrap();
    assert_eq!(held(&command_line).await, ["first"]);
    command_line.append(&tenant(), "a-1", 2, &["second".into()], 1).await.unwrap();
    assert_eq!(held(&server).await, ["first", "second"]);
}

#[tokio::test]
async fn a_power_cut_at_any_moment_leaves_what_happened_waiting_or_logged_and_never_both() {
    let (_folder, file) = place();
    let store = SqliteStore::open(&file, true).unwrap();
    for n in 0..10_u64 {
        let sitting = samples::sitting(&format!("s-{n}"), 1);
        store.create_sitting(&tenant(), &sitting, &[]).await.unwrap();
        let subject = format!("draw/s-{n}");
        let whole = async |logged: u64| {
            let elsewhere = tempfile::tempdir().unwrap();
            let copy = SqliteStore::open(&after_a_power_cut(&file, elsewhere.path()), false).unwrap();
            let waiting = copy.log_waiting(&tenant(), 100).await.unwrap();
            let leaves = copy.log_leaves(&tenant(), 0, 100).await.unwrap();
            assert_eq!((leaves.len() as u64, waiting.len() as u64), (logged, n + 1 - logged));
            assert!(waiting.iter().all(|waiting| leaves.iter().all(|leaf| leaf.subject != *waiting)));
            let tile = copy.log_tile(&tenant(), 0, 0).await.unwrap().unwrap_or_default();
            assert_eq!(tile.len() as u64, logged * 32, "the tile is as wide as the log is long");
        };
        whole(n).await;
        let leaf = LogLeaf { leaf: n, subject, record: Some("record".into()) };
        let tile = LogTile { level: 0, n: 0, content: vec![7; (n as usize + 1) * 32] };
        assert!(store.append_log(&tenant(), n, &[leaf], &[tile]).await.unwrap());
        whole(n + 1).await;
    }
}
