//! What an item says to people who are no candidates, as rubric blocks.

use qti::model::{Content, Group, Rubric};
use question_bank::bank::{Item, Task};

use super::content::{group, paragraph};

/// For those who score, what they look for; for authors, why options are right or wrong and what the item rests on.
pub(super) fn of_item(item: &Item) -> Vec<Content> {
    let mut notes = Vec::new();
    if let Task::ExtendedText(task) = &item.task {
        let criteria = task.rubric.iter().map(|criterion| format!("{} ({} points)", criterion.text, criterion.points));
        let mut children = vec![list(criteria.collect())];
        if !task.model_answer.is_empty() {
            children.push(paragraph(&task.model_answer));
        }
        notes.push(rubric("scorer", "scoring", children));
    }
    let options = item.options.iter().filter(|option| !option.rationale.is_empty());
    let mut reasons: Vec<String> =
        options.map(|option| format!("{}: {}", option.text.plain(), option.rationale)).collect();
    match &item.task {
        Task::Match(task) => {
            reasons.extend(task.rows.iter().map(|row| format!("{}: {}", row.text.plain(), row.rationale)));
        }
        Task::Cloze(task) => {
            reasons.extend(task.gaps.iter().enumerate().map(|(at, gap)| format!("{}: {}", at + 1, gap.rationale)));
        }
        _ => {}
    }
    let references = item
        .references
        .iter()
        .map(|reference| format!("{}, {}, {}", reference.source, reference.edition, reference.locator));
    let lists = [reasons, references.collect()].into_iter().filter(|lines: &Vec<String>| !lines.is_empty());
    let about = paragraph(&format!("{}, {}", item.domain, item.topic));
    notes.push(rubric("author", "rationale", std::iter::once(about).chain(lists.map(list)).collect()));
    notes
}

fn rubric(view: &str, purpose: &str, children: Vec<Content>) -> Content {
    Content::Rubric(Rubric { view: vec![view.to_owned()], purpose: Some(purpose.to_owned()), children })
}

fn list(lines: Vec<String>) -> Content {
    let entries = lines.into_iter().map(|line| group(Group::ListItem, vec![Content::Text(line)])).collect();
    group(Group::UnorderedList, entries)
}
