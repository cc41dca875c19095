//! Which files content names.

use crate::model::{Choice, Content, GapChoice, Graphic, Interaction, Item, Kind};

/// The references of an item to other files, in its order.
pub(super) fn of_item(item: &Item) -> Vec<&str> {
    let mut sources: Vec<&str> = item.stimuli.iter().map(|stimulus| &*stimulus.href).collect();
    of_content(&item.body, &mut sources);
    item.modal_feedback.iter().for_each(|modal| of_content(&modal.feedback.children, &mut sources));
    sources
}

/// The references of content.
pub(super) fn of_content<'c>(content: &'c [Content], into: &mut Vec<&'c str>) {
    for piece in content {
        match piece {
            Content::Image(figure) => into.push(&figure.source),
            Content::Media(media) => {
                into.push(&media.source);
                of_content(&media.fallback, into);
            }
            Content::Group { children, .. } | Content::Link { children, .. } | Content::Hottext { children, .. } => {
                of_content(children, into);
            }
            Content::Feedback(feedback) | Content::Template(feedback) => of_content(&feedback.children, into),
            Content::Rubric(rubric) => of_content(&rubric.children, into),
            Content::Interaction(interaction) => of_interaction(interaction, into),
            Content::Text(_)
            | Content::Break
            | Content::Separator
            | Content::Formula(_)
            | Content::PrintedVariable { .. }
            | Content::Gap { .. } => {}
        }
    }
}

fn of_interaction<'c>(interaction: &'c Interaction, into: &mut Vec<&'c str>) {
    of_content(&interaction.prompt, into);
    match &interaction.kind {
        Kind::Choice { choices, .. }
        | Kind::InlineChoice { choices, .. }
        | Kind::Order { choices, .. }
        | Kind::Associate { choices, .. } => of_choices(choices, into),
        Kind::Match { rows, columns, .. } => {
            of_choices(rows, into);
            of_choices(columns, into);
        }
        Kind::GapMatch { choices, content, .. } => {
            of_gap_choices(choices, into);
            of_content(content, into);
        }
        Kind::GraphicGapMatch { image, choices, .. } => {
            of_graphic(image, into);
            of_gap_choices(choices, into);
        }
        Kind::Hottext { content, .. } | Kind::Media { content, .. } => of_content(content, into),
        Kind::Hotspot { image, .. }
        | Kind::GraphicOrder { image, .. }
        | Kind::GraphicAssociate { image, .. }
        | Kind::SelectPoint { image, .. }
        | Kind::Drawing { image } => of_graphic(image, into),
        Kind::PositionObject { stage, image, .. } => {
            stage.iter().for_each(|stage| of_graphic(stage, into));
            of_graphic(image, into);
        }
        Kind::TextEntry { .. }
        | Kind::ExtendedText { .. }
        | Kind::Slider { .. }
        | Kind::Upload { .. }
        | Kind::EndAttempt { .. } => {}
    }
}

fn of_choices<'c>(choices: &'c [Choice], into: &mut Vec<&'c str>) {
    choices.iter().for_each(|choice| of_content(&choice.content, into));
}

fn of_gap_choices<'c>(choices: &'c [GapChoice], into: &mut Vec<&'c str>) {
    choices.iter().for_each(|choice| of_content(&choice.content, into));
}

fn of_graphic<'c>(graphic: &'c Graphic, into: &mut Vec<&'c str>) {
    into.push(&graphic.figure.source);
}
