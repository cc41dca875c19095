//! Sittings that have to be sat in Safe Exam Browser (docs/SEB.md).

use api::ProblemCode;
use seb::{Key, request};
use serde::{Deserialize, Serialize};
use storage::SittingRecord;

use super::Engine;
use crate::failure::Failure;

/// What Safe Exam Browser has to show at a sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafeBrowser {
    /// Always `invigil-safe-browser`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The Config Key of the sitting's settings file.
    pub config_key: String,
    /// The Browser Exam Keys of the clients that are allowed; any client if there is none.
    pub browser_exam_keys: Vec<String>,
}

impl SafeBrowser {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-safe-browser";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;
}

/// What a request shows of the browser it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserProof {
    /// Path and query of the request.
    pub path: String,
    /// Hash of the Config Key over the request's address.
    pub config_key: Option<String>,
    /// Hash of the Browser Exam Key over the request's address.
    pub browser_exam_key: Option<String>,
    /// The same two over the address of the page, as the page was told them.
    pub page_config_key: Option<String>,
    /// See `page_config_key`.
    pub page_browser_exam_key: Option<String>,
}

impl Engine {
    /// Requires Safe Exam Browser at a sitting, or any browser again.
    ///
    /// # Errors
    /// A sitting that is not held.
    pub async fn require_browser(&self, sitting: &str, what: Option<&SafeBrowser>) -> Result<(), Failure> {
        let text = what.map(signing::jcs::to_string).transpose().map_err(Failure::fault)?;
        if self.store.require_browser(&self.tenant, sitting, text.as_deref()).await? {
            return Ok(());
        }
        Err(Failure::new(ProblemCode::NotFound, format!("there is no sitting {sitting}")))
    }

    /// Checks that a request comes from the browser that its sitting requires.
    pub(super) fn check_browser(
        &self,
        sitting: &SittingRecord,
        attempt: &str,
        proof: &BrowserProof,
    ) -> Result<(), Failure> {
        let Some(text) = &sitting.safe_browser else { return Ok(()) };
        let required: SafeBrowser = serde_json::from_str(text).map_err(Failure::fault)?;
        let base = self.config.public_url.trim_end_matches('/');
        let own = [format!("{base}{}", proof.path)];
        // The pages that the app may have been loaded as; the one that a client names does not count.
        let pages = [format!("{base}/"), format!("{base}/?package={attempt}")];
        let shows = |keys: &[Key], header: &Option<String>, page: &Option<String>| {
            let one = |urls: &[String], received: &Option<String>| {
                received
                    .as_deref()
                    .is_some_and(|hash| request::verify(urls.iter().map(String::as_str), keys, hash).is_ok())
            };
            one(&own, header) || one(&pages, page)
        };
        let keys = |texts: &[String]| -> Result<Vec<Key>, Failure> {
            texts.iter().map(|text| text.parse().map_err(Failure::fault)).collect()
        };
        let refuse = |detail: &str| Err(Failure::new(ProblemCode::BrowserRequired, detail));
        let config = keys(std::slice::from_ref(&required.config_key))?;
        if !shows(&config, &proof.config_key, &proof.page_config_key) {
            return refuse("this sitting is sat in Safe Exam Browser with the sitting's settings; open its .seb file");
        }
        let clients = keys(&required.browser_exam_keys)?;
        if !clients.is_empty() && !shows(&clients, &proof.browser_exam_key, &proof.page_browser_exam_key) {
            return refuse("this version of Safe Exam Browser is not on the exam body's list; ask the proctor");
        }
        Ok(())
    }
}
