//! Canonical N-Quads: those of the standard, and of the library that most verifiers use.

use serde_json::{Map, Value, json};
use signing::{
    digest::sha256_hex,
    ld::{self, LdError, Limits},
};

use crate::vectors::{folder, json};

fn canonical(document: &Value) -> Result<String, LdError> {
    let object = document.as_object().unwrap();
    ld::canonical(object, &object["@context"], &["proof"], &Limits::default())
}

fn with_context(document: &Value, context: &Value) -> Map<String, Value> {
    let mut object = document.as_object().unwrap().clone();
    object.insert("@context".into(), context.clone());
    object
}

#[test]
fn the_vectors_of_eddsa_rdfc_2022_hold_at_every_step() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let text = |name: &str| std::fs::read_to_string(folder.join("eddsa-rdfc-2022").join(name)).unwrap();
    let unsigned = json(folder.join("unsigned.json"));
    let document = canonical(&unsigned).unwrap();
    assert_eq!(document, text("canonDocDataInt.txt"));
    assert_eq!(sha256_hex(document.as_bytes()), text("docHashDataInt.txt").trim());
    let options = canonical(&json(folder.join("eddsa-rdfc-2022/proofConfigDataInt.json"))).unwrap();
    assert_eq!(options, text("proofCanonDataInt.txt"));
    assert_eq!(sha256_hex(options.as_bytes()), text("proofHashDataInt.txt").trim());
}

#[test]
fn a_context_that_is_not_known_is_named_and_never_fetched() {
    let Some(folder) = folder("vc-di-eddsa") else { return };
    let error = canonical(&json(folder.join("employmentAuth.json"))).unwrap_err();
    assert_eq!(error, LdError::UnknownContext("https://w3id.org/citizenship/v4rc1".into()));
}

#[test]
fn contexts_are_those_of_the_standards() {
    let Some(folder) = folder("contexts") else { return };
    let credentials = ld::pinned_context("https://www.w3.org/ns/credentials/v2").unwrap();
    assert_eq!(credentials.as_bytes(), std::fs::read(folder.join("credentials-v2.jsonld")).unwrap());
    // VC Data Model 2.0, appendix B.1.
    assert_eq!(sha256_hex(credentials.as_bytes()), "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734");
    let badges = ld::pinned_context("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json").unwrap();
    assert_eq!(badges.as_bytes(), std::fs::read(folder.join("ob-3.0.3.json")).unwrap());
    assert_eq!(sha256_hex(badges.as_bytes()), "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761");
}

#[test]
fn what_json_ld_would_drop_is_refused_with_its_place() {
    let context = json!(["https://www.w3.org/ns/credentials/v2"]);
    let of = |document: Value| {
        let object = with_context(&document, &context);
        ld::canonical(&object, &context, &[], &Limits::default())
    };
    let pointer = |document: Value| match of(document).unwrap_err() {
        LdError::Dropped { pointer, .. } | LdError::Unsupported { pointer, .. } => pointer,
        other => panic!("{other}"),
    };
    assert_eq!(pointer(json!({"id": "urn:x", "cpdCreditsFAKE": 9999})), "/cpdCreditsFAKE");
    assert_eq!(pointer(json!({"id": "x", "name": "n"})), "/id");
    assert_eq!(pointer(json!({"id": "urn:x", "type": ["Nothing"]})), "/type");
    assert_eq!(
        pointer(
            json!({"id": "urn:x", "type": "VerifiableCredential", "credentialSubject": {"id": "urn:y", "grade": 1}})
        ),
        "/credentialSubject/grade"
    );
    assert_eq!(pointer(json!({"id": "urn:x", "type": "VerifiableCredential", "issuer": "relative"})), "/issuer");
    assert_eq!(pointer(json!({"id": "urn:x", "@reverse": {}})), "/@reverse");
    assert_eq!(pointer(json!({"id": "urn:x", "@included": []})), "/@included");
    assert_eq!(pointer(json!({"id": "urn:x", "name": [["a"]]})), "/name/0");
    assert_eq!(pointer(json!({"id": "urn:x", "@id": "urn:y"})), "/id");
}

#[test]
fn a_protected_word_keeps_its_meaning() {
    let context = json!(["https://www.w3.org/ns/credentials/v2", {"type": "https://evil.example/type"}]);
    let document = with_context(&json!({"id": "urn:x"}), &context);
    let error = ld::canonical(&document, &context, &[], &Limits::default()).unwrap_err();
    assert!(matches!(error, LdError::ProtectedTerm(_)), "{error}");
    let nothing = json!(["https://www.w3.org/ns/credentials/v2", null]);
    let error = ld::canonical(&document, &nothing, &[], &Limits::default()).unwrap_err();
    assert!(matches!(error, LdError::ProtectedTerm(_)), "{error}");
}

#[test]
fn graphs_made_to_take_for_ever_are_given_up() {
    let context = json!({"to": {"@id": "urn:to", "@type": "@id"}});
    // Every node points at every other: all are alike.
    let nodes = 12;
    let names: Vec<String> = (0..nodes).map(|n| format!("_:n{n}")).collect();
    let inner: Vec<Value> = names
        .iter()
        .map(|name| {
            let others: Vec<&String> = names.iter().filter(|other| *other != name).collect();
            json!({"@id": name, "to": others})
        })
        .collect();
    let document = json!({"@id": "urn:x", "urn:all": inner});
    let object = with_context(&document, &context);
    let error = ld::canonical(&object, &context, &[], &Limits::default()).unwrap_err();
    assert_eq!(error, LdError::TooMuch("nodes that are alike"));
}

#[test]
fn a_direction_is_read_and_has_no_place_in_n_quads() {
    let context = json!(["https://www.w3.org/ns/credentials/v2"]);
    let name = |direction: &str| json!({"@value": "n", "@language": "en", "@direction": direction});
    let document = |direction: &str| with_context(&json!({"id": "urn:x", "name": name(direction)}), &context);
    for direction in ["ltr", "rtl"] {
        let document = document(direction);
        assert_eq!(ld::check(&document, &context, &[], &Limits::default()), Ok(()));
        let error = ld::canonical(&document, &context, &[], &Limits::default()).unwrap_err();
        assert_eq!(error, LdError::Direction { pointer: "/name/@direction".into() });
    }
    assert!(ld::check(&document("up"), &context, &[], &Limits::default()).is_err());
}

#[test]
fn a_document_in_place_of_a_context_stands_for_its_own() {
    let base = "https://www.w3.org/ns/credentials/v2";
    let words = json!({"grade": "https://college.example/words#grade"});
    let lines = |context: Value| {
        let document = with_context(&json!({"id": "urn:x", "grade": "A"}), &context);
        ld::canonical(&document, &context, &[], &Limits::default())
    };
    assert_eq!(lines(json!([base, {"@context": words}])), lines(json!([base, words])));
    assert!(lines(json!([base, words])).is_ok());
    for other in [
        json!({"@context": words, "id": "urn:y"}),
        json!({"@context": [words]}),
        json!({"@context": {"@context": words}}),
    ] {
        assert!(matches!(lines(json!([base, other])), Err(LdError::Context(_))), "{other}");
    }
}
