//! Whoever knows the matter but not the acronym must not fail for it.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::prose, view::View};

/// Words in capitals for emphasis, in English.
const LOUD: &[&str] = &[
    "ALL", "AND", "ANY", "BEST", "BUT", "EACH", "EXCEPT", "FIRST", "FIVE", "FOUR", "LAST", "LEAST", "MAIN", "MOST",
    "MUST", "NEVER", "NEXT", "NO", "NONE", "NOT", "ONE", "ONLY", "OR", "SELECT", "THREE", "TWO",
];
/// Longer words in capitals are names or shouting.
const LONGEST: usize = 6;

pub(super) fn check(view: &View<'_>, context: &Context<'_>, flaws: &mut Flaws) {
    let stimulus = view.set.map(|set| prose(&set.stimulus));
    let options = view.options.iter().map(|option| prose(&option.option.text));
    let reading: Vec<String> = stimulus.into_iter().chain([prose(&view.item.stem)]).chain(options).collect();
    let reading = reading.join("\n");
    // What only the scenario leaves open is told once, at the set's first item.
    let later_in_set = view.item.scenario.as_ref().is_some_and(|place| place.position > 1);
    let stimulus = view.set.filter(|_| later_in_set).map(|set| unexplained(&prose(&set.stimulus), context));
    let told = stimulus.unwrap_or_default();
    for acronym in unexplained(&reading, context).difference(&told) {
        let message = format!("«{acronym}» is not explained where it first stands");
        let help =
            "write «Long Form (LF)» at its first use, or list it in `acronyms` of lint.toml if all candidates know it";
        flaws.item(view, Rule::Acronym, message, help);
    }
}

fn unexplained(text: &str, context: &Context<'_>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = BTreeSet::new();
    for (at, word) in text.unicode_word_indices() {
        let acronym = ["'s", "’s", "s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
        let known = || context.config.acronyms.iter().any(|known| known == acronym);
        if is_acronym(acronym) && seen.insert(acronym.to_owned()) && !known() && !explained(text, at, word) {
            open.insert(acronym.to_owned());
        }
    }
    open
}

/// With digits it is an identifier or a formula.
fn is_acronym(token: &str) -> bool {
    let capitals = token.chars().all(|c| c.is_ascii_uppercase()) && (2..=LONGEST).contains(&token.len());
    let roman = token.chars().all(|c| ['I', 'V', 'X'].contains(&c));
    capitals && !roman && !LOUD.contains(&token)
}

/// «Long Form (LF)» or «LF (long form)».
fn explained(text: &str, at: usize, word: &str) -> bool {
    let (before, after) = (&text[..at], &text[at + word.len()..]);
    let in_brackets = before.strip_suffix('(').is_some_and(|before| !before.trim_end().is_empty());
    let in_words = |rest: &str| rest.split(')').next().is_some_and(|long| long.split_whitespace().count() > 1);
    in_brackets || after.strip_prefix(" (").is_some_and(in_words)
}
