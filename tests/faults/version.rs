//! A new version of the app appears in the middle of an exam.

use std::time::Duration;

use tests::{
    browser::Browser,
    candidate,
    faults::{Tally, fewer_runs},
    pages::Pages,
    witness::Witness,
};
use tokio::time::sleep;

use crate::{
    held,
    room::{Room, answer, leave, name},
};

const TITLE: &str = "Exam – Invigil";

/// What is served next: another page, and another file under a name that stays the same.
fn build(title: &str) -> Pages {
    let pages = Pages::copy();
    pages.change("index.html", TITLE, title);
    pages.change("worker_loader.js", "import init", &format!("/* {title} */ import init"));
    pages.name_anew();
    pages
}

/// Has the browser look for another version, and waits until that is kept.
async fn fetch_next_version(browser: &Browser) {
    let look = "async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const found = new Promise(go => registration.addEventListener('updatefound', () => go(registration.installing)));
        await registration.update();
        const version = await found;
        while (version.state === 'installing') await new Promise(go => setTimeout(go, 20));
        return version.state;
    }";
    assert_eq!(browser.promise(look, Vec::new()).await, "installed");
}

#[tokio::test]
async fn a_new_version_appears_in_the_middle_of_the_exam() {
    let mut tally = Tally::of("new version of the app on the server, then the browser killed or the page loaded again");
    let mut room = Room::open(1);
    let mut browser = Browser::open().await;
    room.enter(&browser, 0).await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    // Chromium writes down which caches there are within five seconds; killed before that, it has none of them any more.
    sleep(Duration::from_secs(6)).await;
    let mut witness = Witness::default();
    let mut newest = None;
    for n in 0..fewer_runs() {
        answer(&browser, &mut witness, 1).await;
        witness.answer(&browser, "b").await;
        let at = candidate::position(&browser).await;
        let next = build(&format!("Exam, version {n} – Invigil"));
        room.server.serve_pages(&next.path());
        // What was served before goes.
        newest = Some(next);
        fetch_next_version(&browser).await;
        if n % 2 == 0 {
            browser.kill_and_reopen().await;
            browser.goto(&room.server.address("/")).await;
        } else {
            browser.client.refresh().await.unwrap();
        }
        assert_eq!(candidate::position(&browser).await, at);
        assert_eq!(browser.client.title().await.unwrap(), TITLE, "the exam goes on in its version");
        tally.run(usize::from(!witness.stands(&browser).await));
        candidate::next(&browser).await;
    }
    candidate::to_review(&browser).await;
    candidate::confirm_hand_in(&browser).await;
    leave(&browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &name(0)).await);
    let title = format!("Exam, version {} – Invigil", fewer_runs() - 1);
    browser.until("the new version", &format!("return document.title === {title:?}")).await;
    drop(newest);
    tally.tell();
}
