//! Practising with public questions: by whom an exam is prepared for, at home, with a network or without one.

use serde_json::{Value, json};
use tests::{
    browser::{Browser, Scheme},
    candidate::{heading, told},
    server::Server,
};

use crate::{
    accessible::nothing_is_wrong_with,
    keyboard::{press, tab_to, type_text},
};

const TITLE: &str = "CAISP practice set";

/// Opens the practice page.
async fn open(browser: &Browser, server: &Server) {
    browser.goto(&server.address("/practice")).await;
    heading(browser, TITLE).await;
}

/// The document that the page shows.
async fn document(browser: &Browser) -> Value {
    browser.promise("() => fetch('/api/v1/practice-set').then(answer => answer.json())", Vec::new()).await
}

/// The places of the questions of a kind, from 0.
fn of_kind(set: &Value, kind: &str) -> Vec<usize> {
    let items = set["form"]["items"].as_array().unwrap().iter().enumerate();
    items.filter(|(_, item)| item["interaction"]["type"] == kind).map(|(at, _)| at).collect()
}

async fn go_to(browser: &Browser, at: usize) {
    browser.client.execute(&format!("location.hash = 'q{:02}'", at + 1), Vec::new()).await.unwrap();
    heading(browser, &format!("Question {} of 40", at + 1)).await;
}

async fn to_list(browser: &Browser) {
    browser.client.execute("location.hash = 'all'", Vec::new()).await.unwrap();
    heading(browser, TITLE).await;
}

/// Has the answer checked; what is then said of it.
async fn check(browser: &Browser) -> String {
    browser.press("Check answer").await;
    browser.find(".feedback").await;
    browser.text("[role=status] .outcome").await
}

async fn state(browser: &Browser, at: usize) -> String {
    let script = "return document.querySelector(`li:has(a[href='#${arguments[0]}']) .practice-state`).innerText";
    let name = format!("q{:02}", at + 1);
    browser.client.execute(script, vec![name.into()]).await.unwrap().as_str().unwrap().to_owned()
}

/// Answers the question that is shown by its own controls, as the key says.
async fn answer_rightly(browser: &Browser, interaction: &Value, key: &Value) {
    let script = "const [interaction, key] = arguments;
        const set = (field, value) => {
            field.value = value;
            field.dispatchEvent(new Event(field.matches('select') ? 'change' : 'input', {bubbles: true}));
        };
        const gaps = () => [...document.querySelectorAll('.gap-text .gap')];
        switch (interaction.type) {
            case 'single_choice': case 'multiple_response': case 'hotspot':
                key.forEach(label => document.querySelector(`.choice-row input[value='${label}']`).click());
                break;
            case 'match':
                key.pairs.forEach(pair => document.querySelector(`input[value='${pair.join('-')}']`).click());
                break;
            case 'cloze':
                interaction.gaps.forEach((gap, at) => set(gaps()[at], key.gaps[gap.id]));
                break;
            case 'gap_match':
                interaction.gaps.forEach((gap, at) => set(gaps()[at], key.gaps[gap]));
                break;
            case 'extended_text':
                set(document.querySelector('.extended-text textarea'), 'What I think of it.');
                break;
            case 'order':
                return document.querySelector('.order-open button') !== null;
        }
        return true";
    let done = browser.client.execute(script, vec![interaction.clone(), key.clone()]).await.unwrap();
    assert_eq!(done, true, "{interaction}");
    if interaction["type"] == "order" {
        let key: Vec<String> = serde_json::from_value(key["order"].clone()).unwrap();
        let mut now: Vec<String> =
            interaction["choices"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
        for (place, label) in key.iter().enumerate() {
            while let Some(at) = now.iter().position(|other| other == label).filter(|&at| at > place) {
                browser.click(&format!("[id$='-{label}-up']")).await;
                now.swap(at, at - 1);
            }
        }
    }
}

#[tokio::test]
async fn one_wrong_and_one_right_answer_stay_with_their_reasons_also_without_a_network() {
    let mut server = Server::start();
    let mut browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.find("a[href='/practice']").await.click().await.unwrap();
    heading(&browser, TITLE).await;
    assert_eq!(browser.client.title().await.unwrap(), "Practise – Invigil");
    assert_eq!(browser.text(".practice-count").await, "0 of 40 tried: 0 right, 0 wrong.");
    let set = document(&browser).await;
    let single = of_kind(&set, "single_choice");
    let (wrong, right, third) = (single[0], single[1], single[2]);
    let key = |at: usize| set["answers"][at]["key"][0].as_str().unwrap().to_owned();

    browser.click(&format!("a[href='#q{:02}']", wrong + 1)).await;
    heading(&browser, &format!("Question {} of 40", wrong + 1)).await;
    browser.press("Check answer").await;
    told(&browser, "There is no answer to check yet").await;
    let other = ["a", "b", "c"].into_iter().find(|label| *label != key(wrong)).unwrap();
    browser.click(&format!(".choice-row:has(input[value='{other}'])")).await;
    assert_eq!(check(&browser).await, "Wrong.");
    let read = browser.text(".feedback").await;
    for reason in set["answers"][wrong]["because"].as_array().unwrap() {
        assert!(read.contains(reason["text"].as_str().unwrap()), "{reason} is not in {read}");
    }
    assert!(read.contains(set["answers"][wrong]["references"][0]["locator"].as_str().unwrap()), "{read}");
    assert!(read.contains("Right answer") && read.contains("Your answer"), "{read}");
    // What was checked cannot be changed without saying so.
    assert!(browser.has(".choice-row input:disabled").await);

    go_to(&browser, right).await;
    browser.click(&format!(".choice-row:has(input[value='{}'])", key(right))).await;
    assert_eq!(check(&browser).await, "Right.");
    browser.client.refresh().await.unwrap();
    heading(&browser, &format!("Question {} of 40", right + 1)).await;
    assert_eq!(browser.text("[role=status] .outcome").await, "Right.");
    to_list(&browser).await;
    assert_eq!((state(&browser, wrong).await, state(&browser, right).await), ("Wrong".into(), "Right".into()));
    assert_eq!(browser.text(".practice-count").await, "2 of 40 tried: 1 right, 1 wrong.");

    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    server.kill();
    // The browser writes `localStorage` to the disk some seconds later.
    tokio::time::sleep(std::time::Duration::from_secs(8)).await;
    browser.kill_and_reopen().await;
    // Nobody has to know the address by heart.
    browser.goto(&server.address("/")).await;
    browser.find("a[href='/practice']").await.click().await.unwrap();
    heading(&browser, TITLE).await;
    assert_eq!(browser.text(".practice-count").await, "2 of 40 tried: 1 right, 1 wrong.");
    go_to(&browser, third).await;
    browser.click(&format!(".choice-row:has(input[value='{}'])", key(third))).await;
    assert_eq!(check(&browser).await, "Right.");
    browser.press("Try again").await;
    heading(&browser, &format!("Question {} of 40", third + 1)).await;
    assert!(!browser.has(".choice-row.chosen").await && !browser.has(".feedback").await);
    to_list(&browser).await;
    assert_eq!(state(&browser, third).await, "Not tried");

    browser.press("Start over").await;
    browser.press("Yes, start over").await;
    browser
        .until(
            "nothing to be tried",
            "return document.querySelector('.practice-count').innerText.startsWith('0 of 40')",
        )
        .await;
    browser.client.refresh().await.unwrap();
    heading(&browser, TITLE).await;
    assert_eq!(browser.text(".practice-count").await, "0 of 40 tried: 0 right, 0 wrong.");
}

#[tokio::test]
async fn every_question_can_be_answered_rightly_and_is_then_found_right() {
    let server = Server::start();
    let browser = Browser::open().await;
    open(&browser, &server).await;
    let set = document(&browser).await;
    for at in 0..40 {
        go_to(&browser, at).await;
        let (interaction, key) = (&set["form"]["items"][at]["interaction"], &set["answers"][at]["key"]);
        answer_rightly(&browser, interaction, key).await;
        let said = check(&browser).await;
        if interaction["type"] == "extended_text" {
            assert!(said.starts_with("Compare your text"), "{said}");
            assert!(browser.text(".feedback").await.contains("What people look for"));
            browser.press("My text says this").await;
            browser.until("the judgement", "return document.querySelector('.outcome').innerText === 'Right.'").await;
        } else {
            assert_eq!(said, "Right.", "question {}: {interaction}", at + 1);
            let parts = "return document.querySelectorAll('.reasons .mark.bad').length";
            assert_eq!(browser.client.execute(parts, Vec::new()).await.unwrap(), 0, "question {}", at + 1);
        }
    }
    to_list(&browser).await;
    assert_eq!(browser.text(".practice-count").await, "40 of 40 tried: 40 right, 0 wrong.");
}

#[tokio::test]
async fn the_practice_page_needs_no_mouse() {
    let server = Server::start();
    let browser = Browser::open().await;
    open(&browser, &server).await;
    let first = of_kind(&document(&browser).await, "single_choice")[0];
    tab_to(&browser, &format!("a[href='#q{:02}']", first + 1)).await;
    press(&browser, fantoccini::key::Key::Enter).await;
    crate::keyboard::heading(&browser, &format!("Question {} of 40", first + 1)).await;
    tab_to(&browser, ".choice-row input").await;
    type_text(&browser, " ").await;
    tab_to(&browser, ".question .actions .primary").await;
    press(&browser, fantoccini::key::Key::Enter).await;
    browser.until("the reasons to have the focus", "return document.activeElement.id === 'practice-why'").await;
    tab_to(&browser, &format!(".practice-way a[href='#q{:02}']", first + 2)).await;
    press(&browser, fantoccini::key::Key::Enter).await;
    crate::keyboard::heading(&browser, &format!("Question {} of 40", first + 2)).await;
    browser.client.back().await.unwrap();
    crate::keyboard::heading(&browser, &format!("Question {} of 40", first + 1)).await;
}

#[tokio::test]
async fn no_part_of_the_practice_page_has_a_fault() {
    let server = Server::start();
    let browser = Browser::open().await;
    open(&browser, &server).await;
    let set = document(&browser).await;
    nothing_is_wrong_with(&browser, "practice, list").await;
    for kind in
        ["single_choice", "multiple_response", "cloze", "gap_match", "match", "order", "hotspot", "extended_text"]
    {
        let at = of_kind(&set, kind)[0];
        go_to(&browser, at).await;
        nothing_is_wrong_with(&browser, &format!("practice, {kind}")).await;
        answer_rightly(&browser, &set["form"]["items"][at]["interaction"], &set["answers"][at]["key"]).await;
        check(&browser).await;
        nothing_is_wrong_with(&browser, &format!("practice, {kind} checked")).await;
    }
    to_list(&browser).await;
    browser.show(Scheme::Light).await;
    browser.press("Start over").await;
    nothing_is_wrong_with(&browser, "practice, starting over").await;
}

#[tokio::test]
async fn the_exam_says_of_a_practice_set_that_is_opened_as_a_package_what_it_is() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    let set = document(&browser).await;
    let folder = tempfile::tempdir().unwrap();
    browser.click("details.part summary").await;
    for (name, text) in
        [("a.invigil-package", set.to_string()), ("b.json", serde_json::to_string_pretty(&set).unwrap())]
    {
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        browser.find("#package-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
        told(&browser, "This is a set of public practice questions, not the package of an exam").await;
    }
    let other = folder.path().join("c.json");
    std::fs::write(&other, json!({"format": "something"}).to_string()).unwrap();
    browser.find("#package-file").await.send_keys(other.to_str().unwrap()).await.unwrap();
    told(&browser, "This file is not a package of an exam").await;
}

#[tokio::test]
async fn what_two_tabs_answer_is_all_kept() {
    let server = Server::start();
    let browser = Browser::open().await;
    open(&browser, &server).await;
    let single = of_kind(&document(&browser).await, "single_choice");
    let first = browser.client.window().await.unwrap();
    go_to(&browser, single[0]).await;
    let second = browser.client.new_window(true).await.unwrap().handle;
    browser.client.switch_to_window(second.clone()).await.unwrap();
    open(&browser, &server).await;
    go_to(&browser, single[1]).await;
    browser.click(".choice-row").await;
    check(&browser).await;
    browser.client.switch_to_window(first).await.unwrap();
    browser.click(".choice-row").await;
    check(&browser).await;
    to_list(&browser).await;
    assert!(browser.text(".practice-count").await.starts_with("2 of 40 tried"));
    // The other tab shows it without being loaded anew.
    browser.client.switch_to_window(second).await.unwrap();
    to_list(&browser).await;
    assert!(browser.text(".practice-count").await.starts_with("2 of 40 tried"));
}

#[tokio::test]
async fn whoever_practises_where_nothing_is_kept_is_told_so() {
    let server = Server::start();
    let browser = Browser::open().await;
    open(&browser, &server).await;
    let single = of_kind(&document(&browser).await, "single_choice");
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    browser.client.execute(full, Vec::new()).await.unwrap();
    go_to(&browser, single[0]).await;
    browser.click(".choice-row").await;
    let told = "return [...document.querySelectorAll('.note')].some(p => p.innerText.startsWith('This browser keeps nothing'))";
    browser.until("that nothing is kept", told).await;
    nothing_is_wrong_with(&browser, "practice, nothing kept").await;
    check(&browser).await;
    to_list(&browser).await;
    browser.until("that nothing is kept, on the list too", told).await;
    assert!(browser.text(".practice-count").await.starts_with("1 of 40 tried"));
}

#[tokio::test]
async fn a_server_without_a_practice_set_is_no_way_to_one() {
    let server = Server::start_without_practice_set();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.until("the server to be reached", "return document.body.innerText.includes('Try this computer out')").await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert!(!browser.has("a[href='/practice']").await);
}
