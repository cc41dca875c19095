//! Going on where another device stopped, without a network: its response file and a move code bring its lines here.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use signing::code::Code80;
use sitting::{Allows, Grant, Manifest, ResponseFile, recognise};
use web_sys::File;
use worker_protocol::{Answer, FaultCode, Verb};

use super::file::limit;
use crate::{
    candidate::{
        App, Step,
        session::{Beginning, replay},
        start::{self, Entry},
        words,
    },
    catalogue::{text, text_with},
    platform::{base64, files, focus},
    widgets::{Alert, CodeField, FileDrop, Heading},
};

const CODE: &str = "move-code";

/// Chooses the file, types the code.
#[component]
pub(crate) fn MovingPage(app: App) -> impl IntoView {
    let code = RwSignal::new(String::new());
    let file = RwSignal::new(None::<Vec<u8>>);
    let chosen = RwSignal::new(None::<String>);
    let message = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    let take = move |found: File| {
        message.set(None);
        spawn_local(async move {
            let name = found.name();
            let bytes = files::read(&found, limit()).await;
            match bytes.as_deref().map(ResponseFile::read) {
                Some(Ok(read)) => {
                    let lines = read.header.document.count;
                    chosen.try_set(Some(text_with("moving-chosen", [("name", name.into()), ("lines", lines.into())])));
                    file.try_set(bytes);
                }
                Some(Err(fault)) => {
                    message.try_set(Some(words::response(&fault)));
                }
                None => {
                    message.try_set(Some(text("file-unreadable")));
                }
            }
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        message.set(None);
        let Some(bytes) = file.get_untracked() else {
            message.set(Some(text("moving-no-file")));
            return focus::by_id("response-file");
        };
        let typed = match Code80::parse(&code.get_untracked()) {
            Ok(code) => code,
            Err(error) => {
                message.set(Some(words::code(&error)));
                return focus::by_id(CODE);
            }
        };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let moved = go_on(app, &bytes, typed).await;
            busy.try_set(false);
            match moved {
                Ok(()) => {}
                Err(Entry::Words(words)) => {
                    message.try_set(Some(words));
                }
                Err(Entry::Stop(stop)) => app.step.set(Step::Stopped(stop)),
            }
        });
    };
    view! {
        <main class="page narrow">
            <Heading title=text("moving-title")/>
            <p>{text("moving-intro")}</p>
            <form on:submit=submit novalidate>
                <FileDrop id="response-file" label=text("moving-file-label") hint=text("moving-file-hint") accept=".invigil-response"
                    on_file=take/>
                <p class="hint" role="status">{move || chosen.get()}</p>
                <CodeField id=CODE label=text("moving-code-label") hint=text("moving-code-hint") value=code/>
                <Alert message=message.into()/>
                <div class="actions">
                    <button type="submit" class="primary" aria-disabled=move || busy.get().then_some("true")>
                        {move || text(if busy.get() { "checking" } else { "moving-go-on" })}
                    </button>
                    <button type="button" on:click=move |_| app.step.set(Step::Code)>{text("back")}</button>
                </div>
            </form>
        </main>
    }
}

/// Brings the lines here and goes on.
async fn go_on(app: App, bytes: &[u8], code: Code80) -> Result<(), Entry> {
    let manifest = app.package.get_untracked().ok_or_else(|| start::damaged(&"no package"))?;
    let unsealed = app.unsealed.get_value().ok_or_else(|| start::damaged(&"the package is closed"))?;
    let file = ResponseFile::read(bytes).map_err(|fault| Entry::Words(words::response(&fault)))?;
    let grant = allowed(&manifest, &file, &code)?;
    let worker = app.worker().ok_or_else(|| start::damaged(&"no worker"))?;
    let attempt = manifest.attempt.clone();
    let sealed = base64::encode(&file.sealed);
    let verb = Verb::OpenResponse { attempt: attempt.clone(), sealed, code: code.to_string() };
    let opened = match worker.ask(verb).await {
        Ok(Answer::Opened { text }) => text,
        Ok(_) => return Err(start::damaged(&"no lines")),
        Err(fault) if fault.code == FaultCode::WrongCode => return Err(Entry::Words(text("moving-wrong-code"))),
        Err(fault) => return Err(fault.into()),
    };
    let lines = file.lines(opened.as_bytes()).map_err(|fault| Entry::Words(words::response(&fault)))?;
    let unusable = |detail: &dyn std::fmt::Display| {
        Entry::Words(text_with("response-changed", [("detail", detail.to_string().into())]))
    };
    let journal = replay(manifest, &lines).map_err(|fault| unusable(&fault))?;
    let header = &file.header.document;
    header.check_journal(&journal, &unsealed.payload).map_err(|fault| Entry::Words(words::response(&fault)))?;
    // The code may have been used for an earlier move.
    journal.allows(&grant).map_err(|fault| unusable(&fault))?;
    let how = Beginning::Moved(grant);
    start::import(app, &attempt, &lines, &how).await?;
    let session = start::run(app, unsealed, journal, 0, how);
    app.step.set(if session.has_opened() { Step::Exam } else { Step::Identity });
    Ok(())
}

/// What lets this device go on from the file, if the code does.
fn allowed(manifest: &Manifest, file: &ResponseFile, code: &Code80) -> Result<Grant, Entry> {
    let header = &file.header.document;
    let same = header.attempt == manifest.attempt && manifest.digest().ok().as_ref() == Some(&header.manifest);
    if !same {
        return Err(Entry::Words(text("moving-other-attempt")));
    }
    if header.submitted {
        return Err(Entry::Words(text("moving-submitted")));
    }
    match recognise(code, &manifest.attempt, &manifest.grants) {
        Some(Allows::Move { .. }) => Ok(Grant::of_code(code)),
        _ => Err(Entry::Words(text("moving-wrong-code"))),
    }
}
