//! What a rehearsal finds out while it goes on.

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

use super::super::Session;
use crate::platform::page;

/// The note's name.
pub(super) const NOTE: &str = "rehearsal_found";

/// What has to outlive loading the page anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Found {
    /// How long each commit took, in microseconds, as the page saw it.
    pub(super) commits_us: Vec<u64>,
    /// Length of the response file that was last written.
    pub(super) response_file_bytes: Option<u64>,
    /// Whether lines were missing after the page was loaded anew.
    pub(super) lost: bool,
}

/// A line is on the disk after so many microseconds.
pub(crate) fn committed(session: Session, us: u64) {
    if session.is_rehearsal() {
        session.app.rehearsal.found.update_value(|found| found.commits_us.push(us));
    }
}

/// A response file of so many bytes was written.
pub(crate) fn exported(session: Session, bytes: usize) {
    if session.is_rehearsal() {
        session.app.rehearsal.found.update_value(|found| found.response_file_bytes = Some(bytes as u64));
        keep_findings(session);
    }
}

/// Keeps what was found so far, and how many lines there must be when the page is opened again.
pub(crate) fn keep_findings(session: Session) {
    if session.is_rehearsal() {
        page::note(session.with(|sitting| sitting.count()));
        let found = session.app.rehearsal.found.with_value(serde_json::to_string).unwrap_or_default();
        spawn_local(async move {
            // If this is not kept, fewer commits go into the report.
            let _ = session.keep_note(NOTE, found).await;
        });
    }
}
