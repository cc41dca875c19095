//! `invigil form pick`.

use std::{collections::BTreeSet, path::PathBuf};

use assembly::{
    FormSet,
    pool::{FormPool, RetakeRule},
};
use clap::Args;
use question_bank::CandidateSecret;

use super::{Fault, output, read_json};

#[derive(Args)]
pub(in crate::cli) struct Pick {
    /// The set of forms that «invigil form assemble» wrote
    forms: PathBuf,
    /// The candidate's secret, 64 hexadecimal digits
    #[arg(long, value_name = "HEX")]
    secret: String,
    /// The attempt's pseudonym
    #[arg(long)]
    pseudonym: String,
    /// A form of the set that the candidate has sat; once for each
    #[arg(long, value_name = "NAME")]
    sat: Vec<String>,
    /// The most items that the form may share with any of them; without it, what two forms of the set may share
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
        let blueprint = &set.problem.blueprint;
        let overlap = self.overlap.or(blueprint.overlap).unwrap_or(blueprint.items);
        let rule = RetakeRule { overlap, scenarios_return: false };
        let secret = CandidateSecret::from_hex(&self.secret)?;
        output::json(FormPool::new(&set).draw(&secret, &self.pseudonym, &earlier, rule)?)
    }
}
