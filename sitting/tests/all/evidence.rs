//! Receipt, acknowledgement, response file and package, laid side by side.

use signing::signed::Signed;
use sitting::{
    Evidence, EvidenceOutcome, EvidenceReport,
    EvidenceStepName::{self, Acknowledged, SameAttempt, SameManifest, SameResponse, Signature},
    Package, Receipt, ResponseFile, check_evidence,
};

use crate::fixture::{Desk, MINE, OTHERS, answered, key, package, submitted};

fn read(bytes: &[u8]) -> Evidence {
    Evidence::read(bytes).unwrap()
}

fn receipt(desk: &Desk) -> Evidence {
    read(&signing::jcs::to_vec(&Receipt::of(desk.header())).unwrap())
}

fn acknowledgement(desk: &Desk) -> Evidence {
    read(&signing::jcs::to_vec(&desk.acknowledgement()).unwrap())
}

fn response(desk: &Desk) -> Evidence {
    read(&desk.response_file())
}

fn check(documents: &[Evidence]) -> EvidenceReport {
    check_evidence(documents, &[key(1).public()])
}

fn failed(documents: &[Evidence]) -> Vec<EvidenceStepName> {
    let report = check(documents);
    let failed: Vec<_> =
        report.steps.iter().filter(|step| step.outcome == EvidenceOutcome::Failed).map(|step| step.step).collect();
    assert_eq!(report.valid, failed.is_empty());
    failed
}

#[test]
fn what_belongs_together_holds_and_gives_the_receipts_code() {
    let desk = Desk::handed_in(MINE);
    let package = read(&package(MINE).write().unwrap());
    let documents = [receipt(&desk), acknowledgement(&desk), response(&desk), package];
    assert_eq!(failed(&documents), []);
    let code = Receipt::of(desk.header()).code().unwrap().to_string();
    assert_eq!(check(&documents).receipt_code, Some(code));
}

#[test]
fn what_does_not_belong_together_is_told_apart() {
    let (desk, others) = (Desk::handed_in(MINE), Desk::handed_in(OTHERS));
    let earlier = Desk::opened(MINE).and(answered("q01", &["a"]));
    let same_length = Desk::opened(MINE).and(answered("q02", &["b"])).checkpoint();
    let same_length = same_length.and(answered("q01", &["a"])).and(answered("q03", &["c"]));
    let same_length = same_length.and(answered("q04", &["a", "c"])).checkpoint().and(submitted());
    assert_eq!(same_length.sitting.count(), desk.sitting.count());
    assert_eq!(failed(&[receipt(&desk), response(&earlier)]), [SameResponse]);
    assert_eq!(failed(&[receipt(&desk), response(&same_length)]), [SameResponse]);
    assert_eq!(failed(&[receipt(&desk), acknowledgement(&earlier)]), [Acknowledged]);
    assert_eq!(failed(&[receipt(&desk), acknowledgement(&same_length)]), [Acknowledged]);
    // An older acknowledgement does no harm beside the one that counts, in whichever order.
    let both = [receipt(&desk), acknowledgement(&earlier), acknowledgement(&desk)];
    assert_eq!(failed(&both), []);
    let notes = check(&both).steps.into_iter().filter(|step| step.outcome == EvidenceOutcome::Note);
    let older = format!("One acknowledgement is older: the exam body had {} lines then.", earlier.sitting.count());
    assert_eq!(notes.map(|step| step.sentence).collect::<Vec<_>>(), [older]);
    assert_eq!(failed(&[acknowledgement(&desk), acknowledgement(&earlier), receipt(&desk)]), []);
    // And does not hide that the one of as many lines is of another journal, or that all are too old.
    let elsewhere = Desk::opened(MINE).checkpoint();
    assert_eq!(elsewhere.sitting.count(), earlier.sitting.count());
    assert_eq!(failed(&[receipt(&earlier), acknowledgement(&desk), acknowledgement(&elsewhere)]), [Acknowledged]);
    assert_eq!(failed(&[receipt(&desk), acknowledgement(&earlier), acknowledgement(&earlier)]).len(), 2);
    // Written on: nothing is wrong, but there is something to know.
    assert_eq!(failed(&[receipt(&earlier), acknowledgement(&desk)]), []);
    let apart = failed(&[receipt(&desk), read(&package(OTHERS).write().unwrap())]);
    assert_eq!(apart, [SameAttempt, SameManifest]);
    assert!(failed(&[receipt(&desk), acknowledgement(&others)]).contains(&SameAttempt));
    let mut changed = desk.acknowledgement();
    changed.document.received_ms += 1;
    assert_eq!(failed(&[read(&signing::jcs::to_vec(&changed).unwrap())]), [Signature]);
    assert!(!check(&[]).valid);
}

#[test]
fn a_receipt_of_the_same_lines_under_another_devices_key_is_another_statement() {
    let desk = Desk::handed_in(MINE);
    let mut header = desk.header().document;
    header.device = key(9).public().to_string();
    let header = Signed::sign(header, &key(9)).unwrap();
    let forged = read(&signing::jcs::to_vec(&Receipt::of(header)).unwrap());
    assert_eq!(failed(&[forged.clone(), response(&desk)]), [SameResponse]);
    let steps = check(&[forged, response(&desk)]).steps;
    assert!(steps.iter().any(|step| step.sentence.contains("another device signed it")), "{steps:?}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_by_its_own_fault() {
    let fault = |bytes: Vec<u8>| Evidence::read(&bytes).unwrap_err();
    let (package, response) = (package(MINE).write().unwrap(), Desk::handed_in(MINE).response_file());
    let replaced = |file: &[u8], from: &str, to: &str| {
        let end = file.iter().position(|&byte| byte == b'\n').unwrap();
        let head = String::from_utf8_lossy(&file[..end]);
        assert!(head.contains(from), "{from}");
        [head.replacen(from, to, 1).as_bytes(), &file[end..]].concat()
    };
    let later = "the file is of version 9; this program reads version";
    assert_eq!(fault(replaced(&package, r#""version":2"#, r#""version":9"#)), format!("{later} 3: use a newer one"));
    assert_eq!(fault(replaced(&response, r#""version":1"#, r#""version":9"#)), format!("{later} 1: use a newer one"));
    for file in [&package, &response] {
        let unreadable = "the file has a first line that cannot be read";
        assert!(fault(replaced(file, r#""attempt":"#, r#""attempt""#)).starts_with(unreadable));
        assert!(fault(replaced(file, r#""attempt":"#, r#""attemps":"#)).starts_with(unreadable));
        let end = file.iter().position(|&byte| byte == b'\n').unwrap();
        assert_eq!(fault(file[..end / 2].to_vec()), "the file is incomplete: its sealed part is missing");
    }
    assert!(fault(b"{\"format\":".to_vec()).contains("not readable JSON"));
}

#[test]
fn what_was_changed_is_called_by_its_name() {
    let desk = Desk::handed_in(MINE);
    let said = |bytes: &[u8]| {
        let report = check(&[read(bytes)]);
        let [step] = &report.steps[..] else { panic!("{report:?}") };
        assert_eq!((report.valid, step.step, step.outcome), (false, Signature, EvidenceOutcome::Failed));
        step.sentence.clone()
    };
    let changed = "was changed after it was signed: its signature does not fit";
    let mut header = desk.header();
    header.document.count += 1;
    let receipt = Receipt::of(header.clone());
    let words = said(&signing::jcs::to_vec(&receipt).unwrap());
    assert_eq!(words, format!("The receipt does not count: the header {changed}."));
    let mut acknowledgement = desk.acknowledgement();
    acknowledgement.document.count += 1;
    let words = said(&signing::jcs::to_vec(&acknowledgement).unwrap());
    assert_eq!(words, format!("The acknowledgement does not count: it {changed}."));
    let mut longer = package(MINE);
    longer.manifest.document.duration_ms += 1;
    assert_eq!(said(&longer.write().unwrap()), format!("The package does not count: the manifest {changed}."));
    let mut sealed = package(MINE).sealed;
    *sealed.last_mut().unwrap() ^= 1;
    let words = said(&Package { sealed, ..package(MINE) }.write().unwrap());
    assert!(words.starts_with("The package does not count: the sealed part is not the one that its manifest names"));
    // The header of a response file is checked while it is read.
    let response = ResponseFile { header, ..ResponseFile::read(&desk.response_file()).unwrap() };
    assert_eq!(Evidence::read(&response.write().unwrap()).unwrap_err(), format!("the header {changed}"));
}
