//! Which device writes: keys, checkpoints, and moves to another device.

use signing::keys::PublicKey;
use sitting::{Allows, Event, Grant, GrantFault, LineFault, Refusal, ResponseHeader, Sitting, binding_message};

use crate::fixture::{
    Desk, MINE, OTHERS, answered, device, grant, key, manifest, released, replay, secrets, submitted,
};

fn moved(to: u8, code: u32) -> Event {
    Event::Moved { device: device(to), grant: Grant::of_code(&secrets(MINE).moving(code)) }
}

#[test]
fn a_checkpoint_vouches_for_the_lines_before_it() {
    let desk = Desk::opened(MINE).and(answered("q01", &["a"])).checkpoint().and(answered("q02", &["b"]));
    assert_eq!((desk.sitting.vouched(), desk.sitting.count()), (3, 5));
    assert_eq!(replay(manifest(MINE), &desk.lines()).unwrap().vouched(), 3);
}

#[test]
fn only_the_device_that_writes_vouches_and_only_for_this_state() {
    let mut desk = Desk::opened(MINE);
    let earlier = desk.vouching();
    desk = desk.and(answered("q01", &["a"]));
    assert_eq!(desk.refusal(earlier), Refusal::Checkpoint);
    let message = desk.sitting.checkpoint().unwrap();
    for by in [4, 1, 2] {
        let signature = hex::encode(key(by).sign(&message));
        assert_eq!(desk.refusal(Event::Checkpointed { signature }), Refusal::Checkpoint);
    }
    let Event::Checkpointed { signature } = desk.vouching() else { unreachable!() };
    for spelling in [signature.to_uppercase(), signature[1..].to_owned(), String::new()] {
        assert_eq!(desk.refusal(Event::Checkpointed { signature: spelling }), Refusal::Checkpoint);
    }
    let others = Desk::opened(OTHERS).and(answered("q01", &["a"]));
    assert_eq!(desk.refusal(others.vouching()), Refusal::Checkpoint);
}

#[test]
fn after_a_move_the_new_device_vouches_and_the_old_one_does_not() {
    let mut desk = Desk::opened(MINE).and(answered("q01", &["a"])).checkpoint().and(moved(4, 1));
    assert_eq!((desk.sitting.epoch(), desk.sitting.device()), (2, Some(&device(4))));
    assert_eq!(desk.refusal(desk_of(&desk, 3).vouching()), Refusal::Checkpoint);
    desk.key = 4;
    desk = desk.and(Event::Resumed { gap_ms: 9_000 }).and(answered("q01", &["b"])).checkpoint().and(submitted());
    let again = replay(manifest(MINE), &desk.lines()).unwrap();
    assert_eq!((again.epoch(), again.answers()), (2, desk.sitting.answers()));
    let header = ResponseHeader::of(&again).unwrap();
    assert_eq!((header.epoch, header.device), (2, device(4).key));
}

/// The same state, written with another key.
fn desk_of(desk: &Desk, key: u8) -> Desk {
    Desk { sitting: desk.sitting.clone(), key, now: desk.now.clone() }
}

#[test]
fn the_epoch_is_signed_with_the_head() {
    let first = Desk::opened(MINE);
    let message = sitting::checkpoint_message(MINE, 2, first.sitting.count(), first.sitting.head()).unwrap();
    let signature = hex::encode(key(3).sign(&message));
    let mut first = first;
    assert_eq!(first.refusal(Event::Checkpointed { signature }), Refusal::Checkpoint);
}

#[test]
fn a_move_needs_a_grant_of_its_own() {
    let mut desk = Desk::opened(MINE).and(moved(4, 1));
    assert_eq!(desk.refusal(moved(3, 1)), Refusal::Grant(GrantFault::Used));
    let foreign = Grant::of_code(&secrets(OTHERS).moving(2));
    let event = Event::Moved { device: device(3), grant: foreign };
    assert_eq!(desk.refusal(event), Refusal::Grant(GrantFault::UnknownCode));
    desk = desk.and(moved(3, 2));
    let signed = grant("m1", MINE, Allows::Move { number: 0 }, 1);
    desk = desk.and(Event::Moved { device: device(4), grant: signed });
    assert_eq!(desk.sitting.epoch(), 4);
    let no_key = sitting::Device { key: "z6Mk".into(), ..device(4) };
    let signed = grant("m2", MINE, Allows::Move { number: 0 }, 1);
    assert_eq!(desk.refusal(Event::Moved { device: no_key, grant: signed }), Refusal::DeviceKey);
}

#[test]
fn what_the_old_device_writes_after_the_move_is_a_fork() {
    let shared = Desk::opened(MINE).and(answered("q01", &["a"]));
    let old = desk_of(&shared, 3).and(answered("q01", &["c"]));
    let new = shared.and(moved(4, 1)).and(answered("q01", &["b"]));
    let mut held: Sitting = replay(manifest(MINE), &new.lines()[..4]).unwrap();
    let fault = held.accept(&old.lines()[3]).unwrap_err();
    assert_eq!(fault.fault, LineFault::Seq { expected: 5, got: 4 });
    assert_ne!(old.sitting.head_at(4), new.sitting.head_at(4));
}

#[test]
fn a_device_is_bound_by_a_signature_for_one_attempt_and_one_key() {
    let mine = device(3);
    let message = binding_message(MINE, &mine.key).unwrap();
    let signature = hex::encode(key(3).sign(&message));
    assert!(mine.signed(&message, &signature));
    assert!(!device(4).signed(&message, &signature));
    assert!(!mine.signed(&binding_message(OTHERS, &mine.key).unwrap(), &signature));
    assert!(!mine.signed(&binding_message(MINE, &device(4).key).unwrap(), &signature));
    // A checkpoint is no binding, whatever it is about.
    assert!(!mine.signed(&sitting::checkpoint_message(MINE, 1, 1, "").unwrap(), &signature));
}

#[test]
fn a_journal_of_another_device_than_the_bound_one_is_seen() {
    let bound = device(3);
    // Somebody with the codes opens the package on a device of their own.
    let mut desk = Desk::new(MINE);
    desk.key = 9;
    let mut desk = desk.and(released(MINE, 9)).and(Event::Opened { form: manifest(MINE).form_digest }).checkpoint();
    // By itself it is sound; but its device is not the one that is bound, and cannot sign for it.
    let read = replay(manifest(MINE), &desk.lines()).unwrap();
    assert_ne!(read.device(), Some(&bound));
    let upload = hex::encode(key(9).sign(&read.checkpoint().unwrap()));
    assert!(!bound.signed(&read.checkpoint().unwrap(), &upload));
    assert_eq!(PublicKey::from_multikey(&desk.header().key), Ok(key(9).public()));
    // Nor can it speak for the bound one from within.
    desk.key = 3;
    let event = desk.vouching();
    assert_eq!(desk.refusal(event), Refusal::Checkpoint);
}
