//! Whether every form that a blueprint allows is equally likely: by listing them all, and against a sampler that shares
//! nothing with the draw. Seeds are fixed, so nothing here fails by chance.

use std::collections::{BTreeMap, BTreeSet};

use question_bank::{
    Drawer, Pool as Pool1, PoolEntry as PoolEntry1,
    draw2::{Blueprint, Earlier, Pool, Prepared, check_form},
};

use crate::{
    draw::secret,
    pools,
    pools2::{self, PoolBuilder2},
};

/// Every form that the blueprint allows, as the sorted names of its items; found by trying all sets of items.
fn every_form(pool: &Pool, blueprint: &Blueprint) -> Vec<BTreeSet<String>> {
    let size = usize::try_from(blueprint.items()).unwrap() + blueprint.pilots as usize;
    let mut forms = Vec::new();
    assert!(pool.entries.len() < 24);
    for bits in 0_u32..1 << pool.entries.len() {
        if bits.count_ones() as usize != size {
            continue;
        }
        let mut chosen: Vec<_> = pool.entries.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).collect();
        // Sets in one piece and in authored order.
        chosen.sort_by_key(|(_, entry)| entry.set.as_ref().map(|place| (place.id.clone(), place.position)));
        let items: Vec<String> = chosen.iter().map(|(_, entry)| entry.item.clone()).collect();
        if check_form(pool, blueprint, &Earlier::none(), &items).is_empty() {
            forms.push(items.into_iter().collect());
        }
    }
    forms
}

/// Chi-square of how often each form came up against the chances given, as a number of standard deviations above its mean.
fn deviation(counts: &BTreeMap<BTreeSet<String>, u32>, chances: &[(BTreeSet<String>, f64)]) -> f64 {
    let total: u32 = counts.values().sum();
    let (forms, whole) = (chances.len(), chances.iter().map(|(_, chance)| chance).sum::<f64>());
    assert!(counts.keys().all(|form| chances.iter().any(|(known, _)| known == form)), "a form that is none was drawn");
    let chi: f64 = chances
        .iter()
        .map(|(form, chance)| {
            let expected = f64::from(total) * chance / whole;
            (f64::from(counts.get(form).copied().unwrap_or_default()) - expected).powi(2) / expected
        })
        .sum();
    let degrees = forms as f64 - 1.0;
    (chi - degrees) / (2.0 * degrees).sqrt()
}

fn equal(forms: Vec<BTreeSet<String>>) -> Vec<(BTreeSet<String>, f64)> {
    forms.into_iter().map(|form| (form, 1.0)).collect()
}

fn drawn(pool: &Pool, blueprint: &Blueprint, times: usize) -> BTreeMap<BTreeSet<String>, u32> {
    let prepared = Prepared::new(pool, blueprint, &Earlier::none()).unwrap();
    let mut counts = BTreeMap::new();
    for number in 0..times {
        let draw = prepared.draw(&secret(1), &number.to_string()).unwrap();
        *counts.entry(draw.items.into_iter().collect()).or_default() += 1;
    }
    counts
}

#[test]
fn every_form_of_a_toy_bank_is_drawn_as_often_as_any_other() {
    let (pool, blueprint) = pools2::toy();
    let pool = pool.build();
    let forms = every_form(&pool, &blueprint);
    assert!((50..2_000).contains(&forms.len()), "{} forms", forms.len());
    let times = 100 * forms.len();
    let deviation = deviation(&drawn(&pool, &blueprint, times), &equal(forms));
    assert!(deviation.abs() < 4.0, "{deviation:.1} standard deviations");
}

#[test]
fn weights_make_forms_as_likely_as_the_product_of_their_items() {
    let (builder, blueprint) = pools2::toy();
    let mut pool = builder.build();
    for (at, entry) in pool.entries.iter_mut().enumerate() {
        entry.weight = [1, 2, 3, 5][at % 4];
    }
    let weight: BTreeMap<&str, f64> = pool.entries.iter().map(|e| (e.item.as_str(), f64::from(e.weight))).collect();
    let forms = every_form(&pool, &blueprint);
    let times = 100 * forms.len();
    let weighted: Vec<_> =
        forms.into_iter().map(|form| (form.clone(), form.iter().map(|item| weight[item.as_str()]).product())).collect();
    let counts = drawn(&pool, &blueprint, times);
    let as_weighted = deviation(&counts, &weighted);
    assert!(as_weighted.abs() < 4.0, "{as_weighted:.1} standard deviations");
    let as_equal = deviation(&counts, &equal(weighted.into_iter().map(|(form, _)| form).collect()));
    assert!(as_equal > 20.0, "weights are felt: {as_equal:.1} standard deviations");
}

/// The same pool for `invigil-draw-1`.
fn first(pool: &Pool) -> Pool1 {
    let entry = |e: &question_bank::draw2::PoolEntry| PoolEntry1 {
        item: e.item.clone(),
        domain: e.domain.clone(),
        level: e.level,
        options: 3,
        set: e.set.clone(),
        enemies: e.enemies.clone(),
    };
    let entries = pool.entries.iter().map(entry).collect();
    Pool1 { format: Pool1::FORMAT.into(), version: 1, scheme: pool.scheme.clone(), entries }
}

#[test]
fn the_same_test_finds_a_stage_wise_draw_to_be_uneven() {
    // Without what draw-1 does not know: levels, words, difficulty.
    let (builder, toy) = pools2::toy();
    let pool = builder.build();
    let domains: Vec<(&str, u32)> = toy.domains.iter().map(|quota| (quota.domain.as_str(), quota.items)).collect();
    let blueprint = pools2::blueprint(&domains, toy.scenario_sets, toy.items_per_set);
    let forms = every_form(&pool, &blueprint);
    let times = 100 * forms.len();
    let even = deviation(&drawn(&pool, &blueprint, times), &equal(forms.clone()));
    assert!(even.abs() < 4.0, "draw-2: {even:.1} standard deviations");

    let drawer = Drawer::new(&first(&pool), &pools::blueprint(&domains, 1, 2)).unwrap();
    let mut counts = BTreeMap::new();
    for number in 0..times {
        let draw = drawer.draw(&secret(1), &number.to_string()).unwrap();
        *counts.entry(draw.items.into_iter().map(|item| item.item).collect()).or_default() += 1;
    }
    let uneven = deviation(&counts, &equal(forms));
    assert!(uneven > 20.0, "draw-1: {uneven:.1} standard deviations");
}

#[test]
fn pilot_items_and_places_on_the_form_are_even() {
    let pool = (0..6).fold(PoolBuilder2::default().alike("D1", 4), |pool, _| pool.pilot("D1")).build();
    let mut blueprint = pools2::blueprint(&[("D1", 2)], 0, Some(0));
    blueprint.pilots = 2;
    let prepared = Prepared::new(&pool, &blueprint, &Earlier::none()).unwrap();
    let pilots: BTreeSet<&str> =
        pool.entries.iter().filter(|e| e.difficulty.is_none()).map(|e| e.item.as_str()).collect();
    let (mut by_item, mut by_place) = (BTreeMap::<String, u32>::new(), [0_u32; 4]);
    for number in 0..6_000 {
        let draw = prepared.draw(&secret(1), &number.to_string()).unwrap();
        for (place, item) in draw.items.iter().enumerate().filter(|(_, item)| pilots.contains(item.as_str())) {
            *by_item.entry(item.clone()).or_default() += 1;
            by_place[place] += 1;
        }
    }
    assert!(by_item.len() == 6 && by_item.values().all(|count| count.abs_diff(2_000) < 200), "{by_item:?}");
    assert!(by_place.iter().all(|count| count.abs_diff(3_000) < 200), "{by_place:?}");
}
