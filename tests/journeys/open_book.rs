//! The open book in the exam: brought along with the package, searched and read without a network.

use fantoccini::key::Key;
use serde_json::json;
use tests::{
    browser::{Browser, Scheme},
    candidate, network,
    server::Server,
};

use crate::{
    accessible::nothing_is_wrong_with,
    keyboard::{press, tab_to, type_text},
    rehearsal,
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
    let before = browser.text(".timer-digits").await;
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
    let running = format!("return document.querySelector('.timer-digits').innerText !== {before:?}");
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
    forget_answers(&browser).await;
    begin_without_network(&browser, &server).await;
    browser.press("Open book").await;
    candidate::told(
        &browser,
        "The book cannot be opened. It is not on this computer, and the server cannot be reached",
    )
    .await;
    nothing_is_wrong_with(&browser, "a missing book").await;
    // Looked for again in vain, it is said again, and the focus stays where it was.
    tab_to(&browser, "dialog .primary").await;
    let watch = "window.said = 0;
        new MutationObserver(() => said += 1).observe(document.querySelector('dialog [role=alert]'), {childList: true})";
    browser.client.execute(watch, Vec::new()).await.unwrap();
    press(&browser, Key::Enter).await;
    let again = "return said > 1 && document.querySelector('dialog .alert') !== null
        && document.activeElement.matches('dialog .primary:not([aria-disabled])')";
    browser.until("the book to be looked for again", again).await;
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
    // In a narrower window it lies over the whole page, with what the exam's header says.
    browser.resize(320, 640).await;
    browser.find("dialog.book .timer-digits").await;
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

/// Has the browser forget what servers answered: the address of a book says that its answer never changes.
async fn forget_answers(browser: &Browser) {
    browser.devtools("Network.clearBrowserCache", json!({})).await;
}

/// Where the first page says that the book is.
async fn said_of_the_book(browser: &Browser, words: &str) {
    let script = format!("return document.querySelector('.book-presence')?.innerText.includes({words:?}) === true");
    browser.until(&format!("«{words}» to be said of the book"), &script).await;
}

/// Has requests for the book answered by what this expression gives, until [`honest`].
async fn answer_for_the_book(browser: &Browser, response: &str) {
    let script = format!(
        "window.honest ??= window.fetch;
        window.fetch = request => request.url.includes('/open-book/') ? Promise.resolve({response}) : honest(request)"
    );
    browser.client.execute(&script, Vec::new()).await.unwrap();
}

async fn honest(browser: &Browser) {
    browser.client.execute("window.fetch = window.honest", Vec::new()).await.unwrap();
}

#[tokio::test]
async fn whether_the_book_is_here_and_why_not_is_said_before_anybody_leaves_the_network() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    let package = package_of_the_link(&browser, &server).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.invigil-package");
    std::fs::write(&file, package).unwrap();
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    answer_for_the_book(&browser, "new Response('<h1>Log in to this network</h1>')").await;
    browser.click("details.part summary").await;
    browser.find("#package-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
    said_of_the_book(&browser, "The open book is not here yet. What is there in its place is something else").await;
    nothing_is_wrong_with(&browser, "a package without its book").await;
    let none = "new Response(JSON.stringify({type: '/problems/not-found', title: 'x', status: 404, detail: 'x'}),
        {status: 404, headers: {'content-type': 'application/problem+json'}})";
    answer_for_the_book(&browser, none).await;
    browser.press("Look for the book again").await;
    said_of_the_book(&browser, "the server does not have it").await;
    honest(&browser).await;
    network::tell(&browser).await;
    said_of_the_book(&browser, "The open book is on this computer.").await;
    assert_eq!(browser.promise(KEPT, Vec::new()).await, 1);

    // What is kept was changed: it does not count, and is replaced as soon as a server answers.
    let poison = "async () => {
        const cache = await caches.open('invigil-open-book');
        const [request] = await cache.keys();
        await cache.put(request, new Response((await (await cache.match(request)).text()).replace('CAISP', 'CAESP')));
    }";
    browser.promise(poison, Vec::new()).await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    server.kill();
    forget_answers(&browser).await;
    browser.goto(&server.address("/")).await;
    said_of_the_book(&browser, "What is there in its place is something else").await;
    candidate::admit_without_network(&browser, &server.codes[NAME], &server.release_code).await;
    browser.press("Yes, this is me").await;
    said_of_the_book(&browser, "The open book is not here yet").await;
    browser.click("#agree").await;
    browser.press("Continue").await;
    let checks =
        |words: &str| format!("return document.querySelector('.checks')?.innerText.includes({words:?}) === true");
    browser.until("the check of the book", &checks("the open book is not here yet")).await;
    server.restart();
    browser.press("Look again").await;
    browser.until("the book to be here", &checks("the open book is on this computer.")).await;
    candidate::start(&browser).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
}

/// The package of the link, as a file.
async fn package_of_the_link(browser: &Browser, server: &Server) -> Vec<u8> {
    browser.goto(&server.address("/verify")).await;
    let script =
        "address => fetch(address).then(answer => answer.arrayBuffer()).then(bytes => [...new Uint8Array(bytes)])";
    let address = format!("/api/v1/packages/{}", server.attempt_id(NAME));
    let bytes = browser.promise(script, vec![address.into()]).await;
    serde_json::from_value(bytes).unwrap()
}

#[tokio::test]
async fn beside_the_question_both_can_be_worked_with_and_on_a_narrow_page_the_book_lies_over_it() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
    let apart = "const book = document.querySelector('dialog.book').getBoundingClientRect();
        const page = [...document.querySelectorAll('main.exam, .exam-header')].map(e => e.getBoundingClientRect());
        return !document.querySelector('dialog.book').matches(':modal')
            && page.every(box => box.right <= book.left && box.width > 480)
            && document.documentElement.scrollWidth <= innerWidth";
    for width in [1120, 1280, 1920] {
        browser.resize(width, 900).await;
        browser.until(&format!("room for both at {width} px"), apart).await;
    }
    // Answered with the book open; Escape in the question leaves the book alone, in the book it closes it.
    candidate::answer(&browser, &["b".to_owned()]).await;
    type_text(&browser, &char::from(Key::Escape).to_string()).await;
    assert!(is_open(&browser).await);
    browser.press("Open book").await;
    browser.until("the way over to the book", "return document.activeElement.id === 'book-search'").await;
    type_text(&browser, "recall").await;
    // In a window that is made narrow it goes on where it was, over the page.
    browser.resize(640, 900).await;
    let over = "const book = document.querySelector('dialog.book');
        return book.matches(':modal') && book.querySelector('#book-search').value === 'recall'
            && document.activeElement.id === 'book-search'";
    browser.until("the book to lie over the page", over).await;
    // A clock that was put away stays away there.
    browser.click("dialog.book .timer button").await;
    assert_eq!(browser.text("dialog.book .timer-digits").await, "");
    type_text(&browser, &char::from(Key::Escape).to_string()).await;
    browser.until("the book to be closed", "return !document.querySelector('dialog.book').open").await;
    browser.press("Open book").await;
    browser.find("dialog.book .timer").await;
    assert_eq!(browser.text("dialog.book .timer-digits").await, "");
    browser.resize(1280, 900).await;
    browser.until("the book to stand beside the question again", apart).await;
    browser.click("#book-search").await;
    type_text(&browser, &char::from(Key::Escape).to_string()).await;
    let back = "return !document.querySelector('dialog.book').open && document.activeElement.matches('.book-button')";
    browser.until("the focus to be back on the button", back).await;
}

#[tokio::test]
async fn a_disk_that_fails_is_told_of_with_the_book_over_the_page() {
    let mut server = Server::start_exam_of(30);
    let browser = Browser::open().await;
    browser.resize(640, 900).await;
    candidate::enter(&browser, &server, NAME).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
    candidate::received(&browser).await;
    let fail = "const post = Worker.prototype.postMessage;
        window.full = true;
        Worker.prototype.postMessage = function (message) {
            if (full && String(message).includes('append')) throw new Error('the disk is full');
            return post.call(this, message);
        };
        dispatchEvent(new Event('blur'))";
    browser.client.execute(fail, Vec::new()).await.unwrap();
    let told = "return [...document.querySelectorAll('dialog.book [role=alert]')].some(e => e.textContent.includes('disk is full'))
        && document.querySelector('dialog.book .save-state').dataset.state === 'bad'";
    browser.until("the failure to be told in the book", told).await;
    nothing_is_wrong_with(&browser, "a disk that fails, with the book open").await;
    browser.resize(640, 900).await;
    browser.client.execute("full = false", Vec::new()).await.unwrap();
    let good = "return document.querySelector('dialog.book .save-state').dataset.state === 'good'";
    browser.until("all to be saved", good).await;
    // So is a time that is up by a clock which may have been set.
    server.kill();
    let ahead = "const honest = Date.now; Date.now = () => honest() + 2410 * 1000";
    browser.client.execute(ahead, Vec::new()).await.unwrap();
    let doubt = "return document.querySelector('dialog.book .in-doubt .alert') !== null";
    browser.until("the doubt to be told in the book", doubt).await;
}

#[tokio::test]
async fn pasting_into_the_search_is_no_sign() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    candidate::received(&browser).await;
    server.kill();
    browser.press("Open book").await;
    browser.find("#book-search").await;
    // With the server away, each line counts up what was not sent.
    let paste = "const data = new DataTransfer();
        data.setData('text/plain', 'membership inference');
        const event = kind => new (kind === 'drop' ? DragEvent : ClipboardEvent)(kind,
            {clipboardData: data, dataTransfer: data, bubbles: true, cancelable: true});
        const target = document.querySelector(arguments[0]);
        ['paste', 'drop'].forEach(kind => target.dispatchEvent(event(kind)))";
    browser.client.execute(paste, vec![".question".into()]).await.unwrap();
    let noted = "return /[1-9]/.test(document.querySelector('.save-state').innerText)";
    browser.until("what is pasted elsewhere to be noted", noted).await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let before = browser.text(".save-state").await;
    browser.client.execute(paste, vec!["#book-search".into()]).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(browser.text(".save-state").await, before);
}

#[tokio::test]
async fn the_documents_of_the_exam_are_in_the_book_and_found_like_its_entries() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
    let last = "return [...document.querySelectorAll('dialog details.part')].at(-1).innerText";
    let said = browser.client.execute(last, Vec::new()).await.unwrap();
    assert!(said.as_str().unwrap().starts_with("Documents of this exam ("), "{said}");
    browser.click("dialog details.part:last-of-type summary").await;
    let title = browser.text("dialog details.part:last-of-type .book-link").await;
    browser.click("dialog details.part:last-of-type .book-link").await;
    entry(&browser, &title).await;
    assert_eq!(browser.text(".book-entry .kicker").await, "Documents of this exam");
    let words = browser.text(".book-entry .stimulus-text").await;
    assert!(words.len() > 200, "{words}");
    nothing_is_wrong_with(&browser, "a document of the exam in the book").await;
    browser.type_into("#book-search", &title).await;
    let found = format!("return document.querySelector('.book-list .book-link')?.innerText === {title:?}");
    browser.until("the document to be found by its title", &found).await;
    // They are of this candidate's form: what the server gives to everybody has nothing of them.
    let public = "async () => {
        const [request] = await (await caches.open('invigil-open-book')).keys();
        return (await fetch(request)).text();
    }";
    let public = browser.promise(public, Vec::new()).await;
    let sentence: String = words.chars().take(60).collect();
    assert!(!public.as_str().unwrap().contains(&sentence), "{sentence}");
}

const ARABIC: &str = r#"
format = "invigil-open-book"
version = 1
book = "كتاب"
lang = "ar"
dir = "rtl"
id = "words"
title = "كلمات"

[[entry]]
id = "recall"
title = "الاستدعاء"
also = ["Recall"]
text = """
نسبة الحالات الإيجابية التي **وجدها** النموذج.

| الفئة | العدد |
|---|---|
| موجب | 3 |
"""
"#;

#[tokio::test]
async fn a_book_from_right_to_left_is_shown_so_and_has_no_fault() {
    let server = Server::start_with_book(ARABIC);
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
    browser.click("dialog details.part summary").await;
    nothing_is_wrong_with(&browser, "the contents of a book from right to left").await;
    browser.type_into("#book-search", "recall").await;
    browser.until("the entry", "return document.querySelector('ul.book-list .book-link')?.lang === 'ar'").await;
    nothing_is_wrong_with(&browser, "what was found in a book from right to left").await;
    browser.click("ul.book-list .book-link").await;
    browser.find("#book-entry").await;
    let shown =
        "const of = css => { const e = document.querySelector(css); return [e.lang, getComputedStyle(e).direction] };
        return [of('#book-entry'), of('.book-entry .stimulus-text'), of('#book-title'), of('.book-entry .quiet')]";
    let shown = browser.client.execute(shown, Vec::new()).await.unwrap();
    assert_eq!(shown, json!([["ar", "rtl"], ["ar", "rtl"], ["ar", "rtl"], ["", "ltr"]]));
    nothing_is_wrong_with(&browser, "an entry of a book from right to left").await;
    browser.show(Scheme::Light).await;
}

#[tokio::test]
async fn a_book_that_no_page_reads_is_called_a_book_and_not_a_bad_package() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    browser.click("details.part summary").await;
    let folder = tempfile::tempdir().unwrap();
    let head = r#"{"dir":"ltr","format":"invigil-open-book","lang":"en","sections":["#;
    let long = format!("{head}{}", " ".repeat(4 * 1024 * 1024));
    for (name, text, said) in [
        ("a.json", long.as_str(), "longer than 4 MiB"),
        ("b.json", head, "The file of the open book is damaged"),
        ("c.invigil-open-book", "rubbish", "The file of the open book is damaged"),
        ("d.invigil-package", "rubbish", "This file is not a package of an exam"),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        browser.find("#package-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
        candidate::told(&browser, said).await;
    }
}

#[tokio::test]
async fn a_rehearsal_has_the_book() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    rehearsal::begin(&browser).await;
    rehearsal::enter(&browser).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
    browser.type_into("#book-search", "recall").await;
    browser.find(".book-list .book-link").await;
}

#[tokio::test]
async fn whoever_goes_on_at_another_computer_has_the_book_there() {
    let server = Server::start();
    let broken = Browser::open().await;
    candidate::enter(&broken, &server, NAME).await;
    candidate::answer(&broken, &["b".to_owned()]).await;
    candidate::received(&broken).await;
    drop(broken);
    server.release(NAME);
    let next = Browser::open().await;
    next.goto(&server.address("/")).await;
    candidate::admit(&next, &server.codes[NAME]).await;
    assert_eq!(candidate::position(&next).await, 1);
    next.press("Open book").await;
    next.find("#book-search").await;
    assert_eq!(next.promise(KEPT, Vec::new()).await, 1);
}

#[tokio::test]
async fn when_the_time_is_up_with_the_book_over_the_page_the_answers_are_handed_in() {
    let server = Server::start_short_exam();
    let browser = Browser::open().await;
    browser.resize(640, 900).await;
    candidate::enter(&browser, &server, NAME).await;
    let responses = server.keys(NAME);
    candidate::answer(&browser, &responses[0]).await;
    browser.press("Open book").await;
    browser.find("#book-search").await;
    tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    browser.until("the result", "return document.querySelector('.bands') !== null").await;
    // Nothing of the dialog is left in the way.
    assert!(!browser.has("dialog[open]").await);
    let reached = "return document.elementFromPoint(320, 200).closest('main') !== null
        && getComputedStyle(document.body).paddingInlineEnd === '0px'";
    browser.until("the page to be reached", reached).await;
    assert_eq!(server.attempt(NAME)["raw_score"].as_u64(), Some(1));
}
