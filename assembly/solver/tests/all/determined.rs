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
