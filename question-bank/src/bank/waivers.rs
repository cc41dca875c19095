//! `[[waiver]]` of an item or a scenario set.

use super::fields::Fields;
use crate::lint::Waiver;

/// The waivers of a table; every fault is reported.
pub(crate) fn read(fields: &Fields<'_>) -> Vec<Waiver> {
    let tables = fields.tables("waiver", "`[[waiver]]`", &["rule", "reason", "by", "on"]);
    tables
        .iter()
        .filter_map(|table| {
            let (rule, reason, by, on) =
                (table.named("rule"), table.string("reason"), table.string("by"), table.date("on"));
            Some(Waiver { rule: rule?, reason: reason?, by: by?, on: on? })
        })
        .collect()
}
