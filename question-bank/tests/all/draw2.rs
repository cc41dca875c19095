//! The draw by `invigil-draw-2`: whatever pool, blueprint and secret, the form is one that the blueprint describes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use question_bank::{
    bank::Level,
    draw2::{Blueprint, Conflict, Earlier, MAX_ATTEMPTS, Pool, PrepareError, Prepared, Range, check_form},
};

use crate::{
    draw::secret,
    pools::name,
    pools2::{self, LEVELS, PoolBuilder2, set_name},
};

fn prepared(pool: &Pool, blueprint: &Blueprint) -> Prepared {
    Prepared::new(pool, blueprint, &Earlier::none()).unwrap()
}

/// Draws forms for candidates by number, none of which may break a rule.
fn assert_sound(pool: &Pool, blueprint: &Blueprint, earlier: &Earlier, candidates: std::ops::Range<u32>) {
    let prepared = Prepared::new(pool, blueprint, earlier).unwrap();
    for number in candidates {
        let draw = prepared.draw(&secret(1), &number.to_string()).unwrap();
        assert_eq!(check_form(pool, blueprint, earlier, &draw.items), [], "candidate {number}");
    }
}

fn earlier(items: impl IntoIterator<Item = String>, sets: impl IntoIterator<Item = String>) -> Earlier {
    let sorted = |names: BTreeSet<String>| names.into_iter().collect();
    Earlier { items: sorted(items.into_iter().collect()), sets: sorted(sets.into_iter().collect()) }
}

#[test]
fn two_thousand_forms_of_a_whole_bank_break_no_rule() {
    let (pool, blueprint) = pools2::bank400();
    assert_sound(&pool.build(), &blueprint, &Earlier::none(), 0..2_000);
}

#[test]
#[ignore = "a million forms: `cargo xtask soak`"]
fn soak_a_million_forms_of_a_whole_bank_break_no_rule() {
    let (pool, blueprint) = pools2::bank400();
    assert_sound(&pool.build(), &blueprint, &Earlier::none(), 0..1_000_000);
}

#[test]
fn whole_sets_of_several_lengths_stand_on_forms_whole() {
    let pool = PoolBuilder2::default()
        .alike("D1", 8)
        .set([("D1", Level::Analysis); 2])
        .set([("D1", Level::Analysis); 3])
        .set([("D1", Level::Analysis); 5]);
    let blueprint = pools2::blueprint(&[("D1", 8)], 2, None);
    assert_sound(&pool.build(), &blueprint, &Earlier::none(), 0..300);
}

#[test]
fn a_candidate_meets_few_items_again_and_no_scenario() {
    let (pool, blueprint) = pools2::bank400();
    let pool = pool.build();
    let first = prepared(&pool, &blueprint).draw(&secret(2), "first").unwrap();
    let sets = first.items.iter().filter_map(|item| pool.entries.iter().find(|e| e.item == *item)?.set.as_ref());
    let earlier = earlier(first.items.clone(), sets.map(|place| place.id.clone()));
    assert_eq!(earlier.sets.len(), 5);
    assert_sound(&pool, &blueprint, &earlier, 0..200);
    let strict = Blueprint { shared_items: Some(0), ..blueprint };
    assert_sound(&pool, &strict, &earlier, 0..200);
}

#[test]
fn the_same_input_gives_the_same_draw_and_any_other_input_another() {
    let (pool, blueprint) = pools2::toy();
    let pool = pool.build();
    let draw = |pool: &Pool, blueprint: &Blueprint, earlier: &Earlier, number, pseudonym: &str| {
        let prepared = Prepared::new(pool, blueprint, earlier).unwrap();
        (prepared.key(&secret(number), pseudonym), prepared.draw(&secret(number), pseudonym).unwrap())
    };
    let none = Earlier::none();
    let first = draw(&pool, &blueprint, &none, 1, "p");
    assert_eq!(draw(&pool, &blueprint, &none, 1, "p"), first);
    let (mut other_pool, other_blueprint) = (pool.clone(), Blueprint { edition: "2".into(), ..blueprint.clone() });
    other_pool.entries[0].words += 1;
    let met = earlier([name(99)], []);
    let keys = BTreeSet::from([
        first.0,
        draw(&other_pool, &blueprint, &none, 1, "p").0,
        draw(&pool, &other_blueprint, &none, 1, "p").0,
        draw(&pool, &blueprint, &met, 1, "p").0,
        draw(&pool, &blueprint, &none, 2, "p").0,
        draw(&pool, &blueprint, &none, 1, "q").0,
    ]);
    assert_eq!(keys.len(), 6);
}

#[test]
fn what_counting_shows_to_be_impossible_is_named() {
    let (pool, sound) = pools2::bank400();
    let pool = pool.build();
    let conflicts = |change: &dyn Fn(&mut Blueprint), earlier: &Earlier| -> Vec<String> {
        let mut blueprint = sound.clone();
        change(&mut blueprint);
        match Prepared::new(&pool, &blueprint, earlier) {
            Err(PrepareError::Infeasible(conflicts)) => conflicts.iter().map(ToString::to_string).collect(),
            other => panic!("{:?}", other.map(drop)),
        }
    };
    let of = |change: &dyn Fn(&mut Blueprint)| conflicts(change, &Earlier::none());
    assert_eq!(
        of(&|b| b.items_per_set = Some(7)),
        ["scenario sets with at least 7 items that may stand together: 5 needed, 0 available"]
    );
    assert_eq!(of(&|b| b.domains[6].items = 60), ["domain D7: 60 items wanted, forms can hold 0 to 27"]);
    assert_eq!(of(&|b| b.pilots = 25), ["pilot items: 25 needed, 24 available"]);
    let level = of(&|b| b.levels = pools2::levels(&[(Level::Comprehension, 70, 80)]));
    assert!(level[0].starts_with("level comprehension: 70 to 80 items wanted, forms can hold 0 to "), "{level:?}");
    let levels = of(&|b| b.levels.iter_mut().for_each(|range| range.max = range.min));
    assert_eq!(levels, ["the levels allow 59 to 59 items together, the form has 80"]);
    let short = |b: &mut Blueprint| (b.pilots, b.words) = (0, Some(Range { min: 1, max: 2 }));
    assert!(of(&short)[0].starts_with("words: 1 to 2 wanted, forms can have "), "{:?}", of(&short));
    let easy = of(&|b| b.difficulty = Some(Range { min: 79_000, max: 80_000 }));
    assert!(easy[0].starts_with("difficulty: a sum of 79000 to 80000 thousandths wanted"), "{easy:?}");
    let all = earlier(pool.entries.iter().map(|entry| entry.item.clone()), []);
    assert_eq!(conflicts(&|_| {}, &all), ["items met before: at most 16 wanted, any form has at least 80"]);
    let sets = earlier([], (0..14).map(set_name));
    assert!(conflicts(&|_| {}, &sets)[0].starts_with("scenario sets with at least 5 items"), "no scenario returns");
}

#[test]
fn where_constraints_conflict_only_together_those_are_named_without_which_it_works() {
    // Short items are easy here, long ones hard.
    let mut pool = PoolBuilder2::default();
    for number in 0..12 {
        pool = pool.item("D1", LEVELS[number % 4], 40 + 10 * number as u32, 850 - 40 * number as u32);
    }
    let (pool, mut blueprint) = (pool.enemies(0, 4).build(), pools2::blueprint(&[("D1", 4)], 0, Some(0)));
    blueprint.words = Some(Range { min: 160, max: 260 });
    blueprint.difficulty = Some(Range { min: 1_000, max: 2_400 });
    let prepared = prepared(&pool, &blueprint);
    let exhausted = prepared.draw(&secret(1), "p").unwrap_err();
    assert_eq!(exhausted.attempts, MAX_ATTEMPTS);
    let conflict = Conflict::explain(&pool, &blueprint, &Earlier::none());
    let Conflict::Together { without, .. } = conflict else { panic!("{conflict}") };
    assert_eq!(without, ["words, 160 to 260", "difficulty, 1000 to 2400"]);
}

const DOMAINS: [&str; 3] = ["D1", "D2", "D3"];

/// Any pool of a few items, and a blueprint that a form of it meets.
fn any_pool() -> impl Strategy<Value = (PoolBuilder2, Blueprint)> {
    let item = (0..3_usize, 0..4_usize, 20..100_u32, 300..900_u32);
    let set = prop::collection::vec((0..3_usize, 0..4_usize), 2..4);
    let pair = any::<(prop::sample::Index, prop::sample::Index)>();
    (
        prop::collection::vec(item, 8..20),
        prop::collection::vec(set, 0..4),
        prop::collection::vec(pair, 0..6),
        (any::<bool>(), any::<bool>(), 0..3_u32, 1..9_u32),
    )
        .prop_map(|(items, sets, pairs, (whole, tight, pilots, weight))| {
            let mut pool = PoolBuilder2::default();
            for &(domain, level, words, difficulty) in &items {
                pool = pool.item(DOMAINS[domain], LEVELS[level], words, difficulty);
            }
            for set in &sets {
                pool = pool.set(set.iter().map(|&(domain, level)| (DOMAINS[domain], LEVELS[level])));
            }
            pool = (0..pilots + 1).fold(pool, |pool, _| pool.pilot("D1"));
            let each = if whole { sets.first().map_or(0, Vec::len) } else { 2 };
            // What the form below is made of is at peace.
            let on_form = |at: usize| {
                let in_sets = items.len() + sets.iter().map(Vec::len).sum::<usize>();
                at >= in_sets
                    || (at < items.len() && at.is_multiple_of(2))
                    || (items.len()..items.len() + each).contains(&at)
            };
            for (one, other) in pairs {
                let (one, other) = (one.index(pool.len()), other.index(pool.len()));
                if one != other && !(on_form(one) && on_form(other)) {
                    pool = pool.enemies(one, other);
                }
            }
            pool = pool.with(0, |entry| entry.weight = weight);
            // The first set and every other single item make the form that the blueprint describes.
            let mut form: Vec<(usize, usize, u32, u32)> = items.iter().copied().step_by(2).collect();
            let scenario_sets = u32::from(!sets.is_empty());
            let each = if sets.is_empty() { 0 } else { each };
            form.extend(sets.first().into_iter().flatten().take(each).map(|&(domain, level)| (domain, level, 50, 700)));
            let count = |domain| u32::try_from(form.iter().filter(|item| item.0 == domain).count()).unwrap();
            let quotas: Vec<_> = DOMAINS.iter().enumerate().map(|(at, domain)| (*domain, count(at))).collect();
            let per_set = if whole && scenario_sets > 0 { None } else { Some(u32::try_from(each).unwrap()) };
            let mut blueprint = pools2::blueprint(&quotas, scenario_sets, per_set);
            let level = u32::try_from(form.iter().filter(|item| item.1 == 2).count()).unwrap();
            blueprint.levels = pools2::levels(&[(LEVELS[2], level.saturating_sub(u32::from(!tight)), level + 1)]);
            let sum: u32 = form.iter().map(|item| item.3).sum();
            blueprint.difficulty = Some(Range { min: sum.saturating_sub(400), max: sum + 400 });
            let words: u32 = form.iter().map(|item| item.2).sum::<u32>() + 200 * scenario_sets + 50 * pilots;
            blueprint.words = Some(Range { min: words.saturating_sub(150), max: words + 150 });
            blueprint.pilots = pilots;
            (pool, blueprint)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_pool_that_has_a_form_gives_one_and_none_breaks_a_rule((pool, blueprint) in any_pool(), number in any::<u8>()) {
        let pool = pool.build();
        let draw = prepared(&pool, &blueprint).draw(&secret(number), "p").unwrap();
        let broken = check_form(&pool, &blueprint, &Earlier::none(), &draw.items);
        prop_assert!(broken.is_empty(), "{:?}", broken);
    }
}
