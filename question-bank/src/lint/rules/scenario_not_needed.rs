//! Reading 200 words for a question that does without them is window dressing.

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::matter, view::View};

/// With fewer words of the scenario, an item takes up nothing of it.
const FEWEST: usize = 3;

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    let Some(set) = view.set else { return };
    let mut scenario = matter(&set.stimulus.plain());
    scenario.extend(matter(&set.title));
    let mut item = matter(&view.stem);
    item.extend(view.options.iter().flat_map(|option| matter(&option.text)));
    let shared = item.intersection(&scenario).count();
    if shared < FEWEST {
        let message = format!("it has {shared} words in common with the scenario");
        flaws.item(
            view,
            Rule::ScenarioNotNeeded,
            message,
            "ask for something that the scenario decides, or take it out of the set",
        );
    }
}
