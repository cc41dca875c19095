//! Who is let in when, and what is said to those who are not.

use api::{Admitted, AttemptState, ProblemCode};
use axum::http::Method;
use chrono::Duration;
use serde_json::json;
use signing::code::Code80;

use crate::fixture::{Answer, Candidate, Device, NOW, World, place};

async fn admit(world: &World, code: &str) -> Answer {
    world.post("/api/v1/attempts/admit").json(&json!({ "code": code })).send().await
}

#[tokio::test]
async fn a_mistyped_code_is_told_from_one_that_no_sitting_has() {
    let world = World::new();
    let code = world.schedule(&[place("c", "Alex", "Alex")]).await.admissions.remove(0).code;
    let other = Code80::from_bytes([9; 10]).to_string();
    admit(&world, &other).await.problem("code-unknown");
    let last = if code.ends_with('7') { "8" } else { "7" };
    admit(&world, &format!("{}{last}", &code[..20])).await.problem("code-mistyped");
    assert!(admit(&world, &code[..12]).await.problem("code-mistyped").detail.contains("17 letters and digits"));
    assert!(admit(&world, "ÄÖÜ!").await.problem("code-mistyped").detail.contains("character 1"));
    for typed in ["", " ", "-", &"A".repeat(100_000), "0\u{0}\u{202e}", "𝟘𝟘𝟘𝟘"] {
        admit(&world, typed).await.problem("code-mistyped");
    }
}

#[tokio::test]
async fn a_code_is_read_however_it_is_typed() {
    let world = World::new();
    let code = world.schedule(&[place("c", "Alex", "Alex")]).await.admissions.remove(0).code;
    for typed in [
        code.to_lowercase(),
        code.replace('-', ""),
        format!("  {} ", code.replace('-', " ")),
        code.replace('-', "–"),
        code.replace('0', "O").replace('1', "l"),
    ] {
        let admitted: Admitted = admit(&world, &typed).await.ok();
        assert_eq!((admitted.status.candidate.name.as_str(), admitted.status.state), ("Alex", AttemptState::Ready));
    }
}

#[tokio::test]
async fn a_used_code_lets_the_same_device_go_on_and_refuses_another() {
    let world = World::new();
    let alex = world.candidate(place("c", "Alex", "Alex")).await;
    admit(&world, &alex.code).await.ok::<Admitted>();
    assert_eq!(alex.ask_to_start(&alex.device).await.status, 200);
    alex.ask_to_start(&Device::new("another")).await.problem("other-device");
    assert_eq!(alex.ask_to_start(&alex.device).await.status, 200);
    assert_eq!(alex.status().await.started_at, Some(NOW));
}

#[tokio::test]
async fn a_sitting_that_is_not_open_yet_says_when_it_opens() {
    let world = World::new();
    let (opens, closes) = (NOW + Duration::minutes(30), NOW + Duration::hours(2));
    let scheduled = world.engine.schedule("Later", opens, closes, &[place("c", "Alex", "Alex")]).await.unwrap();
    let code = &scheduled.admissions[0].code;
    let problem = admit(&world, code).await.problem("not-open-yet");
    assert!(problem.detail.contains("2026-11-24T09:30:00Z"), "{}", problem.detail);
    world.pass(Duration::minutes(30));
    admit(&world, code).await.ok::<Admitted>();
}

#[tokio::test]
async fn a_sitting_that_is_over_starts_nobody_but_lets_in_whoever_started() {
    let world = World::new();
    let roster = [place("c-1", "Starts", "Starts"), place("c-2", "Sleeps", "Sleeps")];
    let scheduled = world.schedule(&roster).await;
    let starts = Candidate::admit(&world, &scheduled.admissions[0].code).await;
    let sleeps = Candidate::admit(&world, &scheduled.admissions[1].code).await;
    world.pass(Duration::days(1) - Duration::milliseconds(1));
    let starts = starts.start().await;
    world.pass(Duration::milliseconds(1));

    let problem = sleeps.ask_to_start(&sleeps.device).await.problem("window-over");
    assert!(problem.detail.contains("2026-11-25T09:00:00Z"), "{}", problem.detail);
    admit(&world, &sleeps.code).await.problem("window-over");
    admit(&world, &starts.code).await.ok::<Admitted>();
    assert_eq!(starts.ask_to_start(&starts.device).await.status, 200);
    let started = starts.status().await;
    assert_eq!(started.deadline, Some(NOW + Duration::days(1) - Duration::milliseconds(1) + Duration::minutes(180)));
}

#[tokio::test]
async fn a_code_ends_with_the_tokens_that_it_gives() {
    let world = World::new();
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    alex.sit(10).await;
    world.pass(Duration::days(91) - Duration::milliseconds(1));
    let token = admit(&world, &alex.code).await.ok::<Admitted>().token;
    assert_eq!(world.get("/api/v1/attempt/documents").token(&token).send().await.status, 200);
    world.pass(Duration::milliseconds(1));
    world.get("/api/v1/attempt/documents").token(&token).send().await.problem("unauthorised");
    assert!(admit(&world, &alex.code).await.problem("code-expired").detail.contains("expired"));
}

/// Every address that wants a token, and whose.
const GUARDED: [(&str, &str, &str); 14] = [
    ("GET", "/api/v1/attempt", "attempt"),
    ("POST", "/api/v1/attempt/start", "attempt"),
    ("GET", "/api/v1/attempt/package", "attempt"),
    ("POST", "/api/v1/attempt/journal", "attempt"),
    ("GET", "/api/v1/attempt/result", "attempt"),
    ("GET", "/api/v1/attempt/documents", "attempt"),
    ("GET", "/api/v1/attempt/certificate.pdf", "attempt"),
    ("GET", "/api/v1/attempt/badge.png", "attempt"),
    ("GET", "/api/v1/attempt/badge.svg", "attempt"),
    ("POST", "/api/v1/attempt/badge", "attempt"),
    ("GET", "/api/v1/attempt/sharing", "attempt"),
    ("PUT", "/api/v1/attempt/sharing", "attempt"),
    ("DELETE", "/api/v1/attempt/sharing", "attempt"),
    ("GET", "/api/v1/office/sittings", "office"),
];

#[tokio::test]
async fn without_a_good_token_of_its_kind_no_guarded_address_answers() {
    let world = World::new();
    let alex = world.candidate(place("c", "Alex", "Alex")).await;
    let office = world.office_token().await;
    let (claim, tag) = alex.token.rsplit_once('.').unwrap();
    let (subject, expires) = claim.rsplit_once('.').unwrap();
    let forged = [
        format!("{subject}.{}9.{tag}", expires),
        format!("{subject}.{expires}.{}", "0".repeat(64)),
        alex.token.replacen(&subject[..1], "f", 1),
        office.replacen("admin", &alex.attempt, 1),
        format!("{}.", alex.token),
        subject.to_owned(),
    ];
    for (method, path, kind) in GUARDED {
        let ask = || world.ask(method.parse::<Method>().unwrap(), path).body("application/json", "{}");
        let mut refused = vec![ask().send().await];
        for token in forged.iter().filter(|token| **token != alex.token) {
            refused.push(ask().token(token).send().await);
        }
        refused.push(ask().token(if kind == "office" { &alex.token } else { &office }).send().await);
        for value in ["", "Bearer", "Bearer ", "Basic YWRtaW46YWRtaW4=", &alex.token] {
            refused.push(ask().header("authorization", value).send().await);
        }
        refused.push(ask().body("application/json", vec![b'['; 100_000]).send().await);
        for answer in refused {
            answer.problem("unauthorised");
            assert_eq!(answer.header("www-authenticate"), "Bearer", "RFC 9110, section 15.5.2");
        }
    }
}

#[tokio::test]
async fn an_expired_token_is_refused_everywhere() {
    let world = World::new();
    let alex = world.candidate(place("c", "Alex", "Alex")).await;
    let office = world.office_token().await;
    world.pass(Duration::hours(8));
    world.get("/api/v1/office/sittings").token(&office).send().await.problem("unauthorised");
    assert_eq!(alex.get("/api/v1/attempt").await.status, 200);
    world.pass(Duration::days(91));
    for (method, path, _) in GUARDED {
        let ask = world.ask(method.parse::<Method>().unwrap(), path).token(&alex.token);
        ask.body("application/json", "{}").send().await.problem("unauthorised");
    }
}

#[tokio::test]
async fn a_wrong_password_signs_nobody_in() {
    let world = World::new();
    for password in ["", "wrong", &world.password[1..], &"x".repeat(10_000)] {
        let answer = world.post("/api/v1/office/session").json(&json!({ "password": password })).send().await;
        answer.problem("unauthorised");
    }
    world.office_token().await;
}

#[tokio::test]
async fn every_problem_names_an_address_that_explains_it() {
    let world = World::new();
    for code in ProblemCode::ALL {
        let page = world.get(&format!("/problems/{}", code.slug())).send().await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/plain; charset=utf-8"));
        assert!(page.text().contains(code.title()) && page.text().contains(&code.status().to_string()));
    }
    world.get("/problems/nothing").send().await.problem("not-found");
}
