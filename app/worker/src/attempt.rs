//! What is stored as a whole: looked at, begun, forgotten.

use worker_protocol::{Answer, Fault, FaultCode, Stored, StoredAttempt};

use crate::{
    database::Attempt,
    desk::Desk,
    fault::{bad, fault},
    sealed,
};

impl Desk {
    /// All that is stored. Where there is no line, notes that cannot be read any more go: what they say is typed or fetched again.
    ///
    /// # Errors
    /// [`FaultCode::Keys`] if there are lines that cannot be read any more; [`FaultCode::KeysRefused`].
    pub(crate) async fn load(&mut self) -> Result<Answer, Fault> {
        let notes = match self.all_notes().await {
            Err(Fault { code: FaultCode::Keys, .. })
                if self.database.attempt()?.is_none_or(|stored| stored.count == 0) =>
            {
                self.database.forget_notes()?;
                Vec::new()
            }
            notes => notes?,
        };
        let attempt = match self.database.attempt()? {
            Some(stored) => Some(StoredAttempt {
                manifest: self.database.manifest()?,
                unsealed: self.kept_identity(&stored).await.is_ok(),
                lines: self.all_lines(&stored).await?,
                acknowledged: stored.acknowledged,
                id: stored.id,
            }),
            None => None,
        };
        Ok(Answer::Loaded { stored: Stored { attempt, notes } })
    }

    /// Keeps a package.
    ///
    /// # Errors
    /// [`FaultCode::OtherAttempt`] if what is stored has lines, or is of another attempt for which this device has a key or what
    /// opens the package, and the candidate has not agreed that it goes; [`FaultCode::Damaged`] if the package has no first line.
    pub(crate) async fn keep(&mut self, attempt: &str, package: &[u8], agreed: bool) -> Result<Answer, Fault> {
        sealed::split(package)?;
        if attempt.is_empty() {
            return Err(bad("an attempt has a name"));
        }
        match self.database.attempt()? {
            Some(stored) if stored.id == attempt => {
                if self.database.package()? == package {
                    return Ok(Answer::Done);
                }
                has_no_line(&stored)?;
                self.database.replace_package(package)?;
            }
            stored => {
                // Another candidate's journal is never replaced: the page has it forgotten once its exam has ended.
                stored.as_ref().map_or(Ok(()), has_no_line)?;
                stored.as_ref().filter(|_| !agreed).map_or(Ok(()), is_untouched)?;
                self.database.begin(attempt, package)?;
            }
        }
        // If it fails, the next opening does it.
        let _ = self.tidy().await;
        Ok(Answer::Done)
    }

    /// Removes an attempt and its keys, unless a line of it is nowhere else. Works without the keys, too.
    ///
    /// # Errors
    /// [`FaultCode::OtherAttempt`]; [`FaultCode::Keys`] if the rows are gone and the keys are not: ask again.
    pub(crate) async fn forget(&mut self, attempt: &str) -> Result<Answer, Fault> {
        // Asked twice, the second time there is nothing left to do but the keys.
        if self.database.attempt()?.is_some() {
            let Attempt { id, count, acknowledged, .. } = self.stored(attempt)?;
            if acknowledged < count {
                let detail = format!("the server holds {acknowledged} of {count} lines of attempt {id}");
                return Err(fault(FaultCode::OtherAttempt, detail));
            }
            self.database.forget()?;
        }
        self.tidy().await?;
        Ok(Answer::Done)
    }
}

fn has_no_line(stored: &Attempt) -> Result<(), Fault> {
    let Attempt { id, count, .. } = stored;
    if *count == 0 {
        return Ok(());
    }
    Err(fault(FaultCode::OtherAttempt, format!("attempt {id} is stored with {count} lines, and keeps its package")))
}

fn is_untouched(stored: &Attempt) -> Result<(), Fault> {
    let Attempt { id, identity, device, .. } = stored;
    if identity.is_none() && device.is_none() {
        return Ok(());
    }
    Err(fault(FaultCode::OtherAttempt, format!("attempt {id} was begun here, and makes room only if that is agreed")))
}
