//! How often one address may guess, and that its neighbours do not notice.

use std::net::{IpAddr, Ipv6Addr};

use axum::body::{Body, Bytes};
use serde_json::{Value, json};
use signing::code::Code80;

use crate::fixture::{Answer, World, place};

const GUESSER: [u8; 4] = [198, 51, 100, 1];
const NEIGHBOUR: [u8; 4] = [198, 51, 100, 2];

async fn ask(world: &World, path: &str, body: &Value, peer: impl Into<IpAddr>) -> Answer {
    world.post(path).json(body).from(peer).send().await
}

fn assert_limited(answer: &Answer) {
    let seconds = answer.problem("too-many-tries").retry_after.unwrap();
    assert!((1..=60).contains(&seconds));
    assert_eq!(answer.header("retry-after"), seconds.to_string());
}

#[tokio::test]
async fn codes_can_be_guessed_sixty_times_a_minute_by_one_address() {
    let world = World::new();
    let code = world.schedule(&[place("c", "Alex", "Alex")]).await.admissions.remove(0).code;
    let path = "/api/v1/attempts/admit";
    let wrong = json!({ "code": Code80::from_bytes([1; 10]).to_string() });
    for _ in 0..60 {
        ask(&world, path, &wrong, GUESSER).await.problem("code-unknown");
    }
    assert_limited(&ask(&world, path, &wrong, GUESSER).await);
    assert_limited(&ask(&world, path, &json!({ "code": code }), GUESSER).await);
    assert_eq!(ask(&world, path, &json!({ "code": code }), NEIGHBOUR).await.status, 200);
}

#[tokio::test]
async fn passwords_can_be_guessed_ten_times_a_minute_by_one_address() {
    let world = World::new();
    let path = "/api/v1/office/session";
    for _ in 0..10 {
        ask(&world, path, &json!({ "password": "guess" }), GUESSER).await.problem("unauthorised");
    }
    let right = json!({ "password": world.password });
    assert_limited(&ask(&world, path, &right, GUESSER).await);
    assert_eq!(ask(&world, path, &right, NEIGHBOUR).await.status, 200);
}

#[tokio::test]
async fn names_can_be_guessed_thirty_times_a_minute_by_one_address() {
    let world = World::new();
    let path = "/api/v1/certificates/lookup";
    for guess in 0..30 {
        let body = json!({ "last_name": "Muster", "number": format!("MINI-{guess}") });
        assert_eq!(ask(&world, path, &body, GUESSER).await.status, 200);
    }
    let body = json!({ "last_name": "Muster", "number": "MINI-1" });
    assert_limited(&ask(&world, path, &body, GUESSER).await);
    assert_eq!(ask(&world, path, &body, NEIGHBOUR).await.status, 200);
}

#[tokio::test]
async fn the_name_to_one_number_can_be_guessed_ten_times_a_minute_by_all_however_it_is_spelled() {
    let world = World::new();
    let mut zoe = world.candidate(place("c", "Zoë Muster", "Muster")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    let path = "/api/v1/certificates/lookup";
    let spelled = |guess: usize| match guess % 4 {
        0 => number.clone(),
        1 => number.to_lowercase(),
        2 => number.replace('-', " "),
        _ => format!("{}{number}", " ".repeat(guess)),
    };
    for guess in 0..10_usize {
        let body = json!({ "last_name": format!("guess {guess}"), "number": spelled(guess) });
        assert_eq!(ask(&world, path, &body, [203, 0, 113, guess as u8]).await.status, 200);
    }
    for guess in 0..4 {
        let body = json!({ "last_name": "Muster", "number": spelled(guess) });
        assert_limited(&ask(&world, path, &body, NEIGHBOUR).await);
    }
    let other = json!({ "last_name": "Muster", "number": "MINI-0000-0000-0000-0" });
    assert_eq!(ask(&world, path, &other, NEIGHBOUR).await.status, 200);
}

#[tokio::test]
async fn files_can_be_handed_in_six_hundred_times_a_minute_by_one_address_and_further_ones_are_not_read() {
    let world = World::new();
    let too_long = Bytes::from(vec![b'{'; sitting::MAX_FILE_BYTES + 1]);
    let hand_in = async |peer: [u8; 4]| {
        world.post("/api/v1/responses").body("application/octet-stream", too_long.clone()).from(peer).send().await
    };
    let mut read = 0;
    // Every tenth of a second one more is allowed.
    let limited = loop {
        let answer = hand_in(GUESSER).await;
        if answer.status != 413 {
            break answer;
        }
        read += 1;
        assert!(read < 6_000, "all are read before they are counted");
    };
    assert_limited(&limited);
    assert!(read >= 600, "{read}");
    hand_in(NEIGHBOUR).await.problem("too-large");
}

#[tokio::test]
async fn a_network_of_ipv6_addresses_is_one_guesser_and_mapped_ipv4_addresses_are_many() {
    let world = World::new();
    let path = "/api/v1/office/session";
    let guess = json!({ "password": "guess" });
    for host in 0..10 {
        let address = Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 7, 7, 7, host);
        ask(&world, path, &guess, address).await.problem("unauthorised");
    }
    assert_limited(&ask(&world, path, &guess, Ipv6Addr::new(0x2001, 0xdb8, 0, 1, 9, 9, 9, 9)).await);
    ask(&world, path, &guess, Ipv6Addr::new(0x2001, 0xdb8, 0, 2, 7, 7, 7, 7)).await.problem("unauthorised");
    for last in 0..12 {
        let mapped = std::net::Ipv4Addr::new(198, 51, 100, last).to_ipv6_mapped();
        ask(&world, path, &guess, mapped).await.problem("unauthorised");
    }
}

#[tokio::test]
async fn sending_a_journal_and_verifying_are_not_limited() {
    let world = World::new();
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    alex.open();
    for _ in 0..100 {
        alex.send_all().await;
        let answer = world.post("/api/v1/verify").body("application/json", Body::from("{}")).send().await;
        assert_eq!(answer.status, 200);
    }
}
