//! Notes: small texts under a name.

use worker_protocol::{Answer, Fault, Note};

use crate::{database::SealedNote, desk::Desk, vault::Place};

impl Desk {
    /// Keeps a note, or removes it if the text is empty.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::OtherAttempt`], [`worker_protocol::FaultCode::Keys`].
    pub(crate) async fn note(&mut self, attempt: Option<&str>, name: &str, text: &str) -> Result<Answer, Fault> {
        if let Some(attempt) = attempt {
            self.stored(attempt)?;
        }
        let attempt = attempt.unwrap_or_default();
        if text.is_empty() {
            self.database.note(attempt, name, None)?;
            // If it fails, the next opening does it.
            let _ = self.tidy().await;
            return Ok(Answer::Done);
        }
        let sealed = self.vault_to_write().await?.seal_one(place(attempt, name), text.as_bytes()).await?;
        self.database.note(attempt, name, Some(&sealed))?;
        Ok(Answer::Done)
    }

    /// All notes.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::Keys`].
    pub(crate) async fn all_notes(&mut self) -> Result<Vec<Note>, Fault> {
        let stored = self.database.notes()?;
        if stored.is_empty() {
            return Ok(Vec::new());
        }
        let records =
            stored.iter().map(|SealedNote { attempt, name, sealed }| (place(attempt, name), sealed.as_slice()));
        let texts = self.vault().await?.open(records).await?;
        // They were text when they were encrypted.
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(stored.iter().zip(texts).map(|(note, bytes)| Note { name: note.name.clone(), text: text(bytes) }).collect())
    }
}

fn place<'a>(attempt: &'a str, name: &str) -> Place<'a> {
    Place { attempt, kind: "note", name: name.to_owned() }
}
