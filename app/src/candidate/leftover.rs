//! What an attempt that has ended leaves on this computer: lines that the server does not have yet, then nothing.

use api::{JournalAck, JournalUpload};
use worker_protocol::{Stored, Verb};

use super::{App, upload::BATCH};
use crate::platform::fetch;

/// Sends the lines that are left and removes the attempt. What the server does not take stays stored: a person has to look,
/// and the next candidate at this computer is told so.
pub(super) async fn clear_away(app: App, stored: Stored) {
    let Some(worker) = app.worker() else { return };
    let attempt = stored.attempt.id;
    let sent = usize::try_from(stored.acknowledged).unwrap_or(usize::MAX).min(stored.lines.len());
    for (batch, lines) in stored.lines[sent..].chunks(BATCH).enumerate() {
        let from = (sent + batch * BATCH + 1) as u64;
        let upload = JournalUpload { device: stored.attempt.device.clone(), from, lines: lines.to_vec() };
        match fetch::post::<_, JournalAck>("/api/v1/attempt/journal", Some(&stored.attempt.token), &upload).await {
            Ok(ack) => {
                let _ = worker.ask(Verb::Acknowledge { attempt: attempt.clone(), count: ack.count }).await;
            }
            Err(_) => return,
        }
    }
    let _ = worker.ask(Verb::Forget { attempt }).await;
}
