//! Response files handed in at the office's page, and what can be checked of them afterwards.

use std::{fs, path::Path};

use server::scripted_device::ScriptedDevice;
use sitting::Package;
use tests::{
    browser::{Browser, Scheme},
    server::Server,
};

/// A package's bytes, as the link that a candidate gets brings them.
async fn package(browser: &Browser, server: &Server, name: &str) -> Vec<u8> {
    let address = server.address(&format!("/api/v1/packages/{}", server.attempt_id(name)));
    let fetch = "async address => Array.from(new Uint8Array(await (await fetch(address)).arrayBuffer()))";
    let bytes = browser.promise(fetch, vec![address.into()]).await;
    bytes.as_array().unwrap().iter().map(|byte| u8::try_from(byte.as_u64().unwrap()).unwrap()).collect()
}

/// Gives a file field these files at once.
async fn choose(browser: &Browser, field: &str, files: &[&Path]) {
    let names: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
    browser.find(field).await.send_keys(&names.join("\n")).await.unwrap();
}

/// Says nothing is wrong with the page, wide and narrow, light and dark.
async fn without_a_fault(browser: &Browser) {
    for (width, scheme) in [(1280, Scheme::Light), (320, Scheme::Dark)] {
        browser.resize(width, 900).await;
        browser.show(scheme).await;
        assert_eq!(browser.axe().await, [""; 0]);
        let wide = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth";
        browser.until("the page to fit", wide).await;
    }
    browser.resize(1280, 900).await;
}

#[tokio::test]
async fn files_are_handed_in_all_at_once_and_checked_against_receipt_and_acknowledgement() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/office")).await;
    browser.find("#responses").await;
    without_a_fault(&browser).await;
    let name = "Alex Sample";
    let sealed = Package::read(&package(&browser, &server, name).await).unwrap();
    let mut device =
        ScriptedDevice::open(&sealed, &server.release_code, &server.codes[name], 1_795_000_000_000).unwrap();
    device.sit().unwrap();
    let (response, receipt) = device.hand_over().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &[u8]| {
        let file = folder.path().join(name);
        fs::write(&file, content).unwrap();
        file
    };
    let response = response.write().unwrap();
    let (good, half) = (write("good.invigil-response", &response), write("half.invigil-response", &response[..9_000]));
    let again = write("again.invigil-response", &device.hand_over().unwrap().0.write().unwrap());
    let other = write("holiday.jpg", b"\xff\xd8\xff\xe0 not of an exam");

    choose(&browser, "#responses", &[&good, &half, &other]).await;
    let summary = |words: &str| format!("return document.querySelector('.collect-summary')?.innerText === {words:?}");
    browser.until("the files", &summary("1 of 3 files are in, 2 were refused.")).await;
    assert_eq!(browser.text(".collected tr.good td").await, "Taken.");
    let refused = browser.text(".collected").await;
    assert!(refused.contains("incomplete") || refused.contains("damaged"), "{refused}");
    assert!(refused.contains("no response file"), "{refused}");
    choose(&browser, "#responses", &[&again]).await;
    browser.until("the same again", &summary("2 of 4 files are in, 2 were refused.")).await;
    assert!(browser.text(".collected").await.contains("Was in already."));
    assert_eq!(server.attempt(name)["state"], "submitted");
    without_a_fault(&browser).await;
    browser.press("Save the acknowledgements").await;
    let acknowledgements = browser.download("acknowledgements.jsonl").await;
    let first = String::from_utf8(acknowledgements).unwrap().lines().next().unwrap().to_owned();

    browser.goto(&server.address("/verify")).await;
    let receipt = write("receipt.json", &serde_json::to_vec(&receipt).unwrap());
    let acknowledged = write("acknowledgement.json", first.as_bytes());
    browser.find("#file").await;
    browser.until("the keys", "return document.querySelector('.aside')?.innerText.includes('Trusted here')").await;
    choose(&browser, "#file", &[&receipt, &acknowledged, &good]).await;
    browser.find(".verdict.good").await;
    let report = browser.text(".report").await;
    assert!(report.contains("holds exactly what was handed in") && report.contains("line for line"), "{report}");
    without_a_fault(&browser).await;
    assert_eq!(
        browser.text(".checked-files").await,
        "Checked: receipt.json, acknowledgement.json, good.invigil-response"
    );
    // A file that is read slowly says nothing any more once others were chosen.
    let slow = "const read = Blob.prototype.arrayBuffer;
        let first = true;
        Blob.prototype.arrayBuffer = async function () {
            if (first) {
                first = false;
                await new Promise(go => setTimeout(go, 1500));
                window.wasRead = true;
            }
            return read.call(this);
        }";
    browser.client.execute(slow, Vec::new()).await.unwrap();
    choose(&browser, "#file", &[&other]).await;
    choose(&browser, "#file", &[&receipt]).await;
    browser.until("the slow file", "return window.wasRead === true").await;
    browser.until("the report", "return document.querySelector('.checked-files') !== null").await;
    assert_eq!(browser.text(".checked-files").await, "Checked: receipt.json");
    // One number changed in what the exam body signed.
    let forged = write("forged.json", first.replacen("\"count\":", "\"count\":1", 1).as_bytes());
    choose(&browser, "#file", &[&receipt, &forged]).await;
    browser.find(".verdict.bad").await;
    assert!(browser.text(".report").await.contains("changed after it was signed"));
}

#[tokio::test]
async fn an_acknowledgement_that_is_brought_lets_a_computer_without_a_network_forget_the_exam() {
    let mut server = Server::start();
    let browser = Browser::open().await;
    let name = "Alex Sample";
    tests::candidate::enter(&browser, &server, name).await;
    tests::candidate::answer(&browser, &["b".to_owned()]).await;
    server.kill();
    let review = "document.querySelector('.navigator').open = true";
    browser.client.execute(review, Vec::new()).await.unwrap();
    browser.press("To the review").await;
    browser.press("Hand in").await;
    browser.press("Yes, hand in").await;
    browser.press("Save the response file").await;
    let file = browser.download(".invigil-response").await;
    let folder = tempfile::tempdir().unwrap();
    let response = folder.path().join("r.invigil-response");
    fs::write(&response, file).unwrap();
    // Collected where the data lies, while the candidate's computer reaches no server.
    let collected = server.collect(&response);
    let acknowledgement = folder.path().join("acknowledgement.json");
    fs::write(&acknowledgement, collected["acknowledgement"].to_string()).unwrap();
    browser
        .client
        .execute("document.querySelectorAll('details').forEach(d => d.open = true)", Vec::new())
        .await
        .unwrap();
    choose(&browser, "#acknowledgement", &[&acknowledgement]).await;
    browser.until("the records", "return document.body.innerText.includes('Save the acknowledgement')").await;
    browser.goto("about:blank").await;
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    assert!(!browser.has(".question").await, "nothing of the exam is left");
}
