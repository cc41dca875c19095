//! Telling formats apart, and reading each.

use std::{
    io::{Read as _, Seek as _},
    path::Path,
};

use interchange::{Outcome, gift, moodle};
use serde_json::Value;

use super::{
    bounded, open,
    report::{FileReport, ItemReport, Place},
    taken::Taken,
};
use crate::foreign::{self, Choices, Note};

/// Bytes that are looked at to tell what a file is.
const BEGINNING: u64 = 4 * 1024;

/// The most bytes of a file that is no package.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a file of any format.
///
/// # Errors
/// A sentence if the file cannot be read at all.
pub(super) fn read(path: &Path, choices: &Choices, taken: &mut Taken, parsed: bool) -> Result<FileReport, String> {
    let mut file = open(path)?;
    let mut beginning = Vec::new();
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    file.by_ref().take(BEGINNING).read_to_end(&mut beginning).map_err(told)?;
    let name = path.display().to_string();
    let mut reader = Reader { name: &name, choices, taken, parsed };
    let format = told_by(&beginning);
    if format == "qti_package" {
        file.rewind().map_err(told)?;
        return Ok(reader.package(file));
    }
    let bytes = match bounded(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(message) => {
            let faults = vec![Note { file: name.clone(), line: None, column: None, message }];
            return Ok(FileReport { file: name.clone(), format, faults, ..FileReport::default() });
        }
    };
    Ok(match format {
        "moodle_xml" => reader.records(format, moodle::read(&bytes)),
        "gift" => {
            let mut report = reader.records(format, gift::read(&bytes));
            report.parsed = std::str::from_utf8(&bytes)
                .ok()
                .filter(|_| bytes.len() <= interchange::bounds::GIFT_BYTES)
                .and_then(|text| gift::parse(text, gift::CommentLines::Text).ok())
                .map(|entries| gift::to_json(&entries));
            report
        }
        _ => reader.document(&bytes),
    })
}

/// What a file is, by its first bytes. What is neither an archive nor XML is GIFT, which is plain text.
fn told_by(beginning: &[u8]) -> &'static str {
    if beginning.starts_with(b"PK") {
        return "qti_package";
    }
    if beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff") {
        return "qti";
    }
    let text = String::from_utf8_lossy(beginning);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match root(text) {
        Some("quiz") => "moodle_xml",
        Some(_) => "qti",
        None => "gift",
    }
}

/// The name of the first element of what begins like XML; GIFT may begin with HTML, but with none of these names.
fn root(mut text: &str) -> Option<&str> {
    let is_xml = text.starts_with("<?xml") || text.starts_with("<!DOCTYPE");
    loop {
        let rest = text.strip_prefix('<')?;
        let end = match rest {
            _ if rest.starts_with("!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with('?') => rest.find('>').map(|at| at + 1),
            // Its declarations hold further signs; whoever reads the file refuses them.
            _ if rest.starts_with('!') => return Some(if text.contains("<quiz") { "quiz" } else { "" }),
            _ => {
                let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
                let local = name.rsplit(':').next().unwrap_or(name);
                let known = ["quiz", "questestinterop", "assessmentItem", "assessmentTest", "assessmentStimulus"];
                let is_known = known.contains(&local) || local.starts_with("qti-assessment-");
                return (is_xml || is_known).then_some(local);
            }
        };
        match end {
            Some(end) => text = rest[end..].trim_start(),
            None => return is_xml.then_some(""),
        }
    }
}

pub(super) struct Reader<'a> {
    pub(super) name: &'a str,
    pub(super) choices: &'a Choices,
    pub(super) taken: &'a mut Taken,
    /// Whether items are told as they were read.
    pub(super) parsed: bool,
}

impl Reader<'_> {
    pub(super) fn empty(&self, format: &'static str) -> FileReport {
        FileReport { file: self.name.to_owned(), format, ..FileReport::default() }
    }

    /// Moodle and GIFT.
    fn records(&mut self, format: &'static str, import: interchange::Import) -> FileReport {
        let mut report = self.empty(format);
        let file = self.name.to_owned();
        let note = |at: interchange::Position, message: String| Note {
            file: file.clone(),
            line: Some(at.line),
            column: Some(at.column),
            message,
        };
        report.faults = import.faults.iter().map(|fault| note(fault.at, fault.kind.to_string())).collect();
        for record in import.records {
            let question = record.outcome.question();
            let id = self.taken.id([question.and_then(|q| q.id.as_deref()), Some(record.name.as_str())]);
            let at = Place { file: file.clone(), line: Some(record.at.line), column: Some(record.at.column) };
            let named = (id.clone(), record.kind.clone(), record.name.clone());
            let losses = match &record.outcome {
                Outcome::ImportedWithLoss { losses, .. } => {
                    losses.iter().map(|loss| note(loss.at, loss.kind.to_string())).collect()
                }
                _ => Vec::new(),
            };
            report.items.push(match &record.outcome {
                Outcome::Refused { faults } => {
                    let faults = faults.iter().map(|fault| note(fault.at, fault.kind.to_string())).collect();
                    ItemReport::refused(at, named, faults)
                }
                Outcome::Imported { question } | Outcome::ImportedWithLoss { question, .. } => {
                    let parsed =
                        if self.parsed { serde_json::to_value(question).unwrap_or_default() } else { Value::Null };
                    let native = foreign::of_question(question, &id, self.choices, &self.taken.images);
                    ItemReport::read(at, named, losses, parsed, native)
                }
            });
        }
        report
    }
}

#[cfg(test)]
mod tests {
    use super::told_by;

    #[test]
    fn a_file_is_told_by_how_it_begins() {
        for (beginning, format) in [
            ("PK\u{3}\u{4}", "qti_package"),
            ("<?xml version=\"1.0\"?>\n<!-- a -->\n<quiz>", "moodle_xml"),
            ("\u{feff}<quiz>", "moodle_xml"),
            ("<qti-assessment-item>", "qti"),
            ("<assessmentItem", "qti"),
            ("<?xml version=\"1.0\"?><other/>", "qti"),
            ("<!DOCTYPE quiz [<!ENTITY a \"b\">]><quiz/>", "moodle_xml"),
            ("::Title:: <b>Is</b> it? {T}", "gift"),
            ("<b>Is</b> it? {T}", "gift"),
            ("", "gift"),
        ] {
            assert_eq!(told_by(beginning.as_bytes()), format, "{beginning}");
        }
    }
}
