//! Near-duplicates by the share of common word triples (Broder 1997), found without comparing all with all.

use crate::{
    bank::Bank,
    lint::{
        Rule,
        flaw::Flaws,
        shingles::{self, Found, Pair},
        text::words,
        view::View,
    },
};

/// The most pairs that are reported.
const MOST: usize = 1_000;

/// The pairs of items from the similarity on that the bank asks for.
pub(in crate::lint) fn pairs(views: &[View<'_>], percent: u32) -> Found {
    let documents: Vec<Vec<u64>> = views.iter().map(|view| shingles::of(&reading(view))).collect();
    shingles::pairs(&documents, percent, MOST)
}

/// Stem and options. The options stand in the order of their texts, so that reordering makes no other item; what a set's
/// items have in common is left out.
fn reading(view: &View<'_>) -> Vec<String> {
    let mut options: Vec<&Vec<String>> = view.options.iter().map(|option| &option.words).collect();
    options.sort();
    words(&view.stem).into_iter().chain(options.into_iter().flatten().cloned()).collect()
}

pub(super) fn check(bank: &Bank, views: &[View<'_>], pairs: &[Pair], flaws: &mut Flaws) {
    let enemies = bank.enemies();
    for pair in pairs {
        let (one, other) = (views[pair.a].item, views[pair.b].item);
        let declared = enemies.get(one.id.as_str()).is_some_and(|ids| ids.contains(other.id.as_str()))
            || bank.are_clones(&one.id, &other.id);
        if !declared {
            let message =
                format!("it is nearly the same as {} ({} % of word triples in common)", other.id, pair.percent);
            let help = "name one as the other's enemy or clone, or write it anew";
            flaws.item(&views[pair.a], Rule::NearDuplicate, message, help);
        }
    }
}
