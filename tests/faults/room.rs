//! A sitting with as many candidates as a test has use for.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use chrono::{TimeDelta, Utc};
use tests::{browser::Browser, candidate, faults::below, server::Server, witness::Witness};

/// A server with a sitting of its own.
pub(crate) struct Room {
    pub(crate) server: Server,
    /// The release code.
    pub(crate) release: String,
    /// Admission codes by name.
    codes: BTreeMap<String, String>,
}

impl Room {
    /// A sitting for so many candidates.
    pub(crate) fn open(places: usize) -> Self {
        Self::at(Server::start(), places)
    }

    fn at(server: Server, places: usize) -> Self {
        let roster = server.data().join("roster.toml");
        let text = (0..places).fold(String::new(), |mut text, n| {
            let (name, pseudonym) = (name(n), format!("fault-{n}"));
            write!(text, "[[place]]\ncandidate = {pseudonym:?}\nname = {name:?}\nlast_name = {name:?}\nattempt = 1\n")
                .unwrap();
            text
        });
        std::fs::write(&roster, text).unwrap();
        let now = Utc::now();
        let [opens, closes] = [now, now + TimeDelta::days(1)].map(|time| time.to_rfc3339());
        let (data, bank) = (server.data(), bank());
        let [data, bank, roster] = [&data, &bank, &roster].map(|path| path.to_str().unwrap());
        let places = ["--data", data, "--bank", bank, "--roster", roster, "--title", "Faults"];
        let times = ["--opens", &opens, "--closes", &closes];
        let scheduled = server.command(&[&["sitting", "schedule"][..], &places, &times].concat());
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let admissions = scheduled["admissions"].as_array().unwrap().iter();
        let codes = admissions.map(|admission| (text(&admission["name"]), text(&admission["code"]))).collect();
        Self { release: text(&scheduled["release_code"]), codes, server }
    }

    /// A candidate's admission code.
    pub(crate) fn code(&self, n: usize) -> &str {
        &self.codes[&name(n)]
    }

    /// Stores a candidate's package and the app, for when there is no network.
    pub(crate) async fn prepare(&self, browser: &Browser, n: usize) {
        let attempt = self.server.attempt_id(&name(n));
        browser.goto(&self.server.address(&format!("/?package={attempt}"))).await;
        browser.find(".package").await;
        browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    }

    /// Goes from both codes to the first question, without a network.
    pub(crate) async fn enter_without_network(&self, browser: &Browser, n: usize) {
        candidate::admit_without_network(browser, self.code(n), &self.release).await;
        candidate::begin(browser).await;
    }

    /// Goes from the candidate's code to the first question.
    pub(crate) async fn enter(&self, browser: &Browser, n: usize) {
        browser.goto(&self.server.address("/")).await;
        candidate::admit(browser, self.code(n)).await;
        candidate::begin(browser).await;
    }
}

/// Answers so many questions from the one that is shown, and goes on to the next one after each.
pub(crate) async fn answer(browser: &Browser, witness: &mut Witness, questions: usize) {
    for _ in 0..questions {
        witness.answer(browser, ["a", "b", "c"][usize::try_from(below(3)).unwrap()]).await;
        candidate::next(browser).await;
    }
}

/// Waits for the result, and leaves the computer to the next candidate.
pub(crate) async fn leave(browser: &Browser) {
    browser.until("the result", "return document.querySelector('.bands') !== null").await;
    browser.press("Leave this computer").await;
    browser.find("#admission-code").await;
}

/// The name of a candidate.
pub(crate) fn name(n: usize) -> String {
    format!("Candidate {n}")
}

/// The question bank.
pub(crate) fn bank() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../question-bank/content/caisp")
}
