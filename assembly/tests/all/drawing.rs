//! Candidates draw one of the forms.

use std::collections::{BTreeMap, BTreeSet};

use assembly::{
    FormSet,
    pool::{DrawFault, FormPool, RetakeRule},
};
use question_bank::CandidateSecret;

use crate::known;

const STRICT: RetakeRule = RetakeRule { overlap: 16, scenarios_return: false };

fn secret(number: u32) -> CandidateSecret {
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&number.to_le_bytes());
    CandidateSecret::new(bytes)
}

fn items(set: &FormSet, form: usize) -> BTreeSet<String> {
    set.forms[form].items.iter().cloned().collect()
}

#[test]
fn every_form_is_equally_likely_and_the_secret_decides() {
    let set = known::set(4);
    let pool = FormPool::new(&set, &BTreeSet::new());
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for number in 0..2_000 {
        let form = pool.draw(&secret(number), "a-1", &[], STRICT).unwrap();
        assert_eq!(pool.draw(&secret(number), "a-1", &[], STRICT).unwrap(), form);
        *counts.entry(&form.name).or_default() += 1;
    }
    // Chi-squared with three degrees of freedom: 16.3 is passed once in a thousand.
    let chi_squared: u32 = counts.values().map(|count| count.abs_diff(500).pow(2)).sum();
    assert!(counts.len() == 4 && chi_squared < 16 * 500, "{counts:?}");
}

#[test]
fn a_form_that_was_sat_and_its_scenarios_do_not_come_back() {
    let set = known::set(6);
    let scenarios = |form: &BTreeSet<String>| -> BTreeSet<String> {
        set.problem.items.iter().filter(|i| form.contains(&i.id)).filter_map(|i| i.scenario.clone()).collect()
    };
    let sat = items(&set, 0);
    let pool = FormPool::new(&set, &BTreeSet::new());
    let mut drawn = 0;
    for number in 0..200 {
        match pool.draw(&secret(number), "a-2", std::slice::from_ref(&sat), STRICT) {
            Ok(form) => {
                let form: BTreeSet<String> = form.items.iter().cloned().collect();
                assert!(form.intersection(&sat).count() <= 16);
                assert!(scenarios(&form).is_disjoint(&scenarios(&sat)));
                drawn += 1;
            }
            Err(fault) => assert!(matches!(fault, DrawFault::AllSeen { .. })),
        }
    }
    assert!(drawn == 200 || drawn == 0);
    let lenient = RetakeRule { overlap: 16, scenarios_return: true };
    assert_ne!(pool.draw(&secret(1), "a-2", std::slice::from_ref(&sat), lenient).unwrap().name, "F01");
}

#[test]
fn when_all_forms_were_seen_nothing_is_drawn_and_the_nearest_is_told() {
    let set = known::set(2);
    let sat = [items(&set, 0), items(&set, 1)];
    let fault = FormPool::new(&set, &BTreeSet::new()).draw(&secret(1), "a-3", &sat, STRICT).unwrap_err();
    assert_eq!(fault, DrawFault::AllSeen { forms: 2, overlap: 16, least: 80 });
}

#[test]
fn a_form_with_a_withdrawn_item_is_not_drawn() {
    let set = known::set(2);
    let (first, second) = (items(&set, 0), items(&set, 1));
    let one: BTreeSet<String> = first.difference(&second).take(1).cloned().collect();
    let pool = FormPool::new(&set, &one);
    assert!((0..50).all(|number| pool.draw(&secret(number), "a-4", &[], STRICT).unwrap().name == "F02"));
    let both: BTreeSet<String> = one.into_iter().chain(second.first().cloned()).collect();
    let fault = FormPool::new(&set, &both).draw(&secret(1), "a-4", &[], STRICT).unwrap_err();
    assert_eq!(fault, DrawFault::AllWithdrawn { forms: 2 });
}
