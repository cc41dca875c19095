//! The browser has no room, or gives none.

use std::time::Duration;

use serde_json::json;
use tests::{
    browser::Browser,
    candidate::{self, heading},
    faults::{Tally, fewer_runs},
    witness::{self, Witness},
};

use crate::{
    held,
    room::{Room, answer, name},
};

/// Gives the site so many bytes, or what it had before.
async fn set_quota(room: &Room, browser: &Browser, bytes: Option<u64>) {
    let mut quota = json!({"origin": room.server.address("")});
    if let Some(bytes) = bytes {
        quota["quotaSize"] = bytes.into();
    }
    browser.devtools("Storage.overrideQuotaForOrigin", quota).await;
}

#[tokio::test]
async fn the_disk_is_full() {
    let mut tally = Tally::of("storage quota used up (DevTools `Storage.overrideQuotaForOrigin`), later raised again");
    let room = Room::open(1);
    let browser = Browser::open().await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..fewer_runs() {
        answer(&browser, &mut witness, 1).await;
        set_quota(&room, &browser, Some(1)).await;
        // Room that was granted once stays granted to an open file.
        browser.client.refresh().await.unwrap();
        candidate::position(&browser).await;
        let saved = witness.answer_within(&browser, "b", Duration::from_secs(2)).await;
        assert!(!saved, "there was room for it");
        let said = browser.text(".save-state").await;
        assert!(said.starts_with("Not saved yet: "), "{said}");
        assert!(witness::shown(&browser).await.unwrap().1.is_empty(), "what is not saved is not shown as chosen");
        set_quota(&room, &browser, None).await;
        browser.until("the answer to be saved after all", &witness::is_saved("b")).await;
        witness.saw(witness::shown(&browser).await.unwrap());
        tally.run(0);
        candidate::next(&browser).await;
    }
    candidate::received(&browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &name(0)).await);
    tally.tell();
}

#[tokio::test]
async fn the_exam_leaves_a_computer_whose_disk_is_full() {
    let mut tally =
        Tally::of("storage quota used up, page loaded again, the exam saved as a response file all the same");
    let mut room = Room::open(fewer_runs());
    let folder = tempfile::tempdir().unwrap();
    for n in 0..fewer_runs() {
        let browser = Browser::open().await;
        let mut witness = Witness::default();
        room.prepare(&browser, n).await;
        let (attempt, sheet) = (room.attempt(n).to_owned(), room.server.sheet(&name(n)));
        room.server.kill();
        room.enter_without_network(&browser, n).await;
        answer(&browser, &mut witness, 2).await;
        set_quota(&room, &browser, Some(1)).await;
        // Room that was granted once stays granted to an open file.
        browser.client.refresh().await.unwrap();
        candidate::position(&browser).await;
        assert!(!witness.answer_within(&browser, "b", Duration::from_secs(2)).await, "there was room for it");
        browser.press("Check in with the proctor").await;
        browser.type_into("#challenge", sheet["challenges"][0].as_str().unwrap()).await;
        browser.press("Continue").await;
        candidate::told(&browser, "has not saved the challenge yet").await;
        browser.press("Save the response file").await;
        let file = browser.download(&format!("{attempt}.invigil-response")).await;
        let place = folder.path().join(format!("{n}.invigil-response"));
        std::fs::write(&place, &file).unwrap();
        drop(browser);
        room.server.restart();
        assert_eq!(room.server.collect(&place)["outcome"], "taken");
        tally.run(0);
        tally.compare(&witness, &held::at_the_server(&room.server, &name(n)).await);
    }
    tally.tell();
}

/// Has the browser keep nothing for any site, as its settings allow.
async fn refuse_site_data(browser: &Browser, refuse: bool) {
    browser.goto("chrome://settings/content/siteData").await;
    let setting = if refuse { "block" } else { "allow" };
    let set = "chrome.send('setDefaultValueForContentType', ['cookies', arguments[0]])";
    browser.client.execute(set, vec![setting.into()]).await.unwrap();
}

#[tokio::test]
async fn the_browser_gives_no_storage() {
    let mut tally =
        Tally::of("browser set to keep no site data: no exam starts, and the page says why; then allowed again");
    let room = Room::open(1);
    let browser = Browser::open().await;
    let mut witness = Witness::default();
    for n in 0..fewer_runs() {
        refuse_site_data(&browser, true).await;
        browser.goto(&room.server.address("/")).await;
        heading(&browser, "This browser cannot keep your answers").await;
        assert!(!browser.has("#admission-code, .question").await);
        assert!(browser.text("main").await.contains("ask the proctor for another computer"));
        refuse_site_data(&browser, false).await;
        if n == 0 {
            room.enter(&browser, 0).await;
        } else {
            browser.goto(&room.server.address("/")).await;
            assert!(witness.stands(&browser).await);
            candidate::next(&browser).await;
        }
        witness.answer(&browser, "b").await;
        tally.run(0);
    }
    candidate::received(&browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &name(0)).await);
    tally.tell();
}
