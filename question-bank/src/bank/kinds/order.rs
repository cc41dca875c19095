//! Options to be put into an order: they stand in the file in the order that is right.

use super::{
    super::{fields::Fields, finding::Code, model::BankOption, task::Task},
    check_count,
    options::{self, Shape},
};

pub(super) fn read(fields: &Fields<'_>) -> (Vec<BankOption>, Option<Task>) {
    let (tables, options) = options::read(fields, Shape { fields: &["rationale"], lines: false });
    // Two are in the right order as often as not.
    check_count(fields, Code::OptionCount, "options", tables.len(), 3..=10);
    (options, Some(Task::Order))
}
