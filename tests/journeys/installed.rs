//! The installed app: it opens without a network, as one build, and a new one is taken up between attempts only.

use serde_json::{Value, json};
use tests::{browser::Browser, candidate, pages::Pages, server::Server};

const OLD_TITLE: &str = "Exam – Invigil";
const NEW_TITLE: &str = "Exam, next – Invigil";

/// What is served next: another page, and another file under a name that stays the same.
fn next_build() -> Pages {
    let pages = Pages::copy();
    pages.change("index.html", OLD_TITLE, NEW_TITLE);
    pages.change("worker_loader.js", "import init", "/* next */ import init");
    pages.name_anew();
    pages
}

/// Opens the app and waits until its service worker holds the page.
async fn open_and_keep(browser: &Browser, server: &Server) {
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
}

/// Has the browser look for another version, and waits until that is kept or given up; the state that it ends in.
async fn next_version(browser: &Browser) -> Value {
    let look = "async () => {
        const registration = await navigator.serviceWorker.getRegistration();
        const found = new Promise(go => registration.addEventListener('updatefound', () => go(registration.installing)));
        await registration.update();
        const version = await found;
        while (version.state === 'installing') await new Promise(go => setTimeout(go, 20));
        return version.state;
    }";
    browser.promise(look, Vec::new()).await
}

/// The builds that are kept, by the names of their caches.
async fn kept(browser: &Browser) -> Vec<String> {
    let names: Vec<String> = serde_json::from_value(browser.promise("() => caches.keys()", Vec::new()).await).unwrap();
    names.into_iter().filter(|name| name.starts_with("invigil-candidate-")).collect()
}

fn cache(pages: &Pages) -> String {
    format!("invigil-candidate-{}", pages.name())
}

/// How many files of the page that is open come to it as this build has them; every one, or this fails.
async fn files_are_of(browser: &Browser, cache: &str) -> u64 {
    let compare = "async name => {
        const cache = await caches.open(name);
        const text = async response => new TextDecoder('latin1').decode(await response.arrayBuffer());
        let same = 0;
        for (const {url} of await cache.keys()) {
            if (new URL(url).pathname === '/') continue;
            if (await text(await fetch(url)) !== await text(await cache.match(url))) return url;
            same += 1;
        }
        return same;
    }";
    let same = browser.promise(compare, vec![cache.into()]).await;
    same.as_u64().unwrap_or_else(|| panic!("of another build: {same}"))
}

async fn title(browser: &Browser) -> String {
    browser.client.title().await.unwrap()
}

#[expect(clippy::print_stdout, reason = "a figure is told, not asserted")]
#[tokio::test]
async fn the_app_can_be_installed_and_opens_with_the_server_gone() {
    let mut server = Server::start();
    let mut browser = Browser::open().await;
    open_and_keep(&browser, &server).await;
    let manifest = browser.devtools("Page.getAppManifest", json!({})).await;
    assert_eq!(manifest["errors"], json!([]), "{manifest}");
    assert!(manifest["url"].as_str().unwrap().ends_with("/app/candidate/manifest.webmanifest"), "{manifest}");
    let faults = browser.devtools("Page.getInstallabilityErrors", json!({})).await;
    assert_eq!(faults["installabilityErrors"], json!([]));

    server.kill();
    browser.kill_and_reopen().await;
    let watch = "new MutationObserver(() => {
        if (!window.readyAt && document.querySelector('#admission-code')) window.readyAt = performance.now();
    }).observe(document, {childList: true, subtree: true})";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await;
    browser.goto(&server.address("/?from=home-screen")).await;
    browser.find("#admission-code").await;
    let ready = browser.client.execute("return window.readyAt", Vec::new()).await.unwrap();
    println!("cold start without a network: {:.0} ms", ready.as_f64().unwrap());
    // The page from the cache is held to the policy that the server sent with it.
    let inline = "const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.head.append(script);
        return window.ran === undefined";
    assert_eq!(browser.client.execute(inline, Vec::new()).await.unwrap(), true);
    // Nothing but the app is kept.
    let elsewhere = "async () => {
        const answers = ['/api/v1/health', '/verify', '/sw.js', '/app/verify/index.html'].map(path => fetch(path));
        return (await Promise.allSettled(answers)).map(answer => answer.status);
    }";
    assert_eq!(browser.promise(elsewhere, Vec::new()).await, json!(["rejected", "rejected", "rejected", "rejected"]));
    candidate::admit(&browser, &server.codes["Alex Sample"]).await;
    browser.until("the notice", "return document.querySelector('.alert').innerText !== ''").await;
}

/// What the readiness check asks: the build that is kept whole.
async fn held(browser: &Browser) -> Value {
    let ask = "async () => {
        const {active} = await navigator.serviceWorker.ready;
        const {port1, port2} = new MessageChannel();
        const answer = new Promise(go => port1.onmessage = message => go(message.data));
        active.postMessage({type: 'held'}, [port2]);
        return answer;
    }";
    browser.promise(ask, Vec::new()).await
}

#[tokio::test]
async fn a_file_that_was_lost_is_fetched_again_or_the_app_does_not_count_as_kept() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    open_and_keep(&browser, &server).await;
    let build = Pages::copy().name();
    assert_eq!(held(&browser).await, build);
    let lose = "async name => (await caches.open(name)).delete('/app/candidate/worker_bg.wasm')";
    for server_is_there in [true, false] {
        if !server_is_there {
            server.kill();
        }
        let cache = format!("invigil-candidate-{build}");
        assert_eq!(browser.promise(lose, vec![cache.into()]).await, true);
        assert_eq!(held(&browser).await, if server_is_there { json!(build) } else { Value::Null });
    }
}

#[tokio::test]
async fn a_part_of_the_program_that_does_not_load_is_told_at_once() {
    let pages = Pages::copy();
    pages.change("worker_loader.js", "import init", "import nothing");
    pages.change("worker_loader.js", "await init()", "nothing.at.all");
    pages.name_anew();
    let mut server = Server::start();
    server.serve_pages(&pages.path());
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    candidate::heading(&browser, "The page was not loaded completely").await;
    assert!(browser.text(".detail").await.contains("TypeError"), "{}", browser.text(".detail").await);
}

#[tokio::test]
async fn a_file_of_the_build_in_use_is_never_replaced_by_one_of_another() {
    let (old, new) = (Pages::copy(), next_build());
    let mut server = Server::start();
    let mut browser = Browser::open().await;
    open_and_keep(&browser, &server).await;
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id("Alex Sample")))).await;
    browser.find(".package").await;
    server.serve_pages(&new.path());
    assert_eq!(next_version(&browser).await, "installed");
    // Now the new one is the active one, and the old one goes on being used.
    browser.kill_and_reopen().await;
    browser.goto(&server.address("/")).await;
    browser.find(".package").await;
    assert_eq!(title(&browser).await, OLD_TITLE);
    let lose = "async name => (await caches.open(name)).delete('/app/candidate/worker_loader.js')";
    assert_eq!(browser.promise(lose, vec![cache(&old).into()]).await, true);
    let loader = "async () => fetch('/app/candidate/worker_loader.js').then(answer => answer.text(), () => 'none')";
    assert_eq!(browser.promise(loader, Vec::new()).await, "none");
}

#[tokio::test]
async fn a_new_version_waits_for_the_next_opening() {
    let (old, new) = (Pages::copy(), next_build());
    let mut server = Server::start();
    let browser = Browser::open().await;
    open_and_keep(&browser, &server).await;
    server.serve_pages(&new.path());
    assert_eq!(next_version(&browser).await, "installed");
    assert_eq!(kept(&browser).await.len(), 2);
    // The server has the new one's files now; the open page still gets its own.
    assert!(files_are_of(&browser, &cache(&old)).await > 20);
    assert_eq!(title(&browser).await, OLD_TITLE);

    browser.client.refresh().await.unwrap();
    new_version_is_in_use(&browser, &new).await;
    // And it stays.
    browser.client.refresh().await.unwrap();
    browser.find("#admission-code").await;
    assert_eq!(title(&browser).await, NEW_TITLE);
}

/// Waits until this version shows its page, all of it and nothing of another.
async fn new_version_is_in_use(browser: &Browser, new: &Pages) {
    browser.until("the new version", &format!("return document.title === {NEW_TITLE:?}")).await;
    browser.find("#admission-code").await;
    assert_eq!(kept(browser).await, [cache(new)], "the old one is gone");
    assert!(files_are_of(browser, &cache(new)).await > 20);
}

#[tokio::test]
async fn a_new_version_is_taken_up_after_the_browser_was_closed() {
    let new = next_build();
    let mut server = Server::start();
    let mut browser = Browser::open().await;
    open_and_keep(&browser, &server).await;
    server.serve_pages(&new.path());
    assert_eq!(next_version(&browser).await, "installed");
    server.kill();
    browser.kill_and_reopen().await;
    browser.goto(&server.address("/")).await;
    browser.until("the new version", &format!("return document.title === {NEW_TITLE:?}")).await;
    browser.find("#admission-code").await;
}

#[tokio::test]
async fn an_exam_ends_in_the_version_in_which_it_began() {
    let (old, new) = (Pages::copy(), next_build());
    let mut server = Server::start();
    let mut browser = Browser::open().await;
    open_and_keep(&browser, &server).await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    server.serve_pages(&new.path());
    assert_eq!(next_version(&browser).await, "installed");
    for closed in [false, true, true] {
        if closed {
            browser.kill_and_reopen().await;
            browser.goto(&server.address("/")).await;
        } else {
            browser.client.refresh().await.unwrap();
        }
        assert_eq!(candidate::position(&browser).await, 1);
        candidate::saved(&browser, &["b".to_owned()]).await;
        assert_eq!(title(&browser).await, OLD_TITLE);
        assert!(files_are_of(&browser, &cache(&old)).await > 20);
    }
}

#[tokio::test]
async fn a_file_that_is_not_of_the_build_keeps_the_new_version_out() {
    let (old, tampered) = (Pages::copy(), next_build());
    tampered.change("worker_loader.js", "next", "other");
    let mut server = Server::start();
    let browser = Browser::open().await;
    open_and_keep(&browser, &server).await;
    server.serve_pages(&tampered.path());
    assert_eq!(next_version(&browser).await, "redundant");
    assert_eq!(kept(&browser).await, [cache(&old)]);
    browser.client.refresh().await.unwrap();
    browser.find("#admission-code").await;
    assert_eq!(title(&browser).await, OLD_TITLE);
    assert!(files_are_of(&browser, &cache(&old)).await > 20);
}
