//! What holders ask for beside what a pass yields: badges, and pages to share. The certificates MINI-1 and MINI-3 are there.

use storage::{BadgeRecord, Store, TenantId};

pub(super) async fn tell(store: &dyn Store, here: &TenantId, there: &TenantId) {
    badges_are_kept_in_their_order(store, here, there).await;
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
