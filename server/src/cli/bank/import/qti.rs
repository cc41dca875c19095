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
    foreign::{self, Carried, CarriedItem, Note, Surroundings},
};

/// What is said of an item that was changed since this engine wrote it.
const CHANGED: &str = "not kept: domain, level, topic, references, rationales and the like: the item, or another of its set, \
                       was changed since it was exported, and what came with it says otherwise";

impl Reader<'_> {
    /// A single QTI file.
    pub(super) fn document(&mut self, bytes: &[u8]) -> FileReport {
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
                report.items.push(self.item(item, import.losses().iter().map(of_loss).collect(), &around));
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
        let carried = Carried::of(&opened, bank_files::today());
        // Two packages of the same bank: what is there already is not there twice.
        let is_free = |ids: &BTreeMap<String, usize>, id: &String| !ids.contains_key(id);
        let fresh: BTreeSet<String> = opened
            .items
            .iter()
            .map(|item| item.file.clone())
            .filter(|file| {
                carried.native(file).is_some_and(|native| native.with.iter().all(|id| is_free(self.ids, id)))
            })
            .collect();
        for item in &opened.items {
            match item.content.content() {
                Some(content) if fresh.contains(&item.file) => {
                    report
                        .items
                        .extend(carried.native(&item.file).map(|native| self.carried(&item.file, content, native)));
                }
                Some(content) => {
                    let around = Surroundings { file: &item.file, files: &opened.files, stimuli: &stimuli };
                    let mut losses: Vec<Note> = item.content.losses().iter().map(of_loss).collect();
                    if carried.is_changed(&item.file) {
                        losses.push(note(&item.file, None, CHANGED.to_owned()));
                    }
                    report.items.push(self.item(content, losses, &around));
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

    /// An item of a package that this engine wrote.
    fn carried(&mut self, file: &str, item: &Item, carried: &CarriedItem) -> ItemReport {
        self.ids.insert(carried.id.clone(), 1);
        let at = Place { file: file.to_owned(), line: Some(1), column: Some(1) };
        let parsed = if self.parsed { serde_json::to_value(item).unwrap_or_default() } else { Value::Null };
        let named = (carried.id.clone(), "qti".to_owned(), item.title.clone());
        ItemReport::read(at, named, Vec::new(), parsed, Ok(carried.native.clone()))
    }

    fn item(&mut self, item: &Item, losses: Vec<Note>, around: &Surroundings<'_>) -> ItemReport {
        let id = self.id([Some(&item.identifier), Some(&item.title)]);
        let at = Place { file: around.file.to_owned(), line: Some(1), column: Some(1) };
        let parsed: Value = if self.parsed { serde_json::to_value(item).unwrap_or_default() } else { Value::Null };
        let native = foreign::of_item(item, around, &id, self.choices);
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
