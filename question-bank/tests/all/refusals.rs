//! What cannot be drawn is refused, with what is short.

use question_bank::{Blueprint, DrawError, Drawer, Pool, Shortage, draw};

use crate::{
    draw::secret,
    pools::{PoolBuilder, blueprint, with_sets},
};

fn shortages(pool: PoolBuilder, blueprint: &Blueprint) -> Vec<Shortage> {
    match Drawer::new(&pool.build(), blueprint) {
        Err(DrawError::Infeasible(shortages)) => shortages,
        other => panic!("not refused as infeasible: {other:?}"),
    }
}

#[test]
fn too_few_usable_sets_are_named_with_how_many_there_are() {
    let pool = PoolBuilder::default().stand_alone("D1", 9).set(["D1", "D1", "D1"]).set(["D1", "D1"]);
    let short = shortages(pool, &blueprint(&[("D1", 9)], 2, 3));
    assert_eq!(short, [Shortage::Sets { items_per_set: 3, needed: 2, available: 1 }]);
    assert_eq!(short[0].to_string(), "scenario sets with at least 3 eligible items: 2 needed, 1 available");
}

#[test]
fn a_domain_short_of_items_is_named_with_the_most_a_form_could_hold() {
    // Two sets of two: at the most one brings two of D2, the other one.
    let pool = PoolBuilder::default()
        .stand_alone("D1", 9)
        .stand_alone("D2", 2)
        .set(["D2", "D2", "D2"])
        .set(["D1", "D2"])
        .set(["D1", "D1"]);
    let short = shortages(pool, &blueprint(&[("D1", 3), ("D2", 6)], 2, 2));
    assert_eq!(short, [Shortage::Domain { domain: "D2".into(), needed: 6, available: 5 }]);
    assert_eq!(short[0].to_string(), "domain D2: 6 items needed, 5 available");
}

#[test]
fn a_domain_that_sets_overfill_whatever_is_chosen_is_named_with_the_least_they_bring() {
    let pool = PoolBuilder::default()
        .stand_alone("D1", 9)
        .stand_alone("D2", 9)
        .set(["D2", "D2", "D1"])
        .set(["D2", "D2", "D2"])
        .set(["D2", "D2", "D2"]);
    let short = shortages(pool, &blueprint(&[("D1", 4), ("D2", 2)], 2, 2));
    assert_eq!(short, [Shortage::Overfull { domain: "D2".into(), wanted: 2, least: 3 }]);
    assert_eq!(short[0].to_string(), "domain D2: 2 items wanted, but any choice of scenario sets brings at least 3");
}

#[test]
fn everything_that_is_short_is_said_at_once() {
    let pool = PoolBuilder::default().stand_alone("D1", 1).set(["D2", "D2"]);
    let wanted = blueprint(&[("D1", 2), ("D2", 0), ("D3", 3)], 2, 2);
    assert_eq!(
        shortages(pool.clone(), &wanted),
        [
            Shortage::Sets { items_per_set: 2, needed: 2, available: 1 },
            Shortage::Domain { domain: "D1".into(), needed: 2, available: 1 },
            Shortage::Overfull { domain: "D2".into(), wanted: 0, least: 2 },
            Shortage::Domain { domain: "D3".into(), needed: 3, available: 0 },
        ]
    );
    let error = Drawer::new(&pool.build(), &wanted).unwrap_err().to_string();
    assert_eq!(error.matches("; ").count(), 3, "{error}");
    assert!(error.starts_with("the pool cannot meet the blueprint: scenario sets"), "{error}");
}

#[test]
fn a_pool_that_has_exactly_enough_is_not_refused() {
    let pool = PoolBuilder::default().stand_alone("D1", 1).stand_alone("D2", 1).set(["D1", "D2"]).build();
    let drawn = draw(&pool, &blueprint(&[("D1", 2), ("D2", 2)], 1, 2), &secret(1), "p").unwrap();
    assert_eq!(drawn.items.len(), 4);
}

fn cause(pool: PoolBuilder, blueprint: &Blueprint) -> String {
    match draw(&pool.build(), blueprint, &secret(1), "p") {
        Err(DrawError::Exhausted { attempts: 1_000, cause }) => cause,
        other => panic!("not given up: {other:?}"),
    }
}

#[test]
fn what_counting_cannot_see_ends_after_a_thousand_attempts_with_the_cause() {
    let enemies_everywhere = PoolBuilder::default().stand_alone("D1", 2).enemies(0, 1);
    assert_eq!(
        cause(enemies_everywhere, &blueprint(&[("D1", 2)], 0, 0)),
        "domain D1 had too few items that are not enemies"
    );

    let enemies_in_the_set = PoolBuilder::default().stand_alone("D1", 2).set(["D1", "D1"]).enemies(2, 3);
    assert_eq!(cause(enemies_in_the_set, &blueprint(&[("D1", 3)], 1, 2)), "enemies stood in the chosen scenario sets");

    // Each set alone could be the other one, so no domain is overfull by itself.
    let overfull = PoolBuilder::default().stand_alone("D3", 1).set(["D1"]).set(["D2"]);
    let cause = cause(overfull, &blueprint(&[("D1", 0), ("D2", 0), ("D3", 1)], 1, 1));
    assert!(cause.starts_with("scenario sets brought too many items of domain D"), "{cause}");
}

#[test]
fn an_unsound_blueprint_is_refused_before_anything_is_counted() {
    let (pool, sound) = with_sets();
    let pool = pool.build();
    let refused = |change: &dyn Fn(&mut Blueprint)| {
        let mut blueprint = sound.clone();
        change(&mut blueprint);
        match Drawer::new(&pool, &blueprint) {
            Err(DrawError::Blueprint(reason)) => reason,
            other => panic!("not refused: {other:?}"),
        }
    };
    assert_eq!(refused(&|b| b.version = 2), "the document is \"invigil-blueprint\" version 2");
    assert_eq!(refused(&|b| b.format = "x".into()), "the document is \"x\" version 1");
    assert_eq!(refused(&|b| b.scheme = "x".into()), "it is for scheme \"x\", the pool for \"synthetic\"");
    assert_eq!(refused(&|b| b.domains[1].domain = "D1".into()), "a domain stands twice");
    assert_eq!(refused(&|b| b.domains.clear()), "0 items are no form: 1 to 1000 are");
    assert_eq!(refused(&|b| b.domains[0].items = 998), "1003 items are no form: 1 to 1000 are");
    assert_eq!(refused(&|b| b.domains[0].items = u32::MAX), "4294967300 items are no form: 1 to 1000 are");
    assert_eq!(refused(&|b| b.items_per_set = 0), "2 scenario sets of 0 items are none");
    assert_eq!(refused(&|b| b.items_per_set = 4), "8 items in scenario sets are more than the 7 of the form");
    assert_eq!(
        refused(&|b| (b.scenario_sets, b.items_per_set) = (u32::MAX, u32::MAX)),
        "18446744065119617025 items in scenario sets are more than the 7 of the form"
    );
}

#[test]
fn unknown_versions_and_unknown_fields_of_documents_are_refused() {
    let (pool, blueprint) = with_sets();
    let mut pool = pool.build();
    let json = serde_json::to_string(&pool).unwrap();
    assert_eq!(serde_json::from_str::<Pool>(&json).unwrap(), pool);
    assert!(serde_json::from_str::<Pool>(&json.replacen('{', "{\"extra\":1,", 1)).is_err());
    let json = serde_json::to_string(&blueprint).unwrap();
    assert!(serde_json::from_str::<Blueprint>(&json.replacen('{', "{\"extra\":1,", 1)).is_err());
    pool.version = 2;
    let error = Drawer::new(&pool, &blueprint).unwrap_err().to_string();
    assert_eq!(
        error,
        "the pool list is not sound: the document is \"invigil-pool\" version 2, not \"invigil-pool\" version 1"
    );
}
