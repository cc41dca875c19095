//! Who carries the verbs out: database and keys together.
//!
//! A verb looks at what is stored, then waits for keys and encryption, then makes one change. What it saw still holds by
//! then, since no other request is taken up in between.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use rusqlite::Connection;
use worker_protocol::{Answer, Fault, FaultCode, Verb};

use crate::{
    browser::now_us,
    database::{Attempt, Database},
    fault::{bad, fault, keys},
    keys::Keys,
    qr, sealed,
    vault::Vault,
};

/// Database and keys.
pub(crate) struct Desk {
    pub(crate) database: Database,
    pub(crate) keys: Keys,
}

impl Desk {
    /// The desk of an open database.
    pub(crate) fn new(connection: Connection) -> Self {
        Self { database: Database::new(connection), keys: Keys::default() }
    }

    /// Carries one verb out.
    ///
    /// # Errors
    /// Why not; then nothing was changed.
    pub(crate) async fn carry_out(&mut self, verb: Verb) -> Result<Answer, Fault> {
        match verb {
            Verb::Load => self.load().await,
            Verb::Keep { attempt, package, agreed } => self.keep(&attempt, &bytes(&package)?, agreed).await,
            Verb::Package { attempt } => {
                self.stored(&attempt)?;
                Ok(file(&self.database.package()?))
            }
            Verb::Unseal { attempt, release, admission } => self.unseal(&attempt, &release, &admission).await,
            Verb::Device { attempt } => self.device(&attempt).await,
            Verb::Reopen { attempt } => self.reopen(&attempt).await,
            Verb::Append { attempt, seq, line } => self.append(&attempt, seq, &[line]).await,
            Verb::Import { attempt, from, lines } => self.append(&attempt, from, &lines).await,
            Verb::Acknowledge { attempt, count } => self.acknowledge(&attempt, count),
            Verb::Sign { attempt, message } => self.sign(&attempt, &message).await,
            Verb::Export { attempt, header, count, recipients } => {
                self.export(&attempt, &header, count, &recipients).await
            }
            Verb::OpenResponse { attempt, sealed, code } => {
                Ok(Answer::Opened { text: sealed::open_response(&bytes(&sealed)?, &code, &attempt)? })
            }
            Verb::Note { attempt, name, text } => self.note(attempt.as_deref(), &name, &text).await,
            Verb::Qr { text } => qr::draw(&text),
            Verb::Forget { attempt } => self.forget(&attempt).await,
            Verb::Probe => {
                let began = now_us();
                self.database.probe()?;
                Ok(Answer::Probed { commit_us: now_us().saturating_sub(began) })
            }
        }
    }

    /// The stored attempt, which has to be this one.
    ///
    /// # Errors
    /// [`FaultCode::OtherAttempt`].
    pub(crate) fn stored(&self, attempt: &str) -> Result<Attempt, Fault> {
        match self.database.attempt()? {
            Some(stored) if stored.id == attempt => Ok(stored),
            Some(Attempt { id, .. }) => {
                Err(fault(FaultCode::OtherAttempt, format!("attempt {id} is stored, not {attempt}")))
            }
            None => Err(fault(FaultCode::OtherAttempt, format!("no attempt is stored, {attempt} neither"))),
        }
    }

    /// The storage key, to read what is stored.
    ///
    /// # Errors
    /// [`FaultCode::Keys`] if it is gone, [`FaultCode::KeysRefused`].
    pub(crate) async fn vault(&mut self) -> Result<Vault, Fault> {
        match self.keys.vault().await? {
            Some(vault) => Ok(vault),
            None => Err(self.lost()?),
        }
    }

    /// The storage key, to add something. One is drawn if there is none; but never while lines or notes are stored, which
    /// then nothing would open: what opens a package can be had again from the codes.
    ///
    /// # Errors
    /// [`FaultCode::Keys`], [`FaultCode::KeysRefused`].
    pub(crate) async fn vault_to_write(&mut self) -> Result<Vault, Fault> {
        match self.keys.vault().await? {
            Some(vault) => Ok(vault),
            None if self.holds_records()? => Err(self.lost()?),
            None => self.keys.draw_vault().await,
        }
    }

    /// Whether lines or notes are stored.
    pub(crate) fn holds_records(&self) -> Result<bool, Fault> {
        let lines = self.database.attempt()?.is_some_and(|attempt| attempt.count > 0);
        Ok(lines || self.database.count_notes()? > 0)
    }

    /// Removes keys that nothing needs any more. Without its key, what the file system may have left of records is
    /// unreadable.
    ///
    /// # Errors
    /// [`FaultCode::KeysRefused`] if the browser does.
    pub(crate) async fn tidy(&mut self) -> Result<(), Fault> {
        let attempt = self.database.attempt()?;
        let sealed = |attempt: &Attempt| {
            attempt.identity.is_some() || attempt.device.as_ref().is_some_and(|device| device.seed.is_some())
        };
        let anything_sealed = self.holds_records()? || attempt.as_ref().is_some_and(sealed);
        self.keys.tidy(attempt.as_ref().map(|attempt| attempt.id.as_str()), anything_sealed).await
    }

    fn lost(&self) -> Result<Fault, Fault> {
        let notes = self.database.count_notes()?;
        let what = match self.database.attempt()? {
            Some(Attempt { id, count: 0, .. }) if notes == 0 => format!("attempt {id} needs its codes again"),
            Some(Attempt { id, count, acknowledged, .. }) => format!(
                "what is stored stays, but cannot be read; lines of attempt {id}: {count}, {acknowledged} of them at the \
                server; notes: {notes}"
            ),
            None => format!("what is stored stays, but cannot be read; notes: {notes}"),
        };
        Ok(keys(format!("this browser's keys are gone: {what}")))
    }
}

/// A file for the page.
pub(crate) fn file(bytes: &[u8]) -> Answer {
    Answer::File { bytes: BASE64_STANDARD.encode(bytes) }
}

fn bytes(text: &str) -> Result<Vec<u8>, Fault> {
    BASE64_STANDARD.decode(text).map_err(|error| bad(format!("the bytes are no base64: {error}")))
}
