//! A word of the stem that comes back in the key only points at it (clang association).

use std::collections::BTreeSet;

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::matter, view::View};

/// One such word is chance in a stem of some length.
const FEWEST: usize = 2;

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let Some(key) = view.only_key() else { return };
    let asked = matter(&view.question);
    let in_key: BTreeSet<String> = matter(&key.text).intersection(&asked).cloned().collect();
    let elsewhere: BTreeSet<String> = view.distractors().flat_map(|option| matter(&option.text)).collect();
    let only_key: Vec<&str> = in_key.difference(&elsewhere).map(String::as_str).collect();
    // A distractor with words of the question of its own draws as much as the key.
    let drawn = view.distractors().any(|option| matter(&option.text).intersection(&asked).any(|w| !in_key.contains(w)));
    if only_key.len() >= FEWEST && !drawn {
        let message = format!("words of the question come back in the key only: {}", only_key.join(", "));
        flaws.item(view, Rule::CueWords, message, "use other words in the key, or the same in distractors");
    }
}
