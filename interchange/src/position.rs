//! Where something stands in a file.

use serde::Serialize;

/// A place in a text: line and column, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// Line, from 1. Lines end with LF, CR LF, or CR.
    pub line: usize,
    /// Character within the line, from 1.
    pub column: usize,
}

impl Position {
    /// The first character of a text.
    pub const START: Self = Self { line: 1, column: 1 };
}

/// Bytes from one note to the next.
const STEP: usize = 1024;

/// Finds positions from byte offsets, each in bounded time however long the lines are.
pub(crate) struct Positions<'a> {
    text: &'a str,
    /// For each `STEP` bytes the first character at or after them.
    notes: Vec<(usize, Position)>,
}

impl<'a> Positions<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut notes = Vec::with_capacity(text.len() / STEP + 1);
        let mut here = Position::START;
        for (offset, character) in text.char_indices() {
            if offset >= notes.len() * STEP {
                notes.push((offset, here));
            }
            here = after(here, character, &text[offset..]);
        }
        Self { text, notes }
    }

    /// The position of a byte offset, which may be the end of the text or lie within a character.
    pub(crate) fn at(&self, offset: usize) -> Position {
        // The first character at or after a note's place may stand after the offset.
        let note = (offset / STEP).min(self.notes.len().saturating_sub(1));
        let from = [note, note.saturating_sub(1)].into_iter().filter_map(|note| self.notes.get(note));
        let Some(&(start, mut here)) = from.into_iter().find(|(start, _)| *start <= offset) else {
            return Position::START;
        };
        for (index, character) in self.text[start..].char_indices() {
            if start + index + character.len_utf8() > offset {
                break;
            }
            here = after(here, character, &self.text[start + index..]);
        }
        here
    }
}

fn after(here: Position, character: char, rest: &str) -> Position {
    match character {
        '\r' if rest.as_bytes().get(1) == Some(&b'\n') => here,
        '\n' | '\r' => Position { line: here.line + 1, column: 1 },
        _ => Position { column: here.column + 1, ..here },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways_and_columns_count_characters() {
        let text = "ab\r\nçé\rx\ny";
        let positions = Positions::of(text);
        let at = |needle: &str| {
            let found = positions.at(text.find(needle).unwrap());
            (found.line, found.column)
        };
        assert_eq!(
            (at("a"), at("b"), at("ç"), at("é"), at("x"), at("y")),
            ((1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (4, 1))
        );
        assert_eq!(positions.at(text.len()), Position { line: 4, column: 2 });
    }

    #[test]
    fn one_long_line_of_wide_characters_is_counted_across_the_notes() {
        let text = "é€".repeat(5000);
        let positions = Positions::of(&text);
        for (column, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(positions.at(offset), Position { line: 1, column: column + 1 });
        }
    }

    #[test]
    fn an_empty_text_has_a_beginning() {
        assert_eq!(Positions::of("").at(0), Position::START);
    }
}
