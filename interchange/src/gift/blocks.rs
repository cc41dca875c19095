//! A file cut into questions, which blank lines separate, and the comments before them.

use std::borrow::Cow;

use super::CommentLines;
use crate::bounds;

/// What stands between two blank lines.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) notes: Notes,
}

/// What comments say of a question: `// [id:…] [tag:…]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub(super) id: Option<String>,
    pub(super) tags: Vec<String>,
}

/// The sign of a category.
pub(super) const CATEGORY: &str = "$CATEGORY:";

/// Cuts a file into blocks; one more than there may be is enough.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    loop {
        let mut notes = Notes::default();
        at = skip(text, at, &mut notes);
        if at == text.len() || blocks.len() > bounds::QUESTIONS {
            return blocks;
        }
        let end = if text[at..].starts_with(CATEGORY) { line_end(text, at) } else { block_end(text, at) };
        blocks.push(Block { start: at, end, notes });
        at = end;
    }
}

/// The text with the comment lines inside blocks blanked, nothing moved; what they say goes to their blocks.
pub(super) fn without_comments<'a>(text: &'a str, blocks: &mut [Block], lines: CommentLines) -> Cow<'a, str> {
    let mut kept = Cow::Borrowed(text);
    if lines == CommentLines::Text {
        return kept;
    }
    for block in blocks {
        let mut at = block.start;
        while at < block.end {
            let end = line_end(text, at).min(block.end);
            let line = text[at..end].trim_start_matches([' ', '\t']);
            if let Some(comment) = line.strip_prefix("//") {
                block.notes.read(comment);
                kept.to_mut().replace_range(at..end, &" ".repeat(end - at));
            }
            at = end + line_break(&text[end..]).max(1);
        }
    }
    kept
}

/// Past blank lines and comments.
fn skip(text: &str, mut at: usize, notes: &mut Notes) -> usize {
    loop {
        at = text.len() - text[at..].trim_start_matches([' ', '\t', '\n', '\r']).len();
        match text[at..].strip_prefix("//") {
            Some(_) => {
                let end = line_end(text, at);
                notes.read(&text[at + 2..end]);
                at = end;
            }
            None => return at,
        }
    }
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length)
}

/// Where the block ends that begins here: at a line end before a blank line, or at the end of the file.
fn block_end(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let end = line_end(text, at);
        let next = end + line_break(&text[end..]);
        let rest = text[next..].trim_start_matches([' ', '\t']);
        if next == text.len() || rest.starts_with(['\n', '\r']) {
            return end;
        }
        at = next;
    }
}

/// Bytes of the line break that the text begins with.
fn line_break(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

impl Notes {
    /// Takes ids and tags out of a comment: `[id:…]`, of which the last counts, and `[tag:…]`.
    fn read(&mut self, comment: &str) {
        if let Some(id) = bracketed(comment, "[id:").first() {
            self.id = Some(id.trim().to_owned());
        }
        // One more than there may be is enough.
        let tags = bracketed(comment, "[tag:").into_iter().map(str::to_owned);
        self.tags.extend(tags.take(bounds::NAMES + 1 - self.tags.len().min(bounds::NAMES + 1)));
    }
}

/// What stands between `opening` and the next `]`: at least one character, no control characters.
fn bracketed<'a>(comment: &'a str, opening: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let mut rest = comment;
    while let Some(start) = rest.find(opening) {
        rest = &rest[start + opening.len()..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let Some(end) = rest[first..].find(|c: char| c == ']' || c.is_ascii_control()).map(|end| end + first) else {
            break;
        };
        let inside = &rest[..end];
        if rest[end..].starts_with(']') && !inside.is_empty() && !inside.starts_with(|c: char| c.is_ascii_control()) {
            found.push(inside);
        }
        rest = &rest[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_separate_and_comments_belong_to_what_follows() {
        let text = "// [id:7] [tag:a b][tag:]] [tag:x\n\r\n one\r\n two\r\n \t\r\n$CATEGORY: c\nthree\n\n// end";
        let blocks = blocks(text);
        let texts: Vec<&str> = blocks.iter().map(|block| &text[block.start..block.end]).collect();
        assert_eq!(texts, ["one\r\n two", "$CATEGORY: c", "three"]);
        assert_eq!(blocks[0].notes.id.as_deref(), Some("7"));
        assert_eq!(blocks[0].notes.tags, ["a b", "]"]);
        assert!(blocks[1].notes.tags.is_empty());
    }

    #[test]
    fn comment_lines_within_a_question_are_blanked_in_place() {
        let text = "one\n // [tag:t] é\ntwo";
        let mut found = blocks(text);
        let blanked = without_comments(text, &mut found, CommentLines::Ignored);
        assert_eq!(blanked, format!("one\n{}\ntwo", " ".repeat(" // [tag:t] é".len())));
        assert_eq!(found[0].notes.tags, ["t"]);
        assert_eq!(without_comments(text, &mut found, CommentLines::Text), text);
    }
}
