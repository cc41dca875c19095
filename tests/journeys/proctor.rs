//! What passes between candidate and proctor: codes, breaks, check-in, the end.

use std::time::Duration;

use serde_json::json;
use signing::{code::Code80, signed::Signed};
use sitting::{Event, Grant, Manifest, Sitting};
use tests::{
    browser::Browser,
    candidate::{self, heading, seconds_left, told, use_grant},
    server::Server,
};

use crate::worker;

/// A code of the proctor's sheet.
fn code(sheet: &serde_json::Value, pointer: &str) -> String {
    sheet.pointer(pointer).and_then(|code| code.as_str()).unwrap_or_else(|| panic!("{pointer} of {sheet}")).to_owned()
}

/// The time left stays what it is. What is shown is up to half a second old.
async fn stands(browser: &Browser) {
    tokio::time::sleep(Duration::from_secs(1)).await;
    let stood = seconds_left(browser).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(seconds_left(browser).await, stood);
}

#[tokio::test]
async fn an_end_whose_page_crashed_before_it_was_handed_in_is_handed_in_at_the_next_opening() {
    let server = Server::start();
    let sheet = server.sheet("Alex Sample");
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    candidate::received(&browser).await;
    // What the page writes first when the code is used, and nothing after it.
    worker::start(&browser, &server).await;
    let stored = worker::ask(&browser, json!({"verb": "load"})).await["stored"]["attempt"].clone();
    let manifest: Signed<Manifest> = serde_json::from_str(stored["manifest"].as_str().unwrap()).unwrap();
    let mut sitting = Sitting::new(manifest.document).unwrap();
    sitting.accept_all(stored["lines"].as_array().unwrap().iter().map(|line| line.as_str().unwrap())).unwrap();
    let grant = Grant::of_code(&Code80::parse(&code(&sheet, "/end")).unwrap());
    let at = sitting.last_stamp().unwrap().clone();
    let line = sitting.prepare(&Event::Granted { grant }, &at, [7; 16]).unwrap();
    let append = json!({"verb": "append", "attempt": stored["id"], "seq": sitting.count() + 1, "line": line});
    worker::ask(&browser, append).await;

    browser.goto(&server.address("/")).await;
    browser.until("the result", "return document.querySelector('.bands') !== null").await;
}

#[tokio::test]
async fn codes_give_time_stop_the_clock_and_end_the_exam() {
    let server = Server::start();
    let (sheet, other) = (server.sheet("Alex Sample"), server.sheet("Example"));
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    let before = seconds_left(&browser).await;

    assert_eq!(use_grant(&browser, &code(&sheet, "/extra_time/1/1")).await, "10 more minutes");
    browser.find(".question").await;
    let longer = format!(
        "return document.querySelector('.timer-digits').innerText.split(':').reduce((s, p) => 60 * s + +p, 0) > {before}"
    );
    browser.until("the extra time", &longer).await;
    let after = seconds_left(&browser).await;
    assert!((before + 540..=before + 600).contains(&after), "{before} s, then {after} s");

    // An earlier code gives nothing more; another candidate's is none of this exam; a mistyped one is told.
    browser.press("Codes from the proctor").await;
    for (typed, words) in [
        (code(&sheet, "/extra_time/0/1"), "no more than you have"),
        (code(&other, "/extra_time/3/1"), "no code of your exam"),
        (code(&sheet, "/moves/0"), "at another computer"),
        ("1234".to_owned(), "you typed 4"),
    ] {
        browser.type_into("#grant", &typed).await;
        browser.press("Continue").await;
        told(&browser, words).await;
    }
    browser.press("Back").await;

    // The clock stops, also over a reload, until the candidate goes on.
    assert_eq!(use_grant(&browser, &code(&sheet, "/pauses/0")).await, "The clock stops until you go on");
    heading(&browser, "The clock stands").await;
    assert!(!browser.has(".question").await);
    browser.client.refresh().await.unwrap();
    heading(&browser, "The clock stands").await;
    stands(&browser).await;
    browser.press("Go on with the exam").await;
    browser.find(".question").await;
    candidate::saved(&browser, &["b".to_owned()]).await;

    // The end is asked for twice.
    browser.press("Codes from the proctor").await;
    browser.type_into("#grant", &code(&sheet, "/end")).await;
    browser.press("Continue").await;
    browser.press("End the exam").await;
    browser
        .until("the second question", "return document.querySelector('.confirm h2').innerText.startsWith('Really')")
        .await;
    browser.press("End the exam").await;
    browser.find(".bands").await;
}

#[tokio::test]
async fn what_the_office_allows_arrives_by_itself() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::received(&browser).await;
    let before = seconds_left(&browser).await;
    server.proctor("grant", "Alex Sample", &["--minutes", "15", "--reason", "fire alarm"]);
    candidate::answer(&browser, &["b".to_owned()]).await;
    let longer = format!(
        "return document.querySelector('.timer-digits').innerText.split(':').reduce((s, p) => 60 * s + +p, 0) > {before}"
    );
    browser.until("the extra time", &longer).await;
    candidate::received(&browser).await;
}

#[tokio::test]
async fn an_approved_break_stops_the_clock_and_hides_the_questions() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Zoë Muster-Łęcka").await;
    browser.press("Take a break").await;
    heading(&browser, "The clock stands").await;
    assert!(!browser.has(".question").await);
    browser
        .until("the break to run", "return document.querySelector('.break-left').innerText.includes('0:14:5')")
        .await;
    stands(&browser).await;
    browser.press("Go on with the exam").await;
    browser.find(".question").await;
    // For whom no break was approved, there is none to take.
    let other = Browser::open().await;
    candidate::enter(&other, &server, "Example").await;
    assert!(!other.text("nav.exam-menu").await.contains("break"));
}

#[tokio::test]
async fn an_answer_that_came_too_late_for_a_break_is_told_and_not_shown_as_chosen() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Zoë Muster-Łęcka").await;
    candidate::answer(&browser, &["a".to_owned()]).await;
    // Both before the page shows either.
    let both = "const buttons = [...document.querySelectorAll('button')];
        buttons.find(button => button.innerText === 'Take a break').click();
        document.querySelector(\".choice-row input[value='b']\").click();";
    browser.client.execute(both, Vec::new()).await.unwrap();
    heading(&browser, "The clock stands").await;
    browser.press("Go on with the exam").await;
    told(&browser, "this answer was not taken").await;
    candidate::saved(&browser, &["a".to_owned()]).await;
    let shown = "return document.querySelector('.choice-row input:checked').value";
    assert_eq!(browser.client.execute(shown, Vec::new()).await.unwrap(), "a");
    candidate::answer(&browser, &["b".to_owned()]).await;
    assert!(!browser.text("main").await.contains("not taken"));
}

#[tokio::test]
async fn at_a_check_in_the_proctor_records_what_the_page_shows() {
    let server = Server::start();
    let sheet = server.sheet("Alex Sample");
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    browser.press("Check in with the proctor").await;
    let challenge = code(&sheet, "/challenges/0");
    browser.type_into("#challenge", &challenge[1..]).await;
    browser.press("Continue").await;
    told(&browser, "you typed 26").await;
    browser.type_into("#challenge", &challenge).await;
    browser.press("Continue").await;
    browser.find(".qr").await;
    let head = browser.text(".typed-code").await;
    let lines = browser.text("main").await;
    let lines = lines.split("Entries: ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    browser.press("It has been written down").await;
    candidate::saved(&browser, &["b".to_owned()]).await;
    candidate::received(&browser).await;
    // The proctor's note fits the journal that the server holds.
    let note = ["--challenge", &challenge, "--head", &head, "--lines", &lines, "--by", "P. Roctor"];
    server.proctor("check-in", "Alex Sample", &note);
}
