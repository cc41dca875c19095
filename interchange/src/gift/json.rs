//! The notation as JSON, in the shape of `gift-pegjs` 1.0.2.

use serde_json::{Value, json};

use super::syntax::{Answers, Choice, Entry, GiftQuestion, Number, Text};
use crate::{Decimal, text::Format};

/// What was read, in the shape of `gift-pegjs` 1.0.2: an array with one object an entry, without the faulty ones.
pub fn to_json(entries: &[Entry]) -> Value {
    entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Category { title, .. } => Some(json!({ "type": "Category", "title": title })),
            Entry::Question(question) => Some(object(question)),
            Entry::Faulty { .. } => None,
        })
        .collect()
}

fn object(question: &GiftQuestion) -> Value {
    let (format, text) = question.stem();
    let inherited = question.inherited_format();
    let mut object = json!({
        "id": question.id,
        "tags": Some(&question.tags).filter(|tags| !tags.is_empty()),
        "title": question.title,
        "stem": { "format": name(format), "text": text },
        "hasEmbeddedAnswers": question.after.is_some(),
    });
    let (kind, members) = match &question.answers {
        Answers::Description => {
            object["type"] = json!("Description");
            return object;
        }
        Answers::Essay => ("Essay", json!({})),
        Answers::TrueFalse { is_true, first, second } => (
            "TF",
            json!({
                "isTrue": is_true,
                "trueFeedback": first.as_ref().map(formatted),
                "falseFeedback": second.as_ref().map(formatted),
            }),
        ),
        Answers::Choices(choices) => {
            let kind = if choices.iter().all(|choice| choice.is_correct) { "Short" } else { "MC" };
            (kind, json!({ "choices": marked(choices, formatted) }))
        }
        Answers::Number(only) => ("Numerical", json!({ "choices": number(only, inherited) })),
        Answers::Numbers(choices) => {
            ("Numerical", json!({ "choices": marked(choices, |answer| number(answer, inherited)) }))
        }
        Answers::Matching(pairs) => {
            let pairs: Value = pairs
                .iter()
                .map(|(premise, answer)| {
                    let empty = || json!({ "format": name(inherited), "text": "" });
                    json!({ "subquestion": premise.as_ref().map_or_else(empty, formatted), "subanswer": answer })
                })
                .collect();
            ("Matching", json!({ "matchPairs": pairs }))
        }
    };
    object["type"] = json!(kind);
    object["globalFeedback"] = json!(question.global_feedback.as_ref().map(formatted));
    if let (Value::Object(object), Value::Object(members)) = (&mut object, members) {
        object.extend(members);
    }
    object
}

fn formatted(text: &Text) -> Value {
    json!({ "format": name(text.format), "text": text.text })
}

fn marked<T>(choices: &[Choice<T>], answer: impl Fn(&T) -> Value) -> Value {
    choices
        .iter()
        .map(|choice| {
            json!({
                "isCorrect": choice.is_correct,
                "weight": choice.weight.as_ref().map(numeral),
                "text": answer(&choice.answer),
                "feedback": choice.feedback.as_ref().map(formatted),
            })
        })
        .collect()
}

fn number(number: &Number, format: Format) -> Value {
    match number {
        Number::Any => json!({ "format": name(format), "text": "*" }),
        Number::Simple(value) => json!({ "type": "simple", "number": numeral(value) }),
        Number::Near(value, range) => json!({ "type": "range", "number": numeral(value), "range": numeral(range) }),
        Number::Between(low, high) => {
            json!({ "type": "high-low", "numberHigh": numeral(high), "numberLow": numeral(low) })
        }
    }
}

/// An integer where it is one, as ECMAScript writes numbers.
fn numeral(number: &Decimal) -> Value {
    number.as_str().parse::<i64>().map_or_else(|_| json!(number.to_f64()), |integer| json!(integer))
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Moodle => "moodle",
        Format::Html => "html",
        Format::Plain => "plain",
        Format::Markdown => "markdown",
    }
}
