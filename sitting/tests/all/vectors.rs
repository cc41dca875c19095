//! docs/vectors/sitting: known answers, from fixed seeds. `regenerate` wrote them; for formats that are out they stay as they
//! are. The specifications quote them.

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use signing::{code::Code80, sealing, signed::Signed};
use sitting::{
    Acknowledgement, Allows, Authority, Event, Grant, GrantHeads, Kind, Manifest, Package, Payload, Place, Receipt,
    ResponseFile, ResponseHeader, SignedGrant, binding_message, recognise, sealed_lines,
};

use crate::fixture::{
    Desk, GRANT_SEED, MINE, MINUTE, MOST_MINUTES, NOON, admission_code, answered, body_identity, device, grant, hash,
    key, manifest_of, package_identity, payload, release_code, released, replay, seal, secrets, submitted,
};

/// One sitting, from the package to the acknowledgement.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SittingVectors {
    format: String,
    version: u32,
    note: String,
    /// Seeds of the Ed25519 keys of exam body, room and both devices (RFC 8032, section 5.1.5).
    seeds: [String; 4],
    release: String,
    admission: String,
    /// What opens the sealed part, and whom it is sealed for.
    identity: String,
    recipient: String,
    payload: Payload,
    /// Hexadecimal. Age draws a key of its own each time: these bytes are kept, not made anew.
    sealed: String,
    manifest: Signed<Manifest>,
    manifest_digest: String,
    /// What the first device signs to be bound, and its signature.
    binding: [String; 2],
    lines: Vec<String>,
    header: Signed<ResponseHeader>,
    receipt_code: String,
    receipt_text: String,
    acknowledgement: Signed<Acknowledgement>,
}

/// Typed codes and a signed grant.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GrantVectors {
    format: String,
    version: u32,
    note: String,
    seed: String,
    attempt: String,
    heads: GrantHeads,
    codes: Vec<CodeVector>,
    /// As it stands in a QR code.
    signed: Signed<SignedGrant>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeVector {
    allows: Allows,
    typed: String,
    bytes: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/vectors/sitting")
}

fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = folder().join(name);
    let text = fs::read_to_string(&path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The journal of the vectors: two devices, a check-in, extra time, a break.
fn desk(manifest: Manifest) -> Desk {
    let form = manifest.form_digest.clone();
    let secrets = secrets(MINE);
    let extra = Grant::of_code(&secrets.extra_time(5, MOST_MINUTES));
    let moving = Grant::of_code(&secrets.moving(1));
    let mut desk = Desk::under(manifest)
        .and(released(MINE, 3))
        .checkpoint()
        .and(Event::Challenged { challenge: "c0ffee00".repeat(4), by: Authority::Proctor })
        .and(Event::Anchored { by: Authority::Proctor, count: 3, elapsed_ms: None })
        .and(Event::Opened { form })
        .and(Event::Navigated { to: Place::Item("q01".into()) })
        .and(answered("q01", &["a"]))
        .and(Event::Flagged { item: "q02".into(), on: true })
        .wait(10 * MINUTE)
        .and(Event::Granted { grant: extra })
        .and(Event::Paused {})
        .wait(3 * MINUTE)
        .and(Event::Continued {})
        .checkpoint()
        .and(Event::Moved { device: device(4), grant: moving });
    desk.key = 4;
    desk.now = crate::fixture::at("b", 1_200, NOON + 20 * MINUTE);
    desk.and(Event::Resumed { gap_ms: 7 * MINUTE }).checkpoint().and(answered("q04", &["a", "c"])).and(submitted())
}

fn sitting_vectors(sealed: &[u8]) -> SittingVectors {
    let manifest = Signed::sign(manifest_of(MINE, sealed), &key(1)).unwrap();
    let desk = desk(manifest.document.clone());
    let binding = binding_message(MINE, &device(3).key).unwrap();
    let receipt = Receipt::of(desk.header());
    let identity = package_identity(MINE);
    SittingVectors {
        format: "invigil-sitting-vectors".into(),
        version: 1,
        note: "One sitting on two devices; exam body, room and devices have the keys of these seeds.".into(),
        seeds: [1, 2, 3, 4].map(|number: u8| hex::encode([number; 32])),
        release: release_code().to_string(),
        admission: admission_code().to_string(),
        identity: identity.to_secret_text(),
        recipient: identity.recipient().to_string(),
        payload: payload(MINE),
        sealed: hex::encode(sealed),
        manifest_digest: manifest.document.digest().unwrap(),
        manifest,
        binding: [String::from_utf8(binding.clone()).unwrap(), hex::encode(key(3).sign(&binding))],
        lines: desk.lines(),
        header: desk.header(),
        receipt_code: receipt.code().unwrap().to_string(),
        receipt_text: receipt.qr_text().unwrap(),
        acknowledgement: desk.acknowledgement(),
    }
}

fn grant_vectors() -> GrantVectors {
    let secrets = secrets(MINE);
    let code =
        |allows, code: Code80| CodeVector { allows, typed: code.to_string(), bytes: hex::encode(code.as_bytes()) };
    let minutes = |minutes| code(Allows::ExtraTime { minutes }, secrets.extra_time(minutes, MOST_MINUTES));
    let Grant::Signed { signed } = grant("g1", MINE, Allows::ExtraTime { minutes: 5 }, 1) else { unreachable!() };
    GrantVectors {
        format: "invigil-grant-vectors".into(),
        version: 1,
        note: "The codes of one attempt, and the heads that they lead to.".into(),
        seed: GRANT_SEED.into(),
        attempt: MINE.into(),
        heads: manifest_of(MINE, b"").grants,
        codes: vec![
            minutes(1),
            minutes(2),
            minutes(5),
            minutes(MOST_MINUTES),
            code(Allows::Pause { number: 1 }, secrets.pause(1)),
            code(Allows::Pause { number: 2 }, secrets.pause(2)),
            code(Allows::Move { number: 1 }, secrets.moving(1)),
            code(Allows::Move { number: 2 }, secrets.moving(2)),
            code(Allows::End, secrets.end()),
        ],
        signed: *signed,
    }
}

#[test]
fn a_sitting_comes_out_as_it_is_written_down() {
    let known: SittingVectors = read("sitting.json");
    let sealed = hex::decode(&known.sealed).unwrap();
    assert_eq!(known, sitting_vectors(&sealed));
}

#[test]
fn what_is_written_down_passes_every_check() {
    let known: SittingVectors = read("sitting.json");
    let package = Package { manifest: known.manifest, sealed: hex::decode(&known.sealed).unwrap() };
    let package = Package::read(&package.write().unwrap()).unwrap();
    assert_eq!(package.check(&[key(1).public()], Kind::Exam), Ok(()));
    let opened = sealing::open(&package.sealed, &sealing::Identity::parse(&known.identity).unwrap(), 1 << 20).unwrap();
    let manifest = package.manifest.document;
    let opening = known.payload.opening.clone();
    assert_eq!(Payload::read(&opened, &manifest), Ok(known.payload));
    let held = replay(manifest, &known.lines).unwrap();
    assert!(held.proves_opening(&opening));
    assert_eq!(ResponseHeader::of(&held).as_ref(), Some(&known.header.document));
    assert_eq!(Receipt::of(known.header.clone()).check(), Ok(()));
    assert_eq!(Acknowledgement::check(&known.acknowledgement, &held), Ok(()));
    let sealed = sealing::seal(&sealed_lines(&known.lines), &[body_identity().recipient()]).unwrap();
    let file = ResponseFile { header: known.header, sealed }.write().unwrap();
    let file = ResponseFile::read(&file).unwrap();
    let opened = sealing::open(&file.sealed, &body_identity(), 1 << 20).unwrap();
    assert_eq!(file.lines(&opened), Ok(known.lines));
}

#[test]
fn grants_come_out_as_they_are_written_down() {
    let known: GrantVectors = read("grants.json");
    assert_eq!(known, grant_vectors());
    for vector in known.codes {
        let code = Code80::parse(&vector.typed).unwrap();
        assert_eq!(recognise(&code, &known.attempt, &known.heads), Some(vector.allows));
    }
}

#[test]
fn the_specifications_quote_them() {
    let known: SittingVectors = read("sitting.json");
    let grants: GrantVectors = read("grants.json");
    let doc = |name: &str| fs::read_to_string(folder().join("../..").join(name)).unwrap();
    let (journal, package, response, sheet, decision) =
        (doc("JOURNAL.md"), doc("PACKAGE.md"), doc("RESPONSE.md"), doc("GRANTS.md"), doc("DECISION.md"));
    let quoted = |page: &str, texts: &[&str]| {
        for text in texts {
            assert!(page.contains(text), "not quoted: {text}");
        }
    };
    quoted(&journal, &[&known.manifest_digest, &known.binding[0], &known.binding[1]]);
    quoted(&journal, &known.lines[..3].iter().map(String::as_str).collect::<Vec<_>>());
    quoted(&journal, &[&hash(&known.lines[0]), &hash(&known.lines[1])]);
    let key = device(3).key;
    let proven = ["invigil-opening-1", MINE, &key, &known.payload.opening];
    quoted(&journal, &[&signing::jcs::to_string(&proven).unwrap()]);
    quoted(&package, &[&known.payload.opening]);
    quoted(&package, &[&known.release, &known.admission, &known.identity, &known.recipient]);
    quoted(&package, &[&signing::jcs::to_string(&known.manifest).unwrap()]);
    quoted(&package, &[&known.manifest_digest]);
    quoted(&decision, &[&known.manifest_digest, &known.header.document.head]);
    quoted(&response, &[&known.receipt_code, &known.receipt_text]);
    quoted(&response, &[&signing::jcs::to_string(&known.header).unwrap()]);
    quoted(&response, &[&signing::jcs::to_string(&known.acknowledgement).unwrap()]);
    quoted(&sheet, &[&grants.heads.extra_time, &grants.heads.end]);
    quoted(&sheet, &[&signing::jcs::to_string(&grants.signed).unwrap()]);
    for vector in &grants.codes {
        quoted(&sheet, &[&vector.typed, &vector.bytes]);
    }
}

#[test]
#[ignore = "writes docs/vectors/sitting anew: only for a new format or a new file"]
fn regenerate() {
    fs::create_dir_all(folder()).unwrap();
    let write = |name: &str, text: String| fs::write(folder().join(name), text + "\n").unwrap();
    let kept = fs::read_to_string(folder().join("sitting.json")).ok();
    let kept = kept.and_then(|text| serde_json::from_str::<SittingVectors>(&text).ok());
    let kept = kept.filter(|known| known.payload == payload(MINE));
    let sealed = kept.map_or_else(|| seal(&payload(MINE)), |known| hex::decode(known.sealed).unwrap());
    write("sitting.json", serde_json::to_string_pretty(&sitting_vectors(&sealed)).unwrap());
    write("grants.json", serde_json::to_string_pretty(&grant_vectors()).unwrap());
}
