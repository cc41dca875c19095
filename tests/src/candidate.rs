//! A candidate's way through the app, by the things a candidate sees.

use crate::{browser::Browser, server::Server};

/// Types the admission code and goes on to the first question.
pub async fn enter(browser: &Browser, server: &Server, name: &str) {
    browser.goto(&server.address("/")).await;
    admit(browser, &server.codes[name]).await;
    browser.press("Yes, this is me").await;
    browser.click("#agree").await;
    browser.press("Continue").await;
    start(browser).await;
}

/// Types an admission code.
pub async fn admit(browser: &Browser, code: &str) {
    browser.type_into("#admission-code", code).await;
    browser.press("Continue").await;
}

/// Starts the exam once the checks are good.
pub async fn start(browser: &Browser) {
    let ready = "return document.querySelector('.checks li.good') !== null
        && document.querySelector('button.primary:not([aria-disabled])') !== null";
    browser.until("the computer to be ready", ready).await;
    browser.press("Start the exam").await;
    browser.find(".question").await;
}

/// The number of the question that is shown, from 1.
pub async fn position(browser: &Browser) -> usize {
    browser.find(".exam-place").await;
    let place = browser.text(".exam-place").await;
    place.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("at {place:?}"))
}

/// Chooses these options of the question that is shown, as far as they are not chosen yet (a second click on one of several
/// would take it away), and waits until the page shows them as chosen: then they are
/// committed.
pub async fn answer(browser: &Browser, choices: &[String]) {
    for choice in choices {
        let row = format!(".choice-row:has(input[value='{choice}'])");
        browser.find(&row).await;
        if !browser.has(&format!("{row}.chosen")).await {
            browser.click(&row).await;
        }
    }
    saved(browser, choices).await;
}

/// Waits until exactly these options are shown as chosen.
pub async fn saved(browser: &Browser, choices: &[String]) {
    let expected = serde_json::to_string(choices).unwrap();
    let script = format!(
        "return JSON.stringify([...document.querySelectorAll('.choice-row.chosen input')].map(i => i.value).sort())
            === {expected:?} && document.querySelector('.save-state').dataset.state !== 'saving'"
    );
    browser.until(&format!("options {expected} to be saved"), &script).await;
}

/// Goes to the next question, or from the last one to the review.
pub async fn next(browser: &Browser) {
    let before = browser.text(".exam-place").await;
    browser.click(".question .actions .primary").await;
    let moved = format!("return document.querySelector('.exam-place').innerText !== {before:?}");
    browser.until("the next question", &moved).await;
}

/// Answers the questions from the one that is shown up to this one, and goes to the one after.
pub async fn answer_through(browser: &Browser, responses: &[Vec<String>], last: usize) {
    for number in position(browser).await..=last {
        assert_eq!(position(browser).await, number);
        answer(browser, &responses[number - 1]).await;
        next(browser).await;
    }
}

/// Hands in from the review and waits for the result.
pub async fn hand_in(browser: &Browser) {
    browser.find(".review").await;
    browser.press("Hand in").await;
    browser.press("Yes, hand in").await;
    browser.until("the result", "return document.querySelector('.bands') !== null").await;
}
