//! What a compromised item takes out of use with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::Serialize;

use crate::bank::{Bank, Status};

/// Why an item must not stand on a form any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Taint {
    /// The item or scenario set that is known outside.
    pub compromised: String,
    /// What ties the item to it.
    pub tie: Tie,
}

/// What ties an item to a compromised one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// It is it, or one of its set.
    Itself,
    /// One was made from the other, or both from a third.
    Clone,
    /// One gives the other away.
    Enemy,
}

impl fmt::Display for Taint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.tie {
            Tie::Itself => write!(f, "{} is compromised", self.compromised),
            Tie::Clone => write!(f, "it is a clone of {}, which is compromised", self.compromised),
            Tie::Enemy => write!(f, "it is an enemy of {}, which is compromised", self.compromised),
        }
    }
}

impl Bank {
    /// Every item that a compromised one takes out of use, by its id, and why.
    pub fn tainted(&self) -> BTreeMap<&str, Taint> {
        let items = self.items.values().filter(|item| item.status == Status::Compromised).map(|item| item.id.as_str());
        let units: BTreeSet<&str> = items.map(|id| self.unit_of(id)).collect();
        self.tainted_by(units)
    }

    /// The same, as if these items or sets were compromised.
    pub fn tainted_by<'a>(&'a self, units: impl IntoIterator<Item = &'a str>) -> BTreeMap<&'a str, Taint> {
        let units: BTreeSet<&str> = units.into_iter().map(|id| self.unit_of(id)).collect();
        let mut tainted: BTreeMap<&str, Taint> = BTreeMap::new();
        if units.is_empty() {
            return tainted;
        }
        let mut origins: BTreeMap<&str, &str> = BTreeMap::new();
        let enemies = self.enemies();
        for &unit in &units {
            origins.insert(self.origin_of(unit), unit);
            for member in self.members(unit) {
                take(&mut tainted, member, unit, Tie::Itself);
                for &enemy in enemies.get(member).into_iter().flatten() {
                    take(&mut tainted, enemy, unit, Tie::Enemy);
                }
            }
        }
        for id in self.items.keys() {
            if let Some(unit) = origins.get(self.origin_of(self.unit_of(id))) {
                take(&mut tainted, id, unit, Tie::Clone);
            }
        }
        tainted
    }
}

/// The closest tie is the one that is told.
fn take<'a>(tainted: &mut BTreeMap<&'a str, Taint>, item: &'a str, compromised: &str, tie: Tie) {
    let closer = tainted.get(item).is_none_or(|held| tie < held.tie);
    if closer {
        tainted.insert(item, Taint { compromised: compromised.to_owned(), tie });
    }
}
