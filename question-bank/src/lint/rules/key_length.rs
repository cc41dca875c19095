//! The key is the longest option, or the shortest, as often as by chance.

use std::collections::BTreeMap;

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

/// With fewer items, an uneven share is chance.
const ENOUGH: usize = 30;

/// Single-choice items with one number of options.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::lint) struct Lengths {
    pub(in crate::lint) items: usize,
    /// In how many the key is longer than each other option.
    pub(in crate::lint) longest: usize,
    /// In how many it is shorter than each.
    pub(in crate::lint) shortest: usize,
}

pub(super) fn check_item(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    if view.key_is_longest() {
        let help = "one item in as many as there are options may have it so; look at the share over the bank";
        flaws.item(view, Rule::KeyLongest, "the key is the longest option", help);
    }
}

pub(super) fn check_bank(views: &[View<'_>], flaws: &mut Flaws) {
    for (options, Lengths { items, longest, shortest }) in key_lengths(views) {
        for (count, which, help) in [
            (longest, "longest", "lengthen distractors or shorten keys"),
            (shortest, "shortest", "shorten distractors or lengthen keys"),
        ] {
            if items >= ENOUGH && beyond_chance(count, items, options) {
                let percent = 100 * count / items;
                let message = format!(
                    "the key is the {which} option in {count} of {items} items with {options} options ({percent} %)"
                );
                flaws.bank(Rule::KeyLength, message, format!("by chance it would be one in {options}: {help}"));
            }
        }
    }
}

/// By the number of options.
pub(in crate::lint) fn key_lengths<'a>(views: impl IntoIterator<Item = &'a View<'a>>) -> BTreeMap<usize, Lengths> {
    let mut counts: BTreeMap<usize, Lengths> = BTreeMap::new();
    for view in views.into_iter().filter(|view| view.only_key().is_some()) {
        let lengths = counts.entry(view.options.len()).or_default();
        lengths.items += 1;
        lengths.longest += usize::from(view.key_is_longest());
        lengths.shortest += usize::from(view.key_is_shortest());
    }
    counts
}

/// A share that chance brings about less than once in a hundred times: with k of n and m options,
/// k − n/m > 2.33 · √(n · 1/m · (1 − 1/m)), squared and without fractions.
fn beyond_chance(count: usize, items: usize, options: usize) -> bool {
    let (k, n, m) = (count as u128, items as u128, options as u128);
    k * m > n && 10_000 * (k * m - n).pow(2) > 54_289 * n * (m - 1)
}

#[cfg(test)]
mod tests {
    use super::beyond_chance;

    #[test]
    fn the_bound_is_the_normal_one() {
        // n = 90, m = 3: 30 + 2.33 · 4.47 is 40.4.
        assert!(!beyond_chance(40, 90, 3) && beyond_chance(41, 90, 3));
        assert!(!beyond_chance(0, 90, 3) && !beyond_chance(30, 90, 3));
        assert!(!beyond_chance(30, 30, 1));
    }
}
