//! Who knows nothing strikes out what is said to hold always.

use crate::lint::{
    Rule,
    flaw::Flaws,
    rules::Context,
    view::{OptionView, View},
};

/// One of them in one distractor is enough.
const STRONG: &[&str] = &[
    "absolutely",
    "always",
    "completely",
    "entirely",
    "guarantee",
    "guaranteed",
    "guarantees",
    "impossible",
    "never",
    "totally",
];
/// Common words: they tell the key when every distractor has one.
const WEAK: &[&str] = &["all", "every", "none", "nothing", "only"];

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    if view.keys().any(|key| absolute(key).is_some()) {
        return;
    }
    let found: Vec<(&str, &str)> =
        view.distractors().filter_map(|option| Some((option.option.id.as_str(), absolute(option)?))).collect();
    let strong = found.iter().any(|(_, word)| STRONG.contains(word));
    if strong || !found.is_empty() && found.len() == view.distractors().count() {
        let words: Vec<String> = found.iter().map(|(id, word)| format!("«{word}» in {id}")).collect();
        let message = format!("distractors have absolute words and the key has none: {}", words.join(", "));
        flaws.item(view, Rule::AbsoluteDistractor, message, "take them out, or let the key have one too");
    }
}

/// The strongest absolute word of an option.
fn absolute<'a>(option: &'a OptionView<'_>) -> Option<&'a str> {
    let find = |list: &[&str]| option.words.iter().map(String::as_str).find(|word| list.contains(word));
    find(STRONG).or_else(|| find(WEAK))
}
