//! «… is an» rules out the options that begin with a consonant.

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::words, view::View};

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let question = words(&view.question);
    let Some(article @ ("a" | "an")) = question.last().map(String::as_str) else { return };
    // By spelling, not by sound: «an hour» is rare among options.
    let fits = |text: &str| text.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']) == (article == "an");
    if view.keys().all(|key| fits(&key.text)) && view.distractors().any(|option| !fits(&option.text)) {
        let message = format!("«{article}» at the end of the stem does not fit every option");
        flaws.item(view, Rule::ArticleCue, message, "move the article into the options");
    }
}
