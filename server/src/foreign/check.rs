//! Looking at a draft through the eyes of a bank.

use std::sync::Arc;

use item::RichText;
use question_bank::{
    Bank, Code, SourceFile,
    bank::{Item, Task},
};

use super::{
    Draft, Files, Native, Notes,
    draft::{Authoring, Criterion, Reference},
    text::{self, Text},
};

/// A draft as a native item.
///
/// # Errors
/// Every reason why it is none: those noted, what a bank finds wrong with it, and texts that would read otherwise there.
pub(super) fn finish(draft: &Draft, mut images: Files, mut notes: Notes) -> Result<Native, Vec<String>> {
    if notes.is_at_fault() {
        return notes.into_losses().and_then(|_| Err(Vec::new()));
    }
    let is_shown = |path: &String| {
        draft.image.as_ref() == Some(path) || draft.texts().any(|text| text.source.contains(path.as_str()))
    };
    images.retain(|path, _| is_shown(path));
    let (faults, item) = read(draft, &images);
    faults.into_iter().for_each(|fault| notes.fault(fault));
    if let Some(item) = item {
        compare(draft, &item, &mut notes);
    }
    let losses = notes.into_losses()?;
    let text = draft.to_toml().map_err(|error| vec![format!("it cannot be written as an item file: {error}")])?;
    Ok(Native {
        path: format!("items/{}.toml", draft.id),
        text: text.into(),
        to_add: draft.to_add(),
        images: Arc::new(images),
        losses,
    })
}

/// What the native format finds wrong with a draft, but for what a person has to add; and the item, if it is one.
fn read(draft: &Draft, images: &Files) -> (Vec<String>, Option<Item>) {
    let Ok(text) = completed(draft).to_toml() else { return (vec!["the draft cannot be written".into()], None) };
    let mut files = vec![SourceFile::new(format!("items/{}.toml", draft.id), text.into_bytes())];
    files.extend(images.iter().map(|(path, bytes)| SourceFile::new(path.clone(), bytes.to_vec())));
    let day = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).unwrap_or_default();
    let (mut bank, findings) = Bank::load(&files, day);
    // How many options a single-choice item has is for the scheme of the bank that it goes into; lint looks at it there.
    let is_for_later = |code| match code {
        Code::SchemeMissing => true,
        Code::OptionCount => draft.kind == "single_choice",
        _ => false,
    };
    let faults = findings
        .iter()
        .filter(|finding| finding.blocks_use() && !is_for_later(finding.code))
        .map(|finding| format!("as a native item: {}", finding.message))
        .collect();
    (faults, bank.items.remove(&draft.id))
}

/// Each text has to have the words that it was made of, sign by sign.
fn compare(draft: &Draft, item: &Item, notes: &mut Notes) {
    let mut look = |what: &str, draft: &Text, item: Option<&RichText>| {
        if item.is_some_and(|item| text::of_rich(item) != draft.words) {
            notes.fault(format!("the {what} would read otherwise in an item file"));
        }
    };
    if !draft.stem.is_empty() {
        look("question", &draft.stem, Some(&item.stem));
    }
    for (draft, option) in draft.option.iter().zip(&item.options) {
        look(&format!("text of option {}", draft.id), &draft.text, Some(&option.text));
    }
    if let Some(text) = &draft.text {
        let with_gaps = match &item.task {
            Task::Cloze(task) => Some(&task.text),
            Task::GapMatch(task) => Some(&task.text),
            _ => None,
        };
        look("text with gaps", text, with_gaps);
    }
    if let Task::Match(task) = &item.task {
        for (at, (draft, row)) in draft.row.iter().zip(&task.rows).enumerate() {
            look(&format!("text of row {}", at + 1), &draft.text, Some(&row.text));
        }
    }
}

/// The draft with something in every field that a person has to fill; no bank ever has it.
pub(super) fn completed(draft: &Draft) -> Draft {
    let mut draft = draft.clone();
    let some = || Some("x".to_owned());
    draft.domain = draft.domain.or_else(some);
    draft.level = Some("analysis".to_owned());
    draft.topic = draft.topic.or_else(some);
    draft.stem = if draft.stem.is_empty() { Text::line("x") } else { draft.stem.with_images_told() };
    draft.text = draft.text.map(|text| text.with_images_told());
    draft.alt = draft.alt.map(|alt| if alt.is_empty() { "x".to_owned() } else { alt });
    let day = |year| toml::value::Datetime {
        date: Some(toml::value::Date { year, month: 1, day: 1 }),
        time: None,
        offset: None,
    };
    draft.authoring = Authoring { authored_on: Some(day(2026)), ai_assisted: Some(false), reviewed: false };
    let (verified_on, review_by) = (day(2026), day(2027));
    draft.reference = vec![Reference { source: "x", edition: "x", locator: "x", verified_on, review_by }];
    if draft.kind == "extended_text" {
        draft.max_chars = draft.max_chars.or(Some(1_000));
        draft.criterion = vec![Criterion { text: "x", points: 1 }];
    }
    for option in &mut draft.option {
        option.text = option.text.with_images_told();
        if draft.kind != "match" {
            option.rationale = some();
        }
    }
    for row in &mut draft.row {
        row.text = row.text.with_images_told();
        row.rationale = some();
    }
    draft.gap.iter_mut().for_each(|gap| gap.rationale = some());
    draft
}
