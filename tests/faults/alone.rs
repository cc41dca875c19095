//! No server for the whole exam.

use serde_json::Value;
use tests::{
    browser::Browser,
    candidate::{self, heading},
    faults::{Tally, fewer_runs},
    network,
    witness::Witness,
};

use crate::{
    held,
    room::{Room, answer, bank, leave, name},
};

#[tokio::test]
async fn there_is_no_server_for_the_whole_exam() {
    let mut tally = Tally::of(
        "no server for the whole exam, from the stored package to receipt and response file, collected later",
    );
    let mut room = Room::open(fewer_runs());
    let mut browser = Browser::open().await;
    for n in 0..fewer_runs() {
        let mut witness = Witness::default();
        room.prepare(&browser, n).await;
        room.server.kill();
        browser.kill_and_reopen().await;
        browser.goto(&room.server.address("/")).await;
        browser.find(".package").await;
        room.enter_without_network(&browser, n).await;
        answer(&browser, &mut witness, 3).await;
        candidate::to_review(&browser).await;
        candidate::confirm_hand_in(&browser).await;
        heading(&browser, "You have handed in").await;
        browser.find(".qr").await;
        let receipt = browser.text(".typed-code").await;
        browser.press("Save the response file").await;
        let attempt = room.server.attempt_id(&name(n));
        let file = browser.download(&format!("{attempt}.invigil-response")).await;
        tally.compare(&witness, &held::exported(&room.server, &name(n), &file).await);

        // The server takes the file while it is still not serving; the page learns of it later.
        let collected = collect(&room, &file);
        assert_eq!((collected["outcome"].as_str(), collected["attempt"].as_str()), (Some("taken"), Some(&*attempt)));
        let lost = witness.missing_in(&held::at_the_server(&room.server, &name(n)).await);
        let header = sitting::ResponseFile::read(&file).unwrap().header;
        assert_eq!(sitting::Receipt::of(header).code().unwrap().to_string(), receipt, "the receipt is of this file");
        room.server.restart();
        network::tell(&browser).await;
        leave(&browser).await;
        tally.run(lost);
    }
    tally.tell();
}

/// Hands a file to the exam body; what it says of it.
fn collect(room: &Room, file: &[u8]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("response.invigil-response");
    std::fs::write(&place, file).unwrap();
    let (data, bank) = (room.server.data(), bank());
    let [data, bank, place] = [&data, &bank, &place].map(|path| path.to_str().unwrap());
    room.server.command(&["sitting", "collect", "--json", "--data", data, "--bank", bank, place])[0]["collected"]
        .clone()
}
