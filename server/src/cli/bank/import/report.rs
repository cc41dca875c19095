//! What became of foreign files and their items.

use serde::Serialize;
use serde_json::Value;

use crate::foreign::{Native, Note};

/// What became of all files.
#[derive(Default, Serialize)]
pub(super) struct Report {
    totals: Totals,
    files: Vec<FileReport>,
}

#[derive(Default, Serialize)]
struct Totals {
    imported: usize,
    imported_with_loss: usize,
    refused: usize,
    refused_files: usize,
}

/// What became of a file.
#[derive(Default, Serialize)]
pub(super) struct FileReport {
    pub(super) file: String,
    /// `qti_package`, `qti`, `moodle_xml` or `gift`.
    pub(super) format: &'static str,
    /// What is wrong with it as a whole.
    pub(super) faults: Vec<Note>,
    /// What of it is lost apart from its items.
    pub(super) losses: Vec<Note>,
    pub(super) items: Vec<ItemReport>,
    /// The notation as it was read; of GIFT, in the shape of `gift-pegjs`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) parsed: Option<Value>,
}

/// The class of an item.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Class {
    Imported,
    ImportedWithLoss,
    Refused,
}

/// What became of an item.
#[derive(Serialize)]
pub(super) struct ItemReport {
    #[serde(flatten)]
    pub(super) at: Place,
    /// The id of its draft.
    pub(super) id: String,
    /// What the format calls its kind.
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) class: Class,
    pub(super) losses: Vec<Note>,
    pub(super) faults: Vec<Note>,
    /// What a person has to add to the draft.
    pub(super) to_add: Vec<&'static str>,
    /// The item as it was read.
    pub(super) parsed: Value,
    #[serde(skip)]
    pub(super) native: Option<Native>,
}

/// Where an item begins.
#[derive(Clone, Serialize)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
}

impl Place {
    fn note(&self, message: String) -> Note {
        Note { file: self.file.clone(), line: self.line, column: self.column, message }
    }
}

impl ItemReport {
    /// An item that was read, and what it becomes.
    pub(super) fn read(
        at: Place,
        (id, kind, name): (String, String, String),
        mut losses: Vec<Note>,
        parsed: Value,
        native: Result<Native, Vec<String>>,
    ) -> Self {
        match native {
            Ok(native) => {
                losses.extend(native.losses.iter().map(|loss| at.note(format!("not kept: {loss}"))));
                let class = if losses.is_empty() { Class::Imported } else { Class::ImportedWithLoss };
                let to_add = native.to_add.clone();
                Self { at, id, kind, name, class, losses, faults: Vec::new(), to_add, parsed, native: Some(native) }
            }
            Err(faults) => {
                let faults = faults.into_iter().map(|fault| at.note(fault)).collect();
                let class = Class::Refused;
                Self { at, id, kind, name, class, losses, faults, to_add: Vec::new(), parsed, native: None }
            }
        }
    }

    /// An item that could not be read.
    pub(super) fn refused(at: Place, (id, kind, name): (String, String, String), faults: Vec<Note>) -> Self {
        let (losses, to_add, parsed) = (Vec::new(), Vec::new(), Value::Null);
        Self { at, id, kind, name, class: Class::Refused, losses, faults, to_add, parsed, native: None }
    }
}

impl Report {
    pub(super) fn add(&mut self, file: FileReport) {
        for item in &file.items {
            match item.class {
                Class::Imported => self.totals.imported += 1,
                Class::ImportedWithLoss => self.totals.imported_with_loss += 1,
                Class::Refused => self.totals.refused += 1,
            }
        }
        self.totals.refused_files += usize::from(!file.faults.is_empty());
        self.files.push(file);
    }

    pub(super) fn refused(&self) -> usize {
        self.totals.refused + self.totals.refused_files
    }

    /// The drafts of all items that were not refused.
    pub(super) fn natives(&self) -> impl Iterator<Item = &Native> {
        self.files.iter().flat_map(|file| &file.items).filter_map(|item| item.native.as_ref())
    }

    /// For people.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for file in &self.files {
            lines.extend(file.faults.iter().map(|fault| format!("{}: refused: {}", place(fault), fault.message)));
            lines.extend(file.losses.iter().map(|loss| format!("{}: loss: {}", place(loss), loss.message)));
            for item in &file.items {
                let class = match item.class {
                    Class::Imported => "imported",
                    Class::ImportedWithLoss => "imported with loss",
                    Class::Refused => "refused",
                };
                let name = if item.name.is_empty() { &item.id } else { &item.name };
                lines.push(format!("{}: {class}: {name}", place(&item.at.note(String::new()))));
                lines.extend(item.faults.iter().map(|fault| format!("  {}: {}", place(fault), fault.message)));
                lines.extend(item.losses.iter().map(|loss| format!("  {}: {}", place(loss), loss.message)));
                if !item.to_add.is_empty() {
                    lines.push(format!("  to add: {}", item.to_add.join(", ")));
                }
            }
        }
        let Totals { imported, imported_with_loss, refused, .. } = self.totals;
        lines.push(format!("{imported} imported, {imported_with_loss} imported with loss, {refused} refused"));
        lines
    }
}

fn place(note: &Note) -> String {
    match (note.line, note.column) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", note.file),
        _ => note.file.clone(),
    }
}
