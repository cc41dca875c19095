//! Tests (QTI 3.0 ASI, section 2.10).

use serde::Serialize;

use super::{Content, Expression, OutcomeDeclaration, Rule};

/// A test: which items, in which order, and what becomes of their outcomes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Test {
    /// Its name.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Its outcomes.
    pub outcomes: Vec<OutcomeDeclaration>,
    /// How long it takes.
    pub time_limits: Option<TimeLimits>,
    /// Its parts; at least one.
    pub parts: Vec<TestPart>,
    /// What sets its outcomes.
    pub outcome_processing: Vec<Rule>,
}

/// Times in seconds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimeLimits {
    /// At least.
    pub min: Option<f64>,
    /// At most.
    pub max: Option<f64>,
    /// Whether a response after that is taken.
    pub allow_late: bool,
}

/// How a candidate moves through a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Navigation {
    /// Onwards only.
    Linear,
    /// To any item, at any time.
    Nonlinear,
}

/// When responses are handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Submission {
    /// Item by item.
    Individual,
    /// All at the end of the part.
    Simultaneous,
}

/// What a candidate may do with an item; `None` is what the part or section around it says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SessionControl {
    /// How many attempts; 0 is without a limit.
    pub max_attempts: Option<u32>,
    /// Whether feedback is shown.
    pub show_feedback: Option<bool>,
    /// Whether the candidate may look at it again.
    pub allow_review: Option<bool>,
    /// Whether the solution is shown then.
    pub show_solution: Option<bool>,
    /// Whether comments may be made.
    pub allow_comment: Option<bool>,
    /// Whether it may be left without a response.
    pub allow_skipping: Option<bool>,
    /// Whether only valid responses are taken.
    pub validate_responses: Option<bool>,
}

/// A part of a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TestPart {
    /// Its name.
    pub identifier: String,
    /// How a candidate moves.
    pub navigation: Navigation,
    /// When responses are handed in.
    pub submission: Submission,
    /// All must be true for it to be shown.
    pub preconditions: Vec<Expression>,
    /// Where it goes on.
    pub branches: Vec<BranchRule>,
    /// What holds for its items.
    pub control: SessionControl,
    /// How long it takes.
    pub time_limits: Option<TimeLimits>,
    /// What is in it.
    pub children: Vec<Part>,
}

/// Where a test goes on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BranchRule {
    /// The part, section or item, or `EXIT_TEST`, `EXIT_TESTPART`, `EXIT_SECTION`.
    pub target: String,
    /// If this is true.
    pub condition: Expression,
}

/// What a section holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A section.
    Section(Box<Section>),
    /// An item.
    Item(Box<ItemReference>),
}

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Section {
    /// Its name.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// Whether the candidate sees that it is one.
    pub visible: bool,
    /// Whether a selection of the section around it has to take it.
    pub required: bool,
    /// Whether it keeps its place when the others are shuffled.
    pub fixed: bool,
    /// Whether its items stay together when it is shuffled into an invisible section.
    pub keep_together: bool,
    /// All must be true for it to be shown.
    pub preconditions: Vec<Expression>,
    /// Where it goes on.
    pub branches: Vec<BranchRule>,
    /// What holds for its items.
    pub control: SessionControl,
    /// How long it takes.
    pub time_limits: Option<TimeLimits>,
    /// How many of its children are taken; all if `None`.
    pub selection: Option<Selection>,
    /// Whether their order is drawn.
    pub shuffle: bool,
    /// What is said before it: rubric blocks.
    pub rubrics: Vec<Content>,
    /// What is in it.
    pub children: Vec<Part>,
}

/// How many of a section's children are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Selection {
    /// How many.
    pub select: u32,
    /// Whether one may be taken several times.
    pub with_replacement: bool,
}

/// A factor for an item's outcomes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Weight {
    /// Its name.
    pub identifier: String,
    /// The factor.
    pub value: f64,
}

/// An item of a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemReference {
    /// Its name in the test.
    pub identifier: String,
    /// Its file.
    pub href: String,
    /// Its categories.
    pub categories: Vec<String>,
    /// Whether a selection has to take it.
    pub required: bool,
    /// Whether it keeps its place when the others are shuffled.
    pub fixed: bool,
    /// All must be true for it to be shown.
    pub preconditions: Vec<Expression>,
    /// Where it goes on.
    pub branches: Vec<BranchRule>,
    /// What holds for it.
    pub control: SessionControl,
    /// How long it takes.
    pub time_limits: Option<TimeLimits>,
    /// Its weights.
    pub weights: Vec<Weight>,
    /// Other names of its variables in this test: the item's name of it, and the test's.
    pub mappings: Vec<(String, String)>,
}
