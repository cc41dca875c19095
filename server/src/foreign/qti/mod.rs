//! QTI items as native items.

mod choices;
mod content;
mod gaps;
mod hotspot;
mod key;
mod pictures;

use std::collections::{BTreeMap, BTreeSet};

use ::qti::{
    model::{Cardinality, Content as Qti, Interaction, Item, Kind, Limits, Stimulus, Value},
    package::resolve,
};
use interchange::Content;

use super::{
    Choices, Draft, Files, Native, Notes,
    check::finish,
    markdown::Writer,
    text::{Text, plain_line},
};
use content::Reader;
pub(super) use gaps::{MAX_TYPED, split_at_gap};
use key::{Key, Keys, keys};
use pictures::Pictures;

/// The most options, rows and gaps that are looked at; the native format has far fewer.
const MOST: usize = 200;

/// What lies around an item.
pub(crate) struct Surroundings<'p> {
    /// The item's own path.
    pub(crate) file: &'p str,
    /// Files of its package by path.
    pub(crate) files: &'p Files,
    /// Stimuli of its package by path.
    pub(crate) stimuli: &'p BTreeMap<&'p str, &'p Stimulus>,
    /// Paths of images in the bank that are no longer free.
    pub(crate) taken: &'p BTreeSet<String>,
}

/// Makes a draft of an item.
///
/// # Errors
/// Every reason why it cannot be a native item, or would be scored otherwise.
pub(crate) fn of_item(
    item: &Item,
    around: &Surroundings<'_>,
    id: &str,
    choices: &Choices,
) -> Result<Native, Vec<String>> {
    let mut notes = Notes::default();
    if item.adaptive {
        notes.fault("it is adaptive: it may be answered several times, which a sitting does not have");
    }
    if !item.templates.is_empty() || !item.template_processing.is_empty() {
        notes.fault("it is a template, of which each candidate gets another item");
    }
    if !item.modal_feedback.is_empty() {
        notes.lose("feedback");
    }
    let pictures = Pictures::new(around, id);
    let mut found = Vec::new();
    find(&item.body, &mut found);
    let inline = |of: &&Interaction| matches!(of.kind, Kind::InlineChoice { .. } | Kind::TextEntry { .. });
    let mut maker = Maker { notes: &mut notes, pictures: &pictures, item, choices, around };
    let draft = match found.as_slice() {
        all if item.responses.len().max(all.len()) > MOST || all.iter().any(|of| size(of) > MOST) => {
            maker.notes.fault(format!("it has more than {MOST} options, rows or gaps, which no native item has"));
            Draft::default()
        }
        [] => {
            maker.notes.fault("nothing is asked: there is no interaction");
            Draft::default()
        }
        [one] if !inline(one) => maker.block(one),
        all if all.iter().all(inline) => maker.cloze(all),
        _ => {
            maker.notes.fault("it has several interactions, which native items have only as gaps in a text");
            Draft::default()
        }
    };
    let draft = Draft {
        id: id.to_owned(),
        domain: choices.domain.clone(),
        level: choices.level.clone(),
        topic: choices.topic.clone(),
        lang: item.language.clone(),
        ..draft
    };
    finish(&draft, pictures.into_images(), notes)
}

/// Every interaction of a body, in reading order.
fn find<'c>(content: &'c [Qti], into: &mut Vec<&'c Interaction>) {
    for piece in content {
        match piece {
            Qti::Interaction(interaction) => into.push(interaction),
            Qti::Group { children, .. } | Qti::Link { children, .. } => find(children, into),
            Qti::Rubric(rubric) => find(&rubric.children, into),
            Qti::Feedback(feedback) | Qti::Template(feedback) => find(&feedback.children, into),
            _ => {}
        }
    }
}

struct Maker<'a> {
    notes: &'a mut Notes,
    pictures: &'a Pictures<'a>,
    item: &'a Item,
    choices: &'a Choices,
    around: &'a Surroundings<'a>,
}

impl Maker<'_> {
    fn read(&mut self, content: &[Qti], gap: &mut dyn FnMut(&Qti) -> Option<u32>) -> Content {
        Reader { notes: self.notes, gap }.blocks(content)
    }

    /// A formatted text.
    fn text(&mut self, content: &Content) -> Text {
        let image = |source: &str| self.pictures.path(source);
        Writer { notes: self.notes, image: &image }.text(content)
    }

    /// A formatted text without gaps.
    fn text_of(&mut self, content: &[Qti]) -> Text {
        let content = self.read(content, &mut |_| None);
        self.text(&content)
    }

    /// Plain words.
    fn words(&mut self, content: &[Qti]) -> String {
        let content = self.read(content, &mut |_| None);
        plain_line(&content, self.notes)
    }

    /// Stimuli, then the body.
    fn body(&mut self, gap: &mut dyn FnMut(&Qti) -> Option<u32>) -> Content {
        let mut blocks = Vec::new();
        for reference in &self.item.stimuli {
            let path = resolve(self.around.file, &reference.href);
            match path.and_then(|path| self.around.stimuli.get(path.as_str()).copied()) {
                Some(stimulus) => {
                    self.notes.lose("that several items share a stimulus; each has its text here");
                    blocks.extend(self.read(&stimulus.body, gap).0);
                }
                None => self.notes.fault(format!("its stimulus {:?} is missing or was refused", reference.href)),
            }
        }
        blocks.extend(self.read(&self.item.body, gap).0);
        Content(blocks)
    }

    /// An item with one interaction in a place of its own.
    fn block(&mut self, interaction: &Interaction) -> Draft {
        let mut stem = self.body(&mut |_| None);
        stem.0.extend(self.read(&interaction.prompt, &mut |_| None).0);
        let keys = match &interaction.kind {
            Kind::ExtendedText { .. } => Keys::default(),
            Kind::Choice { limits, .. } | Kind::Hotspot { limits, .. } => {
                keys(self.item, self.choices, most(*limits), self.notes)
            }
            _ => keys(self.item, self.choices, None, self.notes),
        };
        if keys.by_response.keys().any(|name| *name != interaction.response) {
            self.notes.fault("its score depends on a response that the interaction does not give");
        }
        let value = match keys.by_response.get(&interaction.response) {
            Some(Key::Exact(value)) => value.clone(),
            _ => Value::Null,
        };
        let credit = keys.partial.then_some("partial");
        let draft = match &interaction.kind {
            Kind::Choice { choices, limits, shuffle } => {
                self.order_kept(*shuffle);
                let single = self.cardinality(&interaction.response) == Some(Cardinality::Single);
                Draft { credit, ..self.choice(choices, *limits, single, &value) }
            }
            Kind::Order { choices, limits, .. } => Draft { credit, ..self.order(choices, *limits, &value) },
            Kind::Match { rows, columns, shuffle, limits } => {
                self.order_kept(*shuffle);
                self.matching(rows, columns, &value, keys.partial, most(*limits))
            }
            Kind::GapMatch { choices, content, .. } => Draft { credit, ..self.gap_match(choices, content, &value) },
            Kind::Hotspot { image, areas, limits } => Draft { credit, ..self.hotspot(image, areas, *limits, &value) },
            Kind::ExtendedText { expected_length, .. } => self.extended_text(*expected_length),
            other => {
                self.notes.fault(format!("native items have no {}", words(other)));
                Draft::default()
            }
        };
        Draft { stem: self.text(&stem), ..draft }
    }

    fn extended_text(&mut self, expected_length: Option<u32>) -> Draft {
        if self.item.response_processing.is_some() {
            self.notes.fault("its text is scored by rules; native items have people score it");
        }
        let max_chars = expected_length.filter(|length| (50..=20_000).contains(length));
        if max_chars.is_some() {
            self.notes.lose("that its length was expected only; here it is the most that can be written");
        }
        Draft { max_chars, ..Draft::new("extended_text") }
    }

    fn order_kept(&mut self, shuffle: bool) {
        if !shuffle {
            self.notes.lose("the order of the options: forms shuffle them");
        }
    }

    fn cardinality(&self, response: &str) -> Option<Cardinality> {
        self.item.responses.iter().find(|declared| declared.identifier == response).map(|declared| declared.cardinality)
    }
}

/// The most choices or pairs, where there is a most.
fn most(limits: Limits) -> Option<usize> {
    usize::try_from(limits.max).ok().filter(|most| *most > 0)
}

/// How many options, rows or regions an interaction has.
fn size(interaction: &Interaction) -> usize {
    match &interaction.kind {
        Kind::Choice { choices, .. } | Kind::InlineChoice { choices, .. } | Kind::Order { choices, .. } => {
            choices.len()
        }
        Kind::Match { rows, columns, .. } => rows.len().max(columns.len()),
        Kind::GapMatch { choices, .. } => choices.len(),
        Kind::Hotspot { areas, .. } => areas.len(),
        _ => 0,
    }
}

fn words(kind: &Kind) -> &'static str {
    match kind {
        Kind::Associate { .. } => "associations within one set",
        Kind::Hottext { .. } => "text that is chosen within a text",
        Kind::GraphicOrder { .. } => "areas of an image that are put in order",
        Kind::GraphicAssociate { .. } => "areas of an image that are paired",
        Kind::GraphicGapMatch { .. } => "things that are put onto an image",
        Kind::SelectPoint { .. } => "points of an image that are chosen",
        Kind::PositionObject { .. } => "images that are put onto images",
        Kind::Slider { .. } => "sliders",
        Kind::Media { .. } => "sound and film",
        Kind::Upload { .. } => "files that are handed in",
        Kind::Drawing { .. } => "drawings",
        _ => "interaction of this kind",
    }
}
