//! A sitting that requires Safe Exam Browser. Chromium plays it: it shows the page what Safe Exam Browser shows to pages, with
//! the key of the settings file that was written.

use serde_json::{Value, json};
use signing::digest::sha256_hex;
use tests::{
    browser::Browser,
    candidate::{self, told},
    server::Server,
};

/// Requires Safe Exam Browser; the Config Key of the file.
fn require(server: &Server, sitting: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exam.seb");
    let printed = server.office("seb", sitting, &["--out", file.to_str().unwrap()]);
    let key = printed.lines().find_map(|line| line.strip_prefix("Config Key ")).unwrap().to_owned();
    let settings = std::fs::read(file).unwrap();
    assert!(settings.starts_with(&[0x1f, 0x8b]), "a .seb file is compressed");
    key
}

/// From the next page on, the browser shows pages at this address the hash of this key.
async fn plays_safe_exam_browser(browser: &Browser, address: &str, key: &str) {
    let hash = sha256_hex(format!("{address}{key}").as_bytes());
    let security = json!({"configKey": hash, "browserExamKey": "0".repeat(64)});
    let source = format!("window.SafeExamBrowser = {{version: 'test', security: {security}}}");
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": source})).await;
}

#[tokio::test]
async fn only_the_settings_of_the_sitting_let_a_candidate_start_and_send() {
    let server = Server::start();
    let sitting = server.sitting_of("Alex Sample");
    let key = require(&server, &sitting);

    let other = Browser::open().await;
    other.goto(&server.address("/")).await;
    candidate::admit(&other, &server.codes["Alex Sample"]).await;
    candidate::to_start(&other).await;
    other.press("Start the exam").await;
    told(&other, "Safe Exam Browser").await;
    assert!(!other.has(".question").await);
    drop(other);

    let foreign = Browser::open().await;
    plays_safe_exam_browser(&foreign, &server.address("/"), &"0".repeat(64)).await;
    foreign.goto(&server.address("/")).await;
    candidate::admit(&foreign, &server.codes["Alex Sample"]).await;
    candidate::to_start(&foreign).await;
    foreign.press("Start the exam").await;
    told(&foreign, "Safe Exam Browser").await;
    drop(foreign);

    assert_eq!(server.attempt("Alex Sample")["started_at"], Value::Null, "nothing was started");
    let browser = Browser::open().await;
    plays_safe_exam_browser(&browser, &server.address("/"), &key).await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::answer(&browser, &["b".to_owned()]).await;
    candidate::received(&browser).await;

    // Other settings are required meanwhile: what is written stays here and says so, and goes out once they fit again.
    server.office("seb", &sitting, &["--out", "/dev/null", "--quit-password", "enough"]);
    candidate::next(&browser).await;
    let refused = "return document.querySelector('.save-state').innerText.includes('sat in Safe Exam Browser')";
    browser.until("the refusal", refused).await;
    candidate::answer(&browser, &["a".to_owned()]).await;
    server.office("seb", &sitting, &["--any"]);
    // What was refused is sent again within a minute, or when the network is back.
    browser.client.execute("window.dispatchEvent(new Event('online'))", Vec::new()).await.unwrap();
    candidate::received(&browser).await;
}
