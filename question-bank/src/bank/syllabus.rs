//! What a bank is to cover, and which items do: `syllabus.toml` (docs/ITEM-FORMAT.md, «Syllabus»). It decides nothing about
//! forms: what is wrong with it is a warning.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{finding::Code, source::Source};

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Syllabus {
    format: String,
    version: u32,
    #[serde(rename = "subject")]
    subjects: Vec<Subject>,
}

/// Something that a bank is to cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Short name, unique.
    pub id: String,
    /// Full name.
    pub title: String,
    /// What it is.
    pub kind: SubjectKind,
    /// Ids of the items that are about it.
    pub items: Vec<String>,
}

/// What a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// Something to guard against.
    Threat,
    /// Something to know or to do.
    Topic,
}

/// The name of the file.
pub(crate) const FILE: &str = "syllabus.toml";

/// Reads the file. Subjects that cannot be read are none.
pub(crate) fn file(source: &Source<'_>) -> Vec<Subject> {
    let help = "see docs/ITEM-FORMAT.md, «Syllabus»";
    match toml::from_str::<Syllabus>(source.text) {
        Ok(syllabus) if syllabus.format == "invigil-syllabus" && syllabus.version == 1 => syllabus.subjects,
        Ok(syllabus) => {
            let message =
                format!("it is {:?} version {}, not invigil-syllabus version 1", syllabus.format, syllabus.version);
            source.report(0, Code::SyllabusInvalid, message, help);
            Vec::new()
        }
        Err(error) => {
            source.report(error.span().map_or(0, |span| span.start), Code::SyllabusInvalid, error.message(), help);
            Vec::new()
        }
    }
}

/// Items that are not there, subjects and items that stand twice, subjects that no item is about.
pub(crate) fn check(source: &Source<'_>, subjects: &[Subject], known: &BTreeSet<String>) {
    let mut ids = BTreeSet::new();
    for subject in subjects {
        let at = source.text.find(&format!("\"{}\"", subject.id)).unwrap_or_default();
        let id = &subject.id;
        if !ids.insert(id) {
            source.report(at, Code::SyllabusInvalid, format!("the subject {id:?} stands twice"), "rename one of them");
        }
        if subject.items.is_empty() {
            let message = format!("no item is about {id:?}");
            source.report(at, Code::SyllabusInvalid, message, "write items for it, or take it out");
        }
        let mut items = BTreeSet::new();
        for item in &subject.items {
            let within = source.text.get(at..).and_then(|rest| rest.find(&format!("\"{item}\""))).unwrap_or_default();
            if !known.contains(item) {
                let message = format!("{id:?} names {item:?}, which the bank does not have");
                source.report(at + within, Code::SyllabusInvalid, message, "correct the id, or take it out");
            } else if !items.insert(item) {
                let message = format!("{id:?} names {item:?} twice");
                source.report(at + within, Code::SyllabusInvalid, message, "take one out");
            }
        }
    }
}
