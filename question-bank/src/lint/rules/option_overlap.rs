//! Of two options of which one holds the other, both are right or neither: they exclude one another as keys.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

/// Shorter options («yes», «no», numbers) are parts of others by chance.
const FEWEST: usize = 3;

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    for inner in view.options.iter().filter(|option| option.words.len() >= FEWEST) {
        let holds = |outer: &&_| -> bool { std::ptr::eq(*outer, inner) };
        for outer in view.options.iter().filter(|outer| !holds(outer)) {
            if outer.words.len() > inner.words.len() && outer.words.windows(inner.words.len()).any(|w| w == inner.words)
            {
                let message = format!("option {} holds the whole of option {}", outer.option.id, inner.option.id);
                flaws.item(view, Rule::OptionOverlap, message, "write options of which only one can be right");
            }
        }
    }
}
