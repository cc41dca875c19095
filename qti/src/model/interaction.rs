//! Interactions: what a candidate answers to (QTI 3.0 ASI, section 2.8).

use serde::Serialize;

use super::{Content, Figure, Shape};

/// An interaction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interaction {
    /// The response that it gives.
    pub response: String,
    /// What is asked; empty for interactions within a line.
    pub prompt: Vec<Content>,
    /// Its kind.
    pub kind: Kind,
}

/// How many choices or associations a response has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// At least.
    pub min: u32,
    /// At most; 0 is without a limit.
    pub max: u32,
}

/// The kind of an interaction.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Kind {
    /// Some of several.
    Choice {
        /// Whether the order may change.
        shuffle: bool,
        /// How many.
        limits: Limits,
        /// The options.
        choices: Vec<Choice>,
    },
    /// One of several, within a line.
    InlineChoice {
        /// Whether the order may change.
        shuffle: bool,
        /// Whether one has to be chosen.
        required: bool,
        /// The options.
        choices: Vec<Choice>,
    },
    /// A short text, within a line.
    TextEntry {
        /// How long it may be expected to be, in characters.
        expected_length: Option<u32>,
        /// What it has to match.
        pattern: Option<String>,
        /// What stands in the field until something is written.
        placeholder: Option<String>,
    },
    /// A longer text.
    ExtendedText {
        /// How many texts.
        limits: Limits,
        /// How long each may be expected to be, in characters.
        expected_length: Option<u32>,
        /// How many lines.
        expected_lines: Option<u32>,
        /// What it has to match.
        pattern: Option<String>,
        /// `plain`, `preFormatted` or `xhtml`.
        format: Option<String>,
        /// What stands in the field until something is written.
        placeholder: Option<String>,
    },
    /// Things put in order.
    Order {
        /// Whether they are shown in another order each time.
        shuffle: bool,
        /// How many are put in order; both 0 if all.
        limits: Limits,
        /// The things.
        choices: Vec<Choice>,
    },
    /// Things paired with each other.
    Associate {
        /// Whether the order may change.
        shuffle: bool,
        /// How many pairs.
        limits: Limits,
        /// The things.
        choices: Vec<Choice>,
    },
    /// Things of one set paired with things of another.
    Match {
        /// Whether the order may change.
        shuffle: bool,
        /// How many pairs.
        limits: Limits,
        /// The first set: the rows.
        rows: Vec<Choice>,
        /// The second set: the columns.
        columns: Vec<Choice>,
    },
    /// Gaps in a text filled with things.
    GapMatch {
        /// Whether the order may change.
        shuffle: bool,
        /// How many pairs.
        limits: Limits,
        /// The things.
        choices: Vec<GapChoice>,
        /// The text with its gaps.
        content: Vec<Content>,
    },
    /// Parts of a text chosen.
    Hottext {
        /// How many.
        limits: Limits,
        /// The text with its parts.
        content: Vec<Content>,
    },
    /// Areas of an image chosen.
    Hotspot {
        /// How many.
        limits: Limits,
        /// The image.
        image: Graphic,
        /// The areas.
        areas: Vec<Area>,
    },
    /// Areas of an image put in order.
    GraphicOrder {
        /// How many; both 0 if all.
        limits: Limits,
        /// The image.
        image: Graphic,
        /// The areas.
        areas: Vec<Area>,
    },
    /// Areas of an image paired with each other.
    GraphicAssociate {
        /// How many pairs.
        limits: Limits,
        /// The image.
        image: Graphic,
        /// The areas.
        areas: Vec<Area>,
    },
    /// Things put onto areas of an image.
    GraphicGapMatch {
        /// How many pairs.
        limits: Limits,
        /// The image.
        image: Graphic,
        /// The things.
        choices: Vec<GapChoice>,
        /// The areas.
        areas: Vec<Area>,
    },
    /// Points of an image chosen.
    SelectPoint {
        /// How many.
        limits: Limits,
        /// The image.
        image: Graphic,
    },
    /// A small image put onto a large one.
    PositionObject {
        /// How many times.
        limits: Limits,
        /// The large image.
        stage: Option<Graphic>,
        /// The small image.
        image: Graphic,
        /// The point of the small image that counts, from its left upper corner; the middle if `None`.
        centre: Option<(f64, f64)>,
    },
    /// A number chosen on a line.
    Slider {
        /// The least.
        lower: f64,
        /// The greatest.
        upper: f64,
        /// What lies between two.
        step: Option<f64>,
        /// Whether each step has its label.
        step_label: bool,
        /// Whether it stands upright.
        vertical: bool,
        /// Whether the least is at the other end.
        reverse: bool,
    },
    /// Sound or film to be played.
    Media {
        /// Whether it plays by itself.
        autostart: bool,
        /// How many times it has to be played.
        min_plays: u32,
        /// How many times it may be played; 0 is without a limit.
        max_plays: u32,
        /// Whether it begins again at its end.
        repeat: bool,
        /// The sound or film.
        content: Vec<Content>,
    },
    /// A file handed in.
    Upload {
        /// Its media types, if said.
        types: Vec<String>,
    },
    /// A drawing on an image.
    Drawing {
        /// The image.
        image: Graphic,
    },
    /// A button that ends the attempt.
    EndAttempt {
        /// What is on it.
        title: String,
    },
}

/// When a choice is there at all (item templates).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Visibility {
    /// The template variable.
    pub variable: String,
    /// Whether the value that is the choice's name shows it; otherwise it hides it.
    pub show: bool,
}

/// Something that can be chosen, ordered or paired.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Its name.
    pub identifier: String,
    /// Whether it keeps its place when the others are shuffled.
    pub fixed: bool,
    /// How many pairs it is in, where things are paired.
    pub limits: Option<Limits>,
    /// Names of those that it may be paired with; all if empty.
    pub match_group: Vec<String>,
    /// When it is there.
    pub visibility: Option<Visibility>,
    /// What is shown.
    pub content: Vec<Content>,
}

/// Something that a gap can be filled with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GapChoice {
    /// Its name.
    pub identifier: String,
    /// How many gaps it fills.
    pub limits: Limits,
    /// Names of the gaps that it may fill; all if empty.
    pub match_group: Vec<String>,
    /// When it is there.
    pub visibility: Option<Visibility>,
    /// Whether it is an image rather than a text.
    pub image: bool,
    /// What is shown.
    pub content: Vec<Content>,
}

/// An image that is answered on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Graphic {
    /// The image.
    pub figure: Figure,
    /// Its media type, if said.
    pub kind: Option<String>,
}

/// An area of an image.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Area {
    /// Its name.
    pub identifier: String,
    /// Where.
    pub shape: Shape,
    /// What it is, in words.
    pub label: Option<String>,
    /// How many pairs it is in, where things are paired.
    pub limits: Option<Limits>,
    /// When it is there.
    pub visibility: Option<Visibility>,
}
