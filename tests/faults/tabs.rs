//! The exam in two tabs.

use tests::{
    browser::Browser,
    candidate::{self, heading},
    faults::{Tally, fewer_runs},
    witness::Witness,
};

use crate::{
    held,
    room::{Room, answer, name},
};

#[tokio::test]
async fn the_exam_is_opened_in_a_second_tab() {
    let mut tally = Tally::of("opened in a second tab, then the first one closed");
    let room = Room::open(1);
    let browser = Browser::open().await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..fewer_runs() {
        answer(&browser, &mut witness, 1).await;
        let first = browser.client.window().await.unwrap();
        let second = browser.client.new_window(true).await.unwrap().handle;
        browser.client.switch_to_window(second.clone()).await.unwrap();
        browser.goto(&room.server.address("/")).await;
        heading(&browser, "The exam is open in another tab").await;
        assert!(!browser.has(".question, #admission-code").await);
        browser.client.switch_to_window(first).await.unwrap();
        witness.answer(&browser, "b").await;
        let at = candidate::position(&browser).await;
        browser.client.close_window().await.unwrap();
        browser.client.switch_to_window(second).await.unwrap();
        browser.press("Try again").await;
        assert_eq!(candidate::position(&browser).await, at);
        tally.run(usize::from(!witness.stands(&browser).await));
        candidate::next(&browser).await;
    }
    candidate::received(&browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &name(0)).await);
    tally.tell();
}
