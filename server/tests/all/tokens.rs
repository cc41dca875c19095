//! The forms for wallets: certificates and lists as JWT, and certificates of which their holders show what they want to.

use api::{PossessionNonce, SelectiveIssued};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use serde_json::{Value, json};
use signing::{
    credential::Kind,
    jose::{
        StatusToken, VcJwt, possession,
        sd_jwt::{Challenge, SdJwt, present},
    },
    keys::SigningKey,
    status::StatusList,
    verify::{Form, Report, Verdict, selective},
};

use crate::fixture::{Answer, Candidate, World, place};

const ASKED: Challenge<'static> = Challenge { audience: "https://hr.example", nonce: "n-1" };

fn holder() -> SigningKey {
    SigningKey::from_seed([8; 32])
}

async fn passed(world: &World) -> Candidate<'_> {
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    zoe.sit(10).await;
    zoe
}

async fn verify(world: &World, file: &str) -> Report {
    world.post("/api/v1/verify").body("application/octet-stream", file.to_owned()).send().await.ok()
}

#[tokio::test]
async fn a_pass_yields_its_documents_as_tokens_too_and_always_the_same() {
    let world = World::new();
    let zoe = passed(&world).await;
    let documents = zoe.documents().await;
    let plain = verify(&world, &documents.certificate.to_string()).await;
    let token = verify(&world, &documents.certificate_jwt).await;
    assert_eq!((plain.verdict, plain.form), (Verdict::Valid, Some(Form::Json)));
    assert_eq!((token.verdict, token.form), (Verdict::Valid, Some(Form::Jwt)), "{token:#?}");
    assert_eq!(token.facts, plain.facts);
    assert!(verify(&world, &documents.cpd_record_jwt).await.valid);
    world.pass(Duration::hours(1));
    let later = zoe.documents().await;
    assert_eq!(
        (later.certificate_jwt, later.cpd_record_jwt),
        (documents.certificate_jwt.clone(), documents.cpd_record_jwt)
    );
    world.engine.revoke(&documents.number, &[Kind::Certificate], "a reason", "officer").await.unwrap();
    assert_eq!(verify(&world, &documents.certificate_jwt).await.verdict, Verdict::Invalid);
}

#[tokio::test]
async fn a_list_is_served_in_the_form_that_is_asked_for() {
    let world = World::new();
    assert_eq!(world.get("/status/1.jwt").send().await.status, 404);
    assert_eq!(world.get("/token-status/1").send().await.status, 404);
    let zoe = passed(&world).await;
    let number = zoe.documents().await.number;
    world.engine.revoke(&number, &[Kind::Certificate], "a reason", "officer").await.unwrap();
    let ask = async |path: &str, accept: &str| world.get(path).header("accept", accept).send().await;
    let plain = StatusList::read(&ask("/status/1", "*/*").await.ok::<Value>()).unwrap();
    for (path, accept, token) in [
        ("/status/1", "", false),
        ("/status/1", "application/vc", false),
        ("/status/1", "application/json, application/vc+jwt;q=0", false),
        ("/status/1", "application/vc+jwt", true),
        ("/status/1", "text/html, Application/VC+JWT;q=0.5", true),
        ("/status/1.jwt", "", true),
    ] {
        let answer = ask(path, accept).await;
        let expected = if token { "application/vc+jwt" } else { "application/vc" };
        assert_eq!((answer.status, answer.header("content-type")), (200, expected), "{path} {accept}");
        assert_eq!((answer.header("vary"), answer.header("cache-control")), ("accept", "public, max-age=30"));
        if token {
            let text = answer.text();
            let read = VcJwt::read(&text).unwrap();
            let key = world.engine.issuer.did_document().assertion_key(read.kid().unwrap()).unwrap();
            assert_eq!(read.verify(&key), Ok(()));
            assert_eq!(StatusList::read(&read.credential).as_ref(), Ok(&plain));
            let again = world.get(path).header("accept", accept).header("if-none-match", answer.header("etag"));
            assert_eq!(again.send().await.status, 304);
        }
    }
    let answer = ask("/token-status/1", "application/statuslist+jwt").await;
    assert_eq!(answer.header("content-type"), "application/statuslist+jwt");
    let document = world.engine.issuer.did_document();
    let key = |id: &str| document.assertion_key(id).map_err(|error| error.to_string());
    let list = StatusToken::read(&answer.text(), key).unwrap();
    assert_eq!(list.bits, plain.bits);
    assert!(list.uri.ends_with("/token-status/1") && list.expires == plain.valid_until);
    for wrong in ["/status/01.jwt", "/status/2.jwt", "/status/.jwt", "/status/1.jwt.jwt", "/token-status/x"] {
        assert_eq!(world.get(wrong).send().await.status, 404, "{wrong}");
    }
}

/// Asks for a form of the certificate, with a proof for the nonce that was given.
async fn ask(world: &World, zoe: &Candidate<'_>, proof: impl FnOnce(&PossessionNonce) -> String) -> Answer {
    let nonce: PossessionNonce = world.post("/api/v1/attempt/selective/nonce").token(&zoe.token).send().await.ok();
    let body = json!({"proof": proof(&nonce)});
    world.post("/api/v1/attempt/selective").token(&zoe.token).json(&body).send().await
}

fn proof(world: &World, nonce: &PossessionNonce) -> String {
    possession::prove(&holder(), &nonce.audience, Some(&nonce.nonce), world.now()).unwrap()
}

#[tokio::test]
async fn a_holder_shows_that_he_holds_it_and_a_revocation_is_seen() {
    let world = World::new();
    let zoe = passed(&world).await;
    let issued: SelectiveIssued = ask(&world, &zoe, |nonce| proof(&world, nonce)).await.ok();
    assert_eq!(issued.claims, ["name", "number", "title", "edition", "valid_from", "valid_until"]);
    let judge = async |show: &[&str]| {
        let shown = present(&issued.credential, show, ASKED, &holder(), world.now()).unwrap().token;
        selective::verify(&shown, ASKED, &world.engine.trust_bundle().await.unwrap(), world.now())
    };
    let report = judge(&[]).await;
    assert!(report.valid, "{report:#?}");
    let shown = report.shown.unwrap();
    assert!(shown.claims.is_empty() && !report.summary.contains("Zoë"), "{}", report.summary);
    assert!(shown.credential_type.starts_with("urn:invigil:certification:"));
    assert_eq!(judge(&["name"]).await.shown.unwrap().claims["name"], "Zoë Muster");

    // Nothing in clear tells whose certificate it is, to the second or by a number of its own.
    let token = SdJwt::read(&issued.credential).unwrap();
    let clear = token.issued.payload();
    let day = |name: &str| clear[name].as_i64().unwrap() % 86_400;
    assert_eq!((day("iat"), day("exp")), (0, 0));
    let documents = zoe.documents().await;
    let status = &documents.certificate["credentialStatus"];
    assert_ne!(clear["status"]["status_list"]["idx"].to_string(), status["statusListIndex"].as_str().unwrap());
    let text = Value::Object(clear.clone()).to_string();
    assert!(!text.contains("Zoë") && !text.contains(&documents.number), "{text}");

    // The record's revocation leaves it alone.
    world.engine.revoke(&documents.number, &[Kind::CpdRecord], "a reason", "officer").await.unwrap();
    assert!(judge(&[]).await.valid);
    world.engine.revoke(&documents.number, &[Kind::Certificate], "a reason", "officer").await.unwrap();
    assert_eq!(judge(&[]).await.verdict, Verdict::Invalid);
    ask(&world, &zoe, |nonce| proof(&world, nonce)).await.problem("not-in-force");
}

#[tokio::test]
async fn a_form_falls_with_a_suspension_and_one_issued_after_it_stands() {
    let world = World::new();
    let zoe = passed(&world).await;
    let number = zoe.documents().await.number;
    let judge = async |issued: &SelectiveIssued| {
        let shown = present(&issued.credential, &[], ASKED, &holder(), world.now()).unwrap().token;
        selective::verify(&shown, ASKED, &world.engine.trust_bundle().await.unwrap(), world.now()).verdict
    };
    let first: SelectiveIssued = ask(&world, &zoe, |nonce| proof(&world, nonce)).await.ok();
    world.engine.suspend(&number, "a complaint is looked into", "officer").await.unwrap();
    assert_eq!(judge(&first).await, Verdict::Invalid);
    ask(&world, &zoe, |nonce| proof(&world, nonce)).await.problem("not-in-force");
    world.pass(Duration::seconds(1));
    world.engine.reinstate(&number, "nothing was found", "officer").await.unwrap();
    let second: SelectiveIssued = ask(&world, &zoe, |nonce| proof(&world, nonce)).await.ok();
    assert_eq!((judge(&first).await, judge(&second).await), (Verdict::Invalid, Verdict::Valid));
}

#[tokio::test]
async fn nobody_gets_a_certificate_bound_to_a_key_that_he_has_not() {
    let world = World::new();
    let zoe = passed(&world).await;
    let refused = async |proof: &dyn Fn(&PossessionNonce) -> String| {
        ask(&world, &zoe, proof).await.problem("proof-refused").detail
    };
    let key = holder();
    let prove = |audience: &str, nonce: Option<&str>, at| possession::prove(&key, audience, nonce, at).unwrap();
    let now = world.now();
    for (proof, word) in [
        (&(|_: &PossessionNonce| "rubbish".to_owned()) as &dyn Fn(&PossessionNonce) -> String, "three parts"),
        (&|nonce: &PossessionNonce| prove("did:web:other.example", Some(&nonce.nonce), now), "another issuer"),
        (&|nonce: &PossessionNonce| prove(&nonce.audience, None, now), "nonce"),
        (&|nonce: &PossessionNonce| prove(&nonce.audience, Some("made-up.99999999999999.00"), now), "nonce"),
        (&|nonce: &PossessionNonce| prove(&nonce.audience, Some(&nonce.nonce), now - Duration::hours(1)), "older"),
        (
            &|nonce: &PossessionNonce| {
                let token = prove(&nonce.audience, Some(&nonce.nonce), now);
                let (signed, _) = token.rsplit_once('.').unwrap();
                let other = SigningKey::from_seed([7; 32]).sign(signed.as_bytes());
                format!("{signed}.{}", URL_SAFE_NO_PAD.encode(other))
            },
            "changed",
        ),
    ] {
        let detail = refused(proof).await;
        assert!(detail.contains(word), "{word:?} is not in {detail:?}");
    }
    // A nonce of another attempt, of which it is said in clear.
    let mut other = world.candidate(place("c-2", "Sam Sample", "Sample")).await;
    other.sit(10).await;
    let theirs: PossessionNonce = world.post("/api/v1/attempt/selective/nonce").token(&other.token).send().await.ok();
    assert!(refused(&|_| proof(&world, &theirs)).await.contains("nonce"));
    // Without a pass there is nothing to be had, and without a token nothing at all.
    let mut failed = world.candidate(place("c-3", "Kim Fail", "Fail")).await;
    failed.sit(0).await;
    ask(&world, &failed, |nonce| proof(&world, nonce)).await.problem("not-found");
    let body = json!({"proof": ""});
    world.post("/api/v1/attempt/selective").json(&body).send().await.problem("unauthorised");
}
