//! `invigil bank transition`.

use std::{fmt::Write as _, path::PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use question_bank::{
    Bank, Finding, Flaw, SourceFile,
    bank::Status,
    lifecycle::{self, Entry, Request, Role},
    lint,
};
use serde::Serialize;

use super::{DEFAULT_BANK, Fault, output};
use crate::bank_files::{self, Histories};

#[derive(Args)]
pub(in crate::cli) struct Transition {
    /// The items and scenario sets, by id
    #[arg(required = true, value_name = "ITEM")]
    items: Vec<String>,
    /// The state after
    #[arg(long, value_name = "STATE")]
    to: State,
    /// Who makes the transition
    #[arg(long, value_name = "NAME")]
    by: String,
    /// In which function
    #[arg(long)]
    role: Function,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// When (RFC 3339), for what was done before there was a history; now if it is left out
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<Utc>>,
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum State {
    Draft,
    Reviewed,
    Pilot,
    Operational,
    Suspended,
    Compromised,
    Retired,
}

#[derive(Clone, Copy, ValueEnum)]
enum Function {
    Author,
    Reviewer,
    Releaser,
    Security,
}

/// What was done, or why nothing was.
#[derive(Serialize)]
struct Answer {
    /// The lines that were appended.
    entries: Vec<Entry>,
    /// Why nothing was: one entry an item.
    refused: Vec<Refused>,
    /// Items that no form may use any more, since one of these is compromised.
    taken_out: Vec<TakenOut>,
}

#[derive(Serialize)]
struct Refused {
    item: String,
    reason: String,
}

#[derive(Serialize)]
struct TakenOut {
    item: String,
    #[serde(flatten)]
    taint: lifecycle::Taint,
}

impl Transition {
    pub(super) fn run(self) -> Result<(), Fault> {
        let _lock = bank_files::lock(&self.bank)?;
        let now = Utc::now();
        let at = self.at.unwrap_or(now);
        if at > now {
            return Err(Fault::new(format!("--at {at} is in the future")));
        }
        let files = bank_files::read(&self.bank)?;
        let histories = Histories::of(&files);
        // The histories are what is changed here; whether files agree with them is for the lint to say.
        let (bank, faults) = bank_files::load_without_history(&files);
        let to = Status::from(self.to);
        let errors = if released(to) { lint::open_errors(&bank, bank_files::today()) } else { Vec::new() };
        let mut answer = Answer { entries: Vec::new(), refused: Vec::new(), taken_out: Vec::new() };
        let mut items = self.items.clone();
        items.sort();
        items.dedup();
        for item in &items {
            let request = Request { to, by: self.by.clone(), role: self.role.into(), at, reason: self.reason.clone() };
            match next(&bank, &faults, &errors, &histories, item, request) {
                Ok(entry) => answer.entries.push(entry),
                Err(reason) => answer.refused.push(Refused { item: item.clone(), reason }),
            }
        }
        if !answer.refused.is_empty() {
            answer.entries.clear();
            self.print(&answer)?;
            return Err(Fault::new(format!(
                "{} of {} refused; nothing was changed",
                answer.refused.len(),
                items.len()
            )));
        }
        for entry in &answer.entries {
            self.write(&bank, &files, entry)?;
        }
        if to == Status::Compromised {
            let tainted = bank.tainted_by(items.iter().map(String::as_str));
            answer.taken_out =
                tainted.into_iter().map(|(item, taint)| TakenOut { item: item.to_owned(), taint }).collect();
        }
        self.print(&answer)
    }

    /// The history first: of the two, it is the one that is believed.
    fn write(&self, bank: &Bank, files: &[SourceFile], entry: &Entry) -> Result<(), Fault> {
        bank_files::append(&self.bank, &lifecycle::path_of(&entry.item), &entry.line())?;
        let path = file_of(bank, &entry.item).unwrap_or_default();
        let text = files.iter().find(|file| file.path == path).and_then(|file| std::str::from_utf8(&file.content).ok());
        let text = text.and_then(|text| lifecycle::with_status(text, entry.to));
        let text = text.ok_or_else(|| Fault::new(format!("{path}: set `status = \"{}\"` by hand", entry.to)))?;
        bank_files::replace(&self.bank, path, &text)?;
        Ok(())
    }

    fn print(&self, answer: &Answer) -> Result<(), Fault> {
        if self.json {
            return output::json(answer);
        }
        for Refused { item, reason } in &answer.refused {
            output::line(format!("{item}: refused: {reason}"));
        }
        for entry in &answer.entries {
            let from = entry.from.map(|from| format!("{from} → ")).unwrap_or_default();
            output::line(format!("{} revision {}: {from}{}", entry.item, entry.revision, entry.to));
        }
        for TakenOut { item, taint } in &answer.taken_out {
            output::line(format!("{item} stands on no form from now on: {taint}"));
        }
        if !answer.taken_out.is_empty() {
            let mut command = "invigil bank affected".to_owned();
            for entry in &answer.entries {
                let _ = write!(command, " --item {}", entry.item);
            }
            output::line(format!("«{command}» lists the forms that hold them"));
        }
        Ok(())
    }
}

/// States in which a text is relied on.
fn released(to: Status) -> bool {
    matches!(to, Status::Reviewed | Status::Pilot | Status::Operational)
}

/// The file that an id stands for as a whole.
fn file_of<'a>(bank: &'a Bank, id: &str) -> Option<&'a str> {
    let set = bank.scenarios.get(id).map(|set| set.origin.file.as_str());
    set.or_else(|| bank.items.get(id).filter(|item| item.scenario.is_none()).map(|item| item.origin.file.as_str()))
}

/// The line to append to an item's history, or why there is none.
fn next(
    bank: &Bank,
    faults: &[Finding],
    errors: &[Flaw],
    histories: &Histories<'_>,
    item: &str,
    request: Request,
) -> Result<Entry, String> {
    if let Some(place) = bank.items.get(item).and_then(|item| item.scenario.as_ref()) {
        return Err(format!("it is part of the scenario set {}, which has one state: name the set", place.id));
    }
    let Some(file) = file_of(bank, item) else {
        let of_item = |fault: &&Finding| fault.blocks_use() && fault.file.ends_with(&format!("/{item}.toml"));
        return Err(faults.iter().find(of_item).map_or_else(|| "the bank has no such item".into(), Finding::to_string));
    };
    if let Some(error) = errors.iter().find(|error| error.file == file) {
        return Err(error.to_string());
    }
    let history = histories.history(item).map_err(|error| error.to_string())?;
    let revision = bank.scenarios.get(item).map(|set| set.revision).or_else(|| Some(bank.items.get(item)?.revision));
    let hash = lifecycle::content_hash(bank, item).unwrap_or_default();
    history.next(item, revision.unwrap_or_default(), hash, request).map_err(|refusal| refusal.to_string())
}

impl From<State> for Status {
    fn from(state: State) -> Self {
        match state {
            State::Draft => Self::Draft,
            State::Reviewed => Self::Reviewed,
            State::Pilot => Self::Pilot,
            State::Operational => Self::Operational,
            State::Suspended => Self::Suspended,
            State::Compromised => Self::Compromised,
            State::Retired => Self::Retired,
        }
    }
}

impl From<Function> for Role {
    fn from(function: Function) -> Self {
        match function {
            Function::Author => Self::Author,
            Function::Reviewer => Self::Reviewer,
            Function::Releaser => Self::Releaser,
            Function::Security => Self::Security,
        }
    }
}
