//! Rules.

use super::expression::expression;
use crate::{
    fault::{Lost, What},
    model::{Branch, Expression, Process, Rule},
    report::Report,
    xml::Element,
};

/// The rules in an element.
pub(super) fn rules(report: &mut Report<'_>, element: &Element<'_>, process: Process) -> Vec<Rule> {
    element.elements().filter_map(|child| rule(report, child, process)).collect()
}

fn rule(report: &mut Report<'_>, element: &Element<'_>, process: Process) -> Option<Rule> {
    let name = &*element.name;
    if let Some(rest) = name.strip_prefix(process.word()) {
        match rest {
            "-condition" => return Some(condition(report, element, process)),
            "-processing-fragment" => {
                report.others(element, &["identifier"]);
                return Some(Rule::Fragment(rules(report, element, process)));
            }
            "-constraint" if process == Process::Template => return Some(Rule::Constraint(operand(report, element))),
            _ => {}
        }
    }
    if name == process.exit() {
        return Some(Rule::Exit);
    }
    let settable = match name {
        "set-outcome-value" | "lookup-outcome-value" => process != Process::Template,
        "set-template-value" | "set-correct-response" => process == Process::Template,
        "set-default-value" | "set-response-value" => true,
        _ => false,
    };
    if !settable {
        let what = match name {
            "include" => What::Include(element.written.to_owned()),
            _ => What::Rule(element.written.to_owned()),
        };
        report.fault(element.at, what);
        return None;
    }
    report.others(element, &["identifier"]);
    let identifier = report.identifier(element, "identifier");
    report.mention(element.at, &identifier);
    if name == "set-response-value" || (name == "set-default-value" && process != Process::Template) {
        report.loss(element.at, Lost::NotStandard(element.written.to_owned()));
    }
    Some(match name {
        "set-outcome-value" => Rule::SetOutcome { identifier, value: operand(report, element) },
        "lookup-outcome-value" => Rule::LookupOutcome { identifier, source: operand(report, element) },
        "set-template-value" => Rule::SetTemplate { identifier, value: operand(report, element) },
        "set-correct-response" => Rule::SetCorrect { identifier, value: operand(report, element) },
        "set-response-value" => Rule::SetResponse { identifier, value: operand(report, element) },
        _ if element.elements().next().is_none() => Rule::SetDefault { identifier, value: None },
        _ => Rule::SetDefault { identifier, value: Some(operand(report, element)) },
    })
}

/// The one expression in an element.
pub(super) fn operand(report: &mut Report<'_>, element: &Element<'_>) -> Expression {
    let mut elements = element.elements();
    let Some(first) = elements.next() else {
        report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "an expression" });
        return Expression::Null;
    };
    for more in elements {
        report.misplaced(more, element);
    }
    expression(report, first)
}

fn condition(report: &mut Report<'_>, element: &Element<'_>, process: Process) -> Rule {
    let (mut branches, mut otherwise) = (Vec::new(), Vec::new());
    let mut ended = false;
    for child in element.elements() {
        let part = child.name.strip_prefix(process.word());
        match part {
            Some("-if") if branches.is_empty() && !ended => branches.push(branch(report, child, process)),
            Some("-else-if") if !branches.is_empty() && !ended => branches.push(branch(report, child, process)),
            Some("-else") if !ended => {
                otherwise = rules(report, child, process);
                ended = true;
            }
            _ => report.misplaced(child, element),
        }
    }
    Rule::Condition { branches, otherwise }
}

fn branch(report: &mut Report<'_>, element: &Element<'_>, process: Process) -> Branch {
    let mut elements = element.elements();
    let condition = match elements.next() {
        Some(first) => expression(report, first),
        None => {
            report.fault(element.at, What::Lacks { element: element.written.to_owned(), child: "a condition" });
            Expression::Null
        }
    };
    Branch { condition, rules: elements.filter_map(|child| rule(report, child, process)).collect() }
}
