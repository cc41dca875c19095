//! Nothing lost: whatever is shown as saved survives reload, killed browser, killed server and a second tab.

use std::time::{Duration, Instant};

use tests::{
    browser::Browser,
    candidate::{self, received, seconds_left},
    server::Server,
};

/// Goes through the navigator and compares every answer with what was given.
async fn every_answer_is_there(browser: &Browser, responses: &[Vec<String>]) {
    browser.find(".navigator").await;
    for (number, response) in (1..).zip(responses) {
        let script = "document.querySelector('.navigator').open = true;
            document.querySelectorAll('.navigator .cell')[arguments[0]].click()";
        browser.client.execute(script, vec![(number - 1).into()]).await.unwrap();
        let there = format!("return document.querySelector('.exam-place').innerText.startsWith('Question {number} ')");
        browser.until(&format!("question {number}"), &there).await;
        candidate::saved(browser, response).await;
    }
}

#[tokio::test]
async fn reload_killed_browser_and_killed_server_cost_nothing_but_a_notice() {
    let mut server = Server::start();
    let mut browser = Browser::open().await;
    candidate::enter(&browser, &server, "Zoë Muster-Łęcka").await;
    let name = "Zoë Muster-Łęcka";
    let responses = server.keys(name);
    // Half an hour of extra time was granted: 210 minutes in all.
    let at_first = seconds_left(&browser).await;
    assert!((12_540..=12_600).contains(&at_first), "{at_first} s left");

    candidate::answer_through(&browser, &responses, 36).await;
    candidate::answer(&browser, &responses[36]).await;
    browser.client.refresh().await.unwrap();
    assert_eq!(candidate::position(&browser).await, 37, "a reload comes back to the same question");
    candidate::saved(&browser, &responses[36]).await;
    assert!(seconds_left(&browser).await <= at_first);

    candidate::answer_through(&browser, &responses, 49).await;
    candidate::answer(&browser, &responses[49]).await;
    browser.kill_and_reopen().await;
    browser.goto(&server.address("/")).await;
    assert_eq!(candidate::position(&browser).await, 50, "a killed browser comes back to the same question");
    candidate::saved(&browser, &responses[49]).await;

    candidate::answer_through(&browser, &responses, 59).await;
    server.kill();
    // The server is away: answers go on being saved here, and the page says so.
    candidate::answer(&browser, &responses[59]).await;
    browser.until("the notice", "return document.querySelector('.save-state').dataset.state === 'note'").await;
    let said = browser.text(".save-state").await;
    assert!(said.starts_with("Saved on this device, ") && said.ends_with(" not sent yet"), "{said}");
    candidate::next(&browser).await;
    candidate::answer(&browser, &responses[60]).await;
    server.restart();
    received(&browser).await;
    candidate::next(&browser).await;
    candidate::answer_through(&browser, &responses, 80).await;
    browser.press("Back to the questions").await;
    every_answer_is_there(&browser, &responses).await;
    browser.press("To the review").await;
    candidate::hand_in(&browser).await;
    assert_eq!(browser.text("h1").await, "You passed");
    assert_eq!(server.attempt(name)["raw_score"].as_u64(), Some(80));
}

#[tokio::test]
async fn a_second_tab_is_told_so_and_cannot_write() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    let first = browser.client.window().await.unwrap();
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second).await.unwrap();
    browser.goto(&server.address("/")).await;
    browser.until("the page", "return document.querySelector('h1') !== null").await;
    assert_eq!(browser.text("h1").await, "The exam is open in another tab");
    assert!(!browser.has(".question, #admission-code").await);
    // Closing the first hands the sitting over.
    browser.client.switch_to_window(first).await.unwrap();
    candidate::saved(&browser, &["b".to_owned()]).await;
    browser.client.close_window().await.unwrap();
    let rest = browser.client.windows().await.unwrap().remove(0);
    browser.client.switch_to_window(rest).await.unwrap();
    browser.press("Try again").await;
    assert_eq!(candidate::position(&browser).await, 1);
    candidate::saved(&browser, &["b".to_owned()]).await;
}

#[tokio::test]
async fn a_closed_tab_comes_back_to_the_same_question_with_flags_and_cleared_answers() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["a".to_owned()]).await;
    browser.press("Clear my answer").await;
    candidate::saved(&browser, &[]).await;
    browser.press("Mark for review").await;
    browser.until("the mark", "return document.querySelector('.flag').classList.contains('marked')").await;
    candidate::next(&browser).await;
    candidate::answer(&browser, &["c".to_owned()]).await;
    let spare = browser.client.new_window(true).await.unwrap().handle;
    browser.client.close_window().await.unwrap();
    browser.client.switch_to_window(spare).await.unwrap();
    browser.goto(&server.address("/")).await;
    assert_eq!(candidate::position(&browser).await, 2);
    candidate::saved(&browser, &["c".to_owned()]).await;
    browser.press("Previous").await;
    browser
        .until("question 1", "return document.querySelector('.exam-place').innerText.startsWith('Question 1 ')")
        .await;
    candidate::saved(&browser, &[]).await;
    assert_eq!(browser.text(".flag").await, "Marked for review: take the mark away");
}

#[tokio::test]
async fn when_the_time_is_up_the_answers_given_so_far_are_handed_in() {
    let server = Server::start_short_exam();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    let responses = server.keys("Alex Sample");
    candidate::answer_through(&browser, &responses, 10).await;
    // The page is closed when the time runs out: coming back hands in what is there.
    browser.goto("about:blank").await;
    tokio::time::sleep(Duration::from_secs(61)).await;
    browser.goto(&server.address("/")).await;
    browser.until("the result", "return document.querySelector('.bands') !== null").await;
    assert_eq!(browser.text("h1").await, "You did not pass");
    assert_eq!(server.attempt("Alex Sample")["raw_score"].as_u64(), Some(10));
}

#[tokio::test]
async fn when_a_computer_breaks_the_exam_goes_on_at_another_with_every_answer() {
    let server = Server::start();
    let broken = Browser::open().await;
    candidate::enter(&broken, &server, "Alex Sample").await;
    candidate::answer(&broken, &["b".to_owned()]).await;
    candidate::next(&broken).await;
    candidate::answer(&broken, &["a".to_owned()]).await;
    received(&broken).await;
    drop(broken);
    server.release("Alex Sample");
    let next = Browser::open().await;
    next.goto(&server.address("/")).await;
    candidate::admit(&next, &server.codes["Alex Sample"]).await;
    assert_eq!(candidate::position(&next).await, 2);
    candidate::saved(&next, &["a".to_owned()]).await;
    next.press("Previous").await;
    next.until("question 1", "return document.querySelector('.exam-place').innerText.startsWith('Question 1 ')").await;
    candidate::saved(&next, &["b".to_owned()]).await;
    received(&next).await;
}

#[tokio::test]
async fn without_its_keys_the_page_says_so_and_the_server_brings_the_answers_back() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    received(&browser).await;
    browser.goto(&server.address("/verify")).await;
    let drop_keys = "() => new Promise((done, fail) => {
        const request = indexedDB.deleteDatabase('invigil-keys');
        request.onsuccess = () => done('gone');
        request.onerror = fail;
    })";
    assert_eq!(browser.promise(drop_keys, Vec::new()).await, "gone");
    browser.goto(&server.address("/")).await;
    candidate::heading(&browser, "The keys to your answers are gone").await;

    server.release("Alex Sample");
    let other = Browser::open().await;
    other.goto(&server.address("/")).await;
    candidate::admit(&other, &server.codes["Alex Sample"]).await;
    candidate::saved(&other, &["b".to_owned()]).await;
}

/// Copies what the worker's database lies in to a folder aside, or back from it.
async fn copy_database(browser: &Browser, server: &Server, back: bool) {
    browser.goto(&server.address("/verify")).await;
    let copy = "async back => {
        const copy = async (from, to) => {
            for await (const [name, entry] of from.entries()) {
                if (name === 'aside') continue;
                if (entry.kind === 'directory') {
                    await copy(entry, await to.getDirectoryHandle(name, {create: true}));
                } else {
                    const file = await (await to.getFileHandle(name, {create: true})).createWritable();
                    await file.write(await entry.getFile());
                    await file.close();
                }
            }
        };
        const here = await navigator.storage.getDirectory();
        const aside = await here.getDirectoryHandle('aside', {create: true});
        await (back ? copy(aside, here) : copy(here, aside));
        return 'copied';
    }";
    // The worker of the page that was just left may hold its files a moment longer.
    let end = Instant::now() + Duration::from_secs(10);
    let mut copied = browser.promise(copy, vec![back.into()]).await;
    while copied != "copied" && Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(200)).await;
        copied = browser.promise(copy, vec![back.into()]).await;
    }
    assert_eq!(copied, "copied");
}

#[tokio::test]
async fn lines_that_only_the_server_has_any_more_come_back_before_anything_is_written() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["a".to_owned()]).await;
    received(&browser).await;
    copy_database(&browser, &server, false).await;
    browser.goto(&server.address("/")).await;
    candidate::next(&browser).await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    candidate::next(&browser).await;
    candidate::answer(&browser, &["c".to_owned()]).await;
    received(&browser).await;
    // As after a disk that had promised too much, or from a copy of the profile.
    copy_database(&browser, &server, true).await;
    browser.goto(&server.address("/")).await;
    assert_eq!(candidate::position(&browser).await, 3);
    candidate::saved(&browser, &["c".to_owned()]).await;
    candidate::answer(&browser, &["a".to_owned()]).await;
    received(&browser).await;
    browser.press("Previous").await;
    let second = "return document.querySelector('.exam-place').innerText.startsWith('Question 2 ')";
    browser.until("question 2", second).await;
    candidate::saved(&browser, &["b".to_owned()]).await;
}
