//! What stands in braces.

use super::{
    numeric::numbers,
    parse::{Context, folded},
    part::{Part, unescape},
    syntax::{Answers, Choice, Text},
};
use crate::{Decimal, FaultKind, bounds, import::beginning};

/// Reads answers and the feedback that is given whatever was answered.
pub(super) fn answers(body: Part<'_>, context: &mut Context<'_>) -> (Answers, Option<Text>) {
    let (body, global) = body.cut("####");
    let global = global.and_then(|global| {
        let text = context.text(global.from(4));
        if text.is_none() {
            context.fault(global, FaultKind::EmptyAnswer);
        }
        text
    });
    let body = body.trim();
    let answers = match body.text.as_bytes().first() {
        None => Answers::Essay,
        Some(b'#') => numbers(body.from(1), context),
        Some(b'=' | b'~') => marked(body, context),
        Some(_) => match truth(body) {
            Some((is_true, feedback)) => true_or_false(is_true, feedback, context),
            None => Answers::Choices(unmarked(body, context).into_iter().collect()),
        },
    };
    (answers, global)
}

/// `T`, `TRUE`, `F` or `FALSE` by themselves, and what follows.
fn truth(body: Part<'_>) -> Option<(bool, Part<'_>)> {
    let words = [("TRUE", true), ("T", true), ("FALSE", false), ("F", false)];
    words.into_iter().find_map(|(word, is_true)| {
        let rest = body.after(word)?.skip_space();
        (rest.text.is_empty() || rest.text.starts_with('#')).then_some((is_true, rest))
    })
}

fn true_or_false(is_true: bool, rest: Part<'_>, context: &mut Context<'_>) -> Answers {
    let mut feedback = [None, None];
    let mut rest = rest.after("#");
    let mut places = feedback.iter_mut();
    if let Some((rest, wrong)) = rest.and_then(|rest| Some((rest, rest.find_any(b"~")?))) {
        context.fault(rest.from(wrong), FaultKind::Unmarked { found: if is_true { "T" } else { "F" }.to_owned() });
    }
    while let Some(part) = rest {
        let (text, next) = part.cut("#");
        match places.next() {
            Some(place) => *place = context.text(text),
            None => context.fault(part, FaultKind::FeedbackHere),
        }
        rest = next.map(|next| next.from(1));
    }
    let [first, second] = feedback;
    Answers::TrueFalse { is_true, first, second }
}

/// A single right answer without its sign.
fn unmarked(body: Part<'_>, context: &mut Context<'_>) -> Option<Choice<Text>> {
    let (answer, feedback) = body.cut("#");
    if body.find_any(b"=~").is_some() {
        context.fault(body, FaultKind::Unmarked { found: beginning(answer.text) });
        return None;
    }
    let feedback = feedback.and_then(|feedback| context.text(feedback.from(1)));
    let at = context.at(body);
    // It may be a format without text.
    let answer = context.text(answer);
    if answer.is_none() {
        context.fault(body, FaultKind::EmptyAnswer);
    }
    Some(Choice { at, is_correct: true, weight: None, answer: answer?, feedback })
}

fn marked(body: Part<'_>, context: &mut Context<'_>) -> Answers {
    let parts = split(body, context);
    let pairs = parts.iter().all(|part| part.text.starts_with('='))
        && parts.first().is_some_and(|part| part.from(1).cut("#").0.text.contains("->"));
    if pairs {
        return Answers::Matching(parts.into_iter().filter_map(|part| pair(part, context)).collect());
    }
    let choices = parts.into_iter().filter_map(|part| {
        choice(part, context, |answer, context| {
            let text = context.text(answer);
            if text.is_none() {
                context.fault(part, FaultKind::EmptyAnswer);
            }
            text
        })
    });
    Answers::Choices(choices.collect())
}

/// The stretches that begin with `=` or `~`. The whole begins with one of them.
pub(super) fn split<'a>(body: Part<'a>, context: &mut Context<'_>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut rest = body;
    while !rest.text.is_empty() {
        if parts.len() == bounds::OPTIONS {
            context.fault(rest, FaultKind::TooMany { what: "answers", limit: bounds::OPTIONS });
            break;
        }
        let end = rest.from(1).find_any(b"=~").map_or(rest.text.len(), |at| at + 1);
        parts.push(rest.to(end));
        rest = rest.from(end);
    }
    parts
}

/// `=%weight%answer#feedback`.
pub(super) fn choice<T>(
    part: Part<'_>,
    context: &mut Context<'_>,
    answer: impl FnOnce(Part<'_>, &mut Context<'_>) -> Option<T>,
) -> Option<Choice<T>> {
    let is_correct = part.text.starts_with('=');
    let (text, feedback) = part.from(1).cut("#");
    let (weight, text) = weight(text.trim(), context);
    let feedback = feedback.and_then(|feedback| context.text(feedback.from(1)));
    let answer = answer(text.skip_space(), context)?;
    Some(Choice { at: context.at(part), is_correct, weight, answer, feedback })
}

/// `%weight%`, and what follows. Without a number between two percent signs it is text.
fn weight<'a>(text: Part<'a>, context: &mut Context<'_>) -> (Option<Decimal>, Part<'a>) {
    let found = text.after("%").and_then(|inside| Some((inside, inside.text.find('%')?)));
    let Some((inside, end)) = found else { return (None, text) };
    let written = inside.to(end).trim();
    if !written.text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return (None, text);
    }
    match Decimal::parse(written.text).filter(is_percentage) {
        Some(weight) => (Some(weight), inside.from(end + 1)),
        None => {
            context.fault(written, FaultKind::Percentage { found: beginning(written.text) });
            (None, inside.from(end + 1))
        }
    }
}

fn is_percentage(number: &Decimal) -> bool {
    (-100.0..=100.0).contains(&number.to_f64())
}

/// `=premise -> answer`.
fn pair(part: Part<'_>, context: &mut Context<'_>) -> Option<(Option<Text>, String)> {
    let (text, feedback) = part.from(1).cut("#");
    if let Some(feedback) = feedback {
        context.fault(feedback, FaultKind::FeedbackHere);
    }
    let Some(arrow) = text.text.find("->") else {
        context.fault(part, FaultKind::NoArrow { found: beginning(text.text) });
        return None;
    };
    let answer = unescape(&folded(text.from(arrow + 2).text));
    if answer.is_empty() {
        context.fault(part, FaultKind::EmptyAnswer);
    }
    Some((context.text(text.to(arrow)), answer))
}
