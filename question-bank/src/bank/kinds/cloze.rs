//! Gaps of a text to be filled, each by choosing or by typing.

use std::collections::{BTreeMap, BTreeSet};

use item::RichText;
use scoring::{Decimal, TextKey, folded};

use super::{
    super::{
        fields::Fields,
        finding::Code,
        gaps,
        task::{Cloze, ClozeEntry, ClozeGap, Task},
    },
    check_count,
    options::{line, rationale},
};

/// Characters that are typed into one gap.
const MOST_CHARS: u32 = 200;
/// Characters that are typed into all gaps of an item: its response is one line of a journal.
const MOST_CHARS_IN_ALL: u32 = 800;
/// Characters of a gap whose file does not say.
const CHARS: u32 = 40;

pub(super) fn read(fields: &Fields<'_>) -> Option<Task> {
    let text = text_with_gaps(fields);
    let known = ["id", "option", "accept", "case", "number", "tolerance", "max_chars", "rationale"];
    let mut gaps: BTreeMap<&str, Option<ClozeGap>> = BTreeMap::new();
    for table in fields.tables("gap", "`[[gap]]`", &known) {
        let Some((name, span)) = table.text("id") else { continue };
        let rationale = rationale(&table, &format!("gap {name}"));
        let entry = entry(&table);
        let gap = entry.map(|entry| ClozeGap { name: name.to_owned(), entry, rationale });
        if gaps.insert(name, gap).is_some() {
            table.source().report(span.start, Code::GapMismatch, format!("gap {name:?} stands twice"), "rename one");
        }
    }
    let text = text?;
    check_names(fields, &text, gaps.keys().copied());
    let gaps: Vec<ClozeGap> = text.gaps().into_iter().map(|name| gaps.get(name).cloned()?).collect::<Option<_>>()?;
    let chars = gaps.iter().map(|gap| match gap.entry {
        ClozeEntry::Text { max_chars, .. } => max_chars,
        ClozeEntry::Choice { .. } => 0,
    });
    let chars: u32 = chars.sum();
    if chars > MOST_CHARS_IN_ALL {
        let message = format!("its gaps take {chars} characters in all");
        let help = format!("at most {MOST_CHARS_IN_ALL} are recorded: lower `max_chars`, or make two items of it");
        fields.source().report(fields.offset(), Code::TextLength, message, help);
    }
    Some(Task::Cloze(Cloze { text, gaps }))
}

/// The text of an item with its gaps.
pub(super) fn text_with_gaps(fields: &Fields<'_>) -> Option<RichText> {
    let text = gaps::mark(fields.markup("text")?);
    if gaps::has_leftovers(&text) {
        let message = "the text has braces that are no gap";
        let help = "write gaps as {{name}}, the name from a-z, 0-9 and the hyphen";
        fields.source().report(fields.offset_of("text"), Code::GapMismatch, message, help);
    }
    check_count(fields, Code::GapCount, "gaps", text.gaps().len(), 1..=12);
    Some(text)
}

/// Reports gaps that stand twice, and those that stand on one side only.
pub(super) fn check_names<'a>(fields: &Fields<'_>, text: &RichText, beside: impl Iterator<Item = &'a str>) {
    let at = fields.offset_of("text");
    let report = |message: String, help: &str| fields.source().report(at, Code::GapMismatch, message, help);
    let beside: BTreeSet<&str> = beside.collect();
    let mut seen = BTreeSet::new();
    for gap in text.gaps() {
        if !seen.insert(gap) {
            report(format!("gap {gap:?} stands twice in the text"), "rename one");
        }
        if !beside.contains(gap) {
            report(format!("nothing fills gap {gap:?}"), "say below what fills it");
        }
    }
    for gap in beside.difference(&seen) {
        report(format!("gap {gap:?} does not stand in the text"), "write {{name}} where it belongs, or remove it");
    }
}

fn entry(table: &Fields<'_>) -> Option<ClozeEntry> {
    let mut stated = ["option", "accept", "number"].into_iter().filter(|key| table.has(key));
    let (Some(stated), None) = (stated.next(), stated.next()) else {
        let message = "the gap has not one way to be filled";
        let help = "give it one of `[[gap.option]]`, `accept`, `number`";
        table.source().report(table.offset(), Code::AcceptedAnswer, message, help);
        return None;
    };
    let others: &[&str] = match stated {
        "option" => &["case", "tolerance", "max_chars"],
        "accept" => &["tolerance"],
        _ => &["case"],
    };
    table.refuse(others, "a gap that is filled so");
    match stated {
        "option" => choice(table),
        "accept" => strings(table),
        _ => number(table),
    }
}

fn choice(table: &Fields<'_>) -> Option<ClozeEntry> {
    let tables = table.tables("option", "`[[gap.option]]`", &["text", "key"]);
    let mut options: Vec<String> = Vec::new();
    let mut keys = Vec::new();
    for (index, option) in tables.iter().enumerate() {
        let text = line(option, "text").unwrap_or_default();
        if !text.is_empty() && options.iter().any(|other| folded(other, false) == folded(&text, false)) {
            let message = format!("the gap has the option {text:?} twice");
            option.source().report(option.offset(), Code::DuplicateOption, message, "write a different distractor");
        }
        options.push(text);
        if option.optional_boolean("key").unwrap_or(false) {
            keys.push(index);
        }
    }
    if !(2..=8).contains(&options.len()) {
        let message = format!("the gap has {} options", options.len());
        table.source().report(table.offset(), Code::OptionCount, message, "give it 2 to 8");
    }
    let [key] = keys[..] else {
        let message = format!("the gap has {} keys", keys.len());
        table.source().report(table.offset(), Code::KeyCount, message, "mark exactly one option with `key = true`");
        return None;
    };
    Some(ClozeEntry::Choice { options, key })
}

fn strings(table: &Fields<'_>) -> Option<ClozeEntry> {
    let case = table.optional_boolean("case").unwrap_or(false);
    let max_chars = max_chars(table)?;
    let report = |at, message: String, help: &str| table.source().report(at, Code::AcceptedAnswer, message, help);
    let mut accept: Vec<String> = Vec::new();
    for (text, at) in table.texts("accept") {
        let text = text.trim();
        if text.is_empty() || text.chars().any(char::is_control) || text.chars().count() > max_chars as usize {
            let help = format!("write up to {max_chars} characters, or raise `max_chars`");
            report(at, format!("{text:?} could not be typed"), &help);
        } else if accept.iter().any(|other| folded(other, case) == folded(text, case)) {
            report(at, format!("{text:?} is accepted already"), "remove it: capitals and blanks are folded");
        }
        accept.push(text.to_owned());
    }
    if accept.is_empty() {
        report(table.offset_of("accept"), "nothing is accepted".into(), "list what is right");
        return None;
    }
    Some(ClozeEntry::Text { max_chars, key: TextKey::Strings { accept, case } })
}

fn number(table: &Fields<'_>) -> Option<ClozeEntry> {
    let max_chars = max_chars(table)?;
    let value = table.string("number")?;
    let tolerance = if table.has("tolerance") { table.string("tolerance")? } else { "0".into() };
    for (key, text) in [("number", &value), ("tolerance", &tolerance)] {
        let number = Decimal::parse(text).filter(|number| key == "number" || !number.is_negative());
        if number.is_none() || text.chars().count() > max_chars as usize {
            let message = format!("`{key}` cannot be {text:?}");
            let help = "write a decimal number in quotation marks, such as \"0.75\"; a tolerance is not negative";
            table.source().report(table.offset_of(key), Code::AcceptedAnswer, message, help);
        }
    }
    Some(ClozeEntry::Text { max_chars, key: TextKey::Number { value, tolerance } })
}

fn max_chars(table: &Fields<'_>) -> Option<u32> {
    if !table.has("max_chars") {
        return Some(CHARS);
    }
    let max_chars = table.positive("max_chars")?;
    if max_chars > MOST_CHARS {
        let (message, help) = (format!("the gap takes {max_chars} characters"), format!("at most {MOST_CHARS} do"));
        table.source().report(table.offset_of("max_chars"), Code::TextLength, message, help);
    }
    Some(max_chars)
}
