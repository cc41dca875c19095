//! What an item file asks and holds right, however its options are ordered and its texts are spelt.

use ::scoring::{Decimal, folded};
use question_bank::bank::rich_text;
use toml::{Table, Value};

/// Kind, credit, question, options, rows, gaps and keys, a line each.
pub(super) fn meaning(file: &str) -> Vec<String> {
    let item: Table = file.parse().unwrap();
    let text = |field: &str| item.get(field).and_then(Value::as_str).map(rich);
    let mut lines = vec![format!("{:?} {:?} {:?} {:?}", item["kind"], item.get("credit"), text("stem"), text("text"))];
    lines.extend(["reuse", "per_row", "width", "height", "alt"].map(|field| format!("{field} {:?}", item.get(field))));
    let options: Vec<(String, String)> =
        tables(&item, "option").map(|option| (word(option, "id"), rich(&word(option, "text")))).collect();
    let mut shown: Vec<String> = tables(&item, "option")
        .map(|option| {
            let of = |field: &str| option.get(field).cloned();
            let rest = ["key", "gaps", "rect", "circle", "poly"].map(of);
            format!("option {} {rest:?}", rich(&word(option, "text")))
        })
        .collect();
    if item["kind"].as_str() != Some("order") {
        shown.sort();
    }
    lines.extend(shown);
    for row in tables(&item, "row") {
        let named = |id: &Value| options.iter().find(|(name, _)| Some(name.as_str()) == id.as_str()).unwrap().1.clone();
        let mut key: Vec<String> = row["key"].as_array().unwrap().iter().map(named).collect();
        key.sort();
        lines.push(format!("row {} {key:?}", rich(&word(row, "text"))));
    }
    for gap in tables(&item, "gap") {
        let mut list: Vec<String> =
            tables(gap, "option").map(|entry| format!("{} {:?}", word(entry, "text"), entry.get("key"))).collect();
        list.sort();
        let accept = gap.get("accept").and_then(Value::as_array).into_iter().flatten();
        let accept: Vec<String> = accept.map(|text| folded(text.as_str().unwrap(), true)).collect();
        let number =
            |field: &str| gap.get(field).map(|number| Decimal::parse(number.as_str().unwrap()).unwrap().to_string());
        let rest = (gap.get("case"), gap.get("max_chars"));
        lines.push(format!(
            "gap {} {list:?} {accept:?} {:?} {:?} {rest:?}",
            word(gap, "id"),
            number("number"),
            number("tolerance")
        ));
    }
    lines
}

fn tables<'t>(table: &'t Table, field: &str) -> impl Iterator<Item = &'t Table> {
    table.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

fn word(table: &Table, field: &str) -> String {
    table[field].as_str().unwrap().to_owned()
}

/// A text as it is read; one that shows an image as it stands.
fn rich(source: &str) -> String {
    rich_text(source).map_or_else(|| source.trim().to_owned(), |text| format!("{text:?}"))
}
