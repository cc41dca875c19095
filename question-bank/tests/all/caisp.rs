//! The demonstration bank: no error, and a history of everything in it.

use question_bank::{Bank, LintReport};

use crate::fixture::{TODAY, content};

#[test]
fn the_caisp_bank_has_no_error_and_everything_in_it_a_history() {
    let (bank, faults) = Bank::load(&content("caisp"), TODAY);
    let report = LintReport::new(&bank, faults, TODAY);
    assert_eq!(report.totals.errors, 0, "{:#?}\n{:#?}", report.faults, report.flaws);
    assert!(bank.has_history && report.faults.is_empty(), "{:#?}", report.faults);
    assert!(bank.items.len() >= 140);
}
