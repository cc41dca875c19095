//! From the package and the codes to the rules.

mod admit;
mod code;
mod file;
mod identity;
mod moving;
mod offered;
mod package;
mod rules;

use leptos::{prelude::*, task::spawn_local};
use worker_protocol::StoredAttempt;

pub(super) use code::CodePage;
pub(super) use file::limit as file_limit;
pub(super) use identity::IdentityPage;
pub(super) use moving::MovingPage;
pub(super) use package::{Offered, read_manifest, take_in};
pub(super) use rules::RulesPage;

use super::{App, Step, keys, rehearsal};
use crate::{catalogue::text, platform::page};

/// The name in the address under which the exam body links to a package.
const LINK: &str = "package";

/// The first page, with the package that is stored here or that a link leads to.
pub(super) async fn arrive(app: App, stored: Option<StoredAttempt>) {
    if let Some(stored) = stored {
        app.package.set(read_manifest(&stored.manifest));
    }
    let link = page::parameter(LINK);
    let rehearsal = page::parameter(rehearsal::LINK).is_some();
    page::forget_parameters();
    if let Some(attempt) = link {
        app.entry_error.set(package::by_link(app, &attempt).await.err());
    }
    let refresh = async move {
        keys::refresh(app).await;
    };
    if rehearsal {
        // It needs the server at once.
        refresh.await;
    } else {
        spawn_local(refresh);
    }
    let goes = rehearsal && untrack(|| rehearsal::can_begin(app));
    app.step.set(if goes { Step::Rehearsal } else { Step::Code });
}

/// Where an exam goes on, a link to another one leads nowhere, and that is said.
pub(super) fn turn_down_link(app: App, kept: &str) {
    if page::parameter(LINK).is_some_and(|attempt| attempt != kept) {
        app.notice.set(Some(text("package-link-not-taken")));
    }
    page::forget_parameters();
}
