//! The exam by keyboard alone.

use fantoccini::key::Key;
use tests::{browser::Browser, server::Server};

/// Presses a key on whatever has the focus.
pub(crate) async fn press(browser: &Browser, key: Key) {
    type_text(browser, &char::from(key).to_string()).await;
}

pub(crate) async fn type_text(browser: &Browser, text: &str) {
    browser.client.active_element().await.unwrap().send_keys(text).await.unwrap();
}

/// Presses Tab until the element with the focus is of this kind.
pub(crate) async fn tab_to(browser: &Browser, css: &str) {
    for _ in 0..40 {
        let there = "return document.activeElement.matches(arguments[0])";
        if browser.client.execute(there, vec![css.into()]).await.unwrap() == true {
            return;
        }
        press(browser, Key::Tab).await;
    }
    panic!("no Tab leads to {css}");
}

/// Waits until a page's heading has the focus and says this.
pub(crate) async fn heading(browser: &Browser, text: &str) {
    let script = format!(
        "return document.activeElement?.id === 'heading' && document.activeElement.innerText.startsWith({text:?})"
    );
    browser.until(&format!("the heading «{text}» to have the focus"), &script).await;
}

#[tokio::test]
async fn the_whole_way_needs_no_mouse_and_the_focus_is_where_one_reads_on() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    heading(&browser, "Sit your exam").await;
    tab_to(&browser, "#admission-code").await;
    type_text(&browser, &server.codes["Alex Sample"].to_lowercase().replace('-', "")).await;
    press(&browser, Key::Enter).await;
    heading(&browser, "Is this you?").await;
    tab_to(&browser, "button.primary").await;
    press(&browser, Key::Enter).await;
    heading(&browser, "Before you start").await;
    tab_to(&browser, "#agree").await;
    type_text(&browser, " ").await;
    tab_to(&browser, "button.primary").await;
    press(&browser, Key::Enter).await;
    heading(&browser, "Is this computer ready?").await;
    browser.find(".checks .good").await;
    tab_to(&browser, "button.primary").await;
    press(&browser, Key::Enter).await;
    heading(&browser, "Question 1").await;

    // Nothing is preselected; space chooses, arrows move, the focus stays when the answer is saved.
    assert!(!browser.has(".choice-row.chosen").await);
    tab_to(&browser, ".choice-row input").await;
    type_text(&browser, " ").await;
    browser.until("the first choice", "return document.querySelectorAll('.choice-row.chosen').length === 1").await;
    let stays = "return document.activeElement.matches('.choice-row.chosen input')";
    assert_eq!(browser.client.execute(stays, Vec::new()).await.unwrap(), true, "saving moved the focus");
    tab_to(&browser, ".question .actions .primary").await;
    press(&browser, Key::Enter).await;
    heading(&browser, "Question 2").await;
    tab_to(&browser, ".navigator summary").await;
    press(&browser, Key::Enter).await;
    tab_to(&browser, ".navigator > button").await;
    press(&browser, Key::Enter).await;
    heading(&browser, "Review").await;
    tab_to(&browser, ".review .actions .primary").await;
    press(&browser, Key::Enter).await;
    browser.until("the question", "return document.activeElement.id === 'confirm-title'").await;
    tab_to(&browser, ".confirm .primary").await;
    press(&browser, Key::Enter).await;
    heading(&browser, "You did not pass").await;
}
