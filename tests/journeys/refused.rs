//! What a candidate gets who types rubbish or comes to the wrong computer.

use tests::{browser::Browser, candidate, server::Server};

async fn told(browser: &Browser, words: &str) {
    let script = format!("return [...document.querySelectorAll('.alert')].some(p => p.innerText.includes({words:?}))");
    browser.until(&format!("«{words}»"), &script).await;
}

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
