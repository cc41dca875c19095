//! Foreign inlines as the tree that item files can hold.

use interchange::Inline;
use item::Inline as Rich;

use super::{super::Notes, gap_name};

/// The tree of a line: neighbours of one kind are one, blanks stand outside emphasis, and none at the ends.
pub(super) fn of(content: &[Inline], notes: &mut Notes) -> Vec<Rich> {
    trimmed(gathered(content, notes)).1
}

fn gathered(content: &[Inline], notes: &mut Notes) -> Vec<Rich> {
    let mut tree = Vec::new();
    for inline in content {
        match inline {
            Inline::Text { text } => add(&mut tree, Rich::Text { text: collapsed(text) }),
            Inline::Emphasis { content } => {
                emphasise(&mut tree, gathered(content, notes), |content| Rich::Emphasis { content });
            }
            Inline::Strong { content } => {
                emphasise(&mut tree, gathered(content, notes), |content| match <[Rich; 1]>::try_from(content) {
                    // Of both together, CommonMark has the strong one within.
                    Ok([Rich::Emphasis { content }]) => Rich::Emphasis { content: vec![Rich::Strong { content }] },
                    Ok(one) => Rich::Strong { content: one.into() },
                    Err(content) => Rich::Strong { content },
                });
            }
            Inline::Subscript { content } | Inline::Superscript { content } => {
                notes.lose("text above or below the line stands on it");
                gathered(content, notes).into_iter().for_each(|inline| add(&mut tree, inline));
            }
            Inline::Code { text } => add(&mut tree, code(text)),
            Inline::Maths { tex, .. } => {
                notes.lose("formulas are kept as they are written");
                add(&mut tree, code(tex));
            }
            Inline::Image { .. } => {
                notes.fault("an image stands within emphasis, a list or a table; give it a paragraph of its own");
            }
            Inline::Break => {
                notes.lose("a forced line break");
                add(&mut tree, Rich::Text { text: " ".to_owned() });
            }
            Inline::Gap { number } => add(&mut tree, Rich::Text { text: format!("{{{{{}}}}}", gap_name(*number)) }),
        }
    }
    tree
}

fn code(text: &str) -> Rich {
    let text = collapsed(text);
    // Of blanks alone nothing could be seen.
    if text.trim().is_empty() { Rich::Text { text } } else { Rich::Code { text } }
}

/// One more inline; what is like its neighbour becomes part of it.
pub(super) fn add(tree: &mut Vec<Rich>, inline: Rich) {
    match (tree.last_mut(), inline) {
        (_, Rich::Text { text }) if text.is_empty() => {}
        (Some(Rich::Text { text: before }), Rich::Text { text }) => {
            let text = if before.ends_with(' ') { text.trim_start_matches(' ') } else { &text };
            before.push_str(text);
        }
        (Some(Rich::Code { text: before }), Rich::Code { text }) => before.push_str(&text),
        (Some(Rich::Emphasis { content: before }), Rich::Emphasis { content })
        | (Some(Rich::Strong { content: before }), Rich::Strong { content }) => {
            content.into_iter().for_each(|inline| add(before, inline));
        }
        (_, inline) => tree.push(inline),
    }
}

/// Emphasis, with the blanks at its edges before and after it.
fn emphasise(tree: &mut Vec<Rich>, content: Vec<Rich>, wrap: impl FnOnce(Vec<Rich>) -> Rich) {
    let (before, content, after) = trimmed(content);
    add(tree, Rich::Text { text: before });
    if !content.is_empty() {
        add(tree, wrap(content));
    }
    add(tree, Rich::Text { text: after });
}

/// The blanks before a tree, the tree without them, and the blanks after it.
fn trimmed(mut tree: Vec<Rich>) -> (String, Vec<Rich>, String) {
    let (mut before, mut after) = (String::new(), String::new());
    if let Some(Rich::Text { text }) = tree.first_mut() {
        let rest = text.trim_start();
        text[..text.len() - rest.len()].clone_into(&mut before);
        *text = rest.to_owned();
    }
    if let Some(Rich::Text { text }) = tree.last_mut() {
        let rest = text.trim_end();
        text[rest.len()..].clone_into(&mut after);
        *text = rest.to_owned();
    }
    tree.retain(|inline| !matches!(inline, Rich::Text { text } if text.is_empty()));
    (before, tree, after)
}

/// Runs of white space as one blank.
pub(super) fn collapsed(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            blank if blank.is_whitespace() && blank != '\u{a0}' => {
                if !collapsed.ends_with(' ') {
                    collapsed.push(' ');
                }
            }
            other => collapsed.push(other),
        }
    }
    collapsed
}
