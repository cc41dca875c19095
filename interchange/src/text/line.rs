//! The line that is being written: runs of text with their marks, folded into a tree once it ends.

use crate::{Block, Inline};

/// How a run of text is marked: one bit a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u8);

/// A kind of mark, the outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Strong,
    Emphasis,
    Subscript,
    Superscript,
    Code,
}

impl Mark {
    pub(super) const ALL: [Self; 5] = [Self::Strong, Self::Emphasis, Self::Subscript, Self::Superscript, Self::Code];
}

/// Marks that hold others. Code holds text only.
const NESTING: [Mark; 4] = [Mark::Strong, Mark::Emphasis, Mark::Subscript, Mark::Superscript];

impl Marks {
    pub(super) fn with(self, mark: Mark) -> Self {
        Self(self.0 | 1 << mark as u8)
    }

    fn has(self, mark: Mark) -> bool {
        self.0 & 1 << mark as u8 != 0
    }
}

/// What a line is made of.
#[derive(Debug)]
pub(super) enum Piece {
    Text(String),
    Other(Inline),
    Break,
}

/// A line that is being written.
#[derive(Debug, Default)]
pub(super) struct Line {
    runs: Vec<(Marks, Piece)>,
    /// White space that counts only if something follows, and how it was marked.
    space: Option<Marks>,
}

impl Line {
    /// Adds text, white space folded.
    pub(super) fn push_text(&mut self, text: &str, marks: Marks) {
        for character in text.chars() {
            if matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.space = self.space.or(Some(marks));
                continue;
            }
            self.push_space();
            self.push_character(character, marks);
        }
    }

    pub(super) fn push(&mut self, inline: Inline, marks: Marks) {
        self.push_space();
        self.runs.push((marks, Piece::Other(inline)));
    }

    pub(super) fn push_break(&mut self) {
        self.space = None;
        self.runs.push((Marks::default(), Piece::Break));
    }

    fn push_space(&mut self) {
        let follows_text = !matches!(self.runs.last(), None | Some((_, Piece::Break)));
        if let Some(marks) = self.space.take().filter(|_| follows_text) {
            self.push_character(' ', marks);
        }
    }

    fn push_character(&mut self, character: char, marks: Marks) {
        match self.runs.last_mut() {
            Some((last, Piece::Text(text))) if *last == marks => text.push(character),
            _ => self.runs.push((marks, Piece::Text(character.to_string()))),
        }
    }

    /// The paragraphs of the line; two breaks in a row separate them.
    pub(super) fn finish(self) -> Vec<Block> {
        let mut paragraphs = vec![Vec::new()];
        let mut breaks = 0;
        for (marks, piece) in self.runs {
            if matches!(piece, Piece::Break) {
                breaks += 1;
                continue;
            }
            if let Some(last) = paragraphs.last_mut().filter(|last| breaks < 2 || last.is_empty()) {
                if breaks == 1 && !last.is_empty() {
                    last.push((Marks::default(), Piece::Break));
                }
                last.push((marks, piece));
            } else {
                paragraphs.push(vec![(marks, piece)]);
            }
            breaks = 0;
        }
        let paragraphs = paragraphs.into_iter().filter(|runs| runs.iter().any(|(_, piece)| shows(piece)));
        paragraphs.map(|runs| Block::Paragraph { content: fold(runs, &NESTING) }).collect()
    }
}

fn shows(piece: &Piece) -> bool {
    match piece {
        Piece::Text(text) => !text.trim().is_empty(),
        Piece::Other(_) => true,
        Piece::Break => false,
    }
}

fn fold(runs: Vec<(Marks, Piece)>, marks: &[Mark]) -> Vec<Inline> {
    let Some((&mark, inner)) = marks.split_first() else { return runs.into_iter().map(leaf).collect() };
    let mut folded = Vec::new();
    let mut runs = runs.into_iter().peekable();
    while let Some(first) = runs.next() {
        let marked = first.0.has(mark);
        let mut group = vec![first];
        while let Some(run) = runs.next_if(|(marks, _)| marks.has(mark) == marked) {
            group.push(run);
        }
        let content = fold(group, inner);
        match (marked, mark) {
            (false, _) | (true, Mark::Code) => folded.extend(content),
            (true, Mark::Strong) => folded.push(Inline::Strong { content }),
            (true, Mark::Emphasis) => folded.push(Inline::Emphasis { content }),
            (true, Mark::Subscript) => folded.push(Inline::Subscript { content }),
            (true, Mark::Superscript) => folded.push(Inline::Superscript { content }),
        }
    }
    folded
}

fn leaf((marks, piece): (Marks, Piece)) -> Inline {
    match piece {
        Piece::Text(text) if marks.has(Mark::Code) => Inline::Code { text },
        Piece::Text(text) => Inline::Text { text },
        Piece::Other(inline) => inline,
        Piece::Break => Inline::Break,
    }
}
