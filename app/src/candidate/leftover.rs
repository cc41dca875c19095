//! What an attempt that has ended leaves on this computer when its page was closed before everything was removed.

use signing::signed::Signed;
use sitting::{Acknowledgement, Line};
use worker_protocol::{Note, StoredAttempt, Verb};

use super::{App, note};
use crate::platform::json;

/// Removes an attempt whose end the exam body has acknowledged; whether that was so. The word was checked before it was noted.
pub(super) async fn clear_away(app: App, stored: &StoredAttempt, notes: &[Note]) -> bool {
    let Some(signed) = json::read::<Signed<Acknowledgement>>(note(notes, "acknowledgement")) else {
        return false;
    };
    let this = signed.document;
    let whole = this.attempt == stored.id
        && this.count == stored.lines.len() as u64
        && stored.lines.last().map(|line| Line::digest(line)) == Some(this.head);
    let Some(worker) = app.worker() else { return false };
    whole && worker.ask(Verb::Forget { attempt: stored.id.clone() }).await.is_ok()
}
