//! The answers of numerical questions: `{#3:2}`, `{#1..5}`, `{#=3 =%50%3:1 ~#wrong}`.

use super::{
    answers::{choice, split},
    parse::Context,
    part::Part,
    syntax::{Answers, Choice, Number},
};
use crate::{Decimal, FaultKind, import::beginning};

/// Reads what follows the `#`.
pub(super) fn numbers(body: Part<'_>, context: &mut Context<'_>) -> Answers {
    let body = body.trim();
    let marked = body.text.starts_with(['=', '~']);
    let first = if marked { 0 } else { body.find_any(b"=~").unwrap_or(body.text.len()) };
    let unmarked = (!marked).then(|| single(body.to(first).trim(), context)).flatten();
    if let Some(Choice { answer, feedback: None, .. }) = &unmarked
        && first == body.text.len()
    {
        return Answers::Number(answer.clone());
    }
    let marked = split(body.from(first), context);
    let marked = marked.into_iter().filter_map(|part| choice(part, context, number));
    Answers::Numbers(unmarked.into_iter().chain(marked).collect())
}

/// The first answer, which needs no sign.
fn single(part: Part<'_>, context: &mut Context<'_>) -> Option<Choice<Number>> {
    let (answer, feedback) = part.cut("#");
    if answer.trim().text.is_empty() {
        context.fault(part, FaultKind::EmptyAnswer);
        return None;
    }
    let answer = number(answer, context)?;
    let feedback = feedback.and_then(|feedback| context.text(feedback.from(1)));
    Some(Choice { at: context.at(part), is_correct: true, weight: None, answer, feedback })
}

fn number(part: Part<'_>, context: &mut Context<'_>) -> Option<Number> {
    let text = part.trim().text;
    let read = |text: &str| Decimal::parse(text.trim());
    let number = if text.is_empty() || text == "*" {
        Some(Number::Any)
    } else if let Some((low, high)) = text.split_once("..") {
        read(low).zip(read(high)).map(|(low, high)| Number::Between(low, high))
    } else if let Some((value, tolerance)) = text.split_once(':') {
        read(value).zip(read(tolerance)).map(|(value, tolerance)| Number::Near(value, tolerance))
    } else {
        read(text).map(Number::Simple)
    };
    if number.is_none() {
        context.fault(part, FaultKind::Number { found: beginning(text) });
    }
    number
}
