//! What holders ask for beside what a pass yields: badges, and pages to share. The certificates MINI-1 and MINI-3 are there.

use storage::{BadgeRecord, Revocation, Store, TenantId};

pub(super) async fn tell(store: &dyn Store, here: &TenantId, there: &TenantId) {
    badges_are_kept_in_their_order(store, here, there).await;
    a_badge_falls_with_its_certificate(store, here).await;
    a_page_is_public_until_it_is_taken_back(store, here, there).await;
}

async fn badges_are_kept_in_their_order(store: &dyn Store, here: &TenantId, there: &TenantId) {
    let badge = |id: &str, at| BadgeRecord {
        id: id.into(),
        number: "MINI-1".into(),
        list: 1,
        entry: 77,
        document: r#"{"badge":1}"#.into(),
        issued_at_ms: at,
    };
    let (later, first) = (badge("urn:a", 20), badge("urn:b", 10));
    for record in [&later, &first, &first] {
        store.keep_badge(here, record).await.unwrap();
    }
    assert_eq!(store.badges_of(here, "MINI-1").await.unwrap(), [first.clone(), later]);
    assert_eq!(store.badges_of(here, "MINI-3").await.unwrap(), []);
    assert_eq!(store.badges_of(there, "MINI-1").await.unwrap(), []);
    assert!(store.keep_badge(here, &BadgeRecord { id: "urn:c".into(), number: "NONE".into(), ..first }).await.is_err());
}

async fn a_badge_falls_with_its_certificate(store: &dyn Store, here: &TenantId) {
    let badge = |entry: u64| BadgeRecord {
        id: format!("urn:{entry}"),
        number: "MINI-3".into(),
        list: 2,
        entry,
        document: "{}".into(),
        issued_at_ms: 30,
    };
    let revocation = |entry, document: &str, at| Revocation {
        list: 2,
        entry,
        number: "MINI-3".into(),
        document: document.into(),
        reason: "a reason".into(),
        decided_by: "officer".into(),
        revoked_at_ms: at,
    };
    for entry in [11, 12] {
        store.keep_badge(here, &badge(entry)).await.unwrap();
    }
    assert!(store.revoke(here, &revocation(12, "badge", 40)).await.unwrap());
    assert!(store.revoke(here, &revocation(13, "cpd_record", 41)).await.unwrap());
    assert_eq!(store.revocations_of(here, "MINI-3").await.unwrap().len(), 2, "the record's falls alone");
    assert!(store.revoke(here, &revocation(10, "certificate", 42)).await.unwrap());
    let all = [
        revocation(12, "badge", 40),
        revocation(13, "cpd_record", 41),
        revocation(11, "badge", 42),
        revocation(10, "certificate", 42),
    ];
    assert_eq!(store.revocations_of(here, "MINI-3").await.unwrap(), all, "what was revoked before stays as it was");
    // What is made after, of a certificate that stands again, is not touched by a revocation of before.
    store.keep_badge(here, &badge(14)).await.unwrap();
    assert!(!store.revoke(here, &revocation(10, "certificate", 43)).await.unwrap());
    assert_eq!(store.revocations_of(here, "MINI-3").await.unwrap(), all);
}

async fn a_page_is_public_until_it_is_taken_back(store: &dyn Store, here: &TenantId, there: &TenantId) {
    assert_eq!(store.share_of(here, "MINI-1").await.unwrap(), None);
    assert_eq!(store.share(here, "MINI-1", "first", 1).await.unwrap(), "first");
    assert_eq!(store.share(here, "MINI-1", "second", 2).await.unwrap(), "first", "it is public already");
    assert_eq!(store.share_of(here, "MINI-1").await.unwrap().as_deref(), Some("first"));
    assert_eq!(store.shared(here, "first").await.unwrap().as_deref(), Some("MINI-1"));
    assert_eq!(store.shared(here, "second").await.unwrap(), None);
    assert_eq!(store.shared(there, "first").await.unwrap(), None);
    assert!(store.share(here, "NONE", "third", 3).await.is_err());
    assert!(!store.unshare(there, "MINI-1").await.unwrap());
    assert!(store.unshare(here, "MINI-1").await.unwrap());
    assert!(!store.unshare(here, "MINI-1").await.unwrap());
    assert_eq!(store.shared(here, "first").await.unwrap(), None);
    assert_eq!(store.share(here, "MINI-1", "second", 4).await.unwrap(), "second", "it has another address then");
}
