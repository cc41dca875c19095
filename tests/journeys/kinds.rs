//! Questions of every kind, by keyboard alone: answered, kept over a reload, received and scored.

use fantoccini::key::Key;
use serde_json::{Value, json};
use tests::{
    browser::{Browser, Scheme},
    candidate,
    server::Server,
};

use crate::{
    accessible::nothing_is_wrong_with,
    keyboard::{press, tab_to, type_text},
};

const NAME: &str = "Alex Sample";
const WRITTEN: &str = "I would go on working.";

/// Goes back to the first element of the page, so that Tab goes through all of it.
async fn from_the_top(browser: &Browser) {
    browser.client.execute("document.getElementById('heading').focus()", Vec::new()).await.unwrap();
}

async fn go_to(browser: &Browser, css: &str) {
    from_the_top(browser).await;
    tab_to(browser, css).await;
}

/// The values of a group of controls, in the order of the page.
async fn values(browser: &Browser, css: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(e => e.value)";
    serde_json::from_value(browser.client.execute(script, vec![css.into()]).await.unwrap()).unwrap()
}

/// Chooses a radio button: Tab leads to the group, arrows through it.
async fn choose_radio(browser: &Browser, group: &str, value: &str) {
    let place = values(browser, group).await.iter().position(|other| other == value).unwrap();
    go_to(browser, group).await;
    type_text(browser, " ").await;
    for _ in 0..place {
        press(browser, Key::Down).await;
    }
}

/// Chooses from a list.
async fn choose_from_list(browser: &Browser, number: usize, value: &str) {
    let list = format!(".options select[aria-label^='Gap {number} of']");
    // A word is not to be chosen any more as soon as another gap with it is kept.
    candidate::all_saved(browser).await;
    // Arrow keys go past what is not to be chosen.
    let place =
        values(browser, &format!("{list} option:enabled")).await.iter().position(|other| other == value).unwrap();
    go_to(browser, &list).await;
    for _ in 0..place {
        press(browser, Key::Down).await;
    }
}

/// Moves options up until they stand in this order.
async fn put_in_order(browser: &Browser, item: &str, order: &[&str]) {
    for (place, label) in order.iter().enumerate() {
        let shown =
            "return [...document.querySelectorAll('.order-row .step[id$=-up]')].map(e => e.id.split('-').at(-2))";
        let shown: Vec<String> =
            serde_json::from_value(browser.client.execute(shown, Vec::new()).await.unwrap()).unwrap();
        let from = shown.iter().position(|other| other == label).unwrap();
        if from > place {
            go_to(browser, &format!("#{item}-{label}-up")).await;
        }
        for _ in place..from {
            press(browser, Key::Enter).await;
            let stays = format!("return document.activeElement.id === '{item}-{label}-up'");
            browser.until("the focus to stay on the button", &stays).await;
        }
    }
}

/// Answers the question by the key, with keys alone.
async fn answer(browser: &Browser, item: &Value) {
    let (id, key) = (item["id"].as_str().unwrap(), &item["key"]);
    let texts = |list: &Value| -> Vec<String> { serde_json::from_value(list.clone()).unwrap() };
    if browser.has(".options textarea").await {
        go_to(browser, ".options textarea").await;
        type_text(browser, WRITTEN).await;
    } else if let Some(order) = key.get("order") {
        let order = texts(order);
        put_in_order(browser, id, &order.iter().map(String::as_str).collect::<Vec<_>>()).await;
    } else if let Some(pairs) = key.get("pairs") {
        for pair in pairs.as_array().unwrap() {
            let [row, column] = &texts(pair)[..] else { panic!("{pair}") };
            choose_radio(browser, &format!(".match input[name='{id}-{row}']"), &format!("{row}-{column}")).await;
        }
    } else if let Some(gaps) = key.get("gaps") {
        for (number, value) in (1..).zip(gaps.as_object().unwrap().values().map(|value| value.as_str().unwrap())) {
            let field = format!(".options input[aria-label^='Gap {number} of']");
            if browser.has(&field).await {
                go_to(browser, &field).await;
                type_text(browser, value).await;
            } else {
                choose_from_list(browser, number, value).await;
            }
        }
    } else if browser.has(".options input[type=radio]").await {
        choose_radio(browser, ".options input[type=radio]", &texts(key)[0]).await;
    } else {
        for label in texts(key) {
            go_to(browser, &format!(".options input[value='{label}']")).await;
            type_text(browser, " ").await;
        }
    }
    candidate::all_saved(browser).await;
}

#[tokio::test]
async fn every_kind_is_answered_by_keyboard_kept_over_a_reload_received_and_scored() {
    let server = Server::start_exam_of_every_kind();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    let plan = server.plan(NAME);
    let items = plan.as_array().unwrap();
    for (number, item) in (1..).zip(items) {
        assert_eq!(candidate::position(&browser).await, number);
        answer(&browser, item).await;
        let given = candidate::controls(&browser).await;
        browser.client.refresh().await.unwrap();
        browser.find(".options").await;
        assert_eq!(candidate::position(&browser).await, number);
        assert_eq!(candidate::controls(&browser).await, given, "{item}");
        go_to(&browser, ".question .actions .primary").await;
        press(&browser, Key::Enter).await;
        let moved = format!("return !document.querySelector('.exam-place').innerText.startsWith('Question {number} ')");
        browser.until("the next page", &moved).await;
    }
    assert!(browser.text(".review").await.contains("0 not answered"));
    candidate::confirm_hand_in(&browser).await;
    candidate::heading(&browser, "A person has to decide").await;
    let data = server.data();
    let record =
        server.command(&["sitting", "score", "--attempt", &server.attempt_id(NAME), "--data", data.to_str().unwrap()]);
    let scored = record["score"]["items"].as_array().unwrap();
    for (item, scored) in items.iter().zip(scored) {
        match item.get("rule").filter(|rule| rule["type"] == "rubric") {
            None => assert_eq!((&scored["id"], &scored["correct"]), (&item["id"], &json!(true)), "{item} {scored}"),
            Some(_) => assert_eq!(scored["response"], json!({"text": WRITTEN})),
        }
    }
    assert_eq!((&record["score"]["raw"], &record["score"]["pending"]), (&json!(14), &json!(2)));
}

/// Goes on until a question shows this.
async fn on_to(browser: &Browser, css: &str) {
    while !browser.has(css).await {
        candidate::next(browser).await;
        browser.find(".options, .review").await;
        assert!(!browser.has(".review").await, "no question has {css}");
    }
}

#[tokio::test]
async fn what_is_typed_and_left_at_once_is_not_lost_and_can_be_cleared() {
    let server = Server::start_exam_of_every_kind();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    on_to(&browser, ".options textarea").await;
    let number = candidate::position(&browser).await;
    let back = async || {
        browser.press("Previous").await;
        browser.find(".options textarea").await;
        assert_eq!(candidate::position(&browser).await, number);
        values(&browser, ".options textarea").await.remove(0)
    };
    // The next key comes before anything was recorded.
    go_to(&browser, ".options textarea").await;
    type_text(&browser, "One two").await;
    let saving = "return document.querySelector('.save-state').innerText";
    assert_eq!(browser.client.execute(saving, Vec::new()).await.unwrap(), "Saving …");
    browser.click(".question .actions .primary").await;
    browser.until("the next page", "return document.querySelector('.options textarea') === null").await;
    if browser.has(".review").await {
        browser.press("Back to the questions").await;
        browser.find(".options textarea").await;
    } else {
        assert_eq!(back().await, "One two");
    }
    assert_eq!(values(&browser, ".options textarea").await, ["One two"]);
    // What is changed in the middle is changed there.
    go_to(&browser, ".options textarea").await;
    for key in [Key::Home, Key::Delete, Key::End] {
        press(&browser, key).await;
    }
    // Characters of two UTF-16 units come from emoji pickers; ChromeDriver has no keys for them.
    browser.client.execute("document.execCommand('insertText', false, ' 🦀')", Vec::new()).await.unwrap();
    candidate::all_saved(&browser).await;
    browser.client.refresh().await.unwrap();
    browser.find(".options textarea").await;
    assert_eq!(values(&browser, ".options textarea").await, ["ne two 🦀"]);
    go_to(&browser, ".options textarea").await;
    type_text(&browser, "more").await;
    browser.press("Clear my answer").await;
    browser.until("the field to be empty", "return document.querySelector('.options textarea').value === ''").await;
    candidate::all_saved(&browser).await;
    browser.client.refresh().await.unwrap();
    browser.find(".options textarea").await;
    assert_eq!(values(&browser, ".options textarea").await, [""]);
}

#[tokio::test]
async fn a_word_that_fills_a_gap_cannot_be_chosen_for_another_and_says_where_it_is() {
    let server = Server::start_exam_of_every_kind();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    on_to(&browser, ".words").await;
    let lists = ".options select";
    choose_from_list(&browser, 1, "a").await;
    candidate::all_saved(&browser).await;
    let word = browser.text(".words .used").await;
    assert!(word.ends_with("in gap 1"), "{word}");
    let other = ".options select[aria-label^='Gap 2 of'] option[value=a]";
    assert!(browser.has(&format!("{other}:disabled")).await);
    assert!(browser.text(other).await.ends_with("(in gap 1)"));
    // Arrow keys go past it.
    go_to(&browser, ".options select[aria-label^='Gap 2 of']").await;
    press(&browser, Key::Down).await;
    candidate::all_saved(&browser).await;
    assert_eq!(values(&browser, lists).await[..2], ["a", "b"]);
    // Taken out, it can be chosen elsewhere.
    go_to(&browser, ".options select[aria-label^='Gap 1 of']").await;
    press(&browser, Key::Home).await;
    candidate::all_saved(&browser).await;
    assert_eq!(values(&browser, lists).await[..2], ["", "b"]);
    assert!(!browser.has(&format!("{other}:disabled")).await);
}

#[tokio::test]
async fn an_order_that_is_right_as_it_came_can_be_kept() {
    let server = Server::start_exam_of_every_kind();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    on_to(&browser, ".order").await;
    let shown = candidate::controls(&browser).await;
    assert!(browser.text(".navigator summary").await.contains(": 0 of 15 answered"));
    go_to(&browser, ".order-open button").await;
    press(&browser, Key::Enter).await;
    browser.find(".order.answered").await;
    assert_eq!(candidate::controls(&browser).await, shown);
    browser
        .until("the count", "return document.querySelector('.navigator summary').innerText.includes(': 1 of 15')")
        .await;
    // Those at the ends go no further, and say so.
    assert!(browser.has(".order-row:first-child .step[id$=-up][aria-disabled=true]").await);
    assert!(browser.has(".order-row:last-child .step[id$=-down][aria-disabled=true]").await);
}

#[tokio::test]
async fn whoever_points_may_point_at_the_image() {
    let server = Server::start_exam_of_every_kind();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    on_to(&browser, ".hotspot").await;
    browser.click(".hotspot .region:nth-of-type(2)").await;
    candidate::saved(&browser, &["b".to_owned()]).await;
    assert_eq!(browser.text(".hotspot .region.chosen text").await, "");
    let chosen = "return document.querySelector('.hotspot .region.chosen text').textContent";
    assert_eq!(browser.client.execute(chosen, Vec::new()).await.unwrap(), "B");
}

#[tokio::test]
async fn no_question_of_any_kind_has_a_fault() {
    let server = Server::start_exam_of_every_kind();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, NAME).await;
    let plain = ".options.choice";
    loop {
        if !browser.has(plain).await {
            candidate::answer_somehow(&browser).await;
            let kind = browser.client.execute("return document.querySelector('.options').className", Vec::new()).await;
            let kind = kind.unwrap().as_str().unwrap().to_owned();
            nothing_is_wrong_with(&browser, &kind).await;
            browser.client.execute("document.documentElement.dir = 'rtl'", Vec::new()).await.unwrap();
            nothing_is_wrong_with(&browser, &format!("{kind}, right to left")).await;
            browser.client.execute("document.documentElement.dir = 'ltr'", Vec::new()).await.unwrap();
            browser.show(Scheme::Light).await;
        }
        candidate::next(&browser).await;
        browser.find(".options, .review").await;
        if browser.has(".review").await {
            break;
        }
    }
}
