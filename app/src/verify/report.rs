//! A report, step by step.

use leptos::prelude::*;
use signing::{
    credential::{Facts, Kind},
    verify::{Form, Report, StepOutcome, TrustBundle, Verdict},
};

use crate::catalogue::{text, text_with};

pub(super) fn view(report: Report) -> impl IntoView {
    let (class, word) = match report.verdict {
        Verdict::Valid => ("verdict good", "verify-valid"),
        Verdict::Invalid => ("verdict bad", "verify-invalid"),
        Verdict::Undetermined => ("verdict open", "verify-undetermined"),
    };
    let steps = report.steps.into_iter().map(|step| {
        let (class, word) = match step.outcome {
            StepOutcome::Passed => ("good", "step-passed"),
            StepOutcome::Failed => ("bad", "step-failed"),
            StepOutcome::NotChecked => ("skipped", "step-not-checked"),
            StepOutcome::Warning => ("note", "step-warning"),
            StepOutcome::Undetermined => ("note", "step-undetermined"),
        };
        view! { <li class=class><strong>{text(word)}</strong>" "{step.sentence}</li> }
    });
    view! {
        <div class="report">
            <p class=class><strong>{text(word)}</strong>" "{report.summary}</p>
            {report.facts.map(|found| facts(found, report.form))}
            <h3>{text("verify-steps")}</h3>
            <ol class="steps">{steps.collect_view()}</ol>
        </div>
    }
}

fn facts(facts: Facts, form: Option<Form>) -> impl IntoView {
    let day = |at: chrono::DateTime<chrono::Utc>| at.format("%-d %B %Y").to_string();
    view! {
        <dl class="facts">
            <dt>{text("facts-holder")}</dt>
            {match facts.kind {
                Kind::Badge => view! { <dd>{text("facts-holder-hidden")}</dd> }.into_any(),
                _ => view! { <dd class="name"><bdi>{facts.holder}</bdi></dd> }.into_any(),
            }}
            <dt>{text("facts-credential")}</dt>
            <dd>{facts.credential}</dd>
            {(!facts.number.is_empty()).then(|| view! {
                <dt>{text("facts-number")}</dt>
                <dd class="number">{facts.number}</dd>
            })}
            <dt>{text("facts-from")}</dt>
            <dd>{day(facts.valid_from)}</dd>
            {facts.valid_until.map(|until| view! { <dt>{text("facts-until")}</dt> <dd>{day(until)}</dd> })}
            {facts.cpd.map(|cpd| view! {
                <dt>{text("facts-cpd")}</dt>
                <dd>{format!("{} {}", cpd.credits, cpd.unit)}</dd>
            })}
            {form.map(|form| view! {
                <dt>{text("facts-form")}</dt>
                <dd>{text(match form { Form::Json => "form-json", Form::Jwt => "form-jwt" })}</dd>
            })}
        </dl>
    }
}

/// Whom this page trusts, and since when it knows their keys.
pub(super) fn trust_note(bundle: TrustBundle) -> String {
    let names: Vec<String> = bundle.issuers.into_iter().map(|issuer| issuer.name).collect();
    let day = bundle.as_of.format("%-d %B %Y, %H:%M UTC").to_string();
    text_with("verify-trust-note", [("issuers", names.join(", ").into()), ("day", day.into())])
}
