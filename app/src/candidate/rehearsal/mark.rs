//! What stands above every page of a rehearsal.

use leptos::{prelude::*, task::spawn_local};
use sitting::{Event, Line, Place, Recorded};

use super::keep_findings;
use crate::{
    candidate::{App, Session, Step},
    catalogue::text,
    platform::window,
};

/// So many questions come before the page is to be loaded anew: then there is something to come back to.
const QUESTIONS_BEFORE: usize = 2;

/// That it is a rehearsal; and from the third question on, that the page is to be loaded anew.
#[component]
pub(crate) fn Mark(app: App) -> impl IntoView {
    let asked = Memo::new(move |_| {
        let session = app.session.get().filter(|_| app.step.get() == Step::Exam)?;
        // Read again with each line.
        session.written.track();
        if came_back(session) { Some(true) } else { is_under_way(session).then_some(false) }
    });
    view! {
        <aside class="demonstration" aria-label=text("rehearsal-label")>
            <p>{text("rehearsal-mark")}</p>
            <div role="status">
                {move || asked.get().map(|done| {
                    if done { view! { <p>{text("reload-done")}</p> }.into_any() } else { view! { <AskToReload app/> }.into_any() }
                })}
            </div>
        </aside>
    }
}

#[component]
fn AskToReload(app: App) -> impl IntoView {
    let reload = move |_| {
        let Some(session) = app.session.get_untracked() else { return };
        spawn_local(async move {
            session.settled_soon().await;
            keep_findings(session);
            let _ = window().location().reload();
        });
    };
    view! {
        <p><strong>{text("reload-ask")}</strong></p>
        <button type="button" on:click=reload>{text("reload-now")}</button>
    }
}

/// Whether the page was loaded anew, by what the journal says.
pub(super) fn came_back(session: Session) -> bool {
    let resumed = session.with(|sitting| {
        let events = sitting.lines().iter().filter_map(|line| Line::read(line).ok());
        events.into_iter().any(|line| matches!(line.event, Recorded::Known(Event::Resumed { .. })))
    });
    // After handing in no line says so any more.
    resumed == Some(true) || session.came_back
}

fn is_under_way(session: Session) -> bool {
    session.answers.with(|answers| match answers.place() {
        None => false,
        Some(Place::Review) => true,
        Some(Place::Item(id)) => {
            session.form.with_value(|form| form.items.iter().take(QUESTIONS_BEFORE).all(|item| &item.id != id))
        }
    })
}
