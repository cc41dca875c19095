//! Where in a document something stands.

use crate::fault::Place;

/// The beginnings of a document's lines.
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<u32>,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let after = |(at, _): (usize, &str)| u32::try_from(at + 1).unwrap_or(u32::MAX);
        Self { text, starts: std::iter::once(0).chain(text.match_indices('\n').map(after)).collect() }
    }

    /// Line and column, counted from 1 in characters, of a byte of the text.
    pub(crate) fn place(&self, at: u32) -> Place {
        let line = self.starts.partition_point(|&start| start <= at);
        let start = self.starts[line.saturating_sub(1)] as usize;
        let before = self.text.get(start..(at as usize).min(self.text.len())).unwrap_or_default();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Place { line: count(line.max(1)), column: count(1 + before.chars().count()) }
    }
}
