//! What is shown.

use super::{
    attributes::{list, text},
    formula::formula,
    interaction::interaction,
    media::{image, object},
    white_space::normalise,
};
use crate::{
    fault::{Lost, What},
    model::{Content, Feedback, Group, Rubric},
    report::Report,
    xml::{Element, Node, Space},
};

/// The content of an element.
pub(super) fn content(report: &mut Report<'_>, element: &Element<'_>) -> Vec<Content> {
    let mut content = children(report, element);
    normalise(&mut content);
    content
}

/// The content of an element, white space as it stands.
pub(super) fn children(report: &mut Report<'_>, element: &Element<'_>) -> Vec<Content> {
    let mut content = Vec::new();
    gather(report, element, &mut content);
    content
}

fn gather(report: &mut Report<'_>, element: &Element<'_>, into: &mut Vec<Content>) {
    for node in &element.children {
        match node {
            Node::Text(text) => into.push(Content::Text(text.to_string())),
            Node::Element(child) => piece(report, child, into),
        }
    }
}

fn piece(report: &mut Report<'_>, element: &Element<'_>, into: &mut Vec<Content>) {
    match element.space {
        Space::XInclude => return report.fault(element.at, What::Include(element.written.to_owned())),
        Space::MathMl => return mathematics(report, element, into),
        Space::Other => {
            report.loss(element.at, Lost::Element(element.written.to_owned()));
            return gather(report, element, into);
        }
        Space::None | Space::Qti(_) => {}
    }
    let name = &*element.name;
    if let Some(&(_, group)) = Group::ALL.iter().find(|(known, _)| *known == name) {
        // What white space a preformatted text has is written into it; the attribute says no more.
        report.others(element, &["xml:space"]);
        into.push(Content::Group { group, children: children(report, element) });
        return;
    }
    if name.ends_with("-interaction") || name == "position-object-stage" {
        return interaction(report, element, into);
    }
    match name {
        // Elements that mean nothing by themselves.
        "span" | "content-body" => {
            report.others(element, &[]);
            gather(report, element, into);
        }
        "a" => {
            report.others(element, &["href", "type"]);
            let href = element.value("href").unwrap_or_default().trim().to_owned();
            into.push(Content::Link { href, children: children(report, element) });
        }
        "br" => into.push(Content::Break),
        "hr" => into.push(Content::Separator),
        "img" => into.push(Content::Image(image(report, element))),
        "object" | "audio" | "video" => into.push(object(report, element)),
        // Read with what it belongs to.
        "source" | "prompt" | "gap-text" | "gap-img" => {}
        "math" => mathematics(report, element, into),
        "printed-variable" => {
            report.others(element, &["identifier", "format"]);
            let identifier = report.identifier(element, "identifier");
            report.mention(element.at, &identifier);
            into.push(Content::PrintedVariable { identifier, format: text(element, "format") });
        }
        "feedback-inline" | "feedback-block" => {
            into.push(Content::Feedback(feedback(report, element, "outcome-identifier")));
        }
        "template-inline" | "template-block" => {
            into.push(Content::Template(feedback(report, element, "template-identifier")));
        }
        "rubric-block" => into.push(rubric(report, element)),
        "gap" => {
            report.others(element, &["identifier", "required"]);
            let (identifier, required) = (report.identifier(element, "identifier"), report.flag(element, "required"));
            into.push(Content::Gap { identifier, required });
        }
        "hottext" => {
            report.others(element, &["identifier"]);
            let identifier = report.identifier(element, "identifier");
            into.push(Content::Hottext { identifier, children: children(report, element) });
        }
        "include" => report.fault(element.at, What::Include(element.written.to_owned())),
        "stylesheet" | "col" | "colgroup" => report.presentation(element.at),
        "script"
        | "style"
        | "iframe"
        | "embed"
        | "applet"
        | "form"
        | "input"
        | "button"
        | "select"
        | "textarea"
        | "svg"
        | "canvas"
        | "link"
        | "meta"
        | "catalog-info"
        | "companion-materials-info"
        | "param"
        | "track" => {
            report.loss(element.at, Lost::Dropped(element.written.to_owned()));
        }
        _ => {
            report.loss(element.at, Lost::Element(element.written.to_owned()));
            gather(report, element, into);
        }
    }
}

fn mathematics(report: &mut Report<'_>, element: &Element<'_>, into: &mut Vec<Content>) {
    let (text, whole) = formula(element);
    if !whole {
        report.loss(element.at, Lost::Formula(super::attributes::shown(&text)));
    }
    into.push(Content::Formula(text));
}

/// Content that a variable shows or hides.
pub(super) fn feedback(report: &mut Report<'_>, element: &Element<'_>, variable: &'static str) -> Feedback {
    report.others(element, &[variable, "identifier", "show-hide", "title"]);
    let outcome = report.identifier(element, variable);
    report.mention(element.at, &outcome);
    Feedback {
        inline: element.name.ends_with("-inline"),
        outcome,
        identifier: report.identifier(element, "identifier"),
        show: shown_or_hidden(report, element).unwrap_or(true),
        children: children(report, element),
    }
}

/// Whether `show-hide` is `show`.
pub(super) fn shown_or_hidden(report: &mut Report<'_>, element: &Element<'_>) -> Option<bool> {
    report.word(element, "show-hide", &[("show", true), ("hide", false)], "word show or hide")
}

pub(super) fn rubric(report: &mut Report<'_>, element: &Element<'_>) -> Content {
    report.others(element, &["view", "use"]);
    Content::Rubric(Rubric {
        view: list(element, "view"),
        purpose: text(element, "use"),
        children: children(report, element),
    })
}
