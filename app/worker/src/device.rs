//! The attempt's device: its key, and what it signs.

use worker_protocol::{Answer, Fault, FaultCode};

use crate::{
    database::{Attempt, Device},
    desk::Desk,
    ed25519::{self, Signer},
    fault::{bad, keys},
};

const WEBCRYPTO: &str = "webcrypto";
const SOFTWARE: &str = "software";

impl Desk {
    /// Tells the device's key, and draws it if there is none yet.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode`] `OtherAttempt`, `Keys`.
    pub(crate) async fn device(&mut self, attempt: &str) -> Result<Answer, Fault> {
        let stored = self.stored(attempt)?;
        let device = self.usable_device(stored).await?;
        self.database.opened(None, &device)?;
        Ok(Answer::Device { key: device.key, home: device.home })
    }

    /// Signs with the device's key.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode`] `OtherAttempt`, `BadRequest` if there is no key yet, `Keys`.
    pub(crate) async fn sign(&mut self, attempt: &str, message: &str) -> Result<Answer, Fault> {
        let stored = self.stored(attempt)?;
        let signer = self.signer(&stored).await?.ok_or_else(|| bad("the device has no key for this attempt yet"))?;
        Ok(Answer::Signed { signature: signer.sign(message.as_bytes()).await? })
    }

    /// What signs for the stored attempt, once it has a key.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::Keys`] if the key is gone.
    pub(crate) async fn signer(&mut self, stored: &Attempt) -> Result<Option<Signer>, Fault> {
        match &stored.device {
            None => Ok(None),
            Some(Device { seed: Some(seed), .. }) => {
                Signer::of_seed(&self.vault().await?, seed, &stored.id).await.map(Some)
            }
            Some(Device { key, .. }) => match self.keys.device(&stored.id).await? {
                Some(pair) => Ok(Some(Signer::of_pair(pair))),
                None => Err(keys(format!("the device's key {key} for attempt {} is gone", stored.id))),
            },
        }
    }

    /// The stored attempt's device if its key is there, otherwise a new one. A device that has lines stays the one it is.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::Keys`].
    pub(crate) async fn usable_device(&mut self, stored: Attempt) -> Result<Device, Fault> {
        match (self.signer(&stored).await, stored.device) {
            (Ok(_), Some(device)) => Ok(device),
            // A key that the browser only refuses comes back.
            (Err(fault), _) if stored.count > 0 || fault.code != FaultCode::Keys => Err(fault),
            _ => self.new_device(&stored.id).await,
        }
    }

    async fn new_device(&mut self, attempt: &str) -> Result<Device, Fault> {
        if let Ok((pair, public)) = ed25519::in_browser().await {
            self.keys.keep_device(attempt, &pair).await?;
            return Ok(Device { key: public.to_string(), home: WEBCRYPTO.into(), seed: None });
        }
        let vault = self.vault_to_write().await?;
        let (seed, public) = ed25519::in_software(&vault, attempt).await?;
        Ok(Device { key: public.to_string(), home: SOFTWARE.into(), seed: Some(seed) })
    }
}
