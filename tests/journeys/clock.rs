//! Clocks that are set, and computers that sleep: they neither win nor cost time, and people are told.

use serde_json::json;
use tests::{
    browser::Browser,
    candidate::{self, seconds_left, told},
    server::Server,
};

const DAY: i64 = 24 * 60 * 60;

/// Sets the wall clock of this browser's pages by so many seconds, from now on.
async fn set_clock(browser: &Browser, seconds: i64) {
    let set = "window.honest ??= Date.now; const by = arguments[0] * 1000; Date.now = () => window.honest() + by";
    browser.client.execute(set, vec![json!(seconds)]).await.unwrap();
}

/// A sitting of so many minutes on a computer that has left the network.
async fn away(minutes: u32) -> (Server, Browser) {
    let mut server = Server::start_exam_of(minutes);
    let browser = Browser::open().await;
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id("Alex Sample")))).await;
    browser.find(".package").await;
    server.kill();
    candidate::admit_without_network(&browser, &server.codes["Alex Sample"], &server.release_code).await;
    candidate::begin(&browser).await;
    (server, browser)
}

#[tokio::test]
async fn a_clock_that_is_set_costs_no_time_beyond_what_a_computer_can_have_slept() {
    let (_server, browser) = away(170).await;
    let before = seconds_left(&browser).await;
    for seconds in [DAY, -DAY] {
        set_clock(&browser, seconds).await;
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        let left = seconds_left(&browser).await;
        assert!((before - 30..=before).contains(&left), "{before} s, then {left} s at {seconds} s");
    }
    // Ten minutes can be sleep: they are taken off, and said.
    set_clock(&browser, 610).await;
    browser
        .until("the note", "return document.querySelector('.timer-note')?.innerText === '10 min not measured'")
        .await;
    let left = seconds_left(&browser).await;
    assert!((before - 650..=before - 609).contains(&left), "{before} s, then {left} s");
    set_clock(&browser, 0).await;
    browser.until("no note", "return document.querySelector('.timer-note') === null").await;
}

#[tokio::test]
async fn when_only_a_clock_says_that_the_time_is_up_people_decide() {
    let (_server, browser) = away(30).await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    set_clock(&browser, 40 * 60 + 10).await;
    told(&browser, "By this computer’s clock the time is up. 40 minutes of it were not measured").await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    // The page stays, and takes answers. (In another question: the first may ask for two of them.)
    candidate::next(&browser).await;
    candidate::answer(&browser, &["c".to_owned()]).await;
    candidate::to_review(&browser).await;
    candidate::confirm_hand_in(&browser).await;
    candidate::heading(&browser, "You have handed in").await;
}
