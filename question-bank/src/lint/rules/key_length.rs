//! The key is the longest option, or the shortest, as often as by chance: who always or never picks the longest must not gain.

use std::collections::BTreeMap;

use crate::lint::{
    Rule,
    flaw::Flaws,
    rules::Context,
    view::{OptionView, View},
};

/// With fewer items, an uneven share is chance.
const ENOUGH: usize = 30;

/// Single-choice items with one number of options.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::lint) struct Lengths {
    pub(in crate::lint) items: usize,
    pub(in crate::lint) longest: Share,
    pub(in crate::lint) shortest: Share,
}

/// Among the items that have one longest (shortest) option, those in which it is the key.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::lint) struct Share {
    pub(in crate::lint) keys: usize,
    pub(in crate::lint) of: usize,
}

impl Share {
    fn count(&mut self, extreme: Option<&OptionView<'_>>) {
        self.of += usize::from(extreme.is_some());
        self.keys += usize::from(extreme.is_some_and(|option| option.option.key));
    }
}

pub(super) fn check_item(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    if view.key_is_longest() {
        let help = "one item in as many as there are options may have it so; look at the share over the bank";
        flaws.item(view, Rule::KeyLongest, "the key is the longest option", help);
    }
}

pub(super) fn check_bank(views: &[View<'_>], flaws: &mut Flaws) {
    for (options, Lengths { longest, shortest, .. }) in key_lengths(views) {
        for (Share { keys, of }, which) in [(longest, "longest"), (shortest, "shortest")] {
            if of >= ENOUGH && beyond_chance(keys, of, options) {
                let percent = 100 * keys / of;
                let message = format!(
                    "of {of} items with {options} options of which one is the {which}, it is the key in {keys} ({percent} %)"
                );
                let help =
                    format!("by chance it would be one in {options}: even out the lengths of keys and distractors");
                flaws.bank(Rule::KeyLength, message, help);
            }
        }
    }
}

/// By the number of options.
pub(in crate::lint) fn key_lengths<'a>(views: impl IntoIterator<Item = &'a View<'a>>) -> BTreeMap<usize, Lengths> {
    let mut counts: BTreeMap<usize, Lengths> = BTreeMap::new();
    for view in views.into_iter().filter(|view| view.only_key().is_some() && view.options.len() > 1) {
        let lengths = counts.entry(view.options.len()).or_default();
        lengths.items += 1;
        lengths.longest.count(view.longest());
        lengths.shortest.count(view.shortest());
    }
    counts
}

/// A share that chance brings about less than twice in a hundred times: with k of n and m options,
/// |k − n/m| > 2.33 · √(n · 1/m · (1 − 1/m)), squared and without fractions.
fn beyond_chance(count: usize, items: usize, options: usize) -> bool {
    let (k, n, m) = (count as u128, items as u128, options as u128);
    10_000 * (k * m).abs_diff(n).pow(2) > 54_289 * n * m.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::beyond_chance;

    #[test]
    fn the_bound_is_the_normal_one() {
        // n = 90, m = 3: 30 ± 2.33 · 4.47 is 19.6 and 40.4.
        assert!(!beyond_chance(40, 90, 3) && beyond_chance(41, 90, 3));
        assert!(!beyond_chance(20, 90, 3) && beyond_chance(19, 90, 3));
    }
}
