//! What every answer says to the browser about itself.

use serde_json::Value;

use crate::fixture::{World, place};

/// What an answer of every address carries.
const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

#[tokio::test]
async fn every_answer_forbids_sniffing_framing_and_what_it_does_not_need() {
    let world = World::new();
    let alex = world.candidate(place("c", "Alex", "Alex")).await;
    for path in [
        "/",
        "/verify",
        "/sw.js",
        "/app/candidate/worker_loader.js",
        "/app/candidate/manifest.webmanifest",
        "/app/nothing",
        "/api/v1/attempt",
        "/api/v1/attempt/result",
        "/api/v1/health",
        "/api/v1/nothing",
        "/nothing",
        "/problems/not-found",
        "/.well-known/did.json",
    ] {
        let answer = alex.get(path).await;
        for (name, value) in ALWAYS {
            assert_eq!(answer.header(name), value, "{path}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(policy.starts_with("default-src 'self';") || policy.starts_with("default-src 'none';"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert!(!policy.contains("http:") && !policy.contains('*'), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_page_allows_its_own_loader_by_hash_and_no_other_inline_script() {
    let world = World::new();
    for page in ["/", "/practice", "/verify"] {
        let answer = world.get(page).send().await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "text/html; charset=utf-8"));
        assert_eq!(answer.header("cache-control"), "no-cache");
        let policy = answer.header("content-security-policy");
        // printf 'start()' | openssl dgst -sha256 -binary | base64
        let scripts = "script-src 'self' 'wasm-unsafe-eval' 'sha256-DIm7WJS6ZKDYe5qFLPy+h4JFI9Bol5QmYC57mt3Fb00=';";
        assert!(policy.contains(scripts), "{policy}");
        for directive in ["style-src 'self'", "object-src 'none'", "base-uri 'none'", "connect-src 'self'"] {
            assert!(policy.contains(directive), "{directive} not in {policy}");
        }
    }
}

#[tokio::test]
async fn nothing_of_the_api_is_ever_cached() {
    let world = World::new();
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    alex.sit(10).await;
    for path in [
        "",
        "/package",
        "/result",
        "/documents",
        "/certificate.pdf",
        "/badge.png",
        "/badge.svg",
        "/sharing",
        "/nothing",
    ] {
        let answer = alex.get(&format!("/api/v1/attempt{path}")).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path} {}", answer.status);
    }
    let answers = [
        world.get("/api/v1/attempt").send().await,
        world.post("/api/v1/attempt").send().await,
        world.post("/api/v1/attempts/admit").send().await,
        world.post("/api/v1/verify").body("application/json", "{}").send().await,
        world.get("/api/v1/trust").send().await,
        world.get(&format!("/api/v1/packages/{}", alex.attempt)).send().await,
        world.collect(alex.device.response_file()).await,
        world.get("/api/v1/health").send().await,
    ];
    for answer in answers {
        assert_eq!(answer.header("cache-control"), "no-store", "{} {}", answer.status, answer.text());
    }
}

#[tokio::test]
async fn files_with_a_hash_in_their_name_are_kept_and_others_are_asked_for_again() {
    let world = World::new();
    let kept = world.get("/app/candidate/app-0123456789abcdef.js").send().await;
    assert_eq!((kept.status, kept.header("cache-control")), (200, "public, max-age=31536000, immutable"));
    assert_eq!(kept.header("content-type"), "text/javascript");
    for path in ["candidate/worker_loader.js", "candidate/index.html", "candidate/gone-0123456789abcdef.js"] {
        let answer = world.get(&format!("/app/{path}")).send().await;
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    let worker = world.get("/app/candidate/worker_loader.js").send().await;
    let policy = worker.header("content-security-policy");
    assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';"), "a worker lives by its own policy: {policy}");
}

#[tokio::test]
async fn the_service_worker_is_at_the_root_and_never_stale() {
    let world = World::new();
    let worker = world.get("/sw.js").send().await;
    assert_eq!((worker.status, worker.text()), (200, "keep()".to_owned()));
    // The scope that a browser gives it is `/`, by its address.
    assert_eq!((worker.header("content-type"), worker.header("cache-control")), ("text/javascript", "no-cache"));
    let policy = worker.header("content-security-policy");
    assert!(
        policy.contains("connect-src 'self'") && policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
        "{policy}"
    );
}

#[tokio::test]
async fn the_page_that_is_installed_is_described_in_the_type_browsers_expect() {
    let world = World::new();
    let manifest = world.get("/app/candidate/manifest.webmanifest").send().await;
    assert_eq!((manifest.status, manifest.header("content-type")), (200, "application/manifest+json"));
    assert_eq!(manifest.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn the_issuers_document_may_be_read_from_everywhere() {
    let world = World::new();
    let answer = world.get("/.well-known/did.json").header("origin", "https://elsewhere.example").send().await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/did+json"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let document: Value = answer.ok();
    assert_eq!(document["id"], "did:web:demo.invigil.example");
    assert_eq!(document["assertionMethod"][0], document["verificationMethod"][0]["id"]);
    let trust = world.get("/api/v1/trust").send().await.ok::<Value>();
    assert_eq!(trust["issuers"][0]["document"], document);
    assert_eq!(trust["as_of"], "2026-11-24T09:00:00Z");
}
