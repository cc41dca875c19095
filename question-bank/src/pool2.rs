//! From a bank to the pool list of `invigil-draw-2`.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    HashedBank, Ineligible, Reason, SetPlace,
    bank::{Item, Status},
    draw2::{Pool, PoolEntry, PoolSet, Use},
    lifecycle::Taint,
};

impl HashedBank {
    /// The pool of a day (UTC) for `invigil-draw-2`: every item that a form may use, all with weight 1, and a list of the
    /// others with the reasons.
    pub fn pool2(&self, today: NaiveDate) -> (Pool, Vec<Ineligible>) {
        let mut ineligible = Vec::new();
        let mut eligible: BTreeMap<&str, (&Item, &str, Use)> = BTreeMap::new();
        let tainted = self.bank().tainted();
        for item in self.bank().items.values() {
            let (usage, reasons) = self.reasons_against2(item, today, &tainted);
            if !reasons.is_empty() {
                ineligible.push(Ineligible { id: item.id.clone(), reasons });
            } else if let Some(hashes) = self.hashes(&item.id) {
                eligible.insert(&item.id, (item, &hashes.version, usage));
            }
        }
        let all_enemies = self.bank().enemies();
        let mut sets = BTreeMap::new();
        let mut entries = Vec::new();
        for &(item, version, usage) in eligible.values() {
            let named = all_enemies.get(item.id.as_str()).into_iter().flatten();
            let mut enemies: Vec<String> =
                named.filter_map(|id| eligible.get(id)).map(|(_, version, _)| (*version).to_owned()).collect();
            enemies.sort();
            let set = item.scenario.as_ref().and_then(|place| {
                let id = self.set_hash(&place.id)?.to_owned();
                let stimulus = &self.bank().scenarios.get(&place.id)?.stimulus;
                sets.insert(id.clone(), words(&stimulus.plain()));
                Some(SetPlace { id, position: place.position })
            });
            entries.push(PoolEntry {
                item: version.to_owned(),
                usage,
                domain: item.domain.clone(),
                level: item.level,
                set,
                enemies,
                words: words(&item.stem.plain()) + item.shuffled_texts().iter().map(|text| words(text)).sum::<u32>(),
                difficulty: self.bank().difficulties.get(&item.id).copied(),
                weight: 1,
            });
        }
        entries.sort_by(|a, b| a.item.cmp(&b.item));
        let sets = sets.into_iter().map(|(id, words)| PoolSet { id, words }).collect();
        let scheme = self.scheme().id.clone();
        (Pool { format: Pool::FORMAT.into(), version: Pool::VERSION, scheme, entries, sets }, ineligible)
    }

    fn reasons_against2(&self, item: &Item, today: NaiveDate, tainted: &BTreeMap<&str, Taint>) -> (Use, Vec<Reason>) {
        let scheme = self.scheme();
        let mut reasons = self.reasons_against(item, today, tainted);
        let pilot = item.status == Status::Pilot && scheme.pilots() > 0;
        if pilot {
            reasons.retain(|reason| !matches!(reason, Reason::Status { .. }));
            if item.scenario.is_some() {
                reasons.push(Reason::PilotSet);
            }
        }
        let authored_on = item.authoring.authored_on;
        if let Some(from) = scheme.authored_from(today).filter(|&from| authored_on < from) {
            reasons.push(Reason::Age { authored_on, from });
        }
        let rated = self.bank().difficulties.contains_key(&item.id);
        if scheme.constraints.difficulty.is_some() && !pilot && !rated {
            reasons.push(Reason::NotRated);
        }
        (if pilot { Use::Pilot } else { Use::Scored }, reasons)
    }
}

/// Words of a text, as far as blanks separate them.
fn words(text: &str) -> u32 {
    u32::try_from(text.split_whitespace().count()).unwrap_or(u32::MAX)
}
