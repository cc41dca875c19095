//! The closed part of CommonMark that texts are written in (docs/ITEM-FORMAT.md), parsed into [`RichText`].

use item::{Block, Inline, RichText};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::images::Images;

/// Emphasis within emphasis within …: more than this serves nobody.
const MAX_DEPTH: usize = 4;

/// Something outside the closed part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Byte offset in the text.
    pub(crate) offset: usize,
    /// What it is, with its article.
    pub(crate) what: &'static str,
}

/// Parses a text, and lists everything in it that does not belong.
pub(crate) fn parse(text: &str, images: &Images) -> (RichText, Vec<Fault>) {
    let mut builder = Builder { images: Some(images), ..Builder::default() };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        builder.take(event, range.start);
    }
    (RichText(builder.blocks), builder.faults)
}

/// A text of the closed part that shows no image; `None` if anything in it does not belong.
pub fn rich_text(text: &str) -> Option<RichText> {
    let (rich, faults) = parse(text, &Images::default());
    faults.is_empty().then_some(rich)
}

#[derive(Default)]
struct Builder<'a> {
    images: Option<&'a Images>,
    blocks: Vec<Block>,
    faults: Vec<Fault>,
    /// Inlines of the open paragraph or list entry; above it, those of the open emphases.
    inlines: Vec<Vec<Inline>>,
    code: Option<String>,
    list: Option<List>,
    table: Option<Table>,
    /// Path and alternative text of the open image.
    image: Option<(String, String)>,
}

#[derive(Default)]
struct Table {
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    in_head: bool,
}

#[derive(Default)]
struct List {
    ordered: bool,
    items: Vec<Vec<Inline>>,
    in_item: bool,
    paragraphs: usize,
}

impl Builder<'_> {
    fn fault(&mut self, offset: usize, what: &'static str) {
        self.faults.push(Fault { offset, what });
    }

    fn push(&mut self, inline: Inline) {
        if self.inlines.is_empty() {
            self.inlines.push(Vec::new());
        }
        let Some(open) = self.inlines.last_mut() else { return };
        match (open.last_mut(), inline) {
            (Some(Inline::Text { text }), Inline::Text { text: more }) => text.push_str(&more),
            (_, inline) => open.push(inline),
        }
    }

    fn take(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, at),
            Event::End(tag) => self.end(tag, at),
            Event::Text(text) => match (&mut self.code, &mut self.image) {
                (Some(code), _) => code.push_str(&text),
                (None, Some((_, alt))) => alt.push_str(&text),
                (None, None) => self.push(Inline::Text { text: text.into_string() }),
            },
            Event::Code(text) if self.image.is_some() => self.take(Event::Text(text), at),
            Event::Code(text) => self.push(Inline::Code { text: text.into_string() }),
            Event::SoftBreak if self.image.is_some() => self.take(Event::Text(" ".into()), at),
            Event::SoftBreak => self.push(Inline::Text { text: " ".into() }),
            Event::HardBreak => self.fault(at, "a forced line break"),
            Event::Html(_) | Event::InlineHtml(_) => self.fault(at, "raw HTML"),
            Event::Rule => self.fault(at, "a horizontal rule"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.fault(at, "an extension of CommonMark");
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>, at: usize) {
        match tag {
            Tag::Paragraph => match &mut self.list {
                None => self.inlines = vec![Vec::new()],
                Some(list) => {
                    list.paragraphs += 1;
                    if list.paragraphs > 1 {
                        self.fault(at, "a list entry of more than one paragraph");
                    }
                }
            },
            Tag::CodeBlock(kind) => {
                if matches!(kind, CodeBlockKind::Indented) {
                    self.fault(at, "an indented code block (use a fence of three backticks)");
                }
                if self.list.is_some() {
                    self.fault(at, "a code block inside a list");
                }
                self.code = Some(String::new());
            }
            Tag::List(_) if self.list.is_some() => self.fault(at, "a list inside a list"),
            Tag::List(first) => {
                if first.is_some_and(|first| first != 1) {
                    self.fault(at, "a numbered list that does not start at 1");
                }
                self.list = Some(List { ordered: first.is_some(), ..List::default() });
            }
            Tag::Item => {
                self.inlines = vec![Vec::new()];
                if let Some(list) = &mut self.list {
                    (list.in_item, list.paragraphs) = (true, 0);
                }
            }
            Tag::Emphasis | Tag::Strong => {
                if self.image.is_some() {
                    self.fault(at, "emphasis in the text of an image");
                } else if self.inlines.len() > MAX_DEPTH {
                    self.fault(at, "emphasis nested too deep");
                }
                self.inlines.push(Vec::new());
            }
            Tag::Heading { .. } => self.fault(at, "a heading"),
            Tag::BlockQuote(_) => self.fault(at, "a block quote"),
            Tag::Link { .. } => self.fault(at, "a link"),
            Tag::Image { dest_url, .. } => {
                let stands_alone = self.list.is_none() && self.table.is_none() && self.inlines == [Vec::new()];
                if !stands_alone {
                    self.fault(at, "an image within a line (give it a paragraph of its own)");
                }
                self.image = Some((dest_url.to_string(), String::new()));
            }
            Tag::Table(_) => {
                if self.list.is_some() {
                    self.fault(at, "a table inside a list");
                }
                self.table = Some(Table::default());
            }
            Tag::TableHead => {
                if let Some(table) = &mut self.table {
                    table.in_head = true;
                }
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Tag::TableCell => self.inlines = vec![Vec::new()],
            // Its text comes as `Event::Html`, which is reported.
            Tag::HtmlBlock => {}
            _ => self.fault(at, "an extension of CommonMark"),
        }
    }

    fn end(&mut self, tag: TagEnd, at: usize) {
        match tag {
            TagEnd::Paragraph if self.list.is_none() => {
                let content = self.close_inlines();
                if !content.is_empty() {
                    self.blocks.push(Block::Paragraph { content });
                }
            }
            TagEnd::CodeBlock => {
                let mut text = self.code.take().unwrap_or_default();
                if text.ends_with('\n') {
                    text.pop();
                }
                self.blocks.push(Block::Code { text });
            }
            TagEnd::Item => {
                let content = self.close_inlines();
                if let Some(list) = &mut self.list
                    && std::mem::take(&mut list.in_item)
                {
                    list.items.push(content);
                }
            }
            TagEnd::List(_) => {
                if let Some(List { ordered, items, .. }) = self.list.take() {
                    self.blocks.push(Block::List { ordered, items });
                }
            }
            TagEnd::Image => self.close_image(at),
            TagEnd::TableCell => {
                let cell = self.close_inlines();
                if let Some(Table { head, rows, in_head }) = &mut self.table {
                    if *in_head {
                        head.push(cell)
                    } else if let Some(row) = rows.last_mut() {
                        row.push(cell)
                    }
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.in_head = false;
                }
            }
            TagEnd::Table => {
                if let Some(Table { head, rows, .. }) = self.table.take() {
                    self.blocks.push(Block::Table { head, rows });
                }
            }
            TagEnd::Emphasis => self.close_emphasis(|content| Inline::Emphasis { content }),
            TagEnd::Strong => self.close_emphasis(|content| Inline::Strong { content }),
            _ => {}
        }
    }

    fn close_image(&mut self, at: usize) {
        let Some((path, alt)) = self.image.take() else { return };
        if alt.trim().is_empty() {
            self.fault(at, "an image without a text for those who do not see it: ![text](images/…)");
        }
        match self.images.and_then(|images| images.find(&path, alt.trim())) {
            Some(image) => self.blocks.push(Block::Image(image)),
            None => self.fault(at, "an image that the bank does not have in images/"),
        }
    }

    fn close_inlines(&mut self) -> Vec<Inline> {
        std::mem::take(&mut self.inlines).into_iter().next().unwrap_or_default()
    }

    fn close_emphasis(&mut self, wrap: impl FnOnce(Vec<Inline>) -> Inline) {
        let content = self.inlines.pop().unwrap_or_default();
        // Too deep: reported at the start; flattened so that the tree stays shallow for whoever walks it.
        if self.inlines.len() > MAX_DEPTH {
            content.into_iter().for_each(|inline| self.push(inline));
        } else {
            self.push(wrap(content));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{
        super::{SourceFile, source::Source},
        *,
    };

    fn parse(text: &str) -> (RichText, Vec<Fault>) {
        super::parse(text, &Images::default())
    }

    fn text(text: &str) -> Inline {
        Inline::Text { text: text.into() }
    }

    #[test]
    fn the_closed_part_becomes_a_tree() {
        let (rich, faults) = parse("One *two* **three**\n`four`.\n\n```log\na <b>\n\nc\n```\n\n1. x\n2. y & z\n");
        assert_eq!(faults, []);
        let paragraph = vec![
            text("One "),
            Inline::Emphasis { content: vec![text("two")] },
            text(" "),
            Inline::Strong { content: vec![text("three")] },
            text(" "),
            Inline::Code { text: "four".into() },
            text("."),
        ];
        assert_eq!(
            rich.0,
            [
                Block::Paragraph { content: paragraph },
                Block::Code { text: "a <b>\n\nc".into() },
                Block::List { ordered: true, items: vec![vec![text("x")], vec![text("y & z")]] },
            ]
        );
    }

    #[test]
    fn a_table_has_a_head_and_rows() {
        let (rich, faults) = parse("| A | *B* |\n|---|:-:|\n| `1` | 2 |\n| 3 |\n");
        assert_eq!(faults, []);
        let code = Inline::Code { text: "1".into() };
        let head = vec![vec![text("A")], vec![Inline::Emphasis { content: vec![text("B")] }]];
        let rows = vec![vec![vec![code], vec![text("2")]], vec![vec![text("3")], vec![]]];
        assert_eq!(rich.0, [Block::Table { head, rows }]);
    }

    #[test]
    fn loose_lists_are_lists_too() {
        let (rich, faults) = parse("- a\n\n- b\n");
        assert_eq!(faults, []);
        assert_eq!(rich.0, [Block::List { ordered: false, items: vec![vec![text("a")], vec![text("b")]] }]);
    }

    #[test]
    fn everything_else_is_named_with_its_place() {
        for (source, what, offset) in [
            ("a <b>bold</b>", "raw HTML", 2),
            ("<div>\nx\n</div>", "raw HTML", 0),
            ("see [it](http://x)", "a link", 4),
            ("![i](x)", "an image that the bank does not have in images/", 0),
            ("see ![i](x)", "an image within a line (give it a paragraph of its own)", 4),
            ("- ![i](x)", "an image within a line (give it a paragraph of its own)", 2),
            ("![*i*](x)", "emphasis in the text of an image", 2),
            ("![](x)", "an image without a text for those who do not see it: ![text](images/…)", 0),
            ("- a\n\n  | b |\n  |---|\n  | c |\n", "a table inside a list", 7),
            ("# Title", "a heading", 0),
            ("> quote", "a block quote", 0),
            ("a  \nb", "a forced line break", 1),
            ("a\n\n---\n", "a horizontal rule", 3),
            ("a\n\n    indented", "an indented code block (use a fence of three backticks)", 7),
            ("- a\n  - b\n", "a list inside a list", 6),
            ("3. a\n", "a numbered list that does not start at 1", 0),
            ("- a\n\n  b\n", "a list entry of more than one paragraph", 7),
        ] {
            let (_, faults) = parse(source);
            assert_eq!(faults.first(), Some(&Fault { offset, what }), "{source:?}");
        }
    }

    #[test]
    fn an_image_that_is_shown_often_is_in_memory_once() {
        let mut images = Images::default();
        let mut content = b"\x89PNG\r\n\x1a\n".to_vec();
        content.resize(100_000, 0);
        let file = SourceFile::new("images/a.png", content);
        images.read(&file, &Source::new("images/a.png", "", &Images::default()));
        let (rich, faults) = super::parse(&"![A](images/a.png)\n\n".repeat(13_000), &images);
        assert_eq!((rich.0.len(), faults), (13_000, Vec::new()));
        let data = |block: &Block| match block {
            Block::Image(image) => Arc::as_ptr(&image.data),
            other => panic!("{other:?}"),
        };
        assert!(rich.0.iter().all(|block| std::ptr::eq(data(block), data(&rich.0[0]))));
    }

    #[test]
    fn deep_nesting_stays_shallow_and_is_reported() {
        let (rich, faults) = parse(&format!("{}x{}", "*a **b ".repeat(2_000), "** *".repeat(2_000)));
        let (deep, deep_faults) = parse(&format!("{}x{}", "*a ".repeat(50), "*".repeat(50)));
        assert!(!deep_faults.is_empty());
        assert!(deep.plain().contains('x') && rich.plain().contains('x'));
        assert!(serde_json::to_string(&rich).unwrap().matches("content").count() <= 20_000, "{}", faults.len());
    }
}
