//! White space as content has it.

use crate::model::{Content, Interaction, Kind, Level};

/// Brings content into the form that reading gives: texts joined, white space as [`Content`] says.
///
/// Reading what was written gives the same content if it was in this form; doing it twice changes nothing.
pub fn normalise(content: &mut Vec<Content>) {
    normalise_at(content, Level::Block);
}

fn normalise_at(content: &mut Vec<Content>, level: Level) {
    join(content);
    for piece in content.iter_mut() {
        inside(piece, level);
    }
    if level == Level::Verbatim {
        return;
    }
    let blocks = level == Level::Structure || content.iter().any(is_block);
    content.retain(|piece| match piece {
        Content::Text(text) => !(blocks && level != Level::Inline && text.trim_matches(is_space).is_empty()),
        Content::Formula(text) => !text.is_empty(),
        _ => true,
    });
    // A formula that was empty may have stood between two texts.
    join(content);
    for piece in content.iter_mut() {
        if let Content::Text(text) = piece {
            collapse(text);
        }
    }
    if level == Level::Inline {
        return;
    }
    if let Some(Content::Text(text)) = content.first_mut() {
        text.drain(..text.len() - text.trim_start_matches(is_space).len());
    }
    if let Some(Content::Text(text)) = content.last_mut() {
        text.truncate(text.trim_end_matches(is_space).len());
    }
    content.retain(|piece| !matches!(piece, Content::Text(text) if text.is_empty()));
}

fn join(content: &mut Vec<Content>) {
    content.retain(|piece| !matches!(piece, Content::Text(text) if text.is_empty()));
    content.dedup_by(|next, before| match (next, before) {
        (Content::Text(next), Content::Text(before)) => {
            before.push_str(next);
            true
        }
        _ => false,
    });
}

fn inside(piece: &mut Content, level: Level) {
    let within = if level == Level::Verbatim { Level::Verbatim } else { Level::Inline };
    match piece {
        Content::Group { group, children } => match (group.level(), level) {
            (Level::Inline, Level::Verbatim) => normalise_at(children, Level::Verbatim),
            (own, _) => normalise_at(children, own),
        },
        Content::Link { children, .. } | Content::Hottext { children, .. } => normalise_at(children, within),
        Content::Feedback(feedback) | Content::Template(feedback) => {
            normalise_at(&mut feedback.children, if feedback.inline { within } else { Level::Block });
        }
        Content::Rubric(rubric) => normalise(&mut rubric.children),
        Content::Media(media) => normalise(&mut media.fallback),
        Content::Interaction(interaction) => interaction_inside(interaction),
        Content::Formula(text) => {
            collapse(text);
            *text = text.trim_matches(is_space).to_owned();
        }
        Content::Text(_)
        | Content::Break
        | Content::Separator
        | Content::Image(_)
        | Content::PrintedVariable { .. }
        | Content::Gap { .. } => {}
    }
}

fn interaction_inside(interaction: &mut Interaction) {
    normalise(&mut interaction.prompt);
    match &mut interaction.kind {
        Kind::Choice { choices, .. }
        | Kind::InlineChoice { choices, .. }
        | Kind::Order { choices, .. }
        | Kind::Associate { choices, .. } => choices.iter_mut().for_each(|choice| normalise(&mut choice.content)),
        Kind::Match { rows, columns, .. } => {
            rows.iter_mut().chain(columns).for_each(|choice| normalise(&mut choice.content));
        }
        Kind::GapMatch { choices, content, .. } => {
            choices.iter_mut().for_each(|choice| normalise(&mut choice.content));
            normalise(content);
        }
        Kind::GraphicGapMatch { choices, .. } => choices.iter_mut().for_each(|choice| normalise(&mut choice.content)),
        Kind::Hottext { content, .. } | Kind::Media { content, .. } => normalise(content),
        Kind::TextEntry { .. }
        | Kind::ExtendedText { .. }
        | Kind::Hotspot { .. }
        | Kind::GraphicOrder { .. }
        | Kind::GraphicAssociate { .. }
        | Kind::SelectPoint { .. }
        | Kind::PositionObject { .. }
        | Kind::Slider { .. }
        | Kind::Upload { .. }
        | Kind::Drawing { .. }
        | Kind::EndAttempt { .. } => {}
    }
}

fn is_block(piece: &Content) -> bool {
    match piece {
        Content::Group { group, .. } => group.level() != Level::Inline,
        Content::Separator | Content::Rubric(_) => true,
        Content::Feedback(feedback) | Content::Template(feedback) => !feedback.inline,
        Content::Interaction(interaction) => {
            !matches!(interaction.kind, Kind::InlineChoice { .. } | Kind::TextEntry { .. } | Kind::EndAttempt { .. })
        }
        _ => false,
    }
}

/// XML's white space; a no-break space is none.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

fn collapse(text: &mut String) {
    let bytes = text.as_bytes();
    let plain = |pair: &[u8]| !(pair[0] == b' ' && pair[1] == b' ');
    if bytes.windows(2).all(plain) && !text.contains(['\t', '\n', '\r']) {
        return;
    }
    let mut collapsed = String::with_capacity(text.len());
    let mut space = false;
    for character in text.chars() {
        if !is_space(character) {
            collapsed.push(character);
        } else if !space {
            collapsed.push(' ');
        }
        space = is_space(character);
    }
    *text = collapsed;
}
