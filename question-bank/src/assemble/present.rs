//! One item as a candidate sees it: in the drawn order, under new labels; and its key in those labels.

use std::collections::{BTreeMap, BTreeSet};

use item::{Choice, Gap, GapEntry, InlineChoice, Interaction, Region, Response, RichText};

use crate::{
    Rule,
    bank::{BankOption, Cloze, ClozeEntry, Credit, GapMatch, Hotspot, Item, Kind, Match, Task},
};

/// What is shown, and how it is scored.
pub(crate) struct Presented {
    pub(crate) interaction: Interaction,
    /// A response that is wholly right; empty where people score.
    pub(crate) key: Response,
    /// How responses are compared with the key, if not as a whole.
    pub(crate) rule: Option<Rule>,
}

/// An item as a draw has it, but for one thing: what is to be put in order never stands at first as it is right. Whoever
/// leaves it as it is has not answered, and nobody wins by that. `None` if `order` is no order of this item's.
pub(super) fn present_drawn(item: &Item, order: &[u32], partial: bool) -> Option<Presented> {
    let order = order.iter().map(|&index| index as usize).collect();
    present(item, &order_shown(item, order), partial)
}

/// An item for whoever practises: always in the same order, which is neither that of its file nor one that is right at once.
/// Comes with that order.
pub(super) fn present_for_practice(item: &Item, partial: bool) -> Option<(Presented, Vec<usize>)> {
    let order = order_shown(item, sorted_order(item));
    Some((present(item, &order, partial)?, order))
}

fn order_shown(item: &Item, mut order: Vec<usize>) -> Vec<usize> {
    if item.task == Task::Order && order.is_sorted() && !order.is_empty() {
        order.rotate_left(1);
    }
    order
}

/// An item in the order of its texts, whatever the order of its file, which may be or resemble the key.
pub(crate) fn present_sorted(item: &Item) -> Option<Presented> {
    present(item, &sorted_order(item), true)
}

fn sorted_order(item: &Item) -> Vec<usize> {
    let texts = item.shuffled_texts();
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by(|&one, &other| texts[one].cmp(&texts[other]));
    order
}

/// `order` says for each place which thing of the file stands there; `None` if it is no order of this item's. With `partial`,
/// the scheme lets items give partial credit.
fn present(item: &Item, order: &[usize], partial: bool) -> Option<Presented> {
    let distinct: BTreeSet<usize> = order.iter().copied().collect();
    let places = item.places();
    if order.len() != places || distinct.len() != places || distinct.iter().any(|&index| index >= places) {
        return None;
    }
    let by_parts = (partial && item.credit == Credit::Partial).then_some(Rule::Parts);
    let (interaction, key, rule) = match &item.task {
        Task::Choice => choice(item, order, by_parts),
        Task::Order => ordering(item, order, by_parts),
        Task::Hotspot(task) => hotspot(item, task, order, by_parts),
        Task::GapMatch(task) => gap_match(item, task, order, by_parts),
        Task::Match(task) => matching(item, task, order, by_parts),
        Task::Cloze(task) => cloze(task, order, by_parts.is_some()),
        Task::ExtendedText(task) => (
            Interaction::ExtendedText { max_chars: task.max_chars },
            Response::default(),
            Some(Rule::Rubric { criteria: task.rubric.clone() }),
        ),
    };
    Some(Presented { interaction, key, rule })
}

type Parts = (Interaction, Response, Option<Rule>);

fn choice(item: &Item, order: &[usize], rule: Option<Rule>) -> Parts {
    let labels = letters(order);
    let choices = order.iter().map(|&index| shown(&labels[&index], &item.options[index].text)).collect();
    let key = keys(&item.options, &labels);
    let interaction = match item.kind {
        Kind::SingleChoice => Interaction::SingleChoice { choices },
        _ => Interaction::MultipleResponse { choices, select: key.choices().len() },
    };
    (interaction, key, rule)
}

fn ordering(item: &Item, order: &[usize], rule: Option<Rule>) -> Parts {
    let labels = letters(order);
    let choices = order.iter().map(|&index| shown(&labels[&index], &item.options[index].text)).collect();
    let key = Response::Order((0..order.len()).map(|index| labels[&index].clone()).collect());
    (Interaction::Order { choices }, key, rule)
}

fn hotspot(item: &Item, task: &Hotspot, order: &[usize], rule: Option<Rule>) -> Parts {
    let labels = letters(order);
    let region = |&index: &usize| Region {
        id: labels[&index].clone(),
        text: item.options[index].text.plain(),
        shape: task.shapes[index].clone(),
    };
    let regions = order.iter().map(region).collect();
    let key = keys(&item.options, &labels);
    let (image, width, height, select) = (task.image.clone(), task.width, task.height, key.choices().len());
    (Interaction::Hotspot { image, width, height, regions, select }, key, rule)
}

fn gap_match(item: &Item, task: &GapMatch, order: &[usize], rule: Option<Rule>) -> Parts {
    let labels = letters(order);
    let choices = order.iter().map(|&index| word(&labels[&index], &item.options[index].text.plain())).collect();
    let (text, names) = renamed(&task.text);
    let filled = task.gaps.iter().map(|(gap, index)| (names[gap].clone(), labels[index].clone()));
    let key = Response::gaps(filled);
    let gaps = task.gaps.iter().map(|(gap, _)| names[gap].clone()).collect();
    (Interaction::GapMatch { text, gaps, choices, reuse: task.reuse }, key, rule)
}

/// Of the drawn order, rows and columns each take what is theirs: either is as random as the whole.
fn matching(item: &Item, task: &Match, order: &[usize], rule: Option<Rule>) -> Parts {
    let count = task.rows.len();
    let rows: Vec<usize> = order.iter().copied().filter(|&index| index < count).collect();
    let columns: Vec<usize> = order.iter().filter_map(|index| index.checked_sub(count)).collect();
    let (row_labels, column_labels) = (numbers(&rows), letters(&columns));
    let pairs = task.rows.iter().enumerate().flat_map(|(index, row)| {
        let (row_label, column_labels) = (&row_labels[&index], &column_labels);
        row.key.iter().map(move |column| [row_label.clone(), column_labels[column].clone()])
    });
    let key = Response::pairs(pairs);
    let rows = rows.iter().map(|&index| shown(&row_labels[&index], &task.rows[index].text)).collect();
    let columns = columns.iter().map(|&index| shown(&column_labels[&index], &item.options[index].text)).collect();
    (Interaction::Match { rows, columns, per_row: task.per_row }, key, rule)
}

/// Of the drawn order, the options of each gap take what is theirs.
fn cloze(task: &Cloze, order: &[usize], by_parts: bool) -> Parts {
    let (text, names) = renamed(&task.text);
    let (mut gaps, mut filled, mut typed) = (Vec::new(), Vec::new(), BTreeMap::new());
    let mut first = 0;
    for gap in &task.gaps {
        let id = names[&gap.name].clone();
        let entry = match &gap.entry {
            ClozeEntry::Choice { options, key } => {
                let range = first..first + options.len();
                first = range.end;
                let own: Vec<usize> =
                    order.iter().filter(|index| range.contains(index)).map(|i| i - range.start).collect();
                let labels = letters(&own);
                filled.push((id.clone(), labels[key].clone()));
                GapEntry::Choice { choices: own.iter().map(|&index| word(&labels[&index], &options[index])).collect() }
            }
            ClozeEntry::Text { max_chars, key } => {
                filled.push((id.clone(), key.sample().to_owned()));
                typed.insert(id.clone(), key.clone());
                GapEntry::Text { max_chars: *max_chars, numeric: key.is_number() }
            }
        };
        gaps.push(Gap { id, entry });
    }
    let rule = match (typed.is_empty(), by_parts) {
        (true, false) => None,
        (true, true) => Some(Rule::Parts),
        (false, by_parts) => Some(Rule::Gaps { typed, by_parts }),
    };
    (Interaction::Cloze { text, gaps }, Response::gaps(filled), rule)
}

/// The text with its gaps named by their places, and the new names: those of the file may say what belongs there.
pub(super) fn renamed(text: &RichText) -> (RichText, BTreeMap<String, String>) {
    let names: BTreeMap<String, String> =
        (1..).zip(text.gaps()).map(|(number, gap): (u32, _)| (gap.to_owned(), format!("g{number}"))).collect();
    let text = text.clone().with_gaps_renamed(&|gap| names.get(gap).cloned().unwrap_or_default());
    (text, names)
}

/// For each thing of the file, the letter of its place.
pub(super) fn letters(order: &[usize]) -> BTreeMap<usize, String> {
    order.iter().copied().zip(('a'..='z').map(String::from)).collect()
}

/// For each thing of the file, the number of its place.
pub(super) fn numbers(order: &[usize]) -> BTreeMap<usize, String> {
    order.iter().copied().zip((1..).map(|number: u32| number.to_string())).collect()
}

fn keys(options: &[BankOption], labels: &BTreeMap<usize, String>) -> Response {
    Response::new(options.iter().enumerate().filter(|(_, option)| option.key).map(|(index, _)| labels[&index].clone()))
}

fn shown(label: &str, text: &RichText) -> Choice {
    Choice { id: label.to_owned(), content: text.clone() }
}

fn word(label: &str, text: &str) -> InlineChoice {
    InlineChoice { id: label.to_owned(), text: text.to_owned() }
}
