//! Item-writing rules that a machine can check (docs/LINT.md), on a bank that was loaded.
//!
//! Faults of format ([`Finding`](crate::Finding)) keep a file out of the bank. What stands here are flaws of items that
//! can be read: they keep nothing out by themselves, but no item with an error is reviewed or released
//! ([`lifecycle`](crate::lifecycle)), and each can be waived with a reason.
//!
//! Source of most rules: Haladyna, Downing & Rodriguez, «A Review of Multiple-Choice Item-Writing Guidelines for Classroom
//! Assessment», Applied Measurement in Education 15(3), 2002, whose 31 guidelines [`Rule::source`] counts as HDR 1 to 31.

mod config;
mod flaw;
mod report;
mod rule;
mod rules;
pub mod shingles;
mod text;
mod view;
mod waiver;

use chrono::NaiveDate;

pub use config::LintConfig;
pub use flaw::Flaw;
pub use report::{DomainRow, KeyLengths, LintReport, Positions, RuleRow, Similar, Totals};
pub use rule::Rule;
pub use waiver::Waiver;

use crate::bank::Bank;
use flaw::Flaws;
use shingles::Found;
use view::View;

/// Every flaw of a bank on a day (UTC), by file and line; waived ones are marked.
pub fn lint(bank: &Bank, today: NaiveDate) -> Vec<Flaw> {
    let views = views(bank);
    check(bank, &views, &similar(bank, &views), today)
}

/// The errors of a bank that nobody waived. Cheaper than [`lint()`]: items are not compared with one another.
pub fn open_errors(bank: &Bank, today: NaiveDate) -> Vec<Flaw> {
    let mut flaws = check(bank, &views(bank), &Found::default(), today);
    flaws.retain(Flaw::is_open_error);
    flaws
}

fn views(bank: &Bank) -> Vec<View<'_>> {
    bank.items.values().map(|item| View::new(bank, item)).collect()
}

fn similar(bank: &Bank, views: &[View<'_>]) -> Found {
    rules::pairs(views, bank.lint.near_duplicate_percent)
}

fn check(bank: &Bank, views: &[View<'_>], similar: &Found, today: NaiveDate) -> Vec<Flaw> {
    let context = rules::Context { config: &bank.lint, today };
    let mut flaws = Flaws::default();
    for view in views {
        rules::check_item(view, &context, &mut flaws);
    }
    rules::check_bank(bank, views, &similar.pairs, &mut flaws);
    waiver::apply(bank, &mut flaws);
    flaws.0.sort();
    flaws.0
}
