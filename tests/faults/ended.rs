//! The browser, or the tab, ends in the middle of a commit.

use std::time::Duration;

use tests::{
    browser::Browser,
    candidate,
    faults::{Tally, moment, runs},
    witness::Witness,
};
use tokio::time::{sleep, timeout};

use crate::{hand::Hand, held, room};

#[tokio::test]
async fn the_browser_is_killed_during_a_commit() {
    let mut tally = Tally::of("browser killed (SIGKILL) at a random moment while answers are being saved");
    let room = room::Room::open(1);
    let mut browser = Browser::open().await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..runs() {
        let hand = Hand::start(&browser, witness).await;
        let at = candidate::position(&browser).await;
        sleep(moment(300)).await;
        browser.kill_and_reopen().await;
        let stopped = hand.let_go().await;
        browser.goto(&room.server.address("/")).await;
        assert_eq!(candidate::position(&browser).await, at, "it comes back to the same question");
        tally.run(usize::from(!stopped.stands(&browser).await));
        witness = stopped.witness;
    }
    candidate::received(&browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &room::name(0)).await);
    tally.tell();
}

#[tokio::test]
async fn the_tab_crashes_during_a_commit() {
    let mut tally =
        Tally::of("tab crashed (its process ends, `chrome://crash`) at a random moment while answers are being saved");
    let room = room::Room::open(1);
    let browser = Browser::open().await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..runs() {
        let crashing = browser.client.window().await.unwrap();
        let spare = browser.client.new_window(true).await.unwrap().handle;
        browser.client.switch_to_window(crashing).await.unwrap();
        let hand = Hand::start(&browser, witness).await;
        let at = candidate::position(&browser).await;
        sleep(moment(300)).await;
        crash(&browser).await;
        let stopped = hand.let_go().await;
        browser.client.switch_to_window(spare).await.unwrap();
        browser.goto(&room.server.address("/")).await;
        assert_eq!(candidate::position(&browser).await, at, "it comes back to the same question");
        tally.run(usize::from(!stopped.stands(&browser).await));
        witness = stopped.witness;
    }
    candidate::received(&browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &room::name(0)).await);
    tally.tell();
}

/// Crashes the process that shows the page. The driver waits for an answer that does not come.
async fn crash(browser: &Browser) {
    let _ = timeout(Duration::from_secs(1), browser.client.goto("chrome://crash")).await;
}
