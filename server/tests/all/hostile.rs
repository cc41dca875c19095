//! Requests that nobody means well: too long, too deep, of the wrong kind, to the wrong address.

use axum::http::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

use crate::fixture::{Ask, Candidate, World, place};

/// Every address that takes JSON.
const POSTS: [&str; 5] = [
    "/api/v1/attempts/admit",
    "/api/v1/attempt/start",
    "/api/v1/attempt/journal",
    "/api/v1/certificates/lookup",
    "/api/v1/office/session",
];

async fn post(alex: &Candidate<'_>, path: &str) -> Ask {
    alex.world.post(path).token(&alex.token)
}

async fn alex(world: &World) -> Candidate<'_> {
    world.candidate(place("c", "Alex", "Alex")).await
}

#[tokio::test]
async fn what_is_no_json_of_the_right_shape_is_refused_with_the_place_of_the_fault() {
    let world = World::new();
    let mut alex = alex(&world).await;
    let brackets = |text: &str| text.repeat(10_000);
    let shapes: Vec<Vec<u8>> = vec![
        b"".into(),
        b"{".into(),
        b"hello".into(),
        b"\xff\xfe{}".into(),
        b"null".into(),
        b"[]".into(),
        b"{}".into(),
        b"\"code\"".into(),
        b"{} {}".into(),
        brackets("[").into(),
        brackets("{\"a\":").into(),
        format!("{{\"code\":{}", brackets("[")).into(),
        format!("{{\"lines\":{}{}, \"from\": 1}}", brackets("["), brackets("]")).into(),
        br#"{"code": 7, "device": 7, "signature": 7, "from": "x", "lines": 7, "last_name": 7, "number": 7, "password": 7}"#
            .into(),
        br#"{"code": null, "device": [], "signature": {}, "from": -1, "lines": {}, "last_name": {}, "number": [],
            "password": {}}"#
            .into(),
        br#"{"code": "a", "code": "b", "device": "a", "device": "b", "from": 1, "from": 1, "lines": [], "last_name": "a",
            "last_name": "a", "number": "a", "password": "a", "password": "b"}"#
            .into(),
        br#"{"device": {"key": "z", "home": "drawer"}, "signature": "", "from": 1, "lines": [7]}"#.into(),
        br#"{"from": 18446744073709551616, "lines": []}"#.into(),
        br#"{"from": 1e3, "lines": []}"#.into(),
    ];
    for path in POSTS {
        for body in &shapes {
            let answer = post(&alex, path).await.body("application/json", body.clone()).send().await;
            let problem = answer.problem("bad-request");
            assert!(problem.detail.len() < 300, "{path}: {}", problem.detail);
        }
    }
    alex.open();
    assert_eq!(alex.send_all().await.count, 2, "and the exam goes on");
}

#[tokio::test]
async fn nesting_in_a_member_that_nobody_reads_does_no_harm() {
    let world = World::new();
    let alex = alex(&world).await;
    let deep = format!("{{\"from\":1,\"lines\":[],\"x\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    let answer = post(&alex, "/api/v1/attempt/journal").await.body("application/json", deep).send().await;
    assert!(matches!(answer.status, 200 | 400), "{}", answer.text());
}

#[tokio::test]
async fn a_body_of_another_kind_is_refused() {
    let world = World::new();
    let alex = alex(&world).await;
    for path in POSTS {
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "rubbish"] {
            let answer = post(&alex, path).await.body(kind, "{}").send().await;
            answer.problem("unsupported-media-type");
        }
        post(&alex, path).await.send().await.problem("unsupported-media-type");
    }
}

#[tokio::test]
async fn a_body_over_a_mebibyte_is_refused_and_the_limit_is_said() {
    let world = World::new();
    let alex = alex(&world).await;
    let two_megabytes = || vec![b' '; 2 * 1024 * 1024];
    for path in POSTS {
        let answer = post(&alex, path).await.body("application/json", two_megabytes()).send().await;
        let problem = answer.problem("too-large");
        assert!(problem.detail.contains("1048576"), "{path}: {}", problem.detail);
    }
    // A picture or a PDF with a certificate in it may be longer.
    let five_megabytes = vec![b' '; 5 * 1024 * 1024];
    let answer = post(&alex, "/api/v1/verify").await.body("application/pdf", five_megabytes).send().await;
    assert!(answer.problem("too-large").detail.contains("4194304"));
    assert_eq!(alex.status().await.journal_count, 0);
}

#[tokio::test]
async fn a_wrong_method_is_told_which_ones_there_are() {
    let world = World::new();
    let alex = alex(&world).await;
    let gets = ["/api/v1/health", "/api/v1/openapi.json", "/api/v1/attempt", "/api/v1/attempt/result", "/api/v1/trust"];
    let gets =
        gets.iter().chain(&["/api/v1/office/sittings", "/.well-known/did.json", "/problems/not-found", "/", "/verify"]);
    let gets = gets.chain(&["/api/v1/attempt/package", "/api/v1/packages/x", "/api/v1/exam-keys"]);
    let posts = POSTS.iter().chain(&["/api/v1/verify", "/api/v1/responses"]).map(|path| (path, "GET", "POST"));
    for (path, wrong, right) in gets.map(|path| (path, "POST", "GET,HEAD")).chain(posts) {
        for method in [wrong, "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
            let ask = world.ask(method.parse::<Method>().unwrap(), path).token(&alex.token);
            let answer = ask.send().await;
            let problem = answer.problem("method-not-allowed");
            assert_eq!(answer.header("allow"), right, "{method} {path}");
            assert!(problem.detail.starts_with(path), "{}", problem.detail);
        }
    }
}

#[tokio::test]
async fn at_an_unknown_address_there_is_nothing() {
    let world = World::new();
    let long = format!("/{}", "a".repeat(60_000));
    for path in [
        "/nothing",
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v1/nothing",
        "/api/v2/attempt",
        "/api/v1/attempt/",
        "/verify/",
        "/problems/",
        "/problems/a/b",
        "/.well-known/",
        "/.git/config",
        "//",
        "/%00",
        "/%ff%fe",
        "/api/v1/attempt%2fresult",
        "/problems/%ff",
        "/app",
        "/app/",
        "/app/nothing.js",
        "/app/candidate",
        "/app/candidate/",
        "/app/../data/invigil.toml",
        "/app/%2e%2e/data/invigil.toml",
        "/app/..%2fdata%2finvigil.toml",
        "/app/candidate/..%5c..%5cdata",
        "/app//etc/passwd",
        "/app/%00",
        &long,
        &format!("/app{long}"),
    ] {
        let answer = world.get(path).send().await;
        let problem = answer.problem("not-found");
        assert!(problem.detail.len() < 300, "{}", problem.detail);
    }
}

#[tokio::test]
async fn only_reading_is_possible_where_files_are() {
    let world = World::new();
    for method in ["POST", "PUT", "DELETE"] {
        let ask = world.ask(method.parse::<Method>().unwrap(), "/app/candidate/worker_loader.js");
        ask.send().await.problem("method-not-allowed");
    }
    assert!(world.folder.path().join("web/candidate/worker_loader.js").exists());
}

#[tokio::test]
async fn strange_texts_are_looked_up_and_found_nowhere() {
    let world = World::new();
    for strange in ["", "\u{0}", "'; DROP TABLE certificate; --", "%", "\u{202e}", &"é".repeat(100_000), "MINI-"] {
        let body = json!({ "last_name": strange, "number": strange });
        let found: Value = world.post("/api/v1/certificates/lookup").json(&body).send().await.ok();
        assert_eq!(found["found"], Value::Null);
    }
}

/// One connection that is served by the router.
struct Once(Option<DuplexStream>);

impl axum::serve::Listener for Once {
    type Io = DuplexStream;
    type Addr = ();

    async fn accept(&mut self) -> (DuplexStream, ()) {
        match self.0.take() {
            Some(stream) => (stream, ()),
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_body_that_never_ends_is_answered_with_a_problem() {
    let world = World::new();
    let router = server::http::router(world.engine.clone(), None).unwrap();
    tokio::time::pause();
    let (mut client, server) = tokio::io::duplex(64 * 1024);
    tokio::spawn(async { axum::serve(Once(Some(server)), router).await });
    let request = "POST /api/v1/verify HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\nconnection: close\r\n\r\n{\"a\":";
    client.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    client.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
    assert!(answer.contains("application/problem+json") && answer.contains("/problems/unavailable"), "{answer}");
}
