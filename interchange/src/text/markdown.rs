//! Markdown: CommonMark with tables, HTML within it.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{
    builder::{Builder, Kind},
    html::Html,
    line::Mark,
};
use crate::{LossKind, import::beginning};

/// Reads Markdown.
pub(super) fn read(text: &str, builder: &mut Builder<'_, '_>) {
    let mut html = Html::default();
    // HTML comes line by line, tags may be longer.
    let mut block: Option<String> = None;
    // Text between the two events of a picture stands for it; it can hold other pictures.
    let mut pictures: Vec<(String, String)> = Vec::new();
    let mut heads = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::HtmlBlock) => block = Some(String::new()),
            Event::End(TagEnd::HtmlBlock) => html.read(&block.take().unwrap_or_default(), builder),
            Event::Html(line) => block.get_or_insert_default().push_str(&line),
            Event::InlineHtml(tag) => html.read(&tag, builder),
            _ if html.skips() => {}
            Event::Start(Tag::Image { dest_url, .. }) => pictures.push((dest_url.into_string(), String::new())),
            Event::End(TagEnd::Image) => {
                if let Some((address, alt)) = pictures.pop() {
                    builder.picture(&address, &alt);
                }
            }
            Event::Text(text) | Event::Code(text) if !pictures.is_empty() => {
                if let Some((_, alt)) = pictures.last_mut() {
                    alt.push_str(&text);
                }
            }
            Event::Start(Tag::TableCell) => builder.open_cell(heads),
            Event::Start(tag) => {
                heads = matches!(tag, Tag::TableHead) || (heads && !matches!(tag, Tag::TableRow));
                start(tag, builder);
            }
            Event::End(tag) => end(tag, builder),
            Event::Text(text) => builder.text(&text),
            Event::Code(text) => {
                builder.open_mark(Mark::Code);
                builder.text(&text);
                builder.close_mark(Mark::Code);
            }
            Event::SoftBreak => builder.text(" "),
            Event::HardBreak => builder.line_break(),
            Event::Rule => {
                builder.end_line();
                builder.lose(LossKind::Markup { name: "hr".to_owned() });
            }
            // Of extensions that are not asked for.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}

fn start(tag: Tag<'_>, builder: &mut Builder<'_, '_>) {
    match tag {
        Tag::Emphasis => builder.open_mark(Mark::Emphasis),
        Tag::Strong => builder.open_mark(Mark::Strong),
        Tag::List(first) => {
            if first.is_some_and(|first| first != 1) {
                builder.lose(LossKind::Attribute { name: "start".to_owned() });
            }
            builder.open(Kind::List { ordered: first.is_some(), items: Vec::new() });
        }
        Tag::Item => builder.open_item(),
        Tag::CodeBlock(_) => builder.open(Kind::Code { text: String::new() }),
        Tag::Table(_) => builder.open(Kind::table()),
        Tag::TableHead | Tag::TableRow => builder.open_row(),
        Tag::Heading { level, .. } => {
            builder.end_line();
            builder.open_mark(Mark::Strong);
            builder.lose(LossKind::Markup { name: level.to_string() });
        }
        Tag::BlockQuote(_) => {
            builder.end_line();
            builder.lose(LossKind::Markup { name: "blockquote".to_owned() });
        }
        Tag::Link { dest_url, .. } => builder.lose(LossKind::Link { target: beginning(&dest_url) }),
        _ => builder.end_line(),
    }
}

fn end(tag: TagEnd, builder: &mut Builder<'_, '_>) {
    match tag {
        TagEnd::Emphasis => builder.close_mark(Mark::Emphasis),
        TagEnd::Strong => builder.close_mark(Mark::Strong),
        TagEnd::List(_) => builder.close(|kind| matches!(kind, Kind::List { .. })),
        TagEnd::Item => builder.close(|kind| matches!(kind, Kind::Item)),
        TagEnd::CodeBlock => builder.close(|kind| matches!(kind, Kind::Code { .. })),
        TagEnd::Table => builder.close(|kind| matches!(kind, Kind::Table { .. })),
        TagEnd::TableHead | TagEnd::TableRow => builder.close(|kind| matches!(kind, Kind::Row { .. })),
        TagEnd::TableCell => builder.close(|kind| matches!(kind, Kind::Cell { .. })),
        TagEnd::Heading(_) => {
            builder.end_line();
            builder.close_mark(Mark::Strong);
        }
        TagEnd::Link => {}
        _ => builder.end_line(),
    }
}
