//! The open book in the exam: brought along with the package, searched and read without a network.

use fantoccini::key::Key;
use tests::{browser::Browser, candidate, server::Server};

use crate::{
    accessible::nothing_is_wrong_with,
    keyboard::{press, tab_to, type_text},
};

const NAME: &str = "Alex Sample";
/// How many books this browser keeps.
const KEPT: &str = "async () => caches.has('invigil-open-book')
    .then(async has => has ? (await (await caches.open('invigil-open-book')).keys()).length : 0)";

/// Opens the link to the package, and waits until package, page and book are kept on this computer.
async fn prepare(browser: &Browser, server: &Server) {
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id(NAME)))).await;
    browser.find(".package").await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    for _ in 0..500 {
        if browser.promise(KEPT, Vec::new()).await == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the book was not kept");
}

async fn begin_without_network(browser: &Browser, server: &Server) {
    browser.goto(&server.address("/")).await;
    browser.find(".package").await;
    candidate::admit_without_network(browser, &server.codes[NAME], &server.release_code).await;
    candidate::begin(browser).await;
}

/// Waits until this entry is open and has the focus.
async fn entry(browser: &Browser, title: &str) {
    let script = format!(
        "return document.activeElement?.id === 'book-entry' && document.activeElement.innerText.includes({title:?})"
    );
    browser.until(&format!("the entry «{title}»"), &script).await;
}

async fn is_open(browser: &Browser) -> bool {
    browser.client.execute("return document.querySelector('dialog.book').open", Vec::new()).await.unwrap() == true
}

#[tokio::test]
async fn the_book_is_searched_and_read_in_an_exam_without_a_network() {
    let mut server = Server::start();
    let mut browser = Browser::open().await;
    prepare(&browser, &server).await;
    server.kill();
    browser.kill_and_reopen().await;
    begin_without_network(&browser, &server).await;
    candidate::answer(&browser, &["b".to_owned()]).await;

    browser.press("Open book").await;
    browser.until("the field to have the focus", "return document.activeElement.id === 'book-search'").await;
    // The clock goes on in sight.
    let before = browser.text("dialog .timer-digits").await;
    assert_eq!(before.split(':').count(), 3, "{before}");
    type_text(&browser, "Membership  INFERENCE").await;
    browser
        .until("something to be found", "return document.querySelectorAll('.book-list .book-link').length > 1")
        .await;
    assert!(browser.text(".book-search [role=status]").await.contains("entries"));
    let first = browser.text(".book-list .book-link").await;
    assert!(first.to_lowercase().contains("membership inference"), "{first}");
    tab_to(&browser, ".book-link").await;
    press(&browser, Key::Enter).await;
    entry(&browser, &first).await;
    assert!(browser.text(".book-entry .stimulus-text").await.len() > 100);
    let other = browser.text(".book-entry .book-list .book-link").await;
    assert!(!other.is_empty() && other != first, "{other}");
    browser.click(".book-entry .book-list .book-link").await;
    entry(&browser, &other).await;
    let running = format!("return document.querySelector('dialog .timer-digits').innerText !== {before:?}");
    browser.until("the clock to go on", &running).await;

    type_text(&browser, &char::from(Key::Escape).to_string()).await;
    let back = "return !document.querySelector('dialog.book').open && document.activeElement.matches('.book-button')";
    browser.until("the focus to be back on the button", back).await;
    candidate::saved(&browser, &["b".to_owned()]).await;
    assert_eq!(candidate::position(&browser).await, 1);
    // Opened again, the book is where it was; one step back is the entry before.
    press(&browser, Key::Enter).await;
    entry(&browser, &other).await;
    browser.press("Back").await;
    entry(&browser, &first).await;
    browser.press("Close the book").await;
    assert!(!is_open(&browser).await);
    // Nothing of it is in the journal.
    candidate::all_saved(&browser).await;
    let lines = browser.text(".save-state").await;
    browser.press("Open book").await;
    browser.press("Close the book").await;
    candidate::all_saved(&browser).await;
    assert_eq!(browser.text(".save-state").await, lines);
}

#[tokio::test]
async fn a_book_that_is_not_here_comes_from_a_file_and_only_the_right_one() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    prepare(&browser, &server).await;
    let out = tempfile::tempdir().unwrap();
    server.office("seal", &server.sitting_of(NAME), &["--out", out.path().to_str().unwrap()]);
    let packages = std::fs::read_dir(out.path().join("packages")).unwrap().map(|entry| entry.unwrap().path());
    let book = packages.into_iter().find(|file| file.extension().is_some_and(|e| e == "invigil-open-book")).unwrap();
    server.kill();
    browser.promise("() => caches.delete('invigil-open-book')", Vec::new()).await;
    begin_without_network(&browser, &server).await;
    browser.press("Open book").await;
    browser.until("that to be said", "return document.querySelector('dialog .alert') !== null").await;
    assert!(browser.text("dialog").await.contains("The book is not on this computer"));
    nothing_is_wrong_with(&browser, "a missing book").await;
    let other = out.path().join("other.invigil-open-book");
    let text = std::fs::read_to_string(&book).unwrap();
    std::fs::write(&other, text.replacen("CAISP open book", "CAISP wrong book", 1)).unwrap();
    browser.find("#book-file").await.send_keys(other.to_str().unwrap()).await.unwrap();
    candidate::told(&browser, "This is the open book of another exam").await;
    std::fs::write(&other, "{}").unwrap();
    browser.find("#book-file").await.send_keys(other.to_str().unwrap()).await.unwrap();
    candidate::told(&browser, "The file of the open book is damaged").await;
    browser.find("#book-file").await.send_keys(book.to_str().unwrap()).await.unwrap();
    browser.find("#book-search").await;
    // It stays for the next time.
    browser.client.refresh().await.unwrap();
    assert_eq!(candidate::position(&browser).await, 1);
    browser.press("Open book").await;
    browser.find("#book-search").await;
}

#[tokio::test]
async fn the_first_page_takes_the_book_from_a_file_beside_the_package() {
    let server = Server::start();
    let browser = Browser::open().await;
    let out = tempfile::tempdir().unwrap();
    let attempt = server.attempt_id(NAME);
    server.office("seal", &server.sitting_of(NAME), &["--out", out.path().to_str().unwrap()]);
    let file = |ending: &str| {
        let mut files = std::fs::read_dir(out.path().join("packages")).unwrap().map(|entry| entry.unwrap().path());
        files.find(|file| file.to_str().unwrap().ends_with(ending)).unwrap()
    };
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    browser.click("details.part summary").await;
    browser.find("#package-file").await.send_keys(file(".invigil-open-book").to_str().unwrap()).await.unwrap();
    let taken =
        |words: &str| format!("return document.querySelector('details .hint[role=status]').innerText === {words:?}");
    browser.until("the book", &taken("The open book is on this computer.")).await;
    assert_eq!(browser.promise(KEPT, Vec::new()).await, 1);
    let package = file(&format!("{attempt}.invigil-package"));
    browser.find("#package-file").await.send_keys(package.to_str().unwrap()).await.unwrap();
    browser.find(".package").await;
}

#[tokio::test]
async fn the_book_has_no_fault_on_any_page_and_is_closed_while_the_clock_stands() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
    nothing_is_wrong_with(&browser, "the book's contents").await;
    browser.click("dialog details summary").await;
    browser.type_into("#book-search", "precision").await;
    browser.until("something to be found", "return document.querySelector('.book-list .book-link') !== null").await;
    nothing_is_wrong_with(&browser, "what was found in the book").await;
    browser.click(".book-list .book-link").await;
    browser.find("#book-entry").await;
    nothing_is_wrong_with(&browser, "an entry of the book").await;
    browser.resize(320, 640).await;
    let whole = "const {left, top, right, bottom} = document.querySelector('dialog.book').getBoundingClientRect();
        return [left, top, right, bottom]";
    assert_eq!(browser.client.execute(whole, Vec::new()).await.unwrap(), serde_json::json!([0, 0, 320, 640]));
    browser.resize(1280, 900).await;
    browser.type_into("#book-search", "zzzzz").await;
    let none = "return document.querySelector('.book-search [role=status]').innerText.startsWith('No entry has this')";
    browser.until("nothing to be found", none).await;
    browser.press("Close the book").await;

    candidate::use_grant(&browser, server.sheet(NAME)["pauses"][0].as_str().unwrap()).await;
    browser.find(".break-left").await;
    assert!(!browser.has(".book-button").await);
}
