//! `invigil form report`.

use std::path::PathBuf;

use assembly::{FormSet, report::Report as Counted};
use clap::Args;
use storage::{Store as _, TenantId};

use super::{super::serve::runtime, Fault, files, output, read_json};
use crate::data::DataDir;

#[derive(Args)]
pub(in crate::cli) struct Report {
    /// Sets of forms that «invigil form assemble» wrote; several of one blueprint are reported as one
    #[arg(required_unless_present = "attempt")]
    forms: Vec<PathBuf>,
    /// Write the report as a page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print instead how this attempt's form is scored, its key included: for auditors, never for candidates
    #[arg(long, conflicts_with_all = ["forms", "html"])]
    attempt: Option<String>,
    /// The data directory, for --attempt
    #[arg(long, default_value = "data/invigil", value_name = "DIR")]
    data: PathBuf,
}

impl Report {
    pub(super) fn run(self) -> Result<(), Fault> {
        if let Some(attempt) = &self.attempt {
            return self.plan(attempt);
        }
        let sets: Vec<FormSet> = self.forms.iter().map(read_json).collect::<Result<_, _>>()?;
        let report = Counted::of(&FormSet::join(sets)?);
        if let Some(file) = &self.html {
            files::write(file, &report.html())?;
        }
        if self.json {
            output::json(&report)?;
        } else {
            summary(&report);
        }
        match report.violations.len() {
            0 => Ok(()),
            count => Err(Fault::new(format!("{count} rules are broken, first: {}", report.violations[0]))),
        }
    }

    fn plan(&self, attempt: &str) -> Result<(), Fault> {
        let store = DataDir::store_in(&self.data)?;
        let found = runtime()?.block_on(store.attempt(&TenantId("demo".into()), attempt))?;
        let found = found.ok_or_else(|| Fault::new(format!("there is no attempt {attempt}")))?;
        output::json(&serde_json::from_str::<serde_json::Value>(&found.scheduled.plan)?)
    }
}

/// A report in a few lines.
pub(super) fn summary(report: &Counted) {
    let thousandths = |value: u64| format!("{}.{:03}", value / 1_000, value % 1_000);
    let percent = |millionths: u64| format!("{}.{:04} %", millionths / 10_000, millionths % 10_000);
    output::line(format!("{} forms of {}", report.forms.len(), report.title));
    let allowed = report.overlap.limit.map(|limit| format!(", at most {limit} are allowed")).unwrap_or_default();
    let (most, mean) = (report.overlap.most, thousandths(report.overlap.mean));
    output::line(format!("overlap: two forms share up to {most} items, {mean} on average{allowed}"));
    if report.overlap.most_sets > 0 || report.overlap.sets_limit.is_some() {
        let allowed =
            report.overlap.sets_limit.map(|limit| format!(", at most {limit} are allowed")).unwrap_or_default();
        output::line(format!("scenarios: two forms share up to {} sets{allowed}", report.overlap.most_sets));
    }
    match report.score {
        None => output::line("expected score: not known, since not every item is rated"),
        Some(score) => {
            let (lowest, highest, spread) =
                (thousandths(score.lowest), thousandths(score.highest), thousandths(score.spread));
            output::line(format!("expected score: {lowest} to {highest} points, a spread of {spread}"));
        }
    }
    if let Some(targets) = report.targets {
        let (worst, bound, gap) = (percent(targets.worst), percent(targets.bound), percent(targets.gap));
        output::line(format!(
            "targets: the worst form is off by {worst}; by the solver's word no such forms are below {bound}, a gap of {gap}"
        ));
    }
    let exposure = &report.exposure;
    let unused = exposure.histogram.first().copied().unwrap_or(0);
    let uses = exposure.histogram.len().saturating_sub(1);
    output::line(format!(
        "exposure: {} of {} items are used, the most used on {uses} forms",
        report.eligible - unused,
        report.eligible
    ));
    for violation in &report.violations {
        output::line(format!("BROKEN {violation}"));
    }
}
