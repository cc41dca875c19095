//! What items, tests and their parts are, whichever version they were written in; the names are QTI 3.0's.

mod content;
mod declaration;
mod expression;
mod interaction;
mod item;
mod operator;
mod rule;
mod shape;
mod test;
mod value;

pub(crate) use content::Level;
pub use content::{Content, Feedback, Figure, Group, Media, Rubric};
pub use declaration::{
    AreaEntry, AreaMapping, Interpolation, LookupTable, MapEntry, Mapping, MatchEntry, OutcomeDeclaration,
    ResponseDeclaration, TemplateDeclaration,
};
pub use expression::{Expression, ItemSubset, Parameter};
pub use interaction::{Area, Choice, GapChoice, Graphic, Interaction, Kind, Limits, Visibility};
pub use item::{Item, ModalFeedback, ResponseProcessing, Stimulus, StimulusReference, Template};
pub use operator::{Bounds, MathConstant, MathFunction, Operator, Rounding, Statistic, Tolerance};
pub use rule::{Branch, Process, Rule};
pub use shape::Shape;
pub use test::{
    BranchRule, ItemReference, Navigation, Part, Section, Selection, SessionControl, Submission, Test, TestPart,
    TimeLimits, Weight,
};
pub use value::{BaseType, Cardinality, Scalar, Value};
