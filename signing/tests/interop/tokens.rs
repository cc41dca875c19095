//! Tokens: `jose` reads ours and we read its, and so does `@sd-jwt/sd-jwt-vc` what holders show.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use signing::{
    jose::{
        Jws, StatusToken, VcJwt, from_jwk,
        sd_jwt::{Challenge, Issue, SdJwt, issue, present, unbind},
        sign_vc, to_jwk,
    },
    keys::SigningKey,
    status::{Bitstring, LEAST_ENTRIES},
};

use crate::{documents, node, now};

fn key() -> SigningKey {
    SigningKey::from_seed([5; 32])
}

/// A private key as `jose` reads it.
fn secret(seed: [u8; 32]) -> Value {
    let mut jwk = to_jwk(&SigningKey::from_seed(seed).public());
    jwk["d"] = URL_SAFE_NO_PAD.encode(seed).into();
    jwk
}

#[test]
fn tokens_are_read_by_jose_and_its_by_us() {
    let mut all = documents::all();
    all.iter_mut().for_each(|document| document["validFrom"] = "2026-01-01T00:00:00Z".into());
    let list = all.last_mut().unwrap();
    list["validUntil"] = "2030-01-01T00:00:00Z".into();
    let method = "did:web:issuer.example#k";
    let ours: Vec<String> =
        all.iter().map(|document| sign_vc(document, method, &key(), now() - Duration::days(1)).unwrap()).collect();
    let changed = ours[0].replacen('.', ".e30", 1);
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"vc+jwt"}"#),
        ours[0].split('.').nth(1).unwrap()
    );
    let tokens: Vec<Value> = ours
        .iter()
        .map(|token| json!({"token": token, "typ": "vc+jwt"}))
        .chain([json!({"token": changed, "typ": "vc+jwt"}), json!({"token": unsigned, "typ": "vc+jwt"})])
        .collect();
    let payload = Jws::read(&ours[0]).unwrap().payload().clone();
    let header = json!({"alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": method});
    let asked = json!({
        "key": to_jwk(&key().public()), "tokens": tokens, "seed": secret([6; 32]), "header": header, "payload": payload,
    });
    let Some(read) = node::run("jose.mjs", &asked.to_string()) else { return };
    for (at, document) in all.iter().enumerate() {
        assert_eq!(read[at]["valid"], true, "{}", read[at]);
        assert_eq!(read[at]["header"]["kid"], method);
        assert_eq!(read[at]["payload"]["credentialSubject"], document["credentialSubject"]);
    }
    assert_eq!(read[all.len()]["valid"], false, "changed");
    assert_eq!(read[all.len() + 1]["valid"], false, "not signed");
    let theirs = read.last().unwrap();
    let token = VcJwt::read(theirs["token"].as_str().unwrap()).unwrap();
    let other = from_jwk(&theirs["key"]).unwrap();
    assert_eq!(token.verify(&other), Ok(()));
    assert!(token.verify(&key().public()).is_err());
    assert_eq!(token.credential["credentialSubject"], all[0]["credentialSubject"]);
}

const LIST: &str = "https://issuer.example/token-status/1";

fn list(revoked: bool) -> String {
    let mut bits = Bitstring::new(LEAST_ENTRIES);
    bits.set(94_567, revoked);
    let list = StatusToken {
        uri: LIST.into(),
        issuer: "did:web:issuer.example".into(),
        issued_at: now() - Duration::days(1),
        expires: now() + Duration::days(1_000),
        ttl: 30,
        bits,
    };
    list.sign("did:web:issuer.example#k", &key()).unwrap()
}

#[test]
fn what_holders_show_is_read_by_sd_jwt_vc_and_its_by_us() {
    let holder = SigningKey::from_seed([8; 32]);
    let hidden = [("name", json!("Zoë Muster-Łęcka"), [1; 16]), ("number", json!("CAISP-0"), [2; 16])];
    let issued = |status| {
        let what = Issue {
            issuer: "did:web:issuer.example",
            credential_type: "urn:invigil:certification:caisp",
            issued_at: now() - Duration::days(1),
            expires: now() + Duration::days(1_000),
            holder: holder.public(),
            status: Some((status, 94_567)),
            demonstration: false,
            hidden: &hidden,
        };
        issue(&what, "did:web:issuer.example#k", &key()).unwrap()
    };
    let challenge = Challenge { audience: "https://hr.example", nonce: "n-1" };
    let shown =
        |token: &str, names: &[&str], challenge| present(token, names, challenge, &holder, now()).unwrap().token;
    let good = shown(&issued(LIST), &["name"], challenge);
    let bare = shown(&issued(LIST), &[], challenge);
    let swapped = {
        let name = URL_SAFE_NO_PAD.encode(json!([URL_SAFE_NO_PAD.encode([1; 16]), "name", "Mallory"]).to_string());
        let parts: Vec<&str> = good.split('~').collect();
        format!("{}~{name}~{}", parts[0], parts[2])
    };
    let presentations = [
        good.clone(),
        bare,
        shown(&issued("https://issuer.example/token-status/2"), &["name"], challenge),
        shown(&issued(LIST), &["name"], Challenge { nonce: "n-0", ..challenge }),
        unbind(&good).to_owned(),
        swapped,
    ];
    let at = now().timestamp();
    let asked = json!({
        "issuer": to_jwk(&key().public()),
        "lists": {LIST: list(false), "https://issuer.example/token-status/2": list(true)},
        "presentations": presentations,
        "nonce": "n-1",
        "own": {
            "secret": secret([6; 32]),
            "holder": secret([8; 32]),
            "header": {"kid": "did:web:other.example#k"},
            "claims": {
                "iss": "did:web:other.example", "vct": "urn:other", "iat": at, "exp": at + 86_400,
                "cnf": {"jwk": to_jwk(&holder.public())}, "name": "Zoë", "address": {"town": "Łódź", "street": "Main"},
                "roles": ["one", "two"],
            },
            "frame": {"_sd": ["name", "address"], "address": {"_sd": ["town", "street"]}, "roles": {"_sd": [1]}},
            "show": {"address": {"town": true}, "roles": {"1": true}},
            "audience": "https://hr.example",
            "at": at,
        },
    });
    let Some(read) = node::run("selective.mjs", &asked.to_string()) else { return };
    let verdicts: Vec<bool> = read[..presentations.len()].iter().map(|one| one["valid"] == true).collect();
    assert_eq!(verdicts, [true, true, false, false, false, false], "{read:#?}");
    assert_eq!(read[0]["payload"]["name"], "Zoë Muster-Łęcka");
    assert_eq!(read[0]["payload"].get("number"), None);
    assert_eq!(read[1]["payload"].get("name"), None);
    assert_eq!((&read[0]["kb"]["aud"], &read[0]["asked"]), (&json!("https://hr.example"), &json!([LIST])));
    let because = |at: usize| read[at]["because"].as_str().unwrap_or_default().to_owned();
    assert!(because(2).contains("Status"), "revoked: {}", because(2));

    let theirs = read.last().unwrap();
    let whole = SdJwt::read(theirs["issued"].as_str().unwrap()).unwrap();
    let maker = SigningKey::from_seed([6; 32]).public();
    assert_eq!(whole.issued.verify(&maker), Ok(()));
    let claims = whole.claims().unwrap();
    assert_eq!(claims["address"], json!({"town": "Łódź", "street": "Main"}));
    let shown = SdJwt::read(theirs["presented"].as_str().unwrap()).unwrap();
    let claims = shown.claims().unwrap();
    assert_eq!((&claims["address"], claims.get("name")), (&json!({"town": "Łódź"}), None));
    assert_eq!(claims["roles"], json!(["one", "two"]));
    assert_eq!(shown.check_binding(challenge, DateTime::<Utc>::from_timestamp(at, 0).unwrap()), Ok(()));
    assert!(shown.check_binding(Challenge { nonce: "n-2", ..challenge }, now()).is_err());
}
