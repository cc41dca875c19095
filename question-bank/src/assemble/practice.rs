//! A practice set (docs/PRACTICE.md): every item of a bank whose scheme says that its keys are public, with key and reasons.

use chrono::NaiveDate;
use item::{Form, FormItem, ItemId};
use scoring::{Because, PracticeAnswer, PracticeSet, Source, Topic};

use super::{
    Stimuli,
    present::{self, Presented},
};
use crate::{
    HashedBank,
    bank::{Bank, Item, Task},
};

/// Why a bank does not become a practice set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PracticeSetError {
    /// Its keys are not public.
    #[error(
        "the bank of {scheme} is for exams: its scheme.toml does not say use = \"practice\", so its keys stay here"
    )]
    NotPublic {
        /// The scheme.
        scheme: String,
    },
    /// An item that no order of its parts fits.
    #[error("the item {item} cannot be shown; remove it from the bank, and report this as a fault of the program")]
    Unshown {
        /// Its id.
        item: String,
    },
}

/// The practice set of a bank: all that a form may use on that day (UTC), in the order of the scheme's domains and, within
/// them, of ids. Nothing else makes such a document from a bank, so that no key of an exam ever stands in one.
///
/// # Errors
/// [`PracticeSetError`], unless the scheme says that it is for practice.
pub fn practice_set(bank: &HashedBank, today: NaiveDate) -> Result<PracticeSet, PracticeSetError> {
    let (scheme, whole) = (bank.scheme(), bank.bank());
    if !scheme.is_practice() {
        return Err(PracticeSetError::NotPublic { scheme: scheme.id.clone() });
    }
    let place = |item: &Item| scheme.domains.iter().position(|domain| domain.id == item.domain);
    let (pool, _) = bank.pool(today);
    let mut items: Vec<&Item> = pool.entries.iter().filter_map(|entry| bank.by_version(&entry.item)).collect();
    items.sort_by(|one, other| (place(one), &one.id).cmp(&(place(other), &other.id)));

    let mut stimuli = Stimuli::default();
    let (mut asked, mut answers) = (Vec::new(), Vec::new());
    for item in items {
        let presented = present::present_for_practice(item, scheme.gives_partial_credit());
        let (Presented { interaction, key, rule }, order) =
            presented.ok_or_else(|| PracticeSetError::Unshown { item: item.id.clone() })?;
        let stimulus = stimuli.of(whole, item);
        let id = ItemId::at_position(asked.len() + 1);
        let (lang, dir, stem) = (item.lang.clone(), item.dir, item.stem.clone());
        asked.push(FormItem { id: id.clone(), lang, dir, stimulus, stem, interaction });
        answers.push(PracticeAnswer {
            item: id,
            name: format!("{}.{}", item.id, item.revision),
            domain: item.domain.clone(),
            topic: item.topic.clone(),
            key,
            rule,
            because: because(item, &order),
            model_answer: model_answer(item),
            references: sources(item),
        });
    }
    Ok(PracticeSet {
        format: PracticeSet::FORMAT.into(),
        version: PracticeSet::VERSION,
        scheme: scheme.id.clone(),
        edition: scheme.edition.clone(),
        title: scheme.title.value.clone(),
        domains: domains(whole),
        form: Form::new(stimuli.shown, asked),
        answers,
    })
}

fn domains(bank: &Bank) -> Vec<Topic> {
    let domains = bank.scheme.iter().flat_map(|scheme| &scheme.domains);
    domains.map(|domain| Topic { id: domain.id.clone(), title: domain.title.value.clone() }).collect()
}

/// The reasons, by the labels that the parts have where they are shown in this order.
fn because(item: &Item, order: &[usize]) -> Vec<Because> {
    let reason = |part: &str, text: &str| Because { part: part.to_owned(), text: text.to_owned() };
    match &item.task {
        Task::Choice | Task::Order | Task::Hotspot(_) | Task::GapMatch(_) => {
            let labels = present::letters(order);
            order.iter().map(|index| reason(&labels[index], &item.options[*index].rationale)).collect()
        }
        Task::Match(task) => {
            let rows: Vec<usize> = order.iter().copied().filter(|&index| index < task.rows.len()).collect();
            let labels = present::numbers(&rows);
            rows.iter().map(|index| reason(&labels[index], &task.rows[*index].rationale)).collect()
        }
        Task::Cloze(task) => {
            let (_, names) = present::renamed(&task.text);
            task.gaps.iter().map(|gap| reason(&names[&gap.name], &gap.rationale)).collect()
        }
        Task::ExtendedText(_) => Vec::new(),
    }
}

fn model_answer(item: &Item) -> Option<String> {
    match &item.task {
        Task::ExtendedText(task) => Some(task.model_answer.clone()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

fn sources(item: &Item) -> Vec<Source> {
    let source = |reference: &crate::bank::Reference| Source {
        source: reference.source.clone(),
        edition: reference.edition.clone(),
        locator: reference.locator.clone(),
    };
    item.references.iter().map(source).collect()
}
