//! Contents by chance, the same ones each time.

use interchange::{Block, Cell, Content, Inline};

/// Numbers that look random (the generator of Knuth's MMIX).
pub(super) struct Chance(u64);

const WORDS: [&str; 24] = [
    "plain",
    "&",
    "_snake_case_",
    "*",
    "|",
    "-",
    "1.",
    "2)",
    "#",
    "+ x",
    "[link](x)",
    "<b>",
    "\\",
    "`",
    "~~",
    "!",
    "中文强调",
    "「引用」",
    "مرحبا",
    "Note:",
    "(a)",
    "¡so!",
    "a\u{a0}b",
    "3 > 2 &amp;",
];

const CODES: [&str; 6] = ["x", "a | b", "a`b", "`", "{{x}} \\", " y"];

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn inline(&mut self, depth: usize) -> Inline {
        match self.below(if depth < 3 { 9 } else { 6 }) {
            0..=3 => {
                let blank = |chance: &mut Self| if chance.below(2) == 0 { " " } else { "" };
                let (before, word, after) = (blank(self), WORDS[self.below(WORDS.len())], blank(self));
                Inline::Text { text: format!("{before}{word}{after}") }
            }
            4 | 5 => Inline::Code { text: CODES[self.below(CODES.len())].to_owned() },
            6 | 7 => Inline::Emphasis { content: self.inlines(depth + 1) },
            _ => Inline::Strong { content: self.inlines(depth + 1) },
        }
    }

    pub(super) fn inlines(&mut self, depth: usize) -> Vec<Inline> {
        (0..=self.below(4)).map(|_| self.inline(depth)).collect()
    }

    fn line(&mut self) -> Content {
        Content(vec![Block::Paragraph { content: self.inlines(0) }])
    }

    fn block(&mut self) -> Block {
        match self.below(6) {
            0..=2 => Block::Paragraph { content: self.inlines(0) },
            3 => Block::Code { text: ["a <b>\n\n  c", "```\nx", "- y", "1 | 2"][self.below(4)].to_owned() },
            4 => {
                let ordered = self.below(2) == 0;
                Block::List { ordered, items: (0..=self.below(3)).map(|_| self.line()).collect() }
            }
            _ => {
                let columns = 1 + self.below(3);
                let row = |chance: &mut Self, header| {
                    (0..columns).map(|_| Cell { header, content: chance.line() }).collect::<Vec<_>>()
                };
                let mut rows = vec![row(self, true)];
                rows.extend((0..self.below(3)).map(|_| row(self, false)).collect::<Vec<_>>());
                Block::Table { caption: Vec::new(), rows }
            }
        }
    }

    pub(super) fn content(&mut self) -> Content {
        let begin = Block::Paragraph { content: vec![Inline::Text { text: "Begins".into() }] };
        Content(std::iter::once(begin).chain((0..self.below(4)).map(|_| self.block()).collect::<Vec<_>>()).collect())
    }
}
