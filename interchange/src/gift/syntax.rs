//! What GIFT notes down, before it is understood.

use crate::{Decimal, Fault, Position, text::Format};

/// What stands between two blank lines of a GIFT file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// `$CATEGORY: …`, for the questions that follow.
    Category {
        /// Where it stands.
        at: Position,
        /// Its path as written.
        title: String,
    },
    /// A question or description.
    Question(Box<GiftQuestion>),
    /// What could not be read.
    Faulty {
        /// Where it begins.
        at: Position,
        /// Its title or the beginning of its text.
        name: String,
        /// What is wrong with it.
        faults: Vec<Fault>,
    },
}

/// A question as GIFT notes it down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftQuestion {
    /// Where it begins.
    pub at: Position,
    /// `[id:…]` of the comments before it.
    pub id: Option<String>,
    /// `[tag:…]` of the comments before it.
    pub tags: Vec<String>,
    /// `::title::`.
    pub title: Option<String>,
    /// Text before the answers.
    pub before: Option<Text>,
    /// Text after the answers, which then stand for a blank.
    pub after: Option<Text>,
    /// What stands in braces.
    pub answers: Answers,
    /// `####feedback`.
    pub global_feedback: Option<Text>,
}

impl GiftQuestion {
    /// The whole text of the question, a blank for embedded answers.
    pub fn stem(&self) -> (Format, String) {
        let format = self.before.as_ref().or(self.after.as_ref()).map_or(Format::Moodle, |text| text.format);
        let before = self.before.as_ref().map_or("", |text| &text.text);
        let text = match &self.after {
            Some(after) if self.before.is_some() => format!("{before} _____ {}", after.text),
            Some(after) => format!("_____ {}", after.text),
            None => before.to_owned(),
        };
        (format, text)
    }

    /// The format of answers that name none.
    pub(super) fn inherited_format(&self) -> Format {
        self.before.as_ref().map_or(Format::Moodle, |text| text.format)
    }
}

/// A formatted text, its escapes decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Where it begins.
    pub at: Position,
    /// Its own format, or that of the question.
    pub format: Format,
    /// The text.
    pub text: String,
}

/// What stands in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answers {
    /// No braces: the text prepares for what follows.
    Description,
    /// `{}`.
    Essay,
    /// `{T}`, `{TRUE}`, `{F}` or `{FALSE}`.
    TrueFalse {
        /// Whether it is true.
        is_true: bool,
        /// The first feedback.
        first: Option<Text>,
        /// The second feedback.
        second: Option<Text>,
    },
    /// `{=right ~wrong}`: with `~` a choice, without a short answer.
    Choices(Vec<Choice<Text>>),
    /// `{#3:2}`: one answer that is not marked.
    Number(Number),
    /// `{#=3:2 ~#wrong}`.
    Numbers(Vec<Choice<Number>>),
    /// `{=one -> 1 =two -> 2}`.
    Matching(Vec<(Option<Text>, String)>),
}

/// A marked answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// Where its sign stands.
    pub at: Position,
    /// `=` rather than `~`.
    pub is_correct: bool,
    /// `%weight%`.
    pub weight: Option<Decimal>,
    /// What is answered.
    pub answer: T,
    /// `#feedback`.
    pub feedback: Option<Text>,
}

/// An answer of a numerical question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// Whatever was typed.
    Any,
    /// `3`.
    Simple(Decimal),
    /// `3:2`, a number and a tolerance.
    Near(Decimal, Decimal),
    /// `1..5`, lowest and highest.
    Between(Decimal, Decimal),
}
