//! A problem with its names resolved to indices: what models and search work on.

use std::collections::{BTreeMap, BTreeSet};

use assembly::{Problem, Quota};

/// The items that may stand on a form, and how they hang together.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) entries: Vec<Entry>,
    /// Members of each scenario set, as entries.
    pub(crate) sets: Vec<Vec<usize>>,
    /// Words of the stimulus of each.
    pub(crate) stimuli: Vec<i64>,
    /// Each pair of enemies once, the smaller first.
    pub(crate) enemies: Vec<(usize, usize)>,
    /// Of each entry, its enemies.
    pub(crate) enemies_of: Vec<Vec<usize>>,
}

/// One item.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Its index among the problem's items.
    pub(crate) item: usize,
    /// Its index among the blueprint's domains.
    pub(crate) domain: usize,
    /// Its index among the blueprint's levels, if they name it.
    pub(crate) level: Option<usize>,
    pub(crate) set: Option<usize>,
    pub(crate) words: i64,
    pub(crate) key: Option<u32>,
    pub(crate) difficulty: i64,
    /// On how many more forms it may stand, earlier uses counted ([`assembly::Blueprint::max_uses`]).
    pub(crate) room: u32,
    /// On how many forms of this set it may stand ([`assembly::Blueprint::max_forms`]); a pilot item on all of them.
    pub(crate) share: u32,
}

impl<'a> Prepared<'a> {
    pub(crate) fn new(problem: &'a Problem) -> Self {
        let blueprint = &problem.blueprint;
        let index = |quotas: &'a [Quota]| -> BTreeMap<&'a str, usize> {
            quotas.iter().enumerate().map(|(at, quota)| (quota.name.as_str(), at)).collect()
        };
        let (domains, levels) = (index(&blueprint.domains), index(&blueprint.levels));
        let members = eligible_sets(problem, &domains);
        let mut sets: BTreeMap<&str, usize> = BTreeMap::new();
        let mut prepared = Self {
            problem,
            entries: Vec::new(),
            sets: vec![Vec::new(); members.len()],
            stimuli: vec![0; members.len()],
            enemies: Vec::new(),
            enemies_of: Vec::new(),
        };
        for (at, item) in problem.items.iter().enumerate() {
            let Some(&domain) = domains.get(item.domain.as_str()) else { continue };
            let set = match item.scenario.as_deref() {
                None => None,
                Some(id) if members.contains(id) => {
                    let next = sets.len();
                    Some(*sets.entry(id).or_insert(next))
                }
                Some(_) => continue,
            };
            let entry = prepared.entries.len();
            if let Some(set) = set {
                prepared.sets[set].push(entry);
                let words = item.scenario.as_ref().and_then(|id| problem.stimuli.get(id));
                prepared.stimuli[set] = words.copied().unwrap_or(0).into();
            }
            prepared.entries.push(Entry {
                item: at,
                domain,
                level: levels.get(item.level.as_str()).copied(),
                set,
                words: item.words.into(),
                key: item.key,
                difficulty: item.difficulty.unwrap_or(0).into(),
                room: blueprint.max_uses.map_or(u32::MAX, |most| most.saturating_sub(item.used)),
                share: blueprint.max_forms.filter(|_| !item.pilot).unwrap_or(u32::MAX),
            });
        }
        prepared.find_enemies();
        prepared
    }

    fn find_enemies(&mut self) {
        let by_id: BTreeMap<&str, usize> = self.entries.iter().enumerate().map(|(at, e)| (self.id(e), at)).collect();
        let mut pairs = BTreeSet::new();
        for (one, entry) in self.entries.iter().enumerate() {
            for other in self.problem.items[entry.item].enemies.iter().filter_map(|id| by_id.get(id.as_str()).copied())
            {
                if one != other {
                    pairs.insert((one.min(other), one.max(other)));
                }
            }
        }
        self.enemies_of = vec![Vec::new(); self.entries.len()];
        for &(one, other) in &pairs {
            self.enemies_of[one].push(other);
            self.enemies_of[other].push(one);
        }
        self.enemies = pairs.into_iter().collect();
    }

    fn id(&self, entry: &Entry) -> &'a str {
        &self.problem.items[entry.item].id
    }

    /// How many forms.
    pub(crate) fn forms(&self) -> usize {
        self.problem.forms as usize
    }
}

/// Scenario sets with enough items for a form; none if the blueprint wants no scenarios.
fn eligible_sets<'a>(problem: &'a Problem, domains: &BTreeMap<&str, usize>) -> BTreeSet<&'a str> {
    let Some(scenarios) = problem.blueprint.scenarios else { return BTreeSet::new() };
    let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
    for item in problem.items.iter().filter(|item| domains.contains_key(item.domain.as_str())) {
        if let Some(set) = &item.scenario {
            *sizes.entry(set).or_default() += 1;
        }
    }
    sizes.into_iter().filter(|(_, size)| *size >= scenarios.items_each).map(|(id, _)| id).collect()
}
