//! A rationale says why; otherwise a challenge cannot be answered from it.

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::words, view::View};

/// Fewer words are no reason.
const FEWEST: usize = 5;

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let rationales: Vec<Vec<String>> = view.item.options.iter().map(|option| words(&option.rationale)).collect();
    for (at, (option, rationale)) in view.item.options.iter().zip(&rationales).enumerate() {
        let fault = if rationale.len() < FEWEST {
            format!("has {} words", rationale.len())
        } else if rationales[..at].contains(rationale) {
            "is that of another option".to_owned()
        } else {
            continue;
        };
        let message = format!("the rationale of option {} {fault}", option.id);
        let help = "say why it is right, or why it is wrong and what makes it tempting";
        flaws.item(view, Rule::ThinRationale, message, help);
    }
}
