//! What leaves the device, and how each piece is checked against the others.

use signing::{
    code::Code80,
    sealing::{self, Identity, SealFault},
    signed::{Signed, SignedFault},
};
use sitting::{
    Acknowledgement, FileFault, KeyHome, MAX_JOURNAL_LINES, Payload, Receipt, ResponseFault, ResponseFile,
    ResponseHeader, Sitting, sealed_lines,
};

use crate::fixture::{
    Desk, MINE, OTHERS, answered, body_identity, device, key, manifest, package_identity, payload, replay, secrets,
    submitted,
};

const LIMIT: usize = 16 * 1024 * 1024;

fn lines_of(file: &ResponseFile, identity: &Identity) -> Vec<String> {
    file.lines(&sealing::open(&file.sealed, identity, LIMIT).unwrap()).unwrap()
}

fn acknowledged(change: impl Fn(&mut Acknowledgement), by: u8, journal: &Sitting) -> Result<(), ResponseFault> {
    let mut document = Desk::handed_in(MINE).acknowledgement().document;
    change(&mut document);
    Acknowledgement::check(&Signed::sign(document, &key(by)).unwrap(), journal)
}

#[test]
fn a_response_file_brings_the_journal_to_the_exam_body() {
    let desk = Desk::handed_in(MINE);
    let file = ResponseFile::read(&desk.response_file()).unwrap();
    let lines = lines_of(&file, &body_identity());
    let held = replay(manifest(MINE), &lines).unwrap();
    assert_eq!(held.answers(), desk.sitting.answers());
    // The journal bears the header out, member by member.
    assert_eq!(ResponseHeader::of(&held).unwrap(), file.header.document);
    assert!(file.header.document.submitted);
}

#[test]
fn the_move_code_opens_it_on_the_next_device_and_the_package_codes_do_not() {
    let desk = Desk::opened(MINE).and(answered("q01", &["a"]));
    let file = ResponseFile::read(&desk.response_file()).unwrap();
    let typed = secrets(MINE).moving(1).to_string();
    let identity = Identity::of_transfer(&Code80::parse(&typed).unwrap(), MINE);
    assert_eq!(lines_of(&file, &identity), desk.lines());
    assert!(!file.header.document.submitted);
    for other in [package_identity(MINE), Identity::of_transfer(&secrets(MINE).moving(2), MINE)] {
        assert_eq!(sealing::open(&file.sealed, &other, LIMIT), Err(SealFault::WrongKey));
    }
}

#[test]
fn a_file_is_gone_on_from_only_if_its_journal_fits_the_package_and_the_header() {
    let desk = Desk::opened(MINE).and(answered("q01", &["a"]));
    let (header, mine) = (desk.header().document, payload(MINE));
    assert_eq!(header.check_journal(&desk.sitting, &mine), Ok(()));
    let package = |change: fn(&mut Payload)| {
        let mut changed = payload(MINE);
        change(&mut changed);
        header.check_journal(&desk.sitting, &changed)
    };
    let claims = |change: fn(&mut ResponseHeader)| {
        let mut changed = header.clone();
        change(&mut changed);
        changed.check_journal(&desk.sitting, &mine)
    };
    let refused = |words| Err(ResponseFault::Journal(words));
    let proof = "line 1 does not prove that the package of this attempt was opened";
    assert_eq!(package(|payload| payload.opening = secrets(OTHERS).opening()), refused(proof));
    let more = "line 1 claims other accommodations than were approved";
    assert_eq!(package(|payload| payload.extra_ms += 1), refused(more));
    assert_eq!(package(|payload| payload.break_ms += 1), refused(more));
    let other = "it is signed by another device than the one that wrote the journal";
    assert_eq!(claims(|header| header.device = device(4).key), refused(other));
    assert_eq!(claims(|header| header.key_home = KeyHome::Software), refused(other));
    assert_eq!(claims(|header| header.epoch += 1), refused(other));
    let end = "header and lines disagree on whether the exam was handed in";
    assert_eq!(claims(|header| header.submitted = true), refused(end));
}

#[test]
fn one_state_of_a_journal_has_one_header_and_one_receipt_code() {
    let desk = Desk::handed_in(MINE);
    let (once, again) = (desk.header(), Desk::handed_in(MINE).header());
    assert_eq!(once, again);
    let code = Receipt::of(once.clone()).code().unwrap();
    assert_eq!(code, Receipt::of(again).code().unwrap());
    assert_eq!(hex::encode(code.as_bytes()), once.digest().unwrap()[..20]);
    let qr = Receipt::of(once.clone()).qr_text().unwrap();
    assert_eq!(qr, format!("invigil-receipt:{MINE}:{}", once.digest().unwrap()));
    // Another state has another one; so has another candidate with the same answers.
    let other = Desk::opened(MINE).and(submitted());
    assert_ne!(Receipt::of(other.header()).code().unwrap(), code);
    assert_ne!(Receipt::of(Desk::handed_in(OTHERS).header()).code().unwrap(), code);
}

#[test]
fn a_receipt_is_signed_by_the_device_that_it_names() {
    let receipt = Receipt::of(Desk::handed_in(MINE).header());
    assert_eq!(receipt.check(), Ok(()));
    let mut more = receipt.clone();
    more.header.document.count += 1;
    assert_eq!(more.check(), Err(ResponseFault::Header(SignedFault::Signature)));
    let mut other = receipt.clone();
    other.header = Signed::sign(other.header.document, &key(4)).unwrap();
    assert_eq!(other.check(), Err(ResponseFault::Header(SignedFault::UnknownKey)));
    let mut keyless = receipt.clone();
    keyless.header.document.device = "z6Mk".into();
    assert_eq!(keyless.check(), Err(ResponseFault::Header(SignedFault::Unreadable)));
    let kind = || Err(ResponseFault::File(FileFault::Kind("receipt of a sitting")));
    assert_eq!(Receipt { format: "invigil-something".into(), ..receipt.clone() }.check(), kind());
    let later = Err(ResponseFault::File(FileFault::Version { got: 2, known: 1 }));
    assert_eq!(Receipt { version: 2, ..receipt.clone() }.check(), later);
    let mut foreign = receipt;
    foreign.header.document.format = "invigil-checkpoint".into();
    foreign.header = Signed::sign(foreign.header.document, &key(3)).unwrap();
    assert_eq!(foreign.check(), kind());
}

#[test]
fn lines_have_to_be_those_of_the_header() {
    let desk = Desk::handed_in(MINE);
    let file = ResponseFile::read(&desk.response_file()).unwrap();
    let fault = |lines: &[String]| match file.lines(&sealed_lines(lines)) {
        Err(ResponseFault::Lines(reason)) => reason,
        other => panic!("{other:?}"),
    };
    let lines = desk.lines();
    assert!(fault(&lines[1..]).contains("lines, 9 in the header"));
    assert!(fault(&[]).contains("0 lines"));
    let mut last = lines.clone();
    last[8] = last[8].replace("candidate", "time_up");
    assert!(fault(&last).contains("another hash"));
    // Line feeds alone, as many as the header says, and more than a journal has.
    let mut claimed = desk.header();
    claimed.document.count = MAX_JOURNAL_LINES + 1;
    let endless = ResponseFile { header: claimed, sealed: Vec::new() }.lines(&[b'\n'; MAX_JOURNAL_LINES as usize + 1]);
    assert!(matches!(endless, Err(ResponseFault::Lines(reason)) if reason.starts_with("30001 lines")));
    assert!(matches!(file.lines(&[0xff]), Err(ResponseFault::Lines(_))));
}

#[test]
fn a_header_that_its_journal_does_not_bear_out_is_seen() {
    let desk = Desk::opened(MINE).and(answered("q01", &["a"]));
    let claimed = |change: fn(&mut ResponseHeader)| {
        let mut header = desk.header().document;
        change(&mut header);
        let file = ResponseFile {
            header: Signed::sign(header, &key(3)).unwrap(),
            sealed: b"age-encryption.org/v1\n".to_vec(),
        };
        // The device signed it, so by itself it is sound.
        let file = ResponseFile::read(&file.write().unwrap()).unwrap();
        let held = replay(manifest(MINE), &file.lines(&sealed_lines(desk.sitting.lines())).unwrap()).unwrap();
        assert_ne!(ResponseHeader::of(&held).unwrap(), file.header.document);
    };
    claimed(|header| header.submitted = true);
    claimed(|header| header.epoch = 2);
    claimed(|header| header.manifest = "0".repeat(64));
    claimed(|header| header.attempt = OTHERS.into());
}

#[test]
fn an_acknowledgement_says_what_is_held() {
    let desk = Desk::handed_in(MINE);
    assert_eq!(Acknowledgement::check(&desk.acknowledgement(), &desk.sitting), Ok(()));
    // The room's key acknowledges as well, on the spot.
    assert_eq!(acknowledged(|_| {}, 2, &desk.sitting), Ok(()));
    // Of an earlier state it is one of this journal, as far as it goes.
    let earlier = Desk::opened(MINE).acknowledgement();
    assert!(!earlier.document.submitted && earlier.document.count < desk.sitting.count());
    assert_eq!(Acknowledgement::check(&earlier, &desk.sitting), Ok(()));
}

#[test]
fn an_acknowledgement_of_something_else_is_told_apart() {
    let desk = Desk::handed_in(MINE);
    let check = |change: fn(&mut Acknowledgement), by| acknowledged(change, by, &desk.sitting);
    let not_trusted = Err(ResponseFault::Signed(SignedFault::UnknownKey));
    assert_eq!(check(|_| {}, 9), not_trusted);
    assert_eq!(check(|_| {}, 3), not_trusted);
    let refused = |reason| Err(ResponseFault::Acknowledgement(reason));
    assert_eq!(check(|ack| ack.version = 2, 1), refused("is of an unknown kind"));
    assert_eq!(check(|ack| ack.attempt = OTHERS.into(), 1), refused("is another attempt's"));
    assert_eq!(check(|ack| ack.manifest = "0".repeat(64), 1), refused("is another attempt's"));
    assert_eq!(check(|ack| ack.head = "0".repeat(64), 1), refused("names another journal"));
    assert_eq!(check(|ack| ack.count -= 1, 1), refused("names another journal"));
    assert_eq!(check(|ack| ack.count += 1, 1), refused("names more lines than this journal has"));
    let others = Desk::handed_in(OTHERS);
    assert_eq!(Acknowledgement::check(&desk.acknowledgement(), &others.sitting), refused("is another attempt's"));
}

#[test]
fn what_is_no_response_file_is_not_taken_for_one() {
    let kind = || ResponseFault::File(FileFault::Kind("response file of a sitting"));
    assert_eq!(ResponseFile::read(b""), Err(kind()));
    assert_eq!(ResponseFile::read(&crate::fixture::package(MINE).write().unwrap()), Err(kind()));
    let whole = Desk::handed_in(MINE).response_file();
    assert_eq!(ResponseFile::read(&whole[..400]), Err(ResponseFault::File(FileFault::CutOff)));
    // Cut off later it is seen when it is opened.
    let file = ResponseFile::read(&whole[..whole.len() - 1]).unwrap();
    assert!(matches!(sealing::open(&file.sealed, &body_identity(), LIMIT), Err(SealFault::Damaged(_))));
}
