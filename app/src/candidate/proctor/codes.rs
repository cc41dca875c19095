//! Codes from the proctor: extra time, pauses, the end. They count without a network.

use leptos::{ev::SubmitEvent, prelude::*};
use signing::{code::Code80, json};
use sitting::{Allows, Grant, GrantFault};

use crate::{
    candidate::{Session, standing, words},
    catalogue::{text, text_with},
    platform::focus,
    widgets::{Alert, CodeField, Heading},
};

const FIELD: &str = "grant";
const FOUND: &str = "grant-found";
/// A longer one does not fit a line of the journal.
const MAX_GRANT_BYTES: usize = 3_000;

/// A grant that counts, and whether the candidate was asked once already.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    grant: Grant,
    allows: Allows,
    words: String,
    asked: bool,
}

/// One field for whatever the proctor gave: a typed code, or the text of a signed grant as a scanner types it.
#[component]
pub(crate) fn CodesPage(session: Session, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let message = RwSignal::new(None::<String>);
    let found = RwSignal::new(None::<Found>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match look(session, typed.get_untracked().trim()) {
            Ok(grant) => {
                message.set(None);
                found.set(Some(grant));
                focus::by_id(FOUND);
            }
            Err(words) => {
                found.set(None);
                message.set(Some(words));
                focus::by_id(FIELD);
            }
        }
    };
    let use_it = move |known: Found| {
        if known.allows == Allows::End && !known.asked {
            found.set(Some(Found { words: text("codes-end-sure"), asked: true, ..known }));
            return focus::by_id(FOUND);
        }
        standing::take(session, known.grant, known.allows);
        done();
    };
    view! {
        <main class="page narrow">
            <Heading title=text("codes-title")/>
            {move || match found.get() {
                None => view! {
                    <p>{text("codes-intro")}</p>
                    <form on:submit=submit novalidate>
                        <CodeField id=FIELD label=text("codes-label") hint=text("codes-hint") value=typed/>
                        <Alert message=message.into()/>
                        <div class="actions">
                            <button type="submit" class="primary">{text("continue")}</button>
                            <button type="button" on:click=move |_| done()>{text("back")}</button>
                        </div>
                    </form>
                }
                .into_any(),
                Some(known) => {
                    let yes = if known.allows == Allows::End { "codes-end" } else { "codes-use" };
                    let no = move |_| {
                        found.set(None);
                        focus::by_id(FIELD);
                    };
                    view! {
                        <section class="confirm" aria-labelledby=FOUND>
                            <h2 id=FOUND tabindex="-1">{known.words.clone()}</h2>
                            <div class="actions">
                                <button type="button" class="primary" on:click=move |_| use_it(known.clone())>{text(yes)}</button>
                                <button type="button" on:click=no>{text("codes-not")}</button>
                            </div>
                        </section>
                    }
                    .into_any()
                }
            }}
        </main>
    }
}

/// What the text allows, or why nothing.
fn look(session: Session, typed: &str) -> Result<Found, String> {
    let grant = read(typed)?;
    let (allows, by_code, paused) = session
        .with(|sitting| (sitting.allows(&grant), sitting.time().minutes_by_code(), sitting.is_paused()))
        .ok_or_else(|| text("codes-unknown"))?;
    let allows = allows.map_err(|fault| refusal(&fault))?;
    let signed = matches!(grant, Grant::Signed { .. });
    let words = match allows {
        Allows::ExtraTime { minutes } => {
            // A code says how many minutes all codes give together.
            let more = if signed { minutes } else { minutes.saturating_sub(by_code) };
            text_with("codes-extra-time", [("minutes", more.into())])
        }
        Allows::Pause { .. } if paused => return Err(text("codes-paused-already")),
        Allows::Pause { .. } => text("codes-pause"),
        Allows::Move { .. } => return Err(text("codes-move")),
        Allows::End => text("codes-end-what"),
    };
    Ok(Found { grant, allows, words, asked: false })
}

fn read(typed: &str) -> Result<Grant, String> {
    if !typed.starts_with('{') {
        return Code80::parse(typed).map(|code| Grant::of_code(&code)).map_err(|error| words::code(&error));
    }
    if typed.len() > MAX_GRANT_BYTES {
        return Err(text("codes-unreadable"));
    }
    let signed = json::parse(typed.as_bytes()).ok().and_then(|value| serde_json::from_value(value).ok());
    signed.map(Grant::of_signed).ok_or_else(|| text("codes-unreadable"))
}

fn refusal(fault: &GrantFault) -> String {
    text(match fault {
        GrantFault::UnknownCode => "codes-unknown",
        GrantFault::OtherAttempt => "codes-other-candidate",
        GrantFault::UnknownKind => "codes-unreadable",
        GrantFault::Signed(_) => "codes-not-signed",
        GrantFault::Used => "codes-used",
    })
}
