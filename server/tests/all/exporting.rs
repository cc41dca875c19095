//! Banks as QTI packages: what comes back is what went out, and what others changed is what they made of it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use qti::{
    model::{Content, Kind},
    package::{self, Package},
};
use serde_json::Value;

use crate::fixture::invigil;

const BANKS: [&str; 3] = ["caisp", "caisp-practice", "practice"];

fn bank(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../question-bank/content").join(name)
}

fn exported(bank: &Path, folder: &Path) -> PathBuf {
    let archive = folder.join("bank.zip");
    let ran = invigil(["bank", "export", "--bank", bank.to_str().unwrap(), "--qti", archive.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    archive
}

/// What an import says, and the files that it wrote.
fn imported(archive: &Path, into: &Path) -> (Value, BTreeMap<String, Vec<u8>>) {
    let ran = invigil(["bank", "import", archive.to_str().unwrap(), "--json", "--into", into.to_str().unwrap()]);
    let report = serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"));
    (report, files(into))
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for kind in ["items", "scenarios", "images"] {
        let Ok(entries) = fs::read_dir(folder.join(kind)) else { continue };
        for entry in entries.map(Result::unwrap) {
            found.insert(format!("{kind}/{}", entry.file_name().to_str().unwrap()), fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn opened(archive: &Path) -> Package {
    package::read("bank.zip", fs::File::open(archive).unwrap()).unwrap().into_package()
}

fn class<'r>(report: &'r Value, id: &str) -> &'r str {
    let items = report["files"][0]["items"].as_array().unwrap();
    items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id}"))["class"].as_str().unwrap()
}

#[test]
fn a_bank_that_went_out_comes_back_to_the_byte_as_drafts() {
    for name in BANKS {
        let folder = tempfile::tempdir().unwrap();
        let archive = exported(&bank(name), folder.path());
        let (report, back) = imported(&archive, &folder.path().join("back"));
        let totals = &report["totals"];
        assert_eq!((&totals["imported_with_loss"], &totals["refused"]), (&0.into(), &0.into()), "{name}: {totals}");
        let as_draft = |(path, content): (String, Vec<u8>)| {
            if !path.ends_with(".toml") {
                return (path, content);
            }
            let text = String::from_utf8(content).unwrap();
            let text = text.replacen("status = \"operational\"", "status = \"draft\"", 1);
            (path, text.replacen("reviewed = true", "reviewed = false", 1).into_bytes())
        };
        let sent: BTreeMap<String, Vec<u8>> = files(&bank(name)).into_iter().map(as_draft).collect();
        assert_eq!(sent.keys().collect::<Vec<_>>(), back.keys().collect::<Vec<_>>(), "{name}");
        for (path, content) in &sent {
            assert!(back[path] == *content, "{name}: {path} came back otherwise");
        }
    }
}

/// Other systems drop what they do not know. Stems, options and keys are in the QTI itself.
#[test]
fn without_the_banks_own_files_the_questions_and_their_keys_come_back() {
    for name in BANKS {
        let folder = tempfile::tempdir().unwrap();
        let mut package = opened(&exported(&bank(name), folder.path()));
        package.files.retain(|path, _| !path.starts_with("invigil/"));
        let bare = folder.path().join("bare.zip");
        fs::write(&bare, package::write(&package).unwrap()).unwrap();
        let (report, back) = imported(&bare, &folder.path().join("back"));
        assert_eq!(report["totals"]["refused"], 0, "{name}: {report:#}");
        let table = |text: &[u8]| -> toml::Table { std::str::from_utf8(text).unwrap().parse().unwrap() };
        let content = |item: &toml::Table| {
            let options = item.get("option").and_then(toml::Value::as_array).into_iter().flatten();
            let fields = ["text", "key", "rect", "circle", "poly"];
            let mut options: Vec<_> =
                options.map(|option| fields.map(|field| format!("{:?}", option.get(field)))).collect();
            // The order of others is none that forms keep, and may have been the key's.
            if item["kind"].as_str() != Some("order") {
                options.sort();
            }
            (item["kind"].clone(), options, item.get("credit").cloned(), item.get("per_row").cloned())
        };
        let sent = files(&bank(name));
        let mut compared = 0;
        for (path, text) in sent.iter().filter(|(path, _)| path.starts_with("items/")) {
            let (sent, back) = (table(text), table(&back[path]));
            assert_eq!(content(&sent), content(&back), "{name}: {path}");
            compared += 1;
        }
        assert!(compared > 0, "{name}");
    }
}

#[test]
fn what_was_changed_elsewhere_is_read_and_what_came_with_it_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let mut package = opened(&exported(&bank("caisp-practice"), folder.path()));
    let alone =
        package.items.iter().position(|item| item.content.stimuli.is_empty() && is_choice(&item.content)).unwrap();
    let id = package.items[alone].content.identifier.clone();
    let other = package.items[alone + 1].content.identifier.clone();
    change_first_option(&mut package.items[alone].content.body);
    let archive = folder.path().join("changed.zip");
    fs::write(&archive, package::write(&package).unwrap()).unwrap();

    let (report, back) = imported(&archive, &folder.path().join("back"));
    assert_eq!(class(&report, &id), "imported_with_loss");
    assert_eq!(class(&report, &other), "imported");
    let text = String::from_utf8(back[&format!("items/{id}.toml")].clone()).unwrap();
    assert!(text.contains("Changed elsewhere"), "{text}");
    let losses = report.to_string();
    assert!(losses.contains("was changed since it was exported"), "{losses}");
}

#[test]
fn the_same_bank_twice_gives_no_item_twice() {
    let folder = tempfile::tempdir().unwrap();
    let archive = exported(&bank("practice"), folder.path());
    let path = archive.to_str().unwrap();
    let into = folder.path().join("back");
    let ran = invigil(["bank", "import", path, path, "--json", "--into", into.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let ids = |file: usize| {
        let items = report["files"][file]["items"].as_array().unwrap().iter();
        items.map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(ids(1).iter().all(|id| !ids(0).contains(id)));
}

#[test]
fn an_export_overwrites_nothing_and_asks_for_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let archive = exported(&bank("practice"), folder.path());
    let before = fs::read(&archive).unwrap();
    let practice = bank("practice");
    let ran = invigil(["bank", "export", "--bank", practice.to_str().unwrap(), "--qti", archive.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(fs::read(&archive).unwrap() == before);
    assert_eq!(invigil(["bank", "export", "--bank", practice.to_str().unwrap()]).code, Some(2));
}

fn is_choice(item: &qti::model::Item) -> bool {
    item.body.iter().any(|piece| matches!(piece, Content::Interaction(of) if matches!(of.kind, Kind::Choice { .. })))
}

fn change_first_option(body: &mut [Content]) {
    for piece in body {
        let Content::Interaction(interaction) = piece else { continue };
        if let Kind::Choice { choices, .. } = &mut interaction.kind {
            choices[0].content = vec![Content::Text("Changed elsewhere".to_owned())];
        }
    }
}
