//! Whole verifiers of badges: a certificate, a revoked one and a changed one, each called what it is.

use std::net::TcpListener;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::Duration;
use serde_json::{Value, json};
use signing::{
    did::{DidDocument, DidWeb, method_id},
    jose::{JoseError, VcJwt, sign_vc},
    keys::SigningKey,
    proof,
    status::{Bitstring, Entry, LEAST_ENTRIES, REVOCATION, StatusList},
};

use crate::{documents, node, now};

/// An issuer's certificates and its list, on which one of them is.
struct Issued {
    did: DidWeb,
    address: String,
    /// Good, revoked.
    certificates: [Value; 2],
    list: Value,
}

fn key() -> SigningKey {
    SigningKey::from_seed([5; 32])
}

/// A private key as every OpenSSL reads it: PKCS#8 without the public key (RFC 8410, section 7).
fn pem(seed: [u8; 32]) -> String {
    let mut der = hex::decode("302e020100300506032b657004220420").unwrap();
    der.extend(seed);
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der))
}

/// For a host. The tools look at the clock: everything is valid from a while ago and for some years.
fn issued(host: &str) -> Issued {
    let did = DidWeb::from_host(host).unwrap();
    let address = format!("https://{host}/status/1");
    let before = now() - Duration::days(2);
    let sign = |document: Value| proof::sign(document, &key(), &method_id(&did, &key().public()), before).unwrap();
    let certificate = |index| {
        let mut document = documents::credentials().remove(0);
        document["issuer"]["id"] = did.as_str().into();
        document["validFrom"] = "2026-01-01T00:00:00Z".into();
        document["credentialStatus"] = Entry { list: address.clone(), index, purpose: REVOCATION.into() }.to_json();
        sign(document)
    };
    let mut bits = Bitstring::new(LEAST_ENTRIES);
    bits.set(94_567, true);
    let list = StatusList {
        id: address.clone(),
        issuer: did.to_string(),
        purpose: REVOCATION.into(),
        valid_from: before,
        valid_until: now() + Duration::days(1_000),
        ttl_ms: 30_000,
        bits,
    };
    Issued { certificates: [certificate(7), certificate(94_567)], list: sign(list.document()), address, did }
}

impl Issued {
    fn did_document(&self) -> String {
        serde_json::to_string(&DidDocument::new(&self.did, &[key().public()])).unwrap()
    }

    fn token(&self, document: &Value) -> String {
        sign_vc(document, &method_id(&self.did, &key().public()), &key(), now() - Duration::days(2)).unwrap()
    }

    fn tampered(&self) -> Value {
        let mut tampered = self.certificates[0].clone();
        tampered["credentialSubject"]["identifier"][0]["identityHash"] = "Mallory".into();
        tampered
    }
}

#[test]
fn verifier_core_accepts_a_certificate_and_calls_a_revoked_and_a_changed_one_what_they_are() {
    // What is issued names the port: it has to be known before.
    let port = TcpListener::bind(("localhost", 0)).unwrap().local_addr().unwrap().port();
    let issued = issued(&format!("localhost:{port}"));
    let certificate = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/tests/all/localhost.pem");
    let elsewhere = {
        let mut document = documents::credentials().remove(0);
        document["issuer"]["id"] = issued.did.as_str().into();
        document["credentialStatus"] =
            Entry { list: format!("{}2", issued.address), index: 7, purpose: REVOCATION.into() }.to_json();
        let key = key();
        proof::sign(document, &key, &method_id(&issued.did, &key.public()), now()).unwrap()
    };
    let asked = json!({
        "port": port,
        // The key of the certificate for localhost.
        "key": pem([7; 32]),
        "certificate": certificate,
        "documents": {
            "/.well-known/did.json": {"type": "application/did+json", "body": issued.did_document()},
            "/status/1": {"type": "application/vc", "body": issued.list.to_string()},
        },
        "credentials": [issued.certificates[0], issued.certificates[1], issued.tampered(), elsewhere],
    });
    let environment = [("NODE_EXTRA_CA_CERTS", certificate)];
    let Some(read) = node::run_with("core.mjs", &asked.to_string(), &environment) else { return };
    let steps = |at: usize| &read[at]["steps"];
    assert_eq!(
        (&steps(0)["valid_signature"], &steps(0)["revocation_status"]),
        (&json!(true), &json!(true)),
        "{}",
        read[0]
    );
    assert_eq!(steps(0)["expiration"], true);
    assert_eq!(
        (&steps(1)["valid_signature"], &steps(1)["revocation_status"]),
        (&json!(true), &json!(false)),
        "{}",
        read[1]
    );
    assert_eq!(read[2]["errors"], json!(["invalid_signature"]), "{}", read[2]);
    assert_eq!(steps(3)["revocation_status"], "status_list_not_found", "{}", read[3]);
}

#[test]
fn openbadgeslib_accepts_both_forms_of_a_certificate_and_refuses_a_revoked_and_a_changed_one() {
    let issued = issued("issuer.example");
    let [good, revoked] = &issued.certificates;
    let token = issued.token(good);
    let (input, signature) = token.rsplit_once('.').unwrap();
    let other_signature = issued.token(revoked).rsplit_once('.').unwrap().1.to_owned();
    let seen = |text: String, status: bool| json!({"text": text, "status": status});
    let theirs = SigningKey::from_seed([6; 32]);
    let method = format!("did:key:{0}#{0}", theirs.public());
    let mut credential = documents::credentials().remove(0);
    credential["issuer"]["id"] = format!("did:key:{}", theirs.public()).into();
    let unsigned_token = sign_vc(&credential, &method, &theirs, now()).unwrap();
    let payload = signing::jose::Jws::read(&unsigned_token).unwrap().payload().clone();
    let asked = json!({
        "did": issued.did.as_str(),
        "documents": {
            "https://issuer.example/.well-known/did.json": issued.did_document(),
            // It takes a list as a token only.
            &issued.address: issued.token(&issued.list),
        },
        "seen": [
            seen(good.to_string(), true),
            seen(token.clone(), true),
            seen(revoked.to_string(), true),
            seen(issued.token(revoked), true),
            seen(revoked.to_string(), false),
            seen(issued.tampered().to_string(), true),
            seen(format!("{input}.{other_signature}"), true),
            seen(format!("{input}."), true),
        ],
        "own": {"credential": credential, "key": pem([6; 32]), "method": method, "payload": payload},
    });
    assert!(!signature.is_empty());
    let Some(read) = node::run_python("badges.py", &asked.to_string()) else { return };
    let verdicts: Vec<bool> = read[..8].iter().map(|one| one["valid"] == true).collect();
    assert_eq!(verdicts, [true, true, false, false, true, false, false, false], "{read:#?}");
    for at in [2, 3] {
        assert!(read[at]["because"].as_str().unwrap().contains("'revocation' is set"), "{}", read[at]);
    }
    assert_eq!(read[0]["issuer"], issued.did.as_str());

    let own = read.last().unwrap();
    let proof = proof::proofs(&own["document"]).unwrap().remove(0);
    assert_eq!(proof.verify(&own["document"], &theirs.public()), Ok(()), "{own}");
    // Its tokens bring their key along and name no other: nobody vouches for that here.
    let token = VcJwt::read(own["token"].as_str().unwrap());
    assert!(matches!(token, Err(JoseError::Type(..))), "{token:?}");
    let token = signing::jose::Jws::read(own["token"].as_str().unwrap()).unwrap();
    assert_eq!(token.kid(), Err(JoseError::OwnKey("jwk")));
    assert_eq!(token.verify(&theirs.public()), Ok(()));
}
