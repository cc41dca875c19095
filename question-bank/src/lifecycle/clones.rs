//! Which files were made from one another by small changes.

use crate::bank::Bank;

impl Bank {
    /// What lives together with an item: its scenario set, or itself.
    pub(crate) fn unit_of<'a>(&'a self, id: &'a str) -> &'a str {
        self.items.get(id).and_then(|item| item.scenario.as_ref()).map_or(id, |place| place.id.as_str())
    }

    /// Two items of different files that go back to the same one, by `clone_of` over any number of steps.
    pub(crate) fn are_clones(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.unit_of(one), self.unit_of(other));
        one != other && self.origin_of(one) == self.origin_of(other)
    }

    /// The unit that a unit goes back to. Of a circle, the smallest id.
    pub(super) fn origin_of<'a>(&'a self, unit: &'a str) -> &'a str {
        let mut path = vec![unit];
        while let Some(next) = path.last().and_then(|unit| self.clone_of(unit)) {
            if let Some(at) = path.iter().position(|&seen| seen == next) {
                return path[at..].iter().min().copied().unwrap_or(unit);
            }
            path.push(next);
        }
        path.last().copied().unwrap_or(unit)
    }

    fn clone_of(&self, unit: &str) -> Option<&str> {
        let set = || self.scenarios.get(unit).and_then(|set| set.clone_of.as_deref());
        let named = self.items.get(unit).and_then(|item| item.clone_of.as_deref()).or_else(set)?;
        Some(self.unit_of(named))
    }
}
