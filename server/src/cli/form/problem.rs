//! From a bank to the problem of parallel forms: its items are those of the pool of `invigil-draw-2`, which alone judges
//! what may stand on a form, and its rules are the blueprint's.

use std::collections::BTreeMap;

use assembly::{Blueprint, Item, Problem, Quota, Range, Scenarios};
use question_bank::{
    HashedBank, Ineligible,
    bank::{Item as BankItem, Level},
    draw2::{self, Earlier, Pool, PoolEntry, Use, check_form},
};

use super::{Fault, origin::Origins, rules::Rules};

/// Domain and level of pilot items, which count for no other.
pub(super) const PILOT: &str = "(pilot)";

/// What is asked for at the command line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// The most items that two forms may share.
    pub(super) overlap: Option<u32>,
    /// The most scenario sets that two forms may share.
    pub(super) shared_sets: Option<u32>,
}

/// A bank's items of one day, and what the scheme asks of forms.
pub(super) struct Source<'a> {
    bank: &'a HashedBank,
    pool: Pool,
    blueprint: draw2::Blueprint,
    pub(super) ineligible: Vec<Ineligible>,
}

impl<'a> Source<'a> {
    pub(super) fn new(bank: &'a HashedBank, today: chrono::NaiveDate) -> Self {
        let (pool, ineligible) = bank.pool2(today);
        Self { bank, pool, blueprint: bank.scheme().blueprint2(), ineligible }
    }

    /// Where the rules of its problems come from.
    pub(super) fn origins<'b>(&'b self, rules: &'b Rules, asked: Asked) -> Origins<'b> {
        Origins { scheme: self.bank.scheme(), rules, asked }
    }

    /// Items of a form, pilot items included.
    pub(super) fn length(&self) -> u32 {
        self.scored() + self.blueprint.pilots
    }

    fn scored(&self) -> u32 {
        u32::try_from(self.blueprint.items()).unwrap_or(u32::MAX)
    }

    fn entries(&self) -> impl Iterator<Item = (&PoolEntry, &BankItem)> {
        self.pool.entries.iter().filter_map(|entry| Some((entry, self.bank.by_version(&entry.item)?)))
    }

    /// The problem of `forms` forms.
    ///
    /// # Errors
    /// A scheme whose forms this way of making them does not know.
    pub(super) fn problem(&self, rules: &Rules, forms: u32, asked: Asked) -> Result<Problem, Fault> {
        rules.check(self.bank.bank())?;
        let blueprint = Blueprint {
            items: self.length(),
            domains: self.domains(),
            levels: self.levels(rules)?,
            scenarios: self.scenarios()?,
            words: narrower("words", rules, rules.words, self.blueprint.words.map(range))?,
            key_positions: rules.key_positions,
            expected_score: narrower(
                "expected_score",
                rules,
                rules.expected_score,
                self.blueprint.difficulty.map(range),
            )?,
            target_score: rules.target_score,
            information: rules.information.clone(),
            max_uses: rules.max_uses,
            max_forms: self.max_forms(forms)?,
            overlap: asked.overlap,
            shared_sets: asked.shared_sets.into_iter().chain(rules.shared_sets).min(),
        };
        let names: BTreeMap<&str, &str> =
            self.entries().map(|(entry, item)| (entry.item.as_str(), item.id.as_str())).collect();
        let mut items: Vec<Item> = self.entries().map(|(entry, item)| self.item(rules, &names, entry, item)).collect();
        items.retain(|item| !rules.rated_only || item.difficulty.is_some());
        // By id and not by the bank's hashes, so that the same items come in the same order whatever salts them.
        items.sort_by(|a, b| a.id.cmp(&b.id));
        let words: BTreeMap<&str, u32> = self.pool.sets.iter().map(|set| (set.id.as_str(), set.words)).collect();
        let stimulus = |(entry, item): (&PoolEntry, &BankItem)| {
            Some((item.scenario.as_ref()?.id.clone(), *words.get(entry.set.as_ref()?.id.as_str())?))
        };
        let stimuli = self.entries().filter_map(stimulus).collect();
        let title = self.bank.scheme().title.value.clone();
        Ok(Problem { title, forms, blueprint, abilities: rules.abilities.clone(), items, stimuli })
    }

    fn domains(&self) -> Vec<Quota> {
        let exactly = |name: &str, items| Quota { name: name.into(), least: items, most: items };
        let domains = self.blueprint.domains.iter().map(|quota| exactly(&quota.domain, quota.items));
        let pilots = self.blueprint.pilots;
        domains.chain((pilots > 0).then(|| exactly(PILOT, pilots))).collect()
    }

    /// The scheme's ranges, narrowed by those of the rules.
    fn levels(&self, rules: &Rules) -> Result<Vec<Quota>, Fault> {
        let mut ranges: BTreeMap<String, Range> = rules.levels.clone();
        for draw2::LevelRange { level, min, max } in &self.blueprint.levels {
            let (name, scheme) = (level_name(*level), Range { least: *min, most: *max });
            let both = narrower(&format!("levels.{name}"), rules, ranges.get(name).copied(), Some(scheme))?;
            ranges.extend(both.map(|both| (name.to_owned(), both)));
        }
        Ok(ranges.into_iter().map(|(name, Range { least, most })| Quota { name, least, most }).collect())
    }

    fn scenarios(&self) -> Result<Option<Scenarios>, Fault> {
        let sets = self.blueprint.scenario_sets;
        if sets == 0 {
            return Ok(None);
        }
        let items_each = match self.blueprint.items_per_set {
            Some(items) => items,
            None => self.size_of_all()?,
        };
        Ok(Some(Scenarios { sets, items_each }))
    }

    /// How many items each set has, where sets stand on forms whole.
    fn size_of_all(&self) -> Result<u32, Fault> {
        let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
        for entry in self.pool.entries.iter().filter(|e| self.blueprint.domains.iter().any(|q| q.domain == e.domain)) {
            if let Some(place) = &entry.set {
                *sizes.entry(&place.id).or_default() += 1;
            }
        }
        let (least, most) = (sizes.values().min().copied(), sizes.values().max().copied());
        match (least, most) {
            (Some(least), Some(most)) if least == most => Ok(most),
            (Some(least), Some(most)) => Err(Fault::new(format!(
                "the scheme wants whole scenario sets, and they have from {least} to {most} items: parallel forms are made \
                 of whole sets of one size only; give the scheme scenarios.items_each instead, or let candidates draw"
            ))),
            _ => Ok(1),
        }
    }

    /// Where candidates draw one of the forms, each equally likely, the share of forms that a scored item is on is its
    /// exposure. It is a share of these forms, and says nothing of earlier ones.
    fn max_forms(&self, forms: u32) -> Result<Option<u32>, Fault> {
        let Some(share) = self.blueprint.max_exposure else { return Ok(None) };
        let most = u32::try_from(u64::from(forms) * u64::from(share) / 1_000).unwrap_or(u32::MAX);
        if most == 0 {
            return Err(Fault::new(format!(
                "the scheme caps exposure at {share} thousandths of the forms, which one of {forms} forms is above: ask for \
                 {} forms or more",
                1_000_u32.div_ceil(share.max(1))
            )));
        }
        Ok(Some(most))
    }

    fn item(&self, rules: &Rules, names: &BTreeMap<&str, &str>, entry: &PoolEntry, item: &BankItem) -> Item {
        let enemies = entry.enemies.iter().filter_map(|enemy| names.get(enemy.as_str()));
        let pilot = entry.usage == Use::Pilot;
        let scored = |name: &str| if pilot { PILOT.to_owned() } else { name.to_owned() };
        // What is not scored adds nothing to a score, and nothing to information.
        let information = rules.information(&item.id);
        Item {
            id: item.id.clone(),
            revision: item.revision,
            domain: scored(&entry.domain),
            level: scored(level_name(entry.level)),
            scenario: item.scenario.as_ref().map(|place| place.id.clone()),
            enemies: enemies.map(|id| (*id).to_owned()).collect(),
            difficulty: if pilot { Some(0) } else { entry.difficulty.or_else(|| rules.rating(&item.id)) },
            information: if pilot { vec![0; rules.abilities.len()] } else { information },
            words: entry.words,
            key: single_key(item),
            used: rules.used.get(&item.id).copied().unwrap_or(0),
            pilot,
        }
    }

    /// Counts a form again as the draw's own check does: the items by id, in any order.
    ///
    /// # Errors
    /// The first rule of the scheme that it breaks.
    pub(super) fn check(&self, name: &str, items: &[String]) -> Result<(), Fault> {
        let mut members: Vec<(&PoolEntry, &BankItem)> =
            self.entries().filter(|(_, item)| items.binary_search(&item.id).is_ok()).collect();
        let missing = items.len() - members.len();
        if missing > 0 {
            return Err(Fault::new(format!("form {name} has {missing} items that may not stand on one")));
        }
        // A form shows the items of a set together, in their order.
        members.sort_by_key(|(_, item)| item.scenario.as_ref().map(|place| (&place.id, place.position)));
        let order: Vec<String> = members.into_iter().map(|(entry, _)| entry.item.clone()).collect();
        match check_form(&self.pool, &self.blueprint, &Earlier::none(), &order).first() {
            None => Ok(()),
            Some(broken) => Err(Fault::new(format!("form {name} breaks a rule of the scheme: {broken}"))),
        }
    }
}

fn range(range: draw2::Range) -> Range {
    Range { least: range.min, most: range.max }
}

/// What the rules and the scheme say of one thing, both at once.
///
/// # Errors
/// They exclude one another; both are named, with where they stand.
fn narrower(what: &str, rules: &Rules, own: Option<Range>, scheme: Option<Range>) -> Result<Option<Range>, Fault> {
    let (Some(own), Some(scheme)) = (own, scheme) else { return Ok(own.or(scheme)) };
    let both = Range { least: own.least.max(scheme.least), most: own.most.min(scheme.most) };
    if both.least > both.most {
        return Err(Fault::new(format!(
            "{what} is {} to {} in {}, and {} to {} in the scheme: no form can be in both; rules narrow a scheme",
            own.least, own.most, rules.file, scheme.least, scheme.most
        )));
    }
    Ok(Some(both))
}

/// The name of a cognitive level in rules and problems.
pub(super) fn level_name(level: Level) -> &'static str {
    match level {
        Level::Comprehension => "comprehension",
        Level::Application => "application",
        Level::Analysis => "analysis",
        Level::Evaluation => "evaluation",
    }
}

/// The position of the key as authored, counted from 1, if there is one alone.
fn single_key(item: &BankItem) -> Option<u32> {
    let mut keys = item.key_positions();
    let first = keys.next()?;
    if keys.next().is_some() { None } else { u32::try_from(first + 1).ok() }
}
