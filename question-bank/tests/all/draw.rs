//! The draw: whatever pool, blueprint and secret, the form is one that the blueprint describes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, sample::Index};
use question_bank::{
    Blueprint, CandidateSecret, Draw, DrawError, Drawer, PROCEDURE, Pool, PoolEntry, canonical::sha256_hex, draw,
};

use crate::pools::{self, PoolBuilder, tally};

pub(crate) fn secret(number: u8) -> CandidateSecret {
    CandidateSecret::new([number; 32])
}

/// Whether a draw is one that the blueprint describes; written down again, apart from the procedure.
fn check(pool: &Pool, blueprint: &Blueprint, draw: &Draw) -> Result<(), TestCaseError> {
    prop_assert_eq!((draw.format.as_str(), draw.version, draw.procedure.as_str()), (Draw::FORMAT, 1, PROCEDURE));
    let entries: BTreeMap<&str, &PoolEntry> = pool.entries.iter().map(|entry| (entry.item.as_str(), entry)).collect();
    let items: Vec<&str> = draw.items.iter().map(|item| item.item.as_str()).collect();
    let distinct: BTreeSet<&str> = items.iter().copied().collect();
    prop_assert_eq!(distinct.len(), items.len(), "items are distinct");
    prop_assert!(items.iter().all(|item| entries.contains_key(item)), "items are the pool's");

    let (domains, sets) = tally(pool, items.iter().copied());
    let wanted: BTreeMap<String, u32> =
        blueprint.domains.iter().filter(|q| q.items > 0).map(|quota| (quota.domain.clone(), quota.items)).collect();
    prop_assert_eq!(domains, wanted, "domains are exact");
    prop_assert_eq!(sets.len(), blueprint.scenario_sets as usize, "sets are exact");
    prop_assert!(sets.values().all(|&items| items == blueprint.items_per_set), "items of sets are exact: {:?}", sets);

    for item in &items {
        prop_assert!(entries[item].enemies.iter().all(|enemy| !distinct.contains(enemy.as_str())), "enemies are apart");
    }
    let set = |item: &str| entries[item].set.as_ref().map(|place| place.id.as_str());
    let units: Vec<&[&str]> = items.chunk_by(|one, next| set(one).is_some() && set(one) == set(next)).collect();
    let sets_in_one_piece = units.iter().filter(|unit| set(unit[0]).is_some()).count();
    prop_assert_eq!(sets_in_one_piece, sets.len(), "items of a set stand together");
    for unit in units {
        let places: Vec<u32> = unit.iter().filter_map(|item| entries[item].set.as_ref()).map(|p| p.position).collect();
        prop_assert!(places.is_sorted(), "items of a set stand in authored order: {:?}", places);
    }
    for item in &draw.items {
        let mut order = item.options.clone();
        order.sort_unstable();
        prop_assert_eq!(order, (0..entries[item.item.as_str()].options).collect::<Vec<_>>(), "options are shuffled");
    }
    Ok(())
}

const DOMAINS: [&str; 4] = ["D1", "D2", "D3", "D4"];

/// Domains of the items of some scenario sets, and how many sets of how many items a form takes.
fn any_sets() -> impl Strategy<Value = (Vec<Vec<usize>>, u32, u32)> {
    (prop::collection::vec(prop::collection::vec(0..DOMAINS.len(), 1..5), 0..5), any::<(Index, Index)>()).prop_map(
        |(sets, (how_many, how_long))| {
            if sets.is_empty() {
                return (sets, 0, 0);
            }
            let each = 1 + how_long.index(sets.iter().map(Vec::len).max().unwrap());
            let usable = sets.iter().filter(|set| set.len() >= each).count();
            (sets, 1 + u32::try_from(how_many.index(usable)).unwrap(), u32::try_from(each).unwrap())
        },
    )
}

fn add_sets(pool: PoolBuilder, sets: &[Vec<usize>]) -> PoolBuilder {
    sets.iter().fold(pool, |pool, set| pool.set(set.iter().map(|&domain| DOMAINS[domain])))
}

fn quotas(items: [u32; 4], sets: u32, each: u32) -> Blueprint {
    pools::blueprint(&std::array::from_fn::<_, 4, _>(|d| (DOMAINS[d], items[d])), sets, each)
}

/// A pool in which every choice of sets and every order of items leads to a form: quotas that no sets overfill, and
/// more items than enemies could ever bar. Every item has one enemy at most, and of two enemies one stands alone.
fn any_ample() -> impl Strategy<Value = (PoolBuilder, Blueprint)> {
    (any_sets(), prop::array::uniform4(0..4_u32), prop::collection::vec(any::<(Index, Index)>(), 0..12)).prop_map(
        |((sets, how_many, each), singles, pairs)| {
            let items = singles.map(|items| items + how_many * each);
            let total: u32 = items.iter().sum();
            let mut pool = PoolBuilder::default();
            for (domain, items) in DOMAINS.into_iter().zip(items) {
                pool = pool.stand_alone(domain, (items + total) as usize);
            }
            let stand_alone = pool.len();
            pool = add_sets(pool, &sets);
            let mut paired = BTreeSet::new();
            for (one, other) in pairs.iter().filter(|_| stand_alone > 0) {
                let (one, other) = (one.index(stand_alone), other.index(pool.len()));
                if one != other && !paired.contains(&one) && !paired.contains(&other) {
                    paired.extend([one, other]);
                    pool = pool.enemies(one, other);
                }
            }
            (pool, quotas(items, how_many, each))
        },
    )
}

/// A pool with exactly one more stand-alone item than needed in each domain, and quotas that one certain choice of sets
/// meets; others may overfill them.
fn any_tight() -> impl Strategy<Value = (PoolBuilder, Blueprint)> {
    (any_sets(), prop::array::uniform4(0..4_u32)).prop_map(|((sets, how_many, each), singles)| {
        let mut items = singles;
        let usable = sets.iter().filter(|set| set.len() >= each as usize).take(how_many as usize);
        usable.flat_map(|set| &set[..each as usize]).for_each(|&domain| items[domain] += 1);
        let mut pool = PoolBuilder::default();
        for (domain, items) in DOMAINS.into_iter().zip(items) {
            pool = pool.stand_alone(domain, items as usize + 1);
        }
        (add_sets(pool, &sets), quotas(items, how_many, each))
    })
}

fn has_items(blueprint: &Blueprint) -> bool {
    blueprint.items() > 0
}

proptest! {
    #[test]
    fn an_ample_pool_always_gives_a_form_that_the_blueprint_describes(
        (pool, blueprint) in any_ample().prop_filter("a form has items", |(_, blueprint)| has_items(blueprint)),
        bytes in any::<[u8; 32]>(),
        pseudonym in ".{0,20}",
    ) {
        let pool = pool.build();
        let drawer = Drawer::new(&pool, &blueprint).unwrap();
        let secret = CandidateSecret::new(bytes);
        let drawn = drawer.draw(&secret, &pseudonym).unwrap();
        check(&pool, &blueprint, &drawn)?;
        prop_assert_eq!(drawer.draw(&secret, &pseudonym), Ok(drawn.clone()), "the same drawer, the same draw");
        prop_assert_eq!(draw(&pool, &blueprint, &secret, &pseudonym), Ok(drawn), "another drawer, the same draw");
    }

    #[test]
    fn a_tight_pool_gives_such_a_form_or_says_that_it_gave_up(
        (pool, blueprint) in any_tight().prop_filter("a form has items", |(_, blueprint)| has_items(blueprint)),
        bytes in any::<[u8; 32]>(),
    ) {
        let pool = pool.build();
        match Drawer::new(&pool, &blueprint).unwrap().draw(&CandidateSecret::new(bytes), "c") {
            Ok(drawn) => check(&pool, &blueprint, &drawn)?,
            Err(DrawError::Exhausted { attempts, .. }) => prop_assert_eq!(attempts, question_bank::draw::MAX_ATTEMPTS),
            Err(error) => prop_assert!(false, "a pool that can meet the blueprint is refused: {}", error),
        }
    }
}

#[test]
fn pools_of_every_shape_give_forms_that_their_blueprint_describes() {
    for (pool, blueprint) in [pools::with_sets(), pools::with_enemies(), pools::caisp_shaped()] {
        let pool = pool.build();
        let drawer = Drawer::new(&pool, &blueprint).unwrap();
        for number in 0..100 {
            check(&pool, &blueprint, &drawer.draw(&secret(number), "candidate").unwrap()).unwrap();
        }
    }
}

#[test]
fn other_secrets_and_other_pseudonyms_give_other_draws() {
    let (pool, blueprint) = pools::caisp_shaped();
    let drawer = Drawer::new(&pool.build(), &blueprint).unwrap();
    let by_secret: BTreeSet<String> = (0..100).map(|n| drawer.draw(&secret(n), "p").unwrap().digest()).collect();
    let by_pseudonym: BTreeSet<String> =
        (0..100).map(|n| drawer.draw(&secret(0), &format!("p{n}")).unwrap().digest()).collect();
    assert_eq!((by_secret.len(), by_pseudonym.len()), (100, 100));
}

#[test]
fn the_key_of_a_draw_depends_on_all_that_was_committed_to() {
    let (pool, blueprint) = pools::caisp_shaped();
    let key = |pool: &Pool, blueprint: &Blueprint, number: u8, pseudonym: &str| {
        Drawer::new(pool, blueprint).unwrap().key(&secret(number), pseudonym)
    };
    let pool = pool.build();
    let (mut other_pool, mut other_blueprint) = (pool.clone(), blueprint.clone());
    other_pool.entries[0].options = 4;
    other_blueprint.edition = "2".into();
    let keys = BTreeSet::from([
        key(&pool, &blueprint, 1, "p"),
        key(&other_pool, &blueprint, 1, "p"),
        key(&pool, &other_blueprint, 1, "p"),
        key(&pool, &blueprint, 2, "p"),
        key(&pool, &blueprint, 1, "q"),
    ]);
    assert_eq!(keys.len(), 5);
}

#[test]
fn items_of_a_domain_that_the_blueprint_does_not_name_are_never_drawn() {
    let pool =
        PoolBuilder::default().stand_alone("D1", 4).stand_alone("D9", 4).set(["D1", "D9"]).set(["D1", "D1"]).build();
    let blueprint = pools::blueprint(&[("D1", 3)], 1, 1);
    let drawer = Drawer::new(&pool, &blueprint).unwrap();
    for number in 0..50 {
        check(&pool, &blueprint, &drawer.draw(&secret(number), "p").unwrap()).unwrap();
    }
}

#[test]
fn excluded_items_are_drawn_no_more_and_bar_no_one() {
    let (pool, blueprint) = pools::with_enemies();
    let pool = pool.build();
    let excluded = BTreeSet::from([pools::name(1), pools::name(9)]);
    let rest = pool.without(&excluded);
    assert_eq!(rest.check(), Ok(()));
    assert_eq!(rest.entries.len(), pool.entries.len() - 2);
    let named: Vec<&String> = rest.entries.iter().flat_map(|e| e.enemies.iter().chain([&e.item])).collect();
    assert!(named.iter().all(|name| !excluded.contains(*name)));
    let drawer = Drawer::new(&rest, &blueprint).unwrap();
    for number in 0..50 {
        check(&rest, &blueprint, &drawer.draw(&secret(number), "p").unwrap()).unwrap();
    }
}

#[test]
fn digests_are_those_of_the_documents_that_were_given() {
    let (pool, blueprint) = pools::with_sets();
    let pool = pool.build();
    let drawer = Drawer::new(&pool, &blueprint).unwrap();
    assert_eq!(drawer.pool_digest(), pool.digest());
    assert_eq!(drawer.blueprint_digest(), blueprint.digest());
    let domains = r#"[{"domain":"D1","items":2},{"domain":"D2","items":5}]"#;
    let rest = r#""format":"invigil-blueprint","items_per_set":2,"scenario_sets":2,"scheme":"synthetic","version":1"#;
    let canonical = format!(r#"{{"domains":{domains},"edition":"1",{rest}}}"#);
    assert_eq!(blueprint.digest(), sha256_hex(canonical.as_bytes()));
}
