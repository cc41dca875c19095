//! A draft of an item file.

use serde::Serialize;

use super::text::Text;

/// An item file as far as a foreign item says what is in it. Fields that are missing are for a person to add.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Draft {
    pub(super) format: &'static str,
    pub(super) version: u32,
    pub(crate) id: String,
    pub(super) revision: u32,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) level: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) topic: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
    pub(crate) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) credit: Option<&'static str>,
    #[serde(skip_serializing_if = "Text::is_empty")]
    pub(crate) stem: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reuse: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) per_row: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_chars: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) model_answer: Option<String>,
    pub(super) authoring: Authoring,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) reference: Vec<Reference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) option: Vec<DraftOption>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) row: Vec<Row>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) gap: Vec<Gap>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) criterion: Vec<Criterion>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Authoring {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) authored_on: Option<toml::value::Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ai_assisted: Option<bool>,
    pub(super) reviewed: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Reference {
    pub(super) source: &'static str,
    pub(super) edition: &'static str,
    pub(super) locator: &'static str,
    pub(super) verified_on: toml::value::Datetime,
    pub(super) review_by: toml::value::Datetime,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Criterion {
    pub(super) text: &'static str,
    pub(super) points: u32,
}

/// An option.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct DraftOption {
    pub(crate) id: String,
    pub(crate) text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) gaps: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rect: Option<[u32; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) circle: Option<[u32; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) poly: Option<Vec<u32>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rationale: Option<String>,
}

/// A row of a match.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Row {
    pub(crate) text: Text,
    pub(crate) key: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rationale: Option<String>,
}

/// A gap of a cloze.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Gap {
    pub(crate) id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) accept: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) case: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max_chars: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tolerance: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rationale: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) option: Vec<GapOption>,
}

/// An entry of a gap's list.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct GapOption {
    pub(crate) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<bool>,
}

impl Draft {
    pub(crate) fn new(kind: &'static str) -> Self {
        Self { format: "invigil-item", version: 1, revision: 1, status: "draft", kind, ..Self::default() }
    }

    /// As an item file.
    ///
    /// # Errors
    /// Those of the TOML writer.
    pub(crate) fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }

    /// Its formatted texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &Text> {
        let options = self.option.iter().map(|option| &option.text);
        std::iter::once(&self.stem).chain(&self.text).chain(options).chain(self.row.iter().map(|row| &row.text))
    }

    /// What a person has to add before the item can be reviewed.
    pub(crate) fn to_add(&self) -> Vec<&'static str> {
        let rationale_missing = self.option.iter().any(|option| option.rationale.is_none()) && self.kind != "match"
            || self.row.iter().any(|row| row.rationale.is_none())
            || self.gap.iter().any(|gap| gap.rationale.is_none());
        let image_untold = self.texts().any(Text::has_untold_image) || self.alt.as_deref() == Some("");
        [
            (self.domain.is_none(), "domain"),
            (self.level.is_none(), "level"),
            (self.topic.is_none(), "topic"),
            (self.stem.is_empty(), "stem"),
            (image_untold, "texts of images"),
            (self.kind == "extended_text" && self.max_chars.is_none(), "max_chars"),
            (self.kind == "extended_text" && self.criterion.is_empty(), "criterion"),
            (rationale_missing, "rationale"),
            (true, "authoring"),
            (true, "reference"),
        ]
        .into_iter()
        .filter_map(|(missing, what)| missing.then_some(what))
        .collect()
    }
}

/// `a`, `b`, `c`, … by place; beyond `z` the native format has none, and says so.
pub(crate) fn letter(place: usize) -> String {
    u8::try_from(place)
        .ok()
        .filter(|place| *place < 26)
        .map_or_else(|| format!("o{place}"), |place| char::from(b'a' + place).to_string())
}

/// An id from a foreign name: what ids may hold, at most 64 characters. Empty if nothing of the name is left.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 56 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}
