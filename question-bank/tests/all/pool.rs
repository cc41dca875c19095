//! The pool list: which items may stand on a form, and lists that come from elsewhere.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use question_bank::{
    Pool, PoolError, Reason,
    bank::{Level, Status},
};

use crate::{
    fixture::{Files, TODAY},
    pools,
};

const ITEM: &str = "items/it-1.toml";
const SET: &str = "scenarios/s-1.toml";

/// Ids of the items in the pool, and the reasons against the others.
fn pool_of(files: &Files) -> (Vec<String>, BTreeMap<String, Vec<Reason>>) {
    let bank = files.hashed();
    let (pool, ineligible) = bank.pool(TODAY);
    assert_eq!(pool.check(), Ok(()));
    let mut ids: Vec<_> = pool.entries.iter().map(|entry| bank.by_version(&entry.item).unwrap().id.clone()).collect();
    ids.sort();
    (ids, ineligible.into_iter().map(|one| (one.id, one.reasons)).collect())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_sound_bank_is_a_pool_with_all_that_a_draw_needs() {
    let files = Files::sound().replace(ITEM, "revision", "enemies = [\"it-4\", \"s-1-2\"]\nrevision");
    let bank = files.hashed();
    let (pool, ineligible) = bank.pool(TODAY);
    assert_eq!(ineligible, []);
    assert_eq!((pool.format.as_str(), pool.version, pool.scheme.as_str()), ("invigil-pool", 1, "small"));
    let version = |id: &str| bank.hashes(id).unwrap().version.clone();
    let entry = |id: &str| pool.entries.iter().find(|entry| entry.item == version(id)).unwrap();
    let mut enemies = vec![version("it-4"), version("s-1-2")];
    enemies.sort();
    assert_eq!(entry("it-1").enemies, enemies);
    assert_eq!(entry("it-4").enemies, [version("it-1")]);
    assert_eq!((entry("it-4").domain.as_str(), entry("it-4").options), ("D2", 5));
    assert_eq!(entry("it-2").level, Level::Analysis);
    assert_eq!(entry("it-2").set, None);
    let place = entry("s-1-2").set.as_ref().unwrap();
    assert_eq!((Some(place.id.as_str()), place.position), (bank.set_hash("s-1"), 2));
    assert!(pool.entries.is_sorted_by(|a, b| a.item < b.item));
}

#[test]
fn items_of_a_status_that_the_scheme_does_not_allow_are_not_in_the_pool() {
    for (name, status) in [
        ("draft", Status::Draft),
        ("reviewed", Status::Reviewed),
        ("pilot", Status::Pilot),
        ("suspended", Status::Suspended),
        ("compromised", Status::Compromised),
        ("retired", Status::Retired),
    ] {
        let (ids, against) = pool_of(&Files::sound().replace(ITEM, "\"operational\"", &format!("{name:?}")));
        assert!(!ids.contains(&"it-1".to_owned()) && ids.len() == 6);
        assert_eq!(against, BTreeMap::from([("it-1".to_owned(), vec![Reason::Status { status }])]));
    }
    let files = Files::sound().replace(ITEM, "\"operational\"", "\"pilot\"").replace(
        "scheme.toml",
        "[\"operational\"]",
        "[\"operational\", \"pilot\"]",
    );
    assert_eq!(pool_of(&files).0.len(), 7, "a scheme may allow pilot items");
}

#[test]
fn items_that_nobody_reviewed_are_not_in_the_pool() {
    let (ids, against) = pool_of(&Files::sound().replace(SET, "reviewed = true", "reviewed = false"));
    assert_eq!(ids, ["it-1", "it-2", "it-3", "it-4"]);
    assert!(against.values().eq([&vec![Reason::NotReviewed], &vec![Reason::NotReviewed], &vec![Reason::NotReviewed]]));
}

#[test]
fn items_are_in_the_pool_until_the_day_of_their_review_and_no_longer() {
    let bank = Files::sound().replace(ITEM, "review_by = 2027-12-31", "review_by = 2027-01-31").hashed();
    assert_eq!(bank.pool(day("2027-01-31")).1, []);
    let (pool, ineligible) = bank.pool(day("2027-02-01"));
    assert_eq!(pool.entries.len(), 6);
    assert_eq!(ineligible[0].reasons, [Reason::ReviewExpired { review_by: day("2027-01-31") }]);
    assert_eq!(ineligible[0].reasons[0].to_string(), "its reference was to be reviewed by 2027-01-31");
    assert_eq!(bank.pool(day("2028-01-01")).0.entries, [], "in the end all expire");
}

#[test]
fn the_reference_that_expires_first_decides() {
    let another = "[[reference]]\nsource = \"Another\"\nedition = \"1\"\nlocator = \"1\"\nverified_on = 2026-01-05\n\
                   review_by = 2026-12-01\n\n[[option]]";
    let bank = Files::sound().replace(ITEM, "[[option]]", another).hashed();
    assert_eq!(bank.pool(day("2026-12-01")).1, []);
    assert_eq!(bank.pool(day("2026-12-02")).1[0].reasons, [Reason::ReviewExpired { review_by: day("2026-12-01") }]);
}

#[test]
fn every_reason_against_an_item_is_given() {
    let files = Files::sound()
        .replace(ITEM, "\"operational\"", "\"draft\"")
        .replace(ITEM, "reviewed = true", "reviewed = false")
        .replace(ITEM, "review_by = 2027-12-31", "review_by = 2026-11-23");
    let (_, against) = pool_of(&files);
    let expired = Reason::ReviewExpired { review_by: day("2026-11-23") };
    assert_eq!(against["it-1"], [Reason::Status { status: Status::Draft }, Reason::NotReviewed, expired]);
    assert_eq!(
        serde_json::to_value(&against["it-1"]).unwrap(),
        serde_json::json!([
            { "reason": "status", "status": "draft" },
            { "reason": "not_reviewed" },
            { "reason": "review_expired", "review_by": "2026-11-23" },
        ])
    );
}

#[test]
fn one_expired_item_of_a_set_leaves_the_others_at_their_places() {
    let text = Files::sound().text(SET).to_owned();
    let third = text.rfind("review_by = 2027-12-31").unwrap();
    let text = format!("{}review_by = 2026-11-23{}", &text[..third], &text[third + 22..]);
    let (pool, ineligible) = Files::sound().add(SET, text).hashed().pool(TODAY);
    assert_eq!(ineligible.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["s-1-3"]);
    let mut places: Vec<_> = pool.entries.iter().filter_map(|e| e.set.as_ref()).map(|place| place.position).collect();
    places.sort_unstable();
    assert_eq!(places, [1, 2]);
}

#[test]
fn an_item_that_is_not_in_the_pool_is_no_ones_enemy_there() {
    let files = Files::sound()
        .replace("items/it-2.toml", "revision", "enemies = [\"it-1\", \"it-3\"]\nrevision")
        .replace(ITEM, "\"operational\"", "\"suspended\"");
    let bank = files.hashed();
    let (pool, _) = bank.pool(TODAY);
    let version = &bank.hashes("it-2").unwrap().version;
    let entry = pool.entries.iter().find(|entry| entry.item == *version).unwrap();
    assert_eq!(entry.enemies, [bank.hashes("it-3").unwrap().version.clone()]);
}

#[test]
fn a_list_that_breaks_a_rule_of_the_format_is_refused_and_the_rule_named() {
    let (sound, _) = pools::with_enemies();
    let sound = sound.build();
    let refused = |change: &dyn Fn(&mut Pool)| {
        let mut pool = sound.clone();
        change(&mut pool);
        pool.check().expect_err("the list must be refused")
    };
    let with_enemy = sound.entries.iter().position(|entry| !entry.enemies.is_empty()).unwrap();
    let (item, enemy) = (sound.entries[with_enemy].item.clone(), sound.entries[with_enemy].enemies[0].clone());
    let in_sets: Vec<usize> = (0..sound.entries.len()).filter(|&at| sound.entries[at].set.is_some()).collect();

    let format = |format: &str, version| PoolError::Format { format: format.into(), version, known: 1 };
    assert_eq!(refused(&|pool| pool.format = "x".into()), format("x", 1));
    assert_eq!(refused(&|pool| pool.version = 2), format("invigil-pool", 2));
    assert_eq!(refused(&|pool| pool.entries = vec![pool.entries[0].clone(); 20_001]), PoolError::TooLarge(20_001));
    assert_eq!(refused(&|pool| pool.entries[0].item = "it-1".into()), PoolError::NotADigest("it-1".into()));
    let upper = sound.entries[0].item.to_uppercase();
    assert_eq!(refused(&|pool| pool.entries[0].item = upper.clone()), PoolError::NotADigest(upper.clone()));
    assert_eq!(refused(&|pool| pool.entries.swap(0, 1)), PoolError::Unsorted(sound.entries[0].item.clone()));
    assert_eq!(
        refused(&|pool| pool.entries[1] = pool.entries[0].clone()),
        PoolError::Unsorted(sound.entries[0].item.clone())
    );
    assert_eq!(
        refused(&|pool| pool.entries[with_enemy].enemies.insert(0, enemy.clone())),
        PoolError::Unsorted(enemy.clone())
    );
    assert_eq!(
        refused(&|pool| {
            let theirs = pool.entries.iter().position(|entry| entry.item == enemy).unwrap();
            pool.entries[theirs].enemies.retain(|named| *named != item);
        }),
        PoolError::Enemy { item: item.clone(), enemy: enemy.clone() }
    );
    assert_eq!(
        refused(&|pool| pool.entries[with_enemy].enemies = vec![item.clone()]),
        PoolError::Enemy { item: item.clone(), enemy: item.clone() }
    );
    assert_eq!(
        refused(&|pool| pool.entries[with_enemy].enemies = vec!["0".repeat(64)]),
        PoolError::Enemy { item: item.clone(), enemy: "0".repeat(64) }
    );
    let set = sound.entries[in_sets[0]].set.clone().unwrap();
    assert_eq!(
        refused(&|pool| pool.entries[in_sets[1]].set = Some(set.clone())),
        PoolError::SamePlace { set: set.id.clone(), position: set.position }
    );
    assert_eq!(
        refused(&|pool| pool.entries[in_sets[0]].set.as_mut().unwrap().id = "s-1".into()),
        PoolError::NotADigest("s-1".into())
    );
    for options in [27, u32::MAX] {
        let first = sound.entries[0].item.clone();
        assert_eq!(refused(&|pool| pool.entries[0].options = options), PoolError::Options { item: first, options });
    }
}
