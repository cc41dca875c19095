//! Options to choose from, and statements that are true or false.

use super::{item::Item, xml::Element};
use crate::{Choice, ChoiceOption, Content, FaultKind, Interaction, TrueFalse, import::beginning};

pub(super) fn multiple(item: &mut Item<'_>) -> Interaction {
    let single = item.flag("single").unwrap_or(true);
    let shuffle = item.flag("shuffleanswers");
    let mut options = Vec::new();
    for answer in item.many("answer") {
        let content = item.formatted(answer);
        if content.is_empty() {
            item.fault(answer, FaultKind::EmptyAnswer);
        }
        let fraction = item.fraction(answer);
        options.push(ChoiceOption { content, fraction, feedback: item.feedback(answer) });
    }
    check(item, item.element, &options);
    Interaction::Choice(Choice { single, shuffle, options })
}

/// Notes options among which there is no choice.
pub(super) fn check(item: &mut Item<'_>, element: &Element, options: &[ChoiceOption]) {
    if options.len() < 2 {
        item.fault(element, FaultKind::TooFewOptions);
    }
    if !options.iter().any(|option| option.fraction.is_positive()) {
        item.fault(element, FaultKind::NoKey);
    }
}

pub(super) fn true_or_false(item: &mut Item<'_>) -> Interaction {
    // What each answer is worth, false first.
    let mut worth = [None, None];
    let mut feedback = [Content::default(), Content::default()];
    for answer in item.many("answer") {
        let text = answer.text().trim();
        let place = if text.eq_ignore_ascii_case("true") {
            1
        } else if text.eq_ignore_ascii_case("false") {
            0
        } else {
            let kind = FaultKind::Value { name: "answer", found: beginning(text), expected: "`true` or `false`" };
            item.fault(answer, kind);
            continue;
        };
        worth[place] = Some(item.fraction(answer).is_positive());
        feedback[place] = item.feedback(answer);
    }
    let key = match worth {
        [Some(false), Some(true)] | [None, Some(true)] => true,
        [Some(true), Some(false)] | [Some(true), None] => false,
        _ => {
            item.fault(item.element, FaultKind::NoKey);
            false
        }
    };
    let [feedback_false, feedback_true] = feedback;
    Interaction::TrueFalse(TrueFalse { key, feedback_true, feedback_false })
}
