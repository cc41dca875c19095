//! A sitting where there is no network: everything that is needed is on the computer, and everything that was done can be
//! carried away on a stick.

use serde_json::Value;
use tests::{
    browser::Browser,
    candidate::{self, heading, told},
    server::Server,
};

const NAME: &str = "Zoë Muster-Łęcka";

/// Opens the link to a candidate's package, and waits until package and page are kept on this computer.
async fn prepare(browser: &Browser, server: &Server, name: &str) {
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id(name)))).await;
    browser.find(".package").await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
}

/// Tells the page that there is a network again, as the browser does.
async fn network_is_back(browser: &Browser) {
    browser.client.execute("dispatchEvent(new Event('online'))", Vec::new()).await.unwrap();
}

/// Hands a file to the exam body, as whoever has the stick would; its answer.
async fn collected(browser: &Browser, file: &[u8]) -> Value {
    let post = "bytes => fetch('/api/v1/responses', {method: 'POST', body: new Uint8Array(bytes),
        headers: {'content-type': 'application/octet-stream'}}).then(answer => answer.json())";
    browser.promise(post, vec![file.into()]).await
}

#[tokio::test]
async fn a_sitting_without_a_network_from_the_package_to_the_result() {
    let mut server = Server::start();
    let responses = server.keys(NAME);
    let mut browser = Browser::open().await;

    // Days before: the link brings the package here, and the address no longer tells of it.
    prepare(&browser, &server, NAME).await;
    assert_eq!(browser.client.current_url().await.unwrap().as_str(), server.address("/"));
    assert!(browser.text(".package").await.contains("It opens without a network"));

    // On the day there is no network. Both codes are typed, wrong ones first.
    server.kill();
    browser.kill_and_reopen().await;
    browser.goto(&server.address("/")).await;
    browser.find(".package").await;
    let (admission, release) = (server.codes[NAME].clone(), server.release_code.clone());
    let (admission, release) = (admission.as_str(), release.as_str());
    candidate::admit(&browser, admission).await;
    browser.find("#release-code").await;
    candidate::type_codes(&browser, admission, &release[1..]).await;
    told(&browser, "Release code:").await;
    candidate::type_codes(&browser, &server.codes["Example"], release).await;
    told(&browser, "they do not open this package").await;
    candidate::type_codes(&browser, admission, release).await;
    heading(&browser, "Is this you?").await;
    assert!(browser.text(".facts .name").await.contains(NAME));
    candidate::begin(&browser).await;

    // Half an hour of extra time was sealed in.
    let left = candidate::seconds_left(&browser).await;
    assert!((12_540..=12_600).contains(&left), "{left} s left");
    candidate::answer_through(&browser, &responses, 6).await;
    candidate::answer(&browser, &responses[6]).await;
    assert!(browser.text(".save-state").await.ends_with(" not sent yet"));

    // The tab is killed and comes back at the same question.
    browser.kill_and_reopen().await;
    browser.goto(&server.address("/")).await;
    assert_eq!(candidate::position(&browser).await, 7);
    candidate::saved(&browser, &responses[6]).await;
    assert!(candidate::seconds_left(&browser).await <= left);
    candidate::to_review(&browser).await;
    candidate::confirm_hand_in(&browser).await;

    // A receipt to copy, and the response file for the stick: the same each time it is saved.
    heading(&browser, "You have handed in").await;
    browser.find(".qr").await;
    let code = browser.text(".typed-code").await;
    browser.press("Save the receipt").await;
    let receipt: Value = serde_json::from_slice(&browser.download(".json").await).unwrap();
    let read: sitting::Receipt = serde_json::from_value(receipt).unwrap();
    read.check().unwrap();
    assert_eq!(read.code().unwrap().to_string(), code);
    browser.press("Save the response file").await;
    let file = browser.download(".invigil-response").await;
    assert_eq!(sitting::ResponseFile::read(&file).unwrap().header, read.header);
    assert!(browser.text("main").await.contains("nothing of this is removed from this computer"));
    browser.client.refresh().await.unwrap();
    heading(&browser, "You have handed in").await;

    // It reaches the exam body twice and counts once, before that computer is opened again.
    browser.goto("about:blank").await;
    server.restart();
    let elsewhere = Browser::open().await;
    elsewhere.goto(&server.address("/verify")).await;
    for outcome in ["taken", "known"] {
        let answer = collected(&elsewhere, &file).await;
        assert_eq!(
            (answer["outcome"].as_str(), answer["count"].as_u64()),
            (Some(outcome), Some(read.header.document.count))
        );
    }
    let row = server.attempt(NAME);
    assert_eq!((row["journal_count"].as_u64(), row["raw_score"].as_u64()), (Some(read.header.document.count), Some(7)));

    // When there is a network again, this computer learns that and keeps nothing.
    browser.goto(&server.address("/")).await;
    heading(&browser, "Your exam has been received").await;
    assert!(browser.text("main").await.contains("nothing of your exam is kept on this computer"));
    browser.press("Leave this computer").await;
    browser.find("#admission-code").await;
    assert!(!browser.has(".package").await);
    candidate::admit(&browser, admission).await;
    browser.find(".bands").await;
}

#[tokio::test]
async fn a_sitting_that_began_without_a_network_is_sent_when_there_is_one() {
    let mut server = Server::start();
    let responses = server.keys("Alex Sample");
    let browser = Browser::open().await;
    prepare(&browser, &server, "Alex Sample").await;
    server.kill();
    candidate::admit_without_network(&browser, &server.codes["Alex Sample"], &server.release_code).await;
    candidate::begin(&browser).await;
    candidate::answer_through(&browser, &responses, 3).await;
    server.restart();
    network_is_back(&browser).await;
    candidate::received(&browser).await;
    candidate::answer(&browser, &responses[3]).await;
    candidate::received(&browser).await;
    candidate::to_review(&browser).await;
    candidate::hand_in(&browser).await;
    assert!(browser.text("main").await.contains("Save the acknowledgement"));
    assert_eq!(server.attempt("Alex Sample")["raw_score"].as_u64(), Some(4));
}

#[tokio::test]
async fn an_exam_that_began_with_a_network_goes_on_without_one() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    candidate::received(&browser).await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    server.kill();
    browser.client.refresh().await.unwrap();
    candidate::saved(&browser, &["b".to_owned()]).await;
    candidate::next(&browser).await;
    candidate::answer(&browser, &["a".to_owned()]).await;
    assert_eq!(candidate::position(&browser).await, 2);
    server.restart();
    network_is_back(&browser).await;
    candidate::received(&browser).await;
}
