//! Items and stimuli.

use super::{Attributes, NAMESPACE, boolean, content, declaration, optional, rule::rules, word};
use crate::{
    model::{Item, Process, ResponseProcessing, Stimulus},
    xml::Output,
};

/// An item as a QTI 3.0 document.
pub fn item(item: &Item) -> String {
    let mut output = Output::new();
    let attributes = [
        ("xmlns", word(NAMESPACE)),
        ("identifier", word(&item.identifier)),
        ("title", word(&item.title)),
        ("label", optional(&item.label)),
        ("xml:lang", optional(&item.language)),
        ("adaptive", boolean(item.adaptive)),
        ("time-dependent", boolean(item.time_dependent)),
    ];
    output.element("qti-assessment-item", &attributes, |output| {
        output.line();
        item.responses.iter().for_each(|declared| declaration::response(output, declared));
        item.outcomes.iter().for_each(|declared| declaration::outcome(output, declared));
        item.templates.iter().for_each(|declared| declaration::template(output, declared));
        if !item.template_processing.is_empty() {
            output.element("qti-template-processing", &[], |output| {
                rules(output, &item.template_processing, Process::Template);
            });
            output.line();
        }
        for stimulus in &item.stimuli {
            let attributes = [
                ("identifier", word(&stimulus.identifier)),
                ("href", word(&stimulus.href)),
                ("title", optional(&stimulus.title)),
            ];
            output.empty("qti-assessment-stimulus-ref", &attributes);
            output.line();
        }
        output.element("qti-item-body", &[], |output| content::content(output, &item.body));
        output.line();
        match &item.response_processing {
            Some(ResponseProcessing::Template(template)) => {
                output.empty("qti-response-processing", &[("template", word(template.address()))]);
                output.line();
            }
            Some(ResponseProcessing::Rules(own)) => {
                output.element("qti-response-processing", &[], |output| rules(output, own, Process::Response));
                output.line();
            }
            None => {}
        }
        if !item.outcome_processing.is_empty() {
            output.element("qti-outcome-processing", &[], |output| {
                rules(output, &item.outcome_processing, Process::Outcome);
            });
            output.line();
        }
        for modal in &item.modal_feedback {
            let mut attributes: Attributes<'_> =
                vec![("title", optional(&modal.title)), ("outcome-identifier", word(&modal.feedback.outcome))];
            content::feedback(output, "qti-modal-feedback", &modal.feedback, &mut attributes);
            output.line();
        }
    });
    output.finish()
}

/// A stimulus as a QTI 3.0 document.
pub fn stimulus(stimulus: &Stimulus) -> String {
    let mut output = Output::new();
    let attributes = [
        ("xmlns", word(NAMESPACE)),
        ("identifier", word(&stimulus.identifier)),
        ("title", word(&stimulus.title)),
        ("xml:lang", optional(&stimulus.language)),
    ];
    output.element("qti-assessment-stimulus", &attributes, |output| {
        output.line();
        output.element("qti-stimulus-body", &[], |output| content::content(output, &stimulus.body));
        output.line();
    });
    output.finish()
}
