//! Faults and losses gathered while a file is read.

use serde::Serialize;

use crate::{
    fault::{Fault, Loss, Lost, What},
    xml::{Element, Lines, Version},
};

/// The most faults, and the most losses, that are told of one file.
pub const MAX_TOLD: usize = 1_000;

/// What became of something that was read.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "class", rename_all = "snake_case")]
pub enum Import<T> {
    /// All of it is there.
    Imported {
        /// What was read.
        content: T,
    },
    /// It is there but for what is listed.
    ImportedWithLoss {
        /// What was read.
        content: T,
        /// What was lost, in the order of the file; at least one.
        losses: Vec<Loss>,
    },
    /// It is not taken.
    Refused {
        /// Why, in the order of the file; at least one.
        faults: Vec<Fault>,
    },
}

impl<T> Import<T> {
    /// What was read, if it was not refused.
    pub fn content(&self) -> Option<&T> {
        match self {
            Self::Imported { content } | Self::ImportedWithLoss { content, .. } => Some(content),
            Self::Refused { .. } => None,
        }
    }

    /// What was lost; empty if nothing was, or all was refused.
    pub fn losses(&self) -> &[Loss] {
        match self {
            Self::ImportedWithLoss { losses, .. } => losses,
            Self::Imported { .. } | Self::Refused { .. } => &[],
        }
    }

    /// Why it was refused; empty if it was not.
    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::Refused { faults } => faults,
            Self::Imported { .. } | Self::ImportedWithLoss { .. } => &[],
        }
    }

    pub(crate) fn refused(file: &str, what: What) -> Self {
        Self::Refused { faults: vec![Fault { file: file.to_owned(), place: None, what }] }
    }
}

pub(crate) struct Report<'t> {
    file: String,
    lines: Lines<'t>,
    faults: Vec<(u32, What)>,
    losses: Vec<(u32, Lost)>,
    presentation: Option<(u32, usize)>,
    /// What the document says it is in.
    pub(crate) version: Version,
    /// Variables that are spoken of.
    pub(crate) mentioned: Vec<(u32, String)>,
    /// Responses that interactions answer to.
    pub(crate) answered: Vec<(u32, String)>,
    /// How many patterns there were.
    pub(crate) patterns: usize,
    /// References to other files.
    pub(crate) sources: Vec<(u32, String)>,
}

impl<'t> Report<'t> {
    pub(crate) fn new(file: &str, text: &'t str) -> Self {
        Self {
            file: file.to_owned(),
            lines: Lines::new(text),
            faults: Vec::new(),
            losses: Vec::new(),
            presentation: None,
            version: Version::V2_1,
            mentioned: Vec::new(),
            answered: Vec::new(),
            patterns: 0,
            sources: Vec::new(),
        }
    }

    pub(crate) fn fault(&mut self, at: u32, what: What) {
        match self.faults.len() {
            0..MAX_TOLD => self.faults.push((at, what)),
            MAX_TOLD => self.faults.push((u32::MAX, What::More(MAX_TOLD))),
            _ => {}
        }
    }

    pub(crate) fn loss(&mut self, at: u32, what: Lost) {
        match self.losses.len() {
            0..MAX_TOLD => self.losses.push((at, what)),
            MAX_TOLD => self.losses.push((u32::MAX, Lost::More(MAX_TOLD))),
            _ => {}
        }
    }

    /// Marks of presentation, which are told once for the whole file.
    pub(crate) fn presentation(&mut self, at: u32) {
        self.presentation = Some(self.presentation.map_or((at, 1), |(first, count)| (first, count + 1)));
    }

    /// Looks at the attributes of an element that are not among those read.
    pub(crate) fn others(&mut self, element: &Element<'_>, read: &[&str]) {
        for attribute in &element.attributes {
            let name = attribute.name;
            if read.iter().any(|known| crate::xml::same_name(name, known)) || meaningless(name) {
                continue;
            }
            if presentation(name) {
                self.presentation(attribute.at);
            } else {
                let (element, attribute_name) = (element.written.to_owned(), name.to_owned());
                self.loss(attribute.at, Lost::Attribute { element, attribute: attribute_name });
            }
        }
    }

    pub(crate) fn finish<T>(self, content: Option<T>) -> Import<T> {
        let Self { file, mut lines, mut faults, mut losses, presentation, .. } = self;
        if let Some((at, count)) = presentation {
            losses.push((at, Lost::Presentation(count)));
        }
        match content.filter(|_| faults.is_empty()) {
            Some(content) if losses.is_empty() => Import::Imported { content },
            Some(content) => {
                losses.sort_by_key(|(at, _)| *at);
                let loss = |(at, what)| Loss { file: file.clone(), place: Some(lines.place(at)), what };
                Import::ImportedWithLoss { content, losses: losses.into_iter().map(loss).collect() }
            }
            None => {
                faults.sort_by_key(|(at, _)| *at);
                let fault = |(at, what)| Fault { file: file.clone(), place: Some(lines.place(at)), what };
                Import::Refused { faults: faults.into_iter().map(fault).collect() }
            }
        }
    }
}

/// Attributes that say nothing about an item: namespaces and where schemas lie.
fn meaningless(name: &str) -> bool {
    name == "xmlns"
        || name.starts_with("xmlns:")
        || name.starts_with("xsi:")
        || name == "xml:space"
        || name == "xml:base"
}

fn presentation(name: &str) -> bool {
    matches!(
        name,
        "class"
            | "style"
            | "id"
            | "align"
            | "valign"
            | "border"
            | "cellpadding"
            | "cellspacing"
            | "bgcolor"
            | "role"
            | "tabindex"
            | "longdesc"
            | "scope"
            | "headers"
            | "abbr"
            | "axis"
            | "label"
            | "summary"
            | "target"
            | "rel"
            | "orientation"
            | "width"
            | "height"
    ) || name.starts_with("data-")
        || name.starts_with("aria-")
}
