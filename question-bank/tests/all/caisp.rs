//! The demonstration bank: no error, and a history of everything in it.

use std::collections::BTreeMap;

use question_bank::{
    Bank, BankSecret, HashedBank, LintReport,
    draw2::{self, Earlier, Prepared, check_form},
};

use crate::{
    draw::secret,
    fixture::{TODAY, content},
};

/// Forms that are drawn.
const FORMS: u32 = 1_000_000;

#[test]
fn the_caisp_bank_has_no_error_and_everything_in_it_a_history() {
    let (bank, faults) = Bank::load(&content("caisp"), TODAY);
    let report = LintReport::new(&bank, faults, TODAY);
    assert_eq!(report.totals.errors, 0, "{:#?}\n{:#?}", report.faults, report.flaws);
    assert!(bank.has_history && report.faults.is_empty(), "{:#?}", report.faults);
    assert_eq!((bank.items.len(), bank.scenarios.len()), (404, 18));
}

#[test]
#[ignore = "a million forms: `cargo xtask soak`"]
fn soak_a_million_forms_of_the_caisp_bank_break_no_rule_and_show_no_item_on_three_in_ten() {
    let (bank, _) = Bank::load(&content("caisp"), TODAY);
    let blueprint = bank.scheme.as_ref().unwrap().blueprint2();
    let bank = HashedBank::new(bank, &BankSecret::new([1; 32])).unwrap();
    let pool = draw2::fit(&bank.pool2(TODAY).0, &blueprint).unwrap();
    let none = Earlier::none();
    let prepared = Prepared::new(&pool, &blueprint, &none).unwrap();
    let mut shown: BTreeMap<String, u32> = BTreeMap::new();
    for candidate in 0..FORMS {
        let draw = prepared.draw(&secret(1), &candidate.to_string()).unwrap();
        assert_eq!(check_form(&pool, &blueprint, &none, &draw.items), [], "candidate {candidate}");
        draw.items.into_iter().for_each(|item| *shown.entry(item).or_default() += 1);
    }
    let most = shown.values().max().copied().unwrap();
    assert!(most <= FORMS / 10 * 3, "an item is on {most} of {FORMS} forms");
    assert_eq!(shown.len(), pool.entries.len(), "every item is on some form");
}
