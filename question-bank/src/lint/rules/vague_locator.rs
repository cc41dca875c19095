//! A reference leads to a place; a whole book is none.

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::words, view::View};

const NO_PLACE: &[&str] =
    &["all", "general", "n a", "na", "none", "passim", "tbd", "todo", "various", "whole document"];

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    for reference in &view.item.references {
        let place = words(&reference.locator);
        if place.is_empty() || NO_PLACE.contains(&place.join(" ").as_str()) || place == words(&reference.source) {
            let message = format!("the locator {:?} names no place in {:?}", reference.locator, reference.source);
            flaws.item(view, Rule::VagueLocator, message, "name the clause, section or heading");
        }
    }
}
