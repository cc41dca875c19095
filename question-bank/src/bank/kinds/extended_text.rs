//! A text that people score.

use scoring::Criterion;

use super::super::{
    fields::Fields,
    finding::Code,
    task::{ExtendedText, Task},
};

/// The fewest and the most characters that a candidate may be asked to write.
const CHARS: std::ops::RangeInclusive<u32> = 50..=20_000;
/// The most points of one criterion.
const MOST_POINTS: u32 = 100;

pub(super) fn read(fields: &Fields<'_>) -> Option<Task> {
    let max_chars = fields.positive("max_chars");
    if let Some(got) = max_chars.filter(|got| !CHARS.contains(got)) {
        let message = format!("the text may have {got} characters");
        let help = format!("allow {} to {}", CHARS.start(), CHARS.end());
        fields.source().report(fields.offset_of("max_chars"), Code::TextLength, message, help);
    }
    let tables = fields.tables("criterion", "`[[criterion]]`", &["text", "points"]);
    if tables.is_empty() {
        let help = "add `[[criterion]]` with text and points";
        fields.source().report(fields.offset(), Code::MissingRubric, "the item has no rubric", help);
    }
    let rubric = tables.iter().filter_map(criterion).collect();
    let model_answer = fields.optional_text("model_answer").map(|(text, _)| text.trim().to_owned()).unwrap_or_default();
    Some(Task::ExtendedText(ExtendedText { max_chars: max_chars?, rubric, model_answer }))
}

fn criterion(table: &Fields<'_>) -> Option<Criterion> {
    let (text, points) = (table.string("text"), table.positive("points")?);
    if points > MOST_POINTS {
        let (message, help) = (format!("a criterion gives {points} points"), format!("give at most {MOST_POINTS}"));
        table.source().report(table.offset_of("points"), Code::MissingRubric, message, help);
    }
    Some(Criterion { text: text?.trim().to_owned(), points })
}
