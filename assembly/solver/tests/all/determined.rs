//! The seed decides.

use assembly::sample;

use crate::forms_of;

#[test]
fn the_same_seed_gives_the_same_forms_and_another_gives_others() {
    let problem = sample::problem(300, 3, 1);
    let once = forms_of(&problem, 1);
    assert_eq!(once, forms_of(&problem, 1));
    assert_ne!(once.forms, forms_of(&problem, 2).forms);
}

#[test]
fn sweeps_over_many_forms_are_the_seeds_too() {
    // So tight that forms are made anew.
    let problem = sample::problem(400, 10, 1);
    assert_eq!(forms_of(&problem, 3), forms_of(&problem, 3));
}
