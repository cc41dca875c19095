//! From a bank and a set of parallel forms to the pool list of `invigil-draw-3`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    HashedBank, Reason,
    draw2::{Earlier, PoolEntry, Violation, check_form},
    draw3::{Pool, PoolFault, PoolForm},
};

/// A form as it was assembled from a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedForm {
    /// Its name, such as `F01`.
    pub name: String,
    /// Its items by id in the bank, and the revision of each, in any order.
    pub items: Vec<(String, u32)>,
}

/// An item for which a form is left out of the pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("form {form}: {item} {why}")]
pub struct LeftOut {
    /// The form.
    pub form: String,
    /// The item by its id in the bank; by its `version_hash` where the bank does not know it.
    pub item: String,
    /// Why it may not stand on a form.
    pub why: Why,
}

/// Why an item of an assembled form may not stand on one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// The bank does not have it.
    #[error("is not in the bank")]
    Gone,
    /// The bank has no such version.
    #[error("is no version of an item of the bank any more")]
    UnknownVersion,
    /// It was revised after the form was assembled.
    #[error("is at revision {now}, and the form has revision {then}")]
    Revised {
        /// The revision on the form.
        then: u32,
        /// The revision in the bank.
        now: u32,
    },
    /// The bank puts it on no form of that day.
    #[error("may not stand on a form: {}", .reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Ineligible {
        /// Every reason.
        reasons: Vec<Reason>,
    },
}

/// Why a set of forms is no pool.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormsError {
    /// Every form has an item that may not stand on one.
    #[error(
        "none of the {forms} forms can be sat any more: assemble forms from the bank as it is now ({})",
        .left_out.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    )]
    NoneLeft {
        /// How many there are.
        forms: usize,
        /// The items that stand in the way.
        left_out: Vec<LeftOut>,
    },
    /// A form that the scheme does not allow, beside the bank as it is now.
    #[error("form {form} is not one that the scheme allows: {broken}; assemble forms from the bank as it is now")]
    Rule {
        /// The form.
        form: String,
        /// The rule that it breaks.
        broken: Violation,
    },
    /// The forms that are left are no sound pool.
    #[error("no pool can be made of the {forms} forms that can be sat: {fault}")]
    Pool {
        /// How many they are.
        forms: usize,
        /// What is wrong.
        fault: PoolFault,
    },
}

impl HashedBank {
    /// The pool of a day (UTC) for `invigil-draw-3`: those of the forms whose items may all stand on one that day, at the
    /// revision they were assembled with, and what the others are left out for.
    ///
    /// # Errors
    /// [`FormsError`] if none is left, or they are not what the scheme asks for.
    pub fn pool3(&self, day: NaiveDate, forms: &[NamedForm]) -> Result<(Pool, Vec<LeftOut>), FormsError> {
        let (eligible, ineligible) = self.pool2(day);
        let against: BTreeMap<&str, &Vec<Reason>> =
            ineligible.iter().map(|item| (item.id.as_str(), &item.reasons)).collect();
        let mut left_out = Vec::new();
        let mut kept = Vec::new();
        for form in forms {
            let before = left_out.len();
            let mut items = Vec::new();
            for (id, revision) in &form.items {
                let mut leave_out = |why| left_out.push(LeftOut { form: form.name.clone(), item: id.clone(), why });
                match (self.bank().items.get(id), self.hashes(id)) {
                    (Some(item), _) if item.revision != *revision => {
                        leave_out(Why::Revised { then: *revision, now: item.revision });
                    }
                    (Some(_), Some(hashes)) => match against.get(id.as_str()) {
                        Some(reasons) => leave_out(Why::Ineligible { reasons: (*reasons).clone() }),
                        None => items.push(hashes.version.clone()),
                    },
                    _ => leave_out(Why::Gone),
                }
            }
            items.sort();
            if left_out.len() == before {
                kept.push(PoolForm { name: form.name.clone(), items });
            }
        }
        if kept.is_empty() {
            return Err(FormsError::NoneLeft { forms: forms.len(), left_out });
        }
        let pool = Pool::of(&eligible.scheme, &eligible.entries, &eligible.sets, kept);
        let blueprint = self.scheme().blueprint2();
        // Beside everything that may stand on a form: whether a set is whole shows only there.
        let entries: BTreeMap<&str, &PoolEntry> = eligible.entries.iter().map(|e| (e.item.as_str(), e)).collect();
        for form in &pool.forms {
            let mut members: Vec<&PoolEntry> =
                form.items.iter().filter_map(|item| entries.get(item.as_str()).copied()).collect();
            members.sort_by_key(|entry| entry.set.as_ref());
            let order: Vec<String> = members.into_iter().map(|entry| entry.item.clone()).collect();
            if let Some(broken) = check_form(&eligible, &blueprint, &Earlier::none(), &order).into_iter().next() {
                return Err(FormsError::Rule { form: form.name.clone(), broken: self.named(broken) });
            }
        }
        let forms = pool.forms.len();
        pool.check(&blueprint).map_err(|fault| FormsError::Pool { forms, fault: self.with_ids(fault) })?;
        Ok((pool, left_out))
    }

    /// The forms of a recorded pool as this bank knows them, and what the others are left out for.
    pub fn forms_of(&self, pool: &Pool) -> (Vec<NamedForm>, Vec<LeftOut>) {
        let mut left_out = Vec::new();
        let mut forms = Vec::new();
        for form in &pool.forms {
            let before = left_out.len();
            let mut items = Vec::new();
            for version in &form.items {
                match self.by_version(version) {
                    Some(item) => items.push((item.id.clone(), item.revision)),
                    None => left_out.push(LeftOut {
                        form: form.name.clone(),
                        item: version.clone(),
                        why: Why::UnknownVersion,
                    }),
                }
            }
            if left_out.len() == before {
                forms.push(NamedForm { name: form.name.clone(), items });
            }
        }
        (forms, left_out)
    }

    /// Whoever has the bank is told ids, not hashes.
    fn id_of(&self, version: String) -> String {
        self.by_version(&version).map(|item| item.id.clone()).unwrap_or(version)
    }

    fn named(&self, broken: Violation) -> Violation {
        match broken {
            Violation::Enemies { one, other } => Violation::Enemies { one: self.id_of(one), other: self.id_of(other) },
            Violation::Unrated(item) => Violation::Unrated(self.id_of(item)),
            other => other,
        }
    }

    fn with_ids(&self, fault: PoolFault) -> PoolFault {
        match fault {
            PoolFault::Exposure { item, uses, forms, most } => {
                PoolFault::Exposure { item: self.id_of(item), uses, forms, most }
            }
            other => other,
        }
    }
}
