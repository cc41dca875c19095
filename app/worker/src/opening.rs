//! The package, opened.

use signing::sealing::Identity;
use worker_protocol::{Answer, Fault};

use crate::{
    database::{Attempt, Device},
    desk::Desk,
    fault::{bad, keys},
    sealed,
    vault::Place,
};

impl Desk {
    /// Opens the package with both codes, and keeps what opens it.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode`] `OtherAttempt`, `CodeMistyped`, `WrongCode`, `Damaged`, `Keys`.
    pub(crate) async fn unseal(&mut self, attempt: &str, release: &str, admission: &str) -> Result<Answer, Fault> {
        let stored = self.stored(attempt)?;
        let identity = sealed::identity(release, admission, attempt)?;
        let payload = sealed::open_package(&self.database.package()?, &identity)?;
        let vault = self.vault_to_write().await?;
        let kept = vault.seal_one(place(attempt), identity.to_secret_text().as_bytes()).await?;
        let device = self.usable_device(stored).await?;
        self.database.opened(Some(&kept), &device)?;
        Ok(unsealed(payload, device))
    }

    /// Opens the package with what was kept.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode`] `OtherAttempt`, `BadRequest` if it was never opened, `Damaged`, `Keys`.
    pub(crate) async fn reopen(&mut self, attempt: &str) -> Result<Answer, Fault> {
        let stored = self.stored(attempt)?;
        let identity = self.kept_identity(&stored).await?;
        let payload = sealed::open_package(&self.database.package()?, &identity)?;
        // A key that is gone is better noticed now than at the first signature.
        self.signer(&stored).await?;
        Ok(unsealed(payload, stored.device.ok_or_else(never_opened)?))
    }

    /// What opens the stored package.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode`] `BadRequest` if it was never opened, `Keys`.
    pub(crate) async fn kept_identity(&mut self, stored: &Attempt) -> Result<Identity, Fault> {
        let kept = stored.identity.as_deref().ok_or_else(never_opened)?;
        let text = self.vault().await?.open_one(place(&stored.id), kept).await?;
        let identity = std::str::from_utf8(&text).ok().and_then(|text| Identity::parse(text).ok());
        identity.ok_or_else(|| keys("what was kept to open the package is damaged"))
    }
}

fn unsealed(payload: String, device: Device) -> Answer {
    Answer::Unsealed { payload, key: device.key, home: device.home }
}

fn never_opened() -> Fault {
    bad("the package was never opened here")
}

fn place(attempt: &str) -> Place<'_> {
    Place::only(attempt, "identity")
}
