//! Receipt, acknowledgement, response file and package, laid side by side.

use signing::signed::Signed;
use sitting::{
    BookFacts, Evidence, EvidenceOutcome, EvidenceReport,
    EvidenceStepName::{self, Acknowledged, OpenBook, SameAttempt, SameManifest, SameResponse, Signature},
    Package, Receipt, ResponseFile, check_evidence,
};

use crate::fixture::{Desk, MINE, OTHERS, answered, key, package, sealed_package, submitted};

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
    assert_eq!(fault(replaced(&package, r#""version":2"#, r#""version":9"#)), format!("{later} 4: use a newer one"));
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

#[test]
fn an_open_book_is_the_one_that_the_package_names_or_another() {
    let document = |title: &str| {
        format!(
            r#"{{"dir":"ltr","format":"invigil-open-book","lang":"en","sections":[],"title":"{title}","version":1}}"#
        )
    };
    let (book, other) = (document("Book"), document("Other"));
    let facts = BookFacts {
        title: "Book".into(),
        sha256: signing::digest::sha256_hex(book.as_bytes()),
        bytes: book.len() as u64,
    };
    let named = sealed_package(MINE, |manifest| {
        (manifest.open_book, manifest.exam.open_book, manifest.version) = (Some(facts.clone()), true, 4);
    });
    let (named, desk) = (read(&named.write().unwrap()), Desk::handed_in(MINE));
    let (book, other) = (read(book.as_bytes()), read(other.as_bytes()));
    assert!(Evidence::is_likely(document("Book").as_bytes()));
    assert_eq!(failed(&[named.clone(), book.clone()]), []);
    // It is about no attempt, and keeps no other document from being compared.
    assert_eq!(failed(&[receipt(&desk), book.clone(), acknowledgement(&desk)]), []);
    assert_eq!(failed(&[named.clone(), other.clone()]), [OpenBook]);
    assert_eq!(failed(&[named, book.clone(), other]), [OpenBook]);
    assert_eq!(failed(&[read(&package(MINE).write().unwrap()), book.clone()]), [OpenBook]);
    // Alone it is neither right nor wrong: its hash is said, to be compared by eye.
    let alone = check(&[book]);
    assert!(!alone.valid && alone.steps.iter().all(|step| step.outcome == EvidenceOutcome::Note), "{alone:?}");
    assert!(alone.steps[0].sentence.contains(&facts.sha256), "{alone:?}");
    let damaged = document("Book").replace("sections", "section");
    assert!(Evidence::read(damaged.as_bytes()).unwrap_err().contains("says that it is an open book"));
}
