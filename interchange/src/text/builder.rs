//! The tree while it is being built: elements open and close, text comes in between.

use super::{
    Findings, Source,
    line::{Line, Mark, Marks},
    picture::{self, Shown},
    segment::{Segment, segments},
};
use crate::{Block, Cell, Content, FaultKind, Inline, LossKind, bounds, import::beginning};

/// A tree that is being built.
pub(super) struct Builder<'a, 'f> {
    source: Source<'a>,
    findings: &'f mut Findings,
    /// Whether line ends break lines.
    line_ends: bool,
    /// What is open, the innermost last. The first is the text itself.
    frames: Vec<Frame>,
    /// How often each mark is open.
    marks: [usize; Mark::ALL.len()],
    /// Lists and tables that are open beyond the depth, and kept as plain text.
    flattened: usize,
    nodes: usize,
    shown: Shown<'a>,
}

/// Something open that holds blocks.
struct Frame {
    kind: Kind,
    blocks: Vec<Block>,
    line: Line,
}

/// What is open.
pub(super) enum Kind {
    Root,
    List { ordered: bool, items: Vec<Content> },
    Item,
    Table { caption: Vec<Inline>, rows: Vec<Vec<Cell>> },
    Caption,
    Row { cells: Vec<Cell> },
    Cell { header: bool },
    Code { text: String },
}

impl<'a, 'f> Builder<'a, 'f> {
    pub(super) fn new(source: Source<'a>, line_ends: bool, findings: &'f mut Findings) -> Self {
        Self {
            source,
            findings,
            line_ends,
            frames: vec![Frame { kind: Kind::Root, blocks: Vec::new(), line: Line::default() }],
            marks: [0; Mark::ALL.len()],
            flattened: 0,
            nodes: 0,
            shown: Shown::new(),
        }
    }

    /// What was built, and the names of the files that it shows.
    pub(super) fn finish(mut self) -> (Content, Shown<'a>) {
        while self.frames.len() > 1 {
            self.pop();
        }
        self.end_line();
        (self.frames.pop().map(|root| Content(root.blocks)).unwrap_or_default(), self.shown)
    }

    pub(super) fn lose(&mut self, kind: LossKind) {
        self.findings.lose(self.source.at, kind);
    }

    /// Counts a part of the tree; false once there are too many.
    fn room(&mut self) -> bool {
        self.nodes += 1;
        if self.nodes == bounds::TEXT_NODES {
            let kind = FaultKind::TooMany { what: "parts in one text", limit: bounds::TEXT_NODES };
            self.findings.fault(self.source.at, kind);
        }
        self.nodes < bounds::TEXT_NODES
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(Frame { kind: Kind::Code { text: code }, .. }) = self.frames.last_mut() {
            for segment in segments(text, true) {
                if let Segment::Text(text) = segment {
                    code.push_str(text);
                }
            }
            return;
        }
        if text.trim().is_empty() && !self.flows() {
            return;
        }
        for segment in segments(text, false) {
            match segment {
                Segment::Text(text) if self.line_ends => {
                    for (number, line) in text.split('\n').enumerate() {
                        if number > 0 {
                            self.line_break();
                        }
                        self.words(line);
                    }
                }
                Segment::Text(text) => self.words(text),
                Segment::Maths { tex, display } => self.inline(Inline::Maths { tex: tex.to_owned(), display }),
                Segment::Gap(number) => self.inline(Inline::Gap { number }),
            }
        }
    }

    fn words(&mut self, text: &str) {
        if !text.is_empty() && self.room() {
            let marks = self.current_marks();
            self.flow().line.push_text(text, marks);
        }
    }

    pub(super) fn inline(&mut self, inline: Inline) {
        if self.room() {
            let marks = self.current_marks();
            self.flow().line.push(inline, marks);
        }
    }

    pub(super) fn line_break(&mut self) {
        if let Some(Frame { kind: Kind::Code { text }, .. }) = self.frames.last_mut() {
            text.push('\n');
        } else if self.room() {
            self.flow().line.push_break();
        }
    }

    pub(super) fn picture(&mut self, address: &str, alt: &str) {
        if matches!(self.frames.last(), Some(Frame { kind: Kind::Code { .. }, .. })) {
            self.lose(LossKind::Image { name: beginning(address), reason: "it stands within code" });
        } else if self.room()
            && let Some(asset) = picture::show(address, &self.source, &mut self.shown, self.findings)
        {
            self.inline(Inline::Image { asset, alt: alt.trim().to_owned() });
        }
    }

    pub(super) fn open_mark(&mut self, mark: Mark) {
        self.marks[mark as usize] += 1;
    }

    pub(super) fn close_mark(&mut self, mark: Mark) {
        let count = &mut self.marks[mark as usize];
        *count = count.saturating_sub(1);
    }

    fn current_marks(&self) -> Marks {
        let open = Mark::ALL.into_iter().filter(|mark| self.marks[*mark as usize] > 0);
        open.fold(Marks::default(), Marks::with)
    }

    /// Whether text can stand here as it is.
    fn flows(&self) -> bool {
        !matches!(self.frames.last().map(|f| &f.kind), Some(Kind::List { .. } | Kind::Table { .. } | Kind::Row { .. }))
    }

    /// The frame that takes text, opened if it has to be.
    fn flow(&mut self) -> &mut Frame {
        if !self.flows() {
            match self.frames.last().map(|frame| &frame.kind) {
                Some(Kind::List { .. }) => self.push(Kind::Item),
                Some(Kind::Table { .. }) => {
                    self.push(Kind::Row { cells: Vec::new() });
                    self.push(Kind::Cell { header: false });
                }
                _ => self.push(Kind::Cell { header: false }),
            }
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn push(&mut self, kind: Kind) {
        self.frames.push(Frame { kind, blocks: Vec::new(), line: Line::default() });
    }

    /// Ends the paragraph.
    pub(super) fn end_line(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            let paragraphs = std::mem::take(&mut frame.line).finish();
            frame.blocks.extend(paragraphs);
        }
    }

    /// Opens code, a list or a table.
    pub(super) fn open(&mut self, kind: Kind) {
        self.end_line();
        if matches!(self.frames.last(), Some(Frame { kind: Kind::Code { .. }, .. })) {
            return;
        }
        let deep = self.frames.iter().filter(|f| matches!(f.kind, Kind::List { .. } | Kind::Table { .. })).count();
        let nests = matches!(kind, Kind::List { .. } | Kind::Table { .. });
        if nests && (self.flattened > 0 || deep == bounds::TEXT_DEPTH) {
            self.lose(LossKind::Nesting { limit: bounds::TEXT_DEPTH });
            self.flattened += 1;
        } else if self.room() {
            self.flow();
            self.push(kind);
        }
    }

    /// Opens an item of the list that is open.
    pub(super) fn open_item(&mut self) {
        let list = self.nearest(|kind| matches!(kind, Kind::List { .. }), |kind| matches!(kind, Kind::Cell { .. }));
        self.open_within(list, Kind::Item);
    }

    pub(super) fn open_row(&mut self) {
        let table = self.nearest(|kind| matches!(kind, Kind::Table { .. }), |_| false);
        self.open_within(table, Kind::Row { cells: Vec::new() });
    }

    pub(super) fn open_caption(&mut self) {
        let table = self.nearest(|kind| matches!(kind, Kind::Table { .. }), |_| false);
        self.open_within(table, Kind::Caption);
    }

    pub(super) fn open_cell(&mut self, header: bool) {
        let table = self.nearest(|kind| matches!(kind, Kind::Table { .. }), |_| false);
        let row = table.map(|table| match self.frames.get(table + 1) {
            Some(Frame { kind: Kind::Row { .. }, .. }) => table + 1,
            _ => table,
        });
        if row == table && row.is_some() {
            self.open_within(row, Kind::Row { cells: Vec::new() });
            let last = self.frames.len() - 1;
            self.open_within(Some(last), Kind::Cell { header });
        } else {
            self.open_within(row, Kind::Cell { header });
        }
    }

    /// Closes what is open within a frame and opens something there; only ends the paragraph if there is no such frame.
    fn open_within(&mut self, frame: Option<usize>, kind: Kind) {
        self.end_line();
        let Some(frame) = frame.filter(|_| self.flattened == 0) else { return };
        while self.frames.len() > frame + 1 {
            self.pop();
        }
        if self.room() {
            self.push(kind);
        }
    }

    /// Closes the nearest of what fits, and what is open within it. What is not open is not closed.
    pub(super) fn close(&mut self, fits: impl Fn(&Kind) -> bool) {
        self.end_line();
        if self.flattened > 0 {
            if fits(&Kind::List { ordered: false, items: Vec::new() }) || fits(&Kind::table()) {
                self.flattened -= 1;
            }
            return;
        }
        let stops = |kind: &Kind| matches!(kind, Kind::Table { .. });
        if let Some(frame) = self.nearest(&fits, stops) {
            while self.frames.len() > frame {
                self.pop();
            }
        }
    }

    /// The nearest open frame that fits, unless one that stops the search is nearer.
    fn nearest(&self, fits: impl Fn(&Kind) -> bool, stops: impl Fn(&Kind) -> bool) -> Option<usize> {
        for (index, frame) in self.frames.iter().enumerate().rev() {
            if fits(&frame.kind) {
                return Some(index);
            }
            if stops(&frame.kind) {
                return None;
            }
        }
        None
    }

    /// Closes the innermost frame and puts what it holds where it belongs.
    fn pop(&mut self) {
        self.end_line();
        let Some(Frame { kind, blocks, .. }) = self.frames.pop() else { return };
        let Some(parent) = self.frames.last_mut() else { return };
        match (kind, &mut parent.kind) {
            (Kind::Item, Kind::List { items, .. }) => items.push(Content(blocks)),
            (Kind::Cell { header }, Kind::Row { cells }) => cells.push(Cell { header, content: Content(blocks) }),
            (Kind::Row { cells }, Kind::Table { rows, .. }) if !cells.is_empty() => rows.push(cells),
            (Kind::Caption, Kind::Table { caption, .. }) => *caption = inlines(blocks),
            (Kind::List { ordered, items }, _) if items.iter().any(|item| !item.is_empty()) => {
                parent.blocks.push(Block::List { ordered, items });
            }
            (Kind::Table { caption, rows }, _) if !rows.is_empty() => {
                parent.blocks.push(Block::Table { caption, rows });
            }
            (Kind::Code { text }, _) => {
                let text = text.strip_prefix('\n').unwrap_or(&text).trim_end().to_owned();
                if !text.is_empty() {
                    parent.blocks.push(Block::Code { text });
                }
            }
            _ => {}
        }
    }
}

impl Kind {
    pub(super) fn table() -> Self {
        Self::Table { caption: Vec::new(), rows: Vec::new() }
    }
}

/// Paragraphs as one line; other blocks as plain text.
fn inlines(blocks: Vec<Block>) -> Vec<Inline> {
    let mut line = Vec::new();
    for block in blocks {
        if !line.is_empty() {
            line.push(Inline::Break);
        }
        match block {
            Block::Paragraph { content } => line.extend(content),
            other => line.push(Inline::Text { text: Content(vec![other]).plain() }),
        }
    }
    line
}
