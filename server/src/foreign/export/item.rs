//! A native item as a QTI item.

use item::{Block, RichText};
use qti::model::{Content, Group, Item as QtiItem, StimulusReference};
use question_bank::bank::{Item, Scenario, Task};

use super::{
    Pictures, content,
    interaction::{self, GAP},
    notes, scoring, stimulus_path,
};

pub(super) fn item(item: &Item, set: Option<&Scenario>, pictures: &Pictures) -> Result<QtiItem, String> {
    let (mut body, last) = stem(item, pictures);
    match &item.task {
        Task::Cloze(task) => {
            body.extend(last.map(|question| content::group(Group::Paragraph, question)));
            let gap = |name: &str| {
                let at = task.gaps.iter().position(|gap| gap.name == name)?;
                Some(Content::Interaction(Box::new(interaction::of_gap(at, &task.gaps[at].entry))))
            };
            body.extend(content::blocks(&task.text, pictures, &gap));
        }
        _ => body.extend(interaction::of_item(item, last.unwrap_or_default(), pictures)),
    }
    body.extend(notes::of_item(item));
    let stimuli = set.map(|set| StimulusReference {
        identifier: super::identifier(&set.id),
        href: format!("../{}", stimulus_path(&set.id)),
        title: Some(set.title.clone()),
    });
    let (responses, score, response_processing) = scoring::of_item(item)?;
    Ok(QtiItem {
        identifier: super::identifier(&item.id),
        // A topic may give the key away, and titles are shown to candidates.
        title: item.id.clone(),
        language: Some(item.lang.clone()),
        responses,
        outcomes: vec![score],
        stimuli: stimuli.into_iter().collect(),
        body,
        response_processing,
        ..QtiItem::default()
    })
}

/// The stem but for its last paragraph, which is the question; and that.
fn stem(item: &Item, pictures: &Pictures) -> (Vec<Content>, Option<Vec<Content>>) {
    match item.stem.0.split_last() {
        Some((last @ Block::Paragraph { .. }, before)) => {
            let before = content::blocks(&RichText(before.to_vec()), pictures, &|_| None);
            (before, Some(content::line(&RichText(vec![last.clone()]), pictures)))
        }
        _ => (content::blocks(&item.stem, pictures, &|_| None), None),
    }
}

/// The name of a gap by its place in reading order.
pub(super) fn gap_name(at: usize) -> String {
    format!("{GAP}{}", at + 1)
}
