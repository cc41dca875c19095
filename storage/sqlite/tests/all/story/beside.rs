//! What lies beside the journal: the package, challenges and heads, grants, response files, the browser that is required.

use storage::{AnchorRecord, AnchorTaken, ResponseRecord, Store, StoreError, TenantId};

pub(super) async fn tell(store: &dyn Store, here: &TenantId, there: &TenantId) {
    a_package_is_its_attempts(store, here).await;
    a_challenge_comes_back_once(store, here, there).await;
    a_grant_is_kept_as_it_was_signed(store, here).await;
    a_response_file_is_noted_once(store, here).await;
    a_browser_is_required_until_it_is_not(store, here, there).await;
    nobody_has_nothing(store, here).await;
    another_tenant_sees_none_of_it(store, there).await;
}

async fn a_package_is_its_attempts(store: &dyn Store, here: &TenantId) {
    for id in ["a-1", "a-2"] {
        let package = store.package(here, id).await.unwrap().unwrap();
        assert_eq!(package, format!("package of {id} \u{0}\n").into_bytes());
    }
}

fn given_out(challenge: &str, authority: &str, issued_at_ms: i64) -> AnchorRecord {
    AnchorRecord { challenge: challenge.into(), authority: authority.into(), issued_at_ms, taken: None }
}

async fn a_challenge_comes_back_once(store: &dyn Store, here: &TenantId, there: &TenantId) {
    // Given out in an order that is not the one of their texts.
    let [late, early] = [given_out("0a", "server", 20), given_out("ff", "proctor", 10)];
    for anchor in [&late, &early, &AnchorRecord { issued_at_ms: 99, ..late.clone() }] {
        store.add_challenge(here, "a-1", anchor).await.unwrap();
    }
    assert_eq!(
        store.anchors(here, "a-1").await.unwrap(),
        [early.clone(), late.clone()],
        "in the order they were given"
    );

    let taken = AnchorTaken { count: 7, head: "cd".repeat(16), recorded_at_ms: 30, recorded_by: "Zoë".into() };
    assert!(store.take_anchor(here, "a-1", "ff", &taken).await.unwrap());
    let other = AnchorTaken { count: 8, recorded_at_ms: 40, ..taken.clone() };
    assert!(!store.take_anchor(here, "a-1", "ff", &other).await.unwrap(), "what was recorded first stays");
    for (tenant, attempt, challenge) in [(here, "a-1", "aa"), (here, "a-2", "ff"), (there, "a-1", "ff")] {
        assert!(!store.take_anchor(tenant, attempt, challenge, &taken).await.unwrap(), "was not given out there");
    }
    let back = AnchorRecord { taken: Some(taken), ..early };
    // Given out again, it is not a fresh one.
    store.add_challenge(here, "a-1", &AnchorRecord { taken: None, ..back.clone() }).await.unwrap();
    assert_eq!(store.anchors(here, "a-1").await.unwrap(), [back, late]);
    assert_eq!(store.anchors(here, "a-2").await.unwrap(), []);
}

async fn a_grant_is_kept_as_it_was_signed(store: &dyn Store, here: &TenantId) {
    for (id, document, now_ms) in [("g-2", "first – «é»", 10), ("g-1", "second", 20), ("g-2", "changed", 30)] {
        store.add_grant(here, "a-1", id, document, now_ms).await.unwrap();
    }
    assert_eq!(store.grants(here, "a-1").await.unwrap(), ["first – «é»", "second"]);
    assert_eq!(store.grants(here, "a-2").await.unwrap(), [""; 0]);
}

async fn a_response_file_is_noted_once(store: &dyn Store, here: &TenantId) {
    let response = |digest: &str, outcome: &str, received_at_ms: i64, file: Option<&[u8]>| ResponseRecord {
        digest: digest.into(),
        outcome: outcome.into(),
        count: 12,
        received_at_ms,
        file: file.map(<[u8]>::to_vec),
    };
    let (taken, fork) = (response("dd", "taken", 10, None), response("aa", "fork", 20, Some(b"whole \0 file")));
    for record in [&fork, &taken, &response("dd", "known", 30, None), &response("aa", "known", 40, None)] {
        store.keep_response(here, "a-1", record).await.unwrap();
    }
    let listed = ResponseRecord { file: None, ..fork };
    assert_eq!(store.responses(here, "a-1").await.unwrap(), [taken, listed]);
    assert_eq!(store.responses(here, "a-2").await.unwrap(), []);
    assert_eq!(store.response_file(here, "a-1", "aa").await.unwrap().as_deref(), Some(b"whole \0 file".as_slice()));
    for (attempt, digest) in [("a-1", "dd"), ("a-1", "bb"), ("a-2", "aa")] {
        assert_eq!(store.response_file(here, attempt, digest).await.unwrap(), None, "{attempt} {digest}");
    }
    let unheard_of = store.keep_response(here, "a-1", &response("bb", "lost", 50, None)).await;
    assert!(matches!(unheard_of, Err(StoreError::Database(_))), "{unheard_of:?}");
}

async fn a_browser_is_required_until_it_is_not(store: &dyn Store, here: &TenantId, there: &TenantId) {
    let required = async || store.sitting(here, "s-1").await.unwrap().unwrap().safe_browser;
    assert!(store.require_browser(here, "s-1", Some("keys")).await.unwrap());
    assert_eq!(required().await.as_deref(), Some("keys"));
    assert!(!store.require_browser(here, "nothing", Some("keys")).await.unwrap());
    assert!(!store.require_browser(there, "s-1", None).await.unwrap());
    assert!(store.require_browser(here, "s-1", None).await.unwrap());
    assert_eq!(required().await, None);
    assert_eq!(store.sitting(here, "s-2").await.unwrap().unwrap().reserve_of.as_deref(), Some("s-1"));
}

async fn nobody_has_nothing(store: &dyn Store, here: &TenantId) {
    let named = |error: StoreError| assert!(matches!(error, StoreError::NoSuchAttempt(ref id) if id == "nobody"));
    named(store.add_challenge(here, "nobody", &given_out("0b", "server", 1)).await.unwrap_err());
    named(store.add_grant(here, "nobody", "g-3", "{}", 1).await.unwrap_err());
    let response =
        ResponseRecord { digest: "ee".into(), outcome: "taken".into(), count: 1, received_at_ms: 1, file: None };
    named(store.keep_response(here, "nobody", &response).await.unwrap_err());
    assert_eq!(store.package(here, "nobody").await.unwrap(), None);
}

async fn another_tenant_sees_none_of_it(store: &dyn Store, there: &TenantId) {
    assert_eq!(store.package(there, "a-1").await.unwrap(), None);
    assert_eq!(store.anchors(there, "a-1").await.unwrap(), []);
    assert_eq!(store.grants(there, "a-1").await.unwrap(), [""; 0]);
    assert_eq!(store.responses(there, "a-1").await.unwrap(), []);
    assert_eq!(store.response_file(there, "a-1", "aa").await.unwrap(), None);
}
