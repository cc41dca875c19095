//! Records under the storage key: AES-GCM with 256 bits (NIST SP 800-38D), a random 96-bit IV in front of each.

use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{AesGcmParams, AesKeyGenParams, CryptoKey};
use worker_protocol::Fault;

use crate::{
    browser::{crypto, random, settled, words},
    fault::{keys, refused},
};

const ALGORITHM: &str = "AES-GCM";
const IV: usize = 12;

/// Where a record belongs. It is bound to its place, so that no record can stand for another.
pub(crate) struct Place<'a> {
    /// The attempt, or `""`.
    pub(crate) attempt: &'a str,
    /// What kind of record.
    pub(crate) kind: &'static str,
    /// Which of its kind.
    pub(crate) name: String,
}

impl<'a> Place<'a> {
    /// The place of something that an attempt has once.
    pub(crate) fn only(attempt: &'a str, kind: &'static str) -> Self {
        Self { attempt, kind, name: String::new() }
    }

    /// The places of an attempt's lines from this number on.
    pub(crate) fn lines(attempt: &'a str, from: u64) -> impl Iterator<Item = Self> {
        (from..).map(move |seq| Self { attempt, kind: "line", name: seq.to_string() })
    }

    /// A JSON list, in which no two places look the same.
    fn additional_data(&self) -> Uint8Array {
        let text = serde_json::json!([self.attempt, self.kind, self.name]).to_string();
        Uint8Array::from(text.as_bytes())
    }

    fn parameters(&self, iv: &[u8]) -> AesGcmParams {
        let parameters = AesGcmParams::new_with_u8_array(ALGORITHM, &Uint8Array::from(iv));
        parameters.set_additional_data_u8_array(&self.additional_data());
        parameters
    }
}

/// The storage key, which the browser lends out for use but not for reading.
#[derive(Clone)]
pub(crate) struct Vault(CryptoKey);

impl Vault {
    /// Draws a key.
    ///
    /// # Errors
    /// The browser's own.
    pub(crate) async fn draw() -> Result<Self, JsValue> {
        let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
        let algorithm = AesKeyGenParams::new(ALGORITHM, 256);
        let subtle = crypto()?.subtle();
        settled(subtle.generate_key_with_object(&algorithm, false, &usages)).await?.dyn_into().map(Self)
    }

    /// The vault of a key from the key store.
    pub(crate) fn of(key: JsValue) -> Option<Self> {
        key.dyn_into().ok().map(Self)
    }

    /// The key, for the key store.
    pub(crate) fn key(&self) -> &JsValue {
        &self.0
    }

    /// Encrypts one record.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub(crate) async fn seal_one(&self, place: Place<'_>, content: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(self.seal([(place, content)]).await?.swap_remove(0))
    }

    /// Encrypts records, all at the same time.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::KeysRefused`] if the browser refuses.
    pub(crate) async fn seal<'a>(
        &self,
        records: impl IntoIterator<Item = (Place<'a>, &'a [u8])>,
    ) -> Result<Vec<Vec<u8>>, Fault> {
        let mut ivs = Vec::new();
        let promises: Result<Array, JsValue> = (|| {
            let subtle = crypto()?.subtle();
            let promises = Array::new();
            for (place, content) in records {
                let iv: [u8; IV] = random()?;
                let parameters = place.parameters(&iv);
                promises.push(&subtle.encrypt_with_object_and_u8_array(&parameters, &self.0, content)?.into());
                ivs.push(iv);
            }
            Ok(promises)
        })();
        let sealed = all(promises).await.map_err(|error| refused(format!("encrypting failed ({})", words(&error))))?;
        Ok(ivs.iter().zip(sealed).map(|(iv, sealed)| [iv.as_slice(), &sealed].concat()).collect())
    }

    /// Decrypts one record.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub(crate) async fn open_one(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
        Ok(self.open([(place, sealed)]).await?.swap_remove(0))
    }

    /// Decrypts records, all at the same time.
    ///
    /// # Errors
    /// [`worker_protocol::FaultCode::Keys`] if one of them was not encrypted under this key for its place.
    pub(crate) async fn open<'a>(
        &self,
        records: impl IntoIterator<Item = (Place<'a>, &'a [u8])>,
    ) -> Result<Vec<Vec<u8>>, Fault> {
        let mut kind = "";
        let promises: Result<Array, JsValue> = (|| {
            let subtle = crypto()?.subtle();
            let promises = Array::new();
            for (place, sealed) in records {
                kind = place.kind;
                let (iv, sealed) = sealed.split_at_checked(IV).ok_or("it is too short")?;
                let parameters = place.parameters(iv);
                promises.push(&subtle.decrypt_with_object_and_u8_array(&parameters, &self.0, sealed)?.into());
            }
            Ok(promises)
        })();
        all(promises)
            .await
            .map_err(|error| keys(format!("a stored {kind} does not open with this browser's key ({})", words(&error))))
    }
}

async fn all(promises: Result<Array, JsValue>) -> Result<Vec<Vec<u8>>, JsValue> {
    let buffers: Array = settled(promises.map(|promises| Promise::all(&promises))).await?.dyn_into()?;
    Ok(buffers.iter().map(|buffer| Uint8Array::new(&buffer.unchecked_into::<Object>()).to_vec()).collect())
}
