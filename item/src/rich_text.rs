//! Rich text as a small closed tree, parsed at import and rendered as views, never as HTML.

use serde::{Deserialize, Serialize};

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
}

impl RichText {
    /// The text without its structure: inlines joined, blocks and list items separated by one LF.
    pub fn plain(&self) -> String {
        let mut lines = Vec::new();
        for block in &self.0 {
            match block {
                Block::Paragraph { content } => lines.push(plain_inlines(content)),
                Block::Code { text } => lines.push(text.clone()),
                Block::List { items, .. } => lines.extend(items.iter().map(|i| plain_inlines(i))),
            }
        }
        lines.join("\n")
    }
}

fn plain_inlines(content: &[Inline]) -> String {
    content
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Code { text } => text.clone(),
            Inline::Emphasis { content } | Inline::Strong { content } => plain_inlines(content),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_words_and_drops_structure() {
        let text = RichText(vec![
            Block::Paragraph {
                content: vec![
                    Inline::Text { text: "Read ".into() },
                    Inline::Strong { content: vec![Inline::Text { text: "this".into() }] },
                ],
            },
            Block::List { ordered: false, items: vec![vec![Inline::Code { text: "a()".into() }]] },
        ]);
        assert_eq!(text.plain(), "Read this\na()");
    }
}
