//! What the device signs: its key stays with the worker.

use signing::{jcs, signed::Signed};
use sitting::{Event, ResponseHeader};
use worker_protocol::{Answer, Fault, FaultCode, Verb};

use super::{Inner, Session};
use crate::{
    candidate::rehearsal,
    platform::{base64, worker::WorkerClient},
};

/// So many lines are vouched for at once.
const LINES_A_CHECKPOINT: u64 = 25;

/// Has the worker sign a message of ours, which is text.
pub(crate) async fn sign(worker: &WorkerClient, attempt: &str, message: Vec<u8>) -> Result<String, Fault> {
    let message = String::from_utf8(message).map_err(|error| unexpected(&error))?;
    match worker.ask(Verb::Sign { attempt: attempt.to_owned(), message }).await? {
        Answer::Signed { signature } => Ok(signature),
        answer => Err(unexpected(&format!("{answer:?}"))),
    }
}

/// What ought not to happen between page and worker.
pub(crate) fn unexpected(what: &dyn std::fmt::Display) -> Fault {
    Fault { code: FaultCode::BadRequest, detail: what.to_string() }
}

impl Inner {
    /// The device's signature over the first `count` lines.
    pub(crate) async fn vouch_for(&self, count: u64) -> Result<String, Fault> {
        let message = self.journal.borrow().checkpoint_at(count);
        let message = message.ok_or_else(|| unexpected(&"there are fewer lines"))?;
        sign(&self.worker, &self.attempt, message).await
    }

    /// The event that vouches for all lines so far.
    pub(super) async fn checkpoint(&self) -> Option<Event> {
        let count = self.journal.borrow().count();
        self.vouched_at.set(count);
        // Without a signature the journal goes on: the last one covers what it covers, and sending needs one of its own.
        self.vouch_for(count).await.ok().map(|signature| Event::Checkpointed { signature })
    }

    pub(super) fn checkpoint_is_due(&self) -> bool {
        let sitting = self.journal.borrow();
        let since = sitting.count().saturating_sub(sitting.vouched().max(self.vouched_at.get()));
        since > LINES_A_CHECKPOINT && sitting.answers().submission().is_none()
    }
}

impl Session {
    /// The header of the response file as the journal stands, signed by the device. For one state there is one.
    pub(crate) async fn header(self) -> Result<Signed<ResponseHeader>, Fault> {
        let inner = self.inner().ok_or_else(|| unexpected(&"the session is gone"))?;
        // What is not committed yet is not in it: a disk that is full must not keep back what was written before.
        self.settled_soon().await;
        let header = ResponseHeader::of(&inner.journal.borrow());
        let document = header.ok_or_else(|| unexpected(&"no device has written yet"))?;
        let message = jcs::to_vec(&document).map_err(|error| unexpected(&error))?;
        let signature = sign(&inner.worker, &inner.attempt, message).await?;
        Ok(Signed { document, key: inner.device.key.clone(), signature })
    }

    /// The response file, sealed for the exam body and for the moves that the manifest knows.
    pub(crate) async fn response_file(self) -> Result<Vec<u8>, Fault> {
        let mut file = self.export().await;
        // A line can come in between header and export, say when the window loses the focus.
        for _ in 0..2 {
            if !matches!(&file, Err(Fault { code: FaultCode::BadRequest, .. })) {
                break;
            }
            file = self.export().await;
        }
        file
    }

    async fn export(self) -> Result<Vec<u8>, Fault> {
        let inner = self.inner().ok_or_else(|| unexpected(&"the session is gone"))?;
        let header = self.header().await?;
        let manifest = inner.journal.borrow().manifest().clone();
        let moves = manifest.grants.moves.into_iter().map(|head| head.recipient);
        let export = Verb::Export {
            attempt: inner.attempt.clone(),
            count: header.document.count,
            header: jcs::to_string(&header).map_err(|error| unexpected(&error))?,
            recipients: std::iter::once(manifest.keys.recipient).chain(moves).collect(),
        };
        match inner.worker.ask(export).await? {
            Answer::File { bytes } => {
                let bytes = base64::decode(&bytes).ok_or_else(|| unexpected(&"the file is no base64"))?;
                rehearsal::exported(self, bytes.len());
                Ok(bytes)
            }
            answer => Err(unexpected(&format!("{answer:?}"))),
        }
    }
}
