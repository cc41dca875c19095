//! axe-core on every page, light and dark, wide and narrow.

use tests::{
    browser::{Browser, Scheme},
    candidate,
    server::Server,
};

pub(crate) async fn nothing_is_wrong_with(browser: &Browser, page: &str) {
    for scheme in [Scheme::Light, Scheme::Dark] {
        browser.show(scheme).await;
        for width in [1280, 320] {
            browser.resize(width, 900).await;
            // Colours change over 120 ms.
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
            let faults = browser.axe().await;
            assert!(faults.is_empty(), "{page}, {scheme:?}, {width} px: {faults:#?}");
            // A dialog scrolls by itself, and what overflows it does not show in the page.
            let wide = "return [document.documentElement, ...document.querySelectorAll('dialog[open]')]
                .filter(box => box.scrollWidth > box.clientWidth)
                .map(box => `${box.tagName} ${box.className}: ${box.scrollWidth} in ${box.clientWidth}`)";
            let wide = browser.client.execute(wide, Vec::new()).await.unwrap();
            assert_eq!(wide, serde_json::json!([]), "{page} must be scrolled sideways at {width} px");
        }
    }
    browser.resize(1280, 900).await;
}

#[tokio::test]
async fn no_page_of_the_candidate_has_a_fault() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    nothing_is_wrong_with(&browser, "code").await;
    candidate::admit(&browser, "0000").await;
    browser.find(".alert").await;
    nothing_is_wrong_with(&browser, "code with a fault").await;
    candidate::admit(&browser, &server.codes["Alex Sample"]).await;
    browser.find(".facts").await;
    nothing_is_wrong_with(&browser, "identity").await;
    browser.press("Yes, this is me").await;
    browser.find("#agree").await;
    nothing_is_wrong_with(&browser, "rules").await;
    browser.click("#agree").await;
    browser.press("Continue").await;
    browser.find(".checks .good").await;
    nothing_is_wrong_with(&browser, "readiness").await;
    candidate::start(&browser).await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    browser.press("Mark for review").await;
    nothing_is_wrong_with(&browser, "question").await;
    a_warning_stays_in_sight(&browser).await;
    // A scenario, and a question with several answers.
    for kind in [".stimulus", ".choice-row input[type=checkbox]"] {
        let mut seen = false;
        for _ in 0..80 {
            seen = browser.has(kind).await;
            if seen || browser.has(".review").await {
                break;
            }
            candidate::next(&browser).await;
        }
        if seen {
            nothing_is_wrong_with(&browser, kind).await;
        }
    }
    browser.press("Codes from the proctor").await;
    browser.find("#grant").await;
    nothing_is_wrong_with(&browser, "codes").await;
    browser.type_into("#grant", server.sheet("Alex Sample")["pauses"][0].as_str().unwrap()).await;
    browser.press("Continue").await;
    browser.find(".confirm").await;
    nothing_is_wrong_with(&browser, "what a code does").await;
    browser.press("Use this code").await;
    browser.find(".break-left").await;
    nothing_is_wrong_with(&browser, "break").await;
    browser.press("Check in with the proctor").await;
    browser.find("#challenge").await;
    nothing_is_wrong_with(&browser, "check-in").await;
    browser.type_into("#challenge", server.sheet("Alex Sample")["challenges"][0].as_str().unwrap()).await;
    browser.press("Continue").await;
    browser.find(".qr").await;
    nothing_is_wrong_with(&browser, "state of the journal").await;
    browser.press("It has been written down").await;
    browser.press("Go on with the exam").await;
    browser.click(".navigator summary").await;
    nothing_is_wrong_with(&browser, "navigator").await;
    browser.press("To the review").await;
    browser.find(".review").await;
    nothing_is_wrong_with(&browser, "review").await;
    browser.press("Hand in").await;
    browser.find(".confirm").await;
    nothing_is_wrong_with(&browser, "confirmation").await;
    browser.press("Yes, hand in").await;
    browser.find(".bands").await;
    nothing_is_wrong_with(&browser, "result").await;
}

/// On a page zoomed to twice its size, wherever it was scrolled to.
async fn a_warning_stays_in_sight(browser: &Browser) {
    browser.resize(640, 450).await;
    let look = "const state = document.querySelector('.save-state');
        const before = state.dataset.state;
        state.dataset.state = 'bad';
        window.scrollTo(0, document.body.scrollHeight);
        const {top, bottom} = state.getBoundingClientRect();
        state.dataset.state = before;
        const scrolled = window.scrollY > 0;
        window.scrollTo(0, 0);
        return scrolled && top >= 0 && bottom <= window.innerHeight";
    assert_eq!(browser.client.execute(look, Vec::new()).await.unwrap(), true);
    browser.resize(1280, 900).await;
}

#[tokio::test]
async fn no_page_of_a_sitting_without_a_network_has_a_fault() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id("Alex Sample")))).await;
    browser.find(".package").await;
    browser.click("details summary").await;
    nothing_is_wrong_with(&browser, "code with a package").await;
    server.kill();
    candidate::admit(&browser, &server.codes["Alex Sample"]).await;
    browser.find("#release-code").await;
    nothing_is_wrong_with(&browser, "both codes").await;
    browser.click("#moving").await;
    candidate::type_codes(&browser, &server.codes["Alex Sample"], &server.release_code).await;
    browser.find("#move-code").await;
    nothing_is_wrong_with(&browser, "moving").await;
    browser.press("Back").await;
    candidate::admit_without_network(&browser, &server.codes["Alex Sample"], &server.release_code).await;
    candidate::begin(&browser).await;
    nothing_is_wrong_with(&browser, "question without a network").await;
    candidate::to_review(&browser).await;
    candidate::confirm_hand_in(&browser).await;
    browser.find(".qr").await;
    browser.click("details summary").await;
    nothing_is_wrong_with(&browser, "handed in").await;
}

#[tokio::test]
async fn the_verification_page_has_no_fault() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/verify")).await;
    browser.until("the issuers to be known", "return document.body.innerText.includes('Trusted here:')").await;
    nothing_is_wrong_with(&browser, "verify").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rubbish.json");
    std::fs::write(&file, "{").unwrap();
    browser.find("#file").await.send_keys(file.to_str().unwrap()).await.unwrap();
    browser.find(".report").await;
    browser.press("Look up").await;
    browser.find(".alert").await;
    nothing_is_wrong_with(&browser, "verify with faults").await;
    // Signed by a key of another data directory: its long name is told.
    let samples = folder.path().join("samples");
    server.write_samples(&samples);
    browser.find("#file").await.send_keys(samples.join("certificate.json").to_str().unwrap()).await.unwrap();
    browser.until("the key to be told", "return document.querySelector('.report').innerText.includes('#z6M')").await;
    nothing_is_wrong_with(&browser, "verify with an unknown key").await;
}
