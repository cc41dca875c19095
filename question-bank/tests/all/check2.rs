//! The check of forms that knows nothing of the draw: each rule is noticed when it is broken, and no other.

use std::collections::BTreeSet;

use question_bank::{
    bank::Level,
    draw2::{Blueprint, Earlier, Pool, Prepared, Range, Violation, check_form},
};

use crate::{draw::secret, pools2};

fn sound() -> (Pool, Blueprint, Vec<String>) {
    let (pool, blueprint) = pools2::bank400();
    let pool = pool.build();
    let draw = Prepared::new(&pool, &blueprint, &Earlier::none()).unwrap().draw(&secret(1), "p").unwrap();
    (pool, blueprint, draw.items)
}

fn entry<'a>(pool: &'a Pool, item: &str) -> &'a question_bank::draw2::PoolEntry {
    pool.entries.iter().find(|entry| entry.item == item).unwrap()
}

#[test]
fn a_sound_form_breaks_no_rule() {
    let (pool, blueprint, items) = sound();
    assert_eq!(check_form(&pool, &blueprint, &Earlier::none(), &items), []);
}

#[test]
fn a_blueprint_that_asks_for_something_else_is_broken_in_just_that() {
    let (pool, sound, items) = sound();
    let broken = |change: &dyn Fn(&mut Blueprint)| {
        let mut blueprint = sound.clone();
        change(&mut blueprint);
        check_form(&pool, &blueprint, &Earlier::none(), &items)
    };
    let level = |range: fn(&mut question_bank::draw2::LevelRange)| {
        broken(&|b| b.levels.iter_mut().filter(|r| r.level == Level::Analysis).for_each(range))
    };
    let is = |found: &[Violation], rule: fn(&Violation) -> bool| found.len() == 1 && rule(&found[0]);
    let analysis = |v: &Violation| matches!(v, Violation::Level { level: Level::Analysis, .. });
    assert!(is(&level(|range| range.max = 3), analysis) && is(&level(|range| range.min = 79), analysis));
    assert!(is(&broken(&|b| b.domains[2].items += 1), |v| matches!(
        v,
        Violation::Domain { items: 16, wanted: 17, .. }
    )));
    assert!(is(&broken(&|b| b.scenario_sets = 4), |v| matches!(v, Violation::Sets(5))));
    assert_eq!(broken(&|b| b.items_per_set = Some(4)).len(), 5);
    assert_eq!(broken(&|b| b.items_per_set = None).len(), 5, "five of six are no whole set");
    assert!(is(&broken(&|b| b.words = Some(Range { min: 1, max: 100 })), |v| matches!(
        v,
        Violation::Words(8_900..=9_500)
    )));
    let harder = broken(&|b| b.difficulty = Some(Range { min: 60_000, max: 70_000 }));
    assert!(is(&harder, |v| matches!(v, Violation::Difficulty(51_500..=52_700))));
    assert!(is(&broken(&|b| b.pilots = 4), |v| matches!(v, Violation::Pilots(5))));
}

#[test]
fn a_changed_form_is_noticed() {
    let (pool, blueprint, items) = sound();
    let broken = |change: &dyn Fn(&mut Vec<String>)| {
        let mut items = items.clone();
        change(&mut items);
        check_form(&pool, &blueprint, &Earlier::none(), &items)
    };
    let has = |found: &[Violation], rule: fn(&Violation) -> bool| found.iter().any(rule);
    assert!(has(&broken(&|items| items[3] = items[2].clone()), |v| matches!(v, Violation::Twice(_))));
    assert!(has(&broken(&|items| items[3] = "x".into()), |v| matches!(v, Violation::NotInPool(_))));
    // A set's items pulled apart, and out of order.
    let at = items.iter().position(|item| entry(&pool, item).set.is_some()).unwrap();
    let scattered = |v: &Violation| matches!(v, Violation::Scattered(_));
    assert!(has(&broken(&|items| items.swap(at, at + 1)), scattered));
    let away = |items: &mut Vec<String>| {
        let item = items.remove(at);
        let end = if at > 40 { 0 } else { items.len() };
        items.insert(end, item);
    };
    assert!(has(&broken(&away), scattered));
    // An item swapped for the enemy of another.
    let on_form: BTreeSet<&String> = items.iter().collect();
    let enemy =
        items.iter().flat_map(|item| &entry(&pool, item).enemies).find(|enemy| !on_form.contains(enemy)).unwrap();
    assert!(has(&broken(&|items| items[79] = enemy.clone()), |v| matches!(v, Violation::Enemies { .. })));
}

#[test]
fn what_the_candidate_met_before_is_noticed() {
    let (pool, blueprint, items) = sound();
    let mut seen = items[..17].to_vec();
    seen.sort();
    let set = items.iter().find_map(|item| entry(&pool, item).set.as_ref()).unwrap().id.clone();
    let earlier = Earlier { items: seen, sets: vec![set.clone()] };
    let broken = check_form(&pool, &blueprint, &earlier, &items);
    assert_eq!(broken, [Violation::Returns(set), Violation::SharedItems(17)]);
}

#[test]
fn where_difficulties_are_summed_an_item_without_one_is_noticed() {
    let (mut pool, blueprint, items) = sound();
    let scored = items.iter().find(|item| entry(&pool, item).difficulty.is_some()).unwrap();
    pool.entries.iter_mut().filter(|entry| entry.item == *scored).for_each(|entry| entry.difficulty = None);
    let broken = check_form(&pool, &blueprint, &Earlier::none(), &items);
    assert!(broken.contains(&Violation::Unrated(scored.clone())), "{broken:?}");
    let refused = Prepared::new(&pool, &blueprint, &Earlier::none()).unwrap_err();
    assert!(refused.to_string().contains(scored.as_str()), "{refused}");
}
