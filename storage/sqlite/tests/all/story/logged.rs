//! The chapter of the log: what happened waits, is logged once, and stays.

use storage::{LogCheckpoint, LogLeaf, LogTile, Revocation, Store, TenantId};

/// Told after the decisions: two certificates were issued, three sittings recorded, each by this tenant.
pub(crate) async fn tell(store: &dyn Store, here: &TenantId, there: &TenantId) {
    what_happened_waits_once(store, here, there).await;
    leaves_are_added_once_and_in_order(store, here, there).await;
    tiles_grow_and_never_shrink(store, here, there).await;
    checkpoints_gather_cosignatures(store, here, there).await;
}

async fn what_happened_waits_once(store: &dyn Store, here: &TenantId, there: &TenantId) {
    let revocation = Revocation {
        list: 1,
        entry: 9,
        number: "MINI-1".into(),
        document: "certificate".into(),
        reason: "because".into(),
        decided_by: "O. Fficer".into(),
        revoked_at_ms: 1 << 50,
    };
    assert!(store.revoke(here, &revocation).await.unwrap());
    assert!(!store.revoke(here, &revocation).await.unwrap());
    let mut waiting = store.log_waiting(here, 100).await.unwrap();
    assert_eq!(store.log_waiting(here, 1).await.unwrap(), waiting[..1], "the oldest first");
    assert_eq!(waiting.last().map(String::as_str), Some("status/1/9"), "the youngest last");
    waiting.sort();
    let certificates = ["certificate/MINI-1/1", "certificate/MINI-3/1", "cpd_record/MINI-1/1", "cpd_record/MINI-3/1"];
    assert_eq!(waiting[..4], certificates, "and none for what was refused");
    assert!(waiting[4..].iter().any(|subject| subject == "draw/s-1"));
    assert_eq!(store.log_waiting(there, 100).await.unwrap(), [""; 0]);
}

fn leaf(leaf: u64, subject: &str) -> LogLeaf {
    LogLeaf { leaf, subject: subject.into(), record: Some(format!("record of {subject} – «é»")) }
}

async fn leaves_are_added_once_and_in_order(store: &dyn Store, here: &TenantId, there: &TenantId) {
    assert_eq!(store.log_size(here).await.unwrap(), 0);
    let first = [leaf(0, "certificate/MINI-1/1"), leaf(1, "cpd_record/MINI-1/1")];
    assert!(!store.append_log(here, 1, &first, &[]).await.unwrap(), "there is a gap");
    assert!(store.append_log(here, 0, &first, &[]).await.unwrap());
    assert!(!store.append_log(here, 0, &first, &[]).await.unwrap(), "somebody was quicker");
    assert_eq!(store.log_size(here).await.unwrap(), 2);
    let waiting = store.log_waiting(here, 100).await.unwrap();
    assert!(!waiting.iter().any(|subject| subject.contains("/MINI-1/")), "{waiting:?}");
    // A subject is logged once; then nothing of the transaction is there.
    let tile = LogTile { level: 5, n: 0, content: vec![1] };
    let again = [leaf(2, "certificate/MINI-3/1"), leaf(3, "certificate/MINI-1/1")];
    assert!(store.append_log(here, 2, &again, &[tile]).await.is_err());
    assert_eq!(store.log_size(here).await.unwrap(), 2);
    assert_eq!(store.log_tile(here, 5, 0).await.unwrap(), None);
    assert_eq!(store.log_waiting(here, 100).await.unwrap(), waiting);
    assert_eq!(store.log_leaf(here, "cpd_record/MINI-1/1").await.unwrap(), Some(first[1].clone()));
    assert_eq!(store.log_leaf(here, "certificate/MINI-3/1").await.unwrap(), None);
    assert_eq!(store.log_leaves(here, 0, 1).await.unwrap(), first[..1]);
    assert_eq!(store.log_leaves(here, 1, 9).await.unwrap(), first[1..]);
    assert_eq!(store.log_size(there).await.unwrap(), 0);
    assert_eq!(store.log_leaf(there, "cpd_record/MINI-1/1").await.unwrap(), None);
}

async fn tiles_grow_and_never_shrink(store: &dyn Store, here: &TenantId, there: &TenantId) {
    let tile = |level, content: &[u8]| LogTile { level, n: 7, content: content.to_vec() };
    assert!(store.append_log(here, 2, &[], &[tile(-1, b"ab"), tile(0, b"cdef")]).await.unwrap());
    assert!(store.append_log(here, 2, &[], &[tile(-1, b"abc"), tile(0, b"cd")]).await.unwrap());
    assert_eq!(store.log_tile(here, -1, 7).await.unwrap().as_deref(), Some(&b"abc"[..]));
    assert_eq!(store.log_tile(here, 0, 7).await.unwrap().as_deref(), Some(&b"cdef"[..]));
    assert_eq!(store.log_tile(here, 0, 8).await.unwrap(), None);
    assert_eq!(store.log_tile(there, 0, 7).await.unwrap(), None);
}

async fn checkpoints_gather_cosignatures(store: &dyn Store, here: &TenantId, there: &TenantId) {
    let checkpoint = |size, cosignatures| LogCheckpoint { size, note: format!("{size} {cosignatures}"), cosignatures };
    for kept in [checkpoint(2, 0), checkpoint(5, 0), checkpoint(9, 0), checkpoint(5, 2), checkpoint(5, 1)] {
        store.keep_checkpoint(here, &kept).await.unwrap();
    }
    let over = async |leaf, cosignatures| store.checkpoint_over(here, leaf, cosignatures).await.unwrap();
    assert_eq!(over(0, 0).await, Some(checkpoint(2, 0)));
    assert_eq!(over(1, 1).await, Some(checkpoint(5, 2)));
    assert_eq!(over(2, 0).await, Some(checkpoint(5, 2)), "leaf 2 is the third");
    assert_eq!(over(5, 1).await, None);
    assert_eq!(over(9, 0).await, None);
    assert_eq!(store.last_checkpoint(here, 0).await.unwrap(), Some(checkpoint(9, 0)));
    assert_eq!(store.last_checkpoint(here, 1).await.unwrap(), Some(checkpoint(5, 2)));
    assert_eq!(store.last_checkpoint(here, 3).await.unwrap(), None);
    assert_eq!(store.last_checkpoint(there, 0).await.unwrap(), None);
}
