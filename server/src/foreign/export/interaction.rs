//! What the candidate answers to, as QTI interactions.

use item::Shape;
use qti::model::{Area, Choice, Content, GapChoice, Graphic, Interaction, Kind, Limits, Shape as QtiShape};
use question_bank::{
    TextKey,
    bank::{ClozeEntry, Credit, Hotspot, Item, Kind as NativeKind, Match, Task},
};

use super::{Pictures, arrangement::Arrangement, content, item::gap_name, scoring};

/// What names of gaps begin with.
pub(super) const GAP: &str = "gap-";

/// No limit.
const ANY: Limits = Limits { min: 0, max: 0 };

fn at_most(max: usize) -> Limits {
    Limits { min: 0, max: u32::try_from(max).unwrap_or(0) }
}

/// The interaction of an item that has one in a place of its own; none of a cloze.
pub(super) fn of_item(item: &Item, prompt: Vec<Content>, pictures: &Pictures) -> Option<Content> {
    let keys = item.key_positions().count();
    let arrangement = Arrangement::of_options(item);
    let options = || {
        let arranged = arrangement.arranged(&item.options);
        arranged.map(|(at, option)| choice(&arrangement.name(at), content::line(&option.text, pictures)))
    };
    let kind = match &item.task {
        Task::Choice => {
            let max = if item.kind == NativeKind::SingleChoice { 1 } else { keys };
            Kind::Choice { shuffle: true, limits: at_most(max), choices: options().collect() }
        }
        Task::Order => Kind::Order { shuffle: true, limits: ANY, choices: options().collect() },
        Task::Hotspot(task) => hotspot(item, task, keys, pictures),
        Task::Match(task) => {
            let rows = task.rows.iter().enumerate().map(|(at, row)| Choice {
                limits: Some(at_most(task.per_row)),
                ..choice(&row_name(at), content::line(&row.text, pictures))
            });
            let columns = options().map(|column| Choice { limits: Some(ANY), ..column }).collect();
            Kind::Match { shuffle: true, limits: pairs(item, task), rows: rows.collect(), columns }
        }
        Task::GapMatch(task) => {
            let limits = if task.reuse { ANY } else { at_most(1) };
            let choices = arrangement.arranged(&item.options).map(|(at, option)| GapChoice {
                identifier: arrangement.name(at),
                limits,
                match_group: Vec::new(),
                visibility: None,
                image: false,
                content: content::line(&option.text, pictures),
            });
            let gap = |name: &str| {
                let at = task.gaps.iter().position(|(gap, _)| gap == name)?;
                Some(Content::Gap { identifier: gap_name(at), required: false })
            };
            let text = content::blocks(&task.text, pictures, &gap);
            Kind::GapMatch { shuffle: true, limits: ANY, choices: choices.collect(), content: text }
        }
        Task::ExtendedText(task) => Kind::ExtendedText {
            limits: at_most(1),
            expected_length: Some(task.max_chars),
            expected_lines: None,
            pattern: None,
            format: Some("plain".to_owned()),
            placeholder: None,
        },
        Task::Cloze(_) => return None,
    };
    Some(Content::Interaction(Box::new(Interaction { response: scoring::RESPONSE.to_owned(), prompt, kind })))
}

/// The interaction at a gap of a cloze.
pub(super) fn of_gap(at: usize, entry: &ClozeEntry) -> Interaction {
    let kind = match entry {
        ClozeEntry::Choice { options, .. } => {
            let arrangement = Arrangement::alphabetical(options, &[]);
            let named =
                |(at, text): (usize, &String)| choice(&entry_name(&arrangement, at), vec![Content::Text(text.clone())]);
            let choices = arrangement.arranged(options).map(named).collect();
            Kind::InlineChoice { shuffle: true, required: false, choices }
        }
        ClozeEntry::Text { max_chars, key } => {
            let expected_length = (!matches!(key, TextKey::Number { .. })).then_some(*max_chars);
            Kind::TextEntry { expected_length, pattern: None, placeholder: None }
        }
    };
    Interaction { response: scoring::gap_response(at), prompt: Vec::new(), kind }
}

/// The name of a row.
pub(super) fn row_name(at: usize) -> String {
    format!("row-{}", at + 1)
}

/// The name of an entry of a gap's list.
pub(super) fn entry_name(arrangement: &Arrangement, at: usize) -> String {
    format!("entry-{}", arrangement.name(at))
}

/// How many pairs there may be. Where surplus pairs would take points away, there can be none.
fn pairs(item: &Item, task: &Match) -> Limits {
    match item.credit {
        Credit::Partial if task.per_row > 1 => at_most(task.rows.iter().map(|row| row.key.len()).sum()),
        _ => ANY,
    }
}

fn hotspot(item: &Item, task: &Hotspot, keys: usize, pictures: &Pictures) -> Kind {
    let mut figure = pictures.figure(&task.image);
    (figure.width, figure.height) = (Some(task.width), Some(task.height));
    let areas = item.options.iter().zip(&task.shapes).map(|(option, shape)| Area {
        identifier: option.id.clone(),
        shape: of_shape(shape),
        label: Some(option.text.plain()),
        limits: None,
        visibility: None,
    });
    let image = Graphic { figure, kind: Some(task.image.media.as_str().to_owned()) };
    Kind::Hotspot { limits: at_most(keys), image, areas: areas.collect() }
}

fn of_shape(shape: &Shape) -> QtiShape {
    match *shape {
        Shape::Rect { x, y, width, height } => {
            QtiShape::Rect(x.into(), y.into(), (x + width).into(), (y + height).into())
        }
        Shape::Circle { x, y, r } => QtiShape::Circle(x.into(), y.into(), r.into()),
        Shape::Poly { ref points } => QtiShape::Poly(points.iter().map(|[x, y]| ((*x).into(), (*y).into())).collect()),
    }
}

fn choice(identifier: &str, content: Vec<Content>) -> Choice {
    Choice {
        identifier: identifier.to_owned(),
        fixed: false,
        limits: None,
        match_group: Vec::new(),
        visibility: None,
        content,
    }
}
