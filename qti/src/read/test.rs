//! Tests.

use super::{
    attributes::list,
    content::rubric,
    declaration,
    rule::{operand, rules},
};
use crate::{
    fault::{Lost, What},
    model::{
        BranchRule, Expression, ItemReference, Navigation, Part, Process, Section, Selection, SessionControl,
        Submission, Test, TestPart, TimeLimits, Weight,
    },
    report::Report,
    xml::{Element, Space},
};

pub(super) fn test(report: &mut Report<'_>, element: &Element<'_>) -> Test {
    report.others(element, &["identifier", "title", "tool-name", "tool-version", "xml:lang", "lang"]);
    let mut test = Test {
        identifier: report.identifier(element, "identifier"),
        title: element.value("title").unwrap_or_default().to_owned(),
        ..Test::default()
    };
    for child in element.elements() {
        match (child.space, &*child.name) {
            (Space::XInclude, _) => report.fault(child.at, What::Include(child.written.to_owned())),
            (Space::Other, _) => report.loss(child.at, Lost::Dropped(child.written.to_owned())),
            (_, "outcome-declaration") => test.outcomes.push(declaration::outcome(report, child)),
            (_, "time-limits") => test.time_limits = Some(time_limits(report, child)),
            (_, "test-part") => test.parts.push(part(report, child)),
            (_, "outcome-processing") => test.outcome_processing = rules(report, child, Process::Outcome),
            (_, "stylesheet") => report.presentation(child.at),
            (_, "test-feedback" | "context-declaration" | "rubric-block") => {
                report.loss(child.at, Lost::Dropped(child.written.to_owned()));
            }
            _ => report.misplaced(child, element),
        }
    }
    if test.parts.is_empty() {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "a test part" });
    }
    test
}

/// What parts, sections and items have alike.
#[derive(Default)]
struct Shared {
    preconditions: Vec<Expression>,
    branches: Vec<BranchRule>,
    control: SessionControl,
    time_limits: Option<TimeLimits>,
}

impl Shared {
    /// Takes an element in; false if it is none of these.
    fn take(&mut self, report: &mut Report<'_>, element: &Element<'_>) -> bool {
        match &*element.name {
            "pre-condition" => self.preconditions.push(operand(report, element)),
            "branch-rule" => {
                report.others(element, &["target"]);
                let target = report.identifier(element, "target");
                self.branches.push(BranchRule { target, condition: operand(report, element) });
            }
            "item-session-control" => self.control = control(report, element),
            "time-limits" => self.time_limits = Some(time_limits(report, element)),
            _ => return false,
        }
        true
    }
}

fn part(report: &mut Report<'_>, element: &Element<'_>) -> TestPart {
    report.others(element, &["identifier", "navigation-mode", "submission-mode", "title"]);
    let navigation = [("linear", Navigation::Linear), ("nonlinear", Navigation::Nonlinear)];
    let submission = [("individual", Submission::Individual), ("simultaneous", Submission::Simultaneous)];
    let mut shared = Shared::default();
    let mut children = Vec::new();
    for child in element.elements() {
        match &*child.name {
            "test-feedback" => report.loss(child.at, Lost::Dropped(child.written.to_owned())),
            _ if shared.take(report, child) => {}
            _ => child_part(report, child, element, &mut children),
        }
    }
    let Shared { preconditions, branches, control, time_limits } = shared;
    TestPart {
        identifier: report.identifier(element, "identifier"),
        navigation: report
            .word(element, "navigation-mode", &navigation, "navigation mode (linear or nonlinear)")
            .unwrap_or(Navigation::Nonlinear),
        submission: report
            .word(element, "submission-mode", &submission, "submission mode (individual or simultaneous)")
            .unwrap_or(Submission::Individual),
        preconditions,
        branches,
        control,
        time_limits,
        children,
    }
}

fn child_part(report: &mut Report<'_>, element: &Element<'_>, inside: &Element<'_>, into: &mut Vec<Part>) {
    match &*element.name {
        "assessment-section" => into.push(Part::Section(Box::new(section(report, element)))),
        "assessment-item-ref" => into.push(Part::Item(Box::new(item_reference(report, element)))),
        "assessment-section-ref" => report.fault(element.at, What::Include(element.written.to_owned())),
        _ => report.misplaced(element, inside),
    }
}

fn section(report: &mut Report<'_>, element: &Element<'_>) -> Section {
    report.others(element, &["identifier", "title", "visible", "required", "fixed", "keep-together"]);
    let mut shared = Shared::default();
    let (mut children, mut rubrics, mut selection, mut shuffle) = (Vec::new(), Vec::new(), None, false);
    for child in element.elements() {
        match &*child.name {
            "selection" => {
                report.others(child, &["select", "with-replacement"]);
                report.required(child, "select");
                let select = report.count(child, "select").unwrap_or_default();
                selection = Some(Selection { select, with_replacement: report.flag(child, "with-replacement") });
            }
            "ordering" => {
                report.others(child, &["shuffle"]);
                shuffle = report.flag(child, "shuffle");
            }
            "rubric-block" => {
                let mut content = vec![rubric(report, child)];
                super::normalise(&mut content);
                rubrics.append(&mut content);
            }
            "stylesheet" => report.presentation(child.at),
            "include" => report.misplaced(child, element),
            _ if shared.take(report, child) => {}
            _ => child_part(report, child, element, &mut children),
        }
    }
    let Shared { preconditions, branches, control, time_limits } = shared;
    Section {
        identifier: report.identifier(element, "identifier"),
        title: element.value("title").unwrap_or_default().to_owned(),
        visible: report.boolean(element, "visible").unwrap_or(true),
        required: report.flag(element, "required"),
        fixed: report.flag(element, "fixed"),
        keep_together: report.boolean(element, "keep-together").unwrap_or(true),
        preconditions,
        branches,
        control,
        time_limits,
        selection,
        shuffle,
        rubrics,
        children,
    }
}

fn item_reference(report: &mut Report<'_>, element: &Element<'_>) -> ItemReference {
    report.others(element, &["identifier", "href", "category", "required", "fixed"]);
    let mut shared = Shared::default();
    let (mut weights, mut mappings) = (Vec::new(), Vec::new());
    for child in element.elements() {
        match &*child.name {
            "weight" => {
                report.others(child, &["identifier", "value"]);
                report.required(child, "value");
                let identifier = report.identifier(child, "identifier");
                weights.push(Weight { identifier, value: report.float(child, "value").unwrap_or(1.0) });
            }
            "variable-mapping" => {
                report.others(child, &["source-identifier", "target-identifier"]);
                let source = report.identifier(child, "source-identifier");
                mappings.push((source, report.identifier(child, "target-identifier")));
            }
            "template-default" => report.loss(child.at, Lost::Dropped(child.written.to_owned())),
            _ if shared.take(report, child) => {}
            _ => report.misplaced(child, element),
        }
    }
    let Shared { preconditions, branches, control, time_limits } = shared;
    let href = report.required(element, "href").trim().to_owned();
    report.source(element.at, &href);
    ItemReference {
        identifier: report.identifier(element, "identifier"),
        href,
        categories: list(element, "category"),
        required: report.flag(element, "required"),
        fixed: report.flag(element, "fixed"),
        preconditions,
        branches,
        control,
        time_limits,
        weights,
        mappings,
    }
}

fn control(report: &mut Report<'_>, element: &Element<'_>) -> SessionControl {
    let names = [
        "max-attempts",
        "show-feedback",
        "allow-review",
        "show-solution",
        "allow-comment",
        "allow-skipping",
        "validate-responses",
    ];
    report.others(element, &names);
    SessionControl {
        max_attempts: report.count(element, "max-attempts"),
        show_feedback: report.boolean(element, "show-feedback"),
        allow_review: report.boolean(element, "allow-review"),
        show_solution: report.boolean(element, "show-solution"),
        allow_comment: report.boolean(element, "allow-comment"),
        allow_skipping: report.boolean(element, "allow-skipping"),
        validate_responses: report.boolean(element, "validate-responses"),
    }
}

fn time_limits(report: &mut Report<'_>, element: &Element<'_>) -> TimeLimits {
    report.others(element, &["min-time", "max-time", "allow-late-submission"]);
    TimeLimits {
        min: report.float(element, "min-time"),
        max: report.float(element, "max-time"),
        allow_late: report.flag(element, "allow-late-submission"),
    }
}
