use chrono::Duration;
use serde_json::{Value, json};

use super::{super::*, *};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

fn did() -> DidWeb {
    DidWeb::from_host("issuer.example").unwrap()
}

fn day(day: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap() + Duration::days(day)
}

fn certify(purposes: &[KeyPurpose], from: i64, until: i64) -> Action {
    Action::Certify { purposes: purposes.to_vec(), not_before: day(from), not_after: day(until) }
}

const SIGNS: [KeyPurpose; 2] = [KeyPurpose::Certificate, KeyPurpose::Status];

/// Key 1 from day 0 for a year, retired on day 100, when key 2 begins; key 3 for lists alone; key 4 compromised on day 120.
fn history() -> KeyHistory {
    let root = key(9);
    let state = |history: KeyHistory, seed: u8, action: Action, at: i64| {
        history.append(&key(seed).public(), action, "a reason", day(at), &root).unwrap()
    };
    let history = KeyHistory::new(&did(), &root.public());
    let history = state(history, 1, certify(&SIGNS, 0, 365), 0);
    let history = state(history, 2, certify(&SIGNS, 100, 465), 99);
    let history = state(history, 1, Action::Retire { from: day(100) }, 100);
    let history = state(history, 3, certify(&[KeyPurpose::Status], 100, 465), 100);
    let history = state(history, 4, certify(&SIGNS, 100, 465), 100);
    state(history, 4, Action::Compromise {}, 120)
}

#[test]
fn the_windows_say_who_may_have_signed_what_and_when() {
    let history = history();
    let windows = history.windows().unwrap();
    let asked = |seed: u8, purpose, at| windows.allows(&key(seed).public(), purpose, day(at));
    let certificate = KeyPurpose::Certificate;
    assert_eq!(asked(1, certificate, 0), Allowed::Yes);
    assert_eq!(asked(1, certificate, 99), Allowed::Yes);
    let outside = |from, until| Allowed::Outside { not_before: day(from), not_after: day(until) };
    assert_eq!(asked(1, certificate, 100), outside(0, 100), "the moment of its end is not in a window");
    assert_eq!(asked(1, certificate, -1), outside(0, 100));
    assert_eq!(asked(2, certificate, 99), outside(100, 465));
    assert_eq!(asked(2, certificate, 464), Allowed::Yes);
    assert_eq!(asked(3, KeyPurpose::Status, 200), Allowed::Yes);
    assert_eq!(asked(3, certificate, 200), Allowed::OtherPurpose);
    assert_eq!(asked(4, certificate, 110), Allowed::Compromised { at: day(120) }, "before it was known as well");
    assert_eq!(asked(5, certificate, 110), Allowed::NotStated);
    assert_eq!(asked(9, certificate, 110), Allowed::NotStated, "the root key signs statements and nothing else");
}

#[test]
fn the_document_lists_current_and_retired_keys_and_no_compromised_one() {
    let document = history().windows().unwrap().did_document(&did());
    let listed = |seed| document.assertion_key(&crate::did::method_id(&did(), &key(seed).public())).is_ok();
    assert_eq!([1, 2, 3, 4, 9].map(listed), [true, true, true, false, false]);
    let ends: Vec<_> = document.verification_method.iter().map(|method| (method.expires, method.revoked)).collect();
    assert_eq!(ends, [(None, None), (None, None), (Some(day(466)), None)]);
    let lists = crate::did::method_id(&did(), &key(3).public());
    assert!(document.assertion_key_at(&lists, day(465)).is_ok());
    assert!(document.assertion_key_at(&lists, day(466)).is_err());
    assert!(
        !document.verification_method.iter().any(|method| method.public_key_multibase == key(4).public().to_string())
    );
}

#[test]
fn a_history_is_read_as_it_was_written() {
    let history = history();
    let text = serde_json::to_string(&history).unwrap();
    let read: KeyHistory = serde_json::from_str(&text).unwrap();
    assert_eq!(read, history);
    assert_eq!(read.windows(), history.windows());
    insta::assert_json_snapshot!(history);
}

/// The history with something changed in its text.
fn changed(change: impl FnOnce(&mut Value)) -> Result<Windows, HistoryFault> {
    let mut value = serde_json::to_value(history()).unwrap();
    change(&mut value);
    serde_json::from_value::<KeyHistory>(value).unwrap().windows().cloned()
}

fn fault(number: usize, fault: StatementFault) -> Result<Windows, HistoryFault> {
    Err(HistoryFault::Statement { number, fault })
}

#[test]
fn a_statement_that_was_changed_left_out_or_moved_ends_the_whole() {
    use crate::signed::SignedFault;
    let later = changed(|value| {
        value["statements"][0]["document"]["action"]["certify"]["not_after"] = "2036-01-01T00:00:00Z".into()
    });
    assert_eq!(later, fault(1, StatementFault::Envelope(SignedFault::Signature)));
    let array = |value: &mut Value| value["statements"].as_array().unwrap().clone();
    let without = changed(|value| {
        let mut statements = array(value);
        statements.remove(2);
        value["statements"] = statements.into();
    });
    assert_eq!(without, fault(3, StatementFault::Seq(4)));
    let beheaded = changed(|value| value["statements"] = array(value)[1..].into());
    assert_eq!(beheaded, fault(1, StatementFault::Seq(2)));
    let moved = changed(|value| value["statements"].as_array_mut().unwrap().swap(1, 2));
    assert_eq!(moved, fault(2, StatementFault::Seq(3)));
    // Cut off at the end it holds: only a later copy, or a log, shows that there is more.
    assert!(changed(|value| value["statements"] = array(value)[..3].into()).is_ok());
    assert_eq!(
        changed(|value| value["root"] = key(8).public().to_string().into()),
        fault(1, StatementFault::Envelope(SignedFault::UnknownKey))
    );
    assert_eq!(changed(|value| value["root"] = "z6Mk".into()), Err(HistoryFault::Root));
    assert_eq!(changed(|value| value["issuer"] = "did:web:other.example".into()), fault(1, StatementFault::Issuer));
    assert!(matches!(changed(|value| value["version"] = 2.into()), Err(HistoryFault::Format(_, 2))));
    let many = changed(|value| value["statements"] = vec![array(value)[0].clone(); MAX_STATEMENTS + 1].into());
    assert_eq!(many, Err(HistoryFault::TooLong));
}

/// A history in which the root key itself signs what it must not.
fn signed(change: impl FnOnce(&mut KeyStatement)) -> Result<Windows, HistoryFault> {
    let mut history = history();
    let last = history.statements.last().unwrap();
    let mut statement = KeyStatement {
        seq: last.document.seq + 1,
        prev: Some(last.digest().unwrap()),
        at: day(130),
        key: key(6).public().to_string(),
        action: certify(&SIGNS, 130, 140),
        ..last.document.clone()
    };
    change(&mut statement);
    history.statements.push(Signed::sign(statement, &key(9)).unwrap());
    history.checked = OnceLock::new();
    history.windows().cloned()
}

#[test]
fn the_root_key_cannot_state_everything() {
    assert!(signed(|_| {}).is_ok());
    let of = |seed: u8| key(seed).public().to_string();
    assert_eq!(signed(|s| s.prev = None), fault(7, StatementFault::Prev));
    assert_eq!(signed(|s| s.prev = Some("00".repeat(32))), fault(7, StatementFault::Prev));
    assert_eq!(signed(|s| s.seq = 6), fault(7, StatementFault::Seq(6)));
    assert_eq!(signed(|s| s.at = day(1)), fault(7, StatementFault::Time));
    assert_eq!(signed(|s| s.at += Duration::milliseconds(5)), fault(7, StatementFault::Time));
    assert_eq!(signed(|s| s.version = 2), fault(7, StatementFault::Format));
    assert_eq!(signed(|s| s.issuer = "did:web:other.example".into()), fault(7, StatementFault::Issuer));
    assert_eq!(signed(|s| s.key = of(9)), fault(7, StatementFault::Key));
    assert_eq!(signed(|s| s.key = "z6Mk".into()), fault(7, StatementFault::Key));
    assert_eq!(signed(|s| s.action = certify(&SIGNS, 5, 5)), fault(7, StatementFault::Window));
    assert_eq!(signed(|s| s.action = certify(&[], 5, 6)), fault(7, StatementFault::Window));
    assert_eq!(signed(|s| s.action = certify(&[SIGNS[0], SIGNS[0]], 5, 6)), fault(7, StatementFault::Window));
    assert_eq!(signed(|s| s.key = of(1)), fault(7, StatementFault::Ended), "a retired key does not come back");
    assert_eq!(signed(|s| s.key = of(4)), fault(7, StatementFault::Ended));
    assert_eq!(signed(|s| s.action = Action::Retire { from: day(131) }), fault(7, StatementFault::NeverCertified));
    let again = signed(|s| (s.key, s.action) = (of(4), Action::Compromise {}));
    assert_eq!(again, fault(7, StatementFault::Repeated));
    // A retired key may turn out to have been stolen, and one that was never certified as well.
    for seed in [1, 7] {
        assert!(signed(|s| (s.key, s.action) = (of(seed), Action::Compromise {})).is_ok());
    }
}

#[test]
fn only_the_root_key_appends_and_time_does_not_run_backwards() {
    let history = history();
    let append = |seed, at| history.append(&key(6).public(), certify(&SIGNS, 1, 2), "x", day(at), &key(seed));
    assert_eq!(append(8, 130).unwrap_err(), HistoryFault::OtherRoot);
    let later = append(9, 1).unwrap();
    assert_eq!(later.statements().last().unwrap().document.at, day(120));
    assert!(later.extends(&history) && !history.extends(&later) && history.extends(&history));
    assert_ne!(later.head(), history.head());
    assert!(history.append(&key(1).public(), certify(&SIGNS, 1, 2), "x", day(130), &key(9)).is_err());
}

#[test]
fn unknown_members_are_refused() {
    let mut value = serde_json::to_value(history()).unwrap();
    value["statements"][0]["document"]["more"] = json!(1);
    assert!(serde_json::from_value::<KeyHistory>(value).is_err());
}
