//! Draws by `invigil-draw-3`: which forms a candidate may get, how often, in which order, and which pools are refused.

use std::collections::{BTreeMap, BTreeSet};

use question_bank::{
    draw2::{Blueprint, Earlier, Range, check_form},
    draw3::{Drawer, DrawerError, NoForm, Pool, PoolFault, PoolForm},
};

use crate::{
    draw::secret,
    pools::name,
    pools2::{self, PoolBuilder2, set_name},
    pools3,
};

fn drawer(pool: &Pool, blueprint: &Blueprint) -> Drawer {
    Drawer::new(pool, &BTreeSet::new(), blueprint).unwrap()
}

/// The forms that come up, with how often, in so many draws.
fn counts(drawer: &Drawer, earlier: &Earlier, times: usize) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for number in 0..times {
        *counts.entry(drawer.draw(&secret(1), &number.to_string(), earlier).unwrap().form).or_default() += 1;
    }
    counts
}

fn forms(drawer: &Drawer, earlier: &Earlier) -> BTreeSet<String> {
    counts(drawer, earlier, 300).into_keys().collect()
}

#[test]
fn every_form_is_equally_likely() {
    let (pool, blueprint) = pools3::toy();
    let counts = counts(&drawer(&pool, &blueprint), &Earlier::none(), 7_000);
    let chi: f64 = pool.forms.iter().map(|form| (f64::from(counts[&form.name]) - 1_000.0).powi(2) / 1_000.0).sum();
    // Six degrees of freedom: above 22.5 once in a thousand times, below 0.4 too.
    assert!((0.4..22.5).contains(&chi), "{chi}: {counts:?}");
}

#[test]
fn of_the_forms_that_are_left_each_is_equally_likely() {
    let (pool, blueprint) = pools3::toy();
    let earlier = Earlier { items: pool.forms[3].items.clone(), sets: Vec::new() };
    let counts = counts(&drawer(&pool, &blueprint), &earlier, 6_000);
    assert_eq!((counts.len(), counts.get("F04")), (6, None));
    let chi: f64 = counts.values().map(|&count| (f64::from(count) - 1_000.0).powi(2) / 1_000.0).sum();
    assert!((0.2..20.6).contains(&chi), "{chi}: {counts:?}");
}

#[test]
fn a_draw_has_the_items_of_its_form_and_every_rule_of_the_blueprint_and_mixes_the_units() {
    for (pool, blueprint) in [pools3::toy(), pools3::whole()] {
        let drawer = drawer(&pool, &blueprint);
        let mut orders: BTreeMap<String, BTreeSet<Vec<String>>> = BTreeMap::new();
        for number in 0..400 {
            let draw = drawer.draw(&secret(2), &number.to_string(), &Earlier::none()).unwrap();
            assert_eq!(check_form(&pool.as_second(), &blueprint, &Earlier::none(), &draw.items), []);
            let mut items = draw.items.clone();
            items.sort();
            assert_eq!(pool.forms.iter().find(|form| form.name == draw.form).unwrap().items, items);
            assert_eq!(drawer.violations(&Earlier::none(), &draw), [""; 0]);
            orders.entry(draw.form).or_default().insert(draw.items);
        }
        assert!(orders.values().all(|orders| orders.len() > 8), "one form comes in many orders");
    }
}

#[test]
fn every_place_comes_up_for_every_unit() {
    let (pool, blueprint) = (four(), blueprint());
    let drawer = drawer(&pool, &blueprint);
    let mut at: BTreeMap<(String, usize), u32> = BTreeMap::new();
    for number in 0..2_000 {
        let draw = drawer.draw(&secret(3), &number.to_string(), &Earlier::none()).unwrap();
        if draw.form == "A" {
            draw.items.into_iter().enumerate().for_each(|(place, item)| *at.entry((item, place)).or_default() += 1);
        }
    }
    // The two items of the set stand together: at the first, second or third place of three units.
    let (first, second) = (name(8), name(9));
    let alone = [name(0), name(4)];
    for item in alone {
        let places: Vec<usize> = at.keys().filter(|(one, _)| *one == item).map(|(_, place)| *place).collect();
        assert_eq!(places, [0, 1, 2, 3]);
    }
    for (item, expected) in [(first, [0, 1, 2]), (second, [1, 2, 3])] {
        let places: Vec<usize> = at.keys().filter(|(one, _)| *one == item).map(|(_, place)| *place).collect();
        assert_eq!(places, expected, "the items of a set stand in authored order");
    }
}

/// Two items of each of two domains, the latter's in a set. Items 0 to 3 and 4 to 7 are stand-alone, 8 and 9, 10 and 11 sets.
fn bank() -> PoolBuilder2 {
    use question_bank::bank::Level::{Analysis, Application};
    PoolBuilder2::default()
        .alike("D1", 4)
        .alike("D2", 4)
        .set([("D1", Analysis), ("D2", Application)])
        .set([("D1", Application), ("D2", Analysis)])
}

fn blueprint() -> Blueprint {
    pools2::blueprint(&[("D1", 2), ("D2", 2)], 1, Some(2))
}

fn form(name: &str, items: [usize; 4]) -> PoolForm {
    let mut items: Vec<String> = items.map(crate::pools::name).into();
    items.sort();
    PoolForm { name: name.into(), items }
}

/// A and B share one set and nothing else, C and D the other set and item 1.
fn four() -> Pool {
    let forms = vec![
        form("A", [0, 4, 8, 9]),
        form("B", [1, 5, 8, 9]),
        form("C", [1, 6, 10, 11]),
        form("D", [3, 7, 10, 11]),
        form("E", [1, 7, 10, 11]),
    ];
    pools3::of(&bank().build(), forms)
}

#[test]
fn nobody_gets_the_same_form_twice_even_where_the_scheme_limits_nothing() {
    let (pool, blueprint) = (four(), blueprint());
    let drawer = drawer(&pool, &blueprint);
    let mut met = BTreeSet::new();
    let mut earlier = Earlier::none();
    for attempt in 1..=5 {
        let draw = drawer.draw(&secret(attempt), "p", &earlier).unwrap();
        met.extend(draw.items.iter().cloned());
        earlier.items = met.iter().cloned().collect();
        assert!(!forms_left(&pool, &earlier).contains(&draw.form));
        if let Err(NoForm::AllMet { sat, forms, .. }) = drawer.draw(&secret(9), "p", &earlier) {
            assert_eq!((sat, forms), (5, 5));
            return;
        }
        assert_eq!(forms(&drawer, &earlier), forms_left(&pool, &earlier));
    }
    panic!("five forms have every item");
}

/// The forms with an item that was not met.
fn forms_left(pool: &Pool, earlier: &Earlier) -> BTreeSet<String> {
    let left = pool.forms.iter().filter(|form| form.items.iter().any(|item| !earlier.items.contains(item)));
    left.map(|form| form.name.clone()).collect()
}

fn names(names: &str) -> BTreeSet<String> {
    names.chars().map(String::from).collect()
}

#[test]
fn shared_items_and_sets_that_were_met_bar_forms() {
    let (pool, mut blueprint) = (four(), blueprint());
    let items = |numbers: &[usize]| {
        let mut items: Vec<String> = numbers.iter().copied().map(name).collect();
        items.sort();
        items
    };
    let earlier = Earlier { items: items(&[1, 7, 10, 11]), sets: Vec::new() };
    assert_eq!(forms(&drawer(&pool, &blueprint), &earlier), names("ABCD"), "no limit, but never E again");
    blueprint.shared_items = Some(1);
    let strict = drawer(&pool, &blueprint);
    assert_eq!(forms(&strict, &earlier), names("AB"));
    blueprint.shared_items = Some(0);
    assert_eq!(forms(&drawer(&pool, &blueprint), &earlier), names("A"));
    let barred = Earlier { items: items(&[1]), sets: vec![set_name(0)] };
    assert_eq!(forms(&strict, &barred), names("CDE"));
    // All forms are barred: two by the set, three by what they share.
    let nothing = Earlier { items: items(&[1, 3, 7, 10, 11]), sets: vec![set_name(0)] };
    let refused = strict.draw(&secret(1), "p", &nothing).unwrap_err();
    let expected = NoForm::AllMet { forms: 5, sat: 2, sets: 2, over: 1, most: Some(1), least: 0 };
    assert_eq!(refused, expected);
    assert!(refused.to_string().contains("(at most 1)"), "{refused}");
    let unsound = Earlier { items: vec![name(1), name(1)], sets: Vec::new() };
    assert_eq!(strict.draw(&secret(1), "p", &unsound).unwrap_err(), NoForm::Earlier);
}

#[test]
fn a_form_with_an_excluded_item_is_dropped_whole_and_what_is_then_on_no_form_too() {
    let (pool, mut blueprint) = (four(), blueprint());
    let excluded = BTreeSet::from([name(1)]);
    let left = pool.without(&excluded);
    assert_eq!(left.forms, [form("A", [0, 4, 8, 9]), form("D", [3, 7, 10, 11])]);
    assert!(left.entries.len() == 8 && left.overlap == 0 && pool.overlap == 3, "{left:?}");
    assert_eq!(left.check(&blueprint), Ok(()));
    let drawer = Drawer::new(&pool, &excluded, &blueprint).unwrap();
    assert_eq!(forms(&drawer, &Earlier::none()), names("AD"));
    // The same draws as from the list that has no other forms.
    let other = Drawer::new(&left, &BTreeSet::new(), &blueprint).unwrap();
    assert_eq!(drawer.draw(&secret(1), "p", &Earlier::none()), other.draw(&secret(1), "p", &Earlier::none()));
    let all = BTreeSet::from([name(8), name(10)]);
    assert_eq!(Drawer::new(&pool, &all, &blueprint).unwrap_err(), DrawerError::Excluded(5));
    // The cap holds of the list that is published, not of what is left of it.
    blueprint.max_exposure = Some(600);
    assert!(Drawer::new(&pool, &BTreeSet::from([name(0)]), &blueprint).is_ok());
}

#[test]
fn lists_that_are_no_pool_of_forms_are_refused_with_the_rule_they_break() {
    let (sound, blueprint) = (four(), blueprint());
    let fault = |change: &dyn Fn(&mut Pool)| {
        let mut pool = sound.clone();
        change(&mut pool);
        pool.check(&blueprint).unwrap_err()
    };
    assert_eq!(sound.check(&blueprint), Ok(()));
    assert!(matches!(fault(&|p| p.version = 2), PoolFault::List(_)));
    assert!(matches!(fault(&|p| p.entries.swap(0, 1)), PoolFault::List(_)));
    assert!(matches!(fault(&|p| p.entries[0].weight = 2), PoolFault::Weight(_)));
    assert_eq!(fault(&|p| p.forms.clear()), PoolFault::Forms(0));
    assert_eq!(fault(&|p| p.forms = vec![p.forms[0].clone(); 501]), PoolFault::Forms(501));
    assert_eq!(fault(&|p| p.forms[1].name = "A".into()), PoolFault::Name("A".into()));
    assert_eq!(fault(&|p| p.forms.swap(0, 1)), PoolFault::Name("A".into()));
    assert_eq!(fault(&|p| p.forms[0].name.clear()), PoolFault::Name(String::new()));
    assert_eq!(fault(&|p| p.forms[4].name = "E".repeat(41)), PoolFault::Name("E".repeat(41)));
    assert!(matches!(fault(&|p| p.forms[2].items.swap(0, 1)), PoolFault::Items { form, .. } if form == "C"));
    let twice = |p: &mut Pool| p.forms[2].items[1] = p.forms[2].items[0].clone();
    assert!(matches!(fault(&twice), PoolFault::Items { form, .. } if form == "C"));
    let stranger = fault(&|p| {
        p.forms[2].items[3] = "ff".repeat(32);
    });
    assert_eq!(stranger, PoolFault::NoEntry { form: "C".into(), item: "ff".repeat(32) });
    // Item 2 of the bank is on no form.
    let idle = fault(&|p| {
        let idle = bank().build().entries.into_iter().find(|entry| entry.item == name(2)).unwrap();
        p.entries.push(idle);
        p.entries.sort_by(|a, b| a.item.cmp(&b.item));
    });
    assert_eq!(idle, PoolFault::Idle(name(2)));
    let empty_set = fault(&|p| {
        p.sets.push(question_bank::draw2::PoolSet { id: "ff".repeat(32), words: 1 });
    });
    assert_eq!(empty_set, PoolFault::Idle("ff".repeat(32)));
    assert_eq!(
        fault(&|p| p.forms[1].items = p.forms[0].items.clone()),
        PoolFault::Equal { one: "A".into(), other: "B".into() }
    );
    assert_eq!(fault(&|p| p.overlap = 2), PoolFault::Overlap { stated: 2, counted: 3 });
    assert_eq!(fault(&|p| p.overlap = 4), PoolFault::Overlap { stated: 4, counted: 3 });
}

#[test]
fn forms_that_the_blueprint_does_not_allow_are_refused() {
    let (pool, sound) = (four(), blueprint());
    let fault = |change: &dyn Fn(&mut Blueprint)| {
        let mut blueprint = sound.clone();
        change(&mut blueprint);
        pool.check(&blueprint).unwrap_err()
    };
    assert!(matches!(fault(&|b| b.scheme = "other".into()), PoolFault::Blueprint(_)));
    assert!(matches!(fault(&|b| b.domains[0].items = 3), PoolFault::Rule { form, .. } if form == "A"));
    assert!(matches!(fault(&|b| b.words = Some(Range { min: 1, max: 399 })), PoolFault::Rule { .. }));
    assert!(matches!(fault(&|b| b.pilots = 1), PoolFault::Rule { .. }));
    // Item 1 and both items of the second set are on three of five forms.
    assert_eq!(
        fault(&|b| b.max_exposure = Some(599)),
        PoolFault::Exposure { item: name(11).max(name(10)).max(name(1)), uses: 3, forms: 5, most: 599 }
    );
    let mut blueprint = sound.clone();
    blueprint.max_exposure = Some(600);
    assert_eq!(pool.check(&blueprint), Ok(()), "exactly the cap");
    // Enemies on one form, and a set that is not whole.
    let hostile = pools3::of(&bank().enemies(0, 4).build(), pool.forms.clone());
    assert!(matches!(hostile.check(&sound), Err(PoolFault::Rule { form, .. }) if form == "A"));
    blueprint.items_per_set = None;
    assert_eq!(pool.check(&blueprint), Ok(()), "sets of two are whole");
}
