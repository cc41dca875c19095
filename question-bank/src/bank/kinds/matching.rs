//! Rows to be assigned columns. The options are the columns.

use super::{
    super::{
        fields::Fields,
        finding::Code,
        model::BankOption,
        task::{Match, Row, Task},
    },
    check_count,
    options::{self, Shape, rationale},
};

pub(super) fn read(fields: &Fields<'_>) -> (Vec<BankOption>, Option<Task>) {
    let (tables, options) = options::read(fields, Shape { fields: &[], lines: false });
    check_count(fields, Code::OptionCount, "options", tables.len(), 2..=10);
    let per_row = if fields.has("per_row") { fields.positive("per_row") } else { Some(1) };
    let per_row = per_row.map(|number| number as usize);
    if let Some(per_row) = per_row.filter(|&per_row| per_row > options.len()) {
        let message = format!("a row may have {per_row} of {} columns", options.len());
        fields.source().report(fields.offset_of("per_row"), Code::RowCount, message, "lower `per_row`");
    }
    let rows = fields.tables("row", "`[[row]]`", &["text", "key", "rationale"]);
    check_count(fields, Code::RowCount, "rows", rows.len(), 2..=12);
    let rows: Vec<Option<Row>> =
        (1..).zip(&rows).map(|(number, table)| row(table, number, &options, per_row)).collect();
    let task = || Some(Match { rows: rows.into_iter().collect::<Option<_>>()?, per_row: per_row? });
    let task = task().map(Task::Match);
    (options, task)
}

fn row(table: &Fields<'_>, number: usize, options: &[BankOption], per_row: Option<usize>) -> Option<Row> {
    let rationale = rationale(table, &format!("row {number}"));
    let mut key = Vec::new();
    for (id, at) in table.texts("key") {
        match options.iter().position(|option| option.id == id) {
            Some(index) => key.push(index),
            None => {
                let message = format!("row {number} names option {id:?}, which there is not");
                table.source().report(at, Code::KeyCount, message, "name options by their ids");
            }
        }
    }
    key.sort_unstable();
    key.dedup();
    if key.is_empty() || per_row.is_some_and(|most| key.len() > most) {
        let message = format!("row {number} has {} columns as its key", key.len());
        table.source().report(table.offset(), Code::KeyCount, message, "name at least one, and at most `per_row`");
    }
    Some(Row { text: table.markup("text")?, key, rationale })
}
