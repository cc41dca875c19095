//! Formatted texts in the closed part of CommonMark that item files are written in.

use interchange::{Block, Content, Inline};

use super::Notes;

/// How texts are written.
pub(super) struct Writer<'n> {
    pub(super) notes: &'n mut Notes,
    /// The path in the bank of an image, by the name that the text has for it.
    pub(super) image: &'n dyn Fn(&str) -> Option<String>,
}

impl Writer<'_> {
    /// A text; gap number 1 is `{{gap-1}}`.
    pub(super) fn text(&mut self, content: &Content) -> String {
        let mut blocks = Vec::new();
        for block in &content.0 {
            self.block(block, &mut blocks);
        }
        // Two lists in a row would be one.
        blocks.join("\n\n")
    }

    fn block(&mut self, block: &Block, into: &mut Vec<String>) {
        match block {
            Block::Paragraph { content } => self.paragraph(content, into),
            Block::Code { text } => {
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(3.max(longest + 1));
                into.push(format!("{fence}\n{text}\n{fence}"));
            }
            Block::List { ordered, items } => {
                let mut lines = Vec::new();
                for (at, item) in items.iter().enumerate() {
                    let mark = if *ordered { format!("{}.", at + 1) } else { "-".to_owned() };
                    lines.push(format!("{mark} {}", self.one_line(item, "an entry of a list")));
                }
                into.push(lines.join("\n"));
            }
            Block::Table { caption, rows } => {
                if !caption.is_empty() {
                    self.paragraph(caption, into);
                }
                let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
                let mut lines = Vec::new();
                for (at, row) in rows.iter().enumerate() {
                    let mut cells: Vec<String> =
                        row.iter().map(|cell| self.one_line(&cell.content, "a cell of a table")).collect();
                    cells.resize(columns, String::new());
                    lines.push(format!("| {} |", cells.join(" | ")));
                    if at == 0 {
                        if !row.iter().any(|cell| cell.header) {
                            self.notes.lose("the first row of a table became its head");
                        }
                        lines.push(format!("|{}", "---|".repeat(columns)));
                    }
                }
                into.push(lines.join("\n"));
            }
        }
    }

    /// A paragraph; images within it get one of their own, and what follows a forced line end another.
    fn paragraph(&mut self, content: &[Inline], into: &mut Vec<String>) {
        for part in content.split_inclusive(|inline| matches!(inline, Inline::Image { .. } | Inline::Break)) {
            let (last, before) = match part.split_last() {
                Some((last @ (Inline::Image { .. } | Inline::Break), before)) => (Some(last), before),
                _ => (None, part),
            };
            let text = self.inlines(before);
            if !text.trim().is_empty() {
                into.push(line(&text));
            }
            if let Some(Inline::Image { asset, alt }) = last {
                match (self.image)(asset) {
                    Some(path) => into.push(format!("![{}]({path})", escaped(&collapsed(alt)))),
                    None => self.notes.fault(format!(
                        "the image «{asset}» is missing, or of no kind that the native format shows (PNG, JPEG, SVG)"
                    )),
                }
            }
        }
    }

    /// A text where only one line can be.
    pub(super) fn one_line(&mut self, content: &Content, what: &str) -> String {
        let mut parts = Vec::new();
        for block in &content.0 {
            match block {
                Block::Paragraph { content } => {
                    let text = self.inlines(content);
                    parts.push(text.trim().to_owned());
                }
                other => {
                    self.notes.lose(format!("lists, tables and blocks of code within {what} became plain text"));
                    parts.push(escaped(&collapsed(&Content(vec![other.clone()]).plain())));
                }
            }
        }
        if parts.len() > 1 {
            self.notes.lose(format!("several paragraphs within {what} became one line"));
        }
        line(&parts.join(" "))
    }

    fn inlines(&mut self, content: &[Inline]) -> String {
        let mut text = String::new();
        for inline in content {
            match inline {
                Inline::Text { text: plain } => text.push_str(&escaped(&collapsed(plain))),
                Inline::Emphasis { content } => {
                    let inner = self.inlines(content);
                    wrapped(&mut text, "*", &inner);
                }
                Inline::Strong { content } => {
                    let inner = self.inlines(content);
                    wrapped(&mut text, "**", &inner);
                }
                Inline::Subscript { content } | Inline::Superscript { content } => {
                    self.notes.lose("text above or below the line stands on it");
                    let inner = self.inlines(content);
                    text.push_str(&inner);
                }
                Inline::Code { text: code } => text.push_str(&code_span(code)),
                Inline::Maths { tex, .. } => {
                    self.notes.lose("formulas are kept as they are written");
                    text.push_str(&code_span(tex));
                }
                Inline::Image { .. } => {
                    self.notes
                        .fault("an image stands within emphasis, a list or a table; give it a paragraph of its own");
                }
                Inline::Break => text.push(' '),
                Inline::Gap { number } => text.push_str(&format!("{{{{{}}}}}", gap_name(*number))),
            }
        }
        text
    }
}

/// The name of a gap in item files.
pub(super) fn gap_name(number: u32) -> String {
    format!("gap-{number}")
}

/// Emphasis; blanks at its edges stand outside, where they do not keep it from being one.
fn wrapped(text: &mut String, mark: &str, inner: &str) {
    let trimmed = inner.trim();
    if trimmed.is_empty() {
        return text.push_str(inner);
    }
    if inner.starts_with(' ') {
        text.push(' ');
    }
    text.push_str(&format!("{mark}{trimmed}{mark}"));
    if inner.ends_with(' ') {
        text.push(' ');
    }
}

fn code_span(code: &str) -> String {
    let code = collapsed(code);
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    match code.trim() {
        "" => String::new(),
        _ if code.starts_with('`') || code.ends_with('`') => format!("{fence} {code} {fence}"),
        _ => format!("{fence}{code}{fence}"),
    }
}

/// Runs of white space as one blank.
fn collapsed(text: &str) -> String {
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

/// Signs that CommonMark would take for markup, escaped.
fn escaped(text: &str) -> String {
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
fn line(text: &str) -> String {
    let text = text.trim();
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
