//! Changes of a longer text: what a journal records, so that a text may be long and its lines stay short.

use crate::Response;

/// One change of a text, in characters (Unicode scalar values).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    /// How many characters stand before the change.
    pub at: u32,
    /// How many characters after those are taken away.
    pub removed: u32,
    /// What takes their place.
    pub inserted: String,
}

/// A change that does not fit the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditError {
    /// How many characters the text has.
    pub length: usize,
}

impl std::fmt::Display for EditError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it changes nothing, or more than the {} characters that there are", self.length)
    }
}

impl std::error::Error for EditError {}

impl TextEdit {
    /// The most characters that one change of [`Self::between`] inserts: with four bytes each they fit a journal's line.
    pub const MOST_INSERTED: usize = 800;

    /// The changes that make one text of another: none if they are equal, one for what is typed at one place, several for a
    /// long insertion. No text on the way is longer than the longer of the two.
    pub fn between(before: &str, after: &str) -> Vec<Self> {
        let (before, after): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
        let front = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
        let rest = before[front..].iter().rev().zip(after[front..].iter().rev());
        let back = rest.take_while(|(one, other)| one == other).count();
        let mut removed = before.len() - front - back;
        let inserted = &after[front..after.len() - back];
        let mut edits = Vec::new();
        let mut at = front;
        let mut pieces = inserted.chunks(Self::MOST_INSERTED);
        // At least once, for what is only taken away.
        let mut piece = pieces.next().unwrap_or_default();
        while removed > 0 || !piece.is_empty() {
            edits.push(Self { at: number(at), removed: number(removed), inserted: piece.iter().collect() });
            at += piece.len();
            removed = 0;
            piece = pieces.next().unwrap_or_default();
        }
        edits
    }

    /// The text after the change.
    ///
    /// # Errors
    /// [`EditError`] if it reaches beyond the end, or changes nothing.
    pub fn apply(&self, text: &str) -> Result<Response, EditError> {
        let length = text.chars().count();
        let (at, end) = (self.at as usize, self.at as usize + self.removed as usize);
        if end > length || (self.removed == 0 && self.inserted.is_empty()) {
            return Err(EditError { length });
        }
        let byte = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte);
        let (start, end) = (byte(at), byte(end));
        Ok(Response::text([&text[..start], &self.inserted, &text[end..]].concat()))
    }
}

/// A position as it is written; texts are far shorter than its bound.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
