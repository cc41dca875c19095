//! Pool lists without a bank behind them.

use std::collections::BTreeMap;

use question_bank::{Blueprint, Pool, PoolEntry, Quota, SetPlace, bank::Level, canonical::sha256_hex};

/// A pool in the making. Items are numbered in the order in which they are added.
#[derive(Clone, Debug, Default)]
pub(crate) struct PoolBuilder {
    items: Vec<(String, Option<SetPlace>, u32)>,
    enemies: Vec<(usize, usize)>,
    sets: usize,
}

impl PoolBuilder {
    /// Adds stand-alone items of a domain.
    pub(crate) fn stand_alone(mut self, domain: &str, count: usize) -> Self {
        self.items.extend((0..count).map(|_| (domain.to_owned(), None, 3)));
        self
    }

    /// Adds a scenario set whose items are of these domains, in authored order.
    pub(crate) fn set<'a>(mut self, domains: impl IntoIterator<Item = &'a str>) -> Self {
        let id = sha256_hex(format!("set {}", self.sets).as_bytes());
        self.sets += 1;
        for (position, domain) in (1..).zip(domains) {
            self.items.push((domain.to_owned(), Some(SetPlace { id: id.clone(), position }), 3));
        }
        self
    }

    /// Gives an item another number of options.
    pub(crate) fn options(mut self, item: usize, options: u32) -> Self {
        self.items[item].2 = options;
        self
    }

    /// Two items that must not stand on the same form.
    pub(crate) fn enemies(mut self, one: usize, other: usize) -> Self {
        self.enemies.push((one, other));
        self
    }

    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }

    pub(crate) fn build(&self) -> Pool {
        let mut entries = Vec::new();
        for (number, (domain, set, options)) in self.items.iter().enumerate() {
            let theirs = self.enemies.iter().filter_map(|&(one, other)| match number {
                _ if number == one => Some(other),
                _ if number == other => Some(one),
                _ => None,
            });
            let mut enemies: Vec<String> = theirs.map(name).collect();
            enemies.sort();
            enemies.dedup();
            let (domain, set) = (domain.clone(), set.clone());
            entries.push(PoolEntry {
                item: name(number),
                domain,
                level: Level::Analysis,
                options: *options,
                set,
                enemies,
            });
        }
        entries.sort_by(|a, b| a.item.cmp(&b.item));
        Pool { format: Pool::FORMAT.into(), version: Pool::VERSION, scheme: "synthetic".into(), entries }
    }
}

/// The `version_hash` of an item by its number.
pub(crate) fn name(number: usize) -> String {
    sha256_hex(format!("item {number}").as_bytes())
}

pub(crate) fn blueprint(domains: &[(&str, u32)], scenario_sets: u32, items_per_set: u32) -> Blueprint {
    Blueprint {
        format: Blueprint::FORMAT.into(),
        version: Blueprint::VERSION,
        scheme: "synthetic".into(),
        edition: "1".into(),
        domains: domains.iter().map(|&(domain, items)| Quota { domain: domain.into(), items }).collect(),
        scenario_sets,
        items_per_set,
    }
}

/// A form of seven items from two sets and two domains; many choices of sets bring too many items of D1.
pub(crate) fn with_sets() -> (PoolBuilder, Blueprint) {
    let pool = PoolBuilder::default()
        .stand_alone("D1", 5)
        .stand_alone("D2", 4)
        .set(["D1", "D1", "D2"])
        .set(["D2", "D1", "D1", "D1"])
        .set(["D2", "D1"])
        .options(1, 5)
        .options(6, 2);
    (pool, blueprint(&[("D1", 2), ("D2", 5)], 2, 2))
}

/// A form of nine items among many enemies: some within a set, and one set whose items bar so many that no form has it.
pub(crate) fn with_enemies() -> (PoolBuilder, Blueprint) {
    let mut pool = PoolBuilder::default().stand_alone("D1", 8).stand_alone("D2", 6);
    // Of the first four only one can stand on a form.
    for (one, other) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (4, 8), (5, 9), (5, 10)] {
        pool = pool.enemies(one, other);
    }
    let sets = pool.len();
    pool = pool.set(["D1", "D2", "D2"]).set(["D1", "D2"]).set(["D2", "D1"]);
    for (one, other) in [(sets, sets + 2), (sets + 5, 11), (sets + 6, 6)] {
        pool = pool.enemies(one, other);
    }
    (pool, blueprint(&[("D1", 5), ("D2", 4)], 1, 2))
}

/// Pool and blueprint with the measures of CAISP: 80 items of seven domains, five sets of five.
pub(crate) fn caisp_shaped() -> (PoolBuilder, Blueprint) {
    let domains = [("D1", 8), ("D2", 20), ("D3", 16), ("D4", 10), ("D5", 10), ("D6", 10), ("D7", 6)];
    let mut pool = PoolBuilder::default();
    for (domain, items) in domains {
        pool = pool.stand_alone(domain, 2 * items as usize);
    }
    let singles = pool.len();
    for number in (0..singles).step_by(7) {
        pool = pool.options(number, 5);
    }
    for number in (0..singles - 11).step_by(5) {
        pool = pool.enemies(number, number + 11);
    }
    for set in 0..8 {
        pool = pool.set((0..5 + set % 2).map(|place| domains[(set + 2 * place) % 7].0));
    }
    (pool, blueprint(&domains, 5, 5))
}

/// How many items of each domain and of each set the named items are.
pub(crate) fn tally<'a>(
    pool: &Pool,
    items: impl IntoIterator<Item = &'a str>,
) -> (BTreeMap<String, u32>, BTreeMap<String, u32>) {
    let by_item: BTreeMap<&str, &PoolEntry> = pool.entries.iter().map(|entry| (entry.item.as_str(), entry)).collect();
    let (mut domains, mut sets) = (BTreeMap::new(), BTreeMap::new());
    for item in items {
        let entry = by_item[item];
        *domains.entry(entry.domain.clone()).or_default() += 1;
        if let Some(place) = &entry.set {
            *sets.entry(place.id.clone()).or_default() += 1;
        }
    }
    (domains, sets)
}
