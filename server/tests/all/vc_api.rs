//! The VC API's test mode, driven over HTTP as interoperability suites drive it.

use std::{collections::BTreeSet, env, path::Path, process::Command};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use signing::{
    keys::SigningKey,
    proof::{self, ASSERTION, AUTHENTICATION, Options, Suite},
    status::StatusList,
};

use crate::fixture::{Client, Home, Program};

const BASE: &str = "https://www.w3.org/ns/credentials/v2";
const SUITES: [&str; 4] = ["rdfc", "jcs", "set", "chain"];

/// A server in test mode and somebody who speaks to it.
struct Api {
    home: Home,
    server: Program,
    client: Client,
}

impl Api {
    fn start() -> Self {
        let home = Home::new();
        let server = Program::serve(&home, "warn", &["--vc-api"]);
        let client = server.client();
        Self { home, server, client }
    }

    fn post(&mut self, path: &str, body: &Value) -> (u16, Value) {
        let (status, body) = self.client.post(path, "", body).unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }

    fn issuer(&mut self) -> String {
        let (_, body) = self.client.get("/vc-api", "").unwrap();
        serde_json::from_slice::<Value>(&body).unwrap()["id"].as_str().unwrap().to_owned()
    }

    #[track_caller]
    fn issue(&mut self, path: &str, credential: &Value) -> Value {
        let (status, mut body) = self.post(path, &json!({"credential": credential, "options": {}}));
        assert_eq!(status, 201, "{body}");
        body["verifiableCredential"].take()
    }

    /// The problems for which issuing is refused.
    #[track_caller]
    fn not_issued(&mut self, path: &str, credential: &Value) -> String {
        let (status, body) = self.post(path, &json!({"credential": credential, "options": {}}));
        assert_eq!(status, 400, "{credential}\n{body}");
        assert_eq!(body["verifiableCredential"], Value::Null);
        body["errors"].to_string()
    }

    #[track_caller]
    fn holds(&mut self, credential: &Value) -> Value {
        let (status, body) = self.verify(credential, &json!({"checks": ["proof"]}));
        assert_eq!((status, &body["verified"]), (200, &json!(true)), "{credential}\n{body}");
        assert_eq!(body["errors"], json!([]));
        body
    }

    /// The problems for which it does not verify.
    #[track_caller]
    fn fails(&mut self, credential: &Value, options: &Value) -> String {
        let (status, body) = self.verify(credential, options);
        assert_eq!((status, &body["verified"]), (400, &json!(false)), "{credential}\n{body}");
        let errors = body["errors"].as_array().unwrap();
        assert!(!errors.is_empty() && errors.iter().all(|error| error["type"].as_str().unwrap().contains("_ERROR")));
        body["errors"].to_string()
    }

    fn verify(&mut self, credential: &Value, options: &Value) -> (u16, Value) {
        self.post("/vc-api/credentials/verify", &json!({"verifiableCredential": credential, "options": options}))
    }

    fn verify_presentation(&mut self, presentation: &Value, options: &Value) -> (u16, Value) {
        self.post("/vc-api/presentations/verify", &json!({"verifiablePresentation": presentation, "options": options}))
    }
}

fn credential() -> Value {
    json!({
        "@context": [BASE],
        "id": "urn:uuid:86294362-4254-4f36-854f-3952fe42555d",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:whoever",
        "credentialSubject": {"id": "did:example:subject", "name": "Subject"},
    })
}

fn with(mut document: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap()[name] = value;
    document
}

fn without(mut document: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    document.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
    document
}

/// Somebody elsewhere who issues and presents.
struct Stranger {
    key: SigningKey,
    did: String,
}

impl Stranger {
    fn new(seed: u8) -> Self {
        let key = SigningKey::from_seed([seed; 32]);
        let did = format!("did:key:{}", key.public());
        Self { key, did }
    }

    fn options(&self, purpose: &str) -> Options {
        let method = format!("{}#{}", self.did, self.key.public());
        Options { purpose: purpose.into(), ..Options::assertion(&method, Utc::now()) }
    }

    fn sign(&self, document: Value, options: &Options) -> Value {
        proof::add(document, Suite::Rdfc, options, &self.key).unwrap()
    }

    fn credential(&self) -> Value {
        with(credential(), "/issuer", self.did.clone().into())
    }

    fn issue(&self) -> Value {
        self.sign(self.credential(), &self.options(ASSERTION))
    }

    fn presentation(&self, credentials: Value) -> Value {
        json!({"@context": [BASE], "type": ["VerifiablePresentation"], "holder": self.did, "verifiableCredential": credentials})
    }

    fn present(&self, presentation: Value) -> Value {
        let options = self.options(AUTHENTICATION);
        let options =
            Options { domain: Some("verifier.example".into()), challenge: Some("1235abcd".into()), ..options };
        self.sign(presentation, &options)
    }
}

fn proofs(document: &Value) -> Vec<&Value> {
    document["proof"].as_array().map_or_else(|| vec![&document["proof"]], |listed| listed.iter().collect())
}

#[test]
fn without_the_option_there_is_no_such_address() {
    let home = Home::new();
    let server = Program::serve(&home, "warn", &[]);
    for path in ["/credentials/issue", "/vc-api/credentials/issue", "/vc-api/credentials/verify"] {
        assert_eq!(server.client().post(path, "", &json!({"credential": credential()})).unwrap().0, 404, "{path}");
    }
}

#[test]
fn the_log_warns_of_the_test_mode_and_exams_go_on_as_ever() {
    let mut api = Api::start();
    let issuer = api.issuer();
    assert!(issuer.starts_with("did:key:z6Mk"));
    let log = api.server.log();
    assert!(log.contains("test mode") && log.contains(&issuer), "{log}");
    assert_eq!(api.client.get("/api/v1/health", "").unwrap().0, 200);
    // Another start, another key: nobody can come to rely on one.
    drop(api.server);
    let again = Program::serve(&api.home, "warn", &["--vc-api"]);
    let (_, body) = again.client().get("/vc-api", "").unwrap();
    assert!(!String::from_utf8(body).unwrap().contains(&issuer));
}

#[test]
fn each_endpoint_issues_its_own_proofs_in_the_servers_name_and_all_verify() {
    let mut api = Api::start();
    let issuer = api.issuer();
    for (suite, expected) in [
        ("rdfc", vec!["eddsa-rdfc-2022"]),
        ("jcs", vec!["eddsa-jcs-2022"]),
        ("set", vec!["eddsa-rdfc-2022", "eddsa-jcs-2022"]),
        ("chain", vec!["eddsa-rdfc-2022", "eddsa-jcs-2022"]),
    ] {
        let issued = api.issue(&format!("/vc-api/{suite}/credentials/issue"), &credential());
        assert_eq!(issued["issuer"], issuer);
        assert_eq!(without(without(issued.clone(), "/proof"), "/issuer"), without(credential(), "/issuer"));
        let proofs = proofs(&issued);
        assert_eq!(proofs.iter().map(|proof| &proof["cryptosuite"]).collect::<Vec<_>>(), expected);
        assert_eq!(issued["proof"].is_object(), expected.len() == 1);
        for proof in &proofs {
            assert_eq!(
                (&proof["type"], &proof["proofPurpose"]),
                (&json!("DataIntegrityProof"), &json!("assertionMethod"))
            );
            assert!(proof["created"].as_str().unwrap().parse::<DateTime<Utc>>().is_ok());
            assert!(proof["verificationMethod"].as_str().unwrap().starts_with(&format!("{issuer}#z6Mk")));
            assert!(proof["proofValue"].as_str().unwrap().starts_with('z'));
        }
        if suite == "chain" {
            assert_eq!(proofs[1]["previousProof"], proofs[0]["id"]);
        }
        api.holds(&issued);
        api.fails(&with(issued, "/credentialSubject/name", json!("Mallory")), &json!({}));
    }
    // The plain addresses are the same.
    let issued = api.issue("/credentials/issue", &without(credential(), "/issuer"));
    let asked = json!({"verifiableCredential": issued});
    assert_eq!(api.post("/credentials/verify", &asked).0, 200);
    let object = with(credential(), "/issuer", json!({"id": "did:example:whoever", "name": "College"}));
    let issued = api.issue("/credentials/issue", &object);
    assert_eq!(issued["issuer"], json!({"id": issuer, "name": "College"}));
    api.holds(&issued);
}

#[test]
fn options_say_which_suite_and_what_it_is_for() {
    let mut api = Api::start();
    let mut issue =
        |options: Value| api.post("/credentials/issue", &json!({"credential": credential(), "options": options}));
    let (status, body) = issue(
        json!({"cryptosuite": "eddsa-jcs-2022", "domain": "a.example", "challenge": "1", "created": "2026-01-01T00:00:00Z"}),
    );
    let proof = &body["verifiableCredential"]["proof"];
    assert_eq!((status, &proof["cryptosuite"], &proof["challenge"]), (201, &json!("eddsa-jcs-2022"), &json!("1")));
    assert_eq!(proof["created"], "2026-01-01T00:00:00Z");
    for wrong in [
        json!({"cryptosuite": "bbs-2023"}),
        json!({"created": "yesterday"}),
        json!({"challenge": 7}),
        json!({"domain": [7]}),
    ] {
        let (status, body) = issue(wrong.clone());
        assert_eq!(status, 400, "{wrong} {body}");
    }
    assert_eq!(issue(Value::Null).0, 201);
}

#[test]
fn what_breaks_the_data_model_is_issued_by_no_endpoint() {
    let mut api = Api::start();
    let of = |pointer: &str, value: Value| with(credential(), pointer, value);
    for (document, place) in [
        (without(credential(), "/@context"), "no @context"),
        (of("/@context", json!(["https://www.w3.org/ns/credentials/examples/v2", BASE])), "/@context"),
        (of("/@context", json!([BASE, "https://example.com"])), "https://example.com"),
        (of("/@context", json!([BASE, {"VerifiableCredential": "https://example.com/x"}])), "VerifiableCredential"),
        (of("/type", json!(["VerifiableCredential", "Unmapped"])), "/type"),
        (of("/issuer", Value::Null), "/issuer"),
        (of("/credentialSubject", json!({})), "/credentialSubject"),
        (of("/validFrom", json!("yesterday")), "/validFrom"),
        (of("/refreshService", json!({"id": "urn:a"})), "/refreshService"),
        (of("/credentialSchema", json!({"type": "https://example.com/Schema"})), "/credentialSchema"),
        (
            of(
                "/relatedResource",
                json!({"id": BASE, "digestMultibase": "uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0"}),
            ),
            "/relatedResource/digestMultibase",
        ),
        (of("/undefinedTerm", json!("x")), "/undefinedTerm"),
        (of("/proof", Value::Null), "/proof"),
    ] {
        for suite in SUITES {
            let why = api.not_issued(&format!("/vc-api/{suite}/credentials/issue"), &document);
            assert!(why.contains(place), "{place}: {why}");
        }
    }
    for body in [json!({}), json!({"credential": "eyJ"}), json!({"credential": credential(), "options": 7}), json!([])]
    {
        assert_eq!(api.post("/credentials/issue", &body).0, 400, "{body}");
    }
    assert_eq!(api.client.post("/credentials/issue", "", &"x".repeat(1024 * 1024)).unwrap().0, 413);
}

#[test]
fn a_base_direction_is_signed_by_canonical_json_only() {
    let mut api = Api::start();
    let document = with(credential(), "/name", json!({"@value": "دبلوم", "@language": "ar", "@direction": "rtl"}));
    let why = api.not_issued("/vc-api/rdfc/credentials/issue", &document);
    assert!(why.contains("/name/@direction") && why.contains("eddsa-jcs-2022"), "{why}");
    for path in ["/vc-api/jcs/credentials/issue", "/credentials/issue"] {
        let issued = api.issue(path, &document);
        assert_eq!(issued["proof"]["cryptosuite"], "eddsa-jcs-2022");
        api.holds(&issued);
    }
}

#[test]
fn every_kind_of_bad_proof_is_refused_by_name() {
    let mut api = Api::start();
    let none = json!({"checks": ["proof"]});
    for suite in ["rdfc", "jcs"] {
        let sound = api.issue(&format!("/vc-api/{suite}/credentials/issue"), &credential());
        let of = |member: &str, value: Value| with(sound.clone(), &format!("/proof/{member}"), value);
        let signature = sound["proof"]["proofValue"].as_str().unwrap();
        let mut long = bs58_decoded(&signature[1..]);
        long.extend([7; 32]);
        let other_key = SigningKey::from_seed([3; 32]).public();
        for (document, place) in [
            (without(sound.clone(), "/proof"), "no signature"),
            (with(sound.clone(), "/proof", Value::Null), "no object"),
            (with(sound.clone(), "/proof", json!([])), "no signature"),
            (with(sound.clone(), "/proof", json!("z")), "no object"),
            (with(sound.clone(), "/proof", vec![sound["proof"].clone(); 9].into()), "9"),
            (without(sound.clone(), "/proof/type"), "no type"),
            (of("type", json!("UnknownProofType")), "UnknownProofType"),
            (without(sound.clone(), "/proof/cryptosuite"), "cryptosuite"),
            (of("cryptosuite", json!("UnknownCryptosuite")), "UnknownCryptosuite"),
            (of("cryptosuite", json!(7)), "cryptosuite"),
            (without(sound.clone(), "/proof/verificationMethod"), "no key"),
            (of("verificationMethod", json!("did:key:invalidVm")), "verificationMethod"),
            (of("verificationMethod", json!("https://issuer.example/keys/1")), "verificationMethod"),
            (of("verificationMethod", json!(format!("did:key:{other_key}#{other_key}"))), "not by this key"),
            (without(sound.clone(), "/proof/proofPurpose"), "purpose"),
            (of("proofPurpose", json!("invalidPurpose")), "invalidPurpose"),
            (of("proofPurpose", json!("authentication")), "purpose"),
            (without(sound.clone(), "/proof/proofValue"), "no value"),
            (of("proofValue", Value::Null), "base58"),
            (of("proofValue", json!(&signature[1..])), "base58"),
            (of("proofValue", json!(format!("u{}", &signature[1..]))), "base58"),
            (of("proofValue", json!("z0OIl")), "base58"),
            (of("proofValue", json!(format!("z{}", bs58_encoded(&long)))), "64 bytes"),
            (of("created", json!("invalidDate")), "created"),
            (of("created", json!("2026-01-01T00:00:00")), "created"),
            (of("created", json!("2020-01-01T00:00:00Z")), "changed"),
            (of("expires", json!("2020-01-01T00:00:00Z")), "expired"),
            (of("expires", json!("soon")), "expires"),
            (with(sound.clone(), "/type", json!(["VerifiableCredential", "UndefinedType"])), "/type"),
            (with(sound.clone(), "/credentialSubject/undefinedTerm", json!("x")), "undefinedTerm"),
            (with(sound.clone(), "/@context", json!([BASE, "https://example.com"])), "https://example.com"),
            (with(sound.clone(), "/@context", json!([BASE, {"name": "https://example.com/name"}])), "name"),
        ] {
            let why = api.fails(&document, &none);
            assert!(why.contains(place), "{suite}, {place}: {why}");
        }
        for (options, place) in [
            (json!({"expectedProofPurpose": "authentication"}), "purpose"),
            (json!({"domain": "domain.example"}), "INVALID_DOMAIN_ERROR"),
            (json!({"challenge": "1235abcd6789"}), "INVALID_CHALLENGE_ERROR"),
            (json!({"domain": 7}), "domain"),
        ] {
            let why = api.fails(&sound, &options);
            assert!(why.contains(place), "{why}");
        }
        api.holds(&sound);
    }
    for body in
        [json!({}), json!({"verifiableCredential": "eyJ"}), json!({"verifiableCredential": {"type": ["Nothing"]}})]
    {
        assert_eq!(api.post("/vc-api/credentials/verify", &body).0, 400);
        assert_eq!(api.post("/vc-api/presentations/verify", &body).0, 400);
    }
}

fn bs58_alphabet() -> &'static [u8] {
    b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
}

fn bs58_encoded(bytes: &[u8]) -> String {
    let mut digits = vec![0_u32];
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += *digit << 8;
            *digit = carry % 58;
            carry /= 58;
        }
        while carry > 0 {
            digits.push(carry % 58);
            carry /= 58;
        }
    }
    digits.iter().rev().map(|digit| char::from(bs58_alphabet()[*digit as usize])).collect()
}

fn bs58_decoded(text: &str) -> Vec<u8> {
    let mut bytes = vec![0_u32];
    for letter in text.bytes() {
        let mut carry = u32::try_from(bs58_alphabet().iter().position(|known| *known == letter).unwrap()).unwrap();
        for byte in &mut bytes {
            carry += *byte * 58;
            *byte = carry & 0xff;
            carry >>= 8;
        }
        while carry > 0 {
            bytes.push(carry & 0xff);
            carry >>= 8;
        }
    }
    bytes.iter().rev().map(|byte| u8::try_from(*byte).unwrap()).collect()
}

#[test]
fn chains_are_whole_whether_a_link_is_a_text_or_a_list() {
    let mut api = Api::start();
    let (first, second) = (Stranger::new(1), Stranger::new(2));
    let chained = |previous: &[&str], suite: Suite| {
        let id = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544";
        let signed = first.sign(second.credential(), &Options { id: Some(id.into()), ..first.options(ASSERTION) });
        let link =
            Options { previous: previous.iter().map(|name| (*name).to_owned()).collect(), ..second.options(ASSERTION) };
        proof::add(signed, suite, &link, &second.key).unwrap()
    };
    let id = "urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544";
    for suite in Suite::BOTH {
        let sound = chained(&[id], suite);
        assert_eq!(sound["proof"][1]["previousProof"], id);
        api.holds(&sound);
        // A list of one link is another document, and as good a chain, under its own signature only.
        let listed = with(sound.clone(), "/proof/1/previousProof", json!([id]));
        if suite == Suite::Jcs {
            api.fails(&listed, &json!({}));
        } else {
            api.holds(&listed);
        }
        for (document, place) in [
            (with(sound.clone(), "/proof/1/previousProof", json!("urn:uuid:missing")), "not there"),
            (with(sound.clone(), "/proof/1/previousProof", json!(["urn:uuid:missing"])), "not there"),
            (with(sound.clone(), "/proof/1/previousProof", json!(456_321)), "previousProof"),
            (with(sound.clone(), "/proof/0/previousProof", json!(id)), "circle"),
            (with(sound.clone(), "/proof/0/proofValue", json!("invalidProofValue")), "base58"),
            (with(sound.clone(), "/proof/0/created", json!("2026-01-01T00:00:00Z")), "changed"),
            (with(sound.clone(), "/proof", json!([sound["proof"][1]])), "not there"),
            (
                with(sound.clone(), "/proof", json!([sound["proof"][0], sound["proof"][0], sound["proof"][1]])),
                "two proofs",
            ),
        ] {
            let why = api.fails(&document, &json!({}));
            assert!(why.contains(place), "{place}: {why}");
        }
    }
}

#[test]
fn a_set_holds_if_each_of_its_proofs_does_and_the_issuer_signed() {
    let mut api = Api::start();
    let (issuer, other) = (Stranger::new(1), Stranger::new(2));
    let set = other.sign(issuer.issue(), &other.options(ASSERTION));
    api.holds(&set);
    api.fails(&with(set.clone(), "/proof/1/proofValue", set["proof"][0]["proofValue"].clone()), &json!({}));
    // Somebody else's signature is not the issuer's.
    let forged = other.sign(issuer.credential(), &other.options(ASSERTION));
    assert!(api.fails(&forged, &json!({})).contains("/issuer"));
    // Nothing is known of the keys of a name that is no DID.
    let named = with(issuer.credential(), "/issuer", json!("https://college.example/issuers/5678"));
    let told = api.holds(&issuer.sign(named, &issuer.options(ASSERTION)));
    assert!(told["warnings"][0].as_str().unwrap().contains("college.example"), "{told}");
    // A proof of a kind that is not known is told, and does not stand in for one that is.
    let mut mixed = issuer.sign(issuer.issue(), &issuer.options(ASSERTION));
    mixed["proof"][1]["cryptosuite"] = "bbs-2023".into();
    let told = api.holds(&mixed);
    assert!(told["warnings"][0].as_str().unwrap().contains("bbs-2023"), "{told}");
}

#[test]
fn a_credential_out_of_its_time_does_not_verify() {
    let mut api = Api::start();
    for (name, time) in [("validFrom", "2123-01-01T00:00:00Z"), ("validUntil", "2020-01-01T00:00:00Z")] {
        let issued = api.issue("/credentials/issue", &with(credential(), &format!("/{name}"), json!(time)));
        assert!(api.fails(&issued, &json!({})).contains("RANGE_ERROR"));
    }
}

#[test]
fn presentations_hold_with_all_that_is_in_them() {
    let mut api = Api::start();
    let asked = json!({"domain": "verifier.example", "challenge": "1235abcd"});
    let (holder, issuer) = (Stranger::new(1), Stranger::new(2));
    let ours = api.issue("/vc-api/set/credentials/issue", &credential());
    let self_asserted = holder.credential();
    let sound = holder.present(holder.presentation(json!([issuer.issue(), ours, self_asserted])));
    for presentation in [
        sound.clone(),
        holder.present(holder.presentation(json!([]))),
        holder.present(without(holder.presentation(json!([])), "/verifiableCredential")),
        holder.present(without(holder.presentation(json!([issuer.issue(), holder.issue()])), "/holder")),
        holder.present(with(holder.presentation(issuer.issue()), "/holder", json!({"id": holder.did}))),
    ] {
        let (status, body) = api.verify_presentation(&presentation, &asked);
        assert_eq!((status, &body["verified"]), (200, &json!(true)), "{presentation}\n{body}");
        assert_eq!(api.verify_presentation(&presentation, &json!({})).0, 200);
    }
    let broken = with(issuer.issue(), "/credentialSubject/name", json!("Mallory"));
    let envelope =
        json!([{"@context": BASE, "id": "data:application/vc+jwt,e30.e30.", "type": "EnvelopedVerifiableCredential"}]);
    for (presentation, options, place) in [
        (without(sound.clone(), "/proof"), &asked, "no signature"),
        (with(sound.clone(), "/proof/proofValue", json!("z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh")), &asked, "base58"),
        (with(sound.clone(), "/type", json!(["VerifiableCredential"])), &asked, "/type"),
        (with(sound.clone(), "/@context", json!([BASE, 123_192_875])), &asked, "/@context/1"),
        (without(sound.clone(), "/@context"), &asked, "@context"),
        (with(sound.clone(), "/verifiableCredential/0/credentialSubject/name", json!("Mallory")), &asked, "changed"),
        (sound.clone(), &json!({"domain": "elsewhere.example", "challenge": "1235abcd"}), "INVALID_DOMAIN_ERROR"),
        (sound.clone(), &json!({"domain": "verifier.example", "challenge": "2"}), "INVALID_CHALLENGE_ERROR"),
        (sound.clone(), &json!({"expectedProofPurpose": "assertionMethod"}), "purpose"),
        (holder.present(holder.presentation(json!([broken]))), &asked, "/verifiableCredential/0"),
        (holder.present(with(holder.presentation(json!([])), "/holder", json!(issuer.did))), &asked, "/holder"),
        (holder.present(holder.presentation(json!([issuer.credential()]))), &asked, "not the holder"),
        (holder.present(without(holder.presentation(json!([holder.credential()])), "/holder")), &asked, "no holder"),
        (holder.present(holder.presentation(envelope)), &asked, "envelope"),
        (holder.sign(holder.presentation(json!([])), &holder.options(ASSERTION)), &json!({}), "purpose"),
    ] {
        let (status, body) = api.verify_presentation(&presentation, options);
        assert_eq!((status, &body["verified"]), (400, &json!(false)), "{presentation}\n{body}");
        assert!(body["errors"].to_string().contains(place), "{place}: {body}");
    }
}

#[test]
fn a_status_is_an_entry_of_a_list_that_is_served_and_counts() {
    let mut api = Api::start();
    let issuer = api.issuer();
    let mut indexes = BTreeSet::new();
    for at in 0..20 {
        let document = with(credential(), "/id", json!(format!("urn:uuid:86294362-4254-4f36-854f-3952fe4255{at:02}")));
        let issued = api.issue("/vc-api/status/credentials/issue", &document);
        let status = &issued["credentialStatus"];
        assert_eq!(
            (&status["type"], &status["statusPurpose"]),
            (&json!("BitstringStatusListEntry"), &json!("revocation"))
        );
        assert_eq!(status["statusListCredential"], "http://localhost/vc-api/status/1");
        indexes.insert(status["statusListIndex"].as_str().unwrap().parse::<u32>().unwrap());
        assert_eq!(api.verify(&issued, &Value::Null).0, 200);
    }
    assert_eq!(indexes.len(), 20);
    assert!(indexes.iter().zip(indexes.iter().skip(1)).any(|(one, next)| next - one > 1), "in a row: {indexes:?}");

    let issued = api.issue("/vc-api/status/credentials/issue", &credential());
    let read = |api: &mut Api| -> Value {
        let (status, body) = api.client.get("/vc-api/status/1", "").unwrap();
        assert_eq!(status, 200);
        serde_json::from_slice(&body).unwrap()
    };
    let list = read(&mut api);
    assert_eq!((&list["issuer"], list["proof"].is_object()), (&json!(issuer), true));
    api.holds(&list);
    let bits = StatusList::read(&list).unwrap().bits;
    assert_eq!((bits.entries(), bits.as_bytes().iter().all(|byte| *byte == 0)), (131_072, true));

    let change = |api: &mut Api, id: &str| {
        let entry = json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation"});
        api.post("/vc-api/credentials/status", &json!({"credentialId": id, "credentialStatus": entry})).0
    };
    assert_eq!(change(&mut api, "urn:uuid:unknown"), 400);
    assert_eq!(change(&mut api, credential()["id"].as_str().unwrap()), 200);
    assert_eq!(api.post("/vc-api/status/1/publish", &json!({})).0, 204);
    assert!(api.fails(&issued, &Value::Null).contains("status-list#STATUS_VERIFICATION_ERROR"));
    api.holds(&issued);
    let index = issued["credentialStatus"]["statusListIndex"].as_str().unwrap().parse().unwrap();
    assert_eq!(StatusList::read(&read(&mut api)).unwrap().bits.get(index), Some(true));

    // What cannot be found out is not good.
    let stranger = Stranger::new(1);
    let entry = |list: &str, index: &str| json!({"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": index, "statusListCredential": list});
    for (list, index, name) in [
        ("https://elsewhere.example/status/1", "7", "STATUS_RETRIEVAL_ERROR"),
        ("http://localhost/vc-api/status/1", "131072", "RANGE_ERROR"),
    ] {
        let document = with(stranger.credential(), "/credentialStatus", entry(list, index));
        let why = api.fails(&stranger.sign(document, &stranger.options(ASSERTION)), &Value::Null);
        assert!(why.contains(&format!("status-list#{name}")), "{why}");
    }
    let twice = with(credential(), "/credentialStatus", entry("https://elsewhere.example/status/1", "7"));
    api.not_issued("/vc-api/status/credentials/issue", &twice);
    let wrong =
        with(credential(), "/statusEntry", json!({"type": "BitstringStatusListEntry", "statusListIndex": true}));
    api.not_issued("/vc-api/status/credentials/issue", &wrong);
    assert_eq!(api.client.get("/vc-api/status/9", "").unwrap().0, 404);
    assert_eq!(api.client.get("/vc-api/status/0", "").unwrap().0, 404);
}

#[test]
fn the_libraries_of_npm_issue_and_verify_through_the_endpoints() {
    if env::var_os("INVIGIL_NODE_MODULES").is_none() {
        assert!(env::var_os("CI").is_none(), "INVIGIL_NODE_MODULES is not set");
        return;
    }
    let api = Api::start();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../signing/tests/interop");
    let url = format!("http://localhost:{}/vc-api", api.server.port);
    let ran = Command::new("node").args(["endpoints.mjs", &url]).current_dir(folder).output().unwrap();
    let (said, faults) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    assert!(ran.status.success(), "{said}{faults}");
    assert_eq!(said.lines().last(), Some("all as expected"), "{said}");
}
