//! Images, sound, film and other files.

use super::{attributes::text, content::children};
use crate::{
    fault::Lost,
    model::{Content, Figure, Graphic, Media},
    report::Report,
    xml::Element,
};

pub(super) fn image(report: &mut Report<'_>, element: &Element<'_>) -> Figure {
    report.others(element, &["src", "alt", "width", "height"]);
    let (width, height) = size(report, element);
    Figure {
        source: source(report, element, "src"),
        alternative: element.value("alt").unwrap_or_default().to_owned(),
        width,
        height,
    }
}

/// An `object`, `audio` or `video`; an object that is an image is one.
pub(super) fn object(report: &mut Report<'_>, element: &Element<'_>) -> Content {
    report.others(element, &["data", "src", "type", "width", "height", "controls", "alt", "preload"]);
    let (width, height) = size(report, element);
    let mut kind = text(element, "type");
    if element.name == "object" {
        let source = source(report, element, "data");
        if kind.as_deref().is_some_and(|kind| kind.starts_with("image/")) {
            let alternative = flat(element);
            return Content::Image(Figure { source, alternative, width, height });
        }
        return Content::Media(Media { source, kind, width, height, fallback: children(report, element) });
    }
    let mut sources = element.elements().filter(|child| child.name == "source");
    let source = match element.value("src") {
        Some(source) => source.to_owned(),
        None => match sources.next() {
            Some(first) => {
                kind = text(first, "type");
                self::source(report, first, "src")
            }
            None => self::source(report, element, "src"),
        },
    };
    for more in sources {
        report.loss(more.at, Lost::Dropped(more.written.to_owned()));
    }
    let kind = kind.or_else(|| Some(format!("{}/*", element.name)));
    Content::Media(Media { source, kind, width, height, fallback: children(report, element) })
}

/// The image of a graphic interaction.
pub(super) fn graphic(report: &mut Report<'_>, element: &Element<'_>) -> Option<Graphic> {
    match &*element.name {
        "img" => Some(Graphic { figure: image(report, element), kind: None }),
        "object" => {
            report.others(element, &["data", "type", "width", "height"]);
            let (width, height) = size(report, element);
            let (source, alternative) = (source(report, element, "data"), flat(element));
            Some(Graphic { figure: Figure { source, alternative, width, height }, kind: text(element, "type") })
        }
        "picture" => {
            report.loss(element.at, Lost::Element(element.written.to_owned()));
            element.child("img").and_then(|child| graphic(report, child))
        }
        _ => None,
    }
}

fn source(report: &mut Report<'_>, element: &Element<'_>, name: &'static str) -> String {
    let source = report.required(element, name).trim();
    if !source.is_empty() {
        report.source(element.at, source);
    }
    source.to_owned()
}

/// Pixels; anything else is presentation.
fn size(report: &mut Report<'_>, element: &Element<'_>) -> (Option<u32>, Option<u32>) {
    let mut pixels = |name| {
        let attribute = element.attribute(name)?;
        let number = attribute.value.trim().trim_end_matches("px").parse().ok();
        if number.is_none() {
            report.presentation(attribute.at);
        }
        number
    };
    (pixels("width"), pixels("height"))
}

/// The text in it as one line.
fn flat(element: &Element<'_>) -> String {
    element.text().split_whitespace().collect::<Vec<_>>().join(" ")
}
