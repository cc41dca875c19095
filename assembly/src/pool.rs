//! Which of the forms a candidate sits: drawn by the candidate's secret, so that anyone can draw it again.

use std::collections::{BTreeMap, BTreeSet};

use hkdf::Hkdf;
use question_bank::{
    CandidateSecret,
    canonical::{digest, length_prefixed},
    draw::KeyStream,
};
use sha2::Sha256;

use crate::{
    forms::{AssembledForm, FormSet},
    problem::Item,
};

/// Name of the procedure.
pub const PROCEDURE: &str = "invigil-form-pool-1";

/// What a candidate's earlier attempts forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetakeRule {
    /// The most items that a form may share with the earlier attempts, all of them together.
    pub overlap: u32,
    /// A form may have scenarios of the earlier attempts.
    pub scenarios_return: bool,
}

/// Why no form can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawFault {
    /// There are no forms.
    #[error("the set has no forms")]
    Empty,
    /// Every form has an item that may no longer stand on one.
    #[error("each of the {forms} forms has an item that may no longer stand on a form: assemble others")]
    AllWithdrawn {
        /// How many forms there are.
        forms: usize,
    },
    /// Every form that is left is too much like an earlier attempt.
    #[error(
        "each of {forms} forms shares more than {overlap} items, or a scenario, with earlier attempts; the least is \
         {least} items: assemble further forms, or allow more"
    )]
    AllSeen {
        /// How many forms may still be sat.
        forms: usize,
        /// The most items that may be shared.
        overlap: u32,
        /// The fewest that any form shares with them.
        least: u32,
    },
}

/// A set of forms made ready for many draws.
#[derive(Debug)]
pub struct FormPool<'a> {
    set: &'a FormSet,
    digest: String,
    /// Of each item that belongs to one, its scenario set.
    scenarios: BTreeMap<&'a str, &'a str>,
    /// The forms that may be sat, in the order of the set.
    forms: Vec<&'a AssembledForm>,
}

impl<'a> FormPool<'a> {
    /// A pool of the forms of a set, without those that have one of the `withdrawn` items, by id: items that were revised,
    /// suspended or compromised since.
    pub fn new(set: &'a FormSet, withdrawn: &BTreeSet<String>) -> Self {
        let scenario = |item: &'a Item| Some((item.id.as_str(), item.scenario.as_deref()?));
        let forms = set.forms.iter().filter(|form| !form.items.iter().any(|id| withdrawn.contains(id)));
        let scenarios = set.problem.items.iter().filter_map(scenario).collect();
        Self { set, digest: digest(set), scenarios, forms: forms.collect() }
    }

    /// Draws a candidate's form: of those that the earlier attempts (their items by id) allow, in the order of the set,
    /// the one at a bounded integer of the key stream (docs/DRAW.md), each equally likely. The key is HKDF-SHA256 of the
    /// secret with procedure, digest of the document and pseudonym as length-prefixed info.
    ///
    /// # Errors
    /// [`DrawFault`].
    pub fn draw(
        &self,
        secret: &CandidateSecret,
        pseudonym: &str,
        earlier: &[BTreeSet<String>],
        rule: RetakeRule,
    ) -> Result<&'a AssembledForm, DrawFault> {
        let seen: BTreeSet<&str> = earlier.iter().flatten().filter_map(|id| self.scenario(id)).collect();
        let met = |id: &&String| earlier.iter().any(|attempt| attempt.contains(*id));
        let shared = |form: &AssembledForm| u32::try_from(form.items.iter().filter(met).count()).unwrap_or(u32::MAX);
        let allowed = |form: &&AssembledForm| {
            let returns = || form.items.iter().filter_map(|id| self.scenario(id)).any(|set| seen.contains(set));
            shared(form) <= rule.overlap && (rule.scenarios_return || !returns())
        };
        let allowed: Vec<&AssembledForm> = self.forms.iter().copied().filter(allowed).collect();
        let mut stream = KeyStream::new(self.key(secret, pseudonym));
        let count = u32::try_from(allowed.len()).unwrap_or(u32::MAX);
        let least = || self.forms.iter().map(|form| shared(form)).min();
        allowed.get(stream.below(count) as usize).copied().ok_or_else(|| match (self.set.forms.len(), least()) {
            (0, _) => DrawFault::Empty,
            (forms, None) => DrawFault::AllWithdrawn { forms },
            (_, Some(least)) => DrawFault::AllSeen { forms: self.forms.len(), overlap: rule.overlap, least },
        })
    }

    fn scenario(&self, id: &str) -> Option<&'a str> {
        self.scenarios.get(id).copied()
    }

    fn key(&self, secret: &CandidateSecret, pseudonym: &str) -> [u8; 32] {
        let info = length_prefixed(&[PROCEDURE.as_bytes(), self.digest.as_bytes(), pseudonym.as_bytes()]);
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, secret.as_bytes())
            .expand(&info, &mut key)
            .expect("32 bytes are far below HKDF's limit");
        key
    }
}
