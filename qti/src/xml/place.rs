//! Where in a document something stands.

use crate::fault::Place;

/// The places of a document's bytes, asked for from its beginning to its end.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// How far it was counted, and the place there.
    at: usize,
    place: Place,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0, place: Place { line: 1, column: 1 } }
    }

    /// Line and column, counted from 1 in characters, of a byte of the text that does not lie before the last one.
    pub(crate) fn place(&mut self, at: u32) -> Place {
        let to = (at as usize).min(self.text.len());
        for character in self.text.get(self.at..to).unwrap_or_default().chars() {
            match character {
                '\n' => self.place = Place { line: self.place.line.saturating_add(1), column: 1 },
                _ => self.place.column = self.place.column.saturating_add(1),
            }
        }
        self.at = self.at.max(to);
        self.place
    }
}
