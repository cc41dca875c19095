//! The real server with a demonstration's data, which can be killed and started again.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    environment::{copy, pages, place, root},
    process::{Killed, free_port, wait_for_port},
};

/// A running demonstration.
pub struct Server {
    data: TempDir,
    bank: PathBuf,
    web: PathBuf,
    open_book: PathBuf,
    practice_set: PathBuf,
    port: u16,
    child: Option<Running>,
    /// Admission codes by candidate's name.
    pub codes: BTreeMap<String, String>,
    /// The release code of the room.
    pub release_code: String,
}

/// The process, and the end of the pipe that it writes to.
struct Running {
    _child: Killed,
    _output: BufReader<ChildStdout>,
}

fn binary() -> PathBuf {
    place("INVIGIL_BIN", root().join("target/debug/invigil"))
}

/// A copy of the demonstration's bank, whose scheme is changed so.
fn bank(data: &TempDir, change: impl Fn(&str) -> String) -> PathBuf {
    let folder = data.path().join("bank");
    copy(&root().join("question-bank/content/caisp"), &folder);
    let scheme = folder.join("scheme.toml");
    let text = fs::read_to_string(&scheme).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed);
    fs::write(&scheme, changed).unwrap();
    folder
}

/// Without the cap on exposure: to fit weights takes seconds, and every journey would pay for them.
fn without_cap(scheme: &str) -> String {
    scheme.lines().filter(|line| !line.starts_with("max_exposure")).fold(String::new(), |text, line| text + line + "\n")
}

impl Server {
    /// Makes a data directory and serves it.
    pub fn start() -> Self {
        let data = tempfile::tempdir().unwrap();
        let bank = bank(&data, without_cap);
        Self::with_bank(data, bank)
    }

    /// The same, with an open book of one section, which is this text.
    pub fn start_with_book(section: &str) -> Self {
        let data = tempfile::tempdir().unwrap();
        let book = data.path().join("book");
        fs::create_dir(&book).unwrap();
        fs::write(book.join("01.toml"), section).unwrap();
        let bank = bank(&data, without_cap);
        let mut server = Self::prepared(data, bank);
        server.open_book = book;
        server.restart();
        server
    }

    /// The same, without anything to practise with.
    pub fn start_without_practice_set() -> Self {
        let data = tempfile::tempdir().unwrap();
        let nowhere = data.path().join("nowhere");
        let bank = bank(&data, without_cap);
        let mut server = Self::prepared(data, bank);
        server.practice_set = nowhere;
        server.restart();
        server
    }

    /// The same, with an exam that lasts a minute.
    pub fn start_short_exam() -> Self {
        Self::start_exam_of(1)
    }

    /// The same, with an exam of so many minutes.
    pub fn start_exam_of(minutes: u32) -> Self {
        let data = tempfile::tempdir().unwrap();
        let duration = format!("duration_minutes = {{ value = {minutes}");
        let short = bank(&data, |scheme| without_cap(scheme).replace("duration_minutes = { value = 180", &duration));
        assert!(fs::read_to_string(short.join("scheme.toml")).unwrap().contains(&duration));
        Self::with_bank(data, short)
    }

    /// The same, with an exam of items of every kind: those of the rehearsal.
    pub fn start_exam_of_every_kind() -> Self {
        let data = tempfile::tempdir().unwrap();
        let exam = data.path().join("bank");
        copy(&root().join("question-bank/content/practice"), &exam);
        let scheme = exam.join("scheme.toml");
        let text = fs::read_to_string(&scheme).unwrap();
        // No exam is drawn from a bank that says it is public.
        let secret = text.replace("use = \"practice\"\n", "");
        assert_ne!(text, secret);
        fs::write(&scheme, secret).unwrap();
        Self::with_bank(data, exam)
    }

    fn with_bank(data: TempDir, bank: PathBuf) -> Self {
        let mut server = Self::prepared(data, bank);
        server.restart();
        server
    }

    /// Not served yet.
    fn prepared(data: TempDir, bank: PathBuf) -> Self {
        Self {
            data,
            bank,
            web: pages(),
            open_book: root().join("question-bank/content/caisp-open-book"),
            practice_set: root().join("question-bank/content/caisp-practice"),
            port: free_port(),
            child: None,
            codes: BTreeMap::new(),
            release_code: String::new(),
        }
    }

    /// Kills the server in the middle of whatever it does (SIGKILL), without a goodbye.
    pub fn kill(&mut self) {
        self.child = None;
    }

    /// Serves the same data again on the same port.
    pub fn restart(&mut self) {
        self.child = None;
        let mut demo = Command::new(binary());
        demo.arg("demo").arg("--data").arg(self.data.path().join("demo")).arg("--bank").arg(&self.bank);
        demo.arg("--web").arg(&self.web).arg("--practice").arg(root().join("question-bank/content/practice"));
        demo.arg("--open-book").arg(&self.open_book).arg("--practice-set").arg(&self.practice_set);
        demo.args(["--port", &self.port.to_string()]).stdout(Stdio::piped());
        let mut child = Killed(demo.spawn().unwrap());
        let mut output = BufReader::new(child.0.stdout.take().unwrap());
        let lines = output.by_ref().lines().map(Result::unwrap);
        let announced: Vec<String> = lines.take_while(|line| !line.contains("administrator")).collect();
        let codes = announced.iter().filter_map(|line| line.trim().split_once("   "));
        let codes = codes.filter(|(code, _)| code.contains('-')).map(|(code, name)| (name.trim(), code.to_owned()));
        let (release, admissions): (Vec<_>, Vec<_>) = codes.partition(|(name, _)| name.starts_with("release code"));
        self.codes = admissions.into_iter().map(|(name, code)| (name.to_owned(), code)).collect();
        assert_eq!((self.codes.len(), release.len()), (3, 1), "the demonstration said {announced:?}");
        self.release_code = release[0].1.clone();
        wait_for_port(self.port);
        self.child = Some(Running { _child: child, _output: output });
    }

    /// Serves the same data with these pages, from now on.
    pub fn serve_pages(&mut self, web: &Path) {
        web.clone_into(&mut self.web);
        self.restart();
    }

    /// The address of a page.
    pub fn address(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// The data directory.
    pub fn data(&self) -> PathBuf {
        self.data.path().join("demo")
    }

    /// What a command of the program prints as JSON.
    pub fn command(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&run(Command::new(binary()).args(arguments))).unwrap()
    }

    /// Writes one of every file that is issued, by an issuer whose key this server does not know.
    pub fn write_samples(&self, folder: &Path) {
        run(Command::new(binary()).args(["demo", "files", "--bank"]).arg(&self.bank).arg("--out").arg(folder));
    }

    /// Where an attempt stands, for the office.
    pub fn attempt(&self, candidate: &str) -> Value {
        let data = self.data();
        let [data, bank] = [&data, &self.bank].map(|path: &PathBuf| path.to_str().unwrap());
        let sittings = self.command(&["sitting", "list", "--json", "--data", data, "--bank", bank]);
        let mut attempts =
            sittings.as_array().unwrap().iter().flat_map(|sitting| sitting["attempts"].as_array().unwrap());
        attempts.find(|attempt| attempt["candidate"] == candidate).unwrap().clone()
    }

    /// What the proctor has for a candidate on paper: codes for extra time, pauses, moves and the end, and challenges.
    pub fn sheet(&self, candidate: &str) -> Value {
        let attempt = self.attempt_id(candidate);
        let sitting = self.sitting_of(candidate);
        let data = self.data();
        let [data, bank] = [&data, &self.bank].map(|path: &PathBuf| path.to_str().unwrap());
        let of_attempt = ["--sitting", &sitting, "--attempt", &attempt, "--data", data, "--bank", bank];
        self.command(&[&["sitting", "grants", "--json"][..], &of_attempt].concat())[0].clone()
    }

    /// Has a command of the proctor or the office done for a candidate's attempt; what it prints.
    pub fn proctor(&self, command: &str, candidate: &str, options: &[&str]) -> String {
        let attempt = self.attempt_id(candidate);
        let mut proctor = Command::new(binary());
        proctor.args(["sitting", command, "--attempt", &attempt, "--data"]).arg(self.data());
        run(proctor.arg("--bank").arg(&self.bank).args(options))
    }

    /// The pseudonym of a candidate's attempt.
    pub fn attempt_id(&self, candidate: &str) -> String {
        self.attempt(candidate)["attempt"].as_str().unwrap().to_owned()
    }

    /// Has a command of the office done for a sitting; what it prints.
    pub fn office(&self, command: &str, sitting: &str, options: &[&str]) -> String {
        let mut office = Command::new(binary());
        office.args(["sitting", command, "--sitting", sitting, "--data"]).arg(self.data());
        run(office.arg("--bank").arg(&self.bank).args(options))
    }

    /// The sitting of a candidate's attempt.
    pub fn sitting_of(&self, candidate: &str) -> String {
        let attempt = self.attempt_id(candidate);
        let data = self.data();
        let [data, bank] = [&data, &self.bank].map(|path: &PathBuf| path.to_str().unwrap());
        let sittings = self.command(&["sitting", "list", "--json", "--data", data, "--bank", bank]);
        let holds = |sitting: &&Value| sitting["attempts"].as_array().unwrap().iter().any(|a| a["attempt"] == attempt);
        let sitting = sittings.as_array().unwrap().iter().find(holds).unwrap();
        sitting["id"].as_str().unwrap().to_owned()
    }

    /// Collects a response file at the command line; the answer.
    pub fn collect(&self, file: &Path) -> Value {
        let data = self.data();
        let [data, bank, file] = [&data, &self.bank, file].map(|path: &Path| path.to_str().unwrap());
        let rows = self.command(&["sitting", "collect", "--json", "--data", data, "--bank", bank, file]);
        rows[0]["collected"].clone()
    }

    /// Lets a candidate's attempt go on on another device.
    pub fn release(&self, candidate: &str) {
        let attempt = self.attempt(candidate)["attempt"].as_str().unwrap().to_owned();
        let mut release = Command::new(binary());
        release.args(["sitting", "release", "--attempt", &attempt, "--data"]).arg(self.data());
        run(release.arg("--bank").arg(&self.bank));
    }

    /// The right response to each question of a candidate's form, in the form's order and labels.
    pub fn keys(&self, candidate: &str) -> Vec<Vec<String>> {
        let plan = self.plan(candidate);
        let keys = plan.as_array().unwrap().iter().map(|item| &item["key"]);
        keys.map(|key| serde_json::from_value(key.clone()).unwrap()).collect()
    }

    /// How a candidate's form is scored, item by item.
    pub fn plan(&self, candidate: &str) -> Value {
        let attempt = self.attempt_id(candidate);
        self.command(&["form", "report", "--data", self.data().to_str().unwrap(), "--attempt", &attempt])["items"]
            .clone()
    }

    /// Verifies a file as the command line does; the report.
    pub fn verify(&self, file: &Path) -> Value {
        let mut verify = Command::new(binary());
        verify.args(["certificate", "verify", "--json", "--data"]).arg(self.data()).arg(file);
        let output = verify.output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap()
    }
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
