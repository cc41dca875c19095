//! Numbers on status lists, what is revoked, and forms of a certificate with numbers of their own.

use storage::{Revocation, Selective, Store, TenantId};

/// Tells of the certificate MINI-1, which was issued before.
pub(super) async fn tell(store: &dyn Store, here: &TenantId, there: &TenantId) {
    let free = store.reserve_status(here, 1, &[7, 8, 9], 10).await.unwrap();
    assert_eq!(free, [7, 8, 9]);
    assert_eq!(store.reserve_status(here, 1, &[9, 10], 20).await.unwrap(), [10], "each is given out once");
    assert_eq!(store.status_lists(here).await.unwrap(), [(1, 4)]);
    assert_eq!(store.status_lists(there).await.unwrap(), []);

    let selective = |entry| Selective { number: "MINI-1".into(), list: 1, entry, issued_at_ms: 30 };
    store.record_selective(here, &selective(8)).await.unwrap();
    assert!(store.record_selective(here, &selective(8)).await.is_err(), "a number belongs to one");
    let unknown = Selective { number: "MINI-99".into(), ..selective(9) };
    assert!(store.record_selective(here, &unknown).await.is_err(), "there is no such certificate");
    assert_eq!(store.selectives_of(here, "MINI-1").await.unwrap(), 1);
    assert_eq!(store.selectives_of(there, "MINI-1").await.unwrap(), 0);
    assert_eq!(store.revocations(here, 1).await.unwrap(), []);

    let revocation = |entry, document: &str| Revocation {
        list: 1,
        entry,
        number: "MINI-1".into(),
        document: document.into(),
        reason: "found to have cheated".into(),
        decided_by: "officer".into(),
        revoked_at_ms: 40,
    };
    // The record's revocation leaves the certificate and its forms alone.
    assert!(store.revoke(here, &revocation(10, "cpd_record")).await.unwrap());
    assert_eq!(store.revocations(here, 1).await.unwrap(), [revocation(10, "cpd_record")]);
    assert!(store.revoke(here, &revocation(7, "certificate")).await.unwrap());
    let with = |entry, document| revocation(entry, document);
    let all = [with(7, "certificate"), with(8, "selective"), with(10, "cpd_record")];
    assert_eq!(store.revocations(here, 1).await.unwrap(), all);
    // What is issued after is revoked from the start.
    store.record_selective(here, &Selective { list: 2, ..selective(8) }).await.unwrap();
    assert_eq!(store.revocations(here, 2).await.unwrap(), [Revocation { list: 2, ..with(8, "selective") }]);
    let of_certificate = store.revocations_of(here, "MINI-1").await.unwrap();
    assert_eq!(of_certificate, [with(7, "certificate"), with(10, "cpd_record")]);
    assert_eq!(store.revocations(there, 1).await.unwrap(), []);
}
