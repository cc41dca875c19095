//! The browser clears everything that it keeps for the site, while the page is closed.

use serde_json::json;
use tests::{
    browser::Browser,
    candidate::{self, heading, told},
    faults::{Tally, fewer_runs},
    network,
    witness::Witness,
};

use crate::{
    held,
    room::{Room, answer, leave, name},
};

/// Closes the page and clears what the browser keeps for it.
async fn evict(room: &Room, browser: &Browser) {
    browser.goto("about:blank").await;
    let all = json!({"origin": room.server.address(""), "storageTypes": "all"});
    browser.devtools("Storage.clearDataForOrigin", all).await;
}

#[tokio::test]
async fn cleared_storage_is_told_and_the_servers_copy_brings_the_answers_back() {
    let mut tally =
        Tally::of("browser's storage cleared while the page is closed, answers brought back from the server");
    let room = Room::open(fewer_runs());
    let browser = Browser::open().await;
    for n in 0..fewer_runs() {
        let mut witness = Witness::default();
        room.enter(&browser, n).await;
        answer(&browser, &mut witness, 2).await;
        witness.answer(&browser, "b").await;
        candidate::received(&browser).await;
        evict(&room, &browser).await;
        browser.goto(&room.server.address("/")).await;
        candidate::admit(&browser, room.code(n)).await;
        told(&browser, "its storage was cleared since").await;
        room.server.release(&name(n));
        candidate::admit(&browser, room.code(n)).await;
        assert_eq!(candidate::position(&browser).await, 3);
        tally.run(usize::from(!witness.stands(&browser).await));
        hand_in_and_compare(&room, &browser, n, &witness, &mut tally).await;
    }
    tally.tell();
}

#[tokio::test]
async fn cleared_storage_is_brought_back_from_a_response_file() {
    let mut tally =
        Tally::of("browser's storage cleared while the page is closed, answers brought back from a response file");
    let mut room = Room::open(fewer_runs());
    let browser = Browser::open().await;
    let folder = tempfile::tempdir().unwrap();
    for n in 0..fewer_runs() {
        let mut witness = Witness::default();
        room.prepare(&browser, n).await;
        let (attempt, sheet) = (room.server.attempt_id(&name(n)), room.server.sheet(&name(n)));
        room.server.kill();
        room.enter_without_network(&browser, n).await;
        answer(&browser, &mut witness, 2).await;
        witness.answer(&browser, "b").await;
        browser.press("Check in with the proctor").await;
        browser.press("Save the response file").await;
        let file = browser.download(&format!("{attempt}.invigil-response")).await;
        let place = folder.path().join(format!("{n}.invigil-response"));
        std::fs::write(&place, &file).unwrap();
        evict(&room, &browser).await;

        room.server.restart();
        room.prepare(&browser, n).await;
        room.server.kill();
        browser.press("There is no network here").await;
        browser.click("#moving").await;
        candidate::type_codes(&browser, room.code(n), &room.release).await;
        heading(&browser, "Go on from another computer").await;
        browser.find("#response-file").await.send_keys(place.to_str().unwrap()).await.unwrap();
        browser.type_into("#move-code", sheet["moves"][0].as_str().unwrap()).await;
        browser.press("Go on here").await;
        assert_eq!(candidate::position(&browser).await, 3);
        tally.run(usize::from(!witness.stands(&browser).await));
        candidate::next(&browser).await;
        answer(&browser, &mut witness, 1).await;
        room.server.restart();
        network::tell(&browser).await;
        candidate::received(&browser).await;
        hand_in_and_compare(&room, &browser, n, &witness, &mut tally).await;
    }
    tally.tell();
}

async fn hand_in_and_compare(room: &Room, browser: &Browser, n: usize, witness: &Witness, tally: &mut Tally) {
    candidate::to_review(browser).await;
    candidate::confirm_hand_in(browser).await;
    leave(browser).await;
    tally.compare(witness, &held::at_the_server(&room.server, &name(n)).await);
}
