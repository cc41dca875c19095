//! Interactions.

use std::borrow::Cow;

use super::{Attributes, boolean, content::content, count, flag, float, list, optional, word};
use crate::{
    model::{Area, Choice, Content, GapChoice, Graphic, Interaction, Kind, Limits, Visibility},
    xml::Output,
};

pub(super) fn interaction(output: &mut Output, interaction: &Interaction) {
    let Interaction { response, prompt, kind } = interaction;
    if let Kind::PositionObject { stage, .. } = kind {
        return position_object(output, interaction, stage.as_ref());
    }
    let (name, mut attributes) = head(kind);
    attributes.insert(0, ("response-identifier", word(response)));
    output.element(name, &attributes, |output| {
        self::prompt(output, prompt);
        body(output, kind);
    });
}

fn prompt(output: &mut Output, prompt: &[Content]) {
    if !prompt.is_empty() {
        output.element("qti-prompt", &[], |output| content(output, prompt));
    }
}

/// `min-…` and `max-…`, both always.
fn limits(names: [&'static str; 2], limits: &Limits) -> Attributes<'static> {
    vec![(names[0], count(limits.min)), (names[1], count(limits.max))]
}

const CHOICES: [&str; 2] = ["min-choices", "max-choices"];
const ASSOCIATIONS: [&str; 2] = ["min-associations", "max-associations"];

/// Limits that are not written where they are 0: written, 0 would be no number of choices.
fn limits_if_any(names: [&'static str; 2], limits: &Limits) -> Attributes<'static> {
    let some = |number: u32| (number != 0).then(|| Cow::Owned(number.to_string()));
    vec![(names[0], some(limits.min)), (names[1], some(limits.max))]
}

fn head(kind: &Kind) -> (&'static str, Attributes<'_>) {
    let with_shuffle = |shuffle: &bool, mut attributes: Attributes<'static>| {
        attributes.insert(0, ("shuffle", boolean(*shuffle)));
        attributes
    };
    match kind {
        Kind::Choice { shuffle, limits: limit, .. } => {
            ("qti-choice-interaction", with_shuffle(shuffle, limits(CHOICES, limit)))
        }
        Kind::InlineChoice { shuffle, required, .. } => {
            ("qti-inline-choice-interaction", with_shuffle(shuffle, vec![("required", flag(*required))]))
        }
        Kind::TextEntry { expected_length, pattern, placeholder } => (
            "qti-text-entry-interaction",
            vec![
                ("expected-length", expected_length.and_then(count)),
                ("pattern-mask", optional(pattern)),
                ("placeholder-text", optional(placeholder)),
            ],
        ),
        Kind::ExtendedText { limits, expected_length, expected_lines, pattern, format, placeholder } => {
            let mut attributes: Attributes<'_> = limits_if_any(["min-strings", "max-strings"], limits);
            attributes.extend([
                ("expected-length", expected_length.and_then(count)),
                ("expected-lines", expected_lines.and_then(count)),
                ("pattern-mask", optional(pattern)),
                ("format", optional(format)),
                ("placeholder-text", optional(placeholder)),
            ]);
            ("qti-extended-text-interaction", attributes)
        }
        Kind::Order { shuffle, limits, .. } => {
            ("qti-order-interaction", with_shuffle(shuffle, limits_if_any(CHOICES, limits)))
        }
        Kind::Associate { shuffle, limits: limit, .. } => {
            ("qti-associate-interaction", with_shuffle(shuffle, limits(ASSOCIATIONS, limit)))
        }
        Kind::Match { shuffle, limits: limit, .. } => {
            ("qti-match-interaction", with_shuffle(shuffle, limits(ASSOCIATIONS, limit)))
        }
        Kind::GapMatch { shuffle, limits, .. } => {
            ("qti-gap-match-interaction", with_shuffle(shuffle, limits_if_any(ASSOCIATIONS, limits)))
        }
        Kind::Hottext { limits: limit, .. } => ("qti-hottext-interaction", limits(CHOICES, limit)),
        Kind::Hotspot { limits: limit, .. } => ("qti-hotspot-interaction", limits(CHOICES, limit)),
        Kind::GraphicOrder { limits, .. } => ("qti-graphic-order-interaction", limits_if_any(CHOICES, limits)),
        Kind::GraphicAssociate { limits: limit, .. } => {
            ("qti-graphic-associate-interaction", limits(ASSOCIATIONS, limit))
        }
        Kind::GraphicGapMatch { limits, .. } => {
            ("qti-graphic-gap-match-interaction", limits_if_any(ASSOCIATIONS, limits))
        }
        Kind::SelectPoint { limits: limit, .. } => ("qti-select-point-interaction", limits(CHOICES, limit)),
        Kind::PositionObject { limits: limit, centre, .. } => {
            let mut attributes = limits(CHOICES, limit);
            let text = |(x, y): &(f64, f64)| {
                Cow::Owned(format!("{} {}", crate::number::float_text(*x), crate::number::float_text(*y)))
            };
            attributes.push(("center-point", centre.as_ref().map(text)));
            ("qti-position-object-interaction", attributes)
        }
        Kind::Slider { lower, upper, step, step_label, vertical, reverse } => (
            "qti-slider-interaction",
            vec![
                ("lower-bound", float(*lower)),
                ("upper-bound", float(*upper)),
                ("step", step.and_then(float)),
                ("step-label", flag(*step_label)),
                ("orientation", vertical.then_some(Cow::Borrowed("vertical"))),
                ("reverse", flag(*reverse)),
            ],
        ),
        Kind::Media { autostart, min_plays, max_plays, repeat, .. } => (
            "qti-media-interaction",
            vec![
                ("autostart", boolean(*autostart)),
                ("min-plays", count(*min_plays)),
                ("max-plays", count(*max_plays)),
                ("loop", flag(*repeat)),
            ],
        ),
        Kind::Upload { types } => ("qti-upload-interaction", vec![("type", list(types))]),
        Kind::Drawing { .. } => ("qti-drawing-interaction", Vec::new()),
        Kind::EndAttempt { title } => ("qti-end-attempt-interaction", vec![("title", word(title))]),
    }
}

fn body(output: &mut Output, kind: &Kind) {
    match kind {
        Kind::Choice { choices, .. } | Kind::Order { choices, .. } => {
            self::choices(output, "qti-simple-choice", choices)
        }
        Kind::InlineChoice { choices, .. } => self::choices(output, "qti-inline-choice", choices),
        Kind::Associate { choices, .. } => self::choices(output, "qti-simple-associable-choice", choices),
        Kind::Match { rows, columns, .. } => {
            for set in [rows, columns] {
                output.element("qti-simple-match-set", &[], |output| {
                    choices(output, "qti-simple-associable-choice", set);
                });
            }
        }
        Kind::GapMatch { choices, content, .. } => {
            gap_choices(output, choices);
            self::content(output, content);
        }
        Kind::Hottext { content, .. } | Kind::Media { content, .. } => self::content(output, content),
        Kind::Hotspot { image, areas, .. } | Kind::GraphicOrder { image, areas, .. } => {
            graphic(output, image);
            self::areas(output, "qti-hotspot-choice", areas);
        }
        Kind::GraphicAssociate { image, areas, .. } => {
            graphic(output, image);
            self::areas(output, "qti-associable-hotspot", areas);
        }
        Kind::GraphicGapMatch { image, choices, areas, .. } => {
            graphic(output, image);
            gap_choices(output, choices);
            self::areas(output, "qti-associable-hotspot", areas);
        }
        Kind::SelectPoint { image, .. } | Kind::Drawing { image } | Kind::PositionObject { image, .. } => {
            graphic(output, image);
        }
        Kind::TextEntry { .. }
        | Kind::ExtendedText { .. }
        | Kind::Slider { .. }
        | Kind::Upload { .. }
        | Kind::EndAttempt { .. } => {}
    }
}

/// The stage lies around the interaction, not in it.
fn position_object(output: &mut Output, interaction: &Interaction, stage: Option<&Graphic>) {
    let inner = |output: &mut Output| {
        let (name, mut attributes) = head(&interaction.kind);
        attributes.insert(0, ("response-identifier", word(&interaction.response)));
        output.element(name, &attributes, |output| {
            prompt(output, &interaction.prompt);
            body(output, &interaction.kind);
        });
    };
    match stage {
        Some(stage) => output.element("qti-position-object-stage", &[], |output| {
            graphic(output, stage);
            inner(output);
        }),
        None => inner(output),
    }
}

fn visibility(visibility: Option<&Visibility>) -> Attributes<'_> {
    visibility.map_or_else(Vec::new, |visibility| {
        vec![
            ("template-identifier", word(&visibility.variable)),
            ("show-hide", word(if visibility.show { "show" } else { "hide" })),
        ]
    })
}

fn choices(output: &mut Output, element: &str, choices: &[Choice]) {
    for choice in choices {
        let mut attributes: Attributes<'_> =
            vec![("identifier", word(&choice.identifier)), ("fixed", flag(choice.fixed))];
        attributes.extend(choice.limits.iter().flat_map(|limit| limits(["match-min", "match-max"], limit)));
        attributes.push(("match-group", list(&choice.match_group)));
        attributes.extend(visibility(choice.visibility.as_ref()));
        output.element(element, &attributes, |output| content(output, &choice.content));
    }
}

fn gap_choices(output: &mut Output, choices: &[GapChoice]) {
    for choice in choices {
        let mut attributes: Attributes<'_> = vec![("identifier", word(&choice.identifier))];
        attributes.extend(limits(["match-min", "match-max"], &choice.limits));
        attributes.push(("match-group", list(&choice.match_group)));
        attributes.extend(visibility(choice.visibility.as_ref()));
        let element = if choice.image { "qti-gap-img" } else { "qti-gap-text" };
        output.element(element, &attributes, |output| content(output, &choice.content));
    }
}

fn areas(output: &mut Output, element: &str, areas: &[Area]) {
    for area in areas {
        let (shape, coords) = area.shape.text();
        let mut attributes: Attributes<'_> = vec![
            ("identifier", word(&area.identifier)),
            ("shape", word(shape)),
            ("coords", Some(Cow::Owned(coords))),
            ("hotspot-label", optional(&area.label)),
        ];
        attributes.extend(area.limits.iter().flat_map(|limit| limits(["match-min", "match-max"], limit)));
        attributes.extend(visibility(area.visibility.as_ref()));
        output.empty(element, &attributes);
    }
}

/// An object where a media type is known, otherwise an image.
fn graphic(output: &mut Output, graphic: &Graphic) {
    let figure = &graphic.figure;
    match &graphic.kind {
        None => super::content::image(output, figure),
        Some(kind) => {
            let attributes = [
                ("data", word(&figure.source)),
                ("type", word(kind)),
                ("width", figure.width.and_then(count)),
                ("height", figure.height.and_then(count)),
            ];
            output.leaf("object", &attributes, &figure.alternative);
        }
    }
}
