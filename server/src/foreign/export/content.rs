//! Rich text as QTI content.

use item::{Block, Inline, RichText};
use qti::model::{Content, Group};

use super::Pictures;

/// A text as blocks; `gap` gives what stands at a gap of a name.
pub(super) fn blocks(text: &RichText, pictures: &Pictures, gap: &dyn Fn(&str) -> Option<Content>) -> Vec<Content> {
    text.0.iter().map(|block| of_block(block, pictures, gap)).collect()
}

/// A text that is a line, where it is one; otherwise its blocks.
pub(super) fn line(text: &RichText, pictures: &Pictures) -> Vec<Content> {
    match text.0.as_slice() {
        [Block::Paragraph { content }] => inlines(content, &|_| None),
        _ => blocks(text, pictures, &|_| None),
    }
}

pub(super) fn group(group: Group, children: Vec<Content>) -> Content {
    Content::Group { group, children }
}

/// A paragraph of plain text.
pub(super) fn paragraph(text: &str) -> Content {
    group(Group::Paragraph, vec![Content::Text(text.to_owned())])
}

fn of_block(block: &Block, pictures: &Pictures, gap: &dyn Fn(&str) -> Option<Content>) -> Content {
    match block {
        Block::Paragraph { content } => group(Group::Paragraph, inlines(content, gap)),
        Block::Code { text } => group(Group::Preformatted, vec![Content::Text(text.clone())]),
        Block::List { ordered, items } => {
            let entries = items.iter().map(|entry| group(Group::ListItem, inlines(entry, gap))).collect();
            group(if *ordered { Group::OrderedList } else { Group::UnorderedList }, entries)
        }
        Block::Table { head, rows } => {
            let row = |cells: &[Vec<Inline>], of: Group| {
                group(Group::Row, cells.iter().map(|cell| group(of, inlines(cell, gap))).collect())
            };
            let body = rows.iter().map(|cells| row(cells, Group::Cell)).collect();
            let head = group(Group::TableHead, vec![row(head, Group::HeaderCell)]);
            group(Group::Table, vec![head, group(Group::TableBody, body)])
        }
        Block::Image(image) => group(Group::Paragraph, vec![Content::Image(pictures.figure(image))]),
    }
}

fn inlines(content: &[Inline], gap: &dyn Fn(&str) -> Option<Content>) -> Vec<Content> {
    let mut pieces = Vec::new();
    for inline in content {
        match inline {
            Inline::Text { text } => match pieces.last_mut() {
                Some(Content::Text(before)) => before.push_str(text),
                _ => pieces.push(Content::Text(text.clone())),
            },
            Inline::Emphasis { content } => pieces.push(group(Group::Emphasis, inlines(content, gap))),
            Inline::Strong { content } => pieces.push(group(Group::Strong, inlines(content, gap))),
            Inline::Code { text } => pieces.push(group(Group::Code, vec![Content::Text(text.clone())])),
            Inline::Gap { id } => pieces.extend(gap(id)),
        }
    }
    pieces
}
