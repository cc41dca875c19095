//! Rules.

use super::{expression::expression, word};
use crate::{
    model::{Expression, Process, Rule},
    xml::Output,
};

pub(super) fn rules(output: &mut Output, rules: &[Rule], process: Process) {
    rules.iter().for_each(|rule| self::rule(output, rule, process));
}

fn rule(output: &mut Output, rule: &Rule, process: Process) {
    let of_process = |rest: &str| format!("qti-{}-{rest}", process.word());
    match rule {
        Rule::Condition { branches, otherwise } => output.element(&of_process("condition"), &[], |output| {
            for (at, branch) in branches.iter().enumerate() {
                output.element(&of_process(if at == 0 { "if" } else { "else-if" }), &[], |output| {
                    expression(output, &branch.condition);
                    rules(output, &branch.rules, process);
                });
            }
            if !otherwise.is_empty() {
                output.element(&of_process("else"), &[], |output| rules(output, otherwise, process));
            }
        }),
        Rule::Fragment(inner) => {
            output.element(&of_process("processing-fragment"), &[], |output| rules(output, inner, process));
        }
        Rule::Exit => output.empty(&format!("qti-{}", process.exit()), &[]),
        Rule::Constraint(condition) => {
            output.element(&of_process("constraint"), &[], |output| expression(output, condition));
        }
        Rule::SetOutcome { identifier, value } => set(output, "qti-set-outcome-value", identifier, Some(value)),
        Rule::SetTemplate { identifier, value } => set(output, "qti-set-template-value", identifier, Some(value)),
        Rule::SetCorrect { identifier, value } => set(output, "qti-set-correct-response", identifier, Some(value)),
        Rule::SetDefault { identifier, value } => set(output, "qti-set-default-value", identifier, value.as_ref()),
        Rule::SetResponse { identifier, value } => set(output, "qti-set-response-value", identifier, Some(value)),
        Rule::LookupOutcome { identifier, source } => {
            set(output, "qti-lookup-outcome-value", identifier, Some(source));
        }
    }
}

fn set(output: &mut Output, element: &str, identifier: &str, value: Option<&Expression>) {
    output.element(element, &[("identifier", word(identifier))], |output| {
        if let Some(value) = value {
            expression(output, value);
        }
    });
}
