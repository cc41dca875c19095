//! Tests.

use super::{
    Attributes, NAMESPACE, boolean, content, count, declaration, expression::expression, flag, float, list,
    rule::rules, word,
};
use crate::{
    model::{
        BranchRule, Content, Expression, ItemReference, Navigation, Part, Process, Section, SessionControl, Submission,
        Test, TestPart, TimeLimits,
    },
    xml::Output,
};

/// A test as a QTI 3.0 document.
pub fn test(test: &Test) -> String {
    let mut output = Output::new();
    let attributes = [("xmlns", word(NAMESPACE)), ("identifier", word(&test.identifier)), ("title", word(&test.title))];
    output.element("qti-assessment-test", &attributes, |output| {
        output.line();
        test.outcomes.iter().for_each(|declared| declaration::outcome(output, declared));
        time_limits(output, test.time_limits.as_ref());
        test.parts.iter().for_each(|part| self::part(output, part));
        if !test.outcome_processing.is_empty() {
            output.element("qti-outcome-processing", &[], |output| {
                rules(output, &test.outcome_processing, Process::Outcome);
            });
            output.line();
        }
    });
    output.finish()
}

fn part(output: &mut Output, part: &TestPart) {
    let navigation = match part.navigation {
        Navigation::Linear => "linear",
        Navigation::Nonlinear => "nonlinear",
    };
    let submission = match part.submission {
        Submission::Individual => "individual",
        Submission::Simultaneous => "simultaneous",
    };
    let attributes = [
        ("identifier", word(&part.identifier)),
        ("navigation-mode", word(navigation)),
        ("submission-mode", word(submission)),
    ];
    output.element("qti-test-part", &attributes, |output| {
        shared(output, &part.preconditions, &part.branches, &part.control, part.time_limits.as_ref());
        children(output, &part.children);
    });
    output.line();
}

fn children(output: &mut Output, parts: &[Part]) {
    for part in parts {
        output.line();
        match part {
            Part::Section(section) => self::section(output, section),
            Part::Item(reference) => item_reference(output, reference),
        }
    }
}

fn shared(
    output: &mut Output,
    preconditions: &[Expression],
    branches: &[BranchRule],
    control: &SessionControl,
    limits: Option<&TimeLimits>,
) {
    for condition in preconditions {
        output.element("qti-pre-condition", &[], |output| expression(output, condition));
    }
    for branch in branches {
        output.element("qti-branch-rule", &[("target", word(&branch.target))], |output| {
            expression(output, &branch.condition);
        });
    }
    if *control != SessionControl::default() {
        let attributes: Attributes<'_> = vec![
            ("max-attempts", control.max_attempts.and_then(count)),
            ("show-feedback", control.show_feedback.and_then(boolean)),
            ("allow-review", control.allow_review.and_then(boolean)),
            ("show-solution", control.show_solution.and_then(boolean)),
            ("allow-comment", control.allow_comment.and_then(boolean)),
            ("allow-skipping", control.allow_skipping.and_then(boolean)),
            ("validate-responses", control.validate_responses.and_then(boolean)),
        ];
        output.empty("qti-item-session-control", &attributes);
    }
    time_limits(output, limits);
}

fn time_limits(output: &mut Output, limits: Option<&TimeLimits>) {
    if let Some(TimeLimits { min, max, allow_late }) = limits {
        let attributes = [
            ("min-time", min.and_then(float)),
            ("max-time", max.and_then(float)),
            ("allow-late-submission", boolean(*allow_late)),
        ];
        output.empty("qti-time-limits", &attributes);
    }
}

fn section(output: &mut Output, section: &Section) {
    let attributes = [
        ("identifier", word(&section.identifier)),
        ("title", word(&section.title)),
        ("visible", boolean(section.visible)),
        ("required", flag(section.required)),
        ("fixed", flag(section.fixed)),
        ("keep-together", boolean(section.keep_together)),
    ];
    output.element("qti-assessment-section", &attributes, |output| {
        shared(output, &section.preconditions, &section.branches, &section.control, section.time_limits.as_ref());
        if let Some(selection) = &section.selection {
            let attributes =
                [("select", count(selection.select)), ("with-replacement", flag(selection.with_replacement))];
            output.empty("qti-selection", &attributes);
        }
        if section.shuffle {
            output.empty("qti-ordering", &[("shuffle", boolean(true))]);
        }
        for rubric in &section.rubrics {
            if let Content::Rubric(rubric) = rubric {
                content::rubric(output, rubric);
            }
        }
        children(output, &section.children);
    });
}

fn item_reference(output: &mut Output, reference: &ItemReference) {
    let attributes = [
        ("identifier", word(&reference.identifier)),
        ("href", word(&reference.href)),
        ("category", list(&reference.categories)),
        ("required", flag(reference.required)),
        ("fixed", flag(reference.fixed)),
    ];
    output.element("qti-assessment-item-ref", &attributes, |output| {
        shared(
            output,
            &reference.preconditions,
            &reference.branches,
            &reference.control,
            reference.time_limits.as_ref(),
        );
        for (source, target) in &reference.mappings {
            let attributes = [("source-identifier", word(source)), ("target-identifier", word(target))];
            output.empty("qti-variable-mapping", &attributes);
        }
        for weight in &reference.weights {
            let attributes = [("identifier", word(&weight.identifier)), ("value", float(weight.value))];
            output.empty("qti-weight", &attributes);
        }
    });
}
