//! Check-in: the proctor's challenge goes into the journal, and the journal's state goes to the proctor. So both know that what
//! stands there was written between the two.

use leptos::{ev::SubmitEvent, prelude::*, task::spawn_local};
use signing::code::Code128;
use sitting::{Authority, Event};

use super::HeadView;
use crate::{
    candidate::{Session, hand_in::ResponseFileButton, words},
    catalogue::text,
    platform::focus,
    widgets::{Alert, CodeField, HEADING, Heading},
};

const FIELD: &str = "challenge";

/// A state of the journal that the proctor records.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    count: u64,
    head: String,
}

/// Challenge, then the state of the journal.
#[component]
pub(crate) fn CheckInPage(session: Session, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let challenge = RwSignal::new(String::new());
    let message = RwSignal::new(None::<String>);
    let state = RwSignal::new(None::<State>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        message.set(None);
        let challenge = match Code128::parse(&challenge.get_untracked()) {
            Ok(code) => hex::encode(code.as_bytes()),
            Err(error) => {
                message.set(Some(words::code(&error)));
                return focus::by_id(FIELD);
            }
        };
        // Pressed again while the disk does not write, it waits already.
        let waits =
            |event: &Event| matches!(event, Event::Challenged { challenge: waiting, .. } if *waiting == challenge);
        if !session.waits_for(waits) {
            session.record(Event::Challenged { challenge, by: Authority::Proctor });
            session.vouch();
        }
        spawn_local(async move {
            if !session.settled_soon().await {
                message.try_set(Some(text("check-in-not-saved")));
                return;
            }
            state.try_set(session.with(|sitting| State { count: sitting.count(), head: sitting.head().to_owned() }));
            focus::by_id(HEADING);
        });
    };
    view! {
        <main class="page narrow">
            <Heading title=text("check-in-title")/>
            {move || match state.get() {
                None => view! {
                    <p>{text("check-in-intro")}</p>
                    <form on:submit=submit novalidate>
                        <CodeField id=FIELD label=text("check-in-label") hint=text("check-in-hint") value=challenge/>
                        <Alert message=message.into()/>
                        <div class="actions">
                            <button type="submit" class="primary">{text("continue")}</button>
                            <button type="button" on:click=move |_| done()>{text("back")}</button>
                        </div>
                    </form>
                    <section class="part">
                        <h2>{text("copy-title")}</h2>
                        <p>{text("copy-what")}</p>
                        <ResponseFileButton session/>
                    </section>
                }
                .into_any(),
                Some(State { count, head }) => view! {
                    <p>{text("check-in-show")}</p>
                    <HeadView session count head/>
                    <div class="actions">
                        <button type="button" class="primary" on:click=move |_| {
                            session.record(Event::Anchored { by: Authority::Proctor, count, elapsed_ms: None });
                            done();
                        }>
                            {text("check-in-written")}
                        </button>
                        <button type="button" on:click=move |_| done()>{text("check-in-not-written")}</button>
                    </div>
                }
                .into_any(),
            }}
        </main>
    }
}
