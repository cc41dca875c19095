//! Banks as text files in memory: sound until a test breaks them.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use chrono::NaiveDate;
use question_bank::{Bank, BankSecret, Finding, HashedBank, Scheme, SourceFile, scheme};

/// The day on which banks are loaded unless a test says otherwise; sound items may be used until the end of 2027.
pub(crate) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();

/// The files of a bank, by path.
#[derive(Clone, Debug)]
pub(crate) struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// Nothing but `scheme.toml`.
    pub(crate) fn with_scheme(scheme: impl Into<Vec<u8>>) -> Self {
        Self(BTreeMap::from([("scheme.toml".to_owned(), scheme.into())]))
    }

    /// A small bank without a fault: four stand-alone items (the last takes two responses) and a scenario set of three.
    pub(crate) fn sound() -> Self {
        Self::with_scheme(scheme_text(&[("D1", 2), ("D2", 2)], 1, 2))
            .item("it-1", "D1", "a")
            .item("it-2", "D1", "b")
            .item("it-3", "D2", "c")
            .item("it-4", "D2", "bd")
            .set("s-1", &[("D1", "a"), ("D2", "b"), ("D1", "c")])
    }

    /// Adds a stand-alone item whose keys are these letters; with two or more it is a multiple-response item.
    pub(crate) fn item(self, id: &str, domain: &str, keys: &str) -> Self {
        self.add(&format!("items/{id}.toml"), item_text(id, domain, keys))
    }

    /// Adds a scenario set of items `<id>-1`, `<id>-2`, …, each given by its domain and keys.
    pub(crate) fn set(self, id: &str, members: &[(&str, &str)]) -> Self {
        self.add(&format!("scenarios/{id}.toml"), set_text(id, members))
    }

    pub(crate) fn add(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), content.into());
        self
    }

    pub(crate) fn remove(mut self, path: &str) -> Self {
        self.0.remove(path).unwrap();
        self
    }

    pub(crate) fn rename(mut self, path: &str, to: &str) -> Self {
        let content = self.0.remove(path).unwrap();
        self.add(to, content)
    }

    /// Replaces the first place where `from` stands in a file. It must stand there.
    pub(crate) fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        let text = text.replacen(from, to, 1);
        self.add(path, text)
    }

    /// The line, counted from 1, where `needle` first stands in a file.
    pub(crate) fn line(&self, path: &str, needle: &str) -> u32 {
        let text = self.text(path);
        let at = text.find(needle).unwrap_or_else(|| panic!("{path} has no {needle:?}"));
        u32::try_from(text[..at].matches('\n').count() + 1).unwrap()
    }

    pub(crate) fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.0[path]).unwrap()
    }

    pub(crate) fn sources(&self) -> Vec<SourceFile> {
        self.0.iter().map(|(path, content)| SourceFile::new(path, content.as_slice())).collect()
    }

    pub(crate) fn load(&self) -> (Bank, Vec<Finding>) {
        Bank::load(&self.sources(), TODAY)
    }

    /// The bank with its hashes. Nothing may keep it from use.
    pub(crate) fn hashed(&self) -> HashedBank {
        self.hashed_with(&BankSecret::new([7; 32]))
    }

    pub(crate) fn hashed_with(&self, secret: &BankSecret) -> HashedBank {
        let (bank, findings) = self.load();
        let blocking: Vec<_> = findings.iter().filter(|finding| finding.blocks_use()).collect();
        assert!(blocking.is_empty(), "{blocking:#?}");
        HashedBank::new(bank, secret).unwrap()
    }
}

/// A scheme with these domains and items of each, `sets` scenario sets of `each` items, and a pass mark of 70 %.
pub(crate) fn scheme(domains: &[(&str, u32)], sets: u32, each: u32) -> Scheme {
    scheme::parse(&scheme_text(domains, sets, each)).unwrap()
}

/// As [`scheme`], as the text of `scheme.toml`. Retakes and bands are those of CAISP.
pub(crate) fn scheme_text(domains: &[(&str, u32)], sets: u32, each: u32) -> String {
    let items: u32 = domains.iter().map(|(_, items)| items).sum();
    let correct = (items * 7).div_ceil(10);
    let mut text = format!(
        r#"format = "invigil-scheme"
version = 1
id = "small"
edition = "1"
title = {}
issuer = {}

[exam]
items = {}
duration_minutes = {}
pass = {}
options = {}
open_book = {}
language_extra_minutes = {}
late_cutoff_minutes = {}

[scenarios]
sets = {}
items_each = {}

[forms]
statuses = {}

[certificate]
validity_years = {}

[cpd]
credits = {}
unit = {}
trigger = {}
"#,
        fact("\"A small certification\""),
        fact("\"Nobody\""),
        fact(&items.to_string()),
        fact("180"),
        fact(&format!("{{ correct = {correct}, of = {items} }}")),
        fact("3"),
        fact("true"),
        fact("30"),
        fact("5"),
        fact(&sets.to_string()),
        fact(&each.to_string()),
        fact("[\"operational\"]"),
        fact("3"),
        fact("31"),
        fact("\"CPD\""),
        fact("\"exam_pass\""),
    );
    for (id, items) in domains {
        let (title, items) = (fact(&format!("\"Domain {id}\"")), fact(&items.to_string()));
        write!(text, "\n[[domain]]\nid = \"{id}\"\ntitle = {title}\nitems = {items}\n").unwrap();
    }
    for (after, wait, anchor) in [
        (1, "days = 15", "first_attempt"),
        (2, "months = 3", "first_attempt"),
        (3, "months = 6", "first_attempt"),
        (4, "months = 12", "last_attempt"),
    ] {
        let (wait, anchor) = (fact(&format!("{{ {wait} }}")), fact(&format!("\"{anchor}\"")));
        write!(text, "\n[[retake]]\nafter_attempt = {after}\nwait = {wait}\nanchor = {anchor}\n").unwrap();
    }
    for (id, title, from) in
        [("above_target", "Above target", 85), ("on_target", "On target", 70), ("below_target", "Below target", 0)]
    {
        let (title, from) = (fact(&format!("\"{title}\"")), fact(&from.to_string()));
        write!(text, "\n[[band]]\nid = \"{id}\"\ntitle = {title}\nfrom_percent = {from}\n").unwrap();
    }
    text
}

fn fact(value: &str) -> String {
    format!("{{ value = {value}, basis = \"assumed\", source = \"a test\" }}")
}

/// Option `x` of item `it-1` reads «Answer x to it-1».
fn item_text(id: &str, domain: &str, keys: &str) -> String {
    let head = head("invigil-item", id);
    let (question, lists) = question("", id, domain, keys);
    format!("{head}{question}{AUTHORING}{lists}")
}

fn set_text(id: &str, members: &[(&str, &str)]) -> String {
    let head = head("invigil-scenario", id);
    let stimulus = "A claims assistant keeps what it reads in a memory. ".repeat(18);
    let mut text = format!("{head}title = \"The case {id}\"\nstimulus = \"\"\"\n{stimulus}\n\"\"\"\n{AUTHORING}");
    for (position, (domain, keys)) in (1..).zip(members) {
        let id = format!("{id}-{position}");
        let (question, lists) = question("item.", &id, domain, keys);
        write!(text, "\n[[item]]\nid = \"{id}\"\n{question}{lists}").unwrap();
    }
    text
}

fn head(format: &str, id: &str) -> String {
    format!("format = \"{format}\"\nversion = 1\nid = \"{id}\"\nrevision = 1\nstatus = \"operational\"\n")
}

const AUTHORING: &str = "
[authoring]
authored_on = 2026-01-05
ai_assisted = true
reviewed = true
";

fn question(under: &str, id: &str, domain: &str, keys: &str) -> (String, String) {
    let (kind, letters, ask) =
        if keys.len() == 1 { ("single_choice", "abc", "") } else { ("multiple_response", "abcde", " Select TWO.") };
    let question = format!(
        "domain = \"{domain}\"\nlevel = \"analysis\"\ntopic = \"memory poisoning\"\nkind = \"{kind}\"\nstem = \"\"\"\n\
         The log of {id} shows one *odd* line.\n\nWhich control comes first?{ask}\n\"\"\"\n"
    );
    let mut lists = format!(
        "\n[[{under}reference]]\nsource = \"OWASP Top 10 for LLM Applications\"\nedition = \"2026\"\n\
         locator = \"LLM04\"\nverified_on = 2026-01-05\nreview_by = 2027-12-31\n"
    );
    for letter in letters.chars() {
        let key = if keys.contains(letter) { "key = true\n" } else { "" };
        write!(
            lists,
            "\n[[{under}option]]\nid = \"{letter}\"\ntext = \"Answer {letter} to {id}\"\n{key}\
             rationale = \"Why {letter} is what it is.\"\n"
        )
        .unwrap();
    }
    (question, lists)
}

/// The files of a bank of `content/`.
pub(crate) fn content(bank: &str) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(bank);
    let mut files = Vec::new();
    for part in ["", "images/", "items/", "scenarios/", "history/"] {
        let Ok(entries) = fs::read_dir(folder.join(part)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push(SourceFile::new(format!("{part}{name}"), fs::read(&path).unwrap()));
        }
    }
    files
}
