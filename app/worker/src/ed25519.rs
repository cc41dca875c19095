//! The device's Ed25519 key (RFC 8032), one an attempt. Where the browser can, the private key never leaves it (Web
//! Cryptography, «Ed25519»); elsewhere it is a seed of ours, encrypted like everything else.

use js_sys::{Array, Uint8Array};
use signing::keys::{PublicKey, SigningKey};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CryptoKey, CryptoKeyPair};
use worker_protocol::Fault;

use crate::{
    browser::{crypto, random, settled, words},
    fault::keys,
    vault::{Place, Vault},
};

const ALGORITHM: &str = "Ed25519";

/// A private key, ready to sign.
pub(crate) enum Signer {
    /// The browser signs.
    Browser(CryptoKey),
    /// We sign.
    Software(Box<SigningKey>),
}

/// A new key pair that the browser keeps, for the key store, with its public key.
///
/// # Errors
/// The browser's own: not all of them know Ed25519.
pub(crate) async fn in_browser() -> Result<(CryptoKeyPair, PublicKey), JsValue> {
    let subtle = crypto()?.subtle();
    let usages = Array::of2(&"sign".into(), &"verify".into());
    let pair: CryptoKeyPair = settled(subtle.generate_key_with_str(ALGORITHM, false, &usages)).await?.unchecked_into();
    let raw = settled(subtle.export_key("raw", &pair.get_public_key())).await?;
    let bytes: Option<[u8; 32]> = Uint8Array::new(&raw).to_vec().try_into().ok();
    let public = bytes.and_then(|bytes| PublicKey::from_bytes(&bytes)).ok_or("no Ed25519 public key")?;
    Ok((pair, public))
}

/// A new key of our own: its seed, encrypted, with its public key.
///
/// # Errors
/// [`worker_protocol::FaultCode::Keys`].
pub(crate) async fn in_software(vault: &Vault, attempt: &str) -> Result<(Vec<u8>, PublicKey), Fault> {
    let seed: [u8; 32] = random().map_err(unusable)?;
    let sealed = vault.seal_one(place(attempt), &seed).await?;
    Ok((sealed, SigningKey::from_seed(seed).public()))
}

impl Signer {
    /// The signer of a key pair from the key store.
    pub(crate) fn of_pair(pair: JsValue) -> Self {
        Self::Browser(pair.unchecked_into::<CryptoKeyPair>().get_private_key())
    }

    /// The signer of an encrypted seed.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::Keys`] if it does not open.
    pub(crate) async fn of_seed(vault: &Vault, sealed: &[u8], attempt: &str) -> Result<Self, Fault> {
        let seed = vault.open_one(place(attempt), sealed).await?;
        let seed = seed.try_into().map_err(|_| keys("the device's key is damaged"))?;
        Ok(Self::Software(Box::new(SigningKey::from_seed(seed))))
    }

    /// Signs; the signature in lower-case hexadecimal digits.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::Keys`] if the browser refuses.
    pub(crate) async fn sign(&self, message: &[u8]) -> Result<String, Fault> {
        match self {
            Self::Software(key) => Ok(hex::encode(key.sign(message))),
            Self::Browser(key) => {
                let signed =
                    crypto().and_then(|crypto| crypto.subtle().sign_with_str_and_u8_array(ALGORITHM, key, message));
                let signature = settled(signed).await.map_err(unusable)?;
                Ok(hex::encode(Uint8Array::new(&signature).to_vec()))
            }
        }
    }
}

fn place(attempt: &str) -> Place<'_> {
    Place::only(attempt, "device seed")
}

fn unusable(error: JsValue) -> Fault {
    keys(format!("the device's key cannot be used ({})", words(&error)))
}
