//! `invigil key`: a root key apart, keys that follow each other, and what verifiers make of it.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use chrono::Utc;
use serde_json::Value;
use signing::{did::DidDocument, keys::KeyHistory, verify::TrustBundle};
use storage::Issuance;

use crate::fixture::{Home, Program, Ran, invigil, issue, ok};

/// A data directory, and a folder for a root key with a passphrase in two parts.
pub(crate) struct Keys {
    pub(crate) home: Home,
    root: PathBuf,
    parts: [PathBuf; 2],
}

impl Keys {
    pub(crate) fn new() -> Self {
        let home = Home::new();
        let parts = ["one", "two"].map(|part| home.path().join(part));
        fs::write(&parts[0], "correct horse\n").unwrap();
        fs::write(&parts[1], "battery staple\n").unwrap();
        Self { root: home.path().join("stick"), home, parts }
    }

    fn data(&self) -> String {
        self.home.data("").to_str().unwrap().trim_end_matches('/').to_owned()
    }

    fn places(&self) -> Vec<String> {
        let mut places = vec!["--data".to_owned(), self.data(), "--root".into(), self.root.to_str().unwrap().into()];
        for part in &self.parts {
            places.extend(["--root-passphrase-file".into(), part.to_str().unwrap().to_owned()]);
        }
        places
    }

    /// A command with both folders.
    pub(crate) fn key(&self, command: &[&str]) -> Ran {
        invigil(
            ["key"]
                .into_iter()
                .map(str::to_owned)
                .chain(command.iter().map(|word| (*word).into()))
                .chain(self.places()),
        )
    }

    /// The keys with their states, in the order they were first named.
    pub(crate) fn list(&self) -> Vec<(String, String)> {
        let listed = invigil(["key", "list", "--json", "--data", &self.data()]).good();
        let listed: Value = serde_json::from_str(&listed).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        listed["keys"].as_array().unwrap().iter().map(|key| (text(&key["key"]), text(&key["state"]))).collect()
    }

    fn states(&self) -> Vec<String> {
        self.list().into_iter().map(|(_, state)| state).collect()
    }

    pub(crate) async fn issue(&self, name: &str) -> Issuance {
        issue(&self.home.engine(), name, 1, Utc::now()).await.remove(0)
    }

    /// What the command line says of a document, trusting the directory's issuer.
    pub(crate) fn verify(&self, document: &str) -> Ran {
        let file = self.home.path().join("document.json");
        fs::write(&file, document).unwrap();
        invigil(["certificate", "verify", file.to_str().unwrap(), "--data", &self.data()])
    }

    fn history(&self) -> KeyHistory {
        serde_json::from_slice(&fs::read(self.home.data("keys/history.json")).unwrap()).unwrap()
    }
}

#[tokio::test]
async fn certificates_of_a_retired_key_stay_valid() {
    let keys = Keys::new();
    let before = keys.issue("before").await;
    let good = keys.verify(&before.certificate).good();
    assert!(good.contains("not checked When the issuer's keys might sign"), "{good}");

    let said = keys.key(&["init"]).good();
    assert!(said.contains("put it away"), "{said}");
    assert_eq!(keys.states(), ["current"; 3], "the issuer's, the log's and the exam's");
    let good = keys.verify(&before.certificate).good();
    assert!(good.contains("passed      The issuer's root key had allowed"), "{good}");

    let first = keys.issue("first").await;
    keys.key(&["rotate", "--days", "30"]).good();
    assert_eq!(keys.states(), ["retired", "current", "current", "current"]);
    let second = keys.issue("second").await;
    for issued in [&before, &first, &second] {
        keys.verify(&issued.certificate).good();
        keys.verify(&issued.cpd_record).good();
    }
    // A status list may have a key of its own.
    keys.key(&["rotate", "--key", "status"]).good();
    assert_eq!(keys.states(), ["retired", "current", "current", "current", "current"]);
    keys.verify(&second.certificate).good();
}

#[tokio::test]
async fn the_document_and_the_statements_are_served_and_go_together() {
    let keys = Keys::new();
    let served = Program::serve(&keys.home, "warn", &[]);
    let (status, _) = served.client().get("/.well-known/invigil-keys.json", "").unwrap();
    assert_eq!(status, 404);
    let fault = keys.key(&["init"]);
    assert!(fault.fault().contains("another server"), "keys do not change under a server that uses them");
    served.kill();
    keys.key(&["init"]).good();
    keys.key(&["rotate"]).good();

    let served = Program::serve(&keys.home, "warn", &[]);
    let history: KeyHistory = ok(served.client().get("/.well-known/invigil-keys.json", ""));
    assert_eq!(history, keys.history());
    let document: DidDocument = ok(served.client().get("/.well-known/did.json", ""));
    assert_eq!(document.assertion_method.len(), 2, "the retired and the current one, and not the exam's");
    let trust: TrustBundle = ok(served.client().get("/api/v1/trust", ""));
    assert_eq!((&trust.issuers[0].document, trust.issuers[0].keys.as_ref()), (&document, Some(&history)));

    let out = keys.home.path().join("export");
    invigil(["key", "export", "--data", &keys.data(), "--out", out.to_str().unwrap()]).good();
    let exported: KeyHistory = serde_json::from_slice(&fs::read(out.join("invigil-keys.json")).unwrap()).unwrap();
    let exported_document: DidDocument = serde_json::from_slice(&fs::read(out.join("did.json")).unwrap()).unwrap();
    assert_eq!((exported, exported_document), (history, document));
}

#[tokio::test]
async fn a_compromised_key_is_replaced_and_its_certificates_are_issued_anew_by_one_command() {
    let keys = Keys::new();
    keys.key(&["init"]).good();
    let first = keys.issue("first").await;
    let stolen = keys.list()[0].0.clone();
    let why = ["--because", "a copy was found", "--by", "officer"];
    let said = keys.key(&[&["compromise", &stolen[..12], "--reissue"][..], &why].concat()).good();
    assert!(said.contains("done: 1 of 1"), "{said}");
    assert_eq!(keys.states(), ["compromised", "current", "current", "current"]);
    for document in [&first.certificate, &first.cpd_record] {
        let ran = keys.verify(document);
        assert!(ran.fault().contains("may be in other hands"), "{ran:?}");
    }
    let out = keys.home.path().join("anew");
    let export = ["certificate", "export", &first.number, "--out", out.to_str().unwrap(), "--data", &keys.data()];
    invigil(export).good();
    for name in ["certificate", "cpd-record"] {
        let file = out.join(format!("{name}-{}-2.json", first.number));
        keys.verify(&fs::read_to_string(file).unwrap()).good();
    }
    // Again, nothing more happens.
    let said = keys.key(&[&["compromise", &stolen, "--reissue"][..], &why].concat()).good();
    assert!(said.contains("done: 0 of 1"), "{said}");
    assert_eq!(keys.history().statements().len(), 5);
}

#[tokio::test]
async fn keys_change_on_a_computer_that_is_not_the_server() {
    let keys = Keys::new();
    keys.key(&["init"]).good();
    let first = keys.issue("first").await;
    let stolen = keys.list()[0].0.clone();
    // What is carried there and back: the configuration and the keys, no database.
    let away = keys.home.path().join("away");
    fs::create_dir_all(away.join("keys")).unwrap();
    let carry = |from: &Path, to: &Path| {
        for entry in fs::read_dir(from.join("keys")).unwrap().map(Result::unwrap) {
            fs::copy(entry.path(), to.join("keys").join(entry.file_name())).unwrap();
        }
    };
    let data = PathBuf::from(keys.data());
    carry(&data, &away);
    for name in ["invigil.toml", "passphrase"] {
        fs::copy(data.join(name), away.join(name)).unwrap();
    }
    let mut places = keys.places();
    places[1] = away.to_str().unwrap().to_owned();
    let why = ["--because", "a copy was found", "--by", "officer"].map(str::to_owned);
    let declare = ["key", "compromise", &stolen].map(str::to_owned);
    invigil(declare.iter().chain(&why).chain(&places)).good();
    carry(&away, &data);
    assert_eq!(keys.states(), ["compromised", "current", "current", "current"]);

    let reissue = |key: &str| {
        let command = ["key", "reissue", key, "--data", &keys.data()].map(str::to_owned);
        invigil(command.iter().chain(&why))
    };
    let current = keys.list()[3].0.clone();
    assert!(reissue(&current).fault().contains("was not declared compromised"));
    assert!(reissue(&stolen).good().contains("done: 1 of 1"));
    assert!(keys.verify(&first.certificate).fault().contains("may be in other hands"));
    let live = keys.home.engine().store.certificate(&storage::TenantId("demo".into()), &first.number).await;
    keys.verify(&live.unwrap().unwrap().issued.certificate).good();
}

#[tokio::test]
async fn without_a_key_that_may_sign_nothing_is_signed() {
    let keys = Keys::new();
    keys.key(&["init"]).good();
    let first = keys.issue("first").await;
    let key = keys.list()[0].0.clone();
    let said = keys.key(&["retire", &key, "--because", "end of the contract"]).good();
    assert!(said.contains("none can be issued before"), "{said}");
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    // Not even a status list: the command line says which key it was and what to do.
    let ran = keys.verify(&first.certificate);
    assert!(ran.fault().contains("must not sign a status") && ran.fault().contains("key rotate"), "{ran:?}");
    let ran = keys.home.serve(&[]);
    assert!(ran.fault().contains("must not sign a certificate"), "{ran:?}");
    keys.key(&["rotate"]).good();
    keys.verify(&first.certificate).good();
}

#[test]
fn a_rotation_that_was_cut_short_is_finished_by_the_next() {
    let keys = Keys::new();
    keys.key(&["init"]).good();
    keys.key(&["rotate"]).good();
    // As it is after the statements and before the key took over: the new key waits beside the former one.
    let keys_folder = keys.home.data("keys");
    let former = fs::read_dir(&keys_folder).unwrap().map(|entry| entry.unwrap().path());
    let former = former.into_iter().find(|file| file.to_str().unwrap().contains("former-")).unwrap();
    fs::rename(keys_folder.join("issuer.pem"), keys_folder.join("issuer-next.pem")).unwrap();
    fs::rename(&former, keys_folder.join("issuer.pem")).unwrap();
    let before = keys.history();
    keys.key(&["rotate"]).good();
    assert_eq!(keys.history(), before, "nothing was stated twice");
    assert!(former.exists() && !keys_folder.join("issuer-next.pem").exists());
    assert_eq!(keys.states(), ["retired", "current", "current", "current"]);

    // As it is when the root key's folder knows more than the directory.
    fs::remove_file(keys_folder.join("history.json")).unwrap();
    keys.key(&["init"]).good();
    assert_eq!(keys.history(), before);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let keys = Keys::new();
    assert!(keys.key(&["rotate"]).fault().contains("holds no root key"));
    keys.key(&["init"]).good();
    let history = keys.history();
    assert!(keys.key(&["init"]).fault().contains("has a root key already"));
    let again = keys.key(&["rotate", "--because", " "]);
    assert!(again.fault().contains("say a reason"));
    assert!(keys.key(&["retire", "z6Mknothing", "--because", "x"]).fault().contains("key list"));
    fs::write(&keys.parts[1], "battery stable\n").unwrap();
    let ran = keys.key(&["rotate"]);
    assert!(ran.fault().contains("root.pem: does not open with this passphrase"), "{ran:?}");
    assert_eq!(keys.history(), history);

    // Another body's root key.
    let other = Keys::new();
    other.key(&["init"]).good();
    let stick = other.root.to_str().unwrap();
    let root = ["--root", stick, "--root-passphrase-file", other.parts[0].to_str().unwrap()];
    let rest = ["--root-passphrase-file", other.parts[1].to_str().unwrap(), "--data", &keys.data()];
    let ran = invigil(["key", "rotate"].iter().chain(&root).chain(&rest));
    assert!(ran.fault().contains("hold different statements"), "{ran:?}");
    assert_eq!(keys.history(), history);

    // Statements that somebody changed.
    let file = keys.home.data("keys/history.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("first certification", "first certificatiom", 1)).unwrap();
    let ran = keys.home.serve(&[]);
    assert!(ran.fault().contains("history.json") && ran.fault().contains("statement 1"), "{ran:?}");
}

/// A ceremony with these answers.
fn ceremony(keys: &Keys, who: &[&str], answers: &str) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["key", "ceremony", "--place", "Room 7"]).args(keys.places());
    for person in who {
        command.args(["--who", person]);
    }
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // It may have refused before it read anything.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[test]
fn a_ceremony_takes_two_people_who_both_agree_and_leaves_a_transcript() {
    let keys = Keys::new();
    let two = ["Ada Example, key custodian", "Zoë Muster, witness"];
    assert!(ceremony(&keys, &two[..1], "Ada Example\n").fault().contains("two people"));
    assert!(ceremony(&keys, &[two[0], "ada  example, witness"], "").fault().contains("different names"));
    let refused = ceremony(&keys, &two, "Ada Example\nno\n");
    assert!(refused.fault().contains("Zoë Muster did not agree"), "{refused:?}");
    assert!(!keys.root.exists(), "nothing was made");

    let said = ceremony(&keys, &two, "Ada Example\nZoë Muster\n").good();
    assert!(said.contains("write it down by hand"), "{said}");
    ceremony(&keys, &two, "ada example\nZOE MUSTER\n").good();
    assert_eq!(keys.states(), ["retired", "current", "current", "current"]);
    let transcripts = [1, 2].map(|number| transcript(&keys.root.join(format!("ceremony-{number}.json"))));
    let root = signing::keys::PublicKey::from_multikey(keys.history().root()).unwrap();
    for transcript in &transcripts {
        assert_eq!(transcript.check(&[root]), Ok(()));
        assert_eq!(transcript.document["people"][1], two[1]);
    }
    assert_eq!(transcripts[0].document["statements_after"], transcripts[1].document["statements_before"]);
    assert_eq!(transcripts[1].document["statements_after"], keys.history().head().unwrap());
    assert!(said.contains(&transcripts[0].digest().unwrap()));
}

fn transcript(file: &Path) -> signing::signed::Signed<Value> {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn an_independent_program_follows_the_statements() {
    if Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert!(std::env::var_os("CI").is_none(), "python3 does not start");
        return;
    }
    let keys = Keys::new();
    keys.key(&["init"]).good();
    keys.key(&["rotate"]).good();
    let check = |history: &Path| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/key_history_check.py");
        let output = Command::new("python3").arg(script).arg(history).output().unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let file = keys.home.data("keys/history.json");
    let (good, said) = check(&file);
    assert!(good && said.contains("5 statements"), "{said}");
    let current = &keys.list()[3].0;
    assert!(said.contains(current) && said.contains("('retire'"), "{said}");
    for (from, to) in [("rotation", "rotatiom"), ("\"seq\": 2", "\"seq\": 3"), ("certificate", "checkpoint")] {
        let changed = keys.home.path().join("changed.json");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from));
        fs::write(&changed, text.replacen(from, to, 1)).unwrap();
        let (good, said) = check(&changed);
        assert!(!good && said.contains("statement"), "{from}: {said}");
    }
}
