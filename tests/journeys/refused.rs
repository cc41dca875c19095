//! What a candidate gets who types rubbish or comes to the wrong computer.

use tests::{
    browser::Browser,
    candidate::{self, told},
    server::Server,
};

#[tokio::test]
async fn wrong_codes_are_told_apart_and_what_was_typed_stays() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    for (typed, words) in [
        ("", "you typed 0"),
        ("KD6T-V1GD", "you typed 8"),
        ("ЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖЖ", "does not occur in codes"),
        ("<script>alert(1)</script>", "“<”, does not occur in codes"),
    ] {
        candidate::admit(&browser, typed).await;
        told(&browser, words).await;
        let kept = "return document.querySelector('#admission-code').value === arguments[0]";
        assert_eq!(browser.client.execute(kept, vec![typed.into()]).await.unwrap(), true, "{typed:?} is gone");
    }
    // One letter exchanged: the check character tells.
    let code = &server.codes["Example"];
    let other = if code.starts_with('7') { '8' } else { '7' };
    candidate::admit(&browser, &format!("{other}{}", &code[1..])).await;
    told(&browser, "mistyped").await;
}

#[tokio::test]
async fn another_browser_cannot_take_a_running_exam() {
    let server = Server::start();
    let (first, second) = (Browser::open().await, Browser::open().await);
    candidate::enter(&first, &server, "Alex Sample").await;
    second.goto(&server.address("/")).await;
    candidate::admit(&second, &server.codes["Alex Sample"]).await;
    told(&second, "another computer or in another browser").await;
    // Nothing of the candidate stays on the wrong computer.
    second.client.refresh().await.unwrap();
    second.find("#admission-code").await;
    candidate::answer(&first, &["a".to_owned()]).await;
}

#[tokio::test]
async fn files_that_are_no_package_of_this_exam_body_are_told_apart() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    let get = "name => fetch(`/api/v1/packages/${name}`).then(answer => answer.arrayBuffer()).then(b => [...new Uint8Array(b)])";
    let package = browser.promise(get, vec![server.attempt_id("Example").into()]).await;
    let package: Vec<u8> = serde_json::from_value(package).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("exam.invigil-package");
    browser.click("details summary").await;
    let text = String::from_utf8_lossy(&package).into_owned();
    let (first_line, sealed) = text.split_once('\n').unwrap();
    let changed = |from: &str, to: &str| {
        assert!(first_line.contains(from), "{first_line}");
        let mut bytes = package.clone();
        let at = first_line.find(from).unwrap();
        bytes[at..at + from.len()].copy_from_slice(to.as_bytes());
        bytes
    };
    assert!(sealed.starts_with("age-encryption.org/v1"));
    let mut flipped = package.clone();
    *flipped.last_mut().unwrap() ^= 1;
    for (bytes, words) in [
        (b"hello".to_vec(), "not a package"),
        (package[..package.len() / 2].to_vec(), "incomplete"),
        (flipped, "changed or damaged"),
        (changed(r#""scheme":"caisp""#, r#""scheme":"cbisp""#), "changed or damaged"),
        (changed(r#""version":4"#, r#""version":9"#), "newer version"),
    ] {
        std::fs::write(&file, &bytes).unwrap();
        browser.find("#package-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
        told(&browser, words).await;
        assert!(!browser.has(".package").await, "{words}");
    }
    std::fs::write(&file, &package).unwrap();
    browser.find("#package-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
    browser.find(".package").await;
}

#[tokio::test]
async fn what_is_not_on_the_disk_yet_is_not_called_saved_while_the_server_refuses() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    candidate::received(&browser).await;
    server.release("Alex Sample");
    candidate::answer(&browser, &["a".to_owned()]).await;
    browser.until("the refusal", "return document.querySelector('.save-state').dataset.state === 'bad'").await;
    let watch = "const state = document.querySelector('.save-state');
        const alert = state.nextElementSibling;
        window.seen = [];
        window.readOut = 0;
        const now = () => [state.dataset.state, document.querySelector(\".chosen input[value='b']\") !== null];
        new MutationObserver(() => seen.push(now())).observe(state, {attributes: true});
        new MutationObserver(changes => readOut += changes.length)
            .observe(alert, {childList: true, characterData: true, subtree: true});";
    browser.client.execute(watch, Vec::new()).await.unwrap();
    candidate::answer(&browser, &["b".to_owned()]).await;
    let seen = browser.client.execute("return [seen, readOut]", Vec::new()).await.unwrap();
    assert_eq!(seen[0][0], serde_json::json!(["saving", false]), "{seen}");
    assert_eq!(seen[1], 0, "the refusal is read out again: {seen}");
    assert!(browser.text(".save-state").await.contains("the server refuses it"));
}

#[tokio::test]
async fn whoever_goes_elsewhere_while_the_server_is_asked_meets_no_crash() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id("Alex Sample")))).await;
    browser.find(".package").await;
    // A server that does not answer, until it is away for good.
    let stall = "const fetch = window.fetch;
        window.fetch = request => request.url.endsWith('/attempts/admit')
            ? new Promise((_, fail) => window.give_up = () => fail(new TypeError('away')))
            : fetch(request);";
    browser.client.execute(stall, Vec::new()).await.unwrap();
    candidate::admit(&browser, &server.codes["Alex Sample"]).await;
    browser.press("Try this computer out").await;
    candidate::heading(&browser, "Rehearsal").await;
    browser.client.execute("give_up()", Vec::new()).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert!(!browser.has(".crashed").await, "{}", browser.text("body").await);
    browser.press("Back").await;
    browser.find("#admission-code").await;
}
