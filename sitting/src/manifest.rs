//! What one candidate's sitting allows, without a word of the questions.

use item::{Form, Interaction, ItemId, Response, ResponseError};
use serde::{Deserialize, Serialize};
use signing::jcs;

/// The clear part of a candidate's package: pseudonymous, and enough to check every event of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `invigil-manifest`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// Pseudonym of the attempt (UUIDv7).
    pub attempt: String,
    /// The sitting it belongs to.
    pub sitting: String,
    /// The certification scheme, such as `caisp`.
    pub scheme: String,
    /// SHA-256 of the form's canonical JSON.
    pub form_digest: String,
    /// Working time in milliseconds, approved extra time included.
    pub duration_ms: u64,
    /// What each item accepts, in the order of the form.
    pub items: Vec<ItemRule>,
}

/// What one item accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemRule {
    /// The item.
    pub id: ItemId,
    /// The labels of its options.
    pub choices: Vec<String>,
    /// The most options a response may hold.
    pub max: usize,
}

impl Manifest {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-manifest";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The manifest of one attempt at a form.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn for_form(
        form: &Form,
        attempt: &str,
        sitting: &str,
        scheme: &str,
        duration_ms: u64,
    ) -> Result<Self, jcs::CanonicalError> {
        Ok(Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            attempt: attempt.into(),
            sitting: sitting.into(),
            scheme: scheme.into(),
            form_digest: jcs::digest_hex(form)?,
            duration_ms,
            items: form.items.iter().map(|item| ItemRule::of(&item.id, &item.interaction)).collect(),
        })
    }

    /// SHA-256 of the canonical JSON: `prev` of a journal's first line.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn digest(&self) -> Result<String, jcs::CanonicalError> {
        jcs::digest_hex(self)
    }

    /// The rule of an item, if it is on the form.
    pub fn rule(&self, item: &ItemId) -> Option<&ItemRule> {
        self.items.iter().find(|rule| &rule.id == item)
    }
}

impl ItemRule {
    fn of(id: &ItemId, interaction: &Interaction) -> Self {
        let choices = interaction.choices().iter().map(|choice| choice.id.clone()).collect();
        Self { id: id.clone(), choices, max: interaction.max_choices() }
    }

    /// Checks a response against what the item accepts.
    ///
    /// # Errors
    /// As [`Response::check_against`].
    pub fn check(&self, response: &Response) -> Result<(), ResponseError> {
        response.check_against(self.choices.iter().map(String::as_str), self.max)
    }
}
