//! QTI items as native items.

use std::{cell::RefCell, collections::BTreeMap};

use interchange::Content;
use qti::{
    model::{Choice, Content as Qti, Interaction, Item, Kind, Scalar, Shape, Stimulus, Value},
    package::resolve,
};

use super::{
    Choices, Draft, Native, Notes,
    draft::{DraftOption, Gap, GapOption, Row, letter},
    markdown::{Writer, gap_name},
    qti_content::Reader,
    qti_key::{Key, Keys, keys},
    question::{finish, plain_line, split_at_gap},
};

/// What lies around an item.
pub(crate) struct Surroundings<'p> {
    /// The item's own path.
    pub(crate) file: &'p str,
    /// Files of its package by path.
    pub(crate) files: &'p BTreeMap<String, Vec<u8>>,
    /// Stimuli of its package by path.
    pub(crate) stimuli: &'p BTreeMap<&'p str, &'p Stimulus>,
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
    let pictures = Pictures { around, id, images: RefCell::default() };
    let mut found = Vec::new();
    find(&item.body, &mut found);
    let inline = |of: &&Interaction| matches!(of.kind, Kind::InlineChoice { .. } | Kind::TextEntry { .. });
    let mut maker = Maker { notes: &mut notes, pictures: &pictures, item, choices, around };
    let (draft, stem) = match found.as_slice() {
        [] => {
            maker.notes.fault("nothing is asked: there is no interaction");
            (Draft::default(), String::new())
        }
        [one] if !inline(one) => maker.block(one),
        all if all.iter().all(inline) => maker.cloze(all),
        _ => {
            maker.notes.fault("it has several interactions, which native items have only as gaps in a text");
            (Draft::default(), String::new())
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
    let images = pictures.images.into_inner().into_values().flatten().collect();
    finish(draft, images, notes, &stem)
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

/// Its path in the bank, and its bytes.
type Picture = (String, Vec<u8>);

/// The images that an item shows: by source, their path in the bank and their bytes, or nothing.
struct Pictures<'p> {
    around: &'p Surroundings<'p>,
    id: &'p str,
    images: RefCell<BTreeMap<String, Option<Picture>>>,
}

impl Pictures<'_> {
    fn path(&self, source: &str) -> Option<String> {
        let mut images = self.images.borrow_mut();
        let number = images.len() + 1;
        let image = images.entry(source.to_owned()).or_insert_with(|| {
            let bytes = self.around.files.get(&resolve(self.around.file, source)?)?;
            let ending = match bytes.as_slice() {
                png if png.starts_with(b"\x89PNG\r\n\x1a\n") => "png",
                jpeg if jpeg.starts_with(b"\xff\xd8\xff") => "jpg",
                svg if source.to_ascii_lowercase().ends_with(".svg") && svg.contains(&b'<') => "svg",
                _ => return None,
            };
            Some((format!("images/{}-{number}.{ending}", self.id), bytes.clone()))
        });
        image.as_ref().map(|(path, _)| path.clone())
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

    fn text(&mut self, content: &Content) -> String {
        let image = |source: &str| self.pictures.path(source);
        Writer { notes: self.notes, image: &image }.text(content)
    }

    fn line(&mut self, content: &[Qti]) -> String {
        let content = self.read(content, &mut |_| None);
        let image = |source: &str| self.pictures.path(source);
        Writer { notes: self.notes, image: &image }.one_line(&content, "an option")
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

    fn block(&mut self, interaction: &Interaction) -> (Draft, String) {
        let mut stem = self.body(&mut |_| None);
        stem.0.extend(self.read(&interaction.prompt, &mut |_| None).0);
        let plain = stem.plain();
        let keys = match interaction.kind {
            Kind::ExtendedText { .. } => Keys::default(),
            _ => keys(self.item, self.choices, self.notes),
        };
        if keys.by_response.keys().any(|name| *name != interaction.response) {
            self.notes.fault("its score depends on a response that the interaction does not give");
        }
        let key = keys.by_response.get(&interaction.response);
        let value = match key {
            Some(Key::Exact(value)) => value.clone(),
            _ => Value::Null,
        };
        let draft = match &interaction.kind {
            Kind::Choice { choices, limits, shuffle } => {
                self.order_kept(*shuffle);
                let single = self.cardinality(&interaction.response) == Some(qti::model::Cardinality::Single);
                if !single && limits.max != 0 && usize::try_from(limits.max).ok() != Some(value.members().len()) {
                    self.notes.lose("how many options could be chosen at most");
                }
                let option = self.options(choices, |choice| has(&value, &choice.identifier).then_some(true));
                let draft = Draft::new(if single { "single_choice" } else { "multiple_response" });
                Draft { option, ..draft }
            }
            Kind::Order { choices, limits, .. } => {
                let order = value.members();
                if limits.max != 0 && usize::try_from(limits.max).ok() != Some(choices.len()) {
                    self.notes.fault("only some of the options are put in order; a native item takes all");
                }
                let ordered: Vec<Choice> = order
                    .iter()
                    .filter_map(|name| choices.iter().find(|choice| choice.identifier == name.text()).cloned())
                    .collect();
                if ordered.len() != choices.len() {
                    self.notes.fault("its key leaves options out; a native item takes all");
                }
                Draft { option: self.options(&ordered, |_| None), ..Draft::new("order") }
            }
            Kind::Match { rows, columns, shuffle, .. } => {
                self.order_kept(*shuffle);
                self.matching(rows, columns, &value, keys.partial)
            }
            Kind::GapMatch { choices, content, .. } => {
                let mut names: Vec<String> = Vec::new();
                let text = self.read(content, &mut |piece| {
                    let Qti::Gap { identifier, .. } = piece else { return None };
                    names.push(identifier.clone());
                    u32::try_from(names.len()).ok()
                });
                let number = |name: &str| names.iter().position(|other| other == name).map(|at| at + 1);
                let fills = |choice: &str| {
                    let gaps = value.members().iter().filter_map(|pair| match pair {
                        Scalar::DirectedPair(one, gap) if one == choice => number(gap),
                        _ => None,
                    });
                    gaps.filter_map(|at| u32::try_from(at).ok()).map(gap_name).collect::<Vec<_>>()
                };
                let mut option = Vec::new();
                for (at, choice) in choices.iter().enumerate() {
                    if choice.image {
                        self.notes.fault("an image is put into gaps; native items have texts there");
                    }
                    let text = self.line(&choice.content);
                    let gaps = Some(fills(&choice.identifier)).filter(|gaps| !gaps.is_empty());
                    option.push(DraftOption { id: letter(at), text, gaps, ..DraftOption::default() });
                }
                let reuse = option.iter().any(|option| option.gaps.as_ref().is_some_and(|gaps| gaps.len() > 1));
                let text = Some(self.text(&text));
                let credit = keys.partial.then_some("partial");
                Draft { text, option, reuse: reuse.then_some(true), credit, ..Draft::new("gap_match") }
            }
            Kind::Hotspot { image, areas, .. } => {
                let (Some(width), Some(height)) = (image.figure.width, image.figure.height) else {
                    self.notes.fault("its image does not say how wide and high it is");
                    return (Draft::default(), plain);
                };
                let path = self.pictures.path(&image.figure.source);
                if path.is_none() {
                    self.notes
                        .fault("its image is missing, or of no kind that the native format shows (PNG, JPEG, SVG)");
                }
                let mut option = Vec::new();
                for (at, area) in areas.iter().enumerate() {
                    let text = area.label.clone().unwrap_or_default();
                    if text.trim().is_empty() {
                        self.notes.fault("a region has no label, which those who do not see the image need");
                    }
                    let key = has(&value, &area.identifier).then_some(true);
                    let option_here = DraftOption { id: letter(at), text, key, ..DraftOption::default() };
                    option.push(match region(option_here, &area.shape) {
                        Some(option) => option,
                        None => {
                            self.notes.fault("a region is no rectangle, circle or polygon in whole units");
                            DraftOption::default()
                        }
                    });
                }
                let alt = Some(image.figure.alternative.clone());
                let (width, height) = (Some(width), Some(height));
                Draft { image: path, alt, width, height, option, ..Draft::new("hotspot") }
            }
            Kind::ExtendedText { expected_length, .. } => {
                if self.item.response_processing.is_some() {
                    self.notes.fault("its text is scored by rules; native items have people score it");
                }
                let max_chars = expected_length.filter(|length| (50..=20_000).contains(length));
                if max_chars.is_some() {
                    self.notes.lose("that its length was expected only; here it is the most that can be written");
                }
                Draft { max_chars, ..Draft::new("extended_text") }
            }
            other => {
                self.notes.fault(format!("native items have no {}", words(other)));
                Draft::default()
            }
        };
        (Draft { stem: self.text(&stem), ..draft }, plain)
    }

    fn order_kept(&mut self, shuffle: bool) {
        if !shuffle {
            self.notes.lose("the order of the options: forms shuffle them");
        }
    }

    fn cardinality(&self, response: &str) -> Option<qti::model::Cardinality> {
        self.item.responses.iter().find(|declared| declared.identifier == response).map(|declared| declared.cardinality)
    }

    fn options(&mut self, choices: &[Choice], key: impl Fn(&Choice) -> Option<bool>) -> Vec<DraftOption> {
        let mut options = Vec::new();
        for (at, choice) in choices.iter().enumerate() {
            if choice.fixed {
                self.notes.lose("the order of the options: forms shuffle them");
            }
            let content = self.read(&choice.content, &mut |_| None);
            let text = self.text(&content);
            options.push(DraftOption { id: letter(at), text, key: key(choice), ..DraftOption::default() });
        }
        options
    }

    fn matching(&mut self, rows: &[Choice], columns: &[Choice], value: &Value, partial: bool) -> Draft {
        let place = |name: &str| columns.iter().position(|column| column.identifier == name);
        let mut row = Vec::new();
        for choice in rows {
            let mut key: Vec<usize> = value
                .members()
                .iter()
                .filter_map(|pair| match pair {
                    Scalar::DirectedPair(of, column) if *of == choice.identifier => place(column),
                    _ => None,
                })
                .collect();
            key.sort_unstable();
            let content = self.read(&choice.content, &mut |_| None);
            let text = self.text(&content);
            row.push(Row { text, key: key.into_iter().map(letter).collect(), rationale: None });
        }
        if partial && rows.iter().any(|choice| choice.limits.is_none_or(|limits| limits.max != 1)) {
            self.notes.lose("that a row could be given several columns");
        }
        let per_row = row.iter().map(|row| row.key.len()).max().unwrap_or(1);
        if partial && per_row > 1 {
            self.notes.partial(self.choices, "each pair gives its points, and a row has several");
        }
        let option = self.options(columns, |_| None);
        let credit = (partial && per_row <= 1).then_some("partial");
        Draft { row, option, per_row: (per_row > 1).then_some(per_row), credit, ..Draft::new("match") }
    }

    fn cloze(&mut self, all: &[&Interaction]) -> (Draft, String) {
        let mut count = 0;
        let content = self.body(&mut |piece| {
            let Qti::Interaction(_) = piece else { return None };
            count += 1;
            Some(count)
        });
        let keys = keys(self.item, self.choices, self.notes);
        let mut gaps = Vec::new();
        for (number, interaction) in (1..).zip(all) {
            gaps.push(self.gap(gap_name(number), interaction, keys.by_response.get(&interaction.response)));
        }
        if keys.by_response.keys().any(|name| all.iter().all(|interaction| interaction.response != *name)) {
            self.notes.fault("its score depends on a response that no interaction gives");
        }
        let (stem, text) = split_at_gap(&content);
        let credit = (keys.partial && gaps.len() > 1).then_some("partial");
        let draft =
            Draft { stem: self.text(&stem), text: Some(self.text(&text)), gap: gaps, credit, ..Draft::new("cloze") };
        (draft, stem.plain())
    }

    fn gap(&mut self, id: String, interaction: &Interaction, key: Option<&Key>) -> Gap {
        let mut gap = Gap { id, ..Gap::default() };
        match (&interaction.kind, key) {
            // Why there is no key, is said already.
            _ if !self.notes.faults.is_empty() => {}
            (_, None) => self.notes.fault(format!("{:?} is not scored; a native gap is", interaction.response)),
            (Kind::InlineChoice { choices, shuffle, .. }, Some(Key::Exact(value))) => {
                self.order_kept(*shuffle);
                for choice in choices {
                    let text = plain_line(&self.read(&choice.content, &mut |_| None));
                    gap.option.push(GapOption { text, key: has(value, &choice.identifier).then_some(true) });
                }
            }
            (Kind::TextEntry { .. }, Some(Key::Strings { accept, case })) => {
                self.notes.lose("blanks and wide forms of characters: they do not make a typed text wrong here");
                let longest = accept.iter().map(|text| text.chars().count()).max().unwrap_or(0);
                gap.max_chars = (longest > 40).then(|| u32::try_from(longest).unwrap_or(u32::MAX));
                gap.accept.clone_from(accept);
                gap.case = case.then_some(true);
            }
            (Kind::TextEntry { .. }, Some(Key::Number { value, tolerance })) => {
                gap.number = Some(value.to_string());
                gap.tolerance = (*tolerance != 0.0).then(|| tolerance.to_string());
            }
            _ => self
                .notes
                .fault(format!("{:?} is compared in a way that native gaps do not have", interaction.response)),
        }
        gap
    }
}

/// Whether a name is in a value.
fn has(value: &Value, name: &str) -> bool {
    value.members().iter().any(|scalar| matches!(scalar, Scalar::Identifier(other) if other == name))
}

fn whole(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range and whole, as is looked at")]
    (number.fract() == 0.0 && (0.0..=100_000.0).contains(&number)).then_some(number as u32)
}

fn region(option: DraftOption, shape: &Shape) -> Option<DraftOption> {
    Some(match shape {
        Shape::Rect(left, top, right, bottom) => {
            let [left, top, right, bottom] = [whole(*left)?, whole(*top)?, whole(*right)?, whole(*bottom)?];
            DraftOption { rect: Some([left, top, right.checked_sub(left)?, bottom.checked_sub(top)?]), ..option }
        }
        Shape::Circle(x, y, radius) => {
            DraftOption { circle: Some([whole(*x)?, whole(*y)?, whole(*radius)?]), ..option }
        }
        Shape::Poly(corners) => {
            let numbers = corners.iter().flat_map(|(x, y)| [*x, *y]).map(whole).collect::<Option<Vec<u32>>>()?;
            DraftOption { poly: Some(numbers), ..option }
        }
        Shape::Default | Shape::Ellipse(..) => return None,
    })
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
