//! Receipt, acknowledgement, response file and package, laid side by side.

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
