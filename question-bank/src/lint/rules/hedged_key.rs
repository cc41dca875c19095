//! Careful words in the key alone give it away: what is hedged is seldom wrong.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

const HEDGES: &[&str] = &[
    "could",
    "generally",
    "likely",
    "may",
    "might",
    "mostly",
    "often",
    "perhaps",
    "possibly",
    "probably",
    "sometimes",
    "tend",
    "tends",
    "typically",
    "usually",
];

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let hedge = |words: &[String]| words.iter().find(|word| HEDGES.contains(&word.as_str())).cloned();
    if view.distractors().any(|option| hedge(&option.words).is_some()) {
        return;
    }
    let hedges: Option<Vec<String>> = view.keys().map(|key| hedge(&key.words)).collect();
    if let Some(word) = hedges.as_ref().and_then(|hedges| hedges.first()) {
        let message = format!("only the key has a hedge («{word}»)");
        flaws.item(view, Rule::HedgedKey, message, "take it out, or let a distractor have one too");
    }
}
