//! Formatted texts of other systems, reduced to a small tree.

mod builder;
mod html;
mod line;
mod markdown;
mod picture;
mod segment;

use std::collections::BTreeMap;

use crate::{Asset, Content, Fault, FaultKind, Loss, LossKind, Outcome, Position, Question, bounds};
use builder::Builder;
use html::Html;

/// How a text is formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Moodle's own: plain text that may hold HTML; line ends count.
    Moodle,
    /// HTML.
    Html,
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
}

/// A text as it stands in a file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    pub(crate) format: Format,
    pub(crate) at: Position,
    /// Files that came with this text.
    pub(crate) files: &'a [File<'a>],
    /// Whether gaps are marked in it with [`gap_mark`]; these characters are dropped otherwise.
    pub(crate) gaps: bool,
}

impl<'a> Source<'a> {
    pub(crate) fn new(text: &'a str, format: Format, at: Position) -> Self {
        Self { text, format, at, files: &[], gaps: false }
    }
}

/// A file that came with a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'a> {
    pub(crate) name: &'a str,
    /// In base 64.
    pub(crate) data: &'a str,
    pub(crate) at: Position,
}

/// What stands in a text for a gap. The two characters are never exchanged (Unicode, «Noncharacters»).
pub(crate) fn gap_mark(number: u32) -> String {
    format!("\u{fdd0}{number}\u{fdd1}")
}

/// Removes what would be taken for the mark of a gap.
pub(crate) fn without_gap_marks(text: &str) -> String {
    text.replace(['\u{fdd0}', '\u{fdd1}'], "\u{fffd}")
}

/// Reads a text. What of it is lost, too much or faulty goes to the findings, pictures to its assets.
pub(crate) fn read(source: Source<'_>, findings: &mut Findings) -> Content {
    if source.text.len() > bounds::TEXT_BYTES {
        findings.fault(source.at, FaultKind::TooMany { what: "bytes in one text", limit: bounds::TEXT_BYTES });
        return Content::default();
    }
    let cleaned;
    let text = if source.gaps {
        source.text
    } else {
        cleaned = without_gap_marks(source.text);
        &cleaned
    };
    let line_ends = matches!(source.format, Format::Moodle | Format::Plain);
    let mut builder = Builder::new(source, line_ends, findings);
    match source.format {
        Format::Moodle | Format::Html => Html::default().read(text, &mut builder),
        Format::Plain => builder.text(text),
        Format::Markdown => markdown::read(text, &mut builder),
    }
    let (content, used) = builder.finish();
    for file in source.files.iter().filter(|file| !used.contains_key(file.name)) {
        let kind = LossKind::File { name: crate::import::beginning(file.name), reason: "no picture shows it" };
        findings.lose(file.at, kind);
    }
    content
}

/// What was found while a question was read.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Each loss once, where it comes up first.
    losses: BTreeMap<LossKind, Position>,
    faults: Vec<Fault>,
    pub(crate) assets: Vec<Asset>,
}

/// Losses that are told of one question.
const LOSSES: usize = 200;

impl Findings {
    pub(crate) fn lose(&mut self, at: Position, kind: LossKind) {
        let kind = if self.losses.len() < LOSSES { kind } else { LossKind::Part { what: "more than can be listed" } };
        self.losses.entry(kind).or_insert(at);
    }

    /// Notes a fault. Beyond [`bounds::FAULTS`] only that there are more.
    pub(crate) fn fault(&mut self, at: Position, kind: FaultKind) {
        match self.faults.len() {
            count if count < bounds::FAULTS => self.faults.push(Fault { at, kind }),
            bounds::FAULTS => {
                let kind = FaultKind::TooMany { what: "faults in one question", limit: bounds::FAULTS };
                self.faults.push(Fault { at, kind });
            }
            _ => {}
        }
    }

    pub(crate) fn is_faultless(&self) -> bool {
        self.faults.is_empty()
    }

    /// A plain answer. One that is too long is a fault.
    pub(crate) fn plain(&mut self, at: Position, text: &str) -> String {
        if text.chars().take(bounds::NAME_CHARACTERS + 1).count() > bounds::NAME_CHARACTERS {
            let kind = FaultKind::TooMany { what: "characters in a plain answer", limit: bounds::NAME_CHARACTERS };
            self.fault(at, kind);
            return String::new();
        }
        text.to_owned()
    }

    /// What became of the question, its pictures added.
    pub(crate) fn outcome(self, question: Option<Question>) -> Outcome {
        let losses = self.losses.into_iter().map(|(kind, at)| Loss { at, kind }).collect();
        let question = question.map(|question| Question { assets: self.assets, ..question });
        Outcome::of(question, losses, self.faults)
    }
}
