//! The journal's lines: added, acknowledged, read, exported.

use worker_protocol::{Answer, Fault, FaultCode};

use crate::{
    database::Attempt,
    desk::{Desk, file},
    fault::{bad, fault},
    sealed,
    vault::Place,
};

impl Desk {
    /// Adds lines in one transaction.
    ///
    /// # Errors
    /// [`FaultCode::OtherAttempt`], [`FaultCode::OutOfOrder`], [`FaultCode::Keys`].
    pub(crate) async fn append(&mut self, attempt: &str, from: u64, lines: &[String]) -> Result<Answer, Fault> {
        let next = self.stored(attempt)?.count + 1;
        if from != next {
            return Err(fault(FaultCode::OutOfOrder, format!("line {from} was sent, line {next} is next")));
        }
        if !lines.is_empty() {
            let vault = self.vault_to_write().await?;
            let records = Place::lines(attempt, from).zip(lines.iter().map(String::as_bytes));
            let sealed = vault.seal(records).await?;
            self.database.append(from, &sealed)?;
        }
        Ok(Answer::Appended { count: from - 1 + lines.len() as u64 })
    }

    /// Notes that the server holds the first lines. More than are stored do not count: a line that comes later is not
    /// taken for acknowledged.
    ///
    /// # Errors
    /// [`FaultCode::OtherAttempt`].
    pub(crate) fn acknowledge(&mut self, attempt: &str, count: u64) -> Result<Answer, Fault> {
        let stored = self.stored(attempt)?;
        self.database.acknowledge(count.min(stored.count))?;
        Ok(Answer::Done)
    }

    /// All lines of the stored attempt.
    ///
    /// # Errors
    /// [`FaultCode::Keys`]; [`FaultCode::Database`] if one is missing.
    pub(crate) async fn all_lines(&mut self, stored: &Attempt) -> Result<Vec<String>, Fault> {
        let sealed = self.database.lines()?;
        if sealed.len() as u64 != stored.count {
            let detail = format!("{} of {} lines are there", sealed.len(), stored.count);
            return Err(fault(FaultCode::Database, detail));
        }
        if sealed.is_empty() {
            return Ok(Vec::new());
        }
        let vault = self.vault().await?;
        let lines = vault.open(Place::lines(&stored.id, 1).zip(sealed.iter().map(Vec::as_slice))).await?;
        // They were text when they were encrypted.
        Ok(lines.into_iter().map(|line| String::from_utf8_lossy(&line).into_owned()).collect())
    }

    /// The response file of all lines.
    ///
    /// # Errors
    /// [`FaultCode::OtherAttempt`], [`FaultCode::Keys`]; [`FaultCode::BadRequest`] if the header speaks of other lines.
    pub(crate) async fn export(
        &mut self,
        attempt: &str,
        header: &str,
        count: u64,
        recipients: &[String],
    ) -> Result<Answer, Fault> {
        let stored = self.stored(attempt)?;
        if count != stored.count {
            return Err(bad(format!("the header speaks of {count} lines, {} are stored", stored.count)));
        }
        let lines = self.all_lines(&stored).await?;
        Ok(file(&sealed::response(header, &lines, recipients)?))
    }
}
