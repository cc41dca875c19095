//! The network goes: before the start, at the start, while answering, while handing in, and all the time.

use std::time::Duration;

use tests::{
    browser::Browser,
    candidate,
    faults::{Tally, fewer_runs, moment, runs},
    network,
    witness::Witness,
};
use tokio::{join, time::sleep};

use crate::{
    hand::Hand,
    held,
    room::{Room, answer, leave, name},
};

#[tokio::test]
async fn there_is_no_network_from_before_the_start() {
    let mut tally = Tally::of("no server from before the start until some answers later");
    let mut room = Room::open(fewer_runs());
    let browser = Browser::open().await;
    for n in 0..fewer_runs() {
        let mut witness = Witness::default();
        room.prepare(&browser, n).await;
        room.server.kill();
        room.enter_without_network(&browser, n).await;
        answer(&browser, &mut witness, 3).await;
        room.server.restart();
        network::tell(&browser).await;
        candidate::received(&browser).await;
        answer(&browser, &mut witness, 1).await;
        finish(&room, &browser, n, &witness, &mut tally).await;
        tally.run(0);
    }
    tally.tell();
}

#[tokio::test]
async fn the_network_goes_while_the_exam_is_started() {
    let mut tally = Tally::of("network cut at a random moment while the exam is started");
    let room = Room::open(runs());
    let browser = Browser::open().await;
    for n in 0..runs() {
        let mut witness = Witness::default();
        browser.goto(&room.server.address("/")).await;
        candidate::admit(&browser, room.code(n)).await;
        browser.press("Yes, this is me").await;
        browser.click("#agree").await;
        browser.press("Continue").await;
        browser.find(".checks li.good").await;
        join!(browser.press("Start the exam"), async {
            sleep(moment(150)).await;
            network::cut(&browser).await;
        });
        let started_or_told = "return document.querySelector('.question') !== null
            || document.querySelector('.alert')?.innerText.includes('cannot be reached') === true";
        browser.until("the start, or words", started_or_told).await;
        let here = browser.has(".question").await;
        network::restore(&browser).await;
        if !here {
            browser.press("Start the exam").await;
        }
        browser.find(".question").await;
        answer(&browser, &mut witness, 2).await;
        finish(&room, &browser, n, &witness, &mut tally).await;
        tally.run(0);
    }
    tally.tell();
}

#[tokio::test]
async fn the_network_goes_while_questions_are_answered() {
    let mut tally = Tally::of("network cut at a random moment while answers are being saved and sent, for a second");
    let room = Room::open(1);
    let browser = Browser::open().await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..runs() {
        let hand = Hand::start(&browser, witness).await;
        sleep(moment(300)).await;
        network::cut(&browser).await;
        sleep(Duration::from_secs(1)).await;
        network::restore(&browser).await;
        let stopped = hand.let_go().await;
        candidate::received(&browser).await;
        tally.run(usize::from(!stopped.stands(&browser).await));
        witness = stopped.witness;
        candidate::next(&browser).await;
    }
    finish(&room, &browser, 0, &witness, &mut tally).await;
    tally.tell();
}

#[tokio::test]
async fn the_network_goes_while_the_exam_is_handed_in() {
    let mut tally = Tally::of("network cut at a random moment while the exam is handed in, until the receipt is there");
    let room = Room::open(runs());
    let browser = Browser::open().await;
    for n in 0..runs() {
        let mut witness = Witness::default();
        room.enter(&browser, n).await;
        answer(&browser, &mut witness, 2).await;
        candidate::to_review(&browser).await;
        join!(candidate::confirm_hand_in(&browser), async {
            sleep(moment(300)).await;
            network::cut(&browser).await;
        });
        // Either it was through before, or the page says that it is saved here.
        browser.until("an end", "return document.querySelector('.bands, .qr') !== null").await;
        network::restore(&browser).await;
        leave_and_compare(&room, &browser, n, &witness, &mut tally).await;
        tally.run(0);
    }
    tally.tell();
}

#[tokio::test]
async fn the_network_comes_and_goes() {
    let mut tally =
        Tally::of("network off and on every 300 ms while answering, and the server killed and started again");
    let mut room = Room::open(1);
    let browser = Browser::open().await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..runs() {
        let hand = Hand::start(&browser, witness).await;
        network::flap(&browser, Duration::from_millis(300), Duration::from_secs(2)).await;
        room.server.kill();
        sleep(moment(300)).await;
        room.server.restart();
        let stopped = hand.let_go().await;
        network::tell(&browser).await;
        candidate::received(&browser).await;
        tally.run(usize::from(!stopped.stands(&browser).await));
        witness = stopped.witness;
        candidate::next(&browser).await;
    }
    finish(&room, &browser, 0, &witness, &mut tally).await;
    tally.tell();
}

/// Hands in, and compares what the server has with what was confirmed.
async fn finish(room: &Room, browser: &Browser, n: usize, witness: &Witness, tally: &mut Tally) {
    candidate::to_review(browser).await;
    candidate::confirm_hand_in(browser).await;
    leave_and_compare(room, browser, n, witness, tally).await;
}

async fn leave_and_compare(room: &Room, browser: &Browser, n: usize, witness: &Witness, tally: &mut Tally) {
    leave(browser).await;
    tally.compare(witness, &held::at_the_server(&room.server, &name(n)).await);
    assert_eq!(room.server.attempt(&name(n))["state"], "submitted");
}
