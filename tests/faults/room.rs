//! A sitting with as many candidates as a test has use for.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use chrono::{TimeDelta, Utc};
use serde_json::Value;
use tests::{browser::Browser, candidate, faults::below, server::Server, witness::Witness};

use crate::held;

/// A server with a sitting of its own.
pub(crate) struct Room {
    pub(crate) server: Server,
    /// The release code.
    pub(crate) release: String,
    /// Attempt and admission code by name.
    admissions: BTreeMap<String, (String, String)>,
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
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let admissions = scheduled["admissions"].as_array().unwrap().iter();
        let admission = |row: &Value| (text(&row["name"]), (text(&row["attempt"]), text(&row["code"])));
        let admissions = admissions.map(admission).collect();
        Self { release: text(&scheduled["release_code"]), admissions, server }
    }

    /// A candidate's admission code.
    pub(crate) fn code(&self, n: usize) -> &str {
        &self.admissions[&name(n)].1
    }

    /// A candidate's attempt.
    pub(crate) fn attempt(&self, n: usize) -> &str {
        &self.admissions[&name(n)].0
    }

    /// A candidate's package.
    pub(crate) async fn package(&self, n: usize) -> Vec<u8> {
        held::Store::of(&self.server).package(self.attempt(n)).await
    }

    /// Stores a candidate's package and the app, for when there is no network.
    pub(crate) async fn prepare(&self, browser: &Browser, n: usize) {
        browser.goto(&self.server.address(&format!("/?package={}", self.attempt(n)))).await;
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

/// The program, as `cargo xtask` names it.
pub(crate) fn program() -> std::path::PathBuf {
    let usual = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/invigil");
    std::env::var_os("INVIGIL_BIN").map_or_else(usual, Into::into)
}
