//! Premises that are matched, and entries that are put in order.

use super::item::Item;
use crate::{FaultKind, Interaction, LossKind, Match, Pair};

pub(super) fn matching(item: &mut Item<'_>) -> Interaction {
    let shuffle = item.flag("shuffleanswers");
    let (mut pairs, mut distractors) = (Vec::new(), Vec::new());
    for subquestion in item.many("subquestion") {
        let premise = item.formatted(subquestion);
        let answer = match subquestion.child("answer") {
            Some(answer) => item.plain(answer),
            None => {
                item.fault(subquestion, FaultKind::Missing { name: "answer" });
                continue;
            }
        };
        if premise.is_empty() {
            distractors.push(answer);
        } else {
            pairs.push(Pair { premise, answer });
        }
    }
    if pairs.is_empty() || pairs.len() + distractors.len() < 2 {
        item.fault(item.element, FaultKind::TooFewOptions);
    }
    Interaction::Match(Match { shuffle, pairs, distractors })
}

pub(super) fn ordering(item: &mut Item<'_>) -> Interaction {
    // 0 shows all entries, others a few of them, drawn anew for each candidate.
    if !matches!(item.value("selecttype"), "" | "0" | "ALL") {
        item.lose(item.element, LossKind::Part { what: "that a few of the entries were shown" });
    }
    // 0 scores each entry by its place; -1 the order as a whole, which is what the model means.
    if !matches!(item.value("gradingtype"), "" | "-1" | "ALL_OR_NOTHING") {
        item.lose(item.element, LossKind::Part { what: "how an order that is right in part was scored" });
    }
    let mut entries = Vec::new();
    for answer in item.many("answer") {
        let entry = item.formatted(answer);
        if entry.is_empty() {
            item.fault(answer, FaultKind::EmptyAnswer);
        }
        entries.push(entry);
    }
    if entries.len() < 2 {
        item.fault(item.element, FaultKind::TooFewOptions);
    }
    Interaction::Order { entries }
}
