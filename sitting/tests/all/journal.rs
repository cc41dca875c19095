//! Answers are a view of the journal, and what is written can be read again.

use item::Response;
use proptest::prelude::*;
use sitting::{Authority, Event, LineFault, MAX_LINE_BYTES, Place, SubmitReason};

use crate::fixture::{Desk, MINE, answered, at, grant, manifest, replay, submitted};

#[test]
fn a_journal_read_again_gives_the_same_answers_place_time_and_head() {
    let desk = Desk::opened(MINE)
        .and(answered("q01", &["a"]))
        .and(answered("q02", &["b"]))
        .and(answered("q01", &["c"]))
        .and(Event::Flagged { item: "q02".into(), on: true })
        .and(Event::Flagged { item: "q03".into(), on: true })
        .and(Event::Flagged { item: "q03".into(), on: false })
        .and(answered("q02", &[]))
        .and(Event::Navigated { to: Place::Item("q03".into()) });
    let again = replay(manifest(MINE), &desk.lines()).unwrap();
    assert_eq!((again.answers(), again.head()), (desk.sitting.answers(), desk.sitting.head()));
    assert_eq!((again.time(), again.device()), (desk.sitting.time(), desk.sitting.device()));
    assert_eq!(again.answers().response(&"q01".into()), Response::new(["c"]));
    assert!(again.answers().response(&"q02".into()).is_empty());
    assert_eq!(again.answers().flags().len(), 1);
    assert!(again.answers().is_flagged(&"q02".into()));
    assert_eq!(again.answers().place(), Some(&Place::Item("q03".into())));
}

#[test]
fn the_end_says_why_and_where() {
    let desk = Desk::opened(MINE).and(Event::Submitted { reason: SubmitReason::TimeUp });
    let end = desk.sitting.answers().submission().unwrap();
    assert_eq!((end.reason, end.seq), (SubmitReason::TimeUp, 3));
}

#[test]
fn a_long_journal_takes_no_more_signs_but_everything_else() {
    let mut desk = Desk::opened(MINE);
    let sign = Event::FocusChanged { focused: true };
    assert!(desk.sitting.has_room_for(&sign));
    while desk.sitting.count() < 10_000 {
        desk.write(&sign).unwrap();
    }
    for sign in [
        sign,
        Event::VisibilityChanged { visible: true },
        Event::FullscreenChanged { on: true },
        Event::ScreensChanged { extended: true },
        Event::Pasted { characters: 1 },
        Event::ClockJumped { by_ms: 0 },
    ] {
        assert!(!desk.sitting.has_room_for(&sign), "{sign:?}");
    }
    let end = grant("g1", MINE, sitting::Allows::End, 2);
    for event in [answered("q01", &["a"]), Event::Granted { grant: end }, submitted()] {
        assert!(desk.sitting.has_room_for(&event), "{event:?}");
    }
}

#[test]
fn the_hash_of_every_state_can_be_told_afterwards() {
    let mut desk = Desk::released(MINE);
    let mut heads = vec![manifest(MINE).digest().unwrap(), desk.sitting.head().to_owned()];
    desk = desk.and(Event::Opened { form: manifest(MINE).form_digest }).and(answered("q01", &["a"]));
    heads.push(crate::fixture::hash(&desk.lines()[1]));
    heads.push(desk.sitting.head().to_owned());
    for (count, head) in (0..).zip(heads) {
        assert_eq!(desk.sitting.head_at(count), Some(head));
    }
    assert_eq!(desk.sitting.head_at(4), None);
    assert_eq!(desk.sitting.head_at(u64::MAX), None);
}

#[test]
fn a_challenge_that_can_be_guessed_and_an_anchor_of_the_future_are_refused() {
    let mut desk = Desk::opened(MINE);
    for weak in ["", &"0".repeat(31), &"A".repeat(32), &"g".repeat(32), &"0".repeat(129)] {
        let event = Event::Challenged { challenge: weak.into(), by: Authority::Proctor };
        assert_eq!(desk.refusal(event), sitting::Refusal::Challenge, "{weak}");
    }
    let anchored = |count| Event::Anchored { by: Authority::Proctor, count, elapsed_ms: None };
    assert_eq!(desk.refusal(anchored(3)), sitting::Refusal::Anchor);
    desk.write(&Event::Challenged { challenge: "0f".repeat(16), by: Authority::Proctor }).unwrap();
    desk.write(&anchored(3)).unwrap();
}

#[test]
fn a_line_that_could_not_be_read_again_is_never_written() {
    let mut desk = Desk::opened(MINE);
    let wordy = match grant("g1", MINE, sitting::Allows::ExtraTime { minutes: 5 }, 1) {
        sitting::Grant::Signed { signed } => {
            let document = sitting::SignedGrant { reason: "x".repeat(MAX_LINE_BYTES), ..signed.document };
            sitting::Grant::of_signed(signing::signed::Signed::sign(document, &crate::fixture::key(1)).unwrap())
        }
        code => code,
    };
    assert!(matches!(desk.write(&Event::Granted { grant: wordy }), Err(LineFault::TooLong { .. })));
    desk.now = at("a", 1 << 53, 0);
    assert_eq!(desk.write(&submitted()), Err(LineFault::Number));
}

fn event() -> impl Strategy<Value = Event> {
    let item = prop::sample::select(vec!["q01", "q02", "q03", "q04"]);
    let label = prop::sample::select(vec!["a", "b", "c"]);
    prop_oneof![
        (item.clone(), label).prop_map(|(item, label)| answered(item, &[label])),
        (item.clone(), any::<bool>()).prop_map(|(item, on)| Event::Flagged { item: item.into(), on }),
        item.prop_map(|item| Event::Navigated { to: Place::Item(item.into()) }),
        any::<u64>().prop_map(|gap_ms| Event::Resumed { gap_ms }),
        any::<i64>().prop_map(|by_ms| Event::ClockJumped { by_ms }),
        any::<u64>().prop_map(|characters| Event::Pasted { characters }),
        any::<bool>().prop_map(|visible| Event::VisibilityChanged { visible }),
        any::<bool>().prop_map(|on| Event::FullscreenChanged { on }),
        any::<bool>().prop_map(|extended| Event::ScreensChanged { extended }),
        any::<bool>().prop_map(|paused| if paused { Event::Paused {} } else { Event::Continued {} }),
        (0..20_u64, prop::option::of(any::<u64>())).prop_map(|(count, elapsed_ms)| Event::Anchored {
            by: Authority::Server,
            count,
            elapsed_ms
        }),
    ]
}

proptest! {
    /// Whatever the clocks claim: what was written is accepted here and by everybody else, never a panic, and its signs can be
    /// listed.
    #[test]
    fn what_can_be_written_can_be_read(
        events in prop::collection::vec((event(), "[ab]", any::<u64>(), any::<u64>()), 1..20),
        small in any::<bool>(),
    ) {
        let mut desk = Desk::opened(MINE);
        for (event, boot, mono_ms, wall_ms) in events {
            let bound = if small { 10_000_000 } else { (1 << 53) + 1 };
            desk.now = at(&boot, mono_ms % bound, wall_ms % bound);
            let _ = desk.write(&event);
        }
        let again = replay(manifest(MINE), &desk.lines()).unwrap();
        prop_assert_eq!(again.head(), desk.sitting.head());
        let left = again.left(&desk.now);
        prop_assert!(left.likely_ms <= left.measured_ms);
        let _ = sitting::signs(&again);
    }
}
