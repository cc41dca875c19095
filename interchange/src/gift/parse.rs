//! Questions: title, text, and where the answers stand.

use super::{
    answers::answers,
    blocks::{Block, CATEGORY, blocks, without_comments},
    part::{Part, unescape},
    syntax::{Answers, Entry, GiftQuestion, Text},
};
use crate::{Fault, FaultKind, Position, bounds, import::beginning, position::Positions, text::Format};

/// What comment lines inside a question are. Before and after a question they are comments always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentLines {
    /// Comments, as Moodle has it.
    Ignored,
    /// Text, as `gift-pegjs` has it.
    Text,
}

/// Reads the notation of a GIFT file.
///
/// Whatever `gift-pegjs` 1.0.2 reads is read the same way, but for comment lines, which are as `lines` says. Besides,
/// signs that Moodle takes for text where they have no meaning are text here, too (docs/INTERCHANGE.md). A question that
/// cannot be read does not keep the others from being read.
///
/// # Errors
/// One fault, if there are more questions than [`bounds::QUESTIONS`].
pub fn parse(text: &str, lines: CommentLines) -> Result<Vec<Entry>, Fault> {
    let positions = Positions::of(text);
    let mut blocks = blocks(text);
    if let Some(block) = blocks.get(bounds::QUESTIONS) {
        let kind = FaultKind::TooMany { what: "questions", limit: bounds::QUESTIONS };
        return Err(Fault { at: positions.at(block.start), kind });
    }
    let text = without_comments(text, &mut blocks, lines);
    Ok(blocks.into_iter().map(|block| entry(&text, block, &positions)).collect())
}

/// What a question is read with: where its parts lie, and what was found wrong so far.
pub(super) struct Context<'a> {
    positions: &'a Positions<'a>,
    faults: Vec<Fault>,
    /// The format of texts that name none.
    pub(super) format: Format,
}

impl Context<'_> {
    pub(super) fn at(&self, part: Part<'_>) -> Position {
        self.positions.at(part.offset)
    }

    /// Notes a fault. Beyond [`bounds::FAULTS`] only that there are more.
    pub(super) fn fault(&mut self, part: Part<'_>, kind: FaultKind) {
        match self.faults.len() {
            count if count < bounds::FAULTS => self.faults.push(Fault { at: self.at(part), kind }),
            bounds::FAULTS => {
                let kind = FaultKind::TooMany { what: "faults in one question", limit: bounds::FAULTS };
                self.faults.push(Fault { at: self.at(part), kind });
            }
            _ => {}
        }
    }

    /// A text with an optional format before it; `None` if it is empty.
    pub(super) fn text(&self, part: Part<'_>) -> Option<Text> {
        let part = part.skip_space();
        let named = [
            ("[html]", Format::Html),
            ("[moodle]", Format::Moodle),
            ("[plain]", Format::Plain),
            ("[markdown]", Format::Markdown),
        ];
        let found = named.into_iter().find_map(|(sign, format)| Some((part.after(sign)?, format)));
        let (part, format) = found.unwrap_or((part, self.format));
        let part = part.skip_space();
        (!part.text.is_empty()).then(|| Text { at: self.at(part), format, text: decoded(part.text, format) })
    }
}

fn entry(text: &str, block: Block, positions: &Positions<'_>) -> Entry {
    let part = Part { text: &text[block.start..block.end], offset: block.start };
    let at = positions.at(part.offset);
    if let Some(title) = part.after(CATEGORY) {
        return Entry::Category { at, title: title.skip_space().text.to_owned() };
    }
    let mut context = Context { positions, faults: Vec::new(), format: Format::Moodle };
    let (title, rest) = title(part, &mut context);
    let read = question(rest, &mut context);
    if !context.faults.is_empty() {
        return Entry::Faulty { at, name: beginning(title.as_deref().unwrap_or(part.text)), faults: context.faults };
    }
    let (before, answers, global_feedback, after) = read;
    let tags = block.notes.tags;
    Entry::Question(Box::new(GiftQuestion {
        at,
        id: block.notes.id,
        tags,
        title,
        before,
        after,
        answers,
        global_feedback,
    }))
}

/// `::title::`, and what follows it.
fn title<'a>(part: Part<'a>, context: &mut Context<'_>) -> (Option<String>, Part<'a>) {
    let Some(title) = part.after("::") else { return (None, part) };
    match title.cut("::") {
        (title, Some(rest)) => (Some(unescape(title.text)).filter(|title| !title.is_empty()), rest.from(2)),
        (_, None) => {
            context.fault(part, FaultKind::TitleOpen);
            (None, title)
        }
    }
}

type Read = (Option<Text>, Answers, Option<Text>, Option<Text>);

fn question(part: Part<'_>, context: &mut Context<'_>) -> Read {
    let Some(brace) = part.find_any(b"{}") else {
        let stem = context.text(part);
        if stem.is_none() {
            context.fault(part, FaultKind::NoText);
        }
        return (stem, Answers::Description, None, None);
    };
    let before = context.text(part.to(brace));
    context.format = before.as_ref().map_or(Format::Moodle, |text| text.format);
    let Some(body) = part.from(brace).after("{") else {
        context.fault(part.from(brace), FaultKind::AnswersNotOpen);
        return (before, Answers::Description, None, None);
    };
    let end = match body.find_any(b"{}") {
        Some(end) if body.text[end..].starts_with('}') => end,
        other => {
            let found = other.map_or(part.from(brace), |at| body.from(at));
            context.fault(found, if other.is_some() { FaultKind::SecondAnswers } else { FaultKind::AnswersOpen });
            return (before, Answers::Description, None, None);
        }
    };
    let (answers, global_feedback) = answers(body.to(end), context);
    let rest = past_comments(body.from(end + 1));
    if let Some(at) = rest.find_any(b"{}") {
        let kind = if rest.text[at..].starts_with('{') { FaultKind::SecondAnswers } else { FaultKind::AnswersNotOpen };
        context.fault(rest.from(at), kind);
    }
    let after = context.text(rest);
    (before, answers, global_feedback, after)
}

fn past_comments(part: Part<'_>) -> Part<'_> {
    let mut rest = part.skip_space();
    while rest.text.starts_with("//") {
        rest = rest.from(rest.text.find(['\n', '\r']).unwrap_or(rest.text.len())).skip_space();
    }
    rest
}

/// A text as it is meant: white space is kept in HTML and Markdown and else folded, escapes are decoded.
fn decoded(text: &str, format: Format) -> String {
    let text = text.trim_matches(is_space).replace("\r\n", "\n");
    match format {
        Format::Html | Format::Markdown => unescape(&text),
        Format::Moodle | Format::Plain => unescape(&folded(&text)),
    }
}

/// A text on one line: line ends become spaces, several spaces one.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space: Option<char> = None;
    for character in text.trim_matches(is_space).chars() {
        if !is_space(character) {
            folded.extend(space.take());
            folded.push(character);
        } else if space.is_some() || matches!(character, '\n' | '\r') {
            space = Some(' ');
        } else {
            space = Some(character);
        }
    }
    folded
}

/// White space as ECMAScript's `\s` has it, which the reference parser trims and folds by.
fn is_space(character: char) -> bool {
    character == '\u{feff}' || (character.is_whitespace() && character != '\u{85}')
}
