//! Options are shuffled on every form; an uneven bank still teaches its writers and reviewers a habit.

use std::collections::BTreeMap;

use crate::lint::{Rule, flaw::Flaws, view::View};

/// With fewer single-choice items, uneven key positions are chance.
const ENOUGH: usize = 30;
/// How far the share of keys at one position may lie from an even share, in percent points.
const TOLERANCE: usize = 10;

pub(super) fn check(views: &[View<'_>], flaws: &mut Flaws) {
    for (options, counts) in key_positions(views) {
        let items: usize = counts.iter().sum();
        if items < ENOUGH {
            continue;
        }
        for (letter, count) in ('a'..='z').zip(counts) {
            // |count/items − 1/options| > tolerance/100, without fractions.
            if 100 * (count * options).abs_diff(items) > TOLERANCE * items * options {
                let message = format!("{count} of {items} items with {options} options have their key at {letter}");
                flaws.bank(Rule::KeyPosition, message, "reorder options until positions are even");
            }
        }
    }
}

/// Single-choice items by their number of options: how many have their key at each position.
pub(in crate::lint) fn key_positions<'a>(views: impl IntoIterator<Item = &'a View<'a>>) -> BTreeMap<usize, Vec<usize>> {
    let mut by_count: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for view in views.into_iter().filter(|view| view.only_key().is_some()) {
        let options = view.options.len();
        let counts = by_count.entry(options).or_insert_with(|| vec![0; options]);
        if let Some(at) = view.options.iter().position(|option| option.option.key) {
            counts[at] += 1;
        }
    }
    by_count
}
