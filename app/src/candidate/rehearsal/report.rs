//! The end of a rehearsal: whether an exam can be sat here, and why.

use api::{ReadinessReport, Verdict};
use leptos::{prelude::*, task::spawn_local};
use serde::Serialize;

use super::{measures, stored};
use crate::{
    candidate::{
        App, Step,
        access::{Check, Mark, check, row},
    },
    catalogue::text,
    platform::files,
    widgets::{Alert, Busy, Heading},
};

/// On to the report, once the rehearsal was handed in.
#[component]
pub(crate) fn ToReport(app: App) -> impl IntoView {
    view! {
        <p>{text("to-report")}</p>
        <div class="actions">
            <button type="button" class="primary" on:click=move |_| app.step.set(Step::Report)>{text("to-report-go")}</button>
        </div>
    }
}

/// The verdict, what to do, the file, and the end.
#[component]
pub(crate) fn ReportPage(app: App) -> impl IntoView {
    let report = RwSignal::new(None::<ReadinessReport>);
    spawn_local(async move {
        if let Some(session) = app.session.get_untracked() {
            let found = measures::readiness(session).await;
            report.try_set(found.map(ReadinessReport::of));
        }
    });
    view! {
        <main class="page narrow">
            {move || match report.get() {
                None => view! { <Busy doing=text("report-measuring")/> }.into_any(),
                Some(report) => shown(app, &report).into_any(),
            }}
        </main>
    }
}

fn shown(app: App, report: &ReadinessReport) -> impl IntoView + use<> {
    let file = files::pretty(&serde_json::to_string(report).unwrap_or_default());
    let name = "invigil-readiness.json";
    let Verdict { outcome, reasons } = &report.verdict;
    let outcome = text(&format!("outcome-{}", code(outcome)));
    let reasons: Vec<Check> = reasons
        .iter()
        .map(|reason| {
            let mark = if reason.forbids() { Mark::Bad } else { Mark::Note };
            check(mark, text(&format!("reason-{}", code(reason))))
        })
        .collect();
    let message = RwSignal::new(None::<String>);
    let finish = move |_| {
        spawn_local(async move {
            message.try_set(stored::leave(app).await.err());
        });
    };
    let content = file.clone();
    view! {
        <Heading title=outcome/>
        <p>{text(if reasons.is_empty() { "report-good" } else { "report-reasons" })}</p>
        <ul class="checks">{reasons.into_iter().map(row).collect_view()}</ul>
        <p>{text("report-file")}</p>
        <div class="actions">
            <button type="button" on:click=move |_| files::download(name, "application/json", content.as_bytes())>
                {text("report-save")}
            </button>
            <button type="button" on:click=move |_| app.step.set(Step::HandedIn)>{text("report-back")}</button>
        </div>
        <details class="part">
            <summary>{text("report-figures")}</summary>
            <pre class="file">{file}</pre>
        </details>
        <section class="part">
            <p>{text("report-finish-what")}</p>
            <Alert message=message.into()/>
            <div class="actions">
                <button type="button" class="primary" on:click=finish>{text("report-finish")}</button>
            </div>
        </section>
    }
}

/// A value's word in the file, with which its sentence in the catalogue is named.
fn code(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
