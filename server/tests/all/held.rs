//! What holders have of a certificate: each form carries it, and is verified like it.

use api::{IssuedBadge, IssuedDocuments, MatchState, Sharing};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use carrier::{Kind as Carrier, find};
use serde_json::{Value, json};
use signing::{
    credential::Kind,
    status::Entry,
    verify::{Report, StepName, StepOutcome, Verdict},
};

use crate::fixture::{Ask, Candidate, World, place};

async fn zoe(world: &World) -> Candidate<'_> {
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    zoe.sit(10).await;
    zoe
}

async fn verify(world: &World, bytes: &[u8]) -> Report {
    world.post("/api/v1/verify").body("application/octet-stream", bytes.to_vec()).send().await.ok()
}

#[tokio::test]
async fn page_and_pictures_carry_the_certificate_and_are_verified_by_what_they_are() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let documents: IssuedDocuments = zoe.documents().await;
    for (path, media_type, kind) in [
        ("certificate.pdf", "application/pdf", Carrier::Pdf),
        ("badge.png", "image/png", Carrier::Png),
        ("badge.svg", "image/svg+xml", Carrier::Svg),
    ] {
        let answer = zoe.get(&format!("/api/v1/attempt/{path}")).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type));
        let ending = path.rsplit('.').next().unwrap();
        let name = format!("attachment; filename=\"{}.{ending}\"", documents.number);
        assert_eq!(answer.header("content-disposition"), name);
        let found = find(&answer.body).unwrap();
        assert_eq!(found.kind, kind);
        assert_eq!(serde_json::from_slice::<Value>(&found.credential).unwrap(), documents.certificate);
        let report = verify(&world, &answer.body).await;
        assert!(report.valid, "{report:#?}");
        assert_eq!(report.facts.unwrap().number, documents.number);
        // Nothing is said of keys by a root key that is not there.
        let open = report.steps.iter().filter(|step| step.outcome != StepOutcome::Passed);
        assert!(open.map(|step| step.step).eq([StepName::KeyWindow]), "{:#?}", report.steps);
        // The same file again: nothing in it tells when it was asked for.
        assert_eq!(zoe.get(&format!("/api/v1/attempt/{path}")).await.body, answer.body);
    }
    let link = documents.add_to_profile;
    assert!(link.starts_with("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name="), "{link}");
    assert!(link.contains(&format!("certId={}", documents.number)) && !link.contains("Muster"), "{link}");
}

#[tokio::test]
async fn what_is_in_a_file_is_judged_and_not_what_it_looks_like() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let certificate = serde_json::to_string(&zoe.documents().await.certificate).unwrap();
    let picture = zoe.get("/api/v1/attempt/badge.png").await.body;
    let forged = carrier::png::bake(&picture, certificate.replace("Zoë Muster", "Max Muster").as_bytes()).unwrap();
    let report = verify(&world, &forged).await;
    let failed = report.steps.iter().find(|step| step.outcome == StepOutcome::Failed).unwrap();
    assert_eq!((report.verdict, failed.step), (Verdict::Invalid, StepName::Signature));
    let half = verify(&world, &picture[..picture.len() / 2]).await;
    assert!(half.summary.contains("is cut off"), "{}", half.summary);
    let bare = world.engine.issuer.badge_png(&certificate).unwrap();
    assert!(verify(&world, &bare).await.summary.contains("carries no certificate"));
}

#[tokio::test]
async fn the_code_on_the_page_holds_the_whole_certificate() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let certificate = zoe.documents().await.certificate;
    let text = world.engine.issuer.qr_text(&certificate.to_string()).unwrap();
    assert!(text.starts_with("https://exams.example.org/verify#c="), "{text}");
    let report = verify(&world, text.as_bytes()).await;
    assert!(report.valid && report.steps[0].sentence.contains("QR code"), "{report:#?}");
    assert_eq!(serde_json::from_slice::<Value>(&find(text.as_bytes()).unwrap().credential).unwrap(), certificate);
}

#[tokio::test]
async fn a_badge_without_a_name_is_the_holders_alone_and_falls_with_its_certificate() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let documents = zoe.documents().await;
    let ask = async || world.post("/api/v1/attempt/badge").token(&zoe.token).send().await;
    let made: IssuedBadge = ask().await.ok();
    let text = made.badge.to_string();
    assert!(!text.contains("Muster") && !text.contains(&documents.number) && !text.contains(&made.salt), "{text}");
    assert_ne!(made.badge["id"], documents.certificate["id"]);
    let entry = |document: &Value| Entry::of(document).unwrap().remove(0);
    assert_ne!(entry(&made.badge), entry(&documents.certificate));
    assert_ne!(entry(&made.badge), entry(&documents.cpd_record));
    let png = BASE64_STANDARD.decode(&made.png).unwrap();
    for bytes in [text.as_bytes(), &png, made.svg.as_bytes()] {
        let report = verify(&world, bytes).await;
        assert!(report.valid, "{report:#?}");
        let facts = report.facts.unwrap();
        assert_eq!((facts.kind, facts.holder.as_str()), (Kind::Badge, ""));
        assert_eq!(facts.is_of("Zoë Muster", &made.salt), Some(true));
        assert_eq!(facts.is_of("Zoe Muster", &made.salt), Some(false));
    }
    let again: IssuedBadge = ask().await.ok();
    assert_ne!((&again.salt, &again.badge["id"]), (&made.salt, &made.badge["id"]));

    world.engine.revoke(&documents.number, &[Kind::Certificate], "a reason", "officer").await.unwrap();
    for badge in [&made.badge, &again.badge] {
        let report = verify(&world, badge.to_string().as_bytes()).await;
        assert!(report.summary.contains("It was revoked"), "{}", report.summary);
    }
    assert!(verify(&world, documents.cpd_record.to_string().as_bytes()).await.valid);
    ask().await.problem("not-in-force");
}

#[tokio::test]
async fn a_badge_falls_with_a_suspension_and_one_made_after_it_stands() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let number = zoe.documents().await.number;
    let ask = async || world.post("/api/v1/attempt/badge").token(&zoe.token).send().await;
    let revoked = async |made: &IssuedBadge| {
        let report = verify(&world, made.badge.to_string().as_bytes()).await;
        report.steps.iter().any(|step| step.step == StepName::Revocation && step.outcome == StepOutcome::Failed)
    };
    let first: IssuedBadge = ask().await.ok();
    assert!(!revoked(&first).await);
    world.engine.suspend(&number, "a complaint is looked into", "officer").await.unwrap();
    assert!(revoked(&first).await);
    ask().await.problem("not-in-force");
    let address = world.put("/api/v1/attempt/sharing").token(&zoe.token).send().await.ok::<Sharing>().address.unwrap();
    let page = address.strip_prefix("https://exams.example.org").unwrap();
    assert!(world.get(page).send().await.text().contains("is suspended"));

    world.engine.reinstate(&number, "nothing was found", "officer").await.unwrap();
    assert!(world.get(page).send().await.text().contains("valid today"));
    let second: IssuedBadge = ask().await.ok();
    assert!(!revoked(&second).await && revoked(&first).await);
    world.engine.revoke(&number, &[Kind::Badge], "the holder asked for it", "officer").await.unwrap();
    assert!(revoked(&second).await);
    let certificate = zoe.documents().await.certificate.to_string();
    assert!(verify(&world, certificate.as_bytes()).await.valid, "the certificate stands");
    // Each of these revocations is an entry of the log.
    world.engine.bring_log_up().await.unwrap();
    assert_eq!(world.engine.store.log_waiting(&world.engine.tenant, 10).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn tokens_codes_and_pictures_are_verified_with_the_proof_that_they_are_logged() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let documents = zoe.documents().await;
    let proof = zoe.get("/api/v1/attempt/certificate.tlog-proof").await;
    let proof = proof.text();
    let with_proof = async |credential: Value| -> Report {
        world.post("/api/v1/verify").json(&json!({ "credential": credential, "log_proof": proof })).send().await.ok()
    };
    let code = world.engine.issuer.qr_text(&documents.certificate.to_string()).unwrap();
    let token = documents.certificate_jwt;
    let given = [
        (documents.certificate, StepOutcome::Passed),
        (code.into(), StepOutcome::Passed),
        // The proof is of another form of it.
        (token.clone().into(), StepOutcome::NotChecked),
    ];
    for (credential, outcome) in given {
        let report = with_proof(credential.clone()).await;
        let log = report.steps.iter().find(|step| step.step == StepName::Log).unwrap();
        assert!(report.valid && log.outcome == outcome, "{credential}: {report:#?}");
    }
    let other = with_proof("#c=".into()).await;
    assert_eq!(other.steps.len(), 11, "{other:#?}");
    assert_eq!(other.verdict, Verdict::Invalid);
    assert!(verify(&world, token.as_bytes()).await.valid);
}

#[tokio::test]
async fn a_certificate_has_so_many_badges_and_no_more() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let ask = async || world.post("/api/v1/attempt/badge").token(&zoe.token).send().await;
    for _ in 0..10 {
        assert_eq!(ask().await.status, 200);
    }
    ask().await.problem("too-many-tries");
}

#[tokio::test]
async fn a_page_is_public_when_its_holder_wants_it_and_only_then() {
    let world = World::new();
    let zoe = zoe(&world).await;
    let number = zoe.documents().await.number;
    let switch =
        async |request: Ask| -> Option<String> { request.token(&zoe.token).send().await.ok::<Sharing>().address };
    const PATH: &str = "/api/v1/attempt/sharing";
    assert_eq!(switch(world.get(PATH)).await, None, "off at first");
    let address = switch(world.put(PATH)).await.unwrap();
    assert_eq!(switch(world.put(PATH)).await.as_ref(), Some(&address), "one page");
    assert_eq!(switch(world.get(PATH)).await.as_ref(), Some(&address));
    let path = address.strip_prefix("https://exams.example.org").unwrap();
    assert_eq!(path.len(), "/c/".len() + 22, "128 bits: {path}");

    let page = world.get(path).send().await;
    let text = page.text();
    assert_eq!((page.status, page.header("x-robots-tag")), (200, "noindex, noarchive"));
    assert!(
        page.header("content-security-policy").starts_with("default-src 'none'; img-src 'self'; style-src 'sha256-")
    );
    for part in ["Zoë Muster", &number, "valid today", &format!("content=\"{address}/badge.png\"")] {
        assert!(text.contains(part), "{part} not in {text}");
    }
    let picture = world.get(&format!("{path}/badge.png")).send().await;
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
    assert!(find(&picture.body).is_err(), "the picture for everybody carries no certificate");

    world.engine.revoke(&number, &[Kind::Certificate], "a reason", "officer").await.unwrap();
    assert!(world.get(path).send().await.text().contains("was revoked"));
    let shared = world.engine.shared(path.strip_prefix("/c/").unwrap()).await.unwrap().unwrap();
    assert_eq!(shared.state, MatchState::Revoked);

    assert_eq!(switch(world.delete(PATH)).await, None);
    for gone in [path.to_owned(), format!("{path}/badge.png"), "/c/x".into(), format!("/c/{}", "A".repeat(22))] {
        world.get(&gone).send().await.problem("not-found");
    }
    assert_ne!(switch(world.put(PATH)).await, Some(address), "the old address stays gone");
}

#[tokio::test]
async fn a_name_is_text_on_its_page_whatever_is_in_it() {
    let world = World::new();
    let name = "<b>\"Zoë\" & 'Muster'</b>";
    let mut zoe = world.candidate(place("c-1", name, "Muster")).await;
    zoe.sit(10).await;
    let address = world.put("/api/v1/attempt/sharing").token(&zoe.token).send().await.ok::<Sharing>().address.unwrap();
    let text = world.get(address.strip_prefix("https://exams.example.org").unwrap()).send().await.text();
    assert!(
        !text.contains("<b>") && text.contains("&lt;b&gt;&quot;Zoë&quot; &amp; &#39;Muster&#39;&lt;/b&gt;"),
        "{text}"
    );
    assert!(find(&zoe.get("/api/v1/attempt/certificate.pdf").await.body).is_ok());
}
