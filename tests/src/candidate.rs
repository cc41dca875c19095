//! A candidate's way through the app, by the things a candidate sees.

use crate::{browser::Browser, server::Server};

/// Types the admission code and goes on to the first question.
pub async fn enter(browser: &Browser, server: &Server, name: &str) {
    browser.goto(&server.address("/")).await;
    admit(browser, &server.codes[name]).await;
    begin(browser).await;
}

/// Types an admission code.
pub async fn admit(browser: &Browser, code: &str) {
    browser.type_into("#admission-code", code).await;
    browser.press("Continue").await;
}

/// Types both codes where there is no network.
pub async fn admit_without_network(browser: &Browser, admission: &str, release: &str) {
    browser.press("There is no network here").await;
    type_codes(browser, admission, release).await;
}

/// Types both codes once the page asks for them.
pub async fn type_codes(browser: &Browser, admission: &str, release: &str) {
    browser.type_into("#admission-code", admission).await;
    browser.type_into("#release-code", release).await;
    browser.press("Continue").await;
}

/// Goes from the name to the first question.
pub async fn begin(browser: &Browser) {
    to_start(browser).await;
    start(browser).await;
}

/// Goes from the name to where the exam is started.
pub async fn to_start(browser: &Browser) {
    browser.press("Yes, this is me").await;
    browser.click("#agree").await;
    browser.press("Continue").await;
    ready(browser).await;
}

async fn ready(browser: &Browser) {
    let ready = "return document.querySelector('.checks li.good') !== null
        && document.querySelector('button.primary:not([aria-disabled])') !== null";
    browser.until("the computer to be ready", ready).await;
}

/// Starts the exam once the checks are good.
pub async fn start(browser: &Browser) {
    ready(browser).await;
    browser.press("Start the exam").await;
    browser.find(".question").await;
}

/// The number of the question that is shown, from 1.
pub async fn position(browser: &Browser) -> usize {
    browser.find(".exam-place").await;
    let place = browser.text(".exam-place").await;
    place.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("at {place:?}"))
}

/// Chooses these options of the question that is shown and no others, whatever was chosen before, and waits until the page
/// shows them as chosen: then they are committed.
pub async fn answer(browser: &Browser, choices: &[String]) {
    browser.find(".choice-row").await;
    // Where several may be chosen, those of an earlier answer stay until they are taken back.
    for other in ('a'..='h').map(String::from).filter(|other| !choices.contains(other)) {
        let chosen = format!(".choice-row.chosen:has(input[type='checkbox'][value='{other}'])");
        if browser.has(&chosen).await {
            browser.click(&chosen).await;
            let gone = format!("return document.querySelector({}) === null", serde_json::to_string(&chosen).unwrap());
            browser.until("an option to be taken back", &gone).await;
        }
    }
    for choice in choices {
        let row = format!(".choice-row:has(input[value='{choice}'])");
        browser.find(&row).await;
        if !browser.has(&format!("{row}.chosen")).await {
            browser.click(&row).await;
        }
    }
    saved(browser, choices).await;
}

/// Waits until exactly these options are shown as chosen.
pub async fn saved(browser: &Browser, choices: &[String]) {
    let expected = serde_json::to_string(choices).unwrap();
    let script = format!(
        "return JSON.stringify([...document.querySelectorAll('.choice-row.chosen input')].map(i => i.value).sort())
            === {expected:?} && document.querySelector('.save-state').dataset.state !== 'saving'"
    );
    browser.until(&format!("options {expected} to be saved"), &script).await;
}

/// Waits until everything that was clicked or typed is on the disk.
pub async fn all_saved(browser: &Browser) {
    let saved = "return document.querySelector('.save-state')?.innerText.startsWith('Saved') === true";
    browser.until("all to be saved", saved).await;
}

/// What the controls of the question that is shown say, in one text.
pub async fn controls(browser: &Browser) -> String {
    let script = "const own = document.querySelectorAll('.options input, .options select, .options textarea, .order-row .choice-text');
        return JSON.stringify([...own].map(e => e.matches('.choice-text') ? e.innerText
            : ['radio', 'checkbox'].includes(e.type) ? `${e.name} ${e.value} ${e.checked}` : e.value))";
    browser.client.execute(script, Vec::new()).await.unwrap().as_str().unwrap().to_owned()
}

/// Answers the question that is shown in some way, whatever its kind, and waits until that is saved.
pub async fn answer_somehow(browser: &Browser) {
    browser.find(".options").await;
    let script = "const all = css => [...document.querySelectorAll(css)];
        const once = (elements, name) => elements.filter((e, at) => elements.findIndex(o => o[name] === e[name]) === at);
        once(all('.options input[type=radio]'), 'name').forEach(e => e.checked || e.click());
        const boxes = all('.options input[type=checkbox]');
        boxes.some(e => e.checked) || boxes[0]?.click();
        all('.options select').forEach((e, at) => {
            e.selectedIndex = at + 1;
            e.dispatchEvent(new Event('change', {bubbles: true}));
        });
        all('.options input[type=text], .options textarea').forEach(e => {
            e.value = '17';
            e.dispatchEvent(new Event('input', {bubbles: true}));
        });
        document.querySelector('.order-open button')?.click();";
    browser.client.execute(script, Vec::new()).await.unwrap();
    all_saved(browser).await;
}

/// Goes to the next question, or from the last one to the review.
pub async fn next(browser: &Browser) {
    browser.find(".exam-place").await;
    let before = browser.text(".exam-place").await;
    browser.click(".question .actions .primary").await;
    let moved = format!("return document.querySelector('.exam-place').innerText !== {before:?}");
    browser.until("the next question", &moved).await;
}

/// Answers the questions from the one that is shown up to this one, and goes to the one after.
pub async fn answer_through(browser: &Browser, responses: &[Vec<String>], last: usize) {
    for number in position(browser).await..=last {
        assert_eq!(position(browser).await, number);
        answer(browser, &responses[number - 1]).await;
        next(browser).await;
    }
}

/// Goes to the review from wherever the candidate is.
pub async fn to_review(browser: &Browser) {
    browser.click(".navigator summary").await;
    browser.press("To the review").await;
}

/// Hands in from the review.
pub async fn confirm_hand_in(browser: &Browser) {
    browser.find(".review").await;
    browser.press("Hand in").await;
    browser.press("Yes, hand in").await;
}

/// Hands in from the review and waits for the result.
pub async fn hand_in(browser: &Browser) {
    confirm_hand_in(browser).await;
    browser.until("the result", "return document.querySelector('.bands') !== null").await;
}

/// Waits for a page with this heading.
pub async fn heading(browser: &Browser, text: &str) {
    let script = format!("return document.querySelector('h1')?.innerText.startsWith({text:?}) === true");
    browser.until(&format!("the page «{text}»"), &script).await;
}

/// Waits until something is said as an alert.
pub async fn told(browser: &Browser, words: &str) {
    let script = format!("return [...document.querySelectorAll('.alert')].some(p => p.innerText.includes({words:?}))");
    browser.until(&format!("«{words}»"), &script).await;
}

/// The time that is left, in seconds.
pub async fn seconds_left(browser: &Browser) -> u64 {
    browser.find(".timer-digits").await;
    let digits = browser.text(".timer-digits").await;
    digits.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap_or_else(|_| panic!("{digits:?}")))
}

/// Waits until the server has everything.
pub async fn received(browser: &Browser) {
    let all = "return document.querySelector('.save-state')?.innerText === 'Saved and received'";
    browser.until("the server to have everything", all).await;
}

/// Types a code of the proctor's and uses it; what the page said that it does.
pub async fn use_grant(browser: &Browser, code: &str) -> String {
    browser.press("Codes from the proctor").await;
    browser.type_into("#grant", code).await;
    browser.press("Continue").await;
    browser.find(".confirm").await;
    let said = browser.text(".confirm h2").await;
    browser.press("Use this code").await;
    said
}
