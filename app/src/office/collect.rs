//! Response files from sticks and mails: one, or three hundred at once.

use api::CollectOutcome;
use leptos::prelude::*;

use super::taking::{Chosen, Progress, Taking};
use crate::{
    catalogue::{text, text_with},
    platform::files,
    widgets::{FileDrop, Heading},
};

/// The page.
#[component]
pub(super) fn Collect() -> impl IntoView {
    let taking = Taking::new();
    view! {
        <main class="page">
            <Heading title=text("collect-title")/>
            <p>{text("collect-intro")}</p>
            <FileDrop
                id="responses"
                label=text("collect-label")
                hint=text("collect-hint")
                accept=""
                multiple=true
                on_file=move |file| taking.add(file)
            />
            <Summary taking/>
            <Show when=move || taking.files.with(|files| !files.is_empty())>
                <div class="scrolling" role="region" aria-labelledby="collect-table" tabindex="0">
                    <table class="collected">
                        <caption id="collect-table" class="visually-hidden">{text("collect-table")}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{text("collect-file")}</th>
                                <th scope="col">{text("collect-outcome")}</th>
                                <th scope="col">{text("collect-lines")}</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || numbered(taking) key=|(number, _)| *number let((_, file))>
                                <Row file/>
                            </For>
                        </tbody>
                    </table>
                </div>
            </Show>
        </main>
    }
}

fn numbered(taking: Taking) -> Vec<(usize, Chosen)> {
    taking.files.get().into_iter().enumerate().collect()
}

fn is_apart(progress: &Progress) -> bool {
    matches!(progress, Progress::In(collected) if collected.outcome == CollectOutcome::Fork)
}

/// How many are in, refused, kept apart, still to be sent; and what can be done.
#[component]
fn Summary(taking: Taking) -> impl IntoView {
    let all = move || taking.files.with(Vec::len);
    let taken = move || taking.count(|progress| matches!(progress, Progress::In(_)) && !is_apart(progress));
    let apart = move || taking.count(is_apart);
    let refused = move || taking.count(|progress| matches!(progress, Progress::Refused(_)));
    let away = move || taking.count(|progress| *progress == Progress::Away);
    let words = move || {
        let numbers = [("taken", taken()), ("all", all()), ("refused", refused()), ("apart", apart())];
        text_with("collect-summary", numbers.map(|(name, number)| (name, number.into())))
    };
    let save = move |_| {
        let documents: Vec<String> = taking.files.with_untracked(|files| {
            let acknowledged = files.iter().filter_map(|file| match file.progress.get_untracked() {
                Progress::In(collected) => serde_json::to_string(&collected.acknowledgement).ok(),
                _ => None,
            });
            acknowledged.collect()
        });
        files::download("acknowledgements.jsonl", "application/jsonl", documents.join("\n").as_bytes());
    };
    view! {
        <div aria-live="polite">
            <Show when=move || { all() > 0 }>
                <progress aria-label=text("collect-progress") max=all value=move || taken() + refused() + apart()></progress>
                <p class="collect-summary">{words}</p>
            </Show>
            <Show when=move || { away() > 0 }>
                <p class="alert">{move || text_with("collect-away", [("files", away().into())])}</p>
            </Show>
        </div>
        <div class="actions">
            <Show when=move || { away() > 0 }>
                <button type="button" class="primary" on:click=move |_| taking.again()>{text("collect-again")}</button>
            </Show>
            <Show when=move || { taken() + apart() > 0 }>
                <button type="button" on:click=save>{text("collect-save")}</button>
            </Show>
        </div>
    }
}

#[component]
fn Row(file: Chosen) -> impl IntoView {
    let progress = file.progress;
    let class = move || match progress.get() {
        Progress::Waiting | Progress::Sending => "waiting",
        Progress::In(collected) if collected.outcome == CollectOutcome::Fork => "bad",
        Progress::In(_) => "good",
        Progress::Refused(_) | Progress::Away => "bad",
    };
    let outcome = move || match progress.get() {
        Progress::Waiting => text("collect-waiting"),
        Progress::Sending => text("collect-sending"),
        Progress::Away => text("collect-not-sent"),
        Progress::Refused(reason) => text_with("collect-refused", [("reason", reason.into())]),
        Progress::In(collected) => {
            let word = text(match collected.outcome {
                CollectOutcome::Taken => "collect-taken",
                CollectOutcome::Known => "collect-known",
                CollectOutcome::Older => "collect-older",
                CollectOutcome::Fork => "collect-fork",
            });
            std::iter::once(word).chain(collected.notes).collect::<Vec<_>>().join(" ")
        }
    };
    let lines = move || match progress.get() {
        Progress::In(collected) => collected.count.to_string(),
        _ => String::new(),
    };
    view! {
        <tr class=class>
            <th scope="row">{file.name}</th>
            <td>{outcome}</td>
            <td class="number">{lines}</td>
        </tr>
    }
}
