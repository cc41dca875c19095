//! Packages: sealed for one candidate, signed by the exam body, refused in words that say what to do.

use std::{fs, path::Path, process::Command};

use item::Accepts;
use signing::{
    code::Code80,
    sealing::{self, Identity, SealFault},
    signed::{Signed, SignedFault},
};
use sitting::{BookFacts, FileFault, Kind, MAX_FILE_BYTES, Manifest, Package, PackageFault, Payload};

use crate::fixture::{
    MINE, OTHERS, admission_code, form, key, manifest, manifest_of, package, package_identity, payload, release_code,
    seal, sealed_package,
};

const LIMIT: usize = 1024 * 1024;

fn file() -> Vec<u8> {
    package(MINE).write().unwrap()
}

fn check(package: &Package) -> Result<(), PackageFault> {
    package.check(&[key(1).public()], Kind::Exam)
}

#[test]
fn a_package_goes_from_the_exam_body_to_the_candidate() {
    let read = Package::read(&file()).unwrap();
    assert_eq!(read, package(MINE));
    assert_eq!(check(&read), Ok(()));
    let opened = sealing::open(&read.sealed, &package_identity(MINE), LIMIT).unwrap();
    assert_eq!(Payload::read(&opened, &read.manifest.document), Ok(payload(MINE)));
}

#[test]
fn nothing_of_the_candidate_or_the_questions_is_readable_before_release() {
    let text = String::from_utf8_lossy(&file()).into_owned();
    let opening = payload(MINE).opening;
    for secret in ["Zoë", "Question 1", "Option a", "extra_ms", "break_ms", "opening", &opening] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[test]
fn it_opens_with_both_codes_of_this_attempt_only() {
    let sealed = package(MINE).sealed;
    let (release, admission) = (release_code(), admission_code());
    let wrong = Code80::from_bytes([0; 10]);
    for identity in [
        Identity::of_package(&wrong, &admission, MINE),
        Identity::of_package(&release, &wrong, MINE),
        Identity::of_package(&admission, &release, MINE),
        Identity::of_package(&release, &admission, OTHERS),
    ] {
        assert_eq!(sealing::open(&sealed, &identity, LIMIT), Err(SealFault::WrongKey));
    }
}

#[test]
fn a_file_that_was_copied_by_half_says_so() {
    let whole = file();
    let line = whole.iter().position(|&b| b == b'\n').unwrap();
    let fault = |length: usize| Package::read(&whole[..length]).and_then(|package| check(&package)).unwrap_err();
    for length in [100, line, line + 1, line + 10] {
        assert_eq!(fault(length), PackageFault::File(FileFault::CutOff), "{length}");
    }
    let expected = package(MINE).sealed.len() as u64;
    let incomplete = PackageFault::Incomplete { got: expected - 1, expected };
    assert_eq!(fault(whole.len() - 1), incomplete);
    assert!(incomplete.to_string().contains("copy it again"));
    let mut longer = whole.clone();
    longer.push(0);
    assert_eq!(check(&Package::read(&longer).unwrap()), Err(PackageFault::OtherPayload));
}

#[test]
fn what_is_no_package_is_not_taken_for_one() {
    let kind = || PackageFault::File(FileFault::Kind("package of a sitting"));
    let response = crate::fixture::Desk::handed_in(MINE).response_file();
    for other in
        [b"".to_vec(), b"%PDF-1.7\n".to_vec(), b"{}\n".to_vec(), b"{\n".to_vec(), package(MINE).sealed, response]
    {
        assert_eq!(Package::read(&other).unwrap_err(), kind());
    }
    let long = vec![b'{'; MAX_FILE_BYTES + 1];
    assert_eq!(Package::read(&long), Err(PackageFault::File(FileFault::TooLong(long.len()))));
}

#[test]
fn other_versions_generations_and_kinds_are_told_apart() {
    let changed = |change: fn(&mut Manifest)| {
        let bytes = sealed_package(MINE, change).write().unwrap();
        Package::read(&bytes).and_then(|package| check(&package)).unwrap_err()
    };
    let later = FileFault::Version { got: 5, known: *Manifest::VERSIONS.end() };
    assert_eq!(changed(|manifest| manifest.version = 5), PackageFault::File(later));
    let misstated = changed(|manifest| manifest.version = 3);
    assert!(matches!(misstated, PackageFault::File(FileFault::Head(_))), "its items need no more than version 2");
    assert_eq!(changed(|manifest| manifest.app = Manifest::APP + 1), PackageFault::App { needed: Manifest::APP + 1 });
    assert_eq!(changed(|manifest| manifest.kind = Kind::Practice), PackageFault::Kind(Kind::Practice));
    let rehearsal = sealed_package(MINE, |manifest| manifest.kind = Kind::Practice);
    assert_eq!(rehearsal.check(&[key(1).public()], Kind::Practice), Ok(()));
}

#[test]
fn a_package_may_name_an_open_book_by_its_hash_and_is_then_of_version_4() {
    let document = b"{\"format\":\"invigil-open-book\"}";
    let facts =
        BookFacts { title: "Book".into(), sha256: signing::digest::sha256_hex(document), bytes: document.len() as u64 };
    assert!(facts.is_of(document) && !facts.is_of(b"{}") && !facts.is_of(&[&document[..], b" "].concat()));
    let with_book = |version| {
        let facts = facts.clone();
        sealed_package(MINE, move |manifest| {
            manifest.open_book = Some(facts.clone());
            manifest.exam.open_book = true;
            manifest.version = version;
        })
    };
    let written = with_book(4).write().unwrap();
    let read = Package::read(&written).unwrap();
    assert_eq!(
        (read.check(&[key(1).public()], Kind::Exam), read.manifest.document.open_book.as_ref()),
        (Ok(()), Some(&facts))
    );
    for version in [2, 3] {
        let fault = Package::read(&with_book(version).write().unwrap()).unwrap_err();
        assert!(matches!(fault, PackageFault::File(FileFault::Head(_))), "{fault}");
    }
    for (what, change) in [
        ("something else than a SHA-256", (|manifest| book_of(manifest).sha256 = "0".repeat(63)) as fn(&mut Manifest)),
        ("something else than a SHA-256", |manifest| book_of(manifest).sha256 = "A".repeat(64)),
        ("something else than a SHA-256", |manifest| book_of(manifest).sha256 = format!("../{}", "0".repeat(61))),
        ("a length that is not read", |manifest| book_of(manifest).bytes = 4 * 1024 * 1024 + 1),
        ("a length that is not read", |manifest| book_of(manifest).bytes = 0),
        ("its exam is closed book", |manifest| manifest.exam.open_book = false),
    ] {
        let facts = facts.clone();
        let odd = sealed_package(MINE, move |manifest| {
            (manifest.open_book, manifest.exam.open_book, manifest.version) = (Some(facts.clone()), true, 4);
            change(manifest);
        });
        let fault = Package::read(&odd.write().unwrap()).unwrap_err();
        assert!(fault.to_string().contains(what), "{fault}");
    }
    // One without a book says nothing of it, as it always was.
    assert!(!String::from_utf8_lossy(&package(MINE).write().unwrap()).contains("\"open_book\":{"));
}

fn book_of(manifest: &mut Manifest) -> &mut BookFacts {
    manifest.open_book.as_mut().unwrap()
}

#[test]
fn only_a_trusted_exam_body_makes_packages() {
    let mine = package(MINE);
    let fault = PackageFault::Signed(SignedFault::UnknownKey);
    assert_eq!(mine.check(&[key(2).public(), key(9).public()], Kind::Exam), Err(fault.clone()));
    assert_eq!(mine.check(&[], Kind::Exam), Err(fault));
}

#[test]
fn the_first_line_has_one_spelling() {
    let whole = file();
    let text = |from: &str, to: &str| {
        let line = whole.iter().position(|&b| b == b'\n').unwrap();
        let head = std::str::from_utf8(&whole[..line]).unwrap();
        assert!(head.contains(from), "{from}");
        [head.replacen(from, to, 1).as_bytes(), &whole[line..]].concat()
    };
    let manifest = manifest(MINE);
    let (opens, closes) = (manifest.window.opens_ms, manifest.window.closes_ms);
    let window = format!(r#"{{"closes_ms":{closes},"opens_ms":{opens}}}"#);
    for (from, to) in [
        (r#"{"document":"#, r#"{ "document":"#.to_owned()),
        (&window, format!("[{opens},{closes}]")),
        (r#""kind":"exam""#, r#""kind":{"exam":null}"#.to_owned()),
        (r#""app":1"#, r#""app":1,"also":2"#.to_owned()),
        (r#""app":1"#, r#""app":1.0"#.to_owned()),
        (r#""app":1"#, r#""app":1,"app":1"#.to_owned()),
    ] {
        let fault = Package::read(&text(from, &to)).unwrap_err();
        assert!(matches!(fault, PackageFault::File(FileFault::Head(_))), "{to}: {fault:?}");
    }
}

/// What an exam body would have to get wrong, or a thief of its key do: signed, sealed, and still not right.
#[test]
fn what_was_sealed_has_to_be_what_the_manifest_says() {
    let fault = |payload: &Payload| match Payload::read(&payload.write().unwrap(), &manifest(MINE)) {
        Err(PackageFault::Payload(reason)) => reason,
        other => panic!("{other:?}"),
    };
    assert!(fault(&payload(OTHERS)).contains("another candidate's"));
    assert!(fault(&Payload { version: 2, ..payload(MINE) }).contains("version 2"));
    let mut other = form();
    other.items.swap(0, 1);
    assert!(fault(&Payload { form: other, ..payload(MINE) }).contains("not those of the manifest"));
    let mut narrower = manifest(MINE);
    narrower.items[0].accepts = Accepts::Choices { labels: vec!["a".into(), "b".into()], max: 1 };
    let read = Payload::read(&payload(MINE).write().unwrap(), &narrower);
    assert!(read.unwrap_err().to_string().contains("accept other responses"));
    let mut without: serde_json::Value = serde_json::to_value(payload(MINE)).unwrap();
    without.as_object_mut().unwrap().remove("opening");
    let read = Payload::read(&signing::jcs::to_vec(&without).unwrap(), &manifest(MINE));
    assert!(read.unwrap_err().to_string().contains("opening"));
    assert!(matches!(Payload::read(b"", &manifest(MINE)), Err(PackageFault::Payload(_))));
}

#[test]
fn another_candidates_sealed_part_under_this_manifest_is_seen_before_it_is_opened() {
    // Age writes headers of random length: a shorter one would be taken for a file that was cut off.
    let expected = manifest(MINE).payload.bytes as usize;
    let sealed = std::iter::repeat_with(|| seal(&payload(OTHERS))).find(|sealed| sealed.len() >= expected).unwrap();
    let swapped = Package { sealed, ..package(MINE) };
    assert_eq!(check(&swapped), Err(PackageFault::OtherPayload));
    // With a manifest that names it, it still is another candidate's.
    let named = Signed::sign(manifest_of(MINE, &swapped.sealed), &key(1)).unwrap();
    let named = Package { manifest: named, ..swapped };
    assert_eq!(check(&named), Ok(()));
    let opened = sealing::open(&named.sealed, &package_identity(OTHERS), LIMIT).unwrap();
    let fault = Payload::read(&opened, &named.manifest.document).unwrap_err();
    assert_eq!(fault, PackageFault::Payload("it is another candidate's".into()));
}

/// As docs/PACKAGE.md says, where the stock tool is installed.
#[test]
fn the_stock_tool_opens_what_follows_the_first_line() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stock-age");
    fs::create_dir_all(&folder).unwrap();
    let (identity, sealed) = (folder.join("identity"), folder.join("sealed"));
    fs::write(&identity, package_identity(MINE).to_secret_text() + "\n").unwrap();
    let bytes = file();
    let line = bytes.iter().position(|&b| b == b'\n').unwrap();
    fs::write(&sealed, &bytes[line + 1..]).unwrap();
    match Command::new("age").arg("-d").arg("-i").arg(&identity).arg(&sealed).output() {
        Ok(output) => assert_eq!(output.stdout, payload(MINE).write().unwrap(), "{output:?}"),
        Err(error) => {
            crate::elsewhere::skip(&format!("age does not start ({error}): it was not asked to open a package"))
        }
    }
}
