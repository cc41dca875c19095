//! Texts of drafts, with the words that are to be read in them.

use interchange::{Block, Content, Inline};
use item::{Block as RichBlock, Inline as RichInline, RichText};
use serde::{Serialize, Serializer};

use super::Notes;

/// What stands for a gap.
const GAP: &str = "___";

/// A text as it stands in an item file, and its words, which a bank has to read there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    /// As it stands in the file.
    pub(super) source: String,
    /// Its words, parted by single blanks; of images nothing.
    pub(super) words: String,
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.source.serialize(to)
    }
}

impl Text {
    /// A line that the file holds as it is read.
    pub(super) fn line(text: &str) -> Self {
        let words = collapsed(text);
        Self { source: words.clone(), words }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.source.is_empty()
    }

    /// Whether it shows an image that it says nothing about.
    pub(super) fn has_untold_image(&self) -> bool {
        self.source.lines().any(|line| line.starts_with("![](images/"))
    }

    /// With a word for each image that it says nothing about.
    pub(super) fn with_images_told(&self) -> Self {
        let told = |line: &str| line.strip_prefix("![](images/").map(|rest| format!("![image](images/{rest}"));
        let lines = self.source.split('\n').map(|line| told(line).unwrap_or_else(|| line.to_owned()));
        Self { source: lines.collect::<Vec<_>>().join("\n"), words: self.words.clone() }
    }
}

/// A text that is shown plainly, on one line; what that takes from it goes to the notes.
pub(super) fn plain_line(content: &Content, notes: &mut Notes) -> String {
    if content.0.iter().any(|block| !matches!(block, Block::Paragraph { .. })) || content.0.len() > 1 {
        notes.lose("paragraphs, lists, tables and blocks of code within a word became plain text");
    }
    content.for_each_inline(&mut |inline| match inline {
        Inline::Emphasis { .. } | Inline::Strong { .. } | Inline::Code { .. } => {
            notes.lose("emphasis and code within a word: it is shown plainly");
        }
        Inline::Subscript { .. } | Inline::Superscript { .. } => {
            notes.lose("text above or below the line stands on it");
        }
        Inline::Image { .. } => notes.fault("an image stands where native items show plain words"),
        Inline::Maths { .. } => notes.fault("a formula stands where native items show plain words"),
        Inline::Text { .. } | Inline::Break | Inline::Gap { .. } => {}
    });
    collapsed(&content.plain())
}

/// The words of foreign content.
pub(super) fn of_content(content: &Content) -> String {
    let mut text = String::new();
    add_content(content, &mut text);
    collapsed(&text)
}

fn add_content(content: &Content, into: &mut String) {
    for block in &content.0 {
        match block {
            Block::Paragraph { content } => add_inlines(content, into),
            Block::Code { text } => into.push_str(text),
            Block::List { items, .. } => items.iter().for_each(|item| {
                add_content(item, into);
                into.push(' ');
            }),
            Block::Table { caption, rows } => {
                add_inlines(caption, into);
                into.push(' ');
                rows.iter().flatten().for_each(|cell| {
                    add_content(&cell.content, into);
                    into.push(' ');
                });
            }
        }
        into.push(' ');
    }
}

fn add_inlines(content: &[Inline], into: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => into.push_str(text),
            Inline::Maths { tex, .. } => into.push_str(tex),
            // Images get a paragraph of their own.
            Inline::Image { .. } | Inline::Break => into.push(' '),
            Inline::Gap { .. } => into.push_str(GAP),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Subscript { content }
            | Inline::Superscript { content } => add_inlines(content, into),
        }
    }
}

/// The words of a bank's text.
pub(super) fn of_rich(text: &RichText) -> String {
    let mut into = String::new();
    let mut line = |content: &[RichInline]| {
        add_rich(content, &mut into);
        into.push(' ');
    };
    for block in &text.0 {
        match block {
            RichBlock::Paragraph { content } => line(content),
            RichBlock::Code { text } => line(&[RichInline::Code { text: text.clone() }]),
            RichBlock::List { items, .. } => items.iter().for_each(|entry| line(entry)),
            RichBlock::Table { head, rows } => {
                std::iter::once(head).chain(rows).flatten().for_each(|cell| line(cell));
            }
            RichBlock::Image(_) => {}
        }
    }
    collapsed(&into)
}

fn add_rich(content: &[RichInline], into: &mut String) {
    for inline in content {
        match inline {
            RichInline::Text { text } | RichInline::Code { text } => into.push_str(text),
            RichInline::Emphasis { content } | RichInline::Strong { content } => add_rich(content, into),
            RichInline::Gap { .. } => into.push_str(GAP),
        }
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
