//! Content. White space means something here: nothing is laid out.

use super::{Attributes, count, flag, interaction::interaction, list, optional, word};
use crate::{
    model::{Content, Feedback, Figure, Media, Rubric},
    xml::Output,
};

const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

pub(super) fn content(output: &mut Output, content: &[Content]) {
    content.iter().for_each(|piece| self::piece(output, piece));
}

fn piece(output: &mut Output, piece: &Content) {
    match piece {
        Content::Text(text) => output.text(text),
        Content::Group { group, children } => {
            output.element(group.element(), &[], |output| content(output, children));
        }
        Content::Link { href, children } => {
            output.element("a", &[("href", word(href))], |output| content(output, children));
        }
        Content::Break => output.empty("br", &[]),
        Content::Separator => output.empty("hr", &[]),
        Content::Image(figure) => image(output, figure),
        Content::Media(media) => self::media(output, media),
        Content::Formula(text) => output.element("math", &[("xmlns", word(MATHML))], |output| {
            output.leaf("mtext", &[], text);
        }),
        Content::PrintedVariable { identifier, format } => {
            output.empty("qti-printed-variable", &[("identifier", word(identifier)), ("format", optional(format))]);
        }
        Content::Feedback(feedback) => {
            let element = if feedback.inline { "qti-feedback-inline" } else { "qti-feedback-block" };
            self::feedback(output, element, feedback, &mut vec![("outcome-identifier", word(&feedback.outcome))]);
        }
        Content::Template(feedback) => {
            let element = if feedback.inline { "qti-template-inline" } else { "qti-template-block" };
            self::feedback(output, element, feedback, &mut vec![("template-identifier", word(&feedback.outcome))]);
        }
        Content::Rubric(rubric) => self::rubric(output, rubric),
        Content::Interaction(interaction) => self::interaction(output, interaction),
        Content::Gap { identifier, required } => {
            output.empty("qti-gap", &[("identifier", word(identifier)), ("required", flag(*required))]);
        }
        Content::Hottext { identifier, children } => {
            output.element("qti-hottext", &[("identifier", word(identifier))], |output| content(output, children));
        }
    }
}

pub(super) fn image(output: &mut Output, figure: &Figure) {
    let attributes = [
        ("src", word(&figure.source)),
        ("alt", word(&figure.alternative)),
        ("width", figure.width.and_then(count)),
        ("height", figure.height.and_then(count)),
    ];
    output.empty("img", &attributes);
}

fn media(output: &mut Output, media: &Media) {
    let attributes = [
        ("data", word(&media.source)),
        ("type", optional(&media.kind)),
        ("width", media.width.and_then(count)),
        ("height", media.height.and_then(count)),
    ];
    output.element("object", &attributes, |output| content(output, &media.fallback));
}

/// Feedback with its attributes, the variable's first.
pub(super) fn feedback<'f>(
    output: &mut Output,
    element: &str,
    feedback: &'f Feedback,
    attributes: &mut Attributes<'f>,
) {
    attributes.extend([
        ("identifier", word(&feedback.identifier)),
        ("show-hide", word(if feedback.show { "show" } else { "hide" })),
    ]);
    output.element(element, attributes, |output| {
        if feedback.inline {
            content(output, &feedback.children);
        } else {
            output.element("qti-content-body", &[], |output| content(output, &feedback.children));
        }
    });
}

pub(super) fn rubric(output: &mut Output, rubric: &Rubric) {
    let attributes = [("view", list(&rubric.view)), ("use", optional(&rubric.purpose))];
    output.element("qti-rubric-block", &attributes, |output| {
        output.element("qti-content-body", &[], |output| content(output, &rubric.children));
    });
}
