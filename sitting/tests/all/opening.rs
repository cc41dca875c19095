//! How a journal begins: `released`, `opened`, and only then all else.

use item::ItemId;
use sitting::{Authority, Event, Place, Recorded, Refusal, ReleaseVia, Sitting};

use crate::fixture::{Desk, MINE, OTHERS, answered, device, manifest, released, replay, submitted};

fn begin() -> Event {
    Event::Opened { form: manifest(MINE).form_digest }
}

#[test]
fn nothing_comes_before_the_package_is_opened() {
    let mut closed = Desk::new(MINE);
    for early in [
        begin(),
        answered("q01", &["a"]),
        Event::Resumed { gap_ms: 0 },
        Event::FocusChanged { focused: true },
        Event::Challenged { challenge: "0".repeat(32), by: Authority::Server },
        Event::Checkpointed { signature: "0".repeat(128) },
        submitted(),
    ] {
        assert_eq!(closed.refusal(early), Refusal::Order);
    }
    let unknown = Desk::released(MINE).lines()[0].replace(r#""type":"released""#, r#""type":"levitated""#);
    let fault = closed.sitting.accept(&unknown).unwrap_err();
    assert_eq!((fault.seq, fault.fault), (1, Refusal::Order.into()));
}

#[test]
fn the_candidate_works_only_after_the_start() {
    let mut released = Desk::released(MINE);
    for early in [
        answered("q01", &["a"]),
        Event::Flagged { item: "q01".into(), on: true },
        Event::Navigated { to: Place::Review },
        Event::Paused {},
        submitted(),
    ] {
        assert_eq!(released.refusal(early), Refusal::Order);
    }
    assert!(!released.sitting.has_opened());
    assert_eq!(released.sitting.left(&released.now).likely_ms, 70 * 60_000);
}

#[test]
fn a_sitting_is_released_and_opened_once() {
    let mut opened = Desk::opened(MINE);
    assert_eq!(opened.refusal(released(MINE, 3)), Refusal::Order);
    assert_eq!(opened.refusal(begin()), Refusal::Order);
}

#[test]
fn only_the_form_of_the_manifest_is_opened() {
    let mut released = Desk::released(MINE);
    assert_eq!(released.refusal(Event::Opened { form: "0".repeat(64) }), Refusal::OtherForm);
}

#[test]
fn a_device_without_a_readable_key_releases_nothing() {
    let mut closed = Desk::new(MINE);
    for key in ["", "z6Mk", "age1qqqq"] {
        let device = sitting::Device { key: key.into(), ..device(3) };
        let event = Event::Released {
            device,
            via: ReleaseVia::Code,
            extra_ms: 0,
            break_ms: 0,
            proof: "0".repeat(64),
            app: String::new(),
        };
        assert_eq!(closed.refusal(event), Refusal::DeviceKey, "{key}");
    }
}

#[test]
fn the_first_line_hangs_on_the_manifest_of_this_attempt() {
    let first = &Desk::released(MINE).lines()[0];
    let digest = manifest(MINE).digest().unwrap();
    assert!(first.contains(&format!(r#""prev":"{digest}""#)));
    assert_ne!(digest, manifest(OTHERS).digest().unwrap());
    assert_eq!(replay(manifest(MINE), std::slice::from_ref(first)).unwrap().epoch(), 1);
}

#[test]
fn nothing_follows_the_end() {
    let mut ended = Desk::handed_in(MINE);
    for late in [answered("q01", &["b"]), submitted(), Event::Resumed { gap_ms: 0 }, ended.vouching()] {
        assert_eq!(ended.refusal(late), Refusal::AlreadySubmitted);
    }
}

#[test]
fn what_the_form_does_not_have_is_refused() {
    let mut desk = Desk::opened(MINE);
    let unknown = || Refusal::UnknownItem(ItemId::from("q99"));
    assert_eq!(desk.refusal(answered("q99", &["a"])), unknown());
    assert_eq!(desk.refusal(Event::Flagged { item: "q99".into(), on: true }), unknown());
    assert_eq!(desk.refusal(Event::Navigated { to: Place::Item("q99".into()) }), unknown());
    for misfit in [answered("q01", &["z"]), answered("q01", &["a", "b"]), answered("q04", &["a", "b", "c"])] {
        assert!(matches!(desk.refusal(misfit), Refusal::Response { .. }));
    }
    // Fewer than are to be chosen: the candidate has not finished.
    desk.write(&answered("q04", &["b"])).unwrap();
}

#[test]
fn an_event_of_a_later_version_is_kept() {
    let mut desk = Desk::opened(MINE);
    let line = desk.sitting.prepare(&Event::Resumed { gap_ms: 1 }, &desk.now, [9; 16]).unwrap();
    desk.sitting
        .accept(&line.replace(r#"{"gap_ms":1,"type":"resumed"}"#, r#"{"height":3,"type":"levitated"}"#))
        .unwrap();
    assert_eq!(desk.sitting.count(), 3);
    let mut desk = desk.and(answered("q01", &["a"])).and(submitted());
    assert!(desk.lines()[2].contains("levitated"));
    let late = desk.lines()[2].replacen(r#""seq":3"#, &format!(r#""seq":{}"#, desk.sitting.count() + 1), 1);
    let before = desk.lines()[1].clone();
    let late = late.replace(&crate::fixture::hash(&before), desk.sitting.head());
    assert_eq!(desk.sitting.accept(&late).unwrap_err().fault, Refusal::AlreadySubmitted.into());
}

#[test]
fn members_that_a_later_version_adds_to_an_event_stay_under_its_hash() {
    let desk = Desk::opened(MINE);
    let line = desk.sitting.prepare(&answered("q01", &["a"]), &desk.now, [9; 16]).unwrap();
    let line = line.replace(r#"{"item":"q01","#, r#"{"certainty":4,"item":"q01","#);
    let mut sitting: Sitting = desk.sitting.clone();
    sitting.accept(&line).unwrap();
    assert!(sitting.answers().response(&"q01".into()).contains("a"));
    assert_eq!(sitting.head(), crate::fixture::hash(&line));
    let read = sitting::Line::read(&line).unwrap();
    assert!(matches!(read.event, Recorded::Known(Event::Answered { .. })));
}
