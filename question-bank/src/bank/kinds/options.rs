//! The `[[option]]` tables that most kinds have.

use item::{Block, Inline, RichText};

use super::super::{fields::Fields, finding::Code, model::BankOption};

/// Characters of a label that stands in a line or a list.
pub(super) const MOST_LABEL_CHARS: usize = 200;

/// What the options of a kind are like.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    /// Fields besides `id` and `text`.
    pub(super) fields: &'static [&'static str],
    /// Whether their texts are single lines without structure.
    pub(super) lines: bool,
}

/// Options to choose from.
pub(super) const CHOICE: Shape = Shape { fields: &["key", "rationale"], lines: false };

/// Reads the options, of more than 26 the first ones, with the tables that they stand in. `key` is what the file says.
pub(super) fn read<'a>(fields: &Fields<'a>, shape: Shape) -> (Vec<Fields<'a>>, Vec<BankOption>) {
    let known = [&["id", "text"], shape.fields].concat();
    let tables = fields.tables("option", "`[[option]]`", &known);
    let mut options = Vec::new();
    for (letter, table) in ('a'..='z').zip(&tables) {
        let source = table.source();
        let id = table.text("id");
        if let Some((id, span)) = &id
            && *id != letter.to_string()
        {
            let help = "name options a, b, c, … in file order";
            source.report(span.start, Code::OptionId, format!("option {id:?} stands where {letter:?} belongs"), help);
        }
        let rationale = match shape.fields.contains(&"rationale") {
            true => rationale(table, &format!("option {letter}")),
            false => String::new(),
        };
        let text = if shape.lines { line(table, "text").map(rich) } else { table.markup("text") };
        options.push(BankOption {
            id: letter.to_string(),
            text: text.unwrap_or_default(),
            key: table.optional_boolean("key").unwrap_or(false),
            rationale,
        });
    }
    (tables, options)
}

/// A rationale, which must be there. A missing one has a code of its own: it is the fault that reviewers look for.
pub(super) fn rationale(table: &Fields<'_>, what: &str) -> String {
    let rationale = table.optional_text("rationale").map(|(text, _)| text.trim().to_owned());
    if rationale.is_none() {
        let help = "say why it is right, or why it is wrong and what makes it tempting";
        table.source().report(table.offset(), Code::MissingRationale, format!("{what} has no rationale"), help);
    }
    rationale.unwrap_or_default()
}

/// A single line of plain text.
pub(super) fn line(table: &Fields<'_>, key: &str) -> Option<String> {
    let (text, span) = table.text(key)?;
    let text = text.trim();
    if text.chars().count() > MOST_LABEL_CHARS || text.chars().any(char::is_control) {
        let message = format!("`{key}` is no short line");
        let help = format!("write at most {MOST_LABEL_CHARS} characters, without line ends");
        table.source().report(span.start, Code::TextLength, message, help);
    }
    Some(text.to_owned())
}

/// A line as rich text.
fn rich(text: String) -> RichText {
    RichText(vec![Block::Paragraph { content: vec![Inline::Text { text }] }])
}
