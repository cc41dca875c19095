//! Texts and numbers that are typed.

use super::{item::Item, xml::Element};
use crate::{
    AcceptedNumber, AcceptedText, Decimal, ExtendedText, FaultKind, Interaction, LossKind, NumberRange, Numeric,
    TextEntry, TextPattern, import::beginning,
};

pub(super) fn short(item: &mut Item<'_>) -> Interaction {
    let case_sensitive = item.flag("usecase").unwrap_or(false);
    let mut accepted = Vec::new();
    for answer in item.many("answer") {
        let pattern = TextPattern::parse(&item.plain(answer));
        let fraction = item.fraction(answer);
        accepted.push(AcceptedText { pattern, fraction, feedback: item.feedback(answer) });
    }
    if !accepted.iter().any(|answer| answer.fraction.is_positive()) {
        item.fault(item.element, FaultKind::NoKey);
    }
    Interaction::TextEntry(TextEntry { case_sensitive, accepted })
}

pub(super) fn numerical(item: &mut Item<'_>) -> Interaction {
    if let Some(units) = item.element.child("units").filter(|units| !units.children.is_empty()) {
        item.lose(units, LossKind::Part { what: "the units of numbers, and what they are worth" });
    }
    let mut accepted = Vec::new();
    for answer in item.many("answer") {
        let range = range(item, answer);
        let fraction = item.fraction(answer);
        accepted.push(AcceptedNumber { range, fraction, feedback: item.feedback(answer) });
    }
    if !accepted.iter().any(|answer| answer.fraction.is_positive()) {
        item.fault(item.element, FaultKind::NoKey);
    }
    Interaction::Numeric(Numeric { accepted })
}

fn range(item: &mut Item<'_>, answer: &Element) -> NumberRange {
    let value = answer.text().trim();
    if value == "*" {
        return NumberRange::Any;
    }
    let tolerance = answer.child("tolerance").map_or("", |tolerance| tolerance.text().trim());
    let tolerance = if tolerance.is_empty() { "0" } else { tolerance };
    near(item, answer, value, tolerance).unwrap_or(NumberRange::Any)
}

/// A number and its tolerance. What is neither is a fault.
pub(super) fn near(item: &mut Item<'_>, element: &Element, value: &str, tolerance: &str) -> Option<NumberRange> {
    let number = Decimal::parse(value);
    if number.is_none() {
        item.fault(element, FaultKind::Number { found: beginning(value) });
    }
    let margin = Decimal::parse(tolerance).filter(|tolerance| !tolerance.is_negative());
    if margin.is_none() {
        let found = beginning(tolerance);
        item.fault(element, FaultKind::Value { name: "tolerance", found, expected: "a number from zero" });
    }
    Some(NumberRange::Near { value: number?, tolerance: margin? })
}

/// `None` if there is nothing to write.
pub(super) fn essay(item: &mut Item<'_>) -> Option<Interaction> {
    if item.value("responseformat") == "noinline" {
        let reason = "they ask for files only; let candidates write their answer";
        item.fault(item.element, FaultKind::Unsupported { kind: "essay".to_owned(), reason });
        return None;
    }
    if item.count("attachments").is_some() {
        item.lose(item.element, LossKind::Part { what: "that files could be handed in" });
    }
    if !item.content("responsetemplate").is_empty() {
        item.lose(item.element, LossKind::Part { what: "a template for the answer" });
    }
    Some(Interaction::ExtendedText(ExtendedText {
        min_words: item.count("minwordlimit"),
        max_words: item.count("maxwordlimit"),
        lines: item.count("responsefieldlines"),
        rubric: item.content("graderinfo"),
    }))
}
