//! A package that came as a file, or the open book that lies beside it.

use leptos::{prelude::*, task::spawn_local};
use sitting::{Kind, MAX_FILE_BYTES};
use web_sys::File;

use super::package;
use crate::{
    candidate::{App, book},
    catalogue::text,
    platform::files,
    widgets::{Alert, FileDrop},
};

/// The most that is read: one byte more than a package may have tells that it is too long.
pub(in crate::candidate) fn limit() -> u32 {
    u32::try_from(MAX_FILE_BYTES).unwrap_or(u32::MAX).saturating_add(1)
}

/// Opens a package from a file; closed until it is wanted.
#[component]
pub(super) fn PackageFile(app: App) -> impl IntoView {
    let message = RwSignal::new(None::<String>);
    let done = RwSignal::new(None::<String>);
    let take = move |file: File| {
        message.set(None);
        done.set(Some(text("checking")));
        spawn_local(async move {
            let (taken, kept) = match files::read(&file, limit()).await {
                Some(bytes) if book::is_likely(&file.name(), &bytes) => {
                    (book::take_in(app, &bytes).await, "book-taken-in")
                }
                Some(bytes) => (package::take_in(app, bytes, Kind::Exam, false).await, "package-taken-in"),
                None => (Err(text("file-unreadable")), "package-taken-in"),
            };
            let is_kept = taken.is_ok() && app.offered.with_untracked(Option::is_none);
            done.try_set(is_kept.then(|| text(kept)));
            message.try_set(taken.err());
        });
    };
    view! {
        <details class="part">
            <summary>{text("package-file-title")}</summary>
            <FileDrop id="package-file" label=text("package-file-label") hint=text("package-file-hint") accept=".invigil-package,.invigil-open-book"
                on_file=take/>
            <p class="hint" role="status">{move || done.get()}</p>
            <Alert message=message.into()/>
        </details>
    }
}
