//! Telling formats apart, and reading each.

use std::{
    collections::BTreeMap,
    io::{Read as _, Seek as _},
    path::Path,
};

use interchange::{Outcome, gift, moodle};
use qti::{
    Fault, Loss,
    model::{Item, Stimulus},
    package,
    read::{Document, read as read_document},
};
use serde_json::Value;

use super::{
    bounded, open,
    report::{FileReport, ItemReport, Place},
};
use crate::foreign::{self, Choices, Note, Surroundings};

/// Bytes that are looked at to tell what a file is.
const BEGINNING: u64 = 4 * 1024;

/// The most bytes of a file that is no package.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a file of any format.
///
/// # Errors
/// A sentence if the file cannot be read at all.
pub(super) fn read(
    path: &Path,
    choices: &Choices,
    ids: &mut BTreeMap<String, usize>,
    parsed: bool,
) -> Result<FileReport, String> {
    let mut file = open(path)?;
    let mut beginning = Vec::new();
    let told = |error: std::io::Error| format!("{}: {error}", path.display());
    file.by_ref().take(BEGINNING).read_to_end(&mut beginning).map_err(told)?;
    let name = path.display().to_string();
    let mut reader = Reader { name: &name, choices, ids, parsed };
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

struct Reader<'a> {
    name: &'a str,
    choices: &'a Choices,
    /// Ids that are taken, and how often their names came up.
    ids: &'a mut BTreeMap<String, usize>,
    /// Whether items are told as they were read.
    parsed: bool,
}

impl Reader<'_> {
    /// An id that no other draft has.
    fn id(&mut self, names: [Option<&str>; 2]) -> String {
        let stem = names.into_iter().flatten().map(foreign::slug).find(|slug| !slug.is_empty());
        let stem = stem.unwrap_or_else(|| "item".to_owned());
        // Where the search for a free number goes on, so that many items of one name take no longer than others.
        let mut number = self.ids.get(&stem).copied().unwrap_or(0);
        let id = loop {
            number += 1;
            let id = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
            if number == 1 || !self.ids.contains_key(&id) {
                break id;
            }
        };
        self.ids.insert(stem, number);
        self.ids.entry(id.clone()).or_insert(1);
        id
    }

    fn empty(&self, format: &'static str) -> FileReport {
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
            let id = self.id([question.and_then(|q| q.id.as_deref()), Some(record.name.as_str())]);
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
                        self.parsed.then(|| serde_json::to_value(question).unwrap_or_default()).unwrap_or_default();
                    ItemReport::read(at, named, losses, parsed, foreign::of_question(question, &id, self.choices))
                }
            });
        }
        report
    }

    /// A single QTI file.
    fn document(&mut self, bytes: &[u8]) -> FileReport {
        let mut report = self.empty("qti");
        let import = read_document(self.name, bytes);
        match import.content() {
            None => {
                // What no item can be told in is about the file; an item at fault is one that is refused.
                let faults: Vec<Note> = import.faults().iter().map(of_fault).collect();
                let id = self.id([Path::new(self.name).file_stem().and_then(|stem| stem.to_str()), None]);
                let at = Place { file: self.name.to_owned(), line: None, column: None };
                report.items.push(ItemReport::refused(at, (id, "qti".to_owned(), String::new()), faults));
            }
            Some(Document::Item(item)) => {
                let (files, stimuli) = (BTreeMap::new(), BTreeMap::new());
                let around = Surroundings { file: self.name, files: &files, stimuli: &stimuli };
                report.items.push(self.item(item, import.losses(), &around));
            }
            Some(_) => {
                let message = "a stimulus or a test holds no items by itself; import the package that it belongs to";
                let file = self.name.to_owned();
                report.faults.push(Note { file, line: None, column: None, message: message.to_owned() });
            }
        }
        report
    }

    fn package(&mut self, file: std::fs::File) -> FileReport {
        let mut report = self.empty("qti_package");
        let opened = match package::read(self.name, file) {
            Ok(opened) => opened,
            Err(faults) => {
                report.faults = faults.iter().map(of_fault).collect();
                return report;
            }
        };
        report.losses = opened.losses.iter().map(of_loss).collect();
        let mut stimuli: BTreeMap<&str, &Stimulus> = BTreeMap::new();
        for stimulus in &opened.stimuli {
            report.losses.extend(stimulus.content.losses().iter().map(of_loss));
            report.faults.extend(stimulus.content.faults().iter().map(of_fault));
            stimuli.extend(stimulus.content.content().map(|content| (stimulus.file.as_str(), content)));
        }
        for test in &opened.tests {
            report.faults.extend(test.content.faults().iter().map(of_fault));
            let message = "the order, selection and weights of a test: forms are drawn by the scheme".to_owned();
            report.losses.push(Note { file: test.file.clone(), line: None, column: None, message });
        }
        for item in &opened.items {
            match item.content.content() {
                Some(content) => {
                    let around = Surroundings { file: &item.file, files: &opened.files, stimuli: &stimuli };
                    report.items.push(self.item(content, item.content.losses(), &around));
                }
                None => {
                    let id = self.id([Some(&item.resource), None]);
                    let at = Place { file: item.file.clone(), line: None, column: None };
                    let faults = item.content.faults().iter().map(of_fault).collect();
                    report.items.push(ItemReport::refused(at, (id, "qti".to_owned(), item.resource.clone()), faults));
                }
            }
        }
        report
    }

    fn item(&mut self, item: &Item, losses: &[Loss], around: &Surroundings<'_>) -> ItemReport {
        let id = self.id([Some(&item.identifier), Some(&item.title)]);
        let at = Place { file: around.file.to_owned(), line: Some(1), column: Some(1) };
        let parsed: Value = self.parsed.then(|| serde_json::to_value(item).unwrap_or_default()).unwrap_or_default();
        let native = foreign::of_item(item, around, &id, self.choices);
        let named = (id, "qti".to_owned(), item.title.clone());
        ItemReport::read(at, named, losses.iter().map(of_loss).collect(), parsed, native)
    }
}

fn of_fault(fault: &Fault) -> Note {
    note(&fault.file, fault.place, fault.what.to_string())
}

fn of_loss(loss: &Loss) -> Note {
    note(&loss.file, loss.place, loss.what.to_string())
}

fn note(file: &str, place: Option<qti::Place>, message: String) -> Note {
    let number = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let (line, column) = (place.map(|place| number(place.line)), place.map(|place| number(place.column)));
    Note { file: file.to_owned(), line, column, message }
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
