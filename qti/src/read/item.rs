//! Items and stimuli.

use std::collections::BTreeSet;

use super::{
    attributes::text,
    content::{content, feedback},
    declaration, rule,
};
use crate::{
    fault::{Lost, What},
    model::{Item, ModalFeedback, Process, ResponseProcessing, Stimulus, StimulusReference, Template},
    report::Report,
    xml::{Element, Space},
};

/// What items say of their makers and of their form, and what means nothing for an exam.
const ITEM: [&str; 9] =
    ["identifier", "title", "label", "xml:lang", "lang", "adaptive", "time-dependent", "tool-name", "tool-version"];

pub(super) fn item(report: &mut Report<'_>, element: &Element<'_>) -> Item {
    report.others(element, &ITEM);
    let mut item = Item {
        identifier: report.identifier(element, "identifier"),
        title: element.value("title").unwrap_or_default().to_owned(),
        label: text(element, "label"),
        language: language(element),
        adaptive: report.flag(element, "adaptive"),
        time_dependent: report.flag(element, "time-dependent"),
        ..Item::default()
    };
    let mut once = BTreeSet::new();
    for child in element.elements() {
        let name = &*child.name;
        if ["template-processing", "item-body", "response-processing", "outcome-processing"].contains(&name)
            && !once.insert(name.to_owned())
        {
            report.misplaced(child, element);
            continue;
        }
        match (child.space, name) {
            (Space::XInclude, _) => report.fault(child.at, What::Include(child.written.to_owned())),
            (Space::Other | Space::MathMl, _) => report.loss(child.at, Lost::Dropped(child.written.to_owned())),
            (_, "response-declaration") => item.responses.push(declaration::response(report, child)),
            (_, "outcome-declaration") => item.outcomes.push(declaration::outcome(report, child)),
            (_, "template-declaration") => item.templates.push(declaration::template(report, child)),
            (_, "template-processing") => item.template_processing = rule::rules(report, child, Process::Template),
            (_, "assessment-stimulus-ref") => item.stimuli.push(stimulus_reference(report, child)),
            (_, "item-body") => {
                report.others(child, &[]);
                item.body = content(report, child);
            }
            (_, "response-processing") => item.response_processing = response_processing(report, child),
            (_, "outcome-processing") => {
                report.loss(child.at, Lost::NotStandard(child.written.to_owned()));
                item.outcome_processing = rule::rules(report, child, Process::Outcome);
            }
            (_, "modal-feedback") => item.modal_feedback.push(modal(report, child)),
            (_, "stylesheet") => report.presentation(child.at),
            (_, "context-declaration" | "catalog-info" | "companion-materials-info") => {
                report.loss(child.at, Lost::Dropped(child.written.to_owned()));
            }
            _ => report.misplaced(child, element),
        }
    }
    twice(report, element);
    if let (Some(ResponseProcessing::Template(_)), Some(processing)) =
        (&item.response_processing, element.child("response-processing"))
    {
        report.mention(processing.at, "RESPONSE");
    }
    report.resolve(&item);
    item
}

/// `xml:lang`, which may be written without its prefix.
fn language(element: &Element<'_>) -> Option<String> {
    text(element, "xml:lang").or_else(|| text(element, "lang"))
}

/// Variables share one set of names.
fn twice(report: &mut Report<'_>, element: &Element<'_>) {
    let declarations = ["response-declaration", "outcome-declaration", "template-declaration"];
    let mut names = BTreeSet::new();
    for child in element.elements().filter(|child| declarations.contains(&&*child.name)) {
        if let Some(name) = child.value("identifier").map(str::trim).filter(|name| !names.insert(*name)) {
            report.fault(child.at, What::Twice(name.to_owned()));
        }
    }
}

/// Rules of the item's own go before a template (QTI 3.0 ASI, `responseProcessing`).
fn response_processing(report: &mut Report<'_>, element: &Element<'_>) -> Option<ResponseProcessing> {
    report.others(element, &["template", "template-location"]);
    let rules = rule::rules(report, element, Process::Response);
    let Some(template) = element.attribute("template").filter(|_| rules.is_empty()) else {
        return Some(ResponseProcessing::Rules(rules));
    };
    let known = Template::of_address(&template.value);
    if known.is_none() {
        report.fault(template.at, What::Template(template.value.to_string()));
    }
    known.map(ResponseProcessing::Template)
}

impl Template {
    const NAMES: [(&str, Self); 7] = [
        ("match_correct", Self::MatchCorrect),
        ("map_response", Self::MapResponse),
        ("map_response_point", Self::MapResponsePoint),
        ("match_nothing", Self::MatchNothing),
        ("cc2_match", Self::CartridgeMatch),
        ("cc2_match_basic", Self::CartridgeMatch),
        ("cc2_map_response", Self::CartridgeMapResponse),
    ];

    /// The template of an address: of any version, with or without `.xml`, at any of its hosts.
    pub fn of_address(address: &str) -> Option<Self> {
        let name = address.trim().rsplit(['/', ':']).next()?.to_ascii_lowercase();
        let name = name.strip_suffix(".xml").unwrap_or(&name);
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, template)| template)
    }

    /// Its address in QTI 3.0.
    pub fn address(self) -> &'static str {
        match self {
            Self::MatchCorrect => "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml",
            Self::MapResponse => "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml",
            Self::MapResponsePoint => "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response_point.xml",
            Self::MatchNothing => "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_nothing.xml",
            Self::CartridgeMatch => "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/CC2_match.xml",
            Self::CartridgeMapResponse => "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/CC2_map_response.xml",
        }
    }
}

fn stimulus_reference(report: &mut Report<'_>, element: &Element<'_>) -> StimulusReference {
    report.others(element, &["identifier", "href", "title"]);
    let href = report.required(element, "href").trim().to_owned();
    report.source(element.at, &href);
    StimulusReference { identifier: report.identifier(element, "identifier"), href, title: text(element, "title") }
}

fn modal(report: &mut Report<'_>, element: &Element<'_>) -> ModalFeedback {
    let mut feedback = feedback(report, element, "outcome-identifier");
    super::normalise(&mut feedback.children);
    ModalFeedback { title: text(element, "title"), feedback }
}

pub(super) fn stimulus(report: &mut Report<'_>, element: &Element<'_>) -> Stimulus {
    report.others(element, &["identifier", "title", "xml:lang", "lang", "label", "tool-name", "tool-version"]);
    let mut body = Vec::new();
    for child in element.elements() {
        match &*child.name {
            "stimulus-body" => {
                report.others(child, &[]);
                body = content(report, child);
            }
            "stylesheet" => report.presentation(child.at),
            "catalog-info" => report.loss(child.at, Lost::Dropped(child.written.to_owned())),
            _ => report.misplaced(child, element),
        }
    }
    let stimulus = Stimulus {
        identifier: report.identifier(element, "identifier"),
        title: element.value("title").unwrap_or_default().to_owned(),
        language: language(element),
        body,
    };
    // Whatever in it would be answered has nowhere to answer to.
    report.resolve(&Item::default());
    stimulus
}
