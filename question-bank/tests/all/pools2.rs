//! Pool lists of `invigil-draw-2` without a bank behind them.

use question_bank::{
    Quota, SetPlace,
    bank::Level,
    canonical::sha256_hex,
    draw::KeyStream,
    draw2::{Blueprint, LevelRange, Pool, PoolEntry, PoolSet, Range, Use},
};

use crate::pools::name;

pub(crate) const LEVELS: [Level; 4] = [Level::Comprehension, Level::Application, Level::Analysis, Level::Evaluation];

/// A pool in the making. Items are numbered in the order in which they are added.
#[derive(Clone, Debug, Default)]
pub(crate) struct PoolBuilder2 {
    entries: Vec<PoolEntry>,
    sets: Vec<PoolSet>,
}

impl PoolBuilder2 {
    /// Adds a stand-alone item.
    pub(crate) fn item(mut self, domain: &str, level: Level, words: u32, difficulty: u32) -> Self {
        self.push(domain, level, words, difficulty);
        self
    }

    /// Adds stand-alone items that are all alike.
    pub(crate) fn alike(self, domain: &str, count: usize) -> Self {
        (0..count).fold(self, |pool, _| pool.item(domain, Level::Analysis, 50, 700))
    }

    /// Adds a scenario set with a stimulus of 200 words; of each item domain and level.
    pub(crate) fn set<'a>(mut self, items: impl IntoIterator<Item = (&'a str, Level)>) -> Self {
        let id = set_name(self.sets.len());
        self.sets.push(PoolSet { id: id.clone(), words: 200 });
        for (position, (domain, level)) in (1..).zip(items) {
            self.push(domain, level, 50, 700).set = Some(SetPlace { id: id.clone(), position });
        }
        self
    }

    /// Adds a pilot item.
    pub(crate) fn pilot(mut self, domain: &str) -> Self {
        let entry = self.push(domain, Level::Analysis, 50, 700);
        (entry.usage, entry.difficulty) = (Use::Pilot, None);
        self
    }

    /// Two items that must not stand on the same form.
    pub(crate) fn enemies(mut self, one: usize, other: usize) -> Self {
        for (one, other) in [(one, other), (other, one)] {
            let enemies = &mut self.entries[one].enemies;
            enemies.push(name(other));
            enemies.sort();
            enemies.dedup();
        }
        self
    }

    /// Changes an item.
    pub(crate) fn with(mut self, item: usize, change: impl FnOnce(&mut PoolEntry)) -> Self {
        change(&mut self.entries[item]);
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    fn push(&mut self, domain: &str, level: Level, words: u32, difficulty: u32) -> &mut PoolEntry {
        let at = self.entries.len();
        self.entries.push(PoolEntry {
            item: name(at),
            usage: Use::Scored,
            domain: domain.into(),
            level,
            set: None,
            enemies: Vec::new(),
            words,
            difficulty: Some(difficulty),
            weight: 1,
        });
        &mut self.entries[at]
    }

    pub(crate) fn build(&self) -> Pool {
        let Self { mut entries, mut sets } = self.clone();
        entries.sort_by(|a, b| a.item.cmp(&b.item));
        sets.sort_by(|a, b| a.id.cmp(&b.id));
        Pool { format: Pool::FORMAT.into(), version: Pool::VERSION, scheme: "synthetic".into(), entries, sets }
    }
}

/// The hash of a set by its number.
pub(crate) fn set_name(number: usize) -> String {
    sha256_hex(format!("set {number}").as_bytes())
}

/// A blueprint with nothing but domains and sets.
pub(crate) fn blueprint(domains: &[(&str, u32)], scenario_sets: u32, items_per_set: Option<u32>) -> Blueprint {
    Blueprint {
        format: Blueprint::FORMAT.into(),
        version: Blueprint::VERSION,
        scheme: "synthetic".into(),
        edition: "1".into(),
        domains: domains.iter().map(|&(domain, items)| Quota { domain: domain.into(), items }).collect(),
        levels: Vec::new(),
        scenario_sets,
        items_per_set,
        words: None,
        difficulty: None,
        pilots: 0,
        shared_items: None,
        max_exposure: None,
    }
}

pub(crate) fn levels(ranges: &[(Level, u32, u32)]) -> Vec<LevelRange> {
    ranges.iter().map(|&(level, min, max)| LevelRange { level, min, max }).collect()
}

/// A bank small enough that every form can be listed: six items of two domains, two of them from one of three sets whose
/// choices leave few or many completions; enemies, levels, words and difficulty.
pub(crate) fn toy() -> (PoolBuilder2, Blueprint) {
    use Level::{Analysis, Application, Evaluation};
    let pool = PoolBuilder2::default()
        .item("D1", Application, 40, 600)
        .item("D1", Analysis, 60, 700)
        .item("D1", Analysis, 80, 800)
        .item("D1", Evaluation, 50, 650)
        .item("D1", Application, 70, 750)
        .item("D2", Application, 45, 620)
        .item("D2", Evaluation, 90, 720)
        .item("D2", Analysis, 55, 580)
        .set([("D1", Analysis), ("D1", Application), ("D2", Analysis)])
        .set([("D2", Analysis), ("D2", Evaluation), ("D1", Application)])
        .set([("D1", Evaluation), ("D1", Application), ("D1", Analysis)])
        .item("D2", Application, 65, 640)
        .item("D1", Evaluation, 45, 690)
        .enemies(0, 5)
        .enemies(1, 6)
        .enemies(2, 3)
        .enemies(7, 11);
    let mut blueprint = blueprint(&[("D1", 4), ("D2", 2)], 1, Some(2));
    blueprint.levels = levels(&[(Application, 1, 3), (Evaluation, 0, 2)]);
    blueprint.words = Some(Range { min: 520, max: 580 });
    blueprint.difficulty = Some(Range { min: 3_900, max: 4_350 });
    (pool, blueprint)
}

/// Whole sets of two, three and four items, one of them with enemies inside; pilot items, one an enemy of a scored item.
pub(crate) fn whole() -> (PoolBuilder2, Blueprint) {
    use Level::{Analysis, Application};
    let pool = PoolBuilder2::default()
        .alike("D1", 5)
        .alike("D2", 5)
        .set([("D1", Analysis), ("D2", Application)])
        .set([("D1", Analysis), ("D1", Application), ("D2", Application)])
        .set([("D2", Analysis), ("D1", Application), ("D2", Analysis), ("D2", Application)])
        .set([("D1", Analysis), ("D1", Analysis)])
        .pilot("D1")
        .pilot("D2")
        .pilot("D2");
    // The last set's two items, and a pilot item.
    let pool = pool.enemies(19, 20).enemies(21, 0).enemies(3, 12);
    let mut blueprint = blueprint(&[("D1", 5), ("D2", 5)], 2, None);
    blueprint.pilots = 2;
    blueprint.shared_items = Some(0);
    (pool, blueprint)
}

/// Pool and blueprint of a whole bank: 80 scored items of 400 (seven domains, four levels, 18 sets of six) and five pilot
/// items of 24, 40 pairs of enemies, and every other constraint.
pub(crate) fn bank400() -> (PoolBuilder2, Blueprint) {
    let domains = [("D1", 8), ("D2", 20), ("D3", 16), ("D4", 10), ("D5", 10), ("D6", 10), ("D7", 6)];
    let alone = [29, 73, 58, 37, 37, 36, 22];
    let mut stream = KeyStream::new([4; 32]);
    // Of twenty items two are comprehension, seven application, seven analysis, four evaluation.
    let level =
        |stream: &mut KeyStream| LEVELS[[0, 2, 9, 16].iter().rposition(|&from| from <= stream.below(20)).unwrap()];
    let mut pool = PoolBuilder2::default();
    for ((domain, _), count) in domains.into_iter().zip(alone) {
        for _ in 0..count {
            let level = level(&mut stream);
            pool = pool.item(domain, level, 60 + stream.below(80), 450 + stream.below(400));
        }
    }
    let singles = pool.len();
    for set in 0..18 {
        let items: Vec<_> = (0..6).map(|place| (domains[(set + 3 * place) % 7].0, level(&mut stream))).collect();
        pool = pool.set(items);
        for at in pool.len() - 6..pool.len() {
            let (words, difficulty) = (60 + stream.below(80), 450 + stream.below(400));
            pool = pool.with(at, |entry| (entry.words, entry.difficulty) = (words, Some(difficulty)));
        }
    }
    for _ in 0..40 {
        let (one, other) = (stream.below(292) as usize, stream.below(400) as usize);
        if one != other {
            pool = pool.enemies(one, other);
        }
    }
    assert_eq!((singles, pool.len()), (292, 400));
    for number in 0..24 {
        pool = pool.pilot(domains[number % 7].0);
    }
    let mut blueprint = blueprint(&domains, 5, Some(5));
    blueprint.levels = levels(&[
        (Level::Comprehension, 4, 12),
        (Level::Application, 22, 34),
        (Level::Analysis, 22, 34),
        (Level::Evaluation, 11, 22),
    ]);
    blueprint.words = Some(Range { min: 8_900, max: 9_500 });
    blueprint.difficulty = Some(Range { min: 51_500, max: 52_700 });
    blueprint.pilots = 5;
    blueprint.shared_items = Some(16);
    (pool, blueprint)
}
