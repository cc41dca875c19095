//! A form takes some items of a set in any order: what another item asks or answers may not be there.

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::words, view::View};

const PHRASES: &[&[&str]] = &[
    &["previous", "question"],
    &["previous", "item"],
    &["preceding", "question"],
    &["last", "question"],
    &["next", "question"],
    &["earlier", "question"],
    &["other", "questions"],
    &["question", "above"],
    &["question", "below"],
    &["your", "answer", "to"],
    &["your", "previous", "answer"],
    &["you", "chose", "in"],
    &["you", "selected", "in"],
];

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let stem = words(&view.stem);
    let numbered = stem.windows(2).find(|pair| {
        ["question", "item"].contains(&pair[0].as_str())
            && pair[1].len() < 3
            && pair[1].bytes().all(|b| b.is_ascii_digit())
    });
    let phrase = PHRASES.iter().find_map(|phrase| stem.windows(phrase.len()).find(|window| window == phrase));
    if let Some(found) = phrase.or(numbered) {
        let message = format!("the stem speaks of another item («{}»)", found.join(" "));
        flaws.item(view, Rule::RefersToItem, message, "say in this item, or in the scenario, what it needs");
    }
}
