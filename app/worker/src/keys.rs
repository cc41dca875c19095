//! Which keys there are: the storage key, and the key pair of the attempt's device.

use wasm_bindgen::JsValue;
use worker_protocol::Fault;

use crate::{browser::words, fault, idb::KeyStore, vault::Vault};

const STORAGE: &str = "storage";

/// The keys, as far as they were needed yet.
#[derive(Default)]
pub(crate) struct Keys {
    store: Option<KeyStore>,
    vault: Option<Vault>,
}

impl Keys {
    /// The storage key, if there is one.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::KeysRefused`] if the browser does not give its key store, as for all that follow.
    pub(crate) async fn vault(&mut self) -> Result<Option<Vault>, Fault> {
        // Asked for even if the key is at hand: it may just have been cleared away.
        self.store().await?;
        if self.vault.is_none() {
            let stored = self.store().await?.get(STORAGE).await.map_err(refused)?;
            self.vault = stored.and_then(Vault::of);
        }
        Ok(self.vault.clone())
    }

    /// Draws a storage key. What an earlier one encrypted stays closed.
    pub(crate) async fn draw_vault(&mut self) -> Result<Vault, Fault> {
        let vault = Vault::draw().await.map_err(refused)?;
        self.store().await?.put(STORAGE, vault.key()).await.map_err(refused)?;
        self.vault = Some(vault.clone());
        Ok(vault)
    }

    /// The key pair of an attempt's device.
    pub(crate) async fn device(&mut self, attempt: &str) -> Result<Option<JsValue>, Fault> {
        self.store().await?.get(&device(attempt)).await.map_err(refused)
    }

    /// Keeps the key pair of an attempt's device.
    pub(crate) async fn keep_device(&mut self, attempt: &str, pair: &JsValue) -> Result<(), Fault> {
        self.store().await?.put(&device(attempt), pair).await.map_err(refused)
    }

    /// Removes the key pairs of all attempts but this one, and the storage key if it opens nothing any more.
    pub(crate) async fn tidy(&mut self, attempt: Option<&str>, anything_sealed: bool) -> Result<(), Fault> {
        let device = attempt.map(device);
        let mut wanted: Vec<&str> = device.as_deref().into_iter().collect();
        if anything_sealed {
            wanted.push(STORAGE);
        } else {
            self.vault = None;
        }
        self.store().await?.keep_only(&wanted).await.map_err(refused)
    }

    async fn store(&mut self) -> Result<&KeyStore, Fault> {
        let store = match self.store.take() {
            Some(store) => store,
            None => KeyStore::open().await.map_err(refused)?,
        };
        let store = self.store.insert(store);
        if store.is_closed() {
            // SQLite's files are then gone as well, and what it writes is written nowhere.
            return Err(fault::refused(
                "the browser has cleared this site's storage, or closed it: load the page anew",
            ));
        }
        Ok(store)
    }
}

fn device(attempt: &str) -> String {
    format!("device/{attempt}")
}

fn refused(error: JsValue) -> Fault {
    fault::refused(format!("this browser refuses keys ({})", words(&error)))
}
