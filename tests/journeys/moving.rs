//! Going on at another computer, without a network.

use std::path::PathBuf;

use tests::{
    browser::Browser,
    candidate::{self, heading, told},
    server::Server,
};

const NAME: &str = "Alex Sample";

/// Keeps the candidate's package and leaves the network.
async fn prepared(server: &Server) -> Browser {
    let browser = Browser::open().await;
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id(NAME)))).await;
    browser.find(".package").await;
    browser
}

async fn choose(browser: &Browser, field: &str, file: &std::path::Path) {
    browser.find(field).await.send_keys(file.to_str().unwrap()).await.unwrap();
}

#[tokio::test]
async fn with_response_file_and_move_code_every_answer_comes_along() {
    let mut server = Server::start();
    let (first, second) = (prepared(&server).await, prepared(&server).await);
    let responses = server.keys(NAME);
    let sheet = server.sheet(NAME);
    server.kill();
    candidate::admit_without_network(&first, &server.codes[NAME], &server.release_code).await;
    candidate::begin(&first).await;
    candidate::answer_through(&first, &responses, 3).await;
    first.press("Check in with the proctor").await;
    first.press("Save the response file").await;
    let file = first.download(".invigil-response").await;
    let folder = tempfile::tempdir().unwrap();
    let (good, half): (PathBuf, PathBuf) =
        (folder.path().join("good.invigil-response"), folder.path().join("half.invigil-response"));
    std::fs::write(&good, &file).unwrap();
    std::fs::write(&half, &file[..200]).unwrap();
    drop(first);

    second.press("There is no network here").await;
    second.click("#moving").await;
    candidate::type_codes(&second, &server.codes[NAME], &server.release_code).await;
    heading(&second, "Go on from another computer").await;
    choose(&second, "#response-file", &half).await;
    told(&second, "incomplete").await;
    choose(&second, "#response-file", &good).await;
    second.until("the file", "return document.body.innerText.includes('good.invigil-response')").await;
    second.type_into("#move-code", sheet["end"].as_str().unwrap()).await;
    second.press("Go on here").await;
    told(&second, "no move code").await;
    second.type_into("#move-code", sheet["moves"][0].as_str().unwrap()).await;
    second.press("Go on here").await;
    assert_eq!(candidate::position(&second).await, 4);
    candidate::answer(&second, &responses[3]).await;

    // What the second computer sends later is the whole exam.
    server.restart();
    candidate::received(&second).await;
    candidate::to_review(&second).await;
    candidate::hand_in(&second).await;
    assert_eq!(server.attempt(NAME)["raw_score"].as_u64(), Some(4));
}
