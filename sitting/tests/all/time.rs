//! Working time as candidate and auditor see it: approved, granted, taken.

use sitting::{Allows, Authority, Event, Refusal, drift_ms};

use crate::fixture::{Desk, MINE, MINUTE, NOON, answered, at, grant, manifest, replay};

fn anchored(desk: &Desk, elapsed_ms: u64) -> Event {
    Event::Anchored { by: Authority::Server, count: desk.sitting.count(), elapsed_ms: Some(elapsed_ms) }
}

#[test]
fn the_clock_starts_at_the_start_and_not_when_the_package_opens() {
    let mut desk = Desk::released(MINE).wait(30 * MINUTE);
    desk.write(&Event::Opened { form: manifest(MINE).form_digest }).unwrap();
    assert_eq!(desk.minutes_left(), 70);
    assert_eq!(desk.wait(25 * MINUTE).minutes_left(), 45);
}

#[test]
fn approved_breaks_stop_the_clock_as_long_as_they_last_and_questions_rest() {
    let mut desk = Desk::opened(MINE).wait(10 * MINUTE).and(Event::Paused {});
    let left = desk.minutes_left();
    assert_eq!(desk.refusal(answered("q01", &["a"])), Refusal::Paused);
    assert_eq!(desk.refusal(Event::Flagged { item: "q01".into(), on: true }), Refusal::Paused);
    assert_eq!(desk.refusal(Event::Paused {}), Refusal::NoBreak);
    desk = desk.wait(14 * MINUTE);
    assert_eq!(desk.minutes_left(), left);
    desk = desk.and(Event::Continued {});
    assert_eq!(desk.refusal(Event::Continued {}), Refusal::NoBreak);
    // What is left of the fifteen minutes, and no more.
    desk = desk.and(Event::Paused {}).wait(21 * MINUTE).and(Event::Continued {});
    assert_eq!(desk.minutes_left(), left - 20);
    assert_eq!(desk.refusal(Event::Paused {}), Refusal::NoBreak);
    assert_eq!(desk.sitting.time().added_ms(&desk.now), 25 * MINUTE);
}

#[test]
fn a_pause_that_was_granted_needs_no_approved_break_and_ends_after_an_hour() {
    let pause = Event::Granted { grant: grant("p1", MINE, Allows::Pause { number: 0 }, 2) };
    let desk = Desk::opened(MINE).and(pause);
    let left = desk.minutes_left();
    let desk = desk.wait(59 * MINUTE);
    assert_eq!(desk.minutes_left(), left);
    let desk = desk.wait(11 * MINUTE).and(Event::Continued {});
    assert_eq!(desk.minutes_left(), left - 10);
    assert!(desk.sitting.time().has_breaks());
}

#[test]
fn a_sitting_can_be_handed_in_during_a_break() {
    let desk = Desk::opened(MINE).and(Event::Paused {}).and(crate::fixture::submitted());
    assert!(desk.sitting.answers().submission().is_some());
}

#[test]
fn a_crash_costs_what_it_took_and_a_reader_reckons_the_same() {
    let mut desk = Desk::opened(MINE).wait(10 * MINUTE).and(answered("q01", &["a"]));
    desk.now = at("b", 20, NOON + 14 * MINUTE);
    desk = desk.and(Event::Resumed { gap_ms: 4 * MINUTE });
    let (left, elapsed) = (desk.sitting.left(&desk.now), desk.sitting.time().elapsed(&desk.now));
    assert!((3 * MINUTE..5 * MINUTE).contains(&elapsed.unmeasured_ms()));
    assert!(left.measured_ms > left.likely_ms + 3 * MINUTE);
    let again = replay(manifest(MINE), &desk.lines()).unwrap();
    assert_eq!((again.left(&desk.now), again.time().elapsed(&desk.now)), (left, elapsed));
}

#[test]
fn the_servers_reckoning_replaces_the_devices() {
    let desk = Desk::opened(MINE).wait(50 * MINUTE);
    let anchor = anchored(&desk, 20 * MINUTE);
    let mut desk = desk.and(anchor);
    assert_eq!(desk.minutes_left(), 50);
    let now = desk.now.clone();
    desk.sitting.told_elapsed(&now, 40 * MINUTE);
    assert_eq!(desk.minutes_left(), 30);
    // A proctor's record says nothing of it.
    let count = desk.sitting.count();
    let desk = desk.and(Event::Anchored { by: Authority::Proctor, count, elapsed_ms: None });
    assert_eq!(desk.minutes_left(), 30);
}

#[test]
fn a_break_keeps_its_length_whatever_the_server_reckons_meanwhile() {
    for reckoned in [5, 25] {
        let desk = Desk::opened(MINE).wait(20 * MINUTE).and(Event::Paused {}).wait(6 * MINUTE);
        let anchor = anchored(&desk, reckoned * MINUTE);
        let desk = desk.and(anchor).wait(4 * MINUTE).and(Event::Continued {});
        let taken = desk.sitting.time().added_ms(&desk.now) - 10 * MINUTE;
        assert_eq!(taken.div_euclid(MINUTE), 10, "{reckoned}");
    }
}

#[test]
fn an_alarm_of_more_than_an_hour_costs_no_working_time_when_the_computer_slept() {
    let pause = Event::Granted { grant: grant("p1", MINE, Allows::Pause { number: 0 }, 2) };
    let mut desk = Desk::opened(MINE).wait(10 * MINUTE).and(pause);
    let left = desk.minutes_left();
    desk.now = at("b", 20, desk.now.wall_ms + 61 * MINUTE);
    desk = desk.and(Event::Resumed { gap_ms: 61 * MINUTE }).and(Event::Continued {});
    assert_eq!(desk.minutes_left(), left - 1, "an hour of it does not count");
    assert_eq!(desk.sitting.time().added_ms(&desk.now), 70 * MINUTE);
    // The server reckons with the whole of it: what was granted remains.
    let anchor = anchored(&desk, 71 * MINUTE);
    assert_eq!(desk.and(anchor).minutes_left(), left - 1);
}

#[test]
fn a_clock_that_runs_backwards_gives_no_time() {
    let mut desk = Desk::opened(MINE).wait(10 * MINUTE).and(answered("q01", &["a"]));
    let left = desk.minutes_left();
    desk.now = at("a", 0, 0);
    assert_eq!(desk.minutes_left(), left);
    desk = desk.and(answered("q01", &["b"]));
    assert_eq!(desk.minutes_left(), left);
    assert_eq!(drift_ms(&at("a", 0, NOON), &at("a", 0, 0)), Some(-(NOON as i64)));
}
