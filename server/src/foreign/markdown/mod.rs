//! Formatted texts in the closed part of CommonMark that item files are written in.

mod inline;
mod tree;

use interchange::{Block, Cell, Content, Inline};

use super::{
    Notes,
    text::{self, Text},
};
use inline::{Place, escaped, written};

/// How texts are written.
pub(super) struct Writer<'n> {
    pub(super) notes: &'n mut Notes,
    /// The path in the bank of an image, by the name that the text has for it; or why it is not shown.
    pub(super) image: &'n dyn Fn(&str) -> Result<String, String>,
}

/// A block as it is written.
struct Written {
    text: String,
    /// Of a list: whether it is numbered, and whether it has the second kind of marks.
    list: Option<(bool, bool)>,
}

impl Writer<'_> {
    /// A text; gap number 1 is `{{gap-1}}`.
    pub(super) fn text(&mut self, content: &Content) -> Text {
        let mut blocks = Vec::new();
        for block in &content.0 {
            self.block(block, &mut blocks);
        }
        let blocks: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
        Text { source: blocks.join("\n\n"), words: text::of_content(content) }
    }

    fn block(&mut self, block: &Block, into: &mut Vec<Written>) {
        match block {
            Block::Paragraph { content } => self.paragraph(content, into),
            Block::Code { text } => {
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(3.max(longest + 1));
                into.push(Written { text: format!("{fence}\n{text}\n{fence}"), list: None });
            }
            Block::List { items, .. } if items.is_empty() => {}
            Block::List { ordered, items } => {
                // Two lists in a row with the same marks would be one.
                let before = into.last().and_then(|block| block.list);
                let second = before.is_some_and(|(kind, second)| kind == *ordered && !second);
                let mut lines = Vec::new();
                for (at, item) in items.iter().enumerate() {
                    let mark = match (*ordered, second) {
                        (true, false) => format!("{}.", at + 1),
                        (true, true) => format!("{})", at + 1),
                        (false, false) => "-".to_owned(),
                        (false, true) => "*".to_owned(),
                    };
                    let entry = self.one_line(item, "an entry of a list", Place::Entry);
                    lines.push(format!("{mark} {entry}").trim_end().to_owned());
                }
                into.push(Written { text: lines.join("\n"), list: Some((*ordered, second)) });
            }
            Block::Table { caption, rows } => {
                if !caption.is_empty() {
                    self.paragraph(caption, into);
                }
                self.table(rows, into);
            }
        }
    }

    fn table(&mut self, rows: &[Vec<Cell>], into: &mut Vec<Written>) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        let mut lines = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let cells = row.iter().map(|cell| self.one_line(&cell.content, "a cell of a table", Place::Cell));
            let mut cells: Vec<String> = cells.collect();
            cells.resize(columns, String::new());
            lines.push(format!("| {} |", cells.join(" | ")));
            if at == 0 {
                if !row.iter().any(|cell| cell.header) {
                    self.notes.lose("the first row of a table became its head");
                }
                lines.push(format!("|{}", "---|".repeat(columns)));
            }
        }
        into.push(Written { text: lines.join("\n"), list: None });
    }

    /// A paragraph; images within it get one of their own, and what follows a forced line end another.
    fn paragraph(&mut self, content: &[Inline], into: &mut Vec<Written>) {
        let mut add = |text: String| into.push(Written { text, list: None });
        for part in content.split_inclusive(|inline| matches!(inline, Inline::Image { .. } | Inline::Break)) {
            let (last, before) = match part.split_last() {
                Some((last @ (Inline::Image { .. } | Inline::Break), before)) => (Some(last), before),
                _ => (None, part),
            };
            let text = self.inlines(before, Place::Paragraph);
            if !text.is_empty() {
                add(text);
            }
            match last {
                Some(Inline::Image { asset, alt }) => match (self.image)(asset) {
                    Ok(path) => add(format!("![{}]({path})", escaped(tree::collapsed(alt).trim()))),
                    Err(why) => self.notes.fault(why),
                },
                Some(Inline::Break) => self.notes.lose("a forced line break"),
                _ => {}
            }
        }
    }

    /// A text where only one line can be.
    fn one_line(&mut self, content: &Content, what: &str, place: Place) -> String {
        let mut line = Vec::new();
        for (at, block) in content.0.iter().enumerate() {
            if at > 0 {
                line.push(Inline::Text { text: " ".to_owned() });
            }
            match block {
                Block::Paragraph { content } => line.extend(content.iter().cloned()),
                other => {
                    self.notes.lose(format!("lists, tables and blocks of code within {what} became plain text"));
                    line.push(Inline::Text { text: Content(vec![other.clone()]).plain() });
                }
            }
        }
        if content.0.len() > 1 {
            self.notes.lose(format!("several paragraphs within {what} became one line"));
        }
        self.inlines(&line, place)
    }

    fn inlines(&mut self, content: &[Inline], place: Place) -> String {
        let tree = tree::of(content, self.notes);
        written(tree, place, self.notes)
    }
}

/// The name of a gap in item files.
pub(super) fn gap_name(number: u32) -> String {
    format!("gap-{number}")
}
