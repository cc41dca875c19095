//! Formatted text as a small closed tree.

use serde::Serialize;

/// Blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Content(pub Vec<Block>);

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        content: Vec<Inline>,
    },
    /// Preformatted text, such as a log excerpt.
    Code {
        /// Lines separated by LF, without a trailing one.
        text: String,
    },
    /// A list, which may hold others.
    List {
        /// Numbered from 1 rather than bulleted.
        ordered: bool,
        /// One entry a list item.
        items: Vec<Content>,
    },
    /// A table, row by row.
    Table {
        /// Its caption; empty if it has none.
        caption: Vec<Inline>,
        /// Rows from top to bottom, which need not have the same number of cells.
        rows: Vec<Vec<Cell>>,
    },
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Whether it heads its row or column.
    pub header: bool,
    /// What stands in it.
    pub content: Content,
}

/// Text inside a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
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
    /// Text below the line, as in H₂O.
    Subscript {
        /// What stands below.
        content: Vec<Inline>,
    },
    /// Text above the line, as in 10³.
    Superscript {
        /// What stands above.
        content: Vec<Inline>,
    },
    /// Code within a line.
    Code {
        /// The code.
        text: String,
    },
    /// A formula.
    Maths {
        /// As TeX, without delimiters.
        tex: String,
        /// Whether it stands on a line of its own.
        display: bool,
    },
    /// A picture.
    Image {
        /// Name of an asset of the question.
        asset: String,
        /// What stands for the picture where it cannot be seen; empty if the author gave nothing.
        alt: String,
    },
    /// The end of a line within a paragraph.
    Break,
    /// The place of a gap.
    Gap {
        /// Its number, from 1.
        number: u32,
    },
}

impl Content {
    /// One paragraph of plain text; nothing if the text is blank.
    pub fn text(text: &str) -> Self {
        match text.trim() {
            "" => Self::default(),
            text => Self(vec![Block::Paragraph { content: vec![Inline::Text { text: text.to_owned() }] }]),
        }
    }

    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text without its structure: blocks, list items, rows and broken lines separated by one LF, cells by a tab.
    ///
    /// Gaps are `_____`; a picture is what stands for it.
    pub fn plain(&self) -> String {
        self.0.iter().map(Block::plain).collect::<Vec<_>>().join("\n")
    }

    /// Calls `visit` with each inline in reading order, those that hold others before what they hold.
    pub fn for_each_inline<'a>(&'a self, visit: &mut dyn FnMut(&'a Inline)) {
        for block in &self.0 {
            match block {
                Block::Paragraph { content } => each(content, visit),
                Block::Code { .. } => {}
                Block::List { items, .. } => items.iter().for_each(|item| item.for_each_inline(visit)),
                Block::Table { caption, rows } => {
                    each(caption, visit);
                    rows.iter().flatten().for_each(|cell| cell.content.for_each_inline(visit));
                }
            }
        }
    }

    /// The numbers of the gaps, in reading order.
    pub fn gaps(&self) -> Vec<u32> {
        let mut gaps = Vec::new();
        self.for_each_inline(&mut |inline| {
            if let Inline::Gap { number } = inline {
                gaps.push(*number);
            }
        });
        gaps
    }
}

fn each<'a>(inlines: &'a [Inline], visit: &mut dyn FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Subscript { content }
            | Inline::Superscript { content } => each(content, visit),
            _ => {}
        }
    }
}

impl Block {
    fn plain(&self) -> String {
        match self {
            Self::Paragraph { content } => plain(content),
            Self::Code { text } => text.clone(),
            Self::List { items, .. } => items.iter().map(Content::plain).collect::<Vec<_>>().join("\n"),
            Self::Table { caption, rows } => {
                let rows = rows.iter().map(|row| row.iter().map(|c| c.content.plain()).collect::<Vec<_>>().join("\t"));
                let caption = Some(plain(caption)).filter(|caption| !caption.is_empty());
                caption.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Code { text } => text.clone(),
            Inline::Maths { tex, .. } => tex.clone(),
            Inline::Image { alt, .. } => alt.clone(),
            Inline::Break => "\n".to_owned(),
            Inline::Gap { .. } => "_____".to_owned(),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Subscript { content }
            | Inline::Superscript { content } => plain(content),
        })
        .collect()
}
