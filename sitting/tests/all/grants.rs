//! What proctors allow: typed codes and signed grants, each used once, by whom it is for.

use signing::{code::Code80, signed::SignedFault};
use sitting::{Allows, Event, Grant, GrantFault, Refusal, SubmitReason};

use crate::fixture::{
    Desk, MINE, MINUTE, MOST_MINUTES, OTHERS, answered, device, grant, key, manifest, replay, secrets, submitted,
};

fn granted(grant: Grant) -> Event {
    Event::Granted { grant }
}

fn by_code(code: Code80) -> Event {
    granted(Grant::of_code(&code))
}

fn minutes(minutes: u32) -> Event {
    by_code(secrets(MINE).extra_time(minutes, MOST_MINUTES))
}

fn signed_minutes(id: &str, minutes: u32) -> Event {
    granted(grant(id, MINE, Allows::ExtraTime { minutes }, 2))
}

#[test]
fn extra_minutes_by_code_are_minutes_in_all_and_those_signed_are_added() {
    let desk = Desk::opened(MINE);
    assert_eq!(desk.minutes_left(), 70);
    let desk = desk.and(minutes(5)).and(minutes(15));
    assert_eq!(desk.minutes_left(), 85);
    let mut desk = desk.and(signed_minutes("g1", 4)).and(signed_minutes("g2", 4));
    assert_eq!(desk.minutes_left(), 93);
    assert_eq!(desk.refusal(minutes(15)), Refusal::Grant(GrantFault::Used));
    assert_eq!(desk.refusal(minutes(14)), Refusal::Grant(GrantFault::Used));
    assert_eq!(desk.refusal(signed_minutes("g1", 4)), Refusal::Grant(GrantFault::Used));
    // The name counts, not the words: the same grant written out differently is still the same.
    assert_eq!(desk.refusal(signed_minutes("g1", 9)), Refusal::Grant(GrantFault::Used));
    assert_eq!(desk.and(minutes(30)).minutes_left(), 108);
}

#[test]
fn a_grant_used_before_a_crash_stays_used() {
    let desk = Desk::opened(MINE).and(minutes(15)).and(signed_minutes("g1", 4));
    let again = replay(manifest(MINE), &desk.lines()).unwrap();
    assert_eq!(again.allows(&Grant::of_code(&secrets(MINE).extra_time(15, MOST_MINUTES))), Err(GrantFault::Used));
    assert_eq!(again.allows(&grant("g1", MINE, Allows::End, 2)), Err(GrantFault::Used));
    assert_eq!(again.left(&desk.now), desk.sitting.left(&desk.now));
}

#[test]
fn another_candidates_grant_gives_nothing() {
    let mut desk = Desk::opened(MINE);
    let others = secrets(OTHERS);
    for code in [others.extra_time(5, MOST_MINUTES), others.pause(1), others.moving(1), others.end()] {
        assert_eq!(desk.refusal(by_code(code)), Refusal::Grant(GrantFault::UnknownCode));
    }
    let signed = grant("g1", OTHERS, Allows::ExtraTime { minutes: 5 }, 1);
    assert_eq!(desk.refusal(granted(signed)), Refusal::Grant(GrantFault::OtherAttempt));
}

#[test]
fn an_altered_grant_is_told_from_an_unknown_one() {
    let mut desk = Desk::opened(MINE);
    let Grant::Signed { signed } = grant("g1", MINE, Allows::ExtraTime { minutes: 5 }, 1) else { unreachable!() };
    let mut more = signed.clone();
    more.document.allows = Allows::ExtraTime { minutes: 50 };
    let mut mine = signed.clone();
    mine.document.id = "g2".into();
    for altered in [more, mine] {
        let fault = GrantFault::Signed(SignedFault::Signature);
        assert_eq!(desk.refusal(granted(Grant::Signed { signed: altered })), Refusal::Grant(fault));
    }
    // By a stranger, and by the candidate's own device.
    for by in [9, 3] {
        let fault = GrantFault::Signed(SignedFault::UnknownKey);
        assert_eq!(desk.refusal(granted(grant("g3", MINE, Allows::End, by))), Refusal::Grant(fault));
    }
    let mut later = *signed;
    later.document.version = 2;
    let later = signing::signed::Signed::sign(later.document, &key(1)).unwrap();
    assert_eq!(desk.refusal(granted(Grant::of_signed(later))), Refusal::Grant(GrantFault::UnknownKind));
    let mut bytes = *secrets(MINE).extra_time(5, MOST_MINUTES).as_bytes();
    for at in 0..bytes.len() {
        bytes[at] ^= 1;
        assert_eq!(desk.refusal(by_code(Code80::from_bytes(bytes))), Refusal::Grant(GrantFault::UnknownCode));
        bytes[at] ^= 1;
    }
}

#[test]
fn who_saw_five_minutes_cannot_make_six() {
    let five = secrets(MINE).extra_time(5, MOST_MINUTES);
    let sitting = Desk::opened(MINE).sitting;
    assert_eq!(sitting.allows(&Grant::of_code(&five)), Ok(Allows::ExtraTime { minutes: 5 }));
    // What can be made of it by hashing leads to the minutes before it, never beyond.
    let before = secrets(MINE).extra_time(4, MOST_MINUTES);
    let hashed = signing::jcs::to_vec(&("grant", MINE, 5_u32, hex::encode(five.as_bytes()))).unwrap();
    assert_eq!(before.as_bytes(), &signing::digest::sha256(&hashed)[..10]);
}

#[test]
fn a_pause_stops_the_clock_until_the_candidate_goes_on() {
    let mut desk = Desk::opened(MINE).wait(10 * MINUTE).and(by_code(secrets(MINE).pause(1)));
    assert!(desk.sitting.is_paused());
    let left = desk.minutes_left();
    desk = desk.wait(20 * MINUTE);
    assert_eq!(desk.minutes_left(), left);
    assert_eq!(desk.refusal(by_code(secrets(MINE).pause(2))), Refusal::NoBreak);
    assert_eq!(desk.refusal(answered("q01", &["a"])), Refusal::Paused);
    let mut desk = desk.and(Event::Continued {});
    assert_eq!(desk.minutes_left(), left);
    assert_eq!(desk.refusal(by_code(secrets(MINE).pause(1))), Refusal::Grant(GrantFault::Used));
    desk.write(&by_code(secrets(MINE).pause(2))).unwrap();
}

#[test]
fn an_end_leaves_handing_in_and_nothing_else() {
    for end in [by_code(secrets(MINE).end()), granted(grant("e1", MINE, Allows::End, 2))] {
        let mut desk = Desk::opened(MINE).and(answered("q01", &["a"]));
        assert!(!desk.sitting.is_ended());
        desk = desk.and(end);
        assert!(replay(manifest(MINE), &desk.lines()).unwrap().is_ended());
        for late in [answered("q01", &["b"]), Event::Flagged { item: "q01".into(), on: true }, Event::Paused {}] {
            assert_eq!(desk.refusal(late), Refusal::Ended);
        }
        desk = desk.and(Event::FocusChanged { focused: false }).checkpoint();
        desk = desk.and(Event::Submitted { reason: SubmitReason::Proctor });
        assert!(desk.sitting.answers().response(&"q01".into()).contains("a"));
        assert_eq!(desk.sitting.answers().submission().unwrap().reason, SubmitReason::Proctor);
    }
}

#[test]
fn nobody_can_say_that_the_proctor_ended_it() {
    let mut desk = Desk::opened(MINE).and(minutes(5));
    assert_eq!(desk.refusal(Event::Submitted { reason: SubmitReason::Proctor }), Refusal::NotEnded);
    desk.write(&submitted()).unwrap();
}

#[test]
fn a_grant_counts_only_for_what_it_allows() {
    let mut desk = Desk::opened(MINE);
    let move_code = Grant::of_code(&secrets(MINE).moving(1));
    assert_eq!(desk.refusal(granted(move_code)), Refusal::OtherGrant);
    let minutes = Grant::of_code(&secrets(MINE).extra_time(5, MOST_MINUTES));
    assert_eq!(desk.refusal(Event::Moved { device: device(4), grant: minutes }), Refusal::OtherGrant);
}
