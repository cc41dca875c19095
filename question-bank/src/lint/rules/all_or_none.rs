//! «All of the above» is found by who knows two options, «none of the above» tests what nobody need know.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

const ANYWHERE: &[&str] = &["all of the above", "none of the above", "all the above", "neither of the above"];
const ALONE: &[&[&str]] = &[
    &["all", "of", "these"],
    &["none", "of", "these"],
    &["all", "of", "them"],
    &["none", "of", "them"],
    &["both", "of", "these"],
    &["neither", "of", "these"],
    &["all", "options"],
    &["none"],
];

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    for option in &view.options {
        let text = option.text.to_lowercase();
        let alone = ALONE.iter().any(|words| option.words == *words);
        if alone || ANYWHERE.iter().any(|phrase| text.contains(phrase)) {
            let message = format!("option {} is «{}»", option.option.id, option.text);
            let help = "options are shuffled, and partial knowledge gives such an option away: write a distractor";
            flaws.item(view, Rule::AllOrNone, message, help);
        }
    }
}
