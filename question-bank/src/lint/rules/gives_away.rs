//! Items of a set stand on one form: the stem of one must not say the key of another.

use std::collections::{BTreeMap, BTreeSet};

use crate::lint::{Rule, flaw::Flaws, text::matter, view::View};

/// Keys with fewer words of their own turn up elsewhere by chance.
const FEWEST: usize = 3;
/// From this share of the key's own words on, in percent, a stem says it.
const SHARE: usize = 75;

pub(super) fn check(views: &[View<'_>], flaws: &mut Flaws) {
    let mut sets: BTreeMap<&str, Vec<&View<'_>>> = BTreeMap::new();
    for view in views.iter().filter(|view| view.english) {
        if let Some(place) = &view.item.scenario {
            sets.entry(&place.id).or_default().push(view);
        }
    }
    for members in sets.values() {
        for told in members {
            let own = own_words(told);
            if own.len() < FEWEST {
                continue;
            }
            for teller in members.iter().filter(|teller| teller.item.id != told.item.id) {
                let said = own.intersection(&matter(&teller.stem)).count();
                if 100 * said >= SHARE * own.len() {
                    let message = format!("its stem says the key of {}", told.item.id);
                    flaws.item(teller, Rule::GivesAway, message, "move what both need into the scenario");
                }
            }
        }
    }
}

/// Words of the key that neither its distractors nor its own stem nor the scenario have.
fn own_words(view: &View<'_>) -> BTreeSet<String> {
    let scenario = view.set.map(|set| matter(&set.stimulus.plain())).unwrap_or_default();
    let distractors: BTreeSet<String> = view.distractors().flat_map(|option| matter(&option.text)).collect();
    let stem = matter(&view.stem);
    let key = view.keys().flat_map(|option| matter(&option.text));
    key.filter(|word| !scenario.contains(word) && !distractors.contains(word) && !stem.contains(word)).collect()
}
