//! What is issued under one number, one after the other, and what becomes of each.

use storage::{BadgeRecord, CertificateChange, CertificateState, Issuance, Revocation, Store, StoreError, TenantId};

use super::samples::issuance;

const NUMBER: &str = "MINI-1";

/// The certificate MINI-1 is there, in both bodies.
pub(super) async fn tell(store: &dyn Store, here: &TenantId, there: &TenantId) {
    a_certificate_begins_active(store, here).await;
    a_change_is_made_once_and_as_it_was_judged(store, here).await;
    a_successor_takes_the_place_under_the_same_number(store, here).await;
    a_change_that_cannot_be_written_undoes_those_beside_it(store, here).await;
    all_are_gone_through_in_the_order_of_their_numbers(store, here).await;
    let untouched = store.instances(there, NUMBER).await.unwrap();
    assert_eq!(untouched.len(), 1, "of another body");
    assert_eq!(untouched[0].state, CertificateState::Active);
}

fn revocation(entry: u64) -> Revocation {
    Revocation {
        list: 3,
        entry,
        number: NUMBER.into(),
        document: "certificate".into(),
        reason: "because".into(),
        decided_by: "officer".into(),
        revoked_at_ms: 900,
    }
}

fn change(instance: u32, from: CertificateState, to: CertificateState) -> CertificateChange {
    CertificateChange {
        number: NUMBER.into(),
        instance,
        from,
        to,
        reason: "because".into(),
        decided_by: "officer".into(),
        changed_at_ms: 900,
        revocations: Vec::new(),
        successor: None,
    }
}

async fn states(store: &dyn Store, here: &TenantId) -> Vec<(u32, CertificateState)> {
    store.states(here, NUMBER).await.unwrap().into_iter().map(|entry| (entry.instance, entry.state)).collect()
}

async fn a_certificate_begins_active(store: &dyn Store, here: &TenantId) {
    let all = store.instances(here, NUMBER).await.unwrap();
    assert_eq!(all, [store.certificate(here, NUMBER).await.unwrap().unwrap()]);
    assert_eq!((all[0].instance, all[0].state), (1, CertificateState::Active));
    let first = store.states(here, NUMBER).await.unwrap().remove(0);
    assert_eq!((first.reason.as_str(), first.decided_by.as_str(), first.changed_at_ms), ("issued", "automatic", 500));
    assert_eq!(store.instances(here, "MINI-0").await.unwrap(), []);
    assert_eq!(store.states(here, "MINI-0").await.unwrap(), []);
}

async fn a_change_is_made_once_and_as_it_was_judged(store: &dyn Store, here: &TenantId) {
    use CertificateState::{Active, Revoked, Suspended};
    let suspended = CertificateChange { revocations: vec![revocation(7)], ..change(1, Active, Suspended) };
    let nowhere = CertificateChange { number: "MINI-0".into(), ..suspended.clone() };
    let stale = [change(2, Active, Suspended), change(1, Suspended, Revoked), nowhere];
    assert_eq!(store.change_certificates(here, &stale).await.unwrap(), [false; 3]);
    assert_eq!(store.change_certificates(here, std::slice::from_ref(&suspended)).await.unwrap(), [true]);
    assert_eq!(store.change_certificates(here, &[suspended]).await.unwrap(), [false], "it is so already");
    assert_eq!(states(store, here).await, [(1, Active), (1, Suspended)]);
    assert_eq!(store.certificate(here, NUMBER).await.unwrap().unwrap().state, Suspended);
    assert_eq!(store.revocations(here, 3).await.unwrap(), [revocation(7)]);
    let badge = BadgeRecord {
        id: "urn:late".into(),
        number: NUMBER.into(),
        list: 3,
        entry: 8,
        document: "{}".into(),
        issued_at_ms: 900,
    };
    assert!(store.keep_badge(here, &badge).await.is_err(), "of a certificate that does not stand, no badge is made");
}

async fn a_successor_takes_the_place_under_the_same_number(store: &dyn Store, here: &TenantId) {
    use CertificateState::{Active, Superseded, Suspended};
    let before = store.certificate(here, NUMBER).await.unwrap().unwrap();
    let next = Issuance { certificate: r#"{"certificate":2}"#.into(), issued_at_ms: 901, ..before.issued.clone() };
    let change = CertificateChange { successor: Some((next.clone(), Active)), ..change(1, Suspended, Superseded) };
    assert_eq!(store.change_certificates(here, &[change]).await.unwrap(), [true]);
    let live = store.certificate(here, NUMBER).await.unwrap().unwrap();
    assert_eq!((live.instance, live.state, &live.issued), (2, Active, &next));
    assert_eq!(store.certificate_of(here, &live.attempt).await.unwrap(), Some(live));
    let all = store.instances(here, NUMBER).await.unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!((&all[0].issued, all[0].state), (&before.issued, Superseded));
    assert_eq!(states(store, here).await, [(1, Active), (1, Suspended), (1, Superseded), (2, Active)]);
}

async fn a_change_that_cannot_be_written_undoes_those_beside_it(store: &dyn Store, here: &TenantId) {
    use CertificateState::{Active, Revoked};
    let good = change(2, Active, Revoked);
    let broken = CertificateChange {
        number: "MINI-3".into(),
        successor: Some((issuance("MINI-9", "mini/1/c-9"), Active)),
        ..change(1, Active, Revoked)
    };
    let refused = store.change_certificates(here, &[good, broken]).await;
    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
    assert_eq!(store.certificate(here, NUMBER).await.unwrap().unwrap().state, Active);
}

async fn all_are_gone_through_in_the_order_of_their_numbers(store: &dyn Store, here: &TenantId) {
    let after = async |number: &str, most| -> Vec<(String, u32)> {
        let page = store.certificates_after(here, number, most).await.unwrap();
        page.into_iter().map(|record| (record.issued.number, record.instance)).collect()
    };
    let (first, third) = ((NUMBER.to_owned(), 2), ("MINI-3".to_owned(), 1));
    assert_eq!(after("", 10).await, [first.clone(), third.clone()]);
    assert_eq!(after("", 1).await, [first]);
    assert_eq!(after(NUMBER, 10).await, [third]);
    assert_eq!(after("MINI-3", 10).await, []);
}
