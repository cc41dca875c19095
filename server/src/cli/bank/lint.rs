//! `invigil bank lint`.

use std::path::{Path, PathBuf};

use clap::Args;
use question_bank::LintReport;

use super::{DEFAULT_BANK, Fault, output};
use crate::bank_files;

#[derive(Args)]
pub(in crate::cli) struct Lint {
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// Look at an open book instead of a bank
    #[arg(long, value_name = "DIR", conflicts_with_all = ["bank", "report", "json"])]
    open_book: Option<PathBuf>,
    /// Print the bank in numbers as well: by rule and domain, key positions and lengths, items that are alike
    #[arg(long)]
    report: bool,
    /// Print all of it as JSON
    #[arg(long)]
    json: bool,
}

impl Lint {
    pub(super) fn run(self) -> Result<(), Fault> {
        if let Some(folder) = &self.open_book {
            return open_book(folder);
        }
        let (bank, faults) = bank_files::load(&self.bank)?;
        let report = LintReport::new(&bank, faults, bank_files::today());
        if self.json {
            output::json(&report)?;
        } else {
            print_findings(&report);
            if self.report {
                print_report(&report);
            }
        }
        match report.totals.errors {
            0 => Ok(()),
            errors => Err(Fault::new(format!("{errors} of the findings are errors"))),
        }
    }
}

/// The findings of an open book.
fn open_book(folder: &Path) -> Result<(), Fault> {
    let (book, findings) = bank_files::open_book(folder)?;
    findings.iter().for_each(|finding| output::line(finding.to_string()));
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let sections = book.map(|book| book.sections).unwrap_or_default();
    let entries: usize = sections.iter().map(|section| section.entries.len()).sum();
    output::line(format!("{} sections, {entries} entries, {errors} errors", sections.len()));
    if errors == 0 { Ok(()) } else { Err(Fault::new(format!("{errors} of the findings are errors"))) }
}

/// Faults and flaws together, by file and line; then the totals.
fn print_findings(report: &LintReport) {
    let faults = report.faults.iter().map(|fault| (&fault.file, fault.line, fault.to_string()));
    let flaws = report.flaws.iter().map(|flaw| (&flaw.file, flaw.line, flaw.to_string()));
    let mut lines: Vec<_> = faults.chain(flaws).collect();
    lines.sort();
    lines.into_iter().for_each(|(.., line)| output::line(line));
    let (items, sets, totals) = (report.items, report.scenarios, report.totals);
    output::line(format!(
        "{items} items, {sets} scenario sets, {} errors, {} warnings, {} notes, {} waived",
        totals.errors, totals.warnings, totals.notes, totals.waived
    ));
}

fn print_report(report: &LintReport) {
    output::line("\nby rule               severity  open  waived");
    for row in &report.rules {
        output::line(format!("{:<21} {:<8} {:>5} {:>7}", row.code, row.severity.to_string(), row.open, row.waived));
    }
    output::line("\nby domain   items  errors  warnings  notes  waived  key longest");
    for row in &report.domains {
        let (flaws, longest) = (row.flaws, format!("{} of {}", row.key_longest, row.single_choice));
        output::line(format!(
            "{:<10} {:>6} {:>7} {:>9} {:>6} {:>7}  {longest:>11}",
            row.domain, row.items, flaws.errors, flaws.warnings, flaws.notes, flaws.waived
        ));
    }
    output::line("\nkeys of single-choice items");
    for row in &report.key_positions {
        let counts: Vec<String> =
            ('a'..='z').zip(&row.counts).map(|(letter, count)| format!("{letter} {count}")).collect();
        output::line(format!("with {} options, key at: {}", row.options, counts.join(", ")));
    }
    for row in &report.key_lengths {
        let percent = |permille: usize| format!("{}.{} %", permille / 10, permille % 10);
        for (which, keys, of, permille) in [
            ("longest", row.longest, row.one_longest, row.longest_permille),
            ("shortest", row.shortest, row.one_shortest, row.shortest_permille),
        ] {
            let (share, chance) = (percent(permille), percent(row.chance_permille));
            output::line(format!(
                "with {} options, one of them the {which}: it is the key in {keys} of {of} ({share}; by chance {chance})",
                row.options
            ));
        }
    }
    output::line(format!("\n{} pairs of items that are alike", report.near_duplicates.len()));
    for pair in &report.near_duplicates {
        output::line(format!("{:>3} %  {}  {}", pair.percent, pair.item, pair.other));
    }
    if report.more_near_duplicates {
        output::line("and more, which are not listed");
    }
}
