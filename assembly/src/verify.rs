//! Whether forms are what a problem asks for, by whole numbers alone.
//!
//! Written from the blueprint's words and sharing nothing with the models and the search: solvers reckon in fractions, and
//! have been seen to put half an item on a form.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::Serialize;

use crate::{
    constraint::{Constraint, Thousandths},
    problem::{Item, Problem, Range},
};

/// A form by the names of its items.
pub type Form<'a> = (&'a str, &'a [String]);

/// One thing that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The form or the forms, or the item.
    pub place: String,
    /// What was found there.
    pub found: Found,
}

/// What a verifier found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Found {
    /// A rule that is broken, and by what number.
    Broken {
        /// The rule.
        rule: Constraint,
        /// How much there is of what it counts.
        count: u64,
    },
    /// A scenario set with another number of items than each set is to have.
    SetSize {
        /// The set.
        set: String,
        /// How many of its items the form has.
        count: u64,
    },
    /// Two items that must not meet.
    Enemies {
        /// One.
        one: String,
        /// The other.
        other: String,
    },
    /// An item that the problem does not have.
    UnknownItem {
        /// Its name.
        item: String,
    },
    /// An item that stands twice.
    Twice {
        /// Its name.
        item: String,
    },
    /// An item of a domain that the blueprint does not name, or of a scenario though it wants none.
    OutOfPlace {
        /// Its name.
        item: String,
    },
    /// Another number of forms than was asked for.
    Forms {
        /// How many there are.
        count: u64,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match &self.found {
            Found::Broken { rule: rule @ Constraint::ExpectedScore { .. }, count } => {
                write!(f, "{rule}, but it is {}", Thousandths(u32::try_from(*count).unwrap_or(u32::MAX)))
            }
            Found::Broken { rule, count } => write!(f, "{rule}, but there are {count}"),
            Found::SetSize { set, count } => write!(f, "of scenario set {set} it has {count} items"),
            Found::Enemies { one, other } => write!(f, "{one} and {other} are enemies"),
            Found::UnknownItem { item } => write!(f, "the pool has no item {item}"),
            Found::Twice { item } => write!(f, "item {item} stands twice"),
            Found::OutOfPlace { item } => write!(f, "item {item} has no place in this blueprint"),
            Found::Forms { count } => write!(f, "there are {count} forms"),
        }
    }
}

/// A problem made ready for checking forms against it.
#[derive(Debug)]
pub struct Verifier<'a> {
    problem: &'a Problem,
    items: BTreeMap<&'a str, &'a Item>,
}

impl<'a> Verifier<'a> {
    /// A verifier of a problem's forms.
    pub fn new(problem: &'a Problem) -> Self {
        Self { problem, items: problem.items.iter().map(|item| (item.id.as_str(), item)).collect() }
    }

    /// Everything that is wrong with a set of forms; empty if they are what was asked for.
    pub fn forms(&self, forms: &[Form<'_>]) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut report = |place: String, found: Found| violations.push(Violation { place, found });
        if forms.len() as u64 != u64::from(self.problem.forms) {
            report("all".into(), Found::Forms { count: forms.len() as u64 });
        }
        for (name, items) in forms {
            for violation in self.form(name, items.iter().map(String::as_str)) {
                report(violation.place, violation.found);
            }
        }
        self.pairs(forms, &mut report);
        self.uses(forms, &mut report);
        violations
    }

    /// What each two forms share.
    fn pairs(&self, forms: &[Form<'_>], report: &mut impl FnMut(String, Found)) {
        let (overlap, shared_sets) = (self.problem.blueprint.overlap, self.problem.blueprint.shared_sets);
        let on: Vec<BTreeSet<&str>> =
            forms.iter().map(|(_, items)| items.iter().map(String::as_str).collect()).collect();
        let set = |id: &&str| self.items.get(id).and_then(|item| item.scenario.as_deref());
        let sets: Vec<BTreeSet<&str>> = on.iter().map(|items| items.iter().filter_map(set).collect()).collect();
        for at in 0..forms.len() {
            for other in at + 1..forms.len() {
                let mut require = |most: Option<u32>, shared: usize, rule: fn(u32) -> Constraint| {
                    let count = shared as u64;
                    if let Some(most) = most.filter(|most| count > u64::from(*most)) {
                        let place = format!("{} and {}", forms[at].0, forms[other].0);
                        report(place, Found::Broken { rule: rule(most), count });
                    }
                };
                let items = on[at].intersection(&on[other]).count();
                require(overlap, items, |items| Constraint::Overlap { items });
                let shared = sets[at].intersection(&sets[other]).count();
                require(shared_sets, shared, |sets| Constraint::SharedSets { sets });
            }
        }
    }

    /// How often each item is used.
    fn uses(&self, forms: &[Form<'_>], report: &mut impl FnMut(String, Found)) {
        let blueprint = &self.problem.blueprint;
        let mut uses: BTreeMap<&str, u64> = BTreeMap::new();
        for (_, items) in forms {
            items.iter().for_each(|item| *uses.entry(item).or_default() += 1);
        }
        for (id, here) in uses {
            let item = self.items.get(id);
            let ever = here + item.map_or(0, |item| u64::from(item.used));
            if let Some(uses) = blueprint.max_uses.filter(|most| ever > u64::from(*most)) {
                report(id.into(), Found::Broken { rule: Constraint::MaxUses { uses }, count: ever });
            }
            let scored = item.is_none_or(|item| !item.pilot);
            if let Some(forms) = blueprint.max_forms.filter(|most| scored && here > u64::from(*most)) {
                report(id.into(), Found::Broken { rule: Constraint::MaxForms { forms }, count: here });
            }
        }
    }

    /// Everything that is wrong with one form by itself.
    pub fn form<'b>(&self, name: &str, items: impl IntoIterator<Item = &'b str>) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut report = |found: Found| violations.push(Violation { place: name.into(), found });
        let mut on: BTreeMap<&str, &Item> = BTreeMap::new();
        for id in items {
            match self.items.get_key_value(id) {
                None => report(Found::UnknownItem { item: id.into() }),
                Some((id, item)) if on.insert(id, item).is_some() => report(Found::Twice { item: (*id).into() }),
                Some(_) => {}
            }
        }
        self.sums(&on, &mut report);
        self.sets(&on, &mut report);
        for (id, item) in &on {
            for enemy in item.enemies.iter().filter(|enemy| *enemy != id) {
                // A pair that names one another is told once.
                let told =
                    enemy.as_str() < *id && on.get(enemy.as_str()).is_some_and(|e| e.enemies.iter().any(|e| e == id));
                if on.contains_key(enemy.as_str()) && !told {
                    report(Found::Enemies { one: (*id).into(), other: enemy.clone() });
                }
            }
        }
        violations
    }

    fn sums(&self, on: &BTreeMap<&str, &Item>, report: &mut impl FnMut(Found)) {
        let blueprint = &self.problem.blueprint;
        let count = |is: &dyn Fn(&Item) -> bool| on.values().filter(|item| is(item)).count() as u64;
        let mut require = |rule: Constraint, least: u32, most: u32, count: u64| {
            if count < least.into() || count > most.into() {
                report(Found::Broken { rule, count });
            }
        };
        let items = blueprint.items;
        require(Constraint::Items { items }, items, items, on.len() as u64);
        for quota in &blueprint.domains {
            let (domain, least, most) = (quota.name.clone(), quota.least, quota.most);
            let found = count(&|item| item.domain == domain);
            require(Constraint::Domain { domain, least, most }, least, most, found);
        }
        for quota in &blueprint.levels {
            let (level, least, most) = (quota.name.clone(), quota.least, quota.most);
            let found = count(&|item| item.level == level);
            require(Constraint::Level { level, least, most }, least, most, found);
        }
        if let Some(Range { least, most }) = blueprint.words {
            let sets: BTreeSet<&String> = on.values().filter_map(|item| item.scenario.as_ref()).collect();
            let stimuli = sets.into_iter().filter_map(|set| self.problem.stimuli.get(set));
            let words = on.values().map(|item| &item.words).chain(stimuli).map(|&words| u64::from(words)).sum();
            require(Constraint::Words { least, most }, least, most, words);
        }
        if let Some(Range { least, most }) = blueprint.expected_score {
            let score = on.values().map(|item| u64::from(item.difficulty.unwrap_or(0))).sum();
            require(Constraint::ExpectedScore { least, most }, least, most, score);
        }
        if let Some(Range { least, most }) = blueprint.key_positions {
            let positions: BTreeSet<u32> = self.problem.items.iter().filter_map(|item| item.key).collect();
            for position in positions {
                let found = count(&|item| item.key == Some(position));
                require(Constraint::KeyPosition { position, least, most }, least, most, found);
            }
        }
    }

    fn sets(&self, on: &BTreeMap<&str, &Item>, report: &mut impl FnMut(Found)) {
        let blueprint = &self.problem.blueprint;
        let mut sets: BTreeMap<&str, u64> = BTreeMap::new();
        for (id, item) in on {
            let domain = blueprint.domains.iter().any(|quota| quota.name == item.domain);
            if !domain || (item.scenario.is_some() && blueprint.scenarios.is_none()) {
                report(Found::OutOfPlace { item: (*id).into() });
            }
            if let Some(set) = &item.scenario {
                *sets.entry(set).or_default() += 1;
            }
        }
        let Some(wanted) = blueprint.scenarios else { return };
        if sets.len() as u64 != u64::from(wanted.sets) {
            let rule = Constraint::Scenarios { sets: wanted.sets, items_each: wanted.items_each };
            report(Found::Broken { rule, count: sets.len() as u64 });
        }
        for (set, count) in sets.into_iter().filter(|(_, count)| *count != u64::from(wanted.items_each)) {
            report(Found::SetSize { set: set.into(), count });
        }
    }
}
