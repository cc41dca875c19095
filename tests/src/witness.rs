//! What a candidate saw confirmed, to be compared with what is found afterwards.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::browser::Browser;

/// A page that shows an answer does so within this time.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the page is looked at.
const LOOKING: Duration = Duration::from_millis(20);

/// An answer: the item and the labels chosen.
pub type Answer = (String, Vec<String>);

/// Everything that the page has shown as saved, in order.
#[derive(Clone, Default)]
pub struct Witness(Vec<Answer>);

impl Witness {
    /// Notes an answer that the page shows as saved.
    pub fn saw(&mut self, answer: Answer) {
        self.0.push(answer);
    }

    /// How many answers were confirmed.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The last of them.
    pub fn last(&self) -> Option<&Answer> {
        self.0.last()
    }

    /// Whether the question that is shown stands as it was confirmed last.
    pub async fn stands(&self, browser: &Browser) -> bool {
        match self.last() {
            Some(answer) => shows(browser, &[answer]).await,
            None => true,
        }
    }

    /// How many of the answers these lines of a journal do not hold, in the order in which they were confirmed.
    pub fn missing_in(&self, lines: &[String]) -> usize {
        let written: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut rest = written.iter().map(|line| &line["event"]).filter(|event| event["type"] == "answered");
        let mut missing = 0;
        for (item, choices) in &self.0 {
            let mut ahead = rest.clone();
            if ahead.any(|event| event["item"] == **item && event["response"] == json!(choices)) {
                rest = ahead;
            } else {
                missing += 1;
            }
        }
        missing
    }

    /// Chooses an option of the question that is shown, and waits until the page shows it as chosen and saved.
    pub async fn answer(&mut self, browser: &Browser, choice: &str) {
        choose(browser, choice).await;
        browser.until(&format!("option {choice} to be saved"), &is_saved(choice)).await;
        self.saw(shown(browser).await.unwrap());
    }

    /// Chooses an option and looks whether the page shows it as saved, until it does or so much time has passed.
    pub async fn answer_within(&mut self, browser: &Browser, choice: &str, time: Duration) -> bool {
        choose(browser, choice).await;
        let end = Instant::now() + time;
        while Instant::now() < end {
            if browser.client.execute(&is_saved(choice), Vec::new()).await.is_ok_and(|saved| saved == true) {
                self.saw(shown(browser).await.unwrap());
                return true;
            }
            sleep(LOOKING).await;
        }
        false
    }
}

/// Whether the question that is shown has this option chosen and everything is saved.
pub fn is_saved(choice: &str) -> String {
    format!(
        "return document.querySelector(\".choice-row.chosen input[value='{choice}']\") !== null
            && ['good', 'note'].includes(document.querySelector('.save-state').dataset.state)"
    )
}

/// Clicks an option of the question that is shown; no answer is waited for.
pub async fn choose(browser: &Browser, choice: &str) {
    let click = "document.querySelector(`.choice-row input[value='${arguments[0]}']`).click()";
    browser.find(".choice-row").await;
    browser.client.execute(click, vec![choice.into()]).await.unwrap();
}

/// The question that is shown and what is chosen in it; `None` where no question is shown.
pub async fn shown(browser: &Browser) -> Option<Answer> {
    let look = "const row = document.querySelector('.choice-row input');
        return row && [row.name, [...document.querySelectorAll('.choice-row.chosen input')].map(i => i.value).sort()]";
    serde_json::from_value(browser.client.execute(look, Vec::new()).await.ok()?).ok()?
}

/// Whether the page comes to show one of these answers; a page that is just loading takes a moment.
pub async fn shows(browser: &Browser, answers: &[&Answer]) -> bool {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if shown(browser).await.is_some_and(|shown| answers.contains(&&shown)) {
            return true;
        }
        sleep(LOOKING).await;
    }
    false
}

/// Goes to a question by the navigator.
pub async fn go_to(browser: &Browser, number: usize) {
    let script = "document.querySelector('.navigator').open = true;
        document.querySelectorAll('.navigator .cell')[arguments[0]].click()";
    browser.find(".navigator").await;
    browser.client.execute(script, vec![(number - 1).into()]).await.unwrap();
    let there = format!("return document.querySelector('.exam-place').innerText.startsWith('Question {number} ')");
    browser.until(&format!("question {number}"), &there).await;
}
