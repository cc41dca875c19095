//! Every way to falsify a record, and as what each is recognised.

use std::sync::LazyLock;

use proptest::prelude::*;
use signing::{
    sealing::{self, SealFault},
    signed::{Signed, SignedFault},
};
use sitting::{
    Acknowledgement, Event, Evidence, EvidenceOutcome, EvidenceStepName, FileFault, JournalFault, Kind, LineFault,
    Package, PackageFault, Receipt, ResponseFault, ResponseFile, check_evidence, sealed_lines,
};

use crate::fixture::{
    Desk, MINE, OTHERS, answered, body_identity, hash, key, manifest, package, package_identity, replay,
};

fn lines() -> Vec<String> {
    LINES.clone()
}

/// A journal with twelve answers, vouched for twice.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut desk = Desk::opened(MINE);
    for (n, choice) in (0..12).zip(["a", "b", "c"].into_iter().cycle()) {
        desk = desk.and(answered(["q01", "q02", "q03", "q04"][n % 4], &[choice]));
        if n % 6 == 5 {
            desk = desk.checkpoint();
        }
    }
    desk.and(crate::fixture::submitted()).lines()
});

fn fault(lines: &[String]) -> JournalFault {
    replay(manifest(MINE), lines).unwrap_err()
}

/// Puts `prev` and `seq` right from line `from` on, as somebody would who cannot sign.
fn rechained(lines: &mut [String], from: usize) {
    for at in from..lines.len() {
        let mut value: serde_json::Value = serde_json::from_str(&lines[at]).unwrap();
        value["seq"] = (at + 1).into();
        value["prev"] = hash(&lines[at - 1]).into();
        lines[at] = signing::jcs::to_string(&value).unwrap();
    }
}

#[test]
fn a_deleted_line_an_inserted_one_and_swapped_ones_are_called_by_their_names() {
    let whole = lines();
    let mut cut = whole.clone();
    cut.remove(4);
    assert_eq!(fault(&cut), JournalFault { seq: 5, fault: LineFault::Seq { expected: 5, got: 6 } });
    let mut doubled = whole.clone();
    doubled.insert(4, whole[4].clone());
    assert_eq!(fault(&doubled), JournalFault { seq: 6, fault: LineFault::Seq { expected: 6, got: 5 } });
    // One of somebody's own making, with the number and the hash that are due in its place.
    let mut inserted = whole.clone();
    inserted.insert(4, whole[4].replace(r#""response":["c"]"#, r#""response":["a"]"#));
    assert_ne!(inserted[4], inserted[5]);
    assert_eq!(fault(&inserted), JournalFault { seq: 6, fault: LineFault::Seq { expected: 6, got: 5 } });
    for (at, line) in inserted.iter_mut().enumerate().skip(5) {
        *line = line.replace(&format!(r#""seq":{at},"#), &format!(r#""seq":{},"#, at + 1));
    }
    assert_eq!(fault(&inserted), JournalFault { seq: 6, fault: LineFault::Prev });
    let mut swapped = whole.clone();
    swapped.swap(3, 4);
    assert_eq!(fault(&swapped), JournalFault { seq: 4, fault: LineFault::Seq { expected: 4, got: 5 } });
    let mut renumbered = whole;
    renumbered[4] = renumbered[4].replace(r#""seq":5"#, r#""seq":6"#);
    renumbered.remove(3);
    assert_eq!(fault(&renumbered).fault, LineFault::Seq { expected: 4, got: 6 });
}

#[test]
fn a_changed_answer_breaks_the_chain_at_the_next_line() {
    let mut changed = lines();
    changed[4] = changed[4].replace(r#""response":["c"]"#, r#""response":["a"]"#);
    assert_ne!(changed, lines());
    assert_eq!(fault(&changed), JournalFault { seq: 6, fault: LineFault::Prev });
}

#[test]
fn a_chain_made_anew_after_a_change_breaks_at_the_next_checkpoint() {
    let mut changed = lines();
    changed[4] = changed[4].replace(r#""response":["c"]"#, r#""response":["a"]"#);
    rechained(&mut changed, 5);
    let refused = JournalFault { seq: 9, fault: sitting::Refusal::Checkpoint.into() };
    assert_eq!(fault(&changed), refused);
    // A line slipped in, all others renumbered.
    let mut longer = lines();
    longer.insert(5, longer[4].clone());
    rechained(&mut longer, 5);
    assert_eq!(fault(&longer), JournalFault { seq: 10, ..refused });
}

#[test]
fn a_change_after_the_last_checkpoint_is_caught_by_the_header() {
    let mut changed = lines();
    let last = changed.len() - 1;
    changed[last] = changed[last].replace("candidate", "time_up");
    // No line follows, no checkpoint: the journal by itself looks sound.
    let desk = Desk { sitting: replay(manifest(MINE), &changed).unwrap(), key: 3, now: crate::fixture::at("a", 0, 0) };
    let honest = Desk { sitting: replay(manifest(MINE), &lines()).unwrap(), ..desk };
    let file = ResponseFile { header: honest.header(), sealed: Vec::new() };
    let fault = file.lines(&sealed_lines(&changed)).unwrap_err();
    assert_eq!(fault, ResponseFault::Lines("the last line has another hash".into()));
}

#[test]
fn a_journal_of_another_attempt_hangs_on_another_manifest() {
    let prev = JournalFault { seq: 1, fault: LineFault::Prev };
    assert_eq!(replay(manifest(OTHERS), &lines()).unwrap_err(), prev);
    // The same lines hung on the other manifest: no signature in them is for that attempt.
    let mut hung = lines();
    hung[0] = hung[0].replace(&manifest(MINE).digest().unwrap(), &manifest(OTHERS).digest().unwrap());
    rechained(&mut hung, 1);
    let fault = replay(manifest(OTHERS), &hung).unwrap_err();
    assert_eq!(fault, JournalFault { seq: 9, fault: sitting::Refusal::Checkpoint.into() });
    // One word more or less in the manifest, and no journal hangs on it.
    let mut longer = manifest(MINE);
    longer.duration_ms += 1;
    assert_eq!(replay(longer, &lines()).unwrap_err(), prev);
}

/// A record elsewhere (the proctor's sheet, a receipt, the server's copy) names count and head.
#[test]
fn a_journal_that_was_cut_off_is_too_short_for_its_anchor() {
    let whole = Desk { sitting: replay(manifest(MINE), &lines()).unwrap(), key: 3, now: crate::fixture::at("a", 0, 0) };
    let (count, head) = (whole.sitting.count(), whole.sitting.head().to_owned());
    let cut = replay(manifest(MINE), &lines()[..10]).unwrap();
    assert_eq!(cut.head_at(count), None);
    let fault = Acknowledgement::check(&whole.acknowledgement(), &cut).unwrap_err();
    assert_eq!(fault, ResponseFault::Acknowledgement("names more lines than this journal has"));
    // Written on in another way it is long enough, and another journal.
    let mut desk = Desk { sitting: cut, ..whole };
    while desk.sitting.count() < count {
        desk.write(&answered("q01", &["b"])).unwrap();
    }
    assert_ne!(desk.sitting.head_at(count), Some(head));
}

#[test]
fn an_anchor_within_the_journal_cannot_name_lines_that_were_cut() {
    let desk = Desk::opened(MINE).and(answered("q01", &["a"])).and(answered("q02", &["a"]));
    let count = desk.sitting.count();
    let desk = desk.and(Event::Anchored { by: sitting::Authority::Server, count, elapsed_ms: Some(1) });
    let mut cut = desk.lines();
    cut.remove(3);
    rechained(&mut cut, 3);
    assert_eq!(fault(&cut), JournalFault { seq: 4, fault: sitting::Refusal::Anchor.into() });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Deleting, repeating, inserting, moving: seen at the first place that differs.
    #[test]
    fn lines_cannot_be_rearranged(at in 0_usize..17, to in 0_usize..17, mode in 0_u8..4) {
        let whole = lines();
        prop_assert_eq!(whole.len(), 17);
        let mut changed = whole.clone();
        match mode {
            0 => { changed.remove(at); }
            1 => { let copy = changed[at].clone(); changed.insert(to, copy); }
            2 => changed.swap(at, to),
            _ => { let line = changed.remove(at); changed.insert(to, line); }
        }
        let first = changed.iter().zip(&whole).position(|(one, other)| one != other);
        match first {
            Some(first) => {
                let fault = fault(&changed);
                prop_assert_eq!(fault.seq, first as u64 + 1);
                prop_assert!(matches!(fault.fault, LineFault::Seq { .. } | LineFault::Prev), "{:?}", fault);
            }
            // All that is left is the same: it was cut off at the end, or something stands behind the end.
            None if changed.len() > whole.len() => prop_assert_eq!(fault(&changed).seq, 18),
            None => {
                let held = replay(manifest(MINE), &changed).unwrap();
                prop_assert_eq!(held.head_at(17).is_some(), changed.len() == whole.len());
            }
        }
    }

    /// Any byte of any line: seen there, at the next line, or in the end by the header.
    #[test]
    fn no_byte_of_a_line_can_be_changed(line in 0_usize..17, place in 0.0..1.0_f64, byte in any::<u8>()) {
        let whole = lines();
        let place = (whole[line].len() as f64 * place) as usize;
        let mut bytes = whole[line].clone().into_bytes();
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        let header = Desk { sitting: replay(manifest(MINE), &whole).unwrap(), key: 3, now: crate::fixture::at("a", 0, 0) }.header();
        let file = ResponseFile { header, sealed: Vec::new() };
        let mut opened = sealed_lines(&whole[..line]);
        opened.extend_from_slice(&bytes);
        opened.push(b'\n');
        opened.extend(sealed_lines(&whole[line + 1..]));
        match file.lines(&opened) {
            Err(ResponseFault::Lines(reason)) => {
                let words = ["they are no text", "lines, 17 in the header", "the last line has another hash"];
                prop_assert!(words.iter().any(|words| reason.contains(words)), "{reason}");
            }
            Err(other) => prop_assert!(false, "{other:?}"),
            Ok(lines) if lines == whole => prop_assert!(false, "it reads like the unchanged one"),
            // It names itself, or the line after it does.
            Ok(lines) => match fault(&lines) {
                JournalFault { seq, fault } if seq == line as u64 + 2 => prop_assert_eq!(fault, LineFault::Prev),
                JournalFault { seq, .. } => prop_assert_eq!(seq, line as u64 + 1),
            },
        }
    }

    /// Any byte of a package's file: its head is not the exam body's, or its sealed part not the manifest's.
    #[test]
    fn no_byte_of_a_package_can_be_changed(place in 0.0..1.0_f64, byte in any::<u8>()) {
        let mut bytes = package(MINE).write().unwrap();
        let end = bytes.iter().position(|&b| b == b'\n').unwrap();
        let signer = bytes[..end].windows(7).rposition(|text| text == br#","key":"#).unwrap();
        let place = (bytes.len() as f64 * place) as usize;
        prop_assume!(bytes[place] != byte);
        bytes[place] = byte;
        let fault = Package::read(&bytes).and_then(|read| read.check(&[key(1).public()], Kind::Exam)).unwrap_err();
        let magic = end + 1..end + 1 + b"age-encryption.org/v1\n".len();
        if place > end && !magic.contains(&place) {
            prop_assert_eq!(fault, PackageFault::OtherPayload);
        } else if place >= end {
            prop_assert!(matches!(fault, PackageFault::File(FileFault::CutOff | FileFault::Head(_))), "{:?}", fault);
        } else if place > signer {
            prop_assert!(matches!(fault, PackageFault::File(FileFault::Head(_)) | PackageFault::Signed(_)), "{:?}", fault);
        } else if !matches!(fault, PackageFault::File(_)) {
            prop_assert_eq!(fault, PackageFault::Signed(SignedFault::Signature));
        }
    }

    /// Any byte of the clear part of a response file, of a receipt, of an acknowledgement.
    #[test]
    fn no_byte_of_what_is_signed_can_be_changed(place in 0.0..1.0_f64, byte in any::<u8>()) {
        let desk = Desk::handed_in(MINE);
        let changed = |mut bytes: Vec<u8>| {
            let place = (bytes.len() as f64 * place) as usize;
            (bytes[place] != byte).then(|| { bytes[place] = byte; bytes })
        };
        let head = signing::jcs::to_vec(&desk.header()).unwrap();
        if let Some(head) = changed(head) {
            let file = [head.as_slice(), b"\nage-encryption.org/v1\n"].concat();
            let fault = ResponseFile::read(&file).unwrap_err();
            prop_assert!(matches!(fault, ResponseFault::File(_) | ResponseFault::Header(_)), "{:?}", fault);
        }
        let receipt = signing::jcs::to_vec(&Receipt::of(desk.header())).unwrap();
        let acknowledgement = signing::jcs::to_vec(&desk.acknowledgement()).unwrap();
        for (kind, document) in [("receipt", receipt.clone()), ("acknowledgement", acknowledgement.clone())] {
            // What cannot be read is told so; all else fails at its signature.
            let Some(Ok(read)) = changed(document).map(|bytes| Evidence::read(&bytes)) else { continue };
            let report = check_evidence(&[read], &[key(1).public()]);
            let [step] = &report.steps[..] else { panic!("{report:?}") };
            prop_assert_eq!((step.step, step.outcome), (EvidenceStepName::Signature, EvidenceOutcome::Failed));
            let words = format!("The {kind} does not count: ");
            prop_assert!(step.sentence.starts_with(&words), "{}", step.sentence);
        }
        if let Some(Ok(read)) = changed(receipt).map(|bytes| serde_json::from_slice::<Receipt>(&bytes)) {
            let fault = read.check().unwrap_err();
            prop_assert!(matches!(fault, ResponseFault::File(_) | ResponseFault::Header(_)), "{:?}", fault);
        }
        if let Some(Ok(read)) = changed(acknowledgement).map(|bytes| serde_json::from_slice::<Signed<Acknowledgement>>(&bytes)) {
            prop_assert!(matches!(Acknowledgement::check(&read, &desk.sitting), Err(ResponseFault::Signed(_))));
        }
    }
}

#[test]
fn a_changed_figure_of_manifest_header_or_acknowledgement_breaks_its_signature() {
    let mut longer = package(MINE);
    longer.manifest.document.duration_ms += 60_000;
    let read = Package::read(&longer.write().unwrap()).unwrap();
    let fault = read.check(&[key(1).public()], Kind::Exam);
    assert_eq!(fault, Err(PackageFault::Signed(SignedFault::Signature)));

    let desk = Desk::handed_in(MINE);
    let mut header = desk.header();
    header.document.submitted = false;
    let file = ResponseFile { header, sealed: b"age-encryption.org/v1\n".to_vec() }.write().unwrap();
    assert_eq!(ResponseFile::read(&file), Err(ResponseFault::Header(SignedFault::Signature)));

    let mut acknowledgement = desk.acknowledgement();
    acknowledgement.document.received_ms -= 60_000;
    let fault = Acknowledgement::check(&acknowledgement, &desk.sitting);
    assert_eq!(fault, Err(ResponseFault::Signed(SignedFault::Signature)));
}

#[test]
fn a_changed_byte_of_a_sealed_part_stays_closed() {
    for (sealed, identity) in [
        (package(MINE).sealed, package_identity(MINE)),
        (ResponseFile::read(&Desk::handed_in(MINE).response_file()).unwrap().sealed, body_identity()),
    ] {
        // Behind the header of an age file, which ends with `--- `, 43 characters and a line feed.
        let body = sealed.windows(5).position(|text| text == b"\n--- ").unwrap() + 5 + 43 + 1;
        for at in (0..sealed.len()).step_by(11).chain([body, sealed.len() - 1]) {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            match sealing::open(&changed, &identity, 1 << 20).unwrap_err() {
                SealFault::Damaged(_) => {}
                fault => assert!(fault == SealFault::WrongKey && at < body, "byte {at}: {fault:?}"),
            }
        }
    }
}
