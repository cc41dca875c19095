//! Gaps of a text to be filled from one word bank.

use std::collections::BTreeMap;

use super::{
    super::{
        fields::Fields,
        finding::Code,
        model::BankOption,
        task::{GapMatch, Task},
    },
    check_count, cloze,
    options::{self, Shape},
};

pub(super) fn read(fields: &Fields<'_>) -> (Vec<BankOption>, Option<Task>) {
    let (tables, mut options) = options::read(fields, Shape { fields: &["gaps", "rationale"], lines: true });
    check_count(fields, Code::OptionCount, "options", tables.len(), 2..=20);
    let reuse = fields.optional_boolean("reuse").unwrap_or(false);
    let text = cloze::text_with_gaps(fields);
    let mut belongs: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, (table, option)) in tables.iter().zip(&mut options).enumerate() {
        let gaps = table.texts("gaps");
        option.key = !gaps.is_empty();
        if gaps.len() > 1 && !reuse {
            let message = format!("option {} fills {} gaps", option.id, gaps.len());
            let help = "set `reuse = true`, or give each gap an option of its own";
            table.source().report(table.offset_of("gaps"), Code::GapMismatch, message, help);
        }
        for (gap, at) in gaps {
            if belongs.insert(gap, index).is_some() {
                let message = format!("two options fill gap {gap:?}");
                table.source().report(at, Code::GapMismatch, message, "leave the one that is right");
            }
        }
    }
    let Some(text) = text else { return (options, None) };
    cloze::check_names(fields, &text, belongs.keys().copied());
    let gaps = text.gaps().into_iter().map(|gap| Some((gap.to_owned(), *belongs.get(gap)?))).collect::<Option<_>>();
    (options, gaps.map(|gaps| Task::GapMatch(GapMatch { text, reuse, gaps })))
}
