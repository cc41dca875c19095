//! Made-up pools of any size, for tests and figures.

use std::collections::BTreeMap;

use question_bank::draw::KeyStream;

use crate::{
    irt::Parameters,
    problem::{Blueprint, InformationTarget, Item, Problem, Quota, Range, Scenarios},
};

/// Domains with their quotas on a form of 80 items.
const DOMAINS: [(&str, u32); 7] = [("D1", 8), ("D2", 20), ("D3", 16), ("D4", 10), ("D5", 10), ("D6", 10), ("D7", 6)];
/// Cognitive levels with their share of the pool in percent, and what a form may have of them.
const LEVELS: [(&str, u32, u32, u32); 4] =
    [("comprehension", 16, 6, 18), ("application", 40, 24, 42), ("analysis", 28, 14, 32), ("evaluation", 16, 6, 20)];
/// Abilities at which items state their information.
const ABILITIES: [i32; 3] = [-500, 0, 500];

/// A problem of `forms` forms of 80 items, under all kinds of rules, from a pool of `items`: three items in ten in
/// scenario sets of six or seven, one in five with an enemy, difficulties about 0.65 and information under the
/// three-parameter model. Two forms may share 16 items.
pub fn problem(items: usize, forms: u32, seed: u8) -> Problem {
    let mut stream = KeyStream::new([seed; 32]);
    let mut pool: Vec<Item> = Vec::with_capacity(items);
    let mut stimuli = BTreeMap::new();
    let (mut set, mut left) = (0, 0);
    while pool.len() < items {
        // Sets come first.
        let in_set = pool.len() * 10 < items * 3 || left > 0;
        if in_set && left == 0 {
            set += 1;
            left = 6 + stream.below(2);
            stimuli.insert(format!("set-{set:03}"), 140 + 20 * (set % 4));
        }
        left = left.saturating_sub(1);
        let (domain, level) = (stream.below(80), stream.below(100));
        let difficulty = 350 + (stream.below(200) + stream.below(200) + stream.below(201));
        let model = Parameters {
            discrimination: 600 + stream.below(1_000),
            difficulty: 650 - i32::try_from(difficulty).unwrap_or(0) * 2 + 650,
            guessing: 200 + stream.below(100),
        };
        let others = u32::try_from(pool.len()).unwrap_or(0);
        let enemies = match stream.below(10) {
            0 if others > 0 => vec![pool[stream.below(others) as usize].id.clone()],
            _ => Vec::new(),
        };
        pool.push(Item {
            id: format!("item-{:05}", pool.len() + 1),
            revision: 1,
            domain: pick(&DOMAINS.map(|(name, quota)| (name, quota)), domain),
            level: pick(&LEVELS.map(|(name, share, ..)| (name, share)), level),
            scenario: in_set.then(|| format!("set-{set:03}")),
            enemies,
            difficulty: Some(difficulty),
            information: ABILITIES.map(|ability| model.information(ability)).into(),
            words: 60 + stream.below(80),
            key: Some(1 + stream.below(3)),
            used: 0,
            pilot: false,
        });
    }
    let quota = |name: &str, least, most| Quota { name: name.into(), least, most };
    Problem {
        title: "A made-up pool".into(),
        forms,
        blueprint: Blueprint {
            items: 80,
            domains: DOMAINS.iter().map(|(name, items)| quota(name, *items, *items)).collect(),
            levels: LEVELS.iter().map(|(name, _, least, most)| quota(name, *least, *most)).collect(),
            scenarios: Some(Scenarios { sets: 5, items_each: 5 }),
            words: Some(Range { least: 7_800, most: 9_800 }),
            key_positions: Some(Range { least: 20, most: 34 }),
            expected_score: Some(Range { least: 48_000, most: 56_000 }),
            target_score: Some(52_000),
            information: Vec::new(),
            max_uses: None,
            max_forms: None,
            overlap: Some(16),
            shared_sets: None,
        },
        abilities: ABILITIES.into(),
        items: pool,
        stimuli,
    }
}

/// The same, with the information at each ability wanted near what a form of average items gives.
pub fn calibrated(items: usize, forms: u32, seed: u8) -> Problem {
    let mut problem = problem(items, forms, seed);
    let count = u64::try_from(items).unwrap_or(1).max(1);
    let mean = |at: usize| -> u64 {
        problem.items.iter().map(|item| u64::from(item.information[at])).sum::<u64>() * 80 / count
    };
    let target = |(at, ability): (usize, &i32)| InformationTarget {
        ability: *ability,
        target: u32::try_from(mean(at)).unwrap_or(u32::MAX),
    };
    problem.blueprint.information = problem.abilities.iter().enumerate().map(target).collect();
    problem
}

fn pick(shares: &[(&str, u32)], mut number: u32) -> String {
    for (name, share) in shares {
        if number < *share {
            return (*name).into();
        }
        number -= share;
    }
    String::new()
}
