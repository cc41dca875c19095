//! Pools of forms without a bank behind them: their forms are drawn by `invigil-draw-2` from the pools of `pools2`.

use std::collections::BTreeSet;

use question_bank::{
    draw2::{self, Blueprint, Earlier, Prepared},
    draw3::{Pool, PoolForm},
};

use crate::{draw::secret, pools2};

/// The pool of these forms: what stands on one of them, and the overlap as counted one item at a time.
pub(crate) fn of(second: &draw2::Pool, forms: Vec<PoolForm>) -> Pool {
    let used: BTreeSet<&String> = forms.iter().flat_map(|form| &form.items).collect();
    let mut entries: Vec<_> = second.entries.iter().filter(|entry| used.contains(&entry.item)).cloned().collect();
    entries.iter_mut().for_each(|entry| entry.enemies.retain(|enemy| used.contains(enemy)));
    let named: BTreeSet<&String> = entries.iter().filter_map(|entry| entry.set.as_ref()).map(|set| &set.id).collect();
    let sets = second.sets.iter().filter(|set| named.contains(&set.id)).cloned().collect();
    let shared = |one: &PoolForm, other: &PoolForm| one.items.iter().filter(|item| other.items.contains(item)).count();
    let pairs = forms.iter().enumerate().flat_map(|(at, one)| forms[..at].iter().map(move |other| (one, other)));
    let overlap = pairs.map(|(one, other)| shared(one, other)).max().unwrap_or_default();
    Pool {
        format: Pool::FORMAT.into(),
        version: Pool::VERSION,
        scheme: second.scheme.clone(),
        entries,
        sets,
        overlap: u32::try_from(overlap).unwrap(),
        forms,
    }
}

/// So many different forms of a pool, F01 and on.
fn drawn(second: &draw2::Pool, blueprint: &Blueprint, count: usize) -> Pool {
    let prepared = Prepared::new(second, blueprint, &Earlier::none()).unwrap();
    let mut forms: Vec<PoolForm> = Vec::new();
    for number in 0.. {
        let mut items = prepared.draw(&secret(5), &number.to_string()).unwrap().items;
        items.sort();
        if forms.len() == count {
            break;
        }
        if forms.iter().all(|form| form.items != items) {
            forms.push(PoolForm { name: format!("F{:02}", forms.len() + 1), items });
        }
    }
    of(second, forms)
}

/// Seven forms of six items, two of them from one of three sets.
pub(crate) fn toy() -> (Pool, Blueprint) {
    let (pool, blueprint) = pools2::toy();
    (drawn(&pool.build(), &blueprint, 7), blueprint)
}

/// Five forms with whole sets of several lengths and two pilot items; nothing may be met again.
pub(crate) fn whole() -> (Pool, Blueprint) {
    let (pool, blueprint) = pools2::whole();
    (drawn(&pool.build(), &blueprint, 5), blueprint)
}

/// What somebody met who sat this form.
pub(crate) fn met(pool: &Pool, form: usize) -> Earlier {
    let items = pool.forms[form].items.clone();
    let entries = pool.entries.iter().filter(|entry| items.contains(&entry.item));
    let sets: BTreeSet<String> = entries.filter_map(|entry| entry.set.as_ref()).map(|set| set.id.clone()).collect();
    Earlier { items, sets: sets.into_iter().collect() }
}
