//! What all kinds of questions have in common.

use super::{kinds, xml::Element};
use crate::{
    Content, Decimal, FaultKind, Feedback, LossKind, Position, Question, Record, bounds, category,
    import::beginning,
    position::Positions,
    text::{self, File, Findings, Format, Source},
};

/// A question that is being read.
pub(super) struct Item<'a> {
    pub(super) element: &'a Element,
    positions: &'a Positions<'a>,
    pub(super) findings: Findings,
}

/// Elements that every kind of question has. What the last ones say concerns Moodle's way to show questions only.
const COMMON: [&str; 22] = [
    "name",
    "questiontext",
    "generalfeedback",
    "defaultgrade",
    "penalty",
    "hidden",
    "idnumber",
    "tags",
    "hint",
    "image",
    "image_base64",
    "correctfeedback",
    "partiallycorrectfeedback",
    "incorrectfeedback",
    "shownumcorrect",
    "answernumbering",
    "showstandardinstruction",
    "showgrading",
    "layouttype",
    "responseformat",
    "showunits",
    "unitsleft",
];

impl<'a> Item<'a> {
    pub(super) fn new(element: &'a Element, positions: &'a Positions<'a>) -> Self {
        Self { element, positions, findings: Findings::default() }
    }

    /// What becomes of the question.
    pub(super) fn record(mut self, kind: &str, path: &[String]) -> Record {
        let at = self.at(self.element);
        let name = self.name();
        let Some((stem, interaction)) = kinds::read(&mut self, kind) else {
            return Record { at, kind: beginning(kind), name, outcome: self.findings.outcome(None) };
        };
        if stem.is_empty() && self.findings.is_faultless() {
            self.fault(self.element, FaultKind::NoText);
        }
        let question = Question {
            id: Some(self.value("idnumber")).filter(|id| !id.is_empty()).map(category::bounded),
            name: Some(self.value("name")).filter(|name| !name.is_empty()).map(category::bounded),
            category: path.to_vec(),
            tags: self.tags(),
            points: self.number("defaultgrade"),
            penalty: self.number("penalty"),
            feedback: Feedback {
                general: self.content("generalfeedback"),
                correct: self.content("correctfeedback"),
                partly_correct: self.content("partiallycorrectfeedback"),
                incorrect: self.content("incorrectfeedback"),
            },
            stem,
            interaction,
            assets: Vec::new(),
        };
        self.left_out();
        Record { at, kind: kind.to_owned(), name, outcome: self.findings.outcome(Some(question)) }
    }

    /// The name, or the beginning of the text.
    fn name(&self) -> String {
        match self.value("name") {
            "" => beginning(self.value("questiontext")),
            name => beginning(name),
        }
    }

    /// Notes what the model has no place for.
    fn left_out(&mut self) {
        for child in &self.element.children {
            if !COMMON.contains(&child.name.as_str()) && !self.is_read(&child.name) {
                self.lose(child, LossKind::Element { name: beginning(&child.name) });
            }
            let text = child.text().trim();
            match child.name.as_str() {
                "hint" if !text.is_empty() => self.lose(child, LossKind::Part { what: "a hint" }),
                "image" | "image_base64" if !text.is_empty() => {
                    self.lose(child, LossKind::Part { what: "a picture in the manner of Moodle 1" });
                }
                "hidden" if text == "1" => self.lose(child, LossKind::Part { what: "that the question was hidden" }),
                _ => {}
            }
        }
    }

    fn is_read(&self, name: &str) -> bool {
        kinds::elements(self.element.attribute("type").unwrap_or_default()).contains(&name)
    }

    pub(super) fn at(&self, element: &Element) -> Position {
        self.positions.at(element.offset)
    }

    pub(super) fn fault(&mut self, element: &Element, kind: FaultKind) {
        self.findings.fault(self.positions.at(element.offset), kind);
    }

    pub(super) fn lose(&mut self, element: &Element, kind: LossKind) {
        self.findings.lose(self.positions.at(element.offset), kind);
    }

    /// The plain text of an element, empty if it is not there.
    pub(super) fn value(&self, name: &str) -> &'a str {
        self.element.child(name).map_or("", |element| element.text().trim())
    }

    /// A number, if it is there.
    fn number(&mut self, name: &'static str) -> Option<Decimal> {
        let element = self.element.child(name)?;
        let found = element.text().trim();
        let number = Decimal::parse(found).filter(|number| !number.is_negative());
        if number.is_none() {
            let kind = FaultKind::Value { name, found: beginning(found), expected: "a number from zero" };
            self.fault(element, kind);
        }
        number
    }

    /// A count, if it is there and not zero.
    pub(super) fn count(&mut self, name: &'static str) -> Option<u32> {
        let element = self.element.child(name)?;
        match element.text().trim() {
            "" | "0" => None,
            found => {
                let count = found.parse().ok();
                if count.is_none() {
                    let kind = FaultKind::Value { name, found: beginning(found), expected: "a count" };
                    self.fault(element, kind);
                }
                count
            }
        }
    }

    /// Yes or no, if it is there.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let element = self.element.child(name)?;
        match element.text().trim() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            // Moodle writes flags that are not set like this, too.
            "" => None,
            found => {
                let kind = FaultKind::Value { name, found: beginning(found), expected: "`true` or `false`" };
                self.fault(element, kind);
                None
            }
        }
    }

    fn tags(&mut self) -> Vec<String> {
        let Some(tags) = self.element.child("tags") else { return Vec::new() };
        if tags.children.len() > bounds::NAMES {
            self.fault(tags, FaultKind::TooMany { what: "tags of one question", limit: bounds::NAMES });
        }
        tags.all("tag").take(bounds::NAMES).map(|tag| category::bounded(tag.text().trim())).collect()
    }

    /// The formatted text of an element, empty if it is not there.
    pub(super) fn content(&mut self, name: &str) -> Content {
        self.element.child(name).map_or_else(Content::default, |element| self.formatted(element))
    }

    /// A formatted text with the files that came with it.
    pub(super) fn formatted(&mut self, holder: &Element) -> Content {
        self.replaced(holder, holder.text(), false)
    }

    /// The formatted text of an element in the place of its own, possibly with gaps.
    pub(super) fn replaced(&mut self, holder: &Element, text: &str, gaps: bool) -> Content {
        if let Some(child) = holder.child("text").and_then(|text| text.children.first()) {
            self.fault(child, FaultKind::Element { found: beginning(&child.name), expected: "text" });
        }
        let format = self.format(holder);
        let (mut names, mut found) = (Vec::new(), Vec::new());
        for file in holder.all("file") {
            let name = file.attribute("name").unwrap_or_default();
            let reason = if found.len() == bounds::ASSETS {
                "there are too many"
            } else if file.attribute("encoding").is_some_and(|encoding| encoding != "base64") {
                "it is not in base 64"
            } else {
                names.push(match file.attribute("path").unwrap_or_default().trim_matches('/') {
                    "" => name.to_owned(),
                    path => format!("{path}/{name}"),
                });
                found.push(file);
                continue;
            };
            self.lose(file, LossKind::File { name: beginning(name), reason });
        }
        let files = names.iter().zip(found).map(|(name, file)| File { name, data: file.text(), at: self.at(file) });
        let files: Vec<_> = files.collect();
        let source = Source { text, format, at: self.at(holder), files: &files, gaps };
        text::read(source, &mut self.findings)
    }

    fn format(&mut self, holder: &Element) -> Format {
        match holder.attribute("format").unwrap_or_default() {
            "" | "html" => Format::Html,
            "moodle_auto_format" => Format::Moodle,
            "plain_text" => Format::Plain,
            "markdown" => Format::Markdown,
            other => {
                let expected = "`html`, `moodle_auto_format`, `plain_text` or `markdown`";
                self.fault(holder, FaultKind::Value { name: "format", found: beginning(other), expected });
                Format::Plain
            }
        }
    }

    /// The answers of the question, no more than there may be.
    pub(super) fn many(&mut self, name: &'static str) -> Vec<&'a Element> {
        let element = self.element;
        let found: Vec<_> = element.children.iter().filter(|child| child.name == name).collect();
        if found.len() > bounds::OPTIONS {
            self.fault(element, FaultKind::TooMany { what: "answers", limit: bounds::OPTIONS });
            return Vec::new();
        }
        found
    }

    /// What an answer is worth, as a percentage.
    pub(super) fn fraction(&mut self, answer: &Element) -> Decimal {
        let found = answer.attribute("fraction").unwrap_or("0").trim();
        match Decimal::parse(found).filter(|number| (-100.0..=100.0).contains(&number.to_f64())) {
            Some(fraction) => fraction,
            None => {
                let expected = "a percentage from -100 to 100";
                self.fault(answer, FaultKind::Value { name: "fraction", found: beginning(found), expected });
                Decimal::zero()
            }
        }
    }

    /// The feedback of an answer.
    pub(super) fn feedback(&mut self, answer: &Element) -> Content {
        answer.child("feedback").map_or_else(Content::default, |feedback| self.formatted(feedback))
    }

    /// A plain answer. Moodle compares what is written, whatever its format.
    pub(super) fn plain(&mut self, answer: &Element) -> String {
        let text = answer.text().trim();
        if text.is_empty() {
            self.fault(answer, FaultKind::EmptyAnswer);
        }
        self.findings.plain(self.at(answer), text)
    }

    /// The element of the question's text, and that text, in which gaps can then be marked.
    pub(super) fn text_for_gaps(&mut self) -> Option<(&'a Element, String)> {
        let Some(holder) = self.element.child("questiontext") else {
            self.fault(self.element, FaultKind::Missing { name: "questiontext" });
            return None;
        };
        if holder.text().len() > bounds::TEXT_BYTES {
            self.fault(holder, FaultKind::TooMany { what: "bytes in one text", limit: bounds::TEXT_BYTES });
            return None;
        }
        Some((holder, text::without_gap_marks(holder.text())))
    }

    /// The text of the question, its gaps replaced by their marks. Each of `count` gaps has to show.
    pub(super) fn stem_with_gaps(&mut self, holder: &Element, text: &str, count: usize) -> Content {
        if count == 0 {
            self.fault(holder, FaultKind::NoGaps);
        }
        let content = self.replaced(holder, text, true);
        let gaps = content.gaps();
        for number in 1..=u32::try_from(count).unwrap_or(u32::MAX) {
            if !gaps.contains(&number) {
                self.fault(holder, FaultKind::GapHidden { number });
            }
        }
        content
    }
}
