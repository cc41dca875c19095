//! Another exam's package on a computer that keeps one.

use serde_json::json;
use tests::{
    browser::Browser,
    candidate::{self, heading, told},
    server::Server,
};

use crate::worker;

const FIRST: &str = "Alex Sample";
const SECOND: &str = "Example";

#[tokio::test]
async fn a_link_to_another_exam_asks_before_it_takes_the_place_of_the_one_that_is_here() {
    let server = Server::start();
    let browser = Browser::open().await;
    let [first, second] = [FIRST, SECOND].map(|name| server.attempt_id(name));
    let link = |attempt: &str| server.address(&format!("/?package={attempt}"));
    browser.goto(&link(&first)).await;
    browser.find(".package").await;
    // It was opened here, and has a key of this device.
    candidate::admit(&browser, &server.codes[FIRST]).await;
    heading(&browser, "Is this you?").await;

    browser.goto(&link(&second)).await;
    browser.find(".confirm").await;
    let asked = browser.text(".confirm").await;
    for named in [&first, &second, "Which exam is yours?"] {
        assert!(asked.contains(named), "{named}: {asked}");
    }
    assert_eq!(browser.axe().await, Vec::<String>::new());
    browser.press("Keep the one on this computer").await;
    browser.until("the question to go", "return document.querySelector('.confirm') === null").await;
    browser.until("the next field to have the focus", "return document.activeElement?.id === 'admission-code'").await;
    // The same link once more, and the other answer.
    browser.goto(&link(&first)).await;
    browser.find(".package").await;
    assert!(!browser.has(".confirm").await, "the kept exam's own link asks nothing");
    browser.goto(&link(&second)).await;
    browser.press("Take the other one in its place").await;
    browser.until("the question to go", "return document.querySelector('.confirm') === null").await;
    candidate::admit_without_network(&browser, &server.codes[SECOND], &server.release_code).await;
    heading(&browser, "Is this you?").await;
    assert!(browser.text(".facts .name").await.contains(SECOND));

    // Once it has lines, a link changes nothing, and says so.
    browser.goto(&link(&first)).await;
    told(&browser, "was not taken").await;
    heading(&browser, "Is this you?").await;
    browser.press("Close this message").await;
    assert!(browser.text(".facts .name").await.contains(SECOND));
    browser.goto(&link(&second)).await;
    heading(&browser, "Is this you?").await;
    assert!(!browser.text("body").await.contains("was not taken"));
}

#[tokio::test]
async fn where_an_ended_exam_was_left_the_next_candidates_link_finds_an_empty_place() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    let link = |server: &Server, name| server.address(&format!("/?package={}", server.attempt_id(name)));
    browser.goto(&link(&server, FIRST)).await;
    browser.find(".package").await;
    server.kill();
    candidate::admit_without_network(&browser, &server.codes[FIRST], &server.release_code).await;
    candidate::begin(&browser).await;
    candidate::to_review(&browser).await;
    candidate::confirm_hand_in(&browser).await;
    heading(&browser, "You have handed in").await;
    browser.press("Save the response file").await;
    let file = browser.download(".invigil-response").await;
    browser.goto("about:blank").await;
    server.restart();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("exam.invigil-response");
    std::fs::write(&place, &file).unwrap();
    let collected = server.collect(&place);
    // The page was closed after it had noted the exam body's word, and before it removed the exam.
    worker::start(&browser, &server).await;
    let attempt = server.attempt_id(FIRST);
    let count = json!({"verb": "acknowledge", "attempt": attempt, "count": collected["count"]});
    worker::ask(&browser, count).await;
    let text = collected["acknowledgement"].to_string();
    let note = json!({"verb": "note", "attempt": attempt, "name": "acknowledgement", "text": text});
    worker::ask(&browser, note).await;

    browser.goto(&link(&server, SECOND)).await;
    browser.find(".package").await;
    assert!(!browser.has(".confirm").await, "nothing is left that makes room");
    candidate::admit_without_network(&browser, &server.codes[SECOND], &server.release_code).await;
    heading(&browser, "Is this you?").await;
    assert!(browser.text(".facts .name").await.contains(SECOND));
}
