//! Knowing that something is called LLM01 is no skill, and numbers move with editions.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

pub(super) fn check(view: &View<'_>, context: &Context<'_>, flaws: &mut Flaws) {
    for option in &view.options {
        let found = option.text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let found = found.filter(|word| context.config.identifiers.iter().any(|shape| has_shape(word, shape)));
        if let Some(word) = found.into_iter().next() {
            let message = format!("option {} names the identifier {word}", option.option.id);
            flaws.item(view, Rule::Identifier, message, "say what it stands for");
        }
    }
}

/// `#` stands for a digit, everything else for itself.
fn has_shape(word: &str, shape: &str) -> bool {
    word.chars().count() == shape.chars().count()
        && word.chars().zip(shape.chars()).all(|(c, s)| if s == '#' { c.is_ascii_digit() } else { c == s })
}
