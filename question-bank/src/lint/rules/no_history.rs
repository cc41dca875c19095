//! Without a history nobody can say who reviewed and released what is on a form.

use crate::{
    bank::Bank,
    lint::{Rule, flaw::Flaws},
};

pub(super) fn check(bank: &Bank, flaws: &mut Flaws) {
    if !bank.has_history && !bank.items.is_empty() {
        let help = "register every item with «invigil bank transition … --to draft» (docs/LIFECYCLE.md)";
        flaws.bank(Rule::NoHistory, "the bank has no history of its items", help);
    }
}
