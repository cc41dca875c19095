//! Interactions.

use super::{
    attributes::{list, text},
    content::{content, shown_or_hidden},
    declaration::shape,
    media::graphic,
};
use crate::{
    fault::{Lost, What},
    model::{Area, Choice, Content, GapChoice, Graphic, Interaction, Kind, Limits, Visibility},
    number,
    report::Report,
    xml::Element,
};

/// What every interaction may have.
const COMMON: [&str; 2] = ["response-identifier", "shuffle"];

/// The interaction of an element, or what it is not one of.
pub(super) fn interaction(report: &mut Report<'_>, element: &Element<'_>, into: &mut Vec<Content>) {
    if element.name == "position-object-stage" {
        return stage(report, element, into);
    }
    if let Some(kind) = kind(report, element) {
        push(report, element, kind, into);
    }
}

fn push(report: &mut Report<'_>, element: &Element<'_>, kind: Kind, into: &mut Vec<Content>) {
    let response = report.identifier(element, "response-identifier");
    report.answered(element.at, &response);
    let prompt = element.child("prompt").map(|prompt| {
        report.others(prompt, &[]);
        content(report, prompt)
    });
    into.push(Content::Interaction(Box::new(Interaction { response, prompt: prompt.unwrap_or_default(), kind })));
}

fn kind(report: &mut Report<'_>, element: &Element<'_>) -> Option<Kind> {
    let shuffle = report.flag(element, "shuffle");
    let name = &*element.name;
    let attributes: &[&str] = match name {
        "text-entry-interaction" => &["expected-length", "pattern-mask", "placeholder-text"],
        "extended-text-interaction" => &[
            "min-strings",
            "max-strings",
            "expected-length",
            "expected-lines",
            "pattern-mask",
            "placeholder-text",
            "format",
        ],
        "inline-choice-interaction" => &["required"],
        "associate-interaction"
        | "match-interaction"
        | "gap-match-interaction"
        | "graphic-associate-interaction"
        | "graphic-gap-match-interaction" => &["min-associations", "max-associations"],
        "position-object-interaction" => &["min-choices", "max-choices", "center-point"],
        "slider-interaction" => &["lower-bound", "upper-bound", "step", "step-label", "orientation", "reverse"],
        "media-interaction" => &["autostart", "min-plays", "max-plays", "loop"],
        "upload-interaction" => &["type"],
        "end-attempt-interaction" => &["title"],
        _ => &["min-choices", "max-choices"],
    };
    report.others(element, &[&COMMON[..], attributes].concat());
    Some(match name {
        "choice-interaction" => Kind::Choice {
            shuffle,
            limits: limits(report, element, "choices", 1),
            choices: choices(report, element, "simple-choice"),
        },
        "inline-choice-interaction" => Kind::InlineChoice {
            shuffle,
            required: report.flag(element, "required"),
            choices: choices(report, element, "inline-choice"),
        },
        "text-entry-interaction" => Kind::TextEntry {
            expected_length: report.count(element, "expected-length"),
            pattern: text(element, "pattern-mask"),
            placeholder: text(element, "placeholder-text"),
        },
        "extended-text-interaction" => Kind::ExtendedText {
            limits: limits(report, element, "strings", 0),
            expected_length: report.count(element, "expected-length"),
            expected_lines: report.count(element, "expected-lines"),
            pattern: text(element, "pattern-mask"),
            format: text(element, "format"),
            placeholder: text(element, "placeholder-text"),
        },
        "order-interaction" => Kind::Order {
            shuffle,
            limits: limits(report, element, "choices", 0),
            choices: choices(report, element, "simple-choice"),
        },
        "associate-interaction" => Kind::Associate {
            shuffle,
            limits: limits(report, element, "associations", 1),
            choices: choices(report, element, "simple-associable-choice"),
        },
        "match-interaction" => {
            let (rows, columns) = match_sets(report, element);
            Kind::Match { shuffle, limits: limits(report, element, "associations", 1), rows, columns }
        }
        "gap-match-interaction" => {
            let limits = limits(report, element, "associations", 0);
            let choices = gap_choices(report, element);
            Kind::GapMatch { shuffle, limits, choices, content: content(report, element) }
        }
        "hottext-interaction" => {
            Kind::Hottext { limits: limits(report, element, "choices", 1), content: content(report, element) }
        }
        "hotspot-interaction" => {
            let (image, areas) = image_and_areas(report, element, "hotspot-choice")?;
            Kind::Hotspot { limits: limits(report, element, "choices", 1), image, areas }
        }
        "graphic-order-interaction" => {
            let (image, areas) = image_and_areas(report, element, "hotspot-choice")?;
            Kind::GraphicOrder { limits: limits(report, element, "choices", 0), image, areas }
        }
        "graphic-associate-interaction" => {
            let (image, areas) = image_and_areas(report, element, "associable-hotspot")?;
            Kind::GraphicAssociate { limits: limits(report, element, "associations", 1), image, areas }
        }
        "graphic-gap-match-interaction" => {
            let choices = gap_choices(report, element);
            let (image, areas) = image_and_areas(report, element, "associable-hotspot")?;
            Kind::GraphicGapMatch { limits: limits(report, element, "associations", 0), image, choices, areas }
        }
        "select-point-interaction" => {
            let image = own_image(report, element)?;
            Kind::SelectPoint { limits: limits(report, element, "choices", 1), image }
        }
        "position-object-interaction" => position_object(report, element, None)?,
        "slider-interaction" => Kind::Slider {
            lower: bound(report, element, "lower-bound"),
            upper: bound(report, element, "upper-bound"),
            step: report.float(element, "step"),
            step_label: report.flag(element, "step-label"),
            vertical: element.value("orientation") == Some("vertical"),
            reverse: report.flag(element, "reverse"),
        },
        "media-interaction" => Kind::Media {
            autostart: report.flag(element, "autostart"),
            min_plays: report.count(element, "min-plays").unwrap_or(0),
            max_plays: report.count(element, "max-plays").unwrap_or(0),
            repeat: report.flag(element, "loop"),
            content: content(report, element),
        },
        "upload-interaction" => Kind::Upload { types: list(element, "type") },
        "drawing-interaction" => Kind::Drawing { image: own_image(report, element)? },
        "end-attempt-interaction" => Kind::EndAttempt { title: element.value("title").unwrap_or_default().to_owned() },
        _ => {
            report.fault(element.at, What::CustomInteraction(element.written.to_owned()));
            return None;
        }
    })
}

/// `min-…` and `max-…`.
fn limits(report: &mut Report<'_>, element: &Element<'_>, of: &str, max: u32) -> Limits {
    Limits {
        min: report.count(element, &format!("min-{of}")).unwrap_or(0),
        max: report.count(element, &format!("max-{of}")).unwrap_or(max),
    }
}

fn bound(report: &mut Report<'_>, element: &Element<'_>, name: &'static str) -> f64 {
    report.required(element, name);
    report.float(element, name).unwrap_or_default()
}

/// The choices of an element; what else it holds has no place.
fn choices(report: &mut Report<'_>, element: &Element<'_>, name: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for child in element.elements() {
        if child.name == "prompt" {
            continue;
        }
        if child.name == "label" {
            report.loss(child.at, Lost::Dropped(child.written.to_owned()));
            continue;
        }
        if child.name != name {
            report.misplaced(child, element);
            continue;
        }
        report.others(
            child,
            &["identifier", "fixed", "match-max", "match-min", "match-group", "template-identifier", "show-hide"],
        );
        let identifier = report.identifier(child, "identifier");
        if !names.insert(identifier.clone()) {
            report.fault(child.at, What::Twice(identifier.clone()));
        }
        let paired = name == "simple-associable-choice";
        choices.push(Choice {
            identifier,
            fixed: report.flag(child, "fixed"),
            limits: paired.then(|| match_limits(report, child)),
            match_group: list(child, "match-group"),
            visibility: visibility(report, child),
            content: content(report, child),
        });
    }
    if choices.is_empty() {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "choices" });
    }
    choices
}

fn match_limits(report: &mut Report<'_>, element: &Element<'_>) -> Limits {
    Limits {
        min: report.count(element, "match-min").unwrap_or(0),
        max: report.count(element, "match-max").unwrap_or(1),
    }
}

fn visibility(report: &mut Report<'_>, element: &Element<'_>) -> Option<Visibility> {
    let variable = text(element, "template-identifier");
    let show = shown_or_hidden(report, element).unwrap_or(true);
    let variable = variable?;
    report.mention(element.at, &variable);
    Some(Visibility { variable, show })
}

fn match_sets(report: &mut Report<'_>, element: &Element<'_>) -> (Vec<Choice>, Vec<Choice>) {
    let mut sets = Vec::new();
    for child in element.elements() {
        match &*child.name {
            "prompt" => {}
            "simple-match-set" => sets.push(choices(report, child, "simple-associable-choice")),
            _ => report.misplaced(child, element),
        }
    }
    if sets.len() != 2 {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "its two sets of choices" });
    }
    let mut sets = sets.into_iter();
    (sets.next().unwrap_or_default(), sets.next().unwrap_or_default())
}

fn gap_choices(report: &mut Report<'_>, element: &Element<'_>) -> Vec<GapChoice> {
    let mut choices = Vec::new();
    for child in element.elements().filter(|child| matches!(&*child.name, "gap-text" | "gap-img")) {
        report.others(
            child,
            &[
                "identifier",
                "match-max",
                "match-min",
                "match-group",
                "template-identifier",
                "show-hide",
                "object-label",
            ],
        );
        choices.push(GapChoice {
            identifier: report.identifier(child, "identifier"),
            limits: match_limits(report, child),
            match_group: list(child, "match-group"),
            visibility: visibility(report, child),
            image: child.name == "gap-img",
            content: content(report, child),
        });
    }
    if choices.is_empty() {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "choices" });
    }
    choices
}

fn image_and_areas(report: &mut Report<'_>, element: &Element<'_>, name: &str) -> Option<(Graphic, Vec<Area>)> {
    let mut areas = Vec::new();
    for child in element.elements() {
        match &*child.name {
            "prompt" | "object" | "img" | "picture" | "gap-img" | "gap-text" => {}
            found if found == name => areas.extend(area(report, child, name == "associable-hotspot")),
            _ => report.misplaced(child, element),
        }
    }
    if areas.is_empty() {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "areas" });
    }
    own_image(report, element).map(|image| (image, areas))
}

fn area(report: &mut Report<'_>, element: &Element<'_>, paired: bool) -> Option<Area> {
    report.others(
        element,
        &[
            "identifier",
            "shape",
            "coords",
            "hotspot-label",
            "match-max",
            "match-min",
            "template-identifier",
            "show-hide",
        ],
    );
    let identifier = report.identifier(element, "identifier");
    Some(Area {
        identifier,
        shape: shape(report, element)?,
        label: text(element, "hotspot-label"),
        limits: paired.then(|| match_limits(report, element)),
        visibility: visibility(report, element),
    })
}

fn own_image(report: &mut Report<'_>, element: &Element<'_>) -> Option<Graphic> {
    let image = element.elements().find_map(|child| graphic(report, child));
    if image.is_none() {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "an image" });
    }
    image
}

fn position_object(report: &mut Report<'_>, element: &Element<'_>, stage: Option<Graphic>) -> Option<Kind> {
    let centre = report.optional(element, "center-point", "point (two numbers)", |text| {
        let mut numbers = text.split_whitespace().map(number::float);
        Some((numbers.next()??, numbers.next()??))
    });
    let image = own_image(report, element)?;
    Some(Kind::PositionObject { limits: limits(report, element, "choices", 1), stage, image, centre })
}

/// A stage with the interactions that lie on it.
fn stage(report: &mut Report<'_>, element: &Element<'_>, into: &mut Vec<Content>) {
    report.others(element, &[]);
    let image = element.elements().find_map(|child| graphic(report, child));
    if image.is_none() {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "an image" });
    }
    for child in element.elements() {
        match &*child.name {
            "position-object-interaction" => {
                report.others(child, &["response-identifier", "min-choices", "max-choices", "center-point"]);
                if let Some(kind) = position_object(report, child, image.clone()) {
                    push(report, child, kind, into);
                }
            }
            "object" | "img" | "picture" => {}
            _ => report.loss(child.at, Lost::Dropped(child.written.to_owned())),
        }
    }
}
