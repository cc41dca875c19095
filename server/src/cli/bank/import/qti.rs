//! Reading QTI: items, and packages of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use qti::{
    Fault, Loss,
    model::{Item, Stimulus},
    package,
    read::{Document, read as read_document},
};
use serde_json::Value;

use super::{
    formats::Reader,
    report::{FileReport, ItemReport, Place},
};
use crate::{
    bank_files,
    foreign::{self, Carried, CarriedItem, Files, Match, Note, Surroundings},
};

/// What is said of an item that was changed since this engine wrote it.
const CHANGED: &str = "not kept: domain, level, topic, references, rationales and the like: the item, or another of its set, \
                       was changed since it was exported, and what came with it says otherwise or is at fault";

/// What is said of an item whose native file is not taken, because its name is not free.
const NOT_FREE: &str = "not kept: domain, level, topic, references, rationales and the like: the id of the item, or another \
                        of its set, is taken by a draft that was read before";

impl Reader<'_> {
    /// A single QTI file.
    pub(super) fn document(&mut self, bytes: &[u8]) -> FileReport {
        let mut report = self.empty("qti");
        let import = read_document(self.name, bytes);
        match import.content() {
            None => {
                // What no item can be told in is about the file; an item at fault is one that is refused.
                let faults: Vec<Note> = import.faults().iter().map(of_fault).collect();
                let id = self.taken.id([Path::new(self.name).file_stem().and_then(|stem| stem.to_str()), None]);
                let at = Place { file: self.name.to_owned(), line: None, column: None };
                report.items.push(ItemReport::refused(at, (id, "qti".to_owned(), String::new()), faults));
            }
            Some(Document::Item(item)) => {
                let (files, stimuli) = (Files::new(), BTreeMap::new());
                let losses = import.losses().iter().map(of_loss).collect();
                report.items.push(self.item(self.name, item, losses, (&files, &stimuli)));
            }
            Some(_) => {
                let message = "a stimulus or a test holds no items by itself; import the package that it belongs to";
                let file = self.name.to_owned();
                report.faults.push(Note { file, line: None, column: None, message: message.to_owned() });
            }
        }
        report
    }

    pub(super) fn package(&mut self, file: std::fs::File) -> FileReport {
        let mut report = self.empty("qti_package");
        let mut opened = match package::read(self.name, file) {
            Ok(opened) => opened,
            Err(faults) => {
                report.faults = faults.iter().map(of_fault).collect();
                return report;
            }
        };
        let files: Files = std::mem::take(&mut opened.files).into_iter().map(|(path, b)| (path, b.into())).collect();
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
        let carried = Carried::of(&opened, &files, bank_files::today());
        // Two packages of the same bank: what is there already is not there twice. All that are taken keep their names
        // before other items are given theirs.
        let mut fresh: BTreeSet<&str> = BTreeSet::new();
        for item in &opened.items {
            if let Match::Same(native) = carried.of_file(&item.file)
                && self.taken.is_free(native)
            {
                fresh.insert(&item.file);
            }
        }
        for file in &fresh {
            if let Match::Same(native) = carried.of_file(file) {
                self.taken.keep(native);
            }
        }
        for item in &opened.items {
            match (item.content.content(), carried.of_file(&item.file)) {
                (Some(content), Match::Same(native)) if fresh.contains(item.file.as_str()) => {
                    report.items.push(self.carried(&item.file, content, native));
                }
                (Some(content), found) => {
                    let mut losses: Vec<Note> = item.content.losses().iter().map(of_loss).collect();
                    let message = match found {
                        Match::None => None,
                        Match::Changed => Some(CHANGED),
                        Match::Same(_) => Some(NOT_FREE),
                    };
                    losses.extend(message.map(|message| note(&item.file, None, message.to_owned())));
                    report.items.push(self.item(&item.file, content, losses, (&files, &stimuli)));
                }
                (None, _) => {
                    let id = self.taken.id([Some(&item.resource), None]);
                    let at = Place { file: item.file.clone(), line: None, column: None };
                    let faults = item.content.faults().iter().map(of_fault).collect();
                    report.items.push(ItemReport::refused(at, (id, "qti".to_owned(), item.resource.clone()), faults));
                }
            }
        }
        report
    }

    /// An item of a package that this engine wrote.
    fn carried(&self, file: &str, item: &Item, carried: &CarriedItem) -> ItemReport {
        let at = Place { file: file.to_owned(), line: Some(1), column: Some(1) };
        let parsed = if self.parsed { serde_json::to_value(item).unwrap_or_default() } else { Value::Null };
        let named = (carried.id.clone(), "qti".to_owned(), item.title.clone());
        ItemReport::read(at, named, Vec::new(), parsed, Ok(carried.native.clone()))
    }

    fn item(
        &mut self,
        file: &str,
        item: &Item,
        losses: Vec<Note>,
        (files, stimuli): (&Files, &BTreeMap<&str, &Stimulus>),
    ) -> ItemReport {
        let id = self.taken.id([Some(&item.identifier), Some(&item.title)]);
        let at = Place { file: file.to_owned(), line: Some(1), column: Some(1) };
        let parsed: Value = if self.parsed { serde_json::to_value(item).unwrap_or_default() } else { Value::Null };
        let around = Surroundings { file, files, stimuli, taken: &self.taken.images };
        let native = foreign::of_item(item, &around, &id, self.choices);
        let named = (id, "qti".to_owned(), item.title.clone());
        ItemReport::read(at, named, losses, parsed, native)
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
