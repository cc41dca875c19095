//! A report on documents of a sitting, step by step.

use leptos::prelude::*;
use sitting::{EvidenceOutcome, EvidenceReport};

use crate::catalogue::text;

pub(super) fn view(report: EvidenceReport) -> impl IntoView {
    let (class, word) = if report.valid {
        ("verdict good", "verify-evidence-valid")
    } else {
        ("verdict bad", "verify-evidence-invalid")
    };
    let steps = report.steps.into_iter().map(|step| {
        let (class, word) = match step.outcome {
            EvidenceOutcome::Passed => ("good", "step-passed"),
            EvidenceOutcome::Failed => ("bad", "step-failed"),
            EvidenceOutcome::Note => ("note", "step-warning"),
        };
        view! { <li class=class><strong>{text(word)}</strong>" "{step.sentence}</li> }
    });
    view! {
        <div class="report">
            <p class=class><strong>{text(word)}</strong></p>
            {report.receipt_code.map(|code| view! {
                <dl class="facts">
                    <dt>{text("verify-receipt-code")}</dt>
                    <dd class="number">{code}</dd>
                </dl>
            })}
            <h3>{text("verify-steps")}</h3>
            <ol class="steps">{steps.collect_view()}</ol>
        </div>
    }
}
