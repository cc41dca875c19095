//! From GIFT's notation to the neutral model.

use super::syntax::{Answers, Choice, GiftQuestion, Number, Text};
use crate::{
    AcceptedNumber, AcceptedText, ChoiceOption, Content, Decimal, ExtendedText, FaultKind, Feedback, Interaction,
    Match, NumberRange, Numeric, Pair, Question, Record, TextEntry, TextPattern, TrueFalse, bounds, category,
    import::beginning,
    text::{self, Findings, Source},
};

/// What becomes of a question.
pub(super) fn record(question: GiftQuestion, path: &[String]) -> Record {
    let mut findings = Findings::default();
    let (format, stem) = question.stem();
    let stem_at = question.before.as_ref().map_or(question.at, |text| text.at);
    let stem = text::read(Source::new(&stem, format, stem_at), &mut findings);
    if stem.is_empty() && findings.is_faultless() {
        findings.fault(question.at, FaultKind::NoText);
    }
    let general = optional(question.global_feedback.as_ref(), &mut findings);
    let (kind, interaction) = interaction(&question, &mut findings);
    let title = question.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    if question.tags.len() > bounds::NAMES {
        findings.fault(question.at, FaultKind::TooMany { what: "tags of one question", limit: bounds::NAMES });
    }
    let name = beginning(title.unwrap_or(&stem.plain()));
    let read = Question {
        id: question.id.as_deref().map(category::bounded),
        name: title.map(category::bounded),
        category: path.to_vec(),
        tags: question.tags.iter().map(|tag| category::bounded(tag.trim())).collect(),
        stem,
        interaction,
        points: None,
        penalty: None,
        feedback: Feedback { general, ..Feedback::default() },
        assets: Vec::new(),
    };
    Record { at: question.at, kind: kind.to_owned(), name, outcome: findings.outcome(Some(read)) }
}

fn read(text: &Text, findings: &mut Findings) -> Content {
    text::read(Source::new(&text.text, text.format, text.at), findings)
}

fn optional(text: Option<&Text>, findings: &mut Findings) -> Content {
    text.map_or_else(Content::default, |text| read(text, findings))
}

/// The kind as Moodle names it, and the interaction.
fn interaction(question: &GiftQuestion, findings: &mut Findings) -> (&'static str, Interaction) {
    match &question.answers {
        Answers::Description => ("description", Interaction::Information),
        Answers::Essay => ("essay", Interaction::ExtendedText(ExtendedText::default())),
        Answers::TrueFalse { is_true, first, second } => {
            // Moodle shows the first to who is wrong and the second to who is right.
            let (wrong, right) = (optional(first.as_ref(), findings), optional(second.as_ref(), findings));
            let (feedback_true, feedback_false) = if *is_true { (right, wrong) } else { (wrong, right) };
            ("truefalse", Interaction::TrueFalse(TrueFalse { key: *is_true, feedback_true, feedback_false }))
        }
        Answers::Choices(choices) if choices.iter().all(|choice| choice.is_correct) => {
            ("shortanswer", short(question, choices, findings))
        }
        Answers::Choices(choices) => ("multichoice", choice(question, choices, findings)),
        Answers::Number(only) => {
            let range = range(only, question, findings);
            let accepted = vec![AcceptedNumber { range, fraction: Decimal::hundred(), feedback: Content::default() }];
            ("numerical", Interaction::Numeric(Numeric { accepted }))
        }
        Answers::Numbers(choices) => ("numerical", numbers(question, choices, findings)),
        Answers::Matching(pairs) => ("matching", matching(question, pairs, findings)),
    }
}

fn fraction<T>(choice: &Choice<T>) -> Decimal {
    let usual = if choice.is_correct { Decimal::hundred } else { Decimal::zero };
    choice.weight.clone().unwrap_or_else(usual)
}

fn short(question: &GiftQuestion, choices: &[Choice<Text>], findings: &mut Findings) -> Interaction {
    let mut accepted = Vec::new();
    for choice in choices {
        let fraction = fraction(choice);
        let feedback = optional(choice.feedback.as_ref(), findings);
        // The answer is compared as it is written, whatever its format.
        let pattern = TextPattern::parse(&findings.plain(choice.at, &choice.answer.text));
        accepted.push(AcceptedText { pattern, fraction, feedback });
    }
    if !accepted.iter().any(|answer| answer.fraction.is_positive()) {
        findings.fault(question.at, FaultKind::NoKey);
    }
    Interaction::TextEntry(TextEntry { case_sensitive: false, accepted })
}

fn choice(question: &GiftQuestion, choices: &[Choice<Text>], findings: &mut Findings) -> Interaction {
    let mut options = Vec::new();
    for choice in choices {
        let content = read(&choice.answer, findings);
        if content.is_empty() {
            findings.fault(choice.at, FaultKind::EmptyAnswer);
        }
        let feedback = optional(choice.feedback.as_ref(), findings);
        options.push(ChoiceOption { content, fraction: fraction(choice), feedback });
    }
    if options.len() < 2 {
        findings.fault(question.at, FaultKind::TooFewOptions);
    }
    if !options.iter().any(|option| option.fraction.is_positive()) {
        findings.fault(question.at, FaultKind::NoKey);
    }
    // Where no answer is marked as right by itself, several are chosen.
    let single = choices.iter().any(|choice| choice.is_correct);
    Interaction::Choice(crate::Choice { single, shuffle: None, options })
}

fn numbers(question: &GiftQuestion, choices: &[Choice<Number>], findings: &mut Findings) -> Interaction {
    let mut accepted = Vec::new();
    for choice in choices {
        let range = range(&choice.answer, question, findings);
        let feedback = optional(choice.feedback.as_ref(), findings);
        accepted.push(AcceptedNumber { range, fraction: fraction(choice), feedback });
    }
    if !accepted.iter().any(|answer| answer.fraction.is_positive()) {
        findings.fault(question.at, FaultKind::NoKey);
    }
    Interaction::Numeric(Numeric { accepted })
}

fn range(number: &Number, question: &GiftQuestion, findings: &mut Findings) -> NumberRange {
    match number {
        Number::Any => NumberRange::Any,
        Number::Simple(value) => NumberRange::Near { value: value.clone(), tolerance: Decimal::zero() },
        Number::Near(value, tolerance) => {
            if tolerance.is_negative() {
                let (name, found) = ("tolerance", tolerance.to_string());
                findings.fault(question.at, FaultKind::Value { name, found, expected: "zero or more" });
            }
            NumberRange::Near { value: value.clone(), tolerance: tolerance.clone() }
        }
        Number::Between(low, high) => {
            if low.to_f64() > high.to_f64() {
                findings.fault(question.at, FaultKind::EmptyRange { low: low.to_string(), high: high.to_string() });
            }
            NumberRange::Between { low: low.clone(), high: high.clone() }
        }
    }
}

fn matching(question: &GiftQuestion, written: &[(Option<Text>, String)], findings: &mut Findings) -> Interaction {
    let (mut pairs, mut distractors) = (Vec::new(), Vec::new());
    for (premise, answer) in written {
        let premise = optional(premise.as_ref(), findings);
        let answer = findings.plain(question.at, answer);
        if premise.is_empty() {
            distractors.push(answer);
        } else {
            pairs.push(Pair { premise, answer });
        }
    }
    if pairs.is_empty() || written.len() < 2 {
        findings.fault(question.at, FaultKind::TooFewOptions);
    }
    Interaction::Match(Match { shuffle: None, pairs, distractors })
}
