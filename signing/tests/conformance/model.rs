//! The rules of the Verifiable Credentials Data Model 2.0: for each, a document that keeps it and some that break it.

use serde_json::{Value, json};
use signing::model::{Rule, credential, presentation};

const BASE: &str = "https://www.w3.org/ns/credentials/v2";

fn sound() -> Value {
    json!({
        "@context": [BASE],
        "id": "urn:uuid:5b8a3e0c-2f7f-4a39-9a4e-6f3d2a1c0b9e",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:college",
        "credentialSubject": {"id": "did:example:pupil", "name": "Pupil"},
    })
}

/// The document with a member changed, or added.
fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap();
    match parent {
        Value::Array(listed) => listed.insert(name.parse().unwrap(), value),
        object => object[name] = value,
    }
    document
}

fn without(mut document: Value, name: &str) -> Value {
    document.as_object_mut().unwrap().remove(name).unwrap();
    document
}

#[track_caller]
fn keeps(document: &Value) {
    let faults = credential(document);
    assert!(faults.is_empty(), "{document}\n{faults:?}");
}

#[track_caller]
fn breaks(document: &Value, rule: Rule, pointer: &str) {
    let faults = credential(document);
    let found = faults.iter().any(|fault| fault.rule == rule && fault.pointer == pointer);
    assert!(found, "{document}\n{rule:?} at {pointer}: {faults:?}");
}

/// A member with values that keep a rule, and values that break it at a place.
#[track_caller]
fn member(name: &str, rule: Rule, good: &[Value], bad: &[(Value, &str)]) {
    for value in good {
        keeps(&with(sound(), &format!("/{name}"), value.clone()));
    }
    for (value, at) in bad {
        breaks(&with(sound(), &format!("/{name}"), value.clone()), rule, &format!("/{name}{at}"));
    }
}

#[test]
fn a_credential_that_keeps_the_rules_has_no_faults() {
    keeps(&sound());
    for other in [json!(null), json!([]), json!("eyJhbGciOiJFZERTQSJ9.e30.")] {
        assert_eq!(credential(&other)[0].rule, Rule::Object);
        assert_eq!(presentation(&other)[0].rule, Rule::Object);
    }
}

#[test]
fn contexts() {
    breaks(&without(sound(), "@context"), Rule::Context, "");
    let own = json!({"Diploma": "https://college.example/words#Diploma"});
    member(
        "@context",
        Rule::Context,
        &[
            json!([BASE, "https://www.w3.org/ns/credentials/examples/v2"]),
            json!([BASE, own]),
            json!([BASE, {"@context": own}]),
        ],
        &[
            (json!(BASE), ""),
            (json!([]), ""),
            (json!(["https://www.w3.org/ns/credentials/examples/v2", BASE]), ""),
            (json!([BASE, 7]), "/1"),
            (json!([BASE, null]), "/1"),
            (json!([BASE, "https ://college.example/words"]), "/1"),
        ],
    );
    for unknown in [json!("https://college.example/words"), json!({"@base": "https://college.example/"})] {
        breaks(&with(sound(), "/@context/1", unknown), Rule::Linked, "");
    }
    // Protected words keep their meaning, the standard's and others'.
    breaks(
        &with(sound(), "/@context/1", json!({"VerifiableCredential": "https://college.example/words#V"})),
        Rule::Linked,
        "",
    );
    let mut twice =
        with(sound(), "/@context/1", json!({"@protected": true, "Diploma": "https://college.example/words#Diploma"}));
    keeps(&twice);
    twice = with(twice, "/@context/2", json!({"Diploma": "https://college.example/words#Other"}));
    breaks(&twice, Rule::Linked, "");
}

#[test]
fn names_of_things() {
    let bad = [
        (json!(null), ""),
        (json!(7), ""),
        (json!("pupil"), ""),
        (json!(["urn:a", "urn:b"]), ""),
        (json!("https ://a"), ""),
    ];
    member("id", Rule::Identifier, &[json!("did:example:credential"), json!("https://college.example/1")], &[]);
    for (value, _) in &bad {
        breaks(&with(sound(), "/id", value.clone()), Rule::Identifier, "/id");
        breaks(&with(sound(), "/credentialSubject/id", value.clone()), Rule::Identifier, "/credentialSubject/id");
    }
    keeps(&without(sound(), "id"));
}

#[test]
fn types() {
    breaks(&without(sound(), "type"), Rule::Type, "");
    member(
        "type",
        Rule::Type,
        &[json!("VerifiableCredential"), json!(["https://college.example/words#Diploma", "VerifiableCredential"])],
        &[
            (json!([]), ""),
            (json!(["https://college.example/words#Diploma"]), ""),
            (json!(["VerifiableCredential", 7]), "/1"),
            (json!(["VerifiableCredential", null]), "/1"),
        ],
    );
    breaks(&with(sound(), "/type/1", json!("Diploma")), Rule::Linked, "/type");
    let mapped = |to: &str| with(with(sound(), "/type/1", json!("Diploma")), "/@context/1", json!({"Diploma": to}));
    keeps(&mapped("https://college.example/words#Diploma"));
    breaks(&mapped("https ://college.example/Diploma"), Rule::Linked, "");
}

#[test]
fn names_and_descriptions() {
    let text = json!("Diploma");
    let language = json!({"@value": "Diploma", "@language": "en"});
    let direction = json!({"@value": "دبلوم", "@language": "ar", "@direction": "rtl"});
    let good = [text, language.clone(), direction, json!([language, {"@value": "Diplom", "@language": "de"}])];
    let bad = [
        (json!(7), ""),
        (json!({"@language": "en"}), ""),
        (json!({"@value": 7}), ""),
        (json!({"@value": "Diploma", "@language": "en", "url": "did:example:diploma"}), ""),
        (json!({"@value": "Diploma", "@direction": "up"}), ""),
        (json!({"@value": "Diploma", "@language": 7}), ""),
        (json!(["Diploma", 7]), "/1"),
    ];
    for name in ["name", "description"] {
        member(name, Rule::Text, &good, &bad);
        let of_issuer = |value: &Value| with(sound(), "/issuer", json!({"id": "did:example:college", name: value}));
        good.iter().for_each(|value| keeps(&of_issuer(value)));
        for (value, at) in &bad {
            breaks(&of_issuer(value), Rule::Text, &format!("/issuer/{name}{at}"));
        }
    }
}

#[test]
fn the_issuer() {
    breaks(&without(sound(), "issuer"), Rule::Issuer, "");
    member(
        "issuer",
        Rule::Issuer,
        &[json!("https://college.example/"), json!({"id": "did:example:college"})],
        &[
            (json!(null), ""),
            (json!("College"), ""),
            (json!([]), ""),
            (json!({}), ""),
            (json!({"id": null}), "/id"),
            (json!({"id": "College"}), "/id"),
        ],
    );
}

#[test]
fn the_subject() {
    breaks(&without(sound(), "credentialSubject"), Rule::Subject, "");
    member(
        "credentialSubject",
        Rule::Subject,
        &[json!({"id": "urn:a"}), json!([{"id": "urn:a"}, {"id": "urn:b"}])],
        &[(json!({}), ""), (json!([]), ""), (json!("urn:a"), ""), (json!([{"id": "urn:a"}, {}]), "/1")],
    );
    breaks(&with(sound(), "/credentialSubject/grade", json!(1)), Rule::Linked, "/credentialSubject/grade");
}

#[test]
fn the_validity_period() {
    for name in ["validFrom", "validUntil"] {
        let good = [json!("2023-02-26T01:02:58.447Z"), json!("2123-02-25T17:02:58-08:00")];
        member(
            name,
            Rule::Validity,
            &good,
            &[(json!("2023-02-26"), ""), (json!("2023-02-26T01:02:58"), ""), (json!(7), "")],
        );
    }
    let period =
        |until: &str| with(with(sound(), "/validFrom", json!("2026-01-01T00:00:00Z")), "/validUntil", json!(until));
    keeps(&period("2026-01-01T01:00:00+01:00"));
    breaks(&period("2026-01-01T00:59:59+01:00"), Rule::Validity, "/validUntil");
}

#[test]
fn members_that_need_a_type() {
    let kind = "https://college.example/words#Kind";
    for (name, rule) in [
        ("credentialStatus", Rule::Status),
        ("credentialSchema", Rule::Schema),
        ("refreshService", Rule::Refresh),
        ("termsOfUse", Rule::TermsOfUse),
        ("evidence", Rule::Evidence),
        ("confidenceMethod", Rule::Reserved),
    ] {
        let one = json!({"id": "https://college.example/1", "type": kind});
        member(
            name,
            rule,
            &[one.clone(), json!([one, {"id": "https://college.example/2", "type": [kind]}])],
            &[
                (json!([]), ""),
                (json!("https://college.example/1"), ""),
                (json!({"id": "https://college.example/1"}), ""),
                (json!({"id": "https://college.example/1", "type": []}), "/type"),
                (json!({"id": "https://college.example/1", "type": 7}), "/type"),
                (json!({"id": "https ://college.example/1", "type": kind}), "/id"),
                (json!({"id": ["urn:a", "urn:b"], "type": kind}), "/id"),
                (json!([one, {"id": "https://college.example/2"}]), "/1"),
            ],
        );
        let nameless = with(sound(), &format!("/{name}"), json!({"type": kind}));
        match rule {
            Rule::Schema => breaks(&nameless, rule, "/credentialSchema"),
            _ => keeps(&nameless),
        }
        let unknown = with(sound(), &format!("/{name}"), json!({"id": "https://college.example/1", "type": "Kind"}));
        breaks(&unknown, Rule::Linked, &format!("/{name}/type"));
    }
}

#[test]
fn entries_of_status_lists() {
    let entry = json!({
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://college.example/status/1",
    });
    keeps(&with(sound(), "/credentialStatus", entry.clone()));
    for (name, value) in
        [("statusListIndex", json!(true)), ("statusListIndex", json!("-1")), ("statusPurpose", json!(1))]
    {
        let broken = with(entry.clone(), &format!("/{name}"), value);
        breaks(&with(sound(), "/credentialStatus", broken), Rule::Status, "/credentialStatus");
    }
}

#[test]
fn related_resources() {
    let sri = "sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU";
    let bare = "uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ";
    let multihash = "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA";
    let of = |members: Value| {
        let mut resource = json!({"id": BASE, "mediaType": "application/ld+json"});
        resource.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        resource
    };
    let other = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    member(
        "relatedResource",
        Rule::RelatedResource,
        &[
            of(json!({"digestSRI": sri})),
            of(json!({"digestSRI": format!("{other} {sri}")})),
            of(json!({"digestMultibase": bare})),
            of(json!({"digestMultibase": multihash})),
            json!([of(json!({"digestSRI": sri, "digestMultibase": bare})), {"id": "https://college.example/x", "digestSRI": other}]),
        ],
        &[
            (json!([]), ""),
            (json!([BASE]), "/0"),
            (json!({"digestSRI": sri}), ""),
            (json!({"id": "x", "digestSRI": sri}), "/id"),
            (of(json!({})), ""),
            (of(json!({"digestSRI": sri, "mediaType": 7})), "/mediaType"),
            (of(json!({"digestSRI": other})), "/digestSRI"),
            (of(json!({"digestSRI": sri.replace('/', "_")})), "/digestSRI"),
            (
                of(json!({"digestSRI": "sha256-ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356"})),
                "/digestSRI",
            ),
            (of(json!({"digestSRI": ""})), "/digestSRI"),
            (of(json!({"digestMultibase": bare.replace('7', "8")})), "/digestMultibase"),
            (of(json!({"digestMultibase": multihash.replace("uEi", "uFi")})), "/digestMultibase"),
            (of(json!({"digestMultibase": "fWZVc"})), "/digestMultibase"),
            (json!([of(json!({"digestSRI": sri})), of(json!({"digestMultibase": bare}))]), "/1/id"),
            // A wrong digest of a resource that is not known here cannot be told, a malformed one can.
            (
                json!({"id": "https://college.example/x", "digestMultibase": "uZTQ0MjM1NiAgcmVwb3J0"}),
                "/digestMultibase",
            ),
        ],
    );
}

#[test]
fn words_without_a_meaning() {
    breaks(&with(sound(), "/statusEntry", json!({"type": "BitstringStatusListEntry"})), Rule::Linked, "/statusEntry");
    breaks(&with(sound(), "/credentialSubject/@reverse", json!({})), Rule::Linked, "/credentialSubject/@reverse");
}

#[test]
fn every_fault_is_found_and_not_the_first_only() {
    let broken = without(with(with(sound(), "/id", json!("x")), "/validFrom", json!("today")), "credentialSubject");
    let rules: Vec<Rule> = credential(&broken).into_iter().map(|fault| fault.rule).collect();
    assert_eq!(rules, [Rule::Identifier, Rule::Subject, Rule::Validity, Rule::Linked]);
}

fn presented(credentials: Value) -> Value {
    json!({
        "@context": [BASE],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:pupil",
        "verifiableCredential": credentials,
    })
}

#[track_caller]
fn presentation_breaks(document: &Value, rule: Rule, pointer: &str) {
    let faults = presentation(document);
    let found = faults.iter().any(|fault| fault.rule == rule && fault.pointer == pointer);
    assert!(found, "{document}\n{rule:?} at {pointer}: {faults:?}");
}

#[test]
fn presentations() {
    let envelope =
        json!({"@context": BASE, "id": "data:application/vc+jwt,e30.e30.", "type": "EnvelopedVerifiableCredential"});
    let good = [
        presented(json!([])),
        presented(sound()),
        presented(json!([sound(), sound()])),
        presented(json!([envelope])),
        without(presented(json!([])), "verifiableCredential"),
        with(presented(json!([])), "/holder", json!({"id": "did:example:pupil"})),
        without(with(presented(json!([])), "/id", json!("urn:uuid:5b8a3e0c-2f7f-4a39-9a4e-6f3d2a1c0b9e")), "holder"),
    ];
    for document in good {
        assert_eq!(presentation(&document), [], "{document}");
    }
    let empty = || presented(json!([]));
    presentation_breaks(&without(empty(), "@context"), Rule::Context, "");
    presentation_breaks(&without(empty(), "type"), Rule::Type, "");
    presentation_breaks(&with(empty(), "/type", json!(["VerifiableCredential"])), Rule::Type, "/type");
    presentation_breaks(&with(empty(), "/id", json!("x")), Rule::Identifier, "/id");
    presentation_breaks(&with(empty(), "/holder", json!(7)), Rule::Presentation, "/holder");
    presentation_breaks(&with(empty(), "/holder", json!({"name": "Pupil"})), Rule::Presentation, "/holder");
    presentation_breaks(&with(empty(), "/termsOfUse", json!({"id": "urn:a"})), Rule::TermsOfUse, "/termsOfUse");
    presentation_breaks(
        &presented(json!(["https://college.example/1"])),
        Rule::Presentation,
        "/verifiableCredential/0",
    );
    let many = presented(vec![sound(); 101].into());
    presentation_breaks(&many, Rule::Presentation, "/verifiableCredential");
    let broken = presented(json!([sound(), without(sound(), "type")]));
    presentation_breaks(&broken, Rule::Type, "/verifiableCredential/1");
    let no_data = with(envelope.clone(), "/id", json!("e30.e30."));
    presentation_breaks(&presented(no_data), Rule::Presentation, "/verifiableCredential/id");
    let no_context = with(envelope, "/@context", json!([]));
    presentation_breaks(&presented(no_context), Rule::Presentation, "/verifiableCredential");
}

/// Every place of a document.
fn places(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Array(listed) => {
            listed.iter().enumerate().for_each(|(at, value)| places(value, &format!("{pointer}/{at}"), found));
        }
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            places(value, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), found);
        }),
        _ => (),
    }
}

#[test]
fn no_value_at_any_place_makes_it_panic() {
    let full = with(
        with(sound(), "/relatedResource", json!([{"id": BASE, "digestSRI": "sha256-x", "digestMultibase": "uEi"}])),
        "/credentialStatus",
        json!([{"type": ["BitstringStatusListEntry"], "statusListIndex": "1"}]),
    );
    let document = presented(json!([with(full, "/validFrom", json!("2026-01-01T00:00:00Z"))]));
    let mut all = Vec::new();
    places(&document, "", &mut all);
    let odd = [
        json!(null),
        json!([]),
        json!({}),
        json!([[]]),
        json!(""),
        json!("ü\u{0}:"),
        json!(1e308),
        json!({"@value": {}}),
        json!(true),
    ];
    for pointer in &all {
        for value in &odd {
            let mut changed = document.clone();
            *changed.pointer_mut(pointer).unwrap() = value.clone();
            let _ = presentation(&changed);
            let _ = changed.pointer("/verifiableCredential/0").map(credential);
        }
    }
    assert!(all.len() > 25);
}
