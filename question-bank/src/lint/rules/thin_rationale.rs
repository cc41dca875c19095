//! A rationale says why; otherwise a challenge cannot be answered from it.

use crate::{
    bank::Task,
    lint::{Rule, flaw::Flaws, rules::Context, text::words, view::View},
};

/// Fewer words are no reason.
const FEWEST: usize = 5;

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let rationales: Vec<(String, Vec<String>)> =
        rationales(view).into_iter().map(|(of, rationale)| (of, words(rationale))).collect();
    for (at, (of, rationale)) in rationales.iter().enumerate() {
        let fault = if rationale.len() < FEWEST {
            format!("has {} words", rationale.len())
        } else if rationales[..at].iter().any(|(_, other)| other == rationale) {
            "is one that stands before".to_owned()
        } else {
            continue;
        };
        let message = format!("the rationale of {of} {fault}");
        let help = "say why it is right, or why it is wrong and what makes it tempting";
        flaws.item(view, Rule::ThinRationale, message, help);
    }
}

/// The rationales, where the kind of the item has them, and whose they are.
fn rationales<'i>(view: &View<'i>) -> Vec<(String, &'i str)> {
    let item = view.item;
    match &item.task {
        Task::Match(task) => {
            (1..).zip(&task.rows).map(|(n, row)| (format!("row {n}"), row.rationale.as_str())).collect()
        }
        Task::Cloze(task) => {
            task.gaps.iter().map(|gap| (format!("gap «{}»", gap.name), gap.rationale.as_str())).collect()
        }
        _ => item.options.iter().map(|option| (format!("option {}", option.id), option.rationale.as_str())).collect(),
    }
}
