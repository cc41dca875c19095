//! That the package was opened: what line 1 shows of it to whoever knows what was sealed.

use sitting::{Event, Grant, LineFault, Recorded, Refusal, opening_proof};

use crate::fixture::{Desk, GRANT_SEED, MINE, OTHERS, device, hash, manifest, payload, released, replay, secrets};

/// Line 1 of device `by`, with this for a proof.
fn claiming(by: u8, proof: String) -> Event {
    match released(MINE, by) {
        Event::Released { device, via, extra_ms, break_ms, app, .. } => {
            Event::Released { device, via, extra_ms, break_ms, proof, app }
        }
        _ => unreachable!(),
    }
}

/// What the proof of device `by` for this attempt is.
fn proof(attempt: &str, by: u8) -> String {
    opening_proof(attempt, &device(by).key, &payload(attempt).opening).unwrap()
}

fn proves(desk: &Desk) -> bool {
    desk.sitting.proves_opening(&payload(MINE).opening)
}

#[test]
fn what_is_no_proof_is_refused() {
    let mut closed = Desk::new(MINE);
    let good = proof(MINE, 3);
    for none in [
        String::new(),
        good[1..].to_owned(),
        format!("{good}0"),
        good.repeat(2),
        good.to_uppercase(),
        format!("g{}", &good[1..]),
        "é".repeat(32),
    ] {
        assert_eq!(closed.refusal(claiming(3, none.clone())), Refusal::Proof, "{none}");
    }
    // As it comes from somebody else's hand.
    let first = Desk::released(MINE).lines()[0].clone();
    let fault = closed.sitting.accept(&first.replace(&good, &good.to_uppercase())).unwrap_err();
    assert_eq!((fault.seq, fault.fault), (1, Refusal::Proof.into()));
    let fault = closed.sitting.accept(&first.replace(&format!(r#""proof":"{good}","#), "")).unwrap_err();
    assert!(matches!(fault.fault, LineFault::Unreadable(_)), "{fault:?}");
    assert_eq!(closed.sitting.count(), 0);
}

#[test]
fn line_1_proves_the_opening_to_whoever_knows_the_secret_and_with_no_other_one() {
    let (closed, desk) = (Desk::new(MINE), Desk::released(MINE));
    assert!(proves(&closed) && proves(&desk));
    assert!(proves(&Desk::handed_in(MINE)));
    let secret = payload(MINE).opening;
    let public = manifest(MINE);
    for other in [
        payload(OTHERS).opening,
        secret.to_uppercase(),
        secret[1..].to_owned(),
        String::new(),
        "0".repeat(32),
        public.grants.end,
        public.payload.digest,
        public.form_digest,
    ] {
        assert!(!desk.sitting.proves_opening(&other), "{other}");
    }
}

/// The hole that the proof closes: all that the other lines need stands in clear.
#[test]
fn whoever_has_the_manifest_alone_writes_a_journal_that_keeps_all_rules_and_proves_nothing() {
    let empty = hash(&format!(r#"["invigil-opening-1","{MINE}","{}",""]"#, device(9).key));
    for guess in ["0".repeat(64), empty, manifest(MINE).digest().unwrap(), proof(MINE, 3), proof(OTHERS, 9)] {
        let mut desk = Desk::new(MINE);
        desk.key = 9;
        let desk = desk
            .and(claiming(9, guess.clone()))
            .and(Event::Opened { form: manifest(MINE).form_digest })
            .checkpoint()
            .and(crate::fixture::submitted());
        let read = replay(manifest(MINE), &desk.lines()).unwrap();
        assert!(!read.proves_opening(&payload(MINE).opening), "{guess}");
    }
}

#[test]
fn a_proof_fits_one_attempt_and_one_device() {
    let all = [proof(MINE, 3), proof(MINE, 4), proof(OTHERS, 3), proof(OTHERS, 4)];
    for (at, proof) in all.iter().enumerate() {
        assert!(!all[at + 1..].contains(proof));
        assert_eq!(proves(&Desk::new(MINE).and(claiming(3, proof.clone()))), at == 0);
        assert_eq!(proves(&Desk::new(MINE).and(claiming(4, proof.clone()))), at == 1);
    }
}

#[test]
fn after_a_move_it_is_still_the_device_of_line_1_that_proves() {
    let moved = || Event::Moved { device: device(4), grant: Grant::of_code(&secrets(MINE).moving(1)) };
    let desk = Desk::opened(MINE).and(moved());
    assert_eq!(desk.sitting.device(), Some(&device(4)));
    assert!(proves(&desk));
    assert!(replay(manifest(MINE), &desk.lines()).unwrap().proves_opening(&payload(MINE).opening));
    // The proof of the device that went on does not stand in for it, nor does that device mend a line 1 without one.
    for without in [claiming(3, proof(MINE, 4)), claiming(9, proof(MINE, 3))] {
        let desk = Desk::new(MINE).and(without).and(moved());
        assert!(!proves(&desk));
    }
}

/// Byte by byte, as docs/PACKAGE.md and docs/JOURNAL.md say.
#[test]
fn secret_and_proof_are_hashes_of_plain_text() {
    let opening = payload(MINE).opening;
    assert_eq!(opening, hash(&format!(r#"["opening","{GRANT_SEED}","{MINE}"]"#))[..32]);
    let key = device(3).key;
    let Recorded::Known(Event::Released { proof, .. }) =
        sitting::Line::read(&Desk::released(MINE).lines()[0]).unwrap().event
    else {
        unreachable!()
    };
    assert_eq!(proof, hash(&format!(r#"["invigil-opening-1","{MINE}","{key}","{opening}"]"#)));
}
