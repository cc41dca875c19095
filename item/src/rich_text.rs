//! Rich text as a small closed tree, parsed at import and rendered as views, never as HTML.

use serde::{Deserialize, Serialize};

use crate::Image;

/// A sequence of blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RichText(pub Vec<Block>);

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        content: Vec<Inline>,
    },
    /// Preformatted text, such as a log excerpt.
    Code {
        /// The text, lines separated by LF, without a trailing one.
        text: String,
    },
    /// A flat list.
    List {
        /// Numbered rather than bulleted.
        ordered: bool,
        /// One entry a list item.
        items: Vec<Vec<Inline>>,
    },
    /// A table. Every row has as many cells as the head.
    Table {
        /// The heads of the columns.
        head: Vec<Vec<Inline>>,
        /// The rows; of each, the cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// An image in a place of its own.
    Image(Image),
}

/// Text inside a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// Emphasised text.
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Strongly emphasised text.
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Code within a line.
    Code {
        /// The code.
        text: String,
    },
    /// A gap that the candidate fills.
    Gap {
        /// Its name.
        id: String,
    },
}

impl RichText {
    /// The text without its structure: inlines joined, blocks, list items and rows separated by one LF, cells by a blank; of
    /// an image, what it shows; of a gap, three underscores.
    pub fn plain(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.0 {
            match block {
                Block::Paragraph { content } => lines.push(plain_inlines(content)),
                Block::Code { text } => lines.push(text.clone()),
                Block::List { items, .. } => lines.extend(items.iter().map(|i| plain_inlines(i))),
                Block::Table { head, rows } => {
                    lines.extend(std::iter::once(head).chain(rows).map(|row| plain_row(row)))
                }
                Block::Image(image) => lines.push(image.alt.clone()),
            }
        }
        lines.join("\n")
    }

    /// The gaps in reading order.
    pub fn gaps(&self) -> Vec<&str> {
        let mut gaps = Vec::new();
        for block in &self.0 {
            match block {
                Block::Paragraph { content } => find_gaps(content, &mut gaps),
                Block::List { items, .. } => items.iter().for_each(|entry| find_gaps(entry, &mut gaps)),
                Block::Table { head, rows } => {
                    std::iter::once(head).chain(rows).flatten().for_each(|cell| find_gaps(cell, &mut gaps));
                }
                Block::Code { .. } | Block::Image(_) => {}
            }
        }
        gaps
    }

    /// The same text with each gap named anew.
    #[must_use]
    pub fn with_gaps_renamed(mut self, rename: &impl Fn(&str) -> String) -> Self {
        for block in &mut self.0 {
            match block {
                Block::Paragraph { content } => rename_gaps(content, rename),
                Block::List { items, .. } => items.iter_mut().for_each(|entry| rename_gaps(entry, rename)),
                Block::Table { head, rows } => {
                    std::iter::once(head).chain(rows).flatten().for_each(|cell| rename_gaps(cell, rename));
                }
                Block::Code { .. } | Block::Image(_) => {}
            }
        }
        self
    }

    /// Whether it holds neither tables nor images, which version 1 of the form did not know.
    pub(crate) fn is_of_version_1(&self) -> bool {
        !self.0.iter().any(|block| matches!(block, Block::Table { .. } | Block::Image(_)))
    }
}

fn plain_row(cells: &[Vec<Inline>]) -> String {
    cells.iter().map(|cell| plain_inlines(cell)).collect::<Vec<_>>().join(" ")
}

fn plain_inlines(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Code { text } => text.clone(),
            Inline::Emphasis { content } | Inline::Strong { content } => plain_inlines(content),
            Inline::Gap { .. } => "___".into(),
        })
        .collect()
}

fn find_gaps<'a>(content: &'a [Inline], gaps: &mut Vec<&'a str>) {
    for inline in content {
        match inline {
            Inline::Gap { id } => gaps.push(id),
            Inline::Emphasis { content } | Inline::Strong { content } => find_gaps(content, gaps),
            Inline::Text { .. } | Inline::Code { .. } => {}
        }
    }
}

fn rename_gaps(content: &mut [Inline], rename: &impl Fn(&str) -> String) {
    for inline in content {
        match inline {
            Inline::Gap { id } => *id = rename(id),
            Inline::Emphasis { content } | Inline::Strong { content } => rename_gaps(content, rename),
            Inline::Text { .. } | Inline::Code { .. } => {}
        }
    }
}
