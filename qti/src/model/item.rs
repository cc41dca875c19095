//! Items and stimuli.

use serde::Serialize;

use super::{Content, Feedback, OutcomeDeclaration, ResponseDeclaration, Rule, TemplateDeclaration};

/// An item.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Item {
    /// Its name, unique in its package.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Its label.
    pub label: Option<String>,
    /// Its language (RFC 5646).
    pub language: Option<String>,
    /// Whether it may be answered several times, until it says that it is complete.
    pub adaptive: bool,
    /// Whether the time taken matters for its score.
    pub time_dependent: bool,
    /// What the candidate gives.
    pub responses: Vec<ResponseDeclaration>,
    /// What becomes of it.
    pub outcomes: Vec<OutcomeDeclaration>,
    /// The variables of a template.
    pub templates: Vec<TemplateDeclaration>,
    /// What sets them.
    pub template_processing: Vec<Rule>,
    /// The stimuli that are shown with it.
    pub stimuli: Vec<StimulusReference>,
    /// What is shown.
    pub body: Vec<Content>,
    /// How it is scored; `None` if by somebody or something else.
    pub response_processing: Option<ResponseProcessing>,
    /// Rules that run after response processing (not QTI: there, only tests have them).
    pub outcome_processing: Vec<Rule>,
    /// Feedback that is shown over the item.
    pub modal_feedback: Vec<ModalFeedback>,
}

/// How an item is scored.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponseProcessing {
    /// By one of the standard templates.
    Template(Template),
    /// By rules of its own.
    Rules(Vec<Rule>),
}

/// A standard response processing template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// SCORE is 1 if RESPONSE is its correct response, otherwise 0.
    MatchCorrect,
    /// SCORE is RESPONSE by its mapping, 0 without a response.
    MapResponse,
    /// SCORE is RESPONSE by its area mapping, 0 without a response.
    MapResponsePoint,
    /// SCORE is MAXSCORE (1 if there is none) without any response, otherwise 0 (not QTI).
    MatchNothing,
    /// Common Cartridge: SCORE is MAXSCORE if RESPONSE is its correct response, and FEEDBACKBASIC says so.
    CartridgeMatch,
    /// Common Cartridge: SCORE is RESPONSE by its mapping, and FEEDBACKBASIC says whether it is MAXSCORE.
    CartridgeMapResponse,
}

/// A stimulus that an item is shown with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StimulusReference {
    /// Its name.
    pub identifier: String,
    /// Its file.
    pub href: String,
    /// Its title.
    pub title: Option<String>,
}

/// Feedback that is shown over the item.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModalFeedback {
    /// Its title.
    pub title: Option<String>,
    /// When it is shown, and what it says.
    pub feedback: Feedback,
}

/// A stimulus: something that several items ask about.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Stimulus {
    /// Its name.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Its language (RFC 5646).
    pub language: Option<String>,
    /// What is shown.
    pub body: Vec<Content>,
}
