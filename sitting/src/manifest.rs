//! What one candidate's sitting allows, without a word of the questions and without a name.

use item::{Form, Interaction, ItemId, Response, ResponseError};
use serde::{Deserialize, Serialize};
use signing::{
    jcs::{self, CanonicalError},
    keys::PublicKey,
};

use crate::grant::GrantHeads;

/// The clear part of a candidate's package: pseudonymous, and enough to check every event of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `invigil-manifest`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// An exam, or practice.
    pub kind: Kind,
    /// Pseudonym of the attempt (UUIDv7).
    pub attempt: String,
    /// The sitting it belongs to.
    pub sitting: String,
    /// The certification scheme, such as `caisp`.
    pub scheme: String,
    /// Edition of the scheme.
    pub edition: String,
    /// What is sat, in public words.
    pub exam: ExamFacts,
    /// When it may be opened and started.
    pub window: Window,
    /// The generation of the app that it needs, see [`Manifest::APP`].
    pub app: u32,
    /// SHA-256 of the form's canonical JSON.
    pub form_digest: String,
    /// The sealed part.
    pub payload: SealedPart,
    /// Working time in milliseconds, without what was approved for one candidate.
    pub duration_ms: u64,
    /// What the proctor's typed codes lead to.
    pub grants: GrantHeads,
    /// The exam body's keys.
    pub keys: Keys,
    /// What each item accepts, in the order of the form.
    pub items: Vec<ItemRule>,
}

/// What a package is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A sitting that is scored.
    Exam,
    /// A rehearsal with public items, which is never scored.
    Practice,
}

/// What is sat, in words that everybody may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamFacts {
    /// The scheme's title.
    pub title: String,
    /// Who examines.
    pub exam_body: String,
    /// Correct answers needed.
    pub cut_score: u32,
    /// Whether notes and references may be used.
    pub open_book: bool,
    /// Whether everything about this exam is a demonstration.
    pub demonstration: bool,
}

/// When a sitting may be opened and started; milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// From then on.
    pub opens_ms: u64,
    /// Until then.
    pub closes_ms: u64,
}

/// The sealed part of a package, as the manifest fixes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedPart {
    /// SHA-256 of the sealed bytes.
    pub digest: String,
    /// How many they are.
    pub bytes: u64,
}

/// The exam body's keys for one sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The exam body's, which signs manifests, acknowledgements and grants (Multikey).
    pub exam: String,
    /// The room's, which signs acknowledgements and grants on the spot (Multikey).
    pub room: String,
    /// Whom response files are sealed for (`age1…`).
    pub recipient: String,
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
    pub const VERSION: u32 = 2;
    /// The generation of apps that this code belongs to: raised when older apps could not sit a package of it.
    pub const APP: u32 = 1;

    /// What each item of a form accepts.
    pub fn rules(form: &Form) -> Vec<ItemRule> {
        form.items.iter().map(|item| ItemRule::of(&item.id, &item.interaction)).collect()
    }

    /// SHA-256 of the canonical JSON: `prev` of a journal's first line.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn digest(&self) -> Result<String, CanonicalError> {
        jcs::digest_hex(self)
    }

    /// The rule of an item, if it is on the form.
    pub fn rule(&self, item: &ItemId) -> Option<&ItemRule> {
        self.items.iter().find(|rule| &rule.id == item)
    }

    /// The keys that may sign grants and acknowledgements: the exam body's and the room's.
    pub fn authorities(&self) -> Vec<PublicKey> {
        [&self.keys.exam, &self.keys.room].into_iter().filter_map(|key| PublicKey::from_multikey(key).ok()).collect()
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
