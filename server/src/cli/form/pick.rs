//! `invigil form pick`.

use std::{collections::BTreeSet, path::PathBuf};

use assembly::{
    FormSet, Item,
    pool::{FormPool, RetakeRule},
};
use clap::Args;
use question_bank::{BankSecret, CandidateSecret};

use super::{super::DEFAULT_BANK, Fault, output, problem::Source, read_json};
use crate::bank_files;

#[derive(Args)]
pub(in crate::cli) struct Pick {
    /// The set of forms that «invigil form assemble» wrote
    forms: PathBuf,
    /// The question bank as it is now: forms with an item that may no longer stand on one are left out
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// The candidate's secret, 64 hexadecimal digits
    #[arg(long, value_name = "HEX")]
    secret: String,
    /// The attempt's pseudonym
    #[arg(long)]
    pseudonym: String,
    /// A form of the set that the candidate has sat; once for each
    #[arg(long, value_name = "NAME")]
    sat: Vec<String>,
    /// The most items that the form may share with them all; without it, the scheme's shared_items, or what so many forms
    /// of the set may share with another
    #[arg(long, value_name = "N")]
    overlap: Option<u32>,
}

impl Pick {
    pub(super) fn run(self) -> Result<(), Fault> {
        let set: FormSet = read_json(&self.forms)?;
        set.check()?;
        let items = |name: &String| {
            let form = set.forms.iter().find(|form| form.name == *name);
            let form = form.ok_or_else(|| Fault::new(format!("{} has no form {name}", self.forms.display())))?;
            Ok(form.items.iter().cloned().collect())
        };
        let earlier: Vec<BTreeSet<String>> = self.sat.iter().map(items).collect::<Result<_, Fault>>()?;
        let bank = bank_files::hashed(&self.bank, &BankSecret::new([0; 32]))?;
        let source = Source::new(&bank, bank_files::today());
        let attempts = u32::try_from(self.sat.len()).unwrap_or(u32::MAX);
        let of_set = || set.problem.blueprint.overlap.map(|limit| limit.saturating_mul(attempts));
        let overlap = self.overlap.or(source.shared_items()).or_else(of_set).unwrap_or(u32::MAX);
        let rule = RetakeRule { overlap, scenarios_return: false };
        let secret = CandidateSecret::from_hex(&self.secret)?;
        let withdrawn = withdrawn(&set, &source);
        output::json(FormPool::new(&set, &withdrawn).draw(&secret, &self.pseudonym, &earlier, rule)?)
    }
}

/// The items of the set that today's bank does not put on forms any more, at the revision they stand there.
fn withdrawn(set: &FormSet, source: &Source<'_>) -> BTreeSet<String> {
    let revisions = source.revisions();
    let gone = |item: &&Item| revisions.get(item.id.as_str()) != Some(&item.revision);
    set.problem.items.iter().filter(gone).map(|item| item.id.clone()).collect()
}
