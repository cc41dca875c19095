//! The draw from a whole bank against a sampler that shares nothing with it: a random walk over forms (Metropolis–Hastings)
//! that swaps one item, or one scenario set, at a time. Seeds are fixed, so nothing here fails by chance.

use std::collections::BTreeMap;

use question_bank::{
    draw::KeyStream,
    draw2::{Blueprint, Earlier, Pool, Prepared, Use},
};

use crate::{draw::secret, pools2};

/// Steps of the walk between two forms that are looked at.
const STEPS: usize = 60;
/// Forms looked at, in so many stretches whose means are compared.
const STRETCHES: usize = 40;
const FORMS: usize = 150;
/// Forms drawn.
const DRAWS: usize = 3_000;

struct Walk<'a> {
    pool: &'a Pool,
    blueprint: &'a Blueprint,
    stream: KeyStream,
    /// Of each entry: index of its domain, of its level, of its set.
    facts: Vec<(usize, usize, Option<usize>)>,
    enemies: Vec<Vec<usize>>,
    /// Members of each set.
    sets: Vec<Vec<usize>>,
    alone: Vec<Vec<usize>>,
    pilots: Vec<usize>,
    on_form: Vec<bool>,
}

impl<'a> Walk<'a> {
    fn from(pool: &'a Pool, blueprint: &'a Blueprint, form: &[String]) -> Self {
        let at = |item: &str| pool.entries.iter().position(|entry| entry.item == item).unwrap();
        let domain = |name: &str| blueprint.domains.iter().position(|quota| quota.domain == name).unwrap();
        let mut sets = vec![Vec::new(); pool.sets.len()];
        let (mut alone, mut pilots) = (vec![Vec::new(); blueprint.domains.len()], Vec::new());
        let mut facts = Vec::new();
        for (index, entry) in pool.entries.iter().enumerate() {
            let set = entry.set.as_ref().map(|place| pool.sets.iter().position(|set| set.id == place.id).unwrap());
            let level = pools2::LEVELS.iter().position(|&level| level == entry.level).unwrap();
            facts.push((domain(&entry.domain), level, set));
            match (entry.usage, set) {
                (Use::Pilot, _) => pilots.push(index),
                (Use::Scored, Some(set)) => sets[set].push(index),
                (Use::Scored, None) => alone[domain(&entry.domain)].push(index),
            }
        }
        let enemies = pool.entries.iter().map(|entry| entry.enemies.iter().map(|enemy| at(enemy)).collect()).collect();
        let mut on_form = vec![false; pool.entries.len()];
        form.iter().for_each(|item| on_form[at(item)] = true);
        Self { pool, blueprint, stream: KeyStream::new([11; 32]), facts, enemies, sets, alone, pilots, on_form }
    }

    fn below(&mut self, n: usize) -> usize {
        self.stream.below(u32::try_from(n).unwrap()) as usize
    }

    fn one_of(&mut self, list: &[usize], on_form: bool) -> Option<usize> {
        let fit: Vec<usize> = list.iter().copied().filter(|&entry| self.on_form[entry] == on_form).collect();
        (!fit.is_empty()).then(|| fit[self.below(fit.len())])
    }

    fn is_sound(&self) -> bool {
        let (mut levels, mut words, mut difficulty) = ([0; 4], 0, 0);
        let mut with_stimulus = vec![false; self.sets.len()];
        for (index, entry) in self.pool.entries.iter().enumerate().filter(|(index, _)| self.on_form[*index]) {
            if self.enemies[index].iter().any(|&enemy| self.on_form[enemy]) {
                return false;
            }
            words += entry.words;
            if entry.usage == Use::Scored {
                levels[self.facts[index].1] += 1;
                difficulty += entry.difficulty.unwrap();
            }
            if let Some(set) = self.facts[index].2 {
                words += if std::mem::replace(&mut with_stimulus[set], true) { 0 } else { self.pool.sets[set].words };
            }
        }
        let within = |range: question_bank::draw2::Range, sum: u32| (range.min..=range.max).contains(&sum);
        let level = |l: usize| self.blueprint.levels[l];
        (0..4).all(|l| (level(l).min..=level(l).max).contains(&levels[l]))
            && within(self.blueprint.words.unwrap(), words)
            && within(self.blueprint.difficulty.unwrap(), difficulty)
    }

    fn step(&mut self) {
        let before = self.on_form.clone();
        let accepted = match self.below(4) {
            0 => self.swap_set(),
            1 => {
                let pilots = self.pilots.clone();
                self.swap(&pilots)
            }
            _ => {
                // As often as a domain has items, whatever is on the form: the way back is as likely.
                let all: usize = self.alone.iter().map(Vec::len).sum();
                let mut at = self.below(all);
                let domain = (0..)
                    .find(|&d| {
                        at < self.alone[d].len() || {
                            at -= self.alone[d].len();
                            false
                        }
                    })
                    .unwrap();
                let list = self.alone[domain].clone();
                self.swap(&list)
            }
        };
        if !accepted || !self.is_sound() {
            self.on_form = before;
        }
    }

    /// Swaps one item of a list on the form for one that is not.
    fn swap(&mut self, list: &[usize]) -> bool {
        let (Some(out), Some(in_)) = (self.one_of(list, true), self.one_of(list, false)) else { return false };
        (self.on_form[out], self.on_form[in_]) = (false, true);
        true
    }

    /// Swaps the items of one set on the form for others of the same or of another set, and stand-alone items so that domains
    /// come out right. Taken as often as the ways forth and back demand.
    fn swap_set(&mut self) -> bool {
        let all: Vec<usize> = (0..self.sets.len()).collect();
        let on = |walk: &Self, set: usize| walk.sets[set].iter().any(|&entry| walk.on_form[entry]);
        let (used, unused): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|&set| on(self, set));
        let out = used[self.below(used.len())];
        let others = unused.len() + 1;
        let pick = self.below(others);
        let in_ = unused.get(pick).copied().unwrap_or(out);
        let mut surplus = vec![0_i32; self.alone.len()];
        for entry in self.sets[out].clone() {
            if std::mem::replace(&mut self.on_form[entry], false) {
                surplus[self.facts[entry].0] -= 1;
            }
        }
        // One of the six stays away.
        let away = self.below(self.sets[in_].len());
        for (place, entry) in self.sets[in_].clone().into_iter().enumerate().filter(|(place, _)| *place != away) {
            debug_assert!(place < 6);
            self.on_form[entry] = true;
            surplus[self.facts[entry].0] += 1;
        }
        let (mut forth, mut back) = (1.0, 1.0);
        for (list, surplus) in self.alone.clone().into_iter().zip(surplus) {
            let many = surplus.unsigned_abs();
            let used = list.iter().filter(|&&entry| self.on_form[entry]).count();
            let unused = list.len() - used;
            let (from, to) = if surplus > 0 { (used, unused) } else { (unused, used) };
            forth *= binomial(from, many);
            back *= binomial(to + many as usize, many);
            for _ in 0..many {
                let Some(entry) = self.one_of(&list, surplus > 0) else { return false };
                self.on_form[entry] = !self.on_form[entry];
            }
        }
        f64::from(self.stream.below(1 << 30)) < forth / back * f64::from(1 << 30)
    }
}

fn binomial(n: usize, r: u32) -> f64 {
    (0..r).map(|i| (n as f64 - f64::from(i)) / f64::from(i + 1)).product()
}

/// Of each item, and of pairs of items, the share of forms that have it.
type Shares = Vec<f64>;

fn features(on_form: &[bool], pairs: &[(usize, usize)]) -> Vec<bool> {
    let both = pairs.iter().map(|&(one, other)| on_form[one] && on_form[other]);
    on_form.iter().copied().chain(both).collect()
}

fn mean<'f>(of: impl Iterator<Item = &'f Vec<bool>> + Clone) -> Shares {
    let count = of.clone().count() as f64;
    let mut sums = vec![0.0; of.clone().next().unwrap().len()];
    of.for_each(|form| form.iter().zip(&mut sums).for_each(|(&has, sum)| *sum += f64::from(u8::from(has)) / count));
    sums
}

/// Pairs that are counted: neighbours in the pool's order, which is that of hashes.
fn pairs(pool: &Pool) -> Vec<(usize, usize)> {
    (0..pool.entries.len() - 1).map(|at| (at, at + 1)).collect()
}

/// The shares in each stretch of a walk from this form.
fn walked(pool: &Pool, blueprint: &Blueprint, form: &[String]) -> Vec<Shares> {
    let pairs = pairs(pool);
    let mut walk = Walk::from(pool, blueprint, form);
    assert!(walk.is_sound(), "the walk's own rules are those of the form");
    (0..2_000).for_each(|_| walk.step());
    let mut forms = Vec::new();
    for _ in 0..STRETCHES * FORMS {
        (0..STEPS).for_each(|_| walk.step());
        forms.push(features(&walk.on_form, &pairs));
    }
    forms.chunks(FORMS).map(|stretch| mean(stretch.iter())).collect()
}

/// The shares among forms drawn from a pool.
fn drawn(pool: &Pool, blueprint: &Blueprint) -> Shares {
    let prepared = Prepared::new(pool, blueprint, &Earlier::none()).unwrap();
    let index: BTreeMap<&str, usize> = pool.entries.iter().enumerate().map(|(at, e)| (e.item.as_str(), at)).collect();
    let pairs = pairs(pool);
    let form = |number: usize| {
        let mut on_form = vec![false; pool.entries.len()];
        let draw = prepared.draw(&secret(5), &number.to_string()).unwrap();
        draw.items.iter().for_each(|item| on_form[index[item.as_str()]] = true);
        features(&on_form, &pairs)
    };
    let forms: Vec<Vec<bool>> = (0..DRAWS).map(form).collect();
    mean(forms.iter())
}

/// Mean square of the differences between draws and walk, each in units of its standard error: about 1 where both have the
/// same distribution. For items, and for pairs.
fn disagreement(drawn: &Shares, stretches: &[Shares], items: usize) -> (f64, f64) {
    let square = |feature: usize| {
        let shares: Vec<f64> = stretches.iter().map(|stretch| stretch[feature]).collect();
        let share = shares.iter().sum::<f64>() / STRETCHES as f64;
        // Forms of a walk hang together; its stretches, as good as not.
        let spread = shares.iter().map(|one| (one - share).powi(2)).sum::<f64>() / (STRETCHES * (STRETCHES - 1)) as f64;
        let error = spread + share * (1.0 - share) / DRAWS as f64;
        // What almost never happens says nothing.
        (share > 0.01).then(|| (drawn[feature] - share).powi(2) / error)
    };
    let mean_square = |features: std::ops::Range<usize>| {
        let squares: Vec<f64> = features.filter_map(square).collect();
        assert!(squares.len() > 200);
        squares.iter().sum::<f64>() / squares.len() as f64
    };
    (mean_square(0..items), mean_square(items..drawn.len()))
}

#[test]
#[ignore = "many forms of a walk: `cargo xtask soak`"]
fn soak_items_and_pairs_of_a_whole_bank_are_drawn_as_often_as_a_random_walk_meets_them() {
    let (pool, blueprint) = pools2::bank400();
    let pool = pool.build();
    let first = Prepared::new(&pool, &blueprint, &Earlier::none()).unwrap().draw(&secret(6), "first").unwrap();
    let stretches = walked(&pool, &blueprint, &first.items);
    let (items, pairs) = disagreement(&drawn(&pool, &blueprint), &stretches, pool.entries.len());
    assert!((0.75..1.35).contains(&items) && (0.75..1.35).contains(&pairs), "items {items:.2}, pairs {pairs:.2}");

    // The comparison can fail: half of the items a little too often.
    let mut uneven = pool.clone();
    let scored = uneven.entries.iter_mut().filter(|entry| entry.usage == Use::Scored);
    scored.enumerate().for_each(|(at, entry)| entry.weight = [10, 12][at % 2]);
    let (items, _) = disagreement(&drawn(&uneven, &blueprint), &stretches, pool.entries.len());
    assert!(items > 2.0, "items {items:.2}");
}
