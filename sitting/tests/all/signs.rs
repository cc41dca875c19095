//! The signs that people look at.

use sitting::{Allows, Event, Grant, Sign, SignKind, signs};

use crate::fixture::{Desk, MINE, MINUTE, MOST_MINUTES, NOON, answered, at, device, grant, secrets, submitted};

fn of(desk: &Desk) -> Vec<(u64, SignKind, String)> {
    signs(&desk.sitting).into_iter().map(|Sign { seq, kind, detail }| (seq, kind, detail)).collect()
}

/// The signs but the one that every journal has which does not end with a checkpoint.
fn seen(desk: &Desk) -> Vec<(u64, SignKind, String)> {
    of(desk).into_iter().filter(|(_, kind, _)| *kind != SignKind::NotVouched).collect()
}

fn one(desk: &Desk) -> (u64, SignKind, String) {
    let [sign] = <[_; 1]>::try_from(seen(desk)).unwrap();
    sign
}

fn said(seq: u64, kind: SignKind, detail: &str) -> (u64, SignKind, String) {
    (seq, kind, detail.into())
}

#[test]
fn a_quiet_sitting_shows_nothing() {
    let desk = Desk::opened(MINE).and(answered("q01", &["a"])).wait(50 * MINUTE).and(answered("q02", &["b"]));
    assert_eq!(of(&desk.checkpoint()), []);
    assert_eq!(of(&Desk::new(MINE)), []);
}

#[test]
fn a_monotonic_clock_that_runs_backwards_is_noticed_in_every_run() {
    let mut desk = Desk::opened(MINE).wait(10_000).and(answered("q01", &["a"]));
    desk.now.mono_ms -= 4_000;
    desk = desk.and(answered("q01", &["b"]));
    assert_eq!(one(&desk), said(4, SignKind::ClockBackwards, "by 3 s"));
    // Of a run that was over: it goes on as if it had not been.
    let mut desk = Desk::opened(MINE).wait(10_000).and(answered("q01", &["a"]));
    let earlier = at("a", 700, desk.now.wall_ms + 2_000);
    desk.now = at("b", 9, desk.now.wall_ms);
    desk = desk.and(Event::Resumed { gap_ms: 0 });
    desk.now = earlier;
    assert_eq!(one(&desk.and(answered("q01", &["b"]))), said(5, SignKind::ClockBackwards, "by 11 s"));
}

#[test]
fn jumps_gaps_and_time_that_nothing_measured_are_said_with_their_lengths() {
    let jumps = Desk::opened(MINE).and(Event::ClockJumped { by_ms: -90_000 }).and(Event::ClockJumped { by_ms: 7_000 });
    assert_eq!(
        seen(&jumps),
        [
            said(3, SignKind::ClockJumped, "the wall clock went 1 min 30 s back"),
            said(4, SignKind::ClockJumped, "the wall clock went 7 s ahead"),
        ]
    );
    let mut desk = Desk::opened(MINE);
    desk.now = at("b", 9, NOON + 12 * MINUTE);
    desk = desk.and(Event::Resumed { gap_ms: 11 * MINUTE });
    assert_eq!(
        seen(&desk),
        [
            said(3, SignKind::Gap, "11 min 0 s by the wall clock"),
            said(3, SignKind::Unmeasured, "11 min 59 s since the start, by the wall clock alone"),
        ]
    );
    let mut short = Desk::opened(MINE);
    short.now = at("b", 9, NOON + 30_000);
    assert_eq!(seen(&short.and(Event::Resumed { gap_ms: 29_000 })), []);
}

#[test]
fn what_the_page_was_covered_with_is_said_with_its_length() {
    let desk = Desk::opened(MINE)
        .and(Event::FocusChanged { focused: false })
        .and(Event::VisibilityChanged { visible: false })
        .wait(20_000)
        .and(Event::VisibilityChanged { visible: false })
        .and(Event::VisibilityChanged { visible: true })
        .and(Event::FocusChanged { focused: true })
        .and(Event::FullscreenChanged { on: false })
        .and(Event::ScreensChanged { extended: true })
        .wait(60_000)
        .and(Event::ScreensChanged { extended: false });
    assert_eq!(
        seen(&desk),
        [
            said(3, SignKind::Unfocused, "without focus 24 s"),
            said(4, SignKind::Hidden, "hidden 22 s"),
            said(8, SignKind::LeftFullscreen, "not filling the screen 1 min 2 s, until the record ends"),
            said(9, SignKind::SecondScreen, "more than one screen 1 min 1 s"),
        ]
    );
    let mut desk = Desk::opened(MINE).and(Event::VisibilityChanged { visible: false });
    desk.now = at("b", 9, NOON + 30_000);
    let detail = "hidden 28 s by the wall clock, until the page was opened again";
    assert_eq!(one(&desk.and(Event::Resumed { gap_ms: 0 })), said(3, SignKind::Hidden, detail));
}

#[test]
fn breaks_grants_moves_and_pastes_are_listed() {
    let minutes = Grant::of_code(&secrets(MINE).extra_time(5, MOST_MINUTES));
    let pause = grant("p1", MINE, Allows::Pause { number: 0 }, 2);
    let end = grant("e1", MINE, Allows::End, 2);
    let mut desk = Desk::opened(MINE)
        .and(Event::Pasted { characters: 812 })
        .and(Event::Paused {})
        .wait(5 * MINUTE)
        .and(Event::Continued {})
        .and(Event::Granted { grant: minutes })
        .and(Event::Granted { grant: pause })
        .wait(2 * MINUTE)
        .and(Event::Continued {})
        .checkpoint()
        .and(Event::Moved { device: device(4), grant: Grant::of_code(&secrets(MINE).moving(1)) });
    desk.key = 4;
    let desk = desk.and(Event::Granted { grant: end }).and(submitted());
    let detail = format!("epoch 2, device {}", device(4).key);
    assert_eq!(
        of(&desk),
        [
            said(3, SignKind::Pasted, "812 characters"),
            said(4, SignKind::Break, "approved break 5 min 1 s"),
            said(6, SignKind::Granted, "5 extra minutes in all, by code"),
            said(7, SignKind::Break, "granted pause 2 min 1 s"),
            said(10, SignKind::Moved, &detail),
            said(10, SignKind::NotVouched, "lines 10 to 12 of epoch 2"),
            said(11, SignKind::Granted, "end of the sitting, signed"),
        ]
    );
}

#[test]
fn lines_without_a_later_checkpoint_of_their_device_are_named() {
    let desk = Desk::opened(MINE).and(answered("q01", &["a"])).checkpoint().and(answered("q02", &["b"]));
    assert_eq!(of(&desk), [said(5, SignKind::NotVouched, "lines 5 to 5 of epoch 1")]);
    let moved = Event::Moved { device: device(4), grant: Grant::of_code(&secrets(MINE).moving(1)) };
    let mut desk = desk.and(moved);
    desk.key = 4;
    let desk = desk.and(answered("q03", &["c"])).checkpoint();
    let kinds: Vec<_> = of(&desk).into_iter().filter(|(_, kind, _)| *kind == SignKind::NotVouched).collect();
    // The new device vouches for what it took over; the old one never did.
    assert_eq!(kinds, [said(5, SignKind::NotVouched, "lines 5 to 5 of epoch 1")]);
}

#[test]
fn an_unknown_event_is_named_and_cannot_flood_the_list() {
    let mut desk = Desk::opened(MINE);
    let line = desk.sitting.prepare(&Event::Resumed { gap_ms: 1 }, &desk.now, [9; 16]).unwrap();
    let event = format!(r#"{{"type":"{}"}}"#, "levitated".repeat(50));
    desk.sitting.accept(&line.replace(r#"{"gap_ms":1,"type":"resumed"}"#, &event)).unwrap();
    let (seq, kind, detail) = one(&desk);
    assert_eq!((seq, kind, detail.len()), (3, SignKind::UnknownEvent, 62));
    assert!(detail.starts_with("\"levitated"));
}
