//! Which rules exclude one another: the fewest of them, so that an author sees what to change.

use std::collections::BTreeSet;

use assembly::{Conflict, Constraint};

use crate::{bound::impossible, prepared::Prepared};

/// How many sets of rules are tried.
const MAX_TRIES: u32 = 400;
/// How many steps are taken to find the fewest rules that meet every correction.
const MAX_STEPS: u32 = 1_000_000;

/// The conflict among all rules; `None` if there is none that can be proven.
pub(crate) fn conflict(prepared: &Prepared<'_>, rules: &[Constraint]) -> Option<Conflict> {
    let (indices, smallest) = fewest(rules.len(), MAX_TRIES, |tried| {
        let rules = tried.iter().map(|&at| &rules[at]).collect();
        impossible(prepared, &rules)
    })?;
    Some(Conflict {
        forms: prepared.problem.forms,
        eligible: u32::try_from(prepared.entries.len()).unwrap_or(u32::MAX),
        rules: indices.into_iter().map(|at| rules[at].clone()).collect(),
        smallest,
    })
}

/// The fewest of `count` rules that exclude one another, and whether that is certain; `None` if all of them do not. After
/// `max_tries` sets of rules it is content with the fewest that it knows.
///
/// First a deletion filter (Chinneck & Dravnieks 1991) gives a set that none can be missed in. Whatever rules are given up
/// so that the rest can hold, a conflicting set has one of them; so the fewest rules that meet each such correction are
/// tried, and where they can hold, give the next correction (Ignatiev et al. 2015, smallest MUS by hitting sets).
fn fewest(
    count: usize,
    max_tries: u32,
    mut conflict: impl FnMut(&BTreeSet<usize>) -> bool,
) -> Option<(BTreeSet<usize>, bool)> {
    let mut left = max_tries;
    // Whether some rules conflict; `None` once that is not tried any more.
    let mut conflicting = |rules: &BTreeSet<usize>| {
        left = left.checked_sub(1)?;
        Some(conflict(rules))
    };
    let mut known: BTreeSet<usize> = (0..count).collect();
    if !conflicting(&known)? {
        return None;
    }
    for rule in 0..count {
        let mut less = known.clone();
        less.remove(&rule);
        match conflicting(&less) {
            Some(true) => known = less,
            Some(false) => {}
            None => return Some((known, false)),
        }
    }
    let mut corrections: Vec<Vec<usize>> = Vec::new();
    loop {
        let mut steps = MAX_STEPS;
        let Some(tried) = (0..known.len()).find_map(|size| meeting(&corrections, size, &mut steps)) else {
            return Some((known, steps > 0));
        };
        match conflicting(&tried) {
            Some(true) => return Some((tried, true)),
            Some(false) => {}
            None => return Some((known, false)),
        }
        let mut held = tried;
        for rule in 0..count {
            if held.insert(rule) {
                match conflicting(&held) {
                    Some(true) => {
                        held.remove(&rule);
                    }
                    Some(false) => {}
                    None => return Some((known, false)),
                }
            }
        }
        corrections.push((0..count).filter(|rule| !held.contains(rule)).collect());
    }
}

/// At most `size` rules of which each correction has one, if there are such and there are steps left to find them.
fn meeting(corrections: &[Vec<usize>], size: usize, steps: &mut u32) -> Option<BTreeSet<usize>> {
    fn extend(corrections: &[Vec<usize>], chosen: &mut BTreeSet<usize>, left: usize, steps: &mut u32) -> bool {
        *steps = steps.saturating_sub(1);
        let Some(unmet) = corrections.iter().find(|rules| !rules.iter().any(|rule| chosen.contains(rule))) else {
            return true;
        };
        left > 0
            && *steps > 0
            && unmet.iter().any(|&rule| {
                chosen.insert(rule);
                let found = extend(corrections, chosen, left - 1, steps);
                if !found {
                    chosen.remove(&rule);
                }
                found
            })
    }
    let mut chosen = BTreeSet::new();
    extend(corrections, &mut chosen, size, steps).then_some(chosen)
}

#[cfg(test)]
mod tests {
    use assembly::sample;

    use super::*;

    /// Rules conflict that contain one of these sets.
    fn fewest_of(conflicts: &[&[usize]]) -> Option<(BTreeSet<usize>, bool)> {
        fewest(8, MAX_TRIES, |rules| conflicts.iter().any(|conflict| conflict.iter().all(|rule| rules.contains(rule))))
    }

    #[test]
    fn the_smallest_of_several_conflicts_is_found_wherever_it_lies() {
        assert_eq!(fewest_of(&[&[0, 1, 2, 3], &[4, 7], &[2, 3, 5]]), Some((BTreeSet::from([4, 7]), true)));
        assert_eq!(fewest_of(&[&[1, 6], &[0, 2, 3]]), Some((BTreeSet::from([1, 6]), true)));
        assert_eq!(fewest_of(&[&[3], &[0, 1]]), Some((BTreeSet::from([3]), true)));
    }

    #[test]
    fn after_so_many_tries_what_is_known_is_named_and_not_called_the_smallest() {
        for max_tries in 1..40 {
            let mut tries = 0;
            let found = fewest(30, max_tries, |rules| {
                tries += 1;
                rules.contains(&3) && rules.contains(&29)
            });
            let (rules, smallest) = found.unwrap();
            assert!(tries <= max_tries && rules.contains(&3) && rules.contains(&29), "{tries} {rules:?}");
            assert!(!smallest || rules.len() == 2, "{rules:?}");
        }
    }

    #[test]
    fn none_of_the_rules_named_can_be_missed() {
        let mut problem = sample::problem(160, 6, 1);
        problem.blueprint.max_uses = Some(2);
        let prepared = Prepared::new(&problem);
        let found = conflict(&prepared, &Constraint::all(&problem)).unwrap();
        assert!(found.smallest && !found.rules.is_empty(), "{found}");
        assert!(impossible(&prepared, &found.rules.iter().collect()));
        for given_up in &found.rules {
            let kept = found.rules.iter().filter(|rule| *rule != given_up).collect();
            assert!(!impossible(&prepared, &kept), "{found} without «{given_up}»");
        }
    }

    #[test]
    fn a_pool_that_can_do_nothing_conflicts_with_no_rule_and_rules_that_hold_have_no_conflict() {
        assert_eq!(fewest_of(&[&[]]), Some((BTreeSet::new(), true)));
        assert_eq!(fewest_of(&[]), None);
    }
}
