//! What one candidate's sitting allows, without a word of the questions and without a name.

use std::ops::RangeInclusive;

use item::{Accepts, Form, ItemId, OpenBook, Response, ResponseError};
use serde::{Deserialize, Serialize};
use signing::{
    digest::sha256_hex,
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
    /// The open book that the exam body gives along, if it gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_book: Option<BookFacts>,
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
    /// Correct answers needed, or points where the form has other points than one an item.
    pub cut_score: u32,
    /// The points that the form gives, where they are not one an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
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

/// An open book, as the manifest fixes it: its document lies beside the package (docs/OPEN-BOOK.md).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookFacts {
    /// What it is called.
    pub title: String,
    /// SHA-256 of the document.
    pub sha256: String,
    /// How many bytes that has.
    pub bytes: u64,
}

impl BookFacts {
    /// What is wrong with them in a manifest of this exam.
    pub(crate) fn fault(&self, exam: &ExamFacts) -> Option<&'static str> {
        let is_hash = self.sha256.len() == 64 && self.sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !is_hash {
            Some("its open book is named by something else than a SHA-256")
        } else if self.bytes == 0 || self.bytes > OpenBook::MAX_BYTES as u64 {
            Some("its open book has a length that is not read")
        } else if !exam.open_book {
            Some("it names an open book, and its exam is closed book")
        } else {
            None
        }
    }

    /// Whether bytes are this book's document.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.bytes && sha256_hex(bytes) == self.sha256
    }
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

/// What one item accepts. Of a choice it is spelt `{id, choices, max}`, as it always was; of all else `{id, accepts}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SpeltRule", into = "SpeltRule")]
pub struct ItemRule {
    /// The item.
    pub id: ItemId,
    /// What a response to it may be.
    pub accepts: Accepts,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeltRule {
    id: ItemId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    choices: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accepts: Option<Accepts>,
}

impl TryFrom<SpeltRule> for ItemRule {
    type Error = &'static str;

    fn try_from(spelt: SpeltRule) -> Result<Self, Self::Error> {
        let accepts = match (spelt.choices, spelt.max, spelt.accepts) {
            (Some(labels), Some(max), None) => Accepts::Choices { labels, max },
            (None, None, Some(accepts)) if !matches!(accepts, Accepts::Choices { .. }) => accepts,
            _ => {
                return Err(
                    "an item accepts choices, said by `choices` and `max`, or something else, said by `accepts`",
                );
            }
        };
        Ok(Self { id: spelt.id, accepts })
    }
}

impl From<ItemRule> for SpeltRule {
    fn from(ItemRule { id, accepts }: ItemRule) -> Self {
        match accepts {
            Accepts::Choices { labels, max } => Self { id, choices: Some(labels), max: Some(max), accepts: None },
            accepts => Self { id, choices: None, max: None, accepts: Some(accepts) },
        }
    }
}

impl Manifest {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-manifest";
    /// The versions that this code reads.
    pub const VERSIONS: RangeInclusive<u32> = 2..=4;
    /// The generation of apps that this code belongs to: raised when older apps could not sit a package of it.
    pub const APP: u32 = 1;

    /// What each item of a form accepts.
    pub fn rules(form: &Form) -> Vec<ItemRule> {
        form.items.iter().map(|item| ItemRule { id: item.id.clone(), accepts: item.interaction.accepts() }).collect()
    }

    /// The version that a manifest of these facts and rules has: 4 with an open book, else 2 if all items take choices for one
    /// point each, so that older apps can sit it, else 3.
    pub fn version_for(exam: &ExamFacts, rules: &[ItemRule], open_book: Option<&BookFacts>) -> u32 {
        let are_choices = rules.iter().all(|rule| matches!(rule.accepts, Accepts::Choices { .. }));
        match open_book {
            Some(_) => 4,
            None if are_choices && exam.points.is_none() => 2,
            None => 3,
        }
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
    /// Checks a response against what the item accepts.
    ///
    /// # Errors
    /// As [`Accepts::check`].
    pub fn check(&self, response: &Response) -> Result<(), ResponseError> {
        self.accepts.check(response)
    }
}
