//! A bank against its histories.

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, History, content_hash, path_of};
use crate::{
    Code, Finding, SourceFile,
    bank::{Bank, MAX_FILE_BYTES, Origin, Status},
};

/// The id that a history's path names.
pub(crate) fn item_of_path(path: &str) -> Option<&str> {
    path.strip_prefix("history/")?.strip_suffix(".jsonl").filter(|id| !id.contains('/'))
}

/// Checks every history and what it says of the files. What is at fault is taken out of the bank. `declared` are the ids
/// of faulty files too.
pub(crate) fn check<'a>(
    bank: &mut Bank,
    declared: &BTreeSet<String>,
    histories: impl Iterator<Item = (&'a str, &'a SourceFile)>,
    findings: &mut Vec<Finding>,
) {
    let histories: BTreeMap<&str, &SourceFile> = histories.collect();
    bank.has_history = !histories.is_empty();
    if histories.is_empty() {
        return;
    }
    let units = units(bank);
    let mut out = BTreeSet::new();
    for (&id, file) in &histories {
        let in_bank = units.get(id);
        if in_bank.is_none() && (bank.items.contains_key(id) || !declared.contains(id)) {
            let message = format!("the bank has no item file or scenario set {id:?}");
            let help = "items are retired, not removed: bring the file back";
            report(findings, &file.path, 1, Code::HistoryOrphan, message, help);
        }
        match read(id, file) {
            Ok(history) => {
                if let (Some(unit), Some(last)) = (in_bank, history.last())
                    && let Some((code, message, help)) = contradiction(bank, id, unit, last)
                {
                    report(findings, &unit.origin.file, unit.origin.line, code, message, &help);
                    out.insert(id.to_owned());
                }
            }
            Err((line, message)) => {
                let help = "restore the file from the bank's version control; a history is only ever continued";
                report(findings, &file.path, line, Code::HistoryFault, message, help);
                out.insert(id.to_owned());
            }
        }
    }
    for (id, unit) in
        units.iter().filter(|(id, unit)| unit.status != Status::Draft && !histories.contains_key(id.as_str()))
    {
        let message = format!("its status is {}, and {} does not exist", unit.status, path_of(id));
        let help = format!("make its transitions with «invigil bank transition {id}», first --to draft");
        report(findings, &unit.origin.file, unit.origin.line, Code::HistoryMissing, message, &help);
        out.insert(id.clone());
    }
    bank.items.retain(|id, item| !out.contains(item.scenario.as_ref().map_or(id, |place| &place.id)));
    bank.scenarios.retain(|id, _| !out.contains(id));
}

/// What has a history: an item file or a scenario set.
struct Unit {
    revision: u32,
    status: Status,
    origin: Origin,
}

fn units(bank: &Bank) -> BTreeMap<String, Unit> {
    let alone = bank.items.values().filter(|item| item.scenario.is_none());
    let alone = alone.map(|item| (&item.id, item.revision, item.status, &item.origin));
    let sets = bank.scenarios.values().map(|set| (&set.id, set.revision, set.status, &set.origin));
    let unit = |(id, revision, status, origin): (&String, _, _, &Origin)| {
        (id.clone(), Unit { revision, status, origin: origin.clone() })
    };
    alone.chain(sets).map(unit).collect()
}

fn read(id: &str, file: &SourceFile) -> Result<History, (u32, String)> {
    if file.content.len() > MAX_FILE_BYTES {
        return Err((1, format!("the file has {} bytes, at most {MAX_FILE_BYTES} are read", file.content.len())));
    }
    let text = std::str::from_utf8(&file.content).map_err(|_| (1, "the file is not UTF-8".to_owned()))?;
    let history = History::read(id, text).map_err(|broken| (broken.line, broken.to_string()))?;
    if history.last().is_none() {
        return Err((1, "the history is empty".to_owned()));
    }
    Ok(history)
}

/// How a file and the last line of its history contradict one another.
fn contradiction(bank: &Bank, id: &str, unit: &Unit, last: &Entry) -> Option<(Code, String, String)> {
    if unit.status != last.to || unit.revision != last.revision {
        let message = format!(
            "the file says {} in revision {}, its history {} in revision {}",
            unit.status, unit.revision, last.to, last.revision
        );
        let help = format!("change it by «invigil bank transition {id}» only, or set the file back");
        return Some((Code::StatusNotHistory, message, help));
    }
    let changed = last.to != Status::Draft && content_hash(bank, id).is_some_and(|hash| hash != last.content_hash);
    changed.then(|| {
        let message = format!("its text is not the one that became {} on {}", last.to, last.at.date_naive());
        let help =
            "restore it, or raise `revision` and register the new one with «invigil bank transition … --to draft»";
        (Code::TextChanged, message, help.to_owned())
    })
}

fn report(findings: &mut Vec<Finding>, file: &str, line: u32, code: Code, message: String, help: &str) {
    let (file, help) = (file.to_owned(), help.to_owned());
    findings.push(Finding { file, line, severity: code.severity(), code, message, help });
}
