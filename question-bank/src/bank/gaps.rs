//! Gaps in texts: `{{name}}`, which CommonMark leaves as it is.

use item::{Block, Inline, RichText};

/// Turns `{{name}}` into gaps, wherever text stands but in code. What looks like a gap and is none stays text.
pub(crate) fn mark(text: RichText) -> RichText {
    RichText(text.0.into_iter().map(block).collect())
}

/// Whether a text still has braces in pairs, which its author will have meant for gaps.
pub(crate) fn has_leftovers(text: &RichText) -> bool {
    let plain = text.plain();
    plain.contains("{{") || plain.contains("}}")
}

fn block(block: Block) -> Block {
    match block {
        Block::Paragraph { content } => Block::Paragraph { content: inlines(content) },
        Block::List { ordered, items } => Block::List { ordered, items: items.into_iter().map(inlines).collect() },
        Block::Table { head, rows } => {
            let row = |cells: Vec<Vec<Inline>>| cells.into_iter().map(inlines).collect::<Vec<_>>();
            Block::Table { head: row(head), rows: rows.into_iter().map(row).collect() }
        }
        Block::Code { .. } | Block::Image(_) => block,
    }
}

fn inlines(content: Vec<Inline>) -> Vec<Inline> {
    let mut marked = Vec::new();
    for inline in content {
        match inline {
            Inline::Text { text } => split(&text, &mut marked),
            Inline::Emphasis { content } => marked.push(Inline::Emphasis { content: inlines(content) }),
            Inline::Strong { content } => marked.push(Inline::Strong { content: inlines(content) }),
            Inline::Code { .. } | Inline::Gap { .. } => marked.push(inline),
        }
    }
    marked
}

fn split(mut text: &str, marked: &mut Vec<Inline>) {
    while let Some((before, rest)) = text.split_once("{{")
        && let Some((name, after)) = rest.split_once("}}")
        && is_name(name)
    {
        push_text(before, marked);
        marked.push(Inline::Gap { id: name.to_owned() });
        text = after;
    }
    push_text(text, marked);
}

fn push_text(text: &str, marked: &mut Vec<Inline>) {
    if !text.is_empty() {
        marked.push(Inline::Text { text: text.to_owned() });
    }
}

/// Whether a text can name a gap.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{images::Images, markup};

    fn parse(text: &str) -> RichText {
        mark(markup::parse(text, &Images::default()).0)
    }

    #[test]
    fn gaps_are_found_in_paragraphs_lists_and_tables() {
        let text =
            parse("A {{one}}{{two}} *b {{three}}* `{{code}}`\n\n- {{four}}\n\n| {{five}} |\n|---|\n| x {{six}} |\n");
        assert_eq!(text.gaps(), ["one", "two", "three", "four", "five", "six"]);
        assert!(text.plain().contains("{{code}}"), "code stays as it is");
    }

    #[test]
    fn what_is_no_gap_is_left_over() {
        for text in ["{{One}}", "{{one", "one}}", "{{}}", "{{a b}}"] {
            let text = parse(text);
            assert!(text.gaps().is_empty() && has_leftovers(&text), "{text:?}");
        }
        assert!(!has_leftovers(&parse("{{one}}")));
    }
}
