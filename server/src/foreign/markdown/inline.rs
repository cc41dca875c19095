//! Lines in CommonMark. What cannot be marked up as it is, is marked up less, and that is told.

use item::{Block, Inline as Rich, RichText};
use question_bank::bank::rich_text;

use super::{super::Notes, tree::add};

/// Where a line stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    Entry,
    Cell,
}

/// A line as it is written. Emphasis begins and ends by rules that depend on the neighbouring signs (CommonMark 0.31,
/// section 6.2); whether they let it is looked at by reading the line again.
pub(super) fn written(tree: Vec<Rich>, place: Place, notes: &mut Notes) -> String {
    let text = line(&tree, place);
    if tree.iter().all(|inline| matches!(inline, Rich::Text { .. })) || reads_as(&text, &tree, place) {
        return text;
    }
    let tree = loosened(tree);
    let text = line(&tree, place);
    if reads_as(&text, &tree, place) {
        notes.lose("that signs at the edge of emphasis are part of it");
        return text;
    }
    let tree = flat(tree);
    notes.lose("emphasis that cannot be marked where it stands");
    let text = line(&tree, place);
    if reads_as(&text, &tree, place) {
        return text;
    }
    notes.lose("code within a line that cannot be marked where it stands");
    let mut plain = Vec::new();
    for inline in tree {
        let inline = if let Rich::Code { text } = inline { Rich::Text { text } } else { inline };
        add(&mut plain, inline);
    }
    line(&plain, place)
}

fn reads_as(text: &str, tree: &[Rich], place: Place) -> bool {
    let text = match place {
        Place::Paragraph => text.to_owned(),
        Place::Entry => format!("- {text}"),
        Place::Cell => format!("| {text} |\n|---|\n"),
    };
    let Some(RichText(blocks)) = rich_text(&text) else { return false };
    match blocks.as_slice() {
        [Block::Paragraph { content }] => place == Place::Paragraph && content == tree,
        [Block::List { items, .. }] => place == Place::Entry && matches!(items.as_slice(), [entry] if entry == tree),
        [Block::Table { head, .. }] => place == Place::Cell && matches!(head.as_slice(), [cell] if cell == tree),
        _ => false,
    }
}

/// Signs at the edges of emphasis outside it: «**Note:**x» is no emphasis, «**Note**:x» is.
fn loosened(tree: Vec<Rich>) -> Vec<Rich> {
    let mut loose = Vec::new();
    for inline in tree {
        match inline {
            Rich::Emphasis { content } => loosen(content, &mut loose, |content| Rich::Emphasis { content }),
            Rich::Strong { content } => loosen(content, &mut loose, |content| Rich::Strong { content }),
            other => add(&mut loose, other),
        }
    }
    loose
}

fn loosen(content: Vec<Rich>, into: &mut Vec<Rich>, wrap: impl FnOnce(Vec<Rich>) -> Rich) {
    let mut content = loosened(content);
    let (mut before, mut after) = (String::new(), String::new());
    let is_sign = |c: char| !c.is_alphanumeric();
    if let Some(Rich::Text { text }) = content.first_mut() {
        let rest = text.trim_start_matches(is_sign);
        text[..text.len() - rest.len()].clone_into(&mut before);
        *text = rest.to_owned();
    }
    if let Some(Rich::Text { text }) = content.last_mut() {
        let rest = text.trim_end_matches(is_sign);
        text[rest.len()..].clone_into(&mut after);
        *text = rest.to_owned();
    }
    content.retain(|inline| !matches!(inline, Rich::Text { text } if text.is_empty()));
    add(into, Rich::Text { text: before });
    if !content.is_empty() {
        add(into, wrap(content));
    }
    add(into, Rich::Text { text: after });
}

/// Without emphasis.
fn flat(tree: Vec<Rich>) -> Vec<Rich> {
    let mut plain = Vec::new();
    for inline in tree {
        match inline {
            Rich::Emphasis { content } | Rich::Strong { content } => {
                flat(content).into_iter().for_each(|inline| add(&mut plain, inline));
            }
            other => add(&mut plain, other),
        }
    }
    plain
}

fn line(tree: &[Rich], place: Place) -> String {
    let mut text = String::new();
    inlines(tree, place, &mut text);
    let text = text.trim();
    if place == Place::Cell { text.to_owned() } else { begun(text) }
}

fn inlines(tree: &[Rich], place: Place, into: &mut String) {
    for inline in tree {
        match inline {
            Rich::Text { text } => into.push_str(&escaped(text)),
            Rich::Emphasis { content } => {
                into.push('*');
                inlines(content, place, into);
                into.push('*');
            }
            Rich::Strong { content } => {
                into.push_str("**");
                inlines(content, place, into);
                into.push_str("**");
            }
            Rich::Code { text } => {
                let span = code_span(text);
                // A cell ends at a bar, within code too.
                into.push_str(&if place == Place::Cell { span.replace('|', "\\|") } else { span });
            }
            Rich::Gap { id } => into.push_str(&format!("{{{{{id}}}}}")),
        }
    }
}

fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A blank at both ends is taken off again.
    let is_padded = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
    if is_padded { format!("{fence} {code} {fence}") } else { format!("{fence}{code}{fence}") }
}

/// Signs that CommonMark would take for markup, escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A line that is no heading, list or rule, whatever it begins with.
fn begun(text: &str) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if text.starts_with(['#', '-', '+', '=', '~', '!']) {
        return format!("\\{text}");
    }
    let mut rest = text[digits..].chars();
    // «0.30» is no entry of a list.
    match (rest.next(), rest.next().is_none_or(char::is_whitespace)) {
        (Some('.' | ')'), true) if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text.to_owned(),
    }
}
